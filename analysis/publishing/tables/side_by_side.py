"""Copies side by side: one table with a column a copy, or, where that would be wider than a page, one an episode."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from analysis.publishing.displays import Prose, Stack, Table
from analysis.story import Story

WIDE = 7  # copies that fit side by side
MANY = 4  # tables that may stand open
DOT = "\u00a0·\u00a0"  # keeps the counts of a cell on one line


def side_by_side(
    story: Story,
    table_of: Callable[[list[str], dict[str, str]], Table],
    *,
    title: str,
    title_of_episode: str,
    how: str,
    collapsed: bool = False,
) -> Table | Stack:
    """The counted copies in tables that `table_of` makes from doc_ids and how they are called; `how` says how to read a cell."""
    copies, episodes = story.copies(), story.documents.set_index("doc_id")["episode"]
    if len(copies) <= WIDE or len(story.episodes) < 2:
        table = table_of(copies, story.labels)
        return replace(table, caption=title, note=f"{how} {table.note}".strip(), collapsed=collapsed)
    tables = []
    for episode, label in story.episodes.items():
        own = [doc_id for doc_id in copies if episodes[doc_id] == episode]
        if own:
            table = table_of(own, story.short_labels)
            tables.append(replace(table, caption=f"{title_of_episode}: {label}"))
    is_folded = collapsed or len(tables) > MANY
    return Stack([Prose([how]), *(replace(table, collapsed=is_folded) for table in tables)])
