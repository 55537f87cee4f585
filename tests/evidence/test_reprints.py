"""Of the copies of one text one is counted, by what is known of them."""

from __future__ import annotations

import pandas as pd

from analysis.evidence.reprints import not_counted
from analysis.tables import OVERLAP


def documents(*rows: dict) -> pd.DataFrame:
    blank = {"outlet": "harbour", "via": "", "published_at": "", "n_words": 400, "is_counted": True}
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


def test_what_a_story_holds_goes_before_what_is_new():
    rows = documents(
        {"doc_id": "new", "published_at": "2031-01-05"},
        {"doc_id": "held", "via": "Dale Courier", "published_at": "2031-01-06", "is_held": True},
    ).fillna({"is_held": False})
    assert not_counted(overlap(("new", "held", "reprint")), rows) == {"new": "reprint of held"}


def test_a_copy_that_says_who_wrote_it_goes_before_one_that_does_not():
    rows = documents(
        {"doc_id": "a", "outlet": "unknown", "published_at": "2031-01-05"},
        {"doc_id": "b", "via": "Dale Courier"},
    )
    assert not_counted(overlap(("a", "b", "reprint")), rows) == {"a": "reprint of b"}


def test_the_earliest_is_so_by_the_clock_and_an_hour_goes_before_its_day():
    rows = documents(
        {"doc_id": "a", "published_at": "2031-01-05T12:00+00:00"},
        {"doc_id": "b", "published_at": "2031-01-05T20:00+09:00"},
        {"doc_id": "c", "published_at": "2031-01-05"},
    )
    pairs = overlap(("a", "b", "copy"), ("b", "c", "copy"), ("a", "c", "copy"))
    assert not_counted(pairs, rows) == {"a": "copy of b", "c": "copy of b"}


def test_the_whole_text_goes_before_a_cut_one():
    rows = documents({"doc_id": "brief", "n_words": 90}, {"doc_id": "full"})
    assert not_counted(overlap(("brief", "full", "reprint")), rows) == {"brief": "reprint of full"}
