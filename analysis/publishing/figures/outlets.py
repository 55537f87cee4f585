"""Outlets over ten or more episodes: their figures, and the single copies as small dots below them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.comparison.estimates import MIN_EPISODES, grouped
from analysis.comparison.findings import of_outlets
from analysis.comparison.outlets import episode_gaps
from analysis.measures.catalogue import Measure
from analysis.publishing.svg import palette
from analysis.story import Story

BELOW = 0.24  # rows that the small dots stand below their mean
TALL = 0.56  # inches a row
SMALL = (
    "The small dots below are single {}: the thick dot is their mean over episodes. Their values stand in the tables beside the reports, "
    "and no finding is told from them."
)
SPREAD = "The dotted line below spans the middle eight of ten {}; no finding is told from them."
MIDDLE = (0.1, 0.9)


def shows_outlets(story: Story) -> bool:
    """Whether pages show outlets over episodes: findings speak of them, or there are too many copies to be shown side by side."""
    return story.is_many or of_outlets(story.differences)


def outlet_estimates(story: Story, measure: Measure) -> pd.DataFrame:
    """One row an outlet, indexed by its id, in display order: columns of `estimates`, in scope outlet.

    An outlet of fewer than ten episodes has no value, and the reason.
    """
    own = grouped(values_of_copies(story, measure), story.documents, "outlet")
    of_events = set(story.of_events["doc_id"])
    pooled = own[own["scope"] == "outlet"].set_index("group")
    rows = []
    parts = dict(iter(own.groupby("group", sort=False)))
    for outlet in (one for one in story.outlets if one in parts and one != "unknown"):
        part = parts[outlet]
        if outlet in pooled.index:
            rows.append(pooled.loc[outlet])
            continue
        known = part.loc[part["value"].notna() & part["doc_id"].isin(of_events), "episode"]
        n = known.nunique()
        reason = f"{n} {'episode' if n == 1 else 'episodes'}, {MIN_EPISODES} needed"
        missing = dict.fromkeys(("value", "low", "high"), np.nan) | {"reason": reason}
        rows.append(pd.Series(part.iloc[0].to_dict() | missing, name=outlet))
    return pd.DataFrame(rows)


def rows_of_outlets(story: Story) -> pd.DataFrame:
    """Rows of a figure, an outlet each, in display order: doc_id (here the outlet's id), outlet, label, y."""
    documents = story.documents[story.documents["is_counted"] & (story.documents["outlet"] != "unknown")]
    n_episodes = story.of_events.groupby("outlet")["episode"].nunique()
    rows = []
    for outlet in (one for one in story.outlets if one in set(documents["outlet"])):
        n = int(n_episodes.get(outlet, 0))
        label = f"{story.outlets[outlet]}  ·  {n} {'episode' if n == 1 else 'episodes'}"
        rows.append((outlet, outlet, label, -len(rows)))
    return pd.DataFrame(rows, columns=["doc_id", "outlet", "label", "y"])


def values_of_copies(story: Story, measure: Measure) -> pd.DataFrame:
    """The estimates of a measure, a row a copy."""
    return story.rows("estimates", where=[("measure", "==", measure.name), ("voice", "==", measure.voice)])


def gaps_of(story: Story, measure: Measure) -> dict[tuple[str, str], pd.Series]:
    """Pair of outlets -> the differences within episodes, of the copies that are compared there."""
    gaps = episode_gaps(values_of_copies(story, measure), story.pairs)
    return dict(iter(gaps.groupby(["outlet_a", "outlet_b"])["value"]))


def drawn(story: Story, values: pd.Series) -> pd.Series:
    """What is drawn of the figures of copies: all, or of many the ends of the middle eight of ten."""
    known = values.dropna()
    return known.quantile(list(MIDDLE)) if story.is_many and len(known) else known


def small_marks(axis: Axes, story: Story, values: pd.Series, y: float) -> None:
    """Single copies, or differences within single episodes, below their mean: dots, or of many a line."""
    x = drawn(story, values).to_numpy()
    at = np.full(len(x), y - BELOW)
    if story.is_many:
        axis.plot(x, at, ":", color=palette["faint"], lw=1.4)
    else:
        axis.plot(x, at, "o", ms=3.4, color=palette["faint"], mew=0)


def how_small(story: Story, of: str) -> str:
    """What the small marks are, in the words of a caption."""
    return (SPREAD if story.is_many else SMALL).format(of)
