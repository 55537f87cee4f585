"""Estimates and differences as tables: value, interval, and the reason where there is none."""

from __future__ import annotations

import pandas as pd

from analysis.comparison.findings import interval, number
from analysis.measures.catalogue import Measure
from analysis.publishing.displays import Table
from analysis.publishing.figures.intervals import Names, entries
from analysis.story import Story


def estimates(story: Story, names: Names, *, caption: str, collapsed: bool = False) -> Table:
    """A row a copy, a column a measure: value and interval; the reason where there is none."""
    measures = entries(story, names)
    rows = []
    for doc_id in story.estimates["doc_id"].unique():
        row = {"copy": story.labels[doc_id]}
        reasons = {}
        for measure in measures:
            own = _estimate(story, measure, doc_id)
            row[f"{measure.title} ({measure.unit})"] = shown(own, measure)
            if own["reason"]:
                reasons[own["reason"]] = None
        rows.append(row | {"notes": "; ".join(reasons)})
    frame = pd.DataFrame(rows)
    if not frame["notes"].any():
        frame = frame.drop(columns="notes")
    right = {column: "right" for column in frame.columns if column not in ("copy", "notes")}
    return Table(
        frame,
        caption,
        note="In brackets the 95 % sensitivity interval, over paragraphs of the copy.",
        align=right,
        collapsed=collapsed,
    )


def shown(row: pd.Series, measure: Measure) -> str:
    """A value with its interval, as printed."""
    if pd.isna(row["value"]):
        return "—"
    value = number(row["value"], measure.digits)
    if pd.isna(row["low"]):
        return value
    return f"{value} ({number(row['low'], measure.digits)} to {number(row['high'], measure.digits)})"


def _estimate(story: Story, measure: Measure, doc_id: str) -> pd.Series:
    table = story.estimates
    return table[
        (table["doc_id"] == doc_id) & (table["measure"] == measure.name) & (table["voice"] == measure.voice)
    ].iloc[0]


def family_differences(
    story: Story, family: str, *, outlet: str | None = None, unclear_only: bool = False
) -> Table:
    """The differences of a family that could be judged, of `outlet` from the others where it is named.

    `unclear_only` leaves out the clear ones, where a page lists them elsewhere.
    """
    table = story.differences[story.differences["family"] == family]
    if outlet is not None:
        table = table[(table["outlet_a"] == outlet) | (table["outlet_b"] == outlet)]
    judged = table[table["low_family"].notna()]
    caption = f"All differences that could be judged: {len(judged)} of {len(table)}"
    if unclear_only:
        judged = judged[~judged["is_clear"]]
        caption = (
            f"Differences of indicator words that are too little text to tell: {len(judged)} of {len(table)}"
        )
    return differences(story, judged, caption=caption, collapsed=True)


def differences(story: Story, rows: pd.DataFrame, *, caption: str, collapsed: bool = False) -> Table:
    """Rows of `differences` as a table: value, simultaneous interval and verdict."""
    measures = {(measure.name, measure.voice): measure for measure in story.catalogue}
    several = rows["episode"].nunique() > 1
    names = (story.short_labels if several else story.labels) | story.outlets
    shown = []
    for row in rows.to_dict("records"):
        measure = measures[row["measure"], row["voice"]]
        a, b = (names[row[f"doc_id_{side}"] or row[f"outlet_{side}"]] for side in "ab")
        shown.append(
            {
                "episode": story.episodes.get(row["episode"], row["episode"]),
                "measure": measure.title,
                "copies": f"{a} − {b}",
                "difference": interval(row, measure),
                "verdict": "clear" if row["is_clear"] else "too little text to tell",
            }
        )
    frame = pd.DataFrame(shown, columns=["episode", "measure", "copies", "difference", "verdict"])
    dropped = ([] if several else ["episode"]) + (["verdict"] if rows["is_clear"].nunique() < 2 else [])
    return Table(
        frame.drop(columns=dropped),
        caption,
        note="In brackets the interval that holds for all differences of this question at once. The table differences.csv holds "
        "them all and says why some could not be judged: too little text, or a word that hardly stands there.",
        align={"difference": "right"},
        collapsed=collapsed,
    )
