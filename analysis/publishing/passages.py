"""The passages behind the numbers: hits with their sentences, or their places where the texts are not here."""

from __future__ import annotations

import pandas as pd

from analysis.publishing.displays import Mark, Passage, Passages, place
from analysis.story import Story

MOST = 30  # passages a list prints; the CSV holds all


def passages(
    story: Story,
    hits: pd.DataFrame,
    *,
    title: str,
    kind: str | None = None,
    collapsed: bool = True,
    most: int = MOST,
) -> Passages:
    """List the sentences in which `hits` stand, marked; `kind` names the column whose value a mark carries.

    Hits of one sentence are shown together, in reading order of the manifest's documents.
    """
    order = {doc_id: number for number, doc_id in enumerate(story.documents["doc_id"])}
    rows = story.passages(hits)
    rows = rows.sort_values(
        ["doc_id", "sentence_id"],
        key=lambda column: column.map(order) if column.name == "doc_id" else column,
        kind="stable",
    )
    listed = [_passage(story, own, kind) for _, own in rows.groupby(["doc_id", "sentence_id"], sort=False)]
    note = (
        f"The first {most} of {len(listed)} sentences; the table in `tables/` lists them all."
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


def _passage(story: Story, own: pd.DataFrame, kind: str | None) -> Passage:
    first = own.iloc[0]
    marks = tuple(
        Mark(int(row.mark_start), int(row.mark_end), str(getattr(row, kind)) if kind else row.voice)
        for row in own.itertuples()
    )
    words = "" if first["text"] is not None else f": {len(own)} {'hit' if len(own) == 1 else 'hits'}"
    labels = {frame: label for frames in story.frames.values() for frame, label in frames.items()}
    found = [labels[frame] for frame in dict.fromkeys(own["frame"])] if "frame" in own else []
    place_and_lists = _place(first) + (f" ({', '.join(found)})" if found else "") + words
    return Passage(story.labels[first["doc_id"]], place_and_lists, first["text"], marks)


def _place(row) -> str:
    return (
        place()
        if row["part"] == "headline"
        else place(paragraph=int(row["paragraph"]), sentence=int(row["sentence"]))
    )
