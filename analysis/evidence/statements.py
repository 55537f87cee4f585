"""Statements: sentences of several copies that say the same, and those that stand alone; what nobody has written down yet.

Copies of one event are written apart, so that the same fact stands in other words. What two sentences share is weighed: rare words more
than common ones, numbers twice, names of the story's actors and the word that reports not at all; of two copies a sentence has one
partner at most, the likest. Groups join pairs over all copies. It proposes; a person decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

import pandas as pd

from analysis.evidence.content_words import Weights, content_words

LIKE = 0.8  # share of the shorter sentence times mass of what both have, from which on two are proposed as the same
NUMBER = 2.0  # how many words a number is worth
LEAST_SHARED = 2  # words
LEAST_ALONE = 3.0  # mass of a sentence that is proposed though it stands alone
MOST_PLACES = 200  # a word in more sentences than that says nothing of which two belong together
REPORTING = frozenset(
    content_words(
        "say says said tell tells told add adds added ask asks asked call calls called accord according report reports reported"
    )
)
DAYS = frozenset(content_words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"))

Place = tuple[str, int]  # doc_id, sentence_id


@dataclass(frozen=True)
class Statement:
    """Sentences that say the same: their places in order, the words that two or more share, the outlets they stand in."""

    places: tuple[Place, ...]
    words: tuple[str, ...]
    outlets: tuple[str, ...]


def statements(
    texts: Mapping[str, str],
    documents: pd.DataFrame,
    sentences: pd.DataFrame,
    quotations: pd.DataFrame,
    actors: Iterable[Mapping],
) -> list[Statement]:
    """The sentences of the counted copies in groups that say the same, those in most outlets first, then those that stand alone.

    Of one outlet's copies of an episode all count as one: what only its versions share stands alone.
    """
    counted = documents[documents["is_counted"]].set_index("doc_id")
    body = sentences[(sentences["part"] == "body") & sentences["doc_id"].isin(counted.index)]
    words = _words(texts, body, quotations, actors)
    weights = _Telling(words.values())
    groups = _joined(words, _pairs(words, weights, counted["episode"].to_dict()))
    order = {place: n for n, place in enumerate(words)}
    found = []
    for places in groups:
        shared = _shared([words[place] for place in places])
        outlets = tuple(dict.fromkeys(counted.loc[doc_id, "outlet"] for doc_id, _ in places))
        if len(outlets) == 1 and weights.mass(words[places[0]]) < LEAST_ALONE:
            continue
        telling = sorted(shared, key=lambda word: (-weights[word], word))
        found.append(Statement(tuple(places), tuple(telling), outlets))
    return sorted(found, key=lambda one: (-len(one.outlets), order[one.places[0]]))


class _Telling:
    """Weights of words, a number counting more."""

    def __init__(self, sets: Iterable[Set[str]]):
        self.weights = Weights(sets)

    def __getitem__(self, word: str) -> float:
        return self.weights[word] * (NUMBER if any(map(str.isdigit, word)) else 1)

    def mass(self, words: Iterable[str]) -> float:
        return sum(self[word] for word in words)


def _words(
    texts: Mapping[str, str], body: pd.DataFrame, quotations: pd.DataFrame, actors: Iterable[Mapping]
) -> dict[Place, frozenset[str]]:
    """The content words of each sentence, without the names of actors, days, reporting words and the sources of what is quoted."""
    names = {
        word
        for actor in actors
        for name in (actor["name"], *actor["aliases"])
        for word in content_words(name)
    }
    left_out = names | REPORTING | DAYS
    quoted = quotations[quotations["is_speech"] & (quotations["kind"] != "indirect")]
    sources: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in quoted[quoted["source_start"].notna()].itertuples():
        sources[row.doc_id].append((int(row.source_start), int(row.source_end)))
    return {
        (row.doc_id, row.sentence_id): frozenset(
            content_words(_without(texts[row.doc_id], row.start, row.end, sources[row.doc_id]))
        )
        - left_out
        for row in body.itertuples()
    }


def _without(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> str:
    """The characters from `start` to `end` that lie in none of `spans`."""
    kept, at = [], start
    for a, b in sorted(span for span in spans if start <= span[0] < end):
        kept.append(text[at : max(a, at)])
        at = max(at, b)
    return " ".join([*kept, text[at:end]])


def _pairs(
    words: Mapping[Place, Set[str]], weights: _Telling, episodes: Mapping[str, str]
) -> list[tuple[float, Place, Place]]:
    """Pairs of sentences of two copies of one episode, each the likest of the other's copy, the likest pair first."""
    holding: dict[str, list[Place]] = defaultdict(list)
    for place, own in words.items():
        for word in own:
            holding[word].append(place)
    n_shared: dict[tuple[Place, Place], int] = defaultdict(int)
    for places in holding.values():
        if len(places) <= MOST_PLACES:
            for n, a in enumerate(places):
                for b in places[n + 1 :]:
                    if a[0] != b[0] and episodes[a[0]] == episodes[b[0]]:
                        n_shared[a, b] += 1
    likeness, best = {}, defaultdict(float)
    for (a, b), n in n_shared.items():
        if n < LEAST_SHARED:
            continue
        mass = weights.mass(words[a] & words[b])
        least = min(weights.mass(words[a]), weights.mass(words[b]))
        likeness[a, b] = mass * mass / least if least else 0.0
        for key in ((a, b[0]), (b, a[0])):
            best[key] = max(best[key], likeness[a, b])
    found = [
        (value, a, b)
        for (a, b), value in likeness.items()
        if value >= LIKE and value == best[a, b[0]] == best[b, a[0]]
    ]
    return sorted(found, key=lambda pair: (-pair[0], pair[1:]))


def _joined(words: Mapping[Place, object], pairs: Iterable[tuple[float, Place, Place]]) -> list[list[Place]]:
    """All places in groups: pairs are joined, the likest first, as long as a group has one sentence of a copy."""
    group = {place: [place] for place in words}
    for _, a, b in pairs:
        one, other = group[a], group[b]
        if one is not other and not {doc_id for doc_id, _ in one} & {doc_id for doc_id, _ in other}:
            one += other
            group.update(dict.fromkeys(other, one))
    order = {place: n for n, place in enumerate(words)}
    return [sorted(own, key=order.__getitem__) for own in {id(own): own for own in group.values()}.values()]


def _shared(sets: Sequence[Set[str]]) -> set[str]:
    """The words that two of the sets have; of one set alone, all of them."""
    if len(sets) == 1:
        return set(sets[0])
    return {word for own in sets for word in own if sum(word in other for other in sets) > 1}
