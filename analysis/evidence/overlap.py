"""Overlap: which documents share their text, how much of it, and what they are to each other.

Overlap is containment (Broder 1997): the share of the shorter document's runs of five words that the other
has too. Outlets quote the same people in the same words, so that what two documents are is decided by the
runs outside quotation marks and by the sentences that say the same. Two versions of one wire story may share
a fifth of their runs only, so that usual thresholds for near-duplicates (70 to 90 %) would not see them.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.evidence.alignments import EDITED, align, similarity
from analysis.evidence.shingles import Wording, shared_shingles, wordings
from analysis.tables import ALIGNMENTS, OVERLAP

ALL_PAIRS = 2000  # documents: beyond, a pair that shares less than MIN_LISTED of its runs has no row
MIN_LISTED = 0.02
MIN_CONTAINED = 0.03  # of the shorter one's runs outside quotation marks
MIN_RUNS = 12  # such runs: a passage, not a name and a title
MIN_SENTENCES = 3  # shared ones; of a text that has fewer than six, half
MIN_OUTSIDE = 5  # words outside quotation marks of a sentence that counts as shared
REPRINT_CONTAINED = 0.2  # a reprint in which one word in five was changed keeps about 0.8⁵ = 33 % of its runs
REPRINT_SENTENCES = (
    0.6  # and most sentences of the shorter one; two versions of a wire story share fewer than half
)
UNKNOWN = "unknown"


def overlap(
    texts: Mapping[str, str],
    sentences: pd.DataFrame,
    quoted_spans: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    is_part: bool = False,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Compare the body of every document with every other: tables `overlap` and `alignments`.

    `documents` says of each its outlet, episode and version; pairs stand in its order. A pair without a
    common run of five words has no row. Sentences are listed of related pairs other than copies. Where the documents are a part of
    a larger whole (`is_part`), those of one named episode alone are compared: of others it is chance whether a part holds both.
    """
    about = {row["doc_id"]: row for row in documents.to_dict("records")}
    found = wordings(texts, sentences, quoted_spans)
    ids = [doc_id for doc_id in about if doc_id in found]
    rows, aligned = [], []
    for a, b, n, of, n_outside, of_outside in shared_shingles([found[doc_id] for doc_id in ids]):
        if len(ids) > ALL_PAIRS and n / of < MIN_LISTED:
            continue
        episode, other_episode = (about[ids[place]]["episode"] for place in (a, b))
        if is_part and (episode != other_episode or not episode):
            continue
        one, other = found[ids[a]], found[ids[b]]
        contained = n_outside / of_outside if of_outside else np.nan
        pairs, n_same, relation = [], 0, "none"
        if one.words == other.words:
            n_same, relation = _n_long(one), "copy"
        elif n_outside >= MIN_RUNS and contained >= MIN_CONTAINED:
            pairs, n_same = _aligned(one, other)
            of_same = min(_n_long(one), _n_long(other))
            relation = _relation(contained, n_same, of_same, about[ids[a]], about[ids[b]])
        rows.append((ids[a], ids[b], n / of, contained, n_same, relation))
        if relation != "none":
            aligned += [
                (ids[a], one.sentence_ids[i], ids[b], other.sentence_ids[j], similar, _sameness(similar))
                for i, j, similar in pairs
            ]
    return OVERLAP.frame(rows), ALIGNMENTS.frame(aligned)


def _relation(contained: float, n_same: int, of: int, a: Mapping, b: Mapping) -> str:
    """What two documents are to each other that share a passage outside quotation marks.

    `contained` is the containment there, `n_same` the sentences shared, `of` how many the shorter one has.
    """
    is_own = a["outlet"] == b["outlet"] != UNKNOWN and a["episode"] == b["episode"]
    is_declared = is_own and "" not in (a["version"], b["version"]) and a["version"] != b["version"]
    if contained >= REPRINT_CONTAINED and n_same >= REPRINT_SENTENCES * of:
        return "version" if is_declared else "reprint"  # the manifest goes before the text
    if n_same < min(MIN_SENTENCES, max(1, of / 2)):
        return "none"
    return "version" if is_own else "shared_origin"


def _aligned(a: Wording, b: Wording) -> tuple[list[tuple[int, int, float]], int]:
    """The sentences that say the same, and how many of them do so in their words outside quotation marks."""
    outside_a, outside_b = a.sentences_outside, b.sentences_outside
    pairs = align(a.sentences, b.sentences)
    n_same = sum(
        min(len(outside_a[i]), len(outside_b[j])) >= MIN_OUTSIDE
        and similarity(outside_a[i], outside_b[j]) >= EDITED
        for i, j, _ in pairs
    )
    return pairs, n_same


def _n_long(wording: Wording) -> int:
    """How many sentences there are that could count as shared."""
    return sum(len(words) >= MIN_OUTSIDE for words in wording.sentences_outside)


def _sameness(similar: float) -> str:
    return "same" if similar == 1 else "edited"
