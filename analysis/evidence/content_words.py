"""Content words: what a passage is about, by its stems, and how much each of them tells in this story.

Function words are left out, endings are cut (Snowball, Porter 2001), and a word tells the more the fewer sentences of the story
hold it: its weight is log(N / n) / log N, 1 where one sentence has it and 0 where all have (Sparck Jones 1972, scaled).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from functools import cache, lru_cache
from importlib.util import find_spec
from math import log
from pathlib import Path
from runpy import run_path
from string import punctuation

from analysis.corpus.words import word_spans

APOSTROPHES = str.maketrans("\u2018\u2019\u02bc", "'''")
MARKS = punctuation + "\u201c\u201d\u2018\u2019"
POSSESSIVE = re.compile(r"'s?$")
SPELLINGS = (  # British -> American, with the endings of nouns and verbs
    (re.compile(r"(?<=\w{3})is(?=(?:e[sd]?|ing|ations?)$)"), "iz"),
    (re.compile(r"(?<=\w{3})our(?=(?:s|ed|ing|able)?$)"), "or"),
    (re.compile(r"(?<=\w{2})tre(?=s?$)"), "ter"),
    (re.compile(r"(?<=\w{3})ence(?=s?$)"), "ense"),
)
ONES = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBERS = {word: str(n) for n, word in enumerate(ONES.split(), start=2)} | {
    word: str(10 * n) for n, word in enumerate(TENS.split(), start=2)
}
SCALES = {"m": "million", "bn": "billion", "k": "thousand"}
SCALED = re.compile(r"(\d[\d,.]*)(m|bn|k)")


def plain_words(text: str) -> list[str]:
    """The words of `text` in small letters, without punctuation at their edges and the possessive 's."""
    if (bare := text.strip(MARKS)).isalpha() and bare.isascii():
        return [bare.lower()]  # one word, as most callers ask for one: nothing to look for in it
    found = (text[start:end].lower().translate(APOSTROPHES) for start, end in word_spans(text))
    words = ("".join(sign for sign in word if sign.isalnum() or sign in "'-.,") for word in found)
    return [bare for word in words if (bare := POSSESSIVE.sub("", word.strip("'-.,")))]


def content_words(text: str) -> list[str]:
    """The stems of the words of `text` that are no function words, in order; numbers are digits, compounds stand apart."""
    found = []
    for word in plain_words(text):
        for part in _parts(word):
            if part in NUMBERS:
                found.append(NUMBERS[part])
            elif not is_function_word(part) and (len(part) > 1 or part.isdigit()):
                found.append(stem(part))
    return found


def _parts(word: str) -> list[str]:
    """A compound in its parts, a number apart from the letters that scale it: "340m" is 340 and million."""
    if scaled := SCALED.fullmatch(word):
        return [scaled[1], SCALES[scaled[2]]]
    return word.split("-")


def is_function_word(word: str) -> bool:
    """Whether a word in small letters is one that tells nothing by itself, contracted ones ("they're") included."""
    known = _function_words()
    return word in known or word.split("'")[0] in known


@cache
def _function_words() -> frozenset[str]:
    """spaCy's list of function words, read from its file: what is measured without the parser never loads the parser."""
    package = Path(find_spec("spacy").origin).parent
    return frozenset(run_path(str(package / "lang" / "en" / "stop_words.py"))["STOP_WORDS"])


@lru_cache(maxsize=2**14)
def stem(word: str) -> str:
    """The stem of a word in small letters; British and American spellings have one."""
    if any(map(str.isdigit, word)):
        return word.replace(",", "")
    return _stemmer().stem(american(word))


@cache
def _stemmer():
    """Made when a word is first stemmed: its import is that of all of NLTK, which a page that stems none is spared."""
    from nltk.stem.snowball import SnowballStemmer

    return SnowballStemmer("english")


def american(word: str) -> str:
    """A word in small letters as Americans spell it, as far as endings tell; some that are no variants change, too ("presense")."""
    for british, ending in SPELLINGS:
        word = british.sub(ending, word)
    return word


class Weights:
    """How much each content word tells, from the sentences of a story."""

    def __init__(self, sentences: Iterable[Set[str]]):
        sets = list(sentences)
        self.n = max(len(sets), 2)
        self.n_with = Counter(word for words in sets for word in words)

    def __getitem__(self, word: str) -> float:
        """From 0, in every sentence, to 1, in one."""
        return log(self.n / max(self.n_with[word], 1)) / log(self.n)

    def mass(self, words: Iterable[str]) -> float:
        """The weights of `words` together: 2 is as much as two words that stand nowhere else."""
        return sum(self[word] for word in words)


def share_of_shorter(a: Set[str], b: Set[str], weights: Weights | Mapping) -> float:
    """How much of what the less telling one tells is in the other, too, from 0 to 1."""
    least = min(weights.mass(a), weights.mass(b))
    return weights.mass(a & b) / least if least else 0.0
