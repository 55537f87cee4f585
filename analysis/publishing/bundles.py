"""Bundles: what may be published of a story's reports, in one archive from which they can be checked and made again.

Of a story with private texts everything is made again without them, so that no page quotes a passage; where one is left
in what people wrote, nothing is written and its place is named. The same story gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from analysis.corpus.cells import guarded
from analysis.loading import load_story
from analysis.publishing import provenance, readme, reports
from analysis.publishing.disclosure import disclosed, runs
from analysis.publishing.report import Outcome, Report
from analysis.storage import copy_story, inputs, stories_in, write_atomically
from analysis.story import Story

BEGINNING = (1980, 1, 1, 0, 0, 0)  # the first moment that an archive can name: nothing here knows the time
WITHHELD = (
    "headline",
    "deck",
    "source",
)  # columns of documents.csv that are a publisher's words, or a file's name


class NoBundle(RuntimeError):
    """The archive was not written; the message says why."""


def write_bundle(
    story: Story,
    *,
    folder: Path | None = None,
    jobs: int = 2,
    on_begin: Callable[[list[Report]], None] | None = None,
    on_progress: Callable[[Outcome, int, int], None] | None = None,
) -> Path:
    """Write `<story>.zip` into the folder of reports and return its path.

    It holds the reports that there are and are complete, made again where they must be. `<story>/` in it serves as a folder of the story
    and as one of its reports. Raises `NoBundle`.
    """
    folder = folder or reports.reports_folder()
    target = folder / f"{story.name}.zip"
    known = provenance.read_provenance(folder / story.name / reports.PROVENANCE)
    wanted = _wanted(story, known)
    if not wanted:
        raise NoBundle(f"{story.name}: no report is complete")
    is_open = story.about.texts == "open"
    with tempfile.TemporaryDirectory(prefix="parallax-") as temporary:
        data, out = Path(temporary) / "data", Path(temporary) / "reports"
        copy = copy_story(story.folder, data, _files(story, is_open))
        if is_open:
            _keep(folder / story.name, out / story.name, wanted)
        else:
            _withhold(story, copy)
            _unpack(target, out, story.name, wanted)
        with stories_in(data):
            bare = load_story(story.name, as_measured=True)
            made = reports.make(
                [bare], wanted, folder=out, jobs=jobs, on_begin=on_begin, on_progress=on_progress
            )
        if made.failed:
            raise NoBundle(f"{story.name}: {made.failed[0].report.path} failed: {made.failed[0].error}")
        (copy / "README.md").write_text(
            readme.of_bundle(bare, withheld=not is_open, unread=len(unread(story))), "utf-8"
        )
        (copy / "LICENSE").write_text(readme.licence(withheld=not is_open), "utf-8")
        members = dict(_members(data)) | dict(_members(out))
    if not is_open:
        _refuse_passages(story, members)
    write_atomically(target, _archive(members))
    return target


def _wanted(story: Story, known: Mapping[str, Any]) -> list[Report]:
    """The reports that there are, each with its parameters."""
    found = []
    for report in reports.planned(story):
        entry = known["reports"].get(report.file)
        if isinstance(entry, Mapping) and entry.get("status") == "complete":
            parameters = report.parameters | dict(entry.get("parameters") or {})
            found.append(Report(report.story, report.notebook, report.outlet, parameters))
    return found


def _files(story: Story, is_open: bool) -> list[str]:
    measures = [*provenance.measures(story.folder), f"measures/{reports.PROVENANCE}"]
    texts = [f"articles/{file}" for file in dict.fromkeys(story.documents["file"])] if is_open else []
    return [*provenance.BY_PEOPLE, *measures, *texts]


def _withhold(story: Story, copy: Path) -> None:
    """Empty the columns of the manifest that are a publisher's words; the measures, which are the same, say that they go with it."""
    if not (
        copy / "documents.csv"
    ).is_file():  # an archive: what its measures tell of its articles is without their words
        return
    passages = _passages(story)
    headlines = dict(zip(story.documents["doc_id"], story.documents["headline"], strict=True))
    with (copy / "documents.csv").open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows, header = list(reader), list(reader.fieldnames or ())
    for row in rows:
        row.update({name: "" for name in WITHHELD if name in row})
        if disclosed("", row["url"].encode(), passages) or _tells(
            row["url"], headlines.get(row["doc_id"], "")
        ):
            row["url"] = "/".join(row["url"].split("/")[:3])
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, header, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: guarded(cell) for name, cell in row.items()} for row in rows)
    before, record = inputs(copy), copy / "measures" / reports.PROVENANCE
    (copy / "documents.csv").write_text(table.getvalue(), "utf-8", newline="")
    measured = json.loads(record.read_text("utf-8"))
    known = measured.get("inputs", {})
    if known.get("documents.csv") == before["documents.csv"]:
        known["documents.csv"] = inputs(copy)["documents.csv"]
        measured["withheld"] = {"columns": list(WITHHELD), "documents.csv": before["documents.csv"]}
    record.write_text(json.dumps(measured, indent=1) + "\n", "utf-8")


def _tells(url: str, headline: str) -> bool:
    """Whether an address says most words of a headline."""
    words = {word for word in re.findall(r"\w+", headline.casefold()) if len(word) > 2}
    return bool(words) and 2 * len(words & set(re.findall(r"\w+", url.casefold()))) >= len(words)


def unread(story: Story) -> list[str]:
    """The documents whose text is not here, so that nothing can be searched for its words."""
    return [doc_id for doc_id in story.documents["doc_id"] if doc_id not in story.texts]


def _passages(story: Story) -> frozenset[tuple[str, ...]]:
    shown = story.documents[["headline", "deck"]].to_numpy().ravel()
    return runs([*story.texts.values(), *story.raw_texts.values(), *shown])


def _keep(here: Path, out: Path, wanted: list[Report]) -> None:
    """Copy the pages that are there with their provenance, so that only those that are stale are made again."""
    for file in (*(report.file for report in wanted), reports.PROVENANCE):
        if (here / file).is_file():
            (out / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(here / file, out / file)


def _unpack(archive: Path, out: Path, name: str, wanted: list[Report]) -> None:
    """The pages of an earlier bundle with their provenance, for the same reason."""
    files = [f"{name}/{file}" for file in (*(report.file for report in wanted), reports.PROVENANCE)]
    try:
        with zipfile.ZipFile(archive) as earlier:
            for file in set(files) & set(earlier.namelist()):
                (out / file).parent.mkdir(parents=True, exist_ok=True)
                (out / file).write_bytes(earlier.read(file))
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):  # then all are made
        shutil.rmtree(out, ignore_errors=True)


def _members(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def _refuse_passages(story: Story, members: Mapping[str, bytes]) -> None:
    passages = _passages(story)
    told = [(name, disclosed(name, content, passages)) for name, content in members.items()]
    if found := [f"{name}: “{run} …”" for name, run in told if run]:
        raise NoBundle(
            f"{story.name}: its texts are private, and words of theirs stand in what would be published; say it in words of your own: "
            + "; ".join(found[:5])
            + (f"; and {len(found) - 5} more files" if len(found) > 5 else "")
        )


def _archive(members: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in sorted(members):
            member = zipfile.ZipInfo(name, BEGINNING)
            member.create_system, member.external_attr = 3, 0o644 << 16  # of POSIX, wherever it is written
            archive.writestr(member, members[name], zipfile.ZIP_DEFLATED, 9)
    return written.getvalue()
