"""Verbs: every way in which a verb could attribute a content to a source."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.evidence.attribution.constructions import (
    ADDRESSED,
    CLOSING,
    LEADING,
    Candidate,
    beside,
    clause_of,
    form_of,
    trimmed,
)
from analysis.evidence.attribution.cues import UNLISTED, cue_at
from analysis.evidence.attribution.objects import objects_of
from analysis.evidence.attribution.sources import (
    agent_of,
    is_expletive,
    phrase_of,
    subject_of,
    with_antecedent,
)
from analysis.evidence.parsing import Parse

NO_CUE = frozenset(
    "make let help have ensure get keep happen do go come become turn start begin stop end put".split()
)
RELAYING = ("quote", "cite", "report")


def of_verb(parse: Parse, verb: int) -> Iterator[Candidate]:
    """The candidates whose cue is the verb at token `verb`."""
    lemma, cue_class, further = cue_at(parse, verb)
    children, deps = parse.children[verb], parse.deps
    if parse.lemmas[verb] == "accord" and (to := parse.child(verb, "prep")) >= 0:
        source = parse.child(to, "pobj", "pcomp")
        if source >= 0:
            yield from beside(parse, verb, "according", [verb, to], parse.subtree(source))
        return
    is_passive = any(deps[at] in ("nsubjpass", "auxpass") for at in children)
    subject = subject_of(parse, verb)
    agent = agent_of(parse, verb) if is_passive or deps[verb] == "acl" else -1
    who = (
        agent
        if is_passive and parse.lemmas[verb] not in ADDRESSED and not _is_relayed(parse, verb)
        else subject
    )
    cue = sorted({verb, *further, *(at for at in children if deps[at] in ("aux", "auxpass", "neg", "prt"))})

    is_open = is_expletive(parse, subject, verb, is_passive)  # "it was clear that": nobody is named

    def made(construction: str, content: list[int], source: int = who) -> Candidate:
        left_out = set(cue)
        tokens = [] if is_open and source == subject else phrase_of(parse, source, verb, *content[:1])
        if source >= 0 and parse.tags[source] in ("WP", "WDT"):
            tokens = with_antecedent(parse, source)
        return Candidate(
            construction,
            verb,
            cue,
            [at for at in tokens if at not in left_out],
            [at for at in content if at not in left_out],
            lemma,
            cue_class,
        )

    def governed(*heads: int) -> list[int]:
        return sorted({token for at in heads for token in parse.subtree(at)})

    clauses = [
        at
        for at in children
        if deps[at] == "ccomp" and (cue_class != UNLISTED or parse.lemmas[verb] not in NO_CUE)
    ]
    left = [at for at in clauses if at < verb]
    right = [at for at in clauses if at > verb]
    if left:
        yield made("fronted", _fronted(parse, verb, subject, governed(*clauses)))
    if (closing := _closing(parse, verb)) is not None:
        yield closing
    if right and (told := _interrupted(parse, verb)) is not None:
        yield told
    elif right:
        clause = right[0]
        form = form_of(parse, clause)
        content = trimmed(parse, verb, clause, governed(*right))
        if is_passive and form == "infinitive":
            yield made(
                "passive_infinitive",
                sorted({*content, *phrase_of(parse, parse.child(verb, "nsubjpass"), verb)}),
                agent,
            )
        elif is_passive:
            yield made("passive_" + form, content)
        else:
            yield made(form, content)
    for at in children:
        if deps[at] == "xcomp" and at > verb and (cue_class != UNLISTED):
            form = form_of(parse, at)
            if lemma in ("seem", "appear") and form != "gerund":
                yield made("seems", sorted({*parse.subtree(at), *phrase_of(parse, subject, verb)}), -1)
            if is_passive and parse.lemmas[verb] not in ADDRESSED:
                own = phrase_of(parse, parse.child(verb, "nsubjpass"), verb)
                yield made("passive_x" + form, sorted({*parse.subtree(at), *own}), agent)
            else:
                yield made("x" + form, parse.subtree(at), subject)
    if cue_class != UNLISTED:
        yield from objects_of(parse, verb, lemma, further, made, subject, agent, is_passive)
    if deps[verb] == "parataxis" or (
        deps[verb] in ("advcl", "prep", "ccomp", "dep", "conj") and not clauses and cue_class != UNLISTED
    ):
        yield from _inserted(parse, verb, made)


def _interrupted(parse: Parse, verb: int) -> Candidate | None:
    """A clause that the parse has hung on the verb of an inserted one: "said after the talks ended that …"."""
    teller, mark = parse.heads[verb], parse.child(verb, "mark")
    clause = parse.child(verb, "ccomp")
    if (
        parse.deps[verb] != "advcl"
        or mark < 0
        or parse.lemmas[mark] not in LEADING
        or not teller < verb < clause
    ):
        return None
    lemma, cue_class, further = cue_at(parse, teller)
    that = parse.child(clause, "mark")
    if (
        cue_class == UNLISTED
        or parse.child(teller, "ccomp", "dobj") >= 0
        or that < 0
        or parse.lemmas[that] != "that"
    ):
        return None
    source = phrase_of(parse, subject_of(parse, teller), teller)
    return Candidate(
        "that", teller, sorted({teller, *further}), source, parse.subtree(clause), lemma, cue_class
    )


def _closing(parse: Parse, verb: int) -> Candidate | None:
    """A cue after its content and a described name, which the parse has taken for part of the content.

    "The deal met resistance, Ines Falk, a professor of law, told the Wire": between commas, before a cue without a subject.
    """
    lemma, cue_class, further = cue_at(parse, verb)
    first = parse.sentences[parse.sentence_of[verb]][0]
    if (
        cue_class != "neutral"
        or parse.deps[verb] not in ("conj", "ROOT", "dep")
        or parse.child(verb, "nsubj", "ccomp") >= 0
    ):
        return None
    if verb - 1 <= first or parse.words[verb - 1] != ",":
        return None
    for name in range(verb - 2, first + 1, -1):
        beside = parse.child(name, "appos")
        if beside < name or parse.last(beside) != verb - 2:
            continue
        start = name
        while start > first and parse.heads[start - 1] == name and parse.tags[start - 1] in ("NNP", "HYPH"):
            start -= 1
        if parse.tags[start] != "NNP":
            continue
        if start - 1 > first and parse.words[start - 1] == ",":
            content = list(range(first, start - 1))
            return Candidate(
                CLOSING,
                verb,
                sorted({verb, *further}),
                list(range(start, verb - 1)),
                content,
                lemma,
                cue_class,
            )
        return None
    return None


def _is_relayed(parse: Parse, verb: int) -> bool:
    """Whether a passive names the speaker as its subject: "was quoted as saying"."""
    return parse.lemmas[verb] in RELAYING and any(
        parse.deps[at] == "prep" and parse.lemmas[at] == "as" for at in parse.children[verb]
    )


def _inserted(parse: Parse, verb: int, made) -> Iterator[Candidate]:
    """A cue inside or after its content: "the plan, she said, has failed"; "as she said"."""
    head, dep = parse.heads[verb], parse.deps[verb]
    own = parse.child(verb, "nsubj")
    if own < 0 or head == verb:
        return
    if dep == "parataxis" and parse.tags[head][:1] != "V" and verb < head:
        head = clause_of(
            parse, head
        )  # "two boats sank, the Wire said, the latest of a string": not of "latest" alone
    inside = set(parse.subtree(verb))
    content = [token for token in parse.subtree(head) if token not in inside]
    if dep == "parataxis":
        yield made("inserted", content, own)
    elif dep == "advcl":
        mark = parse.child(verb, "mark", "advmod")
        thing = parse.child(verb, "dobj")  # "as he put it", but not "as they held a summit"
        if mark >= 0 and parse.lemmas[mark] == "as" and (thing < 0 or parse.lemmas[thing] == "it"):
            yield made("as_clause", content, own)
    elif dep in ("ccomp", "conj", "dep") and verb > head and not parse.child(verb, "dobj") >= 0:
        before = [token for token in content if token < min(verb, own)]
        yield made("trailing", before, own)


def _fronted(parse: Parse, verb: int, subject: int, clause: list[int]) -> list[int]:
    """A content before its cue: all of the sentence up to the source and the cue, and what of it follows them."""
    border = min(
        verb, parse.first(subject) if 0 <= subject < verb and parse.first(subject) > clause[0] else verb
    )
    start = (
        parse.sentences[parse.sentence_of[verb]][0]
        if parse.deps[verb] == "ROOT"
        else min(clause[0], parse.first(verb))
    )
    return sorted({*range(min(start, clause[0]), border), *(at for at in clause if at > verb)})
