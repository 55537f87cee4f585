"""Columns: which column of a table holds the text of an article, its headline, date, outlet ….

What the user says goes first, then the names of a known export (`exports`), then plain ones.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.corpus.formats.exports import EXPORTS, PLAIN, Export
from analysis.corpus.formats.item import FIELDS, NotRead
from analysis.nearest import did_you_mean

TEXT = "text"
TARGETS = (TEXT, *FIELDS)
SHOWN, LONGEST = 30, 40  # columns named in a message, and characters of each
_REST = re.compile(r"[\W_]+")


def plain(name: str) -> str:
    """A name by its letters and digits, in small letters."""
    return _REST.sub("", name).casefold()


KNOWN = frozenset(
    plain(name)
    for one in (*EXPORTS, PLAIN)
    for names in (*one.columns.values(), *one.signs, one.lead)
    for choice in names
    for name in choice.split("+")
)


@dataclass(frozen=True)
class Layout:
    """The columns of a table by target: alternatives, the best first, each one column or several that are joined."""

    export: str  # "" for a table of no known export
    columns: Mapping[str, tuple[tuple[str, ...], ...]]  # names as `plain` gives them
    names: Mapping[str, str]  # the same names -> as the table has them

    @property
    def used(self) -> set[str]:
        """The plain names of all columns that are looked at."""
        return {name for choices in self.columns.values() for joined in choices for name in joined}

    def shown(self, target: str) -> str:
        """The names of the first choice for a target, as the table has them."""
        return " and ".join(self.names[name] for name in self.columns[target][0])


def layout(names: Iterable[str], columns: Mapping[str, str] = {}) -> Layout:
    """Where a table with the columns `names` holds what; `columns` is what the user says: target -> column.

    Raises `NotRead`, naming the columns there are, for a table without text and for a word of the user that fits nothing.
    """
    names = list(names)
    there: dict[str, str] = {}
    for name in names:
        there.setdefault(plain(name), name)
    found = {target: ((_told(target, source, there),),) for target, source in columns.items()}
    export = _export(there)
    for target in TARGETS:
        if target not in found and (choices := _choices(target, export, there)):
            found[target] = choices
    if TEXT not in found:
        raise NotRead(_without_text(export, there))
    twice = [name for name, n in Counter(names).items() if n > 1 and plain(name) in found[TEXT][0]]
    if twice:
        raise NotRead(
            f"has two columns named {twice[0]!r}; allowed: one that holds the text, or --map text=COLUMN"
        )
    return Layout(export.name if export else "", found, there)


def n_known(names: Iterable[str], columns: Mapping[str, str] = {}) -> int:
    """How many of `names` are known as columns of tables of articles, or named by the user."""
    there = {plain(name) for name in names}
    told = set(map(plain, columns.values()))
    return len(there & (KNOWN | told))


def shown(names: Iterable[str]) -> str:
    """Names of columns for a message; text that stands where they should is cut."""
    names = [name if len(name) <= LONGEST else name[:LONGEST] + "…" for name in names]
    return ", ".join(map(repr, names[:SHOWN])) + (
        f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    )


def _told(target: str, source: str, there: Mapping[str, str]) -> str:
    if target not in TARGETS:
        raise NotRead(
            f"--map {target}={source}: there is no field {target!r}; allowed: {', '.join(TARGETS)}{did_you_mean(target, TARGETS)}"
        )
    if plain(source) not in there:
        raise NotRead(
            f"--map {target}={source}: there is no such column; the columns are {shown(there.values())}"
            f"{did_you_mean(source, [name for name in there.values() if len(name) <= LONGEST])}"
        )
    return plain(source)


def _choices(target: str, export: Export | None, there: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """The columns for a target that are there, those of the export first."""
    named = [*export.columns.get(target, ())] if export else []
    choices = (tuple(map(plain, choice.split("+"))) for choice in (*named, *PLAIN.columns.get(target, ())))
    return tuple(choice for choice in dict.fromkeys(choices) if there.keys() >= set(choice))


def _export(there: Mapping[str, str]) -> Export | None:
    return next((one for one in EXPORTS if any(signs <= there.keys() for signs in one.signs)), None)


def _without_text(export: Export | None, there: Mapping[str, str]) -> str:
    lead = [there[name] for one in (export, PLAIN) if one for name in one.lead if name in there]
    what = (
        f"{lead[0]!r} is no full text"
        if lead
        else "titles, addresses and dates at most"
        if export
        else "no column is named so"
    )
    return (
        f"{f'as an export of {export.name} ' if export else ''}it holds no text ({what}); allowed: an export with full text, "
        f"or --map text=COLUMN; the columns are {shown(there.values())}"
    )
