"""Who has the word: bars a source, words inside quotation marks and paraphrased; and actors as subjects."""

from __future__ import annotations

import matplotlib.figure as mpl
import pandas as pd

from analysis.comparison.estimates import MIN_OF
from analysis.comparison.findings import number
from analysis.measures import sources
from analysis.publishing.absences import NOT_TAKEN
from analysis.publishing.csv_tables import in_csv
from analysis.publishing.displays import Display, Figure, Note, Stack
from analysis.publishing.figures.estimates import estimates
from analysis.publishing.figures.layout import WIDTH, source, without_figures
from analysis.publishing.svg import palette, style, themed_svg
from analysis.story import Story

MOST = 14  # bars; further sources are summed up in the last one
MOST_ACTORS = 3  # panels side by side


def speakers(story: Story, outlet: str) -> Stack:
    """Each counted copy of `outlet`, a bar a source: its words inside quotation marks and, next to them, those paraphrased."""
    if not story.has_sources:
        return Stack([Note(NOT_TAKEN, "reason")])
    turns = sources.turns(story.quotations, story.quotation_parts, story.sentences)
    spoken = sources.spoken(turns, "source")
    return Stack(
        [
            without_figures(story, doc_id) or _copy(story, doc_id, spoken[spoken["doc_id"] == doc_id])
            for doc_id in story.copies(outlet)
        ]
    )


def _copy(story: Story, doc_id: str, spoken: pd.DataFrame) -> Display:
    label = story.labels[doc_id]
    if spoken.empty:
        return Note(f"{label}: nobody was found to have the word.", "reason")
    rows = _bars(story, spoken)
    with style():
        fig = mpl.Figure(figsize=(WIDTH, 0.32 * len(rows) + 0.95), layout="constrained")
        axis = fig.subplots()
        y = list(range(len(rows)))
        axis.barh(y, rows["quoted"], height=0.62, color=palette["quoted"])
        axis.barh(y, rows["paraphrased"], left=rows["quoted"], height=0.62, color=palette["outside"])
        room = 0.008 * float((rows["quoted"] + rows["paraphrased"]).max())
        for place, row in enumerate(rows.itertuples()):
            shown = f"{row.quoted} + {row.paraphrased}"
            turns = f"  ·  {row.turns} {'turn' if row.turns == 1 else 'turns'}"
            at = row.quoted + row.paraphrased + room
            axis.text(at, place, shown + turns, va="center", size=9, color=palette["muted"])
        axis.set_yticks(y, rows["name"])
        axis.set_ylim(len(rows) - 0.4, -1.25)
        axis.set_xlabel("words")
        axis.margins(x=0.16)
        axis.set_xlim(left=0)
        axis.grid(axis="x")
        axis.spines["left"].set_visible(False)
        for x, key, words in ((0, "quoted", "inside quotation marks"), (0.24, "outside", "paraphrased")):
            axis.text(x, -0.85, f"▍{words}", size=9, color=palette[key], transform=axis.get_yaxis_transform())
        svg = themed_svg(fig)
    quoted, paraphrased = int(rows["quoted"].sum()), int(rows["paraphrased"].sum())
    title = f"{label}: who has the word?"
    return Figure(
        svg,
        alt=f"{title} Words inside quotation marks and paraphrased: "
        + "; ".join(f"{row.name} {row.quoted} and {row.paraphrased}" for row in rows.itertuples(index=False))
        + ".",
        title=title,
        caption=(
            "A bar is one source: its words inside quotation marks, then those the copy reports without them; the numbers are words and turns (a turn goes on "
            f"until another source has the word). {number(quoted, 0)} words inside quotation marks and {number(paraphrased, 0)} paraphrased ones in all. A word counts "
            "once, for the innermost speaker. Paraphrase that was not found is missing here."
        ),
        source=source(story, copies=[doc_id]),
        numbers=in_csv(story, "quotations", "quotation_parts"),
    )


def _bars(story: Story, spoken: pd.DataFrame) -> pd.DataFrame:
    """Rows name, quoted, paraphrased, turns: most words first, what is left in one row, nobody named last."""
    rows = pd.DataFrame(
        {
            "name": [_short(story.called(one)) for one in spoken["source"]],
            "quoted": spoken["n_words_quoted"].to_numpy(),
            "paraphrased": (spoken["n_words"] - spoken["n_words_quoted"]).to_numpy(),
            "turns": spoken["n_turns"].to_numpy(),
            "is_told": (spoken["source"] != "").to_numpy(),
        }
    )
    total = rows["quoted"] + rows["paraphrased"]
    told = rows[rows["is_told"]].loc[total[rows["is_told"]].sort_values(ascending=False, kind="stable").index]
    parts = [told.head(MOST)]
    if len(rest := told.iloc[MOST:]):
        sums = rest[["quoted", "paraphrased", "turns"]].sum()
        parts.append(
            pd.DataFrame([{"name": f"{len(rest)} more source{'s' if len(rest) > 1 else ''}", **sums}])
        )
    parts.append(rows[~rows["is_told"]])
    return pd.concat(parts, ignore_index=True)


def _short(name: str) -> str:
    return name if len(name) <= 40 else name[:39].rstrip() + "…"


def subject_shares(story: Story, outlet: str) -> Figure | Note:
    """How often each of the actors that stand most often as subject or object is the subject, all copies, those of `outlet` marked."""
    if not story.has_sources:
        return Note(NOT_TAKEN, "reason")
    acting = [("role", "in", ("agent", "patient"))]
    parts = [part.rows("mentions", columns=["doc_id", "actor"], where=acting) for part in story.partitions()]
    counts = pd.concat([own.groupby(["actor", "doc_id"]).size() for own in parts])
    counts = counts[counts.index.isin(story.copies(), level="doc_id")]
    often, total = counts.groupby("actor").max(), counts.groupby("actor").sum()
    chosen = total[often >= MIN_OF].sort_values(ascending=False, kind="stable").head(MOST_ACTORS)
    if chosen.empty:
        why = f"no actor stands {MIN_OF} times as subject or object in one copy"
        return Note(f"Shares as subject are not shown: {why}.", "reason")
    return estimates(
        story,
        [f"subject_share_{actor}" for actor in chosen.index],
        outlet=outlet,
        title="How often is an actor the subject?",
        caption=f"Of the places where an actor is subject or object, the share in which it is the subject. Shown are the {len(chosen)} actors with most such places; "
        f"below {MIN_OF} of them a copy has no interval. Grammar, not power.",
    )
