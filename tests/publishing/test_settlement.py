"""Settlement: what is written of each story while a batch of several runs, and what an interrupt or a problem leaves."""

from __future__ import annotations

import json
import pickle
import shutil
from pathlib import Path

import pytest

from analysis.loading import load_story
from analysis.measured import TABLE_NAMES
from analysis.outline import outline
from analysis.publishing import batch, overviews, provenance, reports
from analysis.publishing.report import Outcome, Report

NAMES = ("one", "two", "three")
PAGES = ("comparison", "corpus")


class World:
    """Three copies of the founding story, and pages that are a word each: `before(n)` is called before the n-th is made."""

    def __init__(self, folder: Path):
        self.folder, self.ran = folder, []
        self.before = lambda n: None
        self.given = self.meanwhile = None

    def run_all(self, wanted, *, outputs, on_progress, given, meanwhile, **_):
        self.given, self.meanwhile = given, meanwhile
        for n, report in enumerate(wanted, 1):
            self.before(n)
            path = outputs / report.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"<p>{report.path}</p>", "utf-8")
            self.ran.append(report.path)
            on_progress(Outcome(report), n, len(wanted))

    def make(self, **options) -> reports.Made:
        self.ran.clear()
        stories = [load_story(name) for name in NAMES]
        wanted = [one for story in stories for one in reports.planned(story, notebooks=PAGES)]
        return reports.make(stories, wanted, folder=self.folder, **options)

    def known(self, name: str) -> dict:
        return provenance.read_provenance(self.folder / name / "provenance.json")

    def written(self, name: str) -> set[str]:
        """What is there of a story beside its pages: "tables", "index.html", "provenance.json"."""
        here = {path.name for path in (self.folder / name).glob("*")}
        return here & {"tables", "index.html", "provenance.json"}


@pytest.fixture
def world(founding, tmp_path, monkeypatch) -> World:
    for name in NAMES:
        shutil.copytree(founding.folder, tmp_path / "data" / name)
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "data"))
    world = World(tmp_path / "out")
    monkeypatch.setattr(batch, "run_all", world.run_all)
    return world


def would_run(world: World) -> list[str]:
    found = []
    for name in NAMES:
        story = outline(name)
        wanted = reports.planned(story, notebooks=PAGES)
        found += [one.path for one, _ in reports.outlook(story, wanted, folder=world.folder)]
    return found


def test_whatever_ends_a_batch_costs_no_page_that_is_complete(world):
    left = {}

    def look(n: int) -> None:  # as kill -9 would leave it
        left[n] = would_run(world)

    world.before = look
    world.make()
    assert left == {n: world.ran[n - 1 :] for n in range(1, 7)}


def test_what_a_batch_was_killed_in_is_not_settled_until_the_next_one_has_written_its_tables(world):
    def kill(n: int) -> None:
        if n == 3:  # a copy of the folder is what kill -9 leaves
            shutil.copytree(world.folder, world.folder.with_name("killed"))

    world.before = kill
    world.make()
    story, whole = outline("one"), world.folder
    wanted = reports.planned(story, notebooks=PAGES)
    world.folder, world.before = whole.with_name("killed"), lambda n: None
    assert not reports.is_settled(story, wanted, folder=world.folder)
    world.make()
    assert world.ran == [f"{name}/{page}.html" for name in ("two", "three") for page in PAGES]
    assert reports.is_settled(story, wanted, folder=world.folder)
    for path in (path for path in whole.rglob("*") if path.is_file()):
        assert path.read_bytes() == (world.folder / path.relative_to(whole)).read_bytes(), path.name


def test_a_story_is_settled_while_the_pages_of_others_are_made(world):
    there = []

    def settle(n: int) -> None:
        while world.meanwhile():
            pass
        there.append([name for name in NAMES if "index.html" in world.written(name)])

    world.before = settle
    world.make()
    assert there == [[], [], ["one"], ["one"], ["one", "two"], ["one", "two"]]
    assert "2 reports" in (world.folder / "index.html").read_text("utf-8")


def test_an_interrupt_settles_those_stories_alone_of_which_something_ran(world, monkeypatch):
    def interrupt(n: int) -> None:
        if n == 4:
            raise KeyboardInterrupt

    told, drawn, whole = [], [], overviews.story_overview
    monkeypatch.setattr(
        overviews, "story_overview", lambda story, *rest: drawn.append(story.name) or whole(story, *rest)
    )
    world.before = interrupt
    with pytest.raises(KeyboardInterrupt):
        world.make(on_stop=told.append)
    assert drawn == ["one", "two"] == told[0] and len(told) == 1
    assert world.written("two") == {"tables", "index.html", "provenance.json"}
    assert not world.written("three")
    assert set(world.known("two")["reports"]) == {"comparison.html"}
    assert would_run(world) == ["two/corpus.html", "three/comparison.html", "three/corpus.html"]


def test_an_interrupt_while_a_story_is_settled_costs_it_nothing(world, monkeypatch):
    whole, calls = overviews.story_overview, []

    def interrupted(story, *rest):
        calls.append(story.name)
        if len(calls) == 1:
            raise KeyboardInterrupt
        return whole(story, *rest)

    monkeypatch.setattr(overviews, "story_overview", interrupted)
    world.before = lambda n: n > 2 and world.meanwhile()
    with pytest.raises(KeyboardInterrupt):
        world.make()
    assert calls == ["one", "one"]
    story = outline("one")
    assert reports.is_settled(story, reports.planned(story, notebooks=PAGES), folder=world.folder)


def test_a_problem_with_the_tables_of_one_story_costs_the_others_nothing(world, monkeypatch):
    whole = overviews.story_overview

    def broken(story, *rest):
        if story.name == "one":
            raise OSError("No space left on device")
        return whole(story, *rest)

    monkeypatch.setattr(overviews, "story_overview", broken)
    with pytest.raises(OSError, match="No space left"):
        world.make()
    assert len(world.ran) == 6 and "index.html" in world.written("three") & world.written("two")
    assert would_run(world) == []


def test_pages_that_were_never_made_wait_for_no_reading_of_other_stories(world, monkeypatch):
    read, whole = [], provenance.made_from
    monkeypatch.setattr(
        provenance, "made_from", lambda folder, *rest: read.append(folder.name) or whole(folder, *rest)
    )
    before = {}
    world.before = lambda n: before.setdefault(n, list(read))
    world.make()
    assert before[1] == [] and sorted(read) == sorted(NAMES)


def test_code_and_dictionaries_are_read_once_for_all_stories(world, monkeypatch):
    n = []
    for name in ("code_digest", "dictionaries", "generated_by"):
        whole = getattr(provenance, name)
        monkeypatch.setattr(provenance, name, lambda whole=whole, name=name: n.append(name) or whole())
    monkeypatch.setattr(reports, "write_index", lambda folder: None)  # pages print the version, too
    monkeypatch.setattr(overviews, "story_overview", lambda *_: "")
    world.make()
    assert sorted(n) == ["code_digest", "dictionaries", "generated_by"]


def test_nothing_that_was_read_of_a_story_is_held_when_its_page_is_made(world, monkeypatch):
    """Hundreds of stories would be in memory together."""
    stories = [load_story(name) for name in NAMES]
    wanted = [one for story in stories for one in reports.planned(story, notebooks=PAGES)]
    held = set()

    def look(n: int) -> None:
        assert world.given(wanted[n - 1])
        for story in stories:
            held.update({*TABLE_NAMES, "texts"} & vars(story).keys())
            held.update({"documents", "articles"} & vars(story._tables).keys())

    world.before = look
    reports.make(stories, wanted, folder=world.folder)
    assert len(world.ran) == 6 and not held


def test_a_report_takes_what_belongs_to_its_own_story_alone_to_its_process(world):
    taken = {}
    world.before = lambda n: n == 5 and taken.update(world.given(Report("three", "corpus")))
    world.make()
    assert taken.keys() == {"pages"} and taken["pages"].keys() == {"three"}
    assert len(pickle.dumps(taken)) < 2 * len(json.dumps(taken["pages"]["three"]["made_from"]))


def test_reports_are_told_apart_by_their_addresses_and_not_each_from_each(world, monkeypatch):
    def compared(self, other):
        raise AssertionError("n reports are n² comparisons")

    monkeypatch.setattr(Report, "__eq__", compared)
    made = world.make()
    assert len(made.outcomes) == 6 and made.fresh == []
    assert len(world.make().fresh) == 6


def test_what_was_never_made_would_be_made_whatever_from_and_nothing_is_read_to_say_so(world, monkeypatch):
    read = []
    monkeypatch.setattr(provenance, "made_from", lambda *_: read.append(1))
    assert len(would_run(world)) == 6 and read == []


def test_a_story_whose_tables_cannot_be_read_fails_and_the_others_are_made(
    world, founding, tmp_path, monkeypatch
):
    monkeypatch.undo()  # real notebooks
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "data"))
    path = tmp_path / "data" / "one" / "measures" / "sentences.parquet"
    content = path.read_bytes()
    path.write_bytes(content[:4] + b"\xff" * 60 + content[64:])  # its end, which is read first, is whole
    stories = [load_story(name) for name in NAMES[:2]]
    wanted = [one for story in stories for one in reports.planned(story, notebooks=["corpus"])]
    made = reports.make(stories, wanted, folder=world.folder)
    assert [one.report.path for one in made.failed] == ["one/corpus.html"]
    assert "sentences.parquet cannot be read" in made.failed[0].error
    assert "index.html" in world.written("two") and would_run(world)[-1] != "two/corpus.html"
