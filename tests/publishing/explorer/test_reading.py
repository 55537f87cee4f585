"""An article is read sentence by sentence; every tint has a sign that is no colour, and the figures are the tables'."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from analysis.measures.sources import turns
from analysis.publishing.explorer.reading import TINTS, Article, tints

COPY = "courier-1"


def page(story, **options) -> str:
    return str(Article(story, COPY, **options).html())


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


@pytest.mark.parametrize("by", TINTS)
def test_an_article_holds_every_sentence_in_order(harbour, by):
    shown, at = words(page(harbour, by=by)), 0
    sentences = harbour.sentences[harbour.sentences["doc_id"] == COPY]
    for start, end in zip(sentences["start"], sentences["end"], strict=True):
        at = shown.index(" ".join(harbour.texts[COPY][start:end].split()), at)
    assert page(harbour, by=by).count('<span class="sentence') == len(sentences) == 58


@pytest.mark.parametrize("by", [by for by in TINTS if by != "nothing"])
def test_every_tint_has_a_sign_and_a_line_of_the_legend(harbour, by):
    found, legend = tints(harbour, COPY, by)
    assert found
    assert all(tint.sign and tint.hue in legend for tint in found.values())
    shown = page(harbour, by=by)
    assert shown.count('class="sign"') == len(found)
    assert shown.count('class="swatch') == len({tint.hue for tint in found.values()})


def test_nothing_is_tinted_where_nothing_is_asked_for(harbour):
    assert tints(harbour, COPY, "nothing") == ({}, {})
    assert "sign" not in page(harbour, by="nothing") and "legend" not in page(harbour, by="nothing")
    with pytest.raises(ValueError, match="tinted by 'mood'"):
        tints(harbour, COPY, "mood")


@pytest.mark.parametrize(
    ("voice", "column"), [("all", "compound"), ("outside", "compound_outside"), ("quoted", "compound_quoted")]
)
def test_valence_is_that_of_the_sentence_in_the_chosen_voice(harbour, voice, column):
    found, _ = tints(harbour, COPY, "valence", voice=voice)
    own = harbour.sentences[harbour.sentences["doc_id"] == COPY].set_index("sentence_id")[column]
    for sentence_id, value in own.items():
        tint = found[sentence_id]
        if value != value:
            assert (tint.hue, tint.sign) == ("unknown", "n/a")
        else:
            assert float(tint.sign.replace("−", "-")) == pytest.approx(value, abs=0.005)
            assert tint.hue == ("positive" if value > 0 else "negative" if value < 0 else "zero")


def test_indicator_words_are_those_of_the_table_and_of_the_chosen_frame(harbour):
    hits = harbour.frame_hits[harbour.frame_hits["doc_id"] == COPY]
    every, _ = tints(harbour, COPY, "words")
    assert set(every) == set(hits["sentence_id"])
    own, legend = tints(harbour, COPY, "words", frame="conflict")
    assert set(own) == set(hits.loc[hits["frame"] == "conflict", "sentence_id"])
    assert {tint.sign for tint in own.values()} == {"Conflict"} and "Conflict" in legend["words"]
    sentences = harbour.sentences[harbour.sentences["doc_id"] == COPY].set_index("sentence_id")
    marked = {
        (sentences.loc[id, "start"] + mark.start, sentences.loc[id, "start"] + mark.end)
        for id, tint in own.items()
        for mark in tint.marks
    }
    conflict = hits[hits["frame"] == "conflict"]
    assert marked == set(zip(conflict["start"], conflict["end"], strict=True))


def test_speakers_are_named_before_their_sentences(harbour):
    found, _ = tints(harbour, COPY, "speaker")
    said = turns(harbour.quotations, harbour.quotation_parts, harbour.sentences)
    said = said[said["doc_id"] == COPY]
    parts = harbour.quotation_parts.merge(said[["doc_id", "quotation_id", "source", "kind"]])
    assert set(found) == set(parts["sentence_id"])
    for row in parts.itertuples():
        assert f"{harbour.called(row.source)} ({row.kind})" in found[row.sentence_id].sign


def test_the_chosen_sentence_stands_at_the_top_and_what_was_hit_is_marked(harbour):
    row = harbour.sentences[
        (harbour.sentences["doc_id"] == COPY) & (harbour.sentences["sentence_id"] == 48)
    ].iloc[0]
    start = harbour.texts[COPY].index("reef", row["start"])
    shown = page(harbour, by="words", chosen=48, hit=(start, start + 4))
    assert shown.count('aria-current="true"') == 1 and shown.count("chosen sentence") == 1
    assert '<mark class="chosen-hit">reef</mark>' in shown
    before, after = shown.split("</details>")
    assert "Paragraph 18<" in before and after.index("Paragraph 19<") < after.index("chosen sentence")
    assert "<details" not in page(harbour, chosen=0)


def test_without_the_text_sentences_are_listed_by_place_with_the_same_signs(harbour, harbour_without_texts):
    for by in TINTS:
        here, away = page(harbour, by=by), page(harbour_without_texts, by=by)
        signs = [re.findall(r'class="sign">([^<]*)<', shown) for shown in (here, away)]
        assert signs[0] == signs[1]
        assert "sentence 57" in words(away) and "headline" in words(away)


def test_text_of_an_article_is_no_markup_in_it(harbour):
    hostile = dict(harbour.texts)
    hostile[COPY] = "<img src=x onerror=alert(1)>" + hostile[COPY][28:]
    for by in TINTS:
        assert "<img" not in page(replace(harbour, texts=hostile), by=by)


def test_a_copy_in_which_nothing_of_it_stands_says_so(harbour):
    empty = replace(harbour, frame_hits=harbour.frame_hits.iloc[:0], quotations=harbour.quotations.iloc[:0])
    assert "No indicator word that was chosen stands in this copy." in page(empty, by="words")
    assert "Nothing in it is found to be somebody" in unescape(page(empty, by="speaker"))
