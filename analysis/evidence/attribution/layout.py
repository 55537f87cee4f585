"""Layout: where the quoted spans of a text lie over its tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis.evidence.parsing import Parse, Span

CLOSING, OPENING = "\"”’'»“″`", "\"“„‟«‘'`"
SAID_INSIDE = re.compile(r",\s(?:[\w.’'-]+\s){0,4}(?:said|says|added|adds|asked|told|wrote|explained)\b")


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
    """Whether a token holds a letter or digit and is no ending cut off by the parse."""
    return any(map(str.isalnum, parse.words[token])) and parse.words[token] not in ("'s", "’s", "n't", "n’t")
