"""Terms: every word type of a copy with how often and in how many paragraphs it stands, outside and inside quotation marks apart.

Words that spelling alone parts (defence, defense) are one term, shown as most copies write it. Names and the story's own terms are marked:
that a copy names one man oftener than another is a matter of who is in it, not of words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.corpus.words import word_spans
from analysis.evidence.content_words import american, plain_words
from analysis.tables import TERMS

Span = tuple[int, int]


def terms(
    texts: Mapping[str, str],
    sentences: pd.DataFrame,
    quoted_spans: pd.DataFrame,
    masks: Mapping[str, Sequence[Span]],
) -> pd.DataFrame:
    """Table `terms` of the body of each document; numbers and words of one letter are left out.

    `masks` gives for each doc_id the spans of names. Dispersion is Gries's DP (2008, International Journal of Corpus Linguistics 13) over
    the paragraphs of that voice: half the sum of the absolute differences between each paragraph's share of the words and its share of the hits.
    """
    body = sentences[sentences["part"] == "body"]
    quoted = {
        doc_id: _sorted(zip(own["start"].tolist(), own["end"].tolist(), strict=True))
        for doc_id, own in quoted_spans.groupby("doc_id", sort=False)
    }
    counts: dict[tuple, Counter] = {}  # (doc_id, voice, key, is_masked) -> hits by paragraph
    sizes: dict[tuple[str, str], Counter] = defaultdict(Counter)  # words by paragraph
    spellings: dict[str, Counter] = defaultdict(Counter)
    for doc_id, own in body.groupby("doc_id", sort=False):
        text, marks, names = texts[doc_id], quoted.get(doc_id, []), _sorted(masks.get(doc_id, ()))
        for sentence in own.itertuples():
            for start, end in word_spans(text[sentence.start : sentence.end]):
                start, end = start + sentence.start, end + sentence.start
                voice = "quoted" if _is_in(start, marks) else "outside"
                sizes[doc_id, voice][sentence.paragraph] += 1
                for word in plain_words(text[start:end]):
                    if len(word) < 2 or not any(map(str.isalpha, word)):
                        continue
                    key = american(word)
                    spellings[key][word] += 1
                    is_masked = _is_in(start, names) or _is_in(end - 1, names)
                    place = (doc_id, voice, key, is_masked)
                    counts.setdefault(place, Counter())[sentence.paragraph] += 1
    shown = {key: min(found, key=lambda word: (-found[word], word)) for key, found in spellings.items()}
    rows = [
        (
            doc_id,
            voice,
            shown[key],
            is_masked,
            hits.total(),
            len(hits),
            _dispersion(hits, sizes[doc_id, voice]),
        )
        for (doc_id, voice, key, is_masked), hits in counts.items()
    ]
    table = TERMS.frame(rows)
    order = {doc_id: n for n, doc_id in enumerate(texts)}
    return table.sort_values(
        ["doc_id", "voice", "n", "term", "is_masked"],
        ascending=[True, True, False, True, True],
        key=lambda column: column.map(order) if column.name == "doc_id" else column,
        kind="stable",
        ignore_index=True,
    )


def _dispersion(hits: Counter, sizes: Counter) -> float:
    """Gries's DP: 0 spread as evenly as the words are, towards 1 all in one paragraph."""
    n, n_words = hits.total(), sizes.total()
    return 0.5 * sum(abs(hits[paragraph] / n - size / n_words) for paragraph, size in sizes.items())


def _sorted(spans) -> list[Span]:
    return sorted((int(start), int(end)) for start, end in spans)


def _is_in(offset: int, spans: Sequence[Span]) -> bool:
    place = bisect_right(spans, (offset, float("inf"))) - 1
    return place >= 0 and offset < spans[place][1]
