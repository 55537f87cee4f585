"""Constructions: the forms in which a cue governs a content, and what of a sentence that content is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.evidence.attribution.cues import UNLISTED, cue_at
from analysis.evidence.parsing import Parse

ADDRESSED = frozenset("tell inform notify advise remind assure ask brief warn convince persuade".split())
CLOSING = "closing"  # a construction that is read as an attribution whatever the weights say
LEADING = frozenset("as while after before when since although though".split())
GOING_ON = frozenset(
    "add cite note say argue warn claim call accuse insist refer tell explain suggest point describe".split()
)


@dataclass(slots=True)
class Candidate:
    """A possible attribution: its tokens, in order; `head` is the token of the cue that governs the content."""

    construction: str
    head: int
    cue: list[int]
    source: list[int]
    content: list[int]
    lemma: str
    cue_class: str
    score: float = 0.0


def beside(
    parse: Parse, at: int, construction: str, cue: list[int], source: list[int]
) -> Iterator[Candidate]:
    """The clause beside which "according to …" stands."""
    clause = clause_of(parse, parse.heads[at])
    while parse.deps[clause] in ("xcomp", "pcomp", "auxpass", "aux") and parse.heads[clause] != clause:
        clause = parse.heads[clause]
    if at > clause and parse.words[at - 1] == ",":  # after a comma it is said of all that is joined by "and"
        while parse.deps[clause] == "conj" and parse.tags[parse.heads[clause]][:1] == "V":
            clause = parse.heads[clause]
    left_out = {*cue, *source, *parse.subtree(at)}
    content = [token for token in parse.subtree(clause) if token not in left_out]
    yield Candidate(
        construction,
        at,
        cue,
        source,
        content,
        parse.lemmas[at],
        "neutral" if construction != "hedge" else "doubting",
    )


def clause_of(parse: Parse, at: int) -> int:
    """The verb of the clause in which a token stands."""
    while parse.tags[at][:1] != "V" and parse.heads[at] != at and parse.deps[at] != "ROOT":
        at = parse.heads[at]
    return at


def trimmed(parse: Parse, verb: int, clause: int, content: list[int]) -> list[int]:
    """A content without what goes on in the outlet's words: ", adding that …", "… and warned them", ", according to …"."""
    left_out: set[int] = set()
    for at in parse.children[clause]:
        if at <= clause:
            continue
        own = parse.child(at, "nsubj", "nsubjpass")
        goes_on = (
            parse.deps[at] == "conj"
            and own < 0
            and parse.tags[at] == parse.tags[verb]
            and parse.tags[clause] != parse.tags[verb]
        ) or (
            parse.deps[at] == "advcl" and own < 0 and parse.tags[at] == "VBG" and parse.lemmas[at] in GOING_ON
        )
        if goes_on and cue_at(parse, at)[1] != UNLISTED:
            left_out.update(parse.subtree(at))
    for at in content:
        if parse.lemmas[at] == "accord" and parse.words[at - 1] == "," and at > clause:
            left_out.update(parse.subtree(at))
    return [at for at in content if at not in left_out]


def form_of(parse: Parse, clause: int) -> str:
    """The form of a clause: that, wh (whether, how, what …), infinitive, gerund, finite (bare), or small (none of these)."""
    first = next((at for at in range(parse.first(clause), clause + 1) if parse.deps[at] != "punct"), clause)
    word = parse.words[first].lower()
    own = parse.children[clause]
    if any(parse.deps[at] == "mark" and parse.words[at].lower() == "that" for at in own):
        return "that"
    if parse.tags[first][:1] == "W" or word in ("whether", "if", "how", "why"):
        return "wh"
    if any(parse.deps[at] == "aux" and parse.tags[at] == "TO" for at in own):
        return "infinitive"
    tag = parse.tags[clause]
    has_subject = any(parse.deps[at] in ("nsubj", "nsubjpass", "expl", "csubj") for at in own)
    if tag in ("VBD", "VBZ", "VBP") or any(parse.deps[at] in ("aux", "auxpass") for at in own):
        return "finite" if has_subject else "bare"
    return "gerund" if tag == "VBG" else "small"
