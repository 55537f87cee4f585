"""Candidates: every place where the grammar of a sentence could attribute a content to a source.

A cue governs its content in one of few ways, its construction: a clause ("said that …"), an infinitive ("vowed to …"), an
object ("denied the report"), a prepositional phrase ("called for …"), or the cue stands inside or beside the content
("…, he said, …", "according to …"). All are listed here, many more than are attributions; `acceptance` decides.
"""

from __future__ import annotations

from collections.abc import Iterator

from analysis.evidence.attribution.constructions import Candidate, beside, form_of
from analysis.evidence.attribution.cues import UNLISTED, cue_at
from analysis.evidence.attribution.sources import (
    holder_of,
    is_expletive,
    phrase_of,
    subject_of,
    with_antecedent,
)
from analysis.evidence.attribution.verbs import of_verb
from analysis.evidence.parsing import Parse

VIEWS = {  # "in her view", "by one estimate"
    **dict.fromkeys(
        ("view", "opinion", "eye", "mind", "judgment", "judgement", "word", "estimation", "telling"), ("in",)
    ),
    **dict.fromkeys(("estimate", "account", "count", "calculation", "reckoning"), ("by",)),
}
HEDGES = frozenset("allegedly reportedly supposedly purportedly apparently presumably".split())
NOUN_PREPOSITIONS = frozenset("about of on for against with to in at over from toward towards".split())
OCCASIONS = ("interview",)  # an interview "on CBS" or "with the Wire" has them for a place, not a subject


def candidates(parse: Parse) -> list[Candidate]:
    """All candidates of a parsed text, in the order of their cues; a cue may have several."""
    found: list[Candidate] = []
    for at, tag in enumerate(parse.tags):
        dep = parse.deps[at]
        if tag[:1] == "V" and dep not in ("aux", "auxpass"):
            found += of_verb(parse, at)
        elif tag[:2] == "NN":
            found += _of_noun(parse, at)
        elif tag[:2] == "JJ" or dep == "acomp":
            found += _of_adjective(parse, at)
        elif tag == "RB" and parse.lemmas[at] in HEDGES:
            found += beside(parse, at, "hedge", [at], [])
        elif (
            parse.lemmas[at] == "per"
            and dep == "prep"
            and (source := parse.child(at, "pobj")) >= 0
            and parse.tags[source]
            in ("NNP", "NNPS")  # "per the ministry" is rare, "per cent" and "per day" are not
        ):
            found += beside(parse, at, "per", [at], parse.subtree(source))
    return [one for one in found if one.content]


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
        yield from beside(
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
            form = form_of(parse, at)
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
            form = "adjective_" + form_of(parse, at)
        elif dep == "prep" and cue_class != UNLISTED and (inner := parse.child(at, "pobj", "pcomp")) >= 0:
            form, content = "adjective_prep", parse.subtree(inner)
        else:
            continue
        source = [] if is_expletive(parse, subject, verb, False) else phrase_of(parse, subject, adjective)
        if subject >= 0 and parse.tags[subject] in ("WP", "WDT"):
            source = with_antecedent(parse, subject)
        yield Candidate(form, adjective, [adjective], source, content, lemma, cue_class)
