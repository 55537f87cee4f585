"""Resampling: how far a figure would move had other paragraphs of the same article run.

The blocks of a document are its paragraphs; where it has fewer than eight, runs of
three consecutive sentences stand in. Sums over a resample are one matrix product, so
all measures of a document share the same resamples and can be judged together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
import pandas as pd

SEED = 20230913
N_INTERVAL = 2_000
N_FAMILY = 10_000
MIN_PARAGRAPHS = 8
RUN = 3
DRAWN_AT_ONCE = 2**20
MOST_DRAWN = 4_000_000  # counts in memory at once: 32 MB


@dataclass(frozen=True)
class Replicates:
    """A measure of one copy: its value and standard error, and both again in each resample."""

    value: float
    error: float
    values: np.ndarray
    errors: np.ndarray


def blocks(paragraph: pd.Series | np.ndarray) -> tuple[np.ndarray, bool]:
    """The block of each sentence, counted from 0, and whether blocks are paragraphs (else runs of sentences)."""
    codes, unique = pd.factorize(paragraph)
    if len(unique) >= MIN_PARAGRAPHS:
        return codes, True
    return np.arange(len(paragraph)) // RUN, False


def draw(n_blocks: int, n_resamples: int, name: str) -> np.ndarray:
    """How often each block is drawn in each resample, (n_resamples, n_blocks); the same for the same name."""
    digest = int.from_bytes(sha256(f"{SEED}/{name}".encode()).digest()[:8], "big")
    random = np.random.default_rng(digest)
    counts = np.empty((n_resamples, n_blocks))
    at_once = max(
        1, DRAWN_AT_ONCE // n_blocks
    )  # of many blocks, so that memory holds the counts and little else
    for first in range(0, n_resamples, at_once):
        part = counts[first : first + at_once]
        drawn = random.integers(n_blocks, size=part.shape, dtype=np.int32)
        drawn += np.arange(0, part.size, n_blocks, dtype=np.int32)[:, None]
        part[:] = np.bincount(drawn.ravel(), minlength=part.size).reshape(part.shape)
    return counts


def block_sums(values: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """Sums of the rows of `values` (sentences, columns) within each block: (blocks, columns). Every block has a row."""
    order = np.argsort(codes, kind="stable")
    starts = np.flatnonzero(np.diff(codes[order], prepend=-1))
    return np.add.reduceat(values[order], starts, axis=0)


def replicate(sums: np.ndarray, function: Callable[..., np.ndarray], counts: np.ndarray) -> Replicates:
    """Evaluate `function` on the block `sums` (blocks, columns) and on each resample of `counts`.

    The standard error, of the figure and of each resample's own figure (which makes the interval
    studentised), is that of the linearised statistic: gradient times block sums (Efron & Tibshirani
    1993, ch. 12 and 22). Where a resample holds nothing to divide by, value and error are NaN.
    """
    counts = np.vstack([np.ones(len(sums)), counts])
    totals = counts @ sums
    n_columns = sums.shape[1]
    with np.errstate(all="ignore"):
        values = evaluate(function, totals)
        gradient = _gradient(function, totals)
        first = np.einsum("rc,rc->r", gradient, totals)
        products = (sums[:, :, None] * sums[:, None, :]).reshape(len(sums), -1)
        second = (counts @ products).reshape(-1, n_columns, n_columns)
        square = np.einsum("ri,rij,rj->r", gradient, second, gradient)
        n = len(sums)
        errors = np.sqrt(np.maximum(n / (n - 1) * (square - first**2 / n), 0.0))
    return Replicates(float(values[0]), float(errors[0]), values[1:], errors[1:])


def evaluate(function: Callable[..., np.ndarray], totals: np.ndarray) -> np.ndarray:
    """`function` of each row of `totals` (rows, columns); NaN where there is nothing to divide by.

    Of an array of more axes the last holds the columns; the result has the others, in reverse order.
    """
    with np.errstate(all="ignore"):
        values = function(*totals.T)
    return np.where(np.isfinite(values), values, np.nan)


def _gradient(function: Callable[..., np.ndarray], totals: np.ndarray) -> np.ndarray:
    columns = []
    for column in range(totals.shape[1]):
        step = np.maximum(np.abs(totals[:, column]), 1.0) * 1e-5
        up, down = totals.copy(), totals.copy()
        up[:, column] += step
        down[:, column] -= step
        columns.append((evaluate(function, up) - evaluate(function, down)) / (2 * step))
    return np.stack(columns, axis=1)


def percentile_interval(values: np.ndarray, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """The ends of the middle `level` of the resampled figures, which are the last axis of `values`.

    A figure that could not be computed (NaN) is left out; where more than one in twenty could not, there is no interval.
    """
    tail = (1 - level) / 2
    in_order = np.sort(values, axis=-1)  # NaN last
    n_known = values.shape[-1] - np.isnan(values).sum(axis=-1)
    ends = []
    for share in (tail, 1 - tail):
        at = share * np.maximum(n_known - 1, 0)
        below = at.astype(int)
        above = np.minimum(below + 1, np.maximum(n_known - 1, 0))
        one, other = (np.take_along_axis(in_order, n[..., None], axis=-1)[..., 0] for n in (below, above))
        ends.append(np.where(n_known >= 0.95 * values.shape[-1], one + (at - below) * (other - one), np.nan))
    return ends[0], ends[1]


def studentised(a: Replicates, b: Replicates) -> tuple[float, float, np.ndarray]:
    """The difference a − b, its standard error, and |t| of each resample (NaN where it has no spread)."""
    difference = a.value - b.value
    error = float(np.hypot(a.error, b.error))
    with np.errstate(all="ignore"):
        t = np.abs((a.values - b.values - difference) / np.hypot(a.errors, b.errors))
    return difference, error, np.where(np.isfinite(t), t, np.nan)


def studentised_mean(values: np.ndarray, n_resamples: int, name: str) -> tuple[float, np.ndarray]:
    """The standard error of the mean of `values`, one an episode, and |t| of each resample of them."""
    errors, t = studentised_means(np.asarray(values, float)[:, None], n_resamples, name)
    return float(errors[0]), t[:, 0]


def studentised_means(values: np.ndarray, n_resamples: int, name: str) -> tuple[np.ndarray, np.ndarray]:
    """The standard errors of means over episodes, and |t| of each resample: (comparisons,) and (resamples, comparisons).

    `values` are (episodes, comparisons), NaN where an episode has none: then the mean is the ratio of two sums. The errors are
    those of `replicate`, here written out. t is NaN where a resample has no spread. Only a portion of the draws is in memory.
    """
    there = ~np.isnan(values)
    n = there.sum(axis=0)
    centred = np.where(there, values - np.nanmean(values, axis=0), 0.0)
    sums = np.hstack([centred, centred**2] if there.all() else [centred, centred**2, there])
    factor = n / (n - 1)

    def judged(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        first, second, *number = np.split(counts @ sums, sums.shape[1] // len(n), axis=1)
        size = number[0] if number else n
        with np.errstate(all="ignore"):
            spread = second - first**2 / size
            spread[spread <= 1e-12 * second] = 0.0  # what is left of figures that are all the same
            errors = np.sqrt(factor * spread) / size
            t = np.abs(first / size / errors)
        return errors, np.where(np.isfinite(t), t, np.nan)

    errors = judged(np.ones((1, len(values))))[0][0]
    t, first = np.empty((n_resamples, len(n))), 0
    for counts in _portions(len(values), n_resamples, name):
        t[first : first + len(counts)] = judged(counts)[1]
        first += len(counts)
    return errors, t


def _portions(n_blocks: int, n_resamples: int, name: str) -> Iterator[np.ndarray]:
    """What `draw` gives, in portions where it is more than `MOST_DRAWN` counts, each portion drawn by a name of its own."""
    most = max(1, MOST_DRAWN // n_blocks)
    for first in range(0, n_resamples, most):
        yield draw(n_blocks, min(most, n_resamples - first), f"{name}/{first}" if first else name)


def critical(t: np.ndarray, level: float) -> float:
    """The |t| that `level` of the resamples stay under."""
    return float(np.quantile(t[np.isfinite(t)], level))


class Simultaneous:
    """For each comparison of a family the |t| that `level` of the resamples stay under in all comparisons at once.

    The maximum (Romano & Wolf 2005, Econometrica 73, 1237-1282) is taken of ranks, each comparison within its own distribution,
    and turned back there (Beran 1988, JASA 83, 679-686): one with little text and long tails then widens its own interval and
    not those of its family. Comparisons are added one by one, with the same resamples, and of each no more is kept than the
    upper tail in which its width lies: the largest rank of a resample is no smaller than that in any one comparison.
    """

    def __init__(self, level: float):
        self.level = level
        self.largest = np.zeros(0)
        self.tails: list[tuple[np.ndarray, int]] = []

    def add(self, t: np.ndarray) -> None:
        """Add a comparison by its |t| in each resample, NaN where it has none."""
        order = np.argsort(np.where(np.isnan(t), -np.inf, t))
        ranks = np.empty(len(t))
        ranks[order] = np.arange(1, len(t) + 1) / len(t)
        self.largest = np.maximum(self.largest, ranks) if len(self.largest) else ranks
        known = t[order][np.isnan(t).sum() :]
        first = max(0, int(self.level * (len(known) - 1)) - 1)
        self.tails.append((known[first:].copy(), first))

    def widths(self) -> list[float]:
        """The width of each comparison in the order in which they were added."""
        if not self.tails:
            return []
        share = np.quantile(self.largest, self.level)
        return [
            float(np.quantile(np.concatenate([np.full(n_below, tail[0]), tail]), share))
            for tail, n_below in self.tails
        ]
