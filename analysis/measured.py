"""What was measured: the tables together, and the question one asks them most, for an estimate.

Apart from `measuring.py` because reading tables back needs none of the libraries that make them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields

import pandas as pd

from analysis.comparison.estimates import UnknownColumn, grouped
from analysis.measures.catalogue import Measure, catalogue, find
from analysis.nearest import did_you_mean
from analysis.tables import TABLES


class UnknownTable(LookupError):
    """There is no table of this name."""


@dataclass(frozen=True)
class Measures:
    """What was measured: one frame a table (see `data/README.md`), and what was looked for.

    `frames` gives for each dictionary the label of each of its frames, `actors` the name of each actor by its id. Without sources
    (`has_sources` False) nobody looked for quotations and mentions: their tables are empty and no measure of sourcing is there.
    """

    documents: pd.DataFrame
    lines: pd.DataFrame
    quoted_spans: pd.DataFrame
    sentences: pd.DataFrame
    sentiment_hits: pd.DataFrame
    frame_hits: pd.DataFrame
    namings: pd.DataFrame
    quotations: pd.DataFrame
    quotation_parts: pd.DataFrame
    mentions: pd.DataFrame
    actor_labels: pd.DataFrame
    frame_elements: pd.DataFrame
    terms: pd.DataFrame
    coverage: pd.DataFrame
    overlap: pd.DataFrame
    alignments: pd.DataFrame
    corrections: pd.DataFrame
    estimates: pd.DataFrame
    differences: pd.DataFrame
    warnings: pd.DataFrame
    rejected: pd.DataFrame
    frames: dict[str, dict[str, str]]
    actors: dict[str, str]
    has_sources: bool = field(default=True, kw_only=True)

    @property
    def catalogue(self) -> list[Measure]:
        """The measures there are for these dictionaries and actors, in the order in which they are shown."""
        return catalogue(self.frames, self.actors, has_sources=self.has_sources)

    def rows(
        self, table: str, *, columns: Sequence[str] | None = None, where: Sequence[tuple] = ()
    ) -> pd.DataFrame:
        """The rows of a table for which all conditions hold, (column, "==", value), "!=" or "in", in all `columns` or those named.

        Raises `UnknownTable`, and `UnknownColumn` of a column that the table never has.
        """
        check_asked(table, columns)
        found = matching(getattr(self, table), where)
        return found if columns is None else found[list(columns)]


def estimate(measures: Measures, name: str, *, by: str | list[str] = "outlet") -> pd.DataFrame:
    """The estimates of one measure, in all its voices, grouped `by` columns of `documents` or by voice.

    Columns are those of table `estimates`. Below ten episodes a group it is one row a counted copy (scope
    copy), never pooled; from ten on one row a group (scope outlet). Raises `UnknownMeasure`, `UnknownColumn`.
    """
    find(measures.catalogue, name)
    return grouped(measures.rows("estimates", where=[("measure", "==", name)]), measures.documents, by)


def check_asked(table: str, columns: Sequence[str] | None = None) -> None:
    """Raise `UnknownTable` or `UnknownColumn` of what no story has; table documents may have more columns than are known."""
    if table not in TABLE_NAMES:
        raise UnknownTable(f"no table {table!r}{did_you_mean(table, TABLE_NAMES)}")
    known = TABLES[table].names
    for column in () if table == "documents" else columns or ():
        if column not in known:
            raise UnknownColumn(
                f"table {table} has no column {column!r}{did_you_mean(column, known) or '; it has: ' + ', '.join(known)}"
            )


def matching(frame: pd.DataFrame, where: Sequence[tuple]) -> pd.DataFrame:
    """The rows of `frame` for which all conditions of `where` hold, as `storage.read_table` has them; ValueError of another."""
    for column, sign, value in where:
        if sign not in ("==", "!=", "in"):
            raise ValueError(f"condition {sign!r}; allowed are ==, != and in")
        own = frame[column]
        chosen = own.isin(list(value)) if sign == "in" else own == value if sign == "==" else own != value
        frame = frame[chosen]
    return frame.reset_index(drop=True) if where else frame


TABLE_NAMES = [one.name for one in fields(Measures) if one.name in TABLES]
