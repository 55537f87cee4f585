"""Sources: whose words a copy gives, how many they are, and where each kind of them first comes in.

These are counts of a whole copy, without an interval: numbers of sources are no sums over sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import comb, exp, log

import numpy as np
import pandas as pd

from analysis.tables import CUT, SEVERAL

PRONOUNS = frozenset(
    "he she it they we i you who whom which that this these those him her them his their its".split()
)
MIN_TURNS = 5  # attributions to a source, in the smallest copy compared, for a rarefied number


def turns(quotations: pd.DataFrame, quotation_parts: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """What is reported as somebody's in the body, a republisher's text aside: one row an attribution, in reading order.

    Adds to the columns of `quotations`: `source`, by whom it counts (the actor's id, else the words that name the source,
    "" where nobody is named or only a pronoun); `turn`, counted from 1 in its document, which goes on until
    another source's words begin; `position` of its first sentence, 0 first to 1 last; `n_words` and
    `n_words_quoted`, now those of its parts, so that a word counts once, for the innermost speaker.
    """
    places = sentences[["doc_id", "sentence_id", "part", "written_by", "position"]]
    rows = quotations[quotations["is_speech"]].merge(places, on=["doc_id", "sentence_id"])
    rows = rows[(rows["part"] == "body") & (rows["written_by"] != "via")]
    words = quotation_parts.groupby(["doc_id", "quotation_id"])[["n_words", "n_words_quoted"]].sum()
    rows = rows.drop(columns=["n_words", "n_words_quoted"]).join(words, on=["doc_id", "quotation_id"])
    rows = rows.reset_index(drop=True)
    rows["source"] = ""
    rows["turn"] = 0
    for _, own in rows.groupby("doc_id", sort=False):
        sources = _sources(own["speaker"], own["speaker_surface"], own["source_type"])
        rows.loc[own.index, "source"] = sources
        rows.loc[own.index, "turn"] = _runs([source.casefold() for source in sources])
    rows["source"] = _as_printed(rows["source"])
    return rows


def _sources(speakers: Iterable[str], surfaces: Iterable[str], types: Iterable[str]) -> list[str]:
    """Who counts as one source: an actor; a name and, after it, its last word; the same words without an article."""
    named: dict[str, str] = {}
    found = []
    for speaker, surface, source_type in zip(speakers, surfaces, types, strict=True):
        words = surface.removesuffix(CUT).split()
        if not speaker and words and words[0].lower() in ("the", "a", "an"):
            words = words[1:]
        if speaker:
            found.append(SEVERAL.join(sorted(speaker.split(SEVERAL))))
        elif not words or (len(words) == 1 and words[0].lower() in PRONOUNS):
            found.append("")
        elif words[-1][0].isupper() and source_type != "unnamed":
            name = named.setdefault(words[-1], " ".join(words))
            found.append(name)
        else:
            found.append(" ".join(words) + (CUT if surface.endswith(CUT) else ""))
    return found


def _as_printed(sources: pd.Series) -> pd.Series:
    """One form for sources that differ in capitals alone: the one that begins with a small letter, else the first."""
    forms: dict[str, str] = {}
    for source in sources:
        if source and (source[0].islower() or source.casefold() not in forms):
            forms[source.casefold()] = source
    return sources.map(lambda source: forms.get(source.casefold(), source)).astype("str")


def _runs(sources: Sequence[str]) -> list[int]:
    """The number of its run for each of `sources`; one that is not known is a run of its own."""
    numbers, number = [], 0
    for place, source in enumerate(sources):
        if not place or not source or source != sources[place - 1]:
            number += 1
        numbers.append(number)
    return numbers


def spoken(attributed: pd.DataFrame, by: str) -> pd.DataFrame:
    """Words and turns of each value of column `by` of `turns`, a row a document and value, in order of first appearance.

    Columns: doc_id, `by`, n_attributions, n_turns, n_words, n_words_quoted.
    """
    grouped = attributed.groupby(["doc_id", by], sort=False)
    return grouped.agg(
        n_attributions=("quotation_id", "size"),
        n_turns=("turn", "nunique"),
        n_words=("n_words", "sum"),
        n_words_quoted=("n_words_quoted", "sum"),
    ).reset_index()


def number_of_sources(attributed: pd.DataFrame, doc_ids: Sequence[str]) -> pd.DataFrame:
    """How many sources each of `doc_ids` has, as counted and as it would be in as few attributions as the smallest has.

    One row a document: n_attributions (to a source that is told), n_sources, m (the number rarefied to), `rarefied`
    (expected number of sources among m attributions), `effective` (their effective number, see below), reason. More is
    more sources, or a more even share among them. A copy of fewer than five attributions has neither, and sets no m.
    """
    told = attributed[attributed["source"] != ""]
    counts = {doc_id: told.loc[told["doc_id"] == doc_id, "source"].value_counts() for doc_id in doc_ids}
    m = min((n for own in counts.values() if (n := int(own.sum())) >= MIN_TURNS), default=0)
    rows = []
    for doc_id, own in counts.items():
        n = int(own.sum())
        is_enough = n >= MIN_TURNS
        known = (rarefied(own.to_list(), m), effective(own.to_list(), m)) if is_enough else (np.nan, np.nan)
        reason = "" if is_enough else f"{n} attributions, {MIN_TURNS} needed"
        rows.append((doc_id, n, len(own), m, *known, reason))
    return pd.DataFrame(
        rows, columns=["doc_id", "n_attributions", "n_sources", "m", "rarefied", "effective", "reason"]
    )


def rarefied(counts: Sequence[int], m: int) -> float:
    """The number of sources expected among `m` attributions drawn without return from those counted.

    Hurlbert, S. H. (1971), Ecology 52, 577-586. Raises ValueError where m is more than there are, or less than one.
    """
    _check(counts, m)
    return sum(1 - _chance(0, n, sum(counts), m) for n in counts)


def effective(counts: Sequence[int], m: int) -> float:
    """The effective number of sources among `m` attributions: how many equally frequent ones would be as hard to foretell.

    Hill's number of order 1 (Hill 1973, Ecology 54, 427-432): e to the entropy of expected frequencies in a sample of m
    (Chao et al. 2014, Ecological Monographs 84, 45-67). 1 where all is said by one, `rarefied` where all say as much.
    Raises ValueError as `rarefied` does.
    """
    _check(counts, m)
    entropy = 0.0
    for n in counts:
        for k in range(1, min(n, m) + 1):
            entropy -= _chance(k, n, sum(counts), m) * k / m * log(k / m)
    return exp(entropy)


def _chance(k: int, n: int, total: int, m: int) -> float:
    """The chance that `k` of `m` drawn from `total` are of a source that has `n` (hypergeometric)."""
    return comb(n, k) * comb(total - n, m - k) / comb(total, m)


def _check(counts: Sequence[int], m: int) -> None:
    if not 1 <= m <= sum(counts):
        raise ValueError(f"{m} of {sum(counts)} attributions: allowed are 1 to as many as there are")


def first_turns(attributed: pd.DataFrame, by: str) -> pd.DataFrame:
    """Where each value of `by` first has the word: a row a document and value, the attribution that comes first there."""
    return attributed.groupby(["doc_id", by], sort=False).head(1).reset_index(drop=True)
