"""Invented articles whose shared passages are known."""

from __future__ import annotations

import random

import pandas as pd

from analysis.corpus.formats.item import Item
from analysis.corpus.reading import Article, Corpus, corpus

WORDS = [
    "ferry",
    "island",
    "council",
    "harbour",
    "captain",
    "winter",
    "bread",
    "school",
    "bakery",
    "clinic",
    "library",
    "market",
    "storm",
    "engine",
    "ticket",
    "crew",
    "pier",
    "rope",
    "lamp",
    "bridge",
    "teacher",
    "baker",
    "doctor",
    "sailor",
    "buyer",
    "keeper",
    "voter",
    "mayor",
    "child",
    "neighbour",
    "waited",
    "opened",
    "closed",
    "carried",
    "counted",
    "promised",
    "asked",
    "told",
    "brought",
    "mended",
    "small",
    "cold",
    "early",
    "late",
    "quiet",
    "broken",
]
QUOTE = "“We shall wait for the wind to turn, and then we shall sail with everybody who wants to come along,” said the captain."


def sentences(seed: object, n: int = 20) -> list[str]:
    """`n` sentences of sixteen words that no other seed has a run of words in common with, but by rare chance."""
    own = random.Random(str(seed))
    return [f"The {' '.join(own.choice(WORDS) for _ in range(14))} {own.choice(WORDS)}." for _ in range(n)]


def text(listed: list[str]) -> str:
    """Sentences as an article, two a paragraph."""
    return "\n\n".join(" ".join(listed[n : n + 2]) for n in range(0, len(listed), 2))


def edited(listed: list[str], every: int, seed: object = 0) -> list[str]:
    """The sentences with every so-manieth word replaced."""
    own, n, found = random.Random(str(seed)), 0, []
    for sentence in listed:
        words = sentence.rstrip(".").split()
        for place in range(1, len(words)):
            n += 1
            if n % every == 0:
                words[place] = f"new{own.choice(WORDS)}"
        found.append(" ".join(words) + ".")
    return found


def corpus_of(**articles: tuple[str, dict] | str) -> Corpus:
    """Articles by doc_id: their text, and what is known of them."""
    found = []
    for doc_id, given in articles.items():
        words, about = given if isinstance(given, tuple) else (given, {})
        known = dict.fromkeys(
            ("headline", "byline", "dateline", "episode", "version", "via", "published_at"), ""
        )
        known |= {
            "doc_id": doc_id,
            "file": doc_id,
            "outlet": doc_id,
            "published_precision": "none",
            "filing_order": pd.NA,
            "is_counted": True,
        }
        found.append(Article(Item(doc_id, "", None, words), known | about))
    return corpus(found)
