"""Cleaning: a story without its furniture, and the role of every line of the file it came in.

Three looks at a file, each narrower than the last: lines worded like furniture (`line_rules`,
`page_rules`); the stretch of the file with the most prose, which is the story, what stands around
it being the page; and lines inside the story that are no sentences (`story_lines`). When unsure a
line is kept, with the rule `unsure`. Nothing is rewritten but white space.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from analysis.corpus.boxes import boxed, without_author_notes
from analysis.corpus.datelines import PLACE_LINE, dateline_end
from analysis.corpus.line_rules import LEADERS, TRAILERS, Rule
from analysis.corpus.page_rules import furniture
from analysis.corpus.story_lines import BULLET, above, below, headings, inside, story, titled
from analysis.corpus.units import Unit, cut, paragraphs

COLUMNS = {"line": "int64", "start": "int64", "end": "int64", "role": "str", "kept": "bool", "rule": "str"}
FIELDS = ("headline", "deck", "byline", "dateline")
LONGEST_DATELINE = 240  # characters looked at
FIRST_LINES = 4  # of the body, of which one may begin with the dateline: junk can stand above it
Row = tuple[int, int, int, str, bool, str]
Told = tuple[
    int, int, str, bool, str
]  # a line as somebody labelled it: start and end in the raw file, role, kept, rule


@dataclass(frozen=True)
class Cleaned:
    """A cleaned article.

    `text` is the headline, a blank line and the body, its paragraphs parted by blank lines; `paragraphs` are
    (start, end, part) in it, part being headline or body; `rows` label the raw file, as `lines` shows them.
    Headline, deck, byline and dateline are empty strings where the file has none.
    """

    text: str
    headline: str
    deck: str
    byline: str
    dateline: str
    paragraphs: list[tuple[int, int, str]]
    rows: list[Row]

    @cached_property
    def lines(self) -> pd.DataFrame:
        """The rows as a table, see `label_lines`. It takes longer to build than the text takes to clean."""
        return _frame(self.rows)


def clean(raw: str, told: Iterable[Told] = (), *, is_clean: bool = False) -> Cleaned:
    """Part the story in `raw` from the furniture around it; cleaning its `text` again changes nothing.

    `told` are labels that stand above every rule: of a person's corrections, or of what a file says of itself.
    Where a reader has cut the page away already (`is_clean`), all lines are the story but those that are worded
    otherwise, a headline on top and the headings between paragraphs.
    """
    units = _told(raw, _settled(raw, is_clean), told)
    text, places = _rendered(units)
    found = {field: [unit.text for unit in units if unit.role == field] for field in FIELDS}
    return Cleaned(
        text=text,
        headline=" ".join(found["headline"]),
        deck="\n".join(BULLET.sub("", line, count=1) for line in found["deck"]),
        byline="; ".join(line.lstrip(" -–—") for line in found["byline"]),
        dateline=" ".join(found["dateline"]).rstrip(" -–—―"),
        paragraphs=places,
        rows=_rows(units),
    )


def label_lines(raw: str, *, is_clean: bool = False) -> pd.DataFrame:
    """Label every non-blank line of `raw`, or part of one: line (from 1), start, end, role, kept, rule.

    Offsets are characters of `raw`; every non-blank character stands in exactly one row. `rule` names what
    decided; it is empty for plain body and `unsure` for a line that was kept for want of a clear sign.
    """
    return _frame(_rows(_settled(raw, is_clean)))


def _rows(units: list[Unit]) -> list[Row]:
    return [(*span, unit.role, unit.kept, unit.rule) for unit in units for span in unit.spans]


def _frame(rows: list[Row]) -> pd.DataFrame:
    columns = zip(*rows, strict=True) if rows else ((),) * len(COLUMNS)
    return pd.DataFrame(
        {
            name: pd.Series(values, dtype=dtype)
            for (name, dtype), values in zip(COLUMNS.items(), columns, strict=True)
        }
    )


def _rendered(units: Iterable[Unit]) -> tuple[str, list[tuple[int, int, str]]]:
    places, at, kept = [], 0, [unit for unit in units if unit.kept]
    for unit in kept:
        places.append((at, at + len(unit.text), "headline" if unit.role == "headline" else "body"))
        at += len(unit.text) + 2
    return "\n\n".join(unit.text for unit in kept), places


def _settled(raw: str, is_clean: bool) -> list[Unit]:
    """Label `raw`, then the cleaned text, until a look finds nothing more to drop.

    What is left when furniture is gone can look different; a second look at the text itself is what makes
    cleaning twice the same as cleaning once. Only white space differs, so printed characters carry over.
    """
    known: dict[str, Rule | None] = {}  # the second look meets the lines of the first
    units = _labelled(raw, known, is_clean)
    text, _ = _rendered(units)
    if text == raw:
        return units
    while (again := _labelled(text, known, is_clean)) and (shorter := _rendered(again)[0]) != text:
        queue, settled = iter(again), []
        for unit in units:
            while unit.kept:
                new = next(queue)
                unit, rest = cut(raw, unit, len(new.text))
                settled.append(unit if new.kept else replace(unit, role=new.role, kept=False, rule=new.rule))
                if rest is None:
                    break
                unit = rest
            else:
                settled.append(unit)
        units, text = settled, shorter
    return units


def _told(raw: str, units: list[Unit], told: Iterable[Told]) -> list[Unit]:
    """Label the lines that `told` names, parting them from the rest of their paragraph."""
    for start, end, role, kept, rule in told:
        at = next(
            (n for n, unit in enumerate(units) if any(span[1:] == (start, end) for span in unit.spans)), None
        )
        if at is None:
            continue
        whole = units[at]
        place = next(n for n, span in enumerate(whole.spans) if span[1:] == (start, end))
        parts = [whole.spans[:place], whole.spans[place : place + 1], whole.spans[place + 1 :]]
        texts = [" ".join(" ".join(raw[a:b].split()) for _, a, b in spans) for spans in parts]
        split = [replace(whole, spans=spans, text=text) for spans, text in zip(parts, texts, strict=True)]
        split[1] = replace(split[1], role=role, kept=kept, rule=rule)
        units = [*units[:at], *(unit for unit in split if unit.spans), *units[at + 1 :]]
    return units


def _labelled(raw: str, known: dict[str, Rule | None], is_clean: bool) -> list[Unit]:
    units = [part for unit in paragraphs(raw) for part in _parts(raw, unit)]
    units = boxed([unit if unit.role else _by_wording(unit, known) for unit in units])
    first, last = story(units)
    if is_clean:
        units = without_author_notes(headings(titled(units)), len(units))
    elif first < last:
        units = inside(below(above(units, first), first, last), first, last)
        units = without_author_notes(units, last)
    return _without_dateline(raw, [unit if unit.role else _as_body(unit) for unit in units])


def _as_body(unit: Unit) -> Unit:
    return Unit(unit.spans, unit.text, "body", True, "" if unit.is_prose else "unsure")


def _parts(raw: str, unit: Unit) -> list[Unit]:
    """Split off what stands before or after the sentences of a line: a date prefix, a credit in brackets."""
    parts, tail = [], []
    for rule in LEADERS:
        while (found := rule.pattern.match(unit.text)) and unit.text[found.end() :].strip():
            lead, unit = cut(raw, unit, found.end())
            parts.append(replace(lead, role=rule.role, rule=rule.name))
    for rule in TRAILERS if unit.text[-1] != "." or unit.text[-2:] == ")." else ():
        if (found := rule.pattern.search(unit.text[-460:])) and len(found.group()) + 30 < len(unit.text):
            unit, trail = cut(raw, unit, len(unit.text) - len(found.group()))
            tail.insert(0, replace(trail, role=rule.role, rule=rule.name))
    return [*parts, unit, *tail]


def _by_wording(unit: Unit, known: dict[str, Rule | None]) -> Unit:
    if unit.text not in known:
        known[unit.text] = furniture(unit.text, unit.n_words)
    rule = known[unit.text]
    return replace(unit, role=rule.role, rule=rule.name, stop=rule.stop) if rule else unit


def _without_dateline(raw: str, units: list[Unit]) -> list[Unit]:
    """Split the dateline off the first paragraph of the body that has one."""
    places = [n for n, unit in enumerate(units) if unit.role == "body"][:FIRST_LINES]
    for place in places:
        text, end = units[place].text, 0
        if place == places[0] and PLACE_LINE.fullmatch(text):
            units[place] = replace(units[place], role="dateline", kept=False, rule="dateline")
            return units
        while length := dateline_end(text[end : end + LONGEST_DATELINE], is_first=place == places[0]):
            end += length
        dateline, rest = cut(raw, units[place], end) if end else (units[place], None)
        if rest is not None:
            dateline = replace(dateline, role="dateline", kept=False, rule="dateline")
            return [*units[:place], dateline, rest, *units[place + 1 :]]
    return units
