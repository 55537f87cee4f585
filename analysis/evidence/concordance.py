"""Concordance: every hit of a pattern, with the words around it (KWIC).

A count in a report is only as good as the passages behind it: whatever a dictionary counts, and
whatever a reader types, can be listed here and read in context.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.corpus.matches import SECONDS, matches
from analysis.evidence.frame_hits import by_document

COLUMNS = {"doc_id": "str", "start": "int64", "end": "int64", "left": "str", "keyword": "str", "right": "str"}
WINDOW = 40  # characters of context on each side


def concordance(
    documents: pd.DataFrame | Mapping[str, str],
    pattern: str,
    *,
    window: int = WINDOW,
    seconds: float = SECONDS,
) -> pd.DataFrame:
    """List the hits of the regular expression `pattern`, one a row, by document and in text order.

    `documents` has columns doc_id and text, or maps one to the other; start and end count characters of the text, `window`
    is the context kept on each side, in characters. Case is ignored, a match of no characters is no hit; for plain words
    see `analysis.corpus.matches.whole_words`. Without a hit the table is empty but keeps its columns.
    Raises `BadPattern` and, after `seconds`, `SlowPattern`.
    """
    texts = dict(by_document(documents))
    found = matches(list(texts.values()), pattern, seconds=seconds)
    rows = [(doc_id, start, end) for doc_id, spans in zip(texts, found, strict=True) for start, end in spans]
    hits = pd.DataFrame(rows, columns=["doc_id", "start", "end"])
    return in_context(hits, texts, window=window)[list(COLUMNS)].astype(COLUMNS)


def in_context(rows: pd.DataFrame, texts: Mapping[str, str], *, window: int = WINDOW) -> pd.DataFrame:
    """Rows of any table that has doc_id, start and end, with `left`, `keyword` and `right` beside them.

    The three follow one another in the text; they are None where the text of a document is not here.
    """
    contexts = [
        _context(texts.get(doc_id), int(start), int(end), window)
        for doc_id, start, end in rows[["doc_id", "start", "end"]].itertuples(index=False)
    ]
    found = pd.DataFrame(contexts, columns=["left", "keyword", "right"], index=rows.index, dtype="object")
    return pd.concat([rows, found], axis="columns")


def _context(text: str | None, start: int, end: int, window: int) -> tuple[str | None, ...]:
    if text is None:
        return None, None, None
    return text[max(0, start - window) : start], text[start:end], text[end : end + window]
