"""The matrix of facts by copies: which copy has what, said by whom, how certainly."""

from __future__ import annotations

from textwrap import fill

import matplotlib.figure as mpl
import pandas as pd

from analysis.comparison.accounts import different_accounts
from analysis.publishing.aggregates.facts import NO_FACTS, shares
from analysis.publishing.csv_tables import in_csv
from analysis.publishing.displays import Display, Figure, Prose, Stack
from analysis.publishing.figures.layout import WIDTH, source
from analysis.publishing.svg import palette, style, themed_svg
from analysis.publishing.tables.coverage import episodes_of
from analysis.story import Story

MOST = 9  # copies that fit beside each other
ROW, LABEL = 0.3, 62  # inches a row; characters of a line of a fact
LEGEND = (
    ("ink", "●", "told as so"),
    ("focus", "●", "as somebody's statement"),
    ("ink", "○", "with a word of uncertainty"),
)


def coverage(story: Story) -> Display:
    """Facts by counted copies in filing order, a figure an episode; facts that most copies have stand first."""
    if story.is_many:
        return shares(story)
    if story.coverage.empty:
        return Prose([NO_FACTS])
    return Stack([_episode(story, label, copies) for label, copies in episodes_of(story)])


def _episode(story: Story, label: str, copies: list[str]) -> Display:
    if len(copies) > MOST:
        return Prose([f"{label}: {len(copies)} copies are too many for a figure; the table holds them all."])
    own = story.coverage[story.coverage["doc_id"].isin(copies)]
    cells = own.set_index(["fact_id", "doc_id"])
    n_found = own.groupby("fact_id", sort=False)["is_found"].sum()
    facts = {fact.id: fact.fact for fact in story.facts if fact.id in n_found.index}
    order = sorted(facts, key=lambda id: -n_found[id])
    order = [id for id in order if n_found[id]]
    nowhere = len(facts) - len(order)
    differing = set(different_accounts(own, copies))
    is_known = story.in_filing_order(copies)
    heads = [
        story.short_labels[doc_id]
        + ("" if is_known[doc_id] or len(set(is_known.values())) < 2 else " (order unknown)")
        for doc_id in copies
    ]
    with style():
        labels = [fill(facts[id], LABEL) + ("  ≠" if id in differing else "") for id in order]
        row = ROW + (0.1 if any("\n" in one for one in labels) else 0)
        fig = mpl.Figure(figsize=(WIDTH, row * (len(order) + 2.4) + 0.5), layout="constrained")
        axis = fig.subplots()
        for y in range(1, len(order), 2):
            axis.axhspan(y - 0.5, y + 0.5, color=palette["grid"], alpha=0.35, lw=0)
        _marks(axis, cells, order, copies)
        axis.set_xlim(-0.5, len(copies) - 0.5)
        axis.set_ylim(len(order) - 0.5, -2.6)
        axis.set_yticks(range(len(order)), labels)
        for tick, id in zip(axis.get_yticklabels(), order, strict=True):
            tick.set_color(palette["ink" if id in differing else "muted"])
            tick.set_fontweight("bold" if id in differing else "normal")
        axis.set_xticks(range(len(copies)), [fill(head, 13) for head in heads], color=palette["ink"])
        axis.xaxis.tick_top()
        axis.tick_params(length=0)
        for spine in axis.spines.values():
            spine.set_visible(False)
        _legend(axis)
        svg = themed_svg(fig)
    title = f"{label}: which copy has which fact?"
    found = own[own["is_found"]].groupby("doc_id").size()
    told = "; ".join(f"{story.short_labels[doc_id]} {found.get(doc_id, 0)}" for doc_id in copies)
    nowhere_told = f" {nowhere} more facts are found in none." if nowhere else ""
    return Figure(
        svg,
        alt=f"{title} {len(order)} facts by {len(copies)} copies. Found: {told}. Different accounts of: "
        + ("; ".join(facts[id] for id in order if id in differing) or "none")
        + ".",
        title=title,
        caption=(
            "A row is a fact of facts.yml, a column a copy, in filing order as far as it is known. Filled: told as so; a ring: with a word of uncertainty near it; "
            "coloured: as somebody's statement, by the outlet's own account of who said it. An empty cell: not found in this copy, which says nothing of why; × : the copy was "
            f"filed before it could be known. ≠ : copies give it different values; they stand in the list below.{nowhere_told} Facts that most copies have stand first."
        ),
        source=source(story, copies=copies),
        numbers=in_csv(story, "coverage"),
    )


def _marks(axis, cells: pd.DataFrame, facts: list[str], copies: list[str]) -> None:
    """A mark a cell, all of a kind drawn together."""
    places: dict[tuple, list[tuple[int, int]]] = {}
    for y, id in enumerate(facts):
        for x, doc_id in enumerate(copies):
            row = cells.loc[(id, doc_id)]
            if row["is_found"]:
                kind = ("focus" if row["attributed_to"] else "ink", row["certainty"] != "hedged")
            elif row["availability"] == "not yet":
                kind = ("early",)
            else:
                continue
            places.setdefault(kind, []).append((x, y))
    for kind, own in sorted(places.items()):
        x, y = zip(*own, strict=True)
        if kind == ("early",):
            axis.scatter(x, y, marker="x", s=22, color=palette["faint"], linewidths=1)
        else:
            colour, is_filled = palette[kind[0]], kind[1]
            axis.scatter(x, y, s=70, color=colour if is_filled else "none", edgecolors=colour, linewidths=1.6)


def _legend(axis) -> None:
    """What the marks stand for, beside the heads of the columns."""
    for line, (colour, sign, words) in enumerate(LEGEND):
        place = {"transform": axis.get_yaxis_transform(), "ha": "right", "va": "center"}
        axis.text(-0.015, line * 0.75 - 2.35, f"{words} {sign}", size=9, color=palette[colour], **place)
