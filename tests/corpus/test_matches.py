"""A pattern that a person typed is found, refused with its place, or stopped: the search has an end."""

from __future__ import annotations

import re
import time

import pytest

from analysis.corpus.matches import LONGEST, BadPattern, SlowPattern, matches, whole_words


def hits(text: str, pattern: str) -> list[str]:
    return [text[start:end] for start, end in matches([text], pattern)[0]]


def test_each_text_has_its_hits_in_order_whatever_their_capitals():
    assert matches(["Reef, reef", "", "a REEF"], "reef") == [[(0, 4), (6, 10)], [], [(2, 6)]]


def test_a_match_of_no_characters_is_no_hit():
    assert matches(["boats"], "x*|^|$") == [[]]


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("(reef", "unterminated subpattern at character 1"),
        ("reef**", "multiple repeat at character 6"),
        ("[a-", "at character 1"),
        ("a{1,99999999999}", "too large"),
        ("a" * (LONGEST + 1), f"{LONGEST} are allowed"),
    ],
)
def test_what_is_no_expression_is_refused_with_its_place(pattern, said):
    with pytest.raises(BadPattern, match=re.escape(said)):
        matches(["reef"], pattern)


def test_a_search_that_would_take_for_ever_is_stopped_and_the_next_one_works():
    started = time.monotonic()
    with pytest.raises(SlowPattern, match=r"more than 0\.5 seconds"):
        matches(["a" * 60], "(a+)+b", seconds=0.5)
    assert time.monotonic() - started < 30
    assert hits("aab", "a+b") == ["aab"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("reef", ["Reef"]),
        ("lantern reef", ["Lantern\nReef"]),
        ("pilot's", ["pilot’s"]),
        ("c++", ["C++"]),
        ("$5", ["$5"]),
        (".", []),
        ("lan", []),
    ],
)
def test_a_plain_word_is_found_whole_and_as_typed(words, found):
    text = "Lantern\nReef, reefs and the pilot’s C++ for $5 (not $55) Lanternfish…"
    assert hits(text, whole_words(words)) == found


def test_no_plain_word_is_read_as_an_expression():
    for words in ("(", "[", "a|b", "\\", "*", "x{2}"):
        re.compile(whole_words(words))
        assert hits("nothing of the kind", whole_words(words)) == []
