"""Matching: where the entries of a dictionary stand in a text.

All entries are compiled once into an Aho-Corasick automaton, so that a text is
read once however long the list (Aho & Corasick 1975). Case, the kind of
apostrophe, hyphens inside compounds and white space make no difference.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

import ahocorasick

Hit = tuple[int, int, str, str]  # start, end, frame, entry

# A hyphen or short dash inside a compound, or white space that is no single space: both part two words of a phrase.
GAP = re.compile(
    r"[-\s\u2010\u2011\u2013](?:(?<=[^\W_][-\u2010\u2011\u2013])(?=[^\W_])|(?<=\s)\s+|(?<=[^\S ]))"
)
APOSTROPHES = "\u2018\u2019\u02bc"


def compiled(lists: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]) -> ahocorasick.Automaton:
    """Compile `lists`: frame -> (entries, entries that match and are not counted)."""
    uses: dict[str, list[tuple]] = {}
    for frame, (entries, excluded) in lists.items():
        for is_counted, some in ((True, entries), (False, excluded)):
            for entry in some:
                plain = normalised(entry.strip("=*").strip())[0]
                capitals = plain if entry.startswith("=") else ""
                use = (len(plain), frame, entry, entry.endswith("*"), capitals, is_counted)
                uses.setdefault(lowered(plain), []).append(use)
    automaton = ahocorasick.Automaton()
    for string, values in uses.items():
        automaton.add_word(string, values)
    automaton.make_automaton()
    return automaton


def matches(text: str, automaton: ahocorasick.Automaton) -> list[Hit]:
    """List the matches in `text`, in its order; within a frame the longest wins and nothing counts twice."""
    if not len(automaton):
        return []
    normal, positions = normalised(text)
    small = lowered(normal)
    found = []
    for last, uses in automaton.iter(small):
        for length, frame, entry, is_open, capitals, is_counted in uses:
            start, end = last - length + 1, last + 1
            if (start and is_word(small[start - 1])) or (capitals and normal[start:end] != capitals):
                continue
            if is_open:
                while end < len(small) and is_word(small[end]):
                    end += 1
            elif end < len(small) and is_word(small[end]):
                continue
            found.append((start - end, start, is_open, end, frame, entry, is_counted))
    taken: dict[str, bytearray] = defaultdict(lambda: bytearray(len(small)))
    hits = []
    for _, start, _, end, frame, entry, is_counted in sorted(found):
        if taken[frame].find(1, start, end) < 0:
            taken[frame][start:end] = b"\1" * (end - start)
            if is_counted:
                hits.append((original(start, positions), original(end - 1, positions) + 1, frame, entry))
    return sorted(hits)


@lru_cache(maxsize=4)  # one text is looked through for many dictionaries
def normalised(text: str) -> tuple[str, tuple[list[int], list[int]]]:
    """Return `text` as entries see it, and where in `text` its characters stand (read with `original`).

    Apostrophes are straight, white space and hyphens inside compounds one space, a blank line one line end,
    so that no phrase runs over two paragraphs.
    """
    if not text.isascii():
        for apostrophe in APOSTROPHES:
            text = text.replace(apostrophe, "'")
    pieces, starts, shifts, done, shift = [], [0], [0], 0, 0
    for gap in GAP.finditer(text):
        pieces += [text[done : gap.start()], "\n" if gap.group().count("\n") > 1 else " "]
        done = gap.end()
        if len(gap.group()) > 1:
            shift += len(gap.group()) - 1
            starts.append(done - shift)
            shifts.append(shift)
    return "".join([*pieces, text[done:]]), (starts, shifts)


def original(position: int, positions: tuple[list[int], list[int]]) -> int:
    """Return where in the text the character at `position` of its normalised form stands."""
    starts, shifts = positions
    return position + shifts[bisect_right(starts, position) - 1]


def lowered(text: str) -> str:
    """Return `text` in lower case, character by character where the whole would change its length."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def is_word(character: str) -> bool:
    """Say whether `character` is a letter or digit: what an entry must not border on."""
    return character.isalnum() or character == "_"
