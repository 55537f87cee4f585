"""Quoted spans: what stands in quotation marks, and the voice of a sentence that follows from it.

Marks are paired within a paragraph, never over a whole text: one lost mark then costs one paragraph at most.
Conventions, from the marks alone:

- A span includes both its marks. What it nests (‘…’ in “…”, "…" in “…”) is part of it.
- Speech that runs on: a paragraph opens a mark and never closes it. The span runs to the end of the
  paragraph and is not `closed`; the next paragraph opens its own.
- A mark doubled (““so””) is one mark.
- A mark opened twice: the first span ends before the second opens, not `closed`.
- A closing mark that nothing opened is passed over. It and the lost marks are listed by `unbalanced_marks`.
- Single marks open a span only where they clearly quote (two words, or a stop or comma before the closing
  mark); apostrophes ('tis, rock 'n' roll, workers' rights, the '90s) never do. A mark after a digit with
  nothing open is inches.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import islice, pairwise

import numpy as np
import pandas as pd

from analysis.corpus.words import n_words, word_spans

Span = tuple[int, int]
Edges = tuple[list[int], list[int]]
COLUMNS = ["span_id", "start", "end", "paragraph", "n_words", "closed", "floating"]
MARK = re.compile(r"([\"“”„‟«»″])\1?|''|``|(?<!\w)['‘`]")
SINGLES = frozenset("'‘`")
SINGLE = re.compile(r"['’‘]")
LONGEST_SINGLE = 2000  # characters; bounds the search
ELISION = re.compile(
    r"['‘’](?:\d\ds?\b|(?:tis|twas|twere|em|til|cause|bout|round|n|neath|cos|ere|s|re|ll)\b)", re.I
)
STRAIGHT = frozenset(['"', "''", "″"])
BEFORE_OPENING = frozenset("([{<—–-―/‘'\"“„«‟:,;=…*_|>•")
STOPS = ".?!…"


def quoted_spans(text: str, paragraphs: list[Span]) -> pd.DataFrame:
    """List the quoted spans of `text`, one a row, in order, none overlapping another, each in one paragraph.

    `paragraphs` are (start, end) offsets in `text`. A row: span_id (from 0), start and end (offsets in
    `text`, both marks included), paragraph (index), n_words, closed (False: no closing mark), floating (a
    full sentence or more, and the paragraph holds no word outside quotation marks: no attribution).
    """
    return _frame(paired_spans(text, paragraphs)[0])


def paired_spans(text: str, paragraphs: list[Span]) -> tuple[list[tuple], list[Span]]:
    """The quoted spans as rows of `quoted_spans`, and what `unbalanced_marks` lists, from one look at the text."""
    rows: list[tuple] = []
    strays: list[Span] = []
    for paragraph, spans, marks in _paired(text, paragraphs):
        rows += _described(text, paragraphs[paragraph], paragraph, spans)
        strays += [(paragraph, mark) for mark in marks]
    return [(number, *row) for number, row in enumerate(rows)], strays


def described(text: str, paragraphs: list[Span], spans: pd.DataFrame) -> pd.DataFrame:
    """Quoted spans that a person added to or took from, in order, as `quoted_spans` gives them.

    A span that reaches over its paragraph is cut there, one that overlaps another is left out.
    """
    rows, last = [], 0
    for paragraph, (begin, end) in enumerate(paragraphs):
        own = []
        for row in (
            spans[(spans["start"] >= begin) & (spans["start"] < end)].sort_values("start").itertuples()
        ):
            if row.start >= last:
                last = min(row.end, end)
                own.append((row.start, last, True if pd.isna(row.closed) else bool(row.closed)))
        rows += _described(text, (begin, end), paragraph, own)
    return _frame([(number, *row) for number, row in enumerate(rows)])


def _described(text: str, place: Span, paragraph: int, spans: list[tuple[int, int, bool]]) -> list[tuple]:
    """Rows of one paragraph, without span_id."""
    if not spans:
        return []
    edges = [place[0], *(edge for start, stop, _ in spans for edge in (start, stop)), place[1]]
    is_alone = not any(n_words(text[a:b]) for a, b in zip(edges[::2], edges[1::2], strict=True))
    rows = []
    for start, stop, closed in spans:
        inner = text[start:stop].rstrip("\"”“«»'’‘‟″ \xa0")
        is_sentence = inner[-1:] in tuple(STOPS) or text[stop : min(stop + 1, place[1])] in tuple(STOPS)
        rows.append((start, stop, paragraph, n_words(text[start:stop]), closed, is_alone and is_sentence))
    return rows


def _frame(rows: list[tuple]) -> pd.DataFrame:
    dtypes = dict.fromkeys(COLUMNS, "int64") | {"closed": "bool", "floating": "bool"}
    return pd.DataFrame(rows, columns=COLUMNS).astype(dtypes)


def unbalanced_marks(text: str, paragraphs: list[Span]) -> list[Span]:
    """List the marks without a partner as (paragraph, offset in `text`); speech that runs on has none."""
    return paired_spans(text, paragraphs)[1]


def voice_counts(text: str, sentences: list[Span], spans: pd.DataFrame) -> list[tuple[int, int, str]]:
    """Count the words of each sentence and those inside `spans`, and name its voice.

    A word is quoted if its first letter or digit is. Voice: outside (no quoted word), quoted (no other),
    mixed.
    """
    return counts_by_voice(text, sentences, edges(spans))


def counts_by_voice(text: str, sentences: list[Span], places: Edges) -> list[tuple[int, int, str]]:
    """The same where the `edges` of the spans are at hand."""
    counts = []
    for start, end in sentences:
        if not is_touched(start, end, *places):
            counts.append((n_words(text[start:end]), 0, "outside"))
            continue
        quoted = [is_quoted for _, _, is_quoted in _words_with_voice(text, start, end, *places)]
        n_quoted = sum(quoted)
        voice = "outside" if n_quoted == 0 else "quoted" if n_quoted == len(quoted) else "mixed"
        counts.append((len(quoted), n_quoted, voice))
    return counts


def outside_and_quoted(text: str, start: int, end: int, spans: pd.DataFrame) -> tuple[str, str]:
    """Return the words of text[start:end] outside `spans` and those inside, each in order.

    Runs of words of one voice stand as in `text`, punctuation between them included, joined by a space.
    """
    outside, quoted = (
        " ".join(text[a:b] for a, b in runs) for runs in voice_runs(text, start, end, edges(spans))
    )
    return outside, quoted


def voice_runs(text: str, start: int, end: int, places: Edges) -> tuple[list[Span], list[Span]]:
    """The runs of words of text[start:end] outside quotation marks and those inside; `places` are the `edges` of the spans."""
    runs: tuple[list[Span], list[Span]] = ([], [])
    last = None
    for word_start, word_end, is_quoted in _words_with_voice(text, start, end, *places):
        own = runs[is_quoted]
        if is_quoted == last:
            own[-1] = (own[-1][0], word_end)
        else:
            own.append((word_start, word_end))
        last = is_quoted
    return runs


def edges(spans: pd.DataFrame) -> Edges:
    """Where `spans` start and where they end, in order."""
    return spans["start"].to_list(), spans["end"].to_list()


def edges_by_document(spans: pd.DataFrame) -> dict[str, Edges]:
    """The `edges` of each document that has a span, by doc_id, in order of place."""
    starts, ends = spans["start"].to_numpy(), spans["end"].to_numpy()
    found = {}
    for doc_id, rows in spans.groupby("doc_id", sort=False).indices.items():
        rows = rows[np.argsort(starts[rows], kind="stable")]
        found[doc_id] = (starts[rows].tolist(), ends[rows].tolist())
    return found


def is_inside(place: int, starts: list[int], ends: list[int]) -> bool:
    """Whether a character lies in one of the spans, which are in order and apart."""
    span = bisect_right(starts, place) - 1
    return span >= 0 and place < ends[span]


def is_touched(start: int, end: int, starts: list[int], ends: list[int]) -> bool:
    """Whether a character from `start` to before `end` lies in one of the spans, which are in order and apart."""
    before, until = bisect_right(starts, start), bisect_left(starts, end)
    return until > before or (before > 0 and ends[before - 1] > start)


def _words_with_voice(
    text: str, start: int, end: int, starts: list[int], ends: list[int]
) -> list[tuple[int, int, bool]]:
    words = []
    for word_start, word_end in word_spans(text[start:end]):
        word_start, word_end = word_start + start, word_end + start
        at = next(i for i in range(word_start, word_end) if text[i].isalnum() or text[i] == "_")
        words.append((word_start, word_end, is_inside(at, starts, ends)))
    return words


def _paired(
    text: str, paragraphs: list[Span]
) -> Iterator[tuple[int, list[tuple[int, int, bool]], list[int]]]:
    """Yield (paragraph, spans as (start, end, closed), marks without a partner)."""
    for paragraph, (start, end) in enumerate(paragraphs):
        following = (
            text[slice(*paragraphs[paragraph + 1])].lstrip()[:2] if paragraph + 1 < len(paragraphs) else ""
        )
        runs_on = following[:1] in tuple('"“„‟«‘') or following == "''"
        yield paragraph, *_pair(text, start, end, runs_on)


def _pair(text: str, start: int, end: int, runs_on: bool) -> tuple[list[tuple[int, int, bool]], list[int]]:
    """Pair the marks of the paragraph text[start:end]; `runs_on`: the next paragraph opens with a mark."""
    marks = [(mark.start(), mark.end(), mark[1] or mark[0]) for mark in MARK.finditer(text, start, end)]
    doubles = [mark for mark in marks if mark[2] not in SINGLES]
    then_closes = {  # by offset: the next double mark stands where a closing mark would
        this[0]: not _looks_opening(text, start, end, *then[:2]) for this, then in pairwise(doubles)
    }
    last_curly = max((at for at, _, kind in doubles if kind == "”"), default=-1)
    last_straight = max((at for at, _, kind in doubles if kind in STRAIGHT), default=-1)
    spans: list[tuple[int, int, bool]] = []
    strays: list[int] = []
    opened: tuple[int, str] | None = None
    inner = False  # a curly mark is open inside straight ones
    resume = start
    for at, after, kind in marks:
        if at < resume:
            continue
        if kind in SINGLES:
            closing = None if opened else _closing_single(text, start, at, end)
            if closing:
                spans.append((at, closing, True))
                resume = closing
            elif kind == "‘" and not opened and runs_on and not text[start:at].strip():
                opened = (at, kind)
            continue
        is_inches = at > start and text[at - 1].isdigit() and kind in STRAIGHT
        if opened is None:
            if is_inches:
                continue
            if _opens(text, start, end, at, after, kind, at in then_closes):
                opened, inner = (at, kind), False
            else:
                strays.append(at)
        elif is_inches and then_closes.get(at):
            continue
        elif (
            opened[1] in STRAIGHT
            and kind in "“”"
            and (inner if kind == "”" else at < last_straight and _looks_opening(text, start, end, at, after))
        ):
            inner = kind == "“"
        elif _is_nested(opened[1], kind, at, last_curly):
            continue
        elif _looks_opening(text, start, end, at, after) and (
            (kind in "“„‟" and opened[1] != "„") or (kind in STRAIGHT and then_closes.get(at, False))
        ):
            spans.append((opened[0], opened[0] + len(text[opened[0] : at].rstrip()), False))
            strays.append(opened[0])
            opened = (at, kind)
        else:
            spans.append((opened[0], after, True))
            opened = None
    if opened is not None:
        spans.append((opened[0], start + len(text[start:end].rstrip()), False))
        if not runs_on:
            strays.append(opened[0])
    return spans, strays


def _looks_opening(text: str, start: int, end: int, at: int, after: int) -> bool:
    """Say whether the mark text[at:after] has a gap before it and text after it."""
    is_after_gap = at == start or text[at - 1].isspace() or text[at - 1] in "([{—–"
    return is_after_gap and after < end and not text[after].isspace()


def _opens(text: str, start: int, end: int, at: int, after: int, kind: str, has_next: bool) -> bool:
    """Say whether a mark opens a span where none is open."""
    is_after_gap = at == start or text[at - 1].isspace()
    if after < end and not text[after].isspace():
        is_glued = kind in "“„‟«" and (text[after].isalnum() or text[after] in "‘'[($£€…")
        return is_after_gap or is_glued or text[at - 1] in BEFORE_OPENING
    is_spaced = kind in STRAIGHT or kind in "“„"
    return kind == "«" or (is_spaced and is_after_gap and has_next)  # « so », or " so "


def _is_nested(opened: str, kind: str, at: int, last_curly: int) -> bool:
    """Say whether `kind` belongs to another family of marks than the one that is open and will be closed."""
    if opened in ("«", "»"):
        return kind not in ("«", "»") or kind == opened
    if kind in ("«", "»"):
        return True
    return opened == "“" and kind in STRAIGHT and at < last_curly


def _closing_single(text: str, start: int, at: int, end: int) -> int | None:
    """Find where the span opened by the single mark at `at` ends, None where that mark is an apostrophe."""
    is_free = at == start or text[at - 1].isspace() or text[at - 1] in "([{—–-"
    if not is_free or at + 1 >= end or text[at + 1].isspace() or ELISION.match(text, at):
        return None
    closing_mark = "’" if text[at] == "‘" else "'"
    possible = None
    for mark in islice(SINGLE.finditer(text, at + 1, min(end, at + LONGEST_SINGLE)), 40):
        closing, after = mark.start(), mark.end()
        if mark.group() == "‘" and text[closing - 1].isspace():
            break
        if (
            mark.group() != closing_mark
            or text[closing - 1].isspace()
            or text[after : min(after + 1, end)].isalnum()
        ):
            continue
        inner = text[at + 1 : closing]
        if inner.count('"') % 2 or inner.count("“") != inner.count("”"):
            continue
        is_possessive = (
            inner[-1:] in ("s", "z")
            and text[after : after + 1] == " "
            and text[after + 1 : min(after + 2, end)].islower()
        )
        is_sure = inner[-1:] in tuple(",.?!…")
        if is_possessive and not is_sure:
            possible = possible or (after if n_words(inner) > 1 else None)
        elif is_sure or n_words(inner) > 1:
            return after
        else:
            return None  # one word: a scare quote or an apostrophe
    return possible
