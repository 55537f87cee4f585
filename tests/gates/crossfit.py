"""Attributions on articles in which people marked them, with weights that never saw the article they are scored on.

The weights that ship are fitted on all articles: `pytest tests/gates/test_attributions.py --weights data/attribution_weights.yml`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import yaml

from analysis.corpus.quoted_spans import quoted_spans
from analysis.corpus.segmentation import sentence_spans
from analysis.evidence.attribution.acceptance import fitted, scores
from analysis.evidence.attribution.attributions import Attribution, Marked, offered, settled
from analysis.evidence.attribution.constructions import Candidate
from analysis.evidence.attribution.layout import Layout
from analysis.evidence.parsing import Parse, parses
from tests.gates.polnear import (
    COUNTS,
    Article,
    Relation,
    counts,
    marked_relations,
    same_content,
    same_source,
    words_in,
)

PARAGRAPH = re.compile(r"\S[^\n]*")
THRESHOLD = 0.33  # about half of the F1 reached, where F1 is highest (Lipton, Elkan & Naryanaswamy 2014)


@dataclass(frozen=True)
class Prepared:
    """An article with what its grammar offers, and which candidates people marked."""

    article: Article
    given: Marked
    parse: Parse
    placed: Layout
    possible: list[Candidate]
    features: list[list[str]]
    truth: list[bool]


def given(text: str) -> Marked:
    """A text as `corpus` would hand it on: every line a paragraph."""
    paragraphs = [
        (line.start(), line.start() + len(line.group().rstrip())) for line in PARAGRAPH.finditer(text)
    ]
    rows = [
        (number, (start + a, start + b))
        for number, (start, end) in enumerate(paragraphs)
        for a, b in sentence_spans(text[start:end])
    ]
    spans = quoted_spans(text, paragraphs)
    return Marked(
        text,
        [span for _, span in rows],
        [number for number, _ in rows],
        list(zip(spans["start"].tolist(), spans["end"].tolist(), strict=True)),
    )


def prepared(found: Sequence[Article]) -> list[Prepared]:
    texts = [given(article.text) for article in found]
    rows = []
    for article, text, parse in zip(
        found, texts, parses((one.text, one.sentences) for one in texts), strict=True
    ):
        placed, possible, features = offered(parse, text)
        marked = marked_relations(article, frozenset())

        def relation(one: Candidate, article: Article = article, parse: Parse = parse) -> Relation:
            source, content = (
                words_in(article.words, [parse.spans[at] for at in part])
                for part in (one.source, one.content)
            )
            return Relation(source, content, "")

        truth = [
            any(same_content(one, other) and same_source(one, other, article) for other in marked)
            for one in map(relation, possible)
        ]
        rows.append(Prepared(article, text, parse, placed, possible, features, truth))
    return rows


def learnt_from(rows: Sequence[Prepared]) -> dict[str, float]:
    """Weights fitted on `rows`, with the threshold."""
    weights = fitted(
        [names for row in rows for names in row.features], [is_one for row in rows for is_one in row.truth]
    )
    return {"threshold": THRESHOLD, **weights}


def halves(n: int, *, seed: int) -> tuple[list[int], list[int]]:
    """Numbers of the articles of two halves, dealt at random."""
    numbers = list(range(n))
    random.Random(seed).shuffle(numbers)
    return numbers[: n // 2], numbers[n // 2 :]


def crossfitted(rows: Sequence[Prepared], *, seed: int) -> np.ndarray:
    """Counts of each article (COUNTS), under weights fitted on the half that it is not in."""
    counted = np.zeros((len(rows), len(COUNTS)))
    for own, other in (dealt := halves(len(rows), seed=seed)), dealt[::-1]:
        learnt = learnt_from([rows[number] for number in own])
        for number in other:
            counted[number] = scored(rows[number], learnt)
    return counted


def scored(row: Prepared, learnt: Mapping[str, float]) -> np.ndarray:
    found = settled(
        row.parse, row.placed, row.possible, scores(row.features, learnt), threshold=learnt["threshold"]
    )
    return counts(
        row.article, relations(row.article, found), row.given.quoted_spans, speech(row.given, found)
    )


def relations(article: Article, found: Sequence[Attribution]) -> list[Relation]:
    return [
        Relation(
            words_in(article.words, [one.source] if one.source else []),
            words_in(article.words, one.parts),
            one.kind,
        )
        for one in found
    ]


def speech(text: Marked, found: Sequence[Attribution]) -> list[tuple[int, int]]:
    """The quoted spans that our attributions hold for somebody's words: those in which content begins, ends or stands."""
    parts = [part for one in found if one.kind != "indirect" for part in one.parts]
    return [(start, end) for start, end in text.quoted_spans if any(a < end and b > start for a, b in parts)]


def weights_page(learnt: Mapping[str, float], n: int) -> str:
    """The weights as the file that ships."""
    rounded = {name: round(value, 3) for name, value in sorted(learnt.items())}
    head = (
        f"# Weights of features (analysis/evidence/attribution/acceptance.py), fitted by tests/gates/crossfit.py on {n} articles in which\n"
        "# people marked attributions (PolNeAR, development half). Higher: likelier an attribution. Lemmas are those of cues.yml.\n"
    )
    return head + yaml.safe_dump(
        {name: value for name, value in rounded.items() if value}, allow_unicode=True
    )
