"""Shingles: the runs of five words of each document's body, and how many of them two documents share.

Words are compared in lower case and without punctuation (“co-operate” is “cooperate”, “U.S.” is “US”). The
headline is left out: it is often the republisher's. Counts are exact: each shingle that stands in several
texts adds one to their pairs, so that the cost grows with what is shared, and texts that share nothing cost
nothing. At the size of a story nothing need be approximated (MinHash).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from sys import intern

import numpy as np
import pandas as pd

from analysis.corpus.words import word_spans

LENGTH = 5  # words of a shingle
BLOCK = 1000  # documents whose pairs are counted at a time
ANY_MARK = re.compile('[“”„«»"]')
LONGEST_SPEECH = 8000  # characters that one pair of marks may hold
NOT_A_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Wording:
    """The body of a document: its words, the sentence (row number) and voice of each, the ids of its sentences."""

    words: list[str]
    row: list[int]
    is_quoted: np.ndarray
    sentence_ids: list[int]

    @cached_property
    def sentences(self) -> list[tuple[str, ...]]:
        """The words of each sentence."""
        return self._listed(np.zeros(len(self.words), dtype=bool))

    @cached_property
    def sentences_outside(self) -> list[tuple[str, ...]]:
        """Those of them outside quotation marks."""
        return self._listed(self.is_quoted)

    def _listed(self, is_left_out: np.ndarray) -> list[tuple[str, ...]]:
        listed: list[list[str]] = [[] for _ in self.sentence_ids]
        for word, row, is_out in zip(self.words, self.row, is_left_out.tolist(), strict=True):
            if not is_out:
                listed[row].append(word)
        return [tuple(words) for words in listed]


def wordings(
    texts: Mapping[str, str], sentences: pd.DataFrame, quoted_spans: pd.DataFrame
) -> dict[str, Wording]:
    """doc_id -> the wording of its body, of the documents that have a word. A word is quoted if its first letter is."""
    spans = dict(iter(quoted_spans.groupby("doc_id", sort=False)))
    found = {}
    for doc_id, own in sentences[sentences["part"] == "body"].groupby("doc_id", sort=False):
        words, rows, places = [], [], []
        for row, (start, end) in enumerate(zip(own["start"], own["end"], strict=True)):
            sentence = texts[doc_id][start:end]
            for first, last in word_spans(sentence):
                word, before = _bare(sentence[first:last])
                if word:
                    words.append(word)
                    rows.append(row)
                    places.append(start + first + before)
        if words:
            is_quoted = _is_inside(np.array(places), spans.get(doc_id))
            for first, last in _run_on(texts[doc_id], spans.get(doc_id)):
                is_quoted |= (np.array(places) >= first) & (np.array(places) < last)
            found[doc_id] = Wording(words, rows, is_quoted, own["sentence_id"].to_list())
    return found


@lru_cache(maxsize=2**14)
def _bare(token: str) -> tuple[str, int]:
    """A running word as shingles have it, and how many marks open before it."""
    # Most words stand in many texts: one string serves them all.
    return intern(NOT_A_WORD.sub("", token.lower())), len(token) - len(token.lstrip("\"“”„‟«»'‘’`([{<*"))


def _run_on(text: str, spans: pd.DataFrame | None) -> Iterator[tuple[int, int]]:
    """What follows a span that its paragraph does not close, up to the closing mark of a later paragraph.

    For voices a mark is paired within its paragraph, since one that was lost would cost the whole text. Whether two
    texts are one is another question: a speech that both print is no sign of it.
    """
    for end in [] if spans is None else spans.loc[~spans["closed"], "end"]:
        mark = ANY_MARK.search(text, end, end + LONGEST_SPEECH)
        is_closing = mark and (mark[0] in "”»" or (mark[0] == '"' and not text[mark.start() - 1].isspace()))
        if is_closing and mark.start() > end:
            yield int(end), mark.start()


def _is_inside(places: np.ndarray, spans: pd.DataFrame | None) -> np.ndarray:
    if spans is None:
        return np.zeros(len(places), dtype=bool)
    last = np.searchsorted(spans["start"].to_numpy(), places, side="right") - 1
    return (last >= 0) & (places < spans["end"].to_numpy()[last])


def shared_shingles(texts: list[Wording]) -> Iterator[tuple[int, int, int, int, int, int]]:
    """Yield every pair of `texts` with a common shingle, in order.

    (number of the first, of the second; shingles shared, of how many in the one that has fewer; the same of
    shingles wholly outside quotation marks). A shingle counts once a text; a text under five words has one.
    """
    n, (text, shingle, is_outside) = len(texts), _shingles(texts)
    everywhere = np.unique(shingle * n + text)  # by shingle, then by text
    outside = np.unique((shingle * n + text)[is_outside])
    n_all, n_outside = (np.bincount(found % max(n, 1), minlength=n) for found in (everywhere, outside))
    for first in range(0, n, BLOCK):
        shared, shared_outside = (_counts(found, first, n) for found in (everywhere, outside))
        for row, b in np.argwhere(shared).tolist():
            a = first + row
            of, of_outside = min(n_all[a], n_all[b]), min(n_outside[a], n_outside[b])
            yield a, b, int(shared[row, b]), int(of), int(shared_outside[row, b]), int(of_outside)


def _counts(found: np.ndarray, first: int, n: int) -> np.ndarray:
    """How many shingles each text of the block that begins with `first` shares with each later one of `n`.

    Of `found` (shingle * n + text, sorted) entries next to each other are compared, then those two apart, and
    so on: what belongs to one shingle stands together.
    """
    shingle, text = np.divmod(found, max(n, 1))
    counts = np.zeros((min(BLOCK, n - first), n), dtype=np.int32)
    at = np.flatnonzero((text >= first) & (text < first + BLOCK))
    gap = 1
    while len(at := at[at < len(found) - gap]):
        at = at[shingle[at] == shingle[at + gap]]
        np.add.at(counts, (text[at] - first, text[at + gap]), 1)
        gap += 1
    return counts


def _shingles(texts: list[Wording]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The shingles of all texts, each as (text, number of the shingle, whether it is wholly outside marks).

    Runs are numbered exactly: two words by their pair of numbers, four by two twos, five by a four and a word.
    """
    padded = [(own.words + [""] * (LENGTH - len(own.words)), own.is_quoted) for own in texts]
    text = np.repeat(np.arange(len(texts)), [len(words) for words, _ in padded])
    known: dict[str, int] = {}
    word = np.array(
        [known.setdefault(one, len(known)) for words, _ in padded for one in words], dtype=np.int64
    )
    quoted = [np.append(own, np.zeros(len(words) - len(own), dtype=bool)) for words, own in padded]
    is_quoted = np.concatenate(quoted) if quoted else np.zeros(0, dtype=bool)
    two = _numbered(word[:-1], word[1:])
    run = _numbered(_numbered(two[:-2], two[2:])[:-1], word[LENGTH - 1 :])
    n_quoted = np.convolve(is_quoted, np.ones(LENGTH, dtype=int), "valid") if len(word) else np.zeros(0, int)
    is_whole = text[: len(run)] == text[LENGTH - 1 :]
    return text[: len(run)][is_whole], run[is_whole], (n_quoted == 0)[is_whole]


def _numbered(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """A number for each different pair of numbers."""
    return np.unique(a * (int(b.max(initial=0)) + 1) + b, return_inverse=True)[1]
