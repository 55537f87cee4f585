"""Estimates and differences as dots with intervals: the two figures that show any measure of the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.comparison.findings import number, unit_of
from analysis.measures.catalogue import Measure, find
from analysis.publishing.displays import Figure, Note
from analysis.publishing.figures.layout import mark_outlet, panels, rows_of, source
from analysis.publishing.svg import palette, style, themed_svg
from analysis.story import Story

Names = Sequence[str | tuple[str, str]]
MANY = 8  # copies: beyond, a picture is told by its range; every value stands in the tables


def entries(story: Story, names: Names) -> list[Measure]:
    """The catalogue's entries for `names`; a bare name stands for its first voice (all, else its only one)."""
    found = []
    for name in names:
        name, voice = name if isinstance(name, tuple) else (name, None)
        found += [next(one for one in find(story.catalogue, name) if voice in (None, one.voice))]
    return found


def estimates(
    story: Story, names: Names, *, outlet: str | None = None, title: str, caption: str = ""
) -> Figure:
    """Every counted copy, a panel a measure: dot, sensitivity interval, value; the copies of `outlet` stand out."""
    measures = entries(story, names)
    rows = rows_of(story)
    with style():
        fig, axes = panels(len(measures), rows)
        for axis, measure in zip(axes, measures, strict=True):
            _estimate_panel(axis, story, measure, rows, outlet)
        mark_outlet(axes[0], rows, outlet)
        svg = themed_svg(fig)
    return Figure(
        svg,
        alt=f"{title} " + " ".join(_in_words(story, measure) for measure in measures),
        title=title,
        caption=(
            f"{caption} A dot is the figure of one copy, the line how far it would move had other paragraphs of that article run "
            "(95 % sensitivity interval). Two lines that overlap do not tell whether two copies differ: the interval of their difference does."
        ).strip(),
        source=source(story, measures),
    )


def _estimate_panel(
    axis: Axes, story: Story, measure: Measure, rows: pd.DataFrame, outlet: str | None
) -> None:
    table = story.estimates
    table = table[(table["measure"] == measure.name) & (table["voice"] == measure.voice)].set_index("doc_id")
    for row in rows[rows["doc_id"] != ""].itertuples():
        own = table.loc[row.doc_id]
        if pd.isna(own["value"]):
            _note(axis, row.y, own["reason"])
            continue
        colour = palette["focus"] if row.outlet == outlet else palette["others"]
        if pd.notna(own["low"]):
            axis.plot([own["low"], own["high"]], [row.y, row.y], color=colour, lw=2.2, solid_capstyle="round")
        axis.plot([own["value"]], [row.y], "o", ms=6.5, color=colour, mec=palette["paper"], mew=0.8)
        shown = number(own["value"], measure.digits)
        if measure.words != "n_words":  # the row names the words of the whole copy, this panel rests on fewer
            shown += f" · {number(own['n_words'], 0)} words"
        _value(axis, shown, own["value"], row.y, is_strong=row.outlet == outlet)
    _dress(axis, measure, "valence, from −1 to 1" if measure.unit == "−1 to 1" else measure.unit)
    if measure.unit == "−1 to 1":
        axis.axvline(0, color=palette["faint"], lw=0.8, zorder=0)
        widest = np.nanmax(table[["value", "low", "high"]].abs().to_numpy(), initial=0.5)
        axis.set_xlim(-1.4 * widest, 1.4 * widest)  # room for the printed values
    elif measure.event and table["value"].notna().any():
        axis.set_xlim(left=min(0, axis.get_xlim()[0]))
    if table["value"].isna().all():
        axis.set_xticks([])


def _note(axis: Axes, y: float, reason: str) -> None:
    """In place of a dot, why there is none."""
    axis.text(
        0.02,
        y,
        _short(reason),
        transform=axis.get_yaxis_transform(),
        va="center",
        size=8.5,
        color=palette["muted"],
    )


def _value(axis: Axes, shown: str, x: float, y: float, *, is_strong: bool) -> None:
    """The printed value above its dot."""
    colour = palette["ink"] if is_strong else palette["muted"]
    offset = {"xytext": (0, 5.5), "textcoords": "offset points"}
    axis.annotate(shown, (x, y), ha="center", size=8.5, color=colour, **offset)


def differences(
    story: Story, names: Names, *, outlet: str | None = None, title: str | None = None, caption: str = ""
) -> Figure | Note:
    """Every pair of compared copies (those of `outlet` with the others), a panel a measure: the interval of the difference."""
    measures = entries(story, names)
    table = story.differences[story.differences["scope"] != "outlet"]
    pairs = _pairs(story, table, outlet)
    if pairs.empty:
        return Note("No two of these copies can be compared.", "reason")
    title = title or difference_title(story, measures, outlet)
    with style():
        fig, axes = panels(len(measures), pairs)
        for axis, measure in zip(axes, measures, strict=True):
            own = table[(table["measure"] == measure.name) & (table["voice"] == measure.voice)]
            _difference_panel(axis, measure, own, pairs)
        svg = themed_svg(fig)
    return Figure(
        svg,
        alt=f"{title} " + " ".join(_differences_in_words(measure, table, pairs) for measure in measures),
        title=title,
        caption=(
            f"{caption} A dot is the first copy minus the second. The thick line is the 95 % interval of that difference alone, the thin one the "
            "interval that holds for all differences of this question at once. A filled dot is clear in these copies: its thin line "
            "leaves out zero. All others are too little text to tell."
        ).strip(),
        source=source(story, measures, table),
    )


def _pairs(story: Story, table: pd.DataFrame, outlet: str | None) -> pd.DataFrame:
    """Rows of the figure: doc_id_a, doc_id_b, label, y; turned so that `outlet` comes first, with a heading an episode."""
    pairs = table.drop_duplicates(["episode", "doc_id_a", "doc_id_b"])
    if outlet is not None:
        pairs = pairs[(pairs["outlet_a"] == outlet) | (pairs["outlet_b"] == outlet)]
    rows, y = [], 0
    several = pairs["episode"].nunique() > 1
    names = story.short_labels if several else story.labels
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
            a, b = (pair.doc_id_b, pair.doc_id_a) if turned else (pair.doc_id_a, pair.doc_id_b)
            label = f"{names[a]} − {names[b]}"
            rows.append(
                {
                    "doc_id": pair.doc_id_a,
                    "doc_id_b": pair.doc_id_b,
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
    own = table.set_index(["doc_id_a", "doc_id_b"])
    ends = ["value", "low", "high", "low_family", "high_family"]
    for pair in pairs[pairs["doc_id"] != ""].itertuples():
        row = own.loc[(pair.doc_id, pair.doc_id_b)]
        if pd.isna(row["low_family"]):
            _note(axis, pair.y, row["reason"])
            continue
        value, low, high, low_family, high_family = np.array(row[ends], float) * pair.sign
        colour = palette["focus"] if row["is_clear"] else palette["others"]
        axis.plot([low_family, high_family], [pair.y, pair.y], color=colour, lw=1.0)
        axis.plot([low, high], [pair.y, pair.y], color=colour, lw=3.0, solid_capstyle="butt")
        fill_colour = colour if row["is_clear"] else palette["paper"]
        axis.plot([value], [pair.y], "o", ms=6.5, color=fill_colour, mec=colour, mew=1.4)
        sign = "+" if value > 0 else ""
        _value(axis, sign + number(value, measure.digits), value, pair.y, is_strong=row["is_clear"])
    unit = "valence" if measure.unit == "−1 to 1" else unit_of(measure).strip()
    _dress(axis, measure, f"difference in {unit}")


def difference_title(story: Story, measures: list[Measure], outlet: str | None) -> str:
    """A title that claims a difference only where one is clear, and otherwise says what is shown."""
    table = story.differences[story.differences["scope"] != "outlet"]
    if outlet is not None:
        table = table[(table["outlet_a"] == outlet) | (table["outlet_b"] == outlet)]
    keys = {(measure.name, measure.voice) for measure in measures}
    is_shown = [key in keys for key in zip(table["measure"], table["voice"], strict=True)]
    own = table[pd.Series(is_shown, index=table.index, dtype=bool)]
    judged, n_clear = int(own["low_family"].notna().sum()), int(own["is_clear"].sum())
    whose = "" if outlet is None else f" of {story.about.outlet_name(outlet)} from the others"
    if not judged:
        return f"Differences{whose}: too little text to tell"
    if not n_clear:
        return f"Differences{whose}: none of {judged} is clear in these copies"
    return (
        f"Differences{whose}: {n_clear} of {judged} {'is' if n_clear == 1 else 'are'} clear in these copies"
    )


def _dress(axis: Axes, measure: Measure, unit: str) -> None:
    axis.set_title(fill(measure.title, max(26, 68 // len(axis.figure.axes))), loc="left", fontsize=10.5)
    axis.set_xlabel(unit)
    axis.grid(axis="x")
    axis.spines["left"].set_visible(False)
    axis.margins(x=0.12)
    axis.locator_params(axis="x", nbins=5)


def _short(reason: str) -> str:
    """The first clause of a reason; the whole one stands in the table."""
    text = (
        reason.split(": ", 1)[-1] if reason.split(": ", 1)[0].count(" ") == 0 and ": " in reason else reason
    )
    return text.split(":")[0] if len(text) > 34 else text


def _in_words(story: Story, measure: Measure) -> str:
    """The values of a panel, for who cannot see it: each with its interval, of many copies the range."""
    table = story.estimates
    table = table[(table["measure"] == measure.name) & (table["voice"] == measure.voice)]
    known = table[table["value"].notna()]
    if len(table) > MANY and len(known):
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
        parts.append(f"{story.labels[row.doc_id]} {shown}{ends}")
    return f"{measure.title}, {measure.unit}: {'; '.join(parts)}."


def _differences_in_words(measure: Measure, table: pd.DataFrame, pairs: pd.DataFrame) -> str:
    """The clear differences of a panel by name, and how many are too little text to tell."""
    table = table[(table["measure"] == measure.name) & (table["voice"] == measure.voice)]
    own = table.set_index(["doc_id_a", "doc_id_b"])
    parts, rest = [], 0
    for pair in pairs[pairs["doc_id"] != ""].itertuples():
        row = own.loc[(pair.doc_id, pair.doc_id_b)]
        if row["is_clear"]:
            parts.append(f"{pair.label} {number(row['value'] * pair.sign, measure.digits)}")
        else:
            rest += 1
    shown = f"clear: {'; '.join(parts)}; " if parts else ""
    return f"{measure.title}: {shown}{rest} too little text to tell."
