"""Estimates: every measure of the catalogue for every copy, with its scope and interval or the reason why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.comparison import resampling
from analysis.measures.catalogue import Measure
from analysis.nearest import did_you_mean
from analysis.tables import ESTIMATES

MIN_WORDS = 100
MIN_SENTENCES = 3
MIN_SENTENCES_INTERVAL = 20
MIN_WORDS_VOICE = 30
MIN_OF = 10  # things that a share is of, attributions say, for an interval
MIN_EPISODES = 10
# Of two outlets together; half of it of one. With an episode's copy as the block it is the rule of ten blocks
# (`differences.MIN_BLOCKS_WITH_HITS`): a mean that rests on a few copies has no usable spread.
MIN_COPIES_WITH_HITS = 10
ZERO = np.float64(0)


class UnknownColumn(KeyError):
    """Table `documents` has no column of this name, so that nothing can be grouped by it."""

    def __str__(self) -> str:
        return str(self.args[0])


def possible(unit: str) -> tuple[float, float]:
    """The lowest and the highest figure there can be in this unit; infinite where there is no end."""
    if unit.startswith("%"):
        return 0.0, 100.0
    ends = {"−1 to 1": (-1.0, 1.0), "hits per 1,000 words": (0.0, 1_000.0), "words": (0.0, np.inf)}
    return ends.get(unit, (-np.inf, np.inf))


def too_little(document: Mapping[str, Any] | pd.Series, n_words: float, n_sentences: int) -> str:
    """Why no measure of this document is given; "" where they are."""
    if n_words < 1:
        return "no words"
    if document["language"] not in ("en", ""):
        return f"language is {document['language']}: measures are for English"
    if n_words < MIN_WORDS:  # and so every text that is too short to tell its language
        return f"too little text: {n_words:.0f} words, {MIN_WORDS} needed"
    if document["language"] != "en":
        return "language is unknown: measures are for English"
    if n_sentences < MIN_SENTENCES:
        return f"too little text: {n_sentences} sentences, {MIN_SENTENCES} needed"
    return ""


def estimates(
    documents: pd.DataFrame,
    sums: pd.DataFrame,
    measures: list[Measure],
    on_document: Callable[[str], None] = lambda doc_id: None,
) -> pd.DataFrame:
    """One row a measure and counted document, in scope copy: table `estimates`, grouped by outlet.

    `sums` is what `measures.sums.sums` returns. The interval is the middle 95 % of the measure over
    2,000 resamples of the document's paragraphs. `on_document` is told the id of each document that is done.
    """
    counted = documents.loc[documents["is_counted"], ["doc_id", "outlet", "episode", "language"]]
    numbers = _Numbers(measures)
    rows = sums.groupby("doc_id", sort=False).indices
    paragraph = sums["paragraph"].to_numpy()
    columns = sums.reindex(columns=numbers.columns, fill_value=0.0).to_numpy(float)
    parts = []
    for document in counted.to_dict("records"):
        own = rows.get(document["doc_id"], np.zeros(0, dtype=int))
        parts.append(_of_document(document, columns[own], paragraph[own], numbers))
        on_document(document["doc_id"])
    return ESTIMATES.frame(_table(counted, measures, parts))


class _Numbers:
    """Where the sums of each measure stand: all measures of a document are evaluated on one matrix of sums."""

    def __init__(self, measures: list[Measure]):
        self.measures = measures
        named = [name for one in measures for name in (*one.columns, one.words, one.event, one.of) if name]
        self.columns = list(dict.fromkeys(("n_words", *named)))
        self.place = {name: number for number, name in enumerate(self.columns)}
        self.words = np.array([self.place[one.words] for one in measures], dtype=int)
        self.by_function: dict[Callable, list[int]] = {}
        for number, one in enumerate(measures):
            self.by_function.setdefault(one.function, []).append(number)

    def values(self, totals: np.ndarray, asked: np.ndarray) -> np.ndarray:
        """Each measure that is `asked` in each column of `totals` (sums, resamples): (measures, resamples), else NaN."""
        values = np.full((len(self.measures), totals.shape[1]), np.nan)
        for function, numbers in self.by_function.items():
            if chosen := [number for number in numbers if asked[number]]:
                places = [[self.place[name] for name in self.measures[number].columns] for number in chosen]
                values[chosen] = resampling.evaluate(function, totals[np.transpose(places)].T)
        return values


def _of_document(document: dict, own: np.ndarray, paragraph: np.ndarray, numbers: _Numbers) -> dict:
    """What `estimates` says of one document, an array or a list a column, by measure; `own` is (sentences, sums)."""
    n_sentences, sums = len(own), own.sum(axis=0)
    totals = dict(zip(numbers.columns, sums, strict=True))
    words = sums[numbers.words]
    codes, is_paragraphs = resampling.blocks(paragraph)
    refused = too_little(document, totals["n_words"], n_sentences)
    reasons = [
        refused or _too_few_words(measure, n) for measure, n in zip(numbers.measures, words, strict=True)
    ]
    values = numbers.values(sums[:, None], np.array([not reason for reason in reasons]))[:, 0]
    for number, measure in enumerate(numbers.measures):
        if not reasons[number]:
            is_known = np.isfinite(values[number])
            reasons[number] = (
                no_interval(measure, totals, n_sentences) if is_known else "no sentence of this kind"
            )
    low, high = np.full((2, len(values)), np.nan)
    asked = np.array([not reason for reason in reasons])
    if asked.any():
        counts = resampling.draw(codes.max() + 1, resampling.N_INTERVAL, document["doc_id"])
        resampled = numbers.values(resampling.block_sums(own, codes).T @ counts.T, asked)
        low[asked], high[asked] = resampling.percentile_interval(resampled[asked])
        for number in np.flatnonzero(asked):
            if np.isnan(low[number]):
                reasons[number] = "too little text of this kind for an interval"
            elif high[number] - low[number] < 1e-12:
                low[number] = high[number] = np.nan
                reasons[number] = "the same in every resample: no interval"
    return {
        "value": values,
        "low": low,
        "high": high,
        "scope": ["copy" if is_paragraphs else "copy (runs of three sentences)"] * len(values),
        "n_words": words.astype(int),
        "n_sentences": (own > 0).sum(axis=0)[numbers.words],
        "reason": reasons,
    }


def _table(counted: pd.DataFrame, measures: list[Measure], parts: list[dict]) -> pd.DataFrame:
    """The columns of all documents under each other, and what is known of document and measure beside them."""
    if not parts or not measures:
        return ESTIMATES.empty()
    of_document = {
        column: np.repeat(counted[name].to_numpy(object), len(measures))
        for column, name in (("group", "outlet"), ("doc_id", "doc_id"), ("episode", "episode"))
    }
    of_measure = {
        column: np.tile(np.array([getattr(one, name) for one in measures], dtype=object), len(parts))
        for column, name in (("measure", "name"), ("voice", "voice"), ("unit", "unit"))
    }
    found = {column: np.concatenate([part[column] for part in parts]) for column in parts[0]}
    return pd.DataFrame(of_document | of_measure | found | {"n_documents": 1})


def _too_few_words(measure: Measure, n_words: float) -> str:
    if n_words >= MIN_WORDS_VOICE:
        return ""
    return f"too little text: {n_words:.0f} words {_where(measure.voice)}, {MIN_WORDS_VOICE} needed"


def no_interval(measure: Measure, own: Mapping[str, Any], n_sentences: int) -> str:
    """Why the value of a document has no interval; "" where it has one.

    `own` holds the sums of the document by column, or columns that add up to them; one that is not there is zero.
    """
    if n_sentences < MIN_SENTENCES_INTERVAL:
        return f"too few sentences for an interval: {n_sentences}, {MIN_SENTENCES_INTERVAL} needed"
    if measure.event and not own.get(measure.event, ZERO).sum():
        return f"none in {n_sentences} sentences: a count of zero has no interval"
    if measure.of and (n := own.get(measure.of, ZERO).sum()) < MIN_OF:
        return f"too few for an interval: {n:.0f} {measure.unit.removeprefix('% of ')}, {MIN_OF} needed"
    return ""


def _where(voice: str) -> str:
    return {"all": "in all", "outside": "outside quotation marks", "quoted": "inside quotation marks"}[voice]


def grouped(estimates: pd.DataFrame, documents: pd.DataFrame, by: str | list[str]) -> pd.DataFrame:
    """Group estimates of copies `by` columns of `documents` (or voice).

    Below ten episodes a group it stays one row a copy, named after its group. From ten on, a group of
    one outlet's copies is one row in scope outlet: the mean over episodes of the mean over its copies of that episode (which
    version is taken is a matter of two outlets, see `outlets.episode_gaps`), with a 95 % interval from resampling episodes
    (studentised). Copies of no named episode are not of one event there, and are left out of that row. Raises `UnknownColumn` with the nearest right names.
    """
    columns = [by] if isinstance(by, str) else list(by)
    keys = documents.set_index("doc_id", drop=False)
    for column in columns:
        if column not in keys and column != "voice":
            there = [*keys.columns, "voice"]
            hint = did_you_mean(column, there) or f"; there are: {', '.join(there)}"
            raise UnknownColumn(f"cannot group by {column!r}{hint}")
    table = estimates.copy()
    labels = [
        table["voice"]
        if column == "voice"
        else table["doc_id"].map(keys[column]).astype("object").fillna("unknown").astype(str)
        for column in columns
    ]
    table["group"] = labels[0] if len(labels) == 1 else labels[0].str.cat(labels[1:], sep=" · ")
    order = list(dict.fromkeys(table["group"]))
    parts = []
    for (_measure, _voice, _group), part in table.groupby(["measure", "voice", "group"], sort=False):
        named = part[part["episode"] != ""]
        usable = named[named["value"].notna()]
        by_episode = usable.groupby("episode")["value"].mean()
        writers = keys["outlet"].reindex(part["doc_id"]).unique()
        is_outlet = len(writers) == 1 and writers[0] != "unknown"  # only an outlet's own copies speak for it
        parts.append(
            _over_episodes(named, by_episode) if is_outlet and len(by_episode) >= MIN_EPISODES else part
        )
    result = pd.concat(parts) if parts else table
    rank = {group: place for place, group in enumerate(order)}
    return ESTIMATES.frame(
        result.sort_values("group", key=lambda groups: groups.map(rank), kind="stable").reset_index(drop=True)
    )


def _over_episodes(part: pd.DataFrame, by_episode: pd.Series) -> pd.DataFrame:
    first = part.iloc[[0]].copy()
    values = by_episode.to_numpy()
    n_with_hits = int((values != 0).sum())
    low, high, reason = np.nan, np.nan, ""
    if not n_with_hits:
        reason = f"none in {len(values)} episodes: a count of zero has no interval"
    elif n_with_hits < MIN_COPIES_WITH_HITS / 2:
        reason = f"too few to tell: in {n_with_hits} episodes, {MIN_COPIES_WITH_HITS // 2} needed"
    else:
        low, high = mean_interval(values, "/".join(map(str, part.iloc[0][["measure", "voice", "group"]])))
        low, high = np.clip([low, high], *possible(part.iloc[0]["unit"]))
        reason = "" if np.isfinite(low) else "the same in nearly every episode: no interval"
    return first.assign(
        doc_id="",
        episode="",
        value=by_episode.mean(),
        low=low,
        high=high,
        scope="outlet",
        n_words=part["n_words"].sum(),
        n_sentences=part["n_sentences"].sum(),
        n_documents=int(part["value"].notna().sum()),
        reason=reason,
    )


def mean_interval(values: np.ndarray, name: str) -> tuple[float, float]:
    """The studentised 95 % interval of the mean of `values`, one an episode, episodes being resampled.

    NaN where more than one resample in a hundred has no spread.
    """
    error, t = resampling.studentised_mean(values, resampling.N_INTERVAL, name)
    if np.isnan(t).mean() > 0.01:
        return np.nan, np.nan
    width = resampling.critical(t, 0.95) * error
    return values.mean() - width, values.mean() + width
