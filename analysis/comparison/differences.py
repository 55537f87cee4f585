"""Differences: which copies are compared, by how much they differ and what that may claim.

Within an episode every outlet's copy is compared with every other's. A family is the
headline measures of one question over all pairs of the story; its intervals are
simultaneous (max |t|, balanced), and the families share the 5 % of the story between them, so
that a story without any difference shows one in at most one case in twenty.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
import pandas as pd

from analysis.comparison import resampling
from analysis.comparison.estimates import MIN_WORDS_VOICE, no_interval, too_little
from analysis.measures.catalogue import FAMILIES, Measure
from analysis.tables import DIFFERENCES, UNKNOWN

LEVEL = 0.95
FAMILY_LEVEL = 1 - (1 - LEVEL) / len(FAMILIES)
MIN_BLOCKS_WITH_HITS = 10
MOST_PAIRS = 500  # of copies, beyond which copies are not compared


def of_events(documents: pd.DataFrame) -> pd.DataFrame:
    """The counted documents that are of an event: where a story names episodes those that have one, else all, since it is one event."""
    counted = documents[documents["is_counted"]]
    named = counted[counted["episode"] != ""]
    return counted if named.empty else named


def chosen_copies(documents: pd.DataFrame, versions: list[dict] = ()) -> pd.DataFrame:
    """Pairs of copies to compare, in manifest order: episode, doc_id_a, doc_id_b, rule.

    Of an outlet with several versions of one episode the pair takes the one that story.yml names, for that pair or
    for all, else the nearest by time of publication where both are known, else the later one by `filing_order` or time, else
    the last of the manifest; `rule` says which.
    """
    named = {(one["outlet"], one["episode"], one.get("against", "")): one["use"] for one in versions}
    rows = []
    counted = documents[documents["is_counted"]]
    is_known = counted["outlet"] != UNKNOWN  # unknown copies are no versions of each other
    writers = counted["outlet"].where(is_known, counted["doc_id"]).to_list()
    place = {writer: number for number, writer in enumerate(dict.fromkeys(writers))}
    known = list(zip(counted["doc_id"], _times(counted), _orders(counted), strict=True))
    episodes: dict[str, dict[str, list[int]]] = {}
    for number, (episode, writer) in enumerate(zip(counted["episode"], writers, strict=True)):
        episodes.setdefault(episode, {}).setdefault(writer, []).append(number)
    for episode, copies in episodes.items():
        own = {
            writer: _Versions(*zip(*(known[number] for number in copies[writer]), strict=True))
            for writer in sorted(copies, key=place.__getitem__)
        }
        for a, b in combinations(own, 2):
            use_a = [named.get((a, episode, against)) for against in (b, "")]
            use_b = [named.get((b, episode, against)) for against in (a, "")]
            doc_id_a, rule_a = own[a].against(own[b], use_a)
            doc_id_b, rule_b = own[b].against(own[a], use_b)
            rows.append(
                (episode, doc_id_a, doc_id_b, "; ".join(dict.fromkeys(filter(None, (rule_a, rule_b)))))
            )
    return pd.DataFrame(rows, columns=["episode", "doc_id_a", "doc_id_b", "rule"])


@dataclass(frozen=True)
class _Versions:
    """An outlet's copies of an episode, in manifest order, with what is known of their order; None where nothing is."""

    doc_ids: tuple[str, ...]
    times: tuple[int | None, ...]
    orders: tuple[int | None, ...]

    def against(self, other: _Versions, named: list[str | None]) -> tuple[str, str]:
        """The copy that is compared with one of `other`, and the rule; `named` are those to be taken first."""
        if len(self.doc_ids) == 1:
            return self.doc_ids[0], ""
        for doc_id in named:
            if doc_id in self.doc_ids:
                return doc_id, f"{doc_id}: the version that story.yml names"
        if other.in_order and self.in_order:
            nearest = self.doc_ids[min(self._gaps(other.in_order))[1]]
            return nearest, f"{nearest}: the version published nearest in time"
        return self.last

    def _gaps(self, times: list[int]) -> Iterator[tuple[int, int]]:
        """How far each copy whose time is known is from the nearest of `times`, which are in order, and its place."""
        for place, time in enumerate(self.times):
            if time is not None:
                at = bisect_left(times, time)
                yield min(abs(one - time) for one in times[max(at - 1, 0) : at + 1]), place

    @cached_property
    def in_order(self) -> list[int]:
        """The times that are known."""
        return sorted(time for time in self.times if time is not None)

    @cached_property
    def last(self) -> tuple[str, str]:
        """The latest copy, as far as that is known, and the rule."""
        for known in (self.orders, self.times):
            if None not in known and len(set(known)) > 1:
                later = self.doc_ids[known.index(max(known))]
                return later, f"{later}: the later version"
        last = self.doc_ids[-1]
        return last, f"{last}: the last in documents.csv, which does not tell which one is later"


def _times(documents: pd.DataFrame) -> list[int | None]:
    """When each copy was published, where that is known to the minute."""
    known = documents["published_at"].where(documents["published_precision"] == "minute")
    times = pd.to_datetime(known, utc=True, errors="coerce", format="ISO8601")
    return [
        int(time) if is_known else None
        for time, is_known in zip(times.astype("int64"), times.notna(), strict=True)
    ]


def _orders(documents: pd.DataFrame) -> list[int | None]:
    """The place of each copy in the order of filing, where it is set."""
    return [None if pd.isna(order) else int(order) for order in documents["filing_order"]]


def differences(
    documents: pd.DataFrame, sums: pd.DataFrame, measures: list[Measure], pairs: pd.DataFrame
) -> pd.DataFrame:
    """One row a headline measure and pair of copies, in scope copy: table `differences`.

    `sums` is what `measures.sums.sums` returns, `pairs` what `chosen_copies` returns. Of more than 500 pairs there is no row:
    nobody reads so many, and a story that has them is compared outlet by outlet (`outlets.outlet_differences`).
    """
    if len(pairs) > MOST_PAIRS:
        return DIFFERENCES.frame(pd.DataFrame(columns=DIFFERENCES.names))
    headline = [measure for measure in measures if measure.is_headline]
    copies = _Copies(documents, sums)
    rows, families = [], {family: Family() for family in FAMILIES}
    for episode, own in pairs.groupby("episode", sort=False):
        copies.forget()
        for pair in own.itertuples():
            for measure in headline:
                row, error, t = copies.compare(measure, pair.doc_id_a, pair.doc_id_b)
                row["episode"] = episode
                if t is not None:
                    families[measure.family].add(row, error, t)
                rows.append(row)
    for family in families.values():
        family.judge()
    return DIFFERENCES.frame(pd.DataFrame(rows, columns=DIFFERENCES.names))


def blank_row(measure: Measure, outlet_a: str, outlet_b: str) -> dict:
    """A row of `differences` in which nothing is known yet."""
    return {
        **dict.fromkeys(("episode", "doc_id_a", "doc_id_b", "reason"), ""),
        **dict.fromkeys(("value", "low", "high", "low_family", "high_family", "detectable"), np.nan),
        "measure": measure.name,
        "voice": measure.voice,
        "outlet_a": outlet_a,
        "outlet_b": outlet_b,
        "family": measure.family,
        "family_size": 0,
        "is_clear": False,
        "scope": "copy",
    }


class Family:
    """The comparisons of one family that have an interval of their own, and what their simultaneous ones need."""

    def __init__(self):
        self.rows: list[dict] = []
        self.draws = resampling.Simultaneous(FAMILY_LEVEL)

    def add(self, row: dict, error: float, t: np.ndarray) -> None:
        """Add a row of `differences` with the standard error of its value and |t| in each resample; it gets its own interval."""
        width = resampling.critical(t, LEVEL) * error
        row |= {"low": row["value"] - width, "high": row["value"] + width, "error": error}
        self.rows.append(row)
        self.draws.add(t)

    def judge(self) -> None:
        """Give the rows their simultaneous intervals."""
        for row, width in zip(self.rows, self.draws.widths(), strict=True):
            reach = width * row.pop("error")
            row |= {
                "low_family": row["value"] - reach,
                "high_family": row["value"] + reach,
                "family_size": len(self.rows),
                "detectable": reach,
                "is_clear": abs(row["value"]) > reach,
            }


class _Copies:
    """The block sums of each copy, and their replicates once they are asked for."""

    def __init__(self, documents: pd.DataFrame, sums: pd.DataFrame):
        self.documents = documents.set_index("doc_id")
        self.sums = dict(iter(sums.groupby("doc_id", sort=False)))
        self.empty = sums.iloc[:0]
        self.forget()

    def forget(self) -> None:
        """Let go of replicates: copies of another episode have no use for them."""
        self.blocks, self.replicates = {}, {}

    def compare(
        self, measure: Measure, doc_id_a: str, doc_id_b: str
    ) -> tuple[dict, float, np.ndarray | None]:
        """The row of `differences` for a pair; where it has an interval the standard error, and |t| in each resample."""
        row = blank_row(measure, *self.documents.loc[[doc_id_a, doc_id_b], "outlet"])
        row |= {"doc_id_a": doc_id_a, "doc_id_b": doc_id_b}
        for doc_id in (doc_id_a, doc_id_b):
            if reason := self._refused(measure, doc_id):
                return row | {"reason": f"{doc_id}: {reason}"}, np.nan, None
        a, b = self._replicates(measure, doc_id_a), self._replicates(measure, doc_id_b)
        if not self._is_paragraphs(doc_id_a) or not self._is_paragraphs(doc_id_b):
            row["scope"] = "copy (runs of three sentences)"
        row["value"], error, t = resampling.studentised(a, b)
        reason = self._too_few_hits(measure, doc_id_a, doc_id_b)
        if not reason and not (error > 0 and np.isnan(t).mean() <= 0.01):
            reason = "too little text of this kind for an interval"
        if reason:
            return row | {"reason": reason}, np.nan, None
        return row, error, t

    def _own(self, doc_id: str) -> pd.DataFrame:
        return self.sums.get(doc_id, self.empty)

    def _refused(self, measure: Measure, doc_id: str) -> str:
        own = self._own(doc_id)
        words = own[measure.words].sum()
        return (
            too_little(self.documents.loc[doc_id], own["n_words"].sum(), len(own))
            or (
                f"too little text: {words:.0f} words, {MIN_WORDS_VOICE} needed"
                if words < MIN_WORDS_VOICE
                else ""
            )
            or no_interval(measure, own, len(own))
        )

    def _too_few_hits(self, measure: Measure, *doc_ids: str) -> str:
        """Counts of rare words have no usable spread: ten blocks with a hit are needed in the pair together."""
        if not measure.event:
            return ""
        n = sum(
            (resampling.block_sums(self._own(i)[[measure.event]].to_numpy(), self._blocks(i)[0]) > 0).sum()
            for i in doc_ids
        )
        return (
            ""
            if n >= MIN_BLOCKS_WITH_HITS
            else f"too few to tell: in {n} paragraphs of both copies, {MIN_BLOCKS_WITH_HITS} needed"
        )

    def _blocks(self, doc_id: str) -> tuple[np.ndarray, bool, np.ndarray]:
        if doc_id not in self.blocks:
            codes, is_paragraphs = resampling.blocks(self._own(doc_id)["paragraph"])
            counts = resampling.draw(codes.max() + 1, resampling.N_FAMILY, doc_id)
            self.blocks[doc_id] = codes, is_paragraphs, counts
        return self.blocks[doc_id]

    def _is_paragraphs(self, doc_id: str) -> bool:
        return self._blocks(doc_id)[1]

    def _replicates(self, measure: Measure, doc_id: str) -> resampling.Replicates:
        key = doc_id, measure.name, measure.voice
        if key not in self.replicates:
            codes, _, counts = self._blocks(doc_id)
            columns = self._own(doc_id).reindex(columns=list(measure.columns), fill_value=0.0).to_numpy()
            self.replicates[key] = resampling.replicate(
                resampling.block_sums(columns, codes), measure.function, counts
            )
        return self.replicates[key]
