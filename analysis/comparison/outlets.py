"""Outlets: how two of them differ over ten or more episodes that both cover.

A difference is taken within an episode and episodes are resampled, as if other episodes had been covered. The
families of this scope share 5 % between them, as those of copies do: findings are told in one scope only (`findings.told`).

Estimates are asked for measure by measure, and of each only the figures are kept: an archive's would not fit into memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

import numpy as np
import pandas as pd

from analysis.comparison import resampling
from analysis.comparison.differences import Family, blank_row
from analysis.comparison.estimates import MIN_COPIES_WITH_HITS, MIN_EPISODES
from analysis.measures.catalogue import FAMILIES, Measure
from analysis.tables import DIFFERENCES, UNKNOWN

# Episodes, beyond which all comparisons of a story are resampled together, whichever episodes they rest on: drawing
# anew for each number of episodes would take minutes there.
MANY_EPISODES = 1_000
# Comparisons whose draws are in memory together, 80 KB each and several times over.
AT_ONCE = 128


def by_measure(estimates: pd.DataFrame) -> Callable[[Measure], pd.DataFrame]:
    """The estimates of copies, asked for measure by measure, where one table holds them all."""
    own = dict(iter(estimates.groupby(["measure", "voice"], sort=False)))
    return lambda measure: own.get((measure.name, measure.voice), estimates.iloc[:0])


def compared(estimates: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """`pairs` (what `chosen_copies` returns) of known outlets: episode, doc_id_a, doc_id_b, outlet_a, outlet_b.

    `estimates` (doc_id, group) say which outlet a copy is of. Outlets are in their order, which is that of the manifest.
    """
    outlet_of = estimates.drop_duplicates("doc_id").set_index("doc_id")["group"]
    place = pd.Series({outlet: n for n, outlet in enumerate(dict.fromkeys(estimates["group"]))}, dtype=float)
    table = pairs[["episode", "doc_id_a", "doc_id_b"]].reset_index(drop=True)
    sides = {side: table[f"doc_id_{side}"].map(outlet_of) for side in "ab"}
    is_turned = sides["a"].map(place) > sides["b"].map(place)
    for name in ("doc_id", "outlet"):
        a, b = (table[f"doc_id_{side}"] if name == "doc_id" else sides[side] for side in "ab")
        table[f"{name}_a"], table[f"{name}_b"] = a.mask(is_turned, b), b.mask(is_turned, a)
    is_known = (table["outlet_a"] != UNKNOWN) & (table["outlet_b"] != UNKNOWN)
    return table[is_known & sides["a"].notna() & sides["b"].notna()].reset_index(drop=True)


def episode_gaps(estimates: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """One row a measure, pair of outlets and episode that both cover: the difference within that episode.

    `estimates` are those of copies, `pairs` what `chosen_copies` returns: of several versions the one chosen for
    the pair is taken, as for copies. Columns: measure, voice, outlet_a, outlet_b, episode, value_a, value_b,
    value (of a minus of b; NA where a copy has none). Outlets are in manifest order; unknown ones are left out.
    """
    table = compared(estimates, pairs)
    values = estimates[["measure", "voice", "doc_id", "value"]]
    for side in "ab":
        named = values.rename(columns={"doc_id": f"doc_id_{side}", "value": f"value_{side}"})
        table = table.merge(named, on=[column for column in named if column in table])
    return table.assign(value=table["value_a"] - table["value_b"])


def outlet_differences(
    estimates_of: Callable[[Measure], pd.DataFrame], measures: list[Measure], pairs: pd.DataFrame
) -> pd.DataFrame:
    """One row a headline measure and pair of outlets that share an episode, in scope outlet, where some two share ten or more.

    `estimates_of` gives the estimates of copies of a measure, `pairs` is what `chosen_copies` returns. The value is the mean of
    the differences within episodes; episodes are resampled, with the same draws for all comparisons of as many episodes (in
    stories of more than 1,000 for all); intervals are studentised and simultaneous over the family. Of a story where no two do
    the table is empty; else a pair that shares fewer than ten, or whose hits are too rare, has a row with the reason.
    """
    headline = [measure for measure in measures if measure.is_headline]
    figures, copies = {}, pd.DataFrame({"doc_id": [], "group": []}, dtype="str")
    for measure in headline:
        own = estimates_of(measure)
        figures[measure] = own.set_index("doc_id")["value"]
        copies = pd.concat([copies, own[["doc_id", "group"]]]).drop_duplicates("doc_id", ignore_index=True)
    gaps = _Gaps(compared(copies, pairs), copies["doc_id"], figures)
    if gaps.most < MIN_EPISODES:
        return DIFFERENCES.frame(pd.DataFrame(columns=DIFFERENCES.names))
    rows = []
    outlets = [one for one in dict.fromkeys(copies["group"]) if one != UNKNOWN]
    for two in (two for two in combinations(outlets, 2) if two in gaps.own):
        for measure in headline:
            row = blank_row(measure, *two) | {"scope": "outlet"}
            gaps.add(row, measure)
            rows.append(row)
    for family in gaps.judged().values():
        family.judge()
    return DIFFERENCES.frame(pd.DataFrame(rows, columns=DIFFERENCES.names))


class _Gaps:
    """The differences within episodes of all comparisons that can be judged.

    Kept are the figures of copies and which copies are compared: differences are taken from them again when they are resampled.
    """

    def __init__(self, table: pd.DataFrame, doc_ids: pd.Series, figures: dict[Measure, pd.Series]):
        codes, episodes = pd.factorize(table["episode"])
        self.n_episodes = len(episodes)
        places = pd.Index(doc_ids)
        sides = [places.get_indexer(table[f"doc_id_{side}"]) for side in "ab"]
        self.figures = {one: own.reindex(doc_ids).to_numpy(dtype=float) for one, own in figures.items()}
        self.own = {
            outlets: (sides[0][rows], sides[1][rows], codes[rows])
            for outlets, rows in table.groupby(["outlet_a", "outlet_b"]).indices.items()
        }
        self.most = max((len(np.unique(own[2])) for own in self.own.values()), default=0)
        self.usable: list[tuple[dict, Measure, int]] = []

    def add(self, row: dict, measure: Measure) -> None:
        """Fill in the value of `row`, and the reason where it has no interval; else keep it to be judged."""
        a, b, _ = self._known(row, measure)
        if not len(a):
            row["reason"] = "no episode with a figure of both"
            return
        row["value"] = float((a - b).mean())
        row["reason"] = _not_over_episodes(measure, a, b)
        if not row["reason"]:
            self.usable.append((row, measure, len(a)))

    def judged(self) -> dict[str, Family]:
        """The families, of the rows that have an interval of their own."""
        families = {family: Family() for family in FAMILIES}
        for batch in self._batches():
            errors, t = resampling.studentised_means(self._values(batch), resampling.N_FAMILY, "episodes")
            for (row, measure, _), error, own in zip(batch, errors, t.T, strict=True):
                if np.isnan(own).mean() > 0.01:
                    row["reason"] = "too few episodes that differ for an interval"
                else:
                    families[measure.family].add(row, error, own)
        return families

    def _known(self, row: dict, measure: Measure) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The figures of both outlets, and the numbers of the episodes, where both have one."""
        a, b, codes = self.own[row["outlet_a"], row["outlet_b"]]
        a, b = self.figures[measure][a], self.figures[measure][b]
        is_known = ~np.isnan(a - b)
        return a[is_known], b[is_known], codes[is_known]

    def _batches(self) -> Iterator[list[tuple[dict, Measure, int]]]:
        """The usable comparisons that are resampled with the same draws, some at once."""
        alike: dict[int, list] = {}
        for one in self.usable:
            alike.setdefault(0 if self._is_many else one[2], []).append(one)
        for own in alike.values():
            for first in range(0, len(own), AT_ONCE):
                yield own[first : first + AT_ONCE]

    def _values(self, batch: list[tuple[dict, Measure, int]]) -> np.ndarray:
        """The differences within episodes (episodes, comparisons), of many episodes NaN where there is none."""
        values = np.full((self.n_episodes if self._is_many else batch[0][2], len(batch)), np.nan)
        for place, (row, measure, _) in enumerate(batch):
            a, b, codes = self._known(row, measure)
            values[codes if self._is_many else slice(None), place] = a - b
        return values

    @property
    def _is_many(self) -> bool:
        return self.n_episodes > MANY_EPISODES


def _not_over_episodes(measure: Measure, a: np.ndarray, b: np.ndarray) -> str:
    """Why differences within episodes (figures `a` minus `b`) give no interval of their mean; "" where they do."""
    if len(a) < MIN_EPISODES:
        return f"too few episodes: {len(a)} with a figure of both, {MIN_EPISODES} needed"
    if measure.event:  # a figure of zero is one without a hit
        n = int((a != 0).sum() + (b != 0).sum())
        if not n:
            return f"none in {2 * len(a)} copies: a count of zero has no interval"
        if n < MIN_COPIES_WITH_HITS:
            return f"too few to tell: in {n} copies of both outlets, {MIN_COPIES_WITH_HITS} needed"
    if np.ptp(a - b) < 1e-12:
        return "the same difference in every episode: no interval"
    return ""
