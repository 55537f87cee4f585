"""Date lines: the lines at the ends of a page that name a day, and what each says that it is the day of.

A line is about when where little else stands in it; what is a caption, a sentence, a headline or a notice of rights
only holds a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.corpus.ends import Ends, Line
from analysis.corpus.moments import Moment, clock_of, moments, without_moments

NEAR_FOOT = 15  # lines below the story
MOST_WORDS = 8  # beside a date in a line that is no byline
CAPTION_WORDS, BODY_WORDS = 3, 4  # the same, in a line that was taken for a caption or for the story
LABELLED, BESIDE, ABOVE, BELOW, DATELINE = range(5)  # how sure a line is, best first
NOT_ITS_OWN = frozenset({"mail_header"})  # rules of lines that name the day on which somebody sent it on
PUBLISHED, UPDATED = "published", "updated"

_UPDATED = re.compile(
    r"\b(?:up-?dat\w*|(?:last )?modified|revised|edited|amended|corrected)\b", re.IGNORECASE
)
_PUBLISHED = re.compile(
    r"\b(?:published|posted|issued(?: on)?|created|released|uploaded|first published|publication date|pub\.?|date)\b",
    re.IGNORECASE,
)
_PRINTED = re.compile(r"\bin print\b|print edition", re.IGNORECASE)
_LABEL = re.compile(rf"{_UPDATED.pattern}|{_PUBLISHED.pattern}", re.IGNORECASE)
_FIRST_PUBLISHED = re.compile(r"\b(?:first|originally) (?:published|appeared|posted)\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(?:mon|tues?|wednes|wed|thurs?|thu|fri|satur|sat|sun)(?:day)?\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_BYLINE = re.compile(r"(?:by|von|par|por)\s", re.IGNORECASE)
_PICTURE = re.compile(
    r"\b(?:photo|photograph|picture|image|pictured|file|reuters/|getty|copyright)\b|©", re.IGNORECASE
)
# The name of a paper before its day: "The Capital Chronicle, 1 October 2023"
_PRINT = re.compile(r"(?:[A-ZÀ-Þ][\w.’'&-]*(?: (?:of|and|the|on|&))* ?){1,6}[,|·•–—-]\s*")
_SENTENCE = re.compile(r"[a-z]{3,}[.!?][”\"’)]?(?:\s|\Z)")
_DATELINE = re.compile(r"[^.!?]{0,80}\([A-Z][\w ]{1,30}\)")


@dataclass(frozen=True)
class DateLine:
    """A day in a line: `label` says that it is the day of publication or of an update, "" that nothing says so."""

    moment: Moment
    line: Line
    rank: int
    label: str = ""

    @property
    def source(self) -> str:
        """Where it stands, as `published_source` shows it."""
        return f"line {self.line.n}" + (" (dateline)" if self.rank == DATELINE else "")

    @property
    def shown(self) -> str:
        """The words of the line that name the day."""
        return self.line.text[self.moment.start : self.moment.end]


def date_lines(page: Ends) -> Iterator[DateLine]:
    """The days that the ends of a page name as those of the article, above the story first."""
    for n, line in enumerate(page.head):
        if line.role != "related" and line.rule not in NOT_ITS_OWN and (stamps := moments(line.text)):
            yield from _above(page, n, line, stamps)
    for line in (*page.closing, *page.foot[:NEAR_FOOT]):
        if line.role not in ("related", "caption") and not _PRINTED.search(line.text):
            yield from _below(line, line in page.closing)
    for line in page.opening[:1]:
        if _DATELINE.match(line.text) and (stamps := moments(line.text[:90])):
            yield DateLine(stamps[0], line, DATELINE)


def _above(page: Ends, n: int, line: Line, stamps: list[Moment]) -> Iterator[DateLine]:
    if line.role == "dateline":
        yield DateLine(stamps[0], line, BESIDE if stamps[0].precision == "minute" else DATELINE)
        return
    labels = _labels(line.text, stamps)
    if n and not labels[0]:
        labels[0] = _label_at_end(page.head[n - 1].text)
    if not _is_date_line(line, stamps, any(labels)):
        return
    bare = ABOVE if n < page.headline else BESIDE
    for stamp, label in zip(stamps, labels, strict=True):
        if label or bare != ABOVE or not _is_page_date(line, stamp):
            yield DateLine(stamp, line, LABELLED if label else bare, label)


def _below(line: Line, is_story: bool) -> Iterator[DateLine]:
    stamps = moments(line.text)
    for stamp, label in zip(stamps, _labels(line.text, stamps), strict=True):
        is_first = _FIRST_PUBLISHED.search(line.text) is not None
        if is_first or (label == UPDATED and not is_story):
            yield DateLine(stamp, line, BELOW, label)


def hour_of_update(page: Ends, day: str) -> str:
    """An update that names its hour alone, on the `day` of publication; "" where there is none."""
    for line in page.head:
        label = _UPDATED.match(line.text)
        if label and not moments(line.text) and len(_WORD.findall(line.text)) <= MOST_WORDS:
            return clock_of(line.text[label.end() :], day)
    return ""


def _label_at_end(text: str) -> str:
    """The label of a line that has nothing behind it: its day stands in the next line."""
    before = [
        found for found in _LABEL.finditer(text[-40:]) if not re.search(r"\w", text[-40:][found.end() :])
    ]
    return "" if not before else UPDATED if _UPDATED.fullmatch(before[-1].group()) else PUBLISHED


def _labels(text: str, stamps: list[Moment]) -> list[str]:
    """What the words before each stamp say of it: published, updated or "" (nothing)."""
    labels, floor = [], 0
    for stamp in stamps:
        before = list(_LABEL.finditer(text[max(floor, stamp.start - 60) : stamp.start]))
        is_update = bool(before) and _UPDATED.fullmatch(before[-1].group())
        labels.append("" if not before else UPDATED if is_update else PUBLISHED)
        floor = stamp.end
    return labels


def _is_date_line(line: Line, stamps: list[Moment], is_labelled: bool) -> bool:
    """Is the line about when, and not a picture, a sentence or a headline that holds a day?"""
    if _PICTURE.search(line.text):
        return False
    rest = _WEEKDAY.sub("", _LABEL.sub("", without_moments(line.text, stamps)))
    n_words = len(_WORD.findall(rest))
    if line.role in ("headline", "deck", "caption"):
        begins = _LABEL.match(line.text) or not _WORD.search(_WEEKDAY.sub("", line.text[: stamps[0].start]))
        is_print = line.role == "deck" and _PRINT.fullmatch(line.text[: stamps[0].start])
        is_last = not _WORD.search(line.text[stamps[-1].end :])
        return (bool(begins) and n_words <= CAPTION_WORDS) or (bool(is_print) and is_last)
    if line.role == "byline" or _BYLINE.match(line.text):
        return n_words <= 2 * MOST_WORDS
    if line.role == "body":
        return n_words <= BODY_WORDS
    return (is_labelled and n_words <= 2 * MOST_WORDS) or (
        n_words <= MOST_WORDS and not _SENTENCE.search(rest)
    )


def _is_page_date(line: Line, stamp: Moment) -> bool:
    """A weekday and its date, without an hour, on top of a page: the day on which it was looked at."""
    return stamp.precision == "day" and bool(_WEEKDAY.search(line.text))
