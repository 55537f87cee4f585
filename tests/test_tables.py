"""The tables are declared once; a frame either holds what is declared or is refused."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import tables
from analysis.measured import TABLE_NAMES
from analysis.tables import TABLES, BadTable, check


def test_every_table_and_column_says_what_it_means():
    for table in TABLES.values():
        assert table.row and len(set(table.names)) == len(table.names)
        for column in table.columns:
            assert column.meaning and column.dtype in ("str", "int64", "float64", "bool", "Int64")
            assert column.unit or not column.name.startswith("n_"), f"{table.name}.{column.name}"


def test_a_document_is_named_first():
    for table in TABLES.values():
        if table.name not in ("estimates", "differences", "rejected"):
            first = "doc_id_a" if table.name in ("overlap", "alignments") else "doc_id"
            assert table.names[0] == first, table.name


def test_flags_are_named_as_flags():
    flags = {column.name for table in TABLES.values() for column in table.columns if column.dtype == "bool"}
    assert flags - {"kept", "closed", "floating"} == {
        name for name in flags if name.startswith(("is_", "has_"))
    }


def test_an_empty_table_has_its_columns_and_types():
    for table in TABLES.values():
        empty = table.empty()
        assert empty.columns.to_list() == table.names and len(empty) == 0
        check(empty, table)
        check(table.frame([]), table)


@pytest.mark.parametrize("name", TABLE_NAMES)
def test_what_is_measured_holds_what_is_declared(harbour, name):
    frame = getattr(harbour, name)
    own = frame[TABLES[name].names]
    check(own, TABLES[name])
    assert TABLES[name].frame(own).equals(own)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda frame: frame.assign(voice="both"), "voice"),
        (lambda frame: frame.drop(columns="surface"), "surface"),
        (lambda frame: frame.assign(start=frame["start"].astype("float64")), "start"),
        (lambda frame: frame.assign(extra=1), "extra"),
        (lambda frame: frame.assign(thing=None), "thing"),
    ],
)
def test_a_frame_that_does_not_fit_is_refused(change, says):
    frame = tables.NAMINGS.frame([("a", 0, 3, 6, "closure", "lockout", "outside")])
    check(frame, tables.NAMINGS)
    with pytest.raises(BadTable, match=rf"(?s)table namings.*{says}"):
        check(change(frame), tables.NAMINGS)


def test_rows_take_the_declared_types():
    frame = tables.WARNINGS.frame(
        [("001", "a.txt", pd.NA, "quotes", 2, "NA"), ("002", "b.txt", 7, "quotes", 1, "")]
    )
    assert frame["line"].to_list() == [pd.NA, 7] and frame["doc_id"].to_list() == ["001", "002"]
    assert frame["message"].to_list() == ["NA", ""]
