"""The words of contents are words of the text: each counts once, for the innermost one who said it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.words import n_words
from analysis.evidence.contents import attributed_words, part_words, touching, union, without, words_in

TEXT = "Berg said Falk had told him “the old bridge” would fall."


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


QUOTED = [span("“the old bridge”")]
OUTER, INNER = span("Falk had told him “the old bridge” would fall"), span("“the old bridge” would fall")


def test_words_are_counted_outside_and_inside_quotation_marks():
    assert words_in(TEXT, [OUTER], QUOTED) == (9, 3)


def test_a_word_of_two_contents_is_the_innermost_speakers():
    assert part_words(TEXT, [[OUTER], [INNER]], QUOTED) == [[(4, 0)], [(5, 3)]]
    assert part_words(TEXT, [[INNER], [OUTER]], QUOTED) == [[(5, 3)], [(4, 0)]]


def test_whose_cue_another_tells_is_the_innermost_one_however_long_the_content():
    text = "“It is old,” Berg told Falk, according to the Wire. “It will fall. It will.”"
    first, all_of_it = text.index(" Berg"), text.index(", according")
    whole = [(0, first), (text.index("“It will"), len(text))]
    told, wire = (text.index("told"), text.index(" Falk")), (all_of_it + 2, text.index(" the Wire"))
    quoted = [(0, first), whole[1]]
    assert part_words(text, [whole, [(0, all_of_it)]], quoted, [told, wire]) == [[(3, 3), (5, 5)], [(3, 0)]]
    assert part_words(text, [whole, [(0, all_of_it)]], quoted) == [[(0, 0), (5, 5)], [(6, 3)]]


def test_the_same_content_twice_counts_once():
    assert part_words(TEXT, [[INNER], [INNER]], QUOTED) == [[(5, 3)], [(0, 0)]]


def test_attributed_words_are_those_outside_marks_once_a_sentence():
    assert attributed_words(TEXT, [(0, OUTER), (0, INNER)], 1, QUOTED) == [6]


def test_no_content_has_no_words():
    assert words_in(TEXT, [], QUOTED) == (0, 0)
    assert part_words(TEXT, [], QUOTED) == []
    assert attributed_words(TEXT, [], 2, QUOTED) == [0, 0]


SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda ends: (min(ends), max(ends) + 1)), max_size=6
)


@given(SPANS, SPANS)
def test_what_is_left_and_what_is_taken_away_never_meet(spans, others):
    left = union(without(spans, union(others)))
    covered = {at for start, end in spans for at in range(start, end)}
    taken = {at for start, end in others for at in range(start, end)}
    assert {at for start, end in left for at in range(start, end)} == covered - taken


@given(SPANS, st.integers(0, 60), st.integers(1, 9))
def test_spans_that_touch_share_a_character(spans, start, length):
    apart = union(spans)
    end = start + length
    assert list(touching(apart, start, end)) == [(a, b) for a, b in apart if a < end and start < b]


@given(st.lists(st.sampled_from(["a", "bc", "“d", "e”", "f."]), min_size=1, max_size=30), st.data())
def test_parts_on_the_borders_of_words_add_up_to_the_words_they_cover(words, data):
    text = " ".join(words)
    starts = [0, *(at + 1 for at, sign in enumerate(text) if sign == " "), len(text) + 1]
    border = st.integers(0, len(starts) - 1)
    contents = data.draw(st.lists(st.tuples(border, border), max_size=5))
    spans = [(starts[min(ends)], max(starts[max(ends)] - 1, starts[min(ends)])) for ends in contents]
    counts = part_words(text, [[one] for one in spans], [])
    assert sum(n for parts in counts for n, _ in parts) == sum(n_words(text[a:b]) for a, b in union(spans))
