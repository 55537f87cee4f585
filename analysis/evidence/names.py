"""Names: what is masked before the valence of words is scored.

VADER scores names: "The United States responded." is +.42, "The U.S.
responded." 0, so that house style alone would part two outlets. Masked are
listed names (the story's actors, contested things and terms; countries and
organisations of `data/dictionaries/names.yml`) and capitalised runs, found
without a parser. The first word of a sentence is masked only when listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from analysis.evidence.dictionaries import Dictionary, Frame, bundled, find, from_lists
from analysis.evidence.matching import normalised

WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’.&][^\W_]+)*")  # "U.S.", "O'Brien", "Kim"
JOINERS = frozenset({"of", "the", "for", "and", "de", "la", "le", "del", "der", "da", "van", "von", "al"})
JOINED = re.compile(r"[.]?\s+|[-\u2010\u2011\u2013/]")  # what may part two words of a run
# What makes the next capital that of a beginning: an opening mark, a colon, a mark that ends a sentence.
STARTS = re.compile(r"(?:[\"'“‘«]|(?:[:;!?…]|\.{3})['\"’”)]*\s+[(\[]?|[•*]\s*)$")
NEVER = frozenset({"I", "I'm", "I've", "I'll", "I'd"})

Span = tuple[int, int]


def listed_names(story: Mapping | None = None, names: Iterable[Dictionary] | None = None) -> Dictionary:
    """Compile what is masked wherever it stands: the bundled names and those of `story`, a read story.yml.

    A name with a capital is masked only with it ("Chad", not "chad"), or all in capitals as headlines print
    it; a name in lower case ("ballistic missile") in any case.
    """
    story = story or {}
    chosen = bundled(use="names").values() if names is None else names
    entries = [entry for one in chosen for frame in one.frames.values() for entry in frame.entries]
    for actor in story.get("actors") or []:
        entries += [actor["name"], *actor.get("aliases", [])]
    for thing in story.get("contested") or []:
        entries += [entry for name in thing["names"] for entry in name["entries"]]
    entries += story.get("story_terms") or []
    cased = {normalised(form)[0]: form for entry in entries for form in forms(entry)}
    frame = Frame("Listed names", "Masked before valence is scored.", tuple(cased.values()), (), "", "")
    return from_lists("listed", {"title": "Listed names", "source": "story.yml and names"}, {"name": frame})


def forms(name: str) -> list[str]:
    """Return the entries by which `name` is found: as it is, or with its capitals and all in capitals."""
    if name.startswith("=") or name == name.lower() or name.endswith("*"):
        return [name if name.startswith("=") else name.lower()]
    shouted = [f"={name.upper()}"] if sum(map(str.isalpha, name)) > 3 and name != name.upper() else []
    return [f"={name}", *shouted]


def masked_spans(text: str, sentences: Sequence[Span], listed: Dictionary) -> list[Span]:
    """List the spans of `text` to mask before scoring, as (start, end), in order and apart from each other.

    `sentences` are its sentences as (start, end). In a sentence all in capitals, or in a headline with most
    words capitalised, capitals tell nothing and listed names alone are masked.
    """
    spans = [(start, end) for start, end, _, _ in find(text, listed)]
    for start, end in sentences:
        spans += capitalised_runs(text, start, end)
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def capitalised_runs(text: str, start: int, end: int) -> list[Span]:
    """List the capitalised runs of the sentence text[start:end]; its first word begins none."""
    words = list(WORD.finditer(text, start, end))
    ends_in_stop = text[start:end].rstrip("\"'\u201d\u2019) \n").endswith(".")
    if capitals_tell_nothing([word.group() for word in words], is_headline=not ends_in_stop):
        return []
    is_name = [
        number > 0
        and is_capitalised(word.group())
        and not STARTS.search(text, words[number - 1].end(), word.start())
        for number, word in enumerate(words)
    ]
    named = [number for number, is_one in enumerate(is_name) if is_one]
    spans = [words[number].span() for number in named]
    for first, second in pairwise(named):
        between = words[first + 1 : second]
        if (
            len(between) <= 2
            and all(word.group() in JOINERS for word in between)
            and all(
                JOINED.fullmatch(text, words[number].end(), words[number + 1].start())
                for number in range(first, second)
            )
        ):
            spans.append((words[first].start(), words[second].end()))
    return spans


def is_capitalised(word: str) -> bool:
    return word[0].isupper() and word.replace("\u2019", "'") not in NEVER


def capitals_tell_nothing(words: Sequence[str], *, is_headline: bool) -> bool:
    """Say whether a sentence is all in capitals, or a headline in which nearly every long word has one."""
    letters = "".join(words)
    if len(words) > 2 and letters.isupper() and all(c.isupper() for c in letters if c.isalpha()):
        return True
    long_words = [word for word in words if len(word) > 3 and word[0].isalpha()]
    n_capitalised = sum(word[0].isupper() for word in long_words)
    return is_headline and len(words) > 4 and n_capitalised >= 0.8 * len(long_words) > 2


def mask(text: str, spans: Iterable[Span]) -> str:
    """Return `text` with letters and digits in `spans` as x; length, offsets, white space and marks stay.

    VADER has no entry made of x alone, and lower case keeps its rule on capitals out of play.
    """
    characters = list(text)
    for start, end in spans:
        characters[start:end] = ["x" if c.isalnum() else c for c in characters[start:end]]
    return "".join(characters)
