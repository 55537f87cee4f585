"""Accounts: values that differ, and how well the search agrees with a person."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.comparison.accounts import different_accounts, search_quality
from analysis.comparison.shares import Share, wilson


def table(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["fact_id", "doc_id", "is_found", "value"])


COVERAGE = table(
    ("age", "a", True, "17"),
    ("age", "b", True, "18"),
    ("age", "c", False, ""),
    ("cost", "a", True, "340"),
    ("cost", "b", True, ""),
    ("cost", "c", True, "340"),
)


def test_accounts_differ_where_two_copies_give_two_values():
    assert different_accounts(COVERAGE, ["a", "b", "c"]) == ["age"]


def test_a_copy_that_gives_one_more_value_contradicts_nobody():
    rows = table(("ships", "a", True, "14"), ("ships", "b", True, "14; 16"), ("ships", "c", True, "6"))
    assert different_accounts(rows, ["a", "b"]) == [] and different_accounts(rows, ["b", "c"]) == ["ships"]


def test_a_copy_that_tells_no_value_contradicts_nobody():
    assert different_accounts(COVERAGE[COVERAGE["fact_id"] == "cost"], ["a", "b", "c"]) == []


def test_copies_that_are_not_compared_make_no_difference():
    assert different_accounts(COVERAGE, ["a", "c"]) == []


def test_the_search_is_measured_against_a_person():
    coded = pd.DataFrame(
        [("age", "a", "17"), ("age", "b", "19"), ("age", "c", ""), ("cost", "a", "")],
        columns=["fact_id", "doc_id", "value"],
    )
    found = search_quality(COVERAGE, coded)
    assert (found.recall, found.precision, found.values) == (Share(3, 4), Share(3, 5), Share(1, 2))


def test_the_interval_of_a_share_is_that_of_wilson():
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)  # Newcombe 1998, table I
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)


@given(st.integers(1, 500), st.data())
def test_an_interval_holds_its_share(n, data):
    hits = data.draw(st.integers(0, n))
    low, high = wilson(hits, n)
    assert 0 <= low <= hits / n <= high <= 1
