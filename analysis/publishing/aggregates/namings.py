"""What contested things are called in a story of many copies: rates of outlets over episodes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.comparison import resampling
from analysis.comparison.differences import LEVEL
from analysis.comparison.estimates import MIN_COPIES_WITH_HITS, MIN_EPISODES
from analysis.comparison.findings import number
from analysis.publishing.aggregates.counts import columns_of_outlets, in_body, stored, summed
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
    is_of_event = copies["doc_id"].isin(story.of_events["doc_id"])
    copies = copies.assign(episode=copies["episode"].where(is_of_event))  # a mean over episodes has no other
    named, absent = [], []
    for thing in story.about.contested:
        for name in thing.names:
            own = hits[(hits["thing"] == thing.id) & (hits["surface"] == name.name)]
            if own.empty:
                absent.append(f"{thing.label}: {name.name}")
            else:
                named.append((name.name, thing.label, own.set_index("doc_id")["n"]))
    rates = [_by_episode(copies[copies["outlet"] == outlet], n) for _, _, n in named for outlet in heads]
    cells = iter(_shown(rates))
    rows = [
        {"called": called, "what": "" if place and named[place - 1][1] == what else what}
        | {head: next(cells) for head in heads.values()}
        for place, (called, what, _) in enumerate(named)
    ]
    none = f" In none of these copies: {'; '.join(absent)}." if absent else ""
    return Table(
        pd.DataFrame(rows, columns=["called", "what", *heads.values()]),
        "What contested things are called: hits per 1,000 words, by outlet",
        note="A cell holds the mean rate over the episodes of an outlet, its 95 % interval (episodes resampled), and in square brackets the number of hits, inside quotation marks and outside. "
        f"An interval needs {MIN_EPISODES} episodes, and hits in {MIN_COPIES_WITH_HITS // 2} of them; it is that of the outlet alone: two that do not overlap are no finding.{none} {stored(story, 'namings')}",
        align=dict.fromkeys(heads.values(), "center"),
    )


def _by_episode(copies: pd.DataFrame, hits: pd.Series) -> tuple[pd.Series, int]:
    """The rate of a name in each episode of an outlet's `copies`, given its hits by doc_id; and all its hits."""
    n = hits.reindex(copies["doc_id"]).fillna(0).to_numpy()
    words = copies["n_words"].to_numpy(dtype=float)
    rates = pd.Series(1_000 * n / np.where(words > 0, words, np.nan), index=copies["episode"].to_numpy())
    return rates.groupby(level=0, sort=False).mean().dropna(), int(n.sum())


def _shown(rates: list[tuple[pd.Series, int]]) -> list[str]:
    """Each mean rate with its interval, where there is one, and its hits; all are resampled together."""
    enough = [
        place
        for place, (own, _) in enumerate(rates)
        if len(own) >= MIN_EPISODES and (own > 0).sum() >= MIN_COPIES_WITH_HITS / 2
    ]
    ends = {}
    if enough:
        table = pd.concat([rates[place][0] for place in enough], axis=1).to_numpy()
        errors, t = resampling.studentised_means(table, resampling.N_INTERVAL, "namings")
        for place, error, own in zip(enough, errors, t.T, strict=True):
            if np.isnan(own).mean() <= 0.01:
                ends[place] = resampling.critical(own, LEVEL) * error
    shown = []
    for place, (own, n) in enumerate(rates):
        cell = number(own.mean(), 2) if len(own) else NO_VALUE
        if place in ends:
            low, high = max(0.0, own.mean() - ends[place]), own.mean() + ends[place]
            cell += f" ({number(low, 2)} to {number(high, 2)})"
        shown.append(f"{cell} [{number(n, 0)}]")
    return shown
