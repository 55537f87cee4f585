"""A person's corrections stand above every rule, find their rows by place, and are refused by line."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from analysis.corpus.cleaning import clean
from analysis.corpus.corrections import COLUMNS, BadCorrections, corrected, read_corrections, told_lines
from analysis.tables import FRAME_HITS

ROW = {
    "table": "lines", "doc_id": "a", "start": "0", "end": "9", "column": "kept", "value": "true",
    "action": "set", "by": "I. Falk", "date": "2031-01-05", "why": "it is a sentence of the story",
}  # fmt: skip
HITS = FRAME_HITS.frame(
    [
        ("a", 0, 4, 9, "generic_frames", "conflict", "war", "outside"),
        ("a", 0, 4, 9, "themes", "arms", "war*", "outside"),
    ]
)


def written(folder: Path, *rows: dict, columns: list[str] = COLUMNS) -> Path:
    with (folder / "corrections.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(ROW | row for row in rows)
    return folder / "corrections.csv"


def test_no_file_is_no_correction(tmp_path):
    assert len(read_corrections(tmp_path / "corrections.csv", ["a"])) == 0


def test_rows_are_read_and_nothing_is_applied_yet(tmp_path):
    row = read_corrections(written(tmp_path, {}), ["a"]).iloc[0]
    assert (row["table"], row["start"], row["end"], row["is_applied"]) == ("lines", 0, 9, False)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (
            {"table": "documents"},
            "lines, quoted_spans, frame_hits, namings; documents are corrected in documents.csv",
        ),
        ({"action": "change"}, "set, delete, add"),
        ({"action": "delete"}, "every line has its row"),
        ({"doc_id": "b"}, "allowed: a"),
        ({"start": "-1"}, "a whole number"),
        ({"end": "0"}, "a number larger than start"),
        ({"column": "rule"}, "role;kept"),
        ({"value": "yes"}, "allowed for kept: true, false"),
        ({"column": "role", "value": "story"}, "allowed for role: headline, deck"),
        ({"column": "role;kept"}, "2 columns and 1 values"),
        ({"table": "frame_hits", "action": "add", "column": "frame", "value": "conflict"}, "(all of them)"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_is_allowed(tmp_path, row, says):
    with pytest.raises(BadCorrections) as refusal:
        read_corrections(written(tmp_path, {}, row), ["a"])
    assert "corrections.csv, line 3: " in str(refusal.value) and says in str(refusal.value)


def test_other_columns_are_refused(tmp_path):
    with pytest.raises(BadCorrections, match="line 1: columns are"):
        read_corrections(written(tmp_path, {}, columns=COLUMNS[1:]), ["a"])


def test_a_line_comes_back_into_the_text_or_leaves_it(tmp_path):
    story = "The ferry to the northern islands stayed in port for a third day on Friday, its crew said."
    raw = f"{story}\n\nAdvertisement\n\n{story}"
    place = raw.index("Advertisement")
    rows = [
        {"start": str(place), "end": str(place + 13), "column": "role", "value": "body"},
        {"start": "0", "end": str(len(story)), "column": "kept", "value": "false"},
        {"start": "1", "end": "3"},
    ]
    corrections = read_corrections(written(tmp_path, *rows), ["a"])
    told, found = told_lines(corrections, "a", clean(raw).rows)
    assert found == [0, 1]
    assert clean(raw, told).text == f"Advertisement\n\n{story}"
    assert clean(raw, told).lines["rule"].to_list()[:2] == ["correction", "correction"]


def test_hits_are_set_deleted_and_added_by_place(tmp_path):
    rows = [
        {"table": "frame_hits", "start": "4", "end": "9", "action": "delete", "column": "dictionary", "value": "themes"},
        {"table": "frame_hits", "start": "5", "end": "9", "action": "delete", "column": "", "value": ""},
        {
            "table": "frame_hits", "start": "20", "end": "25", "action": "add",
            "column": "dictionary;frame;entry", "value": "themes;arms;by hand",
        },
    ]  # fmt: skip
    corrections = read_corrections(written(tmp_path, *rows), ["a"])
    hits, found = corrected(HITS, "frame_hits", corrections)
    assert found == [0, 2]
    assert hits[["start", "dictionary", "frame"]].to_numpy().tolist() == [
        [4, "generic_frames", "conflict"], [20, "themes", "arms"],
    ]  # fmt: skip
    pd.testing.assert_frame_equal(corrected(HITS, "namings", corrections)[0], HITS)


def test_all_mistakes_are_told_at_once(tmp_path):
    with pytest.raises(BadCorrections) as refusal:
        read_corrections(written(tmp_path, {"action": "change"}, {}, {"doc_id": "b"}), ["a"])
    first, second = str(refusal.value).split("\n")
    assert "line 2: action" in first and "line 4: doc_id" in second


def test_a_name_that_the_story_does_not_know_is_refused(tmp_path):
    row = {"table": "frame_hits", "column": "frame", "value": "conflit"}
    assert len(read_corrections(written(tmp_path, row), ["a"])) == 1  # nothing is known of the names
    with pytest.raises(BadCorrections, match="'conflit'; allowed for frame: conflict, economy"):
        read_corrections(written(tmp_path, row), ["a"], lambda: {"frame": ["conflict", "economy"]})


def test_one_value_is_corrected_once(tmp_path):
    with pytest.raises(BadCorrections, match="line 3: the same row and column as line 2"):
        read_corrections(written(tmp_path, {}, {"value": "false"}), ["a"])


def test_true_as_a_spreadsheet_writes_it_is_true(tmp_path):
    assert read_corrections(written(tmp_path, {"value": "TRUE"}), ["a"])["value"].item() == "true"
