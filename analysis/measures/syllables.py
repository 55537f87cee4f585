"""Syllables and the other counts that the readability formulas take from a single word.

The definitions are textstat's, to the digit; only the work is arranged otherwise.
textstat looks every running word up again for every formula and fetches the CMU
Pronouncing Dictionary from the network when it is not there. Here the dictionary
comes with the project, is reduced to one number a word when first needed, and each
distinct word is counted once.
"""

from __future__ import annotations

import re
from copy import copy
from functools import cache
from pathlib import Path
from typing import NamedTuple

import nltk
from pyphen import Pyphen
from textstat.backend.selections import list_words
from textstat.backend.utils import get_lang_easy_words, get_pyphen
from textstat.backend.utils.constants import RE_NONCONTRACTION_APOSTROPHE

LANGUAGE = "en_US"
POLYSYLLABLE = 3  # syllables: SMOG (McLaughlin 1969), as textstat's `polysyllabcount`
MOST_KEPT = 2**12  # words whose hyphens are remembered; counts of words are, too, and ask for each seldom
LONG, MINI = 6, 3  # letters: a long word has more, a miniword no more
MARKS, MARKS_BUT_APOSTROPHES = re.compile(r"\W+"), re.compile(r"[^\w']+")
NO_CONTRACTION = re.compile(RE_NONCONTRACTION_APOSTROPHE)

NLTK_DATA = Path(__file__).parents[2] / "data" / "dictionaries" / "nltk_data"
CMUDICT = NLTK_DATA / "corpora" / "cmudict" / "cmudict"

# textstat itself, called directly, finds the dictionary here and has no reason to ask the network for it.
if str(NLTK_DATA) not in nltk.data.path:
    nltk.data.path.insert(0, str(NLTK_DATA))


class WordCounts(NamedTuple):
    """What one running word adds to the sums of its sentence; the truth values add up as 0 and 1.

    `n_letters` counts letters and digits, `n_characters` punctuation too. The three notions of a difficult
    word differ in the syllables a word off the list of easy words must have: none (Dale-Chall), two (Spache),
    three (Gunning Fog). Long means more than six letters (LIX, RIX), a miniword has at most three (McAlpine).
    """

    n_words: int
    n_letters: int
    n_characters: int
    n_syllables: int
    is_polysyllable: bool
    is_difficult_0: bool
    is_difficult_2: bool
    is_difficult_3: bool
    is_long: bool
    is_miniword: bool


def word_counts(token: str) -> WordCounts:
    """Count what textstat counts in `token`: what stands between white space, punctuation still attached.

    Apostrophes must be straight (`analysis.corpus.words.straighten`). A token without letter or digit is no
    word: it adds to `n_characters` alone. Summed over the tokens of a text, each field equals textstat's
    count of the whole text (`lexicon_count`, `letter_count`, `char_count`, `syllable_count`,
    `polysyllabcount`, `difficult_words` of all words, `long_word_count`, `miniword_count`).
    Raises ValueError if `token` holds white space.
    """
    letters = word = token
    if not token.isalnum():
        if token and token.split() != [token]:
            raise ValueError(f"one token expected, found white space in {token!r}")
        letters = word = MARKS.sub("", token)  # what every count keeps
        if "'" in token:  # where words are told apart the apostrophe of a contraction stays
            word = MARKS_BUT_APOSTROPHES.sub("", NO_CONTRACTION.sub("", token))
    n_letters, small = len(letters), word.lower()
    n_syllables = _syllables(small) if word else 0
    is_difficult = bool(word) and small not in _easy_words()
    return WordCounts(
        1 if word else 0,
        n_letters,
        len(token),
        n_syllables,
        n_syllables >= POLYSYLLABLE,
        is_difficult,
        is_difficult and n_syllables >= 2,
        is_difficult and n_syllables >= 3,
        n_letters > LONG,
        0 < n_letters <= MINI,
    )


def count_syllables(text: str) -> int:
    """Count the syllables of `text`, as `textstat.syllable_count` does.

    A word counts the vowels of its first pronunciation in the CMU Pronouncing Dictionary; where it is not
    listed, the places where it may be hyphenated, plus one. Numerals are not listed: "2023" counts one.
    """
    return sum(map(_syllables, list_words(text, lowercase=True)))


def _syllables(word: str) -> int:
    """The syllables of one word in small letters."""
    listed = _dictionary().get(word)
    if listed is not None:
        return listed
    if len(_hyphenation().hd.cache) > MOST_KEPT:  # which would otherwise grow with every name and number
        _hyphenation().hd.cache.clear()
    return len(_hyphenation().positions(word)) + 1


@cache
def _hyphenation() -> Pyphen:
    """textstat's own, but what it remembers is ours to forget."""
    found = copy(get_pyphen(LANGUAGE))
    found.hd = copy(found.hd)
    found.hd.cache = {}
    return found


@cache
def _easy_words() -> set[str]:
    return get_lang_easy_words(LANGUAGE)


@cache
def _dictionary() -> dict[str, int]:
    """Map each word of the CMU dictionary, in small letters, to the syllables of its first pronunciation."""
    syllables: dict[str, int] = {}
    with CMUDICT.open(encoding="ascii") as lines:
        for line in lines:
            word, _, phones = line.split(" ", 2)
            # a vowel, and nothing else, carries its stress as a digit: 0, 1 or 2
            stresses = phones.count("0") + phones.count("1") + phones.count("2")
            syllables.setdefault(word.lower(), stresses)
    return syllables
