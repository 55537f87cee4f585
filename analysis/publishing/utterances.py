"""The same utterance in several copies, side by side: which sentence was chosen, how much of it, how it is introduced, in which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from analysis.corpus.words import word_spans
from analysis.evidence.content_words import is_function_word, plain_words, stem
from analysis.publishing.absences import NOT_TAKEN
from analysis.publishing.aggregates import shared
from analysis.publishing.displays import Display, Mark, Note, Passage, Passages, Prose, Stack, place
from analysis.story import Story

MOST = 40  # utterances that are shown; the table quotation_parts holds all
TRANSLATED = (
    "Marked words stand in no other outlet's wording of the utterance. Where the speech was in another language, that may be translation, and is not counted as the outlet's "
    "wording. Which sentence was chosen, how much of it is given, and how it is introduced are the outlet's."
)


def shared_parts(story: Story) -> pd.DataFrame:
    """The rows of `quotation_parts` that are of one utterance in two counted copies or more, a republisher's text aside."""
    places = story.sentences.loc[story.sentences["written_by"] != "via", ["doc_id", "sentence_id"]]
    parts = story.quotation_parts[
        (story.quotation_parts["group_id"] != "") & story.quotation_parts["doc_id"].isin(story.copies())
    ].merge(places, on=["doc_id", "sentence_id"])
    n_copies = parts.groupby("group_id")["doc_id"].transform("nunique")
    return parts[n_copies > 1].reset_index(drop=True)


def utterances(story: Story) -> Display:
    """Each utterance that two or more counted copies quote: who says it, and how each copy has it, in filing order; those of most copies first."""
    if not story.has_sources:
        return Note(NOT_TAKEN, "reason")
    if story.is_many:
        return shared.utterances(story)
    parts = shared_parts(story)
    if parts.empty:
        return Prose(["No utterance is quoted by two of these copies."])
    found = parts.merge(
        story.quotations.drop(columns=["group_id", "sentence_id", "n_words", "n_words_quoted"]),
        on=["doc_id", "quotation_id"],
    )
    groups = sorted(
        (own for _, own in found.groupby("group_id", sort=False)), key=lambda own: -own["doc_id"].nunique()
    )
    shown = [_utterance(story, own) for own in groups[:MOST]]
    n = found["group_id"].nunique()
    more = [Note(f"{n - MOST} more stand in tables/quotation_parts.csv.")] if n > MOST else []
    return Stack([Note(TRANSLATED), *shown, *more])


def _utterance(story: Story, own: pd.DataFrame) -> Passages:
    """One utterance: a passage a copy, content words that no copy of another outlet has marked."""
    told = Counter(own["speaker"][own["speaker"] != ""])
    who = story.called(told.most_common(1)[0][0]) if told else "A speaker who is not named"
    order = {doc_id: n for n, doc_id in enumerate(story.in_filing_order(own["doc_id"].unique().tolist()))}
    own = own.sort_values(
        ["doc_id", "start"], key=lambda c: c.map(order) if c.name == "doc_id" else c, kind="stable"
    )
    rows = story.passages(own)
    stems = {doc_id: _stems(_given(of_copy)) for doc_id, of_copy in rows.groupby("doc_id", sort=False)}
    outlets = story.documents.set_index("doc_id")["outlet"]
    listed = []
    for (doc_id, _), part in rows.groupby(["doc_id", "sentence_id"], sort=False):
        row = part.iloc[0]
        others = set().union(*(words for other, words in stems.items() if outlets[other] != outlets[doc_id]))
        marks = _new(row["text"], part, others) if row["text"] is not None else ()
        listed.append(Passage(story.short_labels[doc_id], _introduced(story, part), row["text"], marks))
    n = own["doc_id"].nunique()
    return Passages(listed, title=f"{who}, in {n} copies", collapsed=False)


def _given(rows: pd.DataFrame) -> str:
    """The words of the utterance in a copy."""
    return " ".join(
        row.text[row.mark_start : row.mark_end] for row in rows.itertuples() if row.text is not None
    )


def _stems(text: str) -> set[str]:
    return {stem(word) for word in plain_words(text) if not is_function_word(word)}


def _new(text: str, part: pd.DataFrame, others: set[str]) -> tuple[Mark, ...]:
    """Marks for the runs of words of `part` in `text` whose stems no other copy has."""
    marks: list[Mark] = []
    for row in part.itertuples():
        run: list[tuple[int, int]] = []
        for start, end in [*word_spans(text), (len(text), len(text))]:
            is_inside = row.mark_start <= start and end <= row.mark_end and start < end
            if is_inside and not _stems(text[start:end]) <= others:
                run.append((start, end))
            elif run:
                marks.append(Mark(run[0][0], run[-1][1], "differs"))
                run = []
    return tuple(marks)


def _introduced(story: Story, part: pd.DataFrame) -> str:
    """Where it stands, how much of it is quoted, by which word it is introduced and through whom it came."""
    row = part.iloc[0]
    at = (
        place()
        if row["part"] == "headline"
        else place(paragraph=int(row["paragraph"]), sentence=int(row["sentence"]))
    )
    n, quoted = int(part["n_words"].sum()), int(part["n_words_quoted"].sum())
    how = f"{quoted} of {n} words in quotation marks"
    cue = _joined(part["cue"])
    said = f"; {cue}" if cue else ""
    through = _joined(part["intermediary"].map(story.called).where(part["intermediary"] != "", ""))
    return f"{at}: {how}{said}{f', through {through}' if through else ''}"


def _joined(values: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(value for value in values if value))
