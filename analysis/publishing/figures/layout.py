"""Layout: rows of copies in manifest order, panels beside each other, the line that names source, n and scope."""

from __future__ import annotations

from textwrap import fill

import matplotlib.figure as mpl
import pandas as pd
from matplotlib.axes import Axes

from analysis.comparison.findings import number
from analysis.measures.catalogue import Measure
from analysis.publishing.displays import Note
from analysis.publishing.svg import palette
from analysis.story import Story

ROW = 0.36  # inches a row
WIDTH = 9.6
MINUS = "−"  # between the two of a pair
LABEL = 50  # characters of a label's line: longer ones are broken, or panels would have no room
LINE = 0.18  # inches a line of a label
LETTER, TITLE_LETTER = 0.078, 0.1  # inches that a character takes, in a label and in a title


def rows_of(story: Story, *, outlet: str | None = None) -> pd.DataFrame:
    """Rows of a figure, a copy each, in manifest order: doc_id, outlet, label, y; a heading row ("" as doc_id) an episode.

    Of one outlet the rows have no headings: the labels name the episode.
    """
    documents = story.documents[story.documents["is_counted"]]
    if outlet is not None:
        documents = documents[documents["outlet"] == outlet]
    several = outlet is None and documents["episode"].nunique() > 1
    names = story.short_labels if several else story.labels
    rows, y = [], 0
    for episode, part in documents.groupby("episode", sort=False):
        name = story.episodes.get(episode, episode)
        if several:
            rows.append(("", "", name, y))
            y -= 1
        for document in part.itertuples():
            label = names[document.doc_id]
            rows.append(
                (document.doc_id, document.outlet, f"{label}  ·  {number(document.n_words, 0)} words", y)
            )
            y -= 1
    return pd.DataFrame(rows, columns=["doc_id", "outlet", "label", "y"])


def panels(
    n: int, rows: pd.DataFrame, *, row: float = ROW, across: int | None = None
) -> tuple[mpl.Figure, list[Axes]]:
    """A figure of `n` panels that share the labelled `rows` (label, y, doc_id "" for a heading), `across` side by side, else all.

    Each row is `row` inches high, or what the lines of the longest label need.
    """
    across = min(across or n, n)
    tiers = -(-n // across)
    labels = [_broken(label) for label in rows["label"]]
    row = max(row, LINE * (1 + max(label.count("\n") for label in labels)) + 0.08)
    fig = mpl.Figure(figsize=(WIDTH, tiers * (row * max(len(rows), 2) + 0.9)), layout="constrained")
    grid = fig.subplots(tiers, across, sharey=True, squeeze=False)
    for first in grid[:, 0]:
        first.set_yticks(rows["y"], labels)
        first.set_ylim(rows["y"].min() - 0.6, rows["y"].max() + 0.8)
        for tick, doc_id in zip(first.get_yticklabels(), rows["doc_id"], strict=True):
            tick.set_color(palette["ink"] if doc_id == "" else palette["muted"])
            tick.set_fontweight("bold" if doc_id == "" else "normal")
    for spare in grid.flat[n:]:
        spare.set_visible(False)
    return fig, list(grid.flat[:n])


def _broken(label: str) -> str:
    """A long label in lines: a pair after its minus, all else between words."""
    if len(label) <= LABEL:
        return label
    return "\n".join(fill(part, LABEL) for part in label.replace(f" {MINUS} ", f" {MINUS}\n").split("\n"))


def characters(axis: Axes, n: int) -> int:
    """How many characters of a title each of `n` columns has room for, beside the labels of the rows."""
    lines = [line for label in axis.figure.axes[0].get_yticklabels() for line in label.get_text().split("\n")]
    room = axis.figure.get_figwidth() - LETTER * max(map(len, lines), default=0)
    return max(10, int(room / n / TITLE_LETTER))


def mark_outlet(axis: Axes, rows: pd.DataFrame, outlet: str | None) -> None:
    """Let the labels of the copies of `outlet` stand out."""
    for tick, own in zip(axis.get_yticklabels(), rows["outlet"], strict=True):
        if outlet is not None and own == outlet:
            tick.set_color(palette["ink"])
            tick.set_fontweight("bold")


def source(
    story: Story,
    measures: list[Measure] = (),
    differences: pd.DataFrame | None = None,
    *,
    copies: list[str] | None = None,
    is_of_outlets: bool = False,
) -> str:
    """The line under a figure: data, n, scope (of copies, unless it `is_of_outlets`), and for differences the size of each family."""
    shown = story.documents[
        story.documents["is_counted"] if copies is None else story.documents["doc_id"].isin(copies)
    ]
    words, sentences = (number(shown[column].sum(), 0) for column in ("n_words", "n_sentences"))
    parts = [
        f"Source: {story.about.title}; {number(len(shown), 0)} {'copy' if len(shown) == 1 else 'copies'}, {words} words in {sentences} sentences of body text",
        f"outlets over {shown['episode'].nunique()} episodes (scope outlet)"
        if is_of_outlets
        else "these copies, not the outlets (scope copy)",
    ]
    if differences is not None:
        sizes = differences.groupby("family", sort=False)["family_size"].max()
        families = dict.fromkeys(measure.family for measure in measures)
        parts.append(
            ", ".join(
                f"{n} difference{'' if n == 1 else 's'} judged together ({family})"
                for family in families
                for n in [sizes.get(family, 0)]
            )
        )
    runs = [] if is_of_outlets else story.of_runs  # outlets rest on episodes
    runs = [story.labels[doc_id] for doc_id in runs if doc_id in set(shown["doc_id"])]
    if runs:
        parts.append(f"runs of three sentences stand in for paragraphs in {', '.join(runs)}")
    return "; ".join(parts) + "."


def without_figures(story: Story, doc_id: str) -> Note | None:
    """Why a copy has no figure; None where it has."""
    reason = story.unmeasured.get(doc_id)
    return Note(f"{story.labels[doc_id]}: {reason}.", "reason") if reason else None
