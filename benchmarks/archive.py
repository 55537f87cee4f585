"""Fifty thousand articles, none twice: `parallax measure` and one `comparison` report on this machine.

    python benchmarks/archive.py [ARTICLES]

12,500 episodes of four outlets, 600 words an article. Core measures, on all processors; then the comparison of the outlets over the
episodes. Time by the clock, most memory of one process.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

import generated  # noqa: E402
from pairs import Ran, Row, ran  # noqa: E402

SIZE = 50_000
FIRST = 7_000_000  # numbers of articles that no other benchmark generates


def main(n: int = SIZE) -> list[Row]:
    """Seconds, articles a second and memory of measuring and of the report; the size of its page."""
    with tempfile.TemporaryDirectory() as folder:
        data, reports = Path(folder) / "data", Path(folder) / "reports"
        generated.story(data / "archive", n, first=FIRST)
        command, there = [sys.executable, "-m", "analysis"], ["--data", str(data)]
        measured = ran([*command, "measure", "archive", "--measures", "core", *there])
        size = sum(file.stat().st_size for file in (data / "archive" / "measures").rglob("*.parquet"))
        only = ["--notebook", "comparison", "--reports", str(reports)]
        reported = ran([*command, "report", "archive", *only, *there])
        page = (reports / "archive" / "comparison.html").stat().st_size
    return [
        Row(
            f"Measuring {n:,} articles",
            f"{_said(measured)}, {n / measured.seconds:.0f} articles a second",
            "stated",
            f"core measures, every processor; {size / 1e6:.0f} MB of tables",
        ),
        Row("Their comparison report", _said(reported), "stated", f"a page of {page / 1000:.0f} kB"),
    ]


def _said(run: Ran) -> str:
    return f"{run.seconds:.0f} s, {run.peak_mb:.0f} MB at most in one process"


if __name__ == "__main__":
    for row in main(*map(int, sys.argv[1:])):
        print(row.what, row.figure, row.aim, row.how, sep=" | ")
