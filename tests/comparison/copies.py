"""Documents and sums made by hand: what each copy holds is said by the test that asks for it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.measures.sums import WORD_COUNTS

VOICE_COLUMNS = [
    f"{name}_{voice}"
    for voice in ("outside", "quoted")
    for name in ("n_words_scored", "valence", "n_sentences_scored", "n_sentences_with_valence")
]


def make_documents(*rows: dict) -> pd.DataFrame:
    """Documents of one episode in English, each its own outlet, where a row says nothing else."""
    return pd.DataFrame(
        [
            {
                "outlet": row["doc_id"],
                "episode": "e",
                "language": "en",
                "is_counted": True,
                "version": "",
                "published_at": "",
                "published_precision": "none",
                "filing_order": pd.NA,
            }
            | row
            for row in rows
        ]
    ).astype({"filing_order": "Int64"})


def make_sums(
    doc_id: str, n_sentences: int = 40, *, paragraph: int = 2, seed: int = 0, **columns
) -> pd.DataFrame:
    """Sums of a copy of sentences of 8 to 12 words, two a paragraph; `columns` are per sentence."""
    draw = np.random.default_rng(seed)
    table = pd.DataFrame(
        {
            "doc_id": doc_id,
            "sentence_id": np.arange(n_sentences) + 1,
            "paragraph": np.arange(n_sentences) // paragraph + 1,
        }
    )
    for name in (*WORD_COUNTS, *VOICE_COLUMNS):
        table[name] = 0.0
    table["n_words"] = draw.integers(8, 13, n_sentences).astype(float)
    table["n_syllables"] = 1.5 * table["n_words"]
    table["n_long_words"] = draw.integers(1, 5, n_sentences).astype(float)
    table["n_sentences"] = 1.0
    for name, values in columns.items():
        table[name] = values
    if "n_words_outside" not in columns:
        table["n_words_outside"] = table["n_words"] - table["n_words_quoted"]
    return table
