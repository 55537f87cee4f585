"""Titles: where actors are mentioned by what they are, or a state as that of somebody: "the president", "his country"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from analysis.evidence.parsing import Parse
from analysis.evidence.reference.aliases import PERSONS, TITLE, TITLES, Reference
from analysis.evidence.reference.pronouns import strangers
from analysis.evidence.source_types import countries

COUNTRY = ("country", "nation", "homeland")


def title_tokens(parse: Parse, head: int) -> list[int]:
    """The words that say what somebody named at `head` is: "President" before the name, "the leader" beside it."""
    found = [
        at
        for at in parse.children[head]
        if parse.deps[at] in ("compound", "appos", "nmod") and parse.lemmas[at] in TITLES
    ]
    above = parse.heads[head]
    if parse.deps[head] == "appos" and parse.lemmas[above] in TITLES:
        found.append(above)
    return found


def by_title(
    parse: Parse,
    named: Sequence[Reference],
    pronouns: Mapping[str, str],
    taken: set[int],
    roles: Mapping[str, set[str]],
) -> list[Reference]:
    """ "the president", "the reclusive leader", where one actor alone has that title: as introduced before, or by an alias.

    `roles` are the titles that aliases end in, with their actors. Of several with the title it is the one who alone of
    them is named in the sentence so far.
    """
    introduced: dict[str, dict[str, int]] = {
        lemma: dict.fromkeys(actors, -1) for lemma, actors in roles.items()
    }
    for one in named:
        if pronouns.get(one.actor) in PERSONS:
            for at in title_tokens(parse, one.head):
                introduced.setdefault(parse.lemmas[at], {}).setdefault(one.actor, one.start)
    for stranger in strangers(parse, taken):
        for at in title_tokens(parse, stranger.token):
            introduced.setdefault(parse.lemmas[at], {}).setdefault("", parse.spans[at][0])
    found = []
    for at, lemma in enumerate(parse.lemmas):
        if (
            lemma not in introduced
            or (parse.tags[at] != "NN" and parse.tags[at] != "NNP")
            or at in taken
            or parse.deps[at] in ("compound", "appos", "attr", "oprd")
        ):
            continue
        own = parse.children[at]
        before = [child for child in own if child < at]
        if (
            not before
            or parse.lemmas[before[0]] != "the"
            or not all(_is_plain_adjective(parse, child) for child in before[1:])
            or any(parse.deps[child] in ("prep", "appos", "relcl", "acl") for child in own if child > at)
        ):
            continue
        start = parse.spans[at][0]
        fitting = [actor for actor, place in introduced[lemma].items() if place < start]
        if len(fitting) > 1 or (fitting and introduced[lemma][fitting[0]] < 0):
            fitting = _just_named(parse, at, named, fitting)
        if len(fitting) == 1 and fitting[0]:
            found.append(Reference(parse.spans[before[0]][0], parse.spans[at][1], at, fitting[0], TITLE))
            taken.update((before[0], at))
    return found


def _is_plain_adjective(parse: Parse, at: int) -> bool:
    return parse.deps[at] == "amod" and parse.words[at].islower()


def _just_named(parse: Parse, at: int, named: Sequence[Reference], fitting: Sequence[str]) -> list[str]:
    """Those of `fitting` who are named in the sentence of `at` before it, where nobody of them is, in the one before."""
    sentence = parse.sentence_of[at]
    for own in (sentence, sentence - 1):
        here = {
            one.actor for one in named if parse.sentence_of[one.head] == own and one.head < at
        }.intersection(fitting)
        if here:
            return [*here] if len(here) == 1 else []
    return []


def titles_of_aliases(actors: Sequence[Mapping]) -> dict[str, set[str]]:
    """The titles that aliases of persons end in, and whose they are: leader, of "the North Korean leader"."""
    found: dict[str, set[str]] = {}
    for actor in actors:
        if actor.get("pronoun", "") in PERSONS:
            for alias in actor["aliases"]:
                if (word := alias.split()[-1]) in TITLES:
                    found.setdefault(word, set()).add(actor["id"])
    return found


def by_country(
    parse: Parse, found: Sequence[Reference], actors: Sequence[Mapping], taken: set[int]
) -> Iterator[Reference]:
    """ "his isolated country": the country of the story that the person it belongs to is of."""
    states = {
        actor["country"]: actor["id"]
        for actor in actors
        if actor.get("country") and countries().get(actor["name"]) == actor["country"]
    }
    country_of = {
        actor["id"]: actor.get("country", "") for actor in actors if actor.get("pronoun", "") in PERSONS
    }
    for one in found:
        noun = parse.heads[one.head]
        state = states.get(country_of.get(one.actor, ""))
        if state and parse.deps[one.head] == "poss" and parse.lemmas[noun] in COUNTRY and noun not in taken:
            taken.add(noun)
            yield Reference(*parse.spans[noun], noun, state, TITLE)
