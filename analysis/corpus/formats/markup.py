"""Markup: text cells that hold HTML. Only the worker of `bounds` calls this."""

from __future__ import annotations

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from analysis.corpus.formats.body import block_lines
from analysis.corpus.formats.item import NotRead


def lines(data: bytes) -> list[str]:
    """The printed text of a piece of HTML (UTF-8), one block element a line: all of it is the article."""
    parser = HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    try:
        return list(block_lines(document_fromstring(data, parser=parser, ensure_head_body=True)))
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError) as problem:
        raise NotRead(f"its text is HTML that cannot be parsed: {problem}") from None
