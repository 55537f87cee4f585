"""Signatures: how the outlets of `outlets` name themselves in a line, a domain or a table.

A line is compared with a pattern only where it has the words of the pattern and a word of an outlet's name, which
few lines have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256

from analysis.corpus.outlets import (
    EDGES,
    PLACEHOLDER,
    PLACEHOLDERS,
    PLACES,
    OutletPattern,
    load_outlets,
    plain_name,
)
from analysis.tables import UNKNOWN

LONGEST_LINE = 300  # characters of a line that is looked at
LONGEST_ID = 48
_MARKS = " \t–—-_*=■.,:|/•·\u00a0"
_TOKEN = re.compile(r"[^\W_]+")
_SIGNED = re.compile(r"(?:by|via|posted by|from|source|this)\b", re.IGNORECASE)
_JOINT = re.compile(r"\s*(?:[,/&+;|]|\band\b|\bwith\b)\s*")
_LEAD = re.compile(r"\A(?:by|from|sources?|with|via)\b:?\s*", re.IGNORECASE)
_AGENCIES = re.compile(r"(?:(?:news|other|wire) )?(?:agencies|agency|wires|services|reports)", re.IGNORECASE)
_STAFF = re.compile(r" ?(?:staff(?: writers?| reporters?)?)", re.IGNORECASE)
_EDITORS = re.compile(r"(?:/[a-z]{2,4}(?:\([a-z]{2,3}\))?){1,3}\Z")  # "Reuters/fh", "AFP/dv(ab)"


LONGEST_NAME = 100  # characters
_QUALIFIER = re.compile(
    r"\s*[(,:/–—]|\s+-|\s+(?:international|online|digital|english|newswires?|news|wire|web|blogs?|edition|weekly|magazine|general|newspapers?)\b"
)


@dataclass(frozen=True)
class _Form:
    """A pattern: `words` that a line must have, and its `owner`, None where a line names it."""

    pattern: str
    words: frozenset[str]
    names: tuple[str, ...]
    owner: OutletPattern | None

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The pattern as it is matched; most are never asked for, and compiling takes longer than all else."""
        return _expression(self.pattern, self.names)


@dataclass(frozen=True)
class Joint:
    """Several outlets in one credit: those that are named, and whether agencies are that are not."""

    outlets: tuple[OutletPattern, ...]
    has_agencies: bool


class Signatures:
    """Finds outlets by name, by domain and by their patterns."""

    def __init__(self, outlets: tuple[OutletPattern, ...]) -> None:
        self.outlets = outlets
        self.by_id = {outlet.id: outlet for outlet in outlets}
        self._names = {plain_name(name): outlet for outlet in outlets for name in (*outlet.names, outlet.id)}
        self._domains = {domain: outlet for outlet in outlets for domain in outlet.domains}
        signing = tuple(outlet for outlet in outlets if not outlet.prints_only)
        self._written = {
            form: outlet for outlet in signing for name in outlet.names for form in _written(name)
        }
        self._words = {max(_tokens(form), key=len, default="") for form in self._written}
        self._forms = {place: [_form(*one) for one in _having(signing, place)] for place in PLACES}

    def named(self, text: str) -> OutletPattern | None:
        """The outlet whose id, name, alias or domain `text` is, "The", case and marks around it aside."""
        text = text[:LONGEST_LINE]
        return self._names.get(plain_name(text)) or (None if " " in text.strip() else self.at(text.strip()))

    def written(self, text: str) -> OutletPattern | None:
        """The outlet that `text` names as outlets sign: as its name is written, or in capitals."""
        text = text.strip(EDGES)
        return self._written.get(re.sub(r"\A[Tt](?:he|HE) ", "", text)) or self._written.get(text)

    def at(self, host: str) -> OutletPattern | None:
        """The outlet to which the host, or a domain above it, belongs."""
        labels = host.lower().strip(".").split(".")[-8:]
        tails = (".".join(labels[n:]) for n in range(len(labels)))
        return next((self._domains[tail] for tail in tails if tail in self._domains), None)

    def found(self, text: str, place: str) -> list[tuple[OutletPattern, str, bool]]:
        """The outlets whose patterns for `place` fit `text`: outlet, the words that name it, are they signed ("By")?"""
        hits: dict[str, tuple[OutletPattern, str, bool]] = {}
        text = " ".join(text.split()).rstrip(" –—-") if place == "dateline" else trimmed(text)
        for form, hit in self._fitting(text, place):
            named = None if form.owner else hit.group("outlet")
            outlet = form.owner or self._written[named]
            hits.setdefault(outlet.id, (outlet, named or hit.group()[:60], bool(_SIGNED.match(text))))
        return list(hits.values())

    def is_shared(self, text: str) -> bool:
        """Does `text` say that others than its author had a part?"""
        return next(self._fitting(trimmed(text), "shared"), None) is not None

    def is_foreign(self, text: str) -> bool:
        """Does `text` say that its author is not the site that shows it?"""
        return next(self._fitting(trimmed(text), "foreign"), None) is not None

    def joint(self, text: str) -> Joint | None:
        """The outlets of a credit that names several, or one and "agencies"; None for any other text."""
        text = _LEAD.sub("", without_editors(text).strip(EDGES), count=1)
        if len(text) > LONGEST_LINE // 2 or len(parts := [part for part in _JOINT.split(text) if part]) < 2:
            return None
        outlets, has_agencies = {}, False
        for part in parts:
            if outlet := self.written(part) or self.written(_STAFF.sub("", part)):
                outlets[outlet.id] = outlet
            elif _AGENCIES.fullmatch(part):
                has_agencies = True
            elif not _STAFF.fullmatch(part):
                return None
        return Joint(tuple(outlets.values()), has_agencies)

    def _fitting(self, text: str, place: str) -> Iterator[tuple[_Form, re.Match[str]]]:
        if not text or len(text) > LONGEST_LINE:
            return
        tokens = _tokens(text)
        has_name = not self._words.isdisjoint(tokens)
        for form in self._forms[place]:
            is_possible = form.words <= tokens and (has_name or form.owner)
            if is_possible and (hit := form.expression.fullmatch(text)):
                yield form, hit


@lru_cache(maxsize=8)
def signatures(outlets: tuple[OutletPattern, ...] | None = None) -> Signatures:
    """The signatures of `outlets`, by default of those that ship."""
    return Signatures(load_outlets() if outlets is None else outlets)


def outlet_named(name: str, outlets: tuple[OutletPattern, ...] | None = None) -> tuple[str, str]:
    """Id and display name of the outlet that somebody calls `name`: a listed one, else one of that name alone."""
    known = signatures(outlets).named(name)
    if known:
        return known.id, known.name
    printed = " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())[:LONGEST_NAME]
    return (outlet_id(name), printed) if any(map(str.isalnum, printed)) else (UNKNOWN, "")


def outlet_like(name: str, outlets: tuple[OutletPattern, ...] | None = None) -> OutletPattern | None:
    """The listed outlet that `name` names with something behind it: "Guardian Weekly", "The Guardian (Nigeria)"."""
    plain = plain_name(name)
    known = signatures(outlets)
    ends = [found.start() for found in _QUALIFIER.finditer(plain)]
    return next((one for end in reversed(ends) if (one := known.named(plain[:end]))), None)


def outlet_id(name: str) -> str:
    """An id for an outlet that no list knows; names that lose more than case and spaces get a mark of their own."""
    plain = " ".join(name.casefold().split())
    slug = re.sub(r"[^a-z0-9_]+", "-", plain).strip("-_")[:LONGEST_ID]
    if slug and slug == plain.replace(" ", "-"):
        return slug
    return f"{slug or 'outlet'}-{sha256(name.encode('utf-8', 'replace')).hexdigest()[:4]}"


def trimmed(text: str) -> str:
    """A line without the dashes, marks and brackets around it; a bracket that closes a part of it stays."""
    text = " ".join(text.split()).strip(_MARKS)
    return text[1:-1].strip(_MARKS) if text[:1] + text[-1:] in ("()", "[]") else text


def without_editors(text: str) -> str:
    """A credit without the initials of editors behind it: "Reuters/fh"."""
    return _EDITORS.sub("", text.strip())


def _tokens(text: str) -> frozenset[str]:
    tokens = frozenset(_TOKEN.findall(text.casefold()))
    return tokens


def _written(name: str) -> tuple[str, ...]:
    """How a name may be written in a page: as it stands or in capitals, with "The" left to the pattern."""
    bare = re.sub(r"^The ", "", name)
    return tuple(dict.fromkeys((bare, bare.upper())))


def _having(outlets: tuple[OutletPattern, ...], place: str) -> list[tuple[str, list[OutletPattern]]]:
    having: dict[str, list[OutletPattern]] = {}
    for outlet in outlets:
        for pattern in getattr(outlet, place):
            having.setdefault(pattern, []).append(outlet)
    return list(having.items())


def _form(pattern: str, owners: list[OutletPattern]) -> _Form:
    forms = {form for outlet in owners for name in outlet.names for form in _written(name)}
    names = tuple(sorted(forms, key=lambda form: (-len(form), form)))
    words = frozenset(_TOKEN.findall(PLACEHOLDER.sub(" ", pattern).casefold()))
    return _Form(pattern, words, names, None if "{outlet}" in pattern else owners[0])


def _expression(pattern: str, names: tuple[str, ...]) -> re.Pattern[str]:
    parts, n = [], 0
    for at, part in enumerate(PLACEHOLDER.split(pattern)):
        if at % 2 == 0:
            words = re.escape(part).replace(r"\ ", " ").replace("'", "['’]")
            parts.append(f"(?i:{words})" if words else "")
        elif part == "outlet":
            group = "(?P<outlet>" if n == 0 else "(?:"
            parts.append(rf"(?<!\w)(?:(?i:the) )?{group}{'|'.join(map(re.escape, names))})(?!\w)")
            n += 1
        else:
            parts.append(PLACEHOLDERS[part])
    return re.compile("".join(parts))
