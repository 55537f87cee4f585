"""Growth: what ten times the articles cost in time and memory.

    python benchmarks/growth.py

Stories of 1,000, 5,000 and 50,000 articles of 600 words go through `parallax measure` in one process. No text is met twice.
"""

from __future__ import annotations

import sys
import tempfile
from itertools import pairwise
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

import generated  # noqa: E402
from pairs import Row, ran  # noqa: E402

SIZES = (1_000, 5_000, 50_000)  # articles
FIRST = 2_000_000  # numbers of articles that no other benchmark generates


def of_size(n: int) -> tuple[float, float]:
    """Seconds by the clock and most memory (MB) of `parallax measure` of `n` articles in one process."""
    with tempfile.TemporaryDirectory() as folder:
        generated.story(Path(folder) / "growth", n, first=FIRST + 10_000)
        command = ["-m", "analysis", "measure", "growth", "--measures", "core", "--jobs", "1"]
        took = ran([sys.executable, *command, "--data", folder])
    return took.seconds, took.peak_mb


def main(sizes: tuple[int, ...] = SIZES) -> list[Row]:
    """How time and memory grow with articles."""
    took = {n: of_size(n) for n in sizes}
    rows = [
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
