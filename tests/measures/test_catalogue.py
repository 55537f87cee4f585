"""Each entry of the catalogue is the published formula, says its unit and direction, and is found by name."""

from __future__ import annotations

import re

import numpy as np
import pytest
import textstat
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.segmentation import sentence_spans
from analysis.measures.catalogue import FAMILIES, READABILITY, UnknownMeasure, catalogue, find
from analysis.measures.readability import COLUMNS, sentence_counts
from analysis.tables import CUE_CLASSES

TEXTSTAT = {
    "words_per_sentence": textstat.words_per_sentence,
    "flesch_reading_ease": textstat.flesch_reading_ease,
    "flesch_kincaid_grade": textstat.flesch_kincaid_grade,
    "gunning_fog": textstat.gunning_fog,
    "smog": textstat.smog_index,
    "ari": textstat.automated_readability_index,
    "coleman_liau": textstat.coleman_liau_index,
    "dale_chall": textstat.dale_chall_readability_score,
    "lix": textstat.lix,
    "rix": textstat.rix,
    "spache": textstat.spache_readability,
    "mcalpine_eflaw": textstat.mcalpine_eflaw,
}
FRAMES = {"generic_frames": {"conflict": "Conflict"}, "themes": {"reef": "The reef"}}
# Both see the same sentences where a sentence has three or more words and one full stop, its last character.
VOCABULARY = """
    the port was not open and ships waited off old harbour walls while angry committees debated unusually
    expensive recommendations it's they'll twenty-one 1,200 co-operation, (quietly) naïve
"""
WORDS = st.sampled_from(VOCABULARY.split())
SENTENCES = st.lists(WORDS, min_size=3, max_size=25).map(lambda words: f"Officials {' '.join(words)} now.")
TEXTS = st.lists(SENTENCES, min_size=1, max_size=12).map(" ".join)


def by_hand(name: str, **sums: float) -> float:
    (measure,) = find(catalogue(), name)
    return float(measure.function(*(np.array([sums[column]]) for column in measure.columns))[0])


def of_text(name: str, text: str) -> float:
    """A measure of `text` by our own sentences and sums."""
    spans = sentence_spans(text)
    counts = np.array([sentence_counts(text[start:end]) for start, end in spans]).sum(axis=0)
    n_words = textstat.lexicon_count(text)
    sums = dict(zip(COLUMNS, counts.astype(float), strict=True))
    return by_hand(name, **sums, n_sentences=float(len(spans)), n_words=float(n_words))


@settings(deadline=None)  # the first example loads the pronouncing dictionary
@given(TEXTS)
def test_every_formula_is_textstats_where_both_see_the_same_sentences(text):
    assert textstat.sentence_count(text) == len(sentence_spans(text))
    for name, function in TEXTSTAT.items():
        assert of_text(name, text) == pytest.approx(function(text), abs=1e-9), name


def test_every_readability_formula_is_compared_with_textstat():
    # textstat has no share of long words alone; LIX and RIX test its two sums.
    assert {measure.name for measure in READABILITY} - set(TEXTSTAT) == {"long_words_share"}


def test_abbreviations_are_no_sentences_and_short_sentences_are():
    # By design ours differs here: textstat ends a sentence at every full stop and drops what has two words or
    # fewer, which would part house styles ("U.S." or "US") and not texts. Twelve words, then two.
    text = "Gov. Lind met Adm. Roe of the U.S. at 6 a.m. Tuesday. Nobody spoke."
    assert of_text("words_per_sentence", text) == 14 / 2
    assert textstat.words_per_sentence(text) == 14 / 3  # "Lind met Adm", "Roe of the U", "at 6 a"


def test_a_mark_that_stands_alone_is_no_word_of_ours():
    # By design ours differs here in ARI alone: textstat divides characters by words and lone marks together.
    text = "The ships / waited off the port & the crews slept."
    assert textstat.lexicon_count(text) == 9
    assert of_text("ari", text) == pytest.approx(4.71 * 40 / 9 + 0.5 * 9 - 21.43)
    assert textstat.automated_readability_index(text) == pytest.approx(4.71 * 40 / 11 + 0.5 * 9 - 21.43)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("words_per_sentence", 20.0),
        ("long_words_share", 25.0),
        ("flesch_kincaid_grade", 0.39 * 20 + 11.8 * 1.5 - 15.59),
        ("flesch_reading_ease", 206.835 - 1.015 * 20 - 84.6 * 1.5),
        ("gunning_fog", 0.4 * (20 + 10)),
        ("smog", 1.043 * 60**0.5 + 3.1291),  # 20 words of three syllables in 10 sentences: 60 in 30
        ("lix", 20 + 25.0),
        ("rix", 5.0),
        ("dale_chall", 0.1579 * 30 + 0.0496 * 20 + 3.6365),
        ("mcalpine_eflaw", (200 + 60) / 10),
    ],
)
def test_a_formula_is_worked_out_by_hand(name, expected):
    sums = {"n_words": 200, "n_sentences": 10, "n_syllables": 300, "n_polysyllables": 20, "n_miniwords": 60}
    difficult = {"n_difficult_0": 60, "n_difficult_2": 40, "n_difficult_3": 20, "n_long_words": 50}
    assert by_hand(name, **sums, **difficult) == pytest.approx(expected)


def test_dale_chall_adds_its_constant_only_above_five_per_cent_of_difficult_words():
    few = by_hand("dale_chall", n_difficult_0=5, n_words=100, n_sentences=5)
    assert few == pytest.approx(0.1579 * 5 + 0.0496 * 20)


def test_rates_and_shares_are_worked_out_by_hand():
    (rate,) = (measure for measure in find(catalogue(FRAMES), "theme_reef") if measure.voice == "all")
    assert rate.function(np.array([3.0]), np.array([600.0]))[0] == 5.0
    assert by_hand("quoted_share", n_words_quoted=30, n_words=120) == 25.0


def test_shares_of_attributions_are_of_all_of_them():
    assert by_hand("official_share", n_attributions_official=6, n_attributions=24) == 25.0
    assert by_hand("intermediary_share", n_attributions_through=3, n_attributions=24) == 12.5
    assert by_hand("cues_doubting_share", n_cues_doubting=1, n_cues=20) == 5.0
    assert by_hand("unattributed_share", n_words_unattributed=60, n_words=120) == 50.0


def test_an_actor_has_its_share_as_subject_and_a_class_of_cues_its_share():
    (subject,) = find(catalogue(actors={"kim": "Kim Jong Un"}), "subject_share_kim")
    assert subject.columns == ("n_subject_kim", "n_roles_kim") and subject.label == "Kim Jong Un as subject"
    assert subject.function(np.array([3.0]), np.array([4.0]))[0] == 75.0
    classes = {entry.name for entry in catalogue() if entry.name.startswith("cues_")}
    assert classes == {f"cues_{cue_class}_share" for cue_class in CUE_CLASSES}


def test_a_share_of_attributions_says_of_what_it_is_a_share():
    for measure in catalogue(actors={"kim": "Kim Jong Un"}):
        if measure.unit in ("% of attributions", "% of cues", "% of places as subject or object"):
            assert measure.of == measure.columns[1] and measure.event == measure.columns[0], measure.name


def test_every_entry_says_its_unit_direction_and_family():
    for measure in catalogue(FRAMES):
        assert measure.unit and measure.higher and measure.label, measure.name
        assert measure.family in FAMILIES
        assert measure.words.startswith("n_words")


def test_a_name_and_voice_is_one_entry():
    keys = [(measure.name, measure.voice) for measure in catalogue(FRAMES)]
    assert len(keys) == len(set(keys))


def test_every_family_has_a_headline_measure():
    assert {measure.family for measure in catalogue(FRAMES) if measure.is_headline} == set(FAMILIES)


def test_generic_frames_and_themes_are_never_mixed():
    names = {measure.name: measure.label for measure in catalogue(FRAMES) if measure.family == "framing"}
    assert names == {
        "indicator_conflict": "indicator words of Conflict",
        "theme_reef": "indicator words of The reef",
    }


def test_a_measure_of_both_voices_has_an_entry_for_each():
    voices = [measure.voice for measure in find(catalogue(FRAMES), "indicator_conflict")]
    assert voices == ["all", "outside", "quoted"]


def test_an_unknown_name_suggests_the_nearest():
    with pytest.raises(
        UnknownMeasure, match=re.escape("no measure 'flesh_kincaid'; did you mean flesch_kincaid")
    ):
        find(catalogue(), "flesh_kincaid")


def test_a_name_like_no_other_is_answered_with_all_names():
    with pytest.raises(UnknownMeasure, match=r"there are: ari, attributed_share, coleman_liau"):
        find(catalogue(), "zzzz")
