"""The indexes lead to every report, and say which one failed."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from analysis.publishing.displays import Figure, Finding, Findings
from analysis.publishing.indexes import ReportLink, StoryEntry, reports_index, story_index
from analysis.publishing.overviews import story_overview
from analysis.publishing.pages import Link
from analysis.publishing.reports import planned


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
        findings=Findings([Finding("<b>", "copies")]),
        limits=["</main>"],
        tables=[Link("a.csv", "tables/a b.csv")],
        whole=[ReportLink("Corpus", status="failed")],
    )
    assert "<dd>&lt;5&gt;</dd>" in html and "<li>&lt;b&gt; " in html and html.count("</main>") == 1
    assert 'href="tables/a%20b.csv"' in html and "<b>failed</b>" in html


def test_an_index_names_an_outlet_with_its_hue_and_says_how_fresh_its_reports_are():
    link = ReportLink("Framing", "a/framing.html")
    html = story_index("S", outlets={"A": {"Framing": link}}, hues={"A": "green"}, freshness=["All <new>."])
    assert '<th scope="row"><i class="chip green"></i>A</th>' in html and "<li>All &lt;new&gt;.</li>" in html


def test_the_overview_of_an_index_links_its_numbers():
    glance = Figure('<svg viewBox="0 0 9 9"/>', "a", "t", "c", "s.", ("estimates",))
    html = story_index("S", outlets={}, glance=glance)
    assert "<h2>At a glance</h2>" in html and 'href="tables/estimates.csv"' in html


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


def test_two_outlets_of_one_name_both_stand_in_the_index(founding):
    outlets = tuple(one.model_copy(update={"name": "The Echo"}) for one in founding.about.outlets[:2])
    about = founding.about.model_copy(update={"outlets": (*outlets, *founding.about.outlets[2:])})
    html = story_overview(replace(founding, about=about), planned(founding), {})
    assert "The Echo (reuters)" in html and "The Echo (ap)" in html and "AFP (afp)" not in html
