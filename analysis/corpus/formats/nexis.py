"""Nexis Uni: downloads of up to a hundred articles in one Word or RTF file, as a list of paragraphs.

An article is a title, its publication, a date, lines such as "Length: 812 words", "Body", the text, and "End of
Document"; a cover that lists the titles may stand before the first. `Length:` is the archive's own count of words,
against which each article is checked. Behind the text stand captions ("Graphic") and what the archive says of it
("Classification", "Load-Date: …"): looked for from the end alone, for an article may have a heading of these names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analysis.corpus.formats.item import Item, Limits, NotRead, Refused, Repair, filled
from analysis.corpus.formats.text import repaired

END = re.compile(r"end of document", re.IGNORECASE)
LENGTH = re.compile(r"length:\s*([\d,.]{1,9})\s*words?\b", re.IGNORECASE)
FIELD = re.compile(  # a name with its colon, or alone on its line; a notice of copyright has neither
    r"(section|length|byline|dateline|highlight|copyright|series|distribution|url|language|load-date)\b"
    r"(?:\s*:|\s*$|(?<=copyright)(?=\s))\s*(.*)",
    re.I,
)
DATE = re.compile(
    r"(?=.{6,60}$)(?:\w{3,9},?\s)?(?:(?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"\s(?:\d{1,2},?\s)?\d{4}|\d{1,2}\.?\s\w{3,9}\.?\s\d{4}|\d{4}-\d\d-\d\d|\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d\d))\b.{0,40}$",
    re.IGNORECASE,
)
COVER = re.compile(
    r"(?:user name|date and time|job number|search terms|search type|client/matter)\b|documents? \(\d+\)",
    re.I,
)
LISTED = re.compile(r"documents? \((\d{1,4})\)", re.IGNORECASE)
NUMBERED = re.compile(r"\d{1,3}\.\s")
SAYS = re.compile(  # a line of what the archive says of an article, behind its text
    r"(?:language|publication-type|journal code|subject|company|organization|ticker|industry|person|city|state|country"
    r"|geographic|load-date|pub-?date|document-type|acc-no)\b\s*:.*",
    re.IGNORECASE,
)
LOADED = re.compile(r"load-date\s*:.{0,40}\d{4}", re.IGNORECASE)
CLASSES = "classification"
BESIDE = ("graphic", "notes")  # headings of captions and remarks, between the text and the classes
MOST_BESIDE = 12  # lines of them
SHOWN = 60  # characters of a line in a message
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
        if all(COVER.match(line) or NUMBERED.match(line) for line in chunk):
            continue  # nothing, or a cover alone
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
    start = next((n + 1 for n, line in enumerate(chunk) if line.casefold() == "body"), None)
    most = min(length_at, len(chunk) if start is None else start)
    dates = [n for n, line in enumerate(chunk[:most]) if DATE.match(line) and not COVER.match(line)]
    if start is None and length_at == len(chunk):
        if not dates:
            raise NotRead(
                f"has neither a date nor Length: nor Body, and begins {chunk[0][:SHOWN]!r}; allowed: an article as"
                " Nexis lays one out"
            )
        dates = dates[:1]  # the next is one of the text
    at = dates[-1] if dates else 0
    fields = {"published_at": chunk[at], "published_source": "Nexis date line"} if dates else {}
    if dates:
        is_covered = any(COVER.match(line) or NUMBERED.match(line) for line in chunk[: max(0, at - 2)])
        head = chunk[max(0, at - 2) : at] if is_covered else chunk[:at]
        fields |= {"outlet": head[-1], "headline": " ".join(head[:-1])} if head else {}
    else:
        fields["headline"] = next(
            (line for line in chunk[: min(most, len(chunk) - 1)] if not _is_about(line)), ""
        )  # which of the lines below it names the outlet is not known
    last = at
    for n, line in enumerate(chunk[at + 1 : start], at + 1):
        if found := FIELD.match(line):
            last = n
            name = NAMES.get(found[1].casefold(), "")
            value = found[2] or ("" if n + 1 >= len(chunk) or FIELD.match(chunk[n + 1]) else chunk[n + 1])
            if name and value:
                fields[name] = re.sub(r"^by\s+", "", value, flags=re.I) if name == "byline" else value
        elif start is None and (n > length_at or length_at == len(chunk)):
            break
    body = chunk[start if start is not None else last + 1 :]
    end, cut = _end(body, _stated(chunk))
    for line in body[end:]:
        if line.casefold().startswith("language:") and "english" in line.casefold():
            fields["language"] = "en"
    if not any(body[:end]):
        raise NotRead("it has no text between its heading and its end; allowed: articles with their body")
    text, repairs = repaired("\n".join(body[:end]), limits)
    return Item(
        file, unit, None, text, filled(fields), (*_length(chunk, text), *cut, *repairs), is_clean=True
    )


def _is_about(line: str) -> bool:
    """Does a line belong to the cover, or to the fields above a text?"""
    return bool(COVER.match(line) or NUMBERED.match(line) or FIELD.match(line) or line.casefold() == "body")


def _end(body: list[str], stated: int | None) -> tuple[int, tuple[Repair, ...]]:
    """Where the text ends, and what is to be said of lines behind it that are not the archive's own."""
    end = next((n for n in reversed(range(len(body))) if LOADED.fullmatch(body[n])), len(body))
    while end and SAYS.fullmatch(body[end - 1]):
        end -= 1
    classes = [
        n for n, line in enumerate(body[:-1]) if line.casefold() == CLASSES and SAYS.fullmatch(body[n + 1])
    ]
    end = min([end, *classes[-1:]])
    said = body[end:]
    first = max(0, end - MOST_BESIDE - 1)
    beside = [n for n, line in enumerate(body[first:end], first) if line.casefold() in BESIDE]
    # Without what the archive says behind them, and where its count of words has room for them, they are text.
    if said and beside and (stated is None or _is_nearer(body, beside[0], end, stated)):
        end = beside[0]
    lost = [
        line for line in body[end:] if not SAYS.fullmatch(line) and line.casefold() not in (CLASSES, *BESIDE)
    ]
    if not lost:
        return end, ()
    n = len(lost)
    return end, (
        (
            "left_out",
            n,
            f"{n} lines behind the text are not read: {lost[0][:SHOWN]!r}{' and more' if n > 1 else ''}",
        ),
    )


def _is_nearer(body: list[str], one: int, other: int, stated: int) -> bool:
    """Has the body up to line `one` as many words as stated, or more nearly so than up to line `other`?"""
    short, long = (len(" ".join(body[:end]).split()) for end in (one, other))
    return abs(stated - short) <= abs(stated - long)


def _stated(chunk: list[str]) -> int | None:
    """The number of words that the archive counted."""
    said = next((found for line in chunk if (found := LENGTH.match(line))), None)
    return None if said is None else int(re.sub(r"\D", "", said[1]) or 0)


def _length(chunk: list[str], text: str) -> tuple[Repair, ...]:
    """What is to be said where the archive counted another number of words."""
    stated, n = _stated(chunk), len(text.split())
    if stated is None or abs(stated - n) <= max(FEW, TOLERANCE * stated):
        return ()
    return (
        (
            "length",
            abs(stated - n),
            f"the archive says {stated:,} words, {n:,} were found: is a part missing?",
        ),
    )
