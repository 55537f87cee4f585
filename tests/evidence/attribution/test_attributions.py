"""Who is reported to have said what is found in each way in which news tells it; every sentence is invented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.evidence.attribution.attributions import attributions
from tests.evidence.marked_texts import Told, found, marked, told

BRIDGE = "“The old bridge will close on Monday.”"
FERRY = "“We have waited long enough for a new ferry,”"
WINTER = "“The winter will be hard for all of us.”"
PIECES = st.sampled_from(
    [
        *("The mayor", "officials", "she", "Anna Berg", "the old pier", "ferry", "ferries"),
        *(
            "said",
            "denied",
            "told reporters",
            "according to",
            "is expected to",
            "was quoted by",
            "as saying",
            "that",
        ),
        *(
            "“",
            "”",
            '"',
            "‘",
            "’",
            "'",
            "—",
            ":",
            ",",
            ".",
            "?",
            "...",
            "\n",
            "\n\n",
            " ",
            "\xa0",
            "\u2028",
            "é",
            "\U0001f6a2",
            "12",
        ),
        *("sail", "sails", "will sail", "is unsafe", "BERG:", "“So it goes,”", "(", ")"),
    ]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=40).map(" ".join),
    st.lists(PIECES, max_size=40).map("".join),
    st.text(max_size=60),
)


# Where the cue stands


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (f"The mayor said, {BRIDGE}", "The mayor", "said", (BRIDGE,)),
        (
            "“The old bridge will close,” the mayor said.",
            "the mayor",
            "said",
            ("“The old bridge will close,”",),
        ),
        (
            "“The old bridge will close,” said Anna Berg, the mayor.",
            "Anna Berg, the mayor",
            "said",
            ("“The old bridge will close,”",),
        ),
        (f"Said the mayor: {BRIDGE}", "the mayor", "Said", (BRIDGE,)),
        (
            "“Will the old bridge close?” the child asked.",
            "the child",
            "asked",
            ("“Will the old bridge close?”",),
        ),
    ],
    ids=["before", "after", "after, inverted", "before, inverted", "a question"],
)
def test_a_quotation_has_its_speaker_wherever_the_cue_stands(text, source, cue, content):
    assert told(text) == [Told(source, cue, content, "direct")]


def test_two_spans_around_a_cue_are_one_utterance():
    text = "“The old bridge,” the mayor said, “will close on Monday.”"
    assert told(text) == [
        Told("the mayor", "said", ("“The old bridge,”", "“will close on Monday.”"), "direct")
    ]


def test_a_span_after_the_sentence_of_the_cue_goes_on_with_the_utterance():
    assert told(f"{FERRY} Anna Berg said on Friday. {WINTER}") == [
        Told("Anna Berg", "said", (FERRY, WINTER), "direct")
    ]


def test_a_second_cue_begins_a_second_utterance():
    text = "“The pier is safe,” the mayor said. “But the bridge,” she added, “will have to close.”"
    assert told(text) == [
        Told("the mayor", "said", ("“The pier is safe,”",), "direct"),
        Told("she", "added", ("“But the bridge,”", "“will have to close.”"), "direct"),
    ]


def test_the_cue_may_stand_in_the_sentence_after():
    text = "“We have waited long enough for a new ferry.” Anna Berg told reporters."
    assert told(text) == [
        Told("Anna Berg", "told", ("“We have waited long enough for a new ferry.”",), "direct")
    ]


def test_the_cue_may_stand_in_the_sentence_before():
    text = f"Anna Berg had a message for the islanders:\n{WINTER}"
    assert told(text) == [Told("Anna Berg", "had", (WINTER,), "direct")]


# Paragraphs


def test_a_floating_quotation_inherits_the_speaker_of_the_paragraph_before():
    assert told(f"{FERRY} Anna Berg said on Friday.\n{WINTER}") == [
        Told("Anna Berg", "said", (FERRY,), "direct"),
        Told("Anna Berg", "said", (WINTER,), "direct"),
    ]


def test_a_quotation_after_a_paragraph_of_the_outlet_inherits_nobody():
    (one,) = told(f"{FERRY} Anna Berg said on Friday.\nRain fell all day on the empty pier.\n{WINTER}")
    assert one.content == (FERRY,)


def test_speech_that_runs_on_keeps_its_speaker():
    first = "“We have waited long enough for a new ferry."
    assert told(f"Anna Berg said: {first}\n{WINTER}") == [
        Told("Anna Berg", "said", (first,), "direct"),
        Told("Anna Berg", "said", (WINTER,), "direct"),
    ]


def test_a_dash_and_a_name_say_who_spoke():
    text = "“Nobody will be left behind.”\n— Anna Berg, mayor of the island"
    assert told(text) == [
        Told("Anna Berg, mayor of the island", "—", ("“Nobody will be left behind.”",), "direct")
    ]


# Paraphrase


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (
            "Officials said that the strait would stay open.",
            "Officials",
            "said",
            ("that the strait would stay open",),
        ),
        ("Officials said the strait would stay open.", "Officials", "said", ("the strait would stay open",)),
        (
            "The harbour will reopen in May, officials said.",
            "officials",
            "said",
            ("The harbour will reopen in May",),
        ),
        (
            "The fishermen, officials said, will be paid in May.",
            "officials",
            "said",
            ("The fishermen", "will be paid in May"),
        ),
        (
            "According to the port authority, the harbour will reopen in May.",
            "the port authority",
            "According to",
            ("the harbour will reopen in May",),
        ),
        (
            "The harbour will reopen in May, according to the port authority.",
            "the port authority",
            "according to",
            ("The harbour will reopen in May",),
        ),
        (
            "The captain denied that the ferry had been late.",
            "The captain",
            "denied",
            ("that the ferry had been late",),
        ),
        ("The captain denied the report.", "The captain", "denied", ("the report",)),
        ("The captain vowed to sail again.", "The captain", "vowed", ("to sail again",)),
        ("The minister is expected to resign.", "", "is expected", ("The minister", "to resign")),
        (
            "The minister was quoted by the state news agency as saying that the strait would stay open.",
            "The minister",
            "was quoted",
            ("that the strait would stay open",),
        ),
        ("As the mayor put it, the bridge is tired.", "the mayor", "put it", ("the bridge is tired",)),
        (
            "The port authority called for an inquiry into the accident.",
            "The port authority",
            "called for",
            ("an inquiry into the accident",),
        ),
    ],
)
def test_a_paraphrase_is_found_with_its_source(text, source, cue, content):
    assert told(text) == [Told(source, cue, content, "indirect")]


def test_a_paraphrase_with_some_words_quoted_is_partial_and_whole():
    text = "The captain said the storm was “worse than any in ten years” and that he would not sail."
    content = "the storm was “worse than any in ten years” and that he would not sail"
    assert told(text) == [Told("The captain", "said", (content,), "partial")]


def test_a_content_ends_with_a_word_and_not_at_its_hyphen():
    assert told("The ministers discussed military co-operation.") == [
        Told("The ministers", "discussed", ("military co-operation",), "indirect")
    ]


def test_what_an_act_or_event_shows_is_inferred_by_the_copy_and_said_by_nobody():
    assert told("The meeting shows how close the two towns are.") == []
    assert told("The decision to meet at the pier suggests that Berg is seeking help.") == []
    assert [one.source for one in told("Records show that the pier was sold.")] == ["Records"]
    assert [one.source for one in told("The ministry suggested that the pier was sold.")] == ["The ministry"]


def test_a_quoted_word_of_what_an_act_shows_is_that_of_the_one_who_speaks():
    text = "Berg said her decision to visit the islands showed how the town is “prizing the old value” of its ties."
    assert [one.source for one in told(text)] == ["Berg"]


def test_what_photos_show_is_told_by_them():
    content = "The mayor met Falk at the pier on Monday"
    assert told(f"It rained. {content}, photos show.") == [Told("photos", "show", (content,), "indirect")]


def test_one_quotation_under_two_cues_is_one():
    quoted = "“the strait will stay open to all ships”"
    text = f"The minister was quoted by the state news agency as saying {quoted}."
    assert told(text) == [Told("The minister", "was quoted", (quoted,), "direct")]


def test_what_somebody_says_that_somebody_else_said_is_both():
    text = "The council rejected a claim by the captain that the pier was unsafe."
    assert told(text) == [
        Told("The council", "rejected", ("a claim by the captain that the pier was unsafe",), "indirect"),
        Told("the captain", "claim", ("that the pier was unsafe",), "indirect"),
    ]


def test_a_source_may_be_a_relative_pronoun_with_its_noun():
    (one,) = told("The mayor, who said the bridge was old, resigned.")
    assert (one.source, one.content) == ("The mayor, who", ("the bridge was old",))


# What is no speech, and what is broken


@pytest.mark.parametrize(
    "text",
    [
        "Rain fell on the pier. The ferry left at noon.",
        "The so-called “ghost ship” drifted past the pier.",
        "",
        " \n ",
        "“",
        "“”",
    ],
)
def test_where_nobody_is_said_to_speak_nothing_is_found(text):
    assert told(text) == []


def test_an_unbalanced_mark_does_no_harm():
    text = (
        "“The old bridge will close on Monday, the mayor said.\nThe captain said that the ferry would sail."
    )
    assert told(text) == [
        Told("the mayor", "said", ("The old bridge will close on Monday",), "indirect"),
        Told("The captain", "said", ("that the ferry would sail",), "indirect"),
    ]


def test_texts_come_out_in_the_order_they_went_in():
    texts = [marked("Officials said the pier was safe."), marked(""), marked("The mayor denied the report.")]
    assert [len(own) for own in attributions(texts)] == [1, 0, 1]


def test_with_a_threshold_that_nothing_reaches_only_quotations_are_left():
    text = f"Officials said the pier was safe.\nThe mayor said, {BRIDGE}"
    (own,) = attributions([marked(text)], learnt={"threshold": 10.0})
    assert [one.kind for one in own] == ["direct"]


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_every_span_lies_in_the_text_and_every_part_in_its_sentence(text):
    given_text = marked(text)
    before = list(given_text.quoted_spans)
    (own,) = attributions([given_text])
    assert given_text.quoted_spans == before
    assert [one.parts for one in own] == sorted(one.parts for one in own)
    for one in own:
        assert one.kind in ("direct", "partial", "indirect")
        assert 0 <= one.score <= 1
        for span in (one.source, one.cue):
            assert span is None or 0 <= span[0] < span[1] <= len(text)
        assert one.parts and len(one.parts) == len(one.sentences)
        end = -1
        for part, sentence in zip(one.parts, one.sentences, strict=True):
            first, last = given_text.sentences[sentence]
            assert end <= part[0] < part[1]
            assert first <= part[0] and part[1] <= last
            end = part[1]


@settings(max_examples=20, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_attributions_alone_and_among_others(text):
    alone = found(text)
    among = list(attributions([marked("Officials said the pier was safe."), marked(text), marked(BRIDGE)]))
    assert among[1] == alone
