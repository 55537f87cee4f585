"""Tables of text: every row is an article or a refusal, and what stands in a cell is what is read."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.formats import read_data
from analysis.corpus.formats.item import Item, Limits, Refused

LINE = "The ferry to Lorn stayed in port on Friday, its crew said."
# no tag can be made of these, and nothing that stands for "no text" but a dash or two
LETTERS = "aZ é“”—,;|\t\"'=<>&[]-%+북😀0"


def read(data: bytes | str, name: str = "a.csv", **options) -> list[Item | Refused]:
    return list(read_data(data.encode() if isinstance(data, str) else data, name, **options))


def written(rows: list, **options) -> str:
    csv.writer(buffer := io.StringIO(), **options).writerows(rows)
    return buffer.getvalue()


def kinds(one: Item) -> list[str]:
    """What was repaired, but for the columns that are only named."""
    return [kind for kind, _, _ in one.repairs if kind != "columns"]


@pytest.mark.parametrize(
    ("delimiter", "called"), [(",", ""), (";", "a semicolon"), ("\t", "a tab"), ("|", "a vertical line")]
)
def test_a_delimiter_is_told_by_the_names_and_said_where_it_is_no_comma(delimiter, called):
    text = f"One, two; three | four\tfive. {LINE}"
    rows = [
        ["outlet", "date", "text"],
        ["Echo", "2031-03-06", text],
        ["Post", "2031-03-07", text + " Twice."],
    ]
    first, second = read(written(rows, delimiter=delimiter))
    assert (first.text, second.text) == (text, text + " Twice.")
    assert [message for kind, _, message in first.repairs if kind == "delimiter"] == (
        [f"columns are separated by {called}, not by a comma"] if called else []
    )
    assert kinds(second) == []


def test_a_line_that_excel_writes_for_itself_names_the_delimiter():
    first, second = read("sep=;\r\noutlet;text\r\nEcho;It sailed, they said.\r\nPost;It waits.\r\n")
    assert (first.text, first.line, second.line) == ("It sailed, they said.", 3, 4)


@pytest.mark.parametrize(
    ("encoding", "repaired"), [("utf-8", []), ("utf-8-sig", []), ("utf-16", []), ("cp1252", ["encoding"])]
)
@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "Unicode text.txt"])  # what Excel calls its files
def test_the_encodings_of_excel_give_the_same_cells(encoding, repaired, name):
    rows = [["title", "text", "date"], ["Fähre wartet", "“It waits,” she said – twice.", "6 March 2031"]]
    (one,) = read(written(rows, delimiter="\t").encode(encoding), name)
    assert one.text == rows[1][1] and one.fields["headline"] == rows[1][0]
    assert one.fields["published_at"] == rows[1][2] and kinds(one) == [*repaired, "delimiter"]


def test_the_first_name_loses_a_byte_order_mark_and_nothing_else_does():
    (one,) = read("\ufefftext,outlet\nIt waits.,Echo\n".encode())
    assert one.text == "It waits." and one.fields == {"outlet": "Echo"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_quoted_cell_may_hold_lines_and_a_row_is_found_at_its_first(end):
    rows = [
        ["outlet", "text"],
        ["Echo", f"One.{end}{end}Two."],
        ["Post", f"Three{end}four."],
        ["Post", "Five."],
    ]
    data = written(rows, lineterminator=end, quoting=csv.QUOTE_ALL)
    found = read(data)
    assert [one.text for one in found] == ["One.\n\nTwo.", "Three\nfour.", "Five."]
    assert [one.line for one in found] == [2, 5, 7] and [one.unit for one in found] == [
        "row 1",
        "row 2",
        "row 3",
    ]


def test_marks_within_a_quoted_cell_are_doubled_and_within_a_plain_one_they_are_not():
    first, second = read('outlet,text\nEcho,"""We sail,"" he said."\nPost,The "Lorn" waits.\n')
    assert (first.text, second.text) == ('"We sail," he said.', 'The "Lorn" waits.')


def test_a_ragged_row_is_refused_with_its_line_and_costs_only_itself():
    one, short, long, last = read(
        "outlet,date,text\nEcho,2031-03-06,It waits.\nEcho,2031-03-06\nEcho,2031-03-06,It waits, too.\nPost,2031-03-07,It sailed.\n"
    )
    assert (one.text, last.text) == ("It waits.", "It sailed.")
    assert (short.line, short.reason) == (3, "line 3: it has 2 cells where the first line names 3")
    assert (long.line, long.reason) == (4, "line 4: it has 4 cells where the first line names 3")


def test_empty_cells_behind_the_last_column_are_no_columns():
    first, second = read("outlet,text\nEcho,It waits.,,\nPost,It sailed.,\n")
    assert (first.text, second.text) == ("It waits.", "It sailed.")


def test_an_empty_line_is_no_row_and_a_row_of_empty_cells_is_a_refused_one():
    found = read("\n\noutlet,text\n\nEcho,It waits.\n\n,\n\n\nPost,It sailed.\n\n")
    assert [(one.unit, one.line) for one in found] == [("row 1", 5), ("row 2", 7), ("row 3", 10)]
    assert isinstance(found[1], Refused) and found[1].reason.startswith("text is empty")


def test_two_columns_of_the_text_are_refused_and_of_anything_else_the_first_is_taken():
    (refused,) = read("text,outlet,text\nIt waits.,Echo,It sailed.\n")
    assert refused.reason.startswith("has two columns named 'text'") and refused.unit == ""
    (one,) = read("title,text,title\nFerry waits,It waits.,Bread\n")
    assert (one.text, one.fields["headline"]) == ("It waits.", "Ferry waits")


def test_some_nul_bytes_are_removed_and_told_and_many_are_no_text():
    (one,) = read("out\0let,text\nE\0cho,The fer\0ry wai\0ts.\n")
    assert (one.text, one.fields["outlet"]) == ("The ferry waits.", "Echo")
    assert ("nul", 2) in [(kind, n) for kind, n, _ in one.repairs]
    (refused,) = read("outlet,text\nEcho,It waits.\n".encode("utf-16-le"))
    assert "UTF-16 without its byte-order mark" in refused.reason


def test_a_cell_is_text_whatever_it_looks_like():
    row = ["007", "NA", "=1+1", "1e5", "2031-03-06", "0123"]
    found = read(written([["id", "outlet", "title", "section", "date", "text"], row]))
    assert found[0].text == "0123"
    assert found[0].fields == {
        "doc_id": "007", "outlet": "NA", "headline": "=1+1", "section": "1e5", "published_at": "2031-03-06", "published_source": "column date",
    }  # fmt: skip


def test_an_open_quotation_mark_takes_its_own_row_and_no_other():
    table = 'outlet,date,text\nEcho,2031-03-06,"It waits\nEcho,2031-03-06,It waits.\n"Post","2031-03-07","It ""sailed""."\n'
    broken, second, third = read(table)
    assert isinstance(broken, Refused) and (broken.unit, broken.line) == ("row 1", 2)
    assert "quotation mark" in broken.reason or "malformed" in broken.reason
    assert (second.text, third.text) == ("It waits.", 'It "sailed".')
    assert kinds(second) == ["after_malformed"] and kinds(third) == []


def test_lines_of_a_broken_text_are_taken_along_and_not_for_rows():
    table = 'outlet,date,text\nEcho,2031-03-06,"It waits, and\nso, as she, said,\nthe, school, is closed\nPost,2031-03-07,It sailed.\n'
    broken, last = read(table)
    assert broken.reason.endswith("; lines 2 to 4 are not read") and last.text == "It sailed."


def test_what_stands_behind_a_closed_quotation_mark_breaks_its_row():
    first, broken, last = read('outlet,text\nEcho,It waits.\nEcho,"It" waits.\nPost,It sailed.\n')
    assert broken.line == 3 and broken.reason.startswith("line 3: it is malformed")
    assert (first.text, last.text) == ("It waits.", "It sailed.")


@pytest.mark.parametrize(
    "data", ["", "\n\n", "outlet,text", "outlet,text\n", '"outlet,text\nEcho,It waits.\n']
)
def test_a_table_without_a_row_is_one_refusal(data):
    (one,) = read(data)
    assert isinstance(one, Refused) and one.unit == "" and "allowed" in one.reason


def test_a_row_over_the_limit_is_refused_with_its_size_and_costs_only_itself():
    first, second = read(
        f"outlet,text\nEcho,{'It waits. ' * 10}\nPost,It sailed.\n", limits=Limits(text_chars=99)
    )
    assert first.reason == "holds 100 characters; allowed: 99 an article" and second.text == "It sailed."


def test_rows_over_the_limit_of_a_file_are_not_lost_silently():
    found = read("text\n" + "It waits.\n" * 5, limits=Limits(items=3))
    assert [getattr(one, "text", "") for one in found] == ["It waits."] * 3 + [""]
    assert "more than 3 articles; the rest is not read" in found[-1].reason


TEXTS = st.text(alphabet=st.sampled_from(LETTERS + "\n"), max_size=40)


def is_nothing(text: str) -> bool:
    return text.strip() in ("", "-", "--")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=8),
    st.sampled_from(",;\t|"),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.permutations(["outlet", "text", "desk"]),
)
def test_every_row_is_an_article_with_its_text_or_a_refusal(rows, delimiter, quoting, end, encoding, names):
    data = written([names, *rows], delimiter=delimiter, quoting=quoting, lineterminator=end)
    texts = [row[names.index("text")] for row in rows]
    outlets = [" ".join(row[names.index("outlet")].split()) for row in rows]
    found = read(data.encode(encoding), "a.tsv" if delimiter == "\t" else "a.csv")
    assert [one.unit for one in found] == [f"row {n}" for n in range(1, len(rows) + 1)]
    for one, text, outlet in zip(found, texts, outlets, strict=True):
        if is_nothing(text):
            assert isinstance(one, Refused)
        else:
            assert one.text == text
            assert is_nothing(outlet) or one.fields["outlet"] == outlet


@settings(max_examples=100, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_a_table_of_one_column_is_its_cells(texts):
    found = read(written([["text"], *([text] for text in texts)]))
    assert [None if isinstance(one, Refused) else one.text for one in found] == [
        None if is_nothing(text) else text for text in texts
    ]


CELLS = st.text(alphabet=st.sampled_from(LETTERS), min_size=1, max_size=15).map(lambda cell: f"x{cell}x")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=2, max_size=5), min_size=1, max_size=8))
def test_each_ragged_row_is_one_refusal_and_each_other_row_an_article(rows):
    found = read(written([["outlet", "desk", "text"], *rows]))
    assert [None if isinstance(one, Refused) else one.text for one in found] == [
        row[2] if len(row) == 3 else None for row in rows
    ]
    assert [one.line for one in found] == list(range(2, len(rows) + 2))


BROKEN = st.sampled_from(['"Echo,open', 'Echo,x,"open', 'Echo,"shut"x,y', '"Echo"x'])


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(BROKEN, st.tuples(CELLS, CELLS, CELLS)), min_size=1, max_size=8))
def test_a_malformed_row_costs_no_other_and_every_line_is_accounted_for(rows):
    lines = [row if isinstance(row, str) else written([row], quoting=csv.QUOTE_ALL).strip() for row in rows]
    found = read("\n".join(["outlet,desk,text", *lines]) + "\n")
    assert [one.text for one in found if isinstance(one, Item)] == [
        row[2] for row in rows if not isinstance(row, str)
    ]
    seen: list[int] = []
    for one in found:
        span = isinstance(one, Refused) and re.search(r"lines (\d+) to (\d+) are not read", one.reason)
        seen += range(int(span[1]), int(span[2]) + 1) if span else [one.line]
    assert seen == list(range(2, len(rows) + 2))
