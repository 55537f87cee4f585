"""Body: the text of an article in the tree of its page.

trafilatura finds it; where it finds nothing, every block of the page is a line, which the cleaner then
sorts. Only the worker of `bounds` imports this.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction

HIDDEN = {"script", "style", "noscript", "template", "svg", "head", "iframe", "object", "select", "textarea"}
INLINE = {
    "a",
    "abbr",
    "acronym",
    "b",
    "bdi",
    "bdo",
    "big",
    "cite",
    "code",
    "data",
    "del",
    "dfn",
    "em",
    "font",
    "i",
    "img",
    "ins",
    "kbd",
    "label",
    "mark",
    "picture",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "time",
    "tt",
    "u",
    "var",
    "wbr",
}
LEAST = 0.15  # share of the balanced text below which the precise one has missed the article


def body(tree: HtmlElement) -> tuple[list[str], bool]:
    """The body, one paragraph a line, and whether page furniture was cut away from it."""
    precise, balanced = (_extracted(tree, favor_precision=choice) for choice in (True, False))
    found = precise if sum(map(len, precise)) > LEAST * sum(map(len, balanced)) else balanced
    page = list(block_lines(tree))
    return (_with_repeats(found, page), True) if found else (page, False)


def _extracted(tree: HtmlElement, *, favor_precision: bool) -> list[str]:
    found = bare_extraction(
        tree, favor_precision=favor_precision, include_comments=False, with_metadata=False
    )
    lines = (" ".join(line.split()) for line in (found.text or "" if found else "").split("\n"))
    return [line for line in lines if line]


def _with_repeats(found: list[str], page: list[str]) -> list[str]:
    """Give back the repeats of paragraphs that follow themselves: the extraction keeps one of them."""
    runs = {line: n for line, n in ((line, len(list(run))) for line, run in groupby(page)) if n > 1}
    lines = []
    for line in found:
        lines += [line] * (runs.pop(line, 1) if found.count(line) == 1 else 1)
    return lines


def block_lines(tree: HtmlElement) -> Iterator[str]:
    """The printed text of a page, one block element a line, white space normalised, empty lines left out."""
    buffer: list[str] = []
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        is_block = element.tag not in INLINE
        if is_block:
            if line := " ".join("".join(buffer).split()):
                yield line
            buffer.clear()
        if event == "end":
            buffer.append(element.tail or "")
        elif element.tag in HIDDEN:
            walk.skip_subtree()
        else:
            buffer.append(element.text or "")
    if line := " ".join("".join(buffer).split()):
        yield line
