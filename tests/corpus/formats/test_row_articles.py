"""What makes an article of a row is the same for every table: what its text may be, its fields, its id."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.formats import read_data
from analysis.corpus.formats.item import Item, Refused
from analysis.corpus.formats.rows import LONGEST_FIELD

A, B = "It waits.", "It sailed."


def read(*rows: dict) -> list[Item | Refused]:
    return list(read_data("\n".join(map(json.dumps, rows)).encode(), "a.jsonl"))


def texts(found: list[Item | Refused]) -> list[str | None]:
    return [None if isinstance(one, Refused) else one.text for one in found]


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("<p>One &amp; two.</p><p>Three.</p>", "One & two.\nThree."),
        ("One.<br>Two.<br/>Three.", "One.\nTwo.\nThree."),
        ("One <b>and</b> two.\n\nThree.", "One and two.\nThree."),
        ("<div>One.<script>alert(1)</script></div><style>p {}</style><p>Two.</p>", "One.\nTwo."),
    ],
)
def test_a_text_with_tags_is_what_it_prints_and_that_is_told(written, printed):
    found, plain = read({"text": written}, {"text": A})
    assert "\n".join(line for line in found.text.split("\n") if line) == printed
    assert "html" in [kind for kind, _, _ in found.repairs] and plain.repairs == ()


@pytest.mark.parametrize(
    "text",
    ["3 < 4 > 2", "AT&T &amp; Co.", "a <- b", "<3 the ferry", "x<y and y>z", "<ferry@lorn.example>", "{{ 7 * 7 }} $x$"],
)  # fmt: skip
def test_signs_that_are_no_tags_stay(text):
    assert texts(read({"text": text}, {"text": A})) == [text, A]


def test_a_page_in_a_cell_is_read_as_a_page():
    body = f"<p>{A} {B} It came back on Friday.</p>" * 6
    page = (
        f"<!DOCTYPE html><html><body><nav><a href='/'>Home</a></nav><article>{body}</article></body></html>"
    )
    found, _ = read({"text": page}, {"text": A})
    assert found.text.count(B) == 6 and "Home" not in found.text and found.is_clean


def test_a_text_of_which_only_the_beginning_was_given_is_refused():
    whole = "It cost [+21 chars] once."
    refused, last = read({"text": "The ferry to Lorn stayed in port… [+2143 chars]"}, {"text": whole})
    assert "only the beginning of the article" in refused.reason and last.text == whole


def test_markup_that_prints_nothing_is_no_text():
    refused, last = read({"text": "<p> </p><script>It waits.</script>"}, {"text": A})
    assert "no printed text" in refused.reason and last.text == A


def test_a_field_is_one_line_without_what_does_not_print():
    first, _ = read({"text": A, "title": " Ferry\n waits\u200b\x07 \x1b[31m", "byline": " \n "}, {"text": B})
    assert first.fields == {"headline": "Ferry waits [31m"}


def test_an_endless_field_is_left_out_with_a_warning_and_its_text_is_kept():
    fits, long = read(
        {"text": A, "title": "x" * LONGEST_FIELD}, {"text": B, "title": "x" * (LONGEST_FIELD + 1)}
    )
    assert fits.fields["headline"] == "x" * LONGEST_FIELD
    assert long.text == B and "headline" not in long.fields
    assert [(kind, n) for kind, n, _ in long.repairs] == [("field", 1)] and "5,001" in long.repairs[0][2]


@pytest.mark.parametrize(
    ("value", "said"), [(7, "7"), (7.0, "7"), ("007", "007"), (2**60, str(2**60)), (0, "0")]
)
def test_an_id_may_be_a_whole_number(value, said):
    first, _ = read({"id": value, "text": A}, {"id": "x", "text": B})
    assert first.fields["doc_id"] == said


@pytest.mark.parametrize("value", [7.5, True, [7], {"a": 7}])
def test_an_id_of_another_kind_is_refused(value):
    refused, last = read({"id": value, "text": A}, {"id": "x", "text": B})
    assert isinstance(refused, Refused) and "id is" in refused.reason and last.text == B


@pytest.mark.parametrize("nothing", [" ", "", None])
def test_a_date_names_the_column_that_it_stands_in_and_not_an_empty_one_before_it(nothing):
    rows = {"text": A, "published_at": nothing, "date": "2031-03-06"}, {"text": B, "published_at": "2031"}
    assert read(*rows)[0].fields == {"published_at": "2031-03-06", "published_source": "column date"}


def test_a_row_that_stands_twice_word_for_word_is_taken_once_and_told():
    row = {"id": 1, "outlet": "Echo", "text": A}
    first, second = read(row, {"id": 2, "outlet": "Echo", "text": A}, row, row)
    assert (first.fields["doc_id"], second.fields["doc_id"]) == ("1", "2")
    assert [(kind, n) for kind, n, _ in first.repairs] == [("duplicate_row", 2)]


def test_an_id_that_stands_for_two_texts_is_refused_with_both_places():
    first, refused, last = read({"id": 1, "text": A}, {"id": 1, "text": B}, {"id": 2, "text": B})
    assert (first.text, last.text) == (A, B)
    assert all(part in refused.reason for part in ("'1'", "line 1", "line 2"))


def test_rows_without_an_id_are_articles_though_they_are_alike():
    assert texts(read({"text": A}, {"text": A})) == [A, A]
    assert texts(read({"id": "", "text": A}, {"id": "", "text": A}, {"id": None, "text": A})) == [A, A, A]


def test_a_refused_row_does_not_hold_its_id():
    refused, last = read({"id": 1, "text": ""}, {"id": 1, "text": B})
    assert isinstance(refused, Refused) and last.text == B


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["", "1", "2"]), st.sampled_from(["", A, B])), min_size=2, max_size=9)
)
def test_every_row_is_an_article_a_refusal_or_counted_as_a_repetition(rows):
    found = read(*({"id": doc_id, "text": text} for doc_id, text in rows))
    taken = [one for one in found if isinstance(one, Item)]
    told = sum(n for one in taken for kind, n, _ in one.repairs if kind == "duplicate_row")
    assert len(found) + told == len(rows)
    first: dict[str, str] = {}  # what an id stands for: the first text under it
    for doc_id, text in rows:
        if doc_id and text:
            first.setdefault(doc_id, text)
    without_id = Counter(text for doc_id, text in rows if text and not doc_id)
    assert Counter(one.text for one in taken) == without_id + Counter(first.values())


@pytest.mark.parametrize("nothing", ["nan", "NULL", "None", "n/a", "-", "<NA>", float("nan"), None])
def test_a_word_for_nothing_is_no_value_of_a_field(nothing):
    (one,) = read({"text": A, "title": nothing, "author": nothing, "url": nothing})
    assert one.fields == {}


def test_columns_that_are_not_looked_at_are_named_once_with_what_to_do():
    first, second = read({"text": A, "ressort": "Lokales"}, {"text": B, "ressort": "Sport"})
    assert [message for kind, _, message in first.repairs if kind == "columns"] == [
        "columns that are not looked at: 'ressort'; --map field=COLUMN says what one holds"
    ]
    assert not second.repairs
