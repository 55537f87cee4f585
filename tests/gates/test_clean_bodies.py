"""The gate of clean bodies: from text that is an article and nothing else, cleaning takes next to no sentence."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

import pytest

from analysis.corpus.cleaning import clean
from analysis.corpus.segmentation import sentence_spans

SETS = ("polnear_dev", "narrative_frames_dev")
# The bodies hold some lines that are no sentences of a story. How many of those that cleaning drops a person has read
# and found to be such, by rule: rules between the parts of a running story, hours alone above them, notes of editors
# and corrections, credits of reporters, addresses, names of share buttons, a box around a film, a link. One more
# dropped by the same rule counts as a sentence of the story until somebody has read it, too; what no rule of wording
# dropped, or one that is not named here, counts as one in any case.
READ = {
    "separator": 33,
    "date_line": 28,
    "clock_line": 7,
    "correction": 8,
    "update_note": 3,
    "contact": 7,
    "reporting_by": 1,
    "contributed": 1,
    "caption_photo": 1,
    "share": 2,
    "read_more": 1,
}


def sentences(raw: str) -> Iterator[tuple[int, int]]:
    """The sentences of `raw`, whose paragraphs are lines."""
    at = 0
    for line in raw.split("\n"):
        for start, end in sentence_spans(line):
            yield at + start, at + end
        at += len(line) + 1


def dropped_by(raw: str) -> list[str]:
    """For each sentence of `raw` the rule that dropped more than half of it, "" for those that stay."""
    dropped = [(start, end, rule) for _, start, end, _, kept, rule in clean(raw).rows if not kept]
    rules = []
    for start, end in sentences(raw):
        parts = {
            rule: min(end, last) - max(start, first)
            for first, last, rule in dropped
            if first < end and last > start
        }
        rules.append(max(parts, key=parts.get) if sum(parts.values()) * 2 > end - start else "")
    return rules


def test_sentences_of_the_story_are_kept_in_clean_bodies(shared, floors, record):
    files = [shared / "gold" / f"{name}.jsonl" for name in SETS]
    if not all(file.is_file() for file in files):
        pytest.skip("the labelled articles are not here")
    texts = [
        json.loads(line)["text"] for file in files for line in file.read_text(encoding="utf-8").splitlines()
    ]
    rules = [rule for text in texts for rule in dropped_by(text)]
    by_rule = Counter(filter(None, rules))
    true = sum(max(0, n - READ.get(rule, 0)) for rule, n in by_rule.items())
    told = ", ".join(f"{rule} {n}" for rule, n in by_rule.most_common())
    record(
        "Clean bodies: sentences dropped",
        f"{true} of {len(rules):,} ({true / len(rules):.2%}); with notes and lines that are no sentences"
        f" {by_rule.total()} ({by_rule.total() / len(rules):.2%}: {told})",
        floor=f"at most {floors['clean_bodies']:.1%} for the first",
        n=f"{len(texts)} articles (PolNeAR, narrative frames)",
        says="How many sentences cleaning takes from articles that come without a page around them. Lines that a person"
        " read and found to be credits, corrections, hours, separators or links are left out of the first figure and"
        " stand in the second.",
        says_not="that as few are lost where a page is around them (see the pages), nor that a note which stays is told"
        " from the story.",
    )
    assert true <= floors["clean_bodies"] * len(rules), told
