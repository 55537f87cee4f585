"""A selection gives the hits of what was chosen: with context where the text is, by place or by count where it is not."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analysis.corpus.matches import BadPattern
from analysis.publishing.explorer.selection import (
    COLUMNS,
    NO_PLACE,
    NeedsTexts,
    Selection,
    TooMany,
    UnknownChoice,
    doc_ids,
    rows,
)

REEF = Selection(word="reef")
ENVIRONMENT = Selection(frame="environment")


def sentences(found: pd.DataFrame) -> set[tuple[str, int]]:
    return set(zip(found["doc_id"], found["sentence_id"], strict=True))


def test_nothing_chosen_is_no_row_and_all_columns(harbour):
    assert rows(harbour, Selection()).columns.to_list() == list(COLUMNS)
    assert rows(harbour, Selection(outlets=("ledger",), voice="quoted", word="  ")).empty


def test_a_frame_has_a_row_for_each_of_its_hits(harbour):
    found = rows(harbour, ENVIRONMENT)
    hits = harbour.frame_hits[harbour.frame_hits["frame"] == "environment"]
    keys = ["doc_id", "sentence_id", "start", "end", "voice"]
    assert set(found[keys].itertuples(index=False, name=None)) == set(
        hits[keys].itertuples(index=False, name=None)
    )
    assert len(found) == len(hits)
    assert set(found["what"]) == {"Reef and sea life"} and (found["n"] == 1).all()


def test_an_actor_has_a_row_for_each_mention(harbour):
    found = rows(harbour, Selection(actor="brannick"))
    assert len(found) == (harbour.mentions["actor"] == "brannick").sum() > 10
    assert set(found["what"]) == {"Odile Brannick"}


def test_each_hit_is_the_text_at_its_place_between_its_context(harbour):
    for row in rows(harbour, ENVIRONMENT).itertuples():
        text = harbour.texts[row.doc_id]
        assert row.hit == text[row.start : row.end]
        assert row.left + row.hit + row.right == text[max(0, row.start - 45) : row.end + 45]


def test_a_word_is_whole_and_its_sentence_and_voice_are_those_of_its_place(harbour):
    found = rows(harbour, REEF)
    assert set(found["hit"].str.lower()) == {"reef"}
    for row in found.itertuples():
        sentence = harbour.sentences[
            (harbour.sentences["doc_id"] == row.doc_id)
            & (harbour.sentences["sentence_id"] == row.sentence_id)
        ].iloc[0]
        assert sentence["start"] <= row.start < sentence["end"]
        spans = harbour.quoted_spans[harbour.quoted_spans["doc_id"] == row.doc_id]
        is_quoted = ((spans["start"] <= row.start) & (row.start < spans["end"])).any()
        assert row.voice == ("quoted" if is_quoted else "outside")
    assert set(found["voice"]) == {"quoted", "outside"}


def test_what_is_chosen_together_stands_in_one_sentence(harbour):
    both = rows(harbour, Selection(frame="environment", actor="brannick"))
    assert set(both["what"]) == {"Reef and sea life", "Odile Brannick"}
    for _, own in both.groupby(["doc_id", "sentence_id"]):
        assert own["what"].nunique() == 2
    alone = [sentences(rows(harbour, one)) for one in (ENVIRONMENT, Selection(actor="brannick"))]
    assert sentences(both) == alone[0] & alone[1]
    three = rows(harbour, Selection(frame="environment", actor="brannick", word="reef"))
    assert sentences(three) == sentences(both) & sentences(rows(harbour, REEF)) != set()


def test_voice_and_outlets_narrow(harbour):
    every = rows(harbour, REEF)
    for voice in ("outside", "quoted"):
        own = rows(harbour, replace(REEF, voice=voice))
        assert len(own) == (every["voice"] == voice).sum() > 0
    of_two = rows(harbour, replace(REEF, outlets=("ibh", "courier")))
    assert (
        set(of_two["outlet"]) == {"courier", "ibh"}
        and len(of_two) == every["outlet"].isin(["courier", "ibh"]).sum()
    )
    with pytest.raises(ValueError, match="voice is 'loud'"):
        Selection(voice="loud")


def test_rows_stand_in_manifest_and_text_order(harbour):
    found = rows(harbour, Selection(frame="conflict"))
    order = {doc_id: number for number, doc_id in enumerate(harbour.documents["doc_id"])}
    keys = list(zip(found["doc_id"].map(order), found["start"], strict=True))
    assert keys == sorted(keys)
    assert doc_ids(harbour, Selection(outlets=("ledger",))) == [
        "ledger-1",
        "ledger-2-brief",
        "ledger-2",
        "ledger-3",
    ]


def test_a_regular_expression_is_searched_for_and_a_bad_one_refused(harbour):
    found = rows(harbour, Selection(word=r"lantern\s+reef|silt", is_regex=True))
    assert {" ".join(hit.lower().split()) for hit in found["hit"]} == {"lantern reef", "silt"}
    with pytest.raises(BadPattern, match="character 1"):
        rows(harbour, Selection(word="(reef", is_regex=True))


def test_without_the_texts_frames_and_actors_have_the_same_places(harbour, harbour_without_texts):
    for selection in (
        ENVIRONMENT,
        Selection(actor="brannick"),
        Selection(actor="brannick", frame="environment"),
    ):
        here, away = rows(harbour, selection), rows(harbour_without_texts, selection)
        same = ["doc_id", "sentence_id", "start", "end", "outlet", "voice", "what", "place", "n"]
        pd.testing.assert_frame_equal(here[same], away[same])
        assert away[["left", "right"]].isna().all(axis=None) and away["hit"].ne("").all()


def test_without_the_texts_a_word_has_its_counts_in_the_body_and_no_place(harbour, harbour_without_texts):
    away = rows(harbour_without_texts, REEF)
    assert set(away["place"]) == {NO_PLACE} and away["sentence_id"].isna().all()
    body = rows(harbour, REEF).merge(
        harbour.sentences.loc[harbour.sentences["part"] == "body", ["doc_id", "sentence_id"]]
    )
    assert (
        away.groupby(["doc_id", "voice"])["n"].sum().to_dict()
        == body.groupby(["doc_id", "voice"]).size().to_dict()
    )


def test_without_the_texts_spellings_of_a_word_count_as_one(harbour_without_texts):
    counts = [rows(harbour_without_texts, Selection(word=word))["n"].sum() for word in ("harbor", "Harbour")]
    assert counts[0] == counts[1] > 0


@pytest.mark.parametrize(
    ("selection", "why"),
    [
        (Selection(word="reefs?", is_regex=True), "A regular expression is searched for in the texts"),
        (Selection(word="Lantern Reef"), "A phrase is searched for in the texts"),
        (Selection(word="reef", frame="environment"), "in one sentence with something else"),
    ],
)
def test_what_only_the_texts_can_tell_is_refused_without_them(harbour_without_texts, selection, why):
    with pytest.raises(NeedsTexts, match=why):
        rows(harbour_without_texts, selection)


def test_a_copy_whose_text_got_lost_is_looked_up_in_the_tables(harbour):
    kept = {doc_id: text for doc_id, text in harbour.texts.items() if doc_id != "ledger-1"}
    found = rows(replace(harbour, texts=kept), REEF)
    lost = found[found["doc_id"] == "ledger-1"]
    assert len(lost) and lost["left"].isna().all()
    others = found[found["doc_id"] != "ledger-1"]
    assert len(others) and others["left"].notna().all() and others["sentence_id"].notna().all()
    phrase = Selection(word="Lantern Reef")
    with pytest.raises(NeedsTexts, match="those of 1 of these 16 copies are not here"):
        rows(replace(harbour, texts=kept), phrase)  # nothing is left out in silence
    assert len(rows(replace(harbour, texts=kept), replace(phrase, outlets=("courier",))))


@pytest.mark.parametrize("word", ["U.S.", "port's", "3", "a"])
def test_a_word_that_the_table_of_words_cannot_hold_needs_the_texts(harbour, word):
    with pytest.raises(NeedsTexts, match="Numbers, single letters"):
        rows(replace(harbour, texts={}), Selection(word=word))


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({"frame": "nope"}, "no frame 'nope'"),
        ({"actor": "lombry", "outlets": ("courrier",)}, "no outlet 'courrier'; did you mean courier"),
    ],
)
def test_a_choice_that_the_story_does_not_have_is_an_error(harbour, chosen, says):
    with pytest.raises(UnknownChoice, match=says):
        rows(harbour, Selection(**chosen))


def test_more_hits_than_anybody_reads_are_refused_and_blanks_of_an_expression_count(harbour):
    with pytest.raises(TooMany, match="allowed"):
        rows(harbour, Selection(word=".", is_regex=True))
    assert len(rows(harbour, Selection(word="said ", is_regex=True))) < len(
        rows(harbour, Selection(word="said", is_regex=True))
    )
