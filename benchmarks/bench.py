"""All benchmarks, one after the other: prints their table and writes it to docs/performance.md, and to the README what has an aim.

    python benchmarks/bench.py [NAME …]

Without names all are run and both are written; with names only those are run and printed.
"""

from __future__ import annotations

import os
import platform
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from pairs import Row  # noqa: E402

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
README = Path(__file__).parents[1] / "README.md"
BEGINS, ENDS = "<!-- written by make bench -->\n", "<!-- end -->\n"  # of its table in the README
BENCHMARKS = {  # module -> heading
    "core": "Core measures",
    "growth": "Growth",
    "parsing": "Sources and actors",
    "reports": "Reports",
    "startup": "Starting",
    "cluster": "Several processes, several machines",
    "archive": "Fifty thousand articles",
    "adding": "Adding",
    "segmentation": "Segmentation",
}
LIBRARIES = ("textstat", "vaderSentiment", "spacy", "pandas", "papermill", "nbconvert", "distributed")
HEAD = """# How fast it is

Written by `make bench`, which takes about an hour. Each ratio comes from one run in which both ways took turns on articles that
no cache had seen (`benchmarks/generated.py`): 600 words, four outlets, one copy of each an episode. Between machines ratios compare
better than seconds, and these are noisy ones.

"""


def machine() -> str:
    """Where it ran: system, processors, Python and libraries."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"{platform.system()}, {os.cpu_count()} processors, Python {platform.python_version()}; {libraries}."
    )


def table(rows: list[Row]) -> str:
    """The rows in Markdown."""
    lines = ["| what | figure | aim | details |", "|---|---|---|---|"]
    lines += [f"| {row.what} | {row.figure} | {row.aim} | {row.how} |" for row in rows]
    return "\n".join(lines)


def in_readme(readme: str, rows: list[Row]) -> str:
    """The README with `rows` in its table of speed."""
    before, rest = readme.split(BEGINS)
    after = rest.split(ENDS, 1)[1]
    lines = [f"| {row.what} | {row.figure} | {row.aim} |" for row in rows]
    return "\n".join([before + BEGINS + "| what | figure | aim |", "|---|---|---|", *lines, ENDS + after])


def main(names: list[str]) -> None:
    """Run the benchmarks named, or all and write the page."""
    if unknown := [name for name in names if name not in BENCHMARKS]:
        raise SystemExit(f"no benchmark {', '.join(unknown)}; there are: {', '.join(BENCHMARKS)}")
    parts, short = [], []
    for name in names or BENCHMARKS:
        rows = import_module(name).main()
        part = f"## {BENCHMARKS[name]}\n\n`python benchmarks/{name}.py`\n\n{table(rows)}\n"
        print(part, flush=True)
        parts.append(part)
        short += [row for row in rows if row.aim]
    if not names:
        PAGE.write_text(HEAD + "\n".join(parts) + f"\n{machine()}\n", encoding="utf-8")
        README.write_text(in_readme(README.read_text("utf-8"), short), encoding="utf-8")
        print(f"written: {PAGE.relative_to(PAGE.parents[1])}")


if __name__ == "__main__":
    main(sys.argv[1:])
