"""documents.csv is read as strings, and every mistake is named with file, line and what is allowed."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest

from analysis.corpus.manifest import COLUMNS, BadManifest, read_manifest

ROW = dict.fromkeys(COLUMNS, "") | {
    "doc_id": "001",
    "outlet": "na",
    "published_precision": "none",
    "file": "001.txt",
    "is_counted": "true",
}


def manifest(folder: Path, *rows: dict, columns: list[str] | None = None) -> Path:
    """Write a manifest of rows that differ from ROW as each says."""
    text = io.StringIO()
    names = columns or list(dict.fromkeys([*COLUMNS, *(name for row in rows for name in row)]))
    writer = csv.DictWriter(text, names, restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(ROW | {"file": f"{row.get('doc_id', '001')}.txt"} | row for row in rows)
    path = folder / "documents.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def test_what_looks_like_a_number_or_a_gap_stays_a_string(tmp_path):
    row = read_manifest(
        manifest(
            tmp_path, {"via": "NA", "headline": "null", "version": "1.0", "episode": "007", "deck": "NaN"}
        )
    ).iloc[0]
    assert (row["doc_id"], row["outlet"], row["via"], row["headline"]) == ("001", "na", "NA", "null")
    assert (row["version"], row["episode"], row["deck"], row["byline"]) == ("1.0", "007", "NaN", "")


def test_filing_order_is_a_number_or_unknown(tmp_path):
    table = read_manifest(manifest(tmp_path, {"filing_order": "2"}, {"doc_id": "b", "is_counted": "false"}))
    assert table["filing_order"].to_list() == [2, pd.NA]
    assert table["is_counted"].to_list() == [True, False]


def test_further_columns_are_kept(tmp_path):
    table = read_manifest(manifest(tmp_path, {"desk": "NA", "line": "x"}, {"doc_id": "b", "desk": "0123"}))
    assert table["desk"].to_list() == ["NA", "0123"] and table["line"].to_list() == ["x", ""]


def test_a_byte_order_mark_and_quoted_line_breaks_do_no_harm(tmp_path):
    path = manifest(tmp_path, {"headline": 'One, "two"\nthree'})
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_manifest(path)["headline"].to_list() == ['One, "two"\nthree']


def test_a_manifest_without_rows_has_its_columns(tmp_path):
    table = read_manifest(manifest(tmp_path))
    assert len(table) == 0 and table.columns.to_list() == COLUMNS


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"doc_id": ""}, "small letters"),
        ({"doc_id": "A 1"}, "small letters"),
        ({"outlet": "../up"}, "small letters"),
        ({"outlet": "gamma"}, "outlet 'gamma' is not in story.yml; there are: na, beta, unknown"),
        ({"doc_id": "a"}, "doc_id 'a' stands twice"),
        ({"headline_written_by": "editor"}, "'outlet', 'via', 'unknown'"),
        ({"published_precision": "hour"}, "'minute', 'day', 'none'"),
        ({"is_counted": "yes"}, "'true', 'false'"),
        ({"filing_order": "first"}, "a whole number"),
        ({"filing_order": "٣"}, "a whole number"),
        ({"filing_order": "9" * 30}, "a whole number"),
        ({"published_at": "13/09/2023"}, "ISO 8601"),
        ({"published_at": "2023-02-31"}, "ISO 8601"),
        ({"published_at": "now"}, "ISO 8601"),
        ({"published_at": "2023-W37-3"}, "ISO 8601"),
        ({"is_clean": "yes"}, "'', 'true', 'false'"),
        ({"headline": "Ferry\x1b[31m waits"}, "no control characters"),
        ({"published_at": "NaN"}, "ISO 8601"),
        ({"file": ""}, "inside articles/"),
        ({"file": "../secret.txt"}, "inside articles/"),
        ({"file": "a/../../b.txt"}, "inside articles/"),
        ({"file": "/etc/hostname"}, "inside articles/"),
        ({"file": "..\\b.txt"}, "inside articles/"),
        ({"file": "C:\\b.txt"}, "inside articles/"),
        ({"file": "a.txt"}, "file 'a.txt' stands twice (line 2)"),
        ({"outlet": "bета"}, "small letters"),
        ({"outlet": "betta"}, "did you mean beta?"),
        ({"via": " Echo"}, "no blanks before or after"),
        ({"published_precision": "day"}, "allowed: none, where published_at is empty"),
        ({"published_at": "2023-09-13", "published_precision": "minute"}, "allowed: day"),
        ({"updated_at": "yesterday"}, "updated_at is 'yesterday'"),
        ({"kind": "blog"}, "'article', 'liveblog', 'multi_story', 'consent_wall'"),
        ({"sha256": "abc"}, "64 digits"),
        ({"url": "www.example.org/a"}, "begins with http:// or https://"),
        ({"not_counted_because": "a reprint"}, "empty where is_counted is true"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_file_line_and_what_is_allowed(tmp_path, row, says):
    path = manifest(tmp_path, {"doc_id": "a"}, {"doc_id": "b"} | row)
    with pytest.raises(BadManifest) as refusal:
        read_manifest(path, outlets=["na", "beta"])
    assert str(refusal.value).startswith(f"{path}:3: ") and says in str(refusal.value)


def test_all_mistakes_are_named_at_once_and_long_lists_are_cut(tmp_path):
    path = manifest(
        tmp_path, {"outlet": "A"}, {"doc_id": "b"}, {"doc_id": "c", "filing_order": "x", "url": "y"}
    )
    with pytest.raises(BadManifest) as refusal:
        read_manifest(path)
    assert [line.split(": ")[0][-1] for line in str(refusal.value).split("\n")] == ["2", "4", "4"]
    path = manifest(tmp_path, *({"doc_id": f"d{n}", "url": "y"} for n in range(23)))
    with pytest.raises(BadManifest, match="… and 3 more mistakes"):
        read_manifest(path)


def test_a_row_of_empty_fields_is_named(tmp_path):
    path = manifest(tmp_path, {})
    path.write_text(path.read_text("utf-8") + "," * (len(COLUMNS) - 1) + "\n", "utf-8")
    with pytest.raises(BadManifest, match=r"documents\.csv:3: an empty row; remove it"):
        read_manifest(path)


@pytest.mark.parametrize("when", ["2023-09-13", "2023-09-13T14:15+09:00", "2023-09-13T05:15:00Z"])
def test_iso_times_are_kept_as_written(tmp_path, when):
    assert read_manifest(manifest(tmp_path, {"published_at": when}))["published_at"].item() == when


def test_missing_columns_are_listed(tmp_path):
    path = manifest(tmp_path, {}, columns=[name for name in COLUMNS if name not in ("via", "url")])
    with pytest.raises(BadManifest, match=r"documents\.csv:1: columns missing: via, url"):
        read_manifest(path)


def test_a_column_that_stands_twice_is_refused(tmp_path):
    path = manifest(tmp_path, {}, columns=[*COLUMNS, "via"])
    with pytest.raises(BadManifest, match=r"documents\.csv:1: columns that stand twice: via"):
        read_manifest(path)


@pytest.mark.parametrize("separator", [";", "\t"])
def test_another_separator_is_named(tmp_path, separator):
    path = manifest(tmp_path, {})
    path.write_text(path.read_text("utf-8").replace(",", separator), "utf-8")
    with pytest.raises(
        BadManifest, match=r"documents\.csv:1: separated by semicolons or tabs; allowed: commas"
    ):
        read_manifest(path)


@pytest.mark.parametrize(("written", "is_counted"), [("TRUE", True), ("False", False)])
def test_true_and_false_are_read_as_spreadsheets_write_them(tmp_path, written, is_counted):
    assert read_manifest(manifest(tmp_path, {"is_counted": written}))["is_counted"].to_list() == [is_counted]


@pytest.mark.parametrize(("change", "n"), [(",more,still more", 22), (None, 1)])
def test_a_row_with_another_number_of_fields_is_refused(tmp_path, change, n):
    path = manifest(tmp_path, {})
    text = path.read_text("utf-8").rstrip()
    path.write_text(text + (change or "\nalone"), "utf-8")
    with pytest.raises(
        BadManifest, match=rf"documents\.csv:{2 if change else 3}: {n} fields; .* {len(COLUMNS)}"
    ):
        read_manifest(path)


@pytest.mark.parametrize(
    "text", [b"doc_id;outlet;file\n1;a;b\n", b"", b"\xff\xfe\x00\x01", b'doc_id,"open\n']
)
def test_another_kind_of_file_is_refused(tmp_path, text):
    (tmp_path / "documents.csv").write_bytes(text)
    with pytest.raises(BadManifest, match=r"documents\.csv"):
        read_manifest(tmp_path / "documents.csv")


def test_a_manifest_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BadManifest, match=r"documents\.csv: no such file"):
        read_manifest(tmp_path / "documents.csv")


@pytest.mark.parametrize(
    ("when", "precision"), [("2023-09-13", "day"), ("2023-09-13T14:15+09:00", "minute"), ("", "none")]
)
def test_a_precision_that_is_left_empty_is_that_of_the_time(tmp_path, when, precision):
    row = {"published_at": when, "published_precision": ""}
    assert read_manifest(manifest(tmp_path, row))["published_precision"].item() == precision
