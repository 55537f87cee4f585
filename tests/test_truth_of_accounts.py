"""What the copies of the sample story have in common, by reading, and what the analysis takes to be the same."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

import pytest
import yaml

from analysis.evidence.content_words import plain_words
from analysis.story import Story

TRUTH = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "sample-harbour" / "TRUTH.yml").read_text("utf-8")
)
REPRINT = {"meridian-2", "meridian-2-reprint"}
Pair = frozenset[tuple]


def pairs(groups: Iterable[Iterable[tuple]]) -> set[Pair]:
    """The pairs of places within each group, of two copies each."""
    return {
        frozenset(pair)
        for group in groups
        for pair in combinations(sorted(group), 2)
        if pair[0][0] != pair[1][0] and {pair[0][0], pair[1][0]} != REPRINT
    }


def f1(found: set[Pair], right: set[Pair]) -> float:
    return 2 * len(found & right) / (len(found) + len(right))


def part_of(story: Story, doc_id: str, words: str) -> tuple[str, int]:
    """The part of a quotation in `doc_id` that begins with `words` inside its quotation marks."""
    own = story.quotation_parts[story.quotation_parts["doc_id"] == doc_id]
    wanted = plain_words(words)
    at = [
        row.Index
        for row in own.itertuples()
        if row.n_words_quoted and wanted == _quoted(story.texts[doc_id][row.start : row.end])[: len(wanted)]
    ]
    assert at, (doc_id, words)
    return doc_id, at[-1]  # the headline repeats some


def _quoted(text: str) -> list[str]:
    inside = text[text.index("“") :] if "“" in text else text
    return plain_words(inside)


def test_utterances_are_grouped_as_a_reader_groups_them(harbour):
    right = pairs([[part_of(harbour, *one) for one in group.items()] for group in TRUTH["utterances"]])
    parts = harbour.quotation_parts[harbour.quotation_parts["group_id"] != ""]
    found = pairs(
        [(row.doc_id, row.Index) for row in own.itertuples()] for _, own in parts.groupby("group_id")
    )
    assert f1(found, right) >= 0.9


@pytest.mark.parametrize("two", TRUTH["not_one"], ids=lambda two: " ".join(two))
def test_two_utterances_that_share_a_phrase_stay_two(harbour, two):
    first, second = (harbour.quotation_parts["group_id"][part_of(harbour, *one)[1]] for one in two.items())
    assert first != second or first == ""


def test_a_reprint_repeats_every_utterance_of_its_original(harbour):
    own = harbour.quotation_parts[harbour.quotation_parts["doc_id"] == "meridian-2-reprint"]
    quoted = own[own["n_words_quoted"] > 0]
    original = set(harbour.quotation_parts.loc[harbour.quotation_parts["doc_id"] == "meridian-2", "group_id"])
    assert set(quoted["group_id"]) <= original - {""}
