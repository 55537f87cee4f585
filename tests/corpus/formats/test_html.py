"""Saved pages are decoded by what they are, and their body and facts are taken."""

from __future__ import annotations

import json

import pytest

from analysis.corpus.formats import read_data

LINE = "The ferry to the northern islands stayed in port on Friday; “we wait,” its crew said of the storm."
BODY = "".join(f"<p>{LINE} It was day {n}.</p>" for n in range(6))


def page(head: str = "", body: str = BODY) -> str:
    return f"<html><head>{head}</head><body><nav><a href='/a'>Home</a><a href='/b'>World</a></nav><article>{body}</article></body></html>"


def read(data: bytes | str):
    (one,) = read_data(data.encode() if isinstance(data, str) else data, "a.html")
    return one


@pytest.mark.parametrize(
    ("data", "kinds"),
    [
        (page("<meta charset=utf-8>").encode(), []),
        (page("<meta charset=windows-1252>").encode("cp1252"), []),
        (page("<meta charset=iso-8859-1>").encode("cp1252"), []),
        (page().encode("utf-16"), []),
        (page("<meta charset=utf-8>").encode("cp1252"), ["encoding"]),
        (page().encode("cp1252"), ["encoding"]),
        (page("<meta charset=iso-8859-1>").encode(), ["encoding"]),
        (page("<meta charset=rot13>").encode("cp1252"), ["encoding"]),
    ],
)
def test_an_encoding_is_what_the_bytes_are_and_a_wrong_declaration_is_told(data, kinds):
    one = read(data)
    assert "“we wait,”" in one.text and [kind for kind, _, _ in one.repairs] == kinds


def test_the_body_is_taken_and_the_page_around_it_is_not():
    one = read(page())
    assert one.text.count("The ferry") == 6 and "Home" not in one.text and one.is_clean


def test_facts_come_from_json_ld_before_meta():
    facts = {
        "@context": "https://schema.org", "@graph": [{
            "@type": "NewsArticle", "headline": "Ferry waits", "author": [{"name": "Ines Falk"}, {"name": "https://example.org/x"}],
            "datePublished": "2023-09-13T14:15:00+09:00", "dateModified": "2023-09-14T01:00:00Z", "articleSection": ["World"],
            "publisher": {"name": "The Echo"},
        }],
    }  # fmt: skip
    head = (
        f'<script type="application/ld+json">{json.dumps(facts)}</script><link rel="canonical" href="https://echo.example/ferry">'
        '<meta property="og:site_name" content="Other"><meta property="article:published_time" content="2001-01-01">'
    )
    fields = read(page(head)).fields
    assert (
        fields["headline"] == "Ferry waits"
        and fields["byline"] == "Ines Falk"
        and fields["via"] == "The Echo"
    )
    assert (fields["published_at"], fields["published_source"]) == (
        "2023-09-13T14:15+09:00",
        "JSON-LD datePublished",
    )
    assert (
        fields["updated_at"].startswith("2023-09-14T01:00") and fields["url"] == "https://echo.example/ferry"
    )
    assert fields["section"] == "World"


@pytest.mark.parametrize(
    "script",
    [
        "{",
        "[" * 5_000,
        '{"@type": "NewsArticle", "headline": {"a": [1]}, "author": 7, "datePublished": []}',
        "null",
    ],
)
def test_broken_json_ld_costs_nothing_but_itself(script):
    one = read(page(f'<script type="application/ld+json">{script}</script><title>Ferry waits</title>'))
    assert one.text.count("The ferry") == 6 and one.fields["headline"] == "Ferry waits"


def test_script_and_markup_of_a_page_never_enter_the_text():
    one = read(
        page(
            body=BODY
            + "<script>alert(1)</script><style>p{}</style><template><p>hidden words</p></template><!-- note -->"
        )
    )
    assert not any(part in one.text for part in ("alert", "p{}", "hidden words", "note", "<"))


def test_half_a_surrogate_pair_cuts_nothing_off():
    one = read(page(body=BODY.replace("day 2", "day &#xD800; 2").replace("day 3", "day &#55357; 3")))
    assert one.text.count("The ferry") == 6


def test_deep_nesting_and_equal_paragraphs_lose_nothing():
    assert LINE in read(f"<html><body>{'<div>' * 2500}{LINE}{'</div>' * 2500}</body></html>").text
    assert read(page(body=f"<p>{LINE}</p>" * 4)).text.count("The ferry") == 4


def test_what_a_parser_refuses_is_said_in_its_own_words():
    one = read(
        f"<html><body>{' ' * 70_000}<!DOCTYPE html [<!ENTITY a 'b'>]></body></html>".replace(
            " " * 70_000, "", 1
        )
    )
    assert "declares entities of its own" in one.reason
