"""What readers give: articles as they were found, and units that were not taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.corpus.bounds import NotRead

__all__ = ["FIELDS", "Columns", "Item", "Limits", "NotRead", "Refused", "Repair", "filled"]

FIELDS = (
    "doc_id",
    "outlet",
    "via",
    "headline",
    "deck",
    "byline",
    "dateline",
    "published_at",
    "published_precision",
    "published_source",
    "updated_at",
    "section",
    "url",
    "language",
    "kind",
)
Repair = tuple[str, int, str]  # kind, how many times, message: a row of the table `warnings`


@dataclass(frozen=True)
class Item:
    """One article as a reader found it: its raw text and what its file says of it."""

    file: str  # as the user named it; inside an archive "export.zip/folder/a.html"
    unit: str  # "" for a file that is one article, else "row 12", "line 3", "article 7"
    line: int | None  # where in `file` the unit begins, where lines mean something
    text: str  # decoded, one paragraph or page line a line, before cleaning
    fields: dict[str, str] = field(default_factory=dict)  # any of FIELDS; "" is never stored
    repairs: tuple[Repair, ...] = ()
    is_clean: bool = False  # the reader has cut page furniture away already
    sha256: str = ""  # of the bytes it was read from: the file's, or those of a unit's text


@dataclass(frozen=True)
class Refused:
    """One unit that was not taken: `unit` as in `Item`, "" where it is the whole file."""

    file: str
    unit: str
    line: int | None
    reason: str


LONGEST_HELD = 20_000_000  # characters of an article that a story can hold, however far a limit is raised


@dataclass(frozen=True)
class Limits:
    """What one file or text may cost."""

    file_bytes: int = 20_000_000  # of a file, and of what an archive member unpacks to
    text_chars: int = 1_000_000  # characters of one article
    seconds: float = 30.0  # for one call of a parser
    items: int = 10_000  # articles of one file


Columns = Mapping[
    str, str
]  # what the user says of a table's columns: target, one of FIELDS or "text" -> source


def filled(fields: Mapping[str, str]) -> dict[str, str]:
    """`fields` on one line each, without those that are empty."""
    lined = {name: " ".join(value.split()) for name, value in fields.items() if value}
    return {name: value for name, value in lined.items() if value}
