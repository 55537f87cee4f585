"""Codes: what people made of code sheets, read back, put together with what was drawn, and written without any text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analysis.corpus.cells import guarded, unguarded
from analysis.storage import write_atomically
from analysis.tables import ELEMENTS

KEY = (
    "item_id",
    "doc_id",
    "sentence_id",
    "dictionary",
    "frame_id",
    "is_hit",
    "probability",
    "weight",
    "n_stratum",
)
CODES = (
    "item_id",
    "doc_id",
    "sentence_id",
    "dictionary",
    "frame_id",
    "coder",
    "indicator_present",
    "element",
    "frame",
)
PRESENT = {"1": 1, "yes": 1, "y": 1, "true": 1, "0": 0, "no": 0, "n": 0, "false": 0}
FOLDER = "coding"
ADJUDICATED = "adjudicated"  # the coder of codes that a person decided where coders were divided
LARGEST, MOST_UNPACKED = 20_000_000, 100_000_000  # bytes of a sheet that is read, and of a workbook unpacked
MOST_ROWS, MOST_COLUMNS = 100_000, 30


class BadSheet(ValueError):
    """A code sheet is not what it should be; the message names file, line and what is allowed."""


def read_sheet(path: Path) -> pd.DataFrame:
    """The codes of one coder: item_id, indicator_present (1, 0, NA), element, frame. Raises `BadSheet`."""
    path = Path(path)
    if not path.is_file():
        raise BadSheet(f"{path}: no such file")
    if path.stat().st_size > LARGEST:
        raise BadSheet(f"{path.name}: larger than {LARGEST // 1_000_000} MB")
    try:
        if path.suffix.lower() == ".xlsx":
            rows = _workbook(path)
        else:
            rows = pd.read_csv(
                path, dtype=str, keep_default_na=False, encoding="utf-8-sig", sep=None, engine="python"
            )
    except Exception as problem:  # zip, XML and CSV each have errors of their own
        raise BadSheet(f"{path.name}: not readable as a sheet (CSV in UTF-8, or XLSX): {problem}") from None
    rows = rows.fillna("")
    rows = rows[(rows != "").any(axis=1)]
    needed = ("item_id", "indicator_present")
    if missing := [name for name in needed if name not in rows]:
        raise BadSheet(f"{path.name}, line 1: no column {', '.join(missing)}; needed: {', '.join(needed)}")
    codes: dict[str, list] = {"item_id": [], "indicator_present": [], "element": [], "frame": []}
    for line, row in enumerate(rows.to_dict("records"), start=2):
        said = unguarded(row["indicator_present"].strip()).lower().removesuffix(".0")
        if said and said not in PRESENT:
            raise BadSheet(
                f"{path.name}, line {line}: indicator_present {said!r}; allowed: 1, 0, yes, no, empty"
            )
        element = unguarded(str(row.get("element", "")).strip()).lower()
        if element and element not in ELEMENTS:
            raise BadSheet(
                f"{path.name}, line {line}: element {element!r}; allowed: {', '.join(ELEMENTS)}, empty"
            )
        if row["item_id"] in codes["item_id"]:
            raise BadSheet(f"{path.name}, line {line}: item_id {row['item_id']!r} stands twice")
        codes["item_id"].append(row["item_id"])
        codes["indicator_present"].append(PRESENT.get(said, pd.NA))
        codes["element"].append(element)
        codes["frame"].append(" ".join(unguarded(str(row.get("frame", ""))).split())[:200])
    return pd.DataFrame(codes).astype({"indicator_present": "Int64"})


def _workbook(path: Path) -> pd.DataFrame:
    """The first sheet of a workbook as text, within bounds: what it holds when unpacked, rows, columns."""
    from zipfile import ZipFile

    from openpyxl import load_workbook

    with ZipFile(path) as packed:
        if (size := sum(part.file_size for part in packed.infolist())) > MOST_UNPACKED:
            raise BadSheet(
                f"{path.name}: {size // 1_000_000} MB when unpacked; allowed: {MOST_UNPACKED // 1_000_000}"
            )
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        found = book.worksheets[0].iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
        head = [str(name or "") for name in next(found, ())]
        rows = [["" if cell is None else str(cell) for cell in row] for row in found]
    finally:
        book.close()
    kept = [n for n, name in enumerate(head) if name]
    return pd.DataFrame(
        [[row[n] for n in kept] for row in rows], columns=[head[n] for n in kept], dtype="str"
    )


def read_key(folder: Path) -> pd.DataFrame:
    """`key.csv` of a coding folder. Raises `BadSheet`."""
    path = folder / "key.csv"
    if not path.is_file():
        raise BadSheet(
            f"{path}: no such file; it was written with the sheets and says what they were drawn from"
        )
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    if missing := [name for name in KEY if name not in rows]:
        raise BadSheet(f"{path.name}, line 1: no column {', '.join(missing)}")
    return rows.assign(
        sentence_id=rows["sentence_id"].astype("int64"),
        is_hit=rows["is_hit"] == "True",
        probability=rows["probability"].astype(float),
        weight=rows["weight"].astype(float),
        n_stratum=rows["n_stratum"].astype("int64"),
    )


def coded(sheets: Sequence[Path], adjudicated: Path | None = None) -> pd.DataFrame:
    """All codes with what they are codes of: columns of CODES, a row an item and coder who coded it. Raises `BadSheet`.

    A coder is the name of a sheet without its ending; of one sheet as CSV and XLSX one is to be given.
    """
    folders = {path.parent.resolve() for path in sheets}
    if len(folders) > 1:
        raise BadSheet("sheets of one folder are expected, beside the key.csv they were drawn with")
    key = read_key(folders.pop())
    parts, names = [], set()
    for path, coder in [
        *((path, path.stem) for path in sheets),
        *([(adjudicated, ADJUDICATED)] if adjudicated else []),
    ]:
        if coder in names:
            raise BadSheet(f"{path.name}: a second sheet of {coder}; give one file a coder")
        names.add(coder)
        rows = read_sheet(path)
        if unknown := sorted(set(rows["item_id"]) - set(key["item_id"])):
            raise BadSheet(
                f"{path.name}: item_id {unknown[0]!r} is not in key.csv: the sheet was drawn with another one"
            )
        is_filled = rows["indicator_present"].notna() | (rows["element"] != "") | (rows["frame"] != "")
        if not is_filled.any():
            raise BadSheet(f"{path.name} holds no code: was another form of it filled (CSV, XLSX)?")
        parts.append(rows.assign(coder=coder))
    codes = pd.concat(parts, ignore_index=True).merge(key, on="item_id")
    is_coded = codes["indicator_present"].notna() | (codes["element"] != "") | (codes["frame"] != "")
    return codes.loc[is_coded, list(CODES)].sort_values(
        ["item_id", "coder"], kind="stable", ignore_index=True
    )


def write_codes(codes: pd.DataFrame, folder: Path) -> Path:
    """Write the codes without any text, as they are committed and read by `measure`."""
    path = folder / "codes.csv"
    write_atomically(path, codes.map(guarded).to_csv(index=False))
    return path
