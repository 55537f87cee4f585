"""Cues of facts: which sentences of a text hold all that a cue asks for.

All entries of a story's facts are looked for in a text once; a cue is then a question about places. Nothing is
inferred: a fact told in words that no cue lists is not found, which is why the share that is found is measured.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import ahocorasick

from analysis.evidence.dictionaries import entry_problem
from analysis.evidence.matching import compiled, matches

Span = tuple[int, int]
NUMBER = re.compile(r"#\d{1,3}(?:,\d{3})*(?:\.\d+)?|#\d+(?:\.\d+)?")
PART_BEFORE, PART_AFTER = re.compile(r"\d[.,]$"), re.compile(r"[.,]\d")
_SCALES = "hundred|thousand|million|billion|trillion"
_NUMBER_WORDS = f"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|{_SCALES}"
WORDS_BEFORE = re.compile(rf"\b(?:{_NUMBER_WORDS})(?:[-\s]+and)?[-\s]+$", re.IGNORECASE)
WORDS_AFTER = re.compile(
    rf"[-\s]+(?:(?:{_SCALES})\b|(?:one|two|three|four|five|six|seven|eight|nine)\b(?=[-\s]+(?:{_SCALES})\b))|-(?:one|two|three|four|five|six|seven|eight|nine)\b",
    re.IGNORECASE,
)
ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NEARLY = 0.5  # what a cue whose parts all stand there, but too far apart or beside a word of `not`, lacks of its parts


@dataclass(frozen=True)
class Place:
    """Where a cue holds, or holds most: sentences (indexes, in order), the spans that match, the share of its parts found."""

    sentences: tuple[int, ...]
    spans: tuple[Span, ...]
    score: float


@dataclass(frozen=True)
class Searched:
    """A text with the places of all entries, its sentences, and the word at which each character stands."""

    places: Mapping[str, list[Span]]
    sentences: Sequence[Span]
    paragraphs: Sequence[int]
    word_starts: Sequence[int]


def entry_fault(entry: str, actors: Iterable[str]) -> str:
    """What is wrong with an entry of a cue, or ''; `actors` are the ids there are."""
    if entry.startswith("@"):
        ids = sorted(actors)
        return "" if entry[1:] in ids else f"no actor {entry!r}; there are: {', '.join(ids) or 'none'}"
    if entry.startswith("#"):
        return "" if NUMBER.fullmatch(entry) else f"{entry!r} is no number; allowed: # and digits, as #40"
    return entry_problem(entry, set())


def entries_of(facts: Iterable[Mapping]) -> list[str]:
    """Every entry of the cues of `facts` (as facts.yml has them), once, in order."""
    cues = [cue for fact in facts for cue in (*fact["cues"], *(c for v in fact["values"] for c in v["cues"]))]
    parts = [part for cue in cues for part in (*_parts(cue), cue["not"])]
    return list(dict.fromkeys(entry for part in parts for entry in part))


def asks_for_mentions(fact: Mapping) -> bool:
    """Whether a fact, as facts.yml has it, is found by the mention of an actor, which the parser finds."""
    return any(entry.startswith("@") for entry in entries_of([fact]))


def automaton(entries: Iterable[str]) -> ahocorasick.Automaton:
    """`entries` compiled, mentions aside, each for itself: what two of them match may overlap."""
    plain = [entry for entry in entries if not entry.startswith("@")]
    return compiled({entry: (_spelt(entry), ()) for entry in plain})


def searched(
    text: str,
    compiled_entries: ahocorasick.Automaton,
    mentions: Mapping[str, Sequence[Span]],
    sentences: Sequence[Span],
    paragraphs: Sequence[int],
    word_starts: Sequence[int],
) -> Searched:
    """All entries looked for in `text`; `mentions` gives for each actor where it is mentioned."""
    places: dict[str, list[Span]] = {f"@{actor}": sorted(spans) for actor, spans in mentions.items()}
    for start, end, entry, _ in matches(text, compiled_entries):
        if not (entry.startswith("#") and _is_part_of_number(text, start, end)):
            places.setdefault(entry, []).append((start, end))
    return Searched(places, sentences, paragraphs, word_starts)


def found(cue: Mapping, text: Searched, within: Sequence[tuple[int, ...]] | None = None) -> Iterator[Place]:
    """The places of `text` that hold any part of `cue`, in order; those with a score of 1 hold it.

    `within` are the passages to look in, tuples of sentences; by default all of the kind the cue names.
    """
    parts = _parts(cue)
    for passage in passages(text, cue["in"]) if within is None else within:
        start, end = text.sentences[passage[0]][0], text.sentences[passage[-1]][1]
        at = [
            sorted(span for entry in part for span in _between(text.places.get(entry, ()), start, end))
            for part in parts
        ]
        n_there = sum(map(bool, at))
        if not n_there:
            continue
        spans = _nearest(at, text.word_starts) if n_there == len(parts) else None
        is_near = spans is not None and (not cue["near"] or _n_words(spans, text.word_starts) <= cue["near"])
        is_barred = any(_between(text.places.get(entry, ()), start, end) for entry in cue["not"])
        score = n_there / len(parts)
        if score == 1 and (is_barred or not is_near):
            score = (len(parts) - NEARLY) / len(parts)
        yield Place(passage, tuple(spans) if spans else tuple(spans_[0] for spans_ in at if spans_), score)


def passages(text: Searched, kind: str) -> list[tuple[int, ...]]:
    """Passages as tuples of sentences: each one, each with its next in the same part, each paragraph."""
    numbers = range(len(text.sentences))
    if kind == "sentence":
        return [(n,) for n in numbers]
    if kind == "two sentences":
        return [(n, n + 1) for n in numbers[:-1] if text.paragraphs[n + 1] - text.paragraphs[n] <= 1]
    by_paragraph: dict[int, list[int]] = {}
    for n in numbers:
        by_paragraph.setdefault(text.paragraphs[n], []).append(n)
    return [tuple(own) for own in by_paragraph.values()]


def _parts(cue: Mapping) -> list[tuple[str, ...]]:
    """The parts of a cue: each a tuple of alternatives, one of which has to stand there."""
    parts = [(one,) if isinstance(one, str) else tuple(one) for one in cue["all"]]
    return [*parts, tuple(cue["any"])] if cue["any"] else parts


def _is_part_of_number(text: str, start: int, end: int) -> bool:
    """Whether a number stands inside a longer one: the 340 of 1,340, the 14 of 14.5, the one of twenty-one, the 5 of 5 million."""
    return bool(
        PART_BEFORE.search(text, max(0, start - 2), start)
        or PART_AFTER.match(text, end)
        or WORDS_BEFORE.search(text, max(0, start - 14), start)
        or WORDS_AFTER.match(text, end)
    )


def _between(spans: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    return spans[bisect_left(spans, (start, 0)) : bisect_left(spans, (end, 0))]


def _n_words(spans: Sequence[Span], word_starts: Sequence[int]) -> int:
    """How many words the spans reach over, from the first to the last."""
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    return bisect_left(word_starts, last) - bisect_left(word_starts, first)


def _nearest(at: Sequence[Sequence[Span]], word_starts: Sequence[int]) -> list[Span]:
    """One span of each part such that all together reach over the fewest words (sweep over the merged starts)."""
    order = sorted((span, part) for part, spans in enumerate(at) for span in spans)
    last: dict[int, Span] = {}
    best: list[Span] = []
    for span, part in order:
        last[part] = span
        if len(last) == len(at):
            chosen = [last[n] for n in range(len(at))]
            if not best or _n_words(chosen, word_starts) < _n_words(best, word_starts):
                best = chosen
    return best


def _spelt(entry: str) -> tuple[str, ...]:
    """What an entry stands for: a number in digits, and up to ninety-nine in words; else the entry itself."""
    if not entry.startswith("#"):
        return (entry,)
    digits = entry[1:]
    plain = digits.replace(",", "")
    spellings = [digits, plain]
    if plain.isdigit():
        number = int(plain)
        spellings.append(f"{number:,}")
        if number < 100:
            ones, tens = ONES.split(), TENS.split()
            spellings.append(
                ones[number]
                if number < 20
                else tens[number // 10 - 2] + (f" {ones[number % 10]}" if number % 10 else "")
            )
    return tuple(dict.fromkeys(spellings))
