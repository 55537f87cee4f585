"""The copies of a story of many: how many there are by outlet and month, what their files held, what was noticed."""

from __future__ import annotations

import pandas as pd

from analysis.comparison.findings import number
from analysis.publishing.aggregates.counts import columns_of_outlets, stored, summed
from analysis.publishing.displays import NO_VALUE, Note, Table
from analysis.story import Story

MOST_MONTHS = 36  # beyond which years are the rows
UNDATED = "time unknown"
OPEN = 14  # rows that stand open
MOST_KINDS = 40  # rows of rules or warnings


def by_month(story: Story) -> Table:
    """Number of counted copies by month (of many months by year), a column an outlet; and of how many the hour is known."""
    rows = story.documents[story.documents["is_counted"]]
    when = rows["published_at"].str.slice(0, 7)
    period, what = when, "month"
    if when.nunique() > MOST_MONTHS:
        period, what = when.str.slice(0, 4), "year"
    period = period.where(period != "", UNDATED)
    counts = pd.crosstab(period, rows["outlet"]).sort_index()
    heads = columns_of_outlets(story)
    frame = counts.reindex(columns=list(heads)).rename(columns=heads)
    frame.insert(0, what, counts.index)
    n_exact = int((rows["published_precision"] == "minute").sum())
    return Table(
        frame.reset_index(drop=True),
        f"Number of copies by {what} of publication",
        note=f"The hour is known of {number(n_exact, 0)} of {number(len(rows), 0)} counted copies. {_compared(story)} A copy filed later can hold what was not "
        f"known earlier. {stored(story, 'documents')}",
        collapsed=len(frame) > OPEN,
    )


def _compared(story: Story) -> str:
    chosen = int((story.pairs["rule"] != "").sum())
    several = (
        f"for {number(chosen, 0)} of them a version had to be chosen"
        if chosen
        else "each outlet has one version of an episode"
    )
    entered = len({*story.pairs["doc_id_a"], *story.pairs["doc_id_b"]})
    counted = number(int(story.documents["is_counted"].sum()), 0)
    return (
        f"Within episodes {number(len(story.pairs), 0)} pairs of copies are compared; {several}. "
        f"So {number(entered, 0)} of {counted} counted copies enter differences; figures of an outlet rest on all of its copies."
    )


def by_outlet(story: Story) -> Table:
    """The copies of each outlet: how many, over how many episodes, how long they are, who printed them."""
    rows = story.documents
    counted = rows[rows["is_counted"]]
    n_episodes = story.of_events.groupby("outlet")["episode"].nunique()
    table = []
    for outlet, name in story.outlets.items():
        own, all_own = counted[counted["outlet"] == outlet], rows[rows["outlet"] == outlet]
        words = own["n_words"]
        table.append(
            {
                "outlet": name,
                "copies": len(all_own),
                "counted": len(own),
                "episodes": int(n_episodes.get(outlet, 0)),
                "words, in all": words.sum(),
                "median": words.median() if len(own) else None,
                "middle eight of ten": f"{number(words.quantile(0.1), 0)} to {number(words.quantile(0.9), 0)}"
                if len(own)
                else NO_VALUE,
                "lines set aside": all_own["n_lines_dropped"].sum(),
                "republished": int((all_own["via"] != "").sum()),
            }
        )
    return Table(
        pd.DataFrame(table),
        "The copies, by outlet; counts are of the body",
        note=stored(story, "documents"),
        formats={"words, in all": ",d", "median": ",.0f", "lines set aside": ",d"},
        align={"middle eight of ten": "right"},
    )


def versions_chosen(story: Story) -> Note:
    """How many comparisons had to choose a version of an outlet."""
    return Note(_compared(story))


def lines(story: Story, what: str) -> Table:
    """Lines of the files by the rule that decided, a column an outlet."""
    outlet = story.documents.set_index("doc_id")["outlet"]

    def counted(part: Story) -> pd.DataFrame:
        own = part.rows("lines", columns=["doc_id", "role", "rule", "kept"])
        own = own.assign(rule=own["rule"].replace("", "body text"), outlet=own["doc_id"].map(outlet))
        return (
            own.groupby(["kept", "role", "rule", "outlet"], sort=False).size().rename("lines").reset_index()
        )

    counts = summed(story, counted, ["kept", "role", "rule", "outlet"])
    per = counts.pivot_table(
        index=["kept", "role", "rule"], columns="outlet", values="lines", aggfunc="sum", fill_value=0
    )
    per = per.reindex(columns=[one for one in story.outlets if one in per.columns])
    per.insert(0, "lines", per.sum(axis=1))
    per = (
        per.rename(columns=story.outlets)
        .reset_index()
        .sort_values(["kept", "lines"], ascending=False, kind="stable")
    )
    per["kept"] = per["kept"].map({True: "kept", False: "set aside"})
    per["role"] = per["role"].str.replace("_", " ")
    more = f" The {MOST_KINDS} with most lines of {len(per)}." if len(per) > MOST_KINDS else ""
    return Table(
        per.head(MOST_KINDS).rename(columns={"kept": "in the measured text"}),
        what,
        note=f"{stored(story, 'lines')}{more}",
        formats=dict.fromkeys(("lines", *story.outlets.values()), ",d"),
    )


def noticed(story: Story) -> Table:
    """What was noticed while reading, by kind: of how many copies, with one of them as an example; what was not taken, by reason."""
    rows = story.rows("warnings")
    kinds = [
        {
            "what": kind.replace("_", " "),
            "copies": own["doc_id"].nunique(),
            "times": int(own["n"].sum()),
            "for example": f"{own['doc_id'].iloc[0]}: {own['message'].iloc[0]}",
        }
        for kind, own in rows.groupby("kind", sort=False)
    ]
    refused = [
        {
            "what": f"not taken: {reason}",
            "copies": len(own),
            "times": len(own),
            "for example": own["file"].iloc[0],
        }
        for reason, own in story.rows("rejected").groupby("reason", sort=False)
    ]
    frame = pd.DataFrame([*refused, *kinds], columns=["what", "copies", "times", "for example"])
    frame = frame.sort_values("copies", ascending=False, kind="stable").head(MOST_KINDS)
    return Table(
        frame, "What is to be known of the files, by kind", note=stored(story, "warnings", "rejected")
    )
