"""The manifest: `documents.csv`, what people know of each document, one a row.

It is edited by hand, so it is read as strings ("NA" is an outlet's name, 001 an id) and every
mistake is named with its line. Further columns are kept and can be grouped by.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

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
    "published_precision": ("minute", "day", "none"),
    "is_counted": ("true", "false"),
}
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


class BadManifest(ValueError):
    """`documents.csv` is not what the manifest allows; the message names file and line."""


def read_manifest(path: Path, *, outlets: list[str] | None = None) -> pd.DataFrame:
    """Read `documents.csv`: one row a document, all columns strings but `filing_order` and `is_counted`.

    `outlets` are the ids that story.yml allows (and `unknown`). Raises `BadManifest`.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        names = reader.fieldnames or []
        if missing := [name for name in COLUMNS if name not in names]:
            raise BadManifest(f"{path}:1: columns missing: {', '.join(missing)}")
        rows = []
        for row in reader:
            _check_row(row, f"{path}:{reader.line_num}", outlets)
            rows.append(row | {"line": reader.line_num})
    except (csv.Error, UnicodeDecodeError) as problem:
        raise BadManifest(f"{path}: not a UTF-8 comma-separated file: {problem}") from None
    table = pd.DataFrame(rows, columns=[*names, "line"])
    if (again := table["doc_id"].duplicated()).any():
        row = table[again].iloc[0]
        raise BadManifest(
            f"{path}:{row['line']}: doc_id {row['doc_id']!r} stands twice; every document has its own"
        )
    order = pd.to_numeric(table["filing_order"].replace("", None)).astype("Int64")
    return table.assign(filing_order=order, is_counted=table["is_counted"] == "true").drop(columns="line")


def _check_row(row: dict, place: str, outlets: list[str] | None) -> None:
    if None in row or None in row.values():
        raise BadManifest(
            f"{place}: {len([v for v in row.values() if v is not None])} fields, the header has another number"
        )
    for name, allowed in ALLOWED.items():
        if row[name] not in allowed:
            shown = ", ".join(repr(value) for value in allowed)
            raise BadManifest(f"{place}: {name} is {row[name]!r}; allowed: {shown}")
    for name in ("doc_id", "outlet"):
        if not SLUG.fullmatch(row[name]):
            raise BadManifest(
                f"{place}: {name} is {row[name]!r}; allowed: small letters, digits and hyphens, up to 64"
            )
    if outlets is not None and row["outlet"] not in (*outlets, "unknown"):
        raise BadManifest(
            f"{place}: outlet {row['outlet']!r} is not in story.yml; there are: {', '.join(outlets)}, unknown"
        )
    if row["filing_order"] and not row["filing_order"].isdecimal():
        raise BadManifest(
            f"{place}: filing_order is {row['filing_order']!r}; allowed: a whole number, or nothing if unknown"
        )
    if row["published_at"]:
        try:
            pd.Timestamp(row["published_at"])
        except ValueError:
            raise BadManifest(
                f"{place}: published_at is {row['published_at']!r}; allowed: ISO 8601, such as 2023-09-13T14:15+09:00"
            ) from None
    file = Path(row["file"])
    if not row["file"] or file.is_absolute() or ".." in file.parts:
        raise BadManifest(f"{place}: file is {row['file']!r}; allowed: a file inside articles/")
