"""Cues of facts: all-of, any-of, near, not, numbers, mentions, and the passage they have to stand in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.words import word_spans
from analysis.evidence.cues_of_facts import automaton, entries_of, entry_fault, found, passages, searched

SENTENCES = (
    "Forty boats blocked the harbour on Monday.",
    "The police counted about 40 boats, and 1,340 people watched.",
    "Nobody denied the claims.",
    "The mayor did, however, speak of 14.5 metres.",
)


def cue(**keys) -> dict:
    return {"all": (), "any": (), "not": (), "near": 0, "in": "sentence"} | keys


def places(one: dict, sentences=SENTENCES, paragraphs=None, mentions=None):
    text = " ".join(sentences)
    starts, at = [], 0
    for sentence in sentences:
        starts.append((at, at + len(sentence)))
        at += len(sentence) + 1
    compiled = automaton(entries_of([{"cues": (one,), "values": ()}]))
    own = paragraphs or list(range(len(sentences)))
    words = [start for start, _ in word_spans(text)]
    return list(found(one, searched(text, compiled, mentions or {}, starts, own, words)))


def whole(one: dict, **keys) -> list[tuple[int, ...]]:
    return [place.sentences for place in places(one, **keys) if place.score == 1]


def test_all_parts_have_to_stand_in_one_sentence():
    assert whole(cue(all=("boats", "police"))) == [(1,)]
    assert whole(cue(all=("harbour", "police"))) == []


def test_a_list_inside_all_is_alternatives():
    assert whole(cue(all=(("boats", "ships"), ("Monday", "Tuesday")))) == [(0,)]


def test_any_asks_for_one_more_part():
    assert whole(cue(all=("boats",), any=("police", "guard"))) == [(1,)]


def test_not_bars_a_sentence():
    assert whole(cue(all=("boats",), **{"not": ("police",)})) == [(0,)]


def test_near_counts_the_words_between_first_and_last_part():
    assert whole(cue(all=("boats", "Monday"), near=5)) == []
    assert whole(cue(all=("boats", "Monday"), near=6)) == [(0,)]


def test_near_takes_the_closest_of_several_places():
    repeated = ("A boat, a pier, a mast, a rope, a boat and a police launch.",)
    assert whole(cue(all=("boat", "police"), near=4), sentences=repeated) == [(0,)]


def test_a_number_is_found_in_digits_and_in_words():
    assert whole(cue(all=("#40", "boats"))) == [(0,), (1,)]


@pytest.mark.parametrize("entry", ["#340", "#14", "#5", "#1"])
def test_a_number_is_not_found_inside_a_longer_one(entry):
    assert whole(cue(all=(entry,))) == []


@pytest.mark.parametrize("entry", ["#1340", "#1,340", "#14.5"])
def test_a_number_with_separators_is_found(entry):
    assert len(whole(cue(all=(entry,)))) == 1


@pytest.mark.parametrize("entry", ["#20", "#21", "#1", "#40", "#3", "#100"])
def test_a_number_word_is_not_found_inside_a_longer_one(entry):
    sentences = ("Twenty-one were hurt, one hundred and forty fled and 3 million watched.",)
    found = whole(cue(all=(entry,)), sentences=sentences)
    assert found == ([(0,)] if entry == "#21" else [])


def test_a_mention_is_a_part_by_its_place():
    at = len(SENTENCES[0]) + len(SENTENCES[1]) + len(SENTENCES[2]) + 3
    assert whole(cue(all=("@mayor", "metres")), mentions={"mayor": [(at, at + 9)]}) == [(3,)]


def test_two_sentences_hold_what_one_does_not():
    assert whole(cue(all=("harbour", "police"), **{"in": "two sentences"})) == [(0, 1)]


def test_a_paragraph_holds_what_its_sentences_hold_together():
    one = cue(all=("harbour", "claims"), **{"in": "paragraph"})
    assert whole(one, paragraphs=[1, 1, 1, 2]) == [(0, 1, 2)]
    assert whole(one, paragraphs=[1, 1, 2, 2]) == []


def test_two_sentences_do_not_reach_from_the_headline_into_the_text():
    one = cue(all=("harbour", "police"), **{"in": "two sentences"})
    assert whole(one, paragraphs=[-2, 1, 2, 3]) == []


def test_the_score_is_the_share_of_parts_found_together():
    scores = [place.score for place in places(cue(all=("boats", "police", "harbour")))]
    assert scores == [pytest.approx(2 / 3), pytest.approx(2 / 3)]


def test_parts_too_far_apart_score_less_than_one():
    assert next(place.score for place in places(cue(all=("boats", "Monday"), near=2))) == pytest.approx(0.75)


@pytest.mark.parametrize("entry", ["@mayor", "#40", "boat*", "=ICE", "two words", "#1,340"])
def test_these_entries_are_allowed(entry):
    assert entry_fault(entry, ["mayor"]) == ""


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ("@major", "no actor '@major'; there are: mayor"),
        ("#forty", "no number"),
        ("*", "empty entry"),
        ("ab*", "three letters"),
    ],
)
def test_a_wrong_entry_is_named_with_what_is_allowed(entry, what):
    assert what in entry_fault(entry, ["mayor"])


@given(st.lists(st.integers(1, 3), min_size=1, max_size=12))
def test_every_sentence_stands_in_one_paragraph_and_in_at_most_two_pairs(sizes):
    paragraphs = [n for n, size in enumerate(sizes) for _ in range(size)]
    text = searched("", automaton([]), {}, [(0, 0)] * len(paragraphs), paragraphs, [])
    assert sorted(n for passage in passages(text, "paragraph") for n in passage) == list(
        range(len(paragraphs))
    )
    assert len(passages(text, "two sentences")) == len(paragraphs) - 1
