"""Holdings: the exports of an archive, read in place: a row an article, and no file of its own.

They are read twice. `listing` goes over all of them and keeps of each article its id, its episode and its place alone; `articles`
reads those that somebody names, by the readers of their formats, which trust nothing they find. So neither holds more than it gives.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import pandas as pd

from analysis.corpus.bounds import Lost
from analysis.corpus.formats.item import Item, NotRead, Refused
from analysis.corpus.held_rows import LINES, named_lines, named_rows, told_by_lines, told_by_rows
from analysis.corpus.reading import Article, recognised
from analysis.corpus.row_ids import may_be, row_ids

ENDINGS = (".parquet", *LINES)
MOST_IN_GROUP = 10_000  # rows of a row group of Parquet that are soon gone over
COLUMNS = ("doc_id", "outlet", "episode", "day", "file", "row", "start", "end", "digest")
KNOWN = "stands for another row already"
GONE = "the row is no longer there: the export changed"


def exports(folder: Path) -> list[Path]:
    """The exports that lie in `folder`, by name: Parquet and JSON lines, these also packed by gzip."""
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(
        path
        for path in found
        if path.name.lower().endswith(ENDINGS) and path.is_file() and path.name[0] != "."
    )


def read_slowly(path: Path) -> str:
    """Why a few rows of an export take as long as all of it; "" where they do not, or where it is no export."""
    from pyarrow import ArrowException
    from pyarrow import parquet as pq

    if path.name.lower().endswith(".gz"):
        return "packed by gzip it is read from its beginning for each partition; unpacked it is not"
    try:
        about = pq.read_metadata(path) if path.name.lower().endswith(".parquet") else None
    except (ArrowException, ValueError, OSError):
        about = None
    most = max((about.row_group(n).num_rows for n in range(about.num_row_groups)), default=0) if about else 0
    if most <= MOST_IN_GROUP:
        return ""
    return f"a row group of {most:,} rows is read whole for each partition; write it with row_group_size=1000"


def listing(paths: Iterable[Path], columns: Mapping[str, str] = {}) -> tuple[pd.DataFrame, list[Refused]]:
    """The articles that the exports `paths` hold, read in their order, and the rows that are none.

    Columns: doc_id (the row's own id, else the file's name and the number of the row; no two are the same), outlet (as it is
    printed there, "" where nothing is), episode (column `episode`, else the day of publication, else ""), day (of publication,
    "" where none can be read), file, row (from 1), start and end (bytes of a line in its file, unpacked; 0 in Parquet), digest (of
    all that is read of the row, wherever it stands; "" where it cannot be read). A row whose id stands for another already is
    refused. `columns` says which column holds what (field of an article or "episode" -> column) where its name does not tell.
    What was listed last is known as long as the files are as they were.
    """
    files = tuple((path, *_state(path)) for path in paths)
    rows, refused = _listed(files, tuple(columns.items()))
    return rows.copy(), list(refused)


def _state(path: Path) -> tuple[int, ...]:
    """What is another number when a file was written or replaced."""
    now = path.stat()
    return now.st_size, now.st_mtime_ns, now.st_ctime_ns, now.st_ino


@lru_cache(maxsize=2)
def _listed(
    files: tuple[tuple, ...], columns: tuple[tuple[str, str], ...]
) -> tuple[pd.DataFrame, tuple[Refused, ...]]:
    rows, refused = [], []
    seen: dict[str, str] = {}
    owns: list[str] = []
    for path, *_ in files:
        told = (told_by_lines if _is_lines(path) else told_by_rows)(path, dict(columns))
        row = 0
        try:
            for one in told:
                if isinstance(one, Refused):
                    refused.append(one)
                    continue
                row, start, end, said = one
                own, unit = said["doc_id"], _unit(path, row)
                if own and own in seen:
                    reason = f"the id {own[:60]!r} {KNOWN}, {seen[own]}"
                    refused.append(Refused(path.name, unit, row, reason))
                    continue
                if own:
                    seen[own] = f"{unit} of {path.name}"
                owns.append(own)
                what = said["outlet"], said["episode"], said["day"]
                rows.append((*what, path.name, row, start, end, said["digest"]))
        except NotRead as problem:
            refused.append(Refused(path.name, "", None, str(problem)))
        except (OSError, EOFError, zlib.error) as problem:
            where = f"behind {_unit(path, row)} it" if row else "it"
            refused.append(Refused(path.name, "", None, f"{where} cannot be read: {problem}"))
    numbers = ("row", "start", "end")
    types = {name: "int64" if name in numbers else "str" for name in COLUMNS}
    listed = pd.DataFrame(rows, columns=list(COLUMNS[1:]))
    listed.insert(0, "doc_id", row_ids(owns, listed["file"].map(_stem), listed["row"]))
    listed, is_same = listed.astype(types), listed["doc_id"].duplicated()
    for place in listed[is_same].itertuples():
        reason = f"its id would be {place.doc_id}, which {KNOWN}"
        refused.append(Refused(place.file, _unit(Path(place.file), place.row), place.row, reason))
    return listed[~is_same].reset_index(drop=True), tuple(refused)


def articles(
    folder: Path,
    rows: pd.DataFrame,
    *,
    own_outlets: Path | None = None,
    columns: Mapping[str, str] = {},
) -> Iterator[Article | Refused]:
    """The articles at `rows` of a `listing` of the exports in `folder` (by the same `columns`), in their order; what cannot be read is `Refused`.

    So is a row that has another id now than it was listed with. Raises OSError where the disk, the network or the system fails
    and not the export: it may be read another time.
    """
    found: dict[tuple[str, int], Article | Refused] = {}
    for file, own in rows.groupby("file", sort=False):
        path = folder / file
        taken = list(_taken(path, own.sort_values("row"), columns))
        places = iter([place for place, _ in taken])
        for one in recognised((one for _, one in taken), own_outlets=own_outlets):
            place = next(places)
            unit = _unit(path, place.row)
            if isinstance(one, Refused):
                found[file, place.row] = replace(one, file=file, unit=unit, line=place.row)
                continue
            if not may_be(place.doc_id, one.item.fields.get("doc_id", ""), _stem(file), place.row):
                continue
            # That other columns are not looked at would be said once a part, of articles that it is not about.
            repairs = tuple(repair for repair in one.item.repairs if repair[0] not in ("columns", "export"))
            digest = sha256(one.item.text.encode()).hexdigest()
            item = replace(one.item, file=file, unit=unit, line=place.row, repairs=repairs, sha256=digest)
            about = one.about | {"doc_id": place.doc_id, "episode": place.episode, "file": file}
            found[file, place.row] = replace(one, item=item, about=about)
    for place in rows.itertuples():
        yield found.get((place.file, place.row)) or Refused(
            place.file, _unit(folder / place.file, place.row), place.row, GONE
        )


def _taken(path: Path, own: pd.DataFrame, columns: Mapping[str, str]) -> Iterator[tuple]:
    """The rows `own` of an export, each with what is read there; of those that cannot be read together, each half is read alone."""
    try:
        found = list((named_lines if _is_lines(path) else named_rows)(path, own, columns))
    except (OSError, EOFError, ValueError, NotImplementedError, zlib.error) as problem:
        if isinstance(problem, Lost) or getattr(problem, "errno", None):
            raise  # a damaged export has no number of the system
        if len(own) > 1:
            half = len(own) // 2
            yield from _taken(path, own.iloc[:half], columns)
            yield from _taken(path, own.iloc[half:], columns)
            return
        found = [Refused(path.name, "", None, f"could not be read: {problem}")]
    places = list(own.itertuples())
    for one in found:
        yield places[_number(one) - 1], one


def _number(one: Item | Refused) -> int:
    return int("".join(filter(str.isdigit, one.unit)) or 1)


def _stem(name: str) -> str:
    return name[: -len(next(end for end in sorted(ENDINGS, key=len)[::-1] if name.lower().endswith(end)))]


def _is_lines(path: Path) -> bool:
    return path.name.lower().endswith(LINES)


def _unit(path: Path, row: int) -> str:
    return f"line {row}" if _is_lines(path) else f"row {row}"
