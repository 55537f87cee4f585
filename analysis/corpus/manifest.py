"""The manifest: `documents.csv`, what people know of each document, one a row.

It is edited by hand, so it is read as strings ("NA" is an outlet's name, 001 an id) and every
mistake is named with its line, all of them at once. Further columns are kept and can be grouped by.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PureWindowsPath

import pandas as pd

from analysis.corpus.cells import unguarded
from analysis.nearest import did_you_mean, misspelt
from analysis.tables import DOCUMENTS, WRITTEN_BY

COLUMNS = [
    "doc_id",
    "outlet",
    "via",
    "version",
    "episode",
    "headline",
    "deck",
    "headline_written_by",
    "deck_written_by",
    "byline",
    "dateline",
    "published_at",
    "published_precision",
    "published_source",
    "filing_order",
    "url",
    "sha256",
    "file",
    "is_counted",
    "not_counted_because",
]
FURTHER = (  # columns one may add, which are read
    "outlet_evidence",
    "updated_at",
    "section",
    "kind",
    "is_clean",
    "source",
    "source_sha256",
)
ALLOWED = {
    "headline_written_by": ("", *WRITTEN_BY),
    "deck_written_by": ("", *WRITTEN_BY),
    "published_precision": ("", "minute", "day", "none"),
    "is_counted": ("true", "false"),
}
KINDS = next(column.allowed for column in DOCUMENTS.columns if column.name == "kind")  # a column one may add
MOST_SHOWN = 20  # mistakes in a message
SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
ORDER = re.compile(r"[0-9]{1,6}")
SHA256 = re.compile(r"[0-9a-f]{64}")
URL = re.compile(r"https?://\S+", re.IGNORECASE)
DAY = re.compile(r"\d{4}-\d\d-\d\d")
TIME = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class BadManifest(ValueError):
    """`documents.csv` is not what the manifest allows; the message names each mistake with file and line."""


def read_manifest(path: Path, *, outlets: list[str] | None = None) -> pd.DataFrame:
    """Read `documents.csv`: one row a document, all columns strings but `filing_order` and `is_counted`.

    `outlets` are the ids that story.yml allows (and `unknown`). Raises `BadManifest`.
    """
    if not path.is_file():
        raise BadManifest(f"{path}: no such file; a story needs a manifest")
    try:
        text = path.read_text(encoding="utf-8-sig")
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        names = reader.fieldnames or []
        if len(names) == 1 and re.search("[;\t]", names[0]):
            raise BadManifest(
                f"{path}:1: separated by semicolons or tabs; allowed: commas (save it as “CSV UTF-8, comma-separated”)"
            )
        if missing := [name for name in COLUMNS if name not in names]:
            raise BadManifest(f"{path}:1: columns missing: {', '.join(missing)}{misspelt(names, missing)}")
        if again := [name for name in dict.fromkeys(names) if names.count(name) > 1]:
            raise BadManifest(f"{path}:1: columns that stand twice: {', '.join(again)}; each is allowed once")
        rows, mistakes = [], []
        ids: dict[str, int] = {}
        files: dict[str, int] = {}
        for row in reader:
            line = reader.line_num
            if problem := _misfit(row):
                mistakes.append((line, problem))
                continue
            row = {name: unguarded(value) for name, value in row.items()}
            row["is_counted"] = row["is_counted"].lower()  # spreadsheets write TRUE
            mistakes += ((line, problem) for problem in _mistakes(row, outlets))
            for name, seen in (("doc_id", ids), ("file", files)):
                if seen.setdefault(row[name], line) != line:
                    each = "every document has its own"
                    mistakes.append(
                        (line, f"{name} {row[name]!r} stands twice (line {seen[row[name]]}); {each}")
                    )
            rows.append(row)
        if mistakes:
            shown = [f"{path}:{line}: {problem}" for line, problem in mistakes[:MOST_SHOWN]]
            left = len(mistakes) - len(shown)
            raise BadManifest("\n".join([*shown, *([f"… and {left} more mistakes"] if left else [])]))
    except (csv.Error, UnicodeDecodeError) as problem:
        how = "save it as “CSV UTF-8, comma-separated”"
        raise BadManifest(f"{path}: not a UTF-8 comma-separated file ({how}): {problem}") from None
    table = pd.DataFrame(rows, columns=list(names), dtype="str")
    order = pd.to_numeric(table["filing_order"].replace("", None)).astype("Int64")
    return table.assign(
        filing_order=order,
        is_counted=table["is_counted"] == "true",
        published_precision=[
            row.published_precision
            or ("none" if not row.published_at else "day" if DAY.fullmatch(row.published_at) else "minute")
            for row in table.itertuples()
        ],
    )


def _misfit(row: dict) -> str:
    """What is wrong with a row as a row; "" where each column has its value."""
    if None in row or None in row.values():
        n = sum(value is not None for value in row.values()) + len(row.get(None, ())) - (None in row)
        return f"{n} fields; the header has {len(row) - (None in row)}: is a comma in a text without quotation marks?"
    return "" if any(row.values()) else "an empty row; remove it"


def _mistakes(row: dict, outlets: list[str] | None) -> Iterator[str]:
    """What is wrong in a row, each with what is allowed."""
    for name, value in row.items():
        if value != value.strip() and name not in ("headline", "deck"):
            yield f"{name} is {value!r}; allowed: no blanks before or after"
        if CONTROL.search(value):
            yield f"{name} is {value[:60]!r}; allowed: no control characters"
    row = {name: value.strip() for name, value in row.items()}
    for name, allowed in (*ALLOWED.items(), ("kind", ("", *KINDS)), ("is_clean", ("", "true", "false"))):
        if row.get(name, "") not in allowed:
            yield f"{name} is {row[name]!r}; allowed: {', '.join(map(repr, allowed))}"
    for name in ("doc_id", "outlet"):
        if not SLUG.fullmatch(row[name]):
            yield f"{name} is {row[name]!r}; allowed: small letters, digits, - and _, at most 64"
    if outlets is not None and SLUG.fullmatch(row["outlet"]) and row["outlet"] not in (*outlets, "unknown"):
        hint = did_you_mean(row["outlet"], outlets)
        there = f"there are: {', '.join(dict.fromkeys([*outlets, 'unknown']))}"
        yield f"outlet {row['outlet']!r} is not in story.yml; {there}{hint} (a new one is listed there, under outlets)"
    if row["filing_order"] and not ORDER.fullmatch(row["filing_order"]):
        yield f"filing_order is {row['filing_order']!r}; allowed: a whole number, empty if unknown"
    yield from _time_mistakes(row)
    file = PureWindowsPath(row["file"])  # knows both slashes and drives, so that it holds on every system
    if not row["file"] or file.anchor or ".." in file.parts:
        yield f"file is {row['file']!r}; allowed: a file inside articles/"
    if row["sha256"] and not SHA256.fullmatch(row["sha256"]):
        yield f"sha256 is {row['sha256']!r}; allowed: 64 digits 0-9 and a-f, or empty"
    if row["url"] and not URL.fullmatch(row["url"]):
        yield f"url is {row['url']!r}; allowed: an address that begins with http:// or https://, or empty"
    if row["not_counted_because"] and row["is_counted"] == "true":
        yield f"not_counted_because is {row['not_counted_because']!r}; allowed: empty where is_counted is true"


def _time_mistakes(row: dict) -> Iterator[str]:
    at, precision = row["published_at"], row["published_precision"]
    if at and not _is_time(at):
        yield f"published_at is {at!r}; allowed: ISO 8601, such as 2023-09-13T14:15+09:00 or 2023-09-13"
    elif not at and precision in ("minute", "day"):
        yield f"published_precision is {precision!r}; allowed: none, where published_at is empty"
    elif at and precision == "minute" and DAY.fullmatch(at):
        yield f"published_precision is 'minute'; allowed: day, where published_at is a day ({at})"
    if row.get("updated_at") and not _is_time(row["updated_at"]):
        yield f"updated_at is {row['updated_at']!r}; allowed: ISO 8601, or empty"


def _is_time(text: str) -> bool:
    try:
        return bool(TIME.fullmatch(text) and datetime.fromisoformat(text))
    except ValueError:
        return False
