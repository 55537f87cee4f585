"""Valence against people: sentences of editorials that twenty people rated, all words counted, names left in."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.measures.valence import valence
from tests.gates.editorials import Editorial, editorials


@pytest.fixture(scope="module")
def rated(shared) -> list[Editorial]:
    return editorials(shared)


@pytest.fixture(scope="module")
def scores(rated) -> list[np.ndarray]:
    return [np.array([valence(sentence) for sentence in editorial.sentences]) for editorial in rated]


def test_valence_of_sentences_goes_with_their_ratings(rated, scores, floors, record):
    ratings = np.concatenate([editorial.ratings for editorial in rated])
    r = float(np.corrcoef(np.concatenate(scores), ratings)[0, 1])
    floor = floors["valence"]["sentences"]
    record(
        "Valence of a sentence",
        f"r = {r:.3f}",
        floor=f"{floor:.3f}",
        n=f"{len(ratings):,} sentences of editorials, 20 raters each",
        says="Pearson's r of the score with the mean rating; that of one rater with the others is .745.",
        says_not="that a single sentence is scored rightly, nor toward whom its words are positive or negative.",
    )
    assert r >= floor


def test_mean_valence_of_an_article_goes_with_its_mean_rating(rated, scores, floors, record):
    means = [score.mean() for score in scores]
    r = float(np.corrcoef(means, [np.mean(editorial.ratings) for editorial in rated])[0, 1])
    floor = floors["valence"]["articles"]
    record(
        "Mean valence of an article",
        f"r = {r:.3f}",
        floor=f"{floor:.3f}",
        n=f"{len(rated)} editorials",
        says="Pearson's r of the plain mean of sentence scores with the mean rating of its sentences.",
        says_not="that two articles differ: three fifths of the variation of ratings are not in the score.",
    )
    assert r >= floor
