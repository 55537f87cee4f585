"""Indexes: the page of all stories, and the page of one story with its reports, findings and limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from analysis.publishing.displays import Display, linked
from analysis.publishing.pages import Link, page

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


def reports_index(
    stories: Sequence[StoryEntry], *, language: str = "en", provenance: Sequence[tuple[str, str]] = ()
) -> str:
    """Return `reports/index.html`: the stories, in the order given."""
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
        stories=stories,
    )


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
) -> str:
    """Return `reports/<story>/index.html`.

    `outlets` maps each outlet's display name, in manifest order, to its reports by name of the notebook; the
    columns of the matrix are these names in the order of first appearance. `whole` are the reports on the
    whole story, `tables` the files with the numbers, `glance` the overview, `findings` the story in short, `hues` the
    hue of an outlet's name, `freshness` what is to be known of the age of the reports.
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
    )
