"""Sentiment hits: the words of VADER's lexicon, where they stand.

What moves a valence figure can be listed here and read in context, names included: a hit that is part of
a name or a story term is marked as masked and is not counted.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pandas as pd

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
    rows = []
    for doc_id, own in sentences.groupby("doc_id", sort=False):
        text = straighten(texts[doc_id])
        starts = own["start"].to_numpy()
        quoted = _inside(quoted_spans.loc[quoted_spans["doc_id"] == doc_id, ["start", "end"]].to_numpy())
        masked = _inside(np.array(masks.get(doc_id, []), dtype=int).reshape(-1, 2))
        ids, ends = own["sentence_id"].to_numpy(), own["end"].to_numpy()
        for token in TOKEN.finditer(text):
            word = token.group().lower()
            place = np.searchsorted(starts, token.start(), side="right") - 1
            if word not in lexicon or place < 0 or token.start() >= ends[place]:
                continue
            voice = "quoted" if quoted(token.start()) else "outside"
            rows.append(
                (doc_id, ids[place], *token.span(), word, lexicon[word], voice, masked(token.start()))
            )
    return SENTIMENT_HITS.frame(rows)


def _inside(spans: np.ndarray):
    """A test whether an offset lies in one of the spans, which are in order and apart."""
    starts, ends = spans[:, 0], spans[:, 1]

    def inside(offset: int) -> bool:
        place = np.searchsorted(starts, offset, side="right") - 1
        return bool(place >= 0 and offset < ends[place])

    return inside
