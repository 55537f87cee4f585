"""Two copies stand beside each other: aligned sentences in one row, the others in their order."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from analysis.evidence.changes import changes
from analysis.publishing.explorer.side_by_side import SIGNS, SideBySide, differing, first_pair


def lines(html: str) -> list[tuple[str, str, str]]:
    """(first, second, how) of each row, without places."""
    body = html.split("<tbody>")[1]
    found = []
    for line in body.split("</tr>")[:-1]:
        cells = re.findall(r"<td[^>]*>(.*?)</td>", line, re.DOTALL)
        cells = [re.sub(r'<span class="place">.*?</span>', "", cell) for cell in cells]
        found.append(tuple(re.sub(r"<[^>]+>", "", cell) for cell in cells))
    return found


def test_the_pair_that_shares_most_sentences_comes_first(harbour, founding):
    pair = first_pair(harbour)
    counts = harbour.alignments.groupby(["doc_id_a", "doc_id_b"]).size()
    assert counts[pair] == counts.max()
    assert first_pair(founding) == ("ap-early", "ap-late")
    assert first_pair(replace(harbour, alignments=harbour.alignments.iloc[:0])) == (
        "meridian-1-early",
        "meridian-1-late",
    )
    assert first_pair(replace(harbour, documents=harbour.documents.head(1))) is None


def test_aligned_sentences_share_a_row_and_the_others_have_their_own(harbour):
    first, second = "meridian-1-early", "meridian-1-late"
    shown = lines(str(SideBySide(harbour, first, second).html()))
    table = changes(harbour.alignments, harbour.sentences, first, second)
    assert len(shown) == len(table) and {how.split(",")[0] for *_, how in shown} <= set(SIGNS.values())
    for (left, right, how), row in zip(shown, table.itertuples(), strict=True):
        assert how.startswith(SIGNS[row.kind]) and how.endswith(", moved") == row.is_moved
        assert (left == "—") == (row.kind == "added") and (right == "—") == (row.kind == "dropped")
    aligned = {
        (row.sentence_id_a, row.sentence_id_b) for row in table.itertuples() if row.kind in ("same", "edited")
    }
    known = harbour.alignments[
        (harbour.alignments["doc_id_a"] == first) & (harbour.alignments["doc_id_b"] == second)
    ]
    assert len(known) and aligned == set(zip(known["sentence_id_a"], known["sentence_id_b"], strict=True))


def test_sentences_that_stand_alone_keep_the_order_of_their_copy(harbour):
    for pair in (("meridian-1-early", "meridian-1-late"), ("courier-1", "ledger-1")):
        table = changes(harbour.alignments, harbour.sentences, *pair)
        for kind, column in (("dropped", "sentence_id_a"), ("added", "sentence_id_b")):
            assert table.loc[table["kind"] == kind, column].is_monotonic_increasing
    page = str(SideBySide(harbour, "courier-1", "ledger-1").html())
    assert "No sentence of one is told to be a sentence of the other" in page
    assert all("—" in (left, right) for left, right, _ in lines(page))


def test_words_that_differ_are_marked_and_case_and_marks_are_no_difference():
    before, after = "The harbor was shut, police said.", "The harbour was shut Police said today."
    marks = differing(before, after)
    assert [before[mark.start : mark.end] for mark in marks[0]] == ["harbor"]
    assert [after[mark.start : mark.end] for mark in marks[1]] == ["harbour", "today."]
    assert {mark.kind for side in marks for mark in side} == {"differs"}


def test_one_copy_twice_is_no_pair(harbour):
    assert "choose another for one of the two" in str(SideBySide(harbour, "ibh-1", "ibh-1").html())


def test_without_the_texts_the_same_rows_stand_with_their_places(harbour, harbour_without_texts):
    pair = first_pair(harbour)
    here, away = (str(SideBySide(story, *pair).html()) for story in (harbour, harbour_without_texts))
    assert re.findall(r'class="place">([^<]*)', here) == re.findall(r'class="place">([^<]*)', away)
    assert [how for *_, how in lines(here)] == [how for *_, how in lines(away)]
    assert {left for left, *_ in lines(away)} == {""}  # nothing of these two stands in the second alone


@pytest.mark.parametrize("pair", [("meridian-1-early", "meridian-1-late")])
def test_text_of_an_article_is_no_markup_beside_another(harbour, pair):
    text = harbour.texts[pair[0]]
    hostile = {**harbour.texts, pair[0]: text.replace("About", "<b>ut", 1)}
    page = str(SideBySide(replace(harbour, texts=hostile), *pair).html())
    assert "&lt;b&gt;ut" in page and "<b>" not in page
