"""Pronouns: which actor a "he", an "it" or a "they" stands for, by rules that can be read and explained.

Whoever is named and is no actor of the story competes all the same; where two fit equally well nobody is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.evidence.attribution.cues import cue_at
from analysis.evidence.parsing import Parse, Span
from analysis.evidence.reference.aliases import GROUP, HONORIFICS, PERSONS, PRONOUN, TITLES, Reference

FORMS = {  # pronoun -> what it may stand for
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
}
BACK = 2  # sentences before in which a pronoun's actor is looked for
SUBJECTS = ("nsubj", "nsubjpass")
SAYING = ("neutral", "assertive", "doubting", "manner")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something named, at a token: an actor, or "" and the words of a stranger's name."""

    token: int
    who: tuple[str, ...]  # one, or several that are named together
    kind: str  # he, she, person (he or she), it, they


def strangers(parse: Parse, taken: set[int]) -> list[Named]:
    """Persons named who are no actors, as far as a parse shows them: several capitalised words with a title, or who speak."""
    found = []
    for at, tag in enumerate(parse.tags):
        if tag != "NNP" or at in taken or parse.deps[at] == "compound":
            continue
        before = [
            child
            for child in parse.children[at]
            if child < at and parse.tags[child] == "NNP" and parse.deps[child] == "compound"
        ]
        has_title = any(
            parse.lemmas[child] in TITLES or parse.words[child].strip(".").lower() in HONORIFICS
            for child in before
        )
        speaks = parse.deps[at] == "nsubj" and parse.tags[parse.heads[at]][:1] == "V"
        described = any(parse.deps[child] in ("appos", "relcl") for child in parse.children[at])
        if (
            has_title
            or (speaks and not any(parse.lemmas[child] == "the" for child in parse.children[at]))
            or (before and described)
        ):
            found.append(Named(at, ("",), "person"))
    return found


def by_pronoun(
    parse: Parse,
    named: Sequence[Reference],
    pronouns: Mapping[str, str],
    taken: set[int],
    quoted_spans: Sequence[Span],
    tellers: Mapping[int, tuple[int, int]],
) -> list[Reference]:
    """The pronouns that stand for an actor, each looked up after those before it.

    `pronouns` gives the pronoun of each actor, `taken` the tokens of the other mentions; see `references`.
    """
    by_sentence: dict[int, list[Named]] = {}

    def place(one: Named) -> None:
        by_sentence.setdefault(parse.sentence_of[one.token], []).append(one)

    together: dict[int, list[str]] = {}
    for one in named:
        if one.rule == GROUP:
            together.setdefault(one.head, []).append(one.actor)
        else:
            place(Named(one.head, (one.actor,), pronouns.get(one.actor) or "any"))
    for head, who in together.items():
        place(Named(head, tuple(who), "they"))
    for one in _joined(parse, named, pronouns):
        place(one)
    for one in strangers(parse, taken):
        place(one)
    inside = _inside(parse, quoted_spans)
    found: list[Reference] = []
    for at, word in enumerate(parse.words):
        kind = FORMS.get(word.lower()) if parse.tags[at] in ("PRP", "PRP$") else None
        if kind is None or parse.sentence_of[at] < 0:
            continue
        if kind == "it" and _is_empty(parse, at):
            continue
        one = None
        if kind in PERSONS and at in tellers and inside[at] < 0:
            one = _teller_before(parse, at, kind, by_sentence, tellers)
        one = one or _antecedent(parse, at, kind, by_sentence, inside)
        if one is not None and all(one.who):
            found += [Reference(*parse.spans[at], at, actor, PRONOUN) for actor in one.who]
            place(Named(at, one.who, one.kind))
        elif kind in PERSONS:
            place(Named(at, ("",), kind))
    return found


def _teller_before(
    parse: Parse,
    at: int,
    kind: str,
    by_sentence: Mapping[int, Sequence[Named]],
    tellers: Mapping[int, tuple[int, int]],
) -> Named | None:
    """Who tells most of the sentence before what the pronoun `at` tells, where that is one person."""
    sentence = min(parse.sentence_of[at], tellers[at][1]) - 1
    told = {token: length for token, (length, _) in tellers.items() if parse.sentence_of[token] == sentence}
    if not told:
        return None
    teller = max(told, key=lambda token: (told[token], token))
    fitting = [one for one in by_sentence.get(sentence, ()) if one.token == teller and _fits(one, kind)]
    return (
        fitting[0] if len(fitting) == 1 and len(fitting[0].who) == 1 and fitting[0].kind != "they" else None
    )


def _inside(parse: Parse, quoted_spans: Sequence[Span]) -> list[int]:
    """Of each token in which quoted span it stands; -1 none."""
    inside, at = [-1] * len(parse.spans), 0
    for number, (start, end) in enumerate(quoted_spans):
        while at < len(parse.spans) and parse.spans[at][1] <= start:
            at += 1
        while at < len(parse.spans) and parse.spans[at][0] < end:
            inside[at] = number
            at += 1
    return inside


def _joined(parse: Parse, named: Sequence[Reference], pronouns: Mapping[str, str]) -> Iterator[Named]:
    """Two persons joined by "and" are a "they"."""
    at_head = {
        one.head: one.actor for one in named if one.rule != GROUP and pronouns.get(one.actor) in PERSONS
    }
    for head, actor in at_head.items():
        others = [
            at_head[child]
            for child in parse.children[head]
            if parse.deps[child] == "conj" and child in at_head
        ]
        if others and any(parse.deps[child] == "cc" for child in parse.children[head]):
            yield Named(head, tuple(dict.fromkeys((actor, *others))), "they")


def _is_empty(parse: Parse, at: int) -> bool:
    """Whether an "it" may stand for nothing: a subject of being, seeming, or of a passive with a clause."""
    verb = parse.heads[at]
    return parse.tags[at] == "PRP" and (
        parse.lemmas[verb] in ("be", "seem", "appear", "take", "make", "rain", "snow")
        or parse.deps[at] != "nsubj"
    )


def _fits(one: Named, kind: str) -> bool:
    if kind in PERSONS:
        return one.kind in (kind, "person", "any")
    return one.kind == kind or (kind == "it" and one.kind == "any")


def _antecedent(
    parse: Parse, at: int, kind: str, by_sentence: Mapping[int, Sequence[Named]], inside: Sequence[int]
) -> Named | None:
    """Who a pronoun stands for: looked for in its sentence, then in those before; None where two fit equally well."""
    own = parse.sentence_of[at]
    left_out = _left_out(parse, at)
    for sentence in range(own, max(own - BACK, 0) - 1, -1):
        near = [
            one
            for one in by_sentence.get(sentence, ())
            if one.token < at
            and one.token not in left_out
            and _fits(one, kind)
            and (inside[one.token] == inside[at] if inside[at] >= 0 else inside[one.token] < 0)
        ]
        if not near:
            continue
        chosen = _governing(parse, near, at) if sentence == own else _chosen(parse, near)
        if (
            kind == "it"
            and chosen is not None
            and not (chosen.kind == "it" and _is_only_subject(parse, chosen, at))
        ):
            return None
        return chosen
    return None


def _left_out(parse: Parse, at: int) -> set[int]:
    """Tokens that cannot name who the pronoun `at` is: the other of its clause, whom its clause describes, what it says."""
    verb, found = parse.heads[at], set()
    if parse.tags[at] == "PRP" and not parse.words[at].lower().endswith(("self", "selves")):
        found = {
            other
            for other in parse.children[verb]
            if other != at and parse.deps[other] in (*SUBJECTS, "dobj", "dative", "pobj")
        }
        if parse.deps[verb] == "relcl" and any(parse.tags[other] in ("WP", "WDT") for other in found):
            described = parse.heads[verb]
            found |= {described, parse.heads[described] if parse.deps[described] == "appos" else described}
    if parse.deps[at] == "nsubj" and cue_at(parse, verb)[1] in SAYING:
        said = parse.child(verb, "ccomp")
        if parse.deps[verb] == "parataxis" or 0 <= said < verb:
            found.update(range(parse.sentences[parse.sentence_of[at]][0], at))
    return found


def _governing(parse: Parse, near: Sequence[Named], at: int) -> Named | None:
    """Of those named in its own sentence: who is joined to it, else the subject of the nearest verb above it, else the only one."""
    named = {one.token: one for one in near}
    noun = parse.heads[at]
    if parse.tags[at] == "PRP$" and parse.deps[noun] == "conj" and parse.heads[noun] in named:
        return named[parse.heads[noun]]  # "Putin and his government"
    verb, came_from = parse.heads[at], at
    for _ in range(8):
        subject = next(
            (child for child in parse.children[verb] if parse.deps[child] in SUBJECTS and child in named), -1
        )
        if subject >= 0:
            others = {
                named[child].who
                for child in parse.children[verb]
                if child in named and parse.deps[child] in ("dobj", "dative")
            }
            is_beside = parse.deps[came_from] == "advcl" and parse.deps[at] in SUBJECTS
            return None if is_beside and others - {named[subject].who} else named[subject]
        if parse.heads[verb] == verb:
            break
        came_from, verb = verb, parse.heads[verb]
    return near[-1] if len({one.who for one in near}) == 1 else None


def _is_joined(parse: Parse, one: Named, near: Sequence[Named]) -> bool:
    """Whether another of those named is joined to this one by "and"."""
    others = {other.token for other in near if other.who != one.who}
    return any(parse.deps[at] == "conj" and at in others for at in parse.children[one.token])


def _chosen(parse: Parse, near: Sequence[Named]) -> Named | None:
    """The one of several: the only one named; else the subject of the sentence; else the only subject."""
    who = {one.who for one in near}
    if len(who) == 1:
        return near[-1]
    main = [
        one
        for one in near
        if parse.deps[one.token] in SUBJECTS and parse.deps[parse.heads[one.token]] == "ROOT"
    ]
    if len({one.who for one in main}) == 1:
        return None if _is_joined(parse, main[-1], near) else main[-1]
    subjects = [one for one in near if parse.deps[one.token] in SUBJECTS]
    if len({one.who for one in subjects}) == 1:
        return subjects[-1]
    return None


def _is_only_subject(parse: Parse, chosen: Named, at: int) -> bool:
    """Whether nothing else that "it" could be stands as a subject between the two, and the actor is a subject or possessor itself."""
    if parse.deps[chosen.token] not in (*SUBJECTS, "poss"):
        return False
    between = range(chosen.token + 1, at)
    return not any(parse.deps[other] in SUBJECTS and parse.tags[other] in ("NN", "NNP") for other in between)
