"""Records: what is known of an article besides its text, as a row of the manifest has it.

What the file says of itself, what its lines say and what the user says are put together here; `origin` judges who
wrote and who printed it, `dates` when.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePath

from analysis.corpus.cleaning import Cleaned
from analysis.corpus.dates import published
from analysis.corpus.formats.item import Item, Repair
from analysis.corpus.kinds import ARTICLE, kind_of
from analysis.corpus.manifest import URL
from analysis.corpus.origin import origin
from analysis.corpus.outlets import OutletPattern
from analysis.tables import UNKNOWN

LONGEST_ID = 48
FIRST_LINES = 12  # of a text, among which its headline is looked for
NOT_COUNTED = {  # why a page of this kind is no copy of a story
    "liveblog": "a live blog: several texts in one",
    "multi_story": "a page with several stories",
    "consent_wall": "a consent wall, not an article",
}


@dataclass(frozen=True)
class Record:
    """What is known of an article: `about` as columns of the manifest, the display name of its outlet, what to warn of."""

    about: dict[str, str]
    outlet_name: str
    warnings: tuple[Repair, ...]


def raw_text(item: Item) -> str:
    """The text of an article with its headline as first line, where the file holds them apart."""
    headline = item.fields.get("headline", "")
    if not headline or same_words(headline, *item.text.split("\n", FIRST_LINES)[:FIRST_LINES]):
        return item.text
    return f"{headline}\n\n{item.text}"


def record(
    item: Item,
    raw: str,
    cleaned: Cleaned,
    *,
    told: str = "",
    outlets: tuple[OutletPattern, ...] | None = None,
) -> Record:
    """What is known of the article `item`, whose text is `raw` and was `cleaned`; `told` is the outlet the user names."""
    lines, fields = cleaned.rows, item.fields
    by, when = origin(lines, raw, fields, told, outlets), published(lines, raw, fields)
    kind, n_signs, message = kind_of(raw, cleaned, fields)
    headline, deck = fields.get("headline") or cleaned.headline, fields.get("deck") or cleaned.deck
    own = not by.via and by.outlet != UNKNOWN
    about = {
        "outlet": by.outlet,
        "outlet_evidence": by.evidence,
        "via": by.via,
        "headline": headline,
        "deck": deck,
        "headline_written_by": "" if not headline else "outlet" if own else UNKNOWN,
        "deck_written_by": ""
        if not deck
        else "outlet"
        if own
        else "via"
        if by.via not in ("", UNKNOWN)
        else UNKNOWN,
        "byline": fields.get("byline") or cleaned.byline,
        "dateline": fields.get("dateline") or cleaned.dateline,
        "published_at": when.at,
        "published_precision": when.precision,
        "published_source": when.source,
        "updated_at": when.updated_at,
        "section": fields.get("section", ""),
        "url": url if URL.fullmatch(url := fields.get("url", "")) else "",
        "kind": kind,
        "is_counted": "true" if kind == ARTICLE else "false",
        "not_counted_because": NOT_COUNTED.get(kind, ""),
    }
    warned = ((kind, n_signs, message),) if message else ()
    return Record(about, by.name, (*by.warnings, *when.warnings, *warned))


def wanted_id(item: Item) -> str:
    """The doc_id an article would have: the id its file gives it, else its file's name and its unit's number."""
    stem = PurePath(item.file).stem
    number = "".join(filter(str.isdigit, item.unit))
    return item.fields.get("doc_id") or (f"{stem}-{number or item.unit}" if item.unit else stem)


def new_id(wanted: str, taken: Collection[str]) -> str:
    """An id like `wanted` of small letters, digits, - and _ that is not `taken`."""
    slug = re.sub(r"[^a-z0-9_]+", "-", wanted.lower()).strip("-_")[:LONGEST_ID] or "article"
    numbered, n = slug, 1
    while numbered in taken:
        n += 1
        numbered = f"{slug}-{n}"
    return numbered


def same_words(text: str, *others: str) -> bool:
    """Has one of `others` the words of `text`, case and punctuation aside?"""
    return any(re.findall(r"\w+", other.lower()) == re.findall(r"\w+", text.lower()) for other in others)
