"""Accounts: where copies that have the same fact give it different values, and how well facts are found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from analysis.comparison.shares import Share
from analysis.tables import SEVERAL


@dataclass(frozen=True)
class Quality:
    """How well the search agrees with a person: `recall` of what the person found, `precision` of what the search found.

    `values` are those of facts found by both whose value is the same, of those where the person noted one.
    """

    recall: Share
    precision: Share
    values: Share


def search_quality(coverage: pd.DataFrame, coded: pd.DataFrame) -> Quality:
    """Compare table `coverage` with what a person found in the same copies (columns fact_id, doc_id, value)."""
    by_hand = coded.set_index(["fact_id", "doc_id"])["value"]
    asked = coverage.set_index(["fact_id", "doc_id"])
    found = asked[asked["is_found"]]["value"]
    both = found.index.intersection(by_hand.index)
    noted = [place for place in both if by_hand[place]]
    same = sum(found[place] == by_hand[place] for place in noted)
    return Quality(
        recall=Share(len(both), len(by_hand.index.intersection(asked.index))),
        precision=Share(len(both), len(found)),
        values=Share(same, len(noted)),
    )


def different_accounts(coverage: pd.DataFrame, doc_ids: Sequence[str]) -> list[str]:
    """The facts to which two of the documents give values that have none in common, in the order of the table."""
    rows = coverage[coverage["is_found"] & coverage["doc_id"].isin(doc_ids) & (coverage["value"] != "")]
    return [
        fact
        for fact, own in rows.groupby("fact_id", sort=False)["value"]
        if any(a.isdisjoint(b) for a, b in combinations([set(value.split(SEVERAL)) for value in own], 2))
    ]
