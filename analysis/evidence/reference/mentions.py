"""Mentions: where actors stand in a sentence, as doer, as done to, as owner; and the labels that say what they are.

A role is that of grammar: the subject of "was accused of" is a patient, that of "suffered" an agent. A label is listed with the
voice it stands in, so that what a speaker calls somebody is never laid at the outlet's door.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from analysis.evidence.parsing import Parse, Span
from analysis.evidence.reference.aliases import Reference
from analysis.evidence.reference.labels import BEING, Label, is_inside, labels_of, unborne


@dataclass(frozen=True, slots=True)
class Mention:
    """A reference in its sentence: `role` agent, patient, possessor or other, and the predicate of that role."""

    reference: Reference
    sentence: int
    is_quoted: bool
    role: str
    predicate: str
    labels: tuple[str, ...]


def mentions(
    parse: Parse, found: Sequence[Reference], quoted_spans: Sequence[Span], persons: Collection[str] = ()
) -> tuple[list[Mention], list[Label]]:
    """The mentions of the actors that `found` refers to, and their labels, both in order of their place.

    Labels that nobody of the story bears have an empty actor. References outside every sentence, or over the border of two, are left out. `quoted_spans` are (start, end). `persons` are the actors of whom only nouns for people are appositions.
    """
    made: list[Mention] = []
    labels: dict[tuple[int, int, str], Label] = {}
    for one in found:
        sentence = parse.sentence_of[one.head]
        if sentence < 0 or not _is_within(parse, one, sentence):
            continue
        own = list(labels_of(parse, one, sentence, quoted_spans, persons))
        for label in own:
            labels.setdefault((label.start, label.end, label.actor), label)
        role, predicate = role_of(parse, one.head)
        names = tuple(dict.fromkeys(label.label for label in own))
        made.append(Mention(one, sentence, is_inside(one.start, quoted_spans), role, predicate, names))
    borne = {(start, end) for start, end, _ in labels}
    heads = {one.head for one in found}
    for label in unborne(parse, heads, quoted_spans):
        if (label.start, label.end) not in borne:
            labels[label.start, label.end, ""] = label
    return made, sorted(labels.values(), key=lambda one: (one.start, one.end, one.actor))


def _is_within(parse: Parse, one: Reference, sentence: int) -> bool:
    first, last = parse.sentences[sentence]
    return first < last and parse.spans[first][0] <= one.start and one.end <= parse.spans[last - 1][1]


def role_of(parse: Parse, head: int) -> tuple[str, str]:
    """The grammatical role of the mention whose head is a token, and the predicate: a verb, or what is owned."""
    at = head
    while parse.deps[at] == "conj" and parse.heads[at] != at and parse.tags[parse.heads[at]][:1] in "NP":
        at = parse.heads[at]
    dep, above = parse.deps[at], parse.heads[at]
    if dep == "nsubj" and parse.tags[above][:1] == "V":
        return ("other", "") if parse.lemmas[above] in BEING else ("agent", parse.lemmas[above])
    if dep == "nsubjpass" or dep in ("dobj", "dative"):
        return "patient", parse.lemmas[above]
    if dep == "poss":
        return "possessor", parse.lemmas[above]
    if dep == "pobj":
        preposition, governor = above, parse.heads[above]
        if parse.deps[preposition] == "agent":
            return "agent", parse.lemmas[governor]
        if parse.deps[preposition] == "dative":
            return "patient", parse.lemmas[governor]
    return "other", ""
