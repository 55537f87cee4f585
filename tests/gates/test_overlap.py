"""The gate of shared texts: reprints made of real articles are found, and articles that share none are not related."""

from __future__ import annotations

import json
import random

import pandas as pd
import pytest

from analysis.corpus.formats.item import Item
from analysis.corpus.reading import Article, corpus
from analysis.corpus.segmentation import sentence_spans
from analysis.evidence.overlap import overlap

SETS = ("polnear_dev", "narrative_frames_dev")
SEED = 11
N = 60  # articles from which reprints are made
LEAST = 20  # sentences that such an article has
# Pairs of the sets that are related and that a person has read: one article twice, and four pairs in which sentences of
# one stand in the other, of three to ten sentences. Two of AP's text or one outlet's own, reused.
READ_RELATED = 5
SAYS_NOT = (
    "how often outlets print each other's text; nor that a reprint edited harder than these would be found."
)


@pytest.fixture(scope="module")
def texts(shared) -> list[str]:
    files = [shared / "gold" / f"{name}.jsonl" for name in SETS]
    if not all(file.is_file() for file in files):
        pytest.skip("the labelled articles are not here")
    return [json.loads(line)["text"] for file in files for line in file.read_text("utf-8").splitlines()]


def related(texts: list[str], outlets: list[str]) -> pd.DataFrame:
    known = dict.fromkeys(("headline", "byline", "dateline", "episode", "version", "via", "published_at"), "")
    known |= {"published_precision": "none", "filing_order": pd.NA, "is_counted": True}
    found = corpus(
        Article(Item(str(n), "", None, text), known | {"doc_id": f"d{n}", "file": str(n), "outlet": outlet})
        for n, (text, outlet) in enumerate(zip(texts, outlets, strict=True))
    )
    pairs, _ = overlap(found.texts, found.sentences, found.quoted_spans, found.documents)
    return pairs[pairs["relation"] != "none"]


def test_articles_that_share_no_text_are_not_related(texts, floors, record):
    found = related(texts, [f"outlet-{n}" for n in range(len(texts))])
    n = len(texts) * (len(texts) - 1) // 2
    record(
        "Shared texts: unrelated articles",
        f"{max(0, len(found) - READ_RELATED)} of {n:,} pairs; {READ_RELATED} more do share text",
        floor=f"at most {floors['overlap']['related']} pairs",
        n=f"{len(texts)} articles (PolNeAR, narrative frames)",
        says="How many pairs of articles that were written apart are taken for copies, reprints or texts of one origin.",
        says_not="that two articles on one event share as little: these are on many.",
    )
    assert len(found) - READ_RELATED <= floors["overlap"]["related"]


def remade(text: str, how: str, own: random.Random) -> str:
    """An article as somebody might print it."""
    listed = [text[start:end] for start, end in sentence_spans(text)]
    if how == "first half":
        return " ".join(listed[: len(listed) // 2])
    if how == "first third":
        return " ".join(listed[: len(listed) // 3])
    if how == "every third sentence left out":
        return " ".join(sentence for n, sentence in enumerate(listed) if n % 3)
    words = text.split()
    share = 1 / 5 if "five" in how else 1 / 10
    vocabulary = sorted(set(words))
    return " ".join(own.choice(vocabulary) if own.random() < share else word for word in words)


@pytest.mark.parametrize(
    "how",
    [
        "first half",
        "first third",
        "every third sentence left out",
        "one word in ten replaced",
        "one word in five replaced",
    ],
)
def test_reprints_of_real_articles_are_found(texts, floors, record, how):
    own = random.Random(SEED)
    shared = related(texts, [f"outlet-{n}" for n in range(len(texts))])
    twice = {int(doc_id[1:]) for doc_id in (*shared["doc_id_a"], *shared["doc_id_b"])}
    long = [text for n, text in enumerate(texts) if n not in twice and len(sentence_spans(text)) >= LEAST]
    chosen = own.sample(long, min(N, len(long)))
    made = [remade(text, how, own) for text in chosen]
    outlets = [f"a{n}" for n in range(len(chosen))] + [f"b{n}" for n in range(len(chosen))]
    found = related(chosen + made, outlets)
    floor = floors["overlap"]["reprints_rewritten" if "five" in how else "reprints"]
    pairs = {
        (a, b)
        for a, b in found.loc[
            found["relation"].isin(("copy", "reprint")), ["doc_id_a", "doc_id_b"]
        ].itertuples(index=False)
    }
    right = sum((f"d{n}", f"d{n + len(chosen)}") in pairs for n in range(len(chosen)))
    record(
        f"Shared texts: reprints, {how}",
        f"{right} of {len(chosen)} found",
        floor=f"{floor:.0%}",
        n=f"{len(chosen)} articles of {LEAST} sentences or more",
        says="How many copies of a real article that were cut or edited are told to be reprints.",
        says_not=SAYS_NOT,
    )
    assert right >= floor * len(chosen)
    assert len(pairs) == right
