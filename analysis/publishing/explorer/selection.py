"""Selections: what a reader chose to look at in a story, and the rows that hold it.

Outlets and voice narrow; an actor, a frame or theme and a word each have hits. Where several of these three
are chosen, the hits are those of the sentences in which all of them stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.corpus.matches import whole_words
from analysis.evidence.concordance import concordance, in_context
from analysis.evidence.content_words import american
from analysis.evidence.frame_hits import enclosing
from analysis.nearest import did_you_mean
from analysis.publishing.displays import place
from analysis.story import Story
from analysis.tables import VOICES

ALL = "all"  # voices
COLUMNS = {
    "doc_id": "str",
    "sentence_id": "Int64",
    "start": "Int64",
    "end": "Int64",
    "outlet": "str",
    "voice": "str",
    "what": "str",
    "left": "object",
    "hit": "str",
    "right": "object",
    "place": "str",
    "n": "int64",
}
WINDOW = 45  # characters of context on each side of a hit
NO_PLACE = "somewhere in the body"
MOST_HITS = 20_000
TERM = re.compile(r"[^\W\d_]{2,}")  # what table `terms` may hold
HIT = ["doc_id", "sentence_id", "start", "end", "voice", "what", "hit"]


class TooMany(ValueError):
    """There are more hits than anybody reads, or a notebook holds."""


class UnknownChoice(LookupError):
    """The story has no such outlet, actor, frame or theme."""


class NeedsTexts(ValueError):
    """What was asked can be told from the texts alone, and they are not here."""


@dataclass(frozen=True)
class Selection:
    """What to look at: `outlets` (ids; empty: all), `voice` (all, outside, quoted), an actor's and a frame's id, a word, an episode's id.

    `episode` None stands for all of them, "" for the copies that belong to none. `word` is a word or phrase, or with `is_regex` a regular expression; "" is none.
    """

    outlets: tuple[str, ...] = ()
    voice: str = ALL
    actor: str = ""
    frame: str = ""
    word: str = ""
    is_regex: bool = False
    episode: str | None = None

    def __post_init__(self) -> None:
        if self.voice not in (ALL, *VOICES):
            raise ValueError(f"voice is {self.voice!r}; allowed are {', '.join((ALL, *VOICES))}")

    @property
    def criteria(self) -> tuple[str, ...]:
        """Which of actor, frame and word are chosen."""
        return tuple(name for name in ("actor", "frame", "word") if getattr(self, name).strip())


def frame_labels(story: Story) -> dict[str, str]:
    """Frame or theme id -> label, of every dictionary, in its order."""
    return {id: label for frames in story.frames.values() for id, label in frames.items()}


def within(story: Story, selection: Selection) -> Story:
    """The story of the chosen episode alone. Raises `UnknownEpisode`."""
    return story if selection.episode is None else story.episode(selection.episode)


def doc_ids(story: Story, selection: Selection) -> list[str]:
    """The documents of the chosen outlets, in manifest order; those that are not counted are among them."""
    documents = story.documents
    is_chosen = documents["outlet"].isin(selection.outlets or documents["outlet"])
    return documents.loc[is_chosen, "doc_id"].to_list()


def rows(story: Story, selection: Selection) -> pd.DataFrame:
    """The hits of a selection, in manifest order of the documents and text order.

    A row is a hit: doc_id, sentence_id, start, end (of the cleaned text), outlet, voice, what was hit (a label), left, hit, right (of
    documents whose text is not here left and right are None, and hit is what the tables name: actor as printed,
    entry), place in words, n. A word of a document whose text is not here comes from table `terms`: one row a document
    and voice, `n` times, without sentence. `voice` is where a hit's first character stands, its sentence likewise.

    Raises `NeedsTexts`, `BadPattern`, `SlowPattern`, `TooMany`, `UnknownChoice`, `UnknownEpisode`.
    """
    story = within(story, selection)
    _check(story, selection)
    shown = doc_ids(story, selection)
    found = {name: _HITS[name](story, selection, shown) for name in selection.criteria}
    if not found:
        return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in COLUMNS.items()})
    if (n := max(map(len, found.values()))) > MOST_HITS:
        raise TooMany(
            f"{n:,} hits are more than can be read; {MOST_HITS:,} are allowed. Choose something rarer."
        )
    hits = pd.concat(found.values(), ignore_index=True)
    hits = hits[hits["doc_id"].isin(shown)]
    if selection.voice != ALL:
        hits = hits[hits["voice"] == selection.voice]
    if len(found) > 1:
        hits = hits[_is_shared(hits, len(found))]
    return _shown(story, hits.drop(columns="criterion"))


def _check(story: Story, selection: Selection) -> None:
    known = {
        "actor": story.actors,
        "frame": frame_labels(story),
        "outlet": story.about.outlet_names(story.documents["outlet"]),
    }
    asked = {"actor": [selection.actor], "frame": [selection.frame], "outlet": selection.outlets}
    for what, ids in asked.items():
        for id in filter(str.strip, ids):
            if id not in known[what]:
                hint = did_you_mean(id, known[what]) or f"; there are: {', '.join(known[what]) or 'none'}"
                raise UnknownChoice(f"{story.name} has no {what} {id!r}{hint}")


def _actor_hits(story: Story, selection: Selection, shown: list[str]) -> pd.DataFrame:
    own = story.mentions[story.mentions["actor"] == selection.actor]
    label = story.actors.get(selection.actor, selection.actor)
    return own.assign(what=label, hit=own["surface"], n=1, criterion="actor")[[*HIT, "n", "criterion"]]


def _frame_hits(story: Story, selection: Selection, shown: list[str]) -> pd.DataFrame:
    own = story.frame_hits[story.frame_hits["frame"] == selection.frame]
    label = frame_labels(story).get(selection.frame, selection.frame)
    return own.assign(what=label, hit=own["entry"], n=1, criterion="frame")[[*HIT, "n", "criterion"]]


def _word_hits(story: Story, selection: Selection, shown: list[str]) -> pd.DataFrame:
    word = selection.word if selection.is_regex else selection.word.strip()
    texts = story.texts_of(shown)
    without = [doc_id for doc_id in shown if doc_id not in texts]
    if without:
        _refuse_without_texts(selection, len(without), len(shown))
    pattern = word if selection.is_regex else whole_words(word)
    hits = concordance(texts, pattern)
    at = enclosing(hits, story.sentences)
    hits = hits[at >= 0].reset_index(drop=True)
    hits["sentence_id"] = story.sentences["sentence_id"].to_numpy()[at[at >= 0]]
    is_quoted = enclosing(hits, story.quoted_spans) >= 0
    hits["voice"] = pd.Series(np.where(is_quoted, "quoted", "outside"), index=hits.index, dtype="str")
    hits = hits.assign(what=word, hit=hits["keyword"], n=1)
    parts = [hits[[*HIT, "n"]]]
    if without and not _why_texts(selection):
        is_word = story.terms["term"].map(american) == american(word.casefold())
        terms = story.terms[is_word & story.terms["doc_id"].isin(without)]
        counts = terms.groupby(["doc_id", "voice", "term"], sort=False)["n"].sum().reset_index()
        parts.append(counts.rename(columns={"term": "hit"}).assign(what=word))
    return pd.concat(parts, ignore_index=True).assign(criterion="word")


_HITS = {"actor": _actor_hits, "frame": _frame_hits, "word": _word_hits}


def _why_texts(selection: Selection) -> str:
    """Why the word of a selection cannot be looked up in table `terms`; "" where it can."""
    if selection.is_regex:
        return "A regular expression is searched for in the texts"
    if len(selection.word.split()) > 1:
        return "A phrase is searched for in the texts"
    if not TERM.fullmatch(selection.word.strip()):
        return "Numbers, single letters and words with other signs are searched for in the texts"
    if len(selection.criteria) > 1:
        return "Whether a word stands in one sentence with something else is told from the texts"
    return ""


def _refuse_without_texts(selection: Selection, n: int, n_all: int) -> None:
    if why := _why_texts(selection):
        whose = "they are" if n == n_all else f"those of {n} of these {n_all} copies are"
        raise NeedsTexts(f"{why}, and {whose} not here. A single word, by itself, can be looked up.")


def _is_shared(hits: pd.DataFrame, n: int) -> pd.Series:
    """Whether each hit stands in a sentence that has hits of all `n` criteria; hits without a sentence do not."""
    places = hits["doc_id"] + "\0" + hits["sentence_id"].astype("str")
    full = hits.groupby(places)["criterion"].nunique()
    return places.isin(full[full == n].index) & hits["sentence_id"].notna()


def _shown(story: Story, hits: pd.DataFrame) -> pd.DataFrame:
    """Hits with outlet, context and place, in order."""
    hits = hits.astype({"sentence_id": "Int64", "start": "Int64", "end": "Int64"}).reset_index(drop=True)
    placed = hits[hits["sentence_id"].notna()].astype(
        {"sentence_id": "int64", "start": "int64", "end": "int64"}
    )
    context = in_context(placed, story.texts, window=WINDOW)
    places = story.passages(placed[["doc_id", "sentence_id"]])
    words = pd.Series(
        [
            place() if part == "headline" else place(paragraph=int(paragraph), sentence=int(sentence))
            for part, paragraph, sentence in places[["part", "paragraph", "sentence"]].itertuples(index=False)
        ],
        index=placed.index,
        dtype="object",
    )
    order = {doc_id: number for number, doc_id in enumerate(story.documents["doc_id"])}
    outlets = story.documents.set_index("doc_id")["outlet"]
    hits = hits.assign(
        outlet=hits["doc_id"].map(outlets),
        left=context["left"].reindex(hits.index).where(lambda column: column.notna(), None),
        right=context["right"].reindex(hits.index).where(lambda column: column.notna(), None),
        hit=context["keyword"].reindex(hits.index).fillna(hits["hit"]),
        place=words.reindex(hits.index).fillna(NO_PLACE),
        order=hits["doc_id"].map(order),
    )
    hits = hits.sort_values(["order", "start", "end"], kind="stable", ignore_index=True)
    return hits[list(COLUMNS)].astype(COLUMNS)
