"""Labels: what actors, and people who are none, are called: adjectives, nouns beside a name, roles, predicates."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from analysis.evidence.contents import touching
from analysis.evidence.parsing import Parse, Span
from analysis.evidence.reference.aliases import GROUP, NAME, PRONOUN, TITLE, TITLES, Reference
from analysis.evidence.source_types import nouns

BEING = frozenset("be become remain stay seem appear".split())
CALLING = frozenset("call name brand label dub consider deem term declare".split())
DESCRIBING = frozenset(
    "describe depict portray paint see regard denounce condemn dismiss hail praise present characterize characterise cast".split()
)
# Nouns and adjectives that say nothing of what an actor is: order, number, a place or name set beside one, a state of mind.
NO_LABELS = frozenset(
    "capital city name abbreviation acronym term glad happy pleased relieved grateful sorry eager willing ready sure aware confident keen bound ruling"
    " other same such many more most own several last first second third next new old former then late few certain various particular entire whole"
    " only main key present current today one two three four five recent previous earlier so due able likely unlikely own much part".split()
)
FINITE = ("VBD", "VBZ", "VBP", "MD")
QUALIFYING = frozenset(
    "hardline longtime veteran maverick rogue rebel fugitive".split()
)  # adjectives, tagged as nouns
# Two words that are one label.
PAIRS = frozenset(
    "prime minister|chief executive|general secretary|secretary general|vice president|deputy minister|chief minister|general director|managing director|attorney general|police chief".split(
        "|"
    )
)
# What is said of somebody who is no actor of the story, or of nobody in particular, is a label too where the noun itself judges.
BRANDS = frozenset(
    "pariah dictator tyrant despot strongman warlord autocrat thug terrorist extremist villain hero traitor puppet madman butcher regime".split()
)
NO_ROLES = frozenset("man woman pair duo two".split())
SETTING_OFF = frozenset([",", "-", "--", "—", "–", "("])
HYPHENS = frozenset(["-", "‐", "‑"])
BOUND = frozenset(
    "ally neighbour neighbor rival partner foe enemy sponsor backer patron".split()
)  # of states, too
PERSON_ENDINGS = ("er", "or", "ist", "ian", "man", "woman", "person", "ee")


@dataclass(frozen=True, slots=True)
class Label:
    """A label of `actor` ("" where it is nobody of the story) at characters `start` to `end`; `form` adjective, apposition, role or predicate."""

    start: int
    end: int
    sentence: int
    actor: str
    label: str
    form: str
    is_quoted: bool


def unborne(parse: Parse, heads: set[int], quoted_spans: Sequence[Span]) -> Iterator[Label]:
    """Labels of people who are no actors: "hardline leaders", "an international pariah"."""
    for at, lemma in enumerate(parse.lemmas):
        sentence = parse.sentence_of[at]
        if sentence < 0 or at in heads or parse.tags[at] not in ("NN", "NNS"):
            continue
        is_named = any(parse.tags[child] in ("NNP", "NNPS") for child in parse.children[at])
        own = [child for child in _before(parse, at) if _is_adjective(parse, child)]
        if lemma not in BRANDS and (
            lemma not in TITLES or not own or is_named or parse.deps[at] == "compound"
        ):
            continue
        for token in (*own, at):
            start, end, word = _whole(parse, token)
            form = "adjective" if token != at else "role"
            yield Label(start, end, sentence, "", word, form, is_inside(start, quoted_spans))


def is_inside(place: int, spans: Sequence[Span]) -> bool:
    """Whether the character `place` stands in one of `spans`, which are in order and apart."""
    return bool(touching(spans, place, place + 1))


def labels_of(
    parse: Parse, one: Reference, sentence: int, quoted_spans: Sequence[Span], persons: Collection[str]
) -> Iterator[Label]:
    """The labels that the mention `one` bears."""
    if one.rule == PRONOUN and parse.tags[one.head] == "PRP$":
        return

    def made(token: int, form: str) -> Label:
        start, end, word = _whole(parse, token)
        return Label(start, end, sentence, one.actor, word, form, is_inside(start, quoted_spans))

    head = one.head
    if one.rule != PRONOUN:
        for at in _before(parse, head):
            is_own = one.rule == NAME and one.start <= parse.spans[at][0] < one.end
            if is_own and parse.lemmas[at] not in TITLES:
                continue  # "state" of a name "Norvic state media"
            yield made(at, "adjective" if _is_adjective(parse, at) else "role")
    if (
        one.rule in (TITLE, GROUP)
        and parse.tags[head] in ("NN", "NNS")
        and parse.lemmas[head] not in NO_ROLES
        and (one.actor in persons or one.rule == GROUP)  # "the union" is the short name of a body, no role
    ):
        yield made(head, "role")
    above = parse.heads[head]
    if (
        parse.deps[head] == "appos"
        and _is_person(parse.lemmas[above])
        and not _is_set_off(parse, above, head)
    ):
        yield made(above, "role")  # "the embattled premier Berg"
        yield from (
            made(other, "adjective") for other in _before(parse, above) if _is_adjective(parse, other)
        )
    for at in _beside(parse, head):
        if one.actor in persons and not _is_person(parse.lemmas[at]):
            continue
        yield made(at, "apposition")
        yield from (made(other, "adjective") for other in _before(parse, at) if _is_adjective(parse, other))
    if one.rule != GROUP:
        yield from (made(at, form) for at, form in _predicates(parse, head))
    else:
        yield from (
            made(at, "adjective")
            for at in parse.children[head]
            if parse.deps[at] == "acl" and parse.tags[at] == "VBN"
        )


def _beside(parse: Parse, head: int) -> list[int]:
    """Common nouns in apposition to a mention, set off from it by a comma or a dash: "Berg, a critic", "the leader, Berg"."""
    found = [at for at in parse.children[head] if parse.deps[at] == "appos"]
    if parse.deps[head] == "appos":
        found.append(parse.heads[head])
    beside = []
    for at in found:
        low, high = min(at, head), max(at, head)
        if (
            parse.tags[at] in ("NN", "NNS")
            and _is_set_off(parse, at, head)
            and not any(parse.tags[other] in FINITE for other in range(low + 1, high))
            and not any(parse.tags[other] == "WP$" for other in parse.subtree(at))  # "Berg, whose minister"
        ):
            joined = [
                other
                for other in parse.children[at]
                if parse.deps[other] == "conj"
                and parse.tags[other] in ("NN", "NNS")
                and (at != parse.heads[head] or other < head)
            ]
            beside += [at, *joined]
    return [at for at in beside if parse.lemmas[at] not in NO_LABELS]


def _is_set_off(parse: Parse, one: int, other: int) -> bool:
    """Whether a comma or a dash stands between two tokens."""
    return any(parse.words[at] in SETTING_OFF for at in range(min(one, other), max(one, other)))


def _is_person(lemma: str) -> bool:
    return (
        lemma in TITLES
        or lemma in BOUND
        or nouns().get(lemma, ("", False))[1]
        or lemma.endswith(PERSON_ENDINGS)
    )


def _whole(parse: Parse, token: int) -> tuple[int, int, str]:
    """Start, end and dictionary form of a word, with what hyphens join to it; a participle stands for itself."""
    first = last = token
    while (
        first > 1
        and parse.words[first - 1] in HYPHENS
        and parse.spans[first - 2][1] == parse.spans[first - 1][0]
    ):
        first -= 2
    while (
        last + 2 < len(parse.words)
        and parse.words[last + 1] in HYPHENS
        and parse.spans[last + 1][1] == parse.spans[last + 2][0]
    ):
        last += 2
    if token and f"{parse.words[token - 1]} {parse.words[token]}".lower() in PAIRS:
        start, end = parse.spans[token - 1][0], parse.spans[token][1]
        return start, end, parse.text[start:end].lower()
    start, end = parse.spans[first][0], parse.spans[last][1]
    if first < last or parse.tags[token] in ("VBN", "VBG"):
        return start, end, parse.text[start:end].lower()
    return start, end, parse.lemmas[token]


def _before(parse: Parse, head: int) -> list[int]:
    """Adjectives and role nouns before a noun, those of a role noun before it included: "hardline leader Kim"."""
    found = []
    for at in parse.children[head]:
        if at > head or parse.deps[at] not in ("amod", "compound", "nmod"):
            continue
        if f"{parse.words[at]} {parse.words[at + 1]}".lower() in PAIRS:
            continue  # the first half of one label
        is_role = parse.deps[at] != "amod" and parse.lemmas[at] in TITLES
        is_noun = parse.deps[at] != "amod" and parse.tags[at] == "NN" and parse.words[at].islower()
        if is_role or is_noun or _is_adjective(parse, at):
            found.append(at)
            if is_role:
                found += [other for other in parse.children[at] if other < at and _is_adjective(parse, other)]
    return found


def _is_adjective(parse: Parse, at: int) -> bool:
    """An adjective or participle that says something: no number, no nationality, no "other"."""
    word = parse.words[at]
    if word.lower() in QUALIFYING and parse.deps[at] in ("compound", "nmod"):
        return True
    return (
        parse.tags[at] in ("JJ", "JJR", "JJS", "VBN", "VBG")
        and parse.deps[at] in ("amod", "compound", "nmod", "acomp", "oprd", "conj", "acl")
        and not word[:1].isupper()
        and word[:1].isalpha()
        and parse.lemmas[at] not in NO_LABELS
        and word not in NO_LABELS
    )


def _predicates(parse: Parse, head: int) -> Iterator[tuple[int, str]]:
    """What is said of a mention by a verb of being, calling or describing: "is a pariah", "called him reckless"."""
    verb, dep = parse.heads[head], parse.deps[head]
    if dep == "nsubj" and parse.lemmas[verb] in BEING:
        yield from _named(parse, verb, ("attr", "acomp"), is_being=True)
    elif dep in ("dobj", "nsubjpass") and parse.lemmas[verb] in CALLING:
        yield from _named(parse, verb, ("oprd", "attr", "acomp"))
    elif dep in ("dobj", "nsubjpass") and parse.lemmas[verb] in DESCRIBING:
        for at in parse.children[verb]:
            if parse.deps[at] == "prep" and parse.lemmas[at] == "as":
                yield from _named(parse, at, ("pobj", "amod", "pcomp"))
    elif (
        dep == "nsubj"
        and parse.deps[verb] == "ccomp"
        and parse.lemmas[parse.heads[verb]] in CALLING
        and verb > head
    ):
        if _is_label(parse, verb):  # the small clause: "called Kim reckless"
            yield verb, "predicate"
    elif dep == "nsubj" and parse.tags[verb] in ("NN", "JJ") and parse.lemmas[parse.heads[verb]] in CALLING:
        yield verb, "predicate"


def _named(
    parse: Parse, above: int, deps: tuple[str, ...], *, is_being: bool = False
) -> Iterator[tuple[int, str]]:
    for at in [at for at in parse.children[above] if parse.deps[at] in deps and at > above][:1]:
        if _is_label(parse, at):
            if is_being and parse.tags[at][:1] != "N" and parse.child(at, "prep", "xcomp", "ccomp") >= 0:
                continue  # "fond of talks", "able to win"
            yield at, "predicate"
            yield from (
                (other, "adjective")
                for other in parse.children[at]
                if parse.deps[other] == "amod" and _is_adjective(parse, other)
            )
            yield from (
                (other, "predicate")
                for other in parse.children[at]
                if parse.deps[other] == "conj" and _is_label(parse, other)
            )


def _is_label(parse: Parse, at: int) -> bool:
    if parse.tags[at] in ("NN", "NNS"):
        return parse.lemmas[at] not in NO_LABELS
    return (
        parse.tags[at] in ("JJ", "JJR", "JJS", "VBN")
        and parse.words[at].islower()
        and parse.lemmas[at] not in NO_LABELS
    )
