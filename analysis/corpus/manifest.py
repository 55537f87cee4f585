"""The manifest: `documents.csv`, what people know of each document, one a row.

It is edited by hand, so it is read as strings ("NA" is an outlet's name, 001 an id) and every
mistake is named with its line. Further columns are kept and can be grouped by.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from pathlib import Path, PureWindowsPath

import pandas as pd

from analysis.tables import WRITTEN_BY

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
ALLOWED = {
    "headline_written_by": ("", *WRITTEN_BY),
    "deck_written_by": ("", *WRITTEN_BY),
    "published_precision": ("", "minute", "day", "none"),
    "is_counted": ("true", "false"),
}
SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
ORDER = re.compile(r"[0-9]{1,6}")


class BadManifest(ValueError):
    """`documents.csv` is not what the manifest allows; the message names file and line."""


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
            raise BadManifest(f"{path}:1: columns missing: {', '.join(missing)}")
        if again := [name for name in dict.fromkeys(names) if names.count(name) > 1]:
            raise BadManifest(f"{path}:1: columns that stand twice: {', '.join(again)}; each is allowed once")
        rows, seen = [], set()
        for row in reader:
            place = f"{path}:{reader.line_num}"
            if row["is_counted"]:
                row["is_counted"] = row["is_counted"].lower()  # spreadsheets write TRUE
            _check_row(row, place, outlets)
            if row["doc_id"] in seen:
                raise BadManifest(
                    f"{place}: doc_id {row['doc_id']!r} stands twice; every document has its own"
                )
            seen.add(row["doc_id"])
            rows.append(row)
    except (csv.Error, UnicodeDecodeError) as problem:
        raise BadManifest(f"{path}: not a UTF-8 comma-separated file: {problem}") from None
    table = pd.DataFrame(rows, columns=list(names), dtype="str")
    order = pd.to_numeric(table["filing_order"].replace("", None)).astype("Int64")
    return table.assign(
        filing_order=order,
        is_counted=table["is_counted"] == "true",
        published_precision=table["published_precision"].replace("", "none"),
    )


def _check_row(row: dict, place: str, outlets: list[str] | None) -> None:
    if None in row or None in row.values():
        n = sum(value is not None for value in row.values()) + len(row.get(None, ())) - (None in row)
        raise BadManifest(f"{place}: {n} fields; the header has {len(row) - (None in row)}")
    for name, allowed in ALLOWED.items():
        if row[name] not in allowed:
            shown = ", ".join(repr(value) for value in allowed)
            raise BadManifest(f"{place}: {name} is {row[name]!r}; allowed: {shown}")
    for name in ("doc_id", "outlet"):
        if not SLUG.fullmatch(row[name]):
            raise BadManifest(
                f"{place}: {name} is {row[name]!r}; allowed: small letters, digits, - and _, at most 64"
            )
    if outlets is not None and row["outlet"] not in (*outlets, "unknown"):
        raise BadManifest(
            f"{place}: outlet {row['outlet']!r} is not in story.yml; there are: {', '.join(outlets)}, unknown"
        )
    if row["filing_order"] and not ORDER.fullmatch(row["filing_order"]):
        raise BadManifest(
            f"{place}: filing_order is {row['filing_order']!r}; allowed: a whole number, empty if unknown"
        )
    if row["published_at"]:
        try:
            datetime.fromisoformat(row["published_at"])
        except ValueError:
            allowed = "allowed: ISO 8601, such as 2023-09-13T14:15+09:00"
            raise BadManifest(f"{place}: published_at is {row['published_at']!r}; {allowed}") from None
    file = PureWindowsPath(row["file"])  # knows both slashes and drives, so that it holds on every system
    if not row["file"] or file.anchor or ".." in file.parts:
        raise BadManifest(f"{place}: file is {row['file']!r}; allowed: a file inside articles/")
