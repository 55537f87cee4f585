"""Lists and keys of a JSON object: no list of articles is lost, and no key stands twice unnoticed."""

from __future__ import annotations

import json
import time

import pytest

from analysis.corpus.formats import read_data
from analysis.corpus.formats.item import Item, Limits, Refused

A, B = {"title": "A", "text": "The ferry waits."}, {"title": "B", "text": "The bridge is built."}


def read(data: object, **options) -> list[Item | Refused]:
    return list(
        read_data((data if isinstance(data, str) else json.dumps(data)).encode(), "a.json", **options)
    )


def texts(found: list[Item | Refused]) -> list[str | None]:
    return [getattr(one, "text", None) for one in found]


def test_all_lists_of_articles_are_read_by_their_names():
    found = read({"articles": [A, A], "response": {"docs": [B]}})
    assert texts(found) == [A["text"], A["text"], B["text"]]
    assert [one.unit for one in found] == ["articles 1", "articles 2", "response.docs 1"]


def test_an_empty_list_hides_no_other():
    (one,) = read({"articles": [], "news": [B]})
    assert (one.text, one.unit) == (B["text"], "article 1")


@pytest.mark.parametrize("more", [{"news": []}, {"items": [{"a": 1}]}, {"data": {"n": 1}}])
def test_an_article_with_a_list_in_it_is_an_article(more):
    assert texts(read(A | more)) == [A["text"]]


def test_an_article_that_holds_articles_names_those_that_are_not_read():
    one, refused = read(A | {"articles": [B]})
    assert (
        one.text == A["text"]
        and isinstance(refused, Refused)
        and "holds 1 more as 'articles'" in refused.reason
    )


def test_a_list_without_texts_beside_one_with_is_named():
    one, refused = read({"articles": [A], "data": [{"n": 1}, {"n": 2}]})
    assert one.text == A["text"] and refused.reason == "the list 'data' holds 2 objects, none with a text"


def test_an_answer_without_an_article_and_an_article_without_a_text_are_refused_as_such():
    assert read({"articles": [], "status": "ok"})[0].reason.startswith("holds no article")
    assert read({"title": "A", "text": "", "news": []})[0].reason.startswith("text is empty")


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ('[{"text": "a", "text": "b"}]', "'text'"),
        ('[{"text": "a", "source": {"title": "Echo", "title": "Post"}}]', "'source.title'"),
        ('{"articles": [{"text": "a"}], "articles": [{"text": "b"}]}', "'articles'"),
        ('{"data": {"docs": [{"text": "a"}], "docs": [{"text": "b"}]}}', "'data.docs'"),
    ],
)
def test_a_key_that_stands_twice_is_refused_wherever_it_stands(data, key):
    (one,) = read(data)
    assert one.reason == f"the key {key} stands twice; allowed: each once"


def test_many_keys_take_no_more_time_each_than_few():
    keys = ",".join(f'"k{n}": 1' for n in range(60_000))
    began = time.perf_counter()
    (one,) = read(f'{{"text": "a", {keys}, "k59999": 2}}')
    assert "'k59999' stands twice" in one.reason and time.perf_counter() - began < 10


def test_a_file_is_parsed_within_its_time_and_no_further_than_may_be_read():
    (one,) = read(f"[{'[],' * 2_000_000}[]]", limits=Limits(seconds=0.2))
    assert "took more than 0.2 seconds" in one.reason
    found = read("\n".join(['{"text": "a b"}'] * 9), limits=Limits(items=3))
    assert texts(found)[:3] == ["a b"] * 3 and "more than 3 articles" in found[3].reason


def test_what_is_deep_in_a_value_is_not_looked_at():
    deep = '{"a": ' * 300 + "1" + "}" * 300
    found = read(f'[{{"text": "a", "outlet": {deep}}}, {{"text": "b", "x": {deep}}}]')
    assert texts(found) == [None, "b"] and "outlet is an object" in found[0].reason
