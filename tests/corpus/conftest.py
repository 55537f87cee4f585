"""Invented tops and bottoms of pages (page_ends.txt), as cases of the tests that ask for `page_end`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

STORY = (
    "The harbour council voted on Tuesday to close the northern pier for two years, ending a long dispute.",
    "“We had no other choice,” Mayor Ines Vale told reporters after the vote, which passed by nine to four.",
    "Fishermen said the closure would cost them a third of their income. Some had slept in their boats.",
    "The pier was built in 1931 and has been repaired four times since then, city records show.",
    "An inspection in March found that the timber had rotted, and engineers warned that it could fail.",
    "Work is expected to begin in the autumn, the council said in a statement on its website.",
)


@dataclass(frozen=True)
class PageEnd:
    """A page: its text, what its file says of it, and the right answers, which were decided before the first run."""

    title: str
    raw: str
    fields: dict[str, str]
    answers: dict[str, str]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for `page_end` on every page."""
    if "page_end" in metafunc.fixturenames:
        pages = page_ends()
        metafunc.parametrize("page_end", pages, ids=[page.title for page in pages])


def page_ends() -> list[PageEnd]:
    """The pages of page_ends.txt."""
    text = (Path(__file__).parent / "page_ends.txt").read_text(encoding="utf-8")
    return [_page(block) for block in text.split("\n=== ")[1:]]


def _page(block: str) -> PageEnd:
    title, *lines = block.strip("\n").split("\n")
    said = {
        mark: [line[2:].partition(" ") for line in lines if line.startswith(mark)] for mark in ("= ", "@ ")
    }
    raw = "\n".join(line for line in lines if not line.startswith(("= ", "@ ")))
    raw = raw.replace("[story]", "\n".join(STORY)).replace("[rest]", "\n".join(STORY[1:]))
    answers, fields = ({name: value for name, _, value in said[mark]} for mark in ("= ", "@ "))
    return PageEnd(title, raw, fields, answers)
