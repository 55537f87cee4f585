"""What is accepted as an attribution follows from weights that can be read, one a feature."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.evidence.attribution.acceptance import features, fitted, scores, weights
from analysis.evidence.attribution.candidates import candidates
from analysis.evidence.attribution.cues import classes
from analysis.evidence.attribution.layout import layout
from tests.evidence.marked_texts import marked, parsed

UNLISTED_LEMMAS = {"accord", "per", "in", "by"}  # of constructions that need no list, and of adverbs


def described(text: str, construction: str) -> set[str]:
    """The features of the one candidate of `text` with `construction`, as it stands after a headline."""
    text = f"Harbour\n\n{text}"
    parse, given_text = parsed(text), marked(text)
    placed = layout(parse, given_text.quoted_spans, given_text.paragraphs)
    (one,) = [one for one in candidates(parse) if one.construction == construction]
    return set(features(parse, one, placed.quoted, {}))


def test_a_score_is_the_logistic_function_of_the_summed_weights():
    learnt = {"a": math.log(3), "b": -math.log(3)}
    assert scores([["a"], ["b"], ["a", "b"], [], ["unknown"]], learnt) == pytest.approx(
        [0.75, 0.25, 0.5, 0.5, 0.5]
    )


def test_the_weights_that_ship_have_a_threshold_and_name_cues_that_are_listed():
    learnt = weights()
    assert 0 < learnt["threshold"] < 1
    assert all(math.isfinite(value) for value in learnt.values())
    lemmas = {name.removeprefix("lemma ") for name in learnt if name.startswith("lemma ")}
    assert len(lemmas) > 100
    adverbs = {lemma for lemma in lemmas if lemma.endswith("ly")}
    assert lemmas - set(classes()) - UNLISTED_LEMMAS - adverbs == set()


def test_a_paraphrase_has_the_features_that_are_seen_in_it():
    found = described("The mayor said that the old bridge would close.", "that")
    assert {
        "always",
        "that",
        "neutral",
        "that neutral",
        "lemma say",
        "source noun",
        "cue VBD",
        "cue is ROOT",
    } <= found
    assert "content 4-8" in found  # that the old bridge would close: six
    assert found.isdisjoint(
        {"negated", "modal", "question", "cue quoted", "content quoted", "headline", "content before"}
    )


@pytest.mark.parametrize(
    ("text", "construction", "expected"),
    [
        ("She denied the report.", "object", {"source he", "criticism", "content 2-3", "object content NN"}),
        ("Anna Berg denied the report.", "object", {"source name"}),
        ("We deny the report.", "object", {"source i"}),
        ("Officials denied the report.", "object", {"source nouns"}),
        ("The mayor did not say that the bridge would close.", "that", {"negated"}),
        ("The mayor would say that the bridge is old.", "that", {"modal"}),
        ("Did the mayor say that the bridge is old?", "that", {"question"}),
        ("The bridge will close, the mayor said.", "fronted", {"content before"}),
        ("The mayor said the bridge was “old and tired and unsafe”.", "finite", {"content partly quoted"}),
        ("“The mayor said that the bridge is old,” she added.", "that", {"cue quoted"}),
    ],
)
def test_how_a_cue_stands_is_a_feature(text, construction, expected):
    assert expected <= described(text, construction)


def test_no_word_of_the_content_or_the_source_is_a_feature():
    found = described("The harbourmaster said that the drawbridge would topple.", "that")
    told = " ".join(found).lower()
    assert not any(word in told for word in ("harbourmaster", "drawbridge", "topple"))


def test_weights_solve_the_equation_of_ridge_regression():
    rows = [["always", "a"]] * 6 + [["always", "b"]] * 6
    truth = [True] * 5 + [False] + [False] * 4 + [True] * 2
    learnt = fitted(rows, truth, ridge=4.0, rarest=5)
    assert set(learnt) == {"always", "a", "b"}
    p = np.array(scores(rows, learnt))
    for name, value in learnt.items():  # where the likelihood is highest, its slope is that of the penalty
        slope = sum(
            (is_one - score) for names, is_one, score in zip(rows, truth, p, strict=True) if name in names
        )
        assert slope == pytest.approx(4.0 * value, abs=1e-5)
    assert learnt["a"] > 0 > learnt["b"]


def test_a_feature_seen_too_rarely_has_no_weight():
    rows = [["always"]] * 8 + [["always", "rare"]] * 4
    assert set(fitted(rows, [True, False] * 6, rarest=5)) == {"always"}
