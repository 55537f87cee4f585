"""What contested things are called in a story of many copies: rates of outlets over episodes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.comparison.estimates import MIN_COPIES_WITH_HITS, MIN_EPISODES, mean_interval
from analysis.comparison.findings import number
from analysis.publishing.archive.counts import columns_of_outlets, in_body, stored, summed
from analysis.publishing.displays import NO_VALUE, Display, Prose, Table
from analysis.story import Story


def namings(story: Story) -> Display:
    """Hits per 1,000 words of body text of each name, the mean over an outlet's episodes with its interval, and hits; a column an outlet."""
    if story.stories:
        return Prose(
            ["Names of contested things are those of one story: the comparison of each story has them."]
        )
    if not story.about.contested:
        return Prose(["story.yml names nothing that is contested in this story."])

    def counted(part: Story) -> pd.DataFrame:
        hits = in_body(part, part.rows("namings"))
        return hits.groupby(["thing", "surface", "doc_id"], sort=False).size().rename("n").reset_index()

    hits = summed(story, counted, ["thing", "surface", "doc_id"])
    heads = columns_of_outlets(story)
    copies = story.documents[
        story.documents["is_counted"] & ~story.documents["doc_id"].isin(story.unmeasured)
    ]
    rows, absent = [], []
    for thing in story.about.contested:
        for name in thing.names:
            own = hits[(hits["thing"] == thing.id) & (hits["surface"] == name.name)].set_index("doc_id")["n"]
            if own.empty:
                absent.append(f"{thing.label}: {name.name}")
                continue
            cells = {
                head: _rate(copies[copies["outlet"] == outlet], own, f"{thing.id}/{name.name}/{outlet}")
                for outlet, head in heads.items()
            }
            rows.append({"called": name.name, "what": thing.label} | cells)
    none = f" In none of these copies: {'; '.join(absent)}." if absent else ""
    return Table(
        pd.DataFrame(rows, columns=["called", "what", *heads.values()]),
        "What contested things are called: hits per 1,000 words, by outlet",
        note="A cell holds the mean rate over the episodes of an outlet, its 95 % interval (episodes resampled), and in square brackets the number of hits, those inside quotation marks among them. "
        f"An interval needs {MIN_EPISODES} episodes, and hits in {MIN_COPIES_WITH_HITS // 2} of them; it is that of the outlet alone: two that do not overlap are no finding.{none} {stored(story, 'namings')}",
        align=dict.fromkeys(heads.values(), "center"),
    )


def _rate(copies: pd.DataFrame, hits: pd.Series, name: str) -> str:
    """The rate of a name in an outlet's `copies`, with its interval, given its hits by doc_id."""
    n = hits.reindex(copies["doc_id"]).fillna(0).to_numpy()
    words = copies["n_words"].to_numpy(dtype=float)
    rates = pd.Series(1_000 * n / np.where(words > 0, words, np.nan), index=copies["episode"].to_numpy())
    by_episode = rates.groupby(level=0, sort=False).mean().dropna().to_numpy()
    if not len(by_episode):
        return NO_VALUE
    shown = f"{number(by_episode.mean(), 2)}"
    if len(by_episode) >= MIN_EPISODES and (by_episode > 0).sum() >= MIN_COPIES_WITH_HITS / 2:
        low, high = mean_interval(by_episode, f"namings/{name}")
        if np.isfinite(low):
            shown += f" ({number(max(0.0, low), 2)} to {number(high, 2)})"
    return f"{shown} [{number(n.sum(), 0)}]"
