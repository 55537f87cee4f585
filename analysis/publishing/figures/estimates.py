"""Estimates as dots with intervals: the figure that shows any measure of the catalogue, of copies or outlets."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.comparison.findings import number
from analysis.measures.catalogue import Measure
from analysis.publishing.absences import NOT_TAKEN
from analysis.publishing.displays import Figure, Note
from analysis.publishing.figures.layout import ROW, mark_outlet, panels, rows_of, source
from analysis.publishing.figures.outlets import (
    TALL,
    drawn,
    how_small,
    outlet_estimates,
    rows_of_outlets,
    shows_outlets,
    small_marks,
    values_of_copies,
)
from analysis.publishing.figures.panel import Names, dress, entries, note, value_above
from analysis.publishing.hues import hue
from analysis.publishing.svg import palette, style, themed_svg
from analysis.story import Story

MANY = 8  # copies: beyond, a picture is told by its range; every value stands in the tables


def estimates(
    story: Story,
    names: Names,
    *,
    outlet: str | None = None,
    title: str,
    caption: str = "",
    across: int | None = None,
) -> Figure | Note:
    """Every counted copy, a panel a measure: dot, sensitivity interval, value; the copies of `outlet` stand out.

    Panels stand side by side, `across` of them in a row where that is given.
    Where findings speak of outlets it is every outlet, with its copies as small dots below. Measures that were not taken are left out.
    """
    if not (measures := entries(story, names)):
        return Note(f"{title} {NOT_TAKEN}", "reason")
    if not story.copies():
        return Note("No copy of this story is counted.", "reason")
    is_outlets = shows_outlets(story)
    rows = rows_of_outlets(story) if is_outlets else rows_of(story)
    shown = [
        outlet_estimates(story, measure)
        if is_outlets
        else values_of_copies(story, measure).set_index("doc_id")
        for measure in measures
    ]
    with style():
        fig, axes = panels(len(measures), rows, row=TALL if is_outlets else ROW, across=across)
        for axis, measure, table in zip(axes, measures, shown, strict=True):
            copies = values_of_copies(story, measure).groupby("group")["value"]
            for row in rows.itertuples() if is_outlets else ():
                small_marks(axis, story, copies.get_group(row.outlet), row.y)
            _estimate_panel(axis, story, measure, table, rows, outlet)
            _limits(axis, measure, [table["low"], table["high"], *(drawn(story, own) for _, own in copies)])
        for axis in axes[:: across or len(axes)]:
            mark_outlet(axis, rows, outlet)
        svg = themed_svg(fig)
    how = (
        "A dot is the mean of an outlet over its episodes, the line how far it would move had other episodes been covered "
        f"(95 % interval). {how_small(story, 'copies')} Two lines that overlap do not tell whether two outlets differ: the interval of their difference does."
        if is_outlets
        else "A dot is the figure of one copy, the line how far it would move had other paragraphs of that article run "
        "(95 % sensitivity interval). Two lines that overlap do not tell whether two copies differ: the interval of their difference does."
    )
    names = story.outlets if is_outlets else story.labels
    return Figure(
        svg,
        alt=f"{title} "
        + " ".join(_in_words(names, *one, is_outlets) for one in zip(measures, shown, strict=True)),
        title=title,
        caption=f"{caption} {how}".strip(),
        source=source(story, measures, is_of_outlets=is_outlets),
        numbers=("estimates",),
    )


def _estimate_panel(
    axis: Axes, story: Story, measure: Measure, table: pd.DataFrame, rows: pd.DataFrame, outlet: str | None
) -> None:
    for row in rows[rows["doc_id"] != ""].itertuples():
        own = table.loc[row.doc_id]
        if pd.isna(own["value"]):
            note(axis, row.y, own["reason"])
            continue
        colour, shape = hue(story.about, row.outlet)
        is_own = outlet in (None, row.outlet)
        if pd.notna(own["low"]):
            ends, width = [own["low"], own["high"]], 2.4 if is_own else 1.1
            axis.plot(ends, [row.y, row.y], color=colour, lw=width, solid_capstyle="round")
        fill = colour if is_own else palette["paper"]
        axis.plot([own["value"]], [row.y], shape, ms=6.5, color=fill, mec=colour, mew=1.3)
        shown = number(own["value"], measure.digits)
        if measure.words != "n_words":  # the row names the words of the whole copy, this panel rests on fewer
            shown += f" · {number(own['n_words'], 0)} words"
        value_above(axis, shown, own["value"], row.y, is_strong=row.outlet == outlet)
    dress(axis, measure, "valence, from −1 to 1" if measure.unit == "−1 to 1" else measure.unit)


def _limits(axis: Axes, measure: Measure, shown: list[pd.Series]) -> None:
    """Where the scale of a panel begins and ends, given all that is `shown` on it."""
    values = pd.concat(shown).dropna().to_numpy(dtype=float)
    if measure.unit == "−1 to 1":
        axis.axvline(0, color=palette["faint"], lw=0.8, zorder=0)
        widest = np.abs(values).max(initial=0.5)
        axis.set_xlim(-1.4 * widest, 1.4 * widest)  # room for the printed values
    elif measure.event and len(values):
        axis.set_xlim(left=min(0, axis.get_xlim()[0]))
    if not len(values):
        axis.set_xticks([])


def _in_words(names: dict[str, str], measure: Measure, table: pd.DataFrame, is_outlets: bool) -> str:
    """The values of a panel, for who cannot see it: each with its interval, of many copies the range."""
    known = table[table["value"].notna()]
    if len(table) > MANY and len(known) and not is_outlets:
        low, high = (number(value, measure.digits) for value in (known["value"].min(), known["value"].max()))
        return f"{measure.title}, {measure.unit}: {low} to {high} in {len(known)} of {len(table)} copies."
    parts = []
    for row in table.itertuples():
        shown = number(row.value, measure.digits) if pd.notna(row.value) else "not given"
        ends = (
            f" ({number(row.low, measure.digits)} to {number(row.high, measure.digits)})"
            if pd.notna(row.low)
            else ""
        )
        parts.append(f"{names[row.Index]} {shown}{ends}")
    return f"{measure.title}, {measure.unit}: {'; '.join(parts)}."
