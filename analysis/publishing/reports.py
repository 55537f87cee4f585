"""Reports: which there are for a story, which must be made again, and the folder they are written to.

reports/<story>/<outlet>/<notebook>.html, reports/<story>/<notebook>.html, the numbers in tables/*.csv, and
provenance.json; indexes over all. A report appears only when it is complete.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from analysis.measured import TABLE_NAMES
from analysis.outline import Outline, UnknownStory, articles_of
from analysis.publishing import provenance, staleness
from analysis.publishing.csv_tables import OF_LARGE
from analysis.publishing.parameters import check_parameters
from analysis.publishing.report import PER_OUTLET, WHOLE, Outcome, Report
from analysis.publishing.settlement import PROVENANCE, Settlement, Settlements, entry_of, outlets_of
from analysis.storage import (
    ROOT,
    changes,
    file_digest,
    is_measured,
    read_table,
    recorded,
    write_atomically,
)
from analysis.stored_tables import Stored
from analysis.story import Story

NOTEBOOKS = ROOT / "notebooks"


def reports_folder() -> Path:
    """Where reports are written: PARALLAX_REPORTS, else `reports/` of this project."""
    return Path(os.environ.get("PARALLAX_REPORTS") or ROOT / "reports").resolve()


def planned(
    story: Story | Outline, *, outlets: Sequence[str] = (), notebooks: Sequence[str] = (), voice: str = "all"
) -> list[Report]:
    """The reports of a story; of `outlets` (ids) and `notebooks` alone where some are named."""
    there = outlets_of(story) if isinstance(story, Story) else story.outlets
    chosen = [outlet for outlet in there if not outlets or outlet in outlets]
    reports = []
    for name in WHOLE:
        shown = {"outlets": [o for o in chosen if outlets], "voice": voice} if name == "comparison" else {}
        reports.append(Report(story.name, name, None, {"story": story.name, **shown}))
    for outlet in chosen:
        reports += [
            Report(story.name, name, outlet, {"story": story.name, "outlet": outlet}) for name in PER_OUTLET
        ]
    return [report for report in reports if not notebooks or report.notebook in notebooks]


@dataclass(frozen=True)
class Made:
    """What became of a call of `make`: the outcomes of the reports that ran, and those that were up to date."""

    outcomes: list[Outcome]
    fresh: list[Report]

    @property
    def failed(self) -> list[Outcome]:
        """The outcomes that are not complete."""
        return [outcome for outcome in self.outcomes if not outcome.is_complete]

    def and_also(self, other: Made) -> Made:
        """What became of both."""
        return Made([*self.outcomes, *other.outcomes], [*self.fresh, *other.fresh])


def make(
    stories: Sequence[Story],
    reports: Sequence[Report],
    *,
    folder: Path | None = None,
    jobs: int = 2,
    force: bool = False,
    on_begin: Callable[[list[Report]], None] | None = None,
    on_progress: Callable[[Outcome, int, int], None] | None = None,
    on_stop: Callable[[list[str]], None] | None = None,
) -> Made:
    """Make those of `reports` that are stale, as the batch goes the tables and index of each story, and in the end the index of all.

    Parameters are checked before any kernel starts (BadParameter). `on_begin` is told the reports that are stale, in
    the order in which they are run, `on_progress` each as it ends, how many have ended, and of how many; `on_stop`, where the batch is
    interrupted, the stories whose tables and indexes are written before it ends. A report that fails leaves the others whole.
    """
    folder, common = folder or reports_folder(), provenance.common()

    def sources(story: Story, known: Mapping[str, Any]) -> dict[str, Any]:
        return made_from(story, known, common)

    notebooks = {name: _notebook(name) for name in dict.fromkeys(report.notebook for report in reports)}
    how = {"sources": sources, "around": _around, "notebooks": notebooks}
    batch = Settlements(Settlement(story, folder, planned=planned(story), **how) for story in stories)
    stale = [report for report in reports if force or batch.stories[report.story].is_stale(report)]
    for report in stale:  # what is up to date was checked when it was made
        check_parameters(NOTEBOOKS / f"{report.notebook}.ipynb", report.parameters)
    if on_begin is not None:
        on_begin(stale)
    batch.begin(stale)

    def note(outcome: Outcome, n_done: int, n_all: int) -> None:
        batch.note(outcome)
        if on_progress is not None:
            on_progress(outcome, n_done, n_all)

    try:
        if stale:
            from analysis.publishing.batch import run_all

            run_all(
                stale,
                notebooks=NOTEBOOKS,
                outputs=folder,
                jobs=jobs,
                on_progress=note,
                finish=partial(_finish, folder=folder),
                given=lambda report: {"pages": {report.story: batch.page(report)}},
                meanwhile=batch.settle_one,
            )
        while batch.settle_one():
            pass
    except BaseException:  # an interrupt, too: what ran has its provenance, and its story's index tells of it
        if (begun := batch.begun()) and on_stop is not None:
            on_stop(begun)
        for name in begun:
            batch.settle(name)
        if batch.outcomes:
            write_index(folder)
        raise
    write_index(folder)
    if batch.problems:
        raise batch.problems[0]
    ran = {report.path for report in stale}
    return Made(batch.outcomes, [report for report in reports if report.path not in ran])


def outlook(
    story: Outline,
    reports: Sequence[Report],
    *,
    folder: Path | None = None,
    force: bool = False,
    common: Mapping[str, Any] | None = None,
) -> list[tuple[Report, list[str]]]:
    """Those of `reports` that `make` would run, each with the reasons, the most telling first; nothing is run or written.

    Of a story that must be measured first, which is not done here, every report may change. `common` as in `made_from`. Raises `UnknownStory`.
    """
    folder = (folder or reports_folder()) / story.name
    first = to_measure(story)
    known, found = provenance.read_provenance(folder / PROVENANCE), []
    entries = (known["reports"].get(report.file, {}) for report in reports)
    is_asked = not force and any(entry.get("status") == "complete" for entry in entries)
    sources = made_from(story, known, common) if is_asked else {}  # others are made, whatever from
    for report in reports:
        why = [staleness.FORCED] if force else why_made_again(report, known, sources, folder)
        if first and not force:  # what is measured now is no longer what the page would be made from
            own = [one for one in why if one in staleness.OF_THE_PAGE]
            why = own or [f"{staleness.MEASURED_FIRST}: {', '.join(first)}"]
        found += [(report, why)] if why else []
    return found


def is_settled(
    story: Outline,
    reports: Sequence[Report],
    *,
    folder: Path | None = None,
    common: Mapping[str, Any] | None = None,
) -> bool:
    """Whether `make` of these `reports` would leave every byte as it is, tables and its index included; then nothing need be loaded.

    A story of which a file was not taken is never settled: that is said each time. `common` as in `made_from`. Raises `UnknownStory`.
    """
    here = (folder or reports_folder()) / story.name
    known = provenance.read_provenance(here / PROVENANCE)
    if not known["reports"] or to_measure(story) or len(read_table(story.folder, "rejected")):
        return False
    sources, tables = made_from(story, known, common), known.get("tables")
    return (
        all(known.get(part) == value for part, value in sources.items())
        and set(known["reports"]) <= {report.file for report in planned(story)}
        and not any(why_made_again(report, known, sources, here) for report in reports)
        and isinstance(tables, dict)
        and set(tables) in ({f"{name}.csv" for name in names} for names in (TABLE_NAMES, OF_LARGE))
        and all(provenance.is_of_digest(here / "tables" / name, digest) for name, digest in tables.items())
        and provenance.is_of_digest(here / "index.html", known.get("index_sha256"))
    )


def write_index(folder: Path) -> None:
    """Write the index of all stories that have reports in `folder`."""
    from analysis.publishing.overviews import stories_overview

    write_atomically(folder / "index.html", stories_overview(folder))


def to_measure(story: Outline) -> list[str]:
    """Why `load_story` would measure the story; empty where it would not. Raises `UnknownStory` where it cannot be loaded."""
    is_here = is_measured(story.folder)
    if not story.has_texts and not is_here:
        raise UnknownStory(f"story {story.name!r} was never measured, and its texts are not here")
    if not story.has_texts:
        return []
    return [f"{what} changed" for what in changes(story.folder)] if is_here else ["it was never measured"]


def made_from(
    story: Story | Outline, known: Mapping[str, Any] | None = None, common: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What the reports of a story are made from (`provenance.made_from`).

    `known`, their provenance, and `common`, which is that of all stories, spare some reading.
    """
    if isinstance(story, Story):
        files = story.documents.loc[story.documents["doc_id"].isin(list(story.texts)), "file"]
        return provenance.made_from(story.folder, files, story.changed, known, lambda: story.texts, common)
    folder, rows = story.folder, story.manifest
    if not is_measured(folder):
        return provenance.made_from(folder, (), of_all=common)
    rows = rows[rows["doc_id"].isin(read_table(folder, "documents", columns=["doc_id"])["doc_id"])]
    digests = recorded(folder).get("articles", {})
    named = dict.fromkeys(rows["file"])  # an export is the file of all its articles
    files = [one for one in named if file_digest(folder / "articles" / one) == digests.get(one, 0)]
    changed = () if story.has_texts else changes(folder)
    return provenance.made_from(
        folder, files, changed, known, lambda: Stored(folder, story.manifest, articles_of).texts(), common
    )


def why_made_again(report: Report, known: Mapping, sources: Mapping, folder: Path) -> list[str]:
    """Why `report`, which lies in its story's `folder`, must be made again from `sources`; empty where it is up to date."""
    return staleness.reasons(report, known, sources, _notebook(report.notebook), folder)


def _notebook(name: str) -> str:
    return provenance.file_digest(NOTEBOOKS / f"{name}.ipynb")


def _around(story: Story, sources: dict) -> dict:
    """What a page says around its notebook: titles, the ways to the other reports, how it came about."""
    from analysis.publishing.hues import hue_class

    outlets = outlets_of(story)
    return {
        "story_title": story.about.title,
        "language": "en",
        "outlets": outlets,
        "hues": {outlet: hue_class(story.about, outlet) for outlet in outlets},
        "reports": [(report.outlet, report.notebook) for report in planned(story)],
        "made_from": sources,
    }


def _finish(report: Report, executed: Path, *, folder: Path, pages: dict) -> None:
    """Render an executed notebook into its place (in the worker that ran it)."""
    from analysis.publishing.pages import Group, Link
    from analysis.publishing.rendering import render

    context = pages[report.story]
    up = "../" if report.outlet else ""
    groups = []
    for outlet in (None, *context["outlets"]):
        links = [
            Link(
                notebook.capitalize(),
                f"{up}{outlet}/{notebook}.html" if outlet else f"{up}{notebook}.html",
                (outlet, notebook) == (report.outlet, report.notebook),
            )
            for own, notebook in context["reports"]
            if own == outlet
        ]
        groups.append(
            Group(context["outlets"].get(outlet, "All copies"), links, context["hues"].get(outlet, ""))
        )
    name = report.notebook.capitalize()
    title = f"{context['outlets'][report.outlet]}: {name}" if report.outlet else name
    html = render(
        executed,
        title=title,
        navigation=groups,
        trail=[
            Link("Parallax", f"{up}../index.html"),
            Link(context["story_title"], f"{up}index.html"),
            Link(title),
        ],
        story_title=context["story_title"],
        language=context["language"],
        tables=f"{up}tables/",
        outlet=context["hues"].get(report.outlet, ""),
        provenance=provenance.shown(report, context["made_from"]),
    )
    write_atomically(folder / report.path, html)


def run_one(
    report: Report,
    page: Mapping,
    *,
    folder: Path,
    on_progress: Callable[[Outcome, int, int], None] | None = None,
) -> tuple[Outcome, dict]:
    """Run `report` by itself and render it into its place; `page` is what stands around it. Return what provenance.json says of it, too."""
    from analysis.publishing.batch import run_all

    check_parameters(NOTEBOOKS / f"{report.notebook}.ipynb", report.parameters)
    finish = partial(_finish, folder=folder, pages={report.story: page})
    how = {"notebooks": NOTEBOOKS, "outputs": folder, "jobs": 1, "finish": finish}
    (outcome,) = run_all([report], on_progress=on_progress, **how)
    return outcome, entry_of(outcome, page["made_from"], _notebook(report.notebook), folder)
