"""Of the copies of one text one is counted, by what is known of them."""

from __future__ import annotations

import pandas as pd

from analysis.evidence.reprints import not_counted
from analysis.tables import OVERLAP


def documents(*rows: dict) -> pd.DataFrame:
    blank = {"via": "", "published_at": "", "is_counted": True}
    return pd.DataFrame([blank | row for row in rows])


def overlap(*pairs: tuple[str, str, str]) -> pd.DataFrame:
    return OVERLAP.frame([(a, b, 1.0, 1.0, 9, what) for a, b, what in pairs])


def test_the_outlets_own_copy_stands_for_the_others():
    rows = documents({"doc_id": "a", "via": "Dale Courier"}, {"doc_id": "b"})
    assert not_counted(overlap(("a", "b", "reprint")), rows) == {"a": "reprint of b"}


def test_else_the_earliest_and_else_the_first():
    rows = documents(
        {"doc_id": "a"},
        {"doc_id": "b", "published_at": "2031-01-06"},
        {"doc_id": "c", "published_at": "2031-01-05"},
    )
    assert not_counted(overlap(("a", "b", "copy"), ("b", "c", "copy")), rows) == {
        "a": "reprint of c",
        "b": "copy of c",
    }
    assert not_counted(overlap(("a", "b", "copy")), documents({"doc_id": "a"}, {"doc_id": "b"})) == {
        "b": "copy of a"
    }


def test_what_a_person_counts_goes_before_what_is_not_counted():
    rows = documents({"doc_id": "a", "is_counted": False}, {"doc_id": "b", "via": "Dale Courier"})
    assert not_counted(overlap(("a", "b", "reprint")), rows) == {"a": "reprint of b"}


def test_versions_and_texts_of_one_origin_are_all_counted():
    rows = documents({"doc_id": "a"}, {"doc_id": "b"}, {"doc_id": "c"})
    assert not_counted(overlap(("a", "b", "version"), ("b", "c", "shared_origin")), rows) == {}
