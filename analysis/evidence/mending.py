"""Mending: places where the small model hangs a verb on the wrong one, and a rule tells where it belongs."""

from __future__ import annotations

from collections.abc import Sequence

REPORTING = frozenset("say report add announce write state note tell".split())


def mend(
    heads: list[int], deps: list[str], tags: Sequence[str], lemmas: Sequence[str], words: Sequence[str]
) -> None:
    """Mend `heads` and `deps` in place, one entry a token each; the head of a root is the token itself."""
    for at, dep in enumerate(deps):
        if dep == "conj" and tags[at] == "VBD":
            _join_teller(at, heads, tags)
            if lemmas[at] in REPORTING:
                _seat_teller(at, heads, deps, tags, words)
        elif dep == "ccomp" and tags[at] in ("VBD", "VBZ") and lemmas[at] in REPORTING:
            _free_teller(at, heads, deps, tags, words)


def _join_teller(at: int, heads: list[int], tags: Sequence[str]) -> None:
    """ "Berg said the town could pay and hinted that …": hinted goes with said, not with pay, which is no past tense."""
    joined = heads[at]
    teller = heads[joined]
    has_subject = any(
        heads[other] == at and tags[other][:1] in "NP" and other < at for other in range(joined + 1, at)
    )
    if tags[joined] == "VB" and tags[teller] == "VBD" and teller < joined and not has_subject:
        heads[at] = teller


def _free_teller(
    at: int, heads: list[int], deps: list[str], tags: Sequence[str], words: Sequence[str]
) -> None:
    """ "Berg said it was wise, the Wire reported": reported stands above said, where nothing that it reports follows it."""
    teller = heads[at]
    if deps[teller] != "ROOT" or teller > at or tags[teller][:1] != "V":
        return
    between = range(teller + 1, at)
    subject = next((other for other in between if heads[other] == at and deps[other] == "nsubj"), -1)
    clause = next((other for other in between if heads[other] in (teller, at) and deps[other] == "ccomp"), at)
    goes_on = any(heads[other] == at and deps[other] == "ccomp" for other in range(at + 1, len(heads)))
    if clause < subject and not goes_on and "," in words[max(_first(subject, heads) - 2, 0) : subject]:
        heads[teller], deps[teller] = at, "ccomp"
        heads[clause] = teller
        heads[at], deps[at] = at, "ROOT"


def _seat_teller(
    at: int, heads: list[int], deps: list[str], tags: Sequence[str], words: Sequence[str]
) -> None:
    """ "The boats left, giving no reason, the ministry told the Wire": told has a subject of its own and stands above all."""
    above, noun = heads[at], at - 1
    if (
        deps[above] != "ROOT"
        or tags[above][:1] != "V"
        or tags[noun] not in ("NN", "NNS", "NNP")
        or noun <= above
    ):
        return
    if any(heads[other] == at for other in range(above + 1, at)):
        return  # a subject, or an "and"
    first = _first(noun, heads)
    if words[first - 1] == ",":
        heads[noun], deps[noun] = at, "nsubj"
        heads[above], deps[above] = at, "ccomp"
        heads[at], deps[at] = at, "ROOT"


def _first(token: int, heads: Sequence[int]) -> int:
    """The first token, going left, of what `token` governs without a gap."""
    first = token
    for at in range(token - 1, -1, -1):
        above = at
        for _ in range(12):
            above = heads[above]
            if above in (token, heads[above]):
                break
        if above != token:
            break
        first = at
    return first
