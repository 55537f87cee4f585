"""Alignments: sentences of two texts that say the same, word for word or edited.

Sentences are compared as lists of words, in lower case and without punctuation. Identical ones are paired
first, in reading order; what is left is paired best first, each sentence once. Order is free: what an editor
moved is still found. A sentence that was split in two is paired with the longer half at most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz.distance import Indel

Words = tuple[str, ...]

# In unrelated news texts 1 in 200 pairs of sentences that share a run of three words are this similar, most of
# them set phrases (“did not respond to requests for comment”); in versions of one story nearly all that are say
# the same.
EDITED = 0.5
MIN_WORDS = 6  # a shorter sentence is paired only where it is identical: “He did not say why.”
RUN = 3  # words in a row that two sentences share before they are compared
MOST_PLACES = 20  # a run in more sentences than that says nothing of which two belong together


def align(a: Sequence[Words], b: Sequence[Words]) -> list[tuple[int, int, float]]:
    """Pair the sentences of `a` with those of `b`: (index in a, index in b, similarity 0–1), in order of `a`.

    Similarity is twice the words both have, in the same order, by the words of both (1: the same words).
    """
    pairs = _identical(a, b)
    found_a, found_b = {i for i, _ in pairs}, {j for _, j in pairs}
    left_a = {i: words for i, words in enumerate(a) if i not in found_a and len(words) >= MIN_WORDS}
    left_b = {j: words for j, words in enumerate(b) if j not in found_b and len(words) >= MIN_WORDS}
    near = [
        (-similar, abs(i / len(a) - j / len(b)), i, j)
        for i, j in _candidates(left_a, left_b)
        if (similar := similarity(left_a[i], left_b[j])) >= EDITED
    ]
    edited = []
    for similar, _, i, j in sorted(near):
        if i in left_a and j in left_b:
            edited.append((i, j, -similar))
            del left_a[i], left_b[j]
    return sorted([*((i, j, 1.0) for i, j in pairs), *edited])


def similarity(a: Words, b: Words) -> float:
    """Twice the longest common subsequence of words by the words of both: 0 nothing shared, 1 the same."""
    return Indel.normalized_similarity(a, b)


def _identical(a: Sequence[Words], b: Sequence[Words]) -> list[tuple[int, int]]:
    """Pairs of sentences of the same words; the first of `a` with the first of `b`, and so on."""
    places: dict[Words, list[int]] = defaultdict(list)
    for j in range(len(b) - 1, -1, -1):
        places[b[j]].append(j)
    return [(i, places[words].pop()) for i, words in enumerate(a) if words and places.get(words)]


def _candidates(a: dict[int, Words], b: dict[int, Words]) -> list[tuple[int, int]]:
    """Pairs of sentences that share a run of words, by an index of the runs of `b`."""
    places: dict[Words, list[int]] = defaultdict(list)
    for j, words in b.items():
        for run in _runs(words):
            places[run].append(j)
    found = []
    for i, words in a.items():
        near: set[int] = set()
        for run in _runs(words):
            if run in places and len(at := places[run]) <= MOST_PLACES:
                near.update(at)
        found += [(i, j) for j in sorted(near)]
    return found


def _runs(words: Words) -> set[Words]:
    return {words[i : i + RUN] for i in range(len(words) - RUN + 1)}
