"""A finding says what a difference shows and no more, of copies unless episodes carry it."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.comparison.findings import finding, interval, number, of_outlets, told, unit_of
from analysis.measures.catalogue import catalogue, find

LABELS = {"a-1": "Wire, late", "b-1": "The Daily", "wire": "The Wire", "daily": "The Daily"}
MEASURES = catalogue({"themes": {"reef": "The reef"}})
FORBIDDEN = re.compile(
    r"\b(emphasi[sz]|downplay|ignor|omit|omission|bias|slant|favou?r|hide|hid|conceal|manipulat|want|intend)",
    re.IGNORECASE,
)


def row(value: float = 6.0, reach: float = 4.0, scope: str = "copy", **more) -> dict:
    return {
        "doc_id_a": "" if scope == "outlet" else "a-1",
        "doc_id_b": "" if scope == "outlet" else "b-1",
        "outlet_a": "wire",
        "outlet_b": "daily",
        "value": value,
        "low_family": value - reach,
        "high_family": value + reach,
        "detectable": reach,
        "is_clear": abs(value) > reach,
        "scope": scope,
        "reason": "",
    } | more


def said(name: str = "words_per_sentence", **about) -> str:
    return finding(row(**about), find(MEASURES, name)[0], LABELS)


def test_a_clear_difference_is_clear_in_these_copies():
    assert said() == (
        "The copy of Wire, late: words per sentence higher than in that of The Daily, "
        "by 6.0 words (2.0 to 10.0); clear in these copies."
    )


def test_a_lower_value_is_said_with_a_positive_figure():
    assert said(value=-6.0) == (
        "The copy of Wire, late: words per sentence lower than in that of The Daily, "
        "by 6.0 words (2.0 to 10.0); clear in these copies."
    )


def test_what_is_not_clear_is_too_little_text_to_tell():
    assert said(value=3.0) == (
        "Wire, late and The Daily, words per sentence: too little text to tell; "
        "smaller differences than 4.0 words would not show."
    )


def test_what_is_not_clear_of_outlets_is_too_few_episodes_to_tell():
    assert said(value=3.0, scope="outlet") == (
        "The Wire and The Daily, words per sentence: too few episodes for so small a difference; "
        "smaller differences than 4.0 words would not show."
    )


@pytest.mark.parametrize(
    ("name", "reach", "words"),
    [
        ("sentiment_quoted", 0.8, "smaller differences than 0.80 would not show"),
        ("sentiment_quoted", 1.24, "only a difference of more than half the scale could show"),
        ("sentiment_quoted", 2.08, "no difference could show"),  # of means from −1 to 1
        ("quoted_share", 100.0, "no difference could show"),
        ("words_per_sentence", 140.0, "smaller differences than 140.0 words would not show"),
    ],
)
def test_a_difference_there_cannot_be_is_not_printed_as_a_bound(name, reach, words):
    assert said(name, value=0.1, reach=reach).endswith(f"too little text to tell; {words}.")


def test_an_interval_is_printed_as_far_as_there_can_be_a_difference():
    measure = find(MEASURES, "sentiment_quoted")[0]
    assert interval(row(value=0.5, reach=1.8), measure) == "0.50 (−1.30 to 2.00)"


def test_findings_are_told_in_one_scope():
    table = pd.DataFrame([row(), row(scope="copy (runs of three sentences)"), row(scope="outlet")])
    assert of_outlets(table) and told(table)["scope"].to_list() == ["outlet"]
    copies = table[table["scope"] != "outlet"]
    assert not of_outlets(copies) and len(told(copies)) == 2


def test_no_figure_is_said_with_its_reason():
    nan = float("nan")
    text = said(
        value=nan, low_family=nan, is_clear=False, reason="b-1: too little text: 68 words, 100 needed"
    )
    assert text == "Wire, late and The Daily, words per sentence: b-1: too little text: 68 words, 100 needed."


def test_a_sentence_about_outlets_needs_episodes():
    text = said(scope="outlet")
    assert text == (
        "The Wire: words per sentence higher than in The Daily, by 6.0 words (2.0 to 10.0); "
        "over the episodes both cover."
    )
    assert "clear in these copies" not in text


def test_a_difference_of_percentages_is_in_percentage_points():
    assert "by 6.0 percentage points (2.0 to 10.0)" in said("quoted_share")
    assert unit_of(find(MEASURES, "sentiment_outside")[0]) == ""


def test_a_figure_has_a_true_minus_and_no_negative_zero():
    assert (number(-1234.56, 1), number(-0.04, 1), number(0.123, 2)) == ("−1,234.6", "0.0", "0.12")


@given(
    measure=st.sampled_from([measure for measure in MEASURES if measure.is_headline]),
    value=st.floats(-100, 100),
    reach=st.floats(0.001, 100),
    scope=st.sampled_from(["copy", "copy (runs of three sentences)"]),
)
def test_a_finding_about_copies_has_no_outlet_as_subject_and_ascribes_nothing(measure, value, reach, scope):
    text = finding(row(value=value, reach=reach, scope=scope), measure, LABELS)
    assert not FORBIDDEN.search(text)
    assert ("clear in these copies" in text) == (abs(value) > reach)
    assert text.startswith("The copy of ") == (abs(value) > reach)
    assert "the episodes" not in text


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: f"{measure.name}-{measure.voice}")
def test_no_label_or_direction_of_a_measure_ascribes_intent(measure):
    assert not FORBIDDEN.search(f"{measure.label} {measure.higher} {measure.unit}")
