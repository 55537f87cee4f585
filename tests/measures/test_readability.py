"""The counts that formulas need, of single sentences, worked out by hand."""

from __future__ import annotations

import pandas as pd

from analysis.corpus.words import n_words
from analysis.measures.readability import (
    COLUMNS,
    readability_counts,
    sentence_counts,
    sentence_words_and_counts,
)


def counts(sentence: str) -> dict[str, int]:
    return dict(zip(COLUMNS, sentence_counts(sentence), strict=True))


def test_a_plain_sentence_is_counted_by_hand():
    # The(1) old(1) pilot(2) un-be-liev-a-bly(5) slept(1) on(1) Sun-day(2)
    assert counts("The old pilot unbelievably slept on Sunday.") == {
        "n_letters": 36,
        "n_characters": 37,
        "n_syllables": 13,
        "n_polysyllables": 1,
        "n_difficult_0": 2,  # pilot, unbelievably
        "n_difficult_2": 2,
        "n_difficult_3": 1,
        "n_long_words": 1,
        "n_miniwords": 3,  # The, old, on
    }


def test_a_sentence_without_a_word_adds_characters_alone():
    assert counts("...") == dict.fromkeys(COLUMNS, 0) | {"n_characters": 3}
    assert counts("") == dict.fromkeys(COLUMNS, 0)


def test_the_words_counted_with_them_are_the_running_words():
    sentence = "\"It's twenty-one,\" he said ... and 'twas 1,200 / 3."
    n, *others = sentence_words_and_counts(sentence)
    assert n == n_words(sentence) == 8
    assert tuple(others) == sentence_counts(sentence)


def test_curly_apostrophes_and_dashes_count_as_straight_ones_and_spaces():
    text = "They don’t know—yet. They don't know yet."
    sentences = pd.DataFrame({"doc_id": "a", "start": [0, 21], "end": [20, 41]})
    table = readability_counts({"a": text}, sentences)
    assert table.loc[0].to_list() == table.loc[1].to_list()


def test_rows_keep_the_index_of_the_sentences_whatever_their_order():
    sentences = pd.DataFrame(
        {"doc_id": ["b", "a", "b"], "start": [0, 0, 5], "end": [4, 10, 17]}, index=[7, 3, 5]
    )
    table = readability_counts({"a": "A harbour.", "b": "Yes. Extraordinary."}, sentences)
    assert table["n_letters"].to_dict() == {7: 3, 3: 8, 5: 12}
    assert table["n_long_words"].to_dict() == {7: 0, 3: 1, 5: 1}


def test_no_sentence_is_an_empty_table_with_the_same_columns():
    table = readability_counts({}, pd.DataFrame({"doc_id": [], "start": [], "end": []}))
    assert table.columns.to_list() == COLUMNS
    assert table.empty
