"""Keyness: formulas by hand, what is listed, and that nothing is found over episodes where nothing is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis.comparison.keyness import (
    key_words,
    key_words_of_outlet,
    log_likelihood,
    log_odds,
    log_ratio,
)
from analysis.tables import TERMS

A, B = np.array([10.0, 990.0, 0.0]), np.array([5.0, 990.0, 5.0])


def test_log_ratio_is_the_binary_logarithm_of_the_ratio_of_rates():
    assert log_ratio(A, B)[0] == pytest.approx(1.0)
    assert log_ratio(A, B)[2] == pytest.approx(np.log2(0.5 / 5))


def test_log_likelihood_is_that_of_rayson_and_garside():
    by_hand = 2 * (10 * np.log(10 / 7.5) + 5 * np.log(5 / 7.5))
    assert log_likelihood(A, B)[0] == pytest.approx(by_hand)
    assert log_likelihood(A, B)[2] == pytest.approx(2 * 5 * np.log(5 / 2.5))


def test_weighted_log_odds_are_those_of_monroe_colaresi_and_quinn():
    delta, z = log_odds(A, B)
    prior, all_prior = 500 * 15 / 2000, 500.0
    by_hand = np.log((10 + prior) / (1000 + all_prior - 10 - prior)) - np.log(
        (5 + prior) / (1000 + all_prior - 5 - prior)
    )
    assert delta[0] == pytest.approx(by_hand)
    assert z[0] == pytest.approx(by_hand / np.sqrt(1 / (10 + prior) + 1 / (5 + prior)))


COUNTS = arrays(float, 6, elements=st.integers(0, 400)).filter(lambda counts: counts.sum() > 0)


@given(COUNTS, COUNTS)
def test_the_other_way_round_the_signs_turn(a, b):
    kept = (a + b) > 0
    a, b = a[kept], b[kept]
    assert log_ratio(a, b) == pytest.approx(-log_ratio(b, a))
    assert log_odds(a, b)[1] == pytest.approx(-log_odds(b, a)[1])
    assert log_likelihood(a, b) == pytest.approx(log_likelihood(b, a))
    assert (log_likelihood(a, b) > -1e-9).all()


def table(*rows: tuple) -> pd.DataFrame:
    """Table `terms`: doc_id, term, n, n_paragraphs and, where given, is_masked and voice."""
    full = [row if len(row) > 4 else (*row, False, "outside") for row in rows]
    frame = pd.DataFrame(full, columns=["doc_id", "term", "n", "n_paragraphs", "is_masked", "voice"])
    return TERMS.frame(frame.assign(dispersion=0.5))


WORDS = table(
    ("a", "sanctions", 6, 4), ("a", "talks", 3, 3), ("a", "feast", 4, 1), ("a", "wine", 2, 2),
    ("a", "kim", 20, 9, True, "outside"), ("a", "glory", 9, 5, False, "quoted"),
    ("b", "sanctions", 1, 1), ("b", "talks", 9, 5), ("c", "talks", 2, 2),
)  # fmt: skip


def test_listed_are_words_with_three_hits_in_two_paragraphs_that_are_more_frequent_here():
    found = key_words(WORDS, "a", ["b", "c"])
    assert found["term"].tolist() == [
        "sanctions"
    ]  # talks are rarer here, feast in one paragraph, wine two hits
    assert tuple(found.loc[0, ["n", "n_others", "n_copies", "n_paragraphs"]]) == (6, 1, 2, 4)


def test_words_inside_quotation_marks_are_another_matter():
    assert key_words(WORDS, "a", ["b", "c"], voice="quoted").empty  # nobody else has any


def test_names_are_no_key_words():
    assert "kim" not in set(key_words(WORDS, "a", ["b", "c"])["term"])


def episodes(n: int, bias: float, seed: int) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """terms, documents and pairs of two outlets in `n` episodes; "storm" `bias` times as frequent in outlet x."""
    draw = np.random.default_rng(seed)
    rows, documents, pairs = [], [], []
    for e in range(n):
        day = draw.gamma(3, size=40)
        for outlet in "xy":
            doc_id = f"{outlet}{e}"
            documents.append((doc_id, outlet))
            counts = draw.poisson(6 * day)
            rows += [(doc_id, f"w{k}", int(c), 2) for k, c in enumerate(counts) if c]
            rows.append((doc_id, "storm", int(1 + draw.poisson(4 * (bias if outlet == "x" else 1))), 2))
        pairs.append((f"e{e}", f"x{e}", f"y{e}"))
    return (
        table(*rows),
        pd.DataFrame(documents, columns=["doc_id", "outlet"]),
        pd.DataFrame(pairs, columns=["episode", "doc_id_a", "doc_id_b"]),
    )


def test_below_ten_episodes_no_word_is_tested():
    assert key_words_of_outlet(*episodes(9, 8, 1), "x").empty


def test_a_word_that_an_outlet_uses_oftener_in_every_episode_is_found():
    found = key_words_of_outlet(*episodes(12, 6, 1), "x").set_index("term")
    assert found.loc["storm", "p"] < 0.05 and found.loc["storm", "difference"] > 0


def test_where_no_word_differs_at_most_one_story_in_twenty_has_one():
    n_false = sum((key_words_of_outlet(*episodes(10, 1, seed), "x")["p"] <= 0.05).any() for seed in range(20))
    assert n_false <= 4  # of 20: with 5 % each, five or more come by chance in 3 of 1,000 runs
