"""Estimates: every measure of the catalogue for every copy, with its scope and interval or the reason why not."""

from __future__ import annotations

from collections.abc import Callable

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


def too_little(document: pd.Series, n_words: float, n_sentences: int) -> str:
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
    rows = []
    for _, document in documents[documents["is_counted"]].iterrows():
        own = sums[sums["doc_id"] == document["doc_id"]]
        rows += _of_document(document, own, measures)
        on_document(document["doc_id"])
    return ESTIMATES.frame(rows)


def _of_document(document: pd.Series, own: pd.DataFrame, measures: list[Measure]) -> list[dict]:
    n_words, n_sentences = float(own["n_words"].sum()), len(own)
    refused = too_little(document, n_words, n_sentences)
    codes, is_paragraphs = resampling.blocks(own["paragraph"])
    scope = "copy" if is_paragraphs else "copy (runs of three sentences)"
    counts = None
    if not refused and n_sentences >= MIN_SENTENCES_INTERVAL:
        counts = resampling.draw(codes.max() + 1, resampling.N_INTERVAL, document["doc_id"])
    rows = []
    for measure in measures:
        columns = own.reindex(columns=list(measure.columns), fill_value=0.0)
        words = float(own[measure.words].sum())
        value, low, high, reason = np.nan, np.nan, np.nan, refused
        if not reason and words < MIN_WORDS_VOICE:
            reason = f"too little text: {words:.0f} words {_where(measure.voice)}, {MIN_WORDS_VOICE} needed"
        if not reason:
            value = resampling.evaluate(measure.function, columns.sum().to_numpy()[None])[0]
            reason = (
                no_interval(measure, own, n_sentences) if np.isfinite(value) else "no sentence of this kind"
            )
            if not reason:
                sums = resampling.block_sums(columns.to_numpy(), codes)
                low, high = resampling.percentile_interval(
                    resampling.evaluate(measure.function, counts @ sums)
                )
                reason = "" if np.isfinite(low) else "too little text of this kind for an interval"
                if high - low < 1e-12:
                    low, high, reason = np.nan, np.nan, "the same in every resample: no interval"
        rows.append(
            {
                "measure": measure.name,
                "voice": measure.voice,
                "group": document["outlet"],
                "doc_id": document["doc_id"],
                "episode": document["episode"],
                "value": value,
                "low": low,
                "high": high,
                "unit": measure.unit,
                "scope": scope,
                "n_words": int(words),
                "n_sentences": int((own[measure.words] > 0).sum()),
                "n_documents": 1,
                "reason": reason,
            }
        )
    return rows


def no_interval(measure: Measure, own: pd.DataFrame, n_sentences: int) -> str:
    """Why the value of a document has no interval; "" where it has one."""
    if n_sentences < MIN_SENTENCES_INTERVAL:
        return f"too few sentences for an interval: {n_sentences}, {MIN_SENTENCES_INTERVAL} needed"
    if measure.event and not own.get(measure.event, pd.Series(0.0)).sum():
        return f"none in {n_sentences} sentences: a count of zero has no interval"
    if measure.of and (n := own[measure.of].sum()) < MIN_OF:
        return f"too few for an interval: {n:.0f} {measure.unit.removeprefix('% of ')}, {MIN_OF} needed"
    return ""


def _where(voice: str) -> str:
    return {"all": "in all", "outside": "outside quotation marks", "quoted": "inside quotation marks"}[voice]


def grouped(estimates: pd.DataFrame, documents: pd.DataFrame, by: str | list[str]) -> pd.DataFrame:
    """Group estimates of copies `by` columns of `documents` (or voice).

    Below ten episodes a group it stays one row a copy, named after its group. From ten on, a group of
    one outlet's copies is one row in scope outlet: the mean over episodes of the mean over its copies of that episode (which
    version is taken is a matter of two outlets, see `outlets.episode_gaps`), with a 95 % interval from resampling episodes
    (studentised). Raises `UnknownColumn` with the nearest right names.
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
        usable = part[part["value"].notna()]
        by_episode = usable.groupby("episode")["value"].mean()
        writers = keys["outlet"].reindex(part["doc_id"]).unique()
        is_outlet = len(writers) == 1 and writers[0] != "unknown"  # only an outlet's own copies speak for it
        parts.append(
            _over_episodes(part, by_episode) if is_outlet and len(by_episode) >= MIN_EPISODES else part
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
