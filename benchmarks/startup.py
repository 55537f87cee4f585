"""Starting: what the command and the package take before they do anything, against bare Python and pandas.

python benchmarks/startup.py
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from pairs import Row, ran  # noqa: E402

TURNS = 9
COMMANDS = {
    "nothing": ["-c", "pass"],
    "help": ["-m", "analysis", "--help"],
    "pandas": ["-c", "import pandas"],
    "analysis": ["-c", "import analysis; analysis.load_story, analysis.estimate"],
}


def main() -> list[Row]:
    """Seconds of `parallax --help` over bare Python's, and of importing the package against pandas; medians of turns."""
    repository = Path(__file__).parents[1]
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(TURNS):
        for name, arguments in COMMANDS.items():
            times[name].append(ran([sys.executable, *arguments], cwd=repository).seconds)
    middle = {name: statistics.median(found) for name, found in times.items()}
    return [
        Row(
            "`parallax --help` over bare Python's start",
            f"{middle['help'] - middle['nothing']:.2f} s",
            "≤ 0.3 s",
            f"median of {TURNS} turns; Python itself {middle['nothing']:.2f} s",
        ),
        Row(
            "`import analysis`, stories and estimates included, against `import pandas`",
            f"{middle['analysis'] / middle['pandas']:.2f} ×",
            "≤ 1.3 ×",
            f"pandas {middle['pandas']:.2f} s",
        ),
    ]


if __name__ == "__main__":
    for row in main():
        print(row.what, row.figure, row.aim, row.how, sep=" | ")
