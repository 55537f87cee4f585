"""Quoted spans are laid over the tokens, a piece a sentence."""

from __future__ import annotations

import pytest

from analysis.evidence.attribution.layout import Layout, is_word, layout
from tests.evidence.marked_texts import marked, parsed


def laid(text: str) -> Layout:
    given_text = marked(text)
    return layout(parsed(text), given_text.quoted_spans, given_text.paragraphs)


def pieces(text: str) -> list[tuple[int, int, int, int, bool]]:
    """Span, sentence, words, words of the whole span, and whether nothing else stands in the sentence."""
    return [(p.span, p.sentence, p.n_words, p.n_words_span, p.is_whole) for p in laid(text).pieces]


def test_a_span_over_two_sentences_is_two_pieces():
    text = "“The pier,” she said, “is safe. It will stand.” Rain fell."
    assert pieces(text) == [(0, 0, 2, 2, False), (1, 0, 2, 5, False), (1, 1, 3, 5, True)]


def test_tokens_know_their_span_marks_included():
    parse, placed = parsed("She said “never” twice."), laid("She said “never” twice.")
    assert [word for word, span in zip(parse.words, placed.quoted, strict=True) if span == 0] == [
        '"',
        "never",
        '"',
    ]


def test_a_span_that_a_lost_mark_left_and_that_holds_its_cue_is_none():
    assert pieces("“The old bridge will close on Monday, the mayor said.") == []


def test_speech_that_runs_on_is_no_lost_mark():
    text = "“The bridge is old, the engineers said.\n“It will close on Monday.”"
    assert [piece[0] for piece in pieces(text)] == [0, 1]


@pytest.mark.parametrize(
    ("word", "is_one"), [("ferry", True), ("12", True), ("'s", False), ("n't", False), ('"', False)]
)
def test_marks_and_endings_are_no_words(word, is_one):
    parse = parsed("“The ferry’s 12 crew didn’t sail.”")
    assert is_word(parse, parse.words.index(word)) is is_one
