"""Outlets over ten or more episodes: their figures, and the single copies as small dots below them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.comparison.estimates import MIN_EPISODES
from analysis.comparison.outlets import episode_gaps
from analysis.measured import estimate
from analysis.measures.catalogue import Measure
from analysis.publishing.svg import palette
from analysis.story import Story

BELOW = 0.24  # rows that the small dots stand below their mean
TALL = 0.56  # inches a row
SMALL = (
    "The small dots below are single {}: the thick dot is their mean over episodes. Their values stand in the tables beside the reports, "
    "and no finding is told from them."
)


def outlet_estimates(story: Story, measure: Measure) -> pd.DataFrame:
    """One row an outlet, indexed by its id, in manifest order: columns of `estimates`, in scope outlet.

    An outlet of fewer than ten episodes has no value, and the reason.
    """
    own = estimate(story, measure.name, by="outlet")
    own = own[own["voice"] == measure.voice]
    pooled = own[own["scope"] == "outlet"].set_index("group")
    rows = []
    for outlet, part in own[own["group"] != "unknown"].groupby("group", sort=False):
        if outlet in pooled.index:
            rows.append(pooled.loc[outlet])
            continue
        n = part.loc[part["value"].notna(), "episode"].nunique()
        reason = f"{n} {'episode' if n == 1 else 'episodes'}, {MIN_EPISODES} needed"
        missing = dict.fromkeys(("value", "low", "high"), np.nan) | {"reason": reason}
        rows.append(pd.Series(part.iloc[0].to_dict() | missing, name=outlet))
    return pd.DataFrame(rows)


def rows_of_outlets(story: Story) -> pd.DataFrame:
    """Rows of a figure, an outlet each, in manifest order: doc_id (here the outlet's id), outlet, label, y."""
    documents = story.documents[story.documents["is_counted"] & (story.documents["outlet"] != "unknown")]
    rows = []
    for outlet, part in documents.groupby("outlet", sort=False):
        n = part["episode"].nunique()
        label = f"{story.outlets[outlet]}  ·  {n} {'episode' if n == 1 else 'episodes'}"
        rows.append((outlet, outlet, label, -len(rows)))
    return pd.DataFrame(rows, columns=["doc_id", "outlet", "label", "y"])


def values_of_copies(story: Story, measure: Measure) -> pd.DataFrame:
    """The estimates of a measure, a row a copy."""
    table = story.estimates
    return table[(table["measure"] == measure.name) & (table["voice"] == measure.voice)]


def gaps_of(story: Story, measure: Measure) -> dict[tuple[str, str], pd.Series]:
    """Pair of outlets -> the differences within episodes, of the copies that are compared there."""
    pairs = story.differences[story.differences["scope"] != "outlet"]
    pairs = pairs.drop_duplicates(["doc_id_a", "doc_id_b"])
    gaps = episode_gaps(values_of_copies(story, measure), pairs)
    return dict(iter(gaps.groupby(["outlet_a", "outlet_b"])["value"]))


def small_dots(axis: Axes, values: pd.Series, y: float) -> None:
    """Single copies, or differences within single episodes, below their mean."""
    x = values.dropna().to_numpy()
    axis.plot(x, np.full(len(x), y - BELOW), "o", ms=3.4, color=palette["faint"], mew=0)
