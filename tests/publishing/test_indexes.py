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


def many_stories(n: int) -> list[StoryEntry]:
    days = [f"20{20 + number // 150}-{1 + number % 12:02}-15" for number in range(n)]
    return [
        StoryEntry(
            f"Story {number} of a long title in the news",
            f"story-{number}/index.html",
            summary="What people say of the texts, in a long sentence. " * 5,
            n_reports=18,
            n_failed=number % 2,
            date=day,
            outlets=("Echo", "Herald", "Post", "Star")[: 1 + number % 4],
        )
        for number, day in sorted(enumerate(days), key=lambda one: one[1], reverse=True)
    ]


def test_hundreds_of_stories_are_listed_by_month_and_outlet_on_a_page_that_stays_small():
    stories = many_stories(500)
    html = reports_index(stories)
    assert len(html.encode()) < 400_000 and "<script" not in html
    assert html.index("December 2023") < html.index("November 2023") < html.index("January 2020")
    assert html.count('<li><a href="story-') == 500 and "long sentence" not in html
    rows = cells(html)
    assert rows[0] == ["Outlet", "Stories", "First", "Last"]
    assert rows[1] == ["Echo", "500", "2020-01-15", "2023-12-15"]
    assert rows[4][:2] == ["Star", "125"]


def test_few_stories_are_shown_with_what_is_said_of_them():
    html = reports_index(many_stories(20), across=StoryEntry("Together", "across/index.html", n_reports=1))
    assert html.count("long sentence") == 100 and "By outlet" not in html
    assert html.index('href="across/index.html"') < html.index('href="story-')


def test_a_story_without_a_date_stands_last_by_itself():
    broken = StoryEntry("Broken", "broken/index.html", summary="It broke", outlets=("Echo", "Nobody"))
    html = reports_index([*many_stories(21), broken])
    assert html.index("January 2020") < html.index("Without a date")
    assert ["Echo", "22", "2020-01-15", "2020-12-15"] in cells(html)
    assert ["Nobody", "1", "", ""] in cells(html)
