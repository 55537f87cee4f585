"""Starting: how long the first answer takes, against bare Python and against pandas alone.

    python benchmarks/startup.py

Processor seconds of whole processes, in turns.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT)]

from pairs import Row, ran, ratio  # noqa: E402

TURNS = 15


def seconds(*arguments: str) -> float:
    """Processor seconds of a Python that is started with these arguments."""
    return ran([sys.executable, *arguments], cwd=ROOT).cpu


def main() -> list[Row]:
    """The rows of the table: the help, the import, and what a notebook imports."""
    commands = {
        "bare": ["-c", "pass"],
        "help": ["-m", "analysis", "--help"],
        "pandas": ["-c", "import pandas"],
        "analysis": ["-c", "import analysis"],
        "notebook": ["-c", "from analysis.publishing import figures, tables, texts"],
    }
    found: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(TURNS):
        for name, command in commands.items():
            found[name].append(seconds(*command))
    over = statistics.median(a - b for a, b in zip(found["help"], found["bare"], strict=True))
    return [
        Row("`parallax --help` over bare Python", f"{over:.2f} s", "≤ 0.3 s", f"median of {TURNS} turns"),
        Row("`import analysis`, of `import pandas`", ratio(found["analysis"], found["pandas"]), "≤ 1.3 ×"),
        Row(
            "what a notebook imports, of `import pandas`",
            ratio(found["notebook"], found["pandas"]),
            "",
            f"{statistics.median(found['notebook']):.2f} s",
        ),
    ]


if __name__ == "__main__":
    for line in main():
        print(f"{line.what}: {line.figure} {line.aim} {line.how}".rstrip())
