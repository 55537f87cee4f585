"""Which copies are compared, and what a difference between them may claim."""

from __future__ import annotations

import time
import tracemalloc
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def plainly_chosen(documents: pd.DataFrame, named: list[dict]) -> list[tuple[str, str, str, str]]:
    """The pairs that are compared, by frames of each two outlets, as slow as it is plain."""
    uses = {(one["outlet"], one["episode"], one["against"]): one["use"] for one in named}
    counted = documents[documents["is_counted"]]
    writers = counted["outlet"].where(counted["outlet"] != "unknown", counted["doc_id"])
    rows = []
    for episode in counted["episode"].unique():
        own = counted[counted["episode"] == episode]
        here = [one for one in writers.unique() if one in set(writers[own.index])]
        for pair in combinations(here, 2):
            sides = [own[writers[own.index] == one] for one in pair]
            chosen = []
            for n in (0, 1):
                use = [uses.get((pair[n], episode, against)) for against in (pair[1 - n], "")]
                chosen.append(plain_version(sides[n], sides[1 - n], use))
            (a, rule_a), (b, rule_b) = chosen
            rows.append((episode, a, b, "; ".join(dict.fromkeys(filter(None, (rule_a, rule_b))))))
    return rows


def plain_version(own: pd.DataFrame, other: pd.DataFrame, named: list[str | None]) -> tuple[str, str]:
    if len(own) == 1:
        return own.iloc[0]["doc_id"], ""
    if known := [doc_id for doc_id in named if doc_id in set(own["doc_id"])]:
        return known[0], f"{known[0]}: the version that story.yml names"
    times, others = (
        pd.to_datetime(
            one["published_at"].where(one["published_precision"] == "minute"),
            utc=True,
            errors="coerce",
            format="ISO8601",
        )
        for one in (own, other)
    )
    if times.notna().any() and others.notna().any():
        gaps = times.map(lambda time: (others - time).abs().min())
        nearest = own.loc[gaps.idxmin(), "doc_id"]
        return nearest, f"{nearest}: the version published nearest in time"
    for known in (own["filing_order"], times):
        if known.notna().all() and known.nunique() > 1:
            later = own.loc[known.idxmax(), "doc_id"]
            return later, f"{later}: the later version"
    last = own.iloc[-1]["doc_id"]
    return last, f"{last}: the last in documents.csv, which does not tell which one is later"


HOURS = st.sampled_from(
    [("", "none"), ("2031-03-03", "day"), ("no time", "minute")]
    + [(f"2031-03-03T{hour:02}:30:0{hour % 3}+0{hour % 2}:00", "minute") for hour in range(8)]
)
COPIES = st.tuples(
    st.sampled_from(["wire", "daily", "post", "unknown"]),
    st.sampled_from(["e", "f"]),
    HOURS,
    st.sampled_from([pd.NA, 1, 2, 3]),
    st.sampled_from([True, True, True, False]),
)
NAMED = st.tuples(
    st.sampled_from(["wire", "daily"]), st.sampled_from(["e", "f"]), st.sampled_from(["", "post", "daily"])
)


@given(
    st.lists(COPIES, min_size=1, max_size=12),
    st.lists(st.tuples(NAMED, st.integers(0, 11)), max_size=3),
)
def test_whatever_is_known_of_its_copies_a_pair_takes_those_of_the_plain_way(copies, uses):
    documents = make_documents(
        *(
            {
                "doc_id": f"{outlet}-{n}",
                "outlet": outlet,
                "episode": episode,
                "published_at": hour[0],
                "published_precision": hour[1],
                "filing_order": order,
                "is_counted": counts,
            }
            for n, (outlet, episode, hour, order, counts) in enumerate(copies)
        )
    )
    named = [
        {"outlet": outlet, "episode": episode, "against": against, "use": f"{outlet}-{n}"}
        for (outlet, episode, against), n in uses
    ]
    found = list(chosen_copies(documents, named).itertuples(index=False, name=None))
    assert found == plainly_chosen(documents, named)


def test_versions_of_twenty_outlets_are_chosen_in_a_moment():
    documents = make_documents(
        *(
            {
                "doc_id": f"{outlet}-{day}-{version}",
                "outlet": f"o{outlet}",
                "episode": f"e{day}",
                "published_at": f"2031-03-03T{(outlet + 7 * version) % 24:02}:00+00:00",
            }
            | MINUTE
            for day in range(20)
            for outlet in range(20)
            for version in range(3)
        )
    )
    began = time.perf_counter()
    assert len(chosen_copies(documents)) == 20 * 190
    assert time.perf_counter() - began < 2  # frames of each two outlets took 12 s


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


def test_memory_does_not_grow_with_the_episodes_whose_copies_are_compared(measures):
    headline = [one for one in measures if one.name == "words_per_sentence"]

    def peak(n_episodes: int) -> int:
        about = [
            {"doc_id": f"{one}{n}", "outlet": one, "episode": f"e{n}"}
            for n in range(n_episodes)
            for one in "ab"
        ]
        sums = pd.concat([make_sums(row["doc_id"], seed=n) for n, row in enumerate(about)])
        documents = make_documents(*about)
        tracemalloc.start()
        differences(documents, sums, headline, chosen_copies(documents))
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    assert peak(20) < 3 * peak(2)
