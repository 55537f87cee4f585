"""A story: a folder under `data/` -> Story, the one object that notebooks use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from pathlib import Path

import pandas as pd

from analysis.corpus.cells import unguarded
from analysis.corpus.corrections import read_corrections
from analysis.corpus.manifest import SLUG, read_manifest
from analysis.corpus.reading import Article, Corpus, cleaned, listed, read
from analysis.corpus.records import raw_text
from analysis.facts_yml import BadFacts, Fact, read_facts
from analysis.measured import TABLE_NAMES, Measures
from analysis.nearest import did_you_mean
from analysis.storage import (
    changes,
    chosen_dictionaries,
    data_folder,
    file_digest,
    frame_dictionaries,
    has_texts,
    is_measured,
    own_dictionaries,
    read_table,
    recorded,
    write_measures,
)
from analysis.story_yml import BadStory, StoryYml, read_story_yml
from analysis.tables import SEVERAL, UNKNOWN

CODES = (
    "doc_id",
    "sentence_id",
    "element",
    "frame",
    "coder",
)  # columns of coding/codes.csv that tables are made of
NOBODY = "nobody named"  # who speaks where no words name a source, or a pronoun alone does


class UnknownStory(LookupError):
    """There is no story of this name, or it was never measured and its texts are not here."""


class UnknownOutlet(LookupError):
    """No document of the story is of this outlet."""


@dataclass(frozen=True)
class Story(Measures):
    """The tables of a story (see `Measures`), what story.yml (`about`) and facts.yml say of it, its texts where they are here."""

    name: str
    folder: Path
    about: StoryYml
    texts: dict[str, str]
    changed: tuple[str, ...]
    facts: tuple[Fact, ...] = ()
    facts_written: str = ""

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
        found = listed(self.folder / "articles", rows)
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
        rows = self.estimates[self.estimates["measure"] == "words_per_sentence"]
        rows = rows[rows["value"].isna()]
        return dict(zip(rows["doc_id"], rows["reason"], strict=True))

    def showing(self, outlets: Sequence[str]) -> Story:
        """The same story with the copies of `outlets` alone; nothing is judged anew. Empty stands for all.

        Of one outlet alone nothing could be compared: then all copies stay, and the differences are its own.
        """
        if not outlets:
            return self
        if len(set(outlets)) == 1:
            own = (self.differences["outlet_a"] == outlets[0]) | (self.differences["outlet_b"] == outlets[0])
            return replace(self, differences=self.differences[own].reset_index(drop=True))
        shown = set(self.documents.loc[self.documents["outlet"].isin(outlets), "doc_id"])
        tables = {
            name: table[table["doc_id"].isin(shown) | (table["doc_id"] == "")].reset_index(drop=True)
            for name in TABLE_NAMES
            if "doc_id" in (table := getattr(self, name))
        }
        for name in ("overlap", "alignments"):
            table = getattr(self, name)
            tables[name] = table[table["doc_id_a"].isin(shown) & table["doc_id_b"].isin(shown)].reset_index(
                drop=True
            )
        both = self.differences["outlet_a"].isin(outlets) & self.differences["outlet_b"].isin(outlets)
        return replace(self, **tables, differences=self.differences[both].reset_index(drop=True))

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
        places = self.sentences.set_index(["doc_id", "sentence_id"])[["part", "paragraph", "start", "end"]]
        places.columns = ["part", "paragraph", "sentence_start", "sentence_end"]
        rows = table.join(places, on=["doc_id", "sentence_id"])
        first = (
            self.sentences[self.sentences["part"] == "body"]
            .groupby("doc_id")[["paragraph", "sentence_id"]]
            .min()
        )
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
    """A story as its story.yml (`about`) and manifest tell it, measured or not; `has_texts`: it can be measured here."""

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
    read = read_facts(
        folder / "facts.yml",
        [actor.id for actor in about.actors],
        [episode.id for episode in about.episodes],
    )
    manifest = read_manifest(folder / "documents.csv", outlets=[outlet.id for outlet in about.outlets])
    return Outline(
        name,
        folder,
        about,
        manifest,
        has_texts(folder, manifest),
        read.facts if read else (),
        read.written if read else "",
    )


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
    name: str, *, as_measured: bool = False, on_document: Callable[[str], None] = lambda doc_id: None
) -> Story:
    """Load the story `name`; where its texts are here and something changed since, it is measured first, unless `as_measured`.

    `on_document` is told how that goes, as `measuring.measure` says.
    Raises `UnknownStory`, `BadStory`, `BadManifest`, `BadDictionary`.
    """
    story = outline(name)
    folder, about, manifest, has_text = story.folder, story.about, story.manifest, story.has_texts
    if has_text and not as_measured and (not is_measured(folder) or changes(folder)):
        return _measured(story, on_document)
    if not is_measured(folder):
        raise UnknownStory(
            f"story {name!r} was never measured, and its texts are not in {folder / 'articles'}"
        )
    tables = {table: read_table(folder, table) for table in TABLE_NAMES}
    shown = manifest.set_index("doc_id").reindex(tables["documents"]["doc_id"])
    known = recorded(folder)
    is_same = [  # the text that was measured, or none: offsets hold for that one alone
        file_digest(folder / "articles" / file) == known.get("articles", {}).get(file, "")
        for file in manifest["file"]
    ]
    corrections = tables["corrections"]
    found = {
        article.about["doc_id"]: cleaned(article, corrections)[1]
        for article in listed(folder / "articles", manifest[is_same])
        if isinstance(article, Article) and article.about["doc_id"] in shown.index
    }
    for column in ("headline", "deck"):
        tables["documents"][column] = [
            getattr(found.get(doc_id), column, "")
            or (shown[column].get(doc_id, "") if column == "headline" or not found else "")
            for doc_id in tables["documents"]["doc_id"]
        ]
    extra = [column for column in manifest.columns if column not in tables["documents"]]
    tables["documents"] = tables["documents"].assign(**{column: shown[column].to_numpy() for column in extra})
    return Story(
        **tables,
        frames=known["frames"],
        actors=known["actors"],
        name=name,
        folder=folder,
        about=about,
        texts={doc_id: one.text for doc_id, one in found.items()},
        changed=() if has_text else changes(folder),
        facts=story.facts,
        facts_written=story.facts_written,
    )


def measure_story(name: str, *, on_document: Callable[[str], None] = lambda doc_id: None) -> Story:
    """Measure the story `name` from its texts, write `measures/` and return it. Raises as `load_story` does."""
    story = outline(name)
    if not story.has_texts:
        missing = [
            file for file in story.manifest["file"] if not (story.folder / "articles" / file).is_file()
        ]
        raise UnknownStory(
            f"story {name!r} cannot be measured: its texts are not in {story.folder / 'articles'}: {', '.join(missing)}"
        )
    return _measured(story, on_document)


def _measured(story: Outline, on_document: Callable[[str], None]) -> Story:
    from analysis.measuring import measure  # and with it the libraries that measure, seconds to load

    corpus = read_story(story.folder, story.manifest, story.about)
    measured = measure(
        corpus,
        story,
        own_dictionaries=own_dictionaries(),
        dictionary_files=chosen_dictionaries(),
        on_document=on_document,
    )
    write_measures(story.folder, measured)
    tables = {field: getattr(measured, field) for field in (*TABLE_NAMES, "frames", "actors")}
    return Story(
        **tables,
        name=story.name,
        folder=story.folder,
        about=story.about,
        texts=corpus.texts,
        changed=(),
        facts=story.facts,
        facts_written=story.facts_written,
    )


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


def read_story(folder: Path, manifest: pd.DataFrame, about: StoryYml) -> Corpus:
    """Read the documents of a story by its manifest."""
    corrections = corrections_of(folder, manifest, about)
    corpus = read(folder / "articles", manifest=manifest, corrections=corrections)
    return replace(corpus, documents=corpus.documents.assign(story=folder.name))


def _shortened(ids: Iterable[str]) -> dict[str, str]:
    """Each id by as few of its first characters, three or more, as tell it from the others; an ellipsis stands for the rest."""
    ordered = sorted(ids)
    shown = {}
    for before, one, after in zip(["", *ordered[:-1]], ordered, [*ordered[1:], ""], strict=True):
        n = next(n for n in count(3) if n >= len(one) or one[:n] not in (before[:n], after[:n]))
        shown[one] = one if len(one) <= n + 3 else one[:n] + "…"
    return shown
