"""Commands about reports that are there or would be: what a dry run says, verification, bundles. `cli.py` makes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.arguments import (
    FAILED,
    PROCESSORS,
    Data,
    Dictionaries,
    Jobs,
    Json,
    Reports,
    Stories,
    each,
    print_json,
    say,
    tell,
    use_folders,
    wanted_stories,
    wrong,
)

if TYPE_CHECKING:
    from analysis.outline import Outline
    from analysis.publishing.checks import Check
    from analysis.publishing.report import Outcome, Report
    from analysis.publishing.reports import Made
    from analysis.story import Story

MOST_REASONS = 3  # on a line; --json has all


def say_outlook(
    stories: Sequence[Outline],
    planned: Callable[[Outline], list[Report]],
    folder: Path,
    *,
    force: bool,
    bundles: bool,
    as_json: bool,
) -> int:
    """Say which reports would be made and why; nothing is run or written. Returns how many stories could be read."""
    from analysis.publishing.provenance import common
    from analysis.publishing.reports import outlook, to_measure
    from analysis.publishing.staleness import MEASURED_FIRST

    named, of_all = {story.name: story for story in stories}, common()
    found: dict[str, list[tuple[Report, list[str]]]] = {}
    first: dict[str, list[str]] = {}

    def look(name: str) -> None:
        first[name] = to_measure(named[name])
        found[name] = outlook(named[name], planned(named[name]), folder=folder, force=force, common=of_all)

    each(list(named), look)
    would = [(report, why) for rows in found.values() for report, why in rows]
    stale = {report.path for report, _ in would}
    fresh = [one.path for name in found for one in planned(named[name]) if one.path not in stale]
    if as_json:
        print_json(
            {
                "measured_first": {name: why for name, why in first.items() if why},
                "would_run": [{"report": str(folder / one.path), "reasons": why} for one, why in would],
                "up_to_date": [str(folder / path) for path in fresh],
            }
        )
    for report, why in would if not as_json else ():
        more = f", and {len(why) - MOST_REASONS} more" if len(why) > MOST_REASONS else ""
        tell(f"{folder / report.path}: {', '.join(why[:MOST_REASONS])}{more}")
    for name in found:
        if first[name]:
            say(f"{name} would be measured first: {', '.join(first[name])}")
        if bundles:
            again = (
                "" if named[name].about.texts == "open" else "; for it pages are made again without passages"
            )
            say(f"{folder / name}.zip would be written{again}")
    # measuring tells which rows of which pages change
    up_to = "up to " if any(why[0].startswith(MEASURED_FIRST) for _, why in would) else ""
    say(f"{up_to}{len(would)} would run, {len(fresh)} up to date; nothing was written")
    return len(found)


def together(
    known: Sequence[Outline], outlets: Sequence[str], notebooks: Sequence[str], voice: str
) -> Report:
    """The report across the stories `known`; ends with exit 2 where what else was asked for leaves it out."""
    from analysis.across import ACROSS
    from analysis.publishing.across import planned_across

    if notebooks and "comparison" not in notebooks:
        wrong("--across makes the notebook comparison, and --notebook names others alone")
    if ACROSS in (story.name for story in known):
        wrong(f"a story named {ACROSS!r} cannot be taken together with others: their reports have this name")
    ids = {id for story in known for id in story.outlets}
    names = {name.casefold(): id for story in known for id, name in story.outlets.items()}
    shown = [one if one in ids else names[one.casefold()] for one in outlets]  # which were found in a story
    return planned_across([story.name for story in known], outlets=shown, voice=voice)


def say_outlook_across(report: Report, known: Sequence[Outline], folder: Path, *, force: bool) -> None:
    """Say whether the report across stories would be made, and why."""
    from analysis.publishing.across import why_stale
    from analysis.publishing.staleness import FORCED
    from analysis.storage import changes

    without = [story for story in known if not story.has_texts]
    changed = [f"{story.name}: {what}" for story in without for what in changes(story.folder)]
    why = [FORCED] if force else why_stale(report, folder=folder, changed=changed)
    if why:
        tell(f"{folder / report.path}: {', '.join(why[:MOST_REASONS])}")
    say(f"{report.path} {'would run' if why else 'is up to date'}")


def make_together(
    report: Report,
    folder: Path,
    *,
    force: bool,
    on_begin: Callable[[list[Report]], None],
    on_progress: Callable[[Outcome, int, int], None],
) -> Made:
    """Make the report across stories, and the index that leads to it."""
    from analysis.publishing.across import make_across
    from analysis.publishing.overviews import stories_overview
    from analysis.storage import write_atomically

    made = make_across(report, folder=folder, force=force, on_begin=on_begin, on_progress=on_progress)
    write_atomically(folder / "index.html", stories_overview(folder))
    return made


def write_bundles(
    stories: Sequence[Story],
    folder: Path,
    *,
    jobs: int,
    on_story: Callable[[str], None],
    on_begin: Callable[[list[Report]], None],
    on_progress: Callable[[Outcome, int, int], None],
) -> tuple[list[Path], int]:
    """Write the bundle of each story; return their paths, and how many could not be written, each told."""
    from analysis.publishing.bundles import NoBundle, unread, write_bundle

    written, n_failed = [], 0
    for story in stories:
        on_story(story.name)
        try:
            written.append(
                write_bundle(story, folder=folder, jobs=jobs, on_begin=on_begin, on_progress=on_progress)
            )
            if story.about.texts != "open" and (n := len(unread(story))):
                say(
                    f"{story.name}: {n} texts are not here: its bundle quotes none, but could not be searched for words of theirs"
                )
        except NoBundle as problem:
            say(f"parallax: no bundle was written: {problem}")
            n_failed += 1
    return written, n_failed


def verify(
    stories: Stories = None,
    remake: Annotated[
        bool,
        typer.Option(
            "--remake", help="Make every page again, too, and compare; takes as long as making them."
        ),
    ] = False,
    jobs: Jobs = PROCESSORS,
    dictionary: Dictionaries = None,
    data: Data = None,
    reports: Reports = None,
    as_json: Json = False,
) -> None:
    """Hold inputs, measures, tables and reports against their provenance, and take again what can be; writes nothing."""
    use_folders(data, reports, dictionaries=dictionary)
    from analysis.publishing import verification
    from analysis.publishing.reports import PROVENANCE, reports_folder
    from analysis.storage import frame_dictionaries

    frame_dictionaries()
    folder = reports_folder()
    names = wanted_stories(stories)
    if not stories:
        names = [name for name in names if (folder / name / PROVENANCE).is_file()]
        if not names:
            wrong(f"no reports in {folder}: parallax report makes them")
    for name in names:
        if not (folder / name / PROVENANCE).is_file():
            wrong(f"no reports of {name} in {folder}: parallax report {name} makes them")
    rows, n_failed = [], 0
    for name in names:
        say(f"verifying {name} …")
        checks = verification.verify(name, folder=folder, remake=remake, jobs=jobs)
        rows += [{"story": name, **check.__dict__} for check in checks]
        n_failed += sum(check.is_failure for check in checks)
        if not as_json:
            _tell_checks(name, checks)
    if as_json:
        print_json(rows)
    if n_failed:
        raise typer.Exit(FAILED)


def _tell_checks(name: str, checks: list[Check]) -> None:
    """A line a part with what was verified, then what differs, was noticed or was not done, then the sum."""
    from analysis.publishing.checks import NOT_DONE, NOTE, VERIFIED

    tell(name)
    verified = Counter(check.part for check in checks if check.state == VERIFIED)
    of_all = Counter(check.part for check in checks if check.state not in (NOTE, NOT_DONE))
    for part, n in of_all.items():
        tell(f"  {part}: {verified[part]} of {n} verified")
    for check in checks:
        if check.state != VERIFIED or check.detail:
            place = f" {check.name}" if check.name else ""
            tell(f"  {check.state}: {check.part}{place}: {check.detail}")
    failures = [check for check in checks if check.is_failure]
    tell(
        f"  {len(failures)} {'differs or is' if len(failures) == 1 else 'differ or are'} missing"
        if failures
        else "  nothing differs"
    )
