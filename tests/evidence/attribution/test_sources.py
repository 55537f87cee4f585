"""The source of a cue is the noun phrase that its grammar gives."""

from __future__ import annotations

import pytest

from analysis.evidence.attribution.sources import (
    agent_of,
    holder_of,
    is_expletive,
    phrase_of,
    subject_of,
    with_antecedent,
)
from tests.evidence.marked_texts import parsed


def named(text: str, word: str, find) -> str:
    parse = parsed(text)
    at = find(parse, parse.words.index(word))
    return parse.words[at] if at >= 0 else ""


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("The mayor denied the report.", "denied", "mayor"),
        ("The mayor denied the report and praised the crew.", "praised", "mayor"),
        ("The mayor wants to praise the crew.", "praise", "mayor"),
        ("The mayor told the captain to warn the crew.", "warn", "captain"),
        ("Praise the crew.", "Praise", ""),
    ],
)
def test_a_verb_without_a_subject_takes_that_of_the_verb_it_is_joined_to(text, verb, subject):
    assert named(text, verb, subject_of) == subject


def test_the_agent_of_a_passive_follows_by():
    assert named("The plan was praised by the old captain.", "praised", agent_of) == "captain"
    assert named("The plan was praised.", "praised", agent_of) == ""


@pytest.mark.parametrize(
    ("text", "noun", "holder"),
    [
        ("The mayor's claim that it rained was false.", "claim", "mayor"),
        ("A claim by the captain that it rained was false.", "claim", "captain"),
        ("The captain made the claim that it rained.", "claim", "captain"),
        ("A critic of the plan spoke.", "critic", "critic"),
        ("The claim was false.", "claim", ""),
    ],
)
def test_whose_claim_it_is_is_told_by_possessor_preposition_or_light_verb(text, noun, holder):
    assert named(text, noun, holder_of) == holder


def test_a_phrase_is_whole_but_for_the_clause_that_is_asked_about():
    parse = parsed("The old mayor, who resigned, spoke.")
    mayor, resigned = parse.words.index("mayor"), parse.words.index("resigned")
    whole = [parse.words[at] for at in phrase_of(parse, mayor)]
    without = [parse.words[at] for at in phrase_of(parse, mayor, resigned)]
    assert whole[:3] == without[:3] == ["The", "old", "mayor"]
    assert "resigned" in whole and "resigned" not in without
    assert phrase_of(parse, -1) == []


def test_the_it_of_it_is_clear_stands_for_nobody():
    parse = parsed("It is clear that the pier is old.")
    assert is_expletive(parse, 0, parse.words.index("is"), False)
    parse = parsed("It said the pier was old.")
    assert not is_expletive(parse, 0, parse.words.index("said"), False)


def test_who_stands_beside_its_noun():
    parse = parsed("The captain, who said the pier was old, left.")
    found = [parse.words[at] for at in with_antecedent(parse, parse.words.index("who"))]
    assert [word for word in found if word != ","] == ["The", "captain", "who"]
