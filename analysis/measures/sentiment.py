"""Sentiment: the valence of words (VADER), sentence by sentence, outside and inside quotation marks.

VADER saturates on a whole article, so it scores one sentence at a time, marks straightened first, and each
voice of a sentence for itself. It says how positive or negative the words are, not what is felt toward anyone.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.corpus.quoted_spans import Edges, Span, edges_by_document, voice_runs
from analysis.evidence.names import mask
from analysis.measures.valence import valence

MIN_WORDS = 4  # of a voice in a sentence: a bare "Kim said" has no valence to measure
COMPOUNDS = [
    f"compound{voice}{names}" for names in ("", "_unmasked") for voice in ("", "_outside", "_quoted")
]


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
    scores = np.full((len(sentences), len(COMPOUNDS)), np.nan)
    quoted = edges_by_document(quoted_spans)
    columns = [sentences[name].to_numpy() for name in ("start", "end", "n_words", "n_words_quoted")]
    for doc_id, rows in sentences.groupby("doc_id", sort=False).indices.items():
        text, places = texts[doc_id], quoted.get(doc_id, ([], []))
        masked = mask(text, masks.get(doc_id, []))
        own = zip(*(column[rows].tolist() for column in columns), strict=True)
        scores[rows] = [_scores(masked, text, *sentence, places) for sentence in own]
    table = pd.DataFrame(scores, index=sentences.index, columns=COMPOUNDS)
    counted = sentiment_hits[~sentiment_hits["is_masked"]]
    key = pd.MultiIndex.from_frame(sentences[["doc_id", "sentence_id"]])
    for voice in ("outside", "quoted"):
        n = counted[counted["voice"] == voice].groupby(["doc_id", "sentence_id"]).size()
        table[f"n_sentiment_words_{voice}"] = n.reindex(key, fill_value=0).to_numpy(dtype="int64")
    return table


def _scores(
    masked: str, text: str, start: int, end: int, n_words: int, n_quoted: int, places: Edges
) -> tuple[float, ...]:
    """The scores of one sentence in the order of COMPOUNDS: whole, outside and inside marks, masked and not.

    Text in which no name was masked is scored once, and so is a sentence without a quoted word.
    """

    def pair(runs: list[Span], n: int) -> tuple[float, float]:
        if n < MIN_WORDS:
            return np.nan, np.nan
        hidden, plain = (" ".join(one[a:b] for a, b in runs) for one in (masked, text))
        score = valence(hidden)
        return score, score if hidden == plain else valence(plain)

    whole = outside = pair([(start, end)], n_words)
    quoted = (np.nan, np.nan)
    if n_quoted:
        outside_runs, quoted_runs = voice_runs(text, start, end, places)
        outside, quoted = pair(outside_runs, n_words - n_quoted), pair(quoted_runs, n_quoted)
    return whole[0], outside[0], quoted[0], whole[1], outside[1], quoted[1]
