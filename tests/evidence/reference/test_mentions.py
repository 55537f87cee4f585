"""Mentions have the role that grammar gives them, and the labels that stand at them, each in its voice; all is invented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.evidence.reference.aliases import PERSONS
from analysis.evidence.reference.labels import Label
from analysis.evidence.reference.mentions import Mention, mentions
from analysis.evidence.reference.references import references
from tests.evidence.marked_texts import marked, parsed
from tests.evidence.test_quotations import ACTORS

PEOPLE = {actor["id"] for actor in ACTORS if actor["pronoun"] in PERSONS}


def found(text: str) -> tuple[list[Mention], list[Label]]:
    one, parse = marked(text), parsed(text)
    return mentions(parse, references(parse, ACTORS, one.quoted_spans), one.quoted_spans, PEOPLE)


def labels(text: str) -> set[tuple[str, str, str, bool]]:
    return {(one.actor, one.label, one.form, one.is_quoted) for one in found(text)[1]}


ROLES = [
    ("Anna Berg opened the bridge.", "agent", "open"),
    ("The bridge was opened by Anna Berg.", "agent", "open"),
    ("Anna Berg was accused of waste.", "patient", "accuse"),
    ("The islanders blamed Anna Berg.", "patient", "blame"),
    ("Anna Berg's plan failed.", "possessor", "plan"),
    ("The islanders waited for Anna Berg.", "other", ""),
    ("Anna Berg is the premier.", "other", ""),
]


@pytest.mark.parametrize(("text", "role", "predicate"), ROLES)
def test_a_mention_has_the_role_of_its_grammar(text, role, predicate):
    (one,) = found(text)[0]
    assert (one.reference.actor, one.role, one.predicate) == ("berg", role, predicate)


LABELS = [
    ("The reckless Anna Berg opened the bridge.", ("berg", "reckless", "adjective", False)),
    ("The embattled premier Anna Berg opened the bridge.", ("berg", "embattled", "adjective", False)),
    ("Premier Anna Berg opened the bridge.", ("berg", "premier", "role", False)),
    ("Anna Berg, a longtime critic of the port, opened the bridge.", ("berg", "critic", "apposition", False)),
    ("Anna Berg is a pariah.", ("berg", "pariah", "predicate", False)),
    ("Anna Berg is stubborn.", ("berg", "stubborn", "predicate", False)),
    ("Critics described Anna Berg as a tyrant.", ("berg", "tyrant", "predicate", False)),
    ("The self-taught Anna Berg opened the bridge.", ("berg", "self-taught", "adjective", False)),
    ("The isolated Anna Berg opened the bridge.", ("berg", "isolated", "adjective", False)),
    ("Prime Minister Anna Berg opened the bridge.", ("berg", "prime minister", "role", False)),
    ("He risks the anger of his major ally Norvic TV.", ("norvic-media", "ally", "role", False)),
    ("It looked for alliances with hardline leaders.", ("", "hardline", "adjective", False)),
    ("It looked for alliances with hardline leaders.", ("", "leader", "role", False)),
    ("He said she met “an international pariah” there.", ("", "pariah", "role", True)),
]


NO_LABELS = [
    "Anna Berg, whose minister left, opened the bridge.",
    "Anna Berg was glad to see the bridge.",
    "The men met world leaders at Norvic TV, the capital of the coast.",
    "Norvic TV is interested in buying boats to use in the war -- an arms deal.",
]


@pytest.mark.parametrize("text", NO_LABELS)
def test_what_is_set_beside_an_actor_and_says_nothing_of_it_is_no_label(text):
    assert not {one for one in labels(text) if one[2] != "role"}


@pytest.mark.parametrize(("text", "label"), LABELS)
def test_a_label_is_listed_with_its_form(text, label):
    assert label in labels(text)


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg opened the bridge.",
        "The other Anna Berg opened the bridge.",
        "Anna Berg is eager for talks.",
        "Norvic state media opened an office.",
        "Anna Berg, part of a delegation, opened the bridge.",
    ],
)
def test_what_says_nothing_of_an_actor_is_no_label(text):
    assert labels(text) == set()


def test_a_label_in_a_quotation_is_never_laid_at_the_door_of_the_outlet():
    text = "The reckless Anna Berg opened the bridge.\n“The reckless Anna Berg must go,” said Ines Falk."
    assert {one for one in labels(text) if one[1] == "reckless"} == {
        ("berg", "reckless", "adjective", False),
        ("berg", "reckless", "adjective", True),
    }


def test_a_mention_names_its_labels():
    (one,) = found("The reckless Anna Berg opened the bridge.")[0]
    assert one.labels == ("reckless",)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Anna Berg",
                "the reckless",
                "is",
                "a pariah",
                ",",
                ".",
                "\n",
                "self-taught",
                "Ines Falk",
                "she",
                "and",
                "“",
                "”",
            ]
        ),
        max_size=20,
    ).map(" ".join)
)
def test_mentions_and_labels_lie_in_their_sentences(text):
    spans = marked(text).sentences
    made, called = found(text)
    for one in made:
        start, end = spans[one.sentence]
        assert start <= one.reference.start < one.reference.end <= end
    for label in called:
        start, end = spans[label.sentence]
        assert start <= label.start < label.end <= end
