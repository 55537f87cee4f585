"""The concordance shows each hit once, in order, with its context."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.matches import BadPattern, whole_words
from analysis.evidence.concordance import COLUMNS, concordance, in_context

BOATS = "Boats closed the port. The port authority said no boat had leave to."


@pytest.fixture
def documents() -> pd.DataFrame:
    return pd.DataFrame({"doc_id": ["a", "b", "c"], "text": [BOATS, "The Port reopened.", None]})


def test_every_hit_is_a_row_by_document_and_in_text_order(documents):
    found = concordance(documents, "port")
    assert list(found[["doc_id", "start", "end"]].itertuples(index=False, name=None)) == [
        ("a", 17, 21),
        ("a", 27, 31),
        ("b", 4, 8),
    ]
    assert found["keyword"].to_list() == ["port", "port", "Port"]


def test_context_stops_at_the_edges_of_the_text(documents):
    first, last = concordance(documents, "boats|to\\.", window=8).iloc[[0, -1]].itertuples(index=False)
    assert (first.left, first.keyword, first.right) == ("", "Boats", " closed ")
    assert (last.left, last.keyword, last.right) == ("d leave ", "to.", "")


def test_no_hit_is_an_empty_table_with_the_same_columns_and_types(documents):
    none, some = concordance(documents, "whale"), concordance(documents, "boat")
    assert none.empty and none.columns.to_list() == list(COLUMNS) == some.columns.to_list()
    assert none.dtypes.to_dict() == some.dtypes.to_dict()


def test_texts_may_be_a_mapping_and_none_of_them_may_be_there(documents):
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    pd.testing.assert_frame_equal(concordance(texts, "port"), concordance(documents, "port"))
    assert concordance({}, "port").empty


def test_an_expression_that_is_none_is_refused(documents):
    with pytest.raises(BadPattern, match="at character 5"):
        concordance(documents, "port(")


def test_rows_of_any_table_of_evidence_get_their_context(harbour):
    for table in (
        harbour.frame_hits,
        harbour.mentions,
        harbour.sentiment_hits,
        harbour.quotation_parts,
        harbour.namings,
    ):
        assert len(table)
        found = in_context(table, harbour.texts, window=20)
        assert found[table.columns].equals(table)
        for row in found.itertuples():
            text = harbour.texts[row.doc_id]
            assert row.keyword == text[row.start : row.end]
            assert row.left + row.keyword + row.right == text[max(0, row.start - 20) : row.end + 20]


def test_without_the_text_there_is_no_context(founding):
    found = in_context(founding.frame_hits, founding.texts)
    assert len(found) == len(founding.frame_hits)
    assert found[["left", "keyword", "right"]].isna().all(axis=None)


@settings(max_examples=60, deadline=None)
@given(
    texts=st.lists(st.text(alphabet="abAB .\n’\u0130\U0001f41f", max_size=60), max_size=3),
    words=st.text(alphabet="abAB ’.\u0130", min_size=1, max_size=4).filter(str.strip),
    is_regex=st.booleans(),
    window=st.integers(0, 12),
)
def test_a_hit_is_the_text_at_its_place_and_its_context_runs_on_from_it(texts, words, is_regex, window):
    documents = {str(number): text for number, text in enumerate(texts)}
    found = concordance(documents, "[ab]+" if is_regex else whole_words(words), window=window)
    for row in found.itertuples():
        text = documents[row.doc_id]
        assert row.keyword == text[row.start : row.end] != ""
        assert row.left + row.keyword + row.right in text
        assert len(row.left) == min(window, row.start)
        assert len(row.right) == min(window, len(text) - row.end)
        if not is_regex:
            assert not text[row.start - 1 : row.start].isalnum() or row.start == 0
            assert not text[row.end : row.end + 1].isalnum()
    for _, own in found.groupby("doc_id"):
        assert (own["start"].to_numpy()[1:] >= own["end"].to_numpy()[:-1]).all()
