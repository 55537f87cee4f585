"""Page: what the tree of a saved web page says: the body, and what its metadata say of the article.

Only the worker of `bounds` calls this. Nothing is fetched: a page is what was saved.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from htmldate import find_date
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from analysis.corpus.formats.body import body
from analysis.corpus.formats.flat import flat_lines
from analysis.corpus.formats.item import NotRead

ENTITIES = re.compile(r"<!ENTITY\b", re.IGNORECASE)
LONGEST_JSON = 2_000_000  # characters of a block of JSON-LD
DEEPEST = 2_000  # elements within each other; libxml2 stops a little above
MOST_NODES = 20_000  # of JSON-LD that are looked at
ARTICLE = re.compile(r"(?:\w*Article|\w*BlogPosting|Report)\Z")
FURTHER = re.compile(r"\s+(?:[|–—·»]|-)\s+[^|–—·»]{2,40}$")  # the name of the site behind a title
URL_DATE = re.compile(r"/(\d{4})[/-]([01]\d)[/-]([0-3]\d)(?=\D)")
FIRST_YEAR = 1980


def extract(data: bytes) -> dict:
    """Text, fields, repairs and `is_clean` of the page `data` (UTF-8). Raises `NotRead`."""
    source = data.decode()
    if ENTITIES.search(source[:20_000]):
        raise NotRead("declares entities of its own (DTD); allowed: pages without")
    tree = _tree(data)
    node = _article(tree)
    fields = _fields(tree, node)
    lines, is_clean = (flat_lines(source), False) if _is_cut(tree) else body(tree)
    repairs = []
    if not is_clean:
        repairs.append(
            (
                "extraction",
                1,
                "no article was found in the page: its whole text was taken and cleaned by lines",
            )
        )
    if str(_first(node.get("@type"))) == "LiveBlogPosting":
        fields["kind"] = "liveblog"
    if str(node.get("isAccessibleForFree", "")).lower() == "false":
        fields["is_paid"] = "true"
    headline = fields.get("headline", "")
    if headline and lines and not _same(lines[0], headline):
        lines = [headline, *(line for n, line in enumerate(lines) if n > 2 or not _same(line, headline))]
    return {"text": "\n".join(lines), "fields": fields, "repairs": repairs, "is_clean": is_clean}


def _tree(data: bytes) -> HtmlElement:
    parser = HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    try:
        tree = document_fromstring(data, parser=parser, ensure_head_body=True)
        etree.strip_elements(
            tree, "template", with_tail=False
        )  # never shown, and not known to the extraction
        return tree
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError) as problem:
        raise NotRead(f"is no page that can be parsed: {problem}") from None


def _is_cut(tree: HtmlElement) -> bool:
    """Is the page nested as deep as the parser goes, so that what stands deeper is lost?"""
    depth = deepest = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest >= DEEPEST


def _fields(tree: HtmlElement, node: dict) -> dict[str, str]:
    site = _text(_first(node.get("publisher"))) or _meta(tree, "og:site_name", "application-name")
    site = "" if "://" in site else site
    fields = {
        "headline": _headline(tree, node, site),
        "byline": "; ".join(dict.fromkeys(_authors(node))) or _author_meta(tree),
        "via": site,
        "section": _text(_first(node.get("articleSection"))) or _meta(tree, "article:section"),
        "url": _url(tree, node),
        "language": (_text(node.get("inLanguage")) or tree.get("lang") or "")[:2].lower(),
    }
    for source, value in _dates(tree, node):
        if stamp := date(value):
            fields["published_at"], fields["published_precision"] = stamp
            fields["published_source"] = source
            break
    updated = _text(node.get("dateModified")) or _meta(tree, "article:modified_time", "og:updated_time")
    if stamp := date(updated):
        fields["updated_at"] = stamp[0]
    return {name: value for name, value in fields.items() if value}


def _headline(tree: HtmlElement, node: dict, site: str) -> str:
    said = _text(node.get("headline")) or _meta(tree, "og:title", "twitter:title") or _title(tree)
    printed = [" ".join(heading.text_content().split()) for heading in tree.iter("h1")]
    words = set(said.lower().split())
    for heading in printed:  # as printed, where it is the headline and not the name of the site
        if words and len(words & set(heading.lower().split())) >= len(words) / 2:
            return heading
    while site and (end := FURTHER.search(said)) and end.group().strip(" |–—·»-").lower() in site.lower():
        said = said[: end.start()]
    return said


def _title(tree: HtmlElement) -> str:
    return FURTHER.sub("", " ".join((tree.findtext(".//title") or "").split()))


def _authors(node: dict) -> Iterator[str]:
    authors = node.get("author")
    for author in authors if isinstance(authors, list) else [authors]:
        if (name := _text(author)) and "://" not in name:
            yield name


def _author_meta(tree: HtmlElement) -> str:
    name = _meta(tree, "author", "article:author", "byl", "parsely-author", "dc.creator")
    return "" if "://" in name or name.startswith("@") else re.sub(r"^by\s+", "", name, flags=re.IGNORECASE)


def _url(tree: HtmlElement, node: dict) -> str:
    links = (link.get("href", "") for link in tree.iter("link") if link.get("rel", "").lower() == "canonical")
    url = next(links, "") or _meta(tree, "og:url") or _text(node.get("url"))
    return url if re.match(r"https?://\S+$", url) else ""


def _dates(tree: HtmlElement, node: dict) -> Iterator[tuple[str, str]]:
    """Where a page states when it was published, best first: (source, value)."""
    yield "JSON-LD datePublished", _text(node.get("datePublished"))
    for name in ("article:published_time", "og:article:published_time", "datePublished", "parsely-pub-date"):
        yield f"meta {name}", _meta(tree, name)
    for element in tree.xpath("//*[@itemprop='datePublished']")[:1]:
        yield "itemprop datePublished", element.get("content") or element.get("datetime") or ""
    for name in ("pubdate", "publishdate", "dc.date.issued", "dcterms.created", "sailthru.date", "pdate"):
        yield f"meta {name}", _meta(tree, name)
    if found := URL_DATE.search(_url(tree, node)):
        yield "url", "-".join(found.groups())
    yield "htmldate", find_date(tree, original_date=True, extensive_search=False) or ""


def date(value: str) -> tuple[str, str] | None:
    """`value` as ISO 8601 with its precision; None for one that is no date, or not one of a news page.

    Midnight to the second is what systems fill in where they know the day alone.
    """
    try:
        at = datetime.fromisoformat(value.strip())
    except ValueError:
        try:
            at = parsedate_to_datetime(value)
        except (ValueError, TypeError, IndexError):
            return None
    if not FIRST_YEAR <= at.year <= datetime.now().year or at.replace(
        tzinfo=None
    ) > datetime.now() + timedelta(1):
        return None
    if (at.hour, at.minute, at.second) == (0, 0, 0):
        return at.date().isoformat(), "day"
    return at.isoformat(timespec="minutes"), "minute"


def _article(tree: HtmlElement) -> dict:
    """The first JSON-LD node of the page that describes an article, {} where there is none."""
    queue: deque = deque()
    for script in tree.iter("script"):
        if "ld+json" in script.get("type", "") and len(script.text or "") <= LONGEST_JSON:
            try:
                queue.append(json.loads(script.text or "", strict=False))
            except (ValueError, RecursionError):
                continue
    for _ in range(MOST_NODES):
        if not queue:
            break
        node = queue.popleft()
        if isinstance(node, dict):
            types = node.get("@type")
            if any(ARTICLE.match(str(kind)) for kind in (types if isinstance(types, list) else [types])):
                return node
            queue.extend(node.values())
        elif isinstance(node, list):
            queue.extend(node)
    return {}


def _meta(tree: HtmlElement, *names: str) -> str:
    known = {}
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        known.setdefault(name, element.get("content", ""))
    return next((" ".join(known[name].split()) for name in map(str.lower, names) if known.get(name)), "")


def _first(value: object) -> object:
    return value[0] if isinstance(value, list) and value else value


def _text(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("name")
    return " ".join(value.split()) if isinstance(value, str) else ""


def _same(one: str, two: str) -> bool:
    return re.findall(r"\w+", one.lower()) == re.findall(r"\w+", two.lower())
