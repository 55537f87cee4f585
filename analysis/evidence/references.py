"""References: where the actors of a story are mentioned, by name, by role, by title, by pronoun, or together.

Rules that can be read and explained, over the parse. Where two actors fit equally well nobody is named: a wrong speaker is
worse than none. Whoever is named and is no actor of the story competes for pronouns all the same, so that "he" after a
stranger's name is nobody's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from analysis.evidence.cues import cue_at
from analysis.evidence.parsing import STRAIGHT, Parse, Span
from analysis.evidence.source_types import countries

NAME, TITLE, PRONOUN, GROUP = "name", "title", "pronoun", "group"
PERSONS = ("he", "she")
FORMS = {  # pronoun -> what it may stand for
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
}
TITLES = frozenset(
    "president premier minister chancellor leader chairman chairwoman chair king queen prince princess emperor pope mayor governor secretary director"
    " chief commander captain general admiral marshal colonel major sergeant senator congressman congresswoman representative ambassador envoy"
    " spokesman spokeswoman spokesperson professor doctor judge justice commissioner ruler dictator sister brother wife husband son daughter".split()
)
HONORIFICS = frozenset(
    "mr mrs ms miss dr sir dame lord lady gen col capt cmdr cdr lt sgt sen rep gov prof comrade vice prime deputy foreign defence defense".split()
)
TOGETHER = re.compile(
    r"\b(?:the|both|these) (?:two )?(?:leaders|men|presidents|heads of state)\b|\bthe (?:pair|duo)\b|\bthe two(?= (?:\w+ed|met|have|had|were|are|also)\b)",
    re.IGNORECASE,
)
COUNTRY = ("country", "nation", "homeland")
BACK = 2  # sentences before in which a pronoun's actor is looked for
SUBJECTS = ("nsubj", "nsubjpass")
SAYING = ("neutral", "assertive", "doubting", "manner")


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of `actor` at characters `start` to `end`; `head` is its token, `rule` name, title, pronoun or group."""

    start: int
    end: int
    head: int
    actor: str
    rule: str


@dataclass(frozen=True, slots=True)
class _Named:
    """Somebody or something named, at a token: an actor, or "" and the words of a stranger's name."""

    token: int
    who: tuple[str, ...]  # one, or several that are named together
    kind: str  # he, she, person (he or she), it, they


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
    named = list(_named(parse, actors))
    taken = {at for one in named for at in _tokens(parse, one.start, one.end)}
    named += _titled(parse, named, pronouns, taken, _roles(actors))
    named.sort(key=lambda one: (one.start, one.end))
    named += _groups(parse, named, pronouns, taken)
    found = [*named, *_pronouns(parse, named, pronouns, taken, quoted_spans, tellers or {})]
    found += _own_countries(parse, found, actors, taken)
    return sorted(found, key=lambda one: (one.start, one.end, one.actor))


@lru_cache(maxsize=8)
def _pattern(names: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern of all names, the longest first, and who each is; a name with a capital is looked for with it, or in capitals."""
    owner: dict[str, str] = {}
    for name, actor in names:
        plain = name.translate(STRAIGHT)
        for form in (plain, plain[:1].upper() + plain[1:], plain.upper() if len(plain) > 3 else plain):
            owner.setdefault(form, actor)
    forms = sorted(owner, key=len, reverse=True)
    joined = "|".join(re.escape(form).replace(r"\ ", r"\s+").replace(r"\-", "[-‐‑–]") for form in forms)
    return re.compile(rf"(?<![\w'-])(?:{joined})(?![\w])(?!-\w)"), owner


def _named(parse: Parse, actors: Sequence[Mapping]) -> Iterator[Reference]:
    names = tuple((name, actor["id"]) for actor in actors for name in (actor["name"], *actor["aliases"]))
    pattern, owner = _pattern(names)
    starts = [start for start, _ in parse.spans]
    persons = {actor["id"] for actor in actors if actor.get("pronoun", "") in PERSONS}
    for match in pattern.finditer(parse.text.translate(STRAIGHT)):
        form = re.sub(r"\s+", " ", match.group())
        actor = owner.get(form) or owner.get(re.sub("[‐‑–]", "-", form))
        if actor is None:
            continue
        first = bisect_right(starts, match.start()) - 1
        last = bisect_right(starts, match.end() - 1) - 1
        head = _head(parse, first, last)
        if not _is_part_of_a_name(parse, first, last, head, is_person=actor in persons):
            is_role = form.split()[-1].islower() and (form[:4].lower() == "the " or actor in persons)
            rule = TITLE if is_role else NAME
            yield Reference(match.start(), match.end(), head, actor, rule)


def _head(parse: Parse, first: int, last: int) -> int:
    return next(
        (
            at
            for at in range(last, first - 1, -1)
            if not first <= parse.heads[at] <= last or parse.heads[at] == at
        ),
        last,
    )


def _is_part_of_a_name(parse: Parse, first: int, last: int, head: int, *, is_person: bool) -> bool:
    """Whether the words before or behind make it somebody's or something else's name: Kim Il Sung Square, West Virginia."""
    behind = last + 1
    if (
        behind < len(parse.words)
        and parse.tags[behind] in ("NNP", "NNPS")
        and parse.heads[head] > last
        and parse.deps[head] in ("compound", "nmod", "amod")
    ):
        return all(parse.tags[at] in ("NNP", "NNPS", "HYPH") for at in range(behind, parse.heads[head] + 1))
    if (
        behind + 1 < len(parse.words)
        and is_person
        and parse.words[behind] == "-"
        and parse.words[behind + 1][:1].isalpha()
    ):
        return True
    before = first - 1
    if (
        not is_person
        or first != last
        or before < 0
        or parse.tags[before] not in ("NNP", "NNPS")
        or parse.heads[before] != head
    ):
        return False
    word = parse.words[before].strip(".").lower()
    return (
        word not in TITLES
        and word not in HONORIFICS
        and parse.deps[before] == "compound"
        and not parse.words[before].isupper()
    )


def _tokens(parse: Parse, start: int, end: int) -> range:
    starts = parse.spans
    first = bisect_right(starts, (start, 1 << 60)) - 1
    last = bisect_right(starts, (end - 1, 1 << 60)) - 1
    return range(max(first, 0), last + 1)


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


def _titled(
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
    for stranger in _strangers(parse, taken):
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


def _roles(actors: Sequence[Mapping]) -> dict[str, set[str]]:
    """The titles that aliases of persons end in, and whose they are: leader, of "the North Korean leader"."""
    found: dict[str, set[str]] = {}
    for actor in actors:
        if actor.get("pronoun", "") in PERSONS:
            for alias in actor["aliases"]:
                if (word := alias.split()[-1]) in TITLES:
                    found.setdefault(word, set()).add(actor["id"])
    return found


def _own_countries(
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


def _groups(
    parse: Parse, named: Sequence[Reference], pronouns: Mapping[str, str], taken: set[int]
) -> list[Reference]:
    """ "the two leaders": the two persons of the story who were named most before."""
    found = []
    for match in TOGETHER.finditer(parse.text):
        before = Counter(
            one.actor for one in named if one.start < match.start() and pronouns.get(one.actor) in PERSONS
        )
        tokens = _tokens(parse, *match.span())
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
        head = _head(parse, tokens[0], tokens[-1])
        found += [Reference(*match.span(), head, actor, GROUP) for actor, _ in two[:2]]
    return found


def _strangers(parse: Parse, taken: set[int]) -> list[_Named]:
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
            found.append(_Named(at, ("",), "person"))
    return found


def _pronouns(
    parse: Parse,
    named: Sequence[Reference],
    pronouns: Mapping[str, str],
    taken: set[int],
    quoted_spans: Sequence[Span],
    tellers: Mapping[int, tuple[int, int]],
) -> list[Reference]:
    by_sentence: dict[int, list[_Named]] = {}

    def place(one: _Named) -> None:
        by_sentence.setdefault(parse.sentence_of[one.token], []).append(one)

    together: dict[int, list[str]] = {}
    for one in named:
        if one.rule == GROUP:
            together.setdefault(one.head, []).append(one.actor)
        else:
            place(_Named(one.head, (one.actor,), pronouns.get(one.actor) or "any"))
    for head, who in together.items():
        place(_Named(head, tuple(who), "they"))
    for one in _joined(parse, named, pronouns):
        place(one)
    for one in _strangers(parse, taken):
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
            place(_Named(at, one.who, one.kind))
        elif kind in PERSONS:
            place(_Named(at, ("",), kind))
    return found


def _teller_before(
    parse: Parse,
    at: int,
    kind: str,
    by_sentence: Mapping[int, Sequence[_Named]],
    tellers: Mapping[int, tuple[int, int]],
) -> _Named | None:
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


def _joined(parse: Parse, named: Sequence[Reference], pronouns: Mapping[str, str]) -> Iterator[_Named]:
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
            yield _Named(head, tuple(dict.fromkeys((actor, *others))), "they")


def _is_empty(parse: Parse, at: int) -> bool:
    """Whether an "it" may stand for nothing: a subject of being, seeming, or of a passive with a clause."""
    verb = parse.heads[at]
    return parse.tags[at] == "PRP" and (
        parse.lemmas[verb] in ("be", "seem", "appear", "take", "make", "rain", "snow")
        or parse.deps[at] != "nsubj"
    )


def _fits(one: _Named, kind: str) -> bool:
    if kind in PERSONS:
        return one.kind in (kind, "person", "any")
    return one.kind == kind or (kind == "it" and one.kind == "any")


def _antecedent(
    parse: Parse, at: int, kind: str, by_sentence: Mapping[int, Sequence[_Named]], inside: Sequence[int]
) -> _Named | None:
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


def _governing(parse: Parse, near: Sequence[_Named], at: int) -> _Named | None:
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


def _is_joined(parse: Parse, one: _Named, near: Sequence[_Named]) -> bool:
    """Whether another of those named is joined to this one by "and"."""
    others = {other.token for other in near if other.who != one.who}
    return any(parse.deps[at] == "conj" and at in others for at in parse.children[one.token])


def _chosen(parse: Parse, near: Sequence[_Named]) -> _Named | None:
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


def _is_only_subject(parse: Parse, chosen: _Named, at: int) -> bool:
    """Whether nothing else that "it" could be stands as a subject between the two, and the actor is a subject or possessor itself."""
    if parse.deps[chosen.token] not in (*SUBJECTS, "poss"):
        return False
    between = range(chosen.token + 1, at)
    return not any(parse.deps[other] in SUBJECTS and parse.tags[other] in ("NN", "NNP") for other in between)
