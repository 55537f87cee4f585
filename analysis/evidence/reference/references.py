"""References: where the actors of a story are mentioned, by name, by role, by title, by pronoun, or together.

Rules that can be read and explained, over the parse. Where two actors fit equally well nobody is named: a wrong speaker is
worse than none. Whoever is named and is no actor of the story competes for pronouns all the same, so that "he" after a
stranger's name is nobody's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from analysis.evidence.parsing import Parse, Span
from analysis.evidence.reference.aliases import GROUP, PERSONS, Reference, by_alias, head_within, tokens_at
from analysis.evidence.reference.pronouns import by_pronoun
from analysis.evidence.reference.titles import by_country, by_title, titles_of_aliases

TOGETHER = re.compile(
    r"\b(?:the|both|these) (?:two )?(?:leaders|men|presidents|heads of state)\b|\bthe (?:pair|duo)\b|\bthe two(?= (?:\w+ed|met|have|had|were|are|also)\b)",
    re.IGNORECASE,
)


def references(
    parse: Parse,
    actors: Sequence[Mapping],
    quoted_spans: Sequence[Span] = (),
    tellers: Mapping[int, tuple[int, int]] | None = None,
) -> list[Reference]:
    """All references of a parsed text, in order of their start; a group gives one an actor, of the same span.

    `actors` as story.yml has them: id, name, aliases, pronoun, country. `quoted_spans` are (start, end): a pronoun
    inside one is only looked for in the same one. `tellers` gives the token of each source of an attribution the length of
    its content and the sentence in which that begins: who tells most of a sentence goes on as the "he" who tells the next.
    """
    if not actors:
        return []
    pronouns = {actor["id"]: actor.get("pronoun", "") for actor in actors}
    named = list(by_alias(parse, actors))
    taken = {at for one in named for at in tokens_at(parse, one.start, one.end)}
    named += by_title(parse, named, pronouns, taken, titles_of_aliases(actors))
    named.sort(key=lambda one: (one.start, one.end))
    named += _groups(parse, named, pronouns, taken)
    found = [*named, *by_pronoun(parse, named, pronouns, taken, quoted_spans, tellers or {})]
    found += by_country(parse, found, actors, taken)
    return sorted(found, key=lambda one: (one.start, one.end, one.actor))


def _groups(
    parse: Parse, named: Sequence[Reference], pronouns: Mapping[str, str], taken: set[int]
) -> list[Reference]:
    """ "the two leaders": the two persons of the story who were named most before."""
    found = []
    for match in TOGETHER.finditer(parse.text):
        before = Counter(
            one.actor for one in named if one.start < match.start() and pronouns.get(one.actor) in PERSONS
        )
        tokens = tokens_at(parse, *match.span())
        if not before:  # "the two men began …, at which Berg told Falk": who is named next in the sentence
            sentence = parse.sentence_of[tokens[0]]
            before = Counter(
                {
                    one.actor: 1
                    for one in named
                    if parse.sentence_of[one.head] == sentence and pronouns.get(one.actor) in PERSONS
                }
            )
        two = before.most_common(3)
        if len(two) < 2 or (len(two) > 2 and two[1][1] == two[2][1]) or taken.intersection(tokens):
            continue
        taken.update(tokens)
        head = head_within(parse, tokens[0], tokens[-1])
        found += [Reference(*match.span(), head, actor, GROUP) for actor, _ in two[:2]]
    return found
