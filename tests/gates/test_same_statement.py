"""What copies have in common, against a reader's list of the sample story: utterances, versions, statements written apart."""

from __future__ import annotations

from itertools import combinations

import pytest

from analysis.evidence.statements import statements
from tests.test_truth_of_accounts import REPRINT, TRUTH, pairs, part_of

VERSIONS = frozenset({"meridian-1-early", "meridian-1-late"})
ON = "the fictional sample story, 15 copies in three episodes, read by the person who wrote the rules"


def listed(key: str) -> set[frozenset]:
    """Pairs of (doc_id, sentence_id) of a list in TRUTH.yml."""
    found = set()
    for copies, numbers in TRUTH[key].items():
        a, b = copies.split()
        found |= {frozenset(zip((a, b), map(int, pair.split("-")), strict=True)) for pair in numbers.split()}
    return found


@pytest.fixture
def measured(record, floors):
    """Record precision, recall and F1 of pairs found against the right ones; F1 may not fall under its floor."""

    def measure(gate: str, key: str, found: set, right: set, says: str, says_not: str) -> None:
        n_right = len(found & right)
        f1 = 2 * n_right / (len(found) + len(right))
        floor = floors["same_statement"][key]
        record(
            gate,
            f"F1 {f1:.3f} (precision {n_right / len(found):.3f}, recall {n_right / len(right):.3f}; {len(right)} pairs)",
            floor=f"{floor:.2f}",
            n=ON,
            says=says,
            says_not=says_not,
        )
        assert f1 >= floor

    return measure


def test_utterances(harbour, measured):
    right = pairs([[part_of(harbour, *one) for one in group.items()] for group in TRUTH["utterances"]])
    parts = harbour.quotation_parts[harbour.quotation_parts["group_id"] != ""]
    found = pairs(
        [(row.doc_id, row.Index) for row in own.itertuples()] for _, own in parts.groupby("group_id")
    )
    measured(
        "Same utterance",
        "utterances",
        found,
        right,
        "Pairs of quotations of two copies that are one utterance, found and right.",
        "how well another translation is known again: the sample story has one language. In the founding story all that two copies quote was found.",
    )


def test_versions(harbour, measured):
    own = harbour.alignments[harbour.alignments["doc_id_a"].isin(VERSIONS)]
    found = {
        frozenset(((r.doc_id_a, r.sentence_id_a), (r.doc_id_b, r.sentence_id_b))) for r in own.itertuples()
    }
    measured(
        "Same sentence in two versions",
        "versions",
        found,
        listed("versions"),
        "Sentences of an early copy and what they became in the late one, found and right.",
        "that a sentence split in two is paired with both halves: it has one partner.",
    )


def test_statements(harbour, measured):
    actors = [actor.model_dump() for actor in harbour.about.actors]
    proposed = statements(harbour.texts, harbour.documents, harbour.sentences, harbour.quotations, actors)
    found = {
        frozenset(pair)
        for one in proposed
        for pair in combinations(one.places, 2)
        if {pair[0][0], pair[1][0]} not in (VERSIONS, REPRINT)
    }
    measured(
        "Same statement in copies written apart",
        "statements",
        found - listed("same_in_part"),
        listed("same_statement"),
        "Pairs of sentences of two outlets' copies that state the same, as proposed by suggest-facts, and right.",
        "that the rest is in one copy alone: what is told in other words is not seen. It is why facts are written down by people.",
    )


def test_junk_is_no_statement(harbour):
    actors = [actor.model_dump() for actor in harbour.about.actors]
    proposed = statements(harbour.texts, harbour.documents, harbour.sentences, harbour.quotations, actors)
    texts = {
        " ".join(harbour.texts[row.doc_id][row.start : row.end].split())
        for row in harbour.sentences.itertuples()
        if (row.doc_id, row.sentence_id) in {place for one in proposed for place in one.places}
    }
    for doc_id, numbers in TRUTH["set_aside"].items():
        file = harbour.documents.set_index("doc_id").loc[doc_id, "file"]
        lines = (harbour.folder / "articles" / file).read_text("utf-8").splitlines()
        assert not {" ".join(lines[n - 1].split()) for n in map(int, numbers)} & texts
