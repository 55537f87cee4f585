"""Counts over a story of many copies, a partition at a time: no table of hits or sentences is ever whole in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from analysis.story import Story


def stored(story: Story, *tables: str) -> str:
    """Where the rows are that a page does not show."""
    names = " and ".join(tables)
    plural = "tables" if len(tables) > 1 else "table"
    if story.stories:
        return f"Single copies stand in the comparisons of the single stories, their rows in the {plural} {names} of each story's measures/."
    return f"Single copies are not shown: their rows stand in the {plural} {names} of measures/."


def summed(story: Story, counted: Callable[[Story], pd.DataFrame], by: Sequence[str]) -> pd.DataFrame:
    """The sums of what `counted` gives of each partition (columns `by`, and numbers), a row for each value of `by`."""
    parts = [own for part in story.partitions() if len(own := counted(part))]
    if not parts:
        return counted(story).iloc[:0]
    table = pd.concat(parts, ignore_index=True)
    return table.groupby(list(by), sort=False).sum().reset_index()


def outlet_of(story: Story) -> pd.Series:
    """doc_id -> outlet, of the counted copies."""
    documents = story.documents[story.documents["is_counted"]]
    return documents.set_index("doc_id")["outlet"]


def in_body(part: Story, hits: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table of hits that stand in the body of a counted copy, a republisher's text aside, with their outlet."""
    places = part.rows("sentences", columns=["doc_id", "sentence_id", "part", "written_by"])
    places = places[(places["part"] == "body") & (places["written_by"] != "via")]
    rows = hits.merge(places[["doc_id", "sentence_id"]], on=["doc_id", "sentence_id"])
    rows = rows.assign(outlet_id=rows["doc_id"].map(outlet_of(part)))
    return rows[rows["outlet_id"].notna()]


def of_outlet(
    story: Story, table: str, outlet: str, columns: Sequence[str], where: Sequence[tuple] = ()
) -> pd.DataFrame:
    """The rows of a table of hits in the bodies of the counted copies of `outlet`, a republisher's text aside, in `columns` alone."""
    parts = []
    for part in story.partitions():
        hits = in_body(part, part.rows(table, where=where))
        parts.append(hits.loc[hits["outlet_id"] == outlet, list(columns)])
    return pd.concat(parts, ignore_index=True)


def columns_of_outlets(story: Story) -> dict[str, str]:
    """Outlet id -> the head of its column: those with a counted copy, in display order."""
    there = set(outlet_of(story))
    return {outlet: name for outlet, name in story.outlets.items() if outlet in there}
