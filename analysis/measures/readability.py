"""Readability: what the formulas need from each sentence.

Words and syllables are counted by textstat's definitions (see `syllables.py`), sentences by our own
segmentation: textstat's splits at every abbreviation and drops sentences of two words or fewer, which house
styles do not share evenly.
"""

from __future__ import annotations

from functools import lru_cache
from struct import Struct

import numpy as np
import pandas as pd

from analysis.corpus.words import straighten
from analysis.measures.syllables import WordCounts, word_counts

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
FIELDS = Struct(f"<{len(WordCounts._fields)}I")  # 32 bits a count: more than a text has characters


def readability_counts(texts: dict[str, str], sentences: pd.DataFrame) -> pd.DataFrame:
    """Count letters, syllables and kinds of words: one row a row of `sentences`, same index.

    `texts` holds the cleaned text of each doc_id.
    """
    counts = np.zeros((len(sentences), len(COLUMNS)), dtype="int64")
    starts, ends = sentences["start"].to_numpy(), sentences["end"].to_numpy()
    for doc_id, rows in sentences.groupby("doc_id", sort=False).indices.items():
        text = straighten(texts[doc_id])
        places = zip(starts[rows].tolist(), ends[rows].tolist(), strict=True)
        counts[rows] = [sentence_counts(text[start:end]) for start, end in places]
    return pd.DataFrame(counts, columns=COLUMNS, index=sentences.index)


def sentence_counts(sentence: str) -> tuple[int, ...]:
    """Add up what `word_counts` gives for each token of a straightened sentence, in the order of COLUMNS."""
    return sentence_words_and_counts(sentence)[1:]


def sentence_words_and_counts(sentence: str) -> tuple[int, ...]:
    """The same behind the number of words."""
    total = sum(map(_packed, sentence.split()))
    return FIELDS.unpack(total.to_bytes(FIELDS.size, "little"))


@lru_cache(maxsize=2**14)
def _packed(token: str) -> int:
    """The counts of a token in one whole number, 32 bits a count, so that one addition adds up all of them."""
    return int.from_bytes(FIELDS.pack(*word_counts(token)), "little")
