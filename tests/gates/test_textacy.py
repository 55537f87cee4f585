"""textacy beside our attributions: the same articles, the same scorer, the same spaCy model. Reported only.

It finds direct quotations and no other, and refuses a text with an odd number of quotation marks. So it is asked twice: about whole
articles, as it is meant, and about a paragraph at a time, where a lost mark costs it one paragraph. The figure of the latter,
the better one, comes first.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from tests.gates.crossfit import given
from tests.gates.polnear import (
    COUNTS,
    Article,
    Relation,
    articles,
    counts,
    figures,
    intervals,
    kind_by,
    words_in,
    words_of,
)
from tests.gates.test_attributions import SAYS
from tests.gates.textacy_quotations import Quotation, quotations, version

Span = tuple[int, int]

SAYS_NOT = (
    "that textacy does worse at what it is for: direct quotations with a named cue and subject are all it looks for; most of what people"
    " marked is paraphrase."
)


@pytest.fixture(scope="module")
def textacy() -> str:
    if not (found := version()):
        pytest.skip("textacy is not here; `make validity` installs it")
    return found


def relations(article: Article, found: Sequence[Quotation], quoted_spans: Sequence[Span]) -> list[Relation]:
    """Quotations as the scorer takes them; of which kind they are is asked of their words, as of those that people marked."""
    quoted = words_in(article.words, quoted_spans)
    made = []
    for one in found:
        content = words_in(article.words, [one.content])
        if content:
            source = words_in(article.words, one.speaker)
            made.append(Relation(source, content, kind_by(len(content & quoted) / len(content))))
    return made


def scored(article: Article, found: Sequence[Quotation], quoted_spans: Sequence[Span]) -> np.ndarray:
    speech = [
        (start, end)
        for start, end in quoted_spans
        if any(one.content[0] < end and one.content[1] > start for one in found)
    ]
    return counts(article, relations(article, found, quoted_spans), quoted_spans, speech)


def paragraphs(text: str) -> list[tuple[int, str]]:
    """The paragraphs of `text` with where each begins."""
    laid = given(text)
    starts: dict[int, Span] = {}
    for number, (start, end) in zip(laid.paragraphs, laid.sentences, strict=True):
        starts[number] = (starts[number][0] if number in starts else start, end)
    return [(start, text[start:end]) for start, end in starts.values()]


def test_a_quotation_is_scored_as_ours_are():
    text = '"The bridge will close today," the mayor said.'
    article = Article("invented", text, words_of(text), [{"source": [(30, 39)], "content": [(0, 29)]}])
    n = figures(scored(article, [Quotation([(34, 39)], (0, 29))], [(0, 29)]))
    assert (n.spans_inside, n.quoted_found, n.speaker, n.words_f1, n.relations_f1) == (1, 1, 1, 1, 1)


def test_paragraphs_keep_their_place():
    assert paragraphs("Harbour reopens\n\nBoats came. They left.\nRain fell.") == [
        (0, "Harbour reopens"),
        (17, "Boats came. They left."),
        (40, "Rain fell."),
    ]


def test_textacy_finds_a_quotation_and_refuses_an_odd_mark(textacy):
    text = '"The old bridge will close today," the mayor said.'
    ((one,), refused) = quotations([text, f'{text} "'])
    assert ([text[slice(*span)] for span in one.speaker], text[slice(*one.content)]) == (["mayor"], text[:34])
    assert refused is None


def test_textacy_is_scored_beside_our_attributions(shared, textacy, record):
    path = shared / "gold" / "polnear_dev.jsonl"
    if not path.is_file():
        pytest.skip("the articles with marked attributions are not here")
    texts = articles(path)
    split = [paragraphs(article.text) for article in texts]
    whole = quotations([article.text for article in texts])
    pieces = iter(quotations([text for own in split for _, text in own]))
    by_paragraph = [[(start, next(pieces)) for start, _ in own] for own in split]
    spans = [given(article.text).quoted_spans for article in texts]
    joined = [[one.moved(start) for start, found in own for one in found or ()] for own in by_paragraph]
    counted = np.array([scored(*row) for row in zip(texts, joined, spans, strict=True)])
    counted_whole = np.array(
        [scored(*row) for row in zip(texts, [found or [] for found in whole], spans, strict=True)]
    )
    seen, seen_whole = (vars(figures(table.sum(axis=0))) for table in (counted, counted_whole))
    low, high = map(vars, intervals(counted))
    n_refused = sum(found is None for found in whole)
    n_refused_paragraphs = sum(found is None for own in by_paragraph for _, found in own)
    n = f"{len(texts)} articles (PolNeAR, development half), {int(counted[:, -1].sum()):,} marked attributions"
    for name, (gate, _) in SAYS.items():
        gate = gate.replace("Attributions:", f"textacy {textacy}:")
        figure = (
            f"{seen[name]:.3f} ({low[name]:.3f} to {high[name]:.3f}); whole articles {seen_whole[name]:.3f}"
        )
        if name == "indirect_precision":
            n_found, n_whole = (
                int(table[:, COUNTS.index("indirect_found")].sum()) for table in (counted, counted_whole)
            )
            figure = (
                f"{seen[name]:.3f} of {n_found} found; whole articles {seen_whole[name]:.3f} of {n_whole}"
            )
        print(f"{gate}: {figure}")
        record(
            gate,
            figure,
            n=n,
            says="What `textacy.extract.triples.direct_quotations` finds in the same articles with the same spaCy model, by the same"
            " definitions; it learns nothing. It was asked about a paragraph at a time; the last figure is for whole articles. It"
            f" refuses texts with an odd number of quotation marks, {n_refused_paragraphs} paragraphs and {n_refused} whole"
            " articles, which count as texts in which it finds nothing. It looks for no indirect attribution: the few found are words"
            " between apostrophes or marks that were paired wrongly.",
            says_not=SAYS_NOT,
        )
    assert len(texts) > n_refused
