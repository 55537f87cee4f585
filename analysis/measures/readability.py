"""Readability: what the formulas need from each sentence.

Words and syllables are counted by textstat's definitions (see `syllables.py`), sentences by our own
segmentation: textstat's splits at every abbreviation and drops sentences of two words or fewer, which house
styles do not share evenly.
"""

from __future__ import annotations

import pandas as pd

from analysis.corpus.words import straighten
from analysis.measures.syllables import word_counts

COLUMNS = [
    "n_letters",
    "n_characters",
    "n_syllables",
    "n_polysyllables",
    "n_difficult_0",
    "n_difficult_2",
    "n_difficult_3",
    "n_long_words",
    "n_miniwords",
]


def readability_counts(texts: dict[str, str], sentences: pd.DataFrame) -> pd.DataFrame:
    """Count letters, syllables and kinds of words: one row a row of `sentences`, same index.

    `texts` holds the cleaned text of each doc_id.
    """
    rows = []
    for doc_id, own in sentences.groupby("doc_id", sort=False):
        text = straighten(texts[doc_id])
        for start, end in zip(own["start"], own["end"], strict=True):
            rows.append(sentence_counts(text[start:end]))
    counts = pd.DataFrame(rows, columns=COLUMNS, index=_grouped_index(sentences))
    return counts.reindex(sentences.index).astype(dict.fromkeys(COLUMNS, "int64"))


def sentence_counts(sentence: str) -> tuple[int, ...]:
    """Add up what `word_counts` gives for each token of a straightened sentence, in the order of COLUMNS."""
    counts = [word_counts(token) for token in sentence.split()]
    return tuple(map(sum, zip(*(count[1:] for count in counts), strict=True))) or (0,) * len(COLUMNS)


def _grouped_index(sentences: pd.DataFrame) -> list:
    return [label for _, own in sentences.groupby("doc_id", sort=False) for label in own.index]
