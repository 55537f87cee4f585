"""The gate of segmentation: right at 99 of 100 hard boundaries, invented for the purpose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from analysis.corpus.segmentation import sentence_spans

CANDIDATE = re.compile(r"[.?!…][.?!…\"”’'»)\]“‟]*(?:\s[”»](?=\s))?\s+(?=\S)")
HARD_SET = Path(__file__).parent / "hard_boundaries.txt"


def hard_paragraphs() -> Iterator[tuple[str, set[int]]]:
    """Yield each paragraph of the hard set and the offsets at which its second and later sentences start."""
    for line in HARD_SET.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            starts, sentences = set(), line.split(" | ")
            for n in range(1, len(sentences)):
                starts.add(len(" ".join(sentences[:n])) + 1)
            yield " ".join(sentences), starts


def decisions() -> list[tuple[str, bool, bool]]:
    """List each decision of the hard set: its place, whether a sentence starts there, whether we say so."""
    rows = []
    for text, starts in hard_paragraphs():
        found = {start for start, _ in sentence_spans(text)}
        for candidate in CANDIDATE.finditer(text):
            at = candidate.end()
            rows.append((f"{text[:at]}>>{text[at:]}", at in starts, at in found))
    return rows


def test_the_hard_set_holds_at_least_two_hundred_decisions_of_both_kinds():
    answers = [is_start for _, is_start, _ in decisions()]
    assert len(answers) >= 200
    assert min(answers.count(True), answers.count(False)) >= 100


def test_every_marked_boundary_is_a_candidate():
    for text, starts in hard_paragraphs():
        assert starts <= {candidate.end() for candidate in CANDIDATE.finditer(text)}, text


def test_ninety_nine_of_a_hundred_hard_boundaries_are_decided_right(floors, record):
    rows = decisions()
    wrong = [place for place, is_start, is_found in rows if is_start != is_found]
    share = 1 - len(wrong) / len(rows)
    record(
        "Sentence boundaries",
        f"{share:.3f} right",
        floor=f"{floors['segmentation']:.2f}",
        n=f"{len(rows)} hard decisions in invented sentences of the kind news is made of",
        says="Whether a sentence ends at a stop that is hard to decide: abbreviations, initials, closing quotes.",
        says_not="how often boundaries are hard: in plain text nearly all are easy.",
    )
    assert share >= floors["segmentation"], "\n".join(wrong)
