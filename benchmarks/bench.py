"""All benchmarks, one after the other: prints their table and writes it to docs/performance.md, and to the README what has an aim.

    python benchmarks/bench.py [NAME …]

With names those alone are run, and take the place of what stood of them on the page. Each part of it says when and where it ran.
"""

from __future__ import annotations

import os
import platform
import re
import sys
from datetime import UTC, datetime
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
    "lengths": "Long documents",
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
better than seconds, and these are noisy ones. Under each heading stands when and where its figures were taken.
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


def section(name: str, rows: list[Row], ran: str) -> str:
    """The part of the page that a benchmark fills; `ran` tells when and where."""
    return f"## {BENCHMARKS[name]}\n\n{ran}\n\n`python benchmarks/{name}.py`\n\n{table(rows)}\n"


def sections(page: str) -> dict[str, str]:
    """Benchmark -> its part of a page that was written before."""
    parts = {part.split("\n", 1)[0][3:]: part.rstrip() + "\n" for part in re.split(r"(?m)^(?=## )", page)[1:]}
    return {name: parts[heading] for name, heading in BENCHMARKS.items() if heading in parts}


def whole(parts: dict[str, str]) -> str:
    """The page of all parts there are, in the order of `BENCHMARKS`; each keeps what it says of when and where it ran."""
    return "\n".join([HEAD, *(parts[name] for name in BENCHMARKS if name in parts)])


def in_readme(readme: str, page: str) -> str:
    """The README with those rows of the page in its table of speed that have an aim."""
    before, rest = readme.split(BEGINS)
    cells = [line[2:-2].split(" | ") for line in page.splitlines() if line.startswith("| ")]
    shown = [row for row in cells if len(row) == 4 and row[2].strip() not in ("", "aim")]
    lines = [f"| {' | '.join(row[:3])} |" for row in shown]
    return "\n".join(
        [before + BEGINS + "| what | figure | aim |", "|---|---|---|", *lines, ENDS + rest.split(ENDS, 1)[1]]
    )


def main(names: list[str]) -> None:
    """Run the benchmarks named, or all, and write page and README."""
    if unknown := [name for name in names if name not in BENCHMARKS]:
        raise SystemExit(f"no benchmark {', '.join(unknown)}; there are: {', '.join(BENCHMARKS)}")
    parts = sections(PAGE.read_text("utf-8")) if names and PAGE.is_file() else {}
    for name in names or BENCHMARKS:
        began = f"{datetime.now(UTC):%Y-%m-%d}"
        parts[name] = section(name, import_module(name).main(), f"{began}. {machine()}")
        print(parts[name], flush=True)
        page = whole(parts)
        PAGE.write_text(page, encoding="utf-8")
        README.write_text(in_readme(README.read_text("utf-8"), page), encoding="utf-8")
    print(f"written: {PAGE.relative_to(PAGE.parents[1])}, README.md")


if __name__ == "__main__":
    main(sys.argv[1:])
