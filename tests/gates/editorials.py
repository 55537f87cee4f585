"""Rated editorials: sentences of one newspaper's leading articles with the mean rating of twenty people."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Editorial:
    """One article: its sentences in order and their ratings, −4 to 4."""

    sentences: tuple[str, ...]
    ratings: tuple[float, ...]


def editorials(shared: Path) -> list[Editorial]:
    """Read them, in order; skips the test where they are not here."""
    path = shared / "gold" / "nyt_sentiment.tsv"
    if not path.is_file():
        pytest.skip("the rated editorials are not here")
    rows: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        sentence_id, rating, sentence = line.split("\t", 2)
        rows[sentence_id.split("_")[0]].append((sentence, float(rating)))
    return [Editorial(*zip(*own, strict=True)) for own in rows.values()]
