"""The fictional story against who speaks in it and what its actors are called: all that was planted, each in its voice."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import yaml

from analysis.story import Story

FOLDER = Path(__file__).parents[1] / "data" / "sample-harbour"
TRUTH = yaml.safe_load((FOLDER / "TRUTH.yml").read_text(encoding="utf-8"))
MISSES = TRUTH["known_misses"]
SECTIONS = ("speakers", "intermediaries", "labels", "no_labels", "roles", "not_speech")
CONTENT = ["doc_id", "quotation_id"]


def entries(section: str) -> list:
    """The entries of a section; those that are known to be missed are expected to fail."""

    def name(entry: dict) -> str:
        return " ".join(
            str(entry[key]) for key in ("doc_id", "words", "label", "mention", "voice") if key in entry
        )

    missed = [
        pytest.param(entry, id=name(entry), marks=pytest.mark.xfail(reason=entry["because"], strict=True))
        for entry in MISSES.get(section, [])
    ]
    return [*(pytest.param(entry, id=name(entry)) for entry in TRUTH[section]), *missed]


def place(story: Story, entry: dict) -> list[tuple[int, int]]:
    """Where the words of an entry stand in its document."""
    text, words, found, at = " ".join(story.texts[entry["doc_id"]].splitlines()), entry["words"], [], 0
    assert len(text) == len(story.texts[entry["doc_id"]])
    while (at := text.find(words, at)) >= 0:
        found.append((at, at + len(words)))
        at += 1
    assert found, f"{entry['doc_id']} does not hold {words!r}"
    return found


def holding(story: Story, entry: dict) -> pd.DataFrame:
    """The quotations of which a part holds the words of an entry, the innermost first."""
    parts = story.quotation_parts[story.quotation_parts["doc_id"] == entry["doc_id"]]
    inside = pd.concat(
        [parts[(parts["start"] <= start) & (parts["end"] >= end)] for start, end in place(story, entry)]
    )
    rows = story.quotations.merge(inside[CONTENT].drop_duplicates(), on=CONTENT)
    return rows.sort_values("n_words", kind="stable")


@pytest.mark.parametrize("entry", entries("speakers"))
def test_the_words_are_given_to_the_one_who_said_them(harbour, entry):
    rows = holding(harbour, entry)
    rows = rows[rows["is_speech"]]
    rows = rows[rows["kind"] == entry["kind"]]
    who = (
        rows["speaker"] == entry["speaker"]
        if "speaker" in entry
        else rows["speaker_surface"] == entry["surface"]
    )
    assert who.any(), rows[["speaker", "speaker_surface", "kind", "cue"]].to_string()
    if "source_type" in entry:
        assert entry["source_type"] in set(rows.loc[who, "source_type"])
    if "surface" in entry:
        assert (rows.loc[who, "speaker"] == "").all()


@pytest.mark.parametrize("entry", entries("intermediaries"))
def test_it_came_through_the_one_who_is_named(harbour, entry):
    rows = holding(harbour, entry)
    assert set(rows.head(1)["intermediary"]) == {entry["intermediary"]}


@pytest.mark.parametrize("entry", entries("not_speech"))
def test_what_nobody_said_is_listed_as_no_speech(harbour, entry):
    rows = holding(harbour, entry)
    assert len(rows) and not rows["is_speech"].any()


def labels_in(story: Story, entry: dict) -> pd.DataFrame:
    rows = story.actor_labels
    return rows[
        (rows["doc_id"] == entry["doc_id"])
        & (rows["label"] == entry["label"])
        & (rows["voice"] == entry["voice"])
    ]


@pytest.mark.parametrize("entry", entries("labels"))
def test_a_label_is_listed_in_its_voice(harbour, entry):
    rows = labels_in(harbour, entry)
    assert ((rows["actor"] == entry["actor"]) & (rows["form"] == entry["form"])).any(), rows.to_string()


@pytest.mark.parametrize("entry", entries("no_labels"))
def test_a_label_is_never_laid_at_the_door_of_another_voice(harbour, entry):
    assert labels_in(harbour, entry).empty


@pytest.mark.parametrize("entry", entries("roles"))
def test_an_actor_stands_where_grammar_puts_it(harbour, entry):
    rows = harbour.mentions
    rows = rows[(rows["doc_id"] == entry["doc_id"]) & (rows["surface"] == entry["mention"])]
    keys = ["actor", "role", "predicate"]
    assert tuple(entry[key] for key in keys) in set(map(tuple, rows[keys].to_numpy()))


def test_whatever_stands_in_quotation_marks_is_speech_or_not_as_a_reader_said(harbour):
    listed = [*TRUTH["speakers"], *TRUTH["not_speech"]]
    found = pd.concat([holding(harbour, entry)[CONTENT] for entry in listed]).drop_duplicates()
    spans = harbour.quotation_parts.merge(found, on=CONTENT)[["doc_id", "start", "end"]]
    missed = [(entry["doc_id"], *span) for entry in MISSES["speakers"] for span in place(harbour, entry)]
    spans = pd.concat([spans, pd.DataFrame(missed, columns=spans.columns)])
    unlisted = [
        (one.doc_id, harbour.texts[one.doc_id][one.start : one.end])
        for one in harbour.quoted_spans.itertuples()
        if not (
            (spans["doc_id"] == one.doc_id) & (spans["start"] < one.end) & (spans["end"] > one.start)
        ).any()
    ]
    assert not unlisted


def test_at_most_a_tenth_is_missed_and_each_miss_has_its_reason():
    missed = [entry for own in MISSES.values() for entry in own]
    n = sum(len(TRUTH[section]) for section in SECTIONS) + len(missed)
    assert len(missed) <= n / 10
    assert all(entry["because"] for entry in missed)
