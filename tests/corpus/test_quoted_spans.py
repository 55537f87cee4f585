"""Quoted spans: marks are paired within a paragraph, and the voice of a sentence follows from them."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.quoted_spans import outside_and_quoted, quoted_spans, unbalanced_marks, voice_counts
from analysis.corpus.words import n_words

SHARED = Path(os.environ.get("PARALLAX_SHARED", Path(__file__).parents[2] / ".." / "shared"))
TEXT = st.text(max_size=60) | st.text(alphabet="abs S6.,!\"“”„«»‘’'″-\n", max_size=80)


def paragraphs_of(text: str) -> list[tuple[int, int]]:
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def quoted(text: str) -> list[str]:
    spans = quoted_spans(text, paragraphs_of(text))
    return [text[start:end] for start, end in zip(spans["start"], spans["end"], strict=True)]


def column(text: str, name: str) -> list:
    return quoted_spans(text, paragraphs_of(text))[name].tolist()


@settings(deadline=None)
@given(TEXT)
def test_spans_are_in_order_apart_and_inside_their_paragraph(text):
    paragraphs = paragraphs_of(text)
    end_before = 0
    for span in quoted_spans(text, paragraphs).itertuples():
        start, end = paragraphs[span.paragraph]
        assert max(start, end_before) <= span.start < span.end <= end
        end_before = span.end


@settings(deadline=None)
@given(TEXT)
def test_the_words_of_a_sentence_are_shared_out_between_the_voices(text):
    spans = quoted_spans(text, paragraphs_of(text))
    ((n, n_quoted, voice),) = voice_counts(text, [(0, len(text))], spans)
    assert n == n_words(text) and 0 <= n_quoted <= n
    assert voice == ("outside" if n_quoted == 0 else "quoted" if n_quoted == n else "mixed")
    outside, inside = outside_and_quoted(text, 0, len(text), spans)
    assert (n_words(outside), n_words(inside)) == (n - n_quoted, n_quoted)


@settings(deadline=None)
@given(st.text(alphabet="abs .,“”‘’\n", max_size=80))
def test_a_curly_mark_is_in_a_span_or_unbalanced(text):
    paragraphs = paragraphs_of(text)
    spans = quoted_spans(text, paragraphs)
    inside = {at for start, end in zip(spans["start"], spans["end"], strict=True) for at in range(start, end)}
    strays = {mark for _, mark in unbalanced_marks(text, paragraphs)}
    for at, mark in enumerate(text):
        if mark in "“”":
            assert at in inside or at in strays or (at - 1 in strays and text[at - 1] == mark)


@pytest.mark.parametrize("text", ["'as bs' ", "‘as bs’ ", "'a", "‘", "x 'ab s' "])
def test_a_paragraph_may_end_anywhere_in_a_quotation(text):
    for end in range(1, len(text) + 1):
        assert all(quoted_spans(text, [(0, end)])["end"] <= end)


@settings(deadline=None)
@given(TEXT)
def test_an_unbalanced_mark_stands_in_its_paragraph(text):
    paragraphs = paragraphs_of(text)
    for paragraph, mark in unbalanced_marks(text, paragraphs):
        assert paragraphs[paragraph][0] <= mark < paragraphs[paragraph][1]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("“We go,” he said. “Now.”", ["“We go,”", "“Now.”"]),
        ('"We go," he said. "Now."', ['"We go,"', '"Now."']),
        ("”We go,” he said, and ”stay”.", ["”We go,”", "”stay”"]),
        ('He said "we go“ and "they stay”.', ['"we go“', '"they stay”']),
        ("„Nein“, sagte er. „Ja”.", ["„Nein“", "„Ja”"]),
        ("« Oui », dit-il. »So«, sagt er.", ["« Oui »", "»So«"]),
        ("''We go,'' he said.", ["''We go,''"]),
        ('"We go, "he said.', ['"We go, "']),
        ('The pipe is 6" wide, he is 5\'11" tall.', []),
        ('"The 6" pipe burst," he said.', ['"The 6" pipe burst,"']),
        ('"It fell in 2019" he said, "and broke."', ['"It fell in 2019"', '"and broke."']),
        ('“He said ‘no’ and "never" to us,” she said.', ['“He said ‘no’ and "never" to us,”']),
        ('"It sounds “too loud” or “too sad.”"', ['"It sounds “too loud” or “too sad.”"']),
        ("the so-called “king”-maker (“Orr”)", ["“king”", "“Orr”"]),
        ("““We go,”” he said. “Now.”", ["““We go,””", "“Now.”"]),
        ('""We go,"" he said.', ['""We go,""']),
        ("“ We go ,” he said.", ["“ We go ,”"]),
        ("“We”—he paused—“go.”", ["“We”", "“go.”"]),
        ('He is 6\'2" and the 9" knife was "his".', ['"his"']),
    ],
)
def test_double_marks_are_paired_as_by_hand(text, spans):
    assert quoted(text) == spans


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("‘We want workers’ rights,’ he said.", ["‘We want workers’ rights,’"]),
        ("'Go,' he said. 'Why?'", ["'Go,'", "'Why?'"]),
        ("the 'old guard' of Kim's party", ["'old guard'"]),
        ("'tis rock 'n' roll, the workers' rights of the '90s", []),
        ("’Tis Kim’s and the workers’ day, isn’t it?", []),
        ("a 'word' alone", []),
        ("`We go now,' he said.", ["`We go now,'"]),
        ("‘It’s the ’90s again,’ said Orr.", ["‘It’s the ’90s again,’"]),
        ("He asked the players' union about 'the strike fund' again.", ["'the strike fund'"]),
        ("'He said \"no\" twice,' she said.", ["'He said \"no\" twice,'"]),
    ],
)
def test_single_marks_open_a_span_only_where_they_clearly_quote(text, spans):
    assert quoted(text) == spans


def test_speech_that_runs_on_is_a_span_in_each_paragraph_and_not_unbalanced():
    text = "He said: “We go.\n“We stay.”"
    assert quoted(text) == ["“We go.", "“We stay.”"]
    assert column(text, "closed") == [False, True]
    assert unbalanced_marks(text, paragraphs_of(text)) == []


def test_an_unclosed_mark_reaches_the_end_of_its_paragraph_and_no_further():
    text = "He said: “We go.\nShe left."
    assert quoted(text) == ["“We go."]
    assert unbalanced_marks(text, paragraphs_of(text)) == [(0, 9)]


def test_a_mark_opened_twice_ends_the_first_span():
    text = "“We go, he said. “We stay.”"
    assert quoted(text) == ["“We go, he said.", "“We stay.”"]
    assert column(text, "closed") == [False, True]
    assert unbalanced_marks(text, paragraphs_of(text)) == [(0, 0)]


def test_a_closing_mark_that_nothing_opened_opens_nothing():
    text = "“We go,” he said, and that was all.” She left."
    assert quoted(text) == ["“We go,”"]
    assert unbalanced_marks(text, paragraphs_of(text)) == [(0, text.rindex("”"))]


def test_speech_floats_where_its_paragraph_holds_nothing_else():
    assert column("“We go. We stay.”\n“We go,” he said.\n“Face the Day”", "floating") == [True, False, False]


def test_a_word_has_the_voice_of_its_first_letter():
    text = "He said “we go.” She left. “Now.”"
    spans = quoted_spans(text, [(0, len(text))])
    assert voice_counts(text, [(0, 16), (17, 26), (27, 33)], spans) == [
        (4, 2, "mixed"), (2, 0, "outside"), (1, 1, "quoted"),
    ]  # fmt: skip


def test_the_words_of_each_voice_keep_their_order():
    text = "“We go,” he said, “now.”"
    spans = quoted_spans(text, [(0, len(text))])
    assert outside_and_quoted(text, 0, len(text), spans) == ("he said,", "“We go,” “now.”")


def test_without_a_mark_the_table_is_empty_and_keeps_its_columns():
    spans = quoted_spans("She left.", [(0, 9)])
    assert spans.empty
    assert spans.columns.tolist() == ["span_id", "start", "end", "paragraph", "n_words", "closed", "floating"]
    assert voice_counts("She left.", [(0, 9)], spans) == [(2, 0, "outside")]


@pytest.mark.parametrize("unit", ["“", "“a ", '"a ', "'a ", "« "])
def test_a_hundred_thousand_characters_of_marks_take_linear_time(unit):
    text = unit * (100_000 // len(unit))
    began = time.process_time()
    quoted_spans(text, [(0, len(text))])
    assert time.process_time() - began < 10


def test_quoted_spans_of_four_words_lie_inside_hand_marked_attributions():
    path = SHARED / "gold" / "polnear_dev.jsonl"
    if not path.exists():
        pytest.skip("no gold data: set PARALLAX_SHARED")
    n_inside = n_spans = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        text = document["text"]
        marked = bytearray(len(text))
        for attribution in document["attributions"]:
            for start, end in attribution.get("content", []):
                marked[start:end] = b"\1" * (end - start)
        for span in quoted_spans(text, paragraphs_of(text)).query("n_words >= 4").itertuples():
            letters = [marked[i] for i in range(span.start, span.end) if text[i].isalnum()]
            n_inside += sum(letters) >= 0.9 * len(letters)
            n_spans += 1
    assert n_inside / n_spans >= 0.97
