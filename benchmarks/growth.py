"""Growth: what ten times the words of a document, or ten times the articles, cost in time and memory.

    python benchmarks/growth.py

Documents of 100 to 100,000 words go through reading and the core measures, as many of each length as give 200,000 words or one; they
are not compared. Stories
of 1,000, 5,000 and 50,000 articles of 600 words go through `parallax measure` in one process. No text is met twice.
"""

from __future__ import annotations

import sys
import tempfile
from itertools import count, pairwise
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

import generated  # noqa: E402
from pairs import Row, cpu, ran  # noqa: E402

LENGTHS = (100, 1_000, 10_000, 100_000)  # words
WORDS = 200_000  # of all documents of a length together
SIZES = (1_000, 5_000, 50_000)  # articles
FIRST = 2_000_000  # numbers of articles that no other benchmark generates


def of_length(n_words: int, numbers: count) -> float:
    """Processor seconds a word that reading and core measures of documents of `n_words` take."""
    import analysis

    texts = [generated.text(next(numbers), n_words=n_words) for _ in range(max(1, WORDS // n_words))]
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            (Path(folder) / f"{number:05}.txt").write_text(text, "utf-8")
        seconds = cpu(lambda: analysis.measure(analysis.read(folder), sources=False, is_part=True))
    return seconds / sum(len(text.split()) for text in texts)


def of_size(n: int) -> tuple[float, float]:
    """Seconds by the clock and most memory (MB) of `parallax measure` of `n` articles in one process."""
    with tempfile.TemporaryDirectory() as folder:
        generated.story(Path(folder) / "growth", n, first=FIRST + 10_000)
        command = ["-m", "analysis", "measure", "growth", "--measures", "core", "--jobs", "1"]
        took = ran([sys.executable, *command, "--data", folder])
    return took.seconds, took.peak_mb


def main(sizes: tuple[int, ...] = SIZES) -> list[Row]:
    """How time grows with words and articles, and memory with articles."""
    numbers = count(FIRST)
    of_length(1_000, numbers)  # lexicons and models are loaded
    per_word = {n: min(of_length(n, numbers) for _ in range(2)) for n in LENGTHS}
    rows = [
        Row(
            f"Time of a document of {long:,} words against one of {short:,}",
            f"{long * per_word[long] / (short * per_word[short]):.1f} ×",
            "at most 11 ×" if short >= 1_000 else "",
            f"{1e6 * per_word[long]:.0f} µs a word, {1e6 * per_word[short]:.0f}",
        )
        for short, long in pairwise(LENGTHS)
    ]
    took = {n: of_size(n) for n in sizes}
    rows += [
        Row(
            f"Time of {large:,} articles against {small:,}",
            f"{took[large][0] / took[small][0]:.1f} ×",
            f"at most {1.1 * large / small:.1f} ×",
            f"{large / took[large][0]:.0f} articles a second in one process, {small / took[small][0]:.0f}",
        )
        for small, large in pairwise(sizes)
    ]
    small, large = sizes[-2:]
    rows.append(
        Row(
            f"Most memory at {large:,} articles against {small:,}",
            f"{took[large][1] / took[small][1]:.2f} ×",
            "at most 1.3 ×",
            f"{took[large][1]:.0f} MB, {took[small][1]:.0f}",
        )
    )
    return rows


if __name__ == "__main__":
    for row in main():
        print(row.what, row.figure, row.aim, row.how, sep=" | ")
