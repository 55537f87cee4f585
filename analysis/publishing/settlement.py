"""Settlement: what is written of a story beside its pages: provenance as each page ends, tables and index as the story does."""

from __future__ import annotations

import hashlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.publishing import provenance, staleness
from analysis.publishing.csv_tables import write_tables
from analysis.publishing.parts import kept
from analysis.publishing.report import Outcome, Report
from analysis.storage import write_atomically
from analysis.story import Story

PROVENANCE = "provenance.json"


class Settlement:
    """What is known of the reports of one story while a batch runs, and what has become of those that ran.

    Whatever ends the batch, provenance.json knows each page that is complete. Of the story itself nothing is held that was read, so
    that there may be hundreds; `sources` (see `reports.made_from`) and what stands `around` its pages are asked for when they are first
    needed. `notebooks` are the SHA-256 of notebooks by name.
    """

    def __init__(
        self,
        story: Story,
        folder: Path,
        *,
        planned: Sequence[Report],
        sources: Callable[[Story, Mapping[str, Any]], dict[str, Any]],
        around: Callable[[Story, dict[str, Any]], dict[str, Any]],
        notebooks: Mapping[str, str],
    ):
        self.story, self.folder, self.planned = story.afresh(), folder, planned
        self.notebooks, self._sources, self._around = notebooks, sources, around
        self.known = provenance.read_provenance(folder / story.name / PROVENANCE)
        self.is_begun = False
        self._ended: list[Outcome] = []  # of which `entries` do not tell yet

    @cached_property
    def sources(self) -> dict[str, Any]:
        """What the reports are made from, as it is before the first of them runs."""
        return self._sources(self.story.afresh(), self.known)

    @cached_property
    def entries(self) -> dict[str, dict]:
        """What provenance.json says of each report, also of those that are planned no more until their pages are gone."""
        return {name: kept(entry, self.known, self.sources) for name, entry in self.known["reports"].items()}

    @cached_property
    def page(self) -> dict[str, Any]:
        """What its pages say around their notebooks."""
        return self._around(self.story, self.sources)

    def is_stale(self, report: Report) -> bool:
        """Whether the report must be made; one that was never made must be, whatever it would be made from."""
        entry = self.known["reports"].get(report.file, {})
        if entry.get("status") != "complete":
            return True
        here = self.folder / report.story
        return bool(
            staleness.reasons(report, self.known, self.sources, self.notebooks[report.notebook], here)
        )

    def note(self, outcome: Outcome) -> None:
        """A report has ended: provenance.json says what became of it, and nothing yet of tables and index, which may be of before."""
        self.is_begun = True
        self._ended.append(outcome)
        self._take()
        self._write({}, "")

    def settle(self) -> None:
        """Write what belongs to all reports: tables, provenance and index. What is read for them is not kept."""
        from analysis.publishing.overviews import story_overview

        story = self.story.afresh()
        self._take()
        files, here = {report.file for report in self.planned}, (self.folder / story.name).resolve()
        for name in set(self.known["reports"]) - files:  # of an outlet that the story no longer has
            page = (here / name).resolve()
            if page.is_relative_to(here) and provenance.is_as_written(page, self.known["reports"][name]):
                page.unlink()
            self.entries.pop(name, None)
        tables = write_tables(story, self.folder / story.name / "tables")
        index = story_overview(story, self.planned, self.entries).encode("utf-8")
        self._write(tables, hashlib.sha256(index).hexdigest())
        write_atomically(self.folder / story.name / "index.html", index)

    def _take(self) -> None:
        while self._ended:
            outcome = self._ended[0]  # an interrupt may come at any time
            self.entries[outcome.report.file] = entry_of(
                outcome, self.sources, self.notebooks[outcome.report.notebook], self.folder
            )
            del self._ended[0]

    def _write(self, tables: Mapping[str, str], index: str) -> None:
        provenance.write_provenance(
            self.folder / self.story.name / PROVENANCE,
            self.story.name,
            made_from=self.sources,
            tables=tables,
            reports=self.entries,
            index=index,
        )


class Settlements:
    """The stories of a batch: what became of their reports, and which of them are due to be settled.

    What goes wrong with the files of one story costs the others nothing: it stands in `problems`.
    """

    def __init__(self, stories: Iterable[Settlement]):
        self.stories = {one.story.name: one for one in stories}  # that are not settled yet
        self.outcomes: list[Outcome] = []
        self.problems: list[Exception] = []
        self._to_end: Counter[str] = Counter()  # how many reports of a story are still to end
        self._due: deque[str] = deque()
        self._unread: set[str] = set()  # stories of which not all could be read

    def begin(self, reports: Iterable[Report]) -> None:
        """These reports are going to be run; a story that has none of them is due at once."""
        self._to_end.update(report.story for report in reports)
        self._due.extend(name for name in self.stories if name not in self._to_end)

    def page(self, report: Report) -> dict[str, Any]:
        """`Settlement.page` of its story. Where it cannot be read this raises, its reports fail, and no more is said of it."""
        try:
            return self.stories[report.story].page
        except Exception:
            self._unread.add(report.story)
            raise

    def note(self, outcome: Outcome) -> None:
        """A report has ended."""
        name = outcome.report.story
        self.outcomes.append(outcome)
        if name not in self._unread:
            self._attempt(self.stories[name].note, outcome)
        self._to_end[name] -= 1
        if not self._to_end[name]:
            self._due.append(name)

    def settle_one(self) -> bool:
        """Settle a story that is due, if there is one; whether there is another."""
        if self._due:
            self.settle(self._due[0])
            self._due.popleft()
        return bool(self._due)

    def settle(self, name: str) -> None:
        """Settle a story, and forget what is known of its reports."""
        if name not in self._unread:
            self._attempt(self.stories[name].settle)
        del self.stories[name]

    def begun(self) -> list[str]:
        """The stories of which something ran that are not settled."""
        return [name for name, one in self.stories.items() if one.is_begun]

    def _attempt(self, act: Callable[..., None], *of: Any) -> None:
        try:
            act(*of)
        except Exception as problem:
            self.problems.append(problem)


def outlets_of(story: Story) -> dict[str, str]:
    """`Story.outlets`; of a story of which nothing was read yet, no more is read than that."""
    return story.about.outlet_names(story.rows("documents", columns=["outlet"])["outlet"])


def entry_of(outcome: Outcome, sources: Mapping[str, Any], notebook: str, folder: Path) -> dict[str, Any]:
    """What provenance.json says of a report that has ended; the page of one that failed, which was made from other inputs, goes."""
    report = outcome.report
    if outcome.is_complete:
        return provenance.entry(report, sources, notebook, (folder / report.path).read_bytes())
    (folder / report.path).unlink(missing_ok=True)
    error = f"cell {outcome.cell}: {outcome.error}" if outcome.cell else str(outcome.error)
    return provenance.entry(report, sources, notebook, None, "failed") | {"error": error.splitlines()[0]}
