"""Which copies are compared, and what a difference between them may claim."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.comparison.differences import FAMILY_LEVEL, chosen_copies, differences
from analysis.measures.catalogue import FAMILIES
from analysis.tables import DIFFERENCES, check
from tests.comparison.copies import make_documents, make_sums

MINUTE = {"published_precision": "minute"}


def versions(*rows: dict, named: list[dict] = ()) -> list[tuple[str, str, str]]:
    """The pairs that are compared, and the rule, where outlet `wire` has several copies and `daily` one."""
    documents = make_documents(*({"outlet": "wire"} | row for row in rows))
    return list(
        chosen_copies(documents, named)[["doc_id_a", "doc_id_b", "rule"]].itertuples(index=False, name=None)
    )


def test_every_two_outlets_of_an_episode_are_compared_in_manifest_order():
    documents = make_documents({"doc_id": "c"}, {"doc_id": "a"}, {"doc_id": "b"})
    pairs = chosen_copies(documents)
    assert pairs[["doc_id_a", "doc_id_b"]].to_numpy().tolist() == [["c", "a"], ["c", "b"], ["a", "b"]]
    assert set(pairs["rule"]) == {""}


def test_outlets_are_compared_in_the_order_of_the_manifest_in_every_episode():
    documents = make_documents(
        {"doc_id": "a1", "outlet": "a", "episode": "1"},
        {"doc_id": "b1", "outlet": "b", "episode": "1"},
        {"doc_id": "b2", "outlet": "b", "episode": "2"},
        {"doc_id": "a2", "outlet": "a", "episode": "2"},
    )
    assert chosen_copies(documents)[["doc_id_a", "doc_id_b"]].to_numpy().tolist() == [
        ["a1", "b1"],
        ["a2", "b2"],
    ]


def test_copies_of_different_episodes_or_of_one_outlet_are_not_compared():
    documents = make_documents(
        {"doc_id": "a1", "outlet": "a", "episode": "1"},
        {"doc_id": "b2", "outlet": "b", "episode": "2"},
        {"doc_id": "b2-late", "outlet": "b", "episode": "2"},
    )
    assert chosen_copies(documents).empty


def test_a_reprint_is_not_compared():
    documents = make_documents({"doc_id": "a"}, {"doc_id": "b", "is_counted": False}, {"doc_id": "c"})
    assert chosen_copies(documents)[["doc_id_a", "doc_id_b"]].to_numpy().tolist() == [["a", "c"]]


def test_the_version_that_story_yml_names_is_compared():
    early = {"doc_id": "early", "published_at": "2031-03-03T10:00Z"} | MINUTE
    late = {"doc_id": "late", "published_at": "2031-03-03T18:00Z"} | MINUTE
    daily = {"doc_id": "daily", "outlet": "daily", "published_at": "2031-03-03T18:00Z"} | MINUTE
    named = [{"outlet": "wire", "episode": "e", "use": "early"}]
    assert versions(early, late, daily, named=named) == [
        ("early", "daily", "early: the version that story.yml names")
    ]


def test_a_version_named_for_one_pair_is_compared_in_that_pair_alone():
    gone = {"outlet": "wire", "episode": "e", "use": "no-such", "against": "post"}
    copies = [{"doc_id": "early"}, {"doc_id": "late"}, {"doc_id": "d", "outlet": "daily"}]
    named = [
        {"outlet": "wire", "episode": "e", "use": "late", "against": ""},
        {"outlet": "wire", "episode": "e", "use": "early", "against": "daily"},
        gone,
    ]
    found = versions(*copies, {"doc_id": "p", "outlet": "post"}, named=named)
    assert [pair[:2] for pair in found] == [("early", "d"), ("late", "p"), ("d", "p")]


def test_else_the_version_published_nearest_in_time():
    early = {"doc_id": "early", "published_at": "2031-03-03T10:00+01:00"} | MINUTE
    late = {"doc_id": "late", "published_at": "2031-03-03T18:00+01:00"} | MINUTE
    daily = {"doc_id": "daily", "outlet": "daily", "published_at": "2031-03-03T10:30Z"} | MINUTE
    assert versions(early, late, daily) == [
        ("early", "daily", "early: the version published nearest in time")
    ]


def test_a_day_is_no_time_and_the_later_version_by_filing_order_is_compared():
    day = {"published_at": "2031-03-03", "published_precision": "day"}
    late = {"doc_id": "late", "filing_order": 3} | day
    early = {"doc_id": "early", "filing_order": 1} | day
    daily = {"doc_id": "daily", "outlet": "daily", "filing_order": 2} | day
    assert versions(late, early, daily) == [("late", "daily", "late: the later version")]


def test_without_any_order_the_last_of_the_manifest_is_compared():
    rows = {"doc_id": "first"}, {"doc_id": "second"}, {"doc_id": "daily", "outlet": "daily"}
    rule = "second: the last in documents.csv, which does not tell which one is later"
    assert versions(*rows) == [("second", "daily", rule)]


def test_where_only_the_versions_have_hours_the_later_one_is_compared_whatever_its_row():
    late = {"doc_id": "late", "published_at": "2031-03-03T09:00+00:00"} | MINUTE
    early = {"doc_id": "early", "published_at": "2031-03-03T17:00+09:00"} | MINUTE
    assert versions(late, early, {"doc_id": "daily", "outlet": "daily"}) == [
        ("late", "daily", "late: the later version")
    ]


def judged(measures, *copies: pd.DataFrame, **about) -> pd.DataFrame:
    documents = make_documents(*({"doc_id": one["doc_id"].iloc[0]} | about for one in copies))
    table = differences(documents, pd.concat(copies), measures, chosen_copies(documents))
    return check(table, DIFFERENCES)


def one(table: pd.DataFrame, name: str = "words_per_sentence") -> pd.Series:
    (row,) = (row for _, row in table[table["measure"] == name].iterrows())
    return row


def valences(n: int = 40) -> dict[str, np.ndarray]:
    draw = np.random.default_rng(3)
    return {
        "n_words_scored_outside": np.full(n, 10.0),
        "valence_outside": 10 * draw.normal(0, 0.3, n),
        "n_sentences_scored_outside": np.ones(n),
        "n_sentences_with_valence_outside": np.ones(n),
    }


@pytest.fixture(scope="module")
def table(request) -> pd.DataFrame:
    """Three copies: `a` and `b` alike, sentences of `c` twice as long."""
    measures = request.getfixturevalue("measures")
    copies = [make_sums("a", seed=1, **valences()), make_sums("b", seed=2, **valences())]
    long = make_sums("c", seed=3, **valences())
    long[["n_words", "n_words_outside", "n_long_words"]] *= 2
    return judged(measures, *copies, long)


def test_a_value_is_the_figure_of_a_minus_that_of_b(table, measures):
    a, b = make_sums("a", seed=1)["n_words"].mean(), make_sums("b", seed=2)["n_words"].mean()
    row = table[(table["measure"] == "words_per_sentence") & (table["doc_id_b"] == "b")].iloc[0]
    assert row["value"] == pytest.approx(a - b)


def test_it_is_clear_exactly_where_the_family_interval_excludes_zero(table):
    given = table[table["low_family"].notna()]
    excludes = (given["low_family"] > 0) | (given["high_family"] < 0)
    assert (given["is_clear"] == excludes).all()
    assert given["is_clear"].any() and not given["is_clear"].all()
    assert not table.loc[table["low_family"].isna(), "is_clear"].any()


def test_longer_sentences_are_clear_and_equal_ones_are_not(table):
    rows = table[table["measure"] == "words_per_sentence"].set_index(["doc_id_a", "doc_id_b"])
    assert rows["is_clear"].to_dict() == {("a", "b"): False, ("a", "c"): True, ("b", "c"): True}


def test_family_intervals_are_wider_than_those_of_a_difference_alone(table):
    given = table[table["low_family"].notna()]
    assert (given["low_family"] < given["low"]).all()
    assert (given["high"] < given["high_family"]).all()


def test_what_is_detectable_is_the_reach_of_the_family_interval(table):
    given = table[table["low_family"].notna()]
    assert given["detectable"].to_list() == pytest.approx(
        ((given["high_family"] - given["low_family"]) / 2).to_list()
    )


def test_a_family_is_its_headline_measures_over_all_pairs(table):
    sizes = table[table["low_family"].notna()].groupby("family")["family_size"].agg(["min", "max", "size"])
    # three pairs: of sentiment outside alone, as nothing is quoted; of readability three measures
    assert sizes.to_dict("index") == {
        "readability": {"min": 9, "max": 9, "size": 9},
        "sentiment": {"min": 3, "max": 3, "size": 3},
    }


def test_the_families_share_five_per_cent():
    assert len(FAMILIES) * (1 - FAMILY_LEVEL) == pytest.approx(0.05)


def test_only_headline_measures_are_compared(table, measures):
    assert set(table["measure"]) == {measure.name for measure in measures if measure.is_headline}


def test_two_copies_without_a_quoted_word_have_no_difference_in_them(table):
    rows = table[table["measure"] == "quoted_share"]
    assert rows["value"].isna().all()
    assert set(rows["family_size"]) == {0}
    assert rows["reason"].iloc[0] == "a: none in 40 sentences: a count of zero has no interval"


def test_hits_in_fewer_than_ten_paragraphs_of_both_copies_are_too_few(measures):
    few = np.zeros(40)
    few[:8:2] = 5
    many = np.zeros(40)
    many[:10:2] = 5
    row = one(
        judged(measures, make_sums("a", n_words_quoted=few), make_sums("b", n_words_quoted=many)),
        "quoted_share",
    )
    assert row["reason"] == "too few to tell: in 9 paragraphs of both copies, 10 needed"
    assert row["value"] < 0
    assert np.isnan(row["low_family"]) and not row["is_clear"]


def test_a_copy_that_is_too_short_is_named_with_the_reason(measures):
    row = one(judged(measures, make_sums("a"), make_sums("b", 15, n_words=10.0)))
    assert row["reason"] == "b: too few sentences for an interval: 15, 20 needed"
    assert np.isnan(row["value"])


def test_a_copy_in_another_language_is_not_compared(measures):
    row = one(judged(measures, make_sums("a"), make_sums("b"), language="ko"))
    assert row["reason"] == "a: language is ko: measures are for English"


def test_a_voice_of_too_few_words_is_not_compared(measures):
    few = np.zeros(40)
    few[0] = 8
    row = one(judged(measures, make_sums("a", n_words_quoted=few), make_sums("b")), "sentiment_quoted")
    assert row["reason"] == "a: too little text: 8 words, 30 needed"


def test_where_one_copy_has_few_paragraphs_the_scope_of_the_pair_says_so(measures):
    assert one(judged(measures, make_sums("a"), make_sums("b")))["scope"] == "copy"
    row = one(judged(measures, make_sums("a"), make_sums("b", paragraph=10)))
    assert row["scope"] == "copy (runs of three sentences)"


def test_the_same_copies_are_judged_the_same_again(measures):
    copies = make_sums("a", seed=1), make_sums("b", seed=2)
    pd.testing.assert_frame_equal(judged(measures, *copies), judged(measures, *copies))


def test_without_pairs_the_table_is_empty_and_keeps_its_columns(measures):
    table = judged(measures, make_sums("a"))
    assert table.empty
    assert table.columns.to_list() == DIFFERENCES.names
