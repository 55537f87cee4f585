"""Quotations have the speaker, the kind of source and the intermediary that the text gives them; all is invented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.words import n_words
from analysis.evidence.attribution.acceptance import weights
from analysis.evidence.attribution.attributions import found_in
from analysis.evidence.attribution.layout import layout
from analysis.evidence.contents import attributed_words
from analysis.evidence.quotations import Quotation, quotations, spoken
from analysis.evidence.reference.references import references
from tests.evidence.marked_texts import marked, parsed

ACTORS = [
    {
        "id": "berg",
        "name": "Anna Berg",
        "aliases": ["Berg", "the Norvic premier"],
        "pronoun": "she",
        "country": "XN",
        "source_type": "official",
        "source_category": "official",
    },
    {
        "id": "falk",
        "name": "Ines Falk",
        "aliases": ["Falk"],
        "pronoun": "she",
        "country": "XN",
        "source_type": "non-official",
        "source_category": "organisation",
    },
    {
        "id": "norvic-media",
        "name": "Norvic state media",
        "aliases": ["Norvic state television", "Norvic TV"],
        "pronoun": "it",
        "country": "XN",
        "source_type": "official",
        "source_category": "state media",
    },
]
BRIDGE = "“The old bridge will close on Monday”"


def rows(text: str, own_names: tuple[str, ...] = ()) -> list[Quotation]:
    one, parse = marked(text), parsed(text)
    return quotations(
        parse,
        layout(parse, one.quoted_spans, one.paragraphs),
        found_in(parse, one, learnt=weights()),
        references(parse, ACTORS, one.quoted_spans),
        ACTORS,
        one.quoted_spans,
        own_names,
    )


def only(text: str, **options) -> Quotation:
    (row,) = rows(text, **options)
    return row


def test_a_direct_quotation_has_the_actor_who_is_named():
    row = only(f"{BRIDGE}, Anna Berg said.")
    assert (row.kind, row.speaker, row.speaker_rule, row.is_speech) == ("direct", "berg", "name", True)
    assert (row.source_type, row.source_category) == ("official", "official-XN")
    assert (row.lemma, row.cue_class) == ("say", "neutral")
    assert row.n_words == row.n_words_quoted == 7


def test_a_role_stands_for_its_actor():
    row = only("The Norvic premier denied that the bridge was unsafe.")
    assert (row.kind, row.speaker, row.speaker_rule) == ("indirect", "berg", "title")


def test_a_paraphrase_with_a_quoted_word_is_partial():
    row = only("Berg said the bridge was “far too old” to stay open.")
    assert (row.kind, row.n_words_quoted) == ("partial", 3)


def test_a_pronoun_is_the_actor_named_before():
    first, second = rows(f"Anna Berg said the bridge was old. {BRIDGE}, she said.")
    assert (first.speaker, second.speaker, second.speaker_rule) == ("berg", "berg", "pronoun")
    assert second.speaker_surface == "she"


def test_two_who_speak_together_are_both_named():
    row = only("Anna Berg and Ines Falk said the bridge was old.")
    assert (row.speaker, row.speaker_rule) == ("berg; falk", "group")
    assert (row.source_type, row.source_category) == ("", "")


def test_a_stranger_is_shown_as_printed_and_never_guessed():
    row = only(f"{BRIDGE}, Tilda Marr said.")
    assert (row.speaker, row.speaker_surface, row.speaker_rule) == ("", "Tilda Marr", "")


def test_one_of_two_who_is_no_actor_makes_the_speaker_unknown():
    row = only("Anna Berg and Tilda Marr said the bridge was old.")
    assert row.speaker == ""


def test_a_source_as_printed_is_without_what_describes_it():
    row = only(f"{BRIDGE}, said Tilda Marr, who has lived beside the river for forty years.")
    assert row.speaker_surface == "Tilda Marr"


def test_a_paragraph_that_goes_on_inherits_its_speaker():
    first, second = rows(f"{BRIDGE}, Anna Berg said.\n“We have no money left for another winter.”")
    assert (second.speaker, second.speaker_rule) == ("berg", "inherited")
    assert first.speaker_rule == "name"


def test_the_medium_that_passes_words_on_is_the_intermediary():
    for text in (
        f"{BRIDGE}, Anna Berg was quoted as saying by Norvic state media.",
        f"{BRIDGE}, Anna Berg told Norvic state television.",
        f"{BRIDGE}, Anna Berg said, according to Norvic state media.",
        "Norvic state media reported that Anna Berg said the bridge would close.",
    ):
        assert ("berg", "norvic-media") in [(row.speaker, row.intermediary) for row in rows(text)]


def test_the_outlet_itself_and_reporters_are_no_intermediary():
    assert only(f"{BRIDGE}, Anna Berg told reporters.").intermediary == ""
    assert (
        only(f"{BRIDGE}, Anna Berg told Norvic TV.", own_names=("Norvic state media", "Norvic TV")).speaker
        == "berg"
    )
    assert (
        only(f"{BRIDGE}, Anna Berg told the Morning Radio.", own_names=("The Morning Radio",)).intermediary
        == ""
    )


@pytest.mark.parametrize(
    ("beside", "intermediary"), [("Channel Nine", "Channel Nine"), ("Ines Falk", ""), ("students", "")]
)
def test_who_gives_an_interview_is_a_medium_unless_a_person_of_the_story(beside, intermediary):
    row = only(f"In an interview with {beside}, Anna Berg said that the bridge would close.")
    assert (row.speaker, row.intermediary) == ("berg", intermediary)


def test_whoever_is_asked_has_not_spoken():
    texts = rows("Asked whether the bridge would close, Anna Berg said nothing was decided.")
    assert [
        row.speaker for row in texts if "whether" in row_text(row, "Asked whether the bridge would close")
    ] == [""]


def test_what_was_asked_did_not_come_through_those_who_pass_on_the_answer():
    found = rows(
        "Asked whether the ministry will help build ferries, Anna Berg was quoted by Norvic state media as saying “that is why we came here.”"
    )
    assert [(row.kind, row.speaker, bool(row.intermediary)) for row in found] == [
        ("indirect", "", False),
        ("direct", "berg", True),
    ]


def row_text(row: Quotation, start: str) -> str:
    return start if row.parts[0][0] < len(start) else ""


def test_a_title_and_a_single_word_in_marks_are_no_speech():
    assert [row.is_speech for row in rows("The film “The Silent Harbour” opened on Friday.")] == [False]
    assert [row.is_speech for row in rows("The boat is a “snekke” of oak.")] == [False]


def test_long_speech_of_nobody_named_is_speech_without_a_source():
    row = only("“The old bridge will close on Monday and nobody knows why.”")
    assert (row.is_speech, row.speaker_surface, row.source_type) == (True, "", "")


def test_what_a_speaker_says_that_others_said_has_no_row_of_its_own():
    row = only("“Falk said the bridge would fall and I laughed,” Anna Berg said.")
    assert row.speaker == "berg"


def test_attributed_words_count_each_word_outside_marks_once():
    text = "Berg said that Falk denied the plan “again”. The river is high."
    one = marked(text)
    counts = attributed_words(text, spoken(rows(text)), len(one.sentences), one.quoted_spans)
    assert counts[1] == 0
    assert counts[0] == n_words("that Falk denied the plan")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Anna Berg",
                "said",
                "“",
                "”",
                '"',
                "that",
                "the bridge",
                "she",
                "told",
                ",",
                ".",
                "\n",
                "’",
                "asked",
                "according to",
            ]
        ),
        max_size=25,
    ).map(" ".join)
)
def test_contents_lie_in_the_text_and_no_sentence_has_more_attributed_words_than_words(text):
    one = marked(text)
    found = rows(text)
    for row in found:
        assert all(0 <= start < end <= len(text) for start, end in row.parts)
        assert 0 <= row.n_words_quoted <= row.n_words
    counts = attributed_words(text, spoken(found), len(one.sentences), one.quoted_spans)
    assert all(
        0 <= count <= n_words(text[start:end])
        for count, (start, end) in zip(counts, one.sentences, strict=True)
    )
