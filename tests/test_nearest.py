"""A wrong name is answered with the nearest right one, by one rule everywhere."""

from __future__ import annotations

import re

import pytest

import analysis
from analysis.comparison.estimates import UnknownColumn
from analysis.corpus.corrections import BadCorrections, read_corrections
from analysis.corpus.manifest import COLUMNS, BadManifest, read_manifest
from analysis.facts_yml import BadFacts, read_coded, read_facts
from analysis.measures.catalogue import UnknownMeasure
from analysis.nearest import did_you_mean, misspelt, nearest
from analysis.story_yml import BadStory, read_story_yml

STORIES = ["kim-putin-2023", "sample-harbour"]


def test_the_most_alike_come_first_capitals_aside():
    assert nearest("sample-harbor", STORIES) == ["sample-harbour"]
    assert nearest("REUTER", ["Reuters", "AFP"]) == ["Reuters"]
    assert nearest("outlts", ["outlet", "outlets", "title"]) == ["outlets", "outlet"]
    assert nearest("nothing-like-it", STORIES) == nearest("", STORIES) == nearest("x", []) == []


def test_the_beginning_of_a_name_is_enough():
    assert nearest("kim", STORIES) == ["kim-putin-2023"]
    assert nearest("ki", STORIES) == []


def test_a_hint_is_the_end_of_a_sentence_or_nothing():
    assert did_you_mean("outlts", ["outlet", "outlets"]) == "; did you mean outlets or outlet?"
    assert did_you_mean("colour", ["outlet"]) == ""
    assert misspelt(["doc_id", "outlt", "colour"], ["doc_id", "outlet"]) == "; 'outlt': did you mean outlet?"


def test_an_estimate_of_an_unknown_measure_or_by_an_unknown_column_names_the_nearest(founding):
    with pytest.raises(UnknownMeasure, match="no measure 'sentiment_outsid'; did you mean sentiment_outside"):
        analysis.estimate(founding, "sentiment_outsid")
    with pytest.raises(UnknownColumn, match=r"cannot group by 'outlt'; did you mean outlet\?") as raised:
        analysis.estimate(founding, "sentiment_outside", by=["outlt"])
    assert str(raised.value).startswith("cannot")
    with pytest.raises(UnknownColumn, match=r"'qqqq'; there are: doc_id, story, .*voice$"):
        analysis.estimate(founding, "sentiment_outside", by="qqqq")


@pytest.mark.parametrize(
    ("name", "text", "read", "error", "says"),
    [
        (
            "documents.csv",
            ",".join(COLUMNS).replace("headline,", "hedline,", 1) + "\n",
            read_manifest,
            BadManifest,
            "columns missing: headline; 'hedline': did you mean headline?",
        ),
        (
            "corrections.csv",
            "table,doc_id,start,end,colum,value,action,by,date,why\n",
            lambda path: read_corrections(path, []),
            BadCorrections,
            "'colum': did you mean column?",
        ),
        (
            "coded_facts.csv",
            "fact,doc_id,line,value\n",
            lambda path: read_coded(path, [], []),
            BadFacts,
            "no column fact_id; needed: fact_id, doc_id, line, value; 'fact': did you mean fact_id?",
        ),
        ("story.yml", "titel: A\n", read_story_yml, BadStory, "did you mean title?"),
        ("story.yml", "title: A\noutlets:\n- id: a\n  nme: A\n", read_story_yml, BadStory, "mean name?"),
        ("facts.yml", "writen: before_reading\n", read_facts, BadFacts, "did you mean written?"),
    ],
)
def test_a_misspelt_header_or_key_is_answered_with_the_right_one(tmp_path, name, text, read, error, says):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(error, match=re.escape(says)):
        read(path)
