"""Words: the one notion of a running word that every count in Parallax uses.

It is textstat's (`textstat.backend.selections.list_words`): what stands between white space and still has
a letter, a digit or an underscore once punctuation is taken away; contractions and hyphenated compounds
are one word, a lone apostrophe or mark is none. Dashes between words become spaces first, so that
"SEOUL--The" is two words and not one; a dash between digits (2010–12) is a hyphen and joins them.
"""

from __future__ import annotations

import re

# Every alternative begins with a sign of its own and looks back over it: so the search runs from dash to dash.
DASH = re.compile(r"—|―|–(?:(?<!\d–)|(?!\d))|-(?:(?<!--)-+|(?<=\s-)(?=\s))")
DASHES = ("-", "—", "–", "―")
# textstat drops every apostrophe but those before t, s, d, ve, ll, re, so what it keeps has a letter after
# it: a chunk is a word exactly if it holds a word character. The look-behind keeps the search linear.
WORD = re.compile(r"(?<!\S)[^\w\s]*\w\S*")
CURLY = {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"'}


def straighten(text: str) -> str:
    """Return `text` with dashes between words as spaces and curly marks as straight ones, offsets unchanged.

    textstat and VADER know only the straight apostrophe: a curly one hides a contraction from both.
    """
    if any(dash in text for dash in DASHES):
        text = DASH.sub(_spaces, text)
    if not text.isascii():
        for curly, straight in CURLY.items():  # eight times `replace` is ten times faster than `translate`
            text = text.replace(curly, straight)
    return text


def word_spans(text: str) -> list[tuple[int, int]]:
    """List the words of `text` as (start, end), in order, punctuation at their edges included."""
    return [word.span() for word in WORD.finditer(straighten(text))]


def n_words(text: str) -> int:
    """Count the running words of `text`."""
    return len(WORD.findall(straighten(text)))


def _spaces(dash: re.Match[str]) -> str:
    return " " * len(dash.group())
