"""Markup: text cells that hold HTML. Only the worker of `bounds` calls this."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HTMLParser, defs, document_fromstring

from analysis.corpus.formats.body import block_lines
from analysis.corpus.formats.item import NotRead

TAGS = defs.tags | {"main", "picture", "template", "slot", "amp-img", "nobr", "strike", "center"}
CLOSED = re.compile(r"</([a-z][\w:.-]{0,60})\s*>", re.IGNORECASE)
OPENED = re.compile(
    r"<(?!!--|!doctype\b|!\[|\?xml\b)(?:(/?)([a-z][\w:.-]{0,60})(?=[\s/>])(?:(\s*/?>)|\s+[\w:@.-]{1,60}\s*=)?)?",
    re.I,
)


def lines(data: bytes) -> list[str]:
    """The printed text of a piece of HTML (UTF-8), one block element a line: all of it is the article."""
    data = escaped(data.decode()).encode()
    parser = HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    try:
        return list(block_lines(document_fromstring(data, parser=parser, ensure_head_body=True)))
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError) as problem:
        raise NotRead(f"its text is HTML that cannot be parsed: {problem}") from None


def escaped(text: str) -> str:
    """`text` with a sign < that opens no tag of HTML as the text that it is: a sum, an address of mail, a comparison.

    A name of one letter (a<b and c>d) is a tag where nothing stands behind it, or an attribute with a value.
    """
    known = TAGS | {name.lower() for name in CLOSED.findall(text)}

    def sign(found: re.Match[str]) -> str:
        _, name, is_bare = found.groups()
        is_tag = (
            bool(name) and name.lower() in known and (len(name) > 1 or is_bare or found.group().endswith("="))
        )
        return found.group() if is_tag else f"&lt;{found.group()[1:]}"

    return OPENED.sub(sign, text)
