"""Page dates: what a saved page states, outside its text, of when it was published.

Values go on as the page has them, so that one which can be read two ways or lies in the future is told and not
guessed at (`dates`). htmldate knows where else pages put a date. It is shown nothing but what speaks of publication,
other metadata and what stands with the headline, and its answer counts where one of these names that very day: left
alone it answers with dates of updates, comments, related stories and copyright, and reads 9/10/23 its own way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import copy
from datetime import UTC, datetime, timedelta

from htmldate import find_date
from lxml.html import Element, HtmlElement

from analysis.corpus.formats.item import Repair
from analysis.corpus.moments import AMBIGUOUS, Moment, moment_of, moments

KIND = "published_at"  # of the repairs
METAS = ("article:published_time", "og:article:published_time", "datePublished", "parsely-pub-date")
LESSER_METAS = ("pubdate", "publishdate", "dc.date.issued", "dcterms.created", "sailthru.date", "pdate")
KNOWN = frozenset(map(str.lower, (*METAS, *LESSER_METAS)))
GUESSED, BESIDE = "htmldate", "beside the headline"
FIRST_YEAR = 1980  # before it, a clock of a machine begins
LONGEST = 100  # characters of a value
ANOTHER = re.compile(  # what says that a date is of something else
    r"modif|updat|\blast|\bedited|correct|revis|review|expir|archiv|saved|printed|crawl|retriev|accessed"
    r"|copyright|©|birth|event",
    re.IGNORECASE,
)
DATED = re.compile(r"date|time|publi|posted|created|issued|byline", re.IGNORECASE)
APART = re.compile(
    r"\b(?:comments?|related|recommend\w*|teasers?|promo|popular|sidebar|widget|footer)\b", re.IGNORECASE
)
APART_TAGS = ("aside", "footer", "nav", "figure", "form", "a")
HEADINGS = ("h1", "h2", "h3", "h4")
PARAGRAPH, PARAGRAPHS, ELEMENTS = (
    80,
    2,
    200,
)  # characters of a paragraph; with how many the story is under way


def published(
    tree: HtmlElement, node: dict, heading: HtmlElement | None, meta: Callable[[str], str]
) -> tuple[dict[str, str], list[Repair]]:
    """The fields published_at and published_source, and what is to be said of statements passed over.

    `node` is the JSON-LD of the page, `heading` the element of its headline, `meta` what a meta of a name holds.
    """
    passed: list[tuple[str, str, str]] = []
    good: list[tuple[str, Moment]] = []
    for source, value in _stated(tree, node, heading, meta):
        found = moment_of(value)
        if why := _problem(found):
            passed += [] if good else [(source, value[:LONGEST], why)]
        else:
            good.append((source, found))
    if good:
        # Of several that say the day of the best, one may say the minute as well.
        same = (one for one in good if one[1].day == good[0][1].day and one[1].precision == "minute")
        source, found = next(same, good[0])
        fields = {"published_at": found.at, "published_source": source}
        return fields, _said(passed, f"{source} ({found.at}) was taken")
    # What is left goes on as it stands: `dates` names it, in its own words.
    kept = next((one for one in passed if not one[2].startswith("lies before")), None)
    fields = {"published_at": kept[1], "published_source": kept[0]} if kept else {}
    return fields, _said([one for one in passed if one is not kept], "it was left out")


def updated(*stated: str) -> str:
    """The first thing stated of the last change of a page, as it stands; "" where no clock can mean it."""
    said = next(filter(None, stated), "")[:LONGEST]
    return "" if _problem(moment_of(said)).startswith("lies before") else said


def _said(passed: list[tuple[str, str, str]], end: str) -> list[Repair]:
    return [(KIND, 1, f"{source} says {value!r}, which {why}: {end}") for source, value, why in passed]


def _problem(found: Moment) -> str:
    """Why a moment cannot be that of a publication, "" where it can."""
    if not found.at:
        return "can be read as two days" if found.problem == AMBIGUOUS else f"is {found.problem}"
    if int(found.at[:4]) < FIRST_YEAR:
        return f"lies before {FIRST_YEAR}"
    is_to_come = found.day > (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    return "lies in the future" if is_to_come else ""


def _stated(
    tree: HtmlElement, node: dict, heading: HtmlElement | None, meta: Callable[[str], str]
) -> Iterator[tuple[str, str]]:
    """Where a page states when it was published, best first: (source, value), none of them empty."""
    said = node.get("datePublished")
    if isinstance(said, str) and said.strip():
        yield "JSON-LD datePublished", " ".join(said.split())
    yield from ((f"meta {name}", value) for name in METAS if (value := meta(name)))
    marked = tree.xpath("//*[@itemprop='datePublished'] | //time[@pubdate]")
    for element in [one for one in marked if not _is_apart(one, heading)][:1]:
        if (
            value := element.get("content")
            or element.get("datetime")
            or " ".join(element.text_content().split())
        ):
            yield ("itemprop datePublished" if element.get("itemprop") else "time pubdate"), value
    yield from ((f"meta {name}", value) for name in LESSER_METAS if (value := meta(name)))
    yield from _elsewhere(tree, heading)


def _elsewhere(tree: HtmlElement, heading: HtmlElement | None) -> Iterator[tuple[str, str]]:
    """What htmldate finds in other metadata and beside the headline, as the page has it."""
    metas = [one for one in tree.iter("meta") if _is_of_publication(one)]
    beside = list(_beside(heading)) if heading is not None else []
    found = [
        _one(value) for value in (*(one.get("content", "") for one in metas), *(value for _, value in beside))
    ]
    if not any(value for value, _ in found):
        return
    page, head, body = Element("html"), Element("head"), Element("body")
    page.extend((head, body))
    head.extend(copy(one) for one in metas)
    body.extend(copy(one) for one, _ in beside)
    try:
        day = find_date(page, original_date=True, extensive_search=False)
    except Exception:  # what it raises on a year of twenty digits is no reason not to read the page
        day = None
    yield from ((GUESSED, value) for value, at in found if value and at.day == day)
    shown = [(value, at) for value, at in found[len(metas) :] if at.at]
    if len({at.day for _, at in shown}) == 1:  # which htmldate may not read: "Sept. 13, 2023"
        yield from ((BESIDE, value) for value, _ in shown)
    yield from ((GUESSED, value) for value, at in found if at.problem == AMBIGUOUS)


def _is_of_publication(meta: HtmlElement) -> bool:
    name = _named(meta)
    if any(meta.get(key, "").lower() in KNOWN for key in ("property", "name", "itemprop")):
        return False  # has been asked already
    return bool(DATED.search(name)) and not ANOTHER.search(name) and len(meta.get("content", "")) <= LONGEST


def _one(value: str) -> tuple[str, Moment]:
    """The one moment that `value` names, as it is written there, with what it is; "" for none and for several."""
    whole = moment_of(value)
    if whole.at or whole.problem == AMBIGUOUS:
        return value, whole
    found = moments(value)
    return (value[found[0].start : found[0].end], found[0]) if len(found) == 1 else ("", whole)


def _beside(heading: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """The elements behind a headline and before the story that are called a date or time, with their values."""
    n_paragraphs = 0
    for element in heading.xpath(f"following::*[position() <= {ELEMENTS}]"):
        text = " ".join(element.text_content().split())
        own = text if element.tag == "p" else " ".join("".join(element.xpath("text()")).split())
        n_paragraphs += len(own) >= PARAGRAPH and element.tag not in ("script", "style")
        if n_paragraphs >= PARAGRAPHS or (n_paragraphs and element.tag in HEADINGS):
            return
        is_dated = element.tag in ("time", "abbr") or DATED.search(_named(element))
        about = f"{_named(element)} {text} {_before(element)}"
        if not is_dated or len(text) > LONGEST or ANOTHER.search(about) or _is_apart(element, heading):
            continue
        value = element.get("datetime") or (element.get("title") if element.tag == "abbr" else "") or text
        if any(map(str.isdigit, value)):
            yield element, value


def _is_apart(element: HtmlElement, heading: HtmlElement | None) -> bool:
    """Does an element stand in a part of the page that is not its article?"""
    shared = set(heading.iterancestors()) if heading is not None else set()
    parts = [one for one in (element, *element.iterancestors()) if one not in shared]
    return any(one.tag in APART_TAGS or (one.tag != "body" and APART.search(_named(one))) for one in parts)


def _named(element: HtmlElement) -> str:
    return " ".join(element.get(name, "") for name in ("property", "name", "itemprop", "class", "id"))


def _before(element: HtmlElement) -> str:
    """The words right before an element, which may say what its date is of."""
    previous = element.getprevious()
    if previous is None:
        return (element.getparent().text or "")[-LONGEST:]
    return f"{previous.text_content()[-LONGEST:]} {previous.tail or ''}"
