"""Facts are found in the copies of both stories as a person found them, by reading."""

from __future__ import annotations

import pytest

from analysis.comparison.accounts import search_quality
from analysis.comparison.shares import Share
from analysis.facts_yml import read_coded
from analysis.story import Story

NOT = "that as many are found in other copies: the cues were written with these at hand, by the person who coded them, and a fact told in other words is missed."


@pytest.mark.parametrize("name", ["founding", "harbour"])
def test_facts_are_found_as_a_person_found_them(name, request, floors, record):
    story: Story = request.getfixturevalue(name)
    coded = read_coded(story.folder / "coded_facts.csv", story.facts, story.documents["doc_id"])
    found = search_quality(story.coverage, coded)
    n = f"{len(story.facts)} facts in {len(story.documents)} copies of {story.name}"
    for what, share, says in (
        ("recall", found.recall, "Of the facts a person found in a copy, the share that the search has."),
        (
            "precision",
            found.precision,
            "Of the facts the search has in a copy, the share that the person found.",
        ),
        (
            "values",
            found.values,
            "Of the facts both have, of which the person noted a value, the share with the same value.",
        ),
    ):
        floor = floors["facts"].get(what)
        record(
            f"Facts, {story.name}: {what}",
            told(share),
            floor=f"{floor:.2f}" if floor else "",
            n=n,
            says=says,
            says_not=NOT,
        )
        assert share.value >= (floor or 0)


def told(share: Share) -> str:
    low, high = share.interval
    return f"{share.value:.3f} ({low:.3f} to {high:.3f}; {share.hits} of {share.n})"
