"""Every hit stands in its sentence, with its voice."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.evidence.dictionaries import Frame, from_lists
from analysis.evidence.frame_hits import frame_hits
from analysis.tables import FRAME_HITS, check

TEXT = 'They clashed again. "We clash," he said. Talks on peace'
#       0                   20                   41
SPANS = [(20, 30)]


def spans(rows: list[tuple[str, int, int]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["doc_id", "start", "end"])


@pytest.fixture
def sentences() -> pd.DataFrame:
    rows = [("a", 0, 0, 19), ("a", 1, 20, 40), ("a", 2, 41, 55), ("b", 0, 0, 5)]
    return pd.DataFrame(rows, columns=["doc_id", "sentence_id", "start", "end"])


@pytest.fixture
def quarrel():
    return from_lists("trial", {}, {"quarrel": Frame("Quarrel", "", ("clash*", "talks"), (), "", "")})


def test_a_hit_has_the_sentence_and_the_voice_of_its_first_character(sentences, quarrel):
    table = frame_hits({"a": TEXT, "b": "Calm."}, sentences, spans([("a", 20, 30)]), [quarrel])
    assert table.drop(columns=["doc_id", "dictionary", "frame"]).to_numpy().tolist() == [
        [0, 5, 12, "clash*", "outside"],
        [1, 24, 29, "clash*", "quoted"],
        [2, 41, 46, "talks", "outside"],
    ]
    assert set(table["doc_id"]) == {"a"}
    check(table, FRAME_HITS)


def test_a_quoted_span_ends_before_its_end(sentences, quarrel):
    table = frame_hits({"a": TEXT}, sentences, spans([("a", 0, 5), ("a", 24, 30)]), [quarrel])
    assert table["voice"].tolist() == ["outside", "quoted", "outside"]


def test_a_span_inside_a_span_ends_nothing(sentences, quarrel):
    table = frame_hits({"a": TEXT}, sentences, spans([("a", 0, 40), ("a", 2, 4)]), [quarrel])
    assert table["voice"].tolist() == ["quoted", "quoted", "outside"]


def test_spans_of_another_document_do_not_count(sentences, quarrel):
    table = frame_hits({"a": TEXT}, sentences, spans([("b", 0, 55)]), [quarrel])
    assert set(table["voice"]) == {"outside"}


def test_a_hit_outside_all_sentences_or_across_two_is_left_out(sentences, quarrel):
    cut = pd.DataFrame([("a", 0, 0, 8), ("a", 1, 8, 19)], columns=sentences.columns)
    assert frame_hits({"a": TEXT}, cut, spans([]), [quarrel]).empty


def test_without_a_hit_the_table_keeps_its_columns_and_types(sentences, quarrel):
    table = frame_hits({"b": "Calm."}, sentences, spans([]), [quarrel])
    assert table.empty
    check(table, FRAME_HITS)


def test_documents_may_be_a_frame_and_dictionaries_a_mapping(sentences, quarrel):
    documents = pd.DataFrame({"doc_id": ["a"], "text": [TEXT]})
    table = frame_hits(documents, sentences, spans([]), {"trial": quarrel})
    assert len(table) == 3


def test_sentences_need_not_be_in_order(sentences, quarrel):
    table = frame_hits({"a": TEXT}, sentences.iloc[::-1], spans([]), [quarrel])
    assert table["sentence_id"].tolist() == [0, 1, 2]
