"""The tables of the reports: each takes a Story and returns a display."""

from __future__ import annotations

import pandas as pd

from analysis.comparison.differences import chosen_copies
from analysis.comparison.findings import number
from analysis.corpus.decoding import decode
from analysis.measures.catalogue import Measure
from analysis.publishing.displays import Table
from analysis.publishing.figures.indicators import body_hits
from analysis.publishing.figures.intervals import Names, entries
from analysis.story import Story


def estimates(story: Story, names: Names, *, caption: str, collapsed: bool = False) -> Table:
    """A row a copy, a column a measure: value and interval; the reason where there is none."""
    measures = entries(story, names)
    rows = []
    for doc_id in story.estimates["doc_id"].unique():
        row = {"copy": story.labels[doc_id]}
        reasons = {}
        for measure in measures:
            own = _estimate(story, measure, doc_id)
            row[f"{measure.label} ({measure.unit})"] = shown(own, measure)
            if own["reason"]:
                reasons[own["reason"]] = None
        rows.append(row | {"notes": "; ".join(reasons)})
    frame = pd.DataFrame(rows)
    if not frame["notes"].any():
        frame = frame.drop(columns="notes")
    right = {column: "right" for column in frame.columns if column not in ("copy", "notes")}
    return Table(
        frame,
        caption,
        note="In brackets the 95 % sensitivity interval, over paragraphs of the copy.",
        align=right,
        collapsed=collapsed,
    )


def shown(row: pd.Series, measure: Measure) -> str:
    """A value with its interval, as printed."""
    if pd.isna(row["value"]):
        return "—"
    value = number(row["value"], measure.digits)
    if pd.isna(row["low"]):
        return value
    return f"{value} ({number(row['low'], measure.digits)} to {number(row['high'], measure.digits)})"


def _estimate(story: Story, measure: Measure, doc_id: str) -> pd.Series:
    table = story.estimates
    return table[
        (table["doc_id"] == doc_id) & (table["measure"] == measure.name) & (table["voice"] == measure.voice)
    ].iloc[0]


def documents(story: Story) -> Table:
    """The copies with their words, sentences and paragraphs, and who wrote headline and text."""
    rows = story.documents
    frame = pd.DataFrame(
        {
            "copy": rows["doc_id"].map(story.labels),
            "text by": rows["outlet"].map(story.about.outlet_name),
            "printed by": rows["via"].replace("", "the outlet itself"),
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


def filing_order(story: Story) -> Table:
    """What is known of the hour of each copy, in manifest order."""
    documents = story.documents
    frame = pd.DataFrame(
        {
            "copy": [story.labels[doc_id] for doc_id in documents["doc_id"]],
            "published by": documents["via"].replace("", "the outlet itself").to_list(),
            "time of this copy": documents["published_at"]
            .replace("", "unknown")
            .str.replace("T", " ")
            .to_list(),
            "precise to": documents["published_precision"].replace("none", "—").to_list(),
            "taken from": documents["published_source"].replace("", "—").to_list(),
            "filing order": [
                "order unknown" if pd.isna(order) else str(order) for order in documents["filing_order"]
            ],
            "in comparisons": [
                ("yes" if row.is_counted else f"no: {row.not_counted_because}")
                for row in documents.itertuples()
            ],
        }
    )
    note = "A copy filed later can hold what was not known earlier: read every difference with this table beside it."
    return Table(frame, "Filing order: when each copy was published, as far as it is known", note=note)


def pairs(story: Story) -> Table:
    """Which copies are compared with which, and by which rule a version was chosen."""
    versions = [version.model_dump() for version in story.about.versions]
    frame = chosen_copies(story.documents, versions)
    rows = pd.DataFrame(
        {
            "episode": [story.episodes.get(episode, episode) for episode in frame["episode"]],
            "first copy": frame["doc_id_a"].map(story.labels),
            "second copy": frame["doc_id_b"].map(story.labels),
            "version chosen by": [
                "; ".join(
                    f"{story.labels.get(part.split(': ')[0], part)}: {part.split(': ', 1)[1]}"
                    for part in rule.split("; ")
                )
                if rule
                else "only one version"
                for rule in frame["rule"]
            ],
        }
    )
    return Table(rows, "Which copies are compared", collapsed=len(rows) > 8)


def lines_by_rule(story: Story) -> Table:
    """How many lines of each file each rule labelled, and whether they were kept."""
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
        collapsed=len(per.columns) > 9,
    )


def dropped_lines(story: Story) -> Table:
    """Every line that is not in the measured text, with its number and rule; its words where the texts are here."""
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
        files = story.documents.set_index("doc_id")["file"]
        raw = {
            doc_id: decode((story.folder / "articles" / file).read_bytes()).text
            for doc_id, file in files.items()
        }
        frame["text"] = [shortened(raw[row.doc_id][row.start : row.end]) for row in dropped.itertuples()]
    return Table(frame, f"The {len(frame)} lines that were set aside", collapsed=True)


def shortened(text: str, most: int = 110) -> str:
    """`text` on one line, cut after `most` characters."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def indicator_words(story: Story, outlet: str, dictionary: str, *, most: int = 40) -> Table:
    """The entries that matched in the counted copies of `outlet`, by frame, with hits outside and inside marks."""
    hits = body_hits(story)
    hits = hits[hits["doc_id"].isin(story.copies(outlet)) & (hits["dictionary"] == dictionary)]
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
            "list": table["frame"].map(story.frames[dictionary]),
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
    parts = story.sentences.set_index(["doc_id", "sentence_id"])[
        ["part", "paragraph", "position", "written_by"]
    ]
    hits = story.frame_hits[story.frame_hits["dictionary"] == dictionary].join(
        parts, on=["doc_id", "sentence_id"]
    )
    lead = story.sentences[story.sentences["part"] == "body"].groupby("doc_id")["paragraph"].min()
    rows = []
    for frame, label in story.frames[dictionary].items():
        row = {"list": label}
        for doc_id in story.documents.loc[story.documents["is_counted"], "doc_id"]:
            own = hits[(hits["doc_id"] == doc_id) & (hits["frame"] == frame)]
            body = own[own["part"] == "body"]
            n_headline = int((own["part"] == "headline").sum())
            n_lead = int((body["paragraph"] == lead.get(doc_id)).sum())
            first = f"{100 * body['position'].min():.0f} %" if len(body) else "none"
            row[story.labels[doc_id]] = f"{n_headline} · {n_lead} · {first}"
        rows.append(row)
    frame = pd.DataFrame(rows)
    return Table(
        frame,
        "Prominence: hits in the headline · in the first paragraph · how far into the copy the first hit stands",
        note="Headlines are counted for themselves and may be a republisher's. First positions are shown for each copy, without interval.",
        align={column: "center" for column in frame.columns[1:]},
        collapsed=len(frame.columns) > 7,
    )


def sentiment_words(story: Story, outlet: str, *, most: int = 30) -> Table:
    """The words that carry the valence of the counted copies of `outlet`, strongest sum first, masked ones aside."""
    parts = story.sentences.set_index(["doc_id", "sentence_id"])["part"]
    hits = story.sentiment_hits.join(parts, on=["doc_id", "sentence_id"])
    hits = hits[(hits["part"] == "body") & ~hits["is_masked"] & hits["doc_id"].isin(story.copies(outlet))]
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


def namings(story: Story) -> Table:
    """What contested things are called: hits outside · inside quotation marks, a column a counted copy, body text."""
    parts = story.sentences.set_index(["doc_id", "sentence_id"])["part"]
    hits = story.namings.join(parts, on=["doc_id", "sentence_id"])
    hits = hits[hits["part"] == "body"]
    counts = hits.groupby(["thing", "surface", "doc_id", "voice"]).size()
    rows = []
    for thing in story.about.contested:
        for name in thing.names:
            row = {"thing": thing.label, "called": name.name}
            for doc_id in story.documents.loc[story.documents["is_counted"], "doc_id"]:
                outside, quoted = (
                    int(counts.get((thing.id, name.name, doc_id, voice), 0))
                    for voice in ("outside", "quoted")
                )
                row[story.labels[doc_id]] = f"{outside} · {quoted}" if outside + quoted else "0"
            rows.append(row)
    frame = pd.DataFrame(
        rows,
        columns=[
            "thing",
            "called",
            *(story.labels[d] for d in story.documents.loc[story.documents["is_counted"], "doc_id"]),
        ],
    )
    return Table(
        frame,
        "What contested things are called: hits outside · inside quotation marks",
        note="A name inside quotation marks is a speaker's. Zero is a count too: the name does not stand in this copy.",
        align={column: "center" for column in frame.columns[2:]},
    )


def warnings(story: Story) -> Table:
    """What a reader should know of the files."""
    frame = story.warnings
    rows = pd.DataFrame(
        {
            "copy": frame["doc_id"].map(story.labels),
            "what": frame["kind"].str.replace("_", " "),
            "times": frame["n"],
            "message": frame["message"],
        }
    )
    return Table(rows, "What was noticed while reading", collapsed=False)
