"""Coverage: found or not found, with value, certainty, voice and speaker, and whether the copy could know."""

from __future__ import annotations

import pandas as pd
import pytest

import analysis
from analysis.corpus.manifest import COLUMNS
from analysis.evidence.coverage import availability, coverage
from analysis.facts_yml import read_facts
from analysis.measuring import measure
from analysis.outline import outline

STORY = """\
title: The ferry
date: "2031-01-05"
texts: open
outlets: [{id: echo, name: Echo}, {id: post, name: Post}]
actors: [{id: reed, name: Anna Reed, pronoun: she}]
"""
FACTS = """\
written: before_reading
date: "2031-01-05"
facts:
  - id: late
    fact: "The ferry was late"
    available_from: "2031-01-05T08:00+00:00"
    cues:
      - all: [ferry, [late, delayed]]
    values:
      - {value: "an hour", cues: [{all: ["#1", [hour, hours]]}]}
      - {value: "two hours", cues: [{all: ["#2", hours]}]}
      - {value: "long", cues: [{all: [long], in: paragraph}]}
  - id: apology
    fact: "Reed said sorry"
    cues:
      - all: ["@reed", [sorry, apologised]]
  - id: fire
    fact: "There was a fire"
    cues:
      - all: [fire, engine]
"""
ECHO = """\
Harbour waits for the ferry

The boat to the outer islands did not come in the morning, and many people stood on the quay in the cold rain.

"The ferry was two hours late and I have no idea why," Anna Reed, who runs the line, told the Echo on Monday.

She may have apologised to the passengers later. Nobody saw an engine room. The day went on.
"""
POST = """\
The ferry to the outer islands was delayed by one hour on Monday, and the people on the quay went home again.

It was a long wait for all of them. Officials of the harbour had nothing to say about it at the end of the day.

The next ferry left at noon with more people on board than on any other day of the year, the harbour said.
"""


@pytest.fixture(scope="module")
def rows(tmp_path_factory) -> pd.DataFrame:
    """Table `coverage` of the two copies, by fact and document."""
    folder = tmp_path_factory.mktemp("data") / "ferry"
    (folder / "articles").mkdir(parents=True)
    for name, text in (("echo", ECHO), ("post", POST)):
        (folder / "articles" / f"{name}.txt").write_text(text, "utf-8")
    (folder / "story.yml").write_text(STORY, "utf-8")
    (folder / "facts.yml").write_text(FACTS, "utf-8")
    blank = dict.fromkeys(COLUMNS, "") | {"is_counted": "true", "published_precision": "minute"}
    documents = [
        blank
        | {"doc_id": id, "outlet": id, "file": f"{id}.txt", "published_at": f"2031-01-05T{hour}:00+00:00"}
        for id, hour in (("echo", "07"), ("post", "09"))
    ]
    documents[0]["headline_written_by"] = "via"
    pd.DataFrame(documents).to_csv(folder / "documents.csv", index=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLAX_DATA", str(folder.parent))
        story = analysis.load_story("ferry")
        assert outline("ferry").facts == story.facts
    return story.coverage.set_index(["fact_id", "doc_id"])


def test_every_fact_has_a_row_for_every_document(rows):
    assert len(rows) == 6 and rows.index.is_unique


def test_a_fact_is_found_where_a_cue_holds(rows):
    assert rows["is_found"].to_dict() == {
        ("late", "echo"): True,
        ("apology", "echo"): True,
        ("fire", "echo"): False,
        ("late", "post"): True,
        ("apology", "post"): False,
        ("fire", "post"): False,
    }


def test_values_are_those_the_copy_gives(rows):
    assert rows.loc[("late", "echo"), "value"] == "two hours"
    assert rows.loc[("late", "post"), "value"] == "an hour"


def test_voice_and_speaker_are_those_of_what_matched(rows):
    assert tuple(rows.loc[("late", "echo"), ["voice", "attributed_to"]]) == ("quoted", "reed")
    assert tuple(rows.loc[("late", "post"), ["voice", "attributed_to"]]) == ("outside", "")


def test_a_word_of_uncertainty_near_by_hedges(rows):
    assert rows.loc[("apology", "echo"), "certainty"] == "hedged"
    assert rows.loc[("late", "echo"), "certainty"] == "asserted"


def test_a_pronoun_is_a_mention(rows):
    assert rows.loc[("apology", "echo"), "is_found"]


def test_what_is_not_found_has_its_nearest_sentence_and_score(rows):
    near = rows.loc[("fire", "echo")]
    assert near["score"] == pytest.approx(0.5) and near["nearest_sentence_id"] == 4
    assert pd.isna(near["sentence_id"]) and near["value"] == near["certainty"] == near["voice"] == ""
    none = rows.loc[("fire", "post")]
    assert none["score"] == 0 and pd.isna(none["nearest_sentence_id"])


def test_a_copy_filed_before_a_fact_could_be_known_says_so(rows):
    assert rows.loc[("late", "echo"), "availability"] == "not yet"
    assert rows.loc[("late", "post"), "availability"] == "available"
    assert rows.loc[("fire", "post"), "availability"] == "unknown"


def test_a_headline_that_the_republisher_wrote_is_not_looked_at(rows):
    assert rows.loc[("late", "echo"), "sentence_id"] > 0


@pytest.mark.parametrize(
    ("published", "precision", "known", "answer"),
    [
        ("2031-01-05T09:00+09:00", "minute", "2031-01-05T00:30+00:00", "not yet"),
        ("2031-01-05T09:30+09:00", "minute", "2031-01-05T00:30+00:00", "available"),
        ("2031-01-05", "day", "2031-01-05T00:30+00:00", "unknown"),
        ("2031-01-08", "day", "2031-01-05", "available"),
        ("2031-01-06", "day", "2031-01-05", "unknown"),
        ("2031-01-04T22:00-04:00", "minute", "2031-01-05", "unknown"),
        ("2031-01-03T09:30+09:00", "minute", "2031-01-05", "not yet"),
        ("", "none", "2031-01-05", "unknown"),
        ("2031-01-05T09:30+09:00", "minute", "", "unknown"),
    ],
)
def test_what_could_be_known_is_told_only_as_far_as_times_are(published, precision, known, answer):
    assert availability(published, precision, known) == answer


def test_a_copy_in_another_language_is_not_asked(harbour):
    documents = harbour.documents.assign(language="fr")
    tables = [
        harbour.sentences,
        harbour.quoted_spans,
        harbour.mentions,
        harbour.quotations,
        harbour.quotation_parts,
    ]
    facts = [fact.model_dump(by_alias=True) for fact in harbour.facts]
    assert coverage(harbour.texts, documents, *tables, facts).empty


def test_a_story_read_from_story_yml_alone_has_no_coverage(harbour):
    corpus = analysis.read([harbour.folder / "articles" / "ledger-2-brief.txt"])
    assert measure(corpus, harbour.about).coverage.empty
    assert read_facts(harbour.folder / "facts.yml", harbour.actors, harbour.episodes) is not None
