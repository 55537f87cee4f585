"""Sentiment hits: the words of VADER's lexicon, where they stand.

What moves a valence figure can be listed here and read in context, names included: a hit that is part of
a name or a story term is marked as masked and is not counted.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

import pandas as pd

from analysis.corpus.quoted_spans import edges_by_document, is_inside
from analysis.corpus.words import straighten
from analysis.tables import SENTIMENT_HITS

TOKEN = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


@cache
def analyser():
    """VADER's analyser (Hutto & Gilbert 2014); reading its lexicon takes a tenth of a second, once a process."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


def sentiment_hits(
    texts: dict[str, str],
    sentences: pd.DataFrame,
    quoted_spans: pd.DataFrame,
    masks: dict[str, list[tuple[int, int]]],
) -> pd.DataFrame:
    """List the words of each document that carry valence: table `sentiment_hits`, in text order.

    A word counts as VADER sees it: between white space, in any case; a compound with a hyphen only when the
    lexicon lists it whole. `masks` gives for each doc_id the spans of names.
    """
    lexicon = analyser().lexicon
    marks = edges_by_document(quoted_spans)
    columns = [sentences[name].to_numpy() for name in ("start", "end", "sentence_id")]
    rows = []
    for doc_id, own in sentences.groupby("doc_id", sort=False).indices.items():
        starts, ends, ids = (column[own].tolist() for column in columns)
        quoted = marks.get(doc_id, ([], []))
        masked = tuple(zip(*masks.get(doc_id, ()), strict=True)) or ((), ())
        for token in TOKEN.finditer(straighten(texts[doc_id])):
            word = token.group().lower()
            if word not in lexicon:
                continue
            start, end = token.span()
            place = bisect_right(starts, start) - 1
            if place < 0 or start >= ends[place]:
                continue
            voice = "quoted" if is_inside(start, *quoted) else "outside"
            rows.append(
                (doc_id, ids[place], start, end, word, lexicon[word], voice, is_inside(start, *masked))
            )
    return SENTIMENT_HITS.frame(rows)
