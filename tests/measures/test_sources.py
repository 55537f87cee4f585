"""Who counts as a source, whose a word is, and how many sources there would be in a copy as short as the shortest."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.sources import (
    MIN_TURNS,
    effective,
    first_turns,
    number_of_sources,
    rarefied,
    spoken,
    turns,
)


def table(rows: list[tuple[str, str]], doc_id: str = "a") -> pd.DataFrame:
    """Attributions of (speaker, surface), one a sentence, ten words of which four are quoted."""
    quotations = pd.DataFrame(
        {
            "doc_id": doc_id,
            "quotation_id": range(len(rows)),
            "sentence_id": range(len(rows)),
            "is_speech": True,
            "speaker": [speaker for speaker, _ in rows],
            "speaker_surface": [surface for _, surface in rows],
            "source_type": ["unnamed" if surface == "Experts" else "" for _, surface in rows],
            "source_category": "",
            "n_words": 10,
            "n_words_quoted": 4,
        }
    )
    sentences = quotations[["doc_id", "sentence_id"]].assign(
        part="body", written_by="outlet", position=np.linspace(0, 1, len(rows))
    )
    parts = quotations[["doc_id", "quotation_id", "n_words", "n_words_quoted"]]
    return turns(quotations, parts, sentences)


def test_an_actor_is_one_source_however_called_and_a_stranger_by_the_last_name():
    found = table(
        [("berg", "Berg"), ("berg", "the premier"), ("", "Ines Falk"), ("", "Falk"), ("", "the officials")]
    )
    assert found["source"].to_list() == ["berg", "berg", "Ines Falk", "Ines Falk", "officials"]


def test_those_who_speak_together_are_one_source_in_any_order_and_a_capital_makes_no_name():
    found = table([("berg; falk", ""), ("falk; berg", ""), ("", "Experts"), ("", "experts")])
    assert found["source"].to_list() == ["berg; falk", "berg; falk", "experts", "experts"]


def test_a_source_of_nobody_known_stands_as_printed():
    found = table([("", "the South Korean military"), ("", "US officials"), ("", "Kozlov's ministry")])
    assert found["source"].to_list() == ["South Korean military", "US officials", "Kozlov's ministry"]
    assert set(table([("", "South Korean military"), ("", "south korean military")])["source"]) == {
        "south korean military"
    }


def test_a_source_of_many_words_is_seen_to_be_cut_unless_it_is_a_name():
    found = table(
        [("", "Two of the container …"), ("", "the former harbour master Ines Falk …"), ("", "Falk")]
    )
    assert found["source"].to_list() == ["Two of the container …", *["former harbour master Ines Falk"] * 2]


def test_a_pronoun_of_nobody_known_is_no_source():
    assert table([("", "he"), ("", "")])["source"].to_list() == ["", ""]


def test_a_turn_goes_on_until_somebody_else_has_the_word():
    found = table([("berg", ""), ("berg", ""), ("", "Falk"), ("berg", ""), ("", ""), ("", "")])
    assert found["turn"].to_list() == [1, 1, 2, 3, 4, 5]
    counted = spoken(found, "source").set_index("source")
    assert counted.loc["berg"].to_list() == ["a", 3, 2, 30, 12]


def test_headlines_a_republishers_text_and_spans_that_are_no_speech_do_not_count():
    found = table([("berg", "")] * 3)
    sentences = pd.DataFrame(
        {
            "doc_id": "a",
            "sentence_id": [0, 1, 2],
            "part": ["headline", "body", "body"],
            "written_by": ["outlet", "via", "outlet"],
            "position": [0.0, 0.0, 1.0],
        }
    )
    quotations = found.drop(columns=["part", "written_by", "position", "source", "turn"])
    parts = quotations[["doc_id", "quotation_id", "n_words", "n_words_quoted"]]
    assert turns(quotations, parts, sentences)["sentence_id"].to_list() == [2]
    assert turns(quotations.assign(is_speech=False), parts, sentences).empty


def test_words_are_those_of_the_parts_where_quotations_lie_in_each_other():
    found = table([("berg", ""), ("", "Falk")])
    quotations = found.drop(columns=["part", "written_by", "position", "source", "turn"])
    sentences = found[["doc_id", "sentence_id", "part", "written_by", "position"]]
    parts = pd.DataFrame(
        [("a", 0, 2, 0), ("a", 0, 1, 1), ("a", 1, 7, 3)],
        columns=["doc_id", "quotation_id", "n_words", "n_words_quoted"],
    )
    assert turns(quotations, parts, sentences)["n_words"].to_list() == [3, 7]


def test_the_first_turn_of_each_kind_is_where_it_first_has_the_word():
    found = table([("berg", ""), ("", "Falk"), ("berg", "")])
    first = first_turns(found, "source")
    assert list(zip(first["source"], first["position"], strict=True)) == [("berg", 0.0), ("Falk", 0.5)]


def test_copies_are_compared_at_the_size_of_the_smallest():
    found = pd.concat(
        [table([("berg", ""), ("", "Falk")] * 10, "a"), table([("berg", "")] * 4 + [("", "Falk")], "b")]
    )
    rows = number_of_sources(found, ["a", "b"]).set_index("doc_id")
    assert rows["n_sources"].to_list() == [2, 2]
    assert rows["m"].to_list() == [5, 5]
    assert rows.loc["b", "rarefied"] == 2
    assert 1 < rows.loc["b", "effective"] < rows.loc["a", "effective"] <= rows.loc["a", "rarefied"] < 2


def test_a_copy_of_fewer_than_five_attributions_has_its_reason_and_is_not_what_others_are_cut_to():
    found = pd.concat([table([("berg", "")] * (MIN_TURNS - 1), "a"), table([("berg", "")] * 9, "b")])
    rows = number_of_sources(found, ["a", "b", "c"]).set_index("doc_id")
    assert rows["rarefied"].isna().to_list() == [True, False, True]
    assert rows["reason"].to_list() == ["4 attributions, 5 needed", "", "0 attributions, 5 needed"]
    assert rows["m"].unique() == [9] and rows.loc["c", "n_sources"] == 0


COUNTS = st.lists(st.integers(1, 4), min_size=1, max_size=4)


@given(COUNTS, st.data())
def test_the_rarefied_number_is_the_mean_over_all_samples(counts, data):
    m = data.draw(st.integers(1, sum(counts)))
    said = [source for source, n in enumerate(counts) for _ in range(n)]
    samples = [len(set(sample)) for sample in combinations(said, m)]
    assert rarefied(counts, m) == pytest.approx(np.mean(samples))


@given(COUNTS)
def test_the_effective_number_lies_between_one_and_all_and_is_all_where_all_say_as_much(counts):
    n = sum(counts)
    assert 1 - 1e-9 <= effective(counts, n) <= len(counts) + 1e-9
    assert effective([counts[0]] * len(counts), counts[0] * len(counts)) == pytest.approx(len(counts))
    assert rarefied(counts, n) == pytest.approx(len(counts))


@pytest.mark.parametrize("m", [0, 4])
def test_a_sample_that_cannot_be_drawn_is_refused(m):
    with pytest.raises(ValueError, match="of 3 attributions"):
        rarefied([2, 1], m)
