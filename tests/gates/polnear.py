"""PolNeAR: news articles in which people marked who said what, and how found attributions are scored against them.

Words are those of `corpus.words`; a span stands for the words whose first letter or digit it holds. A marked or found attribution is two sets
of words: its source, and its content (all parts together).

- **kind**: a marked attribution is direct (fully quoted) when nine tenths of the words of its content stand in quotation
  marks, indirect when none does, partial between. A found one is what its `kind` says.
- **speaker of a direct quotation**: asked of each marked attribution with a source and three tenths of its content in
  quotation marks; the found attribution that holds most words of the content answers.
- **same content**: the words of two contents overlap by half or more of their union (IoU).
- **same source**: the sources share a word that is a pronoun or no stop word of spaCy's list, or both are empty.
- Pairs are made one to one within a document, those of largest IoU first.

`Scores` holds counts a document, so that figures over any set of documents, and their interval, are ratios of sums.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from spacy.lang.en.stop_words import STOP_WORDS

from analysis.corpus.words import word_spans

Span = tuple[int, int]
PRONOUNS = frozenset(
    "i you he she it we they me him her us them my your his its our their mine yours hers ours theirs myself yourself"
    " himself herself itself ourselves themselves who whom whose which that this these those one some many most all"
    " others everyone everybody someone somebody anyone nobody none few several both each".split()
)
EDGES = '.,;:!?…"”’)]'
SHORTEST = 4  # words of a quoted span that is looked for inside marked content
QUOTED = 0.9
SPOKEN = 0.3
SAME = 0.5


@dataclass(frozen=True)
class Relation:
    """An attribution as sets of word numbers: its source, its content, and direct, partial (mixed) or indirect."""

    source: frozenset[int]
    content: frozenset[int]
    kind: str
    share_quoted: float = 0.0


@dataclass(frozen=True)
class Article:
    """An article with its marked attributions."""

    doc_id: str
    text: str
    words: list[Span]
    marked: list[dict[str, list[Span]]]


COUNTS = (
    "spans_inside", "spans", "quoted_found", "quoted", "speaker_right", "speaker",
    "words_right", "words_found", "words_marked", "indirect_recalled", "indirect_marked", "indirect_right",
    "indirect_found", "relations_right", "relations_found", "relations_marked",
)  # fmt: skip


def articles(path: Path) -> list[Article]:
    """Read the articles of the file at `path`, one JSON object a line, in order."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [Article(row["doc_id"], row["text"], words_of(row["text"]), row["attributions"]) for row in rows]


def words_of(text: str) -> list[Span]:
    """The words of `text` from their first letter or digit on: marks before it decide nothing."""
    return [
        (next(at for at in range(start, end) if text[at].isalnum() or text[at] == "_"), end)
        for start, end in word_spans(text)
    ]


def words_in(words: list[Span], spans: Iterable[Span]) -> frozenset[int]:
    """Numbers of the words that begin inside one of `spans`."""
    return frozenset(
        number
        for start, end in spans
        for number in range(bisect_left(words, (start, 0)), bisect_left(words, (end, 0)))
    )


def marked_relations(article: Article, quoted: frozenset[int]) -> list[Relation]:
    """The marked attributions of `article`; those without a word of content are none."""
    found = []
    for one in article.marked:
        source, content = (words_in(article.words, one.get(key, [])) for key in ("source", "content"))
        if content:
            share = len(content & quoted) / len(content)
            found.append(Relation(source, content, kind_by(share), share))
    return found


def kind_by(share_quoted: float) -> str:
    return "direct" if share_quoted >= QUOTED else "partial" if share_quoted > 0 else "indirect"


def counts(
    article: Article, found: Sequence[Relation], quoted_spans: Sequence[Span], speech: Sequence[Span]
) -> np.ndarray:
    """Count what the figures are made of, in the order of COUNTS.

    `found` are our attributions, `quoted_spans` all spans in quotation marks and `speech` those that ours hold for
    somebody's words.
    """
    words = article.words
    quoted, spoken = words_in(words, quoted_spans), words_in(words, speech)
    marked = marked_relations(article, quoted)
    attributed = frozenset().union(*(one.content for one in marked))
    ours = frozenset().union(*(one.content for one in found))
    n = dict.fromkeys(COUNTS, 0)
    for span in speech:
        inside = words_in(words, [span])
        if len(inside) >= SHORTEST:
            n["spans"] += 1
            n["spans_inside"] += len(inside & attributed) * 2 >= len(inside)
    for one in marked:
        if one.kind == "direct":
            n["quoted"] += 1
            n["quoted_found"] += len(one.content & spoken) * 2 >= len(one.content)
        if one.share_quoted >= SPOKEN and one.source:
            n["speaker"] += 1
            n["speaker_right"] += has_speaker(one, found, article)
    n["words_right"] = len(ours & attributed)
    n["words_found"], n["words_marked"] = len(ours), len(attributed)
    indirect = [one for one in marked if one.kind == "indirect"]
    n["indirect_marked"] = len(indirect)
    n["indirect_recalled"] = len(pairs(indirect, found))
    own = [one for one in found if one.kind == "indirect"]
    n["indirect_found"] = len(own)
    n["indirect_right"] = len(pairs(marked, own))
    n["relations_marked"], n["relations_found"] = len(marked), len(found)
    n["relations_right"] = len(pairs(marked, found, article))
    return np.array([n[name] for name in COUNTS], dtype=float)


def has_speaker(one: Relation, found: Sequence[Relation], article: Article) -> bool:
    """Whether the found attribution that holds most words of the content of `one` has its source."""
    best = max(found, key=lambda other: (len(other.content & one.content), iou(other, one)), default=None)
    return best is not None and bool(best.content & one.content) and same_source(one, best, article)


def pairs(
    marked: Sequence[Relation], found: Sequence[Relation], article: Article | None = None
) -> list[tuple[int, int]]:
    """Pair marked and found attributions of the same content and, with `article`, of the same source."""
    possible = sorted(
        (-share, i, j)
        for i, one in enumerate(marked)
        for j, other in enumerate(found)
        if (share := iou(one, other)) >= SAME and (article is None or same_source(one, other, article))
    )
    made: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in possible:
        if i not in made and j not in taken:
            made[i] = j
            taken.add(j)
    return list(made.items())


def iou(one: Relation, other: Relation) -> float:
    shared = len(one.content & other.content)
    return shared / (len(one.content) + len(other.content) - shared) if shared else 0.0


def same_content(one: Relation, other: Relation) -> bool:
    return iou(one, other) >= SAME


def same_source(one: Relation, other: Relation, article: Article) -> bool:
    if not one.source or not other.source:
        return not one.source and not other.source
    return any(
        tells(article.text[slice(*article.words[number])].rstrip(EDGES))
        for number in one.source & other.source
    )


def tells(word: str) -> bool:
    """Whether `word` tells who somebody is: a pronoun, or no stop word."""
    lower = word.lower().replace("’", "'").removesuffix("'s")
    return lower in PRONOUNS or lower not in STOP_WORDS


@dataclass(frozen=True)
class Figures:
    """The figures of summed counts."""

    spans_inside: float
    quoted_found: float
    speaker: float
    words_f1: float
    indirect_recall: float
    indirect_precision: float
    relations_f1: float


def figures(summed: np.ndarray) -> Figures:
    n = dict(zip(COUNTS, summed, strict=True))

    def ratio(part: str, *whole: str) -> float:
        total = sum(n[name] for name in whole)
        return float(n[part] * len(whole) / total) if total else float("nan")

    return Figures(
        ratio("spans_inside", "spans"),
        ratio("quoted_found", "quoted"),
        ratio("speaker_right", "speaker"),
        ratio("words_right", "words_found", "words_marked"),
        ratio("indirect_recalled", "indirect_marked"),
        ratio("indirect_right", "indirect_found"),
        ratio("relations_right", "relations_found", "relations_marked"),
    )


def intervals(counted: np.ndarray, *, n_resamples: int = 2000, seed: int = 4) -> tuple[Figures, Figures]:
    """95 % percentile intervals of the figures over documents, resampled with replacement."""
    rng = np.random.default_rng(seed)
    weights = rng.multinomial(len(counted), np.full(len(counted), 1 / len(counted)), size=n_resamples)
    drawn = np.array([list(vars(figures(row)).values()) for row in weights @ counted])
    low, high = np.nanpercentile(drawn, [2.5, 97.5], axis=0)
    return Figures(*low), Figures(*high)
