"""Checks: what came out when a file was held against what is recorded of it, or against what was made again."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.publishing.provenance import file_digest

VERIFIED, DIFFERS, MISSING, NOTE, NOT_DONE = "verified", "differs", "missing", "note", "not done"
BROKEN = (ValueError, LookupError, OSError)  # what reading a damaged file raises


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: the `part` it belongs to, its file, what came out, and where it differs."""

    part: str  # provenance, inputs, dictionaries, measures, tables, reports, indexes
    name: str
    state: str
    detail: str = ""

    @property
    def is_failure(self) -> bool:
        return self.state in (DIFFERS, MISSING)


def by_hash(part: str, name: str, path: Path | None, expected: object) -> Check:
    """The file at `path` against the SHA-256 that is recorded of it."""
    if path is None or not path.is_file():
        return Check(part, name, MISSING, "it is not there")
    found = file_digest(path)
    if found == expected:
        return Check(part, name, VERIFIED)
    return Check(part, name, DIFFERS, f"SHA-256 expected {expected}, found {found}")


def by_bytes(part: str, name: str, path: Path, expected: bytes) -> Check:
    """The file at `path` against what was made again; of tables the first row and column that differ are named."""
    if not path.is_file():
        return Check(part, name, MISSING, "it is not there")
    found = path.read_bytes()
    if found == expected:
        return Check(part, name, VERIFIED)
    detail = _first_cell(path.suffix, expected, found)
    if detail is None:
        return Check(part, name, VERIFIED, "the same values, written by other versions of the libraries")
    return Check(part, name, DIFFERS, f"{detail}made again, it is another: {_first_byte(expected, found)}")


def _first_byte(expected: bytes, found: bytes) -> str:
    at = next((n for n, pair in enumerate(zip(expected, found, strict=False)) if pair[0] != pair[1]), -1)
    at = min(len(expected), len(found)) if at < 0 else at
    return f"first different byte {at + 1:,} of {len(found):,}"


def _first_cell(suffix: str, expected: bytes, found: bytes) -> str | None:
    """Where two tables differ first, "" where that cannot be told, None where they hold the same values."""
    try:
        if suffix == ".csv":
            ours, theirs = (
                list(csv.reader(io.StringIO(one.decode(), newline=""))) for one in (expected, found)
            )
        elif suffix == ".parquet":
            ours, theirs = (_rows(pd.read_parquet(io.BytesIO(one))) for one in (expected, found))
        else:
            return ""
    except BROKEN:
        return ""
    if suffix == ".parquet" and ours == theirs:
        return None
    for number, (one, other) in enumerate(zip(ours, theirs, strict=False)):
        for column, (left, right) in enumerate(zip(one, other, strict=False)):
            if left != right:
                name = ours[0][column] if number else f"{column + 1}"
                return f"row {number}, column {name}: expected {left[:40]!r}, found {right[:40]!r}; "
    return f"{len(ours) - 1} rows expected, {len(theirs) - 1} found; " if len(ours) != len(theirs) else ""


def _rows(frame: pd.DataFrame) -> list[list[str]]:
    return [list(frame.columns), *(list(map(repr, row)) for row in frame.itertuples(index=False))]
