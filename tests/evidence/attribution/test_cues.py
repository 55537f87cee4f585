"""A cue is found by its lemma and its longest phrase, and stands in one class."""

from __future__ import annotations

import re

import pytest

from analysis.evidence.attribution.cues import UNLISTED, classes, cue_at, phrases
from analysis.evidence.dictionaries import BUNDLED, load
from tests.evidence.marked_texts import parsed

SPELLINGS = (("ise", "ize"), ("ised", "ized"), ("our", "or"), ("ence", "ense"), ("scept", "skept"))


def cue(text: str, word: str) -> tuple[str, str, list[str]]:
    parse = parsed(text)
    lemma, cue_class, further = cue_at(parse, parse.words.index(word))
    return lemma, cue_class, [parse.words[at] for at in further]


@pytest.fixture(scope="module")
def frames():
    return load(BUNDLED / "cues.yml").frames


def test_the_classes_of_the_issue_are_there(frames):
    assert {"neutral", "assertive", "doubting", "manner", "factive"} <= set(frames)
    assert UNLISTED not in frames


def test_every_entry_stands_in_one_class(frames):
    entries = [entry for frame in frames.values() for entry in frame.entries]
    assert len(entries) == len(set(entries)) == len(classes())


def test_entries_are_lemmas_in_small_letters_in_order(frames):
    for frame in frames.values():
        assert list(frame.entries) == sorted(frame.entries)
        assert [entry for entry in frame.entries if not re.fullmatch(r"[a-z]+(?:[ -][a-z]+)*", entry)] == []
        assert frame.excluded == ()


def test_british_and_american_spellings_stand_in_one_class():
    listed = classes()
    for british, american in SPELLINGS:
        for entry, cue_class in listed.items():
            if american in entry and (other := entry.replace(american, british)) in listed:
                assert listed[other] == cue_class, entry
    both = (
        "characterise",
        "criticise",
        "emphasise",
        "hypothesise",
        "legitimise",
        "recognise",
        "satirise",
        "theorise",
    )
    assert {word: listed[word] for word in both} == {
        word: listed[word.replace("ise", "ize")] for word in both
    }


@pytest.mark.parametrize(
    ("word", "cue_class"),
    [
        ("say", "neutral"),
        ("according", "neutral"),
        ("argue", "assertive"),
        ("insist", "assertive"),
        ("claim", "doubting"),
        ("claim to be", "doubting"),
        ("allege", "doubting"),
        ("exaggerate", "doubting"),
        ("boast", "manner"),
        ("boast of", "manner"),
        ("mutter", "manner"),
        ("admit", "factive"),
        ("reveal", "factive"),
        ("evidence", "evidence"),
        ("believe", "cognition"),
        ("vow", "assertive"),
        ("pledge", "intention"),
        ("plead", "directive"),
        ("plea", "directive"),
        ("call for", "directive"),
        ("call", "naming"),
        ("describe as", "naming"),
        ("characterize", "naming"),
        ("praise", "approval"),
        ("deny", "criticism"),
        ("dismiss", "criticism"),
        ("accuse", "criticism"),
        ("accusation", "criticism"),
    ],
)
def test_a_word_stands_in_the_class_of_its_definition(word, cue_class):
    assert classes()[word] == cue_class


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The mayor denied the report.", "denied", ("deny", "criticism", [])),
        ("The port authority called again for an inquiry.", "called", ("call for", "directive", ["for"])),
        ("The port authority called the bridge a danger.", "called", ("call", "naming", [])),
        ("The mayor pointed out that it rains.", "pointed", ("point out", "factive", ["out"])),
        (
            "The committee took issue with the plan.",
            "took",
            ("take issue with", "criticism", ["issue", "with"]),
        ),
        ("The ferry sank.", "sank", ("sink", UNLISTED, [])),
    ],
)
def test_the_longest_entry_that_is_there_wins(text, word, expected):
    assert cue(text, word) == expected


@pytest.mark.parametrize("word", ["hopes", "hoping", "hoped"])
def test_hope_is_not_hop(word):
    lead = "She was" if word == "hoping" else "She"
    assert cue(f"{lead} {word} for rain.", word)[:2] == ("hope", "cognition")


def test_phrases_are_tried_longest_first():
    for further in phrases().values():
        assert [len(words) for words in further] == sorted((len(words) for words in further), reverse=True)
