"""Speakers: who a source is (an actor of the story, or the words that stand there), and of what kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.evidence.attribution.layout import is_word
from analysis.evidence.parsing import Parse
from analysis.evidence.reference.aliases import GROUP, Reference
from analysis.evidence.source_types import (
    NEWS_MEDIA,
    NOT_TOLD,
    Kind,
    head_of,
    is_medium,
    kind_of,
    name_key,
    nouns,
    of_actor,
)
from analysis.tables import CUT

CARRIERS = frozenset(
    "transcript readout footage video image photo picture remark clip broadcast recording interpreter translator translation telegram website".split()
)
SET_OFF = ("relcl", "appos", "acl", "advcl")
LONGEST_SURFACE = 4  # words; the tables ship with stories whose texts do not


class Speakers:
    """Who the sources of one text are."""

    def __init__(
        self, parse: Parse, mentioned: Sequence[Reference], actors: Sequence[Mapping], outlets: set[str]
    ) -> None:
        self.parse = parse
        self.outlets = outlets
        self.at_head: dict[int, list[Reference]] = {}
        for one in mentioned:
            self.at_head.setdefault(one.head, []).append(one)
        self.by_id = {actor["id"]: actor for actor in actors}
        self.actors = {head: self.by_id[own[0].actor] for head, own in self.at_head.items()}
        self.known: dict[str, Kind] = {}

    def speakers(self, tokens: Sequence[int]) -> tuple[list[str], str]:
        """The actors that a source names, and the rule by which; none where one of several is nobody of the story."""
        if not tokens:
            return [], ""
        parse, own = self.parse, set(tokens)
        head = head_of(parse, tokens)
        heads = [head]
        if head not in self.at_head and parse.lemmas[head] in CARRIERS:
            carried = {one.actor: one for at in tokens for one in self.at_head.get(at, [])}
            return ([*carried], next(iter(carried.values())).rule) if len(carried) == 1 else ([], "")
        if head not in self.at_head:
            beside = [
                at
                for at in parse.children[head]
                if at in own and parse.deps[at] == "appos" and at in self.at_head
            ]
            if not beside or not nouns().get(parse.lemmas[head], ("", False))[1]:
                return [], ""
            heads = beside[:1]
        heads += [at for at in _joined(parse, head, own) if parse.lemmas[at] not in CARRIERS]
        if any(at not in self.at_head for at in heads):
            return [], ""
        references = [one for at in heads for one in self.at_head[at]]
        rule = GROUP if len({one.actor for one in references}) > 1 else references[0].rule
        return list(dict.fromkeys(one.actor for one in references)), rule

    def kind(self, tokens: Sequence[int]) -> Kind:
        """The kind of a source; of several who speak together what they have in common."""
        if not tokens:
            return NOT_TOLD
        head = head_of(self.parse, tokens)
        who, _ = self.speakers(tokens) if head not in self.at_head else ([], "")
        if len(who) == 1:  # who is named beside the head: "remarks of Berg", "the minister, Ines Falk"
            return of_actor(self.by_id[who[0]])
        if head not in self.at_head and bare(self.surface(tokens)) in self.outlets:
            return NEWS_MEDIA
        tokens = self.behind(tokens)
        kinds = [kind_of(self.parse, tokens, self.actors, self.known)]
        own = set(tokens)
        kinds += [
            kind_of(self.parse, [t for t in self.parse.subtree(at) if t in own], self.actors, self.known)
            for at in _joined(self.parse, head, own)
            if self.parse.lemmas[at] not in CARRIERS
        ]
        kinds += [of_actor(self.by_id[one.actor]) for one in self.at_head.get(head, [])[1:]]
        kind = Kind(_common([one.type for one in kinds]), _common([one.category for one in kinds]))
        if kind != NOT_TOLD and self.parse.tags[head] in ("NNP", "NNPS"):
            self.known.setdefault(name_key(self.parse, head), kind)
        return kind

    def behind(self, tokens: Sequence[int]) -> Sequence[int]:
        """Of "footage broadcast by state television" the medium; of every other source its tokens."""
        parse = self.parse
        head = head_of(parse, tokens)
        if parse.lemmas[head] not in CARRIERS:
            return tokens
        own = set(tokens)
        for at in tokens:
            if parse.deps[at] == "pobj" and parse.lemmas[parse.heads[at]] in ("by", "from") and at != head:
                inner = [token for token in parse.subtree(at) if token in own]
                if is_medium(kind_of(parse, inner, self.actors, self.known).category):
                    return inner
        return tokens

    def surface(self, tokens: Sequence[int]) -> str:
        """A source as printed, without what is set off from it, in four words at most."""
        if not tokens:
            return ""
        parse, tokens = self.parse, self.behind(tokens)
        head = head_of(parse, tokens)
        left_out = {
            token
            for at in parse.children[head]
            if parse.deps[at] in SET_OFF and at > head
            for token in parse.subtree(at)
        }
        kept = [at for at in tokens if at not in left_out and not parse.words[at].isspace()] or list(tokens)
        while len(kept) > 1 and not is_word(parse, kept[-1]):
            kept.pop()
        text = parse.text[parse.spans[kept[0]][0] : parse.spans[kept[-1]][1]]
        words = text.partition(", ")[0].split() or text.split()
        return " ".join(words[:LONGEST_SURFACE]).strip(" ,;:") + (CUT if len(words) > LONGEST_SURFACE else "")


def bare(name: str) -> str:
    """A name in small letters, without its article."""
    return name.lower().removeprefix("the ")


def _joined(parse: Parse, head: int, own: set[int]) -> list[int]:
    """Those joined to `head` by "and" within a source."""
    found, waiting = [], [head]
    while waiting:
        for at in parse.children[waiting.pop()]:
            if parse.deps[at] == "conj" and at in own:
                found.append(at)
                waiting.append(at)
    return found


def _common(values: Sequence[str]) -> str:
    return values[0] if len(set(values)) == 1 else ""
