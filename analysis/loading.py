"""Loading: a story folder under `data/` -> Story, measured first where that is due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from analysis.measured import TABLE_NAMES
from analysis.outline import Outline, UnknownStory, articles_of, outline, read_story
from analysis.storage import (
    changes,
    chosen_dictionaries,
    is_measured,
    made_from,
    own_dictionaries,
    recorded,
    write_measures,
)
from analysis.stored_tables import Stored
from analysis.story import Story
from analysis.tables import REJECTED


def load_story(
    name: str,
    *,
    as_measured: bool = False,
    jobs: int = 1,
    on_document: Callable[[str], None] = lambda doc_id: None,
) -> Story:
    """Load the story `name`; where its texts are here and something changed since, it is measured first, unless `as_measured`.

    `on_document` is told how that goes, as `measuring.measure` says, and `jobs` is what `measure_story` takes.
    Raises `UnknownStory`, `BadStory`, `BadManifest`, `BadDictionary`, and `NotMeasured` where a large story is not measured to its end.
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

    before = made_from(story.folder, [] if story.is_archive else story.manifest["file"])
    story = outline(story.name)  # read once more: what changes from now on is not taken for what was measured
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
    write_measures(story.folder, measured, before)
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
