"""textacy's direct quotations, found by a process of its own, so that what textacy needs is nowhere else.

`make validity` installs textacy and what it needs beyond the lock to `.venv/textacy`, after `tests/gates/textacy.lock`. As a
program this module reads texts as a JSON list from its standard input and writes a list of quotations each, or null where textacy
refuses the text; it uses the spaCy model that Parallax uses.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(sys.prefix) / "textacy"
ROOT = Path(__file__).parents[2]

Span = tuple[int, int]


@dataclass(frozen=True)
class Quotation:
    """A quotation as textacy gives it: the words of its speaker and its content, marks included, as offsets into the text."""

    speaker: list[Span]
    content: Span

    def moved(self, by: int) -> Quotation:
        start, end = self.content
        return Quotation([(a + by, b + by) for a, b in self.speaker], (start + by, end + by))


def quotations(texts: Sequence[str]) -> list[list[Quotation] | None]:
    """The direct quotations of each text; None where textacy refuses it, for an odd number of quotation marks."""
    paths = [str(ROOT), str(FOLDER), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    done = subprocess.run(
        [sys.executable, "-P", __file__],
        input=json.dumps(list(texts)),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"textacy did not run: {done.stderr.strip().splitlines()[-1:]}")
    return [
        None if found is None else [Quotation(list(map(tuple, a)), tuple(b)) for a, b in found]
        for found in json.loads(done.stdout)
    ]


def version() -> str:
    """The version that is installed in FOLDER; "" where there is none."""
    return next((path.name.split("-")[1] for path in FOLDER.glob("textacy-*.dist-info")), "").removesuffix(
        ".dist"
    )


def _main() -> None:
    from textacy.extract.triples import direct_quotations

    from analysis.evidence.parsing import english

    answer: list[list | None] = []
    for doc in english().pipe(json.load(sys.stdin)):
        try:
            answer.append(
                [
                    (
                        [(token.idx, token.idx + len(token)) for token in one.speaker],
                        (one.content.start_char, one.content.end_char),
                    )
                    for one in direct_quotations(doc)
                ]
            )
        except ValueError:
            answer.append(None)
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    _main()
