"""Candidates: every place where the grammar of a sentence could attribute a content to a source.

A cue governs its content in one of few ways, its construction: a clause ("said that …"), an infinitive ("vowed to …"), an
object ("denied the report"), a prepositional phrase ("called for …"), or the cue stands inside or beside the content
("…, he said, …", "according to …"). All are listed here, many more than are attributions; `acceptance` decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.evidence.cues import UNLISTED, classes, cue_at
from analysis.evidence.parsing import Parse
from analysis.evidence.sources import (
    LIGHT,
    agent_of,
    holder_of,
    is_expletive,
    phrase_of,
    subject_of,
    with_antecedent,
)

NO_CUE = frozenset(
    "make let help have ensure get keep happen do go come become turn start begin stop end put".split()
)
VIEWS = {  # "in her view", "by one estimate"
    **dict.fromkeys(
        ("view", "opinion", "eye", "mind", "judgment", "judgement", "word", "estimation", "telling"), ("in",)
    ),
    **dict.fromkeys(("estimate", "account", "count", "calculation", "reckoning"), ("by",)),
}
HEDGES = frozenset("allegedly reportedly supposedly purportedly apparently presumably".split())
ADDRESSED = frozenset("tell inform notify advise remind assure ask brief warn convince persuade".split())
CLOSING = "closing"  # a construction that is read as an attribution whatever the weights say
RELAYING = ("quote", "cite", "report")
LEADING = frozenset("as while after before when since although though".split())
GOING_ON = frozenset(
    "add cite note say argue warn claim call accuse insist refer tell explain suggest point describe".split()
)
BEING = frozenset("be seem appear feel become remain sound look get".split())
OBJECT_PREPOSITIONS = frozenset(
    "about of on for against with to in at from over into as toward towards by".split()
)
NOUN_PREPOSITIONS = frozenset("about of on for against with to in at over from toward towards".split())
OCCASIONS = ("interview",)  # an interview "on CBS" or "with the Wire" has them for a place, not a subject
DOING = frozenset(  # cues of a clause or of quoted words whose object is done to, or told, and not said
    "bar begin cast commit continue define demonstrate enjoy establish examine expose find hit hold identify inform investigate "
    "judge lead leak maintain mark open push require run see sell study survey target tell".split()
)
DASHES = frozenset("- -- – — ―".split())
SUBORDINATE = ("advcl", "relcl", "acl")


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


def candidates(parse: Parse) -> list[Candidate]:
    """All candidates of a parsed text, in the order of their cues; a cue may have several."""
    found: list[Candidate] = []
    for at, tag in enumerate(parse.tags):
        dep = parse.deps[at]
        if tag[:1] == "V" and dep not in ("aux", "auxpass"):
            found += _of_verb(parse, at)
        elif tag[:2] == "NN":
            found += _of_noun(parse, at)
        elif tag[:2] == "JJ" or dep == "acomp":
            found += _of_adjective(parse, at)
        elif tag == "RB" and parse.lemmas[at] in HEDGES:
            found += _beside(parse, at, "hedge", [at], [])
        elif (
            parse.lemmas[at] == "per"
            and dep == "prep"
            and (source := parse.child(at, "pobj")) >= 0
            and parse.tags[source]
            in ("NNP", "NNPS")  # "per the ministry" is rare, "per cent" and "per day" are not
        ):
            found += _beside(parse, at, "per", [at], parse.subtree(source))
    return [one for one in found if one.content]


def _of_verb(parse: Parse, verb: int) -> Iterator[Candidate]:
    lemma, cue_class, further = cue_at(parse, verb)
    children, deps = parse.children[verb], parse.deps
    if parse.lemmas[verb] == "accord" and (to := parse.child(verb, "prep")) >= 0:
        source = parse.child(to, "pobj", "pcomp")
        if source >= 0:
            yield from _beside(parse, verb, "according", [verb, to], parse.subtree(source))
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
        form = _form(parse, clause)
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
            form = _form(parse, at)
            if lemma in ("seem", "appear") and form != "gerund":
                yield made("seems", sorted({*parse.subtree(at), *phrase_of(parse, subject, verb)}), -1)
            if is_passive and parse.lemmas[verb] not in ADDRESSED:
                own = phrase_of(parse, parse.child(verb, "nsubjpass"), verb)
                yield made("passive_x" + form, sorted({*parse.subtree(at), *own}), agent)
            else:
                yield made("x" + form, parse.subtree(at), subject)
    if cue_class != UNLISTED:
        yield from _objects(parse, verb, lemma, further, made, subject, agent, is_passive)
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


def _objects(parse, verb, lemma, further, made, subject, agent, is_passive) -> Iterator[Candidate]:
    children, deps = parse.children[verb], parse.deps
    objects = [
        at for at in children if deps[at] == "dobj" and at not in further and not _is_set_off(parse, verb, at)
    ]
    after = [
        at
        for at in children
        if at > verb and deps[at] in ("prep", "oprd", "xcomp", "ccomp", "acl", "advcl", "dative")
    ]
    is_done_to = parse.lemmas[verb] in DOING or (
        parse.lemmas[verb] == "show" and objects and parse.tags[objects[0]] == "NNP"  # "showed Berg around"
    )
    if objects and parse.tags[objects[0]] not in ("WDT", "WP") and not is_passive and not is_done_to:
        yield made("object", _object(parse, objects[0]), subject)
        clause = parse.child(objects[0], "acl", "ccomp", "xcomp")
        if (
            parse.lemmas[verb] in LIGHT and clause > objects[0] and parse.lemmas[objects[0]] in classes()
        ):  # "released a statement that …"
            form = _form(parse, clause)
            if form in ("that", "infinitive", "wh"):
                yield made("light_" + form, parse.subtree(clause), subject)
        tail = [at for at in after if at > objects[0] and at not in further and deps[at] in ("prep", "oprd")]
        if tail:
            yield made(
                "object_and", sorted({t for at in (objects[0], *tail) for t in parse.subtree(at)}), subject
            )
    seen: set[str] = set()
    named = [at for at in children if deps[at] == "oprd" and at > verb]
    if named:
        own = [parse.child(verb, "nsubjpass")] if is_passive else objects
        yield made(
            "named",
            sorted({t for at in (*named, *own) if at >= 0 for t in parse.subtree(at)}),
            agent if is_passive else subject,
        )
    for at in children:
        if (
            deps[at] in ("prep", "agent", "dative")
            and at > verb
            and parse.lemmas[at] in OBJECT_PREPOSITIONS
            and deps[at] != "agent"
        ):
            inner = parse.child(at, "pobj", "pcomp", "prep")
            if inner >= 0 and (parse.lemmas[at] != "by" or at in further):
                name = "phrase" if at in further else f"prep_{parse.lemmas[at]}"
                yield made(name, parse.subtree(inner), subject if not is_passive else agent)
                if (
                    parse.lemmas[at] == "as" and parse.deps[inner] == "pcomp" and is_passive
                ):  # "was quoted as saying that …"
                    said = parse.child(inner, "ccomp", "dobj")
                    if said >= 0:
                        seen.add("quoted_as")
                        yield made("quoted_as", parse.subtree(said), parse.child(verb, "nsubjpass"))
    if agent >= 0 and "quoted_as" not in seen:
        own = parse.child(verb, "nsubjpass")
        if own < 0 and deps[verb] == "acl":
            own = parse.heads[verb]
        if own >= 0:
            yield made("by_agent", phrase_of(parse, own, verb), agent)
    if (
        deps[verb] == "relcl"
        and parse.tags[parse.heads[verb]][:1] in "NP"
        and parse.child(verb, "nsubj") >= 0
    ):
        relative = parse.child(verb, "dobj", "pobj")
        own = parse.child(verb, "nsubj")
        if parse.tags[own] not in ("WDT", "WP") and (relative < 0 or parse.tags[relative] in ("WDT", "WP")):
            yield made("relative", phrase_of(parse, parse.heads[verb], verb), own)


def _is_set_off(parse: Parse, verb: int, noun: int) -> bool:
    """Whether a dash parts a verb from what the parse takes for its object: "…, the Wire reported — a stunning remark"."""
    return any(parse.words[at] in DASHES for at in range(verb + 1, parse.first(noun)))


def _object(parse: Parse, noun: int) -> list[int]:
    """An object without a clause of time or reason that the parse has hung on it: "vowed support as they met"."""
    left_out: set[int] = set()
    for at in parse.children[noun]:
        if (
            parse.deps[at] == "advcl"
            and (mark := parse.child(at, "mark", "advmod")) >= 0
            and parse.lemmas[mark] in LEADING
        ):
            left_out.update(parse.subtree(at))
    return [at for at in parse.subtree(noun) if at not in left_out]


def _of_noun(parse: Parse, noun: int) -> Iterator[Candidate]:
    lemma, cue_class, _ = cue_at(parse, noun)
    if (
        lemma in VIEWS
        and (before := parse.heads[noun]) >= 0
        and parse.lemmas[before] in VIEWS[lemma]
        and parse.deps[noun] == "pobj"
    ):
        owner = parse.child(noun, "poss")
        if owner < 0 and (of := parse.child(noun, "prep")) >= 0 and parse.lemmas[of] == "of":
            owner = parse.child(of, "pobj")
        yield from _beside(
            parse, before, "in_view", [before, noun], parse.subtree(owner) if owner >= 0 else []
        )
    if cue_class == UNLISTED:
        return
    holder = holder_of(parse, noun)
    source = [at for at in phrase_of(parse, holder, noun) if at != noun]
    if holder == noun:  # "a critic of the plan"
        source = sorted({noun, *(t for at in parse.children[noun] if at < noun for t in parse.subtree(at))})

    def made(construction: str, content: list[int]) -> Candidate:
        kept = set(content)
        return Candidate(
            construction, noun, [noun], [at for at in source if at not in kept], content, lemma, cue_class
        )

    for at in parse.children[noun]:
        dep = parse.deps[at]
        if at > noun and dep in ("acl", "ccomp", "relcl", "xcomp"):
            form = _form(parse, at)
            if dep != "relcl" and form != "participle" and not (form == "small" and parse.tags[at] == "VBN"):
                yield made("noun_" + form, parse.subtree(at))
        elif at > noun and dep == "prep" and parse.lemmas[at] in NOUN_PREPOSITIONS and lemma not in OCCASIONS:
            inner = parse.child(at, "pobj", "pcomp")
            if inner >= 0 and inner != holder:
                yield made(f"noun_{parse.lemmas[at]}", parse.subtree(inner))
    verb = parse.heads[noun]  # "the claim is that …"
    if parse.deps[noun] == "nsubj" and parse.lemmas[verb] == "be":
        clause = parse.child(verb, "ccomp", "xcomp")
        if clause > verb:
            yield made("noun_is", parse.subtree(clause))


def _of_adjective(parse: Parse, adjective: int) -> Iterator[Candidate]:
    lemma, cue_class, _ = cue_at(parse, adjective)
    verb = parse.heads[adjective]
    if parse.deps[adjective] == "acomp":
        subject = subject_of(parse, verb)
    elif parse.deps[adjective] in ("amod", "acl", "advcl", "relcl", "conj"):
        subject = subject_of(parse, adjective)
    else:
        return
    for at in parse.children[adjective]:
        if at < adjective:
            continue
        dep = parse.deps[at]
        content = parse.subtree(at)
        if dep in ("ccomp", "xcomp", "advcl"):
            form = "adjective_" + _form(parse, at)
        elif dep == "prep" and cue_class != UNLISTED and (inner := parse.child(at, "pobj", "pcomp")) >= 0:
            form, content = "adjective_prep", parse.subtree(inner)
        else:
            continue
        source = [] if is_expletive(parse, subject, verb, False) else phrase_of(parse, subject, adjective)
        if subject >= 0 and parse.tags[subject] in ("WP", "WDT"):
            source = with_antecedent(parse, subject)
        yield Candidate(form, adjective, [adjective], source, content, lemma, cue_class)


def _beside(
    parse: Parse, at: int, construction: str, cue: list[int], source: list[int]
) -> Iterator[Candidate]:
    """The clause beside which "according to …" stands."""
    clause = _clause_of(parse, parse.heads[at])
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


def _clause_of(parse: Parse, at: int) -> int:
    """The verb of the clause in which a token stands."""
    while parse.tags[at][:1] != "V" and parse.heads[at] != at and parse.deps[at] != "ROOT":
        at = parse.heads[at]
    return at


def _inserted(parse: Parse, verb: int, made) -> Iterator[Candidate]:
    """A cue inside or after its content: "the plan, she said, has failed"; "as she said"."""
    head, dep = parse.heads[verb], parse.deps[verb]
    own = parse.child(verb, "nsubj")
    if own < 0 or head == verb:
        return
    if dep == "parataxis" and parse.tags[head][:1] != "V" and verb < head:
        head = _clause_of(
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


def _form(parse: Parse, clause: int) -> str:
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
