"""Outlets: how two of them differ over ten or more episodes that both cover.

A difference is taken within an episode and episodes are resampled, as if other episodes had been covered. The
families of this scope share 5 % between them, as those of copies do: findings are told in one scope only (`findings.told`).
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from analysis.comparison import resampling
from analysis.comparison.differences import LEVEL, blank_row, judge
from analysis.comparison.estimates import MIN_COPIES_WITH_HITS, MIN_EPISODES
from analysis.measures.catalogue import FAMILIES, Measure
from analysis.tables import DIFFERENCES, UNKNOWN


def episode_gaps(estimates: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """One row a measure, pair of outlets and episode that both cover: the difference within that episode.

    `estimates` are those of copies, `pairs` what `chosen_copies` returns: of several versions the one chosen for
    the pair is taken, as for copies. Columns: measure, voice, outlet_a, outlet_b, episode, value_a, value_b,
    value (of a minus of b; NA where a copy has none). Outlets are in manifest order; unknown ones are left out.
    """
    outlet_of = dict(zip(estimates["doc_id"], estimates["group"], strict=True))
    place = {outlet: number for number, outlet in enumerate(dict.fromkeys(estimates["group"]))}
    rows = []
    for pair in pairs.itertuples():
        ids = sorted((pair.doc_id_a, pair.doc_id_b), key=lambda doc_id: place[outlet_of[doc_id]])
        a, b = (outlet_of[doc_id] for doc_id in ids)
        if UNKNOWN not in (a, b):
            rows.append((pair.episode, *ids, a, b))
    table = pd.DataFrame(rows, columns=["episode", "doc_id_a", "doc_id_b", "outlet_a", "outlet_b"])
    values = estimates[["measure", "voice", "doc_id", "value"]]
    for side in "ab":
        named = values.rename(columns={"doc_id": f"doc_id_{side}", "value": f"value_{side}"})
        table = table.merge(named, on=[column for column in named if column in table])
    return table.assign(value=table["value_a"] - table["value_b"])


def outlet_differences(estimates: pd.DataFrame, measures: list[Measure], pairs: pd.DataFrame) -> pd.DataFrame:
    """One row a headline measure and pair of outlets, in scope outlet, where some two share ten or more episodes.

    Takes what `episode_gaps` takes. The value is the mean of the differences within episodes; episodes are
    resampled, with the same draws for all comparisons of as many episodes; intervals are studentised and
    simultaneous over the family. Of a story where no two do the table is empty; else a pair that shares fewer than
    ten, or whose hits are too rare, has a row with the reason.
    """
    headline = [measure for measure in measures if measure.is_headline]
    outlets = [outlet for outlet in dict.fromkeys(estimates["group"]) if outlet != UNKNOWN]
    gaps = episode_gaps(estimates, pairs)
    if not (gaps.groupby(["outlet_a", "outlet_b"])["episode"].nunique() >= MIN_EPISODES).any():
        return DIFFERENCES.frame(pd.DataFrame(columns=DIFFERENCES.names))
    gaps = gaps[gaps["value"].notna()]
    own = dict(iter(gaps.groupby(["measure", "voice", "outlet_a", "outlet_b"])))
    rows, draws = [], {family: [] for family in FAMILIES}
    for outlet_a, outlet_b in combinations(outlets, 2):
        for measure in headline:
            key = measure.name, measure.voice, outlet_a, outlet_b
            row = blank_row(measure, outlet_a, outlet_b) | {"scope": "outlet"}
            t = _over_episodes(row, measure, own.get(key, gaps.iloc[:0]))
            if t is not None:
                draws[measure.family].append((row, t))
            rows.append(row)
    for members in draws.values():
        judge(members)
    return DIFFERENCES.frame(pd.DataFrame(rows, columns=DIFFERENCES.names))


def _over_episodes(row: dict, measure: Measure, gaps: pd.DataFrame) -> np.ndarray | None:
    """Fill `row` from the differences within episodes: |t| in each resample, or None and a reason in the row."""
    values = gaps["value"].to_numpy()
    if not len(values):
        row["reason"] = "no episode with a figure of both"
        return None
    row["value"] = float(values.mean())
    row["reason"] = _not_over_episodes(measure, gaps)
    if row["reason"]:
        return None
    error, t = resampling.studentised_mean(values, resampling.N_FAMILY, "episodes")
    if np.isnan(t).mean() > 0.01:
        row["reason"] = "too few episodes that differ for an interval"
        return None
    width = resampling.critical(t, LEVEL) * error
    row |= {"low": row["value"] - width, "high": row["value"] + width, "error": error}
    return t


def _not_over_episodes(measure: Measure, gaps: pd.DataFrame) -> str:
    """Why differences within episodes give no interval of their mean; "" where they do."""
    if len(gaps) < MIN_EPISODES:
        return f"too few episodes: {len(gaps)} with a figure of both, {MIN_EPISODES} needed"
    if measure.event:  # a figure of zero is one without a hit
        n = int((gaps[["value_a", "value_b"]] != 0).to_numpy().sum())
        if not n:
            return f"none in {2 * len(gaps)} copies: a count of zero has no interval"
        if n < MIN_COPIES_WITH_HITS:
            return f"too few to tell: in {n} copies of both outlets, {MIN_COPIES_WITH_HITS} needed"
    if np.ptp(gaps["value"]) < 1e-12:
        return "the same difference in every episode: no interval"
    return ""
