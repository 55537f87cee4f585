"""Which column of a table holds what: by the word of the user, by a known export, by plain names."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.formats import read_data
from analysis.corpus.formats.columns import LONGEST, SHOWN, TARGETS, layout, n_known, plain
from analysis.corpus.formats.exports import EXPORTS, PLAIN
from analysis.corpus.formats.item import NotRead, Refused


def refusal(names: list[str], columns: dict[str, str] | None = None) -> str:
    with pytest.raises(NotRead) as refused:
        layout(names, columns or {})
    return str(refused.value)


@pytest.mark.parametrize(
    "name", ["Publish Date", "publish_date", "publishDate", "PUBLISH-DATE", " publish.date "]
)
def test_a_name_is_compared_by_its_letters_and_digits(name):
    found = layout([name, "text"])
    assert found.columns["published_at"] == (("publishdate",),) and found.names["publishdate"] == name


def test_letters_of_every_script_are_letters():
    assert plain("제목") == "제목" and plain("Überschrift_1") == "überschrift1"


def test_a_table_of_no_known_export_is_read_by_plain_names():
    found = layout(["outlet", "date", "title", "text", "desk"])
    assert found.export == "" and found.shown("text") == "text"
    assert {target: found.columns[target] for target in ("outlet", "published_at", "headline")} == {
        "outlet": (("outlet",),), "published_at": (("date",),), "headline": (("title",),),
    }  # fmt: skip
    assert found.used == {"outlet", "date", "title", "text"}


@pytest.mark.parametrize("better", ["text", "body"])
def test_of_two_columns_the_one_that_stands_first_in_the_list_is_the_text(better):
    choices = PLAIN.columns["text"]
    assert choices.index(better) < choices.index("article")
    assert layout(["article", better]).columns["text"] == ((better,), ("article",))


def test_the_second_choice_speaks_where_the_first_says_nothing():
    lines = [{"text": "", "body": "It sailed.", "headline": "A"}, {"text": "It waits.", "body": "Not this."}]
    first, second = read_data("\n".join(map(json.dumps, lines)).encode(), "a.jsonl")
    assert (first.text, second.text) == ("It sailed.", "It waits.")


def test_the_word_of_the_user_goes_first_and_leaves_the_rest_as_it_was():
    told = layout(["title", "text", "maintext_2"], {"text": "MainText 2"})
    assert told.columns["text"] == (("maintext2",),) and told.columns["headline"] == (("title",),)
    assert told.shown("text") == "maintext_2"


def test_an_unknown_column_is_an_error_that_lists_the_columns_there_are():
    message = refusal(["Título", "texto", "fecha"], {"text": "cuerpo"})
    assert message == "--map text=cuerpo: there is no such column; the columns are 'Título', 'texto', 'fecha'"


def test_an_unknown_field_is_an_error_that_lists_the_fields_there_are():
    message = refusal(["text", "a"], {"heading": "a"})
    assert message.startswith("--map heading=a: there is no field 'heading'; allowed: ")
    allowed, hint = message.split("allowed: ")[1].split("; ")
    assert allowed.split(", ") == list(TARGETS) and hint == "did you mean headline?"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", b"id,title,words\n1,Ferry waits,It sailed.\n"),
        ("a.tsv", b"id\ttitle\twords\n1\tFerry waits\tIt sailed.\n"),
        ("a.jsonl", b'{"id": 1, "title": "Ferry waits", "words": "It sailed."}\n'),
        ("a.json", b'[{"id": 1, "title": "Ferry waits", "words": "It sailed."}]'),
    ],
)
def test_a_mapping_holds_for_every_format_and_its_mistake_is_one_refusal(name, data):
    (one,) = read_data(data, name, columns={"text": "words", "deck": "title"})
    assert (one.text, one.fields["deck"], one.fields["doc_id"]) == ("It sailed.", "Ferry waits", "1")
    (refused,) = read_data(data, name, columns={"text": "wrds"})
    assert isinstance(refused, Refused) and refused.unit == ""
    assert "there is no such column; the columns are 'id', 'title', 'words'" in refused.reason


def test_a_long_list_of_columns_is_cut_and_says_how_many_more():
    names = [f"c{n}" for n in range(SHOWN + 12)]
    message = refusal(names)
    assert repr(f"c{SHOWN - 1}") in message and repr(f"c{SHOWN}") not in message
    assert message.endswith(" and 12 more")


def test_a_text_that_stands_where_names_should_is_cut():
    message = refusal(["x" * 500, "y" * LONGEST])
    assert (
        f"'{'x' * LONGEST}…'" in message
        and "x" * (LONGEST + 1) not in message
        and f"'{'y' * LONGEST}'" in message
    )


def test_two_columns_of_one_name_are_not_chosen_between_where_they_hold_the_text():
    assert "has two columns named 'text'" in refusal(["text", "id", "text"])
    assert layout(["text", "title", "title"]).columns["headline"] == (("title",),)
    assert layout(["text", "text", "body"], {"text": "body"}).columns["text"] == (("body",),)


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_an_export_is_known_by_each_of_its_signs_and_gives_targets_that_exist(export):
    assert set(export.columns) <= set(TARGETS)
    for signs in export.signs:
        found = layout([*signs, "some text"], {"text": "some text"})
        assert found.export == export.name


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_a_summary_of_an_export_is_never_its_text(export):
    alone = {name for choice in export.columns.get("text", ()) for name in [choice] if "+" not in choice}
    assert not alone & set(export.lead)


def test_columns_of_articles_are_counted_by_the_names_that_are_known_or_told():
    assert n_known(["outlet", "Date", "words", "wind"]) == 2
    assert n_known(["outlet", "Date", "words", "wind"], {"text": "Words"}) == 3


NAMES = st.lists(
    st.sampled_from(["text", "Text", "body", "title", "outlet", "date", "x", "제목", "", "..", "full text"]),
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(
    NAMES,
    st.dictionaries(st.sampled_from(TARGETS), st.sampled_from(["x", "BODY", "제목", "none"]), max_size=2),
)
def test_a_layout_names_only_columns_that_are_there_or_is_refused(names, columns):
    there = {plain(name) for name in names}
    has_text = bool(there & {"text", "body", "fulltext"}) or "text" in columns
    is_right = all(plain(source) in there for source in columns.values())
    try:
        found = layout(names, columns)
    except NotRead as problem:
        assert not has_text or not is_right or "two columns" in str(problem)
        return
    assert has_text and is_right and found.used <= there
    assert set(found.names.values()) <= set(names)
    assert all(found.columns[target] == ((plain(source),),) for target, source in columns.items())
