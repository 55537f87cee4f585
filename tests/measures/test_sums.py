"""What measures add up: body sentences that the outlet may have written, with what is built from their counts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.measures.sums import WORD_COUNTS, sums

ROWS = {
    "doc_id": ["a"] * 5,
    "sentence_id": [0, 1, 2, 3, 4],
    "part": ["headline", "body", "body", "body", "body"],
    "written_by": ["outlet", "outlet", "unknown", "via", "outlet"],
    "paragraph": [0, 1, 1, 2, 3],
    "n_words": [6, 10, 20, 9, 8],
    "n_words_quoted": [0, 0, 12, 0, 6],
    "compound_outside": [0.9, 0.5, -0.25, 0.9, np.nan],
    "compound_quoted": [np.nan, np.nan, 0.5, np.nan, -0.5],
    "compound_outside_unmasked": [0.9, 0.6, -0.25, 0.9, np.nan],
    "compound_quoted_unmasked": [np.nan, np.nan, 0.5, np.nan, -0.5],
    "n_sentiment_words_outside": [1, 2, 0, 1, 0],
    "n_sentiment_words_quoted": [0, 0, 1, 0, 1],
}


@pytest.fixture
def sentences() -> pd.DataFrame:
    return pd.DataFrame(dict.fromkeys(WORD_COUNTS, 1) | ROWS)


@pytest.fixture
def hits() -> pd.DataFrame:
    rows = [("a", 0, "themes", "reef", "outside"), ("a", 2, "themes", "reef", "quoted")]
    rows += [("a", 2, "themes", "reef", "outside"), ("a", 4, "generic_frames", "conflict", "quoted")]
    return pd.DataFrame(rows, columns=["doc_id", "sentence_id", "dictionary", "frame", "voice"])


def test_headlines_and_a_republishers_text_enter_nothing(sentences, hits):
    assert sums(sentences, hits)["sentence_id"].to_list() == [1, 2, 4]


def test_a_voice_is_weighted_by_its_own_words(sentences, hits):
    table = sums(sentences, hits)
    assert table["n_words_outside"].to_list() == [10, 8, 2]
    assert table["valence_outside"].to_list() == [0.5 * 10, -0.25 * 8, 0]
    assert table["valence_outside_unmasked"].to_list() == [0.6 * 10, -0.25 * 8, 0]
    assert table["valence_quoted"].to_list() == [0, 0.5 * 12, -0.5 * 6]


def test_words_that_were_not_scored_are_not_divided_by(sentences, hits):
    table = sums(sentences, hits)
    assert table["n_words_scored_outside"].to_list() == [10, 8, 0]
    assert table["n_words_scored_quoted"].to_list() == [0, 12, 6]
    assert table["n_sentences_scored_outside"].to_list() == [1, 1, 0]
    assert table["n_sentences_with_valence_outside"].to_list() == [1, 0, 0]


def test_hits_are_counted_a_sentence_by_voice_and_in_all(sentences, hits):
    table = sums(sentences, hits)
    assert table["n_hits_themes/reef_all"].to_list() == [0, 2, 0]
    assert table["n_hits_themes/reef_outside"].to_list() == [0, 1, 0]
    assert table["n_hits_themes/reef_quoted"].to_list() == [0, 1, 0]
    assert table["n_hits_generic_frames/conflict_all"].to_list() == [0, 0, 1]


def test_without_a_hit_there_is_no_column_of_hits(sentences, hits):
    assert not [name for name in sums(sentences, hits.iloc[:0]) if name.startswith("n_hits")]


def test_sums_add_up_whatever_is_added(sentences, hits):
    table = sums(sentences, hits)
    halves = table.iloc[:1], table.iloc[1:]
    for name in ("n_words", "valence_outside", "n_hits_themes/reef_all", "n_sentences"):
        assert table[name].sum() == pytest.approx(sum(half[name].sum() for half in halves))
