"""Parquet: a row an article. pyarrow reads it in the worker of `bounds`, the needed columns alone."""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Iterator, Mapping

from analysis.corpus.bounds import bounded
from analysis.corpus.formats.columns import layout, plain
from analysis.corpus.formats.item import Item, Limits, NotRead, Refused
from analysis.corpus.formats.json_lines import flattened
from analysis.corpus.formats.rows import Row, articles

BATCH = 64  # rows that are unpacked at a time


def read(
    data: bytes, file: str, *, limits: Limits, columns: Mapping[str, str] = {}
) -> Iterator[Item | Refused]:
    """Yield the articles of a Parquet file. Raises `NotRead` for one that is none, or has no column that holds text."""
    found = bounded(
        "analysis.corpus.formats.parquet:rows",
        data,
        seconds=limits.seconds,
        columns=dict(columns),
        most=limits.file_bytes,
    )
    values = [{plain(name): value for name, value in flattened(one).items()} for one in found["rows"]]
    rows = [Row(f"row {n}", None, one) for n, one in enumerate(values, 1)]
    yield from articles(rows, layout(found["names"], columns), file, limits=limits)


def rows(data: bytes, columns: Mapping[str, str], most: int) -> dict:
    """Names of the columns, and the rows as objects with those that are used. Only the worker calls this.

    Raises `NotRead` where they would unpack to more than `most` bytes: by what the file says of itself, and while reading.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(pa.BufferReader(data), page_checksum_verification=True)
    except (pa.ArrowException, OSError, ValueError) as problem:
        raise NotRead(f"is no Parquet file that can be read: {str(problem)[:120]}") from None
    leaves = [table.schema.column(n).path for n in range(len(table.schema.names))]
    whole = table.schema_arrow.names
    names = [*whole, *(path for path in leaves if path not in whole)]
    used = layout(names, columns).used
    tops = {_top(path, whole) for path in names if plain(path) in used}
    metadata = table.metadata
    groups = (metadata.row_group(n) for n in range(metadata.num_row_groups))
    chunks = (group.column(n) for group in groups for n in range(group.num_columns))
    size = sum(chunk.total_uncompressed_size for chunk in chunks if _top(chunk.path_in_schema, whole) in tops)
    if size > most:
        raise NotRead(f"unpacks to {size:,} bytes; allowed: {most:,}")
    found: list[dict] = []
    total = 0
    for batch in table.iter_batches(batch_size=BATCH, columns=sorted(tops), use_threads=False):
        total += sum(  # repeated values are few bytes in the file and many here
            (one.dictionary_decode() if pa.types.is_dictionary(one.type) else one).get_total_buffer_size()
            for one in batch.columns
        )
        if total > 2 * most:
            raise NotRead(f"unpacks to more than {2 * most:,} bytes; allowed: {most:,}")
        found += [{name: as_json(value) for name, value in row.items()} for row in batch.to_pylist()]
    return {"names": names, "rows": found}


def _top(path: str, whole: list[str]) -> str:
    """The column in which a value stands; a name may hold points of its own."""
    return path if path in whole else path.split(".", 1)[0]


def as_json(value: object) -> object:
    """A value as JSON has it: moments in ISO 8601, text in bytes decoded."""
    if isinstance(value, dict):
        return {name: as_json(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_json(one) for one in value]
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, (bytes, decimal.Decimal)):
        return value.decode("utf-8", errors="replace") if isinstance(value, bytes) else str(value)
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)
