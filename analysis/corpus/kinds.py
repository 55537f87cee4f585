"""Kinds of page: one article, or a live blog, several stories on one page, a wall that asks for consent.

Told by form alone and always said; a page of another kind than an article is not counted unless a person says
that it is. When in doubt a page is an article.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from analysis.corpus.cleaning import Cleaned

ARTICLE, LIVEBLOG, MULTI_STORY, CONSENT_WALL = "article", "liveblog", "multi_story", "consent_wall"

MIN_ENTRIES = 5  # lines with nothing but a clock time from which on a page is a live blog
ENTRY = re.compile(
    r"^[^\S\n]*(?:posted at |updated at |at )?\d{1,2}[:.]\d{2}[^\S\n]?(?:[ap]\.?m\.?)?[^\S\n]*(?:[a-z]{2,4})?[^\S\n]*$",
    re.MULTILINE | re.IGNORECASE,
)
MIN_STORIES = (
    3  # datelines of agencies at the beginning of a paragraph: one belongs to an article, two to a reprint
)
DATELINE = re.compile(
    r"^[^\S\n]*[A-Z][A-Za-z.,'’ /-]{1,40}(?:, [A-Z][a-z]{2,8}\.? \d{1,2})? ?\([A-Z][\w .-]{1,24}\) ?[-–—―]",
    re.MULTILINE,
)
MOST_WORDS_WALL = 600  # a longer page that speaks of cookies is an article about them
ADDRESSED = (  # how a wall speaks to its reader
    r"\b(?:we|our) (?:and our |value your |use |care about your )?(?:\d+ )?(?:partners|privacy|cookies)\b"
    r"|\b(?:store and(?:/or)? access|storing and(?:/or)? accessing) information on (?:a|your) device\b"
    r"|\b(?:accept|reject|manage|decline) (?:all|cookies|all cookies|preferences|settings)\b"
    r"|\b(?:enable|turn on) (?:java ?script|cookies)\b|\bverify (?:that )?you are (?:a )?human\b"
    r"|\b(?:disable|turn off) your ad ?blocker\b|\baccess (?:to this page has been )?denied\b"
)
WALL = re.compile(
    ADDRESSED + r"|\b(?:cookie|privacy|consent) (?:policy|settings|preferences|notice|choices)\b"
    r"|\blegitimate interests?\b|\bpersonali[sz]ed (?:ads|advertising|content)\b",
    re.IGNORECASE,
)
ADDRESSED = re.compile(ADDRESSED, re.IGNORECASE)
REPORTED = re.compile(r"\b(?:said|told|according to)\b", re.IGNORECASE)  # a wall quotes nobody
WORDS_A_SIGN = 40  # of a wall: a sign in so many words or fewer


def kind_of(raw: str, cleaned: Cleaned, fields: Mapping[str, str]) -> tuple[str, int, str]:
    """What a page is: kind, the number of signs, and what is to be said of it ("" for an article).

    `raw` is its text before cleaning, `fields` what its file says.
    """
    n_entries = len(ENTRY.findall(raw))
    if n_entries >= MIN_ENTRIES or fields.get("kind") == LIVEBLOG:
        how = f"{n_entries} lines hold a clock time alone" if n_entries else "the page says so"
        return LIVEBLOG, max(1, n_entries), f"{how}: it looks like a live blog, several texts in one"
    if (said := fields.get("kind")) in (MULTI_STORY, CONSENT_WALL):
        return said, 1, f"its file says that it is a {said.replace('_', ' ')}"
    n_words = cleaned.text.count(" ") + cleaned.text.count("\n\n") + 1
    n_signs = len(WALL.findall(raw))
    is_dense = n_signs >= 2 and n_words <= MOST_WORDS_WALL and n_signs * WORDS_A_SIGN >= n_words
    if is_dense and ADDRESSED.search(raw) and not REPORTED.search(cleaned.text):
        message = (
            f"{n_signs} phrases of consent or access forms: it looks like a consent wall, not like an article"
        )
        return CONSENT_WALL, n_signs, message
    n_stories = len(set(DATELINE.findall(raw)))
    if n_stories >= MIN_STORIES:
        return MULTI_STORY, n_stories, f"{n_stories} datelines: it looks like a page with several stories"
    return ARTICLE, 0, ""
