"""Source types: what kind of source somebody's words are ascribed to, from the words that name it.

A kind is told by the noun at the head ("analysts", "the ministry"), by a title or apposition beside a name, or by the body somebody
speaks for. Nobody's kind is guessed: a name that nothing describes has none, unless story.yml gives it or the same article did before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from analysis.evidence.dictionaries import BUNDLED, find, load
from analysis.evidence.parsing import Parse

OFFICIAL, NON_OFFICIAL, UNNAMED = "official", "non-official", "unnamed"
OF_A_STATE = ("official", "military", "state media")  # kinds that are official
AFFILIATING = ("of", "for", "at", "with", "from", "in")
NAMES = ("NNP", "NNPS")


@dataclass(frozen=True, slots=True)
class Kind:
    """What kind of source: `type` official, non-official, unnamed or "" (not told), and its category ("" not told)."""

    type: str
    category: str


NOT_TOLD = Kind("", "")
NEWS_MEDIA = Kind(NON_OFFICIAL, "news media")


@cache
def nouns() -> dict[str, tuple[str, bool]]:
    """Dictionary form -> category and whether it is a person, of the bundled `sources.yml`; "speaking", "vague" and "" (documents) are none."""
    found: dict[str, tuple[str, bool]] = {}
    for frame_id, frame in load(BUNDLED / "sources.yml").frames.items():
        kind, _, what = frame_id.rpartition("_")
        for entry in frame.entries:
            found.setdefault(entry, (kind.replace("_", " "), what == "people"))
    return found


@cache
def countries() -> dict[str, str]:
    """Name, adjective or seat of a state -> its code, of the bundled `countries.yml`."""
    frames = load(BUNDLED / "countries.yml").frames
    return {entry: code.upper() for code, frame in frames.items() for entry in frame.entries}


def country_in(text: str) -> str:
    """The code of the first state that `text` names, in capitals as the dictionary has it; "" where it names none."""
    for start, end, frame, entry in sorted(find(text, load_countries())):
        if text[start:end].translate({0x2019: "'"})[:1] == entry[:1]:
            return frame.upper()
    return ""


@cache
def load_countries():
    return load(BUNDLED / "countries.yml")


def of_actor(actor: Mapping) -> Kind:
    """The kind that story.yml gives an actor."""
    category = actor.get("source_category", "")
    if category == OFFICIAL and actor.get("country"):
        category = f"{OFFICIAL}-{actor['country']}"
    return Kind(actor.get("source_type", ""), category)


def kind_of(
    parse: Parse, tokens: Sequence[int], actors: Mapping[int, Mapping], known: Mapping[str, Kind]
) -> Kind:
    """The kind of the source that `tokens` name.

    `actors` gives the actor a token refers to; `known` the kinds that names had before in the same text.
    """
    if not tokens:
        return NOT_TOLD
    head = head_of(parse, tokens)
    if head in actors:
        return of_actor(actors[head])
    if parse.tags[head] in NAMES:
        return _of_name(parse, tokens, head, actors, known)
    if parse.tags[head] in ("PRP", "PRP$", "WP", "WDT"):
        return NOT_TOLD
    return _of_noun(parse, tokens, head, actors, is_named=_has_name_beside(parse, tokens, head))


def head_of(parse: Parse, tokens: Sequence[int]) -> int:
    """The token of a phrase that governs the rest."""
    own = set(tokens)
    return next((at for at in tokens if parse.heads[at] not in own or parse.heads[at] == at), tokens[0])


def _has_name_beside(parse: Parse, tokens: Sequence[int], head: int) -> bool:
    """Whether a name stands in apposition to a noun: "the minister, Ines Falk"."""
    own = set(tokens)
    return any(
        parse.deps[at] == "appos" and parse.tags[at] in NAMES for at in parse.children[head] if at in own
    )


def _of_noun(
    parse: Parse, tokens: Sequence[int], head: int, actors: Mapping[int, Mapping], *, is_named: bool
) -> Kind:
    words = " ".join(parse.words[at] for at in tokens)
    category, is_person = _noun_kind(parse, head, words)
    if category in ("", "speaking", "vague"):
        affiliation = _affiliation(parse, head, actors) if category != "vague" else ""
        if category == "speaking" and not affiliation:
            affiliation = _body_in(parse, tokens, head)
        category, is_person = affiliation, is_person or category in ("speaking", "vague")
    category = _with_country(category, words)
    if is_person and not is_named:
        return Kind(UNNAMED, category)
    return Kind(_type(category), category)


def _noun_kind(parse: Parse, head: int, words: str) -> tuple[str, bool]:
    """Category of a noun, and whether it is a person; entries of several words first: "state news agency"."""
    small = words.lower().replace("’", "'")
    for entry, kind in _phrases():
        if entry in small and parse.lemmas[head] in (
            "media",
            "medium",
            "agency",
            "tv",
            "television",
            "report",
            "radio",
            "broadcaster",
            "newspaper",
            "outlet",
            "press",
            "news",
        ):
            return kind
    return nouns().get(parse.lemmas[head]) or nouns().get(parse.words[head].lower(), ("", False))


@cache
def _phrases() -> tuple[tuple[str, tuple[str, bool]], ...]:
    return tuple((entry, kind) for entry, kind in nouns().items() if " " in entry)


def _affiliation(parse: Parse, head: int, actors: Mapping[int, Mapping]) -> str:
    """The category of the body somebody is of: "a spokesman for the ministry", "Pentagon spokesman", "a professor at …"."""
    for at in parse.children[head]:
        dep = parse.deps[at]
        inner = at
        if dep == "prep" and parse.lemmas[at] in AFFILIATING:
            inner = parse.child(at, "pobj")
        elif dep not in ("compound", "poss", "nmod", "amod"):
            continue
        if inner < 0:
            continue
        if inner in actors:
            return of_actor(actors[inner]).category
        category, _ = nouns().get(parse.lemmas[inner], ("", False))
        if category not in ("", "speaking", "vague"):
            return category
    return ""


def _body_in(parse: Parse, tokens: Sequence[int], head: int) -> str:
    """The category of a body among the words of a source: "Foreign Ministry spokesperson"."""
    for at in tokens:
        category, is_person = nouns().get(parse.lemmas[at], ("", True))
        if at != head and not is_person and category:
            return category
    return ""


def _of_name(
    parse: Parse, tokens: Sequence[int], head: int, actors: Mapping[int, Mapping], known: Mapping[str, Kind]
) -> Kind:
    """The kind of a name: by title or apposition, by a word of the name itself (a Ministry), or as it was known before."""
    words = " ".join(parse.words[at] for at in tokens)
    beside = [at for at in parse.children[head] if parse.deps[at] in ("compound", "nmod", "appos", "amod")]
    if parse.deps[head] == "appos":
        beside.append(parse.heads[head])
    for at in beside:
        if at in actors and parse.deps[at] == "appos":
            return of_actor(actors[at])
        category, is_person = nouns().get(parse.lemmas[at], ("", False))
        if not is_person and not (category and parse.deps[at] == "appos"):
            continue
        if category in ("speaking", "vague", ""):
            category = (
                _affiliation(parse, at, actors)
                or _affiliation(parse, head, actors)
                or _body_in(parse, tokens, head)
            )
        elif category == "official" and (own := _affiliation(parse, at, actors)).startswith(
            ("business", "organisation")
        ):
            category = own
        if category:
            category = _with_country(category, words)
            return Kind(_type(category), category)
    category, is_person = _noun_kind(parse, head, words)
    if category and not is_person and category not in ("speaking", "vague"):
        category = _with_country(category, words)
        return Kind(_type(category), category)
    return known.get(name_key(parse, head), NOT_TOLD)


def name_key(parse: Parse, head: int) -> str:
    """By what a name is known again: its last word."""
    return parse.words[head].lower()


def _with_country(category: str, words: str) -> str:
    if category == OFFICIAL and (code := country_in(words)):
        return f"{OFFICIAL}-{code}"
    return category


def _type(category: str) -> str:
    if not category:
        return ""
    return OFFICIAL if category.startswith(OF_A_STATE) else NON_OFFICIAL


def is_medium(category: str) -> bool:
    """Whether a source of this category passes on what others say."""
    return category in ("state media", "news media")


def names_of(actors: Iterable[Mapping]) -> dict[str, str]:
    """Actor id -> display name."""
    return {actor["id"]: actor["name"] for actor in actors}
