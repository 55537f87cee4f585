"""What a version changed is told sentence by sentence, values and names first."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.evidence.changes import changes, word_changes
from analysis.tables import ALIGNMENTS


def table(pairs: list[tuple[int, int]], n_first: int, n_second: int, *, turned: bool = False) -> pd.DataFrame:
    sentences = pd.DataFrame(
        [(doc_id, n, "body") for doc_id, of in (("a", n_first), ("b", n_second)) for n in range(of)],
        columns=["doc_id", "sentence_id", "part"],
    )
    rows = [("b", j, "a", i, 1.0, "same") if turned else ("a", i, "b", j, 1.0, "same") for i, j in pairs]
    return changes(ALIGNMENTS.frame(rows), sentences, "a", "b")


def listed(found: pd.DataFrame) -> list[tuple]:
    shown = found.astype(object).where(found.notna(), None)
    return list(
        shown[["kind", "is_moved", "sentence_id_a", "sentence_id_b"]].itertuples(index=False, name=None)
    )


@pytest.mark.parametrize("turned", [False, True])
def test_sentences_are_kept_added_and_dropped_where_they_stood(turned):
    assert listed(table([(0, 0), (2, 2)], 4, 4, turned=turned)) == [
        ("same", False, 0, 0), ("added", False, None, 1), ("dropped", False, 1, None), ("same", False, 2, 2),
        ("added", False, None, 3), ("dropped", False, 3, None),
    ]  # fmt: skip


def test_the_fewest_sentences_count_as_moved():
    assert [(a, moved) for _, moved, a, _ in listed(table([(0, 1), (1, 2), (2, 0)], 3, 3))] == [
        (2, True),
        (0, False),
        (1, False),
    ]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 7), st.integers(0, 7), st.randoms())
def test_every_sentence_of_both_stands_in_one_row(n_first, n_second, own):
    n = own.randint(0, min(n_first, n_second))
    pairs = list(zip(own.sample(range(n_first), n), own.sample(range(n_second), n), strict=True))
    found = table(pairs, n_first, n_second)
    assert sorted(found["sentence_id_a"].dropna()) == list(range(n_first))
    assert found["sentence_id_b"].dropna().to_list() == list(range(n_second))


def test_values_and_names_stand_before_other_words():
    before = "About 40 boats, most of them old, met on Sunday, said Ines Falk."
    after = "About 60 boats, many of them old, met on Monday, said Ines Falk."
    assert word_changes(before, after) == [
        ("40", "60", True),
        ("Sunday,", "Monday,", True),
        ("most", "many", False),
    ]


def test_case_and_punctuation_alone_are_no_change_and_a_first_word_is_no_name():
    assert word_changes("The ferry, old as it is, waits.", "the ferry old as it is waits") == []
    assert word_changes("Ships wait.", "Boats wait.") == [("Ships", "Boats", False)]
    assert word_changes("It is not over.", "It is over.") == [("not", "", True)]
