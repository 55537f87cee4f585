"""Terms: every word type of a copy with how often and in how many paragraphs it stands, outside and inside quotation marks apart.

Words that spelling alone parts (defence, defense) are one term, shown as most copies write it. Names and the story's own terms are marked:
that a copy names one man oftener than another is a matter of who is in it, not of words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import pandas as pd

from analysis.corpus.quoted_spans import Edges, Span, edges_by_document, is_inside, is_touched
from analysis.corpus.words import word_spans
from analysis.evidence.content_words import american, plain_words
from analysis.tables import TERMS


def terms(
    texts: Mapping[str, str],
    sentences: pd.DataFrame,
    quoted_spans: pd.DataFrame,
    masks: Mapping[str, Sequence[Span]],
) -> pd.DataFrame:
    """Table `terms` of the body of each document; numbers and words of one letter are left out.

    `masks` gives for each doc_id the spans of names. Dispersion is Gries's DP (2008, International Journal of Corpus Linguistics 13) over
    the paragraphs of that voice: half the sum of the absolute differences between each paragraph's share of the words and its share of the hits.
    """
    body = sentences[sentences["part"] == "body"]
    quoted = edges_by_document(quoted_spans)
    columns = [body[name].to_numpy() for name in ("start", "end", "paragraph")]
    spellings: Counter[tuple[str, str]] = Counter()
    found: dict[str, list[tuple]] = {}  # by document: voice, key, is_masked, n, n_paragraphs, dispersion
    for doc_id, rows in body.groupby("doc_id", sort=False).indices.items():
        places = zip(*(column[rows].tolist() for column in columns), strict=True)
        names = tuple(zip(*sorted(masks.get(doc_id, ())), strict=True)) or ((), ())
        found[doc_id] = _of_document(texts[doc_id], places, quoted.get(doc_id, ([], [])), names, spellings)
    shown: dict[str, str] = {}
    for key, word in sorted(spellings, key=lambda spelling: (-spellings[spelling], spelling[1])):
        shown.setdefault(key, word)
    order = {doc_id: n for n, doc_id in enumerate(texts)}
    listed = []
    for doc_id in sorted(found, key=order.__getitem__):
        own = [(doc_id, voice, shown[key], *counts) for voice, key, *counts in found[doc_id]]
        listed += sorted(own, key=lambda row: (row[1], -row[4], row[2], row[3]))
    return TERMS.frame(listed)


def _of_document(
    text: str,
    sentences: Iterable[tuple[int, int, int]],
    quoted: Edges,
    names: Edges,
    spellings: Counter[tuple[str, str]],
) -> list[tuple]:
    """The terms of one document, unsorted; how they are spelt is counted in `spellings`, by key and word."""
    hits: dict[
        tuple[str, str, bool], list[int]
    ] = {}  # by voice, key and whether it is a name: the paragraph of each
    sizes: dict[str, Counter] = {"outside": Counter(), "quoted": Counter()}  # words by paragraph
    for first, last, paragraph in sentences:
        has_names, has_quoted = is_touched(first, last, *names), is_touched(first, last, *quoted)
        for start, end in word_spans(text[first:last]):
            start, end = start + first, end + first
            voice = "quoted" if has_quoted and is_inside(start, *quoted) else "outside"
            sizes[voice][paragraph] += 1
            for spelling in _terms_of(text[start:end]):
                spellings[spelling] += 1
                is_masked = has_names and (is_inside(start, *names) or is_inside(end - 1, *names))
                place = (voice, spelling[0], is_masked)
                if place in hits:
                    hits[place].append(paragraph)
                else:
                    hits[place] = [paragraph]
    n_words = {voice: own.total() for voice, own in sizes.items()}
    rows = []
    for (voice, key, is_masked), own in hits.items():
        spread = _dispersion(own, sizes[voice], n_words[voice])
        rows.append((voice, key, is_masked, len(own), len(set(own)), spread))
    return rows


@lru_cache(maxsize=2**14)
def _terms_of(token: str) -> tuple[tuple[str, str], ...]:
    """The terms of a running word, as (key, word): spellings of one word share the key."""
    return tuple(
        (american(word), word) for word in plain_words(token) if len(word) > 1 and any(map(str.isalpha, word))
    )


def _dispersion(hits: Sequence[int], sizes: Mapping[int, int], n_words: int) -> float:
    """Gries's DP of hits in these paragraphs: 0 spread as evenly as the words are, towards 1 all in one paragraph.

    A paragraph without a hit adds its share of the words: all of them together are what the others leave.
    """
    n = len(hits)
    if n == 1:
        return (n_words - sizes[hits[0]]) / n_words
    by_paragraph = Counter(hits)
    with_hits = sum([abs(own * n_words - sizes[paragraph] * n) for paragraph, own in by_paragraph.items()])
    without = n * (n_words - sum([sizes[paragraph] for paragraph in by_paragraph]))
    return (with_hits + without) / (2 * n * n_words)
