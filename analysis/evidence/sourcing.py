"""Sourcing: who speaks and who is spoken of, all texts of a story in one pass.

Each text is parsed once; quotations, mentions and labels are taken from the parse, which is then dropped. Texts in
another language than English have no rows: the parser and every word list are English.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import pandas as pd

from analysis.corpus.outlets import load_outlets
from analysis.evidence.attribution.acceptance import weights
from analysis.evidence.attribution.attributions import Attribution, Marked, found_in
from analysis.evidence.attribution.layout import layout
from analysis.evidence.contents import attributed_words, part_words
from analysis.evidence.parsing import Parse, Span, parses
from analysis.evidence.quotations import Quotation, quotations, spoken
from analysis.evidence.reference.aliases import PERSONS
from analysis.evidence.reference.labels import Label
from analysis.evidence.reference.mentions import Mention, mentions
from analysis.evidence.reference.references import references
from analysis.evidence.source_types import head_of
from analysis.evidence.sourced import Sourced
from analysis.evidence.utterances import with_groups
from analysis.tables import ACTOR_LABELS, MAYBE_WHOLE, MENTIONS, QUOTATION_PARTS, QUOTATIONS

LANGUAGES = ("en", "")  # "" is a text too short to tell


def sourcing(
    texts: Mapping[str, str],
    sentences: pd.DataFrame,
    quoted_spans: pd.DataFrame,
    documents: pd.DataFrame,
    actors: Sequence[Mapping],
    outlets: Sequence[Mapping] = (),
    on_document: Callable[[str], None] = lambda doc_id: None,
    *,
    is_part: bool = False,
) -> Sourced:
    """Find quotations, mentions and labels in `texts`; `actors` and `outlets` as story.yml has them, perhaps none.

    `sentences`, `quoted_spans` and `documents` are the tables of those names, `texts` maps doc_id to cleaned text.
    `on_document` is told the id of each document that is done. `is_part` is for `utterances.with_groups`.
    """
    names = _names(outlets)
    persons = {actor["id"] for actor in actors if actor.get("pronoun") in PERSONS}
    outlet_of = dict(zip(documents["doc_id"], documents["outlet"], strict=True))
    english = set(documents.loc[documents["language"].isin(LANGUAGES), "doc_id"])
    own = {doc_id: frame for doc_id, frame in sentences.groupby("doc_id", sort=False) if doc_id in english}
    marks = {
        doc_id: _spans(frame.sort_values("start"))
        for doc_id, frame in quoted_spans.groupby("doc_id", sort=False)
    }
    given = {
        doc_id: Marked(texts[doc_id], _spans(frame), frame["paragraph"].tolist(), marks.get(doc_id, []))
        for doc_id, frame in own.items()
    }
    quoted, parts, mentioned, labelled = [], [], [], []
    attributed = pd.Series(0, index=sentences.index, dtype="int64")
    for (doc_id, one), parse in zip(
        given.items(), parses((one.text, one.sentences) for one in given.values()), strict=True
    ):
        ids = own[doc_id]["sentence_id"].tolist()
        found = found_in(parse, one, learnt=weights())
        placed = layout(parse, one.quoted_spans, one.paragraphs)
        referred = references(parse, actors, one.quoted_spans, _tellers(parse, found))
        own_names = names.get(outlet_of[doc_id], ())
        rows = quotations(
            parse, placed, found, referred, actors, one.quoted_spans, own_names, set().union(*names.values())
        )
        spoken_of, called = mentions(parse, referred, one.quoted_spans, persons)
        quoted += _quotation_rows(doc_id, rows, ids)
        parts += _part_rows(doc_id, rows, ids, one)
        mentioned += (_mention_row(doc_id, row, ids, one.text) for row in spoken_of)
        labelled += (_label_row(doc_id, row, ids) for row in called)
        attributed.loc[own[doc_id].index] = attributed_words(
            one.text, spoken(rows), len(one.sentences), one.quoted_spans
        )
        on_document(doc_id)
    attributed = attributed.clip(upper=sentences["n_words"] - sentences["n_words_quoted"]).astype("int64")
    said, quotation_parts = with_groups(
        QUOTATIONS.frame(quoted),
        QUOTATION_PARTS.frame(parts),
        texts,
        sentences,
        quoted_spans,
        documents,
        is_part=is_part,
    )
    return Sourced(
        said,
        quotation_parts,
        MENTIONS.frame(mentioned),
        ACTOR_LABELS.frame(labelled),
        attributed.astype(MAYBE_WHOLE).rename("n_words_attributed"),
    )


def _tellers(parse: Parse, found: Sequence[Attribution]) -> dict[int, tuple[int, int]]:
    """The token of each source, with the characters it is given and the sentence in which they begin."""
    told: dict[int, tuple[int, int]] = {}
    for one in found:
        if one.source_tokens:
            head = head_of(parse, one.source_tokens)
            length, first = told.get(head, (0, one.sentences[0]))
            own = sum(end - start for start, end in one.parts)
            told[head] = length + own, min(first, one.sentences[0])
    return told


def _names(outlets: Sequence[Mapping]) -> dict[str, set[str]]:
    """Outlet id -> the names it goes by, of those that are known and those of the story."""
    names = {outlet.id: set(outlet.names) for outlet in load_outlets()}
    for outlet in outlets:
        names.setdefault(outlet["id"], set()).add(outlet["name"])
    return names


def _spans(frame: pd.DataFrame) -> list[Span]:
    return list(zip(frame["start"].tolist(), frame["end"].tolist(), strict=True))


def _quotation_rows(doc_id: str, rows: Sequence[Quotation], ids: Sequence[int]) -> Iterator[tuple]:
    for number, row in enumerate(rows):
        source, cue = row.source or (pd.NA, pd.NA), row.cue or (pd.NA, pd.NA)
        yield (
            doc_id,
            number,
            ids[row.sentence],
            *source,
            *cue,
            row.n_words,
            row.n_words_quoted,
            row.kind,
            row.is_speech,
            row.speaker,
            row.speaker_surface,
            row.speaker_rule,
            row.source_type,
            row.source_category,
            row.lemma,
            row.cue_class,
            row.intermediary,
            "",
        )


def _part_rows(doc_id: str, rows: Sequence[Quotation], ids: Sequence[int], one: Marked) -> Iterator[tuple]:
    counts = part_words(one.text, [row.parts for row in rows], one.quoted_spans, [row.cue for row in rows])
    for number, row in enumerate(rows):
        for part, (sentence, span) in enumerate(zip(row.part_sentences, row.parts, strict=True)):
            yield doc_id, number, part, ids[sentence], *span, *counts[number][part], ""


def _mention_row(doc_id: str, row: Mention, ids: Sequence[int], text: str) -> tuple:
    one = row.reference
    voice = "quoted" if row.is_quoted else "outside"
    surface = " ".join(text[one.start : one.end].split())
    return (
        doc_id,
        ids[row.sentence],
        one.start,
        one.end,
        one.actor,
        one.rule,
        surface,
        voice,
        row.role,
        row.predicate,
        "; ".join(row.labels),
    )


def _label_row(doc_id: str, row: Label, ids: Sequence[int]) -> tuple:
    voice = "quoted" if row.is_quoted else "outside"
    return doc_id, ids[row.sentence], row.start, row.end, row.actor, row.label, row.form, voice
