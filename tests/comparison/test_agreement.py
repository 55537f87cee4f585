"""Agreement on published examples and on simulated coders whose error is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask

from analysis.comparison.agreement import _alphas, agreed, alpha, corrected_rates, machine

# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", example B: two observers, binary data, alpha 0.095
BINARY = pd.DataFrame({"a": [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], "b": [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]})
# example C: four observers, five values, missing codes, alpha 0.743
FOUR = ["123321412***", "1233224125*3", "*3332342251*", "12332441251*"]


def test_alpha_is_that_of_krippendorffs_binary_example():
    assert alpha(BINARY).value == pytest.approx(0.095, abs=5e-4)


def test_the_library_gives_alpha_of_krippendorffs_example_with_missing_codes():
    task = AnnotationTask(
        [(str(c), str(i), v) for c, row in enumerate(FOUR) for i, v in enumerate(row) if v != "*"]
    )
    assert task.alpha() == pytest.approx(0.743, abs=5e-4)


CODES = st.lists(st.lists(st.sampled_from([0, 1, None]), min_size=3, max_size=3), min_size=4, max_size=20)


@given(CODES)
def test_resamples_use_the_same_alpha_as_the_library(rows):
    codes = pd.DataFrame(rows, columns=["a", "b", "c"], dtype="object")
    found = alpha(codes)
    counts = np.array([[sum(v == k for v in row) for k in (0, 1)] for row in rows], float)
    counts = counts[counts.sum(axis=1) > 1]
    if np.isnan(found.value):
        assert not len(counts) or (counts.sum(axis=0) > 0).sum() < 2
    else:
        assert _alphas(counts[None])[0] == pytest.approx(found.value)


def test_where_all_codes_are_the_same_there_is_no_alpha():
    assert np.isnan(alpha(pd.DataFrame({"a": [0, 0, 0], "b": [0, 0, 0]})).value)


def test_divided_coders_have_no_code_until_it_is_adjudicated():
    codes = pd.DataFrame({"a": [1, 1, 0], "b": [1, 0, 0]})
    assert agreed(codes).tolist() == [1, pd.NA, 0]
    assert agreed(codes, pd.Series([pd.NA, 0, pd.NA])).tolist() == [1, 0, 0]


PRECISION, MISSED, PER_COPY = 0.7, 0.1, 2_000


def simulated(seed: int, n_coded: int = 150) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series]:
    """Two copies; a hit is right in 70 %, one without a hit is missed in 10 %. Coded are `n_coded` hits and as many others of each."""
    draw = np.random.default_rng(seed)
    items, sizes, truth = [], [], {}
    for doc_id, share in (("a", 0.3), ("b", 0.1)):
        is_hit = draw.random(PER_COPY) < share
        present = np.where(is_hit, draw.random(PER_COPY) < PRECISION, draw.random(PER_COPY) < MISSED)
        truth[doc_id] = present.mean()
        sizes.append((doc_id, PER_COPY, int(is_hit.sum())))
        for kind in (True, False):
            places = np.flatnonzero(is_hit == kind)
            chosen = draw.choice(places, size=min(n_coded, len(places)), replace=False)
            weight = len(places) / len(chosen)
            items += [(doc_id, kind, weight, int(present[place])) for place in chosen]
    return (
        pd.DataFrame(items, columns=["doc_id", "is_hit", "weight", "code"]),
        pd.DataFrame(sizes, columns=["doc_id", "n_sentences", "n_hits"]),
        pd.Series(truth),
    )


def test_precision_and_recall_are_those_of_all_sentences_not_of_the_coded_ones():
    items, _, _ = simulated(1)
    found = machine(items)
    present = 0.2 * PRECISION + 0.8 * MISSED  # of both copies together a fifth are hits
    assert found.precision.value == pytest.approx(PRECISION, abs=0.06)
    assert found.recall.value == pytest.approx(0.2 * PRECISION / present, abs=0.1)
    for one, value in ((found.precision, PRECISION), (found.recall, 0.2 * PRECISION / present)):
        assert one.low < value < one.high


def test_corrected_rates_are_right_and_their_intervals_hold_the_truth():
    held, gaps = 0, []
    for seed in range(40):
        items, sizes, truth = simulated(seed)
        found = corrected_rates(items, sizes).set_index("doc_id")
        held += sum(found.loc[id, "low"] <= truth[id] <= found.loc[id, "high"] for id in truth.index)
        gaps += [found.loc[id, "corrected"] - truth[id] for id in truth.index]
    assert held / 80 >= 0.88
    assert abs(np.mean(gaps)) < 0.01


def test_uncorrected_rates_are_not():
    items, sizes, truth = simulated(3)
    found = corrected_rates(items, sizes).set_index("doc_id")
    assert abs(found.loc["b", "machine"] - truth["b"]) > 0.03


def test_codes_that_do_not_differ_give_no_interval():
    items = pd.DataFrame(
        {"doc_id": "a", "is_hit": [True] * 6 + [False] * 24, "weight": 2.0, "code": [1] * 6 + [0] * 24}
    )
    found = machine(items)
    assert found.precision.value == found.recall.value == 1 and np.isnan(found.recall.low)


def test_intervals_of_small_strata_hold_the_truth():
    held = 0
    for seed in range(60):
        draw = np.random.default_rng(seed)
        rows = [
            (f"c{copy}", is_hit, 10.0, int(draw.random() < (0.7 if is_hit else 0.1)))
            for copy in range(25)
            for is_hit in (True, True, False, False)
        ]
        found = machine(pd.DataFrame(rows, columns=["doc_id", "is_hit", "weight", "code"])).precision
        held += found.low <= 0.7 <= found.high
    assert held >= 52  # of 60; 57 are expected


def test_a_copy_with_few_coded_sentences_borrows_the_errors_of_all():
    items, sizes, _ = simulated(2, n_coded=9)
    assert set(corrected_rates(items, sizes)["errors_of"]) == {"all copies"}


def test_alpha_of_simulated_coders_is_what_their_error_gives():
    draw = np.random.default_rng(5)
    truth = draw.random(20_000) < 0.4
    error = 0.1
    codes = pd.DataFrame(
        {name: np.where(draw.random(len(truth)) < error, ~truth, truth).astype(int) for name in "ab"}
    )
    observed = 2 * error * (1 - error)
    share = 0.4 * (1 - error) + 0.6 * error
    expected = 1 - observed / (2 * share * (1 - share))
    found = alpha(codes.iloc[:2_000])
    assert _alphas(np.stack([(codes == v).sum(axis=1) for v in (0, 1)], axis=1)[None].astype(float))[
        0
    ] == pytest.approx(expected, abs=0.02)
    assert found.low < expected < found.high
