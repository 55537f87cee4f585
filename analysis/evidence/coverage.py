"""Coverage: which facts of a story stand in which copy, where first, in whose voice, with which value.

A fact is found where one of its cues holds. Not found says that no cue holds in this copy, and nothing of why: a copy
that was filed before the fact could be known could not have it, and a fact told in other words is missed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from analysis.corpus.words import word_spans
from analysis.evidence.cues_of_facts import Place, Searched, Span, automaton, entries_of, found, searched
from analysis.evidence.dictionaries import Dictionary, bundled, find
from analysis.tables import COVERAGE, SEVERAL

HEDGES = "hedges"
AFTER = 8  # characters behind what matched in which a hedge may begin: "a challenge in the High Court is expected"
SAYING = frozenset(
    ("neutral", "assertive", "doubting", "manner", "factive", "evidence", "cognition", "directive")
)
NO_SOURCE = frozenset("it they which that this these those he she we one".split())
LANGUAGES = ("en", "")  # "" is a text too short to tell
NEAR_A_HEDGE = 12  # words from a hedge to what the cue matched, beyond which it hedges something else
OTHER_CLAUSE = re.compile(
    r"\b(?:though|although|but|while|whilst|whereas|after|before|since|because|when|as)\b", re.IGNORECASE
)  # between a hedge and what the cue matched: what is hedged is something else


def coverage(
    texts: Mapping[str, str],
    documents: pd.DataFrame,
    sentences: pd.DataFrame,
    quoted_spans: pd.DataFrame,
    mentions: pd.DataFrame,
    quotations: pd.DataFrame,
    quotation_parts: pd.DataFrame,
    facts: Sequence[Mapping],
) -> pd.DataFrame:
    """Table `coverage`: a row for each of `facts` (as facts.yml has them) and document, in their orders.

    A fact with an episode has rows for the documents of that episode alone; a document in another language than English has none. A headline
    that a republisher wrote is not looked at.
    """
    if not facts:
        return COVERAGE.empty()
    hedges = bundled(use=HEDGES)[HEDGES]
    entries = automaton(entries_of(facts))
    own = {
        name: dict(iter(frame.groupby("doc_id", sort=False)))
        for name, frame in (
            ("sentences", sentences[sentences["written_by"] != "via"]),
            ("quoted_spans", quoted_spans),
            ("mentions", mentions),
            ("quotations", quotations[quotations["is_speech"]]),
            ("quotation_parts", quotation_parts),
        )
    }
    rows = []
    for document in documents.itertuples():
        asked = [fact for fact in facts if fact["episode"] in ("", document.episode)]
        if not asked or document.doc_id not in own["sentences"] or document.language not in LANGUAGES:
            continue
        copy = _Copy(
            texts[document.doc_id],
            {name: frames.get(document.doc_id) for name, frames in own.items()},
            entries,
            hedges,
        )
        for fact in asked:
            known = availability(document.published_at, document.published_precision, fact["available_from"])
            rows.append((document.doc_id, fact["id"], known, *copy.answer(fact)))
    return COVERAGE.frame(rows)


def availability(published_at: str, precision: str, available_from: str) -> str:
    """Whether a copy could know a fact: "available", "not yet", or "unknown" where either time is too vague to tell.

    A time that is known to the day is that day anywhere on earth, fifty hours long; where the two spans overlap nothing is told.
    """
    if not published_at or precision == "none" or not available_from:
        return "unknown"
    (start, end), (first, last) = (
        _span(published_at, precision == "day"),
        _span(available_from, len(available_from) == 10),
    )
    return "available" if start >= last else "not yet" if end < first else "unknown"


def _span(text: str, is_day: bool) -> tuple[pd.Timestamp, pd.Timestamp]:
    """From when to when it may have been: a moment is both, a day begins at UTC+14 and ends at UTC-12."""
    at = pd.to_datetime(text[:10] if is_day or len(text) == 10 else text, utc=True, format="ISO8601")
    if is_day or len(text) == 10:
        return at - pd.Timedelta(hours=14), at + pd.Timedelta(hours=36)
    return at, at


class _Copy:
    """One copy, ready to be asked for facts."""

    def __init__(self, text: str, frames: Mapping[str, pd.DataFrame | None], entries, hedges: Dictionary):
        sentences = frames["sentences"].sort_values("start")
        self.ids = sentences["sentence_id"].tolist()
        self.positions = sentences["position"].tolist()
        paragraphs = sentences["paragraph"].where(sentences["part"] == "body", -2).tolist()
        self.of_paragraph: dict[int, list[int]] = {}
        for n, paragraph in enumerate(paragraphs):
            self.of_paragraph.setdefault(paragraph, []).append(n)
        self.quoted = _spans(frames["quoted_spans"])
        mentions: dict[str, list[Span]] = {}
        if frames["mentions"] is not None:
            for actor, own in frames["mentions"].groupby("actor", sort=False):
                mentions[actor] = _spans(own)
        self.whole = text
        self.word_starts = [start for start, _ in word_spans(text)]
        self.text: Searched = searched(
            text, entries, mentions, _spans(sentences), paragraphs, self.word_starts
        )
        self.hedges = [(start, end) for start, end, *_ in find(text, hedges)]
        self.said = list(_said(frames["quotations"], frames["quotation_parts"]))

    def answer(self, fact: Mapping) -> tuple:
        """The columns of `coverage` from is_found on."""
        nearest: Place | None = None
        whole: list[Place] = []
        for cue in fact["cues"]:
            for place in found(cue, self.text):
                if place.score == 1:
                    whole.append(place)
                elif nearest is None or place.score > nearest.score:
                    nearest = place
        if not whole:
            near = pd.NA if nearest is None else self.ids[nearest.sentences[0]]
            score = 0.0 if nearest is None else nearest.score
            return False, pd.NA, pd.NA, pd.NA, float("nan"), "", "", "", "", score, near
        # Voice, certainty and speaker are those of the value, where there is one: of an answer, not of the question before it.
        whole.sort(key=lambda place: (min(place.spans), place.sentences))
        values, place, told = self._values(fact, whole)
        first = min(place.spans)
        at = next(
            n for n in place.sentences if self.text.sentences[n][0] <= first[0] < self.text.sentences[n][1]
        )
        n_quoted = sum(any(a <= start < b for a, b in self.quoted) for start, _ in told.spans)
        return (
            True,
            self.ids[at],
            first[0],
            min(max(end for _, end in place.spans), self.text.sentences[at][1]),
            self.positions[at],
            "quoted" if 2 * n_quoted > len(told.spans) else "outside",
            SEVERAL.join(values),
            "hedged" if self._is_hedged(told) else "asserted",
            self._speaker(told),
            1.0,
            pd.NA,
        )

    def _values(self, fact: Mapping, whole: Sequence[Place]) -> tuple[list[str], Place, Place]:
        """The values found where the fact stands, in the order of facts.yml; the place that is shown, the first with one; what tells it."""
        values: list[str] = []
        shown, told = None, None
        for value in fact["values"]:
            hits = (
                (place, hit)
                for place in whole
                for cue in value["cues"]
                for hit in found(cue, self.text, self._around(place, cue["in"]))
                if hit.score == 1
            )
            if first := next(hits, None):
                values.append(value["value"])
                if shown is None or first[0].sentences < shown.sentences:
                    shown, told = first
        return values, shown or whole[0], told or whole[0]

    def _around(self, place: Place, kind: str) -> list[tuple[int, ...]]:
        """Where the value of a fact may stand: in its own sentences, or in their paragraphs."""
        if kind != "paragraph":
            return [place.sentences]
        own = dict.fromkeys(self.text.paragraphs[n] for n in place.sentences)
        return [tuple(n for paragraph in own for n in self.of_paragraph[paragraph])]

    def _is_hedged(self, place: Place) -> bool:
        """Whether a hedge stands among what matched, or a dozen words or fewer before it in the same clause."""
        start = self.text.sentences[place.sentences[0]][0]
        first, last = min(place.spans)[0], max(end for _, end in place.spans)
        for a, b in self.hedges:
            is_before = start <= a < first and not OTHER_CLAUSE.search(self.whole, b, first)
            is_after = (
                last <= a
                and a - last < AFTER
                and not self.whole[last:a].strip(" \n'’").endswith((".", ",", ";"))
            )
            n_between = bisect_left(self.word_starts, first) - bisect_left(self.word_starts, a)
            if first <= a < last or is_after or (is_before and n_between <= NEAR_A_HEDGE):
                return True
        return False

    def _speaker(self, place: Place) -> str:
        """Who is reported to say most of what matched: an actor, a source as printed, "" nobody."""
        best, most = "", (0, 0)
        for speaker, parts, n in self.said:
            inside = sum(any(a <= start < b for a, b in parts) for start, _ in place.spans)
            if inside and (inside, -n) > most:
                best, most = speaker, (inside, -n)
        return best if 2 * most[0] >= len(place.spans) else ""


def _spans(frame: pd.DataFrame | None) -> list[Span]:
    return [] if frame is None else list(zip(frame["start"].tolist(), frame["end"].tolist(), strict=True))


def _said(
    quotations: pd.DataFrame | None, parts: pd.DataFrame | None
) -> Iterator[tuple[str, list[Span], int]]:
    """Who says each quotation, the spans of its content, and how many characters these are."""
    if quotations is None or parts is None:
        return
    places = {number: _spans(own) for number, own in parts.groupby("quotation_id", sort=False)}
    for row in quotations.itertuples():
        says = row.cue_class in SAYING and row.speaker_surface.lower() not in NO_SOURCE
        if row.kind == "indirect" and not row.speaker and not says:
            continue  # who only wants, welcomes or decides says nothing, and a pronoun is nobody
        own = places.get(row.quotation_id, [])
        yield row.speaker or row.speaker_surface, own, sum(end - start for start, end in own)
