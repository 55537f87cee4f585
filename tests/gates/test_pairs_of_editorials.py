"""Pairs of articles of one newspaper: a difference of their copies is no difference of outlets, and is never said so.

Every "difference of outlets" here is false. What a copy's interval speaks of is the copy; articles on different
subjects do differ, and the share of pairs with a clear difference is reported to show how often.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from analysis.comparison import estimates, resampling
from analysis.comparison.findings import finding
from analysis.corpus.quoted_spans import quoted_spans, voice_counts
from analysis.evidence import dictionaries
from analysis.evidence.frame_hits import frame_hits
from analysis.evidence.names import listed_names, masked_spans
from analysis.evidence.sentiment_hits import sentiment_hits
from analysis.evidence.sourcing import sourcing
from analysis.measures.catalogue import catalogue
from analysis.measures.readability import readability_counts
from analysis.measures.sentiment import sentiment_counts
from analysis.measures.sums import sums
from tests.gates.editorials import editorials
from tests.gates.null_stories import differences, documents_of

N_PAIRS = 100
COLUMNS = [
    "doc_id",
    "sentence_id",
    "part",
    "written_by",
    "paragraph",
    "start",
    "end",
    "n_words",
    "n_words_quoted",
]
MEASURES = catalogue(
    {
        "generic_frames": {
            name: one.label for name, one in dictionaries.bundled()["generic_frames"].frames.items()
        }
    }
)
SAYS = "The share of pairs of one newspaper's articles with any clear difference between the two copies."
SAYS_NOT = (
    "that the newspaper differs from itself: no finding here has an outlet as its subject, which is asserted."
)


@pytest.fixture(scope="module")
def tables(shared) -> list[pd.DataFrame]:
    """The sums of each editorial; a paragraph is not known, so runs of three sentences stand in."""
    texts, quoted, sentences = {}, [], []
    for number, editorial in enumerate(editorials(shared)):
        doc_id = f"editorial {number}"
        lines = [sentence.replace("''", '"') for sentence in editorial.sentences]
        texts[doc_id] = "\n".join(lines)
        ends = np.cumsum([len(line) + 1 for line in lines]) - 1
        spans = [(int(end) - len(line), int(end)) for line, end in zip(lines, ends, strict=True)]
        own = quoted_spans(texts[doc_id], spans).assign(doc_id=doc_id)
        words = voice_counts(texts[doc_id], spans, own)
        quoted.append(own)
        sentences += [
            (doc_id, place, "body", "outlet", 1, start, end, n_words, n_quoted)
            for place, ((start, end), (n_words, n_quoted, _)) in enumerate(zip(spans, words, strict=True))
        ]
    table = pd.DataFrame(sentences, columns=COLUMNS)
    return [own for _, own in counted(texts, table, pd.concat(quoted)).groupby("doc_id", sort=False)]


def counted(texts: dict[str, str], table: pd.DataFrame, quoted: pd.DataFrame) -> pd.DataFrame:
    """What measures add up, as `measure()` counts it without a story."""
    listed = listed_names(None, dictionaries.bundled(use="names").values())
    masks = {
        doc_id: masked_spans(texts[doc_id], list(zip(own["start"], own["end"], strict=True)), listed)
        for doc_id, own in table.groupby("doc_id", sort=False)
    }
    hits = sentiment_hits(texts, table, quoted, masks)
    scores = sentiment_counts(texts, table, quoted, masks, hits)
    documents = pd.DataFrame({"doc_id": list(texts), "episode": list(texts), "outlet": "", "language": "en"})
    sourced = sourcing(texts, table, quoted, documents, actors=[])
    attributed = sourced.n_words_attributed
    table = pd.concat([table, readability_counts(texts, table), scores, attributed], axis=1)
    found = frame_hits(texts, table, quoted, dictionaries.bundled())
    return sums(table, found, sourced.quotations, sourced.mentions)


def share_of_pairs(copies: list[pd.DataFrame]) -> tuple[int, int]:
    """In how many of a hundred drawn pairs any difference is clear; what is said of each is looked at."""
    pairs = list(combinations(range(len(copies)), 2))
    drawn = np.random.default_rng(1).permutation(len(pairs))[:N_PAIRS]
    n_clear = 0
    for a, b in (pairs[place] for place in drawn):
        names = [f"copy {a}", f"copy {b}"]
        table = pd.concat(
            [copies[a].assign(doc_id=names[0]), copies[b].assign(doc_id=names[1])], ignore_index=True
        )
        rows = differences(
            documents_of(names).assign(outlet=["one outlet", "another outlet"]), table.fillna(0), MEASURES
        )
        assert_no_outlet_is_a_subject(rows)
        n_clear += bool(rows["is_clear"].any())
    return n_clear, len(drawn)


def assert_no_outlet_is_a_subject(rows: pd.DataFrame) -> None:
    measures = {(measure.name, measure.voice): measure for measure in MEASURES}
    assert rows["scope"].str.startswith("copy").all()
    for row in rows.to_dict("records"):
        text = finding(row, measures[row["measure"], row["voice"]], {})
        assert "outlet" not in text
        assert text.startswith("The copy of copy ") or not row["is_clear"]


@pytest.fixture(scope="module", autouse=True)
def fewer_resamples():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resampling, "N_FAMILY", 2_000)
        yield


def test_single_editorials_are_mostly_too_short_for_an_interval(tables, record):
    long_enough = [table for table in tables if len(table) >= estimates.MIN_SENTENCES_INTERVAL]
    n_clear, n = share_of_pairs(long_enough)
    record(
        "Pairs of single editorials",
        f"{n_clear} of {n} pairs",
        n=f"{len(tables)} editorials, of which {len(long_enough)} have the twenty sentences an interval needs",
        says=SAYS,
        says_not=SAYS_NOT,
    )
    assert n == len(long_enough) * (len(long_enough) - 1) // 2


def test_what_the_minimum_of_twenty_sentences_keeps_out(tables, record, monkeypatch):
    monkeypatch.setattr(estimates, "MIN_SENTENCES_INTERVAL", 12)
    n_clear, n = share_of_pairs([table for table in tables if len(table) >= 12])
    record(
        "Pairs of single editorials, were twelve sentences enough",
        f"{n_clear} of {n} pairs",
        n=f"pairs of {sum(len(table) >= 12 for table in tables)} editorials of twelve sentences or more",
        says=SAYS,
        says_not=SAYS_NOT,
    )


def test_pairs_as_long_as_news_stories_are_reported(tables, record):
    """Four consecutive editorials as one copy, about forty sentences: as long as the copies of a story."""
    copies = [
        pd.concat(
            [
                one.assign(sentence_id=one["sentence_id"] + 100 * place)
                for place, one in enumerate(tables[first : first + 4])
            ],
            ignore_index=True,
        )
        for first in range(0, len(tables) - 3, 4)
    ]
    n_clear, n = share_of_pairs(copies)
    record(
        "Pairs of copies of four editorials",
        f"{n_clear} of {n} pairs",
        n=f"pairs of {len(copies)} copies, each of four consecutive editorials on four subjects",
        says=SAYS,
        says_not=SAYS_NOT,
    )
