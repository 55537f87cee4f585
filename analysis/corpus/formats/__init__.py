"""Formats: what a file holds, told by its content, and the reader for it.

A reader is a module with one function `read(data, file, *, limits, columns)` that yields articles and
refused units, and one row of `FORMATS`. A name decides only where content cannot: between a table
and a text with commas, or between a piece of HTML and a text that shows tags.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice

from analysis.corpus.formats import archive, html, json_lines, parquet, rtf, signs, table, text, word
from analysis.corpus.formats.item import Item, Limits, NotRead, Refused

__all__ = ["FORMATS", "TEXT", "Format", "Item", "Limits", "NotRead", "Refused", "format_of", "read_data"]

Reader = Callable[..., Iterator[Item | Refused]]


@dataclass(frozen=True)
class Format:
    """A format: `matches` says by content, and if need be by name, whether a file is of it."""

    name: str
    matches: Callable[[bytes, str], bool]
    read: Reader


TEXT = Format("plain text", signs.is_text, text.read)  # whatever is nothing else
FORMATS: tuple[Format, ...] = (
    Format("Word", signs.is_word, word.read),
    Format("RTF", signs.is_rtf, rtf.read),
    Format("Parquet", signs.is_parquet, parquet.read),
    Format("ZIP, gzip or tar", archive.matches, archive.read),
    Format("HTML", signs.is_html, html.read),
    Format("JSON", signs.is_json, json_lines.read),
    Format("CSV or TSV", table.matches, table.read),
    TEXT,
)
READ = ", ".join(one.name for one in FORMATS)


def format_of(data: bytes, name: str) -> Format:
    """The format of a file. Raises `NotRead`, naming what it looks like, for one that is not read."""
    if looks_like := signs.refused(data, name):
        raise NotRead(f"looks like {looks_like}, which is not read; allowed: {READ}")
    return next(one for one in FORMATS if one.matches(data, name))


def read_data(
    data: bytes,
    file: str,
    *,
    limits: Limits = Limits(),
    columns: Mapping[str, str] = {},
    known: Format | None = None,
) -> Iterator[Item | Refused]:
    """Yield the articles of the content of a file; what cannot be read is `Refused`, never an exception.

    `known` is its format, where that need not be told by content.
    """
    digest, n = sha256(data).hexdigest(), -1
    try:
        found = (known or format_of(data, file)).read(data, file, limits=limits, columns=columns)
        for n, one in enumerate(islice(found, limits.items + 1)):
            if n == limits.items:
                yield Refused(
                    file, "", None, f"holds more than {limits.items:,} articles; the rest is not read"
                )
            elif isinstance(one, Refused) or one.sha256:
                yield one
            elif one.unit:
                yield replace(one, sha256=sha256(one.text.encode()).hexdigest())
            else:
                yield replace(one, sha256=digest)
        if n < 0:
            yield Refused(file, "", None, "holds no article: no row or member; allowed: at least one")
    except NotRead as problem:
        yield Refused(file, "", None, str(problem))
