"""Units: the paragraphs of a raw file, or parts of them, each with its places in that file."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

SENTENCE_END = re.compile(r"[.!?…。！？]['\"”’»)\]*]*(?: ?[■□◆◼▪█])?$")
LONG_LINE = 25  # words from which a line without a full stop still counts as a paragraph
Span = tuple[int, int, int]  # line (from 1), start and end in characters of the raw file


@dataclass(frozen=True)
class Unit:
    """A paragraph or a part of one, and what it was found to be.

    `text` has its white space normalised; `stop` marks what stands below a story only.
    """

    spans: tuple[Span, ...]
    text: str
    role: str = ""  # empty until decided
    kept: bool = False
    rule: str = ""
    stop: bool = False

    @cached_property
    def n_words(self) -> int:
        return self.text.count(" ") + 1

    @cached_property
    def ends(self) -> bool:
        """Does it end like a sentence, like one that leads into a list or a quotation, or like speech?"""
        is_speech = self.text[0] in '“"' and self.text[-1] in '”"'
        is_rate = self.text[0] == "(" and self.text[-1] == ")" and " = " in self.text  # ($1 = 10.71 crowns)
        return is_speech or is_rate or self.text[-1] == ":" or bool(SENTENCE_END.search(self.text[-12:]))

    @cached_property
    def is_prose(self) -> bool:
        return self.n_words >= LONG_LINE or (self.n_words > 3 and self.ends and not self.text.isupper())


def paragraphs(raw: str) -> list[Unit]:
    """List the lines of `raw` as units; the lines of a hard-wrapped paragraph are one unit."""
    spans, at = [], 0
    for number, line in enumerate(raw.split("\n"), start=1):
        if stripped := line.strip():
            start = at + line.index(stripped[0])
            spans.append((number, start, start + len(stripped)))
        at += len(line) + 1
    width = _wrap_width(raw, spans)
    groups: list[list[Span]] = []
    for span in spans:
        if width and groups and _runs_on(raw, groups[-1][-1], span, width):
            groups[-1].append(span)
        else:
            groups.append([span])
    return [
        Unit(tuple(group), " ".join(" ".join(raw[start:end].split()) for _, start, end in group))
        for group in groups
    ]


def _runs_on(raw: str, one: Span, two: Span, width: int) -> bool:
    """Does `two` go on with the paragraph of `one`: had its first word no room left on that line?"""
    next_word = raw[two[1] : two[2]].split(maxsplit=1)[0]
    before = raw[two[1] - 2 : two[1]]
    is_indented = before.isspace() and "\n" not in before
    return two[0] == one[0] + 1 and not is_indented and one[2] - one[1] + 1 + len(next_word) > width - 6


def _wrap_width(raw: str, spans: list[Span]) -> int:
    """Return the width in characters at which `raw` is hard-wrapped, or 0."""
    pairs = [(one, two) for one, two in pairwise(spans) if two[0] == one[0] + 1]
    lengths = sorted(one[2] - one[1] for one, _ in pairs)
    if len(pairs) < 4 or not 40 <= (width := lengths[int(0.95 * (len(lengths) - 1))]) <= 110:
        return 0
    full = [(one, two) for one, two in pairs if _runs_on(raw, one, two, width)]
    is_open = [not SENTENCE_END.search(raw[max(one[1], one[2] - 12) : one[2]]) for one, _ in full]
    if len(full) > 0.7 * len(pairs) and sum(is_open) > 0.6 * len(full):
        return width
    # Headers and addresses aside, a mail holds no long line, and half of its lines end within a sentence.
    is_mail = sum(end - start > width + 12 for _, start, end in spans) <= 2 and len(full) >= 4
    n_within = sum(runs and raw[two[1]].islower() for runs, (_, two) in zip(is_open, full, strict=True))
    return width if is_mail and n_within > 0.4 * len(full) else 0


def cut(raw: str, unit: Unit, length: int) -> tuple[Unit, Unit | None]:
    """Part `unit` after the first `length` characters of its text; the second part is None if empty."""
    head, tail = unit.text[:length].rstrip(), unit.text[length:].lstrip()
    if not tail:
        return unit, None
    left = len("".join(head.split()))
    for n, (line, start, end) in enumerate(unit.spans):
        printed = [place for place in range(start, end) if not raw[place].isspace()]
        if left <= len(printed):
            before = (*unit.spans[:n], (line, start, printed[left - 1] + 1))
            after = ((line, printed[left], end),) if left < len(printed) else ()
            break
        left -= len(printed)
    rest = replace(unit, spans=(*after, *unit.spans[n + 1 :]), text=tail)
    return replace(unit, spans=before, text=head), rest
