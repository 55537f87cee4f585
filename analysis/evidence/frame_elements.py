"""Frame elements: what people coded in sentences (problem, cause, evaluation, remedy), with the place it was coded in."""

from __future__ import annotations

import pandas as pd

from analysis.tables import FRAME_ELEMENTS


def frame_elements(codes: pd.DataFrame | None, sentences: pd.DataFrame) -> pd.DataFrame:
    """Table `frame_elements` from `codes` (doc_id, sentence_id, element, frame, coder; None: nobody coded), by document and place.

    A sentence coded in several rows of one sheet with the same element and frame has one row a coder; one that is no longer there has none.
    """
    if codes is None or codes.empty:
        return FRAME_ELEMENTS.empty()
    named = codes[(codes["element"] != "") | (codes["frame"] != "")]
    named = named.drop_duplicates(["doc_id", "sentence_id", "element", "frame", "coder"])
    places = sentences[["doc_id", "sentence_id", "start", "end"]]
    rows = places.merge(
        named[["doc_id", "sentence_id", "element", "frame", "coder"]], on=["doc_id", "sentence_id"]
    )
    return FRAME_ELEMENTS.frame(rows.reset_index(drop=True))
