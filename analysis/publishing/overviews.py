"""Overviews: what the index pages tell of the stories and of their reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from analysis.across import ACROSS
from analysis.comparison.findings import number
from analysis.corpus.manifest import BadManifest
from analysis.outline import outline, story_names
from analysis.publishing import provenance
from analysis.publishing.csv_tables import IN_MEASURES, csv_tables
from analysis.publishing.displays import Findings
from analysis.publishing.hues import hue_class
from analysis.publishing.indexes import ReportLink, StoryEntry, reports_index, story_index
from analysis.publishing.pages import Link
from analysis.publishing.report import Report
from analysis.story import Story
from analysis.story_yml import BadStory

OUT_OF_DATE = "out of date"
NO_DATE = "not known"
MOST_FILES = 8  # that a line names
WHOLE_TITLES = {
    "comparison": "Comparison: all copies side by side",
    "corpus": "Corpus: what was read and set aside",
}
ALL = "Several stories together"
OF_OUTLETS = "Comparison: outlets side by side"


def story_overview(story: Story, reports: Sequence[Report], entries: Mapping[str, Mapping]) -> str:
    """`reports/<story>/index.html`: `reports` are those planned, `entries` what provenance.json says of those there are."""

    from analysis.publishing import (  # and with them what draws; the page of all stories is spared it
        figures,
        texts,
    )

    titles = WHOLE_TITLES | ({"comparison": OF_OUTLETS} if story.is_many else {})

    def link(report: Report) -> ReportLink:
        known = entries.get(report.file)
        if known is None:
            title = titles.get(report.notebook, report.notebook.capitalize())
            return ReportLink(title, None, "none", "not made")
        failed = known["status"] != "complete"
        names = [story.about.outlet_name(one) for one in known.get("parameters", {}).get("outlets", ())]
        notes = [f"only: {', '.join(names)}"] if names else []
        notes += [OUT_OF_DATE] if known.get("made_from") else []
        return ReportLink(
            titles.get(report.notebook, report.notebook.capitalize()),
            None if failed else report.file,
            known["status"],
            known.get("error", "") or "; ".join(notes),
        )

    names = _names(story)
    outlets = {
        names[outlet]: {r.notebook.capitalize(): link(r) for r in reports if r.outlet == outlet}
        for outlet in ([] if story.stories else story.outlets)
    }
    documents = story.documents
    counted = documents[documents["is_counted"]]
    facts = [
        ("Date", story.about.date or NO_DATE),
        ("Outlets", number(len(story.outlets), 0)),
        (
            "Copies",
            number(len(documents), 0)
            + (f", {len(counted)} counted" if len(counted) < len(documents) else ""),
        ),
        ("Words", number(counted["n_words"].sum(), 0)),
        ("Texts", _texts(story)),
        ("Differences judged", texts.judged(story)),
    ]
    if story.stories:
        facts.insert(0, ("Stories", number(len(story.stories), 0)))
    if story.changed:
        facts.append(("Changed since it was measured", ", ".join(story.changed)))
    return story_index(
        story.about.title,
        outlets=outlets,
        whole=[link(report) for report in reports if report.outlet is None],
        facts=facts,
        findings=_in_short(story, entries),
        glance=figures.at_a_glance(story),
        freshness=_freshness(story, reports, entries),
        limits=[f"The data cannot say {what}." for what in texts.cannot(story)],
        hues={names[outlet]: hue_class(story.about, outlet) for outlet in story.outlets},
        numbers=IN_MEASURES if story.is_large else "",
        tables=[
            *(Link(f"{name}.csv", f"tables/{name}.csv") for name in csv_tables(story)),
            Link("provenance.json", "provenance.json"),
        ],
        lead="; ".join(story.stories.values()) if story.stories else story.about.note,
        provenance=[("Parallax", provenance.generated_by()["parallax"]), ("Story", story.name)],
    )


def _names(story: Story) -> dict[str, str]:
    """Outlet id -> display name, with the id where two outlets have one name."""
    n = Counter(story.outlets.values())
    return {outlet: f"{name} ({outlet})" if n[name] > 1 else name for outlet, name in story.outlets.items()}


def _some(files: Iterable[str]) -> str:
    """The first of many files, and how many there are more."""
    listed = list(files)
    more = f" and {len(listed) - MOST_FILES} more" if len(listed) > MOST_FILES else ""
    return ", ".join(listed[:MOST_FILES]) + more


def _freshness(story: Story, reports: Sequence[Report], entries: Mapping[str, Mapping]) -> list[str]:
    """How old the reports are: made from what is here now, before something changed, not at all."""
    own = {report.file: entries.get(report.file) for report in reports}
    failed = [file for file, entry in own.items() if entry and entry["status"] != "complete"]
    missing = [file for file, entry in own.items() if entry is None]
    old = {file: entry["made_from"] for file, entry in own.items() if entry and entry.get("made_from")}
    n = len(own) - len(failed) - len(missing) - len(old.keys() - {*failed})
    lines = [
        f"{n} of {len(own)} reports {'is' if n == 1 else 'are'} made from what is here now; provenance.json has the hashes."
    ]
    if old:
        changed = ", ".join(sorted({_called(name) for names in old.values() for name in names}))
        lines.append(f"Out of date: {_some(old)}. Changed since: {changed}.")
    if failed:
        lines.append(f"Failed: {_some(failed)}.")
    if missing:
        lines.append(f"Not made yet: {_some(missing)}.")
    if story.changed:
        lines.append(f"Since the measures were taken, this changed: {', '.join(story.changed)}.")
    return lines


def _called(part: str) -> str:
    """A part of provenance in words: rows by table and outlet, files without their folders."""
    table, _, outlet = part.removeprefix("rows/").partition("/")
    return (
        f"{table} of {outlet}" if part.startswith("rows/") and outlet else part.rstrip("/").rpartition("/")[2]
    )


def _in_short(story: Story, entries: Mapping[str, Mapping]) -> Findings:
    """What the comparison says in short, with links into it where it was made."""
    from analysis.publishing import summaries

    found = summaries.in_short(story)
    if entries.get("comparison.html", {}).get("status") == "complete":
        return replace(found, page="comparison.html")
    return Findings([replace(one, links=()) for one in found.rows])


def _texts(story: Story) -> str:
    n, n_all = len(story.texts), len(story.documents)
    return (
        "not here: measures without passages" if not n else "here" if n == n_all else f"{n} of {n_all} here"
    )


def stories_overview(folder: Path) -> str:
    """`reports/index.html`: the stories that have reports in `folder`, newest first; one whose story.yml or manifest broke since is named as it is."""
    entries = []
    for name in story_names():
        if not (folder / name / "provenance.json").is_file():
            continue
        try:
            story = outline(name)
            outlets = tuple(story.outlets.values())
            entry = StoryEntry(
                story.about.title,
                f"{name}/index.html",
                summary=story.about.note,
                facts=[
                    ("Date", story.about.date or NO_DATE),
                    ("Outlets", ", ".join(outlets)),
                    ("Copies", number(len(story.manifest), 0)),
                ],
                date=story.about.date,
                outlets=outlets,
            )
        except (BadManifest, BadStory) as problem:
            entry = StoryEntry(
                name,
                f"{name}/index.html",
                summary=f"Since these reports were made, the story broke: {problem}",
            )
        entries.append(_counted(entry, folder / name))
    entries.sort(
        key=lambda one: one.date, reverse=True
    )  # stable: those of one day stay in the order of their names
    across = folder / ACROSS
    together = (
        _counted(StoryEntry(ALL, f"{ACROSS}/index.html"), across)
        if (across / "provenance.json").is_file()
        else None
    )
    shown = [("Parallax", provenance.generated_by()["parallax"])]
    return reports_index(entries, across=together, provenance=shown)


def _counted(entry: StoryEntry, folder: Path) -> StoryEntry:
    """The entry of a story with how many of its reports are complete, and how many failed."""
    known = provenance.read_provenance(folder / "provenance.json")["reports"].values()
    n = sum(one["status"] == "complete" for one in known)
    return replace(entry, n_reports=n, n_failed=len(known) - n)
