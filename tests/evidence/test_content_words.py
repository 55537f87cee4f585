"""Content words: stems that tell what a passage is about, and how much."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.evidence.content_words import Weights, content_words, plain_words, share_of_shorter


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The harbours were deepened.", "deepening the harbor"),
        ("a defence of centres", "center defense"),
        ("Three men", "3 men"),
        ("one-fifth of the reef", "a fifth of reefs"),
        ("340m crowns", "340 million crowns"),
        ("6.2 million", "6.2m"),
        ("They’re organising it", "organize"),
        ("Halmora’s port", "the port of Halmora"),
    ],
)
def test_these_have_the_same_content(one, other):
    assert set(content_words(one)) == set(content_words(other))


def test_function_words_tell_nothing():
    assert content_words("It was not the one that they had, I’ll tell") == ["tell"]


def test_a_word_of_one_sentence_weighs_one_and_of_all_nothing():
    weights = Weights([{"port", "reef"}, {"port"}, {"port"}, {"port"}])
    assert weights["reef"] == 1 and weights["port"] == 0


def test_a_text_that_is_part_of_another_shares_all_it_tells():
    weights = Weights([{"a"}, {"b"}, {"c"}, {"d"}])
    assert share_of_shorter({"a", "b"}, {"a", "b", "c"}, weights) == 1
    assert share_of_shorter({"a", "d"}, {"a", "b", "c"}, weights) == pytest.approx(0.5)
    assert share_of_shorter(set(), {"a"}, weights) == 0


@given(st.text())
def test_any_text_has_words_without_spaces(text):
    assert all(
        word and not any(map(str.isspace, word)) for word in (*plain_words(text), *content_words(text))
    )
