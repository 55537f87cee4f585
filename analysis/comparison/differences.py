"""Differences: which copies are compared, by how much they differ and what that may claim.

Within an episode every outlet's copy is compared with every other's. A family is the
headline measures of one question over all pairs of the story; its intervals are
simultaneous (max |t|, balanced), and the families share the 5 % of the story between them, so
that a story without any difference shows one in at most one case in twenty.
"""

from __future__ import annotations

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
    doc_ids = counted["doc_id"].to_list()
    episodes: dict[str, dict[str, list[int]]] = {}
    for number, (episode, writer) in enumerate(zip(counted["episode"], writers, strict=True)):
        episodes.setdefault(episode, {}).setdefault(writer, []).append(number)
    for episode, copies in episodes.items():
        for outlet_a, outlet_b in combinations(sorted(copies, key=place.__getitem__), 2):
            own, other = copies[outlet_a], copies[outlet_b]
            if len(own) == len(other) == 1:  # as nearly always in a story of many episodes
                rows.append((episode, doc_ids[own[0]], doc_ids[other[0]], ""))
                continue
            own, other = counted.iloc[own], counted.iloc[other]
            use_a = [named.get((outlet_a, episode, against)) for against in (outlet_b, "")]
            use_b = [named.get((outlet_b, episode, against)) for against in (outlet_a, "")]
            a, rule_a = _version(own, other, use_a)
            b, rule_b = _version(other, own, use_b)
            rows.append((episode, a, b, "; ".join(dict.fromkeys(filter(None, (rule_a, rule_b))))))
    return pd.DataFrame(rows, columns=["episode", "doc_id_a", "doc_id_b", "rule"])


def _version(own: pd.DataFrame, other: pd.DataFrame, named: list[str | None]) -> tuple[str, str]:
    """The copy of `own` that is compared with `other`, and the rule; `named` are those to be taken first."""
    if len(own) == 1:
        return own.iloc[0]["doc_id"], ""
    if known := [doc_id for doc_id in named if doc_id in set(own["doc_id"])]:
        return known[0], f"{known[0]}: the version that story.yml names"
    times, times_other = _times(own), _times(other)
    if times.notna().any() and times_other.notna().any():
        gaps = times.map(lambda time: (times_other - time).abs().min())
        nearest = own.loc[gaps.idxmin(), "doc_id"]
        return nearest, f"{nearest}: the version published nearest in time"
    for known in (own["filing_order"], times):
        if known.notna().all() and known.nunique() > 1:
            later = own.loc[known.idxmax(), "doc_id"]
            return later, f"{later}: the later version"
    last = own.iloc[-1]["doc_id"]
    return last, f"{last}: the last in documents.csv, which does not tell which one is later"


def _times(documents: pd.DataFrame) -> pd.Series:
    known = documents["published_at"].where(documents["published_precision"] == "minute")
    return pd.to_datetime(known, utc=True, errors="coerce", format="ISO8601")


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
    rows, draws = [], {family: [] for family in FAMILIES}
    for pair in pairs.itertuples():
        for measure in headline:
            row, t = copies.compare(measure, pair.doc_id_a, pair.doc_id_b)
            row["episode"] = pair.episode
            if t is not None:
                draws[measure.family].append((row, t))
            rows.append(row)
    for members in draws.values():
        judge(members)
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


def judge(members: list[tuple[dict, np.ndarray]]) -> None:
    """Give the rows of one family their simultaneous intervals."""
    if not members:
        return
    widths = resampling.simultaneous(np.stack([t for _, t in members], axis=1), FAMILY_LEVEL)
    for (row, _), width in zip(members, widths, strict=True):
        reach = width * row.pop("error")
        row |= {
            "low_family": row["value"] - reach,
            "high_family": row["value"] + reach,
            "family_size": len(members),
            "detectable": reach,
            "is_clear": abs(row["value"]) > reach,
        }


class _Copies:
    """The block sums of each copy, and their replicates once they are asked for."""

    def __init__(self, documents: pd.DataFrame, sums: pd.DataFrame):
        self.documents = documents.set_index("doc_id")
        self.sums = dict(iter(sums.groupby("doc_id", sort=False)))
        self.empty = sums.iloc[:0]
        self.blocks, self.replicates = {}, {}

    def compare(self, measure: Measure, doc_id_a: str, doc_id_b: str) -> tuple[dict, np.ndarray | None]:
        """The row of `differences` for a pair, and |t| in each resample where there is an interval."""
        row = blank_row(measure, *self.documents.loc[[doc_id_a, doc_id_b], "outlet"])
        row |= {"doc_id_a": doc_id_a, "doc_id_b": doc_id_b}
        for doc_id in (doc_id_a, doc_id_b):
            if reason := self._refused(measure, doc_id):
                return row | {"reason": f"{doc_id}: {reason}"}, None
        a, b = self._replicates(measure, doc_id_a), self._replicates(measure, doc_id_b)
        if not self._is_paragraphs(doc_id_a) or not self._is_paragraphs(doc_id_b):
            row["scope"] = "copy (runs of three sentences)"
        row["value"], row["error"], t = resampling.studentised(a, b)
        reason = self._too_few_hits(measure, doc_id_a, doc_id_b)
        if not reason and not (row["error"] > 0 and np.isnan(t).mean() <= 0.01):
            reason = "too little text of this kind for an interval"
        if reason:
            row.pop("error")
            return row | {"reason": reason}, None
        width = resampling.critical(t, LEVEL) * row["error"]
        row |= {"low": row["value"] - width, "high": row["value"] + width}
        return row, t

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
