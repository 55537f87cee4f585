"""What a saved page says of itself is taken from its own metadata, and nothing is guessed of when it was published."""

from __future__ import annotations

import json

import pytest

from analysis.corpus.formats import read_data

TITLE = "Harbour vote splits the council"
LINE = "The council voted nine to four on Wednesday to build a bridge across the harbour, after a long night of talks."
BODY = "".join(f"<p>{LINE} It was vote {n}.</p>" for n in range(6))


def read(*, head: str = "", top: str = "", end: str = ""):
    page = (
        f"<html><head><title>{TITLE}</title>{head}</head><body><main><article><h1>{TITLE}</h1>{top}{BODY}</article></main>"
        f"{end}</body></html>"
    )
    (one,) = read_data(page.encode(), "a.html")
    return one


def fields(**parts: str) -> dict[str, str]:
    return read(**parts).fields


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def ld(*nodes: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes)


@pytest.mark.parametrize(
    "parts",
    [
        {"top": '<span class="date">09/10/2023</span>'},
        {"top": '<time class="published">09/10/2023</time>'},
        {"head": '<meta name="date" content="09/10/2023">'},
        {"head": meta("article:published_time", "09/10/2023")},
        {"head": ld({"@type": "NewsArticle", "headline": TITLE, "datePublished": "09/10/2023"})},
    ],
)
def test_a_date_that_can_be_read_as_two_days_goes_on_as_it_stands(parts):
    assert fields(**parts)["published_at"] == "09/10/2023"


@pytest.mark.parametrize(
    "parts",
    [
        {"head": ld({"@type": "NewsArticle", "headline": TITLE, "dateModified": "2023-09-15T10:00:00Z"})},
        {"head": meta("article:modified_time", "2023-09-15T10:00:00Z")},
        {"head": meta("og:updated_time", "2023-09-15T10:00:00Z")},
        {
            "head": '<meta name="archive_date" content="2024-05-05"><meta name="DC.date.modified" content="2024-05-06">'
        },
        {"top": '<p class="updated">Last updated 15 September 2023</p>'},
        {"top": "<p>Updated <time>15 September 2023</time></p>"},
        {"top": '<aside>Read more <time datetime="2021-03-04">4 March 2021</time></aside>'},
        {"top": '<div class="related"><time datetime="2021-03-04">4 March 2021</time></div>'},
        {
            "end": '<aside><a href="/x">Ferry aground</a> <time datetime="2021-03-04">4 March 2021</time></aside>'
        },
        {"end": '<div class="comments"><p>Ann wrote on 2023-11-20: nice</p><time>2023-11-20</time></div>'},
        {
            "end": '<div class="comment"><time itemprop="datePublished" datetime="2023-11-20">today</time></div>'
        },
        {"end": "<footer>Copyright 12 March 2019 Dale Courier</footer>"},
        {"end": "<p>Page saved on 2024-01-05</p>"},
    ],
)
def test_a_date_of_something_else_is_not_the_day_of_publication(parts):
    assert "published_at" not in fields(**parts)


@pytest.mark.parametrize(
    ("top", "source"),
    [
        ('<p>By Ines Falk</p><time datetime="2023-09-13T14:15:00-04:00">on Wednesday</time>', "htmldate"),
        (
            '<div class="meta">News | <span class="date">13 September 2023 14:15 (GMT-4)</span></div>',
            "beside the headline",
        ),
        (
            '<p class="byline">By Ines Falk <span>|</span> Sept. 13, 2023 2:15 p.m. EDT</p>',
            "beside the headline",
        ),
    ],
)
def test_a_date_beside_the_headline_is_the_day_of_publication(top, source):
    found = fields(top=top)
    assert (found["published_at"], found["published_source"]) == ("2023-09-13T14:15-04:00", source)


def test_of_two_days_beside_the_headline_none_is_taken_that_htmldate_does_not_name():
    assert "published_at" not in fields(
        top='<p class="date">Sept. 13, 2023</p><p class="date">Sept. 15, 2023</p>'
    )


def test_other_metadata_that_name_a_day_of_publication_are_found():
    found = fields(head='<meta name="citation_date" content="2023-09-13">')
    assert (found["published_at"], found["published_source"]) == ("2023-09-13", "htmldate")


def test_a_time_marked_as_publication_goes_before_what_is_found():
    found = fields(
        top='<p>12 September 2023</p><p><time pubdate datetime="2023-09-13T08:00Z">Wednesday</time></p>'
    )
    assert (found["published_at"], found["published_source"]) == ("2023-09-13T08:00+00:00", "time pubdate")


def test_a_day_to_come_goes_on_as_it_stands_and_a_later_statement_goes_before_it_with_a_word():
    to_come = ld({"@type": "NewsArticle", "headline": TITLE, "datePublished": "2131-01-05T10:00:00Z"})
    assert fields(head=to_come)["published_at"] == "2131-01-05T10:00:00Z"
    one = read(head=to_come + meta("article:published_time", "2023-09-13"))
    assert one.fields["published_at"] == "2023-09-13"
    assert [kind for kind, _, _ in one.repairs] == ["published_at"] and "lies in the future" in one.repairs[
        0
    ][2]


def test_the_beginning_of_a_clock_is_no_day_of_publication():
    one = read(head=ld({"@type": "NewsArticle", "headline": TITLE, "datePublished": "0001-01-01T00:00:00Z"}))
    assert "published_at" not in one.fields and "lies before 1980" in one.repairs[0][2]


def test_of_two_statements_of_one_day_that_with_the_minute_is_taken():
    said = {"@type": "NewsArticle", "headline": TITLE, "datePublished": "September 13, 2023"}
    found = fields(head=ld(said) + meta("article:published_time", "2023-09-13T14:15:00Z"))
    assert found["published_at"] == "2023-09-13T14:15+00:00"


@pytest.mark.parametrize(
    "date",
    [
        "Mon, 99999999999999999999 Jan 2023 10:00:00 GMT",
        "Mon, 10 Jan 2023 10:00:00 +99999999999999999999",
        "9" * 5_000,
        "-1",
        "2023-13-45",
    ],
)
@pytest.mark.parametrize(
    "name", ["article:published_time", "article:modified_time", "date", "article:published"]
)
def test_a_date_that_is_none_does_not_cost_the_page(date, name):
    one = read(head=meta(name, date))
    assert one.text.count("The council") == 6 and one.fields.get("published_at", date).startswith(date[:90])


RELATED = {
    "@type": "NewsArticle", "headline": "Ferry aground in the far north", "author": {"name": "Reuters"}, "publisher": {"name": "Reuters"},
    "datePublished": "2021-03-04T10:00:00Z", "url": "https://dale.example/ferry",
}  # fmt: skip
OWN = {
    "@type": "NewsArticle", "headline": TITLE, "author": {"name": "Ines Falk"}, "datePublished": "2023-09-13", "publisher": {"name": "Dale"},
}  # fmt: skip


@pytest.mark.parametrize(
    "nodes",
    [
        [{"@type": "ItemList", "itemListElement": [RELATED]}],
        [{"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": RELATED}]}],
        *[
            [{"@type": "WebPage", key: RELATED}]
            for key in ("hasPart", "mentions", "isPartOf", "citation", "related")
        ],
        [RELATED, RELATED | {"headline": "Another ferry aground"}],
    ],
)
def test_linked_data_of_another_article_say_nothing_of_the_page(nodes):
    found = fields(head=ld(*nodes))
    assert found["headline"] == TITLE and not found.keys() & {"byline", "via", "published_at"}


@pytest.mark.parametrize(
    "nodes",
    [
        [OWN],
        [RELATED, OWN],
        [{"@graph": [RELATED, {"@type": "WebPage", "mainEntity": OWN}]}],
        [{"@type": "ItemList", "itemListElement": [RELATED]}, {"page": {"content": OWN}}],
        [
            RELATED,
            OWN | {"headline": "The vote that split us", "url": "http://www.dale.example/vote/?from=home"},
        ],
        [
            RELATED,
            OWN
            | {
                "headline": "The vote that split us",
                "mainEntityOfPage": {"@id": "https://dale.example/vote"},
            },
        ],
        [RELATED, OWN | {"headline": "Harbour vote splits"}],
    ],
)
def test_linked_data_of_the_page_are_found_among_those_of_others(nodes):
    found = fields(head=ld(*nodes) + '<link rel="canonical" href="https://dale.example/vote">')
    assert (found["byline"], found["via"], found["published_at"]) == ("Ines Falk", "Dale", "2023-09-13")


def test_the_only_node_of_a_page_is_its_own_whatever_its_headline():
    assert fields(head=ld(OWN | {"headline": "We should build it"}))["byline"] == "Ines Falk"
