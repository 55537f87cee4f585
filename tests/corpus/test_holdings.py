"""Exports of an archive are read in place: every row is an article or a refusal, and only named rows are read."""

from __future__ import annotations

import gzip
import json

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

from analysis.corpus.formats.item import Refused
from analysis.corpus.holdings import articles, listing, read_slowly
from analysis.corpus.reading import Article

TEXT = "The ferry stayed in port for a third day. “We wait,” said its captain."


def row(n: int, **more: str) -> dict:
    return {
        "id": f"A-{n}",
        "source": "The Echo",
        "date": f"2031-01-0{n % 9 + 1}",
        "body": f"{TEXT} It is note {n}.",
    } | more


def write(path, rows: list[dict]) -> None:
    if path.suffix == ".parquet":
        parquet.write_table(pa.Table.from_pylist(rows), path, row_group_size=4)
        return
    data = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in rows).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)


@pytest.mark.parametrize("name", ["a.parquet", "a.jsonl", "a.jsonl.gz"])
def test_rows_that_are_named_are_read_in_the_order_in_which_they_are_named(tmp_path, name):
    write(tmp_path / name, [row(n) for n in range(10)])
    rows, refused = listing(tmp_path)
    assert not refused and rows["doc_id"].to_list() == [f"a-{n}" for n in range(10)]
    assert set(rows["outlet"]) == {"The Echo"} and rows["episode"][2] == "2031-01-03"
    found = list(articles(tmp_path, rows.iloc[[7, 0, 4]]))
    assert [one.about["doc_id"] for one in found] == ["a-7", "a-0", "a-4"]
    assert [one.item.text for one in found] == [f"{TEXT} It is note {n}." for n in (7, 0, 4)]
    assert {(one.about["file"], one.about["episode"][:7]) for one in found} == {(name, "2031-01")}
    assert all(len(one.item.sha256) == 64 and not one.item.repairs for one in found)


def test_the_three_forms_of_an_export_give_the_same_articles(tmp_path):
    read = []
    for name in ("a.parquet", "a.jsonl", "a.jsonl.gz"):
        (tmp_path / name).mkdir()
        write(tmp_path / name / name, [row(n) for n in range(6)])
        rows, _ = listing(tmp_path / name)
        read.append([(one.about | {"file": ""}, one.item.text) for one in articles(tmp_path / name, rows)])
    assert read[0] == read[1] == read[2]


def test_an_episode_is_that_of_its_column_else_the_day_else_not_known(tmp_path):
    write(tmp_path / "a.jsonl", [row(1, episode="strike"), row(2), row(3, date="yesterday")])
    assert listing(tmp_path)[0]["episode"].to_list() == ["strike", "2031-01-03", ""]


def test_a_broken_line_costs_only_itself(tmp_path):
    good = [json.dumps(row(n)) for n in range(3)]
    lines = [good[0], '{"id": "B", "body": ', "[1]", "", good[1]]
    data = (
        "\n".join(lines).encode() + b"\n\xff\n" + good[2].encode()
    )  # the sixth is no UTF-8, the last has no end
    (tmp_path / "a.jsonl").write_bytes(data)
    rows, refused = listing(tmp_path)
    assert rows[["doc_id", "row"]].to_numpy().tolist() == [["a-0", 1], ["a-1", 5], ["a-2", 7]]
    assert [(one.file, one.line) for one in refused] == [("a.jsonl", 2), ("a.jsonl", 3), ("a.jsonl", 6)]
    assert [one.about["doc_id"] for one in articles(tmp_path, rows)] == ["a-0", "a-1", "a-2"]


@pytest.mark.parametrize("name", ["a.parquet", "a.jsonl"])
def test_a_row_without_text_is_refused_where_it_stands(tmp_path, name):
    write(tmp_path / name, [row(0), row(1, body=""), row(2)])
    rows, _ = listing(tmp_path)
    found = list(articles(tmp_path, rows.iloc[[1, 2]]))
    assert isinstance(found[0], Refused) and isinstance(found[1], Article)
    assert (found[0].line, found[0].unit.split()[1]) == (2, "2") and "empty" in found[0].reason


def test_ids_differ_over_all_exports_and_a_second_row_of_an_id_is_refused(tmp_path):
    write(tmp_path / "a.jsonl", [row(1), row(2), row(1, body="Another text.")])
    write(tmp_path / "b.jsonl", [row(1, id="a 1"), row(2, id=""), row(3, id="a-1-2")])
    rows, refused = listing(tmp_path)
    assert rows["doc_id"].to_list() == ["a-1", "a-2", "a-1-2", "b-2", "a-1-2-2"]
    assert [(one.file, one.line) for one in refused] == [("a.jsonl", 3)]
    assert refused[0].reason == "the id 'A-1' stands for another row already, line 1 of a.jsonl"


def test_a_file_that_is_no_export_is_refused_as_a_whole(tmp_path):
    (tmp_path / "a.parquet").write_bytes(b"PAR1 is how it begins")
    (tmp_path / "b.jsonl").write_text('{"title": "A headline"}\n', "utf-8")
    rows, refused = listing(tmp_path)
    assert len(rows) == 0 and [one.file for one in refused] == ["a.parquet", "b.jsonl"]
    assert "no Parquet file" in refused[0].reason and "no text" in refused[1].reason


def test_an_export_of_which_a_few_rows_take_as_long_as_all_is_known(tmp_path):
    rows = pd.DataFrame({"id": range(12_000), "text": "The ferry stayed in port."})
    rows.to_parquet(tmp_path / "whole.parquet")
    rows.to_parquet(tmp_path / "groups.parquet", row_group_size=1_000)
    (tmp_path / "lines.jsonl.gz").write_bytes(b"")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1")
    assert "row group of 12,000 rows" in read_slowly(tmp_path / "whole.parquet")
    assert "gzip" in read_slowly(tmp_path / "lines.jsonl.gz")
    assert read_slowly(tmp_path / "groups.parquet") == read_slowly(tmp_path / "broken.parquet") == ""
