"""Two outlets are compared over the episodes both cover; a pair without an interval has a row with the reason."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pandas as pd
import pytest

from analysis.comparison import outlets, resampling
from analysis.comparison.outlets import by_measure, episode_gaps, outlet_differences
from analysis.tables import DIFFERENCES, ESTIMATES, check

LENGTH, QUOTED = ("words_per_sentence", "all"), ("quoted_share", "all")


def of_copies(figures: dict[str, list[float]], measure: tuple[str, str] = LENGTH) -> pd.DataFrame:
    """Estimates of copies: of each outlet a figure an episode, `None` where it has no copy of it."""
    rows = [
        dict(zip(("measure", "voice"), measure, strict=True))
        | {"group": outlet, "doc_id": f"{outlet}{number}", "episode": f"e{number}", "value": value}
        for outlet, values in figures.items()
        for number, value in enumerate(values)
        if value is not None
    ]
    same = {"unit": "words", "scope": "copy", "reason": "", "low": np.nan, "high": np.nan}
    return ESTIMATES.frame(pd.DataFrame(rows).assign(**same, n_words=600, n_sentences=30, n_documents=1))


def pairs_of(estimates: pd.DataFrame) -> pd.DataFrame:
    """Every two copies of one episode, the later outlet of the manifest first in every other episode."""
    rows = []
    for number, (episode, part) in enumerate(estimates.groupby("episode", sort=False)):
        copies = list(dict.fromkeys(part["doc_id"]))
        for place, a in enumerate(copies):
            rows += [(episode, *((a, b) if number % 2 else (b, a)), "") for b in copies[place + 1 :]]
    return pd.DataFrame(rows, columns=["episode", "doc_id_a", "doc_id_b", "rule"])


def judged(estimates: pd.DataFrame, measures: list, pairs: pd.DataFrame | None = None) -> pd.DataFrame:
    pairs = pairs_of(estimates) if pairs is None else pairs
    table = check(outlet_differences(by_measure(estimates), measures, pairs), DIFFERENCES)
    assert (table["low_family"].notna() | (table["reason"] != "")).all()  # no gap without its reason
    return table


def one(table: pd.DataFrame, measure: tuple[str, str] = LENGTH) -> pd.Series:
    (row,) = (row for _, row in table.iterrows() if (row["measure"], row["voice"]) == measure)
    return row


def drawn(n: int, shift: float = 0.0, seed: int = 0) -> list[float]:
    return (20 + shift + np.random.default_rng(seed).normal(size=n)).tolist()


def test_outlets_are_compared_from_ten_shared_episodes_on(measures):
    assert judged(of_copies({"b": drawn(9, 5), "a": drawn(9, seed=1)}), measures).empty
    row = one(judged(of_copies({"b": drawn(10, 5), "a": drawn(10, seed=1)}), measures))
    assert (row["outlet_a"], row["outlet_b"], row["scope"]) == ("b", "a", "outlet")
    assert (row["doc_id_a"], row["doc_id_b"], row["episode"]) == ("", "", "")
    assert row["is_clear"] and 0 < row["low_family"] < row["value"] < row["high_family"]


def test_a_pair_that_shares_too_few_episodes_has_a_row_with_the_reason(measures):
    figures = {"a": drawn(12), "b": drawn(12, seed=1), "c": [*drawn(3, seed=2), *[None] * 9]}
    table = judged(of_copies(figures), measures)
    rows = table[table["measure"] == LENGTH[0]].set_index(["outlet_a", "outlet_b"])
    assert list(rows.index) == [("a", "b"), ("a", "c"), ("b", "c")]
    reasons = rows["reason"].to_list()
    assert reasons == ["", *["too few episodes: 3 with a figure of both, 10 needed"] * 2]
    gaps = np.subtract(figures["a"][:3], figures["c"][:3])
    assert rows.loc[("a", "c"), "value"] == pytest.approx(gaps.mean())
    assert rows.loc[("a", "c"), ["low", "high", "low_family", "detectable"]].isna().all()
    assert rows["family_size"].to_list() == [1, 0, 0]


def test_outlets_that_share_no_episode_are_no_pair(measures):
    figures = {"a": [*drawn(10), *[None] * 6], "b": [*[None] * 10, *drawn(6)]}
    assert judged(of_copies(figures), measures).empty  # of a story without two outlets that share ten
    table = judged(of_copies(figures | {"c": drawn(16)}), measures)
    pairs = set(zip(table["outlet_a"], table["outlet_b"], strict=True))
    assert pairs == {("a", "c"), ("b", "c")}


def test_outlets_that_share_episodes_without_a_figure_of_both_have_a_row_without_a_value(measures):
    nothing = [float("nan")] * 10
    table = judged(of_copies({"a": drawn(10), "b": nothing, "c": drawn(10, seed=1)}), measures)
    row = table[(table["outlet_a"] == "a") & (table["outlet_b"] == "b")].iloc[0]
    assert np.isnan(row["value"]) and row["reason"] == "no episode with a figure of both"


def test_comparisons_judged_in_batches_are_those_judged_at_once(measures, monkeypatch):
    monkeypatch.setattr(resampling, "N_FAMILY", 500)
    figures = {outlet: drawn(14, seed=n) for n, outlet in enumerate("abcdef")}
    figures["f"][:3] = [None] * 3
    expected = judged(of_copies(figures), measures)
    monkeypatch.setattr(outlets, "AT_ONCE", 2)
    pd.testing.assert_frame_equal(judged(of_copies(figures), measures), expected, rtol=1e-12)
    assert expected["low_family"].notna().sum() == 15


def test_memory_does_not_grow_with_the_draws_of_all_comparisons(measures, monkeypatch):
    monkeypatch.setattr(outlets, "AT_ONCE", 8)
    monkeypatch.setattr(resampling, "N_FAMILY", 10_000)
    headline = [one for one in measures if one.name == LENGTH[0]]

    def peak(n_outlets: int) -> int:
        estimates = of_copies({f"o{n:02}-": drawn(20, seed=n) for n in range(n_outlets)})
        pairs = pairs_of(estimates)
        tracemalloc.start()
        outlet_differences(by_measure(estimates), headline, pairs)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    few, many = peak(6), peak(24)  # 15 and 276 comparisons of 80 KB of draws each
    assert many - few < 261 * 80_000 / 4


def test_an_episode_without_a_figure_of_both_is_not_shared(measures):
    figures = {"a": [float("nan"), *drawn(10)], "b": drawn(11, seed=1)}
    assert one(judged(of_copies(figures), measures))["reason"] == ""
    figures["b"][5] = float("nan")
    assert one(judged(of_copies(figures), measures))["reason"].startswith("too few episodes: 9 with")


def test_the_difference_of_outlets_is_the_mean_of_differences_within_episodes(measures):
    row = one(judged(of_copies({"a": [*range(1, 11)], "b": [4.0, *range(2, 11)]}), measures))
    assert row["value"] == pytest.approx(-0.3)  # 1 − 4, and nothing in nine episodes


def test_what_moves_with_the_episode_alone_parts_no_outlets(measures):
    estimates = of_copies({"a": drawn(12), "b": drawn(12, seed=1)})
    moved = estimates.assign(value=estimates["value"] + 10 * estimates["episode"].str[1:].astype(int))
    row, same = (one(judged(table, measures)) for table in (estimates, moved))
    assert row[["value", "low", "high"]].to_list() == pytest.approx(same[["value", "low", "high"]].to_list())
    assert not row["is_clear"]


def test_outlets_that_differ_by_the_same_in_every_episode_have_no_interval(measures):
    row = one(judged(of_copies({"a": [21.0] * 10, "b": [20.0] * 10}), measures))
    assert (row["value"], row["is_clear"]) == (1.0, False)
    assert row["reason"] == "the same difference in every episode: no interval"


@pytest.mark.parametrize(
    ("n_with_hits", "reason"),
    [
        (0, "none in 24 copies: a count of zero has no interval"),
        (9, "too few to tell: in 9 copies of both outlets, 10 needed"),
        (10, ""),
    ],
)
def test_rare_hits_are_judged_only_where_ten_copies_of_the_two_hold_one(measures, n_with_hits, reason):
    figures = np.zeros(24)
    figures[:n_with_hits] = np.arange(n_with_hits) + 1
    both = {"a": figures[::2].tolist(), "b": figures[1::2].tolist()}
    row = one(judged(of_copies(both, QUOTED), measures), QUOTED)
    assert row["reason"] == reason
    assert np.isfinite(row["value"]) and np.isnan(row["low_family"]) == bool(reason)


def test_of_an_outlet_with_several_versions_the_one_chosen_for_the_pair_counts():
    estimates = of_copies({"a": [10.0], "b": [7.0], "c": [4.0]})
    late = estimates[estimates["group"] == "a"].assign(doc_id="a0-late", value=20.0)
    pairs = pd.DataFrame(
        [("e0", "a0-late", "b0", ""), ("e0", "c0", "a0", "")],
        columns=["episode", "doc_id_a", "doc_id_b", "rule"],
    )
    gaps = episode_gaps(pd.concat([estimates, late]), pairs).set_index(["outlet_a", "outlet_b"])["value"]
    assert gaps.to_dict() == {("a", "b"): 13.0, ("a", "c"): 6.0}


def test_copies_that_nothing_ascribes_speak_for_no_outlet(measures):
    assert judged(of_copies({"a": drawn(10), "unknown": drawn(10, seed=1)}), measures).empty


def test_every_pair_has_a_row_for_every_headline_measure(measures):
    table = judged(of_copies({"a": drawn(10), "b": drawn(10, seed=1), "c": drawn(10, seed=2)}), measures)
    headline = [measure for measure in measures if measure.is_headline]
    assert len(table) == 3 * len(headline)
