"""Estimates and differences as tables: value, interval, and the reason where there is none."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analysis.comparison.findings import interval, number, of_outlets, unit_of
from analysis.measures.catalogue import Measure
from analysis.publishing.absences import NOT_TAKEN, TOO_FEW_EPISODES
from analysis.publishing.aggregates.counts import stored
from analysis.publishing.displays import Note, Stack, Table
from analysis.publishing.figures.outlets import outlet_estimates, values_of_copies
from analysis.publishing.figures.panel import Names, entries
from analysis.story import Story


def estimates(story: Story, names: Names, *, caption: str, collapsed: bool = False) -> Table | Stack | Note:
    """A row a copy, a column a measure: value and interval; the reason where there is none.

    Where findings speak of outlets a table of them comes first, and that of copies is folded.
    """
    if not (measures := entries(story, names)):
        return Note(f"{caption}: {NOT_TAKEN[0].lower()}{NOT_TAKEN[1:]}", "reason")
    if story.is_many:
        return _of_outlets(story, measures, caption, collapsed)
    copies = {measure: values_of_copies(story, measure).set_index("doc_id") for measure in measures}
    of_copies = _estimates(
        copies,
        story.labels,
        "copy",
        caption,
        note="In brackets the 95 % sensitivity interval, over paragraphs of the copy.",
        collapsed=collapsed,
    )
    if not of_outlets(story.differences):
        return of_copies
    outlets_first = _of_outlets(story, measures, caption, collapsed)
    return Stack([outlets_first, replace(of_copies, caption=f"{caption}: every copy", collapsed=True)])


def _of_outlets(story: Story, measures: list[Measure], caption: str, collapsed: bool) -> Table:
    return _estimates(
        {measure: outlet_estimates(story, measure) for measure in measures},
        story.outlets,
        "outlet",
        caption,
        note="The mean over the episodes of an outlet; in brackets its 95 % interval, had other episodes been covered."
        + (f" {stored(story, 'estimates')}" if story.is_many else ""),
        collapsed=collapsed,
    )


def _estimates(
    values: dict[Measure, pd.DataFrame],
    names: dict[str, str],
    what: str,
    caption: str,
    *,
    note: str,
    collapsed: bool,
) -> Table:
    """A row for each id in the index of `values`, called by its name in a first column `what`."""
    rows, notes = [], []
    for id in next(iter(values.values())).index:
        row = {what: names[id]}
        reasons = {}
        for measure, table in values.items():
            own = table.loc[id]
            row[f"{measure.title} ({measure.unit})"] = shown(own, measure)
            if own["reason"]:
                reasons[own["reason"]] = None
        rows.append(row)
        if reasons:
            notes.append(f"{names[id]}: {'; '.join(reasons)}.")
    frame = pd.DataFrame(rows)
    right = {column: "right" for column in frame.columns if column != what}
    return Table(frame, caption, note=" ".join([note, *notes]), align=right, collapsed=collapsed)


def shown(row: pd.Series, measure: Measure) -> str:
    """A value with its interval, as printed."""
    if pd.isna(row["value"]):
        return "—"
    value = number(row["value"], measure.digits)
    if pd.isna(row["low"]):
        return value
    return f"{value} ({number(row['low'], measure.digits)} to {number(row['high'], measure.digits)})"


def family_differences(
    story: Story, family: str, *, outlet: str | None = None, unclear_only: bool = False
) -> Table | Stack | Note:
    """The differences of a family that could be judged, of `outlet` from the others where it is named.

    `unclear_only` leaves out the clear ones, where a page lists them elsewhere. Where findings speak of outlets,
    those of copies follow as ranges over the episodes.
    """
    table = story.differences[story.differences["family"] == family]
    if outlet is not None:
        table = table[(table["outlet_a"] == outlet) | (table["outlet_b"] == outlet)]
    is_outlet = table["scope"] == "outlet"
    if family == "sourcing" and not story.has_sources:
        return Note(NOT_TAKEN, "reason")
    if story.is_many and story.differences.empty:
        return Note(TOO_FEW_EPISODES, "reason")
    if not of_outlets(story.differences):
        return _family(story, table[~is_outlet], "", "are too little text to tell", unclear_only)
    outlets_first = _family(
        story,
        table[is_outlet],
        " of outlets",
        "rest on too few episodes for so small a difference",
        unclear_only,
    )
    return (
        outlets_first
        if table[~is_outlet].empty
        else Stack([outlets_first, _ranges(story, table[~is_outlet])])
    )


def _family(story: Story, table: pd.DataFrame, of: str, unclear: str, unclear_only: bool) -> Table:
    judged = table[table["low_family"].notna()]
    caption = f"All differences{of} that could be judged: {len(judged)} of {len(table)}"
    if unclear_only:
        judged = judged[~judged["is_clear"]]
        n_not = int(table["low_family"].isna().sum())
        caption = f"Differences{of or ' of indicator words'} that {unclear}: {len(judged)}; {n_not} more could not be judged"
    return differences(story, judged, caption=caption, collapsed=True)


def _ranges(story: Story, table: pd.DataFrame) -> Table:
    """Differences of copies over the episodes: a row a measure and pair of outlets."""
    measures = {(measure.name, measure.voice): measure for measure in story.catalogue}
    known = table[(table["outlet_a"] != "unknown") & (table["outlet_b"] != "unknown")]
    rows = []
    for key, own in known.groupby(["measure", "voice", "outlet_a", "outlet_b"], sort=False):
        measure = measures[key[:2]]
        judged = own[own["low_family"].notna()]
        values = own["value"].dropna()
        ends = (number(one, measure.digits) + unit_of(measure) for one in (values.min(), values.max()))
        rows.append(
            {
                "measure": measure.title,
                "copies of": " − ".join(story.outlets[outlet] for outlet in key[2:]),
                "lowest to highest difference": " to ".join(ends) if len(values) else "—",
                "episodes": len(own),
                "judged": len(judged),
                "clear in these copies": int(judged["is_clear"].sum()),
            }
        )
    columns = [
        "measure",
        "copies of",
        "lowest to highest difference",
        "episodes",
        "judged",
        "clear in these copies",
    ]
    return Table(
        pd.DataFrame(rows, columns=columns),
        "Differences of single copies, episode by episode",
        note="Each episode's copies are judged as copies, and say nothing of an outlet: no finding is told from them. "
        "The table differences.csv holds each of them with its interval.",
        align={"lowest to highest difference": "right"},
        collapsed=True,
    )


def differences(story: Story, rows: pd.DataFrame, *, caption: str, collapsed: bool = False) -> Table:
    """Rows of `differences`, of one scope, as a table: value, simultaneous interval and verdict."""
    measures = {(measure.name, measure.voice): measure for measure in story.catalogue}
    is_outlets = (rows["scope"] == "outlet").any()
    several = rows["episode"].nunique() > 1
    names = story.outlets if is_outlets else story.short_labels if several else story.labels
    sides = ("outlet_a", "outlet_b") if is_outlets else ("doc_id_a", "doc_id_b")
    compared = "outlets" if is_outlets else "copies"
    unclear = "too few episodes for so small a difference" if is_outlets else "too little text to tell"
    shown = []
    for row in rows.to_dict("records"):
        measure = measures[row["measure"], row["voice"]]
        shown.append(
            {
                "episode": story.episodes.get(row["episode"], row["episode"]),
                "measure": measure.title,
                compared: " − ".join(names[row[side]] for side in sides),
                "difference": interval(row, measure),
                "verdict": "clear" if row["is_clear"] else unclear,
            }
        )
    frame = pd.DataFrame(shown, columns=["episode", "measure", compared, "difference", "verdict"])
    dropped = ([] if several else ["episode"]) + (["verdict"] if rows["is_clear"].nunique() < 2 else [])
    why = "too little text, or a word that hardly stands there"
    if is_outlets:
        why = "too few episodes that both cover, or a word that hardly stands there"
    return Table(
        frame.drop(columns=dropped),
        caption,
        note="In brackets the interval that holds for all differences of this question at once. The table differences.csv holds "
        f"them all and says why some could not be judged: {why}.",
        align={"difference": "right"},
        collapsed=collapsed,
    )
