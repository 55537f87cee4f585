"""Row ids: by which ids the rows of exports are known, whatever other rows and exports there are.

Corrections and codes name articles by them: an id may become longer when another row comes, but never names another article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256

from analysis.corpus.records import LONGEST_ID, new_id

SHORT, LONG = 8, 16  # hexadecimal digits of the SHA-256 of a row's own id


def row_ids(owns: Sequence[str], stems: Iterable[str], numbers: Iterable[int]) -> list[str]:
    """The id of each row, no two the same: of its own one (`owns`, each another) alone where it has one, else of `stems` (of its file) and its number.

    An own id of small letters, digits, - and _ stays as it is, as one in capitals does but for these; one that is cut or changed
    otherwise ends with digits of its SHA-256, and with more of them where that would stand for two rows.
    """
    usual, taken = [], set()
    for own, stem, number in zip(owns, stems, numbers, strict=True):
        usual.append(_of(own) if own else new_id(_placed(stem, number), taken))
        if not own:
            taken.add(usual[-1])
    n_like = Counter(usual)
    return [_ending(own, LONG) if own and n_like[id] > 1 else id for own, id in zip(owns, usual, strict=True)]


def may_be(id: str, own: str, stem: str, number: int) -> bool:
    """Whether a row is known as `id` that calls itself `own`, or nothing and is the row `number` of the file `stem`."""
    if own:
        return id in (_of(own), _ending(own, LONG))
    return bool(re.fullmatch(rf"{re.escape(_placed(stem, number))}(-\d+)?", id))


def _of(own: str) -> str:
    slug = new_id(own, ())
    return slug if slug == own.lower() else _ending(own, SHORT)


def _placed(stem: str, number: int) -> str:
    name = f"{stem}-{number}"
    slug = new_id(name, ())
    return slug if slug.endswith(f"-{number}") else _ending(name, SHORT)


def _ending(own: str, n: int) -> str:
    slug = new_id(own, ())[: LONGEST_ID - n - 1].rstrip("-_")
    return f"{slug}-{sha256(own.encode('utf-8', 'surrogatepass')).hexdigest()[:n]}"
