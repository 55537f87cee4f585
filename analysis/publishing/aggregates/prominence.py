"""Prominence in a story of many copies: in how many an indicator stands in the headline or first paragraph, and how far in it begins."""

from __future__ import annotations

import pandas as pd

from analysis.comparison.findings import number
from analysis.publishing.aggregates.counts import columns_of_outlets, outlet_of, stored, summed
from analysis.publishing.displays import NO_VALUE, Table
from analysis.story import Story

DOT = "\u00a0·\u00a0"


def prominence(story: Story, dictionary: str) -> Table:
    """For each frame and outlet: share of copies with a hit in the headline · in the first paragraph · where the first one stands, in the mean."""

    def counted(part: Story) -> pd.DataFrame:
        columns = ["doc_id", "sentence_id", "part", "paragraph", "position"]
        places = part.rows("sentences", columns=columns)
        hits = part.rows(
            "frame_hits", columns=["doc_id", "sentence_id", "frame"], where=[("dictionary", "==", dictionary)]
        )
        body = places[places["part"] == "body"]
        lead = body.groupby("doc_id")["paragraph"].min()
        rows = hits.merge(places, on=["doc_id", "sentence_id"])
        rows = rows[rows["doc_id"].isin(outlet_of(part).index)]
        is_body = rows["part"] == "body"
        rows = rows.assign(
            headline=rows["part"] == "headline",
            lead=is_body & (rows["paragraph"] == rows["doc_id"].map(lead)),
            position=rows["position"].where(is_body),
        )
        of_copy = rows.groupby(["frame", "doc_id"], sort=False).agg(
            headline=("headline", "any"), lead=("lead", "any"), first=("position", "min")
        )
        of_copy = of_copy.reset_index().assign(has_body=lambda own: own["first"].notna())
        of_copy["outlet_id"] = of_copy["doc_id"].map(outlet_of(part))
        numbers = ["headline", "lead", "first", "has_body"]
        of_copy[numbers] = of_copy[numbers].astype("float64").fillna(0.0)
        return of_copy.groupby(["frame", "outlet_id"], sort=False)[numbers].sum().reset_index()

    cells = summed(story, counted, ["frame", "outlet_id"]).set_index(["frame", "outlet_id"])
    n_copies = outlet_of(story).value_counts()
    heads = columns_of_outlets(story)
    rows = []
    for frame, label in story.frames.get(dictionary, {}).items():
        row = {"list": label}
        for outlet, head in heads.items():
            if (frame, outlet) not in cells.index:
                row[head] = NO_VALUE
                continue
            own = cells.loc[(frame, outlet)]
            shares = (number(100 * own[name] / n_copies[outlet], 0) for name in ("headline", "lead"))
            first = number(100 * own["first"] / own["has_body"], 0) if own["has_body"] else NO_VALUE
            row[head] = DOT.join((*shares, first))
        rows.append(row)
    return Table(
        pd.DataFrame(rows, columns=["list", *heads.values()]),
        "Prominence: % of copies with a hit in the headline · in the first paragraph · how far in, %, the first hit stands",
        note=f"The last is the mean over the copies with a hit in the body. Headlines may be a republisher's. Without interval. {stored(story, 'frame_hits')}",
        align=dict.fromkeys(heads.values(), "center"),
    )
