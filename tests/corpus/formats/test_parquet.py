"""Parquet files are read a row an article, by the columns that are needed, within bounds."""

from __future__ import annotations

import datetime
import io

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.formats import read_data
from analysis.corpus.formats.item import Item, Limits, Refused

A, B, C = "It waits.", "It sailed.", "It came back."


def parquet(table: pa.Table | dict, **options) -> bytes:
    table = table if isinstance(table, pa.Table) else pa.table(table)
    pq.write_table(table, buffer := io.BytesIO(), **options)
    return buffer.getvalue()


def read(data: bytes, name: str = "a.parquet", **options) -> list[Item | Refused]:
    return list(read_data(data, name, **options))


def texts(found: list[Item | Refused]) -> list[str | None]:
    return [None if isinstance(one, Refused) else one.text for one in found]


def test_a_row_is_an_article_and_its_columns_are_its_fields():
    table = {"outlet": ["Echo", "Post"], "title": ["Ferry waits", None], "text": [A, B], "n": [1, 2]}
    found = read(parquet(table), "whatever.bin")
    assert texts(found) == [A, B] and [one.unit for one in found] == ["row 1", "row 2"]
    assert [one.fields for one in found] == [
        {"outlet": "Echo", "headline": "Ferry waits"},
        {"outlet": "Post"},
    ]


def test_rows_keep_their_order_over_groups_and_batches():
    written = [f"It was day {n}." for n in range(200)]
    assert texts(read(parquet({"text": written}, row_group_size=70))) == written


@pytest.mark.parametrize(
    "authors",
    [
        pa.array([["Ines Falk", "Jon Berg"], [], None]),
        pa.array([[{"name": "Ines Falk", "uri": "x"}, {"name": "Jon Berg", "uri": "y"}], [], None]),
        pa.array([["Ines Falk", "Jon Berg"], [], None], pa.large_list(pa.large_string())),
        pa.array(["Ines Falk; Jon Berg", "", None]).dictionary_encode(),
    ],
)
def test_authors_are_a_column_of_lists_of_objects_or_of_text(authors):
    found = read(parquet({"text": [A, B, C], "authors": authors}))
    assert texts(found) == [A, B, C]
    assert [one.fields.get("byline") for one in found] == ["Ines Falk; Jon Berg", None, None]


@pytest.mark.parametrize("type_", [pa.string(), pa.large_string(), pa.binary(), pa.string_view()], ids=str)
def test_a_text_is_text_however_its_column_is_typed(type_):
    assert texts(read(parquet({"text": pa.array(["“It waits,” 북 😀", None, B], type_)}))) == [
        "“It waits,” 북 😀",
        None,
        B,
    ]


def test_repeated_values_of_a_dictionary_are_those_values():
    outlets = pa.array(["Echo", "Post", "Echo", None]).dictionary_encode()
    found = read(parquet({"text": [A, B, C, "It sank."], "outlet": outlets}))
    assert [one.fields.get("outlet") for one in found] == ["Echo", "Post", "Echo", None]
    frame = pd.DataFrame({"text": [A, B], "outlet": pd.Categorical(["Post", "Echo"])})
    frame.to_parquet(buffer := io.BytesIO())
    assert [one.fields["outlet"] for one in read(buffer.getvalue())] == ["Post", "Echo"]


MOMENT = datetime.datetime(2031, 3, 6, 9, 12, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("type_", "value", "said"),
    [
        (pa.timestamp("us"), MOMENT.replace(tzinfo=None), "2031-03-06T09:12:00"),
        (pa.timestamp("ns"), MOMENT.replace(tzinfo=None), "2031-03-06T09:12:00"),
        (pa.timestamp("ms", "UTC"), MOMENT, "2031-03-06T09:12:00+00:00"),
        (pa.timestamp("ns", "UTC"), MOMENT, "2031-03-06T09:12:00+00:00"),
        (pa.timestamp("us", "Asia/Seoul"), MOMENT, "2031-03-06T18:12:00+09:00"),
        (pa.date32(), MOMENT.date(), "2031-03-06"),
        (pa.string(), "6 March 2031", "6 March 2031"),
        (pa.int64(), 20310306, "20310306"),
    ],
    ids=str,
)
def test_a_moment_is_written_in_iso_8601_with_its_zone(type_, value, said):
    dated, undated = read(parquet({"text": [A, B], "date": pa.array([value, None], type_)}))
    assert dated.fields == {"published_at": said, "published_source": "column date"} and undated.fields == {}


@pytest.mark.parametrize(
    ("column", "found"),
    [
        (pa.array([1, 2]), "a number"), (pa.array([1.5, float("nan")]), "a number"), (pa.array([True, False]), "true or false"),
        (pa.array([["It waits."], []]), "a list"), (pa.array([{"a": "It waits."}, {"a": "b"}]), "an object"),
    ],
)  # fmt: skip
def test_what_is_no_string_is_never_turned_into_a_text(column, found):
    refused = read(parquet({"text": column}))
    assert len(refused) == 2 and refused[0].reason == f"text is {found}; allowed: a string"
    assert isinstance(refused[1], Refused) and refused[1].unit == "row 2"


def test_a_null_is_no_text_and_costs_only_its_row():
    first, refused, last = read(parquet({"text": [A, None, B]}))
    assert (first.text, last.text) == (A, B) and refused.reason.startswith("text is null")


def test_objects_and_names_with_points_are_the_same_columns():
    inner = {"text": [A], "source": [{"title": "Echo", "id": 5}]}
    flat = {"text": [A], "source.title": ["Echo"], "source.id": [5]}
    for table in (inner, flat):
        (one,) = read(parquet(table), columns={"outlet": "source.title"})
        assert one.text == A and one.fields["outlet"] == "Echo"


def test_a_file_is_refused_with_the_columns_there_are_where_none_holds_a_text():
    (refused,) = read(parquet({"words": [A], "source": [{"title": "Echo"}]}))
    assert "it holds no text" in refused.reason
    assert all(name in refused.reason for name in ("'words'", "'source'", "'source.title'"))
    (one,) = read(parquet({"words": [A]}), columns={"text": "words"})
    assert one.text == A


def test_two_columns_of_one_name_are_not_chosen_between():
    table = pa.Table.from_arrays([pa.array([A]), pa.array([B])], names=["text", "text"])
    (refused,) = read(parquet(table))
    assert isinstance(refused, Refused) and "two columns" in refused.reason


def test_a_table_without_a_row_is_one_refusal():
    (refused,) = read(parquet({"text": pa.array([], pa.string())}))
    assert refused.reason == "holds no article: no row or member; allowed: at least one"


SOUND = parquet({"text": [f"{A} {n}" for n in range(50)], "outlet": ["Echo"] * 50})


@pytest.mark.parametrize(
    "data",
    [
        SOUND[:-1], SOUND[:-8], SOUND[:4], SOUND[: len(SOUND) // 2], SOUND[:-8] + b"\xff\xff\xff\x7fPAR1", SOUND[:-8] + b"\0\0\0\0PAR1",
        SOUND[:-60] + b"\xff" * 52 + SOUND[-8:], SOUND[:-4] + b"PARE", b"PAR1" * 10,
    ],
    ids=range(9),
)  # fmt: skip
def test_a_broken_footer_is_one_refusal(data):
    (refused,) = read(data)
    assert isinstance(refused, Refused) and refused.unit == "" and len(refused.reason) > 20


def test_a_page_that_changed_since_it_was_written_is_refused_by_its_checksum():
    data = parquet(
        {"text": [A, B]},
        write_page_checksum=True,
        write_statistics=False,
        compression="none",
        use_dictionary=False,
    )
    assert data.count(B.encode()) == 1 and texts(read(data)) == [A, B]
    (refused,) = read(data.replace(B.encode(), b"It sank..."))
    assert isinstance(refused, Refused) and refused.unit == ""


@pytest.mark.parametrize("compression", ["none", "snappy", "gzip", "brotli", "zstd", "lz4"])
def test_compressed_pages_are_read(compression):
    assert texts(read(parquet({"text": [A, B]}, compression=compression))) == [A, B]


def test_a_file_that_says_it_unpacks_to_too_much_is_refused_before_it_is_read():
    data = parquet({"text": [f"{n} " * 500 for n in range(50)]}, use_dictionary=False)
    (refused,) = read(data, limits=Limits(file_bytes=20_000))
    assert refused.reason.startswith("unpacks to ") and refused.reason.endswith("bytes; allowed: 20,000")


def test_columns_that_are_not_needed_do_not_count_and_are_not_read():
    data = parquet({"text": [A], "image": ["x" * 50_000]}, use_dictionary=False, compression="none")
    assert texts(read(data, limits=Limits(file_bytes=20_000))) == [A]


@pytest.mark.parametrize("is_typed", [False, True], ids=["text", "dictionary"])
def test_one_value_that_is_repeated_in_every_row_ends_at_the_limit(is_typed):
    """60 kB in the file, 6 MB in the rows."""
    column = pa.array(["a b " * 15_000] * 100)
    data = parquet({"text": column.dictionary_encode() if is_typed else column})
    assert len(data) < 100_000
    (refused,) = read(data, limits=Limits(file_bytes=1_000_000))
    assert refused.reason == "unpacks to more than 2,000,000 bytes; allowed: 1,000,000"


LETTERS = "aZ é“”—,;|\t\n\"'=<>&[]{}-%+북😀0"
TEXTS = st.one_of(st.none(), st.text(alphabet=st.sampled_from(LETTERS), max_size=40))
NAMES = st.one_of(st.none(), st.lists(st.sampled_from(["Ines Falk", "Jon Berg", "Ö"]), max_size=3))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TEXTS, NAMES), min_size=1, max_size=8), st.integers(1, 5), st.booleans())
def test_every_row_is_an_article_with_its_text_or_a_refusal(rows, size, has_dictionary):
    written, authors = zip(*rows, strict=True)
    table = pa.table(
        {"text": pa.array(written, pa.string()), "authors": pa.array(authors, pa.list_(pa.string()))}
    )
    found = read(parquet(table, row_group_size=size, use_dictionary=has_dictionary))
    assert [one.unit for one in found] == [f"row {n}" for n in range(1, len(rows) + 1)]
    assert texts(found) == [None if (text or "").strip() in ("", "-", "--") else text for text in written]
    for one, names in zip(found, authors, strict=True):
        assert isinstance(one, Refused) or one.fields.get("byline", "") == "; ".join(names or [])


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_file_with_changed_bytes_is_read_or_refused(data):
    broken = bytearray(SOUND)
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(4, len(SOUND) - 1))] = data.draw(st.integers(0, 255))
    found = read(bytes(broken), limits=Limits(seconds=5))
    assert found and all(isinstance(one, Item) or one.reason for one in found)
