"""The words of the reports that depend on the data: findings, scope, method, how to cite."""

from __future__ import annotations

import json

import pandas as pd

from analysis import __version__
from analysis.comparison import resampling
from analysis.comparison.differences import FAMILY_LEVEL, MIN_BLOCKS_WITH_HITS
from analysis.comparison.estimates import (
    MIN_EPISODES,
    MIN_SENTENCES,
    MIN_SENTENCES_INTERVAL,
    MIN_WORDS,
    MIN_WORDS_VOICE,
)
from analysis.comparison.findings import clear, finding
from analysis.measures.sentiment import MIN_WORDS as MIN_WORDS_SENTENCE
from analysis.publishing.displays import Note, Prose, Stack
from analysis.publishing.tables.comparisons import differences
from analysis.story import Story

FEW = 8  # findings told in sentences
CAN = (
    "how these copies differ in what can be counted: words, sentences, quotation marks, words of a list",
    "how far each figure would move had other paragraphs of the same article run",
    "which differences are larger than that, all comparisons of a question taken together",
    "where every counted passage stands",
)
CANNOT = (
    "what an outlet is like: these are single copies, at one hour, often edited by a republisher",
    "why a copy is as it is; a copy contains, quotes, names and places, and no intent follows from that",
    "whether what is said is true",
    "anything about a difference that is too little text to tell: that is a result, and not a finding of no difference",
)


def findings(story: Story, *, family: str | None = None, outlet: str | None = None) -> Stack:
    """What may be said: the clear differences, or that none is clear, and how many were judged.

    Few are told in sentences, more than eight in a table.
    """
    table = story.differences
    if family is not None:
        table = table[table["family"] == family]
    if outlet is not None:
        table = table[(table["outlet_a"] == outlet) | (table["outlet_b"] == outlet)]
    if len(table) == 0:
        return Stack([Prose(["No two copies of this story can be compared."])])
    judged = table[table["low_family"].notna()]
    if judged.empty:
        why = table["reason"].mode().iloc[0]
        return Stack(
            [Prose([f"None of {len(table)} differences could be judged. The most frequent reason: {why}."])]
        )
    listed = sentences(story, judged)
    n = f"{len(judged)} of {len(table)} differences could be judged"
    if not listed:
        why = "That is too little text to tell, not evidence that the copies are alike."
        return Stack([Prose([f"{n}; none of them is clear in these copies. {why}"])])
    closing = (
        f"Of {len(table)} differences {len(listed)} {'is' if len(listed) == 1 else 'are'} clear, {len(judged) - len(listed)} "
        f"were judged and are too little text to tell, {len(table) - len(judged)} could not be judged."
    )
    if len(listed) <= FEW:
        return Stack([Prose([listed, closing])])
    caption = f"{len(listed)} differences are clear in these copies"
    return Stack([differences(story, clear(judged), caption=caption), Prose([closing])])


def sentences(story: Story, rows: pd.DataFrame) -> list[str]:
    """One sentence a clear difference, in the order of the table."""
    labels = story.labels | story.outlets
    measures = {(measure.name, measure.voice): measure for measure in story.catalogue}
    return [
        finding(row, measures[row["measure"], row["voice"]], labels) for row in clear(rows).to_dict("records")
    ]


def summary(story: Story) -> list[str]:
    """The findings of a story in at most a few lines: sentences, or how many pairs are clear on each measure."""
    listed = sentences(story, story.differences)
    if not story.differences["low_family"].notna().any():
        return [
            "No difference between two copies could be judged: the texts are too short, or there is one copy only."
        ]
    if not listed:
        return [
            "No difference between two copies is clear: there is too little text to tell. That is a result."
        ]
    if len(listed) <= FEW:
        return listed
    lines = []
    for measure in story.catalogue:
        table = story.differences
        own = table[(table["measure"] == measure.name) & (table["voice"] == measure.voice)]
        n_judged, n_clear = int(own["low_family"].notna().sum()), int(own["is_clear"].sum())
        if n_clear:
            pairs = "pair" if n_judged == 1 else "pairs"
            lines.append(
                f"{measure.title}: clear in {n_clear} of the {n_judged} {pairs} of copies that could be judged."
            )
    return [*lines, "The comparison gives each of them with its interval."]


def limits() -> Prose:
    """What the data can and cannot say."""
    return Prose(["They can say:", list(CAN), "They cannot say:", list(CANNOT)])


def scope(story: Story) -> Note:
    """What the figures of this story may claim."""
    n = story.documents.loc[story.documents["is_counted"], "episode"].nunique()
    instruments = (*story.about.themes, *story.about.contested)
    after = ""
    if any(instrument.written == "after_reading" for instrument in instruments):
        after = " Themes and names of this story were listed after its texts had been read: they describe these copies and test nothing."
    episodes = "one episode" if n == 1 else f"{n} episodes"
    return Note(
        f"These figures speak of copies of one story ({episodes}), not of outlets: a sentence about an outlet needs {MIN_EPISODES} or more episodes "
        f"that both outlets cover. Each copy is one text at one hour, as it was printed there.{after}"
    )


def unvalidated() -> Note:
    """What a hit of an indicator word is worth."""
    return Note(
        "An indicator word is a word that often goes with a frame. It is not the frame: a word can stand in another sense, inside a denial, or in "
        "somebody else's mouth, and a frame can be there without any of these words. For this subject the lists are not validated until a person "
        "has coded a sample of sentences."
    )


def changed(story: Story) -> Note | None:
    """A warning where code, dictionaries or story.yml changed since a story without texts was measured."""
    if not story.changed:
        return None
    return Note(
        f"Since these measures were taken, this changed: {', '.join(story.changed)}. The texts are not here, so that they cannot be taken again.",
        "warning",
    )


def method(story: Story) -> Prose:
    """How the figures were made: instruments, versions, minimum of text, intervals, seed."""
    recorded = json.loads((story.folder / "measures" / "provenance.json").read_text(encoding="utf-8"))
    libraries = ", ".join(
        f"{name} {recorded['libraries'][name]}" for name in ("textstat", "vaderSentiment", "pandas", "numpy")
    )
    counted = story.documents[story.documents["is_counted"]]
    return Prose(
        [
            f"Parallax {__version__} measured {len(counted)} copies ({counted['n_words'].sum():,} words of body text) with {libraries}. A word is "
            "textstat's, dashes between words counting as spaces; sentences are cut by Parallax. Headlines, captions, credits and page furniture enter no figure of the body.",
            f"Valence is VADER's compound score of one sentence at a time, separately for its words outside and inside quotation marks, and a mean weights "
            f"sentences by those words; fewer than {MIN_WORDS_SENTENCE} words of a voice in a sentence are left out. Names and the story's own terms are masked first. "
            "Indicator words are counted by the dictionaries listed in data/dictionaries, a word once in a list.",
            f"A copy needs {MIN_WORDS} words and {MIN_SENTENCES} sentences of English, and a voice {MIN_WORDS_VOICE} words; an interval needs {MIN_SENTENCES_INTERVAL} sentences. "
            f"Sensitivity intervals are the middle 95 % over {resampling.N_INTERVAL:,} resamples of a copy's paragraphs. Differences are judged with "
            f"{resampling.N_FAMILY:,} resamples, studentised, each question's differences together (max-|t|, Romano and Wolf 2005) at {100 * FAMILY_LEVEL:.2f} %, so that over the "
            f"four questions a story without differences shows one in at most 5 % of cases. Rates of rare words are judged only where they stand in {MIN_BLOCKS_WITH_HITS} paragraphs "
            f"or more of the two copies. Seed {resampling.SEED}.",
        ]
    )


def citation(story: Story, notebook: str) -> Prose:
    """How to cite the report, and on what rights it rests."""
    rights = (
        "The articles belong to their publishers and are not part of the report's data; the measurements are facts."
        if story.about.texts == "private"
        else "The texts ship with the story."
    )
    return Prose(
        [
            f"Report “{notebook}” on “{story.about.title}”, made with Parallax {__version__}, a workbook for comparative media analysis (the Parallax developers). "
            f"Inputs, versions and hashes stand in provenance.json beside the reports. {rights}"
        ]
    )


def dictionary_sheet(story: Story, dictionary: str) -> Prose:
    """The words a reader needs beside a count: where the lists come from, when they were written, what they miss."""
    from analysis.evidence.dictionaries import bundled
    from analysis.storage import own_dictionaries

    if dictionary == "themes":
        entries = {
            theme.label: f"{theme.description} Written {theme.written.replace('_', ' ')}, {theme.date}; {len(theme.entries)} entries."
            for theme in story.about.themes
        }
        return Prose(["Themes were written for this story:", entries] if entries else [])
    about = bundled(own_dictionaries())[dictionary].about
    return Prose(
        [
            {
                "Source": f"{about['source']} Version {about['version']}.",
                "Scope": about["scope"],
                "What it misses": about["known_misses"],
                "Written": f"{about['written'].replace('_', ' ')}, {about['date']}",
            }
        ]
    )
