"""Who reported what: facts by copies with their values, and those of which accounts differ."""

from __future__ import annotations

import pandas as pd

from analysis.comparison.accounts import different_accounts, search_quality
from analysis.comparison.shares import Share
from analysis.corpus.manifest import read_manifest
from analysis.facts_yml import read_coded
from analysis.publishing.aggregates import facts as facts_of_outlets
from analysis.publishing.aggregates.facts import NO_FACTS
from analysis.publishing.displays import Display, Note, Prose, Stack, Table
from analysis.publishing.passages import passages
from analysis.story import Story
from analysis.tables import SEVERAL

NOT_FOUND = {
    "available": "not found; filed later",
    "not yet": "filed before",
    "unknown": "not found",
}
WRITTEN = {  # when the cues were written, and what that means
    "after_reading": "The cues were written with these copies at hand: on others they will miss more.",
    "before_reading": "The cues were written before these copies were read.",
    "from_earlier_corpus": "The cues were written from other copies than these.",
}
SEE_ABOVE = "Without facts there are no accounts of them to compare."


def episodes_of(story: Story) -> list[tuple[str, list[str]]]:
    """Label of each episode that has facts and counted copies, with these copies in filing order."""
    counted = story.documents[story.documents["is_counted"]]
    asked = set(story.coverage["doc_id"])
    found = []
    for episode, own in counted.groupby("episode", sort=False):
        copies = [doc_id for doc_id in story.in_filing_order(own["doc_id"].tolist()) if doc_id in asked]
        if copies:
            found.append((story.episodes.get(episode, episode), copies))
    return found


def coverage(story: Story) -> Display | None:
    """Each fact in each copy: value, certainty, voice, who is said to say it, and where; a table an episode, folded.

    None where nobody wrote down facts: the figure above says so.
    """
    if story.is_many or story.coverage.empty:
        return None
    rows = story.coverage.set_index(["fact_id", "doc_id"])
    tables = []
    for label, copies in episodes_of(story):
        asked = [fact for fact in story.facts if (fact.id, copies[0]) in rows.index]
        records = [
            {"fact": fact.fact}
            | {story.short_labels[doc_id]: _cell(story, rows.loc[(fact.id, doc_id)]) for doc_id in copies}
            for fact in asked
        ]
        tables.append(
            Table(
                pd.DataFrame(records),
                f"Facts by copies, in filing order: {label}",
                note="Not found says that no cue of the fact holds in this copy, and nothing of why; filed later, or before: than when it could be known at the earliest, where both hours are known.",
                collapsed=True,
            )
        )
    return Stack(tables)


def _cell(story: Story, row: pd.Series) -> str:
    if not row["is_found"]:
        return NOT_FOUND[row["availability"]]
    said = [row["value"]] if row["value"] else []
    said += ["hedged"] if row["certainty"] == "hedged" else []
    said += ["quoted"] if row["voice"] == "quoted" else []
    said += [f"says {called(story, row['attributed_to'])}"] if row["attributed_to"] else []
    return ", ".join(["found", *said])


def called(story: Story, source: str) -> str:
    """How who says a fact is called."""
    return " and ".join(story.actors.get(one, one) for one in source.split(SEVERAL))


def disagreements(story: Story) -> Display:
    """Same fact, different account: a row a fact whose values differ between copies of an episode, with the passages."""
    if story.is_many:
        return facts_of_outlets.differing(story)
    if story.coverage.empty:
        return Prose([SEE_ABOVE])
    shown: list[Display] = []
    facts = {fact.id: fact for fact in story.facts}
    rows = story.coverage.set_index(["fact_id", "doc_id"])
    for label, copies in episodes_of(story):
        records, ids = [], different_accounts(story.coverage, copies)
        for id in (id for id in ids if id in facts):
            cells = {}
            for doc_id in copies:
                row = rows.loc[(id, doc_id)]
                told = row["value"] or "found, no value told"
                by = f" (says {called(story, row['attributed_to'])})" if row["attributed_to"] else ""
                hedged = ", hedged" if row["certainty"] == "hedged" else ""
                cells[story.short_labels[doc_id]] = f"{told}{hedged}{by}" if row["is_found"] else None
            records.append({"fact": facts[id].fact} | cells)
        if records:
            title = f"Same fact, different account: {label}"
            note = "A dash: not found in this copy. Copies filed at different hours could not know the same; whose account is right is not told here."
            shown.append(Table(pd.DataFrame(records), title, note=note))
            shown.append(fact_passages(story, ids, copies, title="The sentences behind different accounts"))
    return Stack(shown) if shown else Prose(["No fact has different values in two copies of an episode."])


def found_facts(story: Story, outlet: str) -> Display:
    """The sentences in which the facts stand, in the counted copies of `outlet`."""
    copies = story.copies(outlet)
    facts = [fact.id for fact in story.facts]
    if story.coverage.empty:
        return Prose([NO_FACTS])
    return fact_passages(story, facts, copies, title="The sentences in which these facts stand")


def fact_passages(story: Story, facts: list[str], doc_ids: list[str], *, title: str) -> Display:
    """The sentences in which `facts` stand in the documents, each with the facts beside its place."""
    own = story.coverage[
        story.coverage["is_found"]
        & story.coverage["fact_id"].isin(facts)
        & story.coverage["doc_id"].isin(doc_ids)
        & story.coverage["fact_id"].isin([fact.id for fact in story.facts])
    ]
    hits = own[["doc_id", "sentence_id", "start", "end", "voice", "fact_id", "value"]]
    hits = hits.astype(dict.fromkeys(("sentence_id", "start", "end"), "int64"))
    names = {fact.id: fact.fact for fact in story.facts}
    notes: dict[tuple[str, int], str] = {}
    for row in hits.itertuples():
        told = f"{names[row.fact_id]}{f': {row.value}' if row.value else ''}"
        before = notes.get((row.doc_id, row.sentence_id))
        notes[row.doc_id, row.sentence_id] = f"{before}; {told}" if before else told
    return passages(story, hits, title=title, notes=notes, most=200)


def quality(story: Story) -> Note | None:
    """How many facts the search finds and how many of these are right, where a person coded the copies; else that nobody did."""
    if not story.facts or (not story.is_many and story.coverage.empty):
        return None
    about = "A fact is found by cues that people wrote down: words, names and numbers that stand together. "
    manifest = story.folder / "documents.csv"  # of whose copies some outlets' may be shown
    all_copies = read_manifest(manifest)["doc_id"] if manifest.is_file() else story.documents["doc_id"]
    coded = read_coded(story.folder / "coded_facts.csv", story.facts, all_copies)
    if coded is None:
        return Note(
            about
            + "How many are missed in this story is not known until a person has coded its copies (coded_facts.csv): "
            "read “not found” as “not found by these cues”."
        )
    coded = coded[coded["doc_id"].isin(story.documents["doc_id"])]
    where = [("doc_id", "in", coded["doc_id"].unique().tolist())] if story.is_many else []
    found = search_quality(story.rows("coverage", where=where), coded)
    return Note(
        about
        + f"Of what a person found by reading these copies the search has {_told(found.recall)}; of what the search has the person found {_told(found.precision)}; "
        f"the same value where the person noted one: {_told(found.values)}. {WRITTEN.get(story.facts_written, '')}"
    )


def _told(share: Share) -> str:
    low, high = share.interval
    return f"{share.hits} of {share.n} (95 % interval {100 * low:.0f} to {100 * high:.0f} %)"
