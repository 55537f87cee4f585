"""Page: what the tree of a saved web page says: the body, and what its metadata say of the article.

Only the worker of `bounds` calls this. Nothing is fetched: a page is what was saved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from analysis.corpus.formats import page_dates
from analysis.corpus.formats.body import body
from analysis.corpus.formats.flat import flat_lines
from analysis.corpus.formats.item import NotRead, Repair
from analysis.corpus.formats.linked_data import article_node
from analysis.corpus.formats.text import same_words

ENTITIES = re.compile(r"<!ENTITY\b", re.IGNORECASE)
DEEPEST = 2_000  # elements within each other; libxml2 stops a little above
FURTHER = re.compile(r"\s+(?:[|–—·»]|-)\s+[^|–—·»]{2,40}$")  # the name of the site behind a title


def extract(data: bytes) -> dict:
    """Text, fields, repairs and `is_clean` of the page `data` (UTF-8). Raises `NotRead`."""
    source = data.decode()
    if ENTITIES.search(source[:20_000]):
        raise NotRead("declares entities of its own (DTD); allowed: pages without")
    tree = _tree(data)
    node = article_node(tree, list(_headlines(tree)), (_canonical(tree), _meta(tree, "og:url")))
    fields, dated = _fields(tree, node)
    lines, is_clean = (flat_lines(source), False) if _is_cut(tree) else body(tree)
    repairs = [*dated]
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
    headline = fields.get("headline", "")
    if headline and lines and not same_words(lines[0], headline):
        lines = [headline, *(line for n, line in enumerate(lines) if n > 2 or not same_words(line, headline))]
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


def _fields(tree: HtmlElement, node: dict) -> tuple[dict[str, str], list[Repair]]:
    site = _text(_first(node.get("publisher"))) or _meta(tree, "og:site_name", "application-name")
    site = "" if "://" in site else site
    headline, heading = _headline(tree, node, site)
    dates, repairs = page_dates.published(tree, node, heading, lambda name: _meta(tree, name))
    fields = {
        "headline": headline,
        "byline": "; ".join(dict.fromkeys(_authors(node))) or _author_meta(tree),
        "via": site,
        "section": _text(_first(node.get("articleSection"))) or _meta(tree, "article:section"),
        "url": _url(tree, node),
        "language": (_text(node.get("inLanguage")) or tree.get("lang") or "")[:2].lower(),
        "updated_at": page_dates.updated(
            _text(node.get("dateModified")), _meta(tree, "article:modified_time", "og:updated_time")
        ),
        **dates,
    }
    return {name: value for name, value in fields.items() if value}, repairs


def _headlines(tree: HtmlElement) -> Iterator[str]:
    """What a page calls itself."""
    yield from (" ".join(heading.text_content().split()) for heading in tree.iter("h1"))
    yield from (_title(tree), _meta(tree, "og:title"), _meta(tree, "twitter:title"))


def _headline(tree: HtmlElement, node: dict, site: str) -> tuple[str, HtmlElement | None]:
    """The headline as printed, with its element, where it is; else as the metadata have it."""
    said = _text(node.get("headline")) or _meta(tree, "og:title", "twitter:title") or _title(tree)
    words = set(said.lower().split())
    for heading in tree.iter("h1"):  # which may hold the name of the site
        printed = " ".join(heading.text_content().split())
        if words and len(words & set(printed.lower().split())) >= len(words) / 2:
            return printed, heading
    while site and (end := FURTHER.search(said)) and end.group().strip(" |–—·»-").lower() in site.lower():
        said = said[: end.start()]
    return said, None


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
    url = _canonical(tree) or _meta(tree, "og:url") or _text(node.get("url"))
    return url if re.match(r"https?://\S+$", url) else ""


def _canonical(tree: HtmlElement) -> str:
    links = (link.get("href", "") for link in tree.iter("link") if link.get("rel", "").lower() == "canonical")
    return next(links, "")


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
