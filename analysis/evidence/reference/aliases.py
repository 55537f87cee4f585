"""Aliases: where actors are mentioned by a name, or a role, that story.yml lists."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from analysis.evidence.parsing import STRAIGHT, Parse

NAME, TITLE, PRONOUN, GROUP = "name", "title", "pronoun", "group"
PERSONS = ("he", "she")
TITLES = frozenset(
    "president premier minister chancellor leader chairman chairwoman chair king queen prince princess emperor pope mayor governor secretary director"
    " chief commander captain general admiral marshal colonel major sergeant senator congressman congresswoman representative ambassador envoy"
    " spokesman spokeswoman spokesperson professor doctor judge justice commissioner ruler dictator sister brother wife husband son daughter".split()
)
HONORIFICS = frozenset(
    "mr mrs ms miss dr sir dame lord lady gen col capt cmdr cdr lt sgt sen rep gov prof comrade vice prime deputy foreign defence defense".split()
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of `actor` at characters `start` to `end`; `head` is its token, `rule` name, title, pronoun or group."""

    start: int
    end: int
    head: int
    actor: str
    rule: str


@lru_cache(maxsize=8)
def _pattern(names: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern of all names, the longest first, and who each is; a name with a capital is looked for with it, or in capitals."""
    owner: dict[str, str] = {}
    for name, actor in names:
        plain = name.translate(STRAIGHT)
        for form in (plain, plain[:1].upper() + plain[1:], plain.upper() if len(plain) > 3 else plain):
            owner.setdefault(form, actor)
    forms = sorted(owner, key=len, reverse=True)
    joined = "|".join(re.escape(form).replace(r"\ ", r"\s+").replace(r"\-", "[-‐‑–]") for form in forms)
    return re.compile(rf"(?<![\w'-])(?:{joined})(?![\w])(?!-\w)"), owner


def by_alias(parse: Parse, actors: Sequence[Mapping]) -> Iterator[Reference]:
    """The mentions of actors by their name or an alias, in order, where it is not part of a longer name."""
    names = tuple((name, actor["id"]) for actor in actors for name in (actor["name"], *actor["aliases"]))
    pattern, owner = _pattern(names)
    starts = [start for start, _ in parse.spans]
    persons = {actor["id"] for actor in actors if actor.get("pronoun", "") in PERSONS}
    for match in pattern.finditer(parse.text.translate(STRAIGHT)):
        form = re.sub(r"\s+", " ", match.group())
        actor = owner.get(form) or owner.get(re.sub("[‐‑–]", "-", form))
        if actor is None:
            continue
        first = bisect_right(starts, match.start()) - 1
        last = bisect_right(starts, match.end() - 1) - 1
        head = head_within(parse, first, last)
        if not _is_part_of_a_name(parse, first, last, head, is_person=actor in persons):
            is_role = form.split()[-1].islower() and (form[:4].lower() == "the " or actor in persons)
            rule = TITLE if is_role else NAME
            yield Reference(match.start(), match.end(), head, actor, rule)


def head_within(parse: Parse, first: int, last: int) -> int:
    """The token that governs the rest of the tokens `first` to `last`."""
    return next(
        (
            at
            for at in range(last, first - 1, -1)
            if not first <= parse.heads[at] <= last or parse.heads[at] == at
        ),
        last,
    )


def _is_part_of_a_name(parse: Parse, first: int, last: int, head: int, *, is_person: bool) -> bool:
    """Whether the words before or behind make it somebody's or something else's name: Kim Il Sung Square, West Virginia."""
    behind = last + 1
    if (
        behind < len(parse.words)
        and parse.tags[behind] in ("NNP", "NNPS")
        and parse.heads[head] > last
        and parse.deps[head] in ("compound", "nmod", "amod")
    ):
        return all(parse.tags[at] in ("NNP", "NNPS", "HYPH") for at in range(behind, parse.heads[head] + 1))
    if (
        behind + 1 < len(parse.words)
        and is_person
        and parse.words[behind] == "-"
        and parse.words[behind + 1][:1].isalpha()
    ):
        return True
    before = first - 1
    if (
        not is_person
        or first != last
        or before < 0
        or parse.tags[before] not in ("NNP", "NNPS")
        or parse.heads[before] != head
    ):
        return False
    word = parse.words[before].strip(".").lower()
    return (
        word not in TITLES
        and word not in HONORIFICS
        and parse.deps[before] == "compound"
        and not parse.words[before].isupper()
    )


def tokens_at(parse: Parse, start: int, end: int) -> range:
    """The tokens that characters `start` to `end` touch."""
    starts = parse.spans
    first = bisect_right(starts, (start, 1 << 60)) - 1
    last = bisect_right(starts, (end - 1, 1 << 60)) - 1
    return range(max(first, 0), last + 1)
