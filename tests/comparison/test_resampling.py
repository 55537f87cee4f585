"""Paragraphs are resampled, reproducibly, and intervals are as wide as textbooks say."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.comparison import resampling

VALUES = np.array([3.0, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8])


def simultaneous(t: np.ndarray, level: float) -> np.ndarray:
    """The widths of the comparisons that are the columns of `t`."""
    family = resampling.Simultaneous(level)
    for own in t.T:
        family.add(own)
    return np.array(family.widths())


def simultaneous_at_once(t: np.ndarray, level: float) -> np.ndarray:
    """The same with all of `t` in memory, as the method is written down."""
    filled = np.where(np.isnan(t), -np.inf, t)
    ranks = (np.argsort(np.argsort(filled, axis=0), axis=0) + 1) / len(t)
    return np.nanquantile(t, np.quantile(ranks.max(axis=1), level), axis=0)


def mean_of(values: np.ndarray, counts: np.ndarray) -> resampling.Replicates:
    sums = np.column_stack([values, np.ones(len(values))])
    return resampling.replicate(sums, lambda total, n: total / n, counts)


def test_the_blocks_of_a_text_are_its_paragraphs():
    codes, is_paragraphs = resampling.blocks(pd.Series([1, 1, 2, 3, 4, 5, 6, 7, 8, 8]))
    assert is_paragraphs
    assert codes.tolist() == [0, 0, 1, 2, 3, 4, 5, 6, 7, 7]


def test_below_eight_paragraphs_runs_of_three_sentences_stand_in():
    codes, is_paragraphs = resampling.blocks(pd.Series([1, 1, 2, 3, 4, 5, 6, 7]))
    assert not is_paragraphs
    assert codes.tolist() == [0, 0, 0, 1, 1, 1, 2, 2]


def test_a_resample_draws_as_many_blocks_as_there_are():
    counts = resampling.draw(7, 500, "a")
    assert counts.shape == (500, 7)
    assert (counts.sum(axis=1) == 7).all()
    assert counts.mean() == 1


def test_every_block_is_drawn_as_often_as_another_and_two_of_them_as_chance_has_it():
    counts = resampling.draw(5, 40_000, "a")
    assert counts.mean(axis=0) == pytest.approx(np.ones(5), abs=0.03)
    assert np.cov(counts.T) == pytest.approx(np.eye(5) - 0.2, abs=0.03)  # of the multinomial distribution


def test_a_text_of_many_blocks_is_drawn_in_parts_that_add_up(monkeypatch):
    monkeypatch.setattr(resampling, "DRAWN_AT_ONCE", 100)
    counts = resampling.draw(40, 7, "a")  # two resamples at once, then the last one
    assert (counts.sum(axis=1) == 40).all()
    assert len(np.unique(counts, axis=0)) == 7


def test_the_same_name_draws_the_same_and_another_name_another():
    assert np.array_equal(resampling.draw(9, 50, "a"), resampling.draw(9, 50, "a"))
    assert not np.array_equal(resampling.draw(9, 50, "a"), resampling.draw(9, 50, "b"))


@given(st.lists(st.integers(0, 5), min_size=1, max_size=30))
def test_sums_of_blocks_add_up_to_the_sum(codes):
    codes = np.unique(codes, return_inverse=True)[1]
    values = np.arange(2.0 * len(codes)).reshape(-1, 2)
    assert resampling.block_sums(values, codes).sum(axis=0) == pytest.approx(values.sum(axis=0))


def test_each_block_has_the_sums_of_its_own_rows():
    values = np.array([[1.0, 10], [2, 20], [4, 40], [8, 80]])
    assert resampling.block_sums(values, np.array([1, 0, 1, 0])).tolist() == [[10, 100], [5, 50]]


def test_the_linearised_error_of_a_mean_is_its_textbook_standard_error():
    own = mean_of(VALUES, resampling.draw(len(VALUES), 5, "a"))
    assert own.value == pytest.approx(VALUES.mean())
    assert own.error == pytest.approx(VALUES.std(ddof=1) / len(VALUES) ** 0.5, rel=1e-6)


def test_each_resample_has_the_error_of_its_own_draw():
    counts = resampling.draw(len(VALUES), 20, "a")
    own = mean_of(VALUES, counts)
    for row, value, error in zip(counts, own.values, own.errors, strict=True):
        drawn = np.repeat(VALUES, row.astype(int))
        assert value == pytest.approx(drawn.mean())
        assert error == pytest.approx(drawn.std(ddof=1) / len(drawn) ** 0.5, rel=1e-6)


def test_the_error_of_a_ratio_is_that_of_its_linearisation():
    # Cochran 1977, 2.39: the residuals y − R·x over the mean of x
    y, x = np.array([2.0, 3, 5, 4, 8, 1, 7, 6]), np.array([10.0, 12, 15, 11, 20, 9, 14, 13])
    own = resampling.replicate(
        np.column_stack([y, x]), lambda top, bottom: top / bottom, resampling.draw(8, 3, "a")
    )
    residuals = y - y.sum() / x.sum() * x
    expected = (residuals @ residuals / 7 / 8) ** 0.5 / x.mean()
    assert own.error == pytest.approx(expected, rel=1e-6)


def test_where_nothing_is_to_divide_by_the_figure_is_nan():
    values = resampling.evaluate(
        lambda top, bottom: top / bottom, np.array([[1.0, 2.0], [0.0, 0.0], [3.0, 0.0]])
    )
    assert values[0] == 0.5
    assert np.isnan(values[1:]).all()


def test_a_percentile_interval_is_the_middle_of_the_resamples():
    assert resampling.percentile_interval(np.arange(1001.0)) == pytest.approx((25, 975))


def test_a_percentile_interval_bears_one_missing_figure_in_twenty_and_no_more():
    values = np.arange(100.0)
    values[:5] = np.nan
    assert np.isfinite(resampling.percentile_interval(values)).all()
    values[5] = np.nan
    assert np.isnan(resampling.percentile_interval(values)).all()


def test_intervals_of_several_measures_are_those_of_each():
    values = np.random.default_rng(1).normal(size=(4, 200))
    values[1, :3] = values[2, :50] = np.nan
    low, high = resampling.percentile_interval(values)
    alone = np.array([resampling.percentile_interval(one) for one in values])
    assert np.array_equal(np.stack([low, high], axis=1), alone, equal_nan=True)
    assert np.isnan(low).tolist() == [False, False, True, False]


def test_a_difference_has_the_errors_of_both_copies_together():
    a = resampling.Replicates(5.0, 3.0, np.array([6.0, 5.0, 9.0]), np.array([3.0, 3.0, 0.0]))
    b = resampling.Replicates(2.0, 4.0, np.array([2.0, 7.0, 2.0]), np.array([4.0, 4.0, 0.0]))
    difference, error, t = resampling.studentised(a, b)
    assert (difference, error) == (3.0, 5.0)
    assert t[:2].tolist() == [0.2, 1.0]  # |6−2−3|/5 and |5−7−3|/5
    assert np.isnan(t[2])  # a resample without spread says nothing


def test_the_critical_value_leaves_out_what_could_not_be_computed():
    t = np.append(np.arange(101.0), [np.nan] * 50)
    assert resampling.critical(t, 0.95) == 95.0


def test_simultaneous_intervals_are_never_narrower_than_pointwise_ones():
    t = np.abs(np.random.default_rng(0).standard_t(5, size=(4_000, 6)))
    pointwise = np.array([resampling.critical(column, 0.95) for column in t.T])
    assert (simultaneous(t, 0.95) >= pointwise - 1e-12).all()


def test_a_family_of_one_is_judged_alone():
    t = np.abs(np.random.default_rng(0).normal(size=(4_000, 1)))
    assert simultaneous(t, 0.95)[0] == pytest.approx(resampling.critical(t[:, 0], 0.95), rel=1e-3)


def test_all_comparisons_stay_under_their_widths_at_once_as_often_as_the_level_says():
    t = np.abs(np.random.default_rng(1).normal(size=(4_000, 5))) * [1, 1, 2, 5, 1]
    inside = (t <= simultaneous(t, 0.95)).all(axis=1).mean()
    assert inside == pytest.approx(0.95, abs=0.001)


def test_one_wide_comparison_does_not_widen_the_others():
    t = np.abs(np.random.default_rng(1).normal(size=(4_000, 5)))
    wide = t * [1, 1, 1, 1, 100]
    assert simultaneous(wide, 0.95)[:4] == pytest.approx(simultaneous(t, 0.95)[:4])


def test_a_resample_that_one_comparison_cannot_use_is_kept_for_the_others():
    t = np.abs(np.random.default_rng(1).normal(size=(4_000, 2)))
    t[:30, 0] = np.nan
    assert np.isfinite(simultaneous(t, 0.95)).all()


@given(
    st.integers(1, 12),
    st.sampled_from([20, 333, 2_000]),
    st.sampled_from([0.5, 0.95, 0.9875]),
    st.floats(0, 0.3),
    st.booleans(),
    st.integers(0, 99),
)
def test_widths_of_comparisons_added_one_by_one_are_those_of_all_at_once(n, size, level, share, ties, seed):
    draw = np.random.default_rng(seed)
    t = np.abs(draw.standard_t(3, size=(size, n)))
    t = t.round(1) if ties else t
    t[draw.random(t.shape) < share] = np.nan
    t[0] = 1.0
    assert simultaneous(t, level).tolist() == simultaneous_at_once(t, level).tolist()


def test_of_each_comparison_of_a_family_little_is_kept():
    family = resampling.Simultaneous(0.9875)
    for seed in range(20):
        family.add(np.abs(np.random.default_rng(seed).normal(size=10_000)))
    assert sum(len(tail) for tail, _ in family.tails) < 20 * 130


def test_a_family_without_comparisons_has_no_width():
    assert resampling.Simultaneous(0.95).widths() == []
