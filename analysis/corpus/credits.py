"""Credits: where a page says who wrote its text, line by line.

Looked for where outlets sign: the dateline, the lines between headline and story, its last sentence and the lines
below it. A bare name counts only where its neighbours make it a credit: between headline and date, below a byline,
behind the story. A name below a picture, in a menu, in a list of tags or in the story itself is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from analysis.corpus.ends import Ends, Line
from analysis.corpus.moments import moments, without_moments
from analysis.corpus.outlets import OutletPattern
from analysis.corpus.signatures import Joint, Signatures, trimmed, without_editors

STRONG, WEAK, SITE = 0, 1, 2  # how sure a sign is: signed, credited, or published there
NEAR = 10  # lines below the story in which a weak credit counts
ADJACENT = 6  # lines below the story in which a bare name counts
_BYLINE = re.compile(r"by\s", re.IGNORECASE)
_SENTENCE = re.compile(r"[a-z\d)]{2,}[.!?…][”\"’)]?\Z")
_OPENING = re.compile(  # with a colon: "New Delhi [India], September 14 (ANI): "
    r"\A[A-Z\d](?:[^.!?“\"]|\.(?=\s?[A-Z,]|,)){0,90}?[(/](?P<name>[A-Z][\w .’'-]{1,40})[)/]\.?\s?(?:--?|[—–:]|(?<=/\.)|(?<=/\. ))(?=\s|\w)"
)
_DATELINE = re.compile(r"\((?P<name>[A-Z][\w .’'-]{1,40})\)\s?(?:\.?--?|[—–])\s{0,2}(?=[A-Z“\"‘'\d])")
_UNLISTED = re.compile(r"\([A-Z]{3,6}\)")  # an agency, by its place; two letters may be a state
_TAIL = re.compile(
    r"[.!?”\"’](?:\s?[(\[](?P<inside>[^()\[\]]{2,60})[)\]]|\s{0,2}[—–-]{1,2}\s?(?P<after>[^—–.!?-]{2,60}))\W{0,3}\Z"
)
_INITIALS = re.compile(r"[a-z/,. ()]{0,30}\((?P<inside>[^()]{2,60})\)\W*\Z")
_LABEL = re.compile(
    r"\b(?:(?:last )?(?:updated?|modified)|published|posted)(?: on| at)?\b\s?:?", re.IGNORECASE
)
_LINK = re.compile(
    r"(?:source|via|original|read the original|originally published(?: at| on)?)\W{1,3}(https?://\S{4,200})",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\W{0,3}(?:©|\(c\)|copyright)?\W{0,3}(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?)?\W{0,3}"
    r"(?P<holder>[^\W_][^©]{1,120})",
    re.IGNORECASE,
)
_AROUND = ("credit", "update_note", "byline")


@dataclass(frozen=True)
class Sign:
    """One place that names an outlet as the author: how sure it is and where, as `origin` shows it."""

    outlet: OutletPattern
    rank: int
    where: str


@dataclass(frozen=True)
class Shared:
    """One place that says that others had a part in the text or, with `is_whole`, that the site did not write it."""

    where: str
    text: str
    is_whole: bool = False


Found = Iterator[Sign | Shared]


def credits(page: Ends, fields: Mapping[str, str], known: Signatures) -> Found:
    """The signs of who wrote an article, from the ends of its page and what its file says of it."""
    yield from _of_fields(fields, known)
    for n, line in enumerate(page.head):
        yield from _above(page, n, line, known)
    yield from _openings(page, known)
    for line in (*page.closing[-1:], *page.foot[:2]):
        yield from _tail(line, known)
    for line in page.closing:
        yield from _signed(line, known, ("signoff",))
    for n, line in enumerate(page.foot):
        yield from _below(page, n, line, known)


def _openings(page: Ends, known: Signatures) -> Found:
    """Datelines that cleaning left in the story; below its first paragraph they may be those of what it cites."""
    for n, line in enumerate(page.opening):
        if n and page.opening[n - 1].text.endswith(":"):
            continue
        if line.role == "dateline":
            for outlet, name, _ in known.found(line.text, "dateline"):
                yield Sign(outlet, WEAK, _where(line, "dateline", name))
        for found in (*_OPENING.finditer(line.text[:120]), *_DATELINE.finditer(line.text)):
            before = line.text[: found.start("name") - 1].split()
            if (
                not before
                or _spells_out(before, found["name"])
                or not re.match(r"\W{0,3}[A-ZÀ-Þ\d]", before[-1])
            ):
                continue
            if outlet := known.written(found["name"]):
                yield Sign(outlet, WEAK if n else STRONG, _where(line, "dateline", found["name"]))


def _spells_out(before: list[str], name: str) -> bool:
    """Does a name stand before its own abbreviation: "Andhra Pradesh (AP) – "?"""
    return "".join(word[0] for word in before[-len(name) :]).upper() == name.upper() and len(name) > 1


def _of_fields(fields: Mapping[str, str], known: Signatures) -> Found:
    byline = fields.get("byline", "")
    named: dict[str, Sign] = {}
    for part in filter(None, (part.strip() for part in byline[:2000].split(";")[:20])):
        if joint := known.joint(part):
            yield from _joint(joint, "byline given", part)
            continue
        for outlet, name, _ in known.found(part, "byline"):
            named.setdefault(outlet.id, Sign(outlet, STRONG, f"byline given ({name})"))
    if len(named) > 1:
        yield Shared("byline given", byline[:100], is_whole=True)
    else:
        yield from named.values()
    for outlet, name, _ in known.found(fields.get("dateline", "")[:200], "dateline"):
        yield Sign(outlet, STRONG, f"dateline given ({name})")


def _above(page: Ends, n: int, line: Line, known: Signatures) -> Found:
    if line.role == "dateline":
        for outlet, name, _ in known.found(line.text, "dateline"):
            if not _spells_out(line.text.partition(" (")[0].split(), name):
                yield Sign(outlet, STRONG, _where(line, "dateline", name))
            return
        if _UNLISTED.search(line.text):
            yield Shared(f"line {line.n}", line.text, is_whole=True)
        return
    stamps = moments(line.text)
    is_dated = bool(stamps) or bool(_LABEL.match(line.text))
    if line.role == "related" or (line.role == "caption" and not (stamps and stamps[0].start < 20)):
        return
    text = _LABEL.sub(" ", without_moments(line.text, stamps)) if is_dated else line.text
    text = trimmed(text)
    if joint := known.joint(text):
        if _is_credit(page, n, line) or is_dated or _BYLINE.match(text) or text.lower().startswith("source"):
            yield from _joint(joint, f"line {line.n}", text)
        return
    for outlet, name, is_signed in known.found(text, "byline"):
        if is_signed or (is_dated and "/" not in text) or _is_credit(page, n, line):
            yield Sign(outlet, STRONG, _where(line, "byline", name))
    if is_dated and ("|" in text or " / " in text):
        for part in re.split(r"\s?\|\s?| / ", text):
            if outlet := known.written(part):
                yield Sign(outlet, STRONG, _where(line, "byline", part.strip()))
    yield from _signed(line, known, ("signoff",))
    if not _is_below_picture(page, n):
        yield from _signed(line, known, ("credit",))
    if known.is_shared(text) and (_is_credit(page, n, line) or _BYLINE.match(text) or line.role == "byline"):
        yield Shared(
            f"line {line.n}", text, is_whole=text.lower().endswith(("agencies", "services", "reports"))
        )


def _is_below_picture(page: Ends, n: int) -> bool:
    before = page.head[n - 1] if n else None
    return before is not None and (before.role == "caption" or bool(_SENTENCE.search(before.text)))


def _is_credit(page: Ends, n: int, line: Line) -> bool:
    """Do the neighbours of a bare name say that it is a credit, and not one below a picture or in a menu?"""
    before = page.head[n - 1] if n else None
    after = next(iter((*page.head[n + 1 : n + 2], *page.opening[:1])), None)
    if "/" in line.text or "|" in line.text:
        return False
    if before and _is_byline(before):
        return True
    if _is_below_picture(page, n):
        return False
    if after is None:
        return False
    if _is_date(after):
        return before is None or before.role != "boilerplate" or before.rule == "short_line_above" or n <= 2
    is_story = after in page.opening or after.role == "dateline"
    return is_story and before is not None and (before.role == "headline" or _is_date(before))


def _is_byline(line: Line) -> bool:
    return line.role == "byline" or (bool(_BYLINE.match(line.text)) and len(line.text) < 120)


def _is_date(line: Line) -> bool:
    stamps = moments(line.text)
    if not stamps and not _LABEL.match(line.text):
        return False
    return len(re.findall(r"[^\W\d_]{3,}", without_moments(line.text, stamps))) <= 5


def _below(page: Ends, n: int, line: Line, known: Signatures) -> Found:
    if found := _LINK.match(line.text):
        host = urlsplit(found[1]).hostname or ""
        if n < NEAR and (outlet := known.at(host)):
            yield Sign(outlet, WEAK, _where(line, "source link", host))
        return
    if n < NEAR and (holder := copyright_holder(line.text)):
        outlet = known.written(holder) or next(
            (known.written(part) for part in (holder.split(" ", 1)[0],)), None
        )
        is_notice = " " in holder or re.search(
            r"\d{4}|reserved", line.text
        )  # "© AFP" alone signs a picture, too
        if outlet and outlet.agency and is_notice:
            yield Sign(outlet, WEAK, _where(line, "copyright line of an agency", outlet.name))
    text = without_editors(line.text)
    has_initials = n < NEAR and line.role != "caption" and (found := _INITIALS.match(text))
    text = found["inside"] if has_initials else text
    if n < NEAR and (joint := known.joint(text)):
        yield from _joint(joint, f"line {line.n}", text, is_whole=not has_initials)
        return
    if known.is_foreign(text):
        yield Shared(f"line {line.n}", text, is_whole=True)
    is_next = n < ADJACENT and all(other.role in _AROUND for other in page.foot[:n])
    if is_next and line.role not in ("caption",) and not _names_one(page.foot[n + 1 : n + 2], known):
        for outlet, name, _ in known.found(text, "byline"):
            yield Sign(outlet, STRONG, _where(line, "sign-off", name))
    yield from _signed(line, known, ("signoff", "credit") if n < NEAR else ("signoff",), text)
    if n < NEAR and known.is_shared(text):
        yield Shared(f"line {line.n}", text)


def _names_one(lines: list[Line], known: Signatures) -> bool:
    return any(known.written(line.text) for line in lines)


def _tail(line: Line, known: Signatures) -> Found:
    if len(line.text) < 40 or not (found := _TAIL.search(line.text[-80:])):
        return
    text = without_editors((found["inside"] or found["after"]).strip())
    if joint := known.joint(text):
        yield from _joint(joint, f"line {line.n}", text)
    elif (outlet := known.written(text)) and outlet.agency:
        yield Sign(outlet, STRONG, _where(line, "sign-off", text))
    elif known.is_shared(text):
        yield Shared(f"line {line.n}", text)


def _signed(line: Line, known: Signatures, places: tuple[str, ...], text: str = "") -> Found:
    for place in places:
        for outlet, name, _ in known.found(text or line.text, place):
            how = "sign-off" if place == "signoff" else "credit"
            yield Sign(outlet, STRONG if place == "signoff" else WEAK, _where(line, how, name))


def _joint(joint: Joint, where: str, text: str, *, is_whole: bool = True) -> Found:
    if len(joint.outlets) == 1:
        how = (
            f"{where}: credit ({joint.outlets[0].name})"
            if where.startswith("line")
            else f"{where} ({text[:60]})"
        )
        yield Sign(joint.outlets[0], WEAK, how)
    if len(joint.outlets) != 1 or joint.has_agencies:
        yield Shared(where, text[:100], is_whole)


def copyright_holder(text: str) -> str:
    """Whom a copyright line names, "" where `text` is none."""
    if not (found := _COPYRIGHT.match(text[:200].strip())):
        return ""
    holder = re.split(
        r"\.(?:\s|\Z)|\s?[|–—]\s|,? all rights|(?<!News), (?:Inc|LLC|Ltd)|\bby\b",
        found["holder"],
        maxsplit=1,
        flags=re.IGNORECASE,
    )[0]
    holder = re.sub(r",?\s(?:Ltd|Limited|LLC|Inc|GmbH|plc|Corp|Co|Pvt|Pte|AG|SA)\b\.?.*\Z", "", holder)
    holder = re.sub(r"\s(?:(?:19|20)\d\d|unless|except)\b.*\Z", "", holder).strip(" .,;:-")
    if not re.search(r"©|\(c\)|\d{4}", found.group(), re.IGNORECASE):
        return ""  # "Copyright Policy"
    return holder if 1 <= len(holder.split()) <= 7 and holder[:1].isupper() else ""


def _where(line: Line, how: str, name: str) -> str:
    return f"line {line.n}: {how} ({' '.join(name.split())[:60]})"
