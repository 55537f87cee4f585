"""What was read: copies, filing order, which are compared, and every line with the rule that decided."""

from __future__ import annotations

import pandas as pd

from analysis.comparison.findings import number
from analysis.publishing.aggregates import copies
from analysis.publishing.aggregates.counts import stored
from analysis.publishing.displays import Note, Table
from analysis.story import Story
from analysis.tables import UNKNOWN

LONG = 24  # rows: a longer table is folded


def documents(story: Story) -> Table:
    """The copies with their words, sentences and paragraphs, and who wrote headline and text."""
    if story.is_many:
        return copies.by_outlet(story)
    rows = story.documents
    frame = pd.DataFrame(
        {
            "copy": rows["doc_id"].map(story.labels),
            "text by": rows["outlet"].map(story.about.outlet_name),
            "printed by": _publisher(rows),
            "headline by": rows["headline_written_by"].replace(
                {"": "none in the file", "via": "the republisher", "outlet": "the outlet"}
            ),
            "words": rows["n_words"],
            "sentences": rows["n_sentences"],
            "paragraphs": rows["n_paragraphs"],
            "lines set aside": rows["n_lines_dropped"],
            "language": rows["language"].replace("", "not told"),
        }
    )
    return Table(frame, "The copies, in manifest order; counts are of the body", formats={"words": ",d"})


def _publisher(documents: pd.DataFrame) -> pd.Series:
    """Who published each copy: the republisher, else its outlet, where one is known."""
    itself = documents["outlet"].map(lambda outlet: "unknown" if outlet == UNKNOWN else "the outlet itself")
    return documents["via"].where(documents["via"] != "", itself)


def filing_order(story: Story) -> Table:
    """What is known of the hour of each copy, in manifest order, and whether comparisons use it."""
    if story.is_many:
        return copies.by_month(story)
    documents = story.documents
    pairs = story.pairs
    compared = {*pairs["doc_id_a"], *pairs["doc_id_b"]}
    is_exact = documents["published_precision"] == "minute"
    exact = pd.to_datetime(
        documents["published_at"].where(is_exact), utc=True, errors="coerce", format="ISO8601"
    )
    frame = pd.DataFrame(
        {
            "copy": [story.labels[doc_id] for doc_id in documents["doc_id"]],
            "published by": _publisher(documents).to_list(),
            "time of this copy": documents["published_at"]
            .replace("", "unknown")
            .str.replace("T", " ")
            .str.replace(r"(\d\d:\d\d)(?::00)?\+00:00$", r"\1 UTC", regex=True)
            .str.replace(r"(\d\d:\d\d)([+-]\d\d:\d\d)$", r"\1 \2", regex=True)
            .to_list(),
            "in UTC": exact.dt.strftime("%d %b %H:%M").fillna("—").to_list(),
            "taken from": documents["published_source"].replace("", "—").to_list(),
            "filing order": [
                "order unknown" if pd.isna(order) else str(order) for order in documents["filing_order"]
            ],
            "in comparisons": [_use(row, compared) for row in documents.itertuples()],
        }
    )
    if exact.notna().eq(frame["time of this copy"].str.endswith(" UTC")).all():
        frame = frame.drop(columns="in UTC")  # it would say the same again
    note = "A copy filed later can hold what was not known earlier: read every difference with this table beside it."
    caption = "Filing order: when each copy was published, as far as it is known"
    return Table(frame, caption, note=note, collapsed=len(frame) > LONG)


def _use(document, compared: set[str]) -> str:
    if not document.is_counted:
        return f"no: {document.not_counted_because}"
    return (
        "yes"
        if document.doc_id in compared
        else "shown only: another version is compared, or no other outlet"
    )


def pairs(story: Story) -> Table | Note:
    """Where an outlet has several versions: which one each comparison takes, and by which rule."""
    if story.is_many:
        return copies.versions_chosen(story)
    pairs = story.pairs
    chosen = pairs[pairs["rule"] != ""]
    rows = pd.DataFrame(
        {
            "first copy": chosen["doc_id_a"].map(story.labels),
            "second copy": chosen["doc_id_b"].map(story.labels),
            "version chosen by": [
                "; ".join(_named(story, rule) for rule in rules.split("; ")) for rules in chosen["rule"]
            ],
        }
    )
    note = f"Compared are {len(pairs)} pairs of copies, within an episode; for {len(pairs) - len(chosen)} of them each outlet has one version."
    return Table(rows, "Which version a comparison takes", note=note, collapsed=len(rows) > 8)


def _named(story: Story, rule: str) -> str:
    """A rule with the name of the copy in place of its doc_id."""
    doc_id, words = rule.split(": ", 1)
    why = next(
        (f" ({version.why})" for version in story.about.versions if version.use == doc_id and version.why), ""
    )
    return f"{story.labels[doc_id]}: {words}{why if 'story.yml' in words else ''}"


def lines_by_rule(story: Story) -> Table:
    """How many lines of each file each rule labelled, and whether they were kept."""
    if story.is_many:
        return copies.lines(story, "Every line of the files, by the rule that decided")
    lines = story.lines.assign(rule=story.lines["rule"].replace("", "body text"))
    counts = lines.groupby(["role", "rule", "kept"], sort=False).size().rename("lines").reset_index()
    per = lines.pivot_table(
        index=["role", "rule", "kept"], columns="doc_id", values="line", aggfunc="size", fill_value=0
    )
    per = (
        per.reindex(columns=[d for d in story.documents["doc_id"] if d in per.columns])
        .rename(columns=story.labels)
        .reset_index()
    )
    frame = counts.merge(per, on=["role", "rule", "kept"]).sort_values(
        ["kept", "lines"], ascending=False, kind="stable"
    )
    frame["kept"] = frame["kept"].map({True: "kept", False: "set aside"})
    frame["role"] = frame["role"].str.replace("_", " ")
    return Table(
        frame.rename(columns={"kept": "in the measured text"}),
        "Every line of the files, by the rule that decided",
        collapsed=True,
    )


def dropped_lines(story: Story) -> Table | Note:
    """Every line that is not in the measured text, with its number and rule; its words where the texts are here."""
    if story.is_many:
        n = number(story.documents["n_lines_dropped"].sum(), 0)
        return Note(
            f"{n} lines were set aside; by rule they stand in the table above. {stored(story, 'lines')}"
        )
    dropped = story.lines[~story.lines["kept"]]
    frame = pd.DataFrame(
        {
            "copy": dropped["doc_id"].map(story.labels),
            "line": dropped["line"],
            "what it is": dropped["role"].str.replace("_", " "),
            "rule": dropped["rule"],
            "characters": dropped["end"] - dropped["start"],
        }
    )
    if story.has_text:
        raw = story.raw_texts
        frame["text"] = [
            shortened(raw[row.doc_id][row.start : row.end]) if row.doc_id in raw else None
            for row in dropped.itertuples()
        ]
    return Table(frame, f"The {len(frame)} lines that were set aside", collapsed=True)


def shortened(text: str, most: int = 110) -> str:
    """`text` on one line, cut after `most` characters."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def warnings(story: Story) -> Table:
    """What a reader should know of the files, those that were not taken first."""
    if story.is_many:
        return copies.noticed(story)
    refused = pd.DataFrame(
        {
            "copy": story.rejected["file"],
            "what": "not taken",
            "times": 1,
            "message": story.rejected["reason"],
        }
    )
    frame = story.warnings
    noticed = pd.DataFrame(
        {
            "copy": frame["doc_id"].map(story.labels),
            "what": frame["kind"].str.replace("_", " "),
            "times": frame["n"],
            "message": frame["message"],
        }
    )
    rows = pd.concat([part for part in (refused, noticed) if len(part)] or [noticed], ignore_index=True)
    return Table(rows, "Files and what is to be known of them", collapsed=False)
