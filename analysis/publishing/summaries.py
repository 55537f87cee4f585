"""In short: what the copies show, in sentences, each with its scope and the way to what on the page is behind it."""

from __future__ import annotations

from collections import defaultdict

from analysis.comparison.accounts import different_accounts
from analysis.comparison.findings import of_outlets
from analysis.measures import sources
from analysis.publishing import texts
from analysis.publishing.displays import Finding, Findings
from analysis.publishing.tables.coverage import episodes_of
from analysis.publishing.utterances import shared_parts
from analysis.story import Story

MOST_ACCOUNTS = 8  # facts with different values that are told in sentences
COPIES = "these copies"
NO_PASSAGES = "places"  # how passages are called where the texts are not here


def in_short(story: Story) -> Findings:
    """Facts that copies share and tell differently, who is quoted most, utterances in several copies, and what is clear of the measures.

    Of many copies what is clear alone.
    """
    passages = "passages" if story.has_text else NO_PASSAGES
    rows = [] if story.is_many else [*_facts(story, passages), *_quoted(story), *_utterances(story, passages)]
    scope = "outlets, over the episodes both cover" if of_outlets(story.differences) else COPIES
    links = (("what was judged", "#what-is-clear"),)
    told = [one for one in texts.summary(story) if one != texts.ELSEWHERE]
    rows += [Finding(sentence, scope, links) for sentence in told]
    return Findings(rows)


def _facts(story: Story, passages: str) -> list[Finding]:
    facts = {fact.id: fact.fact for fact in story.facts}
    rows: list[Finding] = []
    links = (("figure", "#who-reported-what"), (passages, "#same-fact-different-account"))
    several = len(story.episodes) > 1
    outlet_of = story.documents.set_index("doc_id")["outlet"]
    for label, copies in episodes_of(story):
        if len(copies) < 2:
            continue
        own = story.coverage[story.coverage["doc_id"].isin(copies) & story.coverage["fact_id"].isin(facts)]
        n_found = own.groupby("fact_id")["is_found"].sum()
        outlets = (
            own[own["is_found"]].assign(outlet=own["doc_id"].map(outlet_of)).groupby("fact_id")["outlet"]
        )
        everywhere, alone = int((n_found == len(copies)).sum()), int((outlets.nunique() == 1).sum())
        about = f"{label}: of" if several else "Of"
        rows.append(
            Finding(
                f"{about} {len(n_found)} facts that were looked for, {everywhere} {'is' if everywhere == 1 else 'are'} found in each of the {len(copies)} copies "
                f"and {alone} in those of one outlet alone.",
                COPIES,
                (("figure and table", "#who-reported-what"),),
            )
        )
        differing = different_accounts(own, copies)
        for id in differing[:MOST_ACCOUNTS]:
            told = defaultdict(list)
            cells = own[(own["fact_id"] == id) & own["is_found"] & (own["value"] != "")]
            values = cells.set_index("doc_id")["value"]
            for doc_id in copies:
                if doc_id in values.index:
                    told[values[doc_id]].append(story.short_labels[doc_id])
            given = "; ".join(f"{value} ({' · '.join(who)})" for value, who in told.items())
            within = "" if outlet_of[list(values.index)].nunique() > 1 else " (versions of one outlet)"
            rows.append(Finding(f"{facts[id]}{within}: {given}.", COPIES, links))
        if len(differing) > MOST_ACCOUNTS:
            rows.append(
                Finding(f"{len(differing) - MOST_ACCOUNTS} more facts have different values.", COPIES, links)
            )
    return rows


def _quoted(story: Story) -> list[Finding]:
    """Who has most words inside quotation marks, with the copies in which that is so."""
    if not story.has_sources:
        return []
    turns = sources.turns(story.quotations, story.quotation_parts, story.sentences)
    spoken = sources.spoken(turns[turns["doc_id"].isin(story.copies())], "source")
    spoken = spoken[(spoken["source"] != "") & (spoken["n_words_quoted"] > 0)]
    if spoken.empty:
        return []
    links = (("table", "#who-is-quoted"),)
    most = spoken.groupby("doc_id")["n_words_quoted"].transform("max") == spoken["n_words_quoted"]
    documents = story.documents.set_index("doc_id")
    rows = []
    for episode, own in spoken[most].groupby(spoken["doc_id"].map(documents["episode"]), sort=False):
        where = defaultdict(list)
        for row in own.itertuples():
            where[story.called(row.source)].append(f"{story.short_labels[row.doc_id]} ({row.n_words_quoted})")
        told = "; ".join(f"{name} in {' · '.join(copies)}" for name, copies in where.items())
        of = f"{story.episodes.get(episode, episode)}: most" if len(story.episodes) > 1 else "Most"
        rows.append(Finding(f"{of} words inside quotation marks are given to {told}.", COPIES, links))
    return rows


def _utterances(story: Story, passages: str) -> list[Finding]:
    parts = shared_parts(story)
    outlets = parts["doc_id"].map(story.documents.set_index("doc_id")["outlet"])
    n = int((outlets.groupby(parts["group_id"]).nunique() > 1).sum())
    if not n:
        return []
    return [
        Finding(
            f"{n} {'utterance is' if n == 1 else 'utterances are'} quoted by two outlets or more; where the speech was in another language, different words may be translation.",
            COPIES,
            ((passages, "#the-same-utterance"),),
        )
    ]
