"""Verification: what lies in the folders held against the provenance of the reports, and taken again from what it was made from.

Nothing is written outside a temporary folder, and nothing is mended.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from analysis.loading import load_story, measure_story
from analysis.measured import TABLE_NAMES
from analysis.outline import Outline, outline, story_folder
from analysis.publishing import provenance, reports, staleness
from analysis.publishing.checks import (
    BROKEN,
    DIFFERS,
    NOT_DONE,
    NOTE,
    VERIFIED,
    Check,
    by_bytes,
    by_hash,
)
from analysis.publishing.csv_tables import tables_of
from analysis.publishing.overviews import stories_overview, story_overview
from analysis.publishing.parts import parts, parts_of
from analysis.publishing.report import Report
from analysis.storage import copy_story, recorded, stories_in
from analysis.story import Story

NOT_REMADE = Check("reports", "", NOT_DONE, "pages were not made again; --remake does that")


class NoReports(LookupError):
    """There is no provenance of reports of this story."""


def verify(name: str, *, folder: Path | None = None, remake: bool = False, jobs: int = 2) -> list[Check]:
    """Check the reports of the story `name` in `folder` against their provenance.

    Inputs, dictionaries, tables and pages by their SHA-256; the measures, where the texts are here, and the tables by taking
    them again; the indexes by writing them again; the pages, too, with `remake`. Raises `NoReports`, `UnknownStory`.
    """
    folder = folder or reports.reports_folder()
    here = folder / name
    if not (here / reports.PROVENANCE).is_file():
        raise NoReports(f"no reports of {name} in {folder}: parallax report {name} makes them")
    known = provenance.read_provenance(here / reports.PROVENANCE)
    if "inputs" not in known:
        return [Check("provenance", reports.PROVENANCE, DIFFERS, "it cannot be read as a provenance")]
    if known.get("command") != provenance.command_of_all(name):
        told = f"made by “{known.get('command')}”: verify takes the same --dictionary, and no other"
        return [Check("provenance", reports.PROVENANCE, DIFFERS, told)]
    found = [*_provenance(name, known, here)]
    try:
        story = outline(name)
    except BROKEN as problem:
        broken = Check("measures", "", DIFFERS, f"the story cannot be read: {problem}")
        return [*found, *_inputs(story_folder(name), known), broken, *_pages(known, here)]
    found += [*_inputs(story.folder, known), *_new(story, known), *_measures(story)]
    try:
        loaded = load_story(name, as_measured=True)
        loaded.read_through()
    except BROKEN as problem:
        return [
            *found,
            Check("tables", "", DIFFERS, f"they cannot be taken again: {problem}"),
            *_pages(known, here),
        ]
    found += [*_tables(loaded, known, here), *_pages(known, here), *_indexes(loaded, known, folder)]
    return found + ([*_remade(story, known, here, jobs)] if remake else [NOT_REMADE])


def _provenance(name: str, known: Mapping[str, Any], here: Path) -> Iterator[Check]:
    """Whether provenance.json agrees with itself, and what made these reports with what is here."""
    problems = [
        f"the entry of {file} does not agree with its fingerprint"
        for file, entry in known["reports"].items()
        if not _agrees(file, entry, known)
    ]
    if known.get("inputs_sha256") != provenance.fingerprint(_mapping(known, "inputs")):
        problems.append("inputs_sha256 is not that of the inputs")
    if known.get("story") != name:
        problems.append(f"it tells of the story {known.get('story')!r}")
    made_from = {
        key: value
        for key, value in known.items()
        if key not in ("story", "command", "index_sha256", "tables", "reports")
    }
    try:
        text = provenance.provenance_text(
            name,
            made_from=made_from,
            tables=_mapping(known, "tables"),
            reports=known["reports"],
            index=known.get("index_sha256", ""),
        )
    except (TypeError, ValueError):
        text = ""
    if not problems and text.encode() != (here / reports.PROVENANCE).read_bytes():
        problems.append("it is not as Parallax writes it")
    yield from (Check("provenance", reports.PROVENANCE, DIFFERS, one) for one in problems)
    if not problems:
        yield Check("provenance", reports.PROVENANCE, VERIFIED)
    now = {"generated_by": provenance.generated_by(), "code": provenance.code_digest()}
    before = {part: known.get(part) for part in now}
    if told := staleness.changes(parts(before), parts(now)):
        told = f"made with another Parallax or other libraries than are here: {', '.join(told)}"
        yield Check("provenance", "", NOTE, told)


def _agrees(file: str, entry: object, known: Mapping[str, Any]) -> bool:
    report = _report(file, entry, known)
    if report is None or not isinstance(entry.get("notebook_sha256"), str):
        return False
    made = provenance.print_of(report, parts_of(known, entry), entry["notebook_sha256"])
    return entry.get("fingerprint") == made and entry.get("command") == provenance.command(report)


def _report(file: str, entry: object, known: Mapping[str, Any]) -> Report | None:
    """The report that an entry tells of; None where it tells of none."""
    if not isinstance(entry, Mapping) or not isinstance(entry.get("parameters"), Mapping):
        return None
    parameters = dict(entry["parameters"])
    try:
        report = Report(
            str(known.get("story")), str(entry.get("notebook")), parameters.get("outlet"), parameters
        )
        provenance.command(report)
    except (TypeError, ValueError):
        return None
    return report if report.file == file else None


def _inputs(folder: Path, known: Mapping[str, Any]) -> Iterator[Check]:
    inputs = _mapping(known, "inputs")
    texts = [name for name in inputs if name.startswith("articles/")]
    none_here = not any((folder / name).is_file() for name in texts)
    for name, expected in inputs.items():
        path = provenance.input_path(folder, name)
        if name in texts and none_here:
            yield Check("inputs", name, NOTE, "is not here, as no text of the story is")
        else:
            yield by_hash("inputs", name, path, expected)
    files = provenance.dictionary_files()
    for name, about in _mapping(known, "dictionaries").items():
        expected = about.get("sha256") if isinstance(about, Mapping) else None
        yield by_hash("dictionaries", name, files.get(name), expected)


def _new(story: Outline, known: Mapping[str, Any]) -> Iterator[Check]:
    """What is here now and was not when the reports were made."""
    try:
        now = reports.made_from(story)
    except BROKEN:
        return
    for part in ("inputs", "dictionaries"):
        for name in sorted(set(now[part]) - set(_mapping(known, part))):
            yield Check(part, name, NOTE, "is here and no input of these reports")
    if now["inputs"] == _mapping(known, "inputs"):
        before = _mapping(known, "rows")
        for name in sorted({*now["rows"], *before}):
            is_same = now["rows"].get(name) == before.get(name)
            yield Check("rows", name, VERIFIED if is_same else DIFFERS, "" if is_same else "are others")


def _measures(story: Outline) -> Iterator[Check]:
    """The measures taken again from the texts."""
    if not story.has_texts:
        why = "the texts are not here, or not all of them: measures were not taken again"
        yield Check("measures", "", NOT_DONE, why)
        return
    with tempfile.TemporaryDirectory(prefix="parallax-") as data:
        copy = copy_story(story.folder, Path(data), _files(story))
        try:
            with stories_in(Path(data)):
                measure_story(story.name, sources=recorded(story.folder).get("has_sources", True))
        except BROKEN as problem:
            yield Check("measures", "", DIFFERS, f"they cannot be taken again: {problem}")
            return
        for name in (*provenance.measures(copy), f"measures/{reports.PROVENANCE}"):
            yield by_bytes("measures", name, story.folder / name, (copy / name).read_bytes())


def _tables(story: Story, known: Mapping[str, Any], here: Path) -> Iterator[Check]:
    """Every table by its hash and as the measures give it."""
    tables = _mapping(known, "tables")
    for name, content in tables_of(story):
        path, file = here / "tables" / name, f"tables/{name}"
        check = by_hash("tables", file, path, tables.get(name))
        anew = by_bytes("tables", file, path, content)
        yield anew if anew.state == DIFFERS else check
    for path in sorted((here / "tables").glob("*")):
        if path.name not in {f"{name}.csv" for name in TABLE_NAMES}:
            yield Check("tables", f"tables/{path.name}", NOTE, "not made by Parallax")


def _pages(known: Mapping[str, Any], here: Path) -> Iterator[Check]:
    for file, entry in known["reports"].items():
        if _report(file, entry, known) is None:
            continue  # told with the provenance
        if entry.get("status") != "complete":
            yield Check("reports", file, NOTE, f"failed when it was made: {entry.get('error', '')}")
            continue
        check = by_hash("reports", file, here / file, entry.get("sha256"))
        if check.state == VERIFIED and entry.get("made_from"):
            now = parts_of(known, {**entry, "made_from": None})
            told = staleness.changes(parts_of(known, entry), now)
            check = Check(
                "reports", file, DIFFERS, f"made from something else than the others: {', '.join(told)}"
            )
        yield check
    for path in sorted(here.rglob("*.html")):
        file = path.relative_to(here).as_posix()
        if file not in known["reports"] and file != "index.html":
            yield Check("reports", file, NOTE, "not made by Parallax")


def _indexes(story: Story, known: Mapping[str, Any], folder: Path) -> Iterator[Check]:
    name = story.name
    try:
        own = story_overview(story, reports.planned(story), known["reports"])
        yield by_bytes("indexes", f"{name}/index.html", folder / name / "index.html", own.encode())
        yield _shared_index(name, folder)
    except (*BROKEN, TypeError, AttributeError) as problem:
        yield Check("indexes", "index.html", DIFFERS, f"they cannot be written again: {problem}")


def _shared_index(name: str, folder: Path) -> Check:
    """The index of all stories, of which this one's entry is held; the others may have changed since."""
    found = by_bytes("indexes", "index.html", folder / "index.html", stories_overview(folder).encode())
    if not found.is_failure or not (folder / "index.html").is_file():
        return found
    own = [entry for entry in stories_overview(folder).split("<article") if f'"{name}/index.html"' in entry]
    is_same = own and own[0].partition("</article>")[0] in (folder / "index.html").read_text(
        "utf-8", "replace"
    )
    others = len(list(folder.glob(f"*/{reports.PROVENANCE}"))) > 1
    if is_same and others:
        return Check(
            "indexes", "index.html", NOTE, "what it says of other stories is not what it would say now"
        )
    return found


def _remade(story: Outline, known: Mapping[str, Any], here: Path, jobs: int) -> Iterator[Check]:
    """Every page that is complete, made again by its notebook."""
    wanted = [_report(file, entry, known) for file, entry in known["reports"].items() if _complete(entry)]
    wanted = [one for one in wanted if one is not None]
    with tempfile.TemporaryDirectory(prefix="parallax-") as temporary:
        data, out = Path(temporary) / "data", Path(temporary) / "reports"
        measured = [*provenance.measures(story.folder), f"measures/{reports.PROVENANCE}"]
        copy_story(story.folder, data, [*_files(story), *measured])
        try:
            with stories_in(data):
                made = reports.make([load_story(story.name)], wanted, folder=out, jobs=jobs)
        except BROKEN as problem:
            yield Check("reports", "", DIFFERS, f"they cannot be made again: {problem}")
            return
        for one in made.outcomes:
            file = one.report.file
            if one.is_complete:
                yield by_bytes("reports made again", file, here / file, (out / one.report.path).read_bytes())
            else:
                yield Check("reports made again", file, DIFFERS, f"failed: {one.error}")


def _complete(entry: object) -> bool:
    return isinstance(entry, Mapping) and entry.get("status") == "complete"


def _files(story: Outline) -> list[str]:
    """The files of a story that it is measured and reported from, measures aside."""
    return [*provenance.BY_PEOPLE, *(f"articles/{file}" for file in dict.fromkeys(story.manifest["file"]))]


def _mapping(known: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = known.get(name)
    return found if isinstance(found, Mapping) else {}
