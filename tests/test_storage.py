"""What is written is written whole or not at all, and of what measures nothing is left out where that is recorded."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from analysis import storage
from analysis.evidence.parsing import MODELS
from analysis.storage import OUTLETS, changes, copy_story, inputs, libraries, write_atomically
from tests.partitions.stories import archive_story, listed_story

OWN_OUTLET = "outlets:\n  - {id: the-echo, name: Echo}\n"


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    """A data folder of the test's own."""
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def test_a_write_that_fails_leaves_what_was_there(tmp_path, monkeypatch):
    path = tmp_path / "new" / "x"
    write_atomically(path, "old")
    assert path.stat().st_mode & 0o777 == 0o644

    def broken(*_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", broken)
    with pytest.raises(OSError, match="disk full"):
        write_atomically(path, "new")
    assert path.read_text() == "old" and os.listdir(path.parent) == ["x"]


def test_outlets_beside_the_stories_make_an_archive_stale_and_no_story_that_lists_its_outlets(data):
    from analysis.loading import measure_story

    archive, listed = archive_story(data), listed_story(data, "listed")
    measure_story("ferry", sources=False)
    before = inputs(listed)
    (data / "outlets.yml").write_text(OWN_OUTLET, "utf-8")
    assert changes(archive) == ("outlets",) and inputs(listed) == before
    story = measure_story("ferry", sources=False)
    assert "the-echo" in set(story.documents["outlet"]) and not changes(archive)


def test_the_outlets_that_ship_are_among_what_every_story_is_measured_by(data, monkeypatch, tmp_path):
    folder = listed_story(data)  # sources are told by their names
    before = inputs(folder)
    other = tmp_path / "outlets.yml"
    other.write_text(OUTLETS.read_text("utf-8") + "# more\n", "utf-8")
    monkeypatch.setattr(storage, "OUTLETS", other)
    now = inputs(folder)
    assert {name for name in now if now[name] != before[name]} == {"outlets"}


def test_a_copied_story_keeps_the_outlets_beside_it_if_it_is_read_by_them(data, tmp_path):
    folder = archive_story(data)
    (data / "outlets.yml").write_text(OWN_OUTLET, "utf-8")
    copy = copy_story(folder, tmp_path / "copy", ["story.yml"])
    assert (copy.parent / "outlets.yml").read_text("utf-8") == OWN_OUTLET
    listed = copy_story(listed_story(data, "listed"), tmp_path / "other", ["story.yml"])
    assert not (listed.parent / "outlets.yml").exists()


def test_the_model_is_recorded_by_one_name_wherever_it_comes_from_and_only_where_it_was_used(monkeypatch):
    assert libraries(True)["en_core_web_sm"].startswith("3.") and libraries(True)["pyarrow"]
    assert not {"en_core_web_sm", "spacy"} & set(libraries(False))
    known = {"spacy": "3.8.18"}

    def version(name: str) -> str:
        if name in MODELS and name not in known:
            raise storage.PackageNotFoundError(name)
        return known.get(name, "1")

    monkeypatch.setattr(storage, "version", version)
    assert libraries(True)["en_core_web_sm"] == "not installed"
    for name in MODELS:
        known[name] = "3.8.0"
        assert libraries(True)["en_core_web_sm"] == "3.8.0"
        del known[name]


def test_another_model_makes_measures_with_sources_stale(data, monkeypatch):
    folder = listed_story(data)
    monkeypatch.setattr(
        storage, "recorded", lambda _: {"inputs": inputs(folder), "libraries": {"en_core_web_sm": "3.7.1"}}
    )
    assert changes(folder) == ("en_core_web_sm",)


def test_an_export_is_hashed_once_and_not_for_each_of_its_rows(data, monkeypatch):
    from analysis import loading

    archive_story(data)
    told, whole = [], storage.file_digest

    def counted(path: Path) -> str:
        told.append(path.name)
        return whole(path)

    monkeypatch.setattr(storage, "file_digest", counted)
    loading.measure_story("ferry", sources=False)
    assert told.count("export.jsonl") == 1


def test_what_measures_is_read_once_for_many_stories_and_again_when_it_was_written(data, monkeypatch):
    own = data / "dictionaries"
    own.mkdir(parents=True)
    read, whole = [], Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path.name) or whole(path))
    (own / "mine.yml").write_text("a: 1\n", "utf-8")
    first = storage.instruments()
    read.clear()
    assert storage.instruments() == first and read == []
    (own / "mine.yml").write_text("a: 2\n", "utf-8")  # as long as before
    assert storage.instruments()["dictionaries"] != first["dictionaries"] and "mine.yml" in read
