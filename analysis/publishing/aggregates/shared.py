"""What copies of a story of many share: pairs of one text, utterances quoted by several outlets. Counts, not passages."""

from __future__ import annotations

import pandas as pd

from analysis.comparison.findings import number
from analysis.publishing.aggregates.counts import outlet_of, stored, summed
from analysis.publishing.displays import Display, Note, Prose, Table
from analysis.story import Story

RELATIONS = {
    "copy": "the same words",
    "reprint": "a reprint",
    "version": "versions of one story",
    "shared_origin": "of one origin",
}
WITHIN = "Pairs are looked for among the copies of an episode."


def shared_texts(story: Story) -> Display:
    """Pairs of copies that share more than quotations, counted by what they are, of one outlet and of two."""
    outlet = story.documents.set_index("doc_id")["outlet"]

    def counted(part: Story) -> pd.DataFrame:
        rows = part.rows(
            "overlap", columns=["doc_id_a", "doc_id_b", "relation"], where=[("relation", "!=", "none")]
        )
        own = rows["doc_id_a"].map(outlet) == rows["doc_id_b"].map(outlet)
        rows = rows.assign(one=own.astype("int64"), two=(~own).astype("int64"))
        return rows[["relation", "one", "two"]]

    found = summed(story, counted, ["relation"])
    if found.empty:
        return Note(f"No two copies share more than quotations and set phrases. {WITHIN}")
    frame = pd.DataFrame(
        {
            "what they are": found["relation"].map(RELATIONS),
            "pairs of one outlet": found["one"],
            "pairs of two outlets": found["two"],
        }
    )
    return Table(
        frame,
        "Pairs of copies that share their text",
        note=f"{WITHIN} {stored(story, 'overlap', 'alignments')}",
    )


def versions(story: Story) -> Note:
    """How many pairs are versions or reprints, and where what changed in them stands."""
    n = sum(
        len(part.rows("overlap", columns=["relation"], where=[("relation", "in", ("version", "reprint"))]))
        for part in story.partitions()
    )
    if not n:
        return Note("No copy is a version or a reprint of another.")
    pairs = "1 pair is versions" if n == 1 else f"{number(n, 0)} pairs of copies are versions"
    return Note(
        f"{pairs} or reprints of one text. What changed in them is not shown. {stored(story, 'alignments')}"
    )


def shared_utterances(story: Story) -> tuple[int, int]:
    """How many utterances two or more counted copies quote, and how many of them copies of two outlets or more."""
    several = across = 0
    for part in story.partitions():
        rows = part.rows("quotation_parts", columns=["doc_id", "group_id"], where=[("group_id", "!=", "")])
        rows = rows.assign(outlet=rows["doc_id"].map(outlet_of(part)))
        groups = rows[rows["outlet"].notna()].groupby("group_id")
        several += int((groups["doc_id"].nunique() > 1).sum())
        across += int((groups["outlet"].nunique() > 1).sum())
    return several, across


def utterances(story: Story) -> Display:
    """How many utterances are quoted by several copies."""
    several, across = shared_utterances(story)
    if not several:
        return Prose([f"No utterance is quoted by two of these copies. {WITHIN}"])
    return Prose(
        [
            f"{number(several, 0)} {'utterance is' if several == 1 else 'utterances are'} quoted by two copies or more, {number(across, 0)} of them by two outlets or more. Where the speech was in "
            f"another language, different words may be translation. {WITHIN} {stored(story, 'quotation_parts')}"
        ]
    )
