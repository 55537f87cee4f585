"""Reports: which there are for a story, which must be made again, and the folder they are written to.

reports/<story>/<outlet>/<notebook>.html, reports/<story>/<notebook>.html, the numbers in tables/*.csv, and
provenance.json; indexes over all. A report appears only when it is complete.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from analysis.measured import TABLE_NAMES
from analysis.outline import Outline, UnknownStory, articles_of
from analysis.publishing import provenance, staleness
from analysis.publishing.csv_tables import OF_LARGE, write_tables
from analysis.publishing.parameters import check_parameters
from analysis.publishing.parts import kept
from analysis.publishing.report import PER_OUTLET, WHOLE, Outcome, Report
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
PROVENANCE = "provenance.json"


def reports_folder() -> Path:
    """Where reports are written: PARALLAX_REPORTS, else `reports/` of this project."""
    return Path(os.environ.get("PARALLAX_REPORTS") or ROOT / "reports").resolve()


def planned(
    story: Story | Outline, *, outlets: Sequence[str] = (), notebooks: Sequence[str] = (), voice: str = "all"
) -> list[Report]:
    """The reports of a story; of `outlets` (ids) and `notebooks` alone where some are named."""
    chosen = [outlet for outlet in story.outlets if not outlets or outlet in outlets]
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
) -> Made:
    """Make those of `reports` that are stale, then the tables, provenance and index of each story and the index of all.

    Parameters are checked before any kernel starts (BadParameter). `on_begin` is told the reports that are stale, in
    the order in which they are run, `on_progress` each as it ends, how many have ended, and of how many. A report that fails leaves the others whole.
    """
    folder = folder or reports_folder()
    known = {story.name: provenance.read_provenance(folder / story.name / PROVENANCE) for story in stories}
    sources = {story.name: made_from(story, known[story.name]) for story in stories}
    stale = [
        r for r in reports if force or why_made_again(r, known[r.story], sources[r.story], folder / r.story)
    ]
    for report in stale:  # what is up to date was checked when it was made
        check_parameters(NOTEBOOKS / f"{report.notebook}.ipynb", report.parameters)
    if on_begin is not None:
        on_begin(stale)
    outcomes: list[Outcome] = []

    def note(outcome: Outcome, n_done: int, n_all: int) -> None:
        outcomes.append(outcome)
        if on_progress is not None:
            on_progress(outcome, n_done, n_all)

    try:
        if stale:
            from analysis.publishing.batch import run_all

            around = {story.name: _around(story, sources[story.name]) for story in stories}
            finish = partial(_finish, folder=folder, pages=around)
            run_all(stale, notebooks=NOTEBOOKS, outputs=folder, jobs=jobs, on_progress=note, finish=finish)
    finally:  # an interrupt, too, leaves what is complete with its provenance
        if outcomes or not stale:
            for story in stories:
                _settle(story, folder, known[story.name], sources[story.name], outcomes)
            write_index(folder)
    return Made(outcomes, [report for report in reports if report not in stale])


def outlook(
    story: Outline, reports: Sequence[Report], *, folder: Path | None = None, force: bool = False
) -> list[tuple[Report, list[str]]]:
    """Those of `reports` that `make` would run, each with the reasons, the most telling first; nothing is run or written.

    Of a story that must be measured first, which is not done here, every report may change. Raises `UnknownStory`.
    """
    folder = (folder or reports_folder()) / story.name
    first = to_measure(story)
    known = provenance.read_provenance(folder / PROVENANCE)
    sources, found = made_from(story, known), []
    for report in reports:
        why = [staleness.FORCED] if force else why_made_again(report, known, sources, folder)
        if first and not force:  # what is measured now is no longer what the page would be made from
            own = [one for one in why if one in staleness.OF_THE_PAGE]
            why = own or [f"{staleness.MEASURED_FIRST}: {', '.join(first)}"]
        found += [(report, why)] if why else []
    return found


def is_settled(story: Outline, reports: Sequence[Report], *, folder: Path | None = None) -> bool:
    """Whether `make` of these `reports` would leave every byte as it is, tables and its index included; then nothing need be loaded.

    A story of which a file was not taken is never settled: that is said each time. Raises `UnknownStory`.
    """
    here = (folder or reports_folder()) / story.name
    known = provenance.read_provenance(here / PROVENANCE)
    if not known["reports"] or to_measure(story) or len(read_table(story.folder, "rejected")):
        return False
    sources, tables = made_from(story, known), known.get("tables")
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


def made_from(story: Story | Outline, known: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What the reports of a story are made from (`provenance.made_from`); `known` is their provenance, which spares some reading."""
    if isinstance(story, Story):
        files = story.documents.loc[story.documents["doc_id"].isin(list(story.texts)), "file"]
        return provenance.made_from(story.folder, files, story.changed, known, lambda: story.texts)
    folder, rows = story.folder, story.manifest
    if not is_measured(folder):
        return provenance.made_from(folder, ())
    rows = rows[rows["doc_id"].isin(read_table(folder, "documents", columns=["doc_id"])["doc_id"])]
    digests = recorded(folder).get("articles", {})
    named = dict.fromkeys(rows["file"])  # an export is the file of all its articles
    files = [one for one in named if file_digest(folder / "articles" / one) == digests.get(one, 0)]
    changed = () if story.has_texts else changes(folder)
    return provenance.made_from(
        folder, files, changed, known, lambda: Stored(folder, story.manifest, articles_of).texts()
    )


def why_made_again(report: Report, known: Mapping, sources: Mapping, folder: Path) -> list[str]:
    """Why `report`, which lies in its story's `folder`, must be made again from `sources`; empty where it is up to date."""
    return staleness.reasons(report, known, sources, _notebook(report), folder)


def _notebook(report: Report) -> str:
    return provenance.file_digest(NOTEBOOKS / f"{report.notebook}.ipynb")


def _settle(story: Story, folder: Path, known: dict, sources: dict, outcomes: list[Outcome]) -> None:
    """Write what belongs to all reports of a story: tables, provenance and index. What is read for them is not kept."""
    from analysis.publishing.overviews import story_overview

    story = story.afresh()
    planned_here = {report.file for report in planned(story)}
    before = known["reports"]
    entries = {name: kept(entry, known, sources) for name, entry in before.items() if name in planned_here}
    for name in set(before) - planned_here:  # of an outlet that the story no longer has
        page = (folder / story.name / name).resolve()
        is_inside = page.is_relative_to((folder / story.name).resolve())
        if is_inside and provenance.is_as_written(page, before[name]):
            page.unlink()
    for outcome in outcomes:
        if outcome.report.story == story.name:
            entries[outcome.report.file] = _entry(outcome, sources, folder)
    tables = write_tables(story, folder / story.name / "tables")
    index = story_overview(story, planned(story), entries).encode("utf-8")
    provenance.write_provenance(
        folder / story.name / PROVENANCE,
        story.name,
        made_from=sources,
        tables=tables,
        reports=entries,
        index=hashlib.sha256(index).hexdigest(),
    )
    write_atomically(folder / story.name / "index.html", index)


def _entry(outcome: Outcome, sources: dict, folder: Path) -> dict:
    report, notebook = outcome.report, _notebook(outcome.report)
    if outcome.is_complete:
        return provenance.entry(report, sources, notebook, (folder / report.path).read_bytes())
    (folder / report.path).unlink(missing_ok=True)  # what was there was made from other inputs
    error = f"cell {outcome.cell}: {outcome.error}" if outcome.cell else str(outcome.error)
    return provenance.entry(report, sources, notebook, None, "failed") | {"error": error.splitlines()[0]}


def _around(story: Story, sources: dict) -> dict:
    """What a page says around its notebook: titles, the ways to the other reports, how it came about."""
    from analysis.publishing.hues import hue_class

    return {
        "story_title": story.about.title,
        "language": "en",
        "outlets": story.outlets,
        "hues": {outlet: hue_class(story.about, outlet) for outlet in story.outlets},
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
    return outcome, _entry(outcome, page["made_from"], folder)
