"""Objects: contents that stand beside a verb as a thing, a phrase or a name and not as a clause."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.evidence.attribution.constructions import LEADING, Candidate, form_of
from analysis.evidence.attribution.cues import classes
from analysis.evidence.attribution.sources import LIGHT, phrase_of
from analysis.evidence.parsing import Parse

OBJECT_PREPOSITIONS = frozenset(
    "about of on for against with to in at from over into as toward towards by".split()
)
DOING = frozenset(  # cues of a clause or of quoted words whose object is done to, or told, and not said
    "bar begin cast commit continue define demonstrate enjoy establish examine expose find hit hold identify inform investigate "
    "judge lead leak maintain mark open push require run see sell study survey target tell".split()
)
DASHES = frozenset("- -- – — ―".split())


def objects_of(parse, verb, lemma, further, made, subject, agent, is_passive) -> Iterator[Candidate]:
    """The candidates whose content is an object, a phrase, a name given, or the subject of a passive.

    `made` builds a candidate from a construction, a content and a source; `further` are tokens of the cue beside the verb.
    """
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
            form = form_of(parse, clause)
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
