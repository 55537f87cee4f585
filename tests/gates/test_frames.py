"""Generic frames against articles coded by people: a rate over a threshold agrees as well as simple lists do.

Labels come from articles on climate policy of 32 outlets. The threshold of a frame is chosen on the training
folds alone, and no outlet stands on both sides. Folds are dealt several times and figures averaged, as one
deal of so few outlets moves them by .02.
"""

from __future__ import annotations

import json
from collections import Counter

import numpy as np
import pytest

from analysis.corpus.words import n_words
from analysis.evidence.dictionaries import bundled, find

LABELS = {
    "conflict": "conflict",
    "human_interest": "human_interest",
    "economic_consequences": "economic",
    "morality": "moral",
    "attribution_of_responsibility": "resolution",  # the nearest label there is; reported only
}
N_FOLDS, N_DEALS = 5, 20


@pytest.fixture(scope="module")
def articles(shared) -> list[dict]:
    path = shared / "gold" / "narrative_frames_dev.jsonl"
    if not path.is_file():
        pytest.skip("the labelled articles are not here")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def rates(articles) -> dict[str, np.ndarray]:
    """Hits per 1,000 words, a figure an article, by frame."""
    dictionary = bundled()["generic_frames"]
    hits = [Counter(frame for *_, frame, _ in find(article["text"], dictionary)) for article in articles]
    words = np.array([n_words(article["text"]) for article in articles])
    return {frame: np.array([found[frame] for found in hits]) / words * 1000 for frame in LABELS}


def macro_f1(truth: np.ndarray, answer: np.ndarray) -> float:
    """The mean of the F1 of yes and of no."""
    each = [2 * (t & a).sum() / max(t.sum() + a.sum(), 1) for t, a in ((truth, answer), (~truth, ~answer))]
    return float(np.mean(each))


def best_threshold(rate: np.ndarray, truth: np.ndarray) -> float:
    """The threshold with the highest macro-F1; candidates lie halfway between neighbouring rates."""
    values = np.unique(rate)
    candidates = np.concatenate([[values[0] - 1], (values[1:] + values[:-1]) / 2])
    return float(max(candidates, key=lambda threshold: macro_f1(truth, rate > threshold)))


def folds(outlets: list[str], seed: int) -> np.ndarray:
    """The fold of each article: outlets are dealt whole, the largest first, to the smallest fold."""
    draw = np.random.default_rng(seed)
    sizes = np.zeros(N_FOLDS)
    dealt: dict[str, int] = {}
    counts = Counter(outlets)
    for outlet in sorted(draw.permutation(sorted(counts)).tolist(), key=lambda one: -counts[one]):
        dealt[outlet] = int(draw.choice(np.flatnonzero(sizes == sizes.min())))
        sizes[dealt[outlet]] += counts[outlet]
    return np.array([dealt[outlet] for outlet in outlets])


def cross_validated(rate: np.ndarray, truth: np.ndarray, outlets: list[str]) -> float:
    figures = []
    for seed in range(N_DEALS):
        fold = folds(outlets, seed)
        answer = np.zeros(len(truth), dtype=bool)
        for held_out in range(N_FOLDS):
            is_test = fold == held_out
            answer[is_test] = rate[is_test] > best_threshold(rate[~is_test], truth[~is_test])
        figures.append(macro_f1(truth, answer))
    return float(np.mean(figures))


def test_macro_f1_is_the_mean_over_yes_and_no():
    truth = np.array([True, True, False, False])
    answer = np.array([True, False, False, False])
    assert macro_f1(truth, answer) == pytest.approx((2 / 3 + 4 / 5) / 2)


@pytest.mark.parametrize("frame", LABELS)
def test_a_rate_over_a_threshold_agrees_with_coders(frame, articles, rates, floors, record):
    truth = np.array([article["frames"][LABELS[frame]] == "True" for article in articles])
    outlets = ["".join(article["outlet"].lower().split()) for article in articles]
    figure = cross_validated(rates[frame], truth, outlets)
    floor = floors["frames"].get(frame, 0)
    label = "" if LABELS[frame] == frame else f" (label “{LABELS[frame]}”)"
    record(
        f"Generic frame: {frame}{label}",
        f"macro-F1 {figure:.3f}",
        floor=f"{floor:.3f}" if floor else "",
        n=f"{len(articles)} articles on climate policy of {len(set(outlets))} outlets, {truth.sum()} with the frame",
        says="How well indicator words in 1,000, over a threshold chosen on other outlets, tell what a coder saw.",
        says_not="that a passage with an indicator word is framed so; nor how words do on another subject.",
    )
    assert figure >= floor
