"""`facts.yml`: what is known of an event, in our own words, each fact with the cues that find it in a text.

A cue lists what has to stand in one sentence (or two, or a paragraph). Its entries are those of dictionaries: words,
phrases, `*` at the end, `=` for capitals as printed; besides `@id`, a mention of an actor of story.yml, pronouns
included, and `#40`, a number in digits or in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import pandas as pd
from pydantic import AfterValidator, Field

from analysis.evidence.cues_of_facts import entry_fault
from analysis.evidence.dictionaries import is_date
from analysis.nearest import misspelt
from analysis.schema import Day, Id, Label, Part, line_of, twice, validated
from analysis.tables import SEVERAL

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)")
CODED = ("fact_id", "doc_id", "line", "value")


class BadFacts(ValueError):
    """`facts.yml` is not what its schema allows; the message names file, line and what is allowed."""


def _moment(text: str) -> str:
    if text:
        try:
            is_moment = bool(MOMENT.fullmatch(text)) and datetime.fromisoformat(text).tzinfo is not None
        except ValueError:
            is_moment = False
        if not is_moment and not is_date(text):
            raise ValueError(
                f"{text!r} is no time; allowed: a day as 2026-01-31, or 2026-01-31T14:05+09:00 with its zone"
            )
    return text


Moment = Annotated[str, AfterValidator(_moment)]
Alternatives = Label | Annotated[tuple[Label, ...], Field(min_length=1)]


class Cue(Part):
    """What has to stand in a passage: `all` (each a word or a list of alternatives), one of `any`, none of `not`.

    `near` is how many words those of `all` and `any` may span, 0 for the whole passage; `in` is the passage.
    """

    all_: tuple[Alternatives, ...] = Field(default=(), alias="all")
    any_: tuple[Label, ...] = Field(default=(), alias="any")
    not_: tuple[Label, ...] = Field(default=(), alias="not")
    near: int = Field(default=0, ge=0)
    in_: Literal["sentence", "two sentences", "paragraph"] = Field(default="sentence", alias="in")


class Value(Part):
    """A value the fact may take, and the cues that show it in the sentences, or the paragraph, of the fact."""

    value: Label
    cues: tuple[Cue, ...] = Field(min_length=1)


class Fact(Part):
    """A fact: what it says, from when on it could be known ("" unknown), and how it is found.

    With `episode`, it is looked for in copies of that episode alone.
    """

    id: Id
    fact: Label
    episode: Id | Literal[""] = ""
    available_from: Moment = ""
    cues: tuple[Cue, ...] = Field(min_length=1)
    values: tuple[Value, ...] = ()


class FactsYml(Part):
    """A read `facts.yml`."""

    written: Literal["before_reading", "after_reading", "from_earlier_corpus"]
    date: Day
    facts: tuple[Fact, ...] = Field(min_length=1)


def read_facts(path: Path, actors: Iterable[str] = (), episodes: Iterable[str] = ()) -> FactsYml | None:
    """Read and check a `facts.yml`; None where there is none. Raises `BadFacts`.

    `actors` and `episodes` are the ids that story.yml lists.
    """
    if not path.is_file():
        return None
    read, lines = validated(path, FactsYml, BadFacts, "written, date, facts")
    shown = f"{path.parent.name}/{path.name}"
    if slips := [
        f"{shown}, line {line_of(lines, place)}: {what}"
        for place, what in _slips(read, set(actors), list(episodes))
    ]:
        raise BadFacts("\n".join(slips))
    return read


def read_coded(path: Path, facts: Iterable[Fact], doc_ids: Iterable[str]) -> pd.DataFrame | None:
    """`coded_facts.csv`: what a person found by reading; None where there is none. Raises `BadFacts`.

    Columns fact_id, doc_id, line (of the raw file), value. A pair of fact and document without a row was read and not found.
    """
    if not path.is_file():
        return None
    place = f"{path.parent.name}/{path.name}"
    try:
        rows = pd.read_csv(path, dtype=str, keep_default_na=False).fillna("")
    except (ValueError, UnicodeDecodeError) as problem:  # pandas' parser errors are ValueErrors
        raise BadFacts(f"{place}: not readable as CSV in UTF-8: {problem}") from None
    if missing := [name for name in CODED if name not in rows]:
        hints = misspelt(rows.columns, missing)
        raise BadFacts(f"{place}, line 1: no column {', '.join(missing)}; needed: {', '.join(CODED)}{hints}")
    facts = list(facts)
    known = {"fact_id": {fact.id for fact in facts}, "doc_id": set(doc_ids)}
    values = {fact.id: [one.value for one in fact.values] for fact in facts}
    seen: set[tuple[str, str]] = set()
    for number, row in enumerate(rows.to_dict("records"), start=2):
        for column, allowed in known.items():
            if row[column] not in allowed:
                there = ", ".join(sorted(allowed))
                raise BadFacts(f"{place}, line {number}: no {column} {row[column]!r}; there are: {there}")
        if row["line"] and not row["line"].isdigit():
            raise BadFacts(f"{place}, line {number}: line {row['line']!r}; allowed: a number, or empty")
        for value in filter(None, row["value"].split(SEVERAL)):
            if value not in values[row["fact_id"]]:
                there = ", ".join(values[row["fact_id"]]) or "none"
                raise BadFacts(
                    f"{place}, line {number}: {row['fact_id']} has no value {value!r}; there are: {there}"
                )
        if (pair := (row["fact_id"], row["doc_id"])) in seen:
            raise BadFacts(f"{place}, line {number}: {' in '.join(pair)} stands twice")
        seen.add(pair)
    return rows[list(CODED)]


def _slips(read: FactsYml, actors: set[str], episodes: list[str]) -> Iterator[tuple[tuple, str]]:
    """What no single value shows: place and message."""
    yield from twice("facts", read.facts)
    for n, fact in enumerate(read.facts):
        where = ("facts", n)
        if fact.episode and fact.episode not in episodes:
            yield (
                (*where, "episode"),
                f"{fact.id}: no episode {fact.episode!r}; there are: {', '.join(episodes) or 'none'}",
            )
        for i, cue in enumerate(fact.cues):
            yield from _bad_cue(cue, (*where, "cues", i), fact.id, actors)
        seen: set[str] = set()
        for v, value in enumerate(fact.values):
            if value.value in seen:
                yield (*where, "values", v, "value"), f"{fact.id}: the value {value.value!r} stands twice"
            seen.add(value.value)
            for i, cue in enumerate(value.cues):
                yield from _bad_cue(cue, (*where, "values", v, "cues", i), fact.id, actors)


def _bad_cue(cue: Cue, where: tuple, fact: str, actors: set[str]) -> Iterator[tuple[tuple, str]]:
    if not (cue.all_ or cue.any_):
        yield where, f"{fact}: a cue needs 'all' or 'any'"
    for key, entries in (("all", cue.all_), ("any", cue.any_), ("not", cue.not_)):
        for i, one in enumerate(entries):
            for entry in (one,) if isinstance(one, str) else one:
                if problem := entry_fault(entry, actors):
                    yield (*where, key, i), f"{fact}: {problem}"
