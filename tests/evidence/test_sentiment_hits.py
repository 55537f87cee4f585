"""Every word that carries valence is listed where it stands, with its voice, names marked."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.evidence.sentiment_hits import analyser, sentiment_hits
from analysis.tables import SENTIMENT_HITS, check

TEXT = 'The Happy Islander sank. "A terrible loss," said a well-loved, GREAT man. It isn’t good.'
#       0   4                   25                 44                         70
SENTENCES = [("a", 0, 0, 24), ("a", 1, 25, 73), ("a", 2, 74, 88)]
QUOTED = [("a", 25, 43)]


def hits(text: str = TEXT, masks: list[tuple[int, int]] = (), rows=SENTENCES, quoted=QUOTED) -> pd.DataFrame:
    sentences = pd.DataFrame(rows, columns=["doc_id", "sentence_id", "start", "end"])
    spans = pd.DataFrame(quoted, columns=["doc_id", "start", "end"])
    return sentiment_hits({"a": text}, sentences, spans, {"a": list(masks)})


def test_the_table_is_as_declared():
    check(hits(), SENTIMENT_HITS)


def test_words_are_listed_in_order_with_the_rating_of_the_lexicon():
    # vader_lexicon.txt: happy 2.7, terrible −2.1, loss −1.3, great 3.1, good 1.9
    assert hits()[["word", "valence"]].to_numpy().tolist() == [
        ["happy", 2.7],
        ["terrible", -2.1],
        ["loss", -1.3],
        ["great", 3.1],
        ["good", 1.9],
    ]


def test_a_hit_stands_where_its_word_stands():
    table = hits()
    assert [TEXT[start:end].lower() for start, end in zip(table["start"], table["end"], strict=True)] == list(
        table["word"]
    )
    assert table["sentence_id"].to_list() == [0, 1, 1, 1, 2]


def test_a_voice_is_that_of_the_place_of_the_word():
    assert hits()["voice"].to_list() == ["outside", "quoted", "quoted", "outside", "outside"]


def test_a_word_of_a_name_is_marked_as_masked_and_kept():
    table = hits(masks=[(4, 18)])
    assert table["is_masked"].to_list() == [True, False, False, False, False]


def test_part_of_a_hyphenated_compound_is_no_hit():
    assert "loved" not in set(hits()["word"])


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_a_contraction_is_one_word_whatever_its_apostrophe(apostrophe):
    text = f"They can{apostrophe}t stand the happiest one."
    table = hits(text, rows=[("a", 0, 0, len(text))], quoted=[])
    assert table["word"].to_list() == ["happiest"]


def test_a_word_outside_every_sentence_is_no_hit():
    assert hits("great war. great", rows=[("a", 0, 0, 10)], quoted=[])["start"].to_list() == [0, 6]


def test_a_text_without_valence_is_an_empty_table_with_the_same_columns():
    table = hits("The ferry left.", rows=[("a", 0, 0, 15)], quoted=[])
    assert table.empty
    assert table.columns.to_list() == SENTIMENT_HITS.names


@settings(deadline=None)
@given(st.text(alphabet="ab happy'’-\".,—GREAT \n", max_size=60))
def test_in_any_text_a_hit_is_its_word(text):
    lexicon = analyser().lexicon
    for row in hits(text, rows=[("a", 0, 0, len(text))], quoted=[]).itertuples():
        assert text[row.start : row.end].lower().replace("’", "'") == row.word
        assert lexicon[row.word] == row.valence
