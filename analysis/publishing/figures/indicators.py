"""Indicator words: a heat map of copies by frames, and where the words stand along each article."""

from __future__ import annotations

from textwrap import fill

import matplotlib.figure as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.comparison.findings import number, of_outlets
from analysis.publishing.aggregates.counts import in_body, summed
from analysis.publishing.csv_tables import in_csv
from analysis.publishing.displays import Figure, Prose, Stack, Table
from analysis.publishing.figures.layout import (
    ROW,
    WIDTH,
    characters,
    mark_outlet,
    panels,
    rows_of,
    source,
    without_figures,
)
from analysis.publishing.figures.outlets import TALL, outlet_estimates, rows_of_outlets
from analysis.publishing.svg import HEAT, palette, style, themed_svg
from analysis.story import Story

KINDS = {"themes": "Themes of this story", "generic_frames": "Generic news frames"}
LEAST = 5.0  # hits per 1,000 words that the strongest colour stands for at least
WORDS = {"all": "in each copy", "outside": "outside quotation marks", "quoted": "inside quotation marks"}


def indicator_heatmap(
    story: Story, dictionary: str, *, outlet: str | None = None, voice: str = "all"
) -> Figure | Prose | Stack:
    """Rates per 1,000 words of `voice`, with counts, of each frame of `dictionary` in each counted copy (body text).

    Where findings speak of outlets it is each outlet, with the interval of its mean over episodes, and its copies in a folded table.
    """
    if story.stories and dictionary == "themes":
        return Prose(["Themes are those of one story: the comparison of each story has them."])
    if not (frames := story.frames.get(dictionary)):
        return Prose([f"{KINDS.get(dictionary, dictionary)}: this story has none."])
    if not story.copies():
        return Prose(["No copy of this story is counted."])
    kind = "theme" if dictionary == "themes" else "indicator"
    names = [f"{kind}_{frame}" for frame in frames]
    title = f"{KINDS.get(dictionary, dictionary)}: how many indicator words per 1,000 words {WORDS[voice]}?"
    if story.is_many:
        hits = _counts_of_outlets(story, dictionary, voice)
        return _of_outlets(story, names, hits, list(frames.values()), title, outlet, voice)
    own = story.estimates[(story.estimates["voice"] == voice) & story.estimates["measure"].isin(names)]
    rates = own.pivot(index="doc_id", columns="measure", values="value")
    rates = rates.reindex(index=story.copies(), columns=names)
    counts = _counts(story, dictionary, voice).reindex(
        index=story.copies(), columns=list(frames), fill_value=0
    )
    if not of_outlets(story.differences):
        rows = rows_of(story)
        return _heatmap(story, rates, counts, rows, list(frames.values()), title, outlet)
    of_outlet = dict(zip(own["doc_id"], own["group"], strict=True))
    copies = _table_of_copies(story, rates, counts, list(frames.values()), outlet)
    hits = counts.groupby(of_outlet).sum()
    return Stack([_of_outlets(story, names, hits, list(frames.values()), title, outlet, voice), copies])


def _of_outlets(
    story: Story,
    names: list[str],
    hits: pd.DataFrame,
    labels: list[str],
    title: str,
    outlet: str | None,
    voice: str,
) -> Figure:
    """The heat map of outlets over episodes: their means with intervals, and their `hits`."""
    measures = [one for one in story.catalogue if one.name in names and one.voice == voice]
    pooled = {one.name: outlet_estimates(story, one) for one in measures}
    means = pd.DataFrame({name: table["value"] for name, table in pooled.items()})[names]
    ends = pd.DataFrame(
        {name: [_ends(row) for row in table.itertuples()] for name, table in pooled.items()},
        index=means.index,
    )
    hits = hits.reindex(index=means.index, fill_value=0)
    title = title.replace("in each copy", "of each outlet")
    return _heatmap(story, means, hits, rows_of_outlets(story), labels, title, outlet, ends)


def _counts_of_outlets(story: Story, dictionary: str, voice: str) -> pd.DataFrame:
    """Hits in the bodies of an outlet's counted copies, a column a frame."""

    def counted(part: Story) -> pd.DataFrame:
        where = [("dictionary", "==", dictionary), *([] if voice == "all" else [("voice", "==", voice)])]
        hits = in_body(part, part.rows("frame_hits", where=where))
        return hits.groupby(["outlet_id", "frame"], sort=False).size().rename("n").reset_index()

    found = summed(story, counted, ["outlet_id", "frame"])
    table = found.pivot_table(index="outlet_id", columns="frame", values="n", aggfunc="sum", fill_value=0)
    return table.reindex(columns=list(story.frames[dictionary]), fill_value=0)


def own_indicators(story: Story, *, outlet: str | None = None, voice: str = "all") -> Stack | None:
    """The heat map of every dictionary that is neither bundled nor of story.yml; None where there is none."""
    own = [id for id in story.frames if id not in KINDS]
    shown = [indicator_heatmap(story, id, outlet=outlet, voice=voice) for id in own]
    return Stack(shown) if shown else None


def _ends(row) -> str:
    return f"{number(row.low, 1)} to {number(row.high, 1)}" if np.isfinite(row.low) else ""


def _heatmap(
    story: Story,
    rates: pd.DataFrame,
    counts: pd.DataFrame,
    rows: pd.DataFrame,
    labels: list[str],
    title: str,
    outlet: str | None,
    ends: pd.DataFrame | None = None,
) -> Figure:
    """The heat map of `rates` and `counts`, their index naming the rows; `ends` are the printed intervals of outlets."""
    highest = np.fmax(rates.max().to_numpy(), LEAST)  # a column by itself: lists are not to be compared
    with style():
        fig, (axis,) = panels(1, rows, row=ROW if ends is None else TALL)
        cells = [
            (_step(rates.loc[row.doc_id].iloc[x], highest[x]), x, row.y, row.doc_id)
            for row in rows[rows["doc_id"] != ""].itertuples()
            for x in range(len(labels))
        ]
        for step, x, y, doc_id in sorted(cells):  # what has one colour is drawn together
            rate, n = rates.loc[doc_id].iloc[x], counts.loc[doc_id].iloc[x]
            _cell(axis, x, y, step, _shown(rate, n), "" if ends is None else ends.loc[doc_id].iloc[x])
        axis.set_xlim(0, len(labels))
        axis.set_xticks(
            np.arange(len(labels)) + 0.5,
            [fill(one, characters(axis, len(labels)), break_long_words=False) for one in labels],
            color=palette["ink"],
        )
        axis.xaxis.tick_top()
        mark_outlet(axis, rows, outlet)
        for spine in axis.spines.values():
            spine.set_visible(False)
        svg = themed_svg(fig)
    ranges = (_range_in_words(rates.iloc[:, x], label) for x, label in enumerate(labels))
    what = (
        "the rate per 1,000 words of body text in each copy, in brackets the number of hits."
        if ends is None
        else "the rate per 1,000 words of body text, mean over the episodes of each outlet, in brackets the number of hits; below, its 95 % interval, had other episodes been covered. A dash: fewer than ten episodes."
    )
    return Figure(
        svg,
        alt=f"{title} {' '.join(ranges)}",
        title=title,
        caption=(
            f"Read down a column: {what} The stronger "
            f"the colour, the higher the rate within its column (the strongest: {LEAST:.0f} or more). Columns are not to be compared with each other: a longer list of "
            "words finds more. An indicator word is a word of a list, not a frame; the framing reports list the words and where they stand."
        ),
        source=source(story, is_of_outlets=ends is not None),
        numbers=in_csv(story, "estimates", "frame_hits"),
    )


def _table_of_copies(
    story: Story, rates: pd.DataFrame, counts: pd.DataFrame, labels: list[str], outlet: str | None
) -> Table:
    """The cells of the heat map copy by copy, of `outlet` alone where it is named."""
    rows = [
        {"copy": story.labels[doc_id]}
        | {
            label: _shown(rates.loc[doc_id].iloc[x], counts.loc[doc_id].iloc[x])
            for x, label in enumerate(labels)
        }
        for doc_id in story.copies(outlet)
    ]
    return Table(
        pd.DataFrame(rows),
        "Copy by copy: rate per 1,000 words, in brackets the number of hits",
        align=dict.fromkeys(labels, "right"),
        collapsed=True,
    )


def _step(rate: float, highest: float) -> int:
    """Which of the colours stands for a rate: the first for none, the last for the highest."""
    return 0 if not np.isfinite(rate) or rate == 0 else 1 + min(5, int(5.999 * rate / highest))


def _cell(axis: Axes, x: int, y: float, step: int, shown: str, ends: str) -> None:
    axis.add_patch(Rectangle((x + 0.02, y - 0.46), 0.96, 0.92, color=HEAT[step], lw=0))
    colour = palette["on_heat"] if step >= 4 else palette["ink"]
    up = 0.17 if ends else 0
    axis.text(x + 0.5, y + up, shown, ha="center", va="center", size=9, color=colour)
    if ends:
        axis.text(x + 0.5, y - 0.2, ends, ha="center", va="center", size=8, color=colour)


def _shown(rate: float, n: int) -> str:
    return f"{number(rate, 1)}  ({n})" if np.isfinite(rate) else f"—  ({n})" if n else "—"


def _range_in_words(rates: pd.Series, name: str) -> str:
    known = rates.dropna()
    if known.empty:
        return f"{name}: not given."
    return f"{name}: {number(known.min(), 1)} to {number(known.max(), 1)}."


def _counts(story: Story, dictionary: str, voice: str) -> pd.DataFrame:
    hits = body_hits(story)
    hits = hits[(hits["dictionary"] == dictionary) & ((hits["voice"] == voice) | (voice == "all"))]
    return pd.crosstab(hits["doc_id"], hits["frame"])


def body_hits(story: Story) -> pd.DataFrame:
    """The hits that rates count: those in the body, a republisher's text aside."""
    return body_of(story, story.frame_hits)


def body_of(story: Story, hits: pd.DataFrame) -> pd.DataFrame:
    """Those rows of a table of hits that stand in the body, a republisher's text aside."""
    parts = story.sentences[["doc_id", "sentence_id", "part", "written_by"]]
    rows = hits.merge(parts, on=["doc_id", "sentence_id"], how="left")
    return rows[(rows["part"] == "body") & (rows["written_by"] != "via")].drop(columns=["part", "written_by"])


def indicator_marks(story: Story, outlet: str, dictionary: str) -> Stack:
    """Where the indicator words of `dictionary` stand along each copy of `outlet`, a row a frame, a stroke a hit."""
    copies = story.copies(outlet) if story.frames.get(dictionary) else []
    return Stack([without_figures(story, doc_id) or _copy(story, doc_id, dictionary) for doc_id in copies])


def _copy(story: Story, doc_id: str, dictionary: str) -> Figure:
    frames = story.frames[dictionary]
    own = story.sentences[story.sentences["doc_id"] == doc_id]
    body = own[own["part"] == "body"]
    first, last = int(body["start"].min()), int(body["end"].max())
    hits = body_hits(story)
    hits = hits[(hits["doc_id"] == doc_id) & (hits["dictionary"] == dictionary)]
    place = 100 * (hits["start"] - first) / max(1, last - first)
    with style():
        fig = mpl.Figure(figsize=(WIDTH, 0.34 * len(frames) + 0.9), layout="constrained")
        axis = fig.subplots()
        for y, frame in enumerate(frames):
            axis.hlines(y, -1, 100.5, color=palette["grid"], lw=0.8, zorder=0)
            for voice in ("outside", "quoted"):
                x = place[(hits["frame"] == frame) & (hits["voice"] == voice)]
                axis.vlines(x, y - 0.32, y + 0.32, color=palette[voice], lw=2.0)
            axis.text(
                101.5,
                y,
                str(int((hits["frame"] == frame).sum())),
                va="center",
                size=9,
                color=palette["muted"],
            )
        axis.set_yticks(range(len(frames)), list(frames.values()))
        axis.set_ylim(len(frames) - 0.4, -0.6)
        axis.set_xlim(-1, 104)
        axis.set_xticks([0, 25, 50, 75, 100], ["first word", "25 %", "half-way", "75 %", "last word"])
        axis.text(101.5, -0.75, "hits", size=8.5, color=palette["muted"])
        axis.spines["left"].set_visible(False)
        for x, voice, words in (
            (0, "outside", "outside quotation marks"),
            (24, "quoted", "inside quotation marks"),
        ):
            axis.text(x, -0.78, f"▍{words}", size=8.5, color=palette[voice])
        svg = themed_svg(fig)
    label = story.labels[doc_id]
    title = f"{label}: where do the words of {KINDS.get(dictionary, dictionary).lower()} stand?"
    return Figure(
        svg,
        alt=f"{title} "
        + "; ".join(f"{name}: {int((hits['frame'] == frame).sum())} hits" for frame, name in frames.items())
        + ".",
        title=title,
        caption="The article runs from left to right; each stroke is one indicator word. What stands further left stands earlier in the copy; the headline is counted apart.",
        source=source(story, copies=[doc_id]),
        numbers=in_csv(story, "frame_hits"),
    )
