"""Agreement: coders with each other first, then a list of words with what they agreed on, then rates corrected for its error.

Codes are 1 (the indicator is present), 0 (it is not) or missing. Items are sentences drawn with known probabilities from strata (a copy,
and whether the list has a hit); weights are the inverse of these. Intervals of the
list's figures resample items within their strata, that of alpha resamples items. Where all resamples agree, as with codes that do not differ, there is none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.comparison.resampling import SEED

N_RESAMPLES = 2_000
LEVEL = (2.5, 97.5)
MIN_ITEMS = 100  # sentences coded of an indicator, below which the figures are printed with a warning
MIN_IN_STRATUM = (
    10  # coded hits and coded non-hits of a copy, from which on it is corrected by its own errors
)


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95 % interval, NaN where there is none."""

    value: float
    low: float
    high: float


NOTHING = Estimate(float("nan"), float("nan"), float("nan"))


def alpha(codes: pd.DataFrame) -> Estimate:
    """Krippendorff's alpha, nominal: 1 all agree, 0 as chance would have it, below 0 less than that.

    `codes` has a row an item and a column a coder, NA where a coder left it out. Of fewer than two coders, or where all codes are one value,
    it is NaN: there is nothing to disagree about.
    """
    counts = np.stack([(codes == value).sum(axis=1).to_numpy() for value in (0, 1)], axis=1).astype(float)
    counts = counts[counts.sum(axis=1) > 1]
    if not len(counts) or (counts.sum(axis=0) > 0).sum() < 2:
        return NOTHING
    from nltk.metrics.agreement import (
        AnnotationTask,  # imports all of NLTK, which a page without codes is spared
    )

    task = AnnotationTask(
        [
            (str(coder), str(item), str(int(value)))
            for coder in codes
            for item, value in codes[coder].items()
            if pd.notna(value)
        ]
    )
    draw = np.random.default_rng(SEED)
    resampled = draw.integers(0, len(counts), size=(N_RESAMPLES, len(counts)))
    return _estimate(float(task.alpha()), _alphas(counts[resampled]))


def _alphas(counts: np.ndarray) -> np.ndarray:
    """Nominal alpha of each resample: counts (resamples, items, values). Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability"."""
    n_codes = counts.sum(axis=2)
    disagreeing = (n_codes**2 - (counts**2).sum(axis=2)) / (n_codes - 1)
    totals = counts.sum(axis=1)
    n = totals.sum(axis=1)
    expected = (n**2 - (totals**2).sum(axis=1)) / (n - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return 1 - disagreeing.sum(axis=1) / expected


def agreed(codes: pd.DataFrame, adjudicated: pd.Series | None = None) -> pd.Series:
    """The code of each item: the adjudicated one, else that of more than half of its coders; NA where they are divided."""
    mean = codes.astype("float64").mean(axis=1)
    majority = (mean > 0.5).astype("Int64").mask((mean == 0.5) | mean.isna())
    return (
        majority if adjudicated is None else adjudicated.astype("Int64").reindex(codes.index).fillna(majority)
    )


@dataclass(frozen=True)
class Machine:
    """How a list of words does against what coders agreed on, over all sentences of the copies: precision, recall, F1 (0 to 1)."""

    precision: Estimate
    recall: Estimate
    f1: Estimate
    n: int
    n_present: int


def machine(items: pd.DataFrame) -> Machine:
    """Precision, recall and F1 of the hits, weighted to all sentences.

    `items` has for each coded sentence: doc_id, is_hit, weight (of how many sentences it stands for), code (1, 0, NA).
    """
    known = items[items["code"].notna()]
    hits, codes, weights = (known[name].to_numpy(float) for name in ("is_hit", "code", "weight"))
    resampled = _resampled_weights(known)
    values = [_precision_recall(hits, codes, own) for own in (weights[None, :], resampled)]
    precision, recall, f1 = (
        _estimate(float(values[0][n][0]), values[1][n]) if len(known) else NOTHING for n in range(3)
    )
    return Machine(precision, recall, f1, len(known), int(codes.sum()))


def _precision_recall(hits: np.ndarray, codes: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, ...]:
    """Each of shape (resamples,); `weights` is (resamples, items)."""
    both, found, present = (weights @ part for part in (hits * codes, hits, codes))
    with np.errstate(divide="ignore", invalid="ignore"):
        precision, recall = both / found, both / present
        return precision, recall, 2 * both / (found + present)


def _resampled_weights(items: pd.DataFrame) -> np.ndarray:
    """Weights of the items in each resample within strata: (resamples, items).

    Of n items n - 1 are drawn and scaled by n / (n - 1), so that small strata do not seem too certain (Rao & Wu 1988, JASA 83, 231-241); strata of
    one item are taken together with the others of their kind, hit or not.
    """
    draw = np.random.default_rng(SEED)
    weights = items["weight"].to_numpy(float)
    out = np.zeros((N_RESAMPLES, len(items)))
    sizes = items.groupby(["doc_id", "is_hit"])["weight"].transform("size").to_numpy()
    strata = items[["doc_id", "is_hit"]].reset_index(drop=True)
    strata["doc_id"] = strata["doc_id"].where(sizes > 1, "")
    for places in strata.groupby(["doc_id", "is_hit"], sort=False).indices.values():
        n = len(places)
        if n == 1:
            out[:, places] = weights[places]
            continue
        drawn = draw.multinomial(n - 1, np.full(n, 1 / n), size=N_RESAMPLES)
        out[:, places] = drawn * n / (n - 1) * weights[places]
    return out


def _estimate(value: float, resampled: np.ndarray) -> Estimate:
    if np.isnan(value) or np.isnan(resampled).mean() > 0.05:
        return Estimate(value, float("nan"), float("nan"))
    low, high = np.nanpercentile(resampled, LEVEL)
    if high - low < 1e-9:  # no code differed in the sample: that is no certainty
        return Estimate(value, float("nan"), float("nan"))
    return Estimate(value, float(low), float(high))


def corrected_rates(items: pd.DataFrame, sizes: pd.DataFrame) -> pd.DataFrame:
    """The share of sentences of each copy in which the indicator is present, corrected for what the list finds wrongly and misses.

    `sizes` has for each doc_id n_sentences and n_hits (sentences with a hit). The share is that of hits times the chance that a hit is right, plus that of the others times
    the chance that one without a hit is missed (the misclassification TeBlunthuis, Hase & Chan 2024 correct for, Communication Methods and Measures 18; here
    both chances are taken from the coded sample). Columns: doc_id; machine, the share of sentences with a hit; corrected, low, high; and errors_of: "all copies", which assumes that
    the list errs alike in all of them, or "this copy", where ten hits and ten others of it were coded.
    """
    known = items[items["code"].notna()].assign(code=lambda rows: rows["code"].astype("float64"))
    weights = _resampled_weights(known)
    chances = {
        is_hit: _chance(known, weights, known["is_hit"].to_numpy() == is_hit) for is_hit in (True, False)
    }
    rows = []
    for size in sizes.itertuples():
        is_own = (known["doc_id"] == size.doc_id).to_numpy()
        own = {is_hit: is_own & (known["is_hit"].to_numpy() == is_hit) for is_hit in (True, False)}
        of_copy = all(part.sum() >= MIN_IN_STRATUM for part in own.values())
        used = {is_hit: _chance(known, weights, part) for is_hit, part in own.items()} if of_copy else chances
        share = size.n_hits / size.n_sentences
        value, resampled = (share * used[True][n] + (1 - share) * used[False][n] for n in (0, 1))
        found = _estimate(float(value), resampled)
        rows.append(
            (size.doc_id, share, found.value, found.low, found.high, "this copy" if of_copy else "all copies")
        )
    return pd.DataFrame(rows, columns=["doc_id", "machine", "corrected", "low", "high", "errors_of"])


def _chance(known: pd.DataFrame, weights: np.ndarray, chosen: np.ndarray) -> tuple[float, np.ndarray]:
    """The weighted share of present ones among `chosen`, as it is and in each resample; NaN of none."""
    codes, own = known["code"].to_numpy()[chosen], known["weight"].to_numpy(float)[chosen]
    if not chosen.any():
        return float("nan"), np.full(N_RESAMPLES, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(own @ codes / own.sum()), (weights[:, chosen] @ codes) / weights[:, chosen].sum(axis=1)
