"""Intermediaries: through whom words are said to have reached the outlet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.evidence.attribution.attributions import Attribution
from analysis.evidence.parsing import Parse
from analysis.evidence.source_types import head_of, is_medium, nouns
from analysis.evidence.speakers import CARRIERS, Speakers, bare
from analysis.tables import SEVERAL

TELLING = ("neutral", "assertive", "doubting", "manner", "evidence", "factive")
RELAYED = frozenset(
    "quote cite carry publish broadcast release report air post provide distribute translate".split()
)


def intermediary_of(
    parse: Parse,
    sources: Speakers,
    one: Attribution,
    speaker: str,
    others: Sequence[Attribution],
    own_names: set[str],
) -> str:
    """Through whom a quotation reached the outlet: an actor's id, else as printed; "" where nobody is named.

    `others` are the attributions with content in the sentence of its cue.
    """
    own = set(one.source_tokens)
    for tokens in (*_relayers(parse, one), *_outer(parse, one, others)):
        tokens = [at for at in tokens if at not in own]
        if not tokens or not _passes_on(parse, sources, tokens):
            continue
        who, _ = sources.speakers(tokens)
        name = SEVERAL.join(who) or sources.surface(tokens)
        if name != speaker and bare(name) not in own_names:
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


def _passes_on(parse: Parse, sources: Speakers, tokens: Sequence[int]) -> bool:
    """Whether those named are a medium, or a thing in which words are handed on."""
    head = head_of(parse, tokens)
    if nouns().get(parse.lemmas[head], ("", False)) == ("news media", True):
        return False  # "told reporters"
    if parse.tags[head] in ("NNP", "NNPS") and not sources.speakers(tokens)[0]:
        above = parse.heads[parse.heads[head]]
        if parse.deps[head] == "pobj" and parse.lemmas[above] == "interview":
            return True  # "in an interview with Channel Nine": who gives one is the medium, listed or not
    return is_medium(sources.kind(tokens).category) or parse.lemmas[head] in CARRIERS
