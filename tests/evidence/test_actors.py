"""People are proposed as actors under their longest name, with the shorter ones that can mean nobody else."""

from __future__ import annotations

from analysis.evidence.actors import proposed_actors

FIRST = (
    "Peter Falk, the captain, met Tomas Berg in London on Friday. Falk said the ferry would sail. "
    "Minister Anna Berg agreed with Peter Falk, and so did Mr. Falk’s brother."
)
SECOND = (
    "Peter Falk spoke again on Saturday. Tomas Berg and Anna Berg did not. “We sail,” Peter Falk told the paper. "
    "Falk was seen with Anna Berg."
)


def test_people_named_in_two_texts_are_proposed():
    names = {actor["name"]: actor for actor in proposed_actors([FIRST, SECOND])}
    assert {"Peter Falk", "Tomas Berg", "Anna Berg"} <= set(names)
    assert names["Peter Falk"] == {"id": "peter-falk", "name": "Peter Falk", "aliases": ["Falk"]}


def test_a_surname_of_two_people_is_nobodys_alias():
    assert all("Berg" not in actor["aliases"] for actor in proposed_actors([FIRST, SECOND]))


def test_of_no_text_nobody_is_proposed():
    assert proposed_actors([]) == [] and proposed_actors(["", "no names here at all."]) == []
