"""The plan: which documents of a story are measured together.

Episodes stay whole, since copies are compared within them. The plan depends on the documents alone, not on where they are measured,
so that the tables are the same wherever that is.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

LARGEST = 500  # documents of a story that is measured at once
SIZE = 100  # documents of a partition of a larger one: what a worker holds


class BadSize(ValueError):
    """PARALLAX_PARTITION is no size of a partition; the message says what is allowed."""


@dataclass(frozen=True)
class Partition:
    """Documents that are measured together: rows of the manifest, or of the `listing` of exports, and their corrections.

    `digest` says from what they are measured: the same digest, the same tables. `articles` are the files that a manifest names,
    with their SHA-256 when that was planned.
    """

    number: int
    rows: pd.DataFrame
    corrections: pd.DataFrame
    digest: str = ""
    articles: Mapping[str, str] = field(default_factory=dict)


def largest() -> int:
    """From how many documents on a story is measured in partitions: more than PARALLAX_PARTITION, else 500. Raises as `size`."""
    return _told(LARGEST)


def size() -> int:
    """How many documents a partition has: PARALLAX_PARTITION, else 100. Raises `BadSize` for what is no number above 0."""
    return _told(SIZE)


def _told(usual: int) -> int:
    told = os.environ.get("PARALLAX_PARTITION") or usual
    size = int(told) if str(told).isdecimal() else 0
    if size < 1:
        raise BadSize(f"PARALLAX_PARTITION is {told!r}; allowed: a whole number from 1 on")
    return size


def partitions(rows: pd.DataFrame, corrections: pd.DataFrame, size: int) -> list[Partition]:
    """`rows` (columns doc_id, episode and others), sorted by episode, in partitions of at most `size`.

    A larger episode is one of its own. Documents of which nobody says the episode ("") are parted anywhere.
    """
    ordered = rows.sort_values("episode", kind="stable")
    sizes = ordered.groupby("episode", sort=True).size()
    numbers, number, n = [], 0, 0
    for episode, n_own in sizes.items():
        for n_next in [n_own] if episode else [1] * n_own:
            if n and n + n_next > size:
                number, n = number + 1, 0
            n += n_next
            numbers += [number] * n_next
    of = corrections["doc_id"]
    return [
        Partition(
            number, own.reset_index(drop=True), corrections[of.isin(own["doc_id"])].reset_index(drop=True)
        )
        for number, own in ordered.groupby(numbers, sort=True)
    ]
