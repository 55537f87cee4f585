"""Held rows: what each row of an export says of itself, and the articles of those that are named.

One odd cell costs only its row, and a file that breaks off what is behind the break.
"""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import pandas as pd

from analysis.corpus.formats import json_lines, parquet
from analysis.corpus.formats.columns import Layout, layout, plain
from analysis.corpus.formats.item import LONGEST_HELD, Item, Limits, NotRead, Refused
from analysis.corpus.formats.rows import LONGEST_FIELD, Row, fields_of
from analysis.corpus.moments import moment_of

LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
LONGEST_LINE = 100_000_000  # bytes
FIRST = 1_000  # rows of JSON lines by which is told what their columns are
BUFFER = 1 << 16  # bytes of a column that are read at a time where all of it is gone over
BATCH = 512  # rows of Parquet that are unpacked at a time
HELD = Limits(file_bytes=2_000_000_000, text_chars=LONGEST_HELD, seconds=600.0, items=10**9)
TOLD = ("doc_id", "outlet", "published_at")  # what is asked of a row, beside its episode
EPISODE = "episode"
BOM = b"\xef\xbb\xbf"
BLANK = BOM + b" \t\r\n\0"  # around the object of a line
DIGEST = 16  # bytes: two rows of a billion are alike by chance once in 10**20

Told = tuple[
    int, int, int, dict[str, str]
]  # number of the row, first byte, one past the last, what it says of itself


def told_by_lines(path: Path, columns: Mapping[str, str] = {}) -> Iterator[Told | Refused]:
    """What the objects of JSON lines say of themselves, `columns` (field -> column) where their names do not tell. Raises `NotRead` where none has a text, and what reading a file raises."""
    known: Layout | None = None
    waiting: list[tuple[int, int, int, str, dict]] = []
    names: dict[str, None] = {}
    broken: Exception | None = None
    try:
        for one in _objects(path):
            if isinstance(one, Refused):
                yield one
                continue
            *place, values = one
            short = {plain(name): value for name, value in values.items() if not _is_long(value)}
            if known:
                yield _told(path, f"line {place[0]}", *place, short, known)
                continue
            names |= dict.fromkeys(values)
            waiting.append((*place, short))
            if len(waiting) == FIRST:
                known = _looked_at(names, columns)
                yield from (_told(path, f"line {row[0]}", *row, known) for row in waiting)
    except (OSError, EOFError, zlib.error) as problem:
        broken = problem
    if known is None and waiting:
        known = _looked_at(names, columns)
        yield from (_told(path, f"line {row[0]}", *row, known) for row in waiting)
    if broken:
        raise broken


def told_by_rows(path: Path, columns: Mapping[str, str] = {}) -> Iterator[Told | Refused]:
    """What the rows of a Parquet file say of themselves. Raises `NotRead` for one that cannot be read or has no text, and OSError."""
    from pyarrow import ArrowException
    from pyarrow import parquet as pq

    number = 0
    try:
        with pq.ParquetFile(path) as file:
            names = _paths(file)
            known = _looked_at(names, columns)
            asked = {name for choices in known.columns.values() for joined in choices for name in joined}
            wanted = [name for name in names if plain(name) in asked]
            digests = _digests(path, _used(names, columns))
            for batch in file.iter_batches(batch_size=BATCH, columns=wanted, use_threads=False):
                held = dict(zip(batch.schema.names, map(_cells, batch.columns), strict=True))
                for place in range(len(batch)):
                    number += 1
                    one = {name: cells[place] for name, cells in held.items()}
                    values = {plain(name): value for name, value in json_lines.flattened(one).items()}
                    yield _told(path, f"row {number}", number, 0, 0, next(digests, ""), values, known)
    except NotRead:
        raise
    except (ArrowException, ValueError) as problem:
        if isinstance(problem, MemoryError):
            raise
        where = f"cannot be read behind row {number}" if number else "is no Parquet file that can be read"
        raise NotRead(f"{where}: {str(problem)[:120]}") from None


def _digests(path: Path, used: list[str]) -> Iterator[str]:
    """Of each row of a Parquet file the digest of all that is read of it later; none from where it cannot be read."""
    from pyarrow import ArrowException
    from pyarrow import parquet as pq

    try:
        with pq.ParquetFile(
            path, pre_buffer=False, buffer_size=BUFFER
        ) as file:  # else texts are held, all of them
            for batch in file.iter_batches(batch_size=BATCH, columns=used, use_threads=False):
                names = batch.schema.names
                for cells in zip(*map(_cells, batch.columns), strict=True):
                    said = [cell if isinstance(cell, str) else repr(cell) for cell in cells]
                    kinds = [
                        *zip(names, map(len, said), (isinstance(cell, str) for cell in cells), strict=True)
                    ]
                    data = f"{kinds}{''.join(said)}".encode("utf-8", "surrogatepass")
                    yield blake2b(data, digest_size=DIGEST).hexdigest()
    except (ArrowException, ValueError, OSError) as problem:
        if isinstance(problem, MemoryError):
            raise


def _cells(column) -> list:
    """The values of a column as JSON has them; in place of one that Python cannot hold, what is wrong with it."""
    import pyarrow

    try:
        values = column.to_pylist()
        is_text = pyarrow.types.is_string(column.type) or pyarrow.types.is_large_string(column.type)
        return values if is_text else [parquet.as_json(value) for value in values]
    except (ValueError, ArithmeticError, LookupError):
        return [_cell(one) for one in column]


def _cell(one) -> object:
    try:
        return parquet.as_json(one.as_py())
    except (ValueError, ArithmeticError, LookupError) as problem:
        return NotRead(f"holds a value that cannot be read: {str(problem)[:120]}")


def _looked_at(names: Mapping[str, object] | list[str], columns: Mapping[str, str]) -> Layout:
    """Where rows say what is asked of them. Raises `NotRead` where no column holds text."""
    known = layout(names, _there(names, columns))
    looked_at = {target: known.columns[target] for target in TOLD if target in known.columns}
    episode = plain(columns.get(EPISODE, EPISODE))
    return replace(known, columns=looked_at | ({EPISODE: ((episode,),)} if episode in known.names else {}))


def _there(names: Iterable[str], columns: Mapping[str, str]) -> dict[str, str]:
    """Those of `columns` that an export has, but that of the episode, which is no field of an article: exports of a story may differ."""
    known = set(map(plain, names))
    return {target: name for target, name in columns.items() if target != EPISODE and plain(name) in known}


def _told(
    path: Path,
    unit: str,
    row: int,
    start: int,
    end: int,
    digest: str,
    values: Mapping[str, object],
    known: Layout,
) -> Told | Refused:
    """Id, outlet, episode and day of a row as reading it would tell them, "" where it does not say, beside its digest."""
    try:
        for name, value in values.items():
            if isinstance(value, NotRead):
                raise NotRead(f"{known.names.get(name, name)} {value}")
        episode = known.columns.get(EPISODE, ((EPISODE,),))[0][0]
        fields, _ = fields_of(Row(unit, row, {**values, episode: _printed(values.get(episode))}), known)
    except NotRead as problem:
        return Refused(path.name, unit, row, str(problem))
    day = _day(fields.get("published_at", ""))
    said = {name: fields.get(name, "") for name in TOLD[:2]}
    return row, start, end, said | {EPISODE: fields.get(EPISODE) or day, "day": day, "digest": digest}


def _printed(value: object) -> object:
    """A number in place of the name of an episode as it is printed: 7, also where a column with gaps made it 7.0."""
    if isinstance(value, float) and value == value:
        return str(int(value)) if value.is_integer() else str(value)
    return str(value) if isinstance(value, int) else value


@lru_cache(maxsize=10_000)
def _day(published_at: str) -> str:
    return moment_of(published_at).day


def _objects(path: Path) -> Iterator[tuple[int, int, int, str, dict] | Refused]:
    """The objects of JSON lines: number of the line, first byte, one past the last, digest, values by the names of their columns."""
    with _opened(path) as file:
        at = 0
        for number in range(1, 10**12):
            line = file.readline(LONGEST_LINE)
            if not line:
                break
            start, at = at, at + len(line)
            is_whole = line.endswith(b"\n") or len(line) < LONGEST_LINE
            while not line.endswith(b"\n") and (more := file.readline(LONGEST_LINE)):
                line, at = more, at + len(more)
            if not is_whole:
                reason = f"line {number} is longer than {LONGEST_LINE:,} bytes"
                yield Refused(path.name, f"line {number}", number, reason)
                continue
            if not (bare := line.strip(BLANK)):
                continue
            try:
                one = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
            except (ValueError, RecursionError) as problem:
                reason = f"line {number} is no JSON in UTF-8: {str(problem)[:120]}"
                yield Refused(path.name, f"line {number}", number, reason)
                continue
            if not isinstance(one, dict):
                reason = f"line {number} is no object with the fields of an article"
                yield Refused(path.name, f"line {number}", number, reason)
                continue
            digest = blake2b(bare, digest_size=DIGEST).hexdigest()
            yield number, start, at, digest, json_lines.flattened(one)


def _opened(path: Path) -> io.BufferedIOBase:
    return gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb")


def _is_long(value: object) -> bool:
    return isinstance(value, (str, list, dict)) and len(value) > LONGEST_FIELD  # no id, outlet or date


def named_lines(path: Path, own: pd.DataFrame, columns: Mapping[str, str] = {}) -> Iterator[Item | Refused]:
    """The articles of the lines of a file; units count the lines of `own`. What is not one line any more is passed over."""
    taken = []
    with _opened(path) as file:
        for place in own.itertuples():
            file.seek(place.start)
            line = file.read(place.end - place.start).strip(BLANK)
            taken.append(b"" if b"\n" in line else line)
    if not any(taken):
        return iter(())
    # An empty object at the end, which is refused: one line alone would be read as a page of articles.
    data = b"\n".join([*taken, b"{}"])
    end = f"line {len(taken) + 1}"
    names = (
        [name for line in taken if line for name in json_lines.flattened(json.loads(line))] if columns else []
    )
    found = json_lines.read(data, f"{path.stem}.jsonl", limits=HELD, columns=_there(names, columns))
    return (one for one in found if one.unit != end)


def _used(names: list[str], columns: Mapping[str, str]) -> list[str]:
    """The columns of a table that hold what is looked at, with those they stand in."""
    used = layout(names, _there(names, columns)).used
    return [name for name in names if plain(name) in used]


def _paths(file) -> list[str]:
    """The names of the columns of a Parquet file, those within others as `outer.inner`, too."""
    whole = file.schema_arrow.names
    inner = [file.schema.column(n).path for n in range(len(file.schema.names))]
    return [*whole, *(path for path in inner if path not in whole)]


def named_rows(path: Path, own: pd.DataFrame, columns: Mapping[str, str] = {}) -> Iterator[Item | Refused]:
    """The articles of rows of a Parquet file; units count the rows of `own`. Groups without one are not read."""
    import pyarrow as pa
    from pyarrow import parquet as pq

    wanted = own["row"].to_numpy() - 1
    parts, begin = [], 0
    with pq.ParquetFile(path) as file:
        names = _paths(file)
        used = _used(names, columns)
        for group in range(file.num_row_groups):
            end = begin + file.metadata.row_group(group).num_rows
            if ((wanted >= begin) & (wanted < end)).any():
                at = begin
                for batch in file.iter_batches(BATCH, row_groups=[group], columns=used, use_threads=False):
                    if at > wanted.max():
                        break
                    inside = wanted[(wanted >= at) & (wanted < at + len(batch))] - at
                    if len(inside):
                        parts.append(pa.Table.from_batches([batch]).take(pa.array(inside)))
                    at += len(batch)
            begin = end
    packed = io.BytesIO()
    if parts:
        pq.write_table(pa.concat_tables(parts), packed, compression="none")
        yield from parquet.read(packed.getvalue(), path.name, limits=HELD, columns=_there(names, columns))
