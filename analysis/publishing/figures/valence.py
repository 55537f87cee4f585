"""Valence sentence by sentence: bars in reading order, outside and inside quotation marks apart."""

from __future__ import annotations

import matplotlib.figure as mpl
import numpy as np
import pandas as pd

from analysis.comparison.findings import number
from analysis.publishing.csv_tables import in_csv
from analysis.publishing.displays import Figure, Stack
from analysis.publishing.figures.layout import WIDTH, source, without_figures
from analysis.publishing.svg import palette, style, themed_svg
from analysis.story import Story

VOICES = {"outside": "outside quotation marks", "quoted": "inside quotation marks"}


def valence_by_sentence(story: Story, outlet: str) -> Stack:
    """Each counted copy of `outlet`, a bar a sentence and voice; a dot is a sentence without any valence word."""
    return Stack([without_figures(story, doc_id) or _copy(story, doc_id) for doc_id in story.copies(outlet)])


def _copy(story: Story, doc_id: str) -> Figure:
    own = story.sentences[
        (story.sentences["doc_id"] == doc_id) & (story.sentences["part"] == "body")
    ].reset_index(drop=True)
    with style():
        fig = mpl.Figure(figsize=(WIDTH, 3.5), layout="constrained")
        axes = fig.subplots(2, 1, sharex=True, sharey=True)
        for axis, (voice, words) in zip(axes, VOICES.items(), strict=True):
            _panel(axis, own, voice)
            axis.set_title(words[0].upper() + words[1:], loc="left", fontsize=10.5, color=palette[voice])
        axes[-1].set_xlabel("sentence of the body, in reading order")
        axes[0].set_xlim(0.2, len(own) + 0.8)
        axes[0].set_ylim(-1.05, 1.05)
        axes[0].set_yticks([-1, 0, 1], ["−1", "0", "+1"])
        svg = themed_svg(fig)
    label = story.labels[doc_id]
    return Figure(
        svg,
        alt=f"{label}: " + " ".join(_in_words(own, voice, words) for voice, words in VOICES.items()),
        title=f"{label}: where do words of valence stand?",
        caption=(
            "Each bar is one sentence, up for words of positive and down for words of negative valence, names masked. A dot on the line is a sentence "
            "whose words carry no valence; a gap is a sentence with fewer than four words of that voice. Valence is a property of words: "
            "it does not say what the copy, or a speaker, feels toward anyone."
        ),
        source=source(story, copies=[doc_id]),
        numbers=in_csv(story, "sentences"),
    )


def _panel(axis, own: pd.DataFrame, voice: str) -> None:
    values = own[f"compound_{voice}"]
    has_words = own[f"n_sentiment_words_{voice}"] > 0
    x = np.arange(1, len(own) + 1)
    scored = values.notna() & (has_words | (values != 0))
    axis.bar(x[scored], values[scored], width=0.72, color=palette[voice])
    without = values.notna() & ~scored
    axis.plot(x[without], np.zeros(without.sum()), "o", ms=2.6, color=palette["faint"])
    axis.axhline(0, color=palette["faint"], lw=0.8)


def _in_words(own: pd.DataFrame, voice: str, words: str) -> str:
    values = own[f"compound_{voice}"].dropna()
    if values.empty:
        return f"No sentence has four words {words}."
    return (
        f"{words[0].upper() + words[1:]}, {len(values)} sentences scored: {int((values > 0).sum())} positive, {int((values < 0).sum())} negative, "
        f"{int((values == 0).sum())} zero; lowest {number(values.min(), 2)}, highest {number(values.max(), 2)}."
    )
