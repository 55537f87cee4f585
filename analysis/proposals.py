"""Proposals: facts that nobody has written down yet, as entries of `facts.yml` for a person to word and accept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.evidence.content_words import content_words, plain_words
from analysis.evidence.statements import Statement, statements
from analysis.story import Story

MOST_WORDS = 3  # parts of a proposed cue
NEAR = 30  # words they may span
LONG = 400  # characters of a sentence that are shown


class NoTexts(LookupError):
    """What was asked for needs the texts of the story, which are not here."""


@dataclass(frozen=True)
class Proposal:
    """A fact to be worded: an entry of facts.yml without its words, and the sentences it stands in."""

    id: str
    episode: str
    outlets: tuple[str, ...]
    cue: tuple[str | tuple[str, ...], ...]
    passages: tuple[dict, ...]  # doc_id, paragraph, sentence, text


def proposals(story: Story) -> list[Proposal]:
    """Statements of the counted copies in which no fact of facts.yml was found: those of most outlets first, then those of one.

    Raises `NoTexts`.
    """
    if not story.has_text:
        raise NoTexts(
            f"{story.name}: facts are proposed from the texts, and they are not in {story.folder / 'articles'}"
        )
    found = statements(
        story.texts,
        story.documents[story.documents["doc_id"].isin(story.texts)],
        story.sentences,
        story.quotations,
        [actor.model_dump() for actor in story.about.actors],
    )
    known = story.coverage[story.coverage["is_found"]]
    written = set(zip(known["doc_id"], known["sentence_id"].astype("int64"), strict=True))
    episodes = story.documents.set_index("doc_id")["episode"]
    new = [one for one in found if not written & set(one.places)]
    return [_proposal(story, one, f"draft-{n}", episodes) for n, one in enumerate(new, start=1)]


def _proposal(story: Story, one: Statement, id: str, episodes: pd.Series) -> Proposal:
    rows = story.passages(pd.DataFrame(one.places, columns=["doc_id", "sentence_id"]))
    passages = tuple(
        {
            "doc_id": row.doc_id,
            "paragraph": int(row.paragraph),
            "sentence": int(row.sentence),
            "text": " ".join(row.text.split()),
        }
        for row in rows.itertuples()
    )
    episode = episodes[one.places[0][0]] if episodes.nunique() > 1 else ""
    return Proposal(id, episode, one.outlets, _cue(one, [passage["text"] for passage in passages]), passages)


def _cue(one: Statement, texts: Sequence[str]) -> tuple[str | tuple[str, ...], ...]:
    """The most telling words that two of the sentences have, each as they are written there; a number as a number."""
    forms: dict[str, dict[str, None]] = {}
    for text in texts:
        for word in plain_words(text):
            for found in content_words(word):
                forms.setdefault(found, {})[word] = None
    parts: list[str | tuple[str, ...]] = []
    for word in one.words[:MOST_WORDS]:
        if word.replace(".", "").isdigit():
            parts.append(f"#{word}")
        else:
            parts.append(tuple(forms.get(word, {word: None})))
    return tuple(parts)


def as_yaml(found: Sequence[Proposal], labels: dict[str, str]) -> str:
    """Proposals as lines of `facts.yml`, the sentences as comments; the words of the fact are left to a person."""
    lines = []
    for one in found:
        n = len(one.outlets)
        lines.append(f"  # {n} {'outlet' if n == 1 else 'outlets'}")
        for row in one.passages:
            text = row["text"] if len(row["text"]) <= LONG else row["text"][: LONG - 1] + "…"
            place = f"{labels[row['doc_id']]}, paragraph {row['paragraph']}, sentence {row['sentence']}"
            lines.append(f"  # {_one_line(place)}: {_one_line(text)}")
        lines += [f"  - id: {one.id}", '    fact: ""  # what it says, in your own words']
        lines += [f"    episode: {one.episode}"] if one.episode else []
        parts = ", ".join(
            _quoted(part) if isinstance(part, str) else f"[{', '.join(map(_quoted, part))}]"
            for part in one.cue
        )
        lines += ["    cues:", f"      - all: [{parts}]", f"        near: {NEAR}", ""]
    return "\n".join(lines)


def _one_line(text: str) -> str:
    """Text as a YAML comment holds it: one line, nothing that ends it."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _quoted(word: str) -> str:
    return '"' + _one_line(word).replace("\\", "").replace('"', "") + '"'
