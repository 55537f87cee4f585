"""A story: the one object that notebooks use, its tables read when they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Protocol

import pandas as pd

from analysis.article_texts import LARGE, ArticleTexts
from analysis.comparison.differences import chosen_copies
from analysis.corpus.reading import Article
from analysis.corpus.records import raw_text
from analysis.facts_yml import Fact
from analysis.labels import labels, short_labels
from analysis.measured import TABLE_NAMES, Measures, check_asked
from analysis.nearest import did_you_mean
from analysis.outline import articles_of
from analysis.storage import recorded
from analysis.stored_tables import Chosen, Held, Stored
from analysis.story_yml import StoryYml
from analysis.tables import SEVERAL

MANY_COPIES = 20  # counted copies of an outlet, beyond which copies are not shown side by side
CLOSE = 5  # copies of an outlet that are read closely where there are many
NOBODY = "nobody named"  # who speaks where no words name a source, or a pronoun alone does


class Tables(Protocol):
    """Where the tables of a story are read from: see `stored_tables`."""

    def read(
        self, name: str, columns: Sequence[str] | None = None, where: Sequence[tuple] = ()
    ) -> pd.DataFrame:
        """One table: all rows and columns, or those asked for."""

    def texts(self) -> Mapping[str, str]:
        """doc_id -> cleaned text."""

    def partitions(self) -> Iterator[Tables]:
        """The same tables a partition at a time."""


class UnknownEpisode(LookupError):
    """No document of the story belongs to this episode."""


class UnknownOutlet(LookupError):
    """No document of the story is of this outlet."""


@dataclass(frozen=True)
class Story(Measures):
    """The tables of a story (see `Measures`), what story.yml (`about`) and facts.yml say of it, its texts where they are here.

    Tables and texts of a loaded story are read when they are first asked for. Of several stories together `stories` has the
    titles by their names. An excerpt (see `closely`) knows in `excerpt_of` how many copies it was taken from.
    """

    name: str
    folder: Path
    about: StoryYml
    texts: Mapping[str, str]
    changed: tuple[str, ...]
    facts: tuple[Fact, ...] = ()
    facts_written: str = ""
    stories: Mapping[str, str] = field(default_factory=dict)
    excerpt_of: int = 0

    @classmethod
    def over(cls, tables: Tables, **known: object) -> Story:
        """The story whose tables and texts are read from `tables`; `known` are the other fields."""
        story = object.__new__(cls)
        defaults = {"has_sources": True, "facts": (), "facts_written": "", "stories": {}, "excerpt_of": 0}
        for name, value in (defaults | known | {"_tables": tables}).items():
            object.__setattr__(story, name, value)
        return story

    def __repr__(self) -> str:
        n = {
            "copies": self.documents,
            "outlets": self.outlets,
            "episodes": self.documents["episode"].unique(),
        }
        return f"Story {self.name!r}: " + ", ".join(f"{len(those):,} {what}" for what, those in n.items())

    def __getattr__(self, name: str):
        """A table, or the texts, read now and kept."""
        tables = self.__dict__.get("_tables")
        if tables is None or name not in (*TABLE_NAMES, "texts"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        found = tables.texts() if name == "texts" else tables.read(name)
        object.__setattr__(self, name, found)
        return found

    def over_tables(self, tables: Tables, **changes: object) -> Story:
        """The same story with its tables read from `tables`."""
        kept = (
            "frames",
            "actors",
            "has_sources",
            "name",
            "folder",
            "about",
            "changed",
            "facts",
            "facts_written",
            "stories",
        )
        return Story.over(tables, **({one: getattr(self, one) for one in kept} | changes))

    def rows(
        self, table: str, *, columns: Sequence[str] | None = None, where: Sequence[tuple] = ()
    ) -> pd.DataFrame:
        """As `Measures.rows`; of a table that was not asked for whole, nothing else is loaded."""
        check_asked(table, columns)
        tables = self.__dict__.get("_tables")
        if tables is None or table in self.__dict__:
            return super().rows(table, columns=columns, where=where)
        return tables.read(table, columns, where)

    @property
    def is_in_parts(self) -> bool:
        """Whether the story was measured in partitions: then no copies were compared with each other."""
        return getattr(self.__dict__.get("_tables"), "is_in_parts", False)

    def afresh(self) -> Story:
        """The same story with nothing read yet: what is read of it goes with it."""
        tables = self.__dict__.get("_tables")
        return self.over_tables(replace(tables)) if isinstance(tables, Stored) else self

    def partitions(self) -> Iterator[Story]:
        """The story in parts of whole episodes, each a story: one after the other, no more than one is in memory."""
        tables = self.__dict__.get("_tables")
        if tables is None:
            yield self
            return
        parts = tables.partitions()
        first = next(parts)
        if (second := next(parts, None)) is None:
            yield self
            return
        for one in chain((first, second), parts):
            yield self.over_tables(one)

    def read_through(self) -> None:
        """Read every row of every table once, a partition at a time, and keep none. Raises `BadMeasures`."""
        for part in self.partitions():
            for name in TABLE_NAMES:
                part.rows(name)

    @cached_property
    def is_large(self) -> bool:
        """Whether there are too many rows for tables to be written as CSV: more than 500 documents, or several stories."""
        return bool(self.stories) or self.is_in_parts or len(self.documents) > LARGE

    @cached_property
    def is_many(self) -> bool:
        """Whether there are too many copies to be shown side by side: several stories, partitions, or more than 20 of an outlet."""
        if self.stories or self.is_in_parts:
            return True
        counted = self.documents.loc[self.documents["is_counted"], "outlet"]
        return any(n > MANY_COPIES for n in counted.value_counts())

    @cached_property
    def is_one_event(self) -> bool:
        """Whether this is, or is taken from, a small story of which no counted copy names an episode: it is one event as a whole."""
        tables = self._all
        while isinstance(tables, Chosen):
            tables = tables.whole
        if not isinstance(tables, Held) and not (isinstance(tables, Stored) and tables.is_whole):
            return False
        documents = tables.read("documents", ["episode", "is_counted"])
        return not (documents.loc[documents["is_counted"], "episode"] != "").any()

    @property
    def of_events(self) -> pd.DataFrame:
        """The counted documents that are of an event."""
        rows = self.documents[self.documents["is_counted"]]
        return rows if self.is_one_event else rows[rows["episode"] != ""]

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """The pairs of copies that are compared, as `chosen_copies` gives them for `of_events`."""
        return chosen_copies(self.of_events, [version.model_dump() for version in self.about.versions])

    @property
    def outlets(self) -> dict[str, str]:
        """Outlet id -> display name, in display order, of the outlets that have a document."""
        return self.about.outlet_names(self.documents["outlet"])

    @property
    def has_text(self) -> bool:
        """Whether texts are here: of all documents, or of those whose file did not get lost since."""
        return bool(self.texts)

    def texts_of(self, doc_ids: Iterable[str]) -> dict[str, str]:
        """doc_id -> cleaned text, of those of `doc_ids` whose texts are here; of a large story they are read at once."""
        doc_ids, texts = list(dict.fromkeys(doc_ids)), self.texts
        if isinstance(texts, ArticleTexts) and texts.is_large:
            texts.read(doc_ids)
        return {one: texts[one] for one in doc_ids if one in texts}

    @cached_property
    def raw_texts(self) -> dict[str, str]:
        """doc_id -> the text as it was before cleaning, of the documents whose texts are here."""
        rows = self.documents[self.documents["doc_id"].isin(self.texts)]
        found = articles_of(self.folder, rows)
        return {one.about["doc_id"]: raw_text(one.item) for one in found if isinstance(one, Article)}

    @cached_property
    def labels(self) -> dict[str, str]:
        """doc_id -> how a copy is called: its outlet's name, with episode and version where it has several."""
        return labels(self.documents, self.about, self.short_labels)

    @cached_property
    def short_labels(self) -> dict[str, str]:
        """doc_id -> how a copy is called under a heading that names its episode."""
        return short_labels(self.documents, self.about)

    def called(self, source: str) -> str:
        """How a source of `measures.sources.turns` is called: actors by their names, others as printed, "" nobody named."""
        ids = source.split(SEVERAL)
        if all(id in self.actors for id in ids):
            return " and ".join(self.actors[id] for id in ids)
        return source or NOBODY

    @property
    def episodes(self) -> dict[str, str]:
        """Episode id -> label, in the order of story.yml."""
        return {episode.id: episode.label for episode in self.about.episodes}

    def copies(self, outlet: str | None = None) -> list[str]:
        """The counted documents, of one outlet where it is named, in manifest order. Raises `UnknownOutlet`."""
        if outlet is not None and outlet not in self.outlets:
            hint = did_you_mean(outlet, self.outlets)
            raise UnknownOutlet(
                f"no outlet {outlet!r} in {self.name}; there are: {', '.join(self.outlets)}{hint}"
            )
        rows = self.documents[self.documents["is_counted"]]
        return rows.loc[(rows["outlet"] == outlet) if outlet else slice(None), "doc_id"].to_list()

    def episode(self, id: str) -> Story:
        """The same story with the copies of one episode alone ("" of none), counted or not. Raises `UnknownEpisode`."""
        known = self.documents["episode"]
        own = self.documents.loc[known == id, "doc_id"]
        if own.empty:
            hint = did_you_mean(id, known.unique())
            raise UnknownEpisode(f"{self.name} has no episode {id!r}{hint}")
        return self._of(own, self.differences)

    def in_filing_order(self, doc_ids: Sequence[str]) -> dict[str, bool]:
        """`doc_ids` -> whether its place in the order of filing is known: those first, the others in manifest order.

        The place is that of the manifest where it has one for each of them, else the time of a copy that is known to the minute.
        """
        rows = self.documents.set_index("doc_id").loc[list(doc_ids)]
        is_exact = rows["published_precision"] == "minute"
        times = pd.to_datetime(
            rows["published_at"].where(is_exact), utc=True, errors="coerce", format="ISO8601"
        )
        by_hand = rows["filing_order"].astype("float64")
        place = by_hand if by_hand.notna().all() or times.isna().all() else times.rank(method="dense")
        ordered = place.sort_values(kind="stable", na_position="last")
        return dict(zip(ordered.index, ordered.notna(), strict=True))

    @cached_property
    def unmeasured(self) -> dict[str, str]:
        """doc_id -> why, of the counted copies that get no figure at all: another language, too little text."""
        rows = self.rows("estimates", where=[("measure", "==", "words_per_sentence")])
        rows = rows[rows["value"].isna()]
        return dict(zip(rows["doc_id"], rows["reason"], strict=True))

    @property
    def libraries(self) -> dict[str, str]:
        """The libraries the story was measured with, and their versions; of several stories all versions there are."""
        folders = [self.folder.parent / name for name in self.stories] or [self.folder]
        found: dict[str, dict[str, None]] = {}
        for folder in folders:
            for name, version in recorded(folder).get("libraries", {}).items():
                found.setdefault(name, {})[version] = None
        return {name: ", ".join(versions) for name, versions in found.items()}

    @cached_property
    def of_runs(self) -> list[str]:
        """The documents of too few paragraphs, whose figures rest on runs of three sentences (scope copy)."""
        rows = self.rows(
            "estimates",
            columns=["measure", "doc_id", "scope"],
            where=[("measure", "==", "words_per_sentence")],
        )
        return rows.loc[rows["scope"].str.contains("runs"), "doc_id"].unique().tolist()

    def showing(self, outlets: Sequence[str]) -> Story:
        """The same story with the copies of `outlets` alone; nothing is judged anew. Empty stands for all.

        Of one outlet alone nothing could be compared: then all copies stay, and the differences are its own.
        """
        if not outlets:
            return self
        a, b = self.differences["outlet_a"], self.differences["outlet_b"]
        if len(set(outlets)) == 1:
            own = (a == outlets[0]) | (b == outlets[0])
            story = self._with(differences=self.differences[own].reset_index(drop=True))
            object.__setattr__(story, "is_many", self.is_many)
            return story
        shown = self.documents.loc[self.documents["outlet"].isin(outlets), "doc_id"]
        both = a.isin(outlets) & b.isin(outlets)
        return self._of(shown, self.differences[both].reset_index(drop=True))

    def closely(self, outlet: str) -> Story:
        """Of a story of many copies a small one, to be read: up to five episodes of `outlet`, evenly spread, with all outlets' copies.

        Of an outlet with several copies of an episode the first of each, then the second. A story that is small is returned as it is.
        """
        if not self.is_many:
            return self
        counted = self.documents[self.documents["is_counted"]]
        own = counted[counted["outlet"] == outlet]
        named = own[own["doc_id"].isin(self.of_events["doc_id"])]
        theirs = list(dict.fromkeys((own if named.empty else named)["episode"]))
        step = max(1, len(theirs) / CLOSE)
        chosen = [theirs[int(place * step)] for place in range(min(CLOSE, len(theirs)))]
        rows = counted[counted["episode"].isin(chosen)]
        turns = rows.groupby(["outlet", "episode"], sort=False).cumcount().sort_values(kind="stable")
        rows = rows.loc[turns.index].groupby("outlet", sort=False).head(CLOSE).sort_index()
        near = self._of(rows["doc_id"], self.differences)
        object.__setattr__(near, "excerpt_of", int((counted["outlet"] == outlet).sum()))
        object.__setattr__(near, "is_large", self.is_large)
        object.__setattr__(near, "stories", {})
        return near

    def _of(self, doc_ids: Iterable[str], differences: pd.DataFrame) -> Story:
        """The same story with these documents alone."""
        return self.over_tables(Chosen(self._all, frozenset(doc_ids), {"differences": differences}))

    def _with(self, **tables: pd.DataFrame) -> Story:
        """The same story with these tables in place of its own."""
        return self.over_tables(Chosen(self._all, None, tables))

    @property
    def _all(self) -> Tables:
        return self.__dict__.get("_tables") or Held(self, self.texts)

    def passages(self, table: pd.DataFrame) -> pd.DataFrame:
        """The sentence behind each row of a table that has doc_id and sentence_id.

        Adds paragraph and sentence (numbers from 1, the headline's paragraph being 0), `text` (the sentence;
        None where the texts are not here) and, where the table has start and end, `mark_start` and `mark_end`
        within that text.
        """
        if missing := {"doc_id", "sentence_id"} - set(table.columns):
            raise ValueError(
                f"passages of a table without {' and '.join(sorted(missing))}: its rows stand in no sentence"
            )
        table = table.drop(columns=["part", "paragraph"], errors="ignore")
        own = list(dict.fromkeys(table["doc_id"]))
        columns = ["doc_id", "sentence_id", "part", "paragraph", "start", "end"]
        sentences = self.rows("sentences", columns=columns, where=[("doc_id", "in", own)])
        places = sentences.set_index(["doc_id", "sentence_id"])
        places.columns = ["part", "paragraph", "sentence_start", "sentence_end"]
        rows = table.join(places, on=["doc_id", "sentence_id"])
        first = sentences[sentences["part"] == "body"].groupby("doc_id")[["paragraph", "sentence_id"]].min()
        is_body = rows["part"] == "body"
        for column, place in (("paragraph", "paragraph"), ("sentence", "sentence_id")):
            offset = (
                rows["doc_id"].map(first[place]).astype("float64").fillna(0)
            )  # of no rows, map makes texts
            rows[column] = (rows[place] - offset + 1).where(is_body, 0).astype("int64")
        spans = zip(rows["doc_id"], rows["sentence_start"], rows["sentence_end"], strict=True)
        texts = self.texts_of(own)
        rows["text"] = [texts[doc_id][start:end] if doc_id in texts else None for doc_id, start, end in spans]
        if {"start", "end"} <= set(table.columns):
            rows["mark_start"], rows["mark_end"] = (
                rows["start"] - rows["sentence_start"],
                rows["end"] - rows["sentence_start"],
            )
        return rows.drop(columns=["sentence_start", "sentence_end"])
