"""Word: a file is one article, or a Nexis Uni download of many. python-docx reads it in the worker of `bounds`."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping

from analysis.corpus.bounds import bounded
from analysis.corpus.formats import nexis
from analysis.corpus.formats.item import Item, Limits, NotRead, Refused
from analysis.corpus.formats.text import repaired

MOST_XML = 3  # times the bytes of a file that its parts may unpack to: markup is most of them
LEFT_OUT = {"txbxContent": "text boxes", "footnoteReference": "footnotes", "endnoteReference": "endnotes"}


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
    from docx.table import Table

    document = Document(io.BytesIO(data))
    lines: list[str] = []
    for block in document.iter_inner_content():
        cells = (
            [cell.text for row in block.rows for cell in row.cells]
            if isinstance(block, Table)
            else [block.text]
        )
        lines += [line.strip() for cell in cells for line in cell.split("\n") if line.strip()]
    counts = {tag: sum(1 for _ in document.element.iter(f"{{*}}{tag}")) for tag in LEFT_OUT}
    return {
        "paragraphs": lines,
        "left_out": [("left_out", n, LEFT_OUT[tag]) for tag, n in counts.items() if n],
    }
