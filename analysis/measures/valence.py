"""Valence: VADER's score of one sentence, to the digit what the library gives.

The rules and all their constants are the library's (Hutto & Gilbert 2014, vaderSentiment 3.3.2), its oddities included;
only the work is arranged otherwise. The library looks at every character, word and neighbour again for every word. Here
what a word is by itself is looked up once a distinct word, and rules are tried on rated words alone: every other word
scores zero, whatever stands around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from string import punctuation
from typing import NamedTuple

from vaderSentiment.vaderSentiment import (
    BOOSTER_DICT,
    C_INCR,
    N_SCALAR,
    NEGATE,
    SPECIAL_CASES,
    normalize,
)

from analysis.corpus.words import straighten
from analysis.evidence.sentiment_hits import analyser

REACH = (1.0, 0.95, 0.9)  # what a booster adds one, two and three words before the rated one
HEIGHTENED = 1.25  # by "never so" and "never this"
BEFORE_BUT, AFTER_BUT = 0.5, 1.5
EXCLAMATION, MOST_EXCLAMATIONS = 0.292, 4
QUESTION, MOST_QUESTIONS, MANY_QUESTIONS = 0.18, 3, 0.96
NEGATIONS = frozenset(NEGATE)
SO = ("so", "this")
# The longest word of each set phrase and of each phrase of degree: without one of them there is none.
PHRASED = frozenset(
    max(phrase.split(), key=len) for phrase in (*SPECIAL_CASES, *BOOSTER_DICT) if " " in phrase
)


class Word(NamedTuple):
    """What a token is by itself; `rating` is None where the lexicon has none, `is_rated` false for boosters."""

    small: str
    is_upper: bool
    rating: float | None
    is_rated: bool
    boost: float
    negates: bool


def valence(text: str) -> float:
    """VADER's compound score of one sentence, −1 (all negative) to 1 (all positive); 0 without any valence word."""
    return compound(straighten(text))


def compound(text: str) -> float:
    """The same of a sentence whose marks are straight: `polarity_scores(text)["compound"]`."""
    text = _described(text)
    words = list(map(_word, text.split()))
    places = [place for place, word in enumerate(words) if word.is_rated]
    if not places:
        return 0.0
    n_upper = sum([word.is_upper for word in words])
    is_mixed = 0 < n_upper < len(words)  # capitals tell something where not all words have them
    small = [word.small for word in words]
    ratings = [_in_context(words, small, place, is_mixed) for place in places]
    if "but" in small:
        _weigh(ratings, places, small.index("but"))
    total = float(sum(ratings))
    if total:
        total += _emphasis(text) if total > 0 else -_emphasis(text)
    return round(normalize(total), 4)


@lru_cache(maxsize=2**14)
def _word(token: str) -> Word:
    stripped = token.strip(punctuation)
    word = stripped if len(stripped) > 2 else token  # what is left of an emoticon is no word
    small = word.lower()
    rating, boost = analyser().lexicon.get(small), BOOSTER_DICT.get(small, 0.0)
    negates = small in NEGATIONS or "n't" in small
    return Word(small, word.isupper(), rating, rating is not None and not boost, boost, negates)


def _in_context(words: Sequence[Word], small: Sequence[str], place: int, is_mixed: bool) -> float:
    """The rating of the word at `place`, as the words around it change it; `small` are the words in small letters."""
    word, following = words[place], small[place + 1] if place + 1 < len(small) else ""
    if word.small == "kind" and following == "of":
        return 0.0
    before = small[max(0, place - 3) : place][::-1]  # the nearest first
    rating: float = word.rating
    if word.small == "no" and following and words[place + 1].rating is not None:
        rating = 0.0
    if "no" in before and ("no" in before[:2] or before[0] in ("or", "nor")):
        rating = word.rating * N_SCALAR
    if word.is_upper and is_mixed:
        rating += C_INCR if rating > 0 else -C_INCR
    for distance in range(len(before)):
        one = words[place - 1 - distance]
        if one.rating is None:
            if one.boost:
                rating += _boost(one, rating, is_mixed) * REACH[distance]
            if one.negates or (distance == 2 and before[0] in SO):
                rating = _negated(rating, before, distance, one.negates)
            if distance == 2 and not PHRASED.isdisjoint(around := small[place - 3 : place + 3]):
                rating = _in_phrase(rating, around)
    if before and before[0] == "least" and words[place - 1].rating is None:
        return rating * N_SCALAR if len(before) < 2 or before[1] not in ("at", "very") else rating
    return rating


def _boost(word: Word, rating: float, is_mixed: bool) -> float:
    """What a degree adverb before a rated word adds to its rating."""
    boost = -word.boost if rating < 0 else word.boost
    if word.is_upper and is_mixed:
        boost += C_INCR if rating > 0 else -C_INCR
    return boost


def _negated(rating: float, before: Sequence[str], distance: int, negates: bool) -> float:
    """The rating after a look at the word so far before it; `before` are the words before, the nearest first."""
    if distance == 1:
        is_heightened = before[1] == "never" and before[0] in SO
        is_certain = before[1] == "without" and before[0] == "doubt"
    elif distance == 2:
        is_heightened = (before[2] == "never" and before[1] in SO) or before[0] in SO
        is_certain = before[2] == "without" and "doubt" in before[:2]
    else:
        is_heightened = is_certain = False
    if is_heightened:
        return rating * HEIGHTENED
    return rating * N_SCALAR if negates and not is_certain else rating


def _in_phrase(rating: float, around: Sequence[str]) -> float:
    """The rating of a set phrase in which the fourth word of `around` stands, and what a phrase of degree before it adds."""
    three, two, one, own = around[:4]
    before = (f"{three} {two} {one}", f"{three} {two}", f"{two} {one}")
    for phrase in (f"{one} {own}", f"{two} {one} {own}", before[2], before[0], before[1]):
        if phrase in SPECIAL_CASES:
            rating = SPECIAL_CASES[phrase]
            break
    for n in range(2, len(around) - 2):
        rating = SPECIAL_CASES.get(" ".join(around[3 : 3 + n]), rating)
    for phrase in before:
        rating += BOOSTER_DICT.get(phrase, 0.0)
    return rating


def _weigh(ratings: list[float], places: Sequence[int], but: int) -> None:
    """Halve what stands before the first "but" and raise what stands after it.

    As in the library it is the first word of the same rating that is changed, which may be another one.
    """
    for number in range(len(ratings)):
        first = ratings.index(ratings[number])
        if places[first] != but:
            ratings[first] *= BEFORE_BUT if places[first] < but else AFTER_BUT


def _emphasis(text: str) -> float:
    """What exclamation and question marks add."""
    n_questions = text.count("?")
    questions = QUESTION * n_questions if n_questions > 1 else 0
    return min(text.count("!"), MOST_EXCLAMATIONS) * EXCLAMATION + (
        questions if n_questions <= MOST_QUESTIONS else MANY_QUESTIONS
    )


def _described(text: str) -> str:
    """`text` with each emoji as the words that describe it."""
    if text.isascii() or not _emoji().search(text):
        return text
    described, is_after_space = [], True
    for sign in text:
        is_emoji = sign in analyser().emojis
        if is_emoji and not is_after_space:
            described.append(" ")
        described.append(analyser().emojis[sign] if is_emoji else sign)
        is_after_space = sign == " "  # an emoji right after another is parted from it, as after a letter
    return "".join(described)


@cache
def _emoji() -> re.Pattern[str]:
    """Any one emoji; none is of ASCII."""
    return re.compile(f"[{''.join(re.escape(sign) for sign in analyser().emojis if len(sign) == 1)}]")
