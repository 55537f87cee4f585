"""Copies that share their text: which, how much, and what a later version changed."""

from __future__ import annotations

import pandas as pd

from analysis.evidence.changes import changes, word_changes
from analysis.publishing.aggregates import shared
from analysis.publishing.aggregates.shared import RELATIONS
from analysis.publishing.displays import Display, Note, Prose, Stack, Table
from analysis.story import Story

MOST_PAIRS, MOST_ROWS = 6, 160  # shown in full; the tables in `tables/` hold all
MOST_WORDS = 8  # of a change that is shown as one of a value; a longer one is a sentence told anew
LONG = 180  # characters of a sentence that are shown
OPEN = 12  # rows that a table may have and stand open


def shared_passages(story: Story) -> Display:
    """The pairs of copies that share more than quotations, with how much; the others are summed up."""
    if story.is_many:
        return shared.shared_texts(story)
    related = story.overlap[story.overlap["relation"] != "none"]
    n = len(story.documents)
    n_pairs = n * (n - 1) // 2
    rest = f"Of {n_pairs} pairs of copies {n_pairs - len(related)} share no more than quotations and set phrases."
    if related.empty:
        return Note(rest if n_pairs else "There is one copy, and nothing to compare it with.", "scope")
    frame = pd.DataFrame(
        {
            "first copy": related["doc_id_a"].map(story.labels),
            "second copy": related["doc_id_b"].map(story.labels),
            "what they are": related["relation"].map(RELATIONS),
            "shared, %": 100 * related["containment"],
            "without quotations, %": 100 * related["containment_without_quotes"],
            "sentences in both": related["n_shared_sentences"],
        }
    )
    note = (
        "Shared is the part of the shorter copy's runs of five words that the other copy has too. Two versions of one wire story "
        f"can share as little as a tenth. {rest}"
    )
    return Table(
        frame,
        "Copies that share their text",
        note=note,
        formats={"shared, %": ".0f", "without quotations, %": ".0f"},
    )


def version_changes(story: Story, *, in_full: bool = True) -> Display:
    """For each pair of versions or reprints: what became of every sentence, changed values and names first.

    Not `in_full`, the sentences are counted alone.
    """
    if story.is_many:
        return shared.versions(story)
    related = story.overlap[story.overlap["relation"].isin(("version", "reprint"))]
    pairs = [_in_order(story, a, b) for a, b in zip(related["doc_id_a"], related["doc_id_b"], strict=True)]
    shown: list[Display] = []
    for first, second, how in pairs[:MOST_PAIRS]:
        table = changes(story.alignments, story.sentences, first, second)
        shown += _values(story, table, first, second)
        if in_full:
            shown.append(_sentences(story, table, first, second, how))
        else:
            labels = story.labels
            shown.append(Prose([f"{labels[first]}, then {labels[second]}, read {how}: {_counted(table)}."]))
    if len(pairs) > MOST_PAIRS:
        shown.append(Note(f"{len(pairs) - MOST_PAIRS} more pairs stand in tables/alignments.csv.", "scope"))
    return Stack(shown) if shown else Note("No copy is a version or a reprint of another.", "scope")


def _in_order(story: Story, a: str, b: str) -> tuple[str, str, str]:
    """The earlier and the later one of two copies, and how that is known."""
    rows = story.documents.set_index("doc_id").loc[[a, b]]
    order = rows["filing_order"]
    if order.notna().all() and order.nunique() == 2:
        return *order.astype(int).sort_values(kind="stable").index, "by their filing order"
    if (rows["published_precision"] == "minute").all():
        at = pd.to_datetime(rows["published_at"], utc=True, errors="coerce", format="ISO8601")
        if at.notna().all() and at.nunique() == 2:
            return *at.sort_values(kind="stable").index, "by their times"
    return a, b, "in manifest order, as it is not known which is the earlier one"


def _values(story: Story, table: pd.DataFrame, first: str, second: str) -> list[Table]:
    """Edited sentences in which a value or a name differs; nothing without the texts."""
    if not {first, second} <= set(story.texts):
        return []
    rows = []
    for row in _placed(story, table[table["kind"] == "edited"], first, second):
        for before, after, is_value in word_changes(row["text_a"], row["text_b"]):
            if is_value and max(len(before.split()), len(after.split())) <= MOST_WORDS:
                rows.append((row["place_b"], before or "(not there)", after or "(left out)"))
    if not rows:
        return []
    labels = story.labels
    frame = pd.DataFrame(rows, columns=["place in the second", labels[first], labels[second]])
    return [
        Table(
            frame.head(MOST_ROWS),
            f"Values and names that differ: {labels[first]}, then {labels[second]}",
            collapsed=len(rows) > OPEN,
        )
    ]


def _counted(table: pd.DataFrame) -> str:
    """How many sentences of the body became what."""
    counts = table["kind"].value_counts()
    told = ", ".join(f"{counts.get(kind, 0)} {kind}" for kind in ("same", "edited", "added", "dropped"))
    return f"{told}; {int(table['is_moved'].sum())} of them moved"


def _sentences(story: Story, table: pd.DataFrame, first: str, second: str, how: str) -> Table:
    labels = story.labels
    rows = []
    for row in _placed(story, table, first, second):
        what = "the same" if row["kind"] == "same" else row["kind"]
        rows.append((_shown(row, "a"), _shown(row, "b"), what + (", moved" if row["is_moved"] else "")))
    frame = pd.DataFrame(rows, columns=[labels[first], labels[second], "what became of it"])
    note = f"Sentences of the body, {_counted(table)}. Read from left to right {how}."
    if len(frame) > MOST_ROWS:
        note += f" The first {MOST_ROWS} of {len(frame)} are shown."
    return Table(
        frame.head(MOST_ROWS),
        f"Sentence by sentence: {labels[first]}, then {labels[second]}",
        note=note,
        collapsed=True,
    )


def _placed(story: Story, table: pd.DataFrame, first: str, second: str) -> list[dict]:
    """The rows of `changes` with place and text of each sentence, "" where it is not there."""
    rows = table.to_dict("records")
    for side, doc_id in (("a", first), ("b", second)):
        ids = [row[f"sentence_id_{side}"] for row in rows]
        known = [one for one in ids if not pd.isna(one)]
        passages = story.passages(
            pd.DataFrame({"doc_id": doc_id, "sentence_id": pd.Series(known, dtype="int64")})
        )
        found = {row.sentence_id: row for row in passages.itertuples()}
        for row, one in zip(rows, ids, strict=True):
            own = None if pd.isna(one) else found[one]
            row[f"place_{side}"] = f"paragraph {own.paragraph}, sentence {own.sentence}" if own else ""
            row[f"text_{side}"] = (own.text or "") if own else ""
    return rows


def _shown(row: dict, side: str) -> str:
    if not (text := row[f"text_{side}"]):
        return row[f"place_{side}"] or "—"
    return text if len(text) <= LONG else text[: LONG - 1].rstrip() + "…"
