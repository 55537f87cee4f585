"""Contents: the words of what is said, counted inside and outside quotation marks, each word once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from analysis.corpus.words import n_words
from analysis.evidence.parsing import Span


def words_in(text: str, spans: Iterable[Span], quoted_spans: Sequence[Span]) -> tuple[int, int]:
    """Running words of `spans`, and of these those inside `quoted_spans`, which are in order and apart."""
    outside = inside = 0
    for start, end in spans:
        outside += sum(n_words(text[a:b]) for a, b in without([(start, end)], quoted_spans))
        inside += sum(
            n_words(text[max(start, a) : min(end, b)]) for a, b in touching(quoted_spans, start, end)
        )
    return outside + inside, inside


def part_words(
    text: str,
    contents: Sequence[Sequence[Span]],
    quoted_spans: Sequence[Span],
    cues: Sequence[Span | None] | None = None,
) -> list[list[tuple[int, int]]]:
    """Of each part of each content its words and its quoted words, as `words_in` gives them.

    A word that stands in several contents, of somebody who tells what another said, is the innermost one's: that whose cue
    stands in most of the others' contents, then the shortest. So the words of all parts add up to words of the text.
    `cues` has one span a content, or None where it has no cue.
    """
    counts: list[list[tuple[int, int]]] = [[] for _ in contents]
    depth = _depths(contents, cues or [None] * len(contents))
    taken: list[Span] = []
    for number in sorted(
        range(len(contents)), key=lambda number: (-depth[number], _length(contents[number]), number)
    ):
        counts[number] = [words_in(text, without([part], taken), quoted_spans) for part in contents[number]]
        for part in contents[number]:
            _take(taken, part)
    return counts


def attributed_words(
    text: str,
    placed: Iterable[tuple[int, Span]],
    n_sentences: int,
    quoted_spans: Sequence[Span],
) -> list[int]:
    """Of each sentence how many words outside quotation marks lie in the `placed` parts of contents.

    `placed` are (number of the sentence, span); a word of several contents counts once.
    """
    parts: dict[int, list[Span]] = {}
    for sentence, part in placed:
        parts.setdefault(sentence, []).append(part)
    counts = [0] * n_sentences
    for sentence, own in parts.items():
        counts[sentence] = sum(n_words(text[start:end]) for start, end in without(union(own), quoted_spans))
    return counts


def union(spans: Iterable[Span]) -> list[Span]:
    """Spans as they cover the text, overlapping ones as one, in order."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def without(spans: Iterable[Span], others: Sequence[Span]) -> Iterator[Span]:
    """What of `spans` lies outside `others`, which are in order and apart."""
    for start, end in spans:
        for a, b in touching(others, start, end):
            if start < a:
                yield start, a
            start = max(start, b)
        if start < end:
            yield start, end


def touching(spans: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """Those of `spans`, which are in order and apart, that share a character with `start` to `end`."""
    return spans[slice(*_place(spans, start, end))]


def _place(spans: Sequence[Span], start: int, end: int) -> tuple[int, int]:
    """Where in `spans` those stand that share a character with `start` to `end`: the first, and the one after the last."""
    first = bisect_right(spans, (start, start))
    if first and spans[first - 1][1] > start:
        first -= 1
    return first, max(first, bisect_left(spans, (end, end)))


def _take(taken: list[Span], span: Span) -> None:
    """Add `span` to those `taken`, which stay in order and apart."""
    first, last = _place(taken, *span)
    own = [span, *taken[first:last]]
    taken[first:last] = [(min(start for start, _ in own), max(end for _, end in own))]


def _depths(contents: Sequence[Sequence[Span]], cues: Sequence[Span | None]) -> list[int]:
    """In how many of `contents` each cue stands; the parts of one content do not overlap."""
    starts = sorted(start for parts in contents for start, _ in parts)
    ends = sorted(end for parts in contents for _, end in parts)
    return [bisect_right(starts, cue[0]) - bisect_right(ends, cue[0]) if cue else 0 for cue in cues]


def _length(spans: Sequence[Span]) -> int:
    return sum(end - start for start, end in spans)
