"""Acceptance: which candidates are attributions, decided by a small logistic model.

A candidate is described by yes-or-no features: its construction, the class of its cue, both together, who the source is, how the cue
stands (negated, with a modal, in a question), how long the content is, whether it is quoted, whether the candidate stands
inside the content of another. The weights were learnt from articles in which people marked attributions and are data
(`data/attribution_weights.yml`); no word of those articles is a feature.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import numpy as np
import yaml

from analysis.evidence.attribution.constructions import Candidate
from analysis.evidence.attribution.cues import UNLISTED
from analysis.evidence.dictionaries import BUNDLED
from analysis.evidence.parsing import Parse

WEIGHTS = BUNDLED.parent / "attribution_weights.yml"
FIRST_PERSON = frozenset("i we me us my our".split())
PERSONAL = frozenset("he she they him her them his their".split())
MODALS = frozenset("would could should might may will can must".split())


@cache
def weights() -> dict[str, float]:
    """The weights that ship, by feature; `threshold` is the score from which a candidate is accepted."""
    return {
        str(name): float(value) for name, value in yaml.safe_load(WEIGHTS.read_text(encoding="utf-8")).items()
    }


def features(parse: Parse, one: Candidate, quoted: Sequence[int], nesting: Mapping[int, int]) -> list[str]:
    """The features of a candidate. `quoted` says of each token in which quoted span it stands (-1 none), `nesting` of each
    token in how many contents of sure candidates it stands."""
    words, tags, deps = parse.words, parse.tags, parse.deps
    construction, cue_class = one.construction, one.cue_class
    found = ["always", construction, cue_class, f"{construction} {cue_class}"]
    if cue_class != UNLISTED:
        found.append(f"lemma {one.lemma}")
    source = _source_kind(parse, one.source)
    found += [f"source {source}", f"{_family(construction)} source {source}"]
    n = len(one.content)
    size = "1" if n == 1 else "2-3" if n < 4 else "4-8" if n < 9 else "9-20" if n < 21 else "over 20"
    found += [f"content {size}", f"{_family(construction)} content {size}"]
    own = parse.children[one.head]
    before = {words[at].lower() for at in own if deps[at] in ("aux", "auxpass")}
    if any(deps[at] == "neg" for at in own):
        found.append("negated")
    if before & MODALS:
        found.append("modal")
    if "to" in before:
        found.append("cue to")
    found.append(f"cue {tags[one.head]}")
    found.append(f"{_family(construction)} cue {tags[one.head]}")
    found.append(f"cue is {deps[one.head]}")
    if any(
        words[at].lower() in ("if", "unless", "whether", "because", "when") and deps[at] in ("mark", "advmod")
        for at in own
    ):
        found.append("conditional")
    sentence = parse.sentence_of[one.head]
    first, last = parse.sentences[sentence]
    if last > first and "?" in words[max(first, last - 2) : last]:
        found.append("question")
    in_quotes = quoted[one.head] >= 0
    if in_quotes:
        found.append("cue quoted")
        found.append(f"{_family(construction)} cue quoted")
    n_quoted = sum(quoted[at] >= 0 for at in one.content)
    if n_quoted and not in_quotes:
        found.append("content quoted" if n_quoted * 10 >= n * 9 else "content partly quoted")
    depth = nesting.get(one.head, 0)
    if depth:
        found.append(f"nested {min(depth, 2)}")
        found.append(f"{_family(construction)} nested")
        if not in_quotes:
            found.append("nested in paraphrase")
    head = next(
        (at for at in one.content if parse.heads[at] not in one.content or parse.heads[at] == at),
        one.content[0],
    )
    found.append(f"{_family(construction)} content {tags[head][:3]}")
    if sentence == 0:
        found.append("headline")
    if one.content[0] < one.head:
        found.append("content before")
    return found


def _family(construction: str) -> str:
    for start in ("noun", "adjective", "passive", "prep", "x"):
        if construction.startswith(start):
            return start
    return "object" if construction in ("object", "object_and", "phrase", "named") else "clause"


def _source_kind(parse: Parse, source: Sequence[int]) -> str:
    if not source:
        return "none"
    own = set(source)
    head = next((at for at in source if parse.heads[at] not in own or parse.heads[at] == at), source[0])
    word, tag = parse.words[head].lower(), parse.tags[head]
    if word in FIRST_PERSON:
        return "i"
    if word == "you":
        return "you"
    if word in PERSONAL:
        return "he"
    if word == "it":
        return "it"
    if tag in ("WP", "WDT", "WP$"):
        return "who" if word == "who" else "which"
    if tag in ("NNP", "NNPS"):
        return "name"
    if tag == "NNS":
        return "nouns"
    return "noun" if tag == "NN" else "other"


def scores(found: Iterable[Sequence[str]], learnt: Mapping[str, float]) -> list[float]:
    """The probability of each list of features under the weights `learnt`."""
    return [1 / (1 + math.exp(-sum(learnt.get(name, 0.0) for name in names))) for names in found]


def fitted(
    found: Sequence[Sequence[str]], truth: Sequence[bool], *, ridge: float = 4.0, rarest: int = 5
) -> dict[str, float]:
    """Weights that make `truth` likeliest, drawn to zero by `ridge`; features seen fewer than `rarest` times have none."""
    counts: dict[str, int] = {}
    for names in found:
        for name in names:
            counts[name] = counts.get(name, 0) + 1
    columns = {
        name: number for number, name in enumerate(sorted(name for name, n in counts.items() if n >= rarest))
    }
    x = np.zeros((len(found), len(columns)))
    for row, names in enumerate(found):
        for name in names:
            if name in columns:
                x[row, columns[name]] = 1
    y = np.asarray(truth, dtype=float)
    w = np.zeros(len(columns))
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (y - p) - ridge * w
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + ridge * np.eye(len(w)), gradient)
        w += step
        if np.abs(step).max() < 1e-6:
            break
    return {name: float(w[number]) for name, number in columns.items()}
