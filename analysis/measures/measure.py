"""A measure: what an entry of the catalogue says, and the three ratios most of them are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Measure:
    """One entry: `function` takes an array per column of `columns` and returns an array of the same shape.

    `label` is its name inside a sentence. `higher` says what a higher value means. `words` is the sum that must reach the minimum of text.
    `event` is the sum that must not be zero for an interval to mean anything ("" where that cannot happen).
    `of` is the sum that a share of countable things is of: below ten of them there is no interval ("" where words or sentences are).
    `is_headline` measures are the ones whose differences are judged, together with their family.
    """

    name: str
    label: str
    columns: tuple[str, ...]
    function: Callable[..., np.ndarray]
    unit: str
    higher: str
    family: str
    voice: str = "all"
    is_headline: bool = False
    words: str = "n_words"
    event: str = ""
    of: str = ""
    digits: int = 1
    source: str = ""

    @property
    def title(self) -> str:
        """The label as a heading: its first letter a capital."""
        return self.label[0].upper() + self.label[1:]


def share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """A part in per cent of the whole."""
    return 100 * part / whole


def rate(hits: np.ndarray, words: np.ndarray) -> np.ndarray:
    """Hits per 1,000 words."""
    return 1000 * hits / words


def mean(total: np.ndarray, n: np.ndarray) -> np.ndarray:
    """A total divided by how many it is of."""
    return total / n
