"""Over many episodes means are resampled together: in portions, with episodes missing, and with the figures of the plain way."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.comparison import outlets, resampling
from analysis.comparison.differences import MOST_PAIRS, chosen_copies, differences
from analysis.comparison.outlets import by_measure, outlet_differences
from tests.comparison.test_outlets import LENGTH, QUOTED, of_copies, pairs_of

VALUES = np.random.default_rng(3).normal((0.0, 0.3, 2.0), size=(40, 3))


def plain(values: np.ndarray, n_resamples: int, name: str) -> tuple[float, np.ndarray]:
    """Standard error and |t| by `replicate`, one mean at a time."""
    sums = np.column_stack([values, np.ones(len(values))])
    counts = resampling.draw(len(values), n_resamples, name)
    own = resampling.replicate(sums, lambda total, n: total / n, counts)
    return own.error, np.abs((own.values - own.value) / own.errors)


def test_means_resampled_together_have_the_errors_of_each_alone():
    errors, t = resampling.studentised_means(VALUES, 500, "a")
    for place in range(VALUES.shape[1]):
        error, own = plain(VALUES[:, place], 500, "a")
        assert errors[place] == pytest.approx(error, rel=1e-6)
        assert t[:, place] == pytest.approx(own, rel=1e-5)


def test_a_mean_over_the_episodes_that_have_a_figure_has_its_textbook_error():
    values = VALUES.copy()
    values[:15, 1] = np.nan
    errors, t = resampling.studentised_means(values, 4_000, "a")
    alone, own = resampling.studentised_means(values[15:, 1:2], 4_000, "b")
    assert errors[1] == pytest.approx(alone[0])
    assert resampling.critical(t[:, 1], 0.95) == pytest.approx(resampling.critical(own[:, 0], 0.95), rel=0.08)


def test_portions_of_draws_resample_as_well_as_all_at_once(monkeypatch):
    whole = resampling.studentised_means(VALUES, 4_000, "a")[1]
    monkeypatch.setattr(resampling, "MOST_DRAWN", 40 * 100)
    portions = resampling.studentised_means(VALUES, 4_000, "a")[1]
    assert portions.shape == whole.shape
    assert np.array_equal(portions[:100], whole[:100])  # the first portion has the name itself
    assert len(np.unique(portions[:, 0].round(12))) > 3_900  # no portion repeats another
    for place in range(3):
        both = (resampling.critical(one[:, place], 0.95) for one in (whole, portions))
        assert np.divide(*both) == pytest.approx(1, abs=0.08)


def test_a_resample_without_spread_has_no_t():
    values = np.zeros((12, 1))
    values[0] = 1.0
    t = resampling.studentised_means(values, 2_000, "a")[1]
    share = (1 - 1 / 12) ** 12  # in which the one that differs is not drawn
    assert np.isnan(t).mean() == pytest.approx(share, abs=0.04)


def test_stories_of_many_episodes_have_the_intervals_of_the_plain_way(measures, monkeypatch):
    monkeypatch.setattr(resampling, "N_FAMILY", 10_000)
    draw = np.random.default_rng(5)
    figures = {
        outlet: (draw.normal(20, 3, size=60) + shift).tolist()
        for outlet, shift in (("a", 0), ("b", 1), ("c", 4))
    }
    figures["c"][:20] = [float("nan")] * 20
    estimates = pd.concat([of_copies(figures, LENGTH), of_copies(figures, QUOTED)], ignore_index=True)
    apart = outlet_differences(by_measure(estimates), measures, pairs_of(estimates.drop_duplicates("doc_id")))
    monkeypatch.setattr(outlets, "MANY_EPISODES", 30)
    together = outlet_differences(
        by_measure(estimates), measures, pairs_of(estimates.drop_duplicates("doc_id"))
    )
    exact = ["measure", "voice", "outlet_a", "outlet_b", "value", "reason", "family_size", "is_clear"]
    pd.testing.assert_frame_equal(together[exact], apart[exact])
    judged = apart["low"].notna()
    for ends in (("low", "high"), ("low_family", "high_family")):
        widths = [(one[ends[1]] - one[ends[0]])[judged] for one in (together, apart)]
        assert (widths[0] / widths[1]).between(0.93, 1.07).all()


def test_estimates_are_asked_for_measure_by_measure(measures):
    estimates = of_copies({"a": [*range(12)], "b": [*range(2, 14)]})
    asked = []

    def estimates_of(measure):
        asked.append((measure.name, measure.voice))
        return by_measure(estimates)(measure)

    outlet_differences(estimates_of, measures, pairs_of(estimates))
    assert asked == [(one.name, one.voice) for one in measures if one.is_headline]


def test_of_more_pairs_than_anybody_reads_no_two_copies_are_compared(measures):
    n = MOST_PAIRS + 1
    documents = pd.DataFrame(
        {
            "doc_id": [f"{outlet}{episode}" for episode in range(n) for outlet in "ab"],
            "outlet": ["a", "b"] * n,
            "episode": [f"e{episode}" for episode in range(n) for _ in "ab"],
            "is_counted": True,
            "published_at": "",
            "published_precision": "none",
            "filing_order": pd.NA,
        }
    )
    pairs = chosen_copies(documents)
    assert pairs["rule"].eq("").all()
    assert list(pairs.iloc[-1]) == [f"e{n - 1}", f"a{n - 1}", f"b{n - 1}", ""]
    assert len(pairs) == n and differences(documents, pd.DataFrame(), measures, pairs).empty
