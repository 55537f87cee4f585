"""Nearby cues: who speaks where grammar ties a quoted piece to no cue: the nearest one, a colon, a dash and a name, a label."""

from __future__ import annotations

import re

from analysis.evidence.attribution.constructions import Candidate
from analysis.evidence.attribution.cues import cue_at
from analysis.evidence.attribution.layout import Layout, Piece, is_word
from analysis.evidence.attribution.sources import phrase_of, subject_of
from analysis.evidence.parsing import Parse

SPEAKING = frozenset(
    "neutral assertive doubting manner factive evidence cognition criticism approval directive naming".split()
)
TELLING = ("neutral", "assertive", "doubting", "manner")
LABEL = re.compile(
    r"[\"“”'‘’\s]*((?:[A-Z][A-Z.'’-]+|Q|A)(?: [A-Z][A-Z.'’-]+){0,3}):\s"
)  # the speaker in a transcript
DASHES = frozenset(["-", "--", "—", "―", "–", "---"])
MOST_NAMED = 12  # tokens of the name after a dash
NOMINAL = (
    "N",
    "P",
    "D",
    "J",
    "C",
    "I",
    ",",
)  # first letters of the tags of a noun phrase; PRP and PRP$ among them


def touches_comma(parse: Parse, piece: Piece) -> bool:
    """Whether a comma, question or exclamation mark ends `piece`, or a comma or colon stands before it."""
    inner = [parse.words[at] for at in piece.tokens[-2:]]
    before = parse.words[piece.tokens[0] - 1] if piece.tokens[0] else ""
    return any(mark in inner for mark in ",?!") or before in (",", ":")


def nearest(parse: Parse, placed: Layout, piece: Piece) -> Candidate | None:
    """The nearest cue of speech outside quotation marks in the sentence of `piece`."""
    first, last = parse.sentences[piece.sentence]
    best, best_distance = None, 10**6
    for at in range(first, last):
        if placed.quoted[at] >= 0 or parse.tags[at][:1] != "V" or parse.deps[at] in ("aux", "auxpass"):
            continue
        lemma, cue_class, further = cue_at(parse, at)
        if cue_class not in SPEAKING:
            continue
        distance = min(abs(at - piece.tokens[0]), abs(at - piece.tokens[-1])) + (
            0 if cue_class == "neutral" else 6
        )
        source = subject_of(parse, at)
        if source >= 0 and placed.quoted[source] >= 0:
            source = -1
        tokens = [t for t in phrase_of(parse, source, at) if placed.quoted[t] < 0 and t != at]
        tokens = tokens or _beside_cue(parse, placed, at, first, last)
        if not tokens:
            distance += 12
        if distance < best_distance:
            best_distance = distance
            best = Candidate("beside_quote", at, [at, *further], tokens, list(piece.tokens), lemma, cue_class)
    if best is not None and not touches_comma(parse, piece):
        best.content = _argument(parse, placed, best.head, piece)
    return best


def _argument(parse: Parse, placed: Layout, cue: int, piece: Piece) -> list[int]:
    """What the cue governs that holds `piece`, where the cue comes before it; else the piece alone."""
    at = next((t for t in piece.tokens if is_word(parse, t)), piece.tokens[0])
    for _ in range(12):
        if parse.heads[at] == cue:
            if at > cue and parse.deps[at] not in ("advcl", "nsubj", "nsubjpass", "npadvmod"):
                own = parse.subtree(at)
                own = own[1:] if parse.deps[at] == "prep" else own
                return sorted({*own, *piece.tokens})
            break
        if parse.heads[at] == at:
            break
        at = parse.heads[at]
    return list(piece.tokens)


def introduced(parse: Parse, placed: Layout, piece: Piece) -> Candidate | None:
    """The sentence before that ends in a colon and leads to `piece`."""
    before = piece.sentence - 1
    if before < 0 or placed.paragraphs[before] < piece.paragraph - 1:
        return None
    first, last = parse.sentences[before]
    ending = next((at for at in range(last - 1, first - 1, -1) if not parse.words[at].isspace()), -1)
    if ending < 0 or parse.words[ending] != ":":
        return None
    return leading(parse, placed, first, ending, piece)


def leading(parse: Parse, placed: Layout, first: int, ending: int, piece: Piece) -> Candidate | None:
    """The cue and source of the words from token `first` to the colon `ending`."""
    best = None
    for at in range(ending - 1, first - 1, -1):
        if placed.quoted[at] < 0 and parse.tags[at][:1] == "V" and parse.deps[at] not in ("aux", "auxpass"):
            lemma, cue_class, further = cue_at(parse, at)
            source = subject_of(parse, at)
            if source < 0 or placed.quoted[source] >= 0 or source >= ending:
                continue
            one = Candidate(
                "colon",
                at,
                [at, *further],
                phrase_of(parse, source, at),
                list(piece.tokens),
                lemma,
                cue_class,
            )
            if cue_class in SPEAKING:
                return one
            best = best or one
    if best is None and ending - first <= MOST_NAMED:
        tokens = [at for at in range(first, ending) if placed.quoted[at] < 0]
        if tokens:
            best = Candidate("label", ending, [ending], tokens, list(piece.tokens), ":", "neutral")
    return best


def in_next_sentence(parse: Parse, placed: Layout, piece: Piece) -> Candidate | None:
    """A cue without a content of its own in the sentence after, else before, in the same paragraph: "…" Berg told reporters."""
    for sentence in (piece.sentence + 1, piece.sentence - 1):
        if not 0 <= sentence < len(parse.sentences) or placed.paragraphs[sentence] != piece.paragraph:
            continue
        first, last = parse.sentences[sentence]
        for at in range(first, last):
            if placed.quoted[at] >= 0 or parse.deps[at] != "ROOT":
                continue
            lemma, cue_class, further = cue_at(parse, at)
            source = parse.child(at, "nsubj")
            if (
                cue_class in TELLING
                and source >= 0
                and placed.quoted[source] < 0
                and parse.child(at, "ccomp", "xcomp") < 0
            ):
                return Candidate(
                    "next_sentence",
                    at,
                    [at, *further],
                    phrase_of(parse, source, at),
                    list(piece.tokens),
                    lemma,
                    cue_class,
                )
    return None


def signed(parse: Parse, placed: Layout, piece: Piece) -> Candidate | None:
    """A dash and a name after the closing mark, to the end of the line."""
    at, n = piece.tokens[-1] + 1, len(parse.words)
    while at < n and parse.words[at].isspace() and parse.words[at].count("\n") < 3:
        at += 1
    if at + 1 >= n or parse.words[at] not in DASHES or placed.quoted[at] >= 0:
        return None
    tokens = []
    for token in range(at + 1, min(n, at + 2 + MOST_NAMED)):
        if "\n" in parse.words[token] or placed.quoted[token] >= 0:
            break
        tokens.append(token)
    words = [token for token in tokens if is_word(parse, token)]
    is_ended = (
        not tokens
        or tokens[-1] + 1 >= n
        or "\n" in parse.words[tokens[-1] + 1]
        or placed.quoted[tokens[-1] + 1] >= 0
    )
    if (
        not words
        or not is_ended
        or len(tokens) > MOST_NAMED
        or not parse.words[words[0]][0].isupper()
        or parse.tags[words[0]][:1] != "N"
    ):
        return None
    return Candidate("dash", at, [at], words, list(piece.tokens), "—", "neutral")


def labelled(parse: Parse, placed: Layout) -> dict[int, Candidate]:
    """Paragraphs of a transcript, which begin with a speaker in capitals and a colon; one alone is no transcript."""
    found: dict[int, Candidate] = {}
    previous = -1
    for sentence, (first, last) in enumerate(parse.sentences):
        paragraph = placed.paragraphs[sentence]
        if paragraph != previous and first < last:
            start = parse.spans[first][0]
            if label := LABEL.match(parse.text, start, parse.spans[last - 1][1]):
                name = [
                    at
                    for at in range(first, last)
                    if parse.spans[at][0] >= label.start(1) and parse.spans[at][1] <= label.end(1)
                ]
                colon = next((at for at in range(first, last) if parse.spans[at][0] >= label.end(1)), first)
                if name:
                    found[paragraph] = Candidate(
                        "label", colon, [colon], name, list(range(colon + 1, last)), ":", "neutral"
                    )
        elif paragraph in found:
            found[paragraph].content += range(first, last)
        previous = paragraph
    return {paragraph: one for paragraph, one in found.items() if one.content} if len(found) > 1 else {}


def _beside_cue(parse: Parse, placed: Layout, cue: int, first: int, last: int) -> list[int]:
    """The words of a noun phrase right after the cue, else right before it, where the parse gives no subject."""
    after = []
    for at in range(cue + 1, last):
        if (
            placed.quoted[at] >= 0
            or parse.tags[at][:1] not in NOMINAL
            or (not after and parse.tags[at][:1] in "CI,")
        ):
            break
        after.append(at)
    if after and parse.tags[after[0]] in ("NNP", "PRP", "DT", "NNS", "NN", "NNPS", "PRP$"):
        return after
    before = []
    for at in range(cue - 1, first - 1, -1):
        if placed.quoted[at] >= 0 or parse.tags[at][:1] not in NOMINAL or parse.tags[at][:1] in "CI,":
            break
        before.append(at)
    return before[::-1]
