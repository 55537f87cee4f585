"""Readability against editors: three versions of a story, written for three levels, come out in their order."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable

import numpy as np
import pytest

from analysis.corpus.cleaning import clean
from analysis.corpus.segmentation import sentence_spans
from analysis.corpus.words import n_words, straighten
from analysis.measures.catalogue import READABILITY
from analysis.measures.readability import COLUMNS, sentence_counts

LEVELS = ("Ele-Txt", "Int-Txt", "Adv-Txt")  # from easy to hard
SHOWN = ("flesch_kincaid_grade", "gunning_fog")


@pytest.fixture(scope="module")
def stories(shared) -> dict[str, dict[str, str]]:
    """Story -> level -> its text."""
    path = shared / "gold" / "onestop.jsonl"
    if not path.is_file():
        pytest.skip("the stories in three reading levels are not here")
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for line in path.read_text(encoding="utf-8").splitlines():
        version = json.loads(line)
        found[version["story"]][version["level"]] = version["text"]
    return found


def as_read(text: str) -> str:
    """The paragraphs that the workbook's own reader takes for the body, headings left to its rules."""
    cleaned = clean(text)
    return "\n".join(cleaned.text[start:end] for start, end, part in cleaned.paragraphs if part == "body")


def sums(text: str) -> dict[str, float]:
    """What the formulas take, of a text with a paragraph a line."""
    sentences = [line[start:end] for line in text.splitlines() for start, end in sentence_spans(line)]
    counts = np.sum([sentence_counts(straighten(sentence)) for sentence in sentences], axis=0).astype(float)
    words = float(sum(map(n_words, sentences)))
    return dict(zip(COLUMNS, counts, strict=True)) | {"n_words": words, "n_sentences": float(len(sentences))}


def share_in_order(stories: dict, name: str, prepared: Callable[[str], str]) -> float:
    """The share of stories in which the measure rises from level to level."""
    (measure,) = (measure for measure in READABILITY if measure.name == name)
    n = 0
    for texts in stories.values():
        levels = {level: sums(prepared(texts[level])) for level in LEVELS}
        easy, middle, hard = (
            float(measure.function(*(levels[level][column] for column in measure.columns)))
            for level in LEVELS
        )
        n += easy < middle < hard
    return n / len(stories)


@pytest.mark.parametrize("name", SHOWN)
def test_a_harder_version_of_a_story_has_a_higher_grade(name, stories, floors, record):
    share, share_of_all = (share_in_order(stories, name, prepared) for prepared in (as_read, str))
    floor = floors["reading_levels"][name]
    record(
        f"Reading levels in order: {name}",
        f"{share:.3f} of stories; {share_of_all:.3f} of all lines",
        floor=f"{floor:.2f} for the first",
        n=f"{len(stories)} stories in 3 levels (OneStopEnglish)",
        says="Of one story told for elementary, intermediate and advanced learners, the formula puts all three in "
        "order. First as the workbook's own reader cuts headings and labels, the figure under which the floor "
        "stands; then with every line counted as text.",
        says_not="that a school grade is right in itself, or that a difference of a few tenths is one that readers feel.",
    )
    assert share >= floor
