"""Invented texts as `corpus` hands them on, and what is found in them as words."""

from __future__ import annotations

import re
from typing import NamedTuple

from analysis.corpus.quoted_spans import quoted_spans
from analysis.corpus.segmentation import sentence_spans
from analysis.evidence.attribution.attributions import Attribution, Marked, attributions
from analysis.evidence.parsing import Parse, parses

PARAGRAPH = re.compile(r"\S[^\n]*")


class Told(NamedTuple):
    """An attribution as words; "" where there is no source or cue."""

    source: str
    cue: str
    content: tuple[str, ...]
    kind: str


def marked(text: str) -> Marked:
    """`text` with its sentences and quoted spans; every line is a paragraph."""
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


def parsed(text: str) -> Parse:
    (parse,) = parses([(text, marked(text).sentences)])
    return parse


def found(text: str) -> list[Attribution]:
    (one,) = attributions([marked(text)])
    return one


def told(text: str) -> list[Told]:
    """The attributions of `text`, in order, as words."""

    def words(span: tuple[int, int] | None) -> str:
        return text[slice(*span)] if span else ""

    return [
        Told(words(one.source), words(one.cue), tuple(map(words, one.parts)), one.kind) for one in found(text)
    ]
