"""Sums: the columns that measures add up, one row a sentence of the body.

A rate, a mean or a readability formula is a function of these sums, whether they
are added over a document, over resampled paragraphs or over anything else.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

WORD_COUNTS = (
    "n_words",
    "n_words_quoted",
    "n_letters",
    "n_characters",
    "n_syllables",
    "n_polysyllables",
    "n_difficult_0",
    "n_difficult_2",
    "n_difficult_3",
    "n_long_words",
    "n_miniwords",
)


def sums(sentences: pd.DataFrame, frame_hits: pd.DataFrame) -> pd.DataFrame:
    """One row a sentence that enters estimates: its body sentences, a republisher's aside.

    Columns: doc_id, sentence_id, paragraph, the counts of `sentences`, and what is built from them:
    words outside quotation marks; for each voice the words of the sentences that VADER could score,
    the compound multiplied by those words (so that sums give a mean weighted by words), the number
    of scored sentences and of those with any valence word; hits a dictionary, frame and voice.
    """
    rows = sentences[(sentences["part"] == "body") & (sentences["written_by"] != "via")].reset_index(
        drop=True
    )
    words = {"outside": rows["n_words"] - rows["n_words_quoted"], "quoted": rows["n_words_quoted"]}
    columns: dict[str, pd.Series | np.ndarray] = {
        name: rows[name] for name in ("doc_id", "sentence_id", "paragraph")
    }
    columns |= {name: rows[name].astype(float) for name in WORD_COUNTS}
    columns["n_sentences"] = np.ones(len(rows))
    columns["n_words_outside"] = words["outside"].astype(float)
    for voice, n in words.items():
        compound = rows[f"compound_{voice}"]
        is_scored = compound.notna()
        columns[f"n_words_scored_{voice}"] = n.where(is_scored, 0).astype(float)
        columns[f"valence_{voice}"] = compound.fillna(0) * n
        columns[f"valence_{voice}_unmasked"] = rows[f"compound_{voice}_unmasked"].fillna(0) * n
        columns[f"n_sentences_scored_{voice}"] = is_scored.astype(float)
        columns[f"n_sentences_with_valence_{voice}"] = (
            is_scored & (rows[f"n_sentiment_words_{voice}"] > 0)
        ).astype(float)
    table = pd.DataFrame(columns)
    return pd.concat([table, _hits(table, frame_hits)], axis=1)


def _hits(table: pd.DataFrame, frame_hits: pd.DataFrame) -> pd.DataFrame:
    """Hits a sentence, one column a dictionary, frame and voice (`all` being both)."""
    if frame_hits.empty:
        return pd.DataFrame(index=table.index)
    names = "n_hits_" + frame_hits["dictionary"] + "/" + frame_hits["frame"] + "_"  # no id holds a slash
    place = [frame_hits["doc_id"], frame_hits["sentence_id"]]
    counts = pd.concat(
        [pd.crosstab(place, names + "all"), pd.crosstab(place, names + frame_hits["voice"])], axis=1
    )
    index = pd.MultiIndex.from_frame(table[["doc_id", "sentence_id"]])
    return counts.reindex(index, fill_value=0).reset_index(drop=True).astype(float).fillna(0.0)
