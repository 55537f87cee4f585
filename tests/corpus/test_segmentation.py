"""Sentences: what is hard stands in the gate; here stands what always holds."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.segmentation import sentence_spans

TEXT = st.text() | st.text(alphabet='aBU.S?!…"“”’()[] \n•—1', max_size=80)


def sentences(paragraph: str) -> list[str]:
    return [paragraph[start:end] for start, end in sentence_spans(paragraph)]


@settings(deadline=None)
@given(TEXT)
def test_every_character_that_is_no_white_space_stands_in_exactly_one_sentence(text):
    spans = sentence_spans(text)
    covered = [i for start, end in spans for i in range(start, end)]
    assert len(covered) == len(set(covered)) and covered == sorted(covered)
    assert all(text[i].isspace() for i in set(range(len(text))) - set(covered))


@settings(deadline=None)
@given(TEXT)
def test_sentences_are_trimmed_and_never_empty(text):
    assert all(sentence and sentence == sentence.strip() for sentence in sentences(text))


@settings(deadline=None)
@given(st.text(alphabet="aBc .?", max_size=60), st.sampled_from(["   ", "\t", "\u00a0"]))
def test_the_kind_of_white_space_changes_no_sentence(text, space):
    joined = space.join(text.split())
    assert [s.split() for s in sentences(joined)] == [s.split() for s in sentences(" ".join(text.split()))]


def test_a_paragraph_without_text_has_no_sentence():
    assert sentence_spans("") == sentence_spans(" \n\t ") == []


def test_speech_is_split_inside_its_quotation_marks():
    assert sentences("“We lost. We will try again,” Orr said.") == [
        "“We lost.",
        "We will try again,” Orr said.",
    ]


def test_a_question_belongs_to_the_clause_that_attributes_it():
    assert len(sentences("“Why?” he asked.")) == len(sentences("“Why?” Minister Orr asked.")) == 1


def test_a_stop_before_a_lower_case_attribution_ends_nothing():
    assert len(sentences("They would do it “to get there.” said Ivo Orr, a clerk.")) == 1


def test_a_country_ends_a_sentence_only_where_no_name_goes_on():
    assert len(sentences("He went to the U.S. The trip was short.")) == 2
    assert len(sentences("He met then-U. S. President Orr and the U.S. Senate.")) == 1


def test_offsets_count_from_the_start_of_the_paragraph():
    assert sentence_spans("  It rained. It froze. ") == [(2, 12), (13, 22)]


@pytest.mark.parametrize(
    "unit", ["U.S. ", "“", "“a ", ".", ". ", "?” Kim ", "(a.) ", "1. ", "?”", "a.\n", "'"]
)
def test_long_monotonous_text_takes_linear_time(unit):
    text = unit * (200_000 // len(unit))
    began = time.process_time()
    sentence_spans(text)
    assert time.process_time() - began < 5
