"""A story: a folder under `data/` -> Story, the one object that notebooks use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, count
from pathlib import Path
from typing import Protocol

import pandas as pd

from analysis.article_texts import LARGE
from analysis.corpus import holdings
from analysis.corpus.cells import unguarded
from analysis.corpus.corrections import read_corrections
from analysis.corpus.formats.item import Refused
from analysis.corpus.manifest import COLUMNS, SLUG, read_manifest
from analysis.corpus.outlets import load_outlets
from analysis.corpus.reading import Article, Corpus, corpus, listed
from analysis.corpus.records import raw_text
from analysis.corpus.signatures import outlet_named
from analysis.facts_yml import BadFacts, Fact, read_facts
from analysis.measured import TABLE_NAMES, Measures
from analysis.nearest import did_you_mean
from analysis.partitions.plan import largest
from analysis.storage import (
    changes,
    chosen_dictionaries,
    data_folder,
    frame_dictionaries,
    has_texts,
    is_measured,
    own_dictionaries,
    own_outlets,
    read_table,
    recorded,
    write_measures,
)
from analysis.stored_tables import Chosen, Held, Stored
from analysis.story_yml import BadStory, StoryYml, read_story_yml
from analysis.tables import REJECTED, SEVERAL, UNKNOWN

CODES = (
    "doc_id",
    "sentence_id",
    "element",
    "frame",
    "coder",
)  # columns of coding/codes.csv that tables are made of
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


class UnknownStory(LookupError):
    """There is no story of this name, or it was never measured and its texts are not here."""


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
        tables = self.__dict__.get("_tables")
        if tables is None or table in self.__dict__:
            return super().rows(table, columns=columns, where=where)
        return tables.read(table, columns, where)

    @property
    def n_partitions(self) -> int:
        """In how many parts the tables are stored."""
        return getattr(self.__dict__.get("_tables"), "n_parts", 1)

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
        return bool(self.stories) or self.n_partitions > 1 or len(self.documents) > LARGE

    @cached_property
    def is_many(self) -> bool:
        """Whether there are too many copies to be shown side by side: more than 20 of an outlet, or several stories."""
        counted = self.documents.loc[self.documents["is_counted"], "outlet"]
        return bool(self.stories) or counted.value_counts().max() > MANY_COPIES if len(counted) else False

    @property
    def outlets(self) -> dict[str, str]:
        """Outlet id -> display name, in display order, of the outlets that have a document."""
        return self.about.outlet_names(self.documents["outlet"])

    @property
    def has_text(self) -> bool:
        """Whether texts are here: of all documents, or of those whose file did not get lost since."""
        return bool(self.texts)

    @cached_property
    def raw_texts(self) -> dict[str, str]:
        """doc_id -> the text as it was before cleaning, of the documents whose texts are here."""
        rows = self.documents[self.documents["doc_id"].isin(self.texts)]
        found = articles_of(self.folder, rows)
        return {one.about["doc_id"]: raw_text(one.item) for one in found if isinstance(one, Article)}

    @cached_property
    def labels(self) -> dict[str, str]:
        """doc_id -> how a copy is called: its outlet's name, with episode and version where it has several."""
        n_episodes = self.documents.groupby("outlet")["episode"].nunique()
        labels = {}
        for row in self.documents.itertuples():
            parts = [self.short_labels[row.doc_id]]
            if n_episodes[row.outlet] > 1:
                parts.append(self.episodes.get(row.episode, row.episode))
            labels[row.doc_id] = ", ".join(parts)
        again = {label for label, n in Counter(labels.values()).items() if n > 1}
        ids = _shortened(labels)
        return {
            doc_id: f"{label} ({ids[doc_id]})" if label in again else label
            for doc_id, label in labels.items()
        }

    @cached_property
    def short_labels(self) -> dict[str, str]:
        """doc_id -> how a copy is called under a heading that names its episode."""
        labels = {}
        for row in self.documents.itertuples():
            copy = "" if row.is_counted else "not counted"
            if row.via not in ("", UNKNOWN) and (not row.is_counted or row.outlet == UNKNOWN):
                copy = f"in {row.via}"  # of a copy that nobody signed it is all that is known
            labels[row.doc_id] = ", ".join(
                filter(None, (self.about.outlet_name(row.outlet), row.version, copy))
            )
        episode = self.documents.set_index("doc_id")["episode"]
        n = Counter((episode[doc_id], label) for doc_id, label in labels.items())
        again = [doc_id for doc_id, label in labels.items() if n[episode[doc_id], label] > 1]
        ids = _shortened(again) if again else {}
        return {
            doc_id: f"{label} ({ids[doc_id]})" if doc_id in ids else label for doc_id, label in labels.items()
        }

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
            return self._with(differences=self.differences[own].reset_index(drop=True))
        shown = self.documents.loc[self.documents["outlet"].isin(outlets), "doc_id"]
        both = a.isin(outlets) & b.isin(outlets)
        return self._of(shown, self.differences[both].reset_index(drop=True))

    def closely(self, outlet: str) -> Story:
        """Of a story of many copies a small one, to be read: up to five episodes of `outlet`, evenly spread, with all outlets' copies.

        Of an outlet with more copies of an episode the first five. A story that is small is returned as it is.
        """
        if not self.is_many:
            return self
        counted = self.documents[self.documents["is_counted"]]
        theirs = list(dict.fromkeys(counted.loc[counted["outlet"] == outlet, "episode"]))
        step = max(1, len(theirs) / CLOSE)
        chosen = [theirs[int(place * step)] for place in range(min(CLOSE, len(theirs)))]
        rows = counted[counted["episode"].isin(chosen)].groupby("outlet", sort=False).head(CLOSE)
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
        rows["text"] = [
            self.texts[doc_id][start:end] if doc_id in self.texts else None for doc_id, start, end in spans
        ]
        if {"start", "end"} <= set(table.columns):
            rows["mark_start"], rows["mark_end"] = (
                rows["start"] - rows["sentence_start"],
                rows["end"] - rows["sentence_start"],
            )
        return rows.drop(columns=["sentence_start", "sentence_end"])


@dataclass(frozen=True)
class Outline:
    """A story as its story.yml (`about`) and manifest tell it, measured or not; `has_texts`: it can be measured here.

    An archive's story has no manifest, but exports that are read in place: what was measured of them stands for it, and before
    that what they list.
    """

    name: str
    folder: Path
    about: StoryYml
    manifest: pd.DataFrame
    has_texts: bool
    facts: tuple[Fact, ...] = ()
    facts_written: str = ""

    @property
    def outlets(self) -> dict[str, str]:
        """Outlet id -> display name, in display order, of the outlets that have a document."""
        return self.about.outlet_names(self.manifest["outlet"])

    @property
    def is_archive(self) -> bool:
        """Whether its articles stand in exports that are read in place, and no manifest names them."""
        return not (self.folder / "documents.csv").is_file()

    def reading(self) -> tuple[pd.DataFrame, list[Refused]]:
        """What measuring reads: the manifest, or what the exports list now, and their rows that are no article."""
        return holdings.listing(self.folder / "articles") if self.is_archive else (self.manifest, [])

    @cached_property
    def is_large(self) -> bool:
        """Whether it is measured in partitions and stored in parts: an archive by what its exports list now."""
        rows = self.reading()[0] if self.is_archive and self.has_texts else self.manifest
        return len(rows) > largest()

    @cached_property
    def codes(self) -> pd.DataFrame | None:
        """What people coded in its sentences (`coding/codes.csv`); None where nobody did."""
        path = self.folder / "coding" / "codes.csv"
        if not path.is_file():
            return None
        rows = pd.read_csv(path, dtype=str, keep_default_na=False)
        if missing := [name for name in CODES if name not in rows]:
            raise BadFacts(f"{self.folder.name}/coding/codes.csv, line 1: no column {', '.join(missing)}")
        is_number = rows["sentence_id"].str.fullmatch(r"\d+")
        if not is_number.all():
            line = int((~is_number).to_numpy().argmax()) + 2
            raise BadFacts(f"{self.folder.name}/coding/codes.csv, line {line}: sentence_id is no number")
        return rows.map(unguarded).assign(sentence_id=rows["sentence_id"].astype("int64"))


def outline(name: str) -> Outline:
    """Read story.yml and manifest of the story `name`. Raises `UnknownStory`, `BadStory`, `BadFacts`, `BadManifest`."""
    folder = story_folder(name)
    about = read_story_yml(folder / "story.yml")
    is_listed = (folder / "documents.csv").is_file()
    exports = [] if is_listed else holdings.exports(folder / "articles")
    had_list = "documents.csv" in recorded(folder).get(
        "inputs", {}
    )  # one that got lost since is missed, below
    if exports or (not is_listed and not had_list and is_measured(folder)):
        return sketched(folder, about, _as_manifest(folder), has_texts=bool(exports))
    manifest = read_manifest(folder / "documents.csv", outlets=[outlet.id for outlet in about.outlets])
    return sketched(folder, about, manifest, has_texts=has_texts(folder, manifest))


def sketched(folder: Path, about: StoryYml, manifest: pd.DataFrame, *, has_texts: bool) -> Outline:
    """The outline of a story of which story.yml and what stands for its manifest were read. Raises `BadFacts`."""
    actors, episodes = ([one.id for one in kind] for kind in (about.actors, about.episodes))
    read = read_facts(folder / "facts.yml", actors, episodes)
    facts, written = (read.facts, read.written) if read else ((), "")
    return Outline(folder.name, folder, about, manifest, has_texts, facts, written)


def _as_manifest(folder: Path) -> pd.DataFrame:
    """What stands for the manifest of an archive's story: the documents that were measured, else those its exports list."""
    if is_measured(folder):
        found = read_table(folder, "documents")
    else:
        found, _ = holdings.listing(folder / "articles")
        known = load_outlets(own_outlets())
        found = found.assign(
            outlet=[outlet_named(name, known)[0] for name in found["outlet"]], is_counted=True
        )
    blank = pd.DataFrame("", index=found.index, columns=[name for name in COLUMNS if name not in found])
    found = pd.concat([found, blank.astype("str")], axis=1)
    order = found["filing_order"].replace("", None).astype("Int64")
    return found.assign(filing_order=order)[[*COLUMNS, *(name for name in found if name not in COLUMNS)]]


def story_names() -> list[str]:
    """The stories there are: the folders of the data folder that hold a story.yml."""
    return sorted(path.parent.name for path in data_folder().glob("*/story.yml"))


def story_folder(name: str) -> Path:
    """The folder of the story `name`. Raises `UnknownStory` with the nearest right names."""
    names = story_names()
    if name not in names:
        hint = did_you_mean(name, names) or f"; there are: {', '.join(names) or 'none'}"
        raise UnknownStory(f"no story {name!r} in {data_folder()}{hint}")
    if not SLUG.fullmatch(name):
        raise BadStory(
            f"the folder {name!r} names a story; allowed: small letters, digits, - and _, at most 64"
        )
    return data_folder() / name


def load_story(
    name: str,
    *,
    as_measured: bool = False,
    jobs: int = 1,
    on_document: Callable[[str], None] = lambda doc_id: None,
) -> Story:
    """Load the story `name`; where its texts are here and something changed since, it is measured first, unless `as_measured`.

    `on_document` is told how that goes, as `measuring.measure` says, and `jobs` is what `measure_story` takes.
    Raises `UnknownStory`, `BadStory`, `BadManifest`, `BadDictionary`.
    """
    story = outline(name)
    folder, about, manifest, has_text = story.folder, story.about, story.manifest, story.has_texts
    if has_text and not as_measured and (not is_measured(folder) or changes(folder)):
        # and then read again, as always: no more than is asked for stays in memory
        _measured(story, sources=_with_sources(story), jobs=jobs, on_document=on_document)
        story = outline(name)  # what stands for the manifest of an archive is what was measured
        manifest = story.manifest
    if not is_measured(folder):
        raise UnknownStory(
            f"story {name!r} was never measured, and its texts are not in {folder / 'articles'}"
        )
    known = recorded(folder)
    tables = Stored(folder, manifest, articles_of)
    tables.check()
    return Story.over(
        tables,
        frames=known["frames"],
        actors=known["actors"],
        has_sources=known.get("has_sources", True),
        name=name,
        folder=folder,
        about=about,
        changed=() if has_text else changes(folder),
        facts=story.facts,
        facts_written=story.facts_written,
    )


def measure_story(
    name: str,
    *,
    sources: bool | None = None,
    jobs: int = 1,
    on_document: Callable[[str], None] = lambda doc_id: None,
) -> Story:
    """Measure the story `name` from its texts, write `measures/` and return it. Raises as `load_story` does.

    `sources`: whether sources and actors are looked for, which needs the parser; None does what story.yml says.
    `jobs`: in how many processes a large story is measured; more than one runs the main module again in each, as `multiprocessing` does.
    """
    story = outline(name)
    if not story.has_texts:
        missing = (
            []
            if story.is_archive
            else [file for file in story.manifest["file"] if not (story.folder / "articles" / file).is_file()]
        )
        raise UnknownStory(
            f"story {name!r} cannot be measured: its texts are not in {story.folder / 'articles'}: {', '.join(missing)}"
        )
    sources = story.about.measures != "core" if sources is None else sources
    return _measured(story, sources=sources, jobs=jobs, on_document=on_document)


def _with_sources(story: Outline) -> bool:
    """Whether a story that is measured again by itself has sources: as story.yml says, else as it had before."""
    if "measures" in story.about.model_fields_set or not is_measured(story.folder):
        return story.about.measures != "core"
    return recorded(story.folder).get("has_sources", True)


def _measured(story: Outline, *, sources: bool, jobs: int, on_document: Callable[[str], None]) -> Story:
    if story.is_large:
        return _measured_large(story, sources=sources, jobs=jobs, on_document=on_document)
    from analysis.measuring import measure  # and with it the libraries that measure, seconds to load

    rows, refused = story.reading()
    found = read_story(story.folder, rows, story.about)
    rejected = REJECTED.frame(
        [
            (one.file, pd.NA if one.line is None else one.line, one.unit or "file", one.reason)
            for one in refused
        ]
    )
    found = replace(found, rejected=pd.concat([found.rejected, rejected], ignore_index=True))
    measured = measure(
        found,
        story,
        own_dictionaries=own_dictionaries(),
        dictionary_files=chosen_dictionaries(),
        sources=sources,
        is_listed=not story.is_archive,
        on_document=on_document,
    )
    write_measures(story.folder, measured)
    tables = {field: getattr(measured, field) for field in (*TABLE_NAMES, "frames", "actors", "has_sources")}
    return Story(
        **tables,
        name=story.name,
        folder=story.folder,
        about=story.about,
        texts=found.texts,
        changed=(),
        facts=story.facts,
        facts_written=story.facts_written,
    )


def _measured_large(story: Outline, *, sources: bool, jobs: int, on_document: Callable[[str], None]) -> Story:
    from analysis.partitions.measurement import measure_large
    from analysis.partitions.plan import Partition

    def done(partition: Partition) -> None:
        for doc_id in partition.rows["doc_id"]:
            on_document(doc_id)
            if sources:
                on_document(doc_id)  # it was parsed, and has its figures

    measure_large(story, sources=sources, jobs=jobs, on_partition=done)
    return load_story(story.name, as_measured=True)


def corrections_of(folder: Path, manifest: pd.DataFrame, about: StoryYml) -> pd.DataFrame:
    """The corrections of a story, whose names are those of its dictionaries. Raises `BadCorrections`."""

    def names() -> dict[str, list[str]]:
        from analysis.evidence.dictionaries import THEMES

        lists = {id: list(one.frames) for id, one in frame_dictionaries().items()}
        if about.themes:
            lists[THEMES] = [theme.id for theme in about.themes]
        frames = [frame for own in lists.values() for frame in own]
        return {"dictionary": list(lists), "frame": frames, "thing": [thing.id for thing in about.contested]}

    return read_corrections(folder / "corrections.csv", manifest["doc_id"].to_list(), names)


def read_story(
    folder: Path, manifest: pd.DataFrame, about: StoryYml, corrections: pd.DataFrame | None = None
) -> Corpus:
    """Read the documents of a story by its manifest, of an archive's by its `listing`; `corrections`, where they were read already."""
    if corrections is None:
        corrections = corrections_of(folder, manifest, about)
    further = manifest.columns if (folder / "documents.csv").is_file() else ()
    found = corpus(articles_of(folder, manifest), corrections, further)
    return replace(found, documents=found.documents.assign(story=folder.name))


def articles_of(folder: Path, manifest: pd.DataFrame) -> Iterator[Article | Refused]:
    """The articles of the documents in `manifest`, which may be a part of the story's, read from its files or exports, in order."""
    if (folder / "documents.csv").is_file():
        return listed(folder / "articles", manifest)
    if "row" not in manifest:
        places, _ = holdings.listing(folder / "articles")
        manifest = manifest[["doc_id"]].merge(places, on="doc_id")
    return holdings.articles(folder / "articles", manifest, own_outlets=own_outlets())


def _shortened(ids: Iterable[str]) -> dict[str, str]:
    """Each id by as few of its first characters, three or more, as tell it from the others; an ellipsis stands for the rest."""
    ordered = sorted(ids)
    shown = {}
    for before, one, after in zip(["", *ordered[:-1]], ordered, [*ordered[1:], ""], strict=True):
        n = next(n for n in count(3) if n >= len(one) or one[:n] not in (before[:n], after[:n]))
        shown[one] = one if len(one) <= n + 3 else one[:n] + "…"
    return shown
