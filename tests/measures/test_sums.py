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


@pytest.fixture
def quotations() -> pd.DataFrame:
    columns = ["sentence_id", "kind", "source_type", "intermediary", "cue", "cue_class", "is_speech"]
    rows = [
        (1, "direct", "official", "", "say", "neutral", True),
        (1, "indirect", "unnamed", "kcna", "claim", "doubting", True),
        (2, "partial", "official", "", "", "", True),
        (2, "direct", "", "", "", "", False),  # a title in quotation marks
        (3, "indirect", "official", "", "say", "neutral", True),  # a republisher's sentence
    ]
    return pd.DataFrame(rows, columns=columns).assign(doc_id="a")


def test_an_attribution_is_counted_where_it_begins_by_all_that_is_known_of_it(sentences, hits, quotations):
    table = sums(sentences, hits, quotations)
    assert table["n_attributions"].to_list() == [2, 1, 0]
    assert table["n_attributions_direct"].to_list() == [1, 0, 0]
    assert table["n_attributions_indirect"].to_list() == [1, 0, 0]
    assert table["n_attributions_official"].to_list() == [1, 1, 0]
    assert table["n_attributions_unnamed"].to_list() == [1, 0, 0]
    assert table["n_attributions_through"].to_list() == [1, 0, 0]


def test_only_cues_that_stand_there_have_a_class(sentences, hits, quotations):
    table = sums(sentences, hits, quotations)
    assert table["n_cues"].to_list() == [2, 0, 0]
    assert table["n_cues_neutral"].to_list() == table["n_cues_doubting"].to_list() == [1, 0, 0]


def test_without_an_attribution_every_column_of_them_is_zero(sentences, hits, quotations):
    full, empty = sums(sentences, hits, quotations), sums(sentences, hits, quotations.iloc[:0])
    assert list(empty) == list(full)
    assert not empty.filter(like="n_attributions").to_numpy().any()


def test_paraphrase_is_part_of_what_stands_outside_quotation_marks(sentences, hits):
    table = sums(sentences.assign(n_words_attributed=[0, 4, 8, 0, 0]), hits)
    assert table["n_words_unattributed"].to_list() == [6, 0, 2]


def test_an_actor_is_counted_where_it_is_subject_or_object(sentences, hits):
    rows = [(1, "kim", "agent"), (1, "kim", "patient"), (2, "kim", "possessor"), (4, "putin", "patient")]
    mentions = pd.DataFrame(rows, columns=["sentence_id", "actor", "role"]).assign(doc_id="a")
    table = sums(sentences, hits, None, mentions)
    assert table["n_roles_kim"].to_list() == [2, 0, 0] and table["n_subject_kim"].to_list() == [1, 0, 0]
    assert table["n_roles_putin"].to_list() == [0, 0, 1] and table["n_subject_putin"].to_list() == [0, 0, 0]
