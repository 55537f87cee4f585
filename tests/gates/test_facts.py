"""Facts are found in the five copies of the founding story as a person found them, by reading."""

from __future__ import annotations

from analysis.comparison.accounts import search_quality
from analysis.comparison.shares import Share
from analysis.facts_yml import read_coded

NOT = "that as many are found in other copies: the cues were written with these five at hand, by the person who coded them, and a fact told in other words is missed."


def test_facts_are_found_as_a_person_found_them(founding, floors, record):
    coded = read_coded(founding.folder / "coded_facts.csv", founding.facts, founding.documents["doc_id"])
    found = search_quality(founding.coverage, coded)
    n = f"{len(founding.facts)} facts in {len(founding.documents)} copies of the founding story"
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
            f"Facts: {what}", told(share), floor=f"{floor:.2f}" if floor else "", n=n, says=says, says_not=NOT
        )
        assert share.value >= (floor or 0)


def told(share: Share) -> str:
    low, high = share.interval
    return f"{share.value:.3f} ({low:.3f} to {high:.3f}; {share.hits} of {share.n})"
