"""Attributions: who is reported to have said, written, thought, wanted or judged what.

From the parse and the quoted spans of a text: each attribution has a source, a cue and a content of one or more parts, as
offsets into the text. What stands in quotation marks is settled first (`speech`); of what the grammar offers besides
(`candidates`), a small model keeps what is likely an attribution (`acceptance`). Attributions may nest: what a minister
says that an envoy demanded is both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.evidence.attribution.acceptance import features, scores, weights
from analysis.evidence.attribution.candidates import candidates
from analysis.evidence.attribution.constructions import CLOSING, Candidate
from analysis.evidence.attribution.layout import Layout, is_word, layout
from analysis.evidence.attribution.speech import utterances
from analysis.evidence.parsing import Parse, Span, parses
from analysis.evidence.source_types import head_of, nouns

SURE = frozenset("fronted that finite inserted according quoted_as".split())  # content in which others nest
PLAIN, LEAST_PLAIN = (
    ("that", "finite"),
    0.15,
)  # clauses of saying that are kept below the threshold, and from where
FORETOLD, FORETELLING = (
    "passive_xinfinitive",
    ("expect", "believe", "think"),
)  # "is expected to", of nobody named
HYPHENED = re.compile(r"(?:(?<=\w)-\w+)*")
INFERRING = frozenset(
    "demonstrate highlight illustrate imply indicate mean prove reflect reveal show signal suggest underline underscore".split()
)
DIRECT = 0.9  # share of the words of a content in quotation marks


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution; spans are (start, end) in the text, `source` and `cue` None where there is none.

    `head` is the token of the cue that governs the content, `source_tokens` are those of the source alone.
    `kind` is direct (all of the content quoted), partial or indirect. `parts` are in order, each in one sentence, whose
    number is in `sentences`.
    """

    head: int
    source_tokens: tuple[int, ...]
    source: Span | None
    cue: Span | None
    parts: tuple[Span, ...]
    sentences: tuple[int, ...]
    kind: str
    lemma: str
    cue_class: str
    construction: str
    score: float


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with what `corpus` found in it: sentences, the paragraph of each, and quoted spans."""

    text: str
    sentences: Sequence[Span]
    paragraphs: Sequence[int]
    quoted_spans: Sequence[Span]


def attributions(
    texts: Iterable[Marked], *, learnt: Mapping[str, float] | None = None
) -> Iterator[list[Attribution]]:
    """The attributions of each text, in the order in which their contents begin.

    `learnt` are weights as `acceptance.weights` gives them.
    """
    kept: list[Marked] = []

    def given() -> Iterator[tuple[str, Sequence[Span]]]:
        for one in texts:
            kept.append(one)
            yield one.text, one.sentences

    for parse in parses(given()):
        yield found_in(parse, kept.pop(0), learnt=weights() if learnt is None else learnt)


def found_in(parse: Parse, marked: Marked, *, learnt: Mapping[str, float]) -> list[Attribution]:
    """The attributions of one parsed text."""
    placed, possible, described = offered(parse, marked)
    return settled(parse, placed, possible, scores(described, learnt), threshold=learnt.get("threshold", 0.5))


def offered(parse: Parse, marked: Marked) -> tuple[Layout, list[Candidate], list[list[str]]]:
    """What the grammar of a text offers: its layout, the candidates, and the features of each."""
    placed = layout(parse, marked.quoted_spans, marked.paragraphs)
    possible = candidates(parse)
    depth = nested(possible)
    return placed, possible, [features(parse, one, placed.quoted, depth) for one in possible]


def settled(
    parse: Parse, placed: Layout, possible: Sequence[Candidate], scored: Sequence[float], *, threshold: float
) -> list[Attribution]:
    """The attributions among `possible`: all speech in quotation marks and, of each further cue, the likeliest from `threshold` on."""
    for one, score in zip(possible, scored, strict=True):
        one.score = score
    possible = [one for one in possible if not _is_inferred(parse, one)]
    spoken = utterances(parse, placed, possible)
    taken = {one.head for one in spoken}
    best: dict[int, Candidate] = {}
    for one in possible:
        if (
            (
                one.score >= threshold
                or one.construction == CLOSING
                or (_is_plain(one, placed) and one.score >= LEAST_PLAIN * threshold)
            )
            and one.head not in taken
            and (one.head not in best or one.score > best[one.head].score)
        ):
            best[one.head] = one
    kept: dict[tuple, Candidate] = {}
    for one in (*spoken, *best.values()):  # "was quoted as saying that": two cues, one attribution
        kept.setdefault((_words(parse, one.source), _words(parse, one.content)), one)
    under: dict[int, list[Candidate]] = {}
    for one in kept.values():
        under.setdefault(one.head, []).append(one)
    whole = [one for one in kept.values() if not _is_in_another(parse, one, under)]
    found = [made for one in whole if (made := _attribution(parse, placed, one))]
    return sorted(found, key=lambda one: (one.parts, one.cue or (0, 0)))


def _is_in_another(parse: Parse, one: Candidate, under: Mapping[int, Sequence[Candidate]]) -> bool:
    """Whether the same source is already given all of this content, by a cue that this cue hangs on: "was quoted as saying".

    `under` gives the candidates of each cue.
    """
    content, source = set(one.content), _words(parse, one.source)
    above = parse.heads[one.head]
    return any(
        content < set(other.content) and _words(parse, other.source) == source
        for head in dict.fromkeys((above, parse.heads[above]))
        for other in under.get(head, ())
        if other is not one
    )


def _is_inferred(parse: Parse, one: Candidate) -> bool:
    """Whether an act or event is all that "suggests" or "shows" something: the copy infers it, nobody says it."""
    if one.lemma not in INFERRING or not one.source:
        return False
    head = head_of(parse, one.source)
    names = {parse.lemmas[head], parse.words[head].lower()}
    return parse.tags[head] in ("NN", "NNS") and names.isdisjoint(nouns())


def _is_plain(one: Candidate, placed: Layout) -> bool:
    """Whether somebody plainly said something outside quotation marks, or is expected to do something.

    People seldom mark the first inside another's report, and the second not always.
    """
    if placed.quoted[one.head] >= 0:
        return False
    if one.construction == FORETOLD:
        return one.cue_class == "cognition" and one.lemma in FORETELLING
    if one.construction == "fronted" and one.cue_class == "evidence":  # "…, photos show"
        return bool(one.source)
    return one.construction in PLAIN and one.cue_class == "neutral" and bool(one.source)


def nested(possible: Sequence[Candidate]) -> dict[int, int]:
    """Of each token, in how many contents of sure candidates it stands."""
    depth: dict[int, int] = {}
    for one in possible:
        if one.construction in SURE and one.cue_class != "unlisted":
            for at in one.content:
                depth[at] = depth.get(at, 0) + 1
    return depth


def _attribution(parse: Parse, placed: Layout, one: Candidate) -> Attribution | None:
    words = [at for at in one.content if is_word(parse, at)]
    runs = _runs(parse, placed, one.content)
    if not words or not runs:
        return None
    n_quoted = sum(placed.quoted[at] >= 0 for at in words)
    kind = "direct" if n_quoted >= DIRECT * len(words) else "partial" if n_quoted else "indirect"
    parts = tuple((parse.spans[run[0]][0], _word_end(parse, run[-1])) for run in runs)
    sentences = tuple(parse.sentence_of[run[0]] for run in runs)
    return Attribution(
        one.head,
        tuple(sorted(one.source)),
        _span(parse, one.source),
        _span(parse, one.cue),
        parts,
        sentences,
        kind,
        one.lemma,
        one.cue_class,
        one.construction,
        one.score,
    )


def _runs(parse: Parse, placed: Layout, tokens: Sequence[int]) -> list[list[int]]:
    """Tokens next to each other in one sentence, without marks at the edges that quote nothing; runs without a word are left out."""
    runs: list[list[int]] = [[tokens[0]]]
    for before, at in pairwise(tokens):
        if at == before + 1 and parse.sentence_of[at] == parse.sentence_of[before]:
            runs[-1].append(at)
        else:
            runs.append([at])
    trimmed = []
    for run in runs:
        while run and not is_word(parse, run[0]) and placed.quoted[run[0]] < 0:
            run.pop(0)
        while (
            run
            and placed.quoted[run[-1]] < 0
            and (not is_word(parse, run[-1]) or parse.tags[run[-1]] == "CC")  # "… and", going on elsewhere
        ):
            run.pop()
        if any(is_word(parse, at) for at in run) and parse.sentence_of[run[0]] >= 0:
            trimmed.append(run)
    return trimmed


def _word_end(parse: Parse, last: int) -> int:
    """Where the word of the token `last` ends: a hyphen that the parse cuts at ("co-operation") ends none."""
    end = parse.spans[last][1]
    sentence_end = parse.spans[parse.sentences[parse.sentence_of[last]][1] - 1][1]
    return HYPHENED.match(parse.text, end, sentence_end).end()


def _words(parse: Parse, tokens: Sequence[int]) -> tuple[int, ...]:
    return tuple(at for at in tokens if is_word(parse, at))


def _span(parse: Parse, tokens: Sequence[int]) -> Span | None:
    """From the first to the last of `tokens` in the sentence of the first."""
    if not tokens:
        return None
    own = sorted(at for at in tokens if not parse.words[at].isspace())
    if not own:
        return None
    return parse.spans[own[0]][0], parse.spans[own[-1]][1]
