"""Names are masked before valence is scored; what begins a sentence is masked only when listed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from analysis.evidence.names import listed_names, mask, masked_spans

VADER = SentimentIntensityAnalyzer()
STORY = {
    "actors": [{"id": "t", "name": "Mercy Trust", "aliases": ["the Trust", "Kim Jong Un", "Kim Jong-un"]}],
    "contested": [{"id": "w", "label": "w", "names": [{"name": "war", "entries": ["war", "holy war"]}]}],
    "story_terms": ["fired", "defense"],
}


@pytest.fixture(scope="module")
def listed():
    return listed_names(STORY)


def masked(text: str, listed) -> str:
    return mask(text, masked_spans(text, [(0, len(text))], listed))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The United States responded.", "The xxxxxx xxxxxx responded."),
        ("The U.S. responded.", "The x.x. responded."),
        ("U.N. Security Council members met.", "x.x. xxxxxxxx xxxxxxx members met."),
        ("United Nations aid came.", "xxxxxx xxxxxxx aid came."),
        ("UNITED NATIONS aid came.", "xxxxxx xxxxxxx aid came."),
        (
            "It met Gov. Joy Best-Hope of the Party for Peace and Freedom today.",
            "It met xxx. xxx xxxx-xxxx xx xxx xxxxx xxx xxxxx xxx xxxxxxx today.",
        ),
        ("Great news came from Great Falls.", "Great news came from xxxxx xxxxx."),
        ("They won, I think, and I\u2019m glad.", "They won, I think, and I\u2019m glad."),
        ("He said “Great work in Hope Town”.", "He said “Great work in xxxx xxxx”."),
        ("One thing is clear: Victory is near.", "One thing is clear: Victory is near."),
        ("Why? Good question for Joy.", "Why? Good question for xxx."),
        ("THIS IS A GREAT WIN FOR KIM JONG UN", "THIS IS A GREAT WIN FOR xxx xxxx xx"),
        ("Anger and Hope as Town Fears Great Flood", "Anger and Hope as Town Fears Great Flood"),
        ("It was fired in war, the defense chief said.", "It was xxxxx in xxx, the xxxxxxx chief said."),
        ("Mercy Trust gave thanks.", "xxxxx xxxxx gave thanks."),
        ("Mercy came late.", "Mercy came late."),
        ("The hope of turkey and chad alike.", "The hope of turkey and chad alike."),
        ("Kim Jong-un\u2019s gift.", "xxx xxxx-xx\u2019s gift."),
        ("75 Years of Friendship were over for Mr. Joy.", "75 xxxxx xx xxxxxxxxxx were over for xx. xxx."),
    ],
)
def test_names_are_masked_and_words_are_not(text, expected, listed):
    assert masked(text, listed) == expected


@pytest.mark.parametrize(
    "text", ["The United States responded.", "The U.S. responded.", "The U.N. Security Council met."]
)
def test_house_style_no_longer_parts_the_valence_of_two_outlets(text, listed):
    assert VADER.polarity_scores(masked(text, listed))["compound"] == 0


def test_the_first_word_is_that_of_each_sentence(listed):
    text = "They met. Great news from Joy. Joy left."
    spans = masked_spans(text, [(0, 9), (10, 30), (31, 40)], listed)
    assert mask(text, spans) == "They met. Great news from xxx. Joy left."


def test_spans_are_in_order_and_apart(listed):
    text = "He met Kim Jong Un of Mercy Trust and the U.N. Security Council of the United Nations in London."
    spans = masked_spans(text, [(0, len(text))], listed)
    assert all(end < start for (_, end), (start, _) in pairwise(spans))


def test_bundled_names_serve_without_a_story():
    assert masked("United Nations aid came.", listed_names()) == "xxxxxx xxxxxxx aid came."


@pytest.mark.parametrize("masked_word", ["x", "xx", "xxx", "x.x.", "xxx\u2019x", "xx-xxx", ":xx", "(xxxx)"])
def test_a_mask_has_no_valence(masked_word):
    assert VADER.polarity_scores(f"They saw {masked_word} there")["compound"] == 0
    with_name, without = (VADER.polarity_scores(f"a good day {word} there") for word in (masked_word, "now"))
    assert with_name["compound"] == without["compound"]


@given(st.text(max_size=80), st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), max_size=4))
def test_a_mask_keeps_length_white_space_and_marks(text, spans):
    spans = [(min(pair), max(pair)) for pair in spans]
    result = mask(text, spans)
    assert len(result) == len(text)
    assert all(new == old or (old.isalnum() and new == "x") for new, old in zip(result, text, strict=True))
    assert mask(result, spans) == result


@given(st.text(alphabet='AbC dE.,:\u201c\u2019"-\n1', max_size=60))
def test_any_text_can_be_masked(text):
    spans = masked_spans(text, [(0, len(text))], listed_names({}, []))
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
