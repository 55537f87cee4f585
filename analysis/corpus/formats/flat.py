"""Flat: the lines of a page that is nested too deep for a tree.

libxml2 leaves out what stands below some two thousand elements, whatever it is told; here nothing is nested.
"""

from __future__ import annotations

from html.parser import HTMLParser

HIDDEN = {"script", "style", "noscript", "template", "svg", "head", "title", "select", "textarea"}
INLINE = {
    "a",
    "abbr",
    "b",
    "cite",
    "code",
    "em",
    "font",
    "i",
    "mark",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "time",
    "u",
}


class _Lines(HTMLParser):
    """Gathers the printed text, one block element a line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.hidden += tag in HIDDEN
        if tag not in INLINE:
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        self.hidden = max(0, self.hidden - (tag in HIDDEN))
        if tag not in INLINE:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.lines[-1] += data


def flat_lines(page: str) -> list[str]:
    """The printed lines of `page`, white space normalised, empty ones left out."""
    parser = _Lines()
    parser.feed(page)
    parser.close()
    lines = (" ".join(line.split()) for line in parser.lines)
    return [line for line in lines if line]
