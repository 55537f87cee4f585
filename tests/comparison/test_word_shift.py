"""Word shift: shifts add up to the difference of the means."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.comparison.word_shift import word_shift

VALENCE = {"help": 1.7, "failed": -2.3, "war": -2.9, "glad": 2.0}


def hits(**copies: str) -> pd.DataFrame:
    """Table `sentiment_hits`: the words of each copy."""
    rows = [
        (doc_id, word, VALENCE[word], "outside", False)
        for doc_id, words in copies.items()
        for word in words.split()
    ]
    return pd.DataFrame(rows, columns=["doc_id", "word", "valence", "voice", "is_masked"])


WORDS = st.lists(st.sampled_from(list(VALENCE)), min_size=1, max_size=30).map(" ".join)


@given(WORDS, WORDS)
def test_shifts_add_up_to_the_difference_of_the_means(a, b):
    table = hits(a=a, b=b)
    means = table.groupby("doc_id")["valence"].mean()
    assert word_shift(table, "a", "b")["shift"].sum() == pytest.approx(means["a"] - means["b"], abs=1e-9)


def test_each_word_is_told_with_the_copy_that_has_more_of_it():
    found = word_shift(hits(a="help help failed", b="failed failed war"), "a", "b").set_index("word")
    assert found["kind"].to_dict() == {"help": "+a", "failed": "+b", "war": "-b"}
    assert found.loc["help", "shift"] > 0 > found.loc["failed", "shift"]  # −2.3 is above the mean of b, −2.5


def test_masked_words_and_another_voice_are_left_out():
    table = hits(a="help", b="war failed")
    table.loc[2, "is_masked"] = True
    assert set(word_shift(table, "a", "b")["word"]) == {"help", "war"}
    assert word_shift(table, "a", "b", voice="quoted").empty
