"""Passages: the sentence behind each hit with the hit marked, or its place where the texts are not here."""

from __future__ import annotations

import re

import pytest

from analysis.measures.sources import turns
from analysis.publishing.passages import attributions, cues, longest_sentences, passages


@pytest.fixture(scope="module")
def hits(harbour):
    own = harbour.frame_hits[harbour.frame_hits["doc_id"].isin(harbour.copies("courier"))]
    return own[own["dictionary"] == "themes"]


def test_marks_stand_on_the_words_and_hits_of_a_sentence_stand_together(harbour, hits):
    listed = passages(harbour, hits, title="Themes", most=10_000)
    assert len(listed.rows) == len(hits.drop_duplicates(["doc_id", "sentence_id"]))
    assert sum(len(row.marks) for row in listed.rows) == len(hits)
    texts = harbour.texts
    words = sorted(texts[row.doc_id][row.start : row.end] for row in hits.itertuples())
    assert sorted(row.text[mark.start : mark.end] for row in listed.rows for mark in row.marks) == words
    assert {mark.kind for row in listed.rows for mark in row.marks} <= {"outside", "quoted"}


def test_a_mark_may_carry_another_column(harbour, hits):
    listed = passages(harbour, hits, title="Themes", kind="frame")
    assert {mark.kind for row in listed.rows for mark in row.marks} <= set(harbour.frames["themes"])


def test_passages_stand_in_manifest_and_reading_order(harbour, hits):
    listed = passages(harbour, hits.sample(frac=1, random_state=1), title="Themes", most=10_000)
    order = list(harbour.labels.values())
    places = [order.index(row.document) for row in listed.rows]
    assert places == sorted(places)
    first = [row.place for row in listed.rows if row.document == listed.rows[0].document]
    numbers = [int(re.search(r"sentence (\d+)", place).group(1)) for place in first if place != "headline"]
    assert numbers == sorted(numbers)


def test_a_long_list_is_cut_and_says_so(harbour, hits):
    n = len(hits.drop_duplicates(["doc_id", "sentence_id"]))
    listed = passages(harbour, hits, title="Themes", most=3)
    assert len(listed.rows) == 3 and f"The first 3 of {n} sentences" in listed.note
    assert listed.title == f"Themes ({len(hits)} in {n} sentences)"


def test_without_texts_only_places_are_shown(harbour, harbour_without_texts, hits):
    here = passages(harbour, hits, title="Themes", most=10_000)
    without = passages(harbour_without_texts, hits, title="Themes", most=10_000)
    assert all(row.text is None for row in without.rows) and "blockquote" not in without.html()
    assert "The texts are not here" in without.note and "not here" not in here.note
    assert [row.document for row in here.rows] == [row.document for row in without.rows]
    for row, own in zip(here.rows, without.rows, strict=True):
        n = len(row.marks)
        assert own.place == f"{row.place}: {n} {'hit' if n == 1 else 'hits'}"
    texts = " ".join(row.text for row in here.rows)
    assert texts[:60] not in without.html()


def test_no_hit_is_an_empty_list(harbour, hits):
    listed = passages(harbour, hits.iloc[:0], title="Themes")
    assert (
        list(listed.rows) == [] and listed.title == "Themes (0 in 0 sentences)" and "None." in listed.html()
    )


def test_the_longest_sentences_are_the_longest_of_each_copy(harbour, harbour_without_texts):
    listed = longest_sentences(harbour, "ibh", n=2)
    copies = harbour.copies("ibh")
    assert [row.document for row in listed.rows] == [harbour.labels[d] for d in copies for _ in range(2)]
    for number, doc_id in enumerate(copies):
        body = harbour.sentences[
            (harbour.sentences["doc_id"] == doc_id) & (harbour.sentences["part"] == "body")
        ]
        longest = sorted(body["n_words"], reverse=True)[:2]
        own = listed.rows[2 * number : 2 * number + 2]
        assert [int(re.search(r"(\d+) words", row.place).group(1)) for row in own] == longest
    without = longest_sentences(harbour_without_texts, "ibh", n=2)
    assert [row.place for row in without.rows] == [row.place for row in listed.rows]
    assert all(row.text is None for row in without.rows)


@pytest.fixture(scope="module")
def said(harbour):
    found = turns(harbour.quotations, harbour.quotation_parts, harbour.sentences)
    return found[found["doc_id"].isin(harbour.copies("courier"))]


def test_what_is_reported_as_said_has_its_source_cue_and_content_marked(harbour, said):
    listed = attributions(harbour, "courier", most=10_000)
    assert listed.title == f"What is reported as said ({len(said)} attributions)"
    kinds = [mark.kind for row in listed.rows for mark in row.marks]
    parts = harbour.quotation_parts.merge(said[["doc_id", "quotation_id"]], on=["doc_id", "quotation_id"])
    assert set(kinds) == {"content", "source", "cue"}
    assert kinds.count("content") == len(parts.drop_duplicates(["doc_id", "start", "end"]))
    assert kinds.count("cue") == len(said.dropna(subset="cue_start").drop_duplicates(["doc_id", "cue_start"]))
    for row in listed.rows:
        assert all(0 <= mark.start < mark.end <= len(row.text) for mark in row.marks)


def test_the_place_of_what_is_said_names_speaker_kind_and_way(harbour, said):
    listed = attributions(harbour, "courier", most=10_000)
    through = said[said["intermediary"] != ""].iloc[0]
    who, way = harbour.called(through["source"]), harbour.called(through["intermediary"])
    assert any(who in row.place and f"through {way}: {through['kind']}" in row.place for row in listed.rows)


def test_without_texts_what_is_said_is_a_list_of_places(harbour_without_texts, said):
    listed = attributions(harbour_without_texts, "courier", most=10_000)
    assert listed.rows and all(row.text is None for row in listed.rows)
    assert (
        said["speaker_surface"].iloc[0] in " ".join(row.place for row in listed.rows) or listed.rows[0].place
    )


def test_reporting_words_that_may_take_a_side_are_listed_and_neutral_ones_are_not(harbour, said):
    listed = cues(harbour, "courier")
    wanted = said[~said["cue_class"].isin(["", "neutral", "unlisted"])]
    assert len(wanted) and sum(len(row.marks) for row in listed.rows) == len(wanted)
    assert not any("(neutral)" in row.place for row in listed.rows)
    assert all(mark.kind == "cue" for row in listed.rows for mark in row.marks)
