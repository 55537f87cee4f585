"""Matches: where a pattern that a person typed stands in texts, with an end to the search.

A regular expression can take for ever on a text of one page: `(a+)+b` tries every way to divide a run of
letters. So the search runs in the bounded process, which is ended when it takes too long.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Sequence

from analysis.corpus.bounds import NotRead, bounded

SECONDS = 5.0  # for all texts of one search
LONGEST = 500  # characters of a pattern
APOSTROPHES = "['’‘ʼ]"


class BadPattern(ValueError):
    """What was typed is no regular expression; the message says what is wrong and at which character."""


class SlowPattern(ValueError):
    """The search for a pattern was ended, because it took too long or too much memory."""


def whole_words(words: str) -> str:
    """The regular expression for `words` as whole words, however they are spaced; all apostrophes are alike."""
    parts = (re.sub(APOSTROPHES, APOSTROPHES, re.escape(part)) for part in words.split())
    return r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)"


def matches(texts: Sequence[str], pattern: str, *, seconds: float = SECONDS) -> list[list[tuple[int, int]]]:
    """For each text the (start, end) of the hits of the regular expression `pattern`, in order; case is ignored.

    A match of no characters is no hit. Raises `BadPattern` and, after `seconds`, `SlowPattern`.
    """
    _compiled(pattern)
    try:
        found = bounded(
            "analysis.corpus.matches:spans",
            json.dumps(list(texts)).encode(),
            seconds=seconds,
            pattern=pattern,
        )
    except NotRead:
        raise SlowPattern(
            f"the search took more than {seconds:g} seconds or too much memory and was ended: an expression that "
            "repeats what is repeated already, as (a+)+ does, can take for ever"
        ) from None
    return [[(start, end) for start, end in spans] for spans in found]


def spans(data: bytes, *, pattern: str) -> list[list[tuple[int, int]]]:
    """What the bounded process does for `matches`; `data` is a list of texts as JSON."""
    expression = _compiled(pattern)
    return [
        [hit.span() for hit in expression.finditer(text) if hit.end() > hit.start()]
        for text in json.loads(data)
    ]


def _compiled(pattern: str) -> re.Pattern[str]:
    if len(pattern) > LONGEST:
        raise BadPattern(f"an expression of {len(pattern)} characters; {LONGEST} are allowed")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a later Python may read otherwise
            return re.compile(pattern, re.IGNORECASE)
    except re.error as problem:
        place = "" if problem.pos is None else f" at character {problem.pos + 1}"
        raise BadPattern(f"no regular expression: {problem.msg}{place}") from None
    except (OverflowError, RecursionError):
        raise BadPattern("no regular expression that can be read: too large or too deeply nested") from None
