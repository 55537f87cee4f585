"""Quotations: what is reported as said, who is said to have said it, and through whom it came.

Attributions of one text, with their sources told: which actor of the story speaks, what kind of source it is, and who
stands between the speaker and the outlet. What is said inside quotation marks of what others said is the speaker's own
affair and has no row. Quoted spans that nobody is said to have said have rows of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.evidence.attribution.attributions import DIRECT, Attribution
from analysis.evidence.attribution.constructions import ADDRESSED
from analysis.evidence.attribution.layout import Layout, Piece
from analysis.evidence.attribution.speech import SHORTEST
from analysis.evidence.contents import touching, union, words_in
from analysis.evidence.intermediaries import intermediary_of
from analysis.evidence.parsing import Parse, Span
from analysis.evidence.reference.aliases import Reference
from analysis.evidence.speakers import Speakers, bare
from analysis.tables import SEVERAL

INHERITED = "inherited"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A row of table `quotations` in the making, with its parts; see the table for what each value means."""

    sentence: int
    source: Span | None
    cue: Span | None
    parts: tuple[Span, ...]
    part_sentences: tuple[int, ...]
    n_words: int
    n_words_quoted: int
    kind: str
    is_speech: bool
    speaker: str = ""
    speaker_surface: str = ""
    speaker_rule: str = ""
    source_type: str = ""
    source_category: str = ""
    lemma: str = ""
    cue_class: str = ""
    intermediary: str = ""


def quotations(
    parse: Parse,
    placed: Layout,
    found: Sequence[Attribution],
    mentioned: Sequence[Reference],
    actors: Sequence[Mapping],
    quoted_spans: Sequence[Span],
    own_names: Iterable[str] = (),
    outlets: Iterable[str] = (),
) -> list[Quotation]:
    """The quotations of one text, by the place of their contents.

    `found` are its attributions, `mentioned` the references to `actors` (as story.yml has them), `placed` lays
    `quoted_spans` (start, end) over the tokens. `own_names` are those of the outlet itself, which is no intermediary of its copy, `outlets` the names of news media that no word tells to be one.
    """
    own_names = set(map(bare, own_names))
    sources = Speakers(parse, mentioned, actors, set(map(bare, outlets)))
    made = []
    for one in found:
        if placed.quoted[one.head] >= 0 and one.construction != INHERITED:
            continue
        n, n_quoted = words_in(parse.text, one.parts, quoted_spans)
        if n:
            made.append((one, _told(parse, sources, one, n, n_quoted)))
    told = [one for one, _ in made]
    in_sentence: dict[int, list[Attribution]] = {}
    for one in told:
        for sentence in dict.fromkeys(one.sentences):
            in_sentence.setdefault(sentence, []).append(one)
    rows = []
    for one, row in made:
        if _is_title(parse, placed, row):
            rows.append(_no_speech(row))
            continue
        through = ""
        if not _is_addressed(parse, one):
            beside = in_sentence.get(parse.sentence_of[one.head], ())
            through = intermediary_of(parse, sources, one, row.speaker, beside, own_names)
        rows.append(replace(row, intermediary=through))
    rows += _unspoken(parse, placed, told, quoted_spans)
    return sorted(rows, key=lambda row: (row.parts, row.cue or (0, 0)))


def spoken(rows: Sequence[Quotation]) -> Iterator[tuple[int, Span]]:
    """The parts of what is reported as somebody's, each with its sentence: quoted spans of nobody are none."""
    for row in rows:
        if row.is_speech and (row.cue or row.source):
            yield from zip(row.part_sentences, row.parts, strict=True)


def _told(parse: Parse, sources: Speakers, one: Attribution, n: int, n_quoted: int) -> Quotation:
    """The row of an attribution, its intermediary aside."""
    tokens = () if _is_addressed(parse, one) else one.source_tokens
    who, rule = sources.speakers(tokens)
    kind = sources.kind(tokens)
    if one.construction == INHERITED and who:
        rule = INHERITED
    return Quotation(
        one.sentences[0],
        one.source if tokens else None,
        one.cue,
        one.parts,
        one.sentences,
        n,
        n_quoted,
        "direct" if n_quoted >= DIRECT * n else "partial" if n_quoted else "indirect",
        True,
        SEVERAL.join(who),
        sources.surface(tokens),
        rule,
        kind.type,
        kind.category,
        one.lemma,
        one.cue_class,
    )


def _is_addressed(parse: Parse, one: Attribution) -> bool:
    """Whether the source of a cue is the one who was asked or told, not the one who spoke: "asked whether …, he said"."""
    if parse.tags[one.head] not in ("VBN", "VBD") or parse.lemmas[one.head] not in ADDRESSED:
        return False
    has_auxiliary = any(
        parse.deps[at] == "aux" and parse.lemmas[at] == "have" for at in parse.children[one.head]
    )
    is_passive = parse.child(one.head, "nsubjpass", "auxpass") >= 0
    has_subject = parse.child(one.head, "nsubj") >= 0
    return is_passive or (not (has_auxiliary or has_subject) and parse.deps[one.head] in ("advcl", "acl"))


def _is_title(parse: Parse, placed: Layout, row: Quotation) -> bool:
    """Whether all that is quoted is one span whose words all have capitals and that no mark ends: a title, a name."""
    if row.kind != "direct" or len(row.parts) > 1 or row.n_words > 8:
        return False
    start, end = row.parts[0]
    words = [word.strip("\"'“”‘’«»") for word in parse.text[start:end].split()]
    long_words = [word for word in words if len(word) > 3 or word is words[0]]
    inner = parse.text[start:end].rstrip("\"'”’»")[-1:]
    return (
        bool(long_words)
        and inner not in ".,?!…"
        and all(word[:1].isupper() for word in long_words)
        and len(words) > 1
    )


def _no_speech(row: Quotation) -> Quotation:
    """The row of a span that nobody is said to have said."""
    return Quotation(
        row.sentence,
        None,
        None,
        row.parts,
        row.part_sentences,
        row.n_words,
        row.n_words_quoted,
        "direct",
        False,
    )


def _unspoken(
    parse: Parse, placed: Layout, found: Sequence[Attribution], quoted_spans: Sequence[Span]
) -> Iterator[Quotation]:
    """Quoted spans of which no part is in an attribution: speech of nobody named if long enough, else none."""
    taken = union(part for one in found for part in one.parts)
    by_span: dict[int, list[Piece]] = {}
    for piece in placed.pieces:
        by_span.setdefault(piece.span, []).append(piece)
    for span, pieces in by_span.items():
        start, end = quoted_spans[span]
        if touching(taken, start, end):
            continue
        parts = tuple((parse.spans[one.tokens[0]][0], parse.spans[one.tokens[-1]][1]) for one in pieces)
        n, n_quoted = words_in(parse.text, parts, quoted_spans)
        if not n:
            continue
        row = Quotation(
            pieces[0].sentence,
            None,
            None,
            parts,
            tuple(one.sentence for one in pieces),
            n,
            n_quoted,
            "direct",
            False,
        )
        is_speech = n >= SHORTEST and not _is_title(parse, placed, row)
        yield replace(row, is_speech=is_speech)
