"""Linked data: the JSON-LD node of a page that describes its article.

A page also describes articles that it only links to. Such a node is never taken for its own: what stands in lists of
other works is not looked at, and where there is a choice, a node must name the headline or address of the page.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Collection, Iterator

from lxml.html import HtmlElement

LONGEST_JSON = 2_000_000  # characters of a block of JSON-LD
MOST_NODES = 20_000  # that are looked at
ARTICLE = re.compile(r"(?:\w*Article|\w*BlogPosting|Report)\Z")
OWN = ("@graph", "mainEntity", "mainEntityOfPage")  # what stands here is the page's own
OTHERS = frozenset(  # and here another work
    {
        "itemListElement",
        "hasPart",
        "isPartOf",
        "mentions",
        "relatedLink",
        "citation",
        "isBasedOn",
        "subjectOf",
        "comment",
        "review",
        "blogPost",
        "liveBlogUpdate",
    }
)
FEWEST = 3  # words of a headline that is known within a longer one


def article_node(tree: HtmlElement, headlines: Collection[str], addresses: Collection[str]) -> dict:
    """The node that describes the article of the page, {} where there is none or it is not told which.

    `headlines` and `addresses` are what else the page calls itself.
    """
    found = list(_articles(tree))
    for node, _ in found:
        if any(_is_said(node.get("headline"), one) for one in headlines):
            return node
        if _addresses(node) & {_address(one) for one in addresses if one}:
            return node
    alone = len(found) == 1 and not found[0][1]
    return found[0][0] if alone else {}


def _articles(tree: HtmlElement) -> Iterator[tuple[dict, bool]]:
    """The nodes that describe an article, and whether each stands inside something that is not the page."""
    queue: deque[tuple[object, bool]] = deque()
    for script in tree.iter("script"):
        if "ld+json" in script.get("type", "") and len(script.text or "") <= LONGEST_JSON:
            try:
                queue.append((json.loads(script.text or "", strict=False), False))
            except (ValueError, RecursionError):
                continue
    for _ in range(MOST_NODES):
        if not queue:
            return
        node, is_inner = queue.popleft()
        if isinstance(node, list):
            queue.extend((one, is_inner) for one in node)
        elif isinstance(node, dict):
            types = node.get("@type")
            if any(ARTICLE.match(str(kind)) for kind in (types if isinstance(types, list) else [types])):
                yield node, is_inner
            else:
                inner = ((name, value) for name, value in node.items() if name not in OTHERS)
                queue.extend((value, is_inner or name not in OWN) for name, value in inner)


def _is_said(headline: object, other: str) -> bool:
    """Is `headline` the same as `other`, or one of them cut off or with the name of the site behind it?"""
    if not isinstance(headline, str):
        return False
    short, long = sorted((re.findall(r"\w+", one.lower()) for one in (headline, other)), key=len)
    if short == long:
        return bool(short)
    return len(short) >= FEWEST and f" {' '.join(short)} " in f" {' '.join(long)} "


def _addresses(node: dict) -> set[str]:
    page = node.get("mainEntityOfPage")
    page = page.get("@id") or page.get("url") if isinstance(page, dict) else page
    said = (node.get("url"), node.get("@id"), page)
    return {_address(one) for one in said if isinstance(one, str) and "://" in one}


def _address(url: str) -> str:
    """An address without what differs between spellings of one: scheme, www, query, fragment, last slash."""
    return re.sub(r"^https?://(?:www\.)?", "", re.split(r"[?#]", url.strip(), maxsplit=1)[0].lower()).rstrip(
        "/"
    )
