"""Speech: what stands in quotation marks is given to the one who is said to have spoken.

A piece is the part of a quoted span in one sentence. Beside other words it belongs to the cue that governs it, or to the
nearest cue of its sentence; a sentence quoted whole goes on with the utterance its span or its paragraph holds, follows a colon,
or, in a paragraph of its own, inherits the speaker of the paragraph before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis.evidence.candidates import Candidate
from analysis.evidence.cues import cue_at
from analysis.evidence.parsing import Parse, Span
from analysis.evidence.sources import phrase_of, subject_of

SPEAKING = frozenset(
    "neutral assertive doubting manner factive evidence cognition criticism approval directive naming".split()
)
TELLING = ("neutral", "assertive", "doubting", "manner")
CLAUSES = frozenset(
    "fronted closing that finite wh bare small gerund infinitive inserted trailing as_clause according per named quoted_as".split()
)
SHORTEST = 4  # words of a piece that needs no cue of its own to be speech
SHORTEST_SPOKEN = 2
LEAST_SCORE = 0.15  # of a candidate that is no clause, to hold a quoted piece
ACCEPTED = 0.5  # from here on a candidate is likelier an attribution than not
LABEL = re.compile(
    r"[\"“”'‘’\s]*((?:[A-Z][A-Z.'’-]+|Q|A)(?: [A-Z][A-Z.'’-]+){0,3}):\s"
)  # the speaker in a transcript
CLOSING, OPENING = "\"”’'»“″`", "\"“„‟«‘'`"
SAID_INSIDE = re.compile(r",\s(?:[\w.’'-]+\s){0,4}(?:said|says|added|adds|asked|told|wrote|explained)\b")
DASHES = frozenset(["-", "--", "—", "―", "–", "---"])
MOST_NAMED = 12  # tokens of the name after a dash
NOMINAL = (
    "N",
    "P",
    "D",
    "J",
    "C",
    "I",
    ",",
)  # first letters of the tags of a noun phrase; PRP and PRP$ among them


@dataclass(slots=True)
class Piece:
    """The part of quoted span number `span` in sentence number `sentence`, as tokens; `is_whole`: nothing else stands there."""

    span: int
    sentence: int
    paragraph: int
    tokens: list[int]
    n_words: int
    n_words_span: int
    is_whole: bool


@dataclass(slots=True)
class Layout:
    """Where the tokens of a parse stand: the quoted span of each (-1 none), and the paragraph of each sentence."""

    quoted: list[int]
    paragraphs: list[int]
    pieces: list[Piece] = field(default_factory=list)


def layout(parse: Parse, spans: Sequence[Span], paragraphs: Sequence[int]) -> Layout:
    """Lay quoted spans over the tokens; `paragraphs` has the paragraph of each sentence."""
    quoted, at = [-1] * len(parse.words), 0
    for number, (start, end) in enumerate(spans):
        if _is_lost(parse.text, start, end):
            continue
        while at < len(parse.spans) and parse.spans[at][1] <= start:
            at += 1
        while at < len(parse.spans) and parse.spans[at][0] < end:
            quoted[at] = number
            at += 1
    placed = Layout(quoted, list(paragraphs))
    for sentence, (first, last) in enumerate(parse.sentences):
        runs: dict[int, list[int]] = {}
        n_outside = 0
        for token in range(first, last):
            if quoted[token] >= 0:
                runs.setdefault(quoted[token], []).append(token)
            else:
                n_outside += is_word(parse, token)
        for span, tokens in runs.items():
            n = sum(is_word(parse, token) for token in tokens)
            placed.pieces.append(Piece(span, sentence, paragraphs[sentence], tokens, n, n, n_outside == 0))
    whole: dict[int, int] = {}
    for piece in placed.pieces:
        whole[piece.span] = whole.get(piece.span, 0) + piece.n_words
    for piece in placed.pieces:
        piece.n_words_span = whole[piece.span]
    return placed


def _is_lost(text: str, start: int, end: int) -> bool:
    """Whether the span is what a lost closing mark left: never closed, not gone on with, and somebody "said" inside it."""
    if end - start < 2 or text[end - 1] in CLOSING:
        return False
    following = text[end : end + 8].lstrip()
    return following[:1] not in tuple(OPENING) and bool(SAID_INSIDE.search(text, start, end))


def is_word(parse: Parse, token: int) -> bool:
    return any(map(str.isalnum, parse.words[token])) and parse.words[token] not in ("'s", "’s", "n't", "n’t")


def utterances(parse: Parse, placed: Layout, found: Sequence[Candidate]) -> list[Candidate]:
    """What is said in quotation marks, one candidate an utterance: content is all its pieces, in any sentence.

    `found` are the scored candidates of the text; an utterance whose cue is one of them takes its source and cue and, where
    the content goes beyond the marks, its content.
    """
    by_sentence: dict[int, list[Candidate]] = {}
    for one in found:
        by_sentence.setdefault(parse.sentence_of[one.head], []).append(one)
    made: list[Candidate] = []
    owner: dict[int, Candidate] = {}  # span -> utterance
    by_paragraph: dict[int, list[Candidate]] = {}
    open_pieces: list[Piece] = []

    def keep(piece: Piece, utterance: Candidate) -> None:
        utterance.content = sorted({*utterance.content, *piece.tokens} - set(utterance.cue))
        owner.setdefault(piece.span, utterance)
        held = by_paragraph.setdefault(piece.paragraph, [])
        if utterance not in held:
            held.append(utterance)

    heads: dict[int, Candidate] = {}
    labelled = _labelled(parse, placed)
    made += labelled.values()
    for piece in placed.pieces:
        if piece.paragraph in labelled:
            owner.setdefault(piece.span, labelled[piece.paragraph])
            continue
        if piece.is_whole:
            open_pieces.append(piece)
            continue
        anchor = _anchor(parse, placed, piece, by_sentence.get(piece.sentence, ()))
        if anchor is None:
            if _goes_on(parse, placed, piece):
                open_pieces.append(piece)
            continue
        if anchor.head in heads:
            anchor = heads[anchor.head]
        else:
            heads[anchor.head] = anchor
            made.append(anchor)
        keep(piece, anchor)
    for piece in open_pieces:
        utterance = owner.get(piece.span)
        if not piece.is_whole:
            utterance = _inherited(parse, placed, piece, by_paragraph)
        elif utterance is None and (introducing := _introduced(parse, placed, piece)) is not None:
            utterance = heads.setdefault(introducing.head, introducing)
        if utterance is None and piece.is_whole:
            held = by_paragraph.get(piece.paragraph, [])
            before = [one for one in held if one.content[0] < piece.tokens[0]]
            utterance = before[-1] if before else held[0] if held else None
        if utterance is None and piece.is_whole and piece.n_words_span >= SHORTEST:
            utterance = _in_next_sentence(parse, placed, piece)
            if utterance is not None:
                utterance = heads.setdefault(utterance.head, utterance)
        if (
            utterance is None
            and piece.is_whole
            and piece.n_words_span >= SHORTEST
            and not _is_heading(parse, piece)
        ):
            utterance = _inherited(parse, placed, piece, by_paragraph)
        if utterance is None:
            continue
        if not any(utterance is one for one in made):
            made.append(utterance)
        keep(piece, utterance)
    return made


def _anchor(parse: Parse, placed: Layout, piece: Piece, found: Sequence[Candidate]) -> Candidate | None:
    """The utterance that an embedded piece belongs to: by grammar, else by nearness; None where it is no speech."""
    own = set(piece.tokens)
    if (signed := _signed(parse, placed, piece)) is not None:
        return signed
    is_name = piece.n_words_span < SHORTEST and _is_heading(parse, piece)
    best, best_rank = None, (0.0, 0.0, 0.0, 0.0)
    for one in found:
        if placed.quoted[one.head] >= 0 or len(own.intersection(one.content)) * 2 < len(own):
            continue
        is_clause = one.construction in CLAUSES
        if not is_clause and (one.score < LEAST_SCORE or is_name):
            continue
        rank = (
            float(is_clause and (one.construction != "as_clause" or one.score >= ACCEPTED)),
            float(one.cue_class in SPEAKING),
            float(bool(one.source)),
            -len(one.content) if is_clause else one.score,
        )
        if best is None or rank > best_rank:
            best, best_rank = one, rank
    if best is not None:
        content = list(best.content)
        words = [at for at in content if is_word(parse, at)]
        outside = [at for at in words if placed.quoted[at] < 0]
        if len(outside) * 4 <= len(words) and piece.n_words_span >= SHORTEST:
            content = [at for at in content if placed.quoted[at] >= 0]
        return Candidate(
            best.construction,
            best.head,
            best.cue,
            best.source,
            content,
            best.lemma,
            best.cue_class,
            best.score,
        )
    first = parse.sentences[piece.sentence][0]
    before = next(
        (at for at in range(piece.tokens[0] - 1, first - 1, -1) if not parse.words[at].isspace()), first
    )
    if (
        before > first
        and parse.words[before] == ":"
        and piece.n_words_span >= SHORTEST_SPOKEN
        and (leading := _leading(parse, placed, first, before, piece))
    ):
        return leading
    if piece.n_words_span < SHORTEST_SPOKEN or (
        piece.n_words_span < SHORTEST and not _touches_comma(parse, piece)
    ):
        return None
    return _nearest(parse, placed, piece)


def _goes_on(parse: Parse, placed: Layout, piece: Piece) -> bool:
    """Whether a piece without a cue may go on with what the paragraph before quotes: most of a first sentence without a cue."""
    first, last = parse.sentences[piece.sentence]
    is_first = piece.sentence == 0 or placed.paragraphs[piece.sentence - 1] != piece.paragraph
    words = sum(is_word(parse, at) for at in range(first, last))
    if not is_first or piece.n_words < SHORTEST or piece.n_words * 2 < words or _is_heading(parse, piece):
        return False
    return not any(placed.quoted[at] < 0 and cue_at(parse, at)[1] in SPEAKING for at in range(first, last))


def _is_heading(parse: Parse, piece: Piece) -> bool:
    """Whether every longer word of the piece has a capital."""
    long_words = [parse.words[at] for at in piece.tokens if len(parse.words[at]) > 3 and is_word(parse, at)]
    return all(word[0].isupper() for word in long_words)


def _touches_comma(parse: Parse, piece: Piece) -> bool:
    inner = [parse.words[at] for at in piece.tokens[-2:]]
    before = parse.words[piece.tokens[0] - 1] if piece.tokens[0] else ""
    return any(mark in inner for mark in ",?!") or before in (",", ":")


def _nearest(parse: Parse, placed: Layout, piece: Piece) -> Candidate | None:
    """The nearest cue of speech outside quotation marks in the sentence of `piece`."""
    first, last = parse.sentences[piece.sentence]
    best, best_distance = None, 10**6
    for at in range(first, last):
        if placed.quoted[at] >= 0 or parse.tags[at][:1] != "V" or parse.deps[at] in ("aux", "auxpass"):
            continue
        lemma, cue_class, further = cue_at(parse, at)
        if cue_class not in SPEAKING:
            continue
        distance = min(abs(at - piece.tokens[0]), abs(at - piece.tokens[-1])) + (
            0 if cue_class == "neutral" else 6
        )
        source = subject_of(parse, at)
        if source >= 0 and placed.quoted[source] >= 0:
            source = -1
        tokens = [t for t in phrase_of(parse, source, at) if placed.quoted[t] < 0 and t != at]
        tokens = tokens or _beside_cue(parse, placed, at, first, last)
        if not tokens:
            distance += 12
        if distance < best_distance:
            best_distance = distance
            best = Candidate("beside_quote", at, [at, *further], tokens, list(piece.tokens), lemma, cue_class)
    if best is not None and not _touches_comma(parse, piece):
        best.content = _argument(parse, placed, best.head, piece)
    return best


def _argument(parse: Parse, placed: Layout, cue: int, piece: Piece) -> list[int]:
    """What the cue governs that holds `piece`, where the cue comes before it; else the piece alone."""
    at = next((t for t in piece.tokens if is_word(parse, t)), piece.tokens[0])
    for _ in range(12):
        if parse.heads[at] == cue:
            if at > cue and parse.deps[at] not in ("advcl", "nsubj", "nsubjpass", "npadvmod"):
                own = parse.subtree(at)
                own = own[1:] if parse.deps[at] == "prep" else own
                return sorted({*own, *piece.tokens})
            break
        if parse.heads[at] == at:
            break
        at = parse.heads[at]
    return list(piece.tokens)


def _introduced(parse: Parse, placed: Layout, piece: Piece) -> Candidate | None:
    """The sentence before that ends in a colon and leads to `piece`."""
    before = piece.sentence - 1
    if before < 0 or placed.paragraphs[before] < piece.paragraph - 1:
        return None
    first, last = parse.sentences[before]
    ending = next((at for at in range(last - 1, first - 1, -1) if not parse.words[at].isspace()), -1)
    if ending < 0 or parse.words[ending] != ":":
        return None
    return _leading(parse, placed, first, ending, piece)


def _leading(parse: Parse, placed: Layout, first: int, ending: int, piece: Piece) -> Candidate | None:
    """The cue and source of the words from token `first` to the colon `ending`."""
    best = None
    for at in range(ending - 1, first - 1, -1):
        if placed.quoted[at] < 0 and parse.tags[at][:1] == "V" and parse.deps[at] not in ("aux", "auxpass"):
            lemma, cue_class, further = cue_at(parse, at)
            source = subject_of(parse, at)
            if source < 0 or placed.quoted[source] >= 0 or source >= ending:
                continue
            one = Candidate(
                "colon",
                at,
                [at, *further],
                phrase_of(parse, source, at),
                list(piece.tokens),
                lemma,
                cue_class,
            )
            if cue_class in SPEAKING:
                return one
            best = best or one
    if best is None and ending - first <= MOST_NAMED:
        tokens = [at for at in range(first, ending) if placed.quoted[at] < 0]
        if tokens:
            best = Candidate("label", ending, [ending], tokens, list(piece.tokens), ":", "neutral")
    return best


def _in_next_sentence(parse: Parse, placed: Layout, piece: Piece) -> Candidate | None:
    """A cue without a content of its own in the sentence after, else before, in the same paragraph: "…" Berg told reporters."""
    for sentence in (piece.sentence + 1, piece.sentence - 1):
        if not 0 <= sentence < len(parse.sentences) or placed.paragraphs[sentence] != piece.paragraph:
            continue
        first, last = parse.sentences[sentence]
        for at in range(first, last):
            if placed.quoted[at] >= 0 or parse.deps[at] != "ROOT":
                continue
            lemma, cue_class, further = cue_at(parse, at)
            source = parse.child(at, "nsubj")
            if (
                cue_class in TELLING
                and source >= 0
                and placed.quoted[source] < 0
                and parse.child(at, "ccomp", "xcomp") < 0
            ):
                return Candidate(
                    "next_sentence",
                    at,
                    [at, *further],
                    phrase_of(parse, source, at),
                    list(piece.tokens),
                    lemma,
                    cue_class,
                )
    return None


def _inherited(
    parse: Parse, placed: Layout, piece: Piece, by_paragraph: dict[int, list[Candidate]]
) -> Candidate | None:
    """An utterance of its own for a paragraph of speech without a cue: a dash and a name follow, else the speaker before."""
    if (signed := _signed(parse, placed, piece)) is not None:
        return signed
    before = by_paragraph.get(piece.paragraph - 1)
    if not before:
        return None
    last = before[-1]
    return Candidate(
        "inherited", last.head, last.cue, last.source, list(piece.tokens), last.lemma, last.cue_class
    )


def _signed(parse: Parse, placed: Layout, piece: Piece) -> Candidate | None:
    """A dash and a name after the closing mark, to the end of the line."""
    at, n = piece.tokens[-1] + 1, len(parse.words)
    while at < n and parse.words[at].isspace() and parse.words[at].count("\n") < 3:
        at += 1
    if at + 1 >= n or parse.words[at] not in DASHES or placed.quoted[at] >= 0:
        return None
    tokens = []
    for token in range(at + 1, min(n, at + 2 + MOST_NAMED)):
        if "\n" in parse.words[token] or placed.quoted[token] >= 0:
            break
        tokens.append(token)
    words = [token for token in tokens if is_word(parse, token)]
    is_ended = (
        not tokens
        or tokens[-1] + 1 >= n
        or "\n" in parse.words[tokens[-1] + 1]
        or placed.quoted[tokens[-1] + 1] >= 0
    )
    if (
        not words
        or not is_ended
        or len(tokens) > MOST_NAMED
        or not parse.words[words[0]][0].isupper()
        or parse.tags[words[0]][:1] != "N"
    ):
        return None
    return Candidate("dash", at, [at], words, list(piece.tokens), "—", "neutral")


def _labelled(parse: Parse, placed: Layout) -> dict[int, Candidate]:
    """Paragraphs of a transcript, which begin with a speaker in capitals and a colon; one alone is no transcript."""
    found: dict[int, Candidate] = {}
    previous = -1
    for sentence, (first, last) in enumerate(parse.sentences):
        paragraph = placed.paragraphs[sentence]
        if paragraph != previous and first < last:
            start = parse.spans[first][0]
            if label := LABEL.match(parse.text, start, parse.spans[last - 1][1]):
                name = [
                    at
                    for at in range(first, last)
                    if parse.spans[at][0] >= label.start(1) and parse.spans[at][1] <= label.end(1)
                ]
                colon = next((at for at in range(first, last) if parse.spans[at][0] >= label.end(1)), first)
                if name:
                    found[paragraph] = Candidate(
                        "label", colon, [colon], name, list(range(colon + 1, last)), ":", "neutral"
                    )
        elif paragraph in found:
            found[paragraph].content += range(first, last)
        previous = paragraph
    return {paragraph: one for paragraph, one in found.items() if one.content} if len(found) > 1 else {}


def _beside_cue(parse: Parse, placed: Layout, cue: int, first: int, last: int) -> list[int]:
    """The words of a noun phrase right after the cue, else right before it, where the parse gives no subject."""
    after = []
    for at in range(cue + 1, last):
        if (
            placed.quoted[at] >= 0
            or parse.tags[at][:1] not in NOMINAL
            or (not after and parse.tags[at][:1] in "CI,")
        ):
            break
        after.append(at)
    if after and parse.tags[after[0]] in ("NNP", "PRP", "DT", "NNS", "NN", "NNPS", "PRP$"):
        return after
    before = []
    for at in range(cue - 1, first - 1, -1):
        if placed.quoted[at] >= 0 or parse.tags[at][:1] not in NOMINAL or parse.tags[at][:1] in "CI,":
            break
        before.append(at)
    return before[::-1]
