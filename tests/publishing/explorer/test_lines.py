"""Rows are sorted by what a reader asks, filtered by text, and never more than two hundred are shown."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from analysis.publishing.explorer.lines import MOST, SORTS, Lines, arranged, row_names
from analysis.publishing.explorer.selection import Selection, rows


@pytest.fixture(scope="module")
def found(harbour) -> pd.DataFrame:
    return rows(harbour, Selection(frame="environment"))


def html(
    story, found: pd.DataFrame, *, shown: int = 20, n_all: int | None = None, n_criteria: int = 1
) -> str:
    n_all = len(found) if n_all is None else n_all
    return str(Lines(story, found, shown, n_all, n_criteria).html())


def n_lines(page: str) -> int:
    return page.count("<tr>") - 1


@pytest.mark.parametrize("sort", SORTS)
def test_sorting_loses_and_adds_no_row(harbour, found, sort):
    own = arranged(harbour, found, sort=sort)
    key = ["doc_id", "start"]
    assert sorted(own[key].itertuples(index=False)) == sorted(found[key].itertuples(index=False))


def test_rows_are_sorted_by_hit_by_place_and_by_the_words_around(harbour, found):
    def words(text: str) -> list[str]:
        return re.findall(r"\w+", text.casefold())

    hits = arranged(harbour, found, sort="hit")["hit"].str.casefold()
    assert hits.is_monotonic_increasing
    assert arranged(harbour, found, sort="place")["sentence_id"].is_monotonic_increasing
    right = [words(text) for text in arranged(harbour, found, sort="right")["right"]]
    assert right == sorted(right)
    outlets = arranged(harbour, found, sort="outlet")["outlet"].unique().tolist()
    assert outlets == [outlet for outlet in harbour.outlets if outlet in outlets]
    left = [words(text)[::-1] for text in arranged(harbour, found, sort="left")["left"]]
    assert left == sorted(left)


def test_a_filter_keeps_the_rows_that_hold_the_text(harbour, found):
    own = arranged(harbour, found, contains="  LANTERN   reef ")
    assert 0 < len(own) < len(found)
    assert all(
        "lantern reef" in " ".join(f"{r.left}{r.hit}{r.right}".casefold().split()) for r in own.itertuples()
    )
    assert set(arranged(harbour, found, contains="quay ledger")["outlet"]) == {"ledger"}
    assert arranged(harbour, found, contains="no such words").empty


def test_a_page_says_how_many_of_how_many_rows_it_shows(harbour, found):
    page = html(harbour, found)
    assert n_lines(page) == 20
    assert f"{len(found)} hits in " in page and f"rows 1 to 20 of {len(found)} are shown" in page
    assert n_lines(html(harbour, found.head(1))) == 1 and "1 hit in 1 copy" in html(harbour, found.head(1))
    filtered = html(harbour, found.head(3), n_all=len(found))
    assert f"{len(found) - 3} more do not hold the text of the filter" in filtered


def test_no_more_than_two_hundred_rows_are_shown(harbour):
    many = rows(harbour, Selection(word="the"))
    page = html(harbour, many, shown=10_000)
    assert len(many) > MOST == n_lines(page) == len(row_names(harbour, many))
    assert "the CSV holds all" in page


def test_the_empty_states_say_what_to_do(harbour, found):
    none = found.iloc[:0]
    assert "Choose an actor" in html(harbour, none, n_criteria=0)
    assert "No hit." in html(harbour, none)
    assert "No sentence holds all of these; take one away." in html(harbour, none, n_criteria=2)
    assert f"None of {len(found)} rows holds the text of the filter." in html(harbour, none, n_all=len(found))


def test_what_stands_in_an_article_is_no_markup(harbour, found):
    hostile = found.head(1).assign(hit="<b>reef</b>", left="<script>alert(1)</script>", right='"><img src=x>')
    page = html(harbour, hostile)
    assert "<script" not in page and "<b>" not in page and "<img" not in page
    assert "&lt;b&gt;reef" in page


def test_without_the_texts_places_stand_for_passages(harbour_without_texts):
    found = rows(harbour_without_texts, Selection(frame="environment"))
    page = html(harbour_without_texts, found)
    assert "places are shown instead of passages" in page and "paragraph 12, sentence 23" in page
    assert ">before<" not in page
    counts = rows(harbour_without_texts, Selection(word="reef"))
    page = html(harbour_without_texts, counts)
    assert "it is known how often a word stands in the body of a copy, not where" in page and " × 2" in page
    assert f"{counts['n'].sum()} hits" in page


def test_the_hit_is_scrolled_to_and_read_with_the_keyboard(harbour, found):
    region = re.search(r'<div class="scroll lines"[^>]*>', html(harbour, found)).group()
    assert 'tabindex="0"' in region and 'role="group"' in region and "aria-label=" in region
    assert "data-lm-suppress-shortcuts" in region  # or JupyterLab takes the arrow keys
