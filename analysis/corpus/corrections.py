"""Corrections: a person's word on single rows of the machine's tables, `corrections.csv` of a story.

Rows are found by document and offsets, and corrected before anything is counted from them: a line that was wrongly
set aside comes back into the text and into every figure. Each correction is listed with whether it found its row.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis.corpus.cleaning import Row, Told
from analysis.nearest import misspelt
from analysis.tables import CORRECTIONS, TABLES

CORRECTABLE = {  # table -> columns that may be set; documents are corrected in the manifest
    "lines": ("role", "kept"),
    "quoted_spans": ("closed",),
    "frame_hits": ("dictionary", "frame", "entry"),
    "namings": ("thing", "surface"),
}
ACTIONS = ("set", "delete", "add")
COLUMNS = [name for name in CORRECTIONS.names if name != "is_applied"]
FLAGS = ("true", "false")
MOST_SHOWN = 20  # mistakes in a message
PARTS = ";"  # between columns, and between their values, of one correction
KEPT = ("headline", "body", "subhead")  # roles of lines that stand in the text


class BadCorrections(ValueError):
    """`corrections.csv` is not what it may be; the message names file, line and what is allowed."""


def read_corrections(
    path: Path, doc_ids: Collection[str], names: Callable[[], Mapping[str, Collection[str]]] = dict
) -> pd.DataFrame:
    """Read `corrections.csv`, table `corrections`, nothing applied yet; empty where there is no such file.

    `doc_ids` are the documents of the story; `names` gives what may be set in a column (dictionary, frame, thing)
    where that is known. Raises `BadCorrections`, which names all mistakes.
    """
    if not path.is_file():
        return CORRECTIONS.empty()
    shown, rows = f"{path.parent.name}/{path.name}", []
    try:
        reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), strict=True)
        if sorted(reader.fieldnames or []) != sorted(COLUMNS):
            there = ", ".join(reader.fieldnames or []) or "none"
            hints = misspelt(reader.fieldnames or [], COLUMNS)
            raise BadCorrections(
                f"{shown}, line 1: columns are {there}; allowed: {', '.join(COLUMNS)}{hints}"
            )
        known, seen, mistakes = names(), {}, []
        for row in reader:
            problem = _problem(row, doc_ids, known)
            key = tuple(row.get(name) for name in ("table", "doc_id", "start", "end", "action", "column"))
            if not problem and (first := seen.setdefault(key, reader.line_num)) != reader.line_num:
                problem = f"the same row and column as line {first}; allowed: one correction of each"
            if problem:
                mistakes.append(f"{shown}, line {reader.line_num}: {problem}")
            else:
                rows.append(row | {"value": _lowered(row), "is_applied": False})
        if mistakes:
            left = len(mistakes) - MOST_SHOWN
            more = [f"… and {left} more mistakes"] if left > 0 else []
            raise BadCorrections("\n".join([*mistakes[:MOST_SHOWN], *more]))
    except (csv.Error, UnicodeDecodeError) as problem:
        raise BadCorrections(f"{shown}: not a UTF-8 comma-separated file: {problem}") from None
    return CORRECTIONS.frame(pd.DataFrame(rows, columns=CORRECTIONS.names))


def _lowered(row: dict) -> str:
    """The value of a row; true and false as spreadsheets write them, in small letters."""
    values = row["value"].split(PARTS)
    is_known = [value.strip().lower() in FLAGS for value in values]
    return PARTS.join(
        value.strip().lower() if one else value for value, one in zip(values, is_known, strict=True)
    )


def _problem(row: dict, doc_ids: Collection[str], names: Mapping[str, Collection[str]]) -> str:
    """What is wrong with a row and what is allowed; "" where nothing is."""
    if None in row or None in row.values():
        return f"not as many fields as the header has; allowed: {len(COLUMNS)}"
    table, action = row["table"], row["action"]
    checks = [
        (
            "table",
            table in CORRECTABLE,
            f"{', '.join(CORRECTABLE)}; documents are corrected in documents.csv",
        ),
        ("action", action in ACTIONS, ", ".join(ACTIONS)),
        ("action", table != "lines" or action == "set", "set, since every line has its row"),
        ("doc_id", row["doc_id"] in doc_ids, ", ".join(list(doc_ids)[:20])),
        *((name, row[name].isascii() and row[name].isdigit(), "a whole number") for name in ("start", "end")),
    ]
    for column, is_right, allowed in checks:
        if not is_right:
            return f"{column} is {row[column]!r}; allowed: {allowed}"
    if int(row["start"]) >= int(row["end"]):
        return f"end is {row['end']!r}; allowed: a number larger than start"
    columns, values = (
        [part.strip() for part in row[name].split(PARTS)] if row[name] else [] for name in ("column", "value")
    )
    if len(columns) != len(values):
        return (
            f"{len(columns)} columns and {len(values)} values; allowed: as many of both, separated by {PARTS}"
        )
    own = CORRECTABLE[table]
    needed = (
        own
        if action == "add" and table != "quoted_spans"
        else own[:1]
        if action == "set" and not columns
        else ()
    )
    if not set(columns) <= set(own) or not set(needed) <= set(columns):
        return f"column is {row['column']!r}; allowed: {PARTS.join(own)}" + (
            " (all of them)" if action == "add" else ""
        )
    for column, value in zip(columns, values, strict=True):
        allowed = names.get(column, _allowed(table, column))
        is_bound = column in names or allowed
        if is_bound and (value.lower() if allowed == FLAGS else value) not in allowed:
            return f"value is {value!r}; allowed for {column}: {', '.join(allowed) or 'none, story.yml lists none'}"
    return ""


def _allowed(table: str, column: str) -> tuple[str, ...]:
    declared = next(one for one in TABLES[table].columns if one.name == column)
    return FLAGS if declared.dtype == "bool" else declared.allowed


def _rows(corrections: pd.DataFrame, table: str) -> Iterator[tuple[int, object, dict[str, str]]]:
    """The corrections of a table: index, row, and what it sets."""
    for row in corrections[corrections["table"] == table].itertuples():
        pairs = zip(row.column.split(PARTS), row.value.split(PARTS), strict=True) if row.column else ()
        yield row.Index, row, {column.strip(): value.strip() for column, value in pairs}


def told_lines(corrections: pd.DataFrame, doc_id: str, lines: Sequence[Row]) -> tuple[list[Told], list[int]]:
    """The corrected lines of a document as cleaning takes them, and the index of the corrections that found theirs.

    `lines` are those of the machine. A line set to another role is kept or set aside as that role is.
    """
    if corrections.empty:
        return [], []
    told, found = [], []
    machine = {(start, end): role for _, start, end, role, *_ in lines}
    for index, row, values in _rows(corrections, "lines"):
        if row.doc_id != doc_id or (row.start, row.end) not in machine:
            continue
        found.append(index)
        role, was = values.get("role", machine[row.start, row.end]), values.get("kept")
        kept = was == "true" if was else role in KEPT
        if kept and role not in KEPT:
            role = "body"
        told.append((row.start, row.end, role, kept, "correction"))
    return told, found


def corrected(frame: pd.DataFrame, table: str, corrections: pd.DataFrame) -> tuple[pd.DataFrame, list[int]]:
    """`frame` with the corrections of `table`, and the index of those that found their row.

    Of rows at the same place, `delete` takes those that have the values it names. An added row has what the
    correction sets; what else its table holds is the caller's to fill.
    """
    found, added = [], []
    for index, row, values in _rows(corrections, table):
        if row.action == "add":
            added.append({"doc_id": row.doc_id, "start": row.start, "end": row.end, **_typed(frame, values)})
            found.append(index)
            continue
        is_it = (frame["doc_id"] == row.doc_id) & (frame["start"] == row.start) & (frame["end"] == row.end)
        if row.action == "delete":
            for column, value in _typed(frame, values).items():
                is_it &= frame[column] == value
        if is_it.any():
            found.append(index)
        if row.action == "delete":
            frame = frame[~is_it]
        else:
            frame = frame.assign(
                **{
                    column: frame[column].mask(is_it, value)
                    for column, value in _typed(frame, values).items()
                }
            )
    if added:
        frame = pd.concat([frame, pd.DataFrame(added)], ignore_index=True)
    return frame.sort_values(["doc_id", "start"], kind="stable", ignore_index=True) if found else frame, found


def _typed(frame: pd.DataFrame, values: dict[str, str]) -> dict[str, object]:
    return {
        column: value == "true" if frame[column].dtype == bool else value for column, value in values.items()
    }
