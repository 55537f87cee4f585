"""Entries of dictionaries against a story: which never match, which match nearly everywhere, which stand in several lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.evidence.dictionaries import BUNDLED, THEMES, Dictionary, from_themes
from analysis.evidence.frame_hits import frame_hits
from analysis.outline import Outline, read_story
from analysis.storage import frame_dictionaries, is_measured, read_table

EVERYWHERE = 0.25  # of all sentences, in every copy: such a word tells nothing of one of them
SHOWN = 8  # entries that are named in a line


def about_entries(story: Outline) -> list[str]:
    """One line a matter, of the themes of a story and of dictionaries that are not bundled. Raises `BadDictionary`.

    Hits are counted in the texts, or, where they are not here, read from the measures; a dictionary that is in neither says so.
    """
    checked = {id: one for id, one in frame_dictionaries().items() if not (BUNDLED / f"{id}.yml").is_file()}
    if story.about.themes:
        checked[THEMES] = from_themes(theme.model_dump(by_alias=True) for theme in story.about.themes)
    notes = [
        f"{one.about['title']}, line {left.line}: {left.entry!r} under {left.category!r} is left out: {left.reason}"
        for one in checked.values()
        for left in one.left_out
    ]
    for id, dictionary in checked.items():
        notes += [
            f"{id}: {entry!r} stands in several lists: {', '.join(where)}"
            for entry, where in _doubled(dictionary).items()
        ]
    if not checked:
        return notes
    if story.has_texts and not story.is_large:
        corpus = read_story(story.folder, story.manifest, story.about)
        sentences = corpus.sentences
        hits = frame_hits(corpus.texts, sentences, corpus.quoted_spans, checked)
        known = set(checked)
    elif is_measured(story.folder):
        sentences = read_table(story.folder, "sentences", columns=["doc_id"])
        places = ["dictionary", "entry", "doc_id", "sentence_id"]
        hits = read_table(story.folder, "frame_hits", columns=places)
        known = set(hits["dictionary"])
    else:
        return notes
    for id, dictionary in checked.items():
        if id not in known:
            notes.append(
                f"{id}: which entries match is not known: the texts are not here, and it was not measured with them"
            )
            continue
        notes += _matching(id, dictionary, hits[hits["dictionary"] == id], sentences)
    return notes


def _doubled(dictionary: Dictionary) -> Mapping[str, list[str]]:
    """Entries that stand in two frames or more, with the labels of these."""
    where: dict[str, list[str]] = {}
    for frame in dictionary.frames.values():
        for entry in frame.entries:
            where.setdefault(entry.lower(), []).append(frame.label)
    return {entry: labels for entry, labels in where.items() if len(labels) > 1}


def _matching(id: str, dictionary: Dictionary, hits: pd.DataFrame, sentences: pd.DataFrame) -> Iterable[str]:
    entries = list(dict.fromkeys(entry for frame in dictionary.frames.values() for entry in frame.entries))
    found = set(hits["entry"])
    never = [entry for entry in entries if entry not in found]
    if never:
        more = f" … {len(never) - SHOWN} more" if len(never) > SHOWN else ""
        yield f"{id}: {len(never)} of {len(entries)} entries match nothing in this story: {', '.join(never[:SHOWN])}{more}"
    n_documents = sentences["doc_id"].nunique()
    for entry, own in hits.groupby("entry", sort=False):
        share = len(own.drop_duplicates(["doc_id", "sentence_id"])) / len(sentences)
        if own["doc_id"].nunique() == n_documents and share >= EVERYWHERE:
            yield f"{id}: {entry!r} stands in {100 * share:.0f} % of all sentences, in every copy: it tells none from another"
