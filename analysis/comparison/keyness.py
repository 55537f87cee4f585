"""Keyness: words more frequent in one copy than in the others, described; tested only over ten or more episodes.

A copy's words are not drawn at random from anything, so that a test over the words of two texts finds dozens of "significant" ones in any
pair. Of copies the figures describe: how much oftener (log ratio), on how much text (log-likelihood), how far beyond what small counts
give (weighted log-odds), in how many paragraphs and copies. Of outlets, words are tested over episodes, corrected for their number.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.comparison.estimates import MIN_EPISODES
from analysis.comparison.resampling import SEED

PRIOR = (
    500.0  # words of the story's vocabulary that stand before the counts, shared out as its copies use them
)
ZERO = 0.5  # stands for a count of zero in the log ratio (Hardie 2014)
MIN_HITS, MIN_PARAGRAPHS = 3, 2  # in the copy, of a word that is listed
MIN_EPISODES_WITH_HITS = 5
N_FLIPS = 5_000

COLUMNS = {
    "term": "str",
    "n": "int64",
    "n_others": "int64",
    "rate_per_1000": "float64",
    "rate_per_1000_others": "float64",
    "log_ratio": "float64",
    "log_likelihood": "float64",
    "log_odds": "float64",
    "log_odds_z": "float64",
    "n_copies": "int64",
    "n_paragraphs": "int64",
    "dispersion": "float64",
}


def key_words(
    terms: pd.DataFrame, doc_id: str, others: Sequence[str], *, voice: str = "outside"
) -> pd.DataFrame:
    """The words of `doc_id` against those of `others` taken together, the most telling first; names are left out.

    `terms` is the table of that name. Columns: term; n and n_others, hits; rate_per_1000 of each; log_ratio, the binary logarithm of the
    ratio of rates, positive where the word is more frequent in `doc_id` (Hardie 2014); log_likelihood, 0 or more (Dunning 1993, as in
    Rayson & Garside 2000); log_odds and log_odds_z, weighted log-odds with an informative Dirichlet prior from all these copies, and that by its
    standard error (Monroe, Colaresi & Quinn 2008); n_copies that hold the word; n_paragraphs and dispersion of `doc_id` (0 even, 1 clumped).
    Listed are words with three hits or more in two paragraphs or more of `doc_id`, and a log ratio above zero.
    """
    rows = terms[(terms["voice"] == voice) & ~terms["is_masked"] & terms["doc_id"].isin([doc_id, *others])]
    counts = rows.pivot_table(index="term", columns="doc_id", values="n", aggfunc="sum", fill_value=0)
    if doc_id not in counts or not set(others) & set(counts.columns):
        return pd.DataFrame(columns=list(COLUMNS)).astype(COLUMNS)
    a = counts[doc_id].to_numpy(float)
    b = counts.drop(columns=doc_id).sum(axis=1).to_numpy(float)
    own = rows[rows["doc_id"] == doc_id].set_index("term").reindex(counts.index)
    odds, z = log_odds(a, b)
    found = pd.DataFrame(
        {
            "term": counts.index.to_numpy(),
            "n": a.astype(int),
            "n_others": b.astype(int),
            "rate_per_1000": 1000 * a / a.sum(),
            "rate_per_1000_others": 1000 * b / b.sum(),
            "log_ratio": log_ratio(a, b),
            "log_likelihood": log_likelihood(a, b),
            "log_odds": odds,
            "log_odds_z": z,
            "n_copies": (counts > 0).sum(axis=1).to_numpy(),
            "n_paragraphs": own["n_paragraphs"].fillna(0).to_numpy(),
            "dispersion": own["dispersion"].to_numpy(),
        }
    ).astype(COLUMNS)
    is_listed = (
        (found["n"] >= MIN_HITS) & (found["n_paragraphs"] >= MIN_PARAGRAPHS) & (found["log_ratio"] > 0)
    )
    return found[is_listed].sort_values(
        ["log_odds_z", "term"], ascending=[False, True], kind="stable", ignore_index=True
    )


def log_ratio(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The binary logarithm of the ratio of relative frequencies; a count of zero stands as a half (Hardie 2014)."""
    one, other = np.where(a == 0, ZERO, a) / a.sum(), np.where(b == 0, ZERO, b) / b.sum()
    return np.log2(one / other)


def log_likelihood(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Dunning's G2 of each word in two texts, in the two-cell form of Rayson & Garside (2000): 0 or more."""
    total, n_a, n_b = a + b, a.sum(), b.sum()
    expected_a, expected_b = n_a * total / (n_a + n_b), n_b * total / (n_a + n_b)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(a > 0, a * np.log(a / expected_a), 0) + np.where(
            b > 0, b * np.log(b / expected_b), 0
        )
    return 2 * np.nan_to_num(terms)


def log_odds(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weighted log-odds of each word and that by its standard error (Monroe, Colaresi & Quinn 2008, equations 16, 20, 22).

    The Dirichlet prior is the vocabulary of both texts, as they use it, worth 500 words: it draws rare words towards no difference. Of texts
    that hold one word alone both are 0.
    """
    if len(a) < 2:
        return np.zeros(len(a)), np.zeros(len(a))
    prior = PRIOR * (a + b) / (a + b).sum()
    all_prior = prior.sum()
    odds = [np.log((n + prior) / (n.sum() + all_prior - n - prior)) for n in (a, b)]
    error = np.sqrt(1 / (a + prior) + 1 / (b + prior))
    delta = odds[0] - odds[1]
    return delta, delta / error


def key_words_of_outlet(
    terms: pd.DataFrame, documents: pd.DataFrame, pairs: pd.DataFrame, outlet: str, *, voice: str = "outside"
) -> pd.DataFrame:
    """Words that `outlet` uses oftener, or less often, than the others over ten or more episodes; empty where there are fewer.

    Within each episode: the word's rate in the outlet's copy minus the mean rate of the others' (`pairs` is what `chosen_copies` returns).
    The signs of these differences are flipped at random, all words of an episode together, and the largest |t| over all words is what
    each word's |t| is held against: p is the chance of any word so far out were there no difference (Westfall & Young 1993).
    Columns: term, n_episodes (with a hit), difference (per 1,000 words, positive: oftener), t, p.
    """
    empty = pd.DataFrame(columns=["term", "n_episodes", "difference", "t", "p"])
    outlets = documents.set_index("doc_id")["outlet"]
    rates = _rates(terms, voice)
    episodes: list[pd.Series] = []
    hits: list[pd.Series] = []
    for _, own in pairs.groupby("episode", sort=False):
        compared = {*own["doc_id_a"], *own["doc_id_b"]} & set(rates.columns)
        target = [doc_id for doc_id in compared if outlets[doc_id] == outlet]
        others = [doc_id for doc_id in compared if outlets[doc_id] not in (outlet, "unknown")]
        if target and others:
            mean, against = rates[sorted(target)].mean(axis=1), rates[sorted(others)].mean(axis=1)
            episodes.append(mean - against)
            hits.append((mean > 0) | (against > 0))
    if len(episodes) < MIN_EPISODES:
        return empty
    n_episodes = pd.concat(hits, axis=1).sum(axis=1)
    kept = n_episodes.index[n_episodes >= MIN_EPISODES_WITH_HITS]
    gaps = pd.concat(episodes, axis=1).loc[kept].to_numpy()
    kept, gaps = kept[gaps.std(axis=1) > 0], gaps[gaps.std(axis=1) > 0]
    if not len(kept):
        return empty
    t = _t(gaps)
    draw = np.random.default_rng(SEED)
    signs = draw.choice([-1.0, 1.0], size=(N_FLIPS, gaps.shape[1]))
    largest = np.array([np.abs(_t(gaps * flip)).max() for flip in signs])
    p = [(1 + (largest >= abs(value) - 1e-12).sum()) / (1 + N_FLIPS) for value in t]
    found = pd.DataFrame(
        {
            "term": kept,
            "n_episodes": n_episodes[kept].to_numpy(),
            "difference": gaps.mean(axis=1),
            "t": t,
            "p": p,
        }
    )
    return found.sort_values(["p", "term"], kind="stable", ignore_index=True)


def _rates(terms: pd.DataFrame, voice: str) -> pd.DataFrame:
    """Hits per 1,000 words that are no names: a row a term, a column a document."""
    rows = terms[(terms["voice"] == voice) & ~terms["is_masked"]]
    counts = rows.pivot_table(index="term", columns="doc_id", values="n", aggfunc="sum", fill_value=0)
    return 1000 * counts / counts.sum()


def _t(gaps: np.ndarray) -> np.ndarray:
    """The mean of each row by its standard error."""
    error = gaps.std(axis=1, ddof=1) / np.sqrt(gaps.shape[1])
    return gaps.mean(axis=1) / np.where(error > 0, error, np.inf)
