"""Lengths: what ten times the words of a document cost in time.

    python benchmarks/lengths.py

Documents of 100 to 100,000 words go through reading and the core measures, as many of each length as give 200,000 words. Each is an
episode of its own, so that none is compared with another. No text is met twice.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from itertools import count, pairwise
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

import generated  # noqa: E402
from pairs import Row, cpu  # noqa: E402

LENGTHS = (100, 1_000, 10_000, 100_000)  # words
WORDS = 200_000  # of all documents of a length together
FIRST = 2_000_000  # numbers of articles that no other benchmark generates


def of_length(n_words: int, numbers: count) -> float:
    """Processor seconds a word that reading and core measures of documents of `n_words` take."""
    import analysis

    texts = [generated.text(next(numbers), n_words=n_words) for _ in range(WORDS // n_words)]
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            (Path(folder) / f"{number:05}.txt").write_text(text, "utf-8")

        def work() -> None:
            corpus = analysis.read(folder)
            alone = corpus.documents.assign(episode=corpus.documents["doc_id"])
            analysis.measure(replace(corpus, documents=alone), sources=False, is_part=True)

        seconds = cpu(work)
    return seconds / sum(len(text.split()) for text in texts)


def main() -> list[Row]:
    """How time grows with the words of a document."""
    numbers = count(FIRST)
    of_length(1_000, numbers)  # lexicons and models are loaded
    per_word = {n: min(of_length(n, numbers) for _ in range(2)) for n in LENGTHS}
    return [
        Row(
            f"Time of a document of {long:,} words against one of {short:,}",
            f"{long * per_word[long] / (short * per_word[short]):.1f} ×",
            "at most 11 ×",
            f"{1e6 * per_word[long]:.0f} µs a word, {1e6 * per_word[short]:.0f}",
        )
        for short, long in pairwise(LENGTHS)
    ]


if __name__ == "__main__":
    for row in main():
        print(row.what, row.figure, row.aim, row.how, sep=" | ")
