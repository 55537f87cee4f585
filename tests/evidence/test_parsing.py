"""A parse keeps the sentences it is given, and its offsets are those of the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.evidence.parsing import Parse, english, parses, plain
from tests.evidence.marked_texts import marked, parsed

TEXT = "The mayor’s dog barked.\n\n“It barks,” she said. It’s an old dog—nothing more."


def words(parse: Parse, tokens: list[int]) -> list[str]:
    return [parse.words[at] for at in tokens]


def test_offsets_are_those_of_the_text_and_marks_are_read_straight():
    parse = parsed(TEXT)
    assert parse.text == TEXT
    assert [TEXT[start:end] for start, end in parse.spans[:3]] == ["The", "mayor", "’s"]
    assert parse.words[:3] == ["The", "mayor", "'s"]
    assert [at for at, word in enumerate(parse.words) if word == '"'] == [7, 11]
    assert TEXT[slice(*parse.spans[7])] == "“"


def test_sentences_are_those_given_and_white_space_between_them_is_in_none():
    parse = parsed(TEXT)
    first, second, third = parse.sentences
    assert words(parse, list(range(*first))) == ["The", "mayor", "'s", "dog", "barked", "."]
    assert words(parse, list(range(*second)))[-3:] == ["she", "said", "."]
    assert parse.words[third[0]] == "It"
    assert parse.sentence_of[first[1]] == -1  # the blank line
    assert parse.sentence_of[second[0]] == 1


def test_a_boundary_that_no_grammar_would_draw_is_kept():
    text = "The mayor said that the ferry would sail."
    ((first, second),) = (parse.sentences for parse in parses([(text, [(0, 19), (20, len(text))])]))
    assert first == (0, 4)
    assert second == (4, 9)


def test_grammar_is_told_by_heads_and_children():
    parse = parsed("The old ferry has left.")
    left = parse.words.index("left")
    assert parse.heads[left] == left  # the root
    subject = parse.child(left, "nsubj")
    assert words(parse, parse.subtree(subject)) == ["The", "old", "ferry"]
    assert (parse.first(subject), parse.last(subject)) == (0, 2)
    assert parse.child(left, "dobj") == -1
    assert parse.lemmas[left] == "leave"


def test_a_headline_in_capitals_of_style_is_read_in_lower_case_but_for_names():
    text = "Mayor Berg Closes the Harbour Bridge for NATO Talks\n\nThe mayor, Berg, closed it."
    read = plain(text, marked(text).sentences)
    assert read == "Mayor Berg closes the harbour bridge for NATO talks\n\nThe mayor, Berg, closed it."


@pytest.mark.parametrize(
    "headline", ["The mayor closes the old bridge", "Bridge Closes", "Berg: Why We Wait For It, now"]
)
def test_another_headline_is_read_as_it_stands(headline):
    text = f"{headline}\n\nThe mayor closed it."
    assert plain(text, marked(text).sentences) == text


def test_texts_come_out_in_the_order_they_went_in():
    texts = [f"Ferry number {number} left." for number in range(40)]
    assert [parse.text for parse in parses((text, [(0, len(text))]) for text in texts)] == texts


def test_a_text_without_a_word_or_a_sentence_is_parsed_into_nothing():
    for text in ("", " \n "):
        parse = parsed(text)
        assert (parse.sentences, [at for at in parse.sentence_of if at >= 0]) == ([], [])
    (parse,) = parses([("Rain fell.", [])])
    assert parse.sentence_of == [-1, -1, -1]


def test_what_is_not_used_is_not_loaded():
    assert {"ner", "senter"}.isdisjoint(english().pipe_names)
    assert {"tagger", "parser", "lemmatizer"} <= set(english().pipe_names)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80) | st.text(alphabet="aB .\n“”’'—\u2028\xa0\ud800", max_size=80))
def test_any_text_is_parsed_inside_its_sentences(text):
    given_text = marked(text)
    parse = parsed(text)
    assert len(plain(text, given_text.sentences)) == len(text)
    assert len(parse.sentences) == len(given_text.sentences)
    n = len(parse.words)
    for column in (
        parse.spans,
        parse.lemmas,
        parse.tags,
        parse.deps,
        parse.heads,
        parse.children,
        parse.sentence_of,
    ):
        assert len(column) == n
    end = 0
    for start, after in parse.spans:
        assert end <= start < after <= len(text)
        end = after
    for at, head in enumerate(parse.heads):
        assert 0 <= head < n
        assert parse.sentence_of[at] in (parse.sentence_of[head], -1) or parse.sentence_of[head] == -1
        assert head == at or at in parse.children[head]
    for sentence, (first, last) in enumerate(parse.sentences):
        assert all(parse.sentence_of[at] == sentence for at in range(first, last))
