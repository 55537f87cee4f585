"""Outlines: what people say of a story (story.yml, manifest, facts, corrections) and where its articles are, measured or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis.corpus import holdings
from analysis.corpus.cells import unguarded
from analysis.corpus.corrections import read_corrections
from analysis.corpus.formats.item import Refused
from analysis.corpus.manifest import COLUMNS, SLUG, read_manifest
from analysis.corpus.outlets import load_outlets
from analysis.corpus.reading import Article, Corpus, corpus, listed
from analysis.corpus.signatures import outlet_named
from analysis.facts_yml import BadFacts, Fact, read_facts
from analysis.nearest import did_you_mean
from analysis.partitions.plan import largest
from analysis.storage import (
    data_folder,
    frame_dictionaries,
    has_texts,
    is_measured,
    own_outlets,
    read_table,
    recorded,
)
from analysis.story_yml import BadStory, StoryYml, read_story_yml

# columns of coding/codes.csv that tables are made of
CODES = ("doc_id", "sentence_id", "element", "frame", "coder")


class UnknownStory(LookupError):
    """There is no story of this name, or it was never measured and its texts are not here."""


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
        return listed_in(self.folder) if self.is_archive else (self.manifest, [])

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
        found, _ = listed_in(folder)
        known = load_outlets(own_outlets())
        ids = {name: outlet_named(name, known)[0] for name in found["outlet"].unique()}
        found = found.assign(outlet=found["outlet"].map(ids).astype("str"), is_counted=True)
    blank = pd.DataFrame("", index=found.index, columns=[name for name in COLUMNS if name not in found])
    found = pd.concat([found, blank.astype("str")], axis=1)
    order = found["filing_order"].replace("", None).astype("Int64")
    return found.assign(filing_order=order)[[*COLUMNS, *(name for name in found if name not in COLUMNS)]]


def listed_in(folder: Path) -> tuple[pd.DataFrame, list[Refused]]:
    """The `listing` of the exports of an archive's story, by the columns that its story.yml names."""
    columns = read_story_yml(folder / "story.yml").columns
    return holdings.listing(holdings.exports(folder / "articles"), columns)


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


def corrections_of(folder: Path, manifest: pd.DataFrame, about: StoryYml) -> pd.DataFrame:
    """The corrections of a story, whose names are those of its dictionaries. Raises `BadCorrections`."""

    def names() -> dict[str, list[str]]:
        from analysis.evidence.dictionaries import THEMES

        lists = {id: list(one.frames) for id, one in frame_dictionaries().items()}
        if about.themes:
            lists[THEMES] = [theme.id for theme in about.themes]
        frames = [frame for own in lists.values() for frame in own]
        return {"dictionary": list(lists), "frame": frames, "thing": [thing.id for thing in about.contested]}

    return read_corrections(folder / "corrections.csv", dict.fromkeys(manifest["doc_id"]), names)


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
        manifest = manifest[["doc_id"]].merge(listed_in(folder)[0], on="doc_id")
    columns = read_story_yml(folder / "story.yml").columns
    return holdings.articles(folder / "articles", manifest, own_outlets=own_outlets(), columns=columns)
