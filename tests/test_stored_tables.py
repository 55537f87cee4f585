"""Tables are read when they are asked for, by columns, rows and partitions."""

from __future__ import annotations

import shutil

import pandas as pd
import pytest

from analysis.loading import load_story
from analysis.measured import TABLE_NAMES, matching
from analysis.storage import table_files
from analysis.tables import TABLES

WHERE = [("doc_id", "in", ["ledger-1", "courier-2"]), ("part", "==", "body"), ("voice", "!=", "quoted")]


@pytest.fixture
def parted(harbour, tmp_path, monkeypatch):
    """The sample story, its tables stored in a part an episode, but for one table that is not cut."""
    folder = tmp_path / "data" / harbour.name
    shutil.copytree(harbour.folder, folder)
    episodes = harbour.documents.groupby("episode", sort=False)["doc_id"].agg(set)
    for name in TABLE_NAMES:
        table = pd.read_parquet(folder / "measures" / f"{name}.parquet")
        side = next((one for one in ("doc_id", "doc_id_a") if one in table), None)
        if name == "warnings":
            continue
        (folder / "measures" / f"{name}.parquet").unlink()
        (folder / "measures" / name).mkdir()
        for number, ids in enumerate(episodes):
            own = table[table[side].isin(ids) | (table[side] == "") & (number == 0)] if side else table[:0]
            own.to_parquet(folder / "measures" / name / f"{number:05}.parquet", index=False)
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "data"))
    return load_story(harbour.name, as_measured=True)


def test_a_loaded_story_has_read_no_table_until_it_is_asked_for(harbour):
    story = harbour.afresh()
    assert not set(TABLE_NAMES) & set(vars(story))
    assert len(story.namings) and set(TABLE_NAMES) & set(vars(story)) == {"namings"}


def test_what_a_story_does_not_have_is_an_error(harbour):
    with pytest.raises(AttributeError, match="no attribute 'sentenses'"):
        _ = harbour.sentenses


def test_rows_and_columns_are_those_of_the_whole_table(harbour):
    story = harbour.afresh()
    found = story.rows("sentences", columns=["doc_id", "n_words"], where=WHERE)
    assert "sentences" not in vars(story) and len(found)
    whole = matching(story.sentences, WHERE)[["doc_id", "n_words"]]
    pd.testing.assert_frame_equal(found, whole)
    pd.testing.assert_frame_equal(story.rows("sentences", columns=["doc_id", "n_words"], where=WHERE), whole)
    assert story.rows("sentences", where=[("doc_id", "in", [])]).empty


def test_another_condition_is_refused(harbour):
    with pytest.raises(ValueError, match="allowed are ==, != and in"):
        matching(harbour.documents, [("doc_id", ">", "a")])


def test_partitions_hold_every_row_once(parted, harbour):
    parts = list(parted.partitions())
    assert len(parts) == harbour.documents["episode"].nunique()
    for name in ("documents", "sentences", "quotations", "overlap", "warnings"):
        key = TABLES[name].names[:2]
        whole = getattr(harbour, name)[key].sort_values(key, ignore_index=True)
        parted_rows = pd.concat([part.rows(name)[key] for part in parts]).sort_values(key, ignore_index=True)
        pd.testing.assert_frame_equal(parted_rows, whole)
    assert len(table_files(parted.folder, "warnings")) == 1


def test_a_small_story_is_one_partition(harbour):
    assert [part is harbour for part in harbour.partitions()] == [True]


def test_a_part_of_a_story_reads_its_texts_and_rows_alone(harbour):
    shown = harbour.showing(["ledger", "courier"])
    assert set(shown.documents["outlet"]) == {"ledger", "courier"}
    assert set(shown.rows("sentences")["doc_id"]) == set(shown.documents["doc_id"])
    passage = shown.passages(shown.namings[:1]).iloc[0]
    assert passage["text"][passage["mark_start"] : passage["mark_end"]]
