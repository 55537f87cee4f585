"""The score of a sentence is the library's, whatever stands in it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import BOOSTER_DICT, NEGATE, SPECIAL_CASES, SentimentIntensityAnalyzer

from analysis.measures.valence import compound, valence

LIBRARY = SentimentIntensityAnalyzer()
RATED = sorted(LIBRARY.lexicon)
EMOJI = sorted(sign for sign in LIBRARY.emojis if len(sign) == 1)
AROUND = """
    the of a kind sort just enough so this at very least no or nor but never without doubt yeah right bus stop kiss
    death to die for beating heart shit bomb bad ass badass harbour ship said great terrible good hate İstanbul
""".split()
MARKS = ["", "", "", "", "!", "?", "??", "????", "!!!!!!", ".", ",", ";", '"', ")", "'", "😀", ":)", "—"]
WORDS = st.one_of(
    st.sampled_from(AROUND),
    st.sampled_from(AROUND),
    st.sampled_from(RATED),
    st.sampled_from(sorted(BOOSTER_DICT)),
    st.sampled_from(sorted(NEGATE)),
    st.sampled_from(sorted(SPECIAL_CASES)),
    st.sampled_from(EMOJI),
)
CASED = st.builds(
    lambda word, form, mark, before: before + form(word) + mark,
    WORDS,
    st.sampled_from([str, str, str, str.upper, str.title]),
    st.sampled_from(MARKS),
    st.sampled_from(["", "", "", '"', "(", "'"]),
)
SENTENCES = st.builds(
    lambda words, gap: gap.join(words),
    st.lists(CASED, max_size=16),
    st.sampled_from([" ", "  ", "\n", " - "]),
)


def library(text: str) -> float:
    return LIBRARY.polarity_scores(text)["compound"]


@settings(deadline=None, max_examples=1_500)  # the first example reads the lexicon
@given(SENTENCES)
def test_any_sentence_scores_what_the_library_gives(sentence):
    assert compound(sentence) == library(sentence)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_string_scores_what_the_library_gives(text):
    assert compound(text) == library(text)


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "The ferry left at noon.",
        "The book was only kind of good.",
        "At least it isn't a horrible book.",
        "It was the least good of all, and at the very least good.",
        "Never so good, never this good, and without doubt not good.",
        "No great loss, no or nor good, said the NO campaign.",
        "The plot was good, but the characters are bad but the end was good and good.",
        "VADER is VERY SMART, handsome, and FUNNY!!!",
        "ALL OF IT IS GREAT!",
        "It was to die for, a kiss of death, the bomb, yeah right at the bus stop.",
        "Catch emoji such as 💘 and 💋 and 😁😁.",
        "Make sure you :) or :D today!",
    ],
)
def test_every_rule_of_the_library_is_there(sentence):
    assert compound(sentence) == library(sentence)


def test_most_of_the_sentences_tried_have_a_score():
    """The comparison above would prove nothing of sentences that score zero."""
    scored = []

    @settings(deadline=None, max_examples=200, database=None)
    @given(SENTENCES)
    def seen(sentence):
        scored.append(library(sentence) != 0)

    seen()
    assert sum(scored) > 0.5 * len(scored)


def test_marks_are_straightened_first():
    assert valence("He called it “great” today") == library('He called it "great" today') > 0
    assert compound("It doesn’t look great.") > 0 > valence("It doesn’t look great.")
