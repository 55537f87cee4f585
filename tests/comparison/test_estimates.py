"""Every estimate has its scope and an interval, or the reason why it has none."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.comparison import resampling
from analysis.comparison.estimates import estimates, grouped, mean_interval
from analysis.tables import ESTIMATES, check
from tests.comparison.copies import make_documents, make_sums


def row(measures, sums: pd.DataFrame, name: str = "words_per_sentence", **about) -> pd.Series:
    table = check(estimates(make_documents({"doc_id": "a"} | about), sums, measures), ESTIMATES)
    return table[table["measure"] == name].iloc[0]


def test_a_value_is_the_function_of_the_sums_of_the_document(measures):
    sums = make_sums("a")
    found = row(measures, sums)
    assert found["value"] == pytest.approx(sums["n_words"].sum() / 40)
    assert (found["n_words"], found["n_sentences"], found["n_documents"]) == (sums["n_words"].sum(), 40, 1)
    assert (found["scope"], found["reason"], found["unit"]) == ("copy", "", "words")


def test_an_interval_contains_its_value(measures):
    quoted = np.tile([0.0, 5.0, 0.0, 0.0], 10)
    table = estimates(make_documents({"doc_id": "a"}), make_sums("a", n_words_quoted=quoted), measures)
    given = table[table["low"].notna()]
    assert len(given) >= 10
    assert ((given["low"] <= given["value"]) & (given["value"] <= given["high"])).all()


def test_all_measures_together_have_the_figures_of_each_alone(measures):
    quoted = np.tile([0.0, 5.0, 0.0, 0.0], 10)
    documents, sums = (
        make_documents({"doc_id": "a"}, {"doc_id": "b"}),
        [make_sums("a", n_words_quoted=quoted)],
    )
    sums = pd.concat([*sums, make_sums("b", 12)], ignore_index=True)
    together = estimates(documents, sums, measures).sort_values(["measure", "voice", "doc_id"])
    alone = pd.concat([estimates(documents, sums, [measure]) for measure in measures])
    alone = alone.sort_values(["measure", "voice", "doc_id"])
    pd.testing.assert_frame_equal(together.reset_index(drop=True), alone.reset_index(drop=True))


def test_an_interval_is_the_middle_of_the_figures_of_resampled_paragraphs(measures):
    sums = make_sums("a")
    codes, _ = resampling.blocks(sums["paragraph"])
    counts = resampling.draw(codes.max() + 1, resampling.N_INTERVAL, "a")
    words, n = (
        pd.Series(values).groupby(codes).sum() for values in (sums["n_words"].to_numpy(), np.ones(40))
    )
    low, high = np.percentile((counts @ words) / (counts @ n), [2.5, 97.5])
    found = row(measures, sums)
    assert (found["low"], found["high"]) == pytest.approx((low, high))


def test_the_same_document_has_the_same_interval_again(measures):
    pd.testing.assert_series_equal(row(measures, make_sums("a")), row(measures, make_sums("a")))


def test_a_row_has_a_value_and_an_interval_or_a_reason(measures):
    documents = make_documents({"doc_id": "a"}, {"doc_id": "b"}, {"doc_id": "c"})
    sums = pd.concat([make_sums("a"), make_sums("b", 12), make_sums("c", 5)])
    table = estimates(documents, sums, measures)
    has_interval = table["low"].notna() & table["high"].notna()
    assert ((table["reason"] == "") == (table["value"].notna() & has_interval)).all()


@pytest.mark.parametrize(
    ("sums", "about", "reason"),
    [
        (make_sums("other"), {}, "no words"),
        (make_sums("a"), {"language": "ru"}, "language is ru: measures are for English"),
        (make_sums("a"), {"language": ""}, "language is unknown: measures are for English"),
        (make_sums("a", 9, n_words=11.0), {}, "too little text: 99 words, 100 needed"),
        (make_sums("a", 2, n_words=60.0), {}, "too little text: 2 sentences, 3 needed"),
    ],
)
def test_too_little_text_or_another_language_has_no_value_and_says_why(measures, sums, about, reason):
    found = row(measures, sums, **about)
    assert found["reason"] == reason
    assert found[["value", "low", "high"]].isna().all()


@pytest.mark.parametrize("n_sentences", [3, 19])
def test_three_to_nineteen_sentences_have_a_value_without_interval(measures, n_sentences):
    found = row(measures, make_sums("a", n_sentences, n_words=40.0))
    assert found["value"] == 40
    assert found[["low", "high"]].isna().all()
    assert found["reason"] == f"too few sentences for an interval: {n_sentences}, 20 needed"


def test_from_twenty_sentences_on_there_is_an_interval(measures):
    found = row(measures, make_sums("a", 20))
    assert found["low"] < found["value"] < found["high"]


def test_below_eight_paragraphs_the_scope_says_what_was_resampled(measures):
    assert row(measures, make_sums("a", paragraph=6))["scope"] == "copy (runs of three sentences)"


def test_a_voice_of_fewer_than_thirty_words_has_no_value(measures):
    quoted = np.zeros(40)
    quoted[:4] = [8, 8, 8, 5]
    scored = {"n_words_scored_quoted": quoted, "valence_quoted": quoted / 2}
    found = row(measures, make_sums("a", n_words_quoted=quoted, **scored), "sentiment_quoted")
    assert found["reason"] == "too little text: 29 words inside quotation marks, 30 needed"
    assert np.isnan(found["value"])
    assert found["n_words"] == 29


def test_zero_hits_are_a_value_of_zero_and_never_an_interval(measures):
    found = row(measures, make_sums("a", 30), "quoted_share")
    assert found["value"] == 0
    assert found[["low", "high"]].isna().all()
    assert found["reason"] == "none in 30 sentences: a count of zero has no interval"


@pytest.mark.parametrize(("each", "n"), [(3, 9), (2, 10)])
def test_a_share_of_fewer_than_ten_things_has_a_value_without_interval(measures, each, n):
    begins = np.zeros(40)
    begins[: n * each : each] = 1
    official = np.where(np.arange(40) < 10, begins, 0)
    found = row(
        measures, make_sums("a", n_attributions=begins, n_attributions_official=official), "official_share"
    )
    assert found["value"] == pytest.approx(100 * official.sum() / n)
    assert found["reason"] == ("" if n == 10 else "too few for an interval: 9 attributions, 10 needed")
    assert np.isnan(found["low"]) == (n == 9)


def test_a_share_of_nothing_has_no_value_and_says_so(measures):
    found = row(measures, make_sums("a", n_attributions=0.0, n_attributions_official=0.0), "official_share")
    assert np.isnan(found["value"]) and found["reason"]


def test_a_document_that_is_not_counted_has_no_estimate(measures):
    documents = make_documents({"doc_id": "a"}, {"doc_id": "b", "is_counted": False})
    table = estimates(documents, pd.concat([make_sums("a"), make_sums("b")]), measures)
    assert set(table["doc_id"]) == {"a"}


def episodes(measures, n: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Two outlets with a copy of each of `n` episodes; of the first episode outlet `a` has two."""
    rows = [
        {"doc_id": f"{outlet}{number}", "outlet": outlet, "episode": f"e{number}", "via": "x"}
        for number in range(n)
        for outlet in ("a", "b")
    ]
    rows.append({"doc_id": "a0-late", "outlet": "a", "episode": "e0", "via": "x"})
    documents = make_documents(*rows)
    sums = pd.concat([make_sums(doc_id, seed=seed) for seed, doc_id in enumerate(documents["doc_id"])])
    return documents, estimates(documents, sums, measures)


def test_below_ten_episodes_copies_are_never_pooled(measures):
    documents, table = episodes(measures, 9)
    again = grouped(table, documents, "outlet")
    one = again[again["measure"] == "words_per_sentence"]
    assert one["doc_id"].to_list() == [*(f"a{n}" for n in range(9)), "a0-late", *(f"b{n}" for n in range(9))]
    assert set(one["scope"]) == {"copy"}
    assert set(one["n_documents"]) == {1}


def test_a_group_of_several_outlets_is_never_pooled(measures):
    documents, table = episodes(measures, 10)
    assert set(grouped(table, documents, "via")["scope"]) == {"copy"}
    assert set(grouped(table, documents, "voice")["scope"]) == {"copy"}


def test_from_ten_episodes_on_an_outlet_is_one_row_of_scope_outlet(measures):
    documents, table = episodes(measures, 10)
    again = grouped(table, documents, "outlet")
    one = again[again["measure"] == "words_per_sentence"].reset_index(drop=True)
    assert one["group"].to_list() == ["a", "b"]
    assert one["scope"].to_list() == ["outlet", "outlet"]
    assert one["n_documents"].to_list() == [11, 10]
    assert ((one["low"] < one["value"]) & (one["value"] < one["high"])).all()


def test_an_episode_counts_once_however_many_copies_it_has(measures):
    documents, table = episodes(measures, 10)
    values = table[table["measure"] == "words_per_sentence"].set_index("doc_id")["value"]
    first = (values["a0"] + values["a0-late"]) / 2
    expected = (first + sum(values[f"a{n}"] for n in range(1, 10))) / 10
    again = grouped(table, documents, "outlet")
    found = again[(again["measure"] == "words_per_sentence") & (again["group"] == "a")]["value"].item()
    assert found == pytest.approx(expected)


def test_a_count_of_zero_in_every_episode_has_no_interval_and_says_so(measures):
    documents, table = episodes(measures, 10)
    again = grouped(table, documents, "outlet")
    found = again[(again["measure"] == "quoted_share") & (again["group"] == "b")].iloc[0]
    assert (found["value"], found["reason"]) == (0, "none in 10 episodes: a count of zero has no interval")
    assert np.isnan(found["low"])


def rates(*values: float) -> pd.Series:
    """What an outlet's mean over ten episodes says of a rate."""
    documents = make_documents(
        *({"doc_id": f"a{n}", "outlet": "a", "episode": f"e{n}"} for n in range(len(values)))
    )
    table = pd.DataFrame({"doc_id": documents["doc_id"], "episode": documents["episode"], "value": values})
    same = {
        "measure": "theme_reef",
        "voice": "all",
        "group": "a",
        "unit": "hits per 1,000 words",
        "scope": "copy",
    }
    counts = {"n_words": 600, "n_sentences": 30, "n_documents": 1, "low": np.nan, "high": np.nan}
    (_, row), *_ = grouped(
        ESTIMATES.frame(table.assign(**same, **counts, reason="")), documents, "outlet"
    ).iterrows()
    return row


def test_a_rate_of_hits_in_fewer_than_five_episodes_has_no_interval():
    row = rates(1.0, 2.0, 3.0, 4.0, *[0.0] * 6)
    assert (row["value"], row["reason"]) == (1.0, "too few to tell: in 4 episodes, 5 needed")
    assert np.isnan(row["low"])


def test_an_interval_stays_where_there_can_be_figures():
    row = rates(1.0, 1.0, 2.0, 1.0, 30.0, *[0.0] * 5)
    assert row["low"] == 0.0 < row["value"] == 3.5 < row["high"]


def test_any_column_of_documents_or_voice_can_be_grouped_by(measures):
    documents, table = episodes(measures, 2)
    assert set(grouped(table, documents, "via")["group"]) == {"x"}
    assert set(grouped(table, documents, ["outlet", "voice"])["group"]) >= {"a · all", "b · outside"}


def test_grouping_by_a_column_there_is_not_is_refused(measures):
    documents, table = episodes(measures, 2)
    with pytest.raises(KeyError, match="cannot group by 'publisher'; did you mean published_at"):
        grouped(table, documents, "publisher")


def test_the_interval_of_a_mean_is_close_to_students():
    values = np.array([4.1, 5.2, 3.8, 6.0, 5.5, 4.7, 5.1, 4.9, 5.8, 4.4, 5.0, 5.3])
    low, high = mean_interval(values, "a")
    reach = 2.201 * values.std(ddof=1) / 12**0.5  # t of 11 degrees of freedom
    assert (low + high) / 2 == pytest.approx(values.mean())
    assert (high - low) / 2 == pytest.approx(reach, rel=0.2)
