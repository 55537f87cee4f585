"""Core measures against textstat and VADER called as their documentation shows: the same numbers, on texts no cache has seen.

    python benchmarks/core.py

The naive way calls textstat's eleven formulas on the text and VADER's `polarity_scores` on each sentence (of our segmentation, which
it is given for nothing). Ours cuts the sentences, counts each distinct word once and evaluates the formulas on the sums of all texts. Wherever both see
as many sentences, their eleven figures must be equal; every valence must be.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

import generated  # noqa: E402
from pairs import Row, in_turns, ratio  # noqa: E402

from analysis.corpus.segmentation import sentence_spans  # noqa: E402
from analysis.corpus.words import straighten  # noqa: E402

BATCHES, BATCH = 10, 20  # articles of 600 words
FIRST = 1_000_000  # numbers of articles that no other benchmark generates
NAMES = {  # ours -> textstat's
    "flesch_reading_ease": "flesch_reading_ease",
    "flesch_kincaid_grade": "flesch_kincaid_grade",
    "gunning_fog": "gunning_fog",
    "smog": "smog_index",
    "ari": "automated_readability_index",
    "coleman_liau": "coleman_liau_index",
    "dale_chall": "dale_chall_readability_score",
    "lix": "lix",
    "rix": "rix",
    "spache": "spache_readability",
    "mcalpine_eflaw": "mcalpine_eflaw",
}

Figures = tuple[dict[str, float], list[float]]  # the eleven, and the valence of each sentence


def naive(text: str, sentences: list[str]) -> Figures:
    """What both libraries give, as they are."""
    import textstat

    scores = [_vader().polarity_scores(sentence)["compound"] for sentence in sentences]
    return {name: getattr(textstat, its)(text) for name, its in NAMES.items()}, scores


def ours(texts: list[str]) -> list[Figures]:
    """The same outputs by the package: its segmentation, counts a sentence, formulas on the sums of all texts, valence."""
    from analysis.measures.formulas import READABILITY
    from analysis.measures.readability import COLUMNS, sentence_words_and_counts
    from analysis.measures.valence import compound

    sums, scores = [], []
    for text in texts:
        sentences = split(text)
        counts = map(sum, zip(*map(sentence_words_and_counts, sentences), strict=True))
        sums.append((*counts, len(sentences)))
        scores.append([compound(one) for one in sentences])
    columns = np.array(sums, dtype="float64").T
    arrays = dict(zip(("n_words", *COLUMNS, "n_sentences"), columns, strict=True))
    by_name = {one.name: one.function(*(arrays[column] for column in one.columns)) for one in READABILITY}
    return [({name: float(by_name[name][place]) for name in NAMES}, own) for place, own in enumerate(scores)]


def split(text: str) -> list[str]:
    """The sentences of a text, marks straightened, paragraph by paragraph."""
    return [part[start:end] for part in straighten(text).split("\n\n") for start, end in sentence_spans(part)]


def unequal(texts: list[str]) -> tuple[int, int]:
    """How many of `texts` both split into as many sentences, and in how many of those any figure differs."""
    import textstat

    compared = different = 0
    for text in texts:
        sentences = split(text)
        (its, its_scores), ((own, own_scores),) = naive(straighten(text), sentences), ours([text])
        if textstat.sentence_count(straighten(text)) != len(sentences):
            different += its_scores != own_scores
            continue
        compared += 1
        is_same = its_scores == own_scores and all(
            abs(its[name] - own[name]) < 1e-9 * max(1, abs(own[name])) for name in NAMES
        )
        different += not is_same
    return compared, different


def main() -> list[Row]:
    """Print and return how many times faster, and the parity."""
    texts = [generated.text(FIRST + number) for number in range(BATCHES * BATCH + BATCH)]
    unequal([*texts[:BATCH], "The café, opened in May, is a delight."])  # both read their lexicons
    batches = [texts[first : first + BATCH] for first in range(BATCH, len(texts), BATCH)]
    given = {text: split(text) for text in texts}
    slow, fast = in_turns(
        batches,
        lambda batch: [naive(straighten(text), given[text]) for text in batch],
        ours,
    )
    compared, different = unequal(texts)
    n = len(texts) - BATCH
    rows = [
        Row(
            "Eleven readability formulas and the valence of each sentence, against textstat and VADER",
            ratio(slow, fast),
            "≥ 5 ×, aim 8 ×",
            f"{n / sum(fast):.0f} articles a second and core, theirs {n / sum(slow):.0f}",
        ),
        Row(
            "Texts in which any of these figures differs",
            f"{different} of {len(texts)}",
            "0",
            f"all eleven compared in the {compared} texts where textstat counts as many sentences as we do",
        ),
    ]
    if different:
        raise SystemExit(f"{different} texts have other figures than the libraries give")
    return rows


def _vader():
    from analysis.evidence.sentiment_hits import analyser

    return analyser()


if __name__ == "__main__":
    for row in main():
        print(row.what, row.figure, row.aim, row.how, sep=" | ")
