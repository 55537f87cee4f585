"""Proposals: facts that nobody has written down yet, as entries of `facts.yml` for a person to word and accept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.evidence.content_words import content_words, plain_words
from analysis.evidence.dictionaries import entry_problem
from analysis.evidence.dictionary_formats import slug
from analysis.evidence.statements import Statement, statements
from analysis.story import Story

MOST_WORDS = 3  # parts of a proposed cue
LONG = 400  # characters of a sentence that are shown


class NoTexts(LookupError):
    """What was asked for needs the texts of the story, which are not here."""


@dataclass(frozen=True)
class Proposal:
    """A fact to be worded: an entry of facts.yml without its words, and the sentences it stands in."""

    id: str
    episode: str
    outlets: tuple[str, ...]
    cue: tuple[tuple[str, ...], ...]
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
    return [_proposal(story, one, _id(one), episodes) for one in new]


def _id(one: Statement) -> str:
    """A name that stays when other facts have been accepted: where the first sentence stands."""
    doc_id, sentence_id = one.places[0]
    return f"draft-{slug(doc_id)[:48]}-{sentence_id}"


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


def _cue(one: Statement, texts: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The most telling words that all of the sentences have, else most of them, each in every form in which it stands there."""
    forms: dict[str, dict[str, None]] = {}
    n_with: Counter[str] = Counter()
    for text in texts:
        for word in plain_words(text):
            for found in content_words(word):
                if not entry_problem(word, set()):
                    forms.setdefault(found, {})[word] = None
        n_with.update(set(content_words(text)))
    telling = [word for word in one.words if word in forms]
    chosen = sorted(telling, key=lambda word: -n_with[word])[:MOST_WORDS]  # stable: the most telling first
    everywhere = [word for word in chosen if n_with[word] == len(texts)]
    return tuple(tuple(forms[word]) for word in everywhere or chosen[:1])


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
        parts = ", ".join(f"[{', '.join(map(_quoted, part))}]" for part in one.cue)
        lines += ["    cues:", f"      - all: [{parts}]", ""]
    return "\n".join(lines)


def _one_line(text: str) -> str:
    """Text as a YAML comment holds it: one line, nothing that ends it."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _quoted(word: str) -> str:
    return '"' + _one_line(word).replace("\\", "").replace('"', "") + '"'
