"""Reprints: of several copies of one text, the one that is counted.

A text that three papers print is one text. Which copy stands for it is decided by what is known, never by what is
in it: one that says who wrote it first, then the outlet's own, the
earliest, the longest, the first of the manifest.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pandas as pd

SAME = ("copy", "reprint")
UNKNOWN = "unknown"  # the outlet of a copy that nothing ascribes
DAY = len("2023-09-13")


def not_counted(overlap: pd.DataFrame, documents: pd.DataFrame) -> dict[str, str]:
    """doc_id -> why it is not counted, of the copies of a text for which another one stands.

    `overlap` is that table, `documents` says of each its outlet, via, published_at, n_words and is_counted, and perhaps whether a story
    holds it already (`is_held`): that goes before what is new. Copies of copies are one group; two versions of a story
    are two texts.
    """
    about = {row["doc_id"]: row for row in documents.to_dict("records")}
    place = {doc_id: n for n, doc_id in enumerate(about)}
    published = {doc_id: _latest(row["published_at"]) for doc_id, row in about.items()}
    same = overlap[overlap["relation"].isin(SAME)]
    leader = {doc_id: doc_id for doc_id in about}

    def first(doc_id: str) -> str:
        while leader[doc_id] != doc_id:
            doc_id = leader[doc_id]
        return doc_id

    def rank(doc_id: str) -> tuple:
        row = about[doc_id]
        return (
            not row.get("is_held", False),
            not row["is_counted"],
            row["outlet"] == UNKNOWN,
            row["via"] != "",
            published[doc_id],
            -row["n_words"],  # the whole text before a cut one
            place[doc_id],
        )

    for one, other in zip(same["doc_id_a"], same["doc_id_b"], strict=True):
        kept, left = sorted((first(one), first(other)), key=rank)
        leader[left] = kept
    relations = {
        frozenset(pair[:2]): pair[2]
        for pair in same[["doc_id_a", "doc_id_b", "relation"]].itertuples(index=False)
    }
    return {
        doc_id: f"{relations.get(frozenset((doc_id, kept)), 'reprint')} of {kept}"
        for doc_id in about
        if (kept := first(doc_id)) != doc_id
    }


def _latest(published_at: str) -> datetime:
    """The last moment that `published_at` can mean, so that an hour goes before its day, and both before none."""
    if not published_at:
        return datetime.max.replace(tzinfo=UTC)
    at = datetime.fromisoformat(published_at)
    if len(published_at) == DAY:
        at += timedelta(days=1)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
