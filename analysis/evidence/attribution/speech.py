"""Speech: what stands in quotation marks is given to the one who is said to have spoken.

A piece is the part of a quoted span in one sentence. Beside other words it belongs to the cue that governs it, or to the
nearest cue of its sentence; a sentence quoted whole goes on with the utterance its span or its paragraph holds, follows a colon,
or, in a paragraph of its own, inherits the speaker of the paragraph before.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.evidence.attribution.constructions import Candidate
from analysis.evidence.attribution.cues import cue_at
from analysis.evidence.attribution.layout import Layout, Piece, is_word
from analysis.evidence.attribution.nearby_cues import (
    SPEAKING,
    in_next_sentence,
    introduced,
    labelled,
    leading,
    nearest,
    signed,
    touches_comma,
)
from analysis.evidence.parsing import Parse

CLAUSES = frozenset(
    "fronted closing that finite wh bare small gerund infinitive inserted trailing as_clause according per named quoted_as".split()
)
SHORTEST = 4  # words of a piece that needs no cue of its own to be speech
SHORTEST_SPOKEN = 2
LEAST_SCORE = 0.15  # of a candidate that is no clause, to hold a quoted piece
ACCEPTED = 0.5  # from here on a candidate is likelier an attribution than not


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
    transcript = labelled(parse, placed)
    made += transcript.values()
    for piece in placed.pieces:
        if piece.paragraph in transcript:
            owner.setdefault(piece.span, transcript[piece.paragraph])
            continue
        if piece.is_whole:
            open_pieces.append(piece)
            continue
        anchor = _anchor(parse, placed, piece, by_sentence.get(piece.sentence, ()))
        if (
            anchor is None and piece.span in owner
        ):  # a span begun in a sentence before ends beside words of the copy
            keep(piece, owner[piece.span])
            continue
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
        elif utterance is None and (introducing := introduced(parse, placed, piece)) is not None:
            utterance = heads.setdefault(introducing.head, introducing)
        if utterance is None and piece.is_whole:
            held = by_paragraph.get(piece.paragraph, [])
            before = [one for one in held if one.content[0] < piece.tokens[0]]
            utterance = before[-1] if before else held[0] if held else None
        if utterance is None and piece.is_whole and piece.n_words_span >= SHORTEST:
            utterance = in_next_sentence(parse, placed, piece)
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
    if (named := signed(parse, placed, piece)) is not None:
        return named
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
        and (introducing := leading(parse, placed, first, before, piece))
    ):
        return introducing
    if piece.n_words_span < SHORTEST_SPOKEN or (
        piece.n_words_span < SHORTEST and not touches_comma(parse, piece)
    ):
        return None
    return nearest(parse, placed, piece)


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


def _inherited(
    parse: Parse, placed: Layout, piece: Piece, by_paragraph: dict[int, list[Candidate]]
) -> Candidate | None:
    """An utterance of its own for a paragraph of speech without a cue: a dash and a name follow, else the speaker before."""
    if (named := signed(parse, placed, piece)) is not None:
        return named
    before = by_paragraph.get(piece.paragraph - 1)
    if not before:
        return None
    last = before[-1]
    return Candidate(
        "inherited", last.head, last.cue, last.source, list(piece.tokens), last.lemma, last.cue_class
    )
