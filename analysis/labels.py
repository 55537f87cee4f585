"""Labels: how copies are called, so that no two of a story have one name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import count

import pandas as pd

from analysis.story_yml import StoryYml
from analysis.tables import UNKNOWN


def labels(documents: pd.DataFrame, about: StoryYml, short: Mapping[str, str]) -> dict[str, str]:
    """doc_id -> its outlet's name, with episode and version where the outlet has several; `short` are its `short_labels`."""
    episodes = {episode.id: episode.label for episode in about.episodes}
    n_episodes = documents.groupby("outlet")["episode"].nunique()
    found = {}
    for row in documents.itertuples():
        parts = [short[row.doc_id]]
        if n_episodes[row.outlet] > 1:
            parts.append(episodes.get(row.episode, row.episode))
        found[row.doc_id] = ", ".join(parts)
    again = {label for label, n in Counter(found.values()).items() if n > 1}
    ids = _shortened(found)
    return {
        doc_id: f"{label} ({ids[doc_id]})" if label in again else label for doc_id, label in found.items()
    }


def short_labels(documents: pd.DataFrame, about: StoryYml) -> dict[str, str]:
    """doc_id -> how a copy is called under a heading that names its episode."""
    found = {}
    for row in documents.itertuples():
        copy = "" if row.is_counted else "not counted"
        if row.via not in ("", UNKNOWN) and (not row.is_counted or row.outlet == UNKNOWN):
            copy = f"in {row.via}"  # of a copy that nobody signed it is all that is known
        found[row.doc_id] = ", ".join(filter(None, (about.outlet_name(row.outlet), row.version, copy)))
    episode = documents.set_index("doc_id")["episode"]
    n = Counter((episode[doc_id], label) for doc_id, label in found.items())
    again = [doc_id for doc_id, label in found.items() if n[episode[doc_id], label] > 1]
    ids = _shortened(again) if again else {}
    return {doc_id: f"{label} ({ids[doc_id]})" if doc_id in ids else label for doc_id, label in found.items()}


def _shortened(ids: Iterable[str]) -> dict[str, str]:
    """Each id by as few of its first characters, three or more, as tell it from the others; an ellipsis stands for the rest."""
    ordered = sorted(ids)
    shown = {}
    for before, one, after in zip(["", *ordered[:-1]], ordered, [*ordered[1:], ""], strict=True):
        n = next(n for n in count(3) if n >= len(one) or one[:n] not in (before[:n], after[:n]))
        shown[one] = one if len(one) <= n + 3 else one[:n] + "…"
    return shown
