"""The kind of a source is told by the words that name it, and by nothing else; every name is invented."""

from __future__ import annotations

import pytest

from analysis.evidence.parsing import Parse
from analysis.evidence.source_types import (
    NOT_TOLD,
    Kind,
    country_in,
    head_of,
    kind_of,
    name_key,
    nouns,
    of_actor,
)
from tests.evidence.marked_texts import parsed

KINDS = [
    ("Officials said the bridge was safe.", Kind("unnamed", "official")),
    ("French officials said the bridge was safe.", Kind("unnamed", "official-FR")),
    ("The Canadian government said the bridge was safe.", Kind("official", "official-CA")),
    ("The ministry said the bridge was safe.", Kind("official", "official")),
    ("Soldiers said the bridge was safe.", Kind("unnamed", "military")),
    ("The army said the bridge was safe.", Kind("official", "military")),
    ("State media said the bridge was safe.", Kind("official", "state media")),
    ("The state news agency said the bridge was safe.", Kind("official", "state media")),
    ("Local media said the bridge was safe.", Kind("non-official", "news media")),
    ("Reporters said the bridge was safe.", Kind("unnamed", "news media")),
    ("Analysts said the bridge was safe.", Kind("unnamed", "expert")),
    ("The university said the bridge was safe.", Kind("non-official", "expert")),
    ("Activists said the bridge was safe.", Kind("unnamed", "organisation")),
    ("The union said the bridge was safe.", Kind("non-official", "organisation")),
    ("The company said the bridge was safe.", Kind("non-official", "business")),
    ("Residents said the bridge was safe.", Kind("unnamed", "citizen")),
    ("Professor Anna Berg said the bridge was safe.", Kind("non-official", "expert")),
    ("A spokesman for the ministry said the bridge was safe.", Kind("unnamed", "official")),
    ("A company spokesman said the bridge was safe.", Kind("unnamed", "business")),
    ("Sources said the bridge was safe.", Kind("unnamed", "")),
]


def source(parse: Parse) -> list[int]:
    verb = parse.words.index("said")
    return parse.subtree(parse.child(verb, "nsubj"))


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_a_kind_is_told_by_head_title_or_body(text, kind):
    parse = parsed(text)
    assert kind_of(parse, source(parse), {}, {}) == kind


@pytest.mark.parametrize("text", ["Anna Berg said the bridge was safe.", "She said the bridge was safe."])
def test_a_name_that_nothing_describes_has_no_kind(text):
    parse = parsed(text)
    assert kind_of(parse, source(parse), {}, {}) == NOT_TOLD
    assert kind_of(parse, [], {}, {}) == NOT_TOLD


def test_a_name_keeps_the_kind_it_had_before_in_the_text():
    parse = parsed("Anna Berg said the bridge was safe.")
    tokens = source(parse)
    known = {name_key(parse, head_of(parse, tokens)): Kind("non-official", "expert")}
    assert kind_of(parse, tokens, {}, known) == Kind("non-official", "expert")


def test_the_kind_of_an_actor_is_that_of_the_story():
    parse = parsed("Professor Anna Berg said the bridge was safe.")
    tokens = source(parse)
    actor = {"id": "berg", "country": "XH", "source_type": "official", "source_category": "official"}
    assert kind_of(parse, tokens, {head_of(parse, tokens): actor}, {}) == Kind("official", "official-XH")
    assert of_actor(actor | {"source_category": "military"}) == Kind("official", "military")
    assert of_actor({"id": "berg"}) == NOT_TOLD


def test_a_state_is_told_by_its_name_in_capitals_alone():
    assert country_in("the Turkish minister") == "TR"
    assert country_in("a turkey farmer") == ""


def test_every_noun_has_one_kind():
    assert {category for category, _ in nouns().values()} == {
        "official",
        "military",
        "state media",
        "news media",
        "expert",
        "organisation",
        "business",
        "citizen",
        "speaking",
        "vague",
        "",  # documents
    }
