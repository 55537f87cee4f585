"""Sentences that say the same are paired once, wherever they stand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.evidence.alignments import align, similarity


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


A = [
    words("the ferry stayed in port for a third day"),
    words("he did not say why"),
    words("shops on the islands had no fresh bread"),
]


def test_identical_sentences_are_paired_in_reading_order_and_wherever_they_stand():
    assert align(A, A[::-1]) == [(0, 2, 1.0), (1, 1, 1.0), (2, 0, 1.0)]
    assert align([A[1], A[1]], [A[1], A[1], A[1]]) == [(0, 0, 1.0), (1, 1, 1.0)]


def test_an_edited_sentence_is_paired_with_its_similarity():
    edited = words("the ferry stayed in port for a fourth day")
    # eight of nine words in the same order: 2 x 8 / 18
    assert align([A[0]], [A[2], edited]) == [(0, 1, pytest.approx(16 / 18))]


def test_a_short_sentence_is_paired_only_where_it_is_identical():
    assert align([words("he did not say")], [words("she did not say")]) == []


def test_of_two_candidates_the_nearer_one_is_taken_and_none_twice():
    near, far = (
        words("the ferry stayed in port for a third night"),
        words("the ferry stayed in harbour for a third long night"),
    )
    assert [(i, j) for i, j, _ in align([A[0]], [far, near])] == [(0, 1)]


def test_nothing_is_paired_with_nothing():
    assert align([], A) == align(A, []) == align([()], [()]) == []


@settings(max_examples=60)
@given(*[st.lists(st.sampled_from("abcd"), max_size=8)] * 2)
def test_similarity_is_symmetric_and_one_for_the_same_words_alone(a, b):
    a, b = tuple(a), tuple(b)
    assert similarity(a, b) == similarity(b, a) and 0 <= similarity(a, b) <= 1
    assert (similarity(a, b) == 1) == (a == b)
