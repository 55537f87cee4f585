"""The plan: which documents of a story are measured together.

Episodes stay whole, since copies are compared within them. The plan depends on the documents alone, not on where they are measured,
so that the tables are the same wherever that is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

import pandas as pd

LARGEST = 500  # documents of a story that is measured at once
SIZE = 100  # documents of a partition of a larger one, on average
MOST = 2  # times as many: what a worker holds


class BadSize(ValueError):
    """PARALLAX_PARTITION is no size of a partition; the message says what is allowed."""


@dataclass(frozen=True)
class Partition:
    """Documents that are measured together: rows of the manifest, or of the `listing` of exports, and their corrections.

    `digest` says from what they are measured: the same digest, the same tables, but for the places of rows that are no article,
    for which `places` stands: where rows of exports are. `articles` are the files that a manifest names, with their SHA-256 when
    that was planned.
    """

    number: int
    rows: pd.DataFrame
    corrections: pd.DataFrame
    digest: str = ""
    places: str = ""
    articles: Mapping[str, str] = field(default_factory=dict)


def largest() -> int:
    """From how many documents on a story is measured in partitions: more than PARALLAX_PARTITION, else 500. Raises as `size`."""
    return _told(LARGEST)


def size() -> int:
    """How many documents a partition has on average: PARALLAX_PARTITION, else 100. Raises `BadSize` for what is no number above 0."""
    return _told(SIZE)


def _told(usual: int) -> int:
    told = os.environ.get("PARALLAX_PARTITION") or usual
    size = int(told) if str(told).isdecimal() else 0
    if size < 1:
        raise BadSize(f"PARALLAX_PARTITION is {told!r}; allowed: a whole number from 1 on")
    return size


def partitions(rows: pd.DataFrame, corrections: pd.DataFrame, size: int) -> list[Partition]:
    """`rows` (columns doc_id, episode and others), sorted by episode, in partitions of about `size`, at most twice as many.

    A larger episode is one of its own. Documents of which nobody says the episode ("") are parted anywhere. Where a partition ends
    the id of its last episode says, not how many documents stand before: one more leaves the partitions after it as they were.
    """
    ordered = rows.sort_values("episode", kind="stable")
    if "row" not in rows:  # rows of exports stay together, since they are read together
        is_free = ordered["episode"] == ""
        ordered = pd.concat([ordered[is_free].sort_values("doc_id"), ordered[~is_free]])
    numbers, number, n = [], 0, 0
    for id, n_own in _units(ordered):
        if n and n + n_own > MOST * size:
            number, n = number + 1, 0
        n += n_own
        numbers += [number] * n_own
        if n >= size / 2 and _ends(id, n_own, size):
            number, n = number + 1, 0
    of = corrections["doc_id"]
    return [
        Partition(
            number, own.reset_index(drop=True), corrections[of.isin(own["doc_id"])].reset_index(drop=True)
        )
        for number, own in ordered.groupby(numbers, sort=True)
    ]


def _units(ordered: pd.DataFrame) -> Iterator[tuple[str, int]]:
    """What stays whole, by id, with its number of documents: a document of no episode, or an episode."""
    for episode, own in ordered.groupby("episode", sort=True)["doc_id"]:
        yield from [(episode, len(own))] if episode else ((doc_id, 1) for doc_id in own)


def _ends(id: str, n_own: int, size: int) -> bool:
    """Whether a partition of at least half of `size` ends with an episode of `n_own` documents: of its id alone, and so that `size` is the mean."""
    drawn = int.from_bytes(sha256(id.encode("utf-8", "surrogatepass")).digest()[:8], "big") / 2**64
    return drawn < 2 * n_own / (size + 2 * n_own)
