"""Reports: which there are for a story, which must be made again, and the folder they are written to.

reports/<story>/<outlet>/<notebook>.html, reports/<story>/<notebook>.html, the numbers in tables/*.csv, and
provenance.json; indexes over all. A report appears only when it is complete.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from analysis.corpus.cells import guarded
from analysis.measured import TABLE_NAMES
from analysis.publishing import provenance, validity
from analysis.publishing.hues import hue_class
from analysis.publishing.overviews import stories_overview, story_overview
from analysis.publishing.pages import Group, Link
from analysis.publishing.parameters import check_parameters
from analysis.publishing.report import PER_OUTLET, WHOLE, Outcome, Report
from analysis.storage import NOT_SHIPPED, ROOT, inputs, write_atomically
from analysis.story import Outline, Story

NOTEBOOKS = ROOT / "notebooks"


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
    made_from = {story.name: _inputs(story) for story in stories}
    known = {
        story.name: provenance.read_provenance(folder / story.name / "provenance.json") for story in stories
    }
    prints = {report.path: _fingerprint(report, made_from[report.story]) for report in reports}
    stale = [
        r
        for r in reports
        if force or provenance.is_stale(r.file, known[r.story], prints[r.path], folder / r.story)
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
            from analysis.publishing.running import run_all

            around = {story.name: _around(story) for story in stories}
            finish = partial(_finish, folder=folder, pages=around)
            run_all(stale, notebooks=NOTEBOOKS, outputs=folder, jobs=jobs, on_progress=note, finish=finish)
    finally:  # an interrupt, too, leaves what is complete with its provenance
        if outcomes or not stale:
            for story in stories:
                files = made_from[story.name]["files"]
                _settle(story, folder, known[story.name]["reports"], files, outcomes, prints)
            write_atomically(folder / "index.html", stories_overview(folder))
    return Made(outcomes, [report for report in reports if report not in stale])


def _settle(
    story: Story, folder: Path, known: dict, files: dict, outcomes: list[Outcome], prints: dict[str, str]
) -> None:
    """Write what belongs to all reports of a story: tables, provenance and index."""
    planned_here = {report.file for report in planned(story)}
    entries = {name: entry for name, entry in known.items() if name in planned_here}
    for name in set(known) - planned_here:  # of an outlet that the story no longer has
        page = (folder / story.name / name).resolve()
        is_inside = page.is_relative_to((folder / story.name).resolve())
        if is_inside and provenance.is_as_written(page, known[name]):
            page.unlink()
    for outcome in outcomes:
        if outcome.report.story == story.name:
            entries[outcome.report.file] = _entry(outcome, prints[outcome.report.path], folder)
    write_tables(story, folder / story.name / "tables")
    target = folder / story.name / "provenance.json"
    provenance.write_provenance(target, story=story.name, inputs=files, reports=entries)
    write_atomically(folder / story.name / "index.html", story_overview(story, planned(story), entries))


def _inputs(story: Story) -> dict:
    files = {name: story.folder / name for name in ("story.yml", "documents.csv")}
    files |= {
        f"measures/{name}.parquet": story.folder / "measures" / f"{name}.parquet" for name in TABLE_NAMES
    }
    here = story.documents.loc[story.documents["doc_id"].isin(list(story.texts)), "file"]
    files["docs/validity.md"] = validity.PAGE  # reports print figures of it
    files |= {f"articles/{file}": story.folder / "articles" / file for file in here}
    return {
        "files": {name: provenance.file_digest(path) for name, path in files.items()},
        "code": provenance.code_digest(),
        "versions": provenance.generated_by(),
        "changed": list(story.changed),
        "dictionaries": inputs(story.folder)["dictionaries"],  # reports quote what they say of themselves
    }


def _fingerprint(report: Report, made_from: dict) -> str:
    notebook = provenance.file_digest(NOTEBOOKS / f"{report.notebook}.ipynb")
    return provenance.fingerprint({**made_from, "notebook": notebook, "parameters": report.parameters})


def _entry(outcome: Outcome, fingerprint: str, folder: Path) -> dict:
    report = outcome.report
    if outcome.is_complete:
        return provenance.entry(
            report.notebook, report.parameters, fingerprint, (folder / report.path).read_bytes()
        )
    (folder / report.path).unlink(missing_ok=True)  # what was there was made from other inputs
    error = f"cell {outcome.cell}: {outcome.error}" if outcome.cell else str(outcome.error)
    return provenance.entry(report.notebook, report.parameters, fingerprint, None, "failed") | {
        "error": error.splitlines()[0]
    }


def _around(story: Story) -> dict:
    """What a page says around its notebook: titles, the ways to the other reports, the last line."""
    return {
        "story_title": story.about.title,
        "language": "en",
        "outlets": story.outlets,
        "hues": {outlet: hue_class(story.about, outlet) for outlet in story.outlets},
        "reports": [(report.outlet, report.notebook) for report in planned(story)],
        "provenance": [("Parallax", provenance.generated_by()["parallax"]), ("Story", story.name)],
    }


def _finish(report: Report, executed: Path, *, folder: Path, pages: dict) -> None:
    """Render an executed notebook into its place (in the worker that ran it)."""
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
        provenance=[
            *context["provenance"],
            ("Parameters", ", ".join(f"{k} = {v}" for k, v in report.parameters.items())),
        ],
    )
    write_atomically(folder / report.path, html)


def write_tables(story: Story, folder: Path) -> None:
    """Write every table as CSV: the numbers behind the figures, all outlets in one, without text."""
    for name in TABLE_NAMES:
        table = getattr(story, name).drop(columns=[*NOT_SHIPPED, "text"], errors="ignore")
        table = table.apply(lambda column: column.map(guarded) if column.dtype == "str" else column)
        write_atomically(
            folder / f"{name}.csv",
            table.rename(columns=guarded).to_csv(index=False, float_format="%.9g", lineterminator="\n"),
        )
