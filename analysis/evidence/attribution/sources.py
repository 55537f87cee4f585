"""Sources: who a cue attributes its content to, as the tokens of a noun phrase."""

from __future__ import annotations

from analysis.evidence.parsing import Parse

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
INHERITING = ("conj", "xcomp", "advcl", "pcomp", "ccomp", "acl")
LIGHT = frozenset(
    "have make express give issue offer voice show hold raise take keep share lose find get deliver send file be reiterate repeat sound cite announce release face draw launch post put publish submit unveil propose plan become".split()
)


def subject_of(parse: Parse, verb: int, *, inherits: bool = True) -> int:
    """The subject of `verb`: its own, else that of the verb it is joined to or depends on; -1 where none is found."""
    at = verb
    for _ in range(4):
        own = parse.child(at, *SUBJECTS)
        if own >= 0:
            return own
        dep, head = parse.deps[at], parse.heads[at]
        if dep == "advcl" and parse.tags[at] == "VBG" and (outer := _reporting(parse, head)) >= 0:
            return outer
        if dep in ("acl", "relcl") and parse.tags[head][:1] in "NP":
            return head
        if not inherits or dep not in INHERITING or head == at:
            return -1
        if (
            dep in ("xcomp", "ccomp")
            and (controller := parse.child(head, "dobj", "dative")) >= 0
            and controller < at
        ):
            return controller
        if dep == "pcomp":
            head = parse.heads[head]
            if parse.tags[head][:1] == "N":
                return head
        at = head
    return -1


def _reporting(parse: Parse, verb: int) -> int:
    """The one who reports a clause, where `verb` is the verb of the clause and its subject no person: "he hinted the two countries might talk, saying"."""
    own, above = parse.child(verb, "nsubj"), parse.heads[verb]
    if parse.deps[verb] != "ccomp" or own < 0 or parse.tags[own] not in ("NN", "NNS") or above > verb:
        return -1
    return subject_of(parse, above)


def agent_of(parse: Parse, verb: int) -> int:
    """The noun after "by" of a passive `verb`; -1 where there is none."""
    by = parse.child(verb, "agent")
    if by < 0:
        by = next(
            (at for at in parse.children[verb] if parse.deps[at] == "prep" and parse.lemmas[at] == "by"), -1
        )
    return parse.child(by, "pobj") if by >= 0 else -1


# Nouns that name the one who holds the opinion: "a critic of the plan".
HOLDERS = frozenset(
    "supporter critic opponent advocate proponent backer defender admirer fan foe detractor skeptic sceptic ally believer".split()
)


def holder_of(parse: Parse, noun: int) -> int:
    """Whose claim, plan or hope `noun` is: possessor, "by" or "from" somebody, a name before it, or the subject of a light verb."""
    if parse.lemmas[noun] in HOLDERS:
        verb = parse.heads[noun]
        subject = subject_of(parse, verb) if parse.deps[noun] == "attr" else -1
        return subject if subject >= 0 else noun
    own = parse.child(noun, "poss")
    if own >= 0:
        return own
    for at in parse.children[noun]:
        if parse.deps[at] in ("prep", "agent") and parse.lemmas[at] in ("by", "from", "among"):
            return parse.child(at, "pobj")
    own = next(
        (
            at
            for at in parse.children[noun]
            if parse.deps[at] in ("compound", "amod", "nmod") and parse.tags[at].startswith("NNP")
        ),
        -1,
    )
    if own >= 0:
        return own
    head, dep = parse.heads[noun], parse.deps[noun]
    if dep in ("dobj", "attr") and parse.lemmas[head] in LIGHT:
        return subject_of(parse, head)
    if dep == "pobj" and parse.lemmas[head] in ("with", "in", "of"):
        verb = parse.heads[head]
        if parse.tags[verb].startswith("V"):
            return subject_of(parse, verb)
        if parse.tags[verb].startswith("N") and parse.lemmas[head] == "with":
            return verb
    return next(
        (
            parse.child(at, "pobj")
            for at in parse.children[noun]
            if parse.deps[at] == "prep" and parse.lemmas[at] == "of"
        ),
        -1,
    )


def phrase_of(parse: Parse, head: int, *without: int) -> list[int]:
    """The tokens of the noun phrase of `head`; what `without` tokens govern is left out, as are clauses set off by them."""
    if head < 0:
        return []
    left_out: set[int] = set()
    for at in without:
        if at != head and parse.first(head) <= at <= parse.last(head):
            top = at
            while parse.heads[top] != head and parse.heads[top] != top:
                top = parse.heads[top]
            if parse.heads[top] == head:
                left_out.update(parse.subtree(top))
    return [at for at in parse.subtree(head) if at not in left_out]


def is_expletive(parse: Parse, subject: int, verb: int, is_passive: bool) -> bool:
    """Whether the subject is the "it" of "it is clear that", "it was reported that", or "there"."""
    if subject < 0 or parse.heads[subject] != verb:
        return False
    word = parse.words[subject].lower()
    return word == "there" or (
        word == "it" and (is_passive or parse.lemmas[verb] in ("be", "seem", "appear", "become", "remain"))
    )


def with_antecedent(parse: Parse, pronoun: int) -> list[int]:
    """A relative pronoun together with the noun phrase it stands for: "a spokesman, who"."""
    verb = parse.heads[pronoun]
    for _ in range(3):
        if parse.deps[verb] == "relcl":
            noun = parse.heads[verb]
            own = [at for at in phrase_of(parse, noun, verb) if at < pronoun]
            return [*own, pronoun] if own else [pronoun]
        verb = parse.heads[verb]
    return [pronoun]
