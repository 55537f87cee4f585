"""Who has the word in a story of many copies: sources, types of sources and reporting words, a column an outlet."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from analysis.comparison.findings import number
from analysis.measures import sources
from analysis.publishing.absences import NOT_TAKEN
from analysis.publishing.aggregates.counts import columns_of_outlets, outlet_of, stored, summed
from analysis.publishing.displays import NO_VALUE, Note, Stack, Table
from analysis.story import Story
from analysis.tables import CUE_CLASSES, SOURCE_TYPES

MOST = 25  # sources
DOT = "\u00a0·\u00a0"
NUMBERS = ("n_attributions", "n_turns", "n_words", "n_words_quoted")
COUNTED = "These are counts of all copies of an outlet together, without an interval: what is judged are the shares above, over episodes."


def turns(part: Story) -> pd.DataFrame:
    """What somebody is reported to have said in the counted copies of a partition, with `outlet_id`."""
    found = sources.turns(part.rows("quotations"), part.rows("quotation_parts"), part.rows("sentences"))
    found = found.assign(outlet_id=found["doc_id"].map(outlet_of(part)))
    return found[found["outlet_id"].notna()]


def _spoken(story: Story, by: str) -> pd.DataFrame:
    """Words and turns of each value of column `by` of `turns`, a row an outlet and value; `n_copies` that have it."""

    def counted(part: Story) -> pd.DataFrame:
        own = turns(part)
        spoken = sources.spoken(own, by)
        spoken = spoken.assign(outlet_id=spoken["doc_id"].map(outlet_of(part)), n_copies=1)
        return (
            spoken[["outlet_id", by, *NUMBERS, "n_copies"]]
            .groupby(["outlet_id", by], sort=False)
            .sum()
            .reset_index()
        )

    return summed(story, counted, ["outlet_id", by])


def _with_sources(
    display: Callable[[Story], Table | Stack | Note],
) -> Callable[[Story], Table | Stack | Note]:
    return lambda story: display(story) if story.has_sources else Note(NOT_TAKEN, "reason")


@_with_sources
def speakers(story: Story) -> Table:
    """The sources with most words, a column an outlet: the share of its reported words, inside quotation marks · paraphrased."""
    spoken = _spoken(story, "source")
    heads = columns_of_outlets(story)
    totals = spoken.groupby("outlet_id")["n_words"].sum()
    told = spoken[spoken["source"] != ""]
    n_words = told.groupby("source", sort=False)["n_words"].sum().sort_values(ascending=False, kind="stable")
    cells = told.set_index(["source", "outlet_id"])
    rows = [
        {"source": story.called(source)}
        | {name: _share(cells, totals, (source, outlet)) for outlet, name in heads.items()}
        for source in n_words.index[:MOST]
    ]
    more = len(n_words) - len(rows)
    return Table(
        pd.DataFrame(rows, columns=["source", *heads.values()]),
        "Who has the word: share of an outlet's reported words, inside quotation marks · paraphrased (copies)",
        note="A cell holds how many per cent of all words that an outlet's copies report are this source's, inside quotation marks · paraphrased, in brackets the number of copies with it. "
        f"{COUNTED} {f'{number(more, 0)} more sources are not shown. ' if more > 0 else ''}{stored(story, 'quotations')}",
        align=dict.fromkeys(heads.values(), "center"),
    )


def _share(cells: pd.DataFrame, totals: pd.Series, key: tuple[str, str]) -> str:
    if key not in cells.index:
        return NO_VALUE
    own, total = cells.loc[key], totals[key[1]]
    quoted, rest = own["n_words_quoted"], own["n_words"] - own["n_words_quoted"]
    return f"{number(100 * quoted / total, 1)}{DOT}{number(100 * rest / total, 1)}  ({number(own['n_copies'], 0)})"


@_with_sources
def source_types(story: Story) -> Table:
    """Types of sources, a column an outlet: share of its reported words, inside quotation marks · paraphrased, and copies."""
    spoken = _spoken(story, "source_type")
    heads = columns_of_outlets(story)
    totals = spoken.groupby("outlet_id")["n_words"].sum()
    cells = spoken.set_index(["source_type", "outlet_id"])
    rows = [
        {"type of source": kind or "not told"}
        | {name: _share(cells, totals, (kind, outlet)) for outlet, name in heads.items()}
        for kind in (*SOURCE_TYPES, "")
    ]
    return Table(
        pd.DataFrame(rows, columns=["type of source", *heads.values()]),
        "Types of sources: share of an outlet's reported words, inside quotation marks · paraphrased (copies)",
        note=f"Official: speaks for a state or one of its bodies, state media among them. {COUNTED} {stored(story, 'quotations')}",
        align=dict.fromkeys(heads.values(), "center"),
    )


@_with_sources
def cue_classes(story: Story) -> Table:
    """The share of each class of reporting words, with counts, a column an outlet."""

    def counted(part: Story) -> pd.DataFrame:
        own = turns(part)
        own = own[own["cue"] != ""]
        return own.groupby(["cue_class", "outlet_id"], sort=False).size().rename("n").reset_index()

    counts = summed(story, counted, ["cue_class", "outlet_id"])
    table = counts.pivot_table(
        index="cue_class", columns="outlet_id", values="n", aggfunc="sum", fill_value=0
    )
    heads = columns_of_outlets(story)
    rows = [
        {"class": label}
        | {
            name: f"{number(100 * table.loc[kind, outlet] / table[outlet].sum(), 0)}\u00a0%  ({number(table.loc[kind, outlet], 0)})"
            if outlet in table.columns
            else NO_VALUE
            for outlet, name in heads.items()
        }
        for kind, label in {**CUE_CLASSES, "unlisted": "Of no class"}.items()
        if kind in table.index
    ]
    return Table(
        pd.DataFrame(rows, columns=["class", *heads.values()]),
        "Classes of reporting words: share of an outlet's cues (number)",
        note=COUNTED,
        align=dict.fromkeys(heads.values(), "right"),
    )
