"""References are given to an actor by name, role, title, pronoun or together, and to nobody where two fit; all is invented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.evidence.reference.references import references
from tests.evidence.marked_texts import marked, parsed

ACTORS = [
    {"id": "berg", "name": "Anna Berg", "aliases": ["Berg", "the Norvic premier"], "pronoun": "she"},
    {"id": "falk", "name": "Jon Falk", "aliases": ["Falk"], "pronoun": "he"},
    {"id": "marr", "name": "Otto Marr", "aliases": ["Marr"], "pronoun": "he"},
    {"id": "norvia", "name": "Norvia", "aliases": [], "pronoun": "it"},
    {"id": "chad", "name": "Chad", "aliases": [], "pronoun": "it", "country": "TD"},
    {"id": "ali", "name": "Omar Ali", "aliases": ["the Chadian leader"], "pronoun": "he", "country": "TD"},
    {"id": "oro", "name": "Lila Oro", "aliases": ["the Norvian leader"], "pronoun": "she"},
]


def referred(text: str) -> list[tuple[str, str, str]]:
    """Words, actor and rule of each reference."""
    found = references(parsed(text), ACTORS, marked(text).quoted_spans)
    return [(text[one.start : one.end], one.actor, one.rule) for one in found]


def test_names_are_found_whole_and_with_their_capitals():
    assert referred("Anna Berg met Falk.") == [("Anna Berg", "berg", "name"), ("Falk", "falk", "name")]
    assert referred("The berg drifted past Bergen.") == []


def test_a_surname_that_belongs_to_a_stranger_is_nobody_of_the_story():
    assert referred("Tilda Berg opened the shop.") == []
    assert ("Berg", "berg", "name") in referred("President Berg opened the shop.")


def test_a_name_within_the_name_of_a_thing_is_no_mention():
    assert referred("It rained. They met at Falk Square Station.") == []


def test_a_role_listed_in_the_story_is_a_title():
    assert referred("The Norvic premier opened the shop.") == [("The Norvic premier", "berg", "title")]


def test_a_title_stands_for_the_one_who_was_introduced_with_it():
    found = referred("President Jon Falk opened the shop. The president left early.")
    assert ("The president", "falk", "title") in found or ("president", "falk", "title") in found


def test_a_role_without_its_country_is_the_one_who_was_just_named():
    found = referred("Omar Ali left on Monday. It was the reclusive leader's first trip.")
    assert ("the reclusive leader", "ali", "title") in found
    found = referred("Omar Ali met Lila Oro. The leader left early.")
    assert not [one for one in found if one[0].lower() == "the leader"]
    assert not [one for one in referred("The leader left early.") if one[2] == "title"]


def test_somebodys_own_country_is_that_of_the_story():
    found = referred("Omar Ali said his isolated country would stand firm.")
    assert ("country", "chad", "title") in found and ("his", "ali", "pronoun") in found


def test_two_men_who_are_named_only_after_it_are_those_two():
    found = referred("The two men began with a tour, at which Jon Falk asked Otto Marr about the boats.")
    assert {one[1] for one in found if one[2] == "group"} == {"falk", "marr"}


def test_who_told_the_sentence_before_goes_on_telling():
    text = "Falk is risking the anger of others by meeting Berg, Otto Marr said. “They will not be happy,” he said."
    parse, one = parsed(text), marked(text)
    marr, he = text.index("Marr"), text.index("he said")
    token = {start: at for at, (start, _) in enumerate(parse.spans)}
    tellers = {token[marr]: (60, 0), token[he]: (24, 1)}
    found = references(parse, ACTORS, one.quoted_spans, tellers)
    assert [one.actor for one in found if one.start == he] == ["marr"]


def test_a_title_that_two_have_is_nobody_s():
    found = referred("President Jon Falk met President Otto Marr. The president left early.")
    assert not [one for one in found if one[2] == "title"]


@pytest.mark.parametrize(
    ("text", "pronoun", "actor"),
    [
        ("Anna Berg met Jon Falk. She left early.", "She", "berg"),
        ("Anna Berg met Jon Falk. He left early.", "He", "falk"),
        ("Jon Falk said he would stay.", "he", "falk"),
        ("Jon Falk praised his crew.", "his", "falk"),
    ],
)
def test_a_pronoun_is_the_actor_it_fits(text, pronoun, actor):
    assert (pronoun, actor, "pronoun") in referred(text)


def test_a_pronoun_that_fits_two_equally_is_nobody_s():
    assert "pronoun" not in {rule for _, _, rule in referred("Falk and Marr met. He left early.")}


def test_a_pronoun_after_a_stranger_is_nobody_s():
    assert "pronoun" not in {
        rule for _, _, rule in referred("Jon Falk spoke. Mr. Tomas Holt spoke. He left early.")
    }


def test_a_pronoun_inside_a_quotation_is_not_looked_for_outside():
    assert "pronoun" not in {
        rule for _, _, rule in referred("Jon Falk spoke. “He left early,” a sailor said.")
    }


def test_it_that_stands_for_nothing_is_nobody_s():
    assert "pronoun" not in {rule for _, _, rule in referred("Norvia voted. It is clear that it rained.")}


def test_the_two_leaders_are_the_two_who_were_named():
    found = referred("President Jon Falk met President Otto Marr. The two leaders shook hands.")
    assert {actor for _, actor, rule in found if rule == "group"} == {"falk", "marr"}


def test_without_actors_there_are_no_references():
    assert references(parsed("Anna Berg met Falk."), []) == []


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Anna Berg",
                "Falk",
                "Marr",
                "she",
                "he",
                "his",
                "the two leaders",
                "it",
                "said",
                "met",
                ",",
                ".",
                "\n",
                "“",
                "”",
                "President",
            ]
        ),
        max_size=20,
    ).map(" ".join)
)
def test_references_lie_in_the_text_in_order(text):
    found = references(parsed(text), ACTORS, marked(text).quoted_spans)
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert {one.actor for one in found} <= {actor["id"] for actor in ACTORS}
