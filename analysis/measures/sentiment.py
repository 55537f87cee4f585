"""Sentiment: the valence of words (VADER), sentence by sentence, outside and inside quotation marks.

VADER saturates on a whole article, so it scores one sentence at a time, marks straightened first, and each
voice of a sentence for itself. It says how positive or negative the words are, not what is felt toward anyone.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.corpus.quoted_spans import outside_and_quoted
from analysis.corpus.words import straighten
from analysis.evidence.names import mask
from analysis.evidence.sentiment_hits import analyser

MIN_WORDS = 4  # of a voice in a sentence: a bare "Kim said" has no valence to measure
COMPOUNDS = [
    f"compound{voice}{names}" for names in ("", "_unmasked") for voice in ("", "_outside", "_quoted")
]


def valence(text: str) -> float:
    """VADER's compound score of one sentence, −1 (all negative) to 1 (all positive); 0 without any valence word."""
    return analyser().polarity_scores(straighten(text))["compound"]


def sentiment_counts(
    texts: dict[str, str],
    sentences: pd.DataFrame,
    quoted_spans: pd.DataFrame,
    masks: dict[str, list[tuple[int, int]]],
    sentiment_hits: pd.DataFrame,
) -> pd.DataFrame:
    """Score each sentence and count its valence words: one row a row of `sentences`, same index.

    Scores of fewer than four words of a voice are NA. `masks` gives for each doc_id the spans of names, which
    are hidden from VADER but where a column says `_unmasked`.
    """
    scores = pd.DataFrame(np.nan, index=sentences.index, columns=COMPOUNDS)
    for doc_id, own in sentences.groupby("doc_id", sort=False):
        spans = quoted_spans[quoted_spans["doc_id"] == doc_id]
        masked = mask(texts[doc_id], masks.get(doc_id, []))
        rows = [
            (*_scores(masked, sentence, spans), *_scores(texts[doc_id], sentence, spans))
            for sentence in own.itertuples()
        ]
        scores.loc[own.index] = rows
    counted = sentiment_hits[~sentiment_hits["is_masked"]]
    key = pd.MultiIndex.from_frame(sentences[["doc_id", "sentence_id"]])
    for voice in ("outside", "quoted"):
        n = counted[counted["voice"] == voice].groupby(["doc_id", "sentence_id"]).size()
        scores[f"n_sentiment_words_{voice}"] = n.reindex(key, fill_value=0).to_numpy(dtype="int64")
    return scores


def _scores(text: str, sentence, spans: pd.DataFrame) -> tuple[float, float, float]:
    """Compound of the whole sentence, of its words outside and of its words inside quotation marks."""
    n_outside = sentence.n_words - sentence.n_words_quoted
    whole = valence(text[sentence.start : sentence.end]) if sentence.n_words >= MIN_WORDS else np.nan
    if sentence.n_words_quoted == 0:
        return whole, whole, np.nan
    outside, quoted = outside_and_quoted(text, sentence.start, sentence.end, spans)
    return (
        whole,
        valence(outside) if n_outside >= MIN_WORDS else np.nan,
        valence(quoted) if sentence.n_words_quoted >= MIN_WORDS else np.nan,
    )
