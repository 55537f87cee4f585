"""Holdings: the exports of an archive, read in place: a row an article, and no file of its own.

They are read twice. `listing` goes over all of them and keeps of each article its id, its episode and its place alone; `articles`
reads those that somebody names, by the readers of their formats, which trust nothing they find. So neither holds more than it gives.
"""

from __future__ import annotations

import gzip
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pandas as pd

from analysis.corpus.formats import json_lines, parquet
from analysis.corpus.formats.columns import Layout, layout, plain
from analysis.corpus.formats.item import LONGEST_HELD, Item, Limits, NotRead, Refused
from analysis.corpus.reading import Article, recognised
from analysis.corpus.records import new_id

LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
ENDINGS = (".parquet", *LINES)
LONGEST_LINE = 100_000_000  # bytes
FIRST = 1_000  # rows of JSON lines by which is told what their columns are
MOST_IN_GROUP = 10_000  # rows of a row group of Parquet that are soon gone over
BATCH = 512  # rows of Parquet that are unpacked at a time
HELD = Limits(file_bytes=2_000_000_000, text_chars=LONGEST_HELD, seconds=600.0, items=10**9)
DAY = re.compile(r"\d{4}-\d\d-\d\d")
COLUMNS = ("doc_id", "outlet", "episode", "file", "row", "start", "end")


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
    except (ArrowException, ValueError):
        about = None
    most = max((about.row_group(n).num_rows for n in range(about.num_row_groups)), default=0) if about else 0
    if most <= MOST_IN_GROUP:
        return ""
    return f"a row group of {most:,} rows is read whole for each partition; write it with row_group_size=1000"


def listing(folder: Path) -> tuple[pd.DataFrame, list[Refused]]:
    """The articles that the exports in `folder` hold, and the rows that are none.

    Columns: doc_id (the row's own id, else the file's name and the number of the row; no two are the same), outlet (as it is
    printed there, "" where nothing is), episode (column `episode`, else the day of publication, else ""), file, row (from 1),
    start and end (bytes of a line in its file, unpacked; 0 in Parquet). A row whose id stands for another already is refused.
    """
    rows, refused = [], []
    seen: dict[str, str] = {}
    n_like: Counter[str] = Counter()
    for path in exports(folder):
        told = _lines(path) if path.name.lower().endswith(LINES) else _rows(path)
        try:
            for one in told:
                if isinstance(one, Refused):
                    refused.append(one)
                    continue
                row, start, end, said = one
                own, unit = said["doc_id"], _unit(path, row)
                if own and own in seen:
                    reason = f"the id {own[:60]!r} stands for another row already, {seen[own]}"
                    refused.append(Refused(path.name, unit, row, reason))
                    continue
                if own:
                    seen[own] = f"{unit} of {path.name}"
                slug = new_id(own or f"{_stem(path)}-{row}", ())
                n_like[slug] += 1
                doc_id = slug if n_like[slug] == 1 else _numbered(slug, n_like)
                rows.append((doc_id, said["outlet"], said["episode"], path.name, row, start, end))
        except (NotRead, OSError, EOFError) as problem:
            refused.append(Refused(path.name, "", None, str(problem)))
    texts = dict.fromkeys(("doc_id", "outlet", "episode", "file"), "str")
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(
        texts | dict.fromkeys(("row", "start", "end"), "int64")
    ), refused


def articles(
    folder: Path, rows: pd.DataFrame, *, own_outlets: Path | None = None
) -> Iterator[Article | Refused]:
    """The articles at `rows` of a `listing` of the exports in `folder`, in their order; what cannot be read is `Refused`."""
    found: dict[tuple[str, int], Article | Refused] = {}
    for file, own in rows.groupby("file", sort=False):
        own = own.sort_values("row")
        places = list(own.itertuples())
        read = _named_lines if file.lower().endswith(LINES) else _named_rows
        try:
            taken = list(read(folder / file, own))
        except (NotRead, OSError, EOFError, ValueError) as problem:
            found |= {
                (file, one.row): Refused(
                    file, _unit(folder / file, one.row), one.row, f"could not be read: {problem}"
                )
                for one in places
            }
            continue
        for one in recognised(taken, own_outlets=own_outlets):
            unit = one.item.unit if isinstance(one, Article) else one.unit
            place = places[int("".join(filter(str.isdigit, unit)) or 1) - 1]
            unit = _unit(folder / file, place.row)
            if isinstance(one, Refused):
                found[file, place.row] = replace(one, file=file, unit=unit, line=place.row)
                continue
            # That other columns are not looked at would be said once a part, of articles that it is not about.
            repairs = tuple(repair for repair in one.item.repairs if repair[0] not in ("columns", "export"))
            digest = sha256(one.item.text.encode()).hexdigest()
            item = replace(one.item, file=file, unit=unit, line=place.row, repairs=repairs, sha256=digest)
            about = one.about | {"doc_id": place.doc_id, "episode": place.episode, "file": file}
            found[file, place.row] = replace(one, item=item, about=about)
    for place in rows.itertuples():
        yield found.get((place.file, place.row)) or Refused(
            place.file, _unit(folder / place.file, place.row), place.row, "the row is no longer there"
        )


def _numbered(slug: str, n_like: Counter[str]) -> str:
    while n_like[(numbered := f"{slug}-{n_like[slug]}")]:
        n_like[slug] += 1
    n_like[numbered] += 1
    return numbered


def _stem(path: Path) -> str:
    name = path.name
    return name[: -len(next(end for end in sorted(ENDINGS, key=len)[::-1] if name.lower().endswith(end)))]


def _unit(path: Path, row: int) -> str:
    return f"line {row}" if path.name.lower().endswith(LINES) else f"row {row}"


def _opened(path: Path) -> io.BufferedIOBase:
    return gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb")


def _said(values: Mapping[str, object], known: Layout | None) -> dict[str, str]:
    """Id, outlet and episode of a row, by the plain names of its columns; "" where it does not say."""

    def first(target: str) -> str:
        choices = known.columns.get(target, ()) if known else ()
        found = (values.get(name) for (name, *_) in choices)
        is_told = (int, str) if target == "doc_id" else (str,)
        return next((text for one in found if isinstance(one, is_told) and (text := str(one).strip())), "")

    day = DAY.match(first("published_at"))
    episode = str(values.get("episode") or "").strip()
    return {
        "doc_id": first("doc_id"),
        "outlet": first("outlet"),
        "episode": episode or (day.group() if day else ""),
    }


def _lines(path: Path) -> Iterator[tuple[int, int, int, dict[str, str]] | Refused]:
    """The objects of JSON lines: number of the line, first byte, one past the last, what it says of itself."""
    known: Layout | None = None
    waiting: list[tuple[int, int, int, dict]] = []
    names: dict[str, None] = {}
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
            if not line.strip(b"\xef\xbb\xbf \t\r\n\0"):
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
            values = json_lines.flattened(one)
            if known is None:
                names |= dict.fromkeys(values)
                short = {plain(name): value for name, value in values.items() if not _is_long(value)}
                waiting.append((number, start, at, short))
                if len(waiting) == FIRST:
                    known = layout(names)
                    yield from ((n, a, b, _said(said, known)) for n, a, b, said in waiting)
                continue
            yield (
                number,
                start,
                at,
                _said({plain(name): value for name, value in values.items()}, known),
            )
    if known is None and waiting:
        known = layout(names)
        yield from ((n, a, b, _said(said, known)) for n, a, b, said in waiting)


def _is_long(value: object) -> bool:
    return isinstance(value, (str, list, dict)) and len(value) > 1_000  # no id, outlet or date


def _named_lines(path: Path, own: pd.DataFrame) -> Iterator[Item | Refused]:
    """The articles of the lines of a file; units count the lines of `own`."""
    taken = []
    with _opened(path) as file:
        for place in own.itertuples():
            file.seek(place.start)
            taken.append(file.read(place.end - place.start).strip(b"\xef\xbb\xbf\r\n \t\0"))
    # An empty object at the end, which is refused: one line alone would be read as a page of articles.
    data = b"\n".join([*taken, b"{}"])
    end = f"line {len(taken) + 1}"
    found = json_lines.read(data, f"{_stem(path)}.jsonl", limits=HELD)
    return (one for one in found if one.unit != end)


def _used(names: list[str]) -> list[str]:
    """The columns of a table that hold what is looked at, with those they stand in."""
    used = layout(names).used | {"episode"}
    return [name for name in names if plain(name) in used]


def _rows(path: Path) -> Iterator[tuple[int, int, int, dict[str, str]] | Refused]:
    from pyarrow import ArrowException
    from pyarrow import parquet as pq

    try:
        file = pq.ParquetFile(path)
    except (ArrowException, ValueError) as problem:
        raise NotRead(f"is no Parquet file that can be read: {str(problem)[:120]}") from None
    with file:
        names = _paths(file)
        known = layout(names)
        targets = ("doc_id", "outlet", "published_at")
        asked = {joined[0] for target in targets for joined in known.columns.get(target, ())}
        wanted = [name for name in names if plain(name) in asked | {"episode"}]
        number = 0
        for batch in file.iter_batches(batch_size=BATCH, columns=wanted, use_threads=False):
            for one in batch.to_pylist() if wanted else [{}] * len(batch):
                number += 1
                values = {plain(name): value for name, value in json_lines.flattened(one).items()}
                values = {
                    name: value.isoformat() if hasattr(value, "isoformat") else value
                    for name, value in values.items()
                }
                yield number, 0, 0, _said(values, known)


def _paths(file) -> list[str]:
    """The names of the columns of a Parquet file, those within others as `outer.inner`, too."""
    whole = file.schema_arrow.names
    inner = [file.schema.column(n).path for n in range(len(file.schema.names))]
    return [*whole, *(path for path in inner if path not in whole)]


def _named_rows(path: Path, own: pd.DataFrame) -> Iterator[Item | Refused]:
    """The articles of rows of a Parquet file; units count the rows of `own`. Groups without one are not read."""
    import pyarrow as pa
    from pyarrow import parquet as pq

    wanted = own["row"].to_numpy() - 1
    parts, begin = [], 0
    with pq.ParquetFile(path) as file:
        columns = _used(_paths(file))
        for group in range(file.num_row_groups):
            end = begin + file.metadata.row_group(group).num_rows
            if ((wanted >= begin) & (wanted < end)).any():
                at = begin
                for batch in file.iter_batches(BATCH, row_groups=[group], columns=columns, use_threads=False):
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
        yield from parquet.read(packed.getvalue(), path.name, limits=HELD)
