"""The report across stories: the comparison of several stories together, its tables, provenance and index."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.across import ACROSS, load_stories
from analysis.outline import story_folder
from analysis.publishing import provenance
from analysis.publishing.csv_tables import write_tables
from analysis.publishing.hues import hue_class
from analysis.publishing.overviews import story_overview
from analysis.publishing.report import Outcome, Report
from analysis.publishing.reports import PROVENANCE, Made, run_one, why_made_again
from analysis.storage import write_atomically
from analysis.story import Story


def planned_across(names: Sequence[str], *, outlets: Sequence[str] = (), voice: str = "all") -> Report:
    """The comparison over the stories `names`; of `outlets` (ids) alone where some are named."""
    parameters = {"stories": list(names), "outlets": list(outlets), "voice": voice}
    return Report(ACROSS, "comparison", None, parameters)


def made_from_stories(names: Sequence[str], changed: Sequence[str] = ()) -> dict[str, Any]:
    """What the report is made from: of each story its story.yml, and its measures by what they were made from."""
    inputs: dict[str, str] = {}
    whole = provenance.made_from(story_folder(names[0]), ())
    for name in provenance.OURS:
        inputs[name] = whole["inputs"][name]
    for name in names:
        folder = story_folder(name)
        for file in ("story.yml", "measures/provenance.json"):
            path = folder / file
            inputs[f"{name}/{file}"] = provenance.file_digest(path) if path.is_file() else ""
    inputs = dict(sorted(inputs.items()))
    return whole | {
        "rows": {},  # those of one story; what was measured stands for its rows here
        "inputs": inputs,
        "inputs_sha256": provenance.fingerprint(inputs),
        "changed": list(changed),
    }


def why_stale(report: Report, *, folder: Path, changed: Sequence[str] = ()) -> list[str]:
    """Why the report across stories would be made again; empty where it is up to date."""
    known = provenance.read_provenance(folder / ACROSS / PROVENANCE)
    sources = made_from_stories(report.parameters["stories"], changed)
    return why_made_again(report, known, sources, folder / ACROSS)


def make_across(
    report: Report,
    *,
    folder: Path,
    force: bool = False,
    on_begin: Callable[[list[Report]], None] | None = None,
    on_progress: Callable[[Outcome, int, int], None] | None = None,
) -> Made:
    """Make `reports/across/` where it is stale: the comparison, CSV tables, provenance.json and index.html.

    The stories have been measured. Raises what `load_stories` raises, and BadParameter.
    """
    story = load_stories(report.parameters["stories"])
    if not force and not why_stale(report, folder=folder, changed=story.changed):
        return Made([], [report])
    if on_begin is not None:
        on_begin([report])
    sources = made_from_stories(report.parameters["stories"], story.changed)
    page = _around(story, report, sources)
    outcome, entry = run_one(report, page, folder=folder, on_progress=on_progress)
    entries = {report.file: entry}
    tables = write_tables(story, folder / ACROSS / "tables")
    provenance.write_provenance(
        folder / ACROSS / PROVENANCE, ACROSS, made_from=sources, tables=tables, reports=entries
    )
    write_atomically(folder / ACROSS / "index.html", story_overview(story, [report], entries))
    return Made([outcome], [])


def _around(story: Story, report: Report, sources: Mapping) -> dict:
    """What the page says around its notebook."""
    return {
        "story_title": story.about.title,
        "language": "en",
        "outlets": {},
        "hues": {outlet: hue_class(story.about, outlet) for outlet in story.outlets},
        "reports": [(None, report.notebook)],
        "made_from": sources,
    }
