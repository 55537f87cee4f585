"""A contested thing is listed under the name it was given."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import pytest

from analysis.evidence.dictionaries import BadDictionary
from analysis.evidence.namings import namings
from analysis.tables import NAMINGS, check

STOPPAGE = {
    "id": "stoppage",
    "label": "the stoppage",
    "names": [
        {"name": "strike", "entries": ["strike", "strikes", "strike action"]},
        {"name": "walkout", "entries": ["walkout*", "walked out"]},
    ],
    "except": ["air strike*"],
}


def listed(text: str, quoted: Sequence[tuple[int, int]] = (), things=(STOPPAGE,)) -> pd.DataFrame:
    sentences = pd.DataFrame([("a", 0, 0, len(text))], columns=["doc_id", "sentence_id", "start", "end"])
    spans = pd.DataFrame([("a", *span) for span in quoted], columns=["doc_id", "start", "end"])
    return namings({"a": text}, sentences, spans, things)


def test_entries_are_listed_under_their_name():
    table = listed("Crews walked out; the strike, or walkouts, went on.")
    assert table["surface"].tolist() == ["walkout", "strike", "walkout"]
    assert set(table["thing"]) == {"stoppage"}
    check(table, NAMINGS)


def test_the_longest_entry_counts_once():
    table = listed("Strike action began.")
    assert table[["start", "end", "surface"]].to_numpy().tolist() == [[0, 13, "strike"]]


def test_a_phrase_that_means_something_else_is_not_listed():
    assert listed("An air strike hit the port; the strike goes on.")["start"].tolist() == [32]


def test_voice_is_that_of_the_first_character():
    table = listed('"A strike," they said of the walkout.', [(0, 11)])
    assert table["voice"].tolist() == ["quoted", "outside"]


def test_an_entry_in_two_names_of_one_thing_is_refused():
    twice = {"id": "x", "names": [{"name": "a", "entries": ["dig"]}, {"name": "b", "entries": ["Dig"]}]}
    with pytest.raises(BadDictionary, match=r"story\.yml, contested, x: entry 'Dig' stands twice"):
        listed("A dig.", things=[twice])


def test_without_contested_things_the_table_is_empty_and_keeps_its_columns():
    check(listed("A strike.", things=[]), NAMINGS)
