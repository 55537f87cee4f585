"""What was read: what the files are made of, and how long the sentences are."""

from __future__ import annotations

import matplotlib.figure as mpl
import numpy as np
import pandas as pd

from analysis.comparison.findings import number, of_outlets
from analysis.publishing.aggregates.counts import summed
from analysis.publishing.csv_tables import in_csv
from analysis.publishing.displays import Figure, Note
from analysis.publishing.figures.layout import ROW, WIDTH, mark_outlet, panels, rows_of, source
from analysis.publishing.hues import hue
from analysis.publishing.svg import palette, style, themed_svg
from analysis.story import Story

GROUPS = {
    "story text": ("body",),
    "headline, deck, subheads": ("headline", "deck", "subhead"),
    "byline, dateline, credits, notes": ("byline", "dateline", "credit", "update_note"),
    "captions": ("caption",),
    "links and page furniture": ("related", "boilerplate"),
}
COLOURS = ("blue", "sky", "orange", "purple", "others")


def composition(story: Story) -> Figure:
    """Each file (of many copies, each outlet's files together) as a bar of characters: story text, and what else stood on the page."""
    names = story.outlets if story.is_many else story.labels
    table = _characters(story)
    shares = (100 * table.div(table.sum(axis=1), axis=0)).fillna(0.0)
    with style():
        fig = mpl.Figure(figsize=(WIDTH, ROW * len(table) + 1.1), layout="constrained")
        axis = fig.subplots()
        left = np.zeros(len(table))
        y = -np.arange(len(table))
        for name, colour in zip(GROUPS, COLOURS, strict=True):
            axis.barh(
                y,
                shares[name],
                left=left,
                height=0.62,
                color=palette[colour],
                edgecolor=palette["paper"],
                linewidth=0.8,
                label=name,
            )
            left += shares[name].to_numpy()
        for place, doc_id in zip(y, table.index, strict=True):
            axis.text(
                101,
                place,
                f"{shares.loc[doc_id, 'story text']:.0f} % story text",
                va="center",
                size=9,
                color=palette["muted"],
            )
        axis.set_yticks(y, [names[one] for one in table.index])
        axis.set_xlim(0, 118)
        axis.set_xticks([0, 25, 50, 75, 100])
        axis.set_xlabel("% of the characters of the file")
        axis.spines["left"].set_visible(False)
        fig.legend(
            *axis.get_legend_handles_labels(),
            loc="outside upper left",
            ncols=5,
            handlelength=0.9,
            columnspacing=1.2,
            fontsize=9,
        )
        svg = themed_svg(fig)
    title = f"What are the files{' of each outlet' if story.is_many else ''} made of?"
    return Figure(
        svg,
        alt=f"{title} "
        + "; ".join(f"{names[one]}: {shares.loc[one, 'story text']:.0f} % story text" for one in table.index)
        + ".",
        title=title,
        caption="Only the story text is measured. Everything else on the page is listed below with the rule that set it aside.",
        source=f"Source: {story.about.title}; {number(len(story.documents), 0)} files, {number(table.to_numpy().sum(), 0)} characters.",
        numbers=in_csv(story, "lines"),
    )


def _characters(story: Story) -> pd.DataFrame:
    """Characters of each group of lines: a row a document, or of many copies an outlet."""
    group = {role: name for name, roles in GROUPS.items() for role in roles}
    outlet = story.documents.set_index("doc_id")["outlet"]

    def counted(part: Story) -> pd.DataFrame:
        lines = part.rows("lines", columns=["doc_id", "start", "end", "role"])
        of = lines["doc_id"].map(outlet) if story.is_many else lines["doc_id"]
        rows = pd.DataFrame({"of": of, "group": lines["role"].map(group), "n": lines["end"] - lines["start"]})
        return rows.groupby(["of", "group"], sort=False)["n"].sum().reset_index()

    table = summed(story, counted, ["of", "group"]).pivot(index="of", columns="group", values="n")
    rows = list(story.outlets) if story.is_many else story.documents["doc_id"]
    return table.reindex(index=rows, columns=list(GROUPS)).fillna(0).astype("int64")


def sentence_lengths(story: Story, outlet: str) -> Figure | Note:
    """A mark a sentence by its number of words, a row a copy, those of `outlet` standing out; a stroke at the mean.

    Where findings speak of outlets, the copies of `outlet` alone.
    """
    if not story.copies():
        return Note("No copy of this story is counted.", "reason")
    own_alone = of_outlets(story.differences)  # of many copies, those of one outlet are enough for a picture
    rows = rows_of(story, outlet=outlet if own_alone else None)
    body = story.sentences[story.sentences["part"] == "body"]
    with style():
        fig, (axis,) = panels(1, rows)
        means = {}
        for row in rows[rows["doc_id"] != ""].itertuples():
            words = body.loc[body["doc_id"] == row.doc_id, "n_words"].to_numpy()
            if not len(words):
                continue
            means[row.doc_id] = words.mean()
            colour, _ = hue(story.about, row.outlet)
            strength = 0.85 if row.outlet == outlet else 0.4
            spread = (
                np.arange(len(words)) * 0.6180339887 % 1 - 0.5
            ) * 0.5  # apart, and the same in every run
            x = np.column_stack([words, words, np.full(len(words), np.nan)]).ravel()
            y = np.column_stack(
                [row.y + spread - 0.07, row.y + spread + 0.07, np.full(len(words), np.nan)]
            ).ravel()
            axis.plot(x, y, color=colour, lw=2.2, alpha=strength, solid_capstyle="round")  # one path a copy
            axis.vlines(words.mean(), row.y - 0.36, row.y + 0.36, color=palette["ink"], lw=1.6)
        mark_outlet(axis, rows, outlet)
        axis.set_xlim(left=0)
        axis.set_xlabel("words in the sentence")
        axis.grid(axis="x")
        axis.spines["left"].set_visible(False)
        svg = themed_svg(fig)
    title = "How long are the sentences?"
    return Figure(
        svg,
        alt=f"{title} "
        + "; ".join(f"{story.labels[doc_id]}: mean {number(mean, 1)} words" for doc_id, mean in means.items())
        + ".",
        title=title,
        caption="Each small mark is a sentence of the body, the upright stroke the mean of the copy. A few very long sentences move a mean far: look for single marks on the right.",
        source=source(story, copies=story.copies(outlet) if own_alone else None),
        numbers=in_csv(story, "sentences"),
    )
