"""Word shift: bars of the words that make the valence of one copy higher or lower than that of another."""

from __future__ import annotations

import matplotlib.figure as mpl
import pandas as pd

from analysis.comparison.findings import number
from analysis.comparison.word_shift import word_shift
from analysis.publishing.csv_tables import in_csv
from analysis.publishing.displays import Display, Figure, Note, Stack, Table
from analysis.publishing.figures.indicators import body_of
from analysis.publishing.figures.layout import WIDTH, source
from analysis.publishing.passages import passages
from analysis.publishing.svg import palette, style, themed_svg
from analysis.story import Story

MOST, MOST_PANELS = 12, 4  # words a panel, other copies beside each other
MOST_COPIES = 12  # of one outlet that a report has room for
LEAST_HITS = 10  # of either copy, below which nothing is shown


def word_shifts(story: Story, outlet: str, *, voice: str = "outside") -> Display:
    """For each copy of `outlet` that is compared, the words that part it from each other copy of its episode, with their passages."""
    pairs = story.pairs
    hits = body_of(story, story.sentiment_hits)
    shown: list[Display] = []
    copies = story.copies(outlet)
    for doc_id in copies[:MOST_COPIES]:
        against = [
            pair.doc_id_b if pair.doc_id_a == doc_id else pair.doc_id_a
            for pair in pairs.itertuples()
            if doc_id in (pair.doc_id_a, pair.doc_id_b)
        ]
        if against:
            shown += _copy(story, doc_id, against, hits, voice)
    if shown and len(copies) > MOST_COPIES:
        n = len(copies) - MOST_COPIES
        shown.append(
            Note(
                f"{n} more copies are left aside: analysis.comparison.word_shift compares any two.", "reason"
            )
        )
    return Stack(shown) if shown else Note("There is no copy to compare with.", "reason")


def _copy(story: Story, doc_id: str, against: list[str], hits: pd.DataFrame, voice: str) -> list[Display]:
    n = hits[(hits["voice"] == voice) & ~hits["is_masked"]].groupby("doc_id").size()
    few = [one for one in (doc_id, *against) if n.get(one, 0) < LEAST_HITS]
    if doc_id in few:
        return [
            Note(
                f"{story.labels[doc_id]}: {n.get(doc_id, 0)} words of valence, {LEAST_HITS} needed.", "reason"
            )
        ]
    shifts = {other: word_shift(hits, doc_id, other, voice=voice) for other in against if other not in few}
    shifts = {
        other: table for other, table in shifts.items() if len(table)
    }  # none where the words are the same
    if not shifts:
        return []
    left_aside = list(shifts)[MOST_PANELS:]
    shifts = dict(list(shifts.items())[:MOST_PANELS])
    words = {word for table in shifts.values() for word in table["word"].head(MOST)}
    own = hits[
        hits["doc_id"].isin([doc_id, *shifts])
        & hits["word"].isin(words)
        & (hits["voice"] == voice)
        & ~hits["is_masked"]
    ]
    notes = {
        place: ", ".join(dict.fromkeys(rows["word"]))
        for place, rows in own.groupby(["doc_id", "sentence_id"], sort=False)
    }
    label = story.labels[doc_id]
    left_out = [
        Note(f"Left out: {story.labels[one]}, {n.get(one, 0)} words of valence.", "reason") for one in few
    ]
    if left_aside:
        left_out.append(
            Note(
                f"{len(left_aside)} more copies are left aside: analysis.comparison.word_shift compares any two.",
                "reason",
            )
        )
    return [
        _figure(story, doc_id, shifts),
        *left_out,
        _table(story, doc_id, shifts),
        passages(story, own, title=f"The words of these bars in their sentences: {label}", notes=notes),
    ]


def _figure(story: Story, doc_id: str, shifts: dict[str, pd.DataFrame]) -> Figure:
    widest = max(float(table["shift"].abs().max()) for table in shifts.values())
    with style():
        fig = mpl.Figure(figsize=(WIDTH, 0.27 * MOST + 0.95), layout="constrained")
        for axis, (other, table) in zip(
            fig.subplots(1, len(shifts), squeeze=False)[0], shifts.items(), strict=True
        ):
            top = table.head(MOST)
            for y, row in enumerate(top.itertuples()):
                colour = palette["outside" if row.kind in ("+a", "-a") else "quoted"]
                axis.barh(y, row.shift, height=0.66, color=colour)
                side = "left" if row.shift > 0 else "right"
                sign = {"a": "▲", "b": "▼"}[row.kind[1]]
                axis.annotate(
                    f"{row.word} {sign}{row.kind[0].replace('-', '−')}",
                    (row.shift, y),
                    xytext=(3 if row.shift > 0 else -3, 0),
                    textcoords="offset points",
                    ha=side,
                    va="center",
                    size=8.5,
                    color=palette["ink"],
                )
            axis.axvline(0, color=palette["faint"], lw=0.8)
            axis.set_xlim(-1.9 * widest, 1.9 * widest)
            axis.set_ylim(MOST - 0.4, -0.6)
            axis.set_yticks([])
            axis.set_title(f"than {story.short_labels[other]}", loc="left", fontsize=10)
            axis.set_xlabel(f"all words: {number(float(table['shift'].sum()), 2)}")
            axis.spines["left"].set_visible(False)
        svg = themed_svg(fig)
    label = story.labels[doc_id]
    told = (
        f"Than {story.labels[other]}: {number(float(table['shift'].sum()), 2)}; most by "
        + ", ".join(f"{row.word} ({number(row.shift, 2)})" for row in table.head(5).itertuples())
        for other, table in shifts.items()
    )
    return Figure(
        svg,
        alt=f"{label}: words that make its valence higher or lower. {'. '.join(told)}.",
        title=f"{label}: which words make its valence higher or lower?",
        caption=(
            "A bar to the right is a word that makes the mean valence of this copy's valence words, outside quotation marks, higher than the other's, to the left lower. ▲ this copy "
            "has relatively more of the word, ▼ less; + a word above the other copy's mean, − below it. The bars of all words add up to the difference printed below. It describes "
            "these two copies, word by word and without context: “no” before a word is not seen, and nothing is tested."
        ),
        source=source(story, copies=[doc_id, *shifts]),
        numbers=in_csv(story, "sentiment_hits"),
    )


def _table(story: Story, doc_id: str, shifts: dict[str, pd.DataFrame]) -> Table:
    rows = [
        {
            "word": row.word,
            "than": story.labels[other],
            "valence in the lexicon": row.valence,
            "hits here": row.n_a,
            "hits there": row.n_b,
            "shift": row.shift,
        }
        for other, table in shifts.items()
        for row in table.head(MOST).itertuples()
    ]
    return Table(
        pd.DataFrame(rows),
        f"The words of these bars, in numbers: {story.labels[doc_id]}",
        note="The sentences in which they stand are listed below.",
        formats={"valence in the lexicon": "+.1f", "shift": "+.3f"},
        collapsed=True,
    )
