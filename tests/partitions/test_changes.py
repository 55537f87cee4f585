"""What changes while a story is measured is not recorded as if it had been measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis import loading
from analysis.loading import measure_story
from analysis.outline import outline
from analysis.partitions import measurement
from analysis.partitions import partition as partition_module
from analysis.partitions.measurement import Unfinished, measure_large
from analysis.storage import changes, is_measured, read_table, recorded
from tests.partitions.stories import archive_story, listed_story, tables


def measured(**options):
    return measure_large(outline("ferry"), sources=False, **options)


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def at_partition(number: int, change):
    """What is told of each partition, and changes something after one of them."""

    def told(partition) -> None:
        if partition.number == number:
            change()

    return told


def test_a_story_yml_edited_midway_stops_the_run_and_costs_no_wrong_table(data):
    folder = listed_story(data)
    edit = at_partition(0, lambda: append(folder / "story.yml", "# later\n"))
    with pytest.raises(Unfinished, match=r"story\.yml changed while it was measured: call again") as stopped:
        measured(on_partition=edit)
    assert str(stopped.value).startswith("3 of 4 partitions") and not is_measured(folder)
    assert "what is measured holds no longer, since what all are made from changed" in str(stopped.value)
    assert measured().n_kept == 0


def test_an_export_that_grows_at_its_beginning_midway_is_not_read_at_the_places_it_had(data):
    folder = archive_story(data)
    export = folder / "articles" / "export.jsonl"
    first, _, rest = export.read_text("utf-8").partition("\n")
    grow = at_partition(0, lambda: export.write_text(f"{rest}{first}\n", "utf-8"))
    with pytest.raises(Unfinished, match=r"export\.jsonl changed while it was measured"):
        measured(on_partition=grow)
    assert measured().n_documents == 24 and not changes(folder)


def test_an_export_that_grows_midway_stops_the_run_which_keeps_what_did_not_change(data):
    folder = archive_story(data)
    export = folder / "articles" / "export.jsonl"
    first = export.read_text("utf-8").partition("\n")[0]
    more = json.dumps(json.loads(first) | {"id": "more", "episode": "zeal"}) + "\n"
    with pytest.raises(Unfinished) as stopped:
        measured(on_partition=at_partition(1, lambda: append(export, more)))
    said = str(stopped.value)
    assert said.startswith(
        "2 of 4 partitions, 12 documents, are missing; what is measured of rows that did not change is kept"
    )
    assert measured().n_kept == 2 and not changes(folder)


def test_where_nothing_is_measured_nothing_is_said_to_be_kept(data, monkeypatch):
    listed_story(data)
    monkeypatch.setattr(partition_module, "measure", lambda *_, **__: 1 / 0)
    with pytest.raises(
        Unfinished, match="4 of 4 partitions, 24 documents, are missing; none is measured: call"
    ):
        measured()


def test_an_export_that_changes_between_its_listing_and_its_digest_is_not_recorded(data, monkeypatch):
    folder = archive_story(data)
    measured()
    export, before = folder / "articles" / "export.jsonl", recorded(folder)
    whole = measurement.file_digest

    def late(path):
        append(export, "\n")
        return whole(path)

    monkeypatch.setattr(measurement, "file_digest", late)
    with pytest.raises(Unfinished, match=r"export\.jsonl changed while it was read: call the command again"):
        measured()
    assert recorded(folder) == before and changes(folder) == ("articles/export.jsonl",)


def test_what_changes_while_its_partition_is_measured_gets_no_receipt(data, undisturbed, monkeypatch):
    folder = listed_story(data)
    article, whole = folder / "articles" / "echo-7.txt", partition_module.measure
    before = article.read_bytes()

    def editing(corpus, *arguments, **options):
        made = whole(corpus, *arguments, **options)
        if "echo-7" in corpus.texts:
            article.write_bytes(before + b"\n\nIt is a note.")
        return made

    monkeypatch.setattr(partition_module, "measure", editing)
    with pytest.raises(Unfinished, match=r"echo-7\.txt changed while it was measured"):
        measured()
    monkeypatch.setattr(partition_module, "measure", whole)
    article.write_bytes(before)
    measured()
    assert tables(folder) == undisturbed


def test_what_changes_after_its_partition_makes_the_measures_stale(data):
    folder = listed_story(data)
    last = len({row["episode"] for row in outline("ferry").manifest.to_dict("records")}) // 2 - 1

    def edit() -> None:
        append(folder / "story.yml", "# later\n")
        append(folder / "articles" / "echo-0.txt", "\n\nIt is a note.")

    measured(on_partition=at_partition(last, edit))
    assert is_measured(folder) and changes(folder) == ("story.yml", "articles/echo-0.txt")


def test_a_small_story_edited_while_it_is_measured_is_stale(data, monkeypatch):
    monkeypatch.setenv("PARALLAX_PARTITION", "500")
    folder, whole = listed_story(data), loading.read_story

    def editing(*arguments):
        found = whole(*arguments)
        append(folder / "story.yml", "# later\n")
        append(folder / "articles" / "echo-0.txt", "\n\nIt is a note.")
        return found

    monkeypatch.setattr(loading, "read_story", editing)
    measure_story("ferry", sources=False)
    assert changes(folder) == ("story.yml", "articles/echo-0.txt")
    monkeypatch.setattr(loading, "read_story", whole)
    measure_story("ferry", sources=False)
    assert not changes(folder) and len(read_table(folder, "documents")) == 24
