"""CSV tables: the numbers behind the figures, beside the reports: all tables, or of very many documents those that somebody can open."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from analysis.corpus.cells import guarded
from analysis.measured import TABLE_NAMES
from analysis.storage import NOT_SHIPPED, write_atomically
from analysis.story import Story
from analysis.tables import ESTIMATES

OF_LARGE = ("documents", "estimates", "differences")
IN_MEASURES = "In CSV the estimates are those of outlets. All rows of all tables are in the story's folder, in measures/ (Parquet)."


def csv_tables(story: Story) -> tuple[str, ...]:
    """The names of the tables that are written, `estimates` of a large story being those of outlets."""
    return OF_LARGE if story.is_large else tuple(TABLE_NAMES)


def in_csv(story: Story, *names: str) -> tuple[str, ...]:
    """Those of `names` that are written."""
    return tuple(name for name in names if name in csv_tables(story))


def write_tables(story: Story, folder: Path) -> dict[str, str]:
    """Write every table as CSV: the numbers behind the figures, all outlets in one, without text. Return {file: SHA-256}."""
    digests = {}
    for name, content in tables_of(story):
        write_atomically(folder / name, content)
        digests[name] = hashlib.sha256(content).hexdigest()
    return digests


def tables_of(story: Story) -> Iterator[tuple[str, bytes]]:
    """The CSV of every table: name of the file, and its bytes.

    Of a story of very many documents, or of several stories, those that can be read as CSV: `documents`, `estimates` of outlets,
    `differences`; all rows are in measures/.
    """
    for name in csv_tables(story):
        table = _of_outlets(story) if name == "estimates" and story.is_large else story.rows(name)
        table = table.drop(columns=[*NOT_SHIPPED, "text"], errors="ignore")
        table = table.apply(lambda column: column.map(guarded) if column.dtype == "str" else column)
        content = table.rename(columns=guarded).to_csv(index=False, float_format="%.9g", lineterminator="\n")
        yield f"{name}.csv", content.encode("utf-8")


def _of_outlets(story: Story) -> pd.DataFrame:
    """The estimates of outlets over their episodes, of every measure."""
    from analysis.publishing.figures.outlets import outlet_estimates

    parts = [outlet_estimates(story, measure) for measure in story.catalogue]
    parts = [own.assign(group=own.index) for own in parts if len(own)]
    if not parts:  # nobody says of which outlet any copy is
        return ESTIMATES.empty()
    table = pd.concat(parts)
    return ESTIMATES.frame(table.assign(doc_id="", episode=""))
