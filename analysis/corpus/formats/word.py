"""Word: a file is one article, or a Nexis Uni download of many. python-docx reads it in the worker of `bounds`."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from analysis.corpus.bounds import bounded
from analysis.corpus.formats import nexis
from analysis.corpus.formats.item import Item, Limits, NotRead, Refused
from analysis.corpus.formats.text import repaired

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_XML = 3  # times the bytes of a file that its parts may unpack to: markup is most of them
SPACES = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
# What was deleted or moved away while changes were tracked, what floats beside the text, the twin for old programs.
SKIPPED = frozenset({"del", "moveFrom", "txbxContent", "Fallback"})
LEFT_OUT = {
    "txbxContent": "text boxes",
    "footnoteReference": "footnotes",
    "endnoteReference": "endnotes",
    "altChunk": "documents within it",
}


def read(
    data: bytes, file: str, *, limits: Limits, columns: Mapping[str, str] = {}
) -> Iterator[Item | Refused]:
    """Yield the articles of a Word file. Raises `NotRead` for one that is broken, encrypted or unpacks to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            size = sum(
                part.file_size for part in parts.infolist() if part.filename.endswith((".xml", ".rels"))
            )
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as problem:
        raise NotRead(f"is no Word file that can be read: {problem}") from None
    if size > MOST_XML * limits.file_bytes:
        raise NotRead(f"unpacks to {size:,} bytes; allowed: {MOST_XML * limits.file_bytes:,} of a Word file")
    found = bounded("analysis.corpus.formats.word:paragraphs", data, seconds=limits.seconds)
    if nexis.is_nexis(found["paragraphs"]):
        yield from nexis.articles(found["paragraphs"], file, limits=limits)
        return
    text, repairs = repaired("\n".join(found["paragraphs"]), limits)
    left = tuple((kind, n, f"{n} {called} are not read") for kind, n, called in found["left_out"])
    yield Item(file, "", None, text, {}, (*left, *repairs))


def paragraphs(data: bytes) -> dict:
    """The paragraphs of a Word file in order, cells of tables among them, and what is left out. Only the worker calls this."""
    from docx import Document

    document = Document(io.BytesIO(data))
    lines = (line.strip() for text in _texts(document.element.body) for line in text.split("\n"))
    counts = {tag: sum(1 for _ in document.element.iter(f"{{*}}{tag}")) for tag in LEFT_OUT}
    return {
        "paragraphs": [line for line in lines if line],
        "left_out": [("left_out", n, LEFT_OUT[tag]) for tag, n in counts.items() if n],
    }


def _texts(parent: _Element) -> Iterator[str]:
    """The paragraphs within `parent`, wherever they stand: in cells, each once, in controls, in tracked insertions."""
    for element in parent.iterchildren("{*}*"):
        name = _name(element)
        if name == "p":
            yield "".join(_runs(element))
        elif name not in SKIPPED and not (name == "tr" and element.find("{*}trPr/{*}del") is not None):
            yield from _texts(element)


def _runs(parent: _Element) -> Iterator[str]:
    """The pieces of text within a paragraph."""
    for element in parent.iterchildren("{*}*"):
        name = _name(element)
        if name == "t":
            yield element.text or ""
        elif name == "br":
            kind = next((value for key, value in element.attrib.items() if key.endswith("}type")), "")
            yield "" if kind in ("page", "column") else "\n"  # a sentence may go on over the page
        elif name in SPACES:
            yield SPACES[name]
        elif name not in SKIPPED and not name.endswith("Pr"):
            yield from _runs(element)


def _name(element: _Element) -> str:
    return element.tag.rpartition("}")[2]
