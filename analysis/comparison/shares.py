"""Shares: hits of a number of trials, with their interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

Z = 1.959964  # of the normal distribution: 95 % lie within


@dataclass(frozen=True)
class Share:
    """`hits` of `n`, with the 95 % interval of Wilson."""

    hits: int
    n: int

    @property
    def value(self) -> float:
        """From 0 to 1; NaN of nothing."""
        return self.hits / self.n if self.n else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        """Low and high end, from 0 to 1; all of it where there is nothing."""
        return wilson(self.hits, self.n) if self.n else (0.0, 1.0)


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share of `n` (Wilson 1927, JASA 22, 209-212), from 0 to 1."""
    share = hits / n
    middle = (share + Z**2 / (2 * n)) / (1 + Z**2 / n)
    half = Z / (1 + Z**2 / n) * sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    return min(max(0.0, middle - half), share), max(min(1.0, middle + half), share)
