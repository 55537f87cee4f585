"""The passages behind the numbers: hits with their sentences, or their places where the texts are not here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from analysis.measures.sources import turns
from analysis.publishing.absences import NOT_TAKEN
from analysis.publishing.displays import Mark, Note, Passage, Passages, place
from analysis.story import Story
from analysis.tables import CUE_CLASSES

MOST = 30  # passages a list prints; the CSV holds all


def passages(
    story: Story,
    hits: pd.DataFrame,
    *,
    title: str,
    kind: str | None = None,
    notes: Mapping[tuple[str, int], str] | None = None,
    collapsed: bool = True,
    most: int = MOST,
) -> Passages:
    """List the sentences in which `hits` stand, marked; `kind` names the column whose value a mark carries.

    Hits of one sentence are shown together, in reading order of the manifest's documents. `notes` are words to put beside
    the place of a sentence, by doc_id and sentence_id, in place of a count of hits.
    """
    order = {doc_id: number for number, doc_id in enumerate(story.documents["doc_id"])}
    rows = story.passages(hits)
    rows = rows.sort_values(
        ["doc_id", "sentence_id"],
        key=lambda column: column.map(order) if column.name == "doc_id" else column,
        kind="stable",
    )
    listed = [
        _passage(story, own, kind, None if notes is None else notes.get(place, ""))
        for place, own in rows.groupby(["doc_id", "sentence_id"], sort=False)
    ]
    note = (
        f"The first {most} of {len(listed)} sentences; the tables in {'measures' if story.excerpt_of else 'tables'}/ list them all."
        if len(listed) > most
        else ""
    )
    if not story.has_text:
        note = (note + " The texts are not here: places are shown instead.").strip()
    return Passages(
        listed[:most],
        title=f"{title} ({len(hits)} in {len(listed)} sentences)",
        note=note,
        collapsed=collapsed,
    )


def attributions(story: Story, outlet: str, *, most: int | None = None) -> Passages | Note:
    """What somebody is reported to have said in the counted copies of `outlet`: the sentences, with source, cue and content marked.

    The place names speaker, kind of source and intermediary. Content in later sentences of the same utterance stands in these.
    """
    if not story.has_sources:
        return Note(NOT_TAKEN, "reason")
    found = turns(story.quotations, story.quotation_parts, story.sentences)
    found = found[found["doc_id"].isin(story.copies(outlet))]
    parts = story.quotation_parts.merge(found[["doc_id", "quotation_id"]], on=["doc_id", "quotation_id"])
    spans = [parts[["doc_id", "sentence_id", "start", "end"]].assign(kind="content")]
    for what in ("source", "cue"):
        own = found[found[f"{what}_start"].notna()]
        spans.append(
            pd.DataFrame(
                {
                    "doc_id": own["doc_id"],
                    "start": own[f"{what}_start"].astype("int64"),
                    "end": own[f"{what}_end"].astype("int64"),
                    "kind": what,
                }
            )
        )
    for number, own in enumerate(spans[1:], start=1):
        spans[number] = _in_sentences(story, own)
    marks = pd.concat(spans, ignore_index=True).drop_duplicates()
    beginning = found.groupby(["doc_id", "sentence_id"], sort=False)
    said = {place: "; ".join(_said(story, row) for row in own.itertuples()) for place, own in beginning}
    most = MOST * len(story.copies(outlet)) if most is None else most
    listed = passages(story, marks, title="What is reported as said", kind="kind", notes=said, most=most)
    n = len(found)
    title = f"What is reported as said ({n} {'attribution' if n == 1 else 'attributions'})"
    note = (
        "Marked are the source, the word that reports and what is said; each mark has its own line below the words."
        if story.has_text
        else ""
    )
    return replace(listed, title=title, note=f"{note} {listed.note}".strip())


def cues(story: Story, outlet: str) -> Passages | Note:
    """The sentences of the counted copies of `outlet` whose cue is of a class that may take a side: all but neutral ones."""
    if not story.has_sources:
        return Note(NOT_TAKEN, "reason")
    found = turns(story.quotations, story.quotation_parts, story.sentences)
    found = found[
        found["doc_id"].isin(story.copies(outlet)) & ~found["cue_class"].isin(("", "neutral", "unlisted"))
    ]
    spans = pd.DataFrame(
        {
            "doc_id": found["doc_id"],
            "start": found["cue_start"].astype("int64"),
            "end": found["cue_end"].astype("int64"),
            "cue": found["cue"],
            "cue_class": found["cue_class"],
            "voice": "cue",
        }
    )
    placed = _in_sentences(story, spans)
    notes = {
        place: "; ".join(f"{row.cue} ({CUE_CLASSES[row.cue_class].lower()})" for row in own.itertuples())
        for place, own in placed.groupby(["doc_id", "sentence_id"])
    }
    return passages(story, placed, title="Reporting words that are not neutral", notes=notes)


def _in_sentences(story: Story, spans: pd.DataFrame) -> pd.DataFrame:
    """Spans with the sentence each begins in; those in none are left out."""
    found = []
    for doc_id, own in spans.groupby("doc_id", sort=False):
        sentences = story.sentences[story.sentences["doc_id"] == doc_id].sort_values("start")
        at = sentences["start"].searchsorted(own["start"], side="right") - 1
        rows = sentences.iloc[at]
        found.append(
            own.assign(sentence_id=rows["sentence_id"].to_numpy())[
                own["start"].to_numpy() < rows["end"].to_numpy()
            ]
        )
    return pd.concat(found) if found else spans.assign(sentence_id=pd.Series(dtype="int64"))


def _said(story: Story, row) -> str:
    """Who says it, how and through whom, in a few words."""
    who = story.called(row.source)
    through = f", through {story.called(row.intermediary)}" if row.intermediary else ""
    category = row.source_category or row.source_type
    return f"{who}{f' ({category})' if category else ''}{through}: {row.kind}"


def longest_sentences(story: Story, outlet: str, *, n: int = 5) -> Passages:
    """The `n` longest sentences of each counted copy of `outlet`, with their words."""
    copies = story.documents.loc[
        story.documents["is_counted"] & (story.documents["outlet"] == outlet), "doc_id"
    ]
    body = story.sentences[(story.sentences["part"] == "body") & story.sentences["doc_id"].isin(copies)]
    longest = (
        body.sort_values("n_words", ascending=False, kind="stable").groupby("doc_id", sort=False).head(n)
    )
    order = {doc_id: number for number, doc_id in enumerate(copies)}
    rows = story.passages(longest[["doc_id", "sentence_id", "n_words"]]).sort_values(
        ["doc_id", "n_words"],
        key=lambda column: column.map(order) if column.name == "doc_id" else -column,
        kind="stable",
    )
    listed = [
        Passage(story.labels[row["doc_id"]], f"{_place(row)}: {row['n_words']} words", row["text"])
        for _, row in rows.iterrows()
    ]
    return Passages(listed, title="The longest sentences", collapsed=False)


def _passage(story: Story, own: pd.DataFrame, kind: str | None, beside: str | None) -> Passage:
    first = own.iloc[0]
    marks = tuple(
        Mark(int(row.mark_start), int(row.mark_end), str(getattr(row, kind)) if kind else row.voice)
        for row in own.itertuples()
    )
    words = "" if first["text"] is not None else f": {len(own)} {'hit' if len(own) == 1 else 'hits'}"
    if beside is not None:
        words = f": {beside}" if beside else ""
    labels = {frame: label for frames in story.frames.values() for frame, label in frames.items()}
    found = [labels[frame] for frame in dict.fromkeys(own["frame"])] if "frame" in own else []
    found += list(dict.fromkeys(own["surface"])) if "thing" in own and first["text"] is None else []
    place_and_lists = _place(first) + (f" ({', '.join(found)})" if found else "") + words
    return Passage(story.labels[first["doc_id"]], place_and_lists, first["text"], marks)


def _place(row) -> str:
    return (
        place()
        if row["part"] == "headline"
        else place(paragraph=int(row["paragraph"]), sentence=int(row["sentence"]))
    )
