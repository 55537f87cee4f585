"""Facts in a story of many copies: in what share of an outlet's copies each is found, and how often accounts differ."""

from __future__ import annotations

import pandas as pd

from analysis.comparison.accounts import different_accounts
from analysis.comparison.findings import number
from analysis.comparison.shares import Share
from analysis.publishing.aggregates.counts import columns_of_outlets, outlet_of, stored, summed
from analysis.publishing.displays import NO_VALUE, Display, Prose, Table
from analysis.story import Story

NO_FACTS = "Nobody has written down facts of this story: facts.yml is where they go, and parallax suggest-facts proposes some."
OF_ONE_STORY = "Facts are those of one story: the comparison of each story has them."


def shares(story: Story) -> Display:
    """Each fact, a column an outlet: the share of the copies that were asked in which it is found, with its interval."""
    if story.stories or not story.facts:
        return Prose([OF_ONE_STORY if story.stories else NO_FACTS])

    def counted(part: Story) -> pd.DataFrame:
        rows = part.rows("coverage", columns=["doc_id", "fact_id", "is_found"])
        rows = rows.assign(
            outlet_id=rows["doc_id"].map(outlet_of(part)), n=1, hits=rows["is_found"].astype("int64")
        )
        return (
            rows[["fact_id", "outlet_id", "n", "hits"]]
            .groupby(["fact_id", "outlet_id"], sort=False)
            .sum()
            .reset_index()
        )

    cells = summed(story, counted, ["fact_id", "outlet_id"]).set_index(["fact_id", "outlet_id"])
    heads = columns_of_outlets(story)
    rows = [
        {"fact": fact.fact} | {head: _share(cells, (fact.id, outlet)) for outlet, head in heads.items()}
        for fact in story.facts
    ]
    return Table(
        pd.DataFrame(rows, columns=["fact", *heads.values()]),
        "Facts: in what share of an outlet's copies each is found",
        note="In brackets the 95 % interval of the share (Wilson), and the copies in which the fact is found of those that were asked for it. Not found says that no cue of the fact holds in a copy, and nothing of why. "
        f"{stored(story, 'coverage')}",
        align=dict.fromkeys(heads.values(), "center"),
    )


def _share(cells: pd.DataFrame, key: tuple[str, str]) -> str:
    if key not in cells.index:
        return NO_VALUE
    share = Share(int(cells.loc[key, "hits"]), int(cells.loc[key, "n"]))
    low, high = (number(100 * end, 0) for end in share.interval)
    return f"{number(100 * share.value, 0)}\u00a0% ({low} to {high}; {number(share.hits, 0)} of {number(share.n, 0)})"


def differing(story: Story) -> Display:
    """In how many episodes two copies give a fact different values."""
    if story.stories or not story.facts:
        return Prose(
            [OF_ONE_STORY if story.stories else "Without facts there are no accounts of them to compare."]
        )
    episode = story.of_events.set_index("doc_id")["episode"]
    asked: dict[str, int] = {}
    found: dict[str, int] = {}
    for part in story.partitions():
        rows = part.rows("coverage")
        rows = rows.assign(episode=rows["doc_id"].map(episode))
        for _, own in rows[rows["episode"].notna()].groupby("episode", sort=False):
            copies = own["doc_id"].unique()
            for fact in own["fact_id"].unique():
                asked[fact] = asked.get(fact, 0) + 1
            for fact in different_accounts(own, copies):
                found[fact] = found.get(fact, 0) + 1
    rows = [
        {"fact": fact.fact, "episodes with different values": found[fact.id], "of episodes": asked[fact.id]}
        for fact in story.facts
        if fact.id in found
    ]
    if not rows:
        return Prose(["No fact has different values in two copies of an episode."])
    return Table(
        pd.DataFrame(rows),
        "Same fact, different account: in how many episodes",
        note=f"Whose account is right is not told here. {stored(story, 'coverage')}",
    )
