"""The indexes lead to every report, and say which one failed."""

from __future__ import annotations

import re

import pytest

from analysis.publishing.indexes import ReportLink, StoryEntry, reports_index, story_index
from analysis.publishing.pages import Link


def cells(html: str) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", html, flags=re.DOTALL)
    return [
        [re.sub(r"<[^>]*>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in rows
    ]


def test_the_matrix_has_a_row_an_outlet_and_a_column_a_notebook():
    html = story_index(
        "A <story>",
        outlets={
            "AP": {"Framing": ReportLink("Framing", "ap/framing.html")},
            "AFP": {
                "Framing": ReportLink("Framing", status="failed", note="KeyError: <x>"),
                "Sources": ReportLink("Sources", "afp/sources.html", note="out of date"),
            },
        },
    )
    assert cells(html) == [
        ["Outlet", "Framing", "Sources"],
        ["AP", "Framing", "\u2014"],
        ["AFP", "failed KeyError: &lt;x&gt;", "Sources out of date"],
    ]
    assert 'href="ap/framing.html"' in html and "<h1>A &lt;story&gt;</h1>" in html


def test_findings_limits_and_facts_are_text():
    html = story_index(
        "S",
        outlets={},
        facts=[("Copies", "<5>")],
        findings=["<b>"],
        limits=["</main>"],
        tables=[Link("a.csv", "tables/a b.csv")],
        whole=[ReportLink("Corpus", status="failed")],
    )
    assert "<dd>&lt;5&gt;</dd>" in html and "<li>&lt;b&gt;</li>" in html and html.count("</main>") == 1
    assert 'href="tables/a%20b.csv"' in html and "<b>failed</b>" in html


def test_without_a_finding_the_page_says_so():
    assert "No difference is clear in these copies." in story_index("S", outlets={})


def test_all_stories_stand_in_the_order_given():
    html = reports_index(
        [
            StoryEntry("B", "b/index.html", "s", [("Copies", "5")], 1),
            StoryEntry("A", "a/index.html", n_reports=18, n_failed=2),
        ]
    )
    assert html.index("b/index.html") < html.index("a/index.html")
    assert "1 report</p>" in html and '18 reports; <b class="failed">2 failed</b>' in html
    assert "No story has a report yet." in reports_index([])


def test_a_link_says_what_it_can():
    with pytest.raises(ValueError, match="allowed are complete, failed, none"):
        ReportLink("x", "x.html", "ok")
    with pytest.raises(ValueError, match="has an address"):
        ReportLink("x")
