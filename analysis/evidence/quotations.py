"""Quotations: what is reported as said, who is said to have said it, and through whom it came.

Attributions of one text, with their sources told: which actor of the story speaks, what kind of source it is, and who
stands between the speaker and the outlet. What is said inside quotation marks of what others said is the speaker's own
affair and has no row. Quoted spans that nobody is said to have said have rows of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.evidence.attributions import DIRECT, Attribution
from analysis.evidence.candidates import ADDRESSED
from analysis.evidence.contents import words_in
from analysis.evidence.parsing import Parse, Span
from analysis.evidence.references import GROUP, Reference
from analysis.evidence.source_types import (
    NEWS_MEDIA,
    NOT_TOLD,
    Kind,
    head_of,
    is_medium,
    kind_of,
    name_key,
    nouns,
    of_actor,
)
from analysis.evidence.speech import SHORTEST, Layout, Piece, is_word
from analysis.tables import SEVERAL

INHERITED = "inherited"
TELLING = ("neutral", "assertive", "doubting", "manner", "evidence", "factive")
RELAYED = frozenset(
    "quote cite carry publish broadcast release report air post provide distribute translate".split()
)
CARRIERS = frozenset(
    "transcript readout footage video image photo picture remark clip broadcast recording interpreter translator translation telegram website".split()
)
SET_OFF = ("relcl", "appos", "acl", "advcl")
LONGEST_SURFACE = 4  # words; the tables ship with stories whose texts do not


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
    own_names = set(map(_bare, own_names))
    sources = _Sources(parse, mentioned, actors, set(map(_bare, outlets)))
    made = []
    for one in found:
        if placed.quoted[one.head] >= 0 and one.construction != INHERITED:
            continue
        n, n_quoted = words_in(parse.text, one.parts, quoted_spans)
        if n:
            made.append((one, _told(parse, sources, one, n, n_quoted)))
    made = [
        (
            one,
            replace(
                row, intermediary=_through(parse, sources, one, row, [other for other, _ in made], own_names)
            ),
        )
        for one, row in made
    ]
    rows = [row if not _is_title(parse, placed, row) else _no_speech(row) for _, row in made]
    rows += _unspoken(parse, placed, [one for one, _ in made], quoted_spans)
    return sorted(rows, key=lambda row: (row.parts, row.cue or (0, 0)))


def spoken(rows: Sequence[Quotation]) -> Iterator[tuple[int, Span]]:
    """The parts of what is reported as somebody's, each with its sentence: quoted spans of nobody are none."""
    for row in rows:
        if row.is_speech and (row.cue or row.source):
            yield from zip(row.part_sentences, row.parts, strict=True)


class _Sources:
    """Who the sources of one text are."""

    def __init__(
        self, parse: Parse, mentioned: Sequence[Reference], actors: Sequence[Mapping], outlets: set[str]
    ) -> None:
        self.parse = parse
        self.outlets = outlets
        self.at_head: dict[int, list[Reference]] = {}
        for one in mentioned:
            self.at_head.setdefault(one.head, []).append(one)
        self.by_id = {actor["id"]: actor for actor in actors}
        self.actors = {head: self.by_id[own[0].actor] for head, own in self.at_head.items()}
        self.known: dict[str, Kind] = {}

    def speakers(self, tokens: Sequence[int]) -> tuple[list[str], str]:
        """The actors that a source names, and the rule by which; none where one of several is nobody of the story."""
        if not tokens:
            return [], ""
        parse, own = self.parse, set(tokens)
        head = head_of(parse, tokens)
        heads = [head]
        if head not in self.at_head and parse.lemmas[head] in CARRIERS:
            carried = {one.actor: one for at in tokens for one in self.at_head.get(at, [])}
            return ([*carried], next(iter(carried.values())).rule) if len(carried) == 1 else ([], "")
        if head not in self.at_head:
            beside = [
                at
                for at in parse.children[head]
                if at in own and parse.deps[at] == "appos" and at in self.at_head
            ]
            if not beside or not nouns().get(parse.lemmas[head], ("", False))[1]:
                return [], ""
            heads = beside[:1]
        heads += [at for at in _joined(parse, head, own) if parse.lemmas[at] not in CARRIERS]
        if any(at not in self.at_head for at in heads):
            return [], ""
        references = [one for at in heads for one in self.at_head[at]]
        rule = GROUP if len({one.actor for one in references}) > 1 else references[0].rule
        return list(dict.fromkeys(one.actor for one in references)), rule

    def kind(self, tokens: Sequence[int]) -> Kind:
        """The kind of a source; of several who speak together what they have in common."""
        if not tokens:
            return NOT_TOLD
        head = head_of(self.parse, tokens)
        who, _ = self.speakers(tokens) if head not in self.at_head else ([], "")
        if len(who) == 1:  # who is named beside the head: "remarks of Berg", "the minister, Ines Falk"
            return of_actor(self.by_id[who[0]])
        if head not in self.at_head and _bare(self.surface(tokens)) in self.outlets:
            return NEWS_MEDIA
        tokens = self.behind(tokens)
        kinds = [kind_of(self.parse, tokens, self.actors, self.known)]
        own = set(tokens)
        kinds += [
            kind_of(self.parse, [t for t in self.parse.subtree(at) if t in own], self.actors, self.known)
            for at in _joined(self.parse, head, own)
            if self.parse.lemmas[at] not in CARRIERS
        ]
        kinds += [of_actor(self.by_id[one.actor]) for one in self.at_head.get(head, [])[1:]]
        kind = Kind(_common([one.type for one in kinds]), _common([one.category for one in kinds]))
        if kind != NOT_TOLD and self.parse.tags[head] in ("NNP", "NNPS"):
            self.known.setdefault(name_key(self.parse, head), kind)
        return kind

    def behind(self, tokens: Sequence[int]) -> Sequence[int]:
        """Of "footage broadcast by state television" the medium; of every other source its tokens."""
        parse = self.parse
        head = head_of(parse, tokens)
        if parse.lemmas[head] not in CARRIERS:
            return tokens
        own = set(tokens)
        for at in tokens:
            if parse.deps[at] == "pobj" and parse.lemmas[parse.heads[at]] in ("by", "from") and at != head:
                inner = [token for token in parse.subtree(at) if token in own]
                if is_medium(kind_of(parse, inner, self.actors, self.known).category):
                    return inner
        return tokens

    def surface(self, tokens: Sequence[int]) -> str:
        """A source as printed, without what is set off from it, in four words at most."""
        if not tokens:
            return ""
        parse, tokens = self.parse, self.behind(tokens)
        head = head_of(parse, tokens)
        left_out = {
            token
            for at in parse.children[head]
            if parse.deps[at] in SET_OFF and at > head
            for token in parse.subtree(at)
        }
        kept = [at for at in tokens if at not in left_out and not parse.words[at].isspace()] or list(tokens)
        while len(kept) > 1 and not is_word(parse, kept[-1]):
            kept.pop()
        text = parse.text[parse.spans[kept[0]][0] : parse.spans[kept[-1]][1]]
        words = text.partition(", ")[0].split() or text.split()
        return " ".join(words[:LONGEST_SURFACE]).strip(" ,;:") + (
            " …" if len(words) > LONGEST_SURFACE else ""
        )


def _bare(name: str) -> str:
    """A name in small letters, without its article."""
    return name.lower().removeprefix("the ")


def _joined(parse: Parse, head: int, own: set[int]) -> list[int]:
    """Those joined to `head` by "and" within a source."""
    found, waiting = [], [head]
    while waiting:
        for at in parse.children[waiting.pop()]:
            if parse.deps[at] == "conj" and at in own:
                found.append(at)
                waiting.append(at)
    return found


def _common(values: Sequence[str]) -> str:
    return values[0] if len(set(values)) == 1 else ""


def _told(parse: Parse, sources: _Sources, one: Attribution, n: int, n_quoted: int) -> Quotation:
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
    if parse.tags[one.head] != "VBN" or parse.lemmas[one.head] not in ADDRESSED:
        return False
    has_auxiliary = any(
        parse.deps[at] == "aux" and parse.lemmas[at] == "have" for at in parse.children[one.head]
    )
    is_passive = parse.child(one.head, "nsubjpass", "auxpass") >= 0
    return is_passive or (not has_auxiliary and parse.deps[one.head] in ("advcl", "acl"))


def _through(
    parse: Parse,
    sources: _Sources,
    one: Attribution,
    row: Quotation,
    others: Sequence[Attribution],
    own_names: set[str],
) -> str:
    """Through whom a quotation reached the outlet: an actor's id, else as printed; "" where nobody is named."""
    own = set(one.source_tokens)
    for tokens in (*_relayers(parse, one), *_outer(parse, one, others)):
        tokens = [at for at in tokens if at not in own]
        if not tokens or not _passes_on(parse, sources, tokens):
            continue
        who, _ = sources.speakers(tokens)
        name = SEVERAL.join(who) or sources.surface(tokens)
        if name != row.speaker and _bare(name) not in own_names:
            return name
    return ""


def _outer(parse: Parse, one: Attribution, others: Sequence[Attribution]) -> Iterator[tuple[int, ...]]:
    """The sources of attributions that hold this one, its cue and all, the innermost first."""
    at = parse.spans[one.head][0]
    holding = [
        other
        for other in others
        if other is not one
        and other.source_tokens
        and other.head != one.head
        and other.cue_class in TELLING
        and any(start <= at < end for start, end in other.parts)
    ]
    for other in sorted(holding, key=lambda other: sum(end - start for start, end in other.parts)):
        yield other.source_tokens


def _relayers(parse: Parse, one: Attribution) -> Iterator[list[int]]:
    """Who stands beside the cue of a quotation: "quoted by", "told", "in an interview with", "in a statement carried by"."""
    near = [one.head]
    if parse.tags[one.head][:1] == "V" and parse.deps[one.head] in ("pcomp", "xcomp", "conj", "advcl"):
        near.append(
            parse.heads[one.head] if parse.deps[one.head] != "pcomp" else parse.heads[parse.heads[one.head]]
        )
    for at in parse.children[one.head]:  # "was quoted as saying by"
        if (
            parse.deps[at] == "prep"
            and parse.lemmas[at] == "as"
            and (saying := parse.child(at, "pcomp")) >= 0
        ):
            near.append(saying)
    for verb in near:
        for at in parse.children[verb]:
            dep = parse.deps[at]
            if (
                dep in ("dobj", "dative")
                and parse.tags[at][:1] in "NP"
                and parse.lemmas[verb] in ("tell", "inform")
            ):
                yield parse.subtree(at)
            elif dep == "agent" and parse.lemmas[verb] in RELAYED and (inner := parse.child(at, "pobj")) >= 0:
                yield parse.subtree(inner)
            elif dep == "prep":
                yield from _in_phrase(parse, at)


def _in_phrase(parse: Parse, preposition: int) -> Iterator[list[int]]:
    """Of "in an interview with X", "in footage broadcast by X", "through an interpreter", "on CBS": the one who carries it."""
    word, inner = parse.lemmas[preposition], parse.child(preposition, "pobj")
    if inner < 0:
        return
    if word in ("through", "via", "on", "by", "to"):
        yield parse.subtree(inner)
        return
    if word not in ("in", "during", "at", "with"):
        return
    for at in parse.subtree(inner):
        is_beside = parse.deps[at] == "prep" and parse.lemmas[at] in ("with", "by", "to", "on")
        if (is_beside or parse.deps[at] == "agent") and (carrier := parse.child(at, "pobj")) >= 0:
            yield parse.subtree(carrier)
    if parse.lemmas[inner] in CARRIERS:
        yield parse.subtree(inner)


def _passes_on(parse: Parse, sources: _Sources, tokens: Sequence[int]) -> bool:
    """Whether those named are a medium, or a thing in which words are handed on."""
    head = head_of(parse, tokens)
    if nouns().get(parse.lemmas[head], ("", False)) == ("news media", True):
        return False  # "told reporters"
    return is_medium(sources.kind(tokens).category) or parse.lemmas[head] in CARRIERS


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
    taken = sorted(part for one in found for part in one.parts)
    by_span: dict[int, list[Piece]] = {}
    for piece in placed.pieces:
        by_span.setdefault(piece.span, []).append(piece)
    for span, pieces in by_span.items():
        start, end = quoted_spans[span]
        if any(a < end and start < b for a, b in taken):
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
