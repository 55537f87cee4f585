"""Exports of an archive are read in place: every row is an article or a refusal, and only named rows are read."""

from __future__ import annotations

import gzip
import json
import random
from datetime import datetime
from errno import EIO

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

from analysis.corpus.bounds import Lost
from analysis.corpus.formats.item import Refused
from analysis.corpus.holdings import articles, exports, listing, read_slowly
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
    rows, refused = listing(exports(tmp_path))
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
        rows, _ = listing(exports(tmp_path / name))
        read.append([(one.about | {"file": ""}, one.item.text) for one in articles(tmp_path / name, rows)])
    assert read[0] == read[1] == read[2]


def test_an_episode_is_that_of_its_column_else_the_day_else_not_known(tmp_path):
    write(tmp_path / "a.jsonl", [row(1, episode="strike"), row(2), row(3, date="yesterday")])
    assert listing(exports(tmp_path))[0]["episode"].to_list() == ["strike", "2031-01-03", ""]


def test_a_broken_line_costs_only_itself(tmp_path):
    good = [json.dumps(row(n)) for n in range(3)]
    lines = [good[0], '{"id": "B", "body": ', "[1]", "", good[1]]
    data = (
        "\n".join(lines).encode() + b"\n\xff\n" + good[2].encode()
    )  # the sixth is no UTF-8, the last has no end
    (tmp_path / "a.jsonl").write_bytes(data)
    rows, refused = listing(exports(tmp_path))
    assert rows[["doc_id", "row"]].to_numpy().tolist() == [["a-0", 1], ["a-1", 5], ["a-2", 7]]
    assert [(one.file, one.line) for one in refused] == [("a.jsonl", 2), ("a.jsonl", 3), ("a.jsonl", 6)]
    assert [one.about["doc_id"] for one in articles(tmp_path, rows)] == ["a-0", "a-1", "a-2"]


@pytest.mark.parametrize("name", ["a.parquet", "a.jsonl"])
def test_a_row_without_text_is_refused_where_it_stands(tmp_path, name):
    write(tmp_path / name, [row(0), row(1, body=""), row(2)])
    rows, _ = listing(exports(tmp_path))
    found = list(articles(tmp_path, rows.iloc[[1, 2]]))
    assert isinstance(found[0], Refused) and isinstance(found[1], Article)
    assert (found[0].line, found[0].unit.split()[1]) == (2, "2") and "empty" in found[0].reason


def test_ids_differ_over_all_exports_and_a_second_row_of_an_id_is_refused(tmp_path):
    write(tmp_path / "a.jsonl", [row(1), row(2), row(1, body="Another text.")])
    write(tmp_path / "b.jsonl", [row(1, id="a 1"), row(2, id=""), row(3, id="a-1-2")])
    rows, refused = listing(exports(tmp_path))
    assert rows["doc_id"].to_list() == [
        "a-1",
        "a-2",
        "a-1-042a5f2e",
        "b-2",
        "a-1-2",
    ]  # printf 'a 1' | sha256sum
    assert [(one.file, one.line) for one in refused] == [("a.jsonl", 3)]
    assert refused[0].reason == "the id 'A-1' stands for another row already, line 1 of a.jsonl"


@pytest.mark.parametrize("name", ["a.parquet", "a.jsonl", "a.jsonl.gz"])
def test_the_digest_of_a_row_is_that_of_its_content_wherever_it_stands(tmp_path, name):
    write(tmp_path / name, [row(n) for n in range(9)])
    before = listing(exports(tmp_path))[0].set_index("doc_id")["digest"]
    write(tmp_path / name, [row(9), row(4, body=f"{TEXT} Another text."), *(row(n) for n in (8, 5, 1))])
    now = listing(exports(tmp_path))[0].set_index("doc_id")["digest"]
    assert before.nunique() == 9 and now.nunique() == 5
    assert {id for id in now.index if now[id] in set(before)} == {"a-8", "a-5", "a-1"}
    assert all(now[id] == before[id] for id in ("a-8", "a-5", "a-1"))


def test_cells_of_a_table_that_run_into_each_other_give_other_digests(tmp_path):
    write(tmp_path / "a.parquet", [row(0, source="Echo", body="1 1")])
    write(tmp_path / "b.parquet", [row(0, id="B", source="Echo1", body=" 1")])
    write(tmp_path / "c.parquet", [row(0, id="C") | {"source": None}])
    write(tmp_path / "d.parquet", [row(0, id="D", source="None")])
    digests = [listing([path])[0]["digest"][0] for path in exports(tmp_path)]
    assert len(set(digests)) == 4 and all(len(one) == 32 for one in digests)


def test_what_is_not_read_of_a_row_is_not_in_its_digest_and_columns_that_are_have_names(tmp_path):
    digests = []
    for n, more in enumerate(({}, {"likes": "7"}, {"deck": "A line"}, {"kicker": "A line"})):
        write(tmp_path / f"{n}.parquet", [row(0, **more)])
        digests.append(listing([tmp_path / f"{n}.parquet"])[0]["digest"][0])
    assert digests[0] == digests[1] != digests[2]


def test_digests_do_not_depend_on_how_a_table_is_packed(tmp_path):
    table = pa.Table.from_pylist([row(n, likes=n) for n in range(40)])
    digests = []
    for n, how in enumerate(({"row_group_size": 7}, {"compression": "gzip"}, {"use_dictionary": False})):
        parquet.write_table(table, tmp_path / f"{n}.parquet", **how)
        digests.append(listing([tmp_path / f"{n}.parquet"])[0]["digest"].to_list())
    assert digests[0] == digests[1] == digests[2] and len(set(digests[0])) == 40


def test_rows_whose_texts_cannot_be_unpacked_are_listed_without_a_digest(tmp_path):
    noise = random.Random(7)
    rows = [row(n, body=f"{TEXT} {noise.randbytes(500).hex()}") for n in range(1_200)]
    table = pa.Table.from_pylist(rows)
    plain = {"compression": "gzip", "use_dictionary": False}
    parquet.write_table(table, tmp_path / "a.parquet", row_group_size=512, **plain)
    place = table.schema.get_field_index("body")
    chunk = parquet.read_metadata(tmp_path / "a.parquet").row_group(1).column(place)
    data = bytearray((tmp_path / "a.parquet").read_bytes())
    middle = chunk.data_page_offset + chunk.total_compressed_size // 2
    data[middle : middle + 2_000] = bytes(2_000)
    (tmp_path / "a.parquet").write_bytes(data)
    listed, _ = listing(exports(tmp_path))
    assert len(listed) == 1_200 and (listed["digest"] != "").to_list() == [True] * 512 + [False] * 688


def test_an_address_names_the_same_article_whatever_else_is_there(tmp_path):
    address = "https://www.the-echo.example/world/2031/01/05/the-ferry-stays-in-port-"
    write(tmp_path / "b.jsonl", [row(n, id=f"{address}{n}") for n in range(3)])
    before, _ = listing(exports(tmp_path))
    assert before["doc_id"][0] == "https-www-the-echo-example-world-2031-0-8bfd715a"  # printf … | sha256sum
    write(tmp_path / "a.jsonl", [row(n, id=f"{address}{n}") for n in range(3, 9)])
    now = listing(exports(tmp_path))[0].set_index("doc_id")
    assert now.index.is_unique and max(map(len, now.index)) <= 48
    assert now.loc[before["doc_id"], "digest"].to_list() == before["digest"].to_list()
    found = list(articles(tmp_path, now.reset_index()))
    assert [one.about["doc_id"] for one in found] == now.index.to_list()


def test_of_ids_that_differ_in_capitals_alone_none_takes_the_place_of_the_other(tmp_path):
    write(tmp_path / "b.jsonl", [row(1, id="aB"), row(2, id="c"), row(3, id="b-5")])
    assert listing(exports(tmp_path))[0]["doc_id"].to_list() == ["ab", "c", "b-5"]
    write(tmp_path / "a.jsonl", [row(4, id="Ab")])
    write(
        tmp_path / "b.jsonl",
        [*(row(n, id=id) for n, id in enumerate(("aB", "c", "b-5"))), row(6, id=""), row(7, id="")],
    )
    rows, refused = listing(exports(tmp_path))
    assert not refused and rows["doc_id"].to_list()[2] == "c" and "ab" not in set(rows["doc_id"])
    assert rows["doc_id"].str.len().to_list() == [len("ab-") + 16] * 2 + [1, len("b-5-") + 16, 3, 3]
    assert rows["doc_id"].to_list()[4:] == ["b-4", "b-5"]  # what has no id is called by its place
    assert [one.about["doc_id"] for one in articles(tmp_path, rows)] == rows["doc_id"].to_list()


def test_rows_without_an_id_in_a_file_of_a_long_name_are_told_apart_by_file_and_number(tmp_path):
    name = "articles-of-the-islands-as-the-archive-gave-them-out-"
    for n in (2, 1):
        write(tmp_path / f"{name}{n}.jsonl", [row(n, id="") for n in range(3)])
        if n == 2:
            before, _ = listing(exports(tmp_path))
    now, _ = listing(exports(tmp_path))
    assert now["doc_id"].is_unique and len(now) == 6
    assert now[now["file"] == f"{name}2.jsonl"]["doc_id"].to_list() == before["doc_id"].to_list()


def test_a_file_that_is_no_export_is_refused_as_a_whole(tmp_path):
    (tmp_path / "a.parquet").write_bytes(b"PAR1 is how it begins")
    (tmp_path / "b.jsonl").write_text('{"title": "A headline"}\n', "utf-8")
    rows, refused = listing(exports(tmp_path))
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


@pytest.mark.parametrize("name", ["a.parquet", "a.jsonl", "a.jsonl.gz"])
def test_a_row_that_is_another_article_now_is_not_read_under_the_id_it_was_listed_with(tmp_path, name):
    write(tmp_path / name, [row(n) for n in range(9)])
    rows, _ = listing(exports(tmp_path))
    write(tmp_path / name, [row(9), *(row(n) for n in range(9))])
    found = list(articles(tmp_path, rows.iloc[[8, 0]]))
    assert [type(one) for one in found] == [Refused, Refused]
    assert {one.reason for one in found} == {"the row is no longer there: the export changed"}
    listed_now, _ = listing(exports(tmp_path))
    assert listed_now["doc_id"].to_list() == ["a-9", *rows["doc_id"]]


def test_a_line_that_is_two_now_is_no_article(tmp_path):
    write(tmp_path / "a.jsonl", [row(n) for n in range(3)])
    rows, _ = listing(exports(tmp_path))
    write(tmp_path / "a.jsonl", [{"id": f"B-{n}", "body": "Short."} for n in range(30)])
    assert [type(one) for one in articles(tmp_path, rows)] == [Refused] * 3


def test_what_was_listed_last_is_known_until_an_export_changes(tmp_path, monkeypatch):
    write(tmp_path / "a.jsonl", [row(1)])
    first, _ = listing(exports(tmp_path))
    first["doc_id"] = "spoilt"
    with monkeypatch.context() as patch:
        patch.setattr("analysis.corpus.holdings.told_by_lines", None)
        assert listing(exports(tmp_path))[0]["doc_id"].to_list() == ["a-1"]
    write(tmp_path / "a.jsonl", [row(2)])
    assert listing(exports(tmp_path))[0]["doc_id"].to_list() == ["a-2"]


def odd_table(bad: pa.Array, name: str) -> pa.Table:
    """Five rows, of which the cell `name` of the third is the one value of `bad`."""
    table = pa.Table.from_pylist([row(n) for n in range(5)])
    cells = table.column(name).to_pylist()
    if not pa.types.is_string(bad.type):
        cells = [datetime(2031, 1, 5)] * 5
    good = pa.array(cells, type=bad.type)
    column = pa.concat_arrays([good[:2], bad, good[3:]])
    return table.set_column(table.schema.get_field_index(name), name, column)


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("date", pa.array([10**18], pa.int64()).cast(pa.timestamp("ms"))),
        ("date", pa.array([5_000_000], pa.int32()).cast(pa.date32())),
        ("id", pa.array([b"\xff\xfe"]).view(pa.string())),
        ("source", pa.array([b"\xff\xfe"]).view(pa.string())),
        ("body", pa.array([b"\xff\xfe"]).view(pa.string())),
    ],
    ids=["far timestamp", "far day", "id", "outlet", "text"],
)
def test_a_cell_that_cannot_be_read_costs_only_its_row(tmp_path, name, bad):
    parquet.write_table(odd_table(bad, name), tmp_path / "a.parquet")
    rows, refused = listing(exports(tmp_path))
    found = list(articles(tmp_path, rows))
    refused += [one for one in found if isinstance(one, Refused)]
    assert [(one.file, one.line) for one in refused] == [("a.parquet", 3)] and "read" in refused[0].reason
    assert [one.about["doc_id"] for one in found if isinstance(one, Article)] == ["a-0", "a-1", "a-3", "a-4"]


def test_half_of_a_character_in_what_a_row_says_of_itself_ends_no_listing(tmp_path):
    lines = [json.dumps(row(n, episode="strike \ud83d", source="Echo \udc00")) for n in range(2)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    rows, refused = listing(exports(tmp_path))
    assert not refused and rows["episode"].to_list() == ["strike \ufffd"] * 2
    assert set(rows["outlet"]) == {"Echo \ufffd"}
    assert [one.about["doc_id"] for one in articles(tmp_path, rows)] == ["a-0", "a-1"]


@pytest.mark.parametrize("harm", ["flipped", "cut"])
def test_of_a_damaged_file_what_stands_before_the_damage_is_listed_and_read(tmp_path, harm):
    noise = random.Random(7)
    rows = [row(n, more=noise.randbytes(2_000).hex()) for n in range(400)]
    write(tmp_path / "a.jsonl.gz", rows)
    write(tmp_path / "b.jsonl", [row(n) for n in range(1_000, 1_003)])
    data = bytearray((tmp_path / "a.jsonl.gz").read_bytes())
    half = len(data) // 2
    damaged = data[:half] if harm == "cut" else data[:half] + bytes(b ^ 0xFF for b in data[half:])
    (tmp_path / "a.jsonl.gz").write_bytes(damaged)
    listed, refused = listing(exports(tmp_path))
    whole = listed[listed["file"] == "a.jsonl.gz"]
    assert 50 < len(whole) < 400 and len(listed) == len(whole) + 3
    assert [(one.file, one.line) for one in refused if "cannot be read: " in one.reason] == [
        ("a.jsonl.gz", None)
    ]
    found = list(articles(tmp_path, whole.iloc[[0, 20, 40]]))
    assert [one.about["doc_id"] for one in found] == ["a-0", "a-20", "a-40"]


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("4 March 2024", "2024-03-04"),
        ("Mar 4, 2024", "2024-03-04"),
        ("2024/03/04", "2024-03-04"),
        ("20240304T120000Z", "2024-03-04"),
        ("Mon, 04 Mar 2024 22:10:00 +0100", "2024-03-04"),
        (20240304, "2024-03-04"),
        ("3/4/24", ""),
        ("null", ""),
    ],
)
def test_the_day_of_an_episode_is_the_day_that_reading_finds(tmp_path, date, day):
    write(tmp_path / "a.jsonl", [row(1, date=date)])
    rows, _ = listing(exports(tmp_path))
    (article,) = articles(tmp_path, rows)
    assert rows["episode"].to_list() == [day] == [article.about["published_at"][:10]]


def test_what_stands_for_no_value_is_no_episode_and_no_id(tmp_path):
    table = pa.table(
        {
            "id": [7.0, float("nan"), 9.0],
            "episode": pa.array([float("nan"), 12.0, None]),
            "body": [f"{TEXT} It is note {n}." for n in range(3)],
        }
    )
    parquet.write_table(table, tmp_path / "a.parquet")
    write(tmp_path / "b.jsonl", [row(4, episode="null", date=""), row(5, episode=None), row(6, episode=3)])
    rows, refused = listing(exports(tmp_path))
    assert not refused and rows["doc_id"].to_list() == ["7", "a-2", "9", "a-4", "a-5", "a-6"]
    assert rows["episode"].to_list() == ["", "12", "", "", "2031-01-06", "3"]
    assert all(isinstance(one, Article) for one in articles(tmp_path, rows))


def test_a_failure_of_the_disk_or_the_system_is_no_refusal_of_a_row(tmp_path, monkeypatch):
    write(tmp_path / "a.jsonl", [row(n) for n in range(4)])
    rows, _ = listing(exports(tmp_path))
    for problem in (OSError(EIO, "Input/output error"), Lost("ended from outside"), MemoryError()):

        def failing(*_, problem=problem, **__):
            raise problem

        with monkeypatch.context() as patch:
            patch.setattr("analysis.corpus.formats.json_lines.bounded", failing)
            with pytest.raises(type(problem)):
                list(articles(tmp_path, rows))
    assert all(isinstance(one, Article) for one in articles(tmp_path, rows))
