"""Frame hits: every indicator word of a dictionary, with its sentence and its voice.

A hit is an indicator, not a frame: the table says where the words stand, so
that whoever doubts a rate can read them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from analysis.evidence.dictionaries import Dictionary, find
from analysis.tables import FRAME_HITS


def frame_hits(
    texts: Mapping[str, str] | pd.DataFrame,
    sentences: pd.DataFrame,
    quoted_spans: pd.DataFrame,
    dictionaries: Mapping[str, Dictionary] | Iterable[Dictionary],
) -> pd.DataFrame:
    """List the hits of `dictionaries`, table `frame_hits`, by document, dictionary and place.

    `texts` maps doc_id to the cleaned text, or is `documents` with its column text. A hit that lies in no
    sentence, or in two, is left out. `voice` is quoted where its first character lies in a quoted span.
    """
    chosen = list(dictionaries.values() if isinstance(dictionaries, Mapping) else dictionaries)
    rows = [
        (doc_id, start, end, dictionary.id, frame, entry)
        for doc_id, text in by_document(texts)
        for dictionary in chosen
        for start, end, frame, entry in find(text, dictionary)
    ]
    found = pd.DataFrame(rows, columns=["doc_id", "start", "end", "dictionary", "frame", "entry"])
    return FRAME_HITS.frame(placed(found, sentences, quoted_spans))


def by_document(texts: Mapping[str, str] | pd.DataFrame) -> list[tuple[str, str]]:
    """List (doc_id, text) of a mapping or of `documents`, in its order; a missing text is left out."""
    if isinstance(texts, pd.DataFrame):
        texts = dict(zip(texts["doc_id"], texts["text"], strict=True))
    return [(doc_id, text) for doc_id, text in texts.items() if isinstance(text, str)]


def placed(found: pd.DataFrame, sentences: pd.DataFrame, quoted_spans: pd.DataFrame) -> pd.DataFrame:
    """Return `found` (doc_id, start, end …) with sentence_id and voice, without rows in no one sentence."""
    sentence = enclosing(found, sentences)
    is_inside = sentence >= 0
    found = found[is_inside].reset_index(drop=True)
    sentence = sentence[is_inside]
    is_whole = found["end"].to_numpy(np.int64) <= sentences["end"].to_numpy(np.int64)[sentence]
    found = found[is_whole].reset_index(drop=True)
    found["sentence_id"] = sentences["sentence_id"].to_numpy()[sentence[is_whole]]
    is_quoted = enclosing(found, quoted_spans) >= 0
    found["voice"] = pd.Series(np.where(is_quoted, "quoted", "outside"), index=found.index, dtype="str")
    return found


def enclosing(found: pd.DataFrame, spans: pd.DataFrame) -> np.ndarray:
    """Return for each row of `found` the number of the row of `spans` in which it starts, or -1.

    Where spans are nested, a place in the outer one alone is inside too; the row is that of the last begun.
    """
    rows = np.full(len(found), -1)
    places = spans.reset_index(drop=True).groupby("doc_id", sort=False).indices
    for doc_id, hits in found.reset_index(drop=True).groupby("doc_id", sort=False).indices.items():
        if doc_id not in places:
            continue
        order = places[doc_id][np.argsort(spans["start"].to_numpy()[places[doc_id]], kind="stable")]
        starts = spans["start"].to_numpy()[order]
        ends = np.maximum.accumulate(spans["end"].to_numpy()[order])
        at = found["start"].to_numpy()[hits]
        last = np.searchsorted(starts, at, side="right") - 1
        is_in = (last >= 0) & (at < ends[last])
        rows[hits[is_in]] = order[last[is_in]]
    return rows
