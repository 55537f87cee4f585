"""Nexis Uni: downloads of up to a hundred articles in one Word or RTF file, as a list of paragraphs.

An article is a title, its publication, a date, lines such as "Length: 812 words", "Body", the text, and "End of
Document"; a cover that lists the titles may stand before the first. `Length:` is the archive's own count of words,
against which each article is checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analysis.corpus.formats.item import Item, Limits, NotRead, Refused, Repair, filled
from analysis.corpus.formats.text import repaired

END = re.compile(r"end of document", re.IGNORECASE)
LENGTH = re.compile(r"length:\s*([\d,.]{1,9})\s*words?\b", re.IGNORECASE)
FIELD = re.compile(
    r"(section|length|byline|dateline|highlight|copyright|series|distribution|url|language|load-date)\b:?\s*(.*)",
    re.I,
)
DATE = re.compile(
    r"(?=.{6,60}$)(?:\w{3,9},?\s)?(?:(?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"\s\d{1,2},?\s\d{4}|\d{1,2}\s\w{3,9}\s\d{4}|\d{4}-\d\d-\d\d)\b.{0,40}$",
    re.IGNORECASE,
)
COVER = re.compile(
    r"(?:user name|date and time|job number|documents? \(\d+\)|search terms|search type|client/matter)\b",
    re.I,
)
LISTED = re.compile(r"documents? \((\d{1,4})\)", re.IGNORECASE)
NUMBERED = re.compile(r"\d{1,3}\.\s")
TAIL = re.compile(r"(?:classification|load-date:.*|graphic|notes)$", re.IGNORECASE)
NAMES = {"section": "section", "byline": "byline", "dateline": "dateline", "highlight": "deck", "url": "url"}
TOLERANCE, FEW = 0.1, 5  # of the stated length; words that may differ whatever the length


def is_nexis(paragraphs: Sequence[str]) -> bool:
    """Does a line end a document, and one say how long one is?"""
    return any(map(END.fullmatch, paragraphs)) and any(map(LENGTH.match, paragraphs))


def articles(paragraphs: Sequence[str], file: str, *, limits: Limits) -> Iterator[Item | Refused]:
    """Yield the articles of a download, in order; one without a text, or missing from the list on the cover, is refused."""
    chunks: list[list[str]] = [[]]
    for line in paragraphs:
        if END.fullmatch(line):
            chunks.append([])
        else:
            chunks[-1].append(line)
    number = 0
    for chunk in chunks:
        if not any(map(LENGTH.match, chunk)) and not any(map(DATE.match, chunk)):
            continue  # what stands behind the last article, or a cover alone
        number += 1
        unit = f"article {number}"
        try:
            yield _article(chunk, file, unit, limits)
        except NotRead as problem:
            yield Refused(file, unit, None, str(problem))
    listed = next((int(found[1]) for line in chunks[0] if (found := LISTED.match(line))), number)
    if listed > number:
        reason = f"the cover lists {listed} documents, {number} were found: the rest is not in the file, or not laid out as one"
        yield Refused(file, "list of documents", None, reason)


def _article(chunk: list[str], file: str, unit: str, limits: Limits) -> Item:
    length_at = next((n for n, line in enumerate(chunk) if LENGTH.match(line)), len(chunk))
    dates = [n for n, line in enumerate(chunk[:length_at]) if DATE.match(line) and not COVER.match(line)]
    start = next((n + 1 for n, line in enumerate(chunk) if line.casefold() == "body"), None)
    at = dates[-1] if dates else 0
    fields = {"published_at": chunk[at], "published_source": "Nexis date line"} if dates else {}
    is_covered = any(COVER.match(line) or NUMBERED.match(line) for line in chunk[: max(0, at - 2)])
    head = chunk[max(0, at - 2) : at] if is_covered else chunk[:at]
    if head:
        fields["outlet"] = head[-1]
        fields["headline"] = " ".join(head[:-1])
    last = at
    for n, line in enumerate(chunk[at + 1 : start], at + 1):
        if found := FIELD.match(line):
            last = n
            name = NAMES.get(found[1].casefold(), "")
            value = found[2] or ("" if n + 1 >= len(chunk) or FIELD.match(chunk[n + 1]) else chunk[n + 1])
            if name and value:
                fields[name] = re.sub(r"^by\s+", "", value, flags=re.I) if name == "byline" else value
        elif start is None and n > length_at:
            break
    body = chunk[start if start is not None else last + 1 :]
    end = next((n for n, line in enumerate(body) if TAIL.fullmatch(line)), len(body))
    for line in body[end:]:
        if line.casefold().startswith("language:") and "english" in line.casefold():
            fields["language"] = "en"
    if not any(body[:end]):
        raise NotRead("it has no text between its heading and its end; allowed: articles with their body")
    text, repairs = repaired("\n".join(body[:end]), limits)
    return Item(file, unit, None, text, filled(fields), (*_length(chunk, text), *repairs), is_clean=True)


def _length(chunk: list[str], text: str) -> tuple[Repair, ...]:
    """What is to be said where the archive counted another number of words."""
    said = next((found for line in chunk if (found := LENGTH.match(line))), None)
    if said is None:
        return ()
    stated, n = int(re.sub(r"\D", "", said[1]) or 0), len(text.split())
    if abs(stated - n) <= max(FEW, TOLERANCE * stated):
        return ()
    return (
        (
            "length",
            abs(stated - n),
            f"the archive says {stated:,} words, {n:,} were found: is a part missing?",
        ),
    )
