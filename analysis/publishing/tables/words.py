"""Words that were counted: indicator words, words of valence, names of contested things."""

from __future__ import annotations

import pandas as pd

from analysis.publishing.aggregates import namings as namings_of_outlets
from analysis.publishing.aggregates.counts import of_outlet
from analysis.publishing.aggregates.prominence import prominence as prominence_of_outlets
from analysis.publishing.displays import NO_VALUE, Prose, Stack, Table
from analysis.publishing.tables.side_by_side import DOT, side_by_side
from analysis.story import Story
from analysis.tables import VOICES


def indicator_words(story: Story, outlet: str, dictionary: str, *, most: int = 40) -> Table:
    """The entries that matched in the counted copies of `outlet`, by frame, with hits outside and inside marks."""
    where = [("dictionary", "==", dictionary)]
    hits = of_outlet(story, "frame_hits", outlet, ["frame", "entry", "voice"], where)
    table = (
        pd.crosstab([hits["frame"], hits["entry"]], hits["voice"])
        .reindex(columns=["outside", "quoted"], fill_value=0)
        .reset_index()
    )
    table["hits"] = table["outside"] + table["quoted"]
    table = table.sort_values(["hits", "frame", "entry"], ascending=[False, True, True], kind="stable")
    frame = pd.DataFrame(
        {
            "entry": table["entry"],
            "list": table["frame"].map(story.frames.get(dictionary, {})),
            "hits": table["hits"],
            "outside quotation marks": table["outside"],
            "inside": table["quoted"],
        }
    )
    note = (
        f"The {most} entries with most hits of {len(frame)}; an asterisk stands for any ending."
        if len(frame) > most
        else "An asterisk stands for any ending."
    )
    return Table(frame.head(most), "The words that were counted", note=note, collapsed=True)


def prominence(story: Story, dictionary: str) -> Table:
    """For each frame and copy: hits in the headline, in the first paragraph, and how far into the copy the first one stands."""
    if story.is_many:
        return prominence_of_outlets(story, dictionary)
    parts = story.sentences.set_index(["doc_id", "sentence_id"])[
        ["part", "paragraph", "position", "written_by"]
    ]
    hits = story.frame_hits[story.frame_hits["dictionary"] == dictionary].join(
        parts, on=["doc_id", "sentence_id"]
    )
    with_headline = set(story.sentences.loc[story.sentences["part"] == "headline", "doc_id"])
    lead = story.sentences[story.sentences["part"] == "body"].groupby("doc_id")["paragraph"].min()
    rows = []
    for frame, label in story.frames.get(dictionary, {}).items():
        row = {"list": label}
        for doc_id in story.copies():
            if doc_id in story.unmeasured:
                row[story.labels[doc_id]] = NO_VALUE
                continue
            own = hits[(hits["doc_id"] == doc_id) & (hits["frame"] == frame)]
            body = own[own["part"] == "body"]
            n_headline = int((own["part"] == "headline").sum()) if doc_id in with_headline else "—"
            n_lead = int((body["paragraph"] == lead.get(doc_id)).sum())
            first = f"{100 * body['position'].min():.0f}\u00a0%" if len(body) else "none"
            row[story.labels[doc_id]] = DOT.join((str(n_headline), str(n_lead), first))
        rows.append(row)
    frame = pd.DataFrame(rows, columns=None if rows else ["list"])
    return Table(
        frame,
        "Prominence: hits in the headline · in the first paragraph · how far into the copy the first hit stands",
        note="Headlines are counted for themselves and may be a republisher's. First positions are shown for each copy, without interval.",
        align=dict.fromkeys(frame.columns[1:], "center"),
        collapsed=len(frame.columns) > 7,
    )


def sentiment_words(story: Story, outlet: str, *, most: int = 30) -> Table:
    """The words that carry the valence of the counted copies of `outlet`, strongest sum first, masked ones aside."""
    where = [("is_masked", "==", False)]
    hits = of_outlet(story, "sentiment_hits", outlet, ["word", "valence", "voice"], where)
    table = (
        pd.crosstab([hits["word"], hits["valence"]], hits["voice"])
        .reindex(columns=["outside", "quoted"], fill_value=0)
        .reset_index()
    )
    table["sum"] = table["valence"] * (table["outside"] + table["quoted"])
    table = table.sort_values(
        ["sum", "word"], key=lambda c: -c.abs() if c.name == "sum" else c, kind="stable"
    ).drop(columns="sum")
    frame = table.rename(
        columns={
            "valence": "valence in the lexicon (−4 to 4)",
            "outside": "outside quotation marks",
            "quoted": "inside",
        }
    )
    note = (
        f"The {most} of {len(frame)} words with the largest sum of valence. The lexicon rates a word without its context."
        if len(frame) > most
        else "The lexicon rates a word without its context."
    )
    return Table(
        frame.head(most),
        "The words that carry the valence",
        note=note,
        formats={frame.columns[1]: "+.1f"},
        collapsed=False,
    )


def namings(story: Story) -> Table | Stack | Prose:
    """What contested things are called: hits outside · inside quotation marks, a column a counted copy, body text.

    One table, or, where that would be wider than a page, one an episode.
    """
    if story.is_many:
        return namings_of_outlets.namings(story)
    if not story.about.contested:
        return Prose(["story.yml names nothing that is contested in this story."])
    parts = story.sentences.set_index(["doc_id", "sentence_id"])["part"]
    hits = story.namings.join(parts, on=["doc_id", "sentence_id"])
    counts = hits[hits["part"] == "body"].groupby(["thing", "surface", "doc_id", "voice"]).size()
    how = "A cell holds the hits outside · inside quotation marks; a name inside is a speaker's. Zero is a count too: the name does not stand in this copy."
    return side_by_side(
        story,
        lambda copies, labels: _namings(story, counts, copies, labels),
        title="What contested things are called: hits outside · inside quotation marks",
        title_of_episode="What contested things are called",
        how=how,
    )


def _namings(story: Story, counts: pd.Series, copies: list[str], labels: dict[str, str]) -> Table:
    rows, absent = [], []
    for thing in story.about.contested:
        shown = ""
        for name in thing.names:
            cells = {
                doc_id: [int(counts.get((thing.id, name.name, doc_id, voice), 0)) for voice in VOICES]
                for doc_id in copies
            }
            if not sum(map(sum, cells.values())):
                absent.append(f"{thing.label}: {name.name}")
                continue
            texts = {
                labels[doc_id]: NO_VALUE if doc_id in story.unmeasured else f"{outside}{DOT}{quoted}"
                for doc_id, (outside, quoted) in cells.items()
            }
            rows.append({"called": name.name, "what": "" if thing.label == shown else thing.label} | texts)
            shown = thing.label
    frame = pd.DataFrame(rows, columns=["called", "what", *(labels[doc_id] for doc_id in copies)])
    notes = [f"In none of these copies: {'; '.join(absent)}."] if absent else []
    if without := [labels[doc_id] for doc_id in copies if doc_id in story.unmeasured]:
        notes.append(f"Not measured: {', '.join(without)}.")
    return Table(frame, "", note=" ".join(notes), align=dict.fromkeys(frame.columns[2:], "center"))
