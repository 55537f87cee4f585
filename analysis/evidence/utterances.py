"""Utterances: quotations of several copies that are one and the same thing said, perhaps in other translations.

Two are one utterance where the same person says them in the same episode and most of what the shorter one tells stands in the
other, or where their words are the same or nearly so. Of two copies each part of a quotation has at most one partner, the likest one
first, so that two utterances which share a phrase stay two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import product

import pandas as pd
from rapidfuzz import fuzz

from analysis.evidence.content_words import Weights, content_words, plain_words, share_of_shorter
from analysis.tables import QUOTATION_PARTS, QUOTATIONS

NEARLY = 75  # of 100: words in order, from which on two quotations are the same words nearly (rapidfuzz's partial ratio)
LEAST_WORDS = 4  # words inside quotation marks that are compared so
MOST_OF = (
    (0.5, 1.3),
    (0.35, 2.0),
)  # share of the shorter one, and mass of what both have, which say the same together
SAME_WORDS = 100.0  # more than the likeness of any two that only tell the same
BESIDE = 0.8  # mass of what both have, where their neighbours in the same quotations are one utterance
OF_NOBODY = 0.8  # share from which on a quotation whose speaker is not known is the same
RUN = 3  # words in a row by which quotations are looked up
RARE = 3  # sentences of the story at most that hold a word by which two short quotations are the same
MOST_PLACES = 200  # a word or run in more quotations than that says nothing of which two belong together

Span = tuple[int, int]


@dataclass(frozen=True)
class _Part:
    """A part of a quotation with words inside quotation marks."""

    doc_id: str
    quotation: int
    row: int  # of quotation_parts
    speaker: str
    episode: str
    n_quoted: int
    quoted: tuple[str, ...]  # the words inside quotation marks
    telling_quoted: frozenset[str]
    telling: frozenset[str]  # content words of all of it


def with_groups(
    quotations: pd.DataFrame,
    parts: pd.DataFrame,
    texts: Mapping[str, str],
    sentences: pd.DataFrame,
    quoted_spans: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    is_part: bool = False,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`quotations` and `quotation_parts` with their group_id, "" where no other copy has it.

    A group is named after its first part, DOC_ID/QUOTATION.PART, so that no two of a story have one name, however it is measured. A
    quotation has the group of the part of it that has one and most words in quotation marks. `is_part`: what is here is a part of a
    larger story; then each episode is looked at alone, and copies of no named episode are not, as others of them may be elsewhere.
    """
    if parts.empty:
        return quotations, parts
    found = list(_parts(quotations, parts, texts, quoted_spans, documents))
    group: dict[int, int] = {}
    for own, here in _apart(found, sentences, documents) if is_part else [(found, sentences)]:
        rows = zip(here["doc_id"], here["start"], here["end"], strict=True)
        weights = Weights(frozenset(content_words(texts[doc_id][start:end])) for doc_id, start, end in rows)
        group |= _groups(own, weights)
    ids = pd.Series("", index=parts.index, dtype="str")
    names: dict[int, str] = {}
    for part in sorted(found, key=lambda one: one.row):
        if part.row in group:
            name = f"{part.doc_id}/{part.quotation}.{parts['part'].iloc[part.row]}"
            ids.iloc[part.row] = names.setdefault(group[part.row], name)
    parts = QUOTATION_PARTS.frame(parts.assign(group_id=ids))
    shared = parts[parts["group_id"] != ""].sort_values("n_words_quoted", ascending=False, kind="stable")
    of_quotation = shared.drop_duplicates(["doc_id", "quotation_id"]).set_index(["doc_id", "quotation_id"])
    keys = pd.MultiIndex.from_frame(quotations[["doc_id", "quotation_id"]])
    own = of_quotation["group_id"].reindex(keys).fillna("").to_numpy()
    return QUOTATIONS.frame(quotations.assign(group_id=own)), parts


def _apart(
    found: Sequence[_Part], sentences: pd.DataFrame, documents: pd.DataFrame
) -> Iterator[tuple[list[_Part], pd.DataFrame]]:
    """The parts and the sentences of each episode that has a name."""
    of_episode: dict[str, list[_Part]] = defaultdict(list)
    for part in found:
        of_episode[part.episode].append(part)
    episodes = sentences["doc_id"].map(documents.set_index("doc_id")["episode"])
    for episode, here in sentences.groupby(episodes, sort=False):
        if episode and of_episode[episode]:
            yield of_episode[episode], here


def _parts(
    quotations: pd.DataFrame,
    parts: pd.DataFrame,
    texts: Mapping[str, str],
    quoted_spans: pd.DataFrame,
    documents: pd.DataFrame,
) -> Iterator[_Part]:
    episodes = dict(zip(documents["doc_id"], documents["episode"], strict=True))
    marks = {
        doc_id: list(zip(own["start"], own["end"], strict=True))
        for doc_id, own in quoted_spans.groupby("doc_id", sort=False)
    }
    speech = quotations[quotations["is_speech"]].set_index(["doc_id", "quotation_id"])["speaker"].to_dict()
    for number, row in enumerate(parts.itertuples()):
        key = (row.doc_id, row.quotation_id)
        if not row.n_words_quoted or key not in speech:
            continue
        text = texts[row.doc_id]
        inside = " ".join(_inside(text, (row.start, row.end), marks.get(row.doc_id, ())))
        yield _Part(
            row.doc_id,
            row.quotation_id,
            number,
            speech[key],
            episodes[row.doc_id],
            row.n_words_quoted,
            tuple(plain_words(inside)),
            frozenset(content_words(inside)),
            frozenset(content_words(text[row.start : row.end])),
        )


def _inside(text: str, part: Span, marks: Sequence[Span]) -> Iterator[str]:
    start, end = part
    for a, b in marks:
        if a < end and start < b:
            yield text[max(start, a) : min(end, b)]


def _groups(found: Sequence[_Part], weights: Weights) -> dict[int, int]:
    """Row of each part that another copy has, too -> its group, which is the row of one of its parts.

    Pairs are joined best first; a pair that would bring two quotations of one copy into one group is left out, unless one of these
    repeats words of the other, as a first paragraph does.
    """
    pairs = sorted(
        ((_likeness(found[a], found[b], weights), a, b) for a, b in _candidates(found)),
        key=lambda pair: (-pair[0], pair[1:]),
    )
    group = {n: n for n in range(len(found))}
    members: dict[int, list[int]] = {n: [n] for n in group}

    def join(a: int, b: int) -> None:
        one, other = group[a], group[b]
        crossing = product(members[one], members[other])
        if one != other and all(_may_be_one(found[m], found[n], weights) for m, n in crossing):
            members[one] += members.pop(other)
            group.update(dict.fromkeys(members[one], one))

    for likeness, a, b in pairs:
        if likeness:
            join(a, b)
    for likeness, a, b in pairs:
        if not likeness and _stand_beside(found, group, a, b):
            mass = weights.mass(found[a].telling_quoted & found[b].telling_quoted)
            if mass >= BESIDE:
                join(a, b)
    several = {one for one, own in members.items() if len({found[m].doc_id for m in own}) > 1}
    return {found[n].row: found[one].row for n, one in group.items() if one in several}


def _stand_beside(found: Sequence[_Part], group: Mapping[int, int], a: int, b: int) -> bool:
    """Whether both follow, or precede, in their quotations, parts that are one utterance."""
    for step in (-1, 1):
        c, d = a + step, b + step
        if not (0 <= c < len(found) and 0 <= d < len(found)):
            continue
        is_own = all(
            (found[n].doc_id, found[n].quotation) == (found[m].doc_id, found[m].quotation)
            for n, m in ((a, c), (b, d))
        )
        if is_own and group[c] == group[d]:
            return True
    return False


def _may_be_one(a: _Part, b: _Part, weights: Weights) -> bool:
    """Whether two parts may stand in one group: of no two speakers; of two copies, of one quotation, or the one repeating the other's words."""
    if a.speaker and b.speaker and a.speaker != b.speaker:
        return False
    if a.doc_id != b.doc_id or a.quotation == b.quotation:
        return True
    short, long = sorted((a.quoted, b.quoted), key=len)
    return a.speaker == b.speaker and _contains(long, short, weights)


def _candidates(found: Sequence[_Part]) -> Iterable[tuple[int, int]]:
    """Pairs of parts of two copies of one episode that share a content word, or words in a row."""
    places: dict[object, list[int]] = defaultdict(list)
    for number, part in enumerate(found):
        for key in {*part.telling, *_runs(part.quoted)}:
            places[key].append(number)
    pairs = {
        (a, b)
        for own in places.values()
        if len(own) <= MOST_PLACES
        for i, a in enumerate(own)
        for b in own[i + 1 :]
        if found[a].doc_id != found[b].doc_id and found[a].episode == found[b].episode
    }
    return sorted(pairs)


def _runs(words: Sequence[str]) -> Set[tuple[str, ...]]:
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def _likeness(a: _Part, b: _Part, weights: Weights) -> float:
    """How much two parts are one utterance, 0 where they are not taken for one."""
    if a.speaker and b.speaker and a.speaker != b.speaker:
        return 0.0
    is_known = bool(a.speaker and b.speaker)
    short, long = sorted((a.quoted, b.quoted), key=len)
    words = fuzz.partial_ratio(" ".join(short), " ".join(long)) if len(short) >= LEAST_WORDS else 0
    same = a.telling_quoted & b.telling_quoted
    mass = weights.mass(a.telling & b.telling)
    in_all = max(
        share_of_shorter(a.telling, b.telling, weights),
        share_of_shorter(a.telling_quoted, b.telling_quoted, weights),
    )
    if words >= NEARLY or _contains(long, short, weights if is_known else None):
        return SAME_WORDS + mass
    if not same or (not is_known and in_all < OF_NOBODY):
        return 0.0
    is_same = any(in_all >= share and mass >= least for share, least in MOST_OF)
    return in_all * mass if is_same else 0.0


def _contains(long: tuple[str, ...], short: tuple[str, ...], weights: Weights | None) -> bool:
    """Whether the shorter stands in the other as it is, of a speaker who is known: four words, or two with a rare one."""
    if weights is None or len(short) < 2:
        return False
    is_rare = any(weights.n_with[word] <= RARE for word in content_words(" ".join(short)))
    if not is_rare and len(short) < LEAST_WORDS:
        return len(short) >= RUN and long == short
    return any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))
