"""Namings: what the contested things of a story are called, name by name.

Rival names for one thing ("the war", "the invasion") stand in story.yml; each
is found by its entries and listed under its own name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.evidence.dictionaries import Dictionary, Frame, find, from_lists
from analysis.evidence.frame_hits import by_document, placed
from analysis.tables import NAMINGS


def namings(
    texts: Mapping[str, str] | pd.DataFrame,
    sentences: pd.DataFrame,
    quoted_spans: pd.DataFrame,
    contested: Iterable[Mapping],
) -> pd.DataFrame:
    """List the names given to contested things, table `namings`, by document and place.

    `contested` is that part of story.yml: id, names (each with name and entries), perhaps `except`. `surface`
    is the name under which the matched entry stands; of overlapping entries of one thing the longest counts.
    """
    things = list(contested)
    dictionary = from_contested(things)
    names = {
        (thing["id"], entry): name["name"]
        for thing in things
        for name in thing["names"]
        for entry in name["entries"]
    }
    rows = [
        (doc_id, start, end, thing, names[thing, entry])
        for doc_id, text in by_document(texts)
        for start, end, thing, entry in find(text, dictionary)
    ]
    found = pd.DataFrame(rows, columns=["doc_id", "start", "end", "thing", "surface"])
    return NAMINGS.frame(placed(found, sentences, quoted_spans))


def from_contested(contested: Iterable[Mapping]) -> Dictionary:
    """Compile contested things, a frame a thing; BadDictionary where an entry stands in two names of one."""
    frames = {
        thing["id"]: Frame(
            thing.get("label", thing["id"]),
            "",
            tuple(entry for name in thing["names"] for entry in name["entries"]),
            tuple(thing.get("except", ())),
            thing.get("written", ""),
            thing.get("date", ""),
        )
        for thing in contested
    }
    return from_lists("contested", {"title": "Contested names", "source": "story.yml, contested"}, frames)
