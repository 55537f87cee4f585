"""A word is what textstat calls a word, once dashes between words are spaces."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textstat.backend.selections import list_words

from analysis.corpus.words import n_words, straighten, word_spans

TEXT = st.text() | st.text(alphabet="ab1_ sdtvelr'’‘\"“”-—–.,!\n\t\xa0é한", max_size=60)


@given(TEXT)
def test_a_text_has_as_many_words_as_textstat_lists(text):
    assert n_words(text) == len(list_words(straighten(text)))


@given(TEXT)
def test_straightening_moves_no_character(text):
    assert len(straighten(text)) == len(text)


@given(TEXT)
def test_the_words_stand_in_order_apart_and_hold_all_letters_and_digits(text):
    spans = word_spans(text)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    inside = {i for start, end in spans for i in range(start, end)}
    assert all(i in inside for i, character in enumerate(text) if character.isalnum())


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("SEOUL--The", 2),
        ("SEOUL — The talks", 3),
        ("Seoul–Tokyo flights", 3),
        ("in 2010–12", 2),
        ("in 2010-12", 2),
        ("a well-known city", 3),
        ("don’t", 1),
        ("rock ’n’ roll", 3),
        ("workers’ rights ’", 2),
        ("' \" … - — .", 0),
        ("$1.5 bn. & co.", 3),
        ("", 0),
    ],
)
def test_words_are_counted_as_by_hand(text, n):
    assert n_words(text) == n
