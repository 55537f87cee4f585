"""Reports: all pages of the founding story by `parallax report`, against papermill and nbconvert as their documentation shows them.

    python benchmarks/reports.py

    papermill notebook.ipynb out.ipynb -p story … -p outlet …
    jupyter nbconvert --to html out.ipynb

one after the other for each page. Both ways run the same notebooks on the same measures, in turns. Processor seconds are those of the
command and of all that it started, the fork server and its kernels among them, which outlive the command for a moment.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT)]

from pairs import Ran, Row, ratio  # noqa: E402

from analysis.loading import load_story  # noqa: E402
from analysis.publishing.report import PER_OUTLET, WHOLE  # noqa: E402

STORY = "kim-putin-2023"
TURNS = 2
PR_SET_CHILD_SUBREAPER = (
    36  # Linux: what a child leaves behind becomes a child of this process, and its seconds are counted
)


def of_all(command: list[str], **settings) -> Ran:
    """Run `command` to its end, and wait for all that it started. Raises CalledProcessError, with what it said, where it fails."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **settings)
    seconds = time.perf_counter() - began
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout)
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Ran(seconds, spent, after.ru_maxrss / 1024, done.stdout)


def as_documented(pages: list[tuple[str, str | None]], out: Path) -> Ran:
    """Each page by papermill, then by nbconvert."""
    programs, seconds, spent = Path(sys.executable).parent, 0.0, 0.0
    for notebook, outlet in pages:
        executed = out / f"{outlet or 'all'}-{notebook}.ipynb"
        asked = ["-p", "story", STORY, *(["-p", "outlet", outlet] if outlet else [])]
        source = str(ROOT / "notebooks" / f"{notebook}.ipynb")
        for command in (
            [str(programs / "papermill"), source, str(executed), *asked],
            [str(programs / "jupyter"), "nbconvert", "--to", "html", str(executed)],
        ):
            took = of_all(command, cwd=ROOT / "notebooks")
            seconds, spent = seconds + took.seconds, spent + took.cpu
        if not executed.with_suffix(".html").is_file():
            raise SystemExit(f"{executed.name} was not converted")
    return Ran(seconds, spent, 0, "")


def by_parallax(n_pages: int, out: Path, *options: str) -> Ran:
    """All pages by one command."""
    command = [sys.executable, "-m", "analysis", "report", STORY, "--reports", str(out), *options]
    took = of_all(command, cwd=ROOT)
    if f"{n_pages} " not in took.output or "0 failed" not in took.output:
        raise SystemExit(took.output)
    return took


def main() -> list[Row]:
    """The rows of the table: all pages anew, and nothing changed."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    story = load_story(STORY)
    pages = [(one, None) for one in WHOLE] + [(one, outlet) for outlet in story.outlets for one in PER_OUTLET]
    theirs: list[Ran] = []
    ours: list[Ran] = []
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(TURNS):
            out = Path(folder) / str(turn)
            out.mkdir()
            ways = [
                (theirs, lambda out=out: as_documented(pages, out)),
                (ours, lambda out=out: by_parallax(len(pages), out / "reports", "--force")),
            ]
            for found, way in ways if turn % 2 else reversed(ways):
                found.append(way())
        again = [by_parallax(len(pages), Path(folder) / "0" / "reports") for _ in range(3)]
    how = f"{len(pages)} pages of {STORY}, {os.cpu_count()} processors; papermill and nbconvert one page after the other"

    def row(what: str, name: str, words: str) -> Row:
        their, our = ([getattr(one, name) for one in found] for found in (theirs, ours))
        return Row(what, ratio(their, our), "≥ 4 ×", f"{how}: {words.format(their[0], our[0])}")

    quickest = min(again, key=lambda one: one.seconds)
    return [
        row("All reports, processor time", "cpu", "{:.0f} s, ours {:.0f} s"),
        row("All reports, by the clock", "seconds", "{:.0f} s, ours {:.0f} s"),
        Row(
            "All reports, nothing changed",
            f"{quickest.seconds:.1f} s",
            "≤ 2 s",
            f"the quickest of {len(again)}; {quickest.cpu:.1f} s of a processor",
        ),
    ]


if __name__ == "__main__":
    for line in main():
        print(f"{line.what}: {line.figure} (aim {line.aim}; {line.how})")
