"""Stored tables: those of `measures/`, read when they are asked for, whole, by columns and rows, or a partition at a time.

A notebook that shows no sentences loads none, and of a story of 50,000 documents nobody ever holds all sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pandas as pd
from pyarrow import parquet

from analysis.article_texts import ArticlesOf, ArticleTexts, finished
from analysis.measured import TABLE_NAMES, Measures, matching
from analysis.storage import NOT_SHIPPED, read_table, table_files
from analysis.tables import TABLES

STORED = frozenset(TABLES["documents"].names) - set(NOT_SHIPPED)  # columns for which nothing else is read
Where = Sequence[
    tuple[str, str, object]
]  # (column, "==", value), (column, "!=", value) or (column, "in", values)


@dataclass(frozen=True)
class Stored:
    """The tables in `folder`/measures; of a large story perhaps those of one `part`.

    `manifest` knows of `documents` what is not stored, `articles_of` reads the articles of a manifest.
    """

    folder: Path
    manifest: pd.DataFrame
    articles_of: ArticlesOf
    part: int | None = None

    def read(self, name: str, columns: Sequence[str] | None = None, where: Where = ()) -> pd.DataFrame:
        """One table: all rows and columns, or those asked for. Raises `BadMeasures`."""
        if name == "documents" and (columns is None or not set(columns) <= STORED):
            found = matching(self.documents, where)
            return found if columns is None else found[list(columns)]
        if any(sign == "in" and not len(value) for _, sign, value in where):  # a list of nothing has no type
            return (TABLES[name] if columns is None else TABLES[name].of(columns)).frame([])
        part = self.part
        if part is not None and self._n_files(name) != self._n_files("documents"):  # not cut as documents are
            part, where = None, [*where, *self._own(name)]
        return read_table(self.folder, name, columns=columns, where=where, part=part)

    def check(self) -> None:
        """Raise `BadMeasures` where a table that is one file cannot be read: by its end, in which its columns are named."""
        for name in TABLE_NAMES:
            files = table_files(self.folder, name)
            stored = {column for column in TABLES[name].names if column not in NOT_SHIPPED}
            try:
                is_whole = len(files) != 1 or stored <= set(parquet.read_schema(files[0]).names)
            except (ValueError, OSError):  # pyarrow's errors
                is_whole = False
            if not is_whole:
                read_table(self.folder, name)  # which says what it is

    def texts(self) -> Mapping[str, str]:
        """doc_id -> cleaned text, of the documents whose texts are here."""
        return self.articles

    def partitions(self) -> Iterator[Stored]:
        """The same tables a partition at a time: whole episodes. One where they are stored as one."""
        if self.n_parts < 2:
            yield self
            return
        for part in range(self.n_parts):
            one = replace(self, part=part)
            one.__dict__["articles"] = self.articles
            yield one

    @cached_property
    def documents(self) -> pd.DataFrame:
        stored = read_table(self.folder, "documents", part=self.part)
        return stored if self.part is not None else finished(stored, self.manifest, self.articles)

    @cached_property
    def articles(self) -> ArticleTexts:
        return ArticleTexts(self.folder, self.manifest, self.articles_of)

    @property
    def is_in_parts(self) -> bool:
        """Whether these are all tables of a story that was measured in partitions, if only in one: it has no differences of copies."""
        return self.part is None and not self.is_whole

    @property
    def is_whole(self) -> bool:
        """Whether these are all tables of a story that was measured at once."""
        return self.part is None and not (self.folder / "measures" / "documents").is_dir()

    @cached_property
    def n_parts(self) -> int:
        return 1 if self.part is not None else self._n_files("documents")

    def _n_files(self, name: str) -> int:
        return len(table_files(self.folder, name))

    def _own(self, name: str) -> list[tuple]:
        ids = self.documents["doc_id"].to_list()
        names = [column for column in ("doc_id", "doc_id_a") if column in TABLES[name].names]
        return [(column, "in", ids) for column in names]


@dataclass(frozen=True)
class Chosen:
    """Of other tables the rows of the documents in `doc_ids` (and of none in particular; None: all); `fixed` tables stand as they are."""

    whole: Stored | Chosen | Held
    doc_ids: frozenset[str] | None
    fixed: Mapping[str, pd.DataFrame]

    def read(self, name: str, columns: Sequence[str] | None = None, where: Where = ()) -> pd.DataFrame:
        """As `Stored.read`."""
        if name in self.fixed:
            found = matching(self.fixed[name], where)
            return found if columns is None else found[list(columns)]
        if self.doc_ids is None:
            return self.whole.read(name, columns, where)
        sides = [one for one in ("doc_id", "doc_id_a", "doc_id_b") if one in TABLES[name].names]
        ids = sorted(self.doc_ids) + ([""] if sides == ["doc_id"] else [])
        return self.whole.read(name, columns, [*where, *((side, "in", ids) for side in sides)])

    def texts(self) -> Mapping[str, str]:
        """As `Stored.texts`; of many texts these alone are read, at once."""
        found = self.whole.texts()
        if isinstance(found, ArticleTexts) and found.is_large and self.doc_ids is not None:
            found.read(sorted(self.doc_ids))
            return {one: found[one] for one in sorted(self.doc_ids) if one in found}
        return found

    def partitions(self) -> Iterator[Chosen]:
        """As `Stored.partitions`; what is fixed is no partition's."""
        for one in self.whole.partitions():
            yield replace(self, whole=one, fixed={})


@dataclass(frozen=True)
class Held:
    """The tables of what was just measured, all in memory, and its texts."""

    measures: Measures
    held_texts: Mapping[str, str]

    def read(self, name: str, columns: Sequence[str] | None = None, where: Where = ()) -> pd.DataFrame:
        """As `Stored.read`."""
        found = matching(getattr(self.measures, name), where)
        return found if columns is None else found[list(columns)]

    def texts(self) -> Mapping[str, str]:
        """As `Stored.texts`."""
        return self.held_texts

    def partitions(self) -> Iterator[Held]:
        """As `Stored.partitions`."""
        yield self
