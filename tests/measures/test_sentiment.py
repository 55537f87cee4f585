"""Valence is scored sentence by sentence, each voice for itself, names masked and unmasked."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.evidence.names import listed_names, mask, masked_spans
from analysis.measures.sentiment import MIN_WORDS
from analysis.measures.valence import valence

# VADER's lexicon rates "great" 3.1 and "terrible" −2.1; a sum s becomes s / sqrt(s² + 15).
GREAT = 3.1 / (3.1**2 + 15) ** 0.5
TERRIBLE = -2.1 / (2.1**2 + 15) ** 0.5

OUTSIDE = [
    "The new quay is a great success for the island.",
    "Crews described terrible damage along the sea wall.",
    "The ferry left the port at noon with forty people.",
    "The council adopted the report after a short debate.",
    "Several residents welcomed the generous help from the mainland.",
    "A storm destroyed two boats and injured a young sailor.",
    "The engineers will return in the first week of spring.",
    "Prices of fish rose a little over the winter months.",
    "The harbour office published its figures on the first day.",
    "The repairs are expected to take most of the summer.",
]
QUOTED = ["“This is a wonderful day and we love it,” she said.", "“It was a horrible mistake,” he said."]


def article(paragraphs: list[str]) -> str:
    return "\n\n".join(["Harbour report is published", *paragraphs]) + "\n"


def body(measures, doc_id: str = "a"):
    rows = measures.sentences
    return rows[(rows["doc_id"] == doc_id) & (rows["part"] == "body")].reset_index(drop=True)


def value(measures, name: str, doc_id: str) -> float:
    rows = measures.estimates
    return rows[(rows["measure"] == name) & (rows["doc_id"] == doc_id)]["value"].item()


def test_a_sentence_scores_what_its_words_are_rated():
    assert valence("The view is great.") == pytest.approx(GREAT, abs=1e-4)
    assert valence("The ferry left at noon.") == 0


def test_each_voice_of_a_sentence_is_scored_for_itself(measured):
    # Between the marks stand the five words "This was a great day", outside "said the terrible old man".
    paragraphs = [*OUTSIDE, "“This was a great day,” said the terrible old man."]
    row = body(measured(a=article(paragraphs))).iloc[-1]
    assert row["compound_quoted"] == pytest.approx(GREAT, abs=1e-4)
    assert row["compound_outside"] == pytest.approx(TERRIBLE, abs=1e-4)
    assert (row["n_sentiment_words_quoted"], row["n_sentiment_words_outside"]) == (1, 1)


def test_a_bare_attribution_has_no_valence(measured):
    row = body(measured(a=article([*OUTSIDE, "“This was a great day,” Kim said."]))).iloc[-1]
    assert np.isnan(row["compound_outside"])
    assert np.isnan(row["compound_outside_unmasked"])
    assert row["compound_quoted"] == pytest.approx(GREAT, abs=1e-4)


def test_below_four_words_of_a_voice_nothing_is_scored(measured):
    assert MIN_WORDS == 4
    rows = body(measured(a=article([*OUTSIDE, "What great luck. What great good luck."])))
    assert np.isnan(rows["compound_outside"].iloc[-2])
    assert rows["compound_outside"].iloc[-1] > 0


def test_equal_valence_and_another_quoted_share_is_no_difference(measured):
    """Quotation around the same outside sentences moves neither valence outside nor its coverage."""
    little = [*OUTSIDE, QUOTED[0]]
    much = [paragraph for sentence in OUTSIDE for paragraph in (sentence, QUOTED[0], QUOTED[1])]
    few, many = (
        measured(little=article(little)),
        measured(much=article(much)),
    )  # apart: together they are one text
    assert value(many, "quoted_share", "much") > 3 * value(few, "quoted_share", "little")
    for name in ("sentiment_outside", "sentiment_outside_unmasked", "sentiment_coverage_outside"):
        assert value(many, name, "much") == pytest.approx(value(few, name, "little"), abs=1e-12)


def test_house_style_of_a_name_does_not_part_two_copies(measured):
    pair = ["The United States responded.", "The U.S. responded."]
    rows = body(measured(a=article([*OUTSIDE, *(f"{one[:-1]} to it." for one in pair)]))).iloc[-2:]
    assert rows["compound_outside"].to_list() == [0, 0]
    # "united" is rated 1.8: what masking is for
    assert rows["compound_outside_unmasked"].to_list() == pytest.approx(
        [1.8 / (1.8**2 + 15) ** 0.5, 0], abs=1e-4
    )


@pytest.mark.parametrize("sentence", ["The United States responded.", "The U.S. responded."])
def test_a_country_has_no_valence_under_any_of_its_names(sentence):
    spans = masked_spans(sentence, [(0, len(sentence))], listed_names())
    assert valence(mask(sentence, spans)) == 0


def test_a_masked_word_is_listed_and_not_counted(measured):
    measures = measured(a=article([*OUTSIDE, "The United States responded to the terrible storm."]))
    hits = measures.sentiment_hits[measures.sentiment_hits["sentence_id"] == len(OUTSIDE) + 1]
    assert dict(zip(hits["word"], hits["is_masked"], strict=True)) == {"united": True, "terrible": False}
    assert body(measures)["n_sentiment_words_outside"].iloc[-1] == 1


def test_a_mean_is_weighted_by_words(measured):
    # Twenty words of valence 0 and five of "great": the mean of the whole is a fifth of that of the short one.
    neutral = "The ferry left the port at noon with forty people and came back at six with all of them again."
    assert len(neutral.split()) == 20
    paragraphs = [neutral, "The view was great today."] * 5
    measures = measured(a=article(paragraphs))
    assert value(measures, "sentiment_outside", "a") == pytest.approx(GREAT / 5, abs=1e-4)
    assert value(measures, "sentiment_coverage_outside", "a") == 50
