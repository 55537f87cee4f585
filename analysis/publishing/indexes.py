"""Indexes: the page of all stories, and the page of one story with its reports, findings and limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from analysis.publishing.displays import Display, linked
from analysis.publishing.pages import Link, page

MOST_IN_FULL = 20  # stories that are shown with what is said of them
MOST_OUTLETS = 500  # rows of the list of outlets
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
STATUSES = ("complete", "failed", "none")


@dataclass(frozen=True)
class ReportLink:
    """A report in an index: `href` relative to the index; `note`: why it failed, that it is out of date."""

    label: str
    href: str | None = None
    status: str = "complete"
    note: str = ""

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise ValueError(f"status {self.status!r}; allowed are {', '.join(STATUSES)}")
        if self.status == "complete" and self.href is None:
            raise ValueError(f"{self.label}: a complete report has an address")


@dataclass(frozen=True)
class StoryEntry:
    """A story in the page of all stories; `facts` are (name, value) such as ("Copies", "5")."""

    title: str
    href: str
    summary: str = ""
    facts: Sequence[tuple[str, str]] = ()
    n_reports: int = 0
    n_failed: int = 0
    date: str = ""
    outlets: Sequence[str] = ()


def reports_index(
    stories: Sequence[StoryEntry],
    *,
    across: StoryEntry | None = None,
    language: str = "en",
    provenance: Sequence[tuple[str, str]] = (),
) -> str:
    """Return `reports/index.html`: the stories, in the order given, and the page `across` several of them.

    More than 20 are listed by year and month, a line each, with the number of stories of each outlet.
    """
    is_long = len(stories) > MOST_IN_FULL
    lead = (
        "One event, several newsrooms: how copies of the same story differ, "
        "with the passages behind every number."
    )
    return page(
        "stories.html.j2",
        title="Parallax",
        lead=lead,
        language=language,
        provenance=provenance,
        stories=[] if is_long else stories,
        across=across,
        n_stories=len(stories),
        months=_by_month(stories) if is_long else [],
        outlets=_by_outlet(stories) if is_long else [],
    )


def _by_month(stories: Sequence[StoryEntry]) -> list[tuple[str, list[StoryEntry]]]:
    """Year and month in words -> the stories dated so, in the order given."""
    months: dict[str, list[StoryEntry]] = {}
    for story in stories:
        months.setdefault(story.date[:7], []).append(story)
    return [(_month(month), own) for month, own in months.items()]


def _month(month: str) -> str:
    if not month:
        return "Without a date"
    year, _, number = month.partition("-")
    return f"{MONTHS[int(number) - 1]} {year}" if number else year


def _by_outlet(stories: Sequence[StoryEntry]) -> list[tuple[str, int, str, str]]:
    """Outlet, number of stories, first and last date; by name, which ranks nobody."""
    dates: dict[str, list[str]] = {}
    for story in stories:
        for outlet in story.outlets:
            dates.setdefault(outlet, []).append(story.date)
    return [
        (outlet, len(own), min(filter(None, own), default=""), max(own))
        for outlet, own in sorted(dates.items())
    ][:MOST_OUTLETS]


def story_index(
    title: str,
    *,
    outlets: Mapping[str, Mapping[str, ReportLink]],
    whole: Sequence[ReportLink] = (),
    facts: Sequence[tuple[str, str]] = (),
    findings: Display | None = None,
    glance: Display | None = None,
    limits: Sequence[str] = (),
    tables: Sequence[Link] = (),
    lead: str = "",
    home: str = "../index.html",
    language: str = "en",
    provenance: Sequence[tuple[str, str]] = (),
    hues: Mapping[str, str] | None = None,
    freshness: Sequence[str] = (),
    numbers: str = "",
) -> str:
    """Return `reports/<story>/index.html`.

    `outlets` maps each outlet's display name, in manifest order, to its reports by name of the notebook; the
    columns of the matrix are these names in the order of first appearance. `whole` are the reports on the
    whole story, `tables` the files with the numbers, `glance` the overview, `findings` the story in short, `hues` the
    hue of an outlet's name, `freshness` what is to be known of the age of the reports, `numbers` of the files with the numbers.
    """
    notebooks = list(dict.fromkeys(name for links in outlets.values() for name in links))
    rows = [(outlet, [links.get(name) for name in notebooks]) for outlet, links in outlets.items()]
    return page(
        "story.html.j2",
        title=title,
        lead=lead,
        trail=[Link("Parallax", home), Link("Story")],
        language=language,
        provenance=provenance,
        facts=facts,
        findings=findings.html() if findings else "",
        glance=Markup(linked(str(glance.html()), "tables/")) if glance else "",
        hues=hues or {},
        freshness=freshness,
        limits=limits,
        whole=whole,
        notebooks=notebooks,
        outlets=rows,
        tables=tables,
        numbers=numbers,
    )
