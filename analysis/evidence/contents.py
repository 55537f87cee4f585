"""Contents: the words of what is said, counted inside and outside quotation marks, each word once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from analysis.corpus.words import n_words
from analysis.evidence.parsing import Span


def words_in(text: str, spans: Iterable[Span], quoted_spans: Sequence[Span]) -> tuple[int, int]:
    """Running words of `spans`, and of these those inside quotation marks."""
    outside = inside = 0
    for start, end in spans:
        outside += sum(n_words(text[a:b]) for a, b in without([(start, end)], quoted_spans))
        inside += sum(
            n_words(text[max(start, a) : min(end, b)]) for a, b in quoted_spans if a < end and start < b
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
    depth = [_depth(cue, contents) for cue in cues or [None] * len(contents)]
    taken: list[Span] = []
    for number in sorted(
        range(len(contents)), key=lambda number: (-depth[number], _length(contents[number]), number)
    ):
        counts[number] = [words_in(text, without([part], taken), quoted_spans) for part in contents[number]]
        taken = union([*taken, *contents[number]])
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
    """What of `spans` lies outside `others`, which are in order."""
    for start, end in spans:
        for a, b in others:
            if a < end and start < b:
                if start < a:
                    yield start, a
                start = max(start, b)
        if start < end:
            yield start, end


def _depth(cue: Span | None, contents: Sequence[Sequence[Span]]) -> int:
    """In how many of `contents` a cue stands."""
    return sum(cue is not None and any(a <= cue[0] < b for a, b in parts) for parts in contents)


def _length(spans: Sequence[Span]) -> int:
    return sum(end - start for start, end in spans)
