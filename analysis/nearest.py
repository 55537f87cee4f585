"""The nearest right name for one that is wrong: one rule for commands, stories, outlets, notebooks, columns and keys."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

LIKENESS = 0.6  # of two names, as difflib measures it: twice the characters they share over all they have
SHORTEST = 3  # characters of a name's beginning that stand for the name


def nearest(name: str, names: Iterable[str], *, most: int = 2, likeness: float = LIKENESS) -> list[str]:
    """Those of `names` that are like `name`, the most alike first, capitals aside; at most `most`.

    A name that begins with all of `name` is like it, however long it is.
    """
    wanted = name.casefold()
    folded = {one.casefold(): one for one in reversed(list(names))}  # of equal ones the first
    begun = [one for one in folded if len(wanted) >= SHORTEST and one.startswith(wanted)]
    alike = get_close_matches(wanted, folded, n=most, cutoff=likeness)
    return [folded[one] for one in dict.fromkeys([*alike, *reversed(begun)])][:most]


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """The end of a message on the wrong `name`: "; did you mean this or that?", "" where none of `names` is like it."""
    near = nearest(name, names)
    return f"; did you mean {' or '.join(near)}?" if near else ""


def misspelt(names: Iterable[str], known: Iterable[str], *, likeness: float = LIKENESS) -> str:
    """The end of a message on a header: each of `names` that none of `known` is and one is like, with that one; or ""."""
    known = list(known)
    wrong = {one: nearest(one, known, most=1, likeness=likeness) for one in names if one not in known}
    hints = [f"{one!r}: did you mean {near[0]}?" for one, near in wrong.items() if near]
    return "".join(f"; {hint}" for hint in hints)
