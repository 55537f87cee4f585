"""What stands in quotation marks is joined to the utterance it belongs to."""

from __future__ import annotations

import pytest

from tests.evidence.marked_texts import Told, told


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


def test_a_span_that_ends_beside_words_of_the_copy_goes_on_to_its_end():
    text = "The mayor was quoted as saying “that is why we came. The pier is old. It will fall, too,” using the old name for it."
    assert [one.content for one in told(text)] == [
        ("“that is why we came.", "The pier is old.", "It will fall, too,”")
    ]


def test_an_empty_pair_of_marks_does_no_harm():
    assert told("The mayor said “” and the ferry left. Officials said the pier was safe.")[-1] == Told(
        "Officials", "said", ("the pier was safe",), "indirect"
    )
