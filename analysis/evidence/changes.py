"""Changes: what became of each sentence of a text in a later version of it.

Sentences that say the same come from table `alignments`; what is left was dropped, or added. Of an edited sentence
the words that differ are told, values and names (numbers, dates, capitalised words) before all others: an editor
who changes those changes what is said.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from difflib import SequenceMatcher

import pandas as pd

COLUMNS = {
    "kind": "str",
    "is_moved": "bool",
    "sentence_id_a": "Int64",
    "sentence_id_b": "Int64",
    "similarity": "float64",
}
VALUE = re.compile(
    r"\d|^[^\W\d_]*[A-ZÀ-Þ]"
    r"|^(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|scores|hundreds?|thousands?|millions?|billions?"
    r"|first|second|third|half|both|no|not|never|all|none)$"
)
EDGES = ".,;:!?“”\"'‘’()[]–—-…"


def changes(alignments: pd.DataFrame, sentences: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """What became of the sentences of the document `first` in `second`, in the order of `second`.

    A row: kind (same, edited, added, dropped), whether the sentence stands elsewhere among those both have (`is_moved`), its number in
    each (NA where it is not there), similarity (NA likewise). A dropped sentence stands behind the one before which it
    was dropped. Of the body alone; `alignments` are all those of the story.
    """
    ends = (alignments["doc_id_a"], alignments["doc_id_b"])
    pairs = alignments[ends[0].isin((first, second)) & ends[1].isin((first, second))]
    is_turned = (pairs["doc_id_a"] == second).to_numpy()
    a = pairs["sentence_id_a"].where(~is_turned, pairs["sentence_id_b"]).to_list()
    b = pairs["sentence_id_b"].where(~is_turned, pairs["sentence_id_a"]).to_list()
    found = {
        j: (i, similar, kind)
        for i, j, similar, kind in zip(a, b, pairs["similarity"], pairs["relation"], strict=True)
    }
    in_first, in_second = (
        sentences.loc[
            (sentences["doc_id"] == doc_id) & (sentences["part"] == "body"), "sentence_id"
        ].to_list()
        for doc_id in (first, second)
    )
    in_place = _longest_rise([(j, found[j][0]) for j in in_second if j in found])
    left = [i for i in in_first if i not in set(a)]
    rows, done = [], -1
    for j in in_second:
        if j in found:
            i, similar, kind = found[j]
            if j in in_place:
                rows += [("dropped", False, one, pd.NA, float("nan")) for one in left if done < one < i]
                done = i
            rows.append((kind, j not in in_place, i, j, similar))
        else:
            rows.append(("added", False, pd.NA, j, float("nan")))
    rows += [("dropped", False, one, pd.NA, float("nan")) for one in left if one > done]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _longest_rise(pairs: list[tuple[int, int]]) -> set[int]:
    """Of pairs in order of the first number, those first numbers whose second ones rise, as many as can be."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for n, (_, value) in enumerate(pairs):
        place = bisect_left(ends, value)
        before.append(at[place - 1] if place else -1)
        ends[place : place + 1] = [value]
        at[place : place + 1] = [n]
    kept, n = set(), at[-1] if at else -1
    while n >= 0:
        kept.add(pairs[n][0])
        n = before[n]
    return kept


def word_changes(before: str, after: str) -> list[tuple[str, str, bool]]:
    """The runs of words that differ between two sentences, those with values and names first.

    (words before, words after, whether a value or name is among them); "" where words were put in or left out.
    Case and punctuation alone are no change.
    """
    one, other = before.split(), after.split()
    plain = [[word.strip(EDGES).lower() for word in words] for words in (one, other)]
    matcher = SequenceMatcher(None, *plain, autojunk=False)
    found = []
    for what, a, b, c, d in matcher.get_opcodes():
        if what != "equal" and any(plain[0][a:b] + plain[1][c:d]):
            is_value = any(
                _is_value(word, n == 0)
                for words, start, end in ((one, a, b), (other, c, d))
                for n, word in enumerate(words[start:end], start)
            )
            found.append((" ".join(one[a:b]), " ".join(other[c:d]), is_value))
    return sorted(found, key=lambda change: not change[2])


def _is_value(word: str, is_first: bool) -> bool:
    """A number, or a name: the first word of a sentence has its capital anyway."""
    bare = word.strip(EDGES)
    return bool(VALUE.search(bare)) and not (is_first and not any(map(str.isdigit, bare)))
