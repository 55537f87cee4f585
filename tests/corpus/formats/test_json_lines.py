"""JSON is read an object at a time: a line, a member of a list, or a list inside an answer of a service."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.formats import read_data
from analysis.corpus.formats.item import Item, Limits, Refused
from analysis.corpus.formats.json_lines import flattened

A, B, C = "It waits.", "It sailed.", "It came back."


def read(data: bytes | str, name: str = "a.jsonl", **options) -> list[Item | Refused]:
    return list(read_data(data.encode() if isinstance(data, str) else data, name, **options))


def lines(*rows: object) -> str:
    """A line a row; a string is a line as it stands."""
    return "\n".join(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)


def texts(found: list[Item | Refused]) -> list[str | None]:
    return [None if isinstance(one, Refused) else one.text for one in found]


@pytest.mark.parametrize(
    "broken",
    ['{"text": "It', '{"text": "It waits."}}', "{'text': 'It waits.'}", '{"text": "It\twaits."}', "It waits.", '{"text": "\\x"}'],
)  # fmt: skip
def test_a_broken_line_costs_only_itself_and_is_named(broken):
    first, refused, last = read(lines({"text": A}, broken, {"text": B}))
    assert (first.text, last.text) == (A, B) and (first.line, last.line) == (1, 3)
    assert (refused.unit, refused.line) == ("line 2", 2)
    assert refused.reason.startswith("line 2 is no JSON: ") and repr(broken.strip()[:30]) in refused.reason


def test_a_line_that_breaks_off_at_the_end_of_the_file_costs_only_itself():
    assert texts(read(lines({"text": A}, {"text": B}, {"text": C})[:-4])) == [A, B, None]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", "\n \n"])
def test_lines_end_as_systems_end_them_and_empty_ones_are_none(end):
    found = read(end.join(json.dumps({"text": text}) for text in (A, B)) + end)
    assert texts(found) == [A, B] and found[1].line == 2 + (end.count("\n") - 1)


def test_line_separators_of_unicode_do_not_end_a_line_of_json():
    text = "One.\u2028Two.\u0085Three."
    assert texts(read(lines({"text": text}, {"text": A}))) == ["One.\nTwo.\nThree.", A]


def test_a_list_is_an_article_a_member_however_it_is_laid_out():
    rows = [{"text": A}, {"text": B}, {"text": C}]
    for indent in (None, 2):
        found = read(json.dumps(rows, indent=indent), "a.json")
        assert texts(found) == [A, B, C]
        assert [one.unit for one in found] == ["article 1", "article 2", "article 3"]


def test_members_that_are_no_objects_are_refused_each_for_itself():
    found = read(json.dumps([{"text": A}, "It sailed.", 7, None, [], True, {"text": B}]), "a.json")
    assert texts(found) == [A, None, None, None, None, None, B]
    assert [one.reason.split(";")[0] for one in found[1:6]] == [
        "article 2 is a string", "article 3 is a number", "article 4 is null", "article 5 is a list", "article 6 is true or false",
    ]  # fmt: skip


def test_a_list_that_breaks_off_keeps_what_stands_before_the_break_and_says_where_it_is():
    whole = json.dumps([{"text": A}, {"text": B}, {"text": C}], indent=1)
    found = read(whole[: whole.index(C)], "a.json")
    assert texts(found) == [A, B, None]
    line = whole[: whole.index('{\n  "text": "It came')].count("\n") + 1
    assert found[2].line == line and found[2].reason.startswith(f"line {line}: ")
    assert "the rest of the list is not read" in found[2].reason
    (first, *_), last = (read(whole.rstrip("]"), "a.json")[at] for at in (slice(None), -1))
    assert first.text == A and "the list is not closed" in last.reason


@pytest.mark.parametrize(
    "wrap",
    [
        lambda rows: {"articles": rows},
        lambda rows: {"articles": {"results": rows, "page": 1}},
        lambda rows: {"status": "ok", "totalResults": 2, "results": rows},
        lambda rows: {"response": {"docs": rows}},
        lambda rows: {"data": {"news": {"items": rows}}},
    ],
)
def test_a_list_inside_an_answer_of_a_service_is_found(wrap):
    assert texts(read(json.dumps(wrap([{"text": A}, {"text": B}])), "a.json")) == [A, B]


@pytest.mark.parametrize("more", [{"items": [{"name": "x"}]}, {"items": []}, {"data": {"docs": [{"id": 7}]}}])
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_an_article_that_holds_a_list_of_its_own_stays_an_article(more, name):
    """With a second line behind it, it is one already."""
    article = {"title": "Ferry waits", "text": A, **more}
    assert texts(read(lines(article, article))) == [A, A]
    assert texts(read(lines(article), name)) == [A]


def test_one_object_is_one_article():
    (one,) = read(json.dumps({"text": A}, indent=2), "a.json")
    assert (one.text, one.unit, one.line) == (A, "", None)
    (one,) = read(lines({"text": A}))
    assert (one.text, one.unit, one.line) == (A, "line 1", 1)


def test_values_inside_objects_have_names_with_a_point():
    record = {"a": {"b": {"c": {"d": 1}}}, "e": [{"f": 2}]}
    assert flattened(record) == {
        "a": {"b": {"c": {"d": 1}}}, "a.b": {"c": {"d": 1}}, "a.b.c": {"d": 1}, "e": [{"f": 2}],
    }  # fmt: skip
    row = {"source": {"title": "The Harbour Echo", "id": 5}, "content": {"full": {"words": A}}}
    columns = {"text": "content.full.words", "outlet": "source.title"}
    (one,) = read(lines(row), columns=columns)
    assert (one.text, one.fields["outlet"]) == (A, "The Harbour Echo")
    (refused,) = read(lines(row), columns={"text": "content.words"})
    assert "'content.full.words'" in refused.reason and "'source.title'" in refused.reason


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("NaN", "NaN"), ("Infinity", "a number"), ("7", "a number"), ("1.5", "a number"), ("true", "true or false"), ("[]", "a list"),
        ('["It waits."]', "a list"), ('{"a": 1}', "an object"),
    ],
)  # fmt: skip
def test_what_is_no_string_is_never_turned_into_a_text(value, found):
    first, refused = read(lines({"text": A}, f'{{"text": {value}}}'))
    assert first.text == A and refused.reason == f"text is {found}; allowed: a string"


@pytest.mark.parametrize("value", ["null", '""', '"  "', '"NaN"', '"None"', '"N/A"', '"-"', '"[Removed]"'])
def test_a_word_for_nothing_is_no_text(value):
    first, refused = read(lines({"text": A}, f'{{"text": {value}}}'))
    assert first.text == A and isinstance(refused, Refused) and refused.line == 2


def test_a_key_that_is_missing_is_an_empty_text_and_costs_its_line():
    first, refused, last = read(lines({"text": A}, {"title": "Ferry waits"}, {"text": B}))
    assert (first.text, last.text) == (A, B) and refused.reason.startswith("text is empty")


def test_a_repeated_key_is_not_chosen_between():
    first, refused = read(lines({"text": A}, '{"text": "It sailed.", "text": "It sank."}'))
    assert first.text == A and refused.reason == "the key 'text' stands twice; allowed: each once"


def test_a_repeated_key_of_an_inner_object_is_not_chosen_between_either():
    row = '{"body": {"text": "It sailed.", "text": "It sank."}}'
    first, refused = read(lines({"body": {"text": A}}, row), columns={"text": "body.text"})
    assert first.text == A and isinstance(refused, Refused) and "stands twice" in refused.reason


def test_a_repeated_list_of_an_answer_is_not_chosen_between_either():
    """Else all articles of the first are lost, and nothing says so."""
    found = read('{"articles": [{"text": "It waits."}], "articles": [{"text": "It sailed."}]}', "a.json")
    assert texts(found) == [A, B] or any("twice" in getattr(one, "reason", "") for one in found)


@pytest.mark.parametrize("inner", ['{"": "It sank."}', '{"_": "It sank."}'])
def test_a_nameless_value_inside_an_object_is_not_that_object(inner):
    first, refused = read(lines({"text": A}, f'{{"text": {inner}}}'))
    assert first.text == A and refused.reason == "text is an object; allowed: a string"


def test_keys_of_the_same_letters_in_different_lines_are_one_column():
    assert texts(read(lines({"Text": A}, {"text": B}, {"TEXT": C}))) == [A, B, C]


def test_authors_are_a_string_a_list_of_names_or_a_list_of_objects_with_names():
    rows = [
        {"text": A, "authors": "Ines Falk"}, {"text": B, "authors": ["Ines Falk", "Jon Berg"]}, {"text": C, "authors": []},
        {"text": "It sank.", "authors": [{"name": "Ines Falk", "uri": "x"}, {"name": "Jon Berg"}]}, {"text": "No.", "authors": [1]},
    ]  # fmt: skip
    found = read(lines(*rows))
    assert [one.fields.get("byline", "") for one in found[:4]] == [
        "Ines Falk", "Ines Falk; Jon Berg", "", "Ines Falk; Jon Berg",
    ]  # fmt: skip
    assert "allowed: a string or a list of names" in found[4].reason


def test_half_a_surrogate_pair_is_marked_and_a_whole_one_is_its_sign():
    half, pair = read('{"text": "It \\ud83d waits."}\n{"text": "It \\ud83d\\ude00 waits."}')
    assert half.text == "It \ufffd waits." and ("undecodable", 1) in [repair[:2] for repair in half.repairs]
    assert pair.text == "It 😀 waits."


def test_nul_is_removed_written_out_or_not():
    found = read(b'{"text": "It wa\0its."}\n{"text": "It wa\\u0000its."}')
    assert texts(found) == [A, A]


@pytest.mark.parametrize(
    ("encoding", "repaired"), [("utf-8-sig", []), ("utf-16", []), ("utf-32", []), ("cp1252", ["encoding"])]
)
def test_encodings_give_the_same_text_and_a_guess_is_told_once(encoding, repaired):
    first, second = read(lines({"text": "“It waits,” she said."}, {"text": B}).encode(encoding))
    assert (first.text, second.text) == ("“It waits,” she said.", B)
    assert [kind for kind, _, _ in first.repairs] == repaired and second.repairs == ()


@pytest.mark.parametrize(
    "data", ["[]", "{}", "7", '"It waits."', "null", '{"articles": []}', "[[]]", "[", "{", ""]
)
def test_a_file_without_an_article_is_a_refusal(data):
    found = read(data, "a.json")
    assert found and all(isinstance(one, Refused) and one.reason for one in found)


@pytest.mark.parametrize("opened", ["[", '{"text": ', '{"authors": [', '[{"a": '])
@pytest.mark.parametrize("depth", [300, 990, 100_000])
def test_deep_nesting_costs_its_line_and_nothing_else(opened, depth):
    deep = opened * depth
    found = read(lines({"id": 1, "text": A}, "{" + deep, {"id": 1, "text": A}, {"id": 2, "text": B}))
    assert [text for text in texts(found) if text] == [A, B]


def test_deep_values_of_two_rows_are_compared_without_an_end_of_the_stack():
    for depth in range(100, 1_000, 100):
        row = '{"id": 1, "text": "It waits.", "authors": ' + "[" * depth + "]" * depth + "}"
        assert read(lines(row, row, {"id": 2, "text": B}))[-1].text == B


def test_a_text_over_the_limit_costs_only_its_line():
    found = read(lines({"text": "x " * 50}, {"text": A}), limits=Limits(text_chars=99))
    assert found[0].reason == "holds 100 characters; allowed: 99 an article" and found[1].text == A


LETTERS = "aZ é“”—,;|\t\n\"'=<>&[]{}:\\-%+북😀0"
TEXTS = st.text(alphabet=st.sampled_from(LETTERS), max_size=40)
OTHERS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.lists(TEXTS, max_size=2),
    st.dictionaries(st.sampled_from(["a", "words"]), TEXTS, max_size=2),
)  # fmt: skip
BROKEN = st.one_of(TEXTS, st.sampled_from(["NaN", "7", '"a"', "null"])).map(
    lambda text: "{" + text.replace("\n", " ")
)


def is_nothing(value: object) -> bool:
    return not isinstance(value, str) or value.strip() in ("", "-", "--")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(TEXTS.map(lambda text: ("text", text)), OTHERS.map(lambda value: ("text", value)), BROKEN), min_size=2, max_size=8),
    st.booleans(),
)  # fmt: skip
def test_every_line_is_an_article_with_its_text_or_a_refusal(rows, is_ascii):
    rows = [row for row in rows if row != "{}"] + [("text", A)]
    written = [
        row if isinstance(row, str) else json.dumps(dict([row]), ensure_ascii=is_ascii) for row in rows
    ]
    found = read("\n".join([*written, '{"text": "It sailed."}']))
    expected = [None if isinstance(row, str) or is_nothing(row[1]) else row[1] for row in rows]
    assert texts(found) == [*expected, B]
    assert [one.line for one in found] == list(range(1, len(rows) + 2))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(TEXTS, OTHERS), max_size=6), st.sampled_from([None, 1]))
def test_every_member_of_a_list_is_an_article_with_its_text_or_a_refusal(values, indent):
    rows = [{"text": value} for value in [A, *values]]
    for whole in (rows, {"articles": rows}):
        found = read(json.dumps(whole, indent=indent), "a.json")
        assert texts(found) == [None if is_nothing(row["text"]) else row["text"] for row in rows]


@settings(max_examples=100, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=5), st.data())
def test_a_list_cut_anywhere_keeps_every_article_before_the_cut(values, data):
    rows = [{"text": f"x{value}"} for value in values]
    ends, whole = [], "["
    for row in rows:
        whole += ("," if ends else "") + json.dumps(row)
        ends.append(len(whole))
    at = data.draw(st.integers(1, len(whole)))
    found = read(whole[:at], "a.json")
    before = [row["text"] for row, end in zip(rows, ends, strict=True) if end <= at]
    assert [one.text for one in found if isinstance(one, Item)] == before
    assert isinstance(found[-1], Refused)
