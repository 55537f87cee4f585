"""What stands in quotation marks is laid over the tokens, and joined to the utterance it belongs to."""

from __future__ import annotations

import pytest

from analysis.evidence.speech import Layout, is_word, layout
from tests.evidence.marked_texts import Told, marked, parsed, told


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


def test_a_transcript_names_its_speakers_and_one_line_alone_is_none():
    two = told("ANNA BERG: The bridge will close.\nTOM FALK: When will that be?")
    assert [(one.source, one.cue) for one in two] == [("ANNA BERG", ":"), ("TOM FALK", ":")]
    assert told("WARNING: The bridge will close.") == []


def test_a_quotation_after_a_colon_belongs_to_the_words_before_it():
    text = "The mayor was brief: “We will not wait for the winter.”"
    (one,) = told(text)
    assert (one.source, one.content) == ("The mayor", ("“We will not wait for the winter.”",))


def test_a_cue_inside_the_marks_is_not_the_cue_of_what_is_quoted():
    (one, *_) = told("“The engineers said that the bridge is old,” the mayor added.")
    assert (one.source, one.cue) == ("the mayor", "added")


def test_a_heading_in_marks_between_paragraphs_inherits_nobody():
    text = "“The bridge will close on Monday,” the mayor said.\n“Dark Winter Without Ferries”\nRain fell."
    assert [one.content for one in told(text)] == [("“The bridge will close on Monday,”",)]


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “ghost ship” drifted past the pier.",
        "The boat is called “Dawn” and lies at the pier.",
    ],
)
def test_a_word_or_two_in_marks_without_a_cue_of_speech_is_no_direct_quotation(text):
    assert [one for one in told(text) if one.kind == "direct" and one.source] == []


def test_an_empty_pair_of_marks_does_no_harm():
    assert told("The mayor said “” and the ferry left. Officials said the pier was safe.")[-1] == Told(
        "Officials", "said", ("the pier was safe",), "indirect"
    )
