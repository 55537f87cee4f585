"""Which tables are written as CSV beside the reports: all, or of very many documents those that somebody can open."""

from __future__ import annotations

from analysis.measured import TABLE_NAMES
from analysis.story import Story

OF_LARGE = ("documents", "estimates", "differences")
IN_MEASURES = "There are too many rows for CSV: estimates are those of outlets. All rows of all tables are in the story's folder, in measures/ (Parquet)."


def csv_tables(story: Story) -> tuple[str, ...]:
    """The names of the tables that are written, `estimates` of a large story being those of outlets."""
    return OF_LARGE if story.is_large else tuple(TABLE_NAMES)


def in_csv(story: Story, *names: str) -> tuple[str, ...]:
    """Those of `names` that are written."""
    return tuple(name for name in names if name in csv_tables(story))
