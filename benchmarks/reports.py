"""Reports: all of the founding story, against papermill and nbconvert as their documentation shows them.

    python benchmarks/reports.py

Theirs: for each report `papermill NOTEBOOK OUT.ipynb -p …`, then `jupyter nbconvert --to html OUT.ipynb`, one after the other. Ours:
`parallax report --force`, which also writes indexes, tables and provenance. Same notebooks, same measures, in turns; processor
seconds are those of every process begun meanwhile.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from pairs import Row, ran, ratio  # noqa: E402

STORY, TURNS = "kim-putin-2023", 2
REPOSITORY = Path(__file__).parents[1]


def theirs(folder: Path) -> None:
    """Every report of the story, executed and converted one by one."""
    from analysis.publishing.reports import planned
    from analysis.story import outline

    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    for number, report in enumerate(planned(outline(STORY))):
        notebook = folder / f"{number}.ipynb"
        named = [
            part
            for name, value in report.parameters.items()
            if isinstance(value, str)
            for part in ("-p", name, value)
        ]
        source = str(REPOSITORY / "notebooks" / f"{report.notebook}.ipynb")
        papermill = [sys.executable, "-m", "papermill", source, str(notebook), *named, "--no-progress-bar"]
        ran(papermill, env=environment, cwd=folder)
        ran([sys.executable, "-m", "nbconvert", "--to", "html", str(notebook)], env=environment, cwd=folder)


def ours(folder: Path, *options: str) -> None:
    """The same by `parallax report`."""
    command = [sys.executable, "-m", "analysis", "report", STORY, "--reports", str(folder), *options]
    ran(command, cwd=REPOSITORY)


def spent(work: Callable[[], None]) -> tuple[float, float]:
    """Seconds by the clock and processor seconds of all processes that run meanwhile, this machine being otherwise idle."""
    began, before = time.perf_counter(), _busy()
    work()
    return time.perf_counter() - began, _busy() - before


def _busy() -> float:
    """Processor seconds that this machine has worked since its start (Linux): a fork server's children are nobody's."""
    fields = Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    user, nice, system, _idle, _iowait, irq, softirq = map(int, fields[:7])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


def main() -> list[Row]:
    """How much less time ours takes; what a run takes that finds nothing changed."""
    their, own, quiet = [], [], []
    for _ in range(TURNS):
        with tempfile.TemporaryDirectory() as folder:
            their.append(spent(lambda folder=folder: theirs(Path(folder))))
        with tempfile.TemporaryDirectory() as folder:
            own.append(spent(lambda folder=folder: ours(Path(folder), "--force")))
            quiet.append(spent(lambda folder=folder: ours(Path(folder))))
    clock, processors = ([both[which] for both in their] for which in (0, 1))
    own_clock, own_processors = ([both[which] for both in own] for which in (0, 1))
    return [
        Row(
            "All 18 reports of the founding story, processor time of papermill + nbconvert against ours",
            ratio(processors, own_processors),
            "≥ 4 ×",
            f"{min(processors):.0f} s, ours {min(own_processors):.0f} s",
        ),
        Row(
            "The same by the clock",
            ratio(clock, own_clock),
            "≥ 4 ×",
            f"{min(clock):.0f} s, ours {min(own_clock):.0f} s",
        ),
        Row("Nothing changed", f"{min(one[0] for one in quiet):.1f} s", "≤ 2 s", "by the clock"),
    ]


if __name__ == "__main__":
    for row in main():
        print(row.what, row.figure, row.aim, row.how, sep=" | ")
