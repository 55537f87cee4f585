"""Sums: the columns that measures add up, one row a sentence of the body.

A rate, a mean or a readability formula is a function of these sums, whether they
are added over a document, over resampled paragraphs or over anything else.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.tables import CUE_CLASSES, KINDS_OF_QUOTATION, SOURCE_TYPES

WORD_COUNTS = (
    "n_words",
    "n_words_quoted",
    "n_words_attributed",
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


def sums(
    sentences: pd.DataFrame,
    frame_hits: pd.DataFrame,
    quotations: pd.DataFrame | None = None,
    mentions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row a sentence that enters estimates: its body sentences, a republisher's aside.

    Columns: doc_id, sentence_id, paragraph, the counts of `sentences`, and what is built from them:
    words outside quotation marks, and of these the unattributed ones; for each voice the words of the sentences that
    VADER could score, the compound multiplied by those words (so that sums give a mean weighted by words), the number
    of scored sentences and of those with any valence word; hits a dictionary, frame and voice; attributions that begin
    in the sentence, in all and by kind, type of source and class of cue; for each actor the places where it is a
    subject or an object, and where it is the subject.
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
    columns["n_words_unattributed"] = (words["outside"] - rows["n_words_attributed"]).astype(float)
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
    counted = [_hits(table, frame_hits)]
    if quotations is not None:
        counted.append(_attributions(table, quotations))
    if mentions is not None:
        counted.append(_roles(table, mentions))
    return pd.concat([table, *counted], axis=1)


def _attributions(table: pd.DataFrame, quotations: pd.DataFrame) -> pd.DataFrame:
    """What somebody is reported to have said, by the sentence in which it begins; every column is there, zeros too."""
    said = quotations[quotations["is_speech"]]
    marks = {"n_attributions": said["is_speech"]}
    marks |= {f"n_attributions_{kind}": said["kind"] == kind for kind in KINDS_OF_QUOTATION}
    marks |= {f"n_attributions_{of}": said["source_type"] == of for of in SOURCE_TYPES}
    marks["n_attributions_through"] = said["intermediary"] != ""
    marks["n_cues"] = said["cue"] != ""
    marks |= {f"n_cues_{of}": said["cue_class"] == of for of in CUE_CLASSES}
    counts = pd.DataFrame(marks).groupby([said["doc_id"], said["sentence_id"]]).sum()
    return _by_sentence(table, counts)


def _roles(table: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """For each actor its mentions as subject or object, and as subject (agent)."""
    acting = mentions[mentions["role"].isin(("agent", "patient"))]
    place = [acting["doc_id"], acting["sentence_id"]]
    if acting.empty:
        return pd.DataFrame(index=table.index)
    counts = pd.crosstab(place, "n_roles_" + acting["actor"])
    agents = acting["role"] == "agent"
    subjects = pd.crosstab(
        [key[agents] for key in place], "n_subject_" + acting.loc[agents, "actor"]
    ).reindex(columns=[name.replace("n_roles_", "n_subject_", 1) for name in counts.columns])
    return _by_sentence(table, pd.concat([counts, subjects], axis=1))


def _by_sentence(table: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """Counts by doc_id and sentence_id, one row a row of `table`."""
    index = pd.MultiIndex.from_frame(table[["doc_id", "sentence_id"]])
    return counts.reindex(index, fill_value=0).reset_index(drop=True).astype(float).fillna(0.0)


def _hits(table: pd.DataFrame, frame_hits: pd.DataFrame) -> pd.DataFrame:
    """Hits a sentence, one column a dictionary, frame and voice (`all` being both)."""
    if frame_hits.empty:
        return pd.DataFrame(index=table.index)
    names = "n_hits_" + frame_hits["dictionary"] + "/" + frame_hits["frame"] + "_"  # no id holds a slash
    place = [frame_hits["doc_id"], frame_hits["sentence_id"]]
    counts = pd.concat(
        [pd.crosstab(place, names + "all"), pd.crosstab(place, names + frame_hits["voice"])], axis=1
    )
    return _by_sentence(table, counts)
