"""Cues: the words by which somebody's words are attributed, and their class (`data/dictionaries/cues.yml`)."""

from __future__ import annotations

from functools import cache

from analysis.evidence.dictionaries import BUNDLED, load
from analysis.evidence.parsing import Parse

MISREAD = {
    ("hop", "hope"): "hope",
    ("hop", "hopi"): "hope",
    ("rat", "rate"): "rate",
    ("rat", "rati"): "rate",
}  # by spaCy
UNLISTED = "unlisted"
COMPANIONS = (
    "prt",
    "prep",
    "advmod",
    "dobj",
    "acomp",
    "oprd",
)  # what the further words of a phrase are to its first


@cache
def classes() -> dict[str, str]:
    """Cue -> class; a cue is a lemma, or a phrase whose first word is the lemma that governs the rest."""
    frames = load(BUNDLED / "cues.yml").frames
    return {entry: frame_id for frame_id, frame in frames.items() for entry in frame.entries}


@cache
def phrases() -> dict[str, list[tuple[str, ...]]]:
    """First lemma -> the further words of its phrases, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for entry in classes():
        first, *further = entry.split()
        if further:
            found.setdefault(first, []).append(tuple(further))
    return {first: sorted(rest, key=len, reverse=True) for first, rest in found.items()}


def cue_at(parse: Parse, token: int) -> tuple[str, str, list[int]]:
    """The cue that `token` heads, its class, and its further tokens: the longest entry that is there."""
    lemma = MISREAD.get((parse.lemmas[token], parse.words[token][:4].lower()), parse.lemmas[token])
    for further in phrases().get(lemma, ()):
        if found := _companions(parse, token, further):
            cue = " ".join((lemma, *further))
            return cue, classes()[cue], found
    return lemma, classes().get(lemma, UNLISTED), []


def _companions(parse: Parse, token: int, further: tuple[str, ...]) -> list[int]:
    """The tokens of `further` after `token`, each governed by it or by the one before; empty where one is missing."""
    found: list[int] = []
    for word in further:
        last = found[-1] if found else token
        governed = [*parse.children[token], *(parse.children[last] if found else ())]
        at = next(
            (
                child
                for child in sorted(governed)
                if child > last and word in (parse.words[child].lower(), parse.lemmas[child])
            ),
            -1,
        )
        if at < 0:
            return []
        found.append(at)
    return found
