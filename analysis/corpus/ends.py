"""Ends: the top and the bottom of a page, where credits and dates stand.

Cut by what a line is, not by what was kept: a line of a date that cleaning left in the body is still above the story.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

FEWEST_WORDS = 9  # of a paragraph
HEAD, FOOT, OPENING, CLOSING = 16, 60, 8, 3  # lines looked at above and below the story, and of its ends
ABOVE_HEADLINE = 6
LONGEST, LONGEST_OPENING = 400, 800  # characters of a line
_SENTENCE_END = re.compile(r"[.!?…:;,][”\"’')\]]{0,3}\Z")


@dataclass(frozen=True)
class Line:
    """A line of the raw file, or a part of one, as cleaning labelled it."""

    n: int
    role: str
    rule: str
    text: str


@dataclass(frozen=True)
class Ends:
    """`head`: the lines above the story, its dateline included; `headline`: which of them is the headline, -1 without
    one; `opening`: how its first paragraphs begin; `closing`: its last ones; `foot`: the lines below it."""

    head: list[Line]
    headline: int
    opening: list[Line]
    closing: list[Line]
    foot: list[Line]


def ends(rows: Sequence[tuple], raw: str) -> Ends:
    """The ends of the page `raw`, whose lines are labelled, each a row as `cleaning.Cleaned` has it."""
    first = next((n for n, row in enumerate(rows) if _is_story(row, raw)), None)
    if first is None:
        head = [_line(row, raw) for row in rows[:HEAD]]
        return Ends(head, _headline(head), [], [], [])
    last = next(n for n in range(len(rows) - 1, -1, -1) if _is_story(rows[n], raw))
    head = [_line(row, raw) for row in rows[max(0, first - HEAD) : first]]
    at = _headline(head)
    if at > ABOVE_HEADLINE:
        head, at = head[at - ABOVE_HEADLINE :], ABOVE_HEADLINE
    return Ends(
        head,
        at,
        [_line(row, raw, longest=LONGEST_OPENING) for row in rows[first : min(first + OPENING, last + 1)]],
        [_line(row, raw, tail=True) for row in rows[max(first, last + 1 - CLOSING) : last + 1]],
        [_line(row, raw, tail=True) for row in rows[last + 1 : last + 1 + FOOT]],
    )


def _is_story(row: tuple, raw: str) -> bool:
    _, start, end, role, _, rule = row
    if role != "body" or (rule == "unsure" and not _SENTENCE_END.search(raw[max(start, end - 5) : end])):
        return False
    return end - start > 300 or len(raw[start:end].split()) >= FEWEST_WORDS


def _headline(head: list[Line]) -> int:
    return next((n for n, line in enumerate(head) if line.role == "headline"), -1)


def _line(row: tuple, raw: str, *, tail: bool = False, longest: int = LONGEST) -> Line:
    n, start, end, role, _, rule = row
    piece = raw[max(start, end - longest) : end] if tail else raw[start : min(end, start + longest)]
    return Line(n, role, rule, " ".join(piece.split()))
