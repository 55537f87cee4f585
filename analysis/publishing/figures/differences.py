"""Differences as dots with intervals: every pair of compared copies, or of outlets where findings speak of them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.comparison.findings import number, of_outlets, told, unit_of
from analysis.measures.catalogue import Measure
from analysis.publishing.absences import NOT_TAKEN, TOO_FEW_EPISODES
from analysis.publishing.displays import Figure, Note
from analysis.publishing.figures.layout import MINUS, ROW, panels, source
from analysis.publishing.figures.outlets import TALL, gaps_of, how_small, small_marks
from analysis.publishing.figures.panel import Names, dress, entries, note, value_above
from analysis.publishing.svg import palette, style, themed_svg
from analysis.story import Story


def differences(
    story: Story, names: Names, *, outlet: str | None = None, title: str | None = None, caption: str = ""
) -> Figure | Note:
    """Every pair of compared copies (those of `outlet` with the others), a panel a measure: the interval of the difference."""
    if not (measures := entries(story, names)):
        return Note(NOT_TAKEN, "reason")
    is_outlets = of_outlets(story.differences)
    if story.is_many and story.differences.empty:
        return Note(TOO_FEW_EPISODES, "reason")
    table = told(story.differences)
    pairs = _pairs(story, table, outlet)
    if pairs.empty:
        return Note(f"No two of these {'outlets' if is_outlets else 'copies'} can be compared.", "reason")
    title = title or difference_title(story, measures, outlet)
    shown = _of(table, measures, outlet)
    if shown["low_family"].isna().all():  # a picture of nothing
        why = shown["reason"].dropna().mode()
        return Note(f"{title}{f', most often because: {why.iloc[0]}' if len(why) else ''}.", "reason")
    with style():
        fig, axes = panels(len(measures), pairs, row=TALL if is_outlets else ROW)
        for axis, measure in zip(axes, measures, strict=True):
            if is_outlets:
                gaps = gaps_of(story, measure)
                for pair in pairs.itertuples():
                    if (key := (pair.doc_id, pair.doc_id_b)) in gaps:
                        small_marks(axis, story, pair.sign * gaps[key], pair.y)
            own = table[(table["measure"] == measure.name) & (table["voice"] == measure.voice)]
            _difference_panel(axis, measure, own, pairs)
        svg = themed_svg(fig)
    dot, clear, unclear = (
        (
            f"A dot is the mean, over the episodes both cover, of the first outlet minus the second. {how_small(story, 'differences within an episode')}",
            "over the episodes both cover",
            "too few episodes",
        )
        if is_outlets
        else ("A dot is the first copy minus the second.", "in these copies", "too little text")
    )
    return Figure(
        svg,
        alt=f"{title} " + " ".join(_differences_in_words(measure, table, pairs) for measure in measures),
        title=title,
        caption=(
            f"{caption} {dot} The thick line is the 95 % interval of that difference alone, the thin one the "
            f"interval that holds for all differences of this question at once. A filled dot is clear {clear}: its thin line "
            f"leaves out zero. All others are {unclear} to tell."
        ).strip(),
        source=source(story, measures, table, is_of_outlets=is_outlets),
        numbers=("differences",),
    )


def _sides(table: pd.DataFrame) -> list[str]:
    """The columns that name the two that are compared: copies, or outlets."""
    return ["outlet_a", "outlet_b"] if (table["scope"] == "outlet").any() else ["doc_id_a", "doc_id_b"]


def _pairs(story: Story, table: pd.DataFrame, outlet: str | None) -> pd.DataFrame:
    """Rows of the figure: the ids of the two, label, y; turned so that `outlet` comes first, with a heading an episode."""
    sides = _sides(table)
    pairs = table.drop_duplicates(["episode", *sides])
    if outlet is not None:
        pairs = pairs[(pairs["outlet_a"] == outlet) | (pairs["outlet_b"] == outlet)]
    rows, y = [], 0
    several = pairs["episode"].nunique() > 1
    names = story.short_labels if several else story.labels
    if (table["scope"] == "outlet").any():
        names = story.outlets
    for episode, part in pairs.groupby("episode", sort=False):
        if several:
            rows.append(
                {
                    "doc_id": "",
                    "doc_id_b": "",
                    "label": story.episodes.get(episode, episode),
                    "sign": 1,
                    "y": y,
                    "outlet": "",
                }
            )
            y -= 1
        for pair in part.itertuples():
            turned = outlet is not None and pair.outlet_b == outlet
            ids = [getattr(pair, side) for side in sides]
            a, b = reversed(ids) if turned else ids
            label = f"{names[a]} {MINUS} {names[b]}"
            rows.append(
                {
                    "doc_id": ids[0],
                    "doc_id_b": ids[1],
                    "label": label,
                    "sign": -1 if turned else 1,
                    "y": y,
                    "outlet": "",
                }
            )
            y -= 1
    return pd.DataFrame(rows, columns=["doc_id", "doc_id_b", "label", "sign", "y", "outlet"])


def _difference_panel(axis: Axes, measure: Measure, table: pd.DataFrame, pairs: pd.DataFrame) -> None:
    axis.axvline(0, color=palette["faint"], lw=0.9, zorder=0)
    own = table.set_index(_sides(table))
    ends = ["value", "low", "high", "low_family", "high_family"]
    for pair in pairs[pairs["doc_id"] != ""].itertuples():
        row = own.loc[(pair.doc_id, pair.doc_id_b)]
        if pd.isna(row["low_family"]):
            note(axis, pair.y, row["reason"])
            continue
        value, low, high, low_family, high_family = np.array(row[ends], float) * pair.sign
        colour = palette["ink"] if row["is_clear"] else palette["others"]
        axis.plot([low_family, high_family], [pair.y, pair.y], color=colour, lw=1.0)
        axis.plot([low, high], [pair.y, pair.y], color=colour, lw=3.0, solid_capstyle="butt")
        fill_colour = colour if row["is_clear"] else palette["paper"]
        axis.plot([value], [pair.y], "o", ms=6.5, color=fill_colour, mec=colour, mew=1.4)
        sign = "+" if value > 0 else ""
        value_above(axis, sign + number(value, measure.digits), value, pair.y, is_strong=row["is_clear"])
    unit = "valence" if measure.unit == "−1 to 1" else unit_of(measure).strip()
    dress(axis, measure, f"difference in {unit}")


def difference_title(story: Story, measures: list[Measure], outlet: str | None) -> str:
    """A title that claims a difference only where one is clear, and otherwise says what is shown."""
    is_outlets = of_outlets(story.differences)
    where = "over the episodes both cover" if is_outlets else "in these copies"
    own = _of(told(story.differences), measures, outlet)
    judged, n_clear = int(own["low_family"].notna().sum()), int(own["is_clear"].sum())
    whose = "" if outlet is None else f" of {story.about.outlet_name(outlet)} from the others"
    if not judged:
        return f"Differences{whose}: none could be judged"
    if not n_clear:
        return f"Differences{whose}: none of {judged} is clear {where}"
    return f"Differences{whose}: {n_clear} of {judged} {'is' if n_clear == 1 else 'are'} clear {where}"


def _of(table: pd.DataFrame, measures: list[Measure], outlet: str | None) -> pd.DataFrame:
    """The differences of these measures, of `outlet` from the others where it is named."""
    keys = {(measure.name, measure.voice) for measure in measures}
    is_shown = [key in keys for key in zip(table["measure"], table["voice"], strict=True)]
    own = table[pd.Series(is_shown, index=table.index, dtype=bool)]
    return own if outlet is None else own[(own["outlet_a"] == outlet) | (own["outlet_b"] == outlet)]


def _differences_in_words(measure: Measure, table: pd.DataFrame, pairs: pd.DataFrame) -> str:
    """The clear differences of a panel by name, and how many are too little to tell."""
    table = table[(table["measure"] == measure.name) & (table["voice"] == measure.voice)]
    own = table.set_index(_sides(table))
    parts, rest, missing = [], 0, 0
    for pair in pairs[pairs["doc_id"] != ""].itertuples():
        row = own.loc[(pair.doc_id, pair.doc_id_b)]
        if row["is_clear"]:
            parts.append(f"{pair.label} {number(row['value'] * pair.sign, measure.digits)}")
        elif pd.isna(row["low_family"]):
            missing += 1
        else:
            rest += 1
    shown = f"clear: {'; '.join(parts)}; " if parts else ""
    unclear = "too few episodes" if (table["scope"] == "outlet").any() else "too little text"
    return f"{measure.title}: {shown}{rest} {unclear} to tell{f'; {missing} not judged' if missing else ''}."
