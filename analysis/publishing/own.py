"""A person's own dictionaries in the report of an outlet: rates, words, passages, and what the file says and cannot say of itself."""

from __future__ import annotations

from analysis.publishing import figures, tables, texts
from analysis.publishing.displays import Display, Stack
from analysis.publishing.figures.indicators import KINDS
from analysis.publishing.passages import passages
from analysis.story import Story


def own_dictionaries(story: Story, outlet: str) -> Stack | None:
    """Everything the report shows of generic frames, for each dictionary that is neither bundled nor of story.yml; None where there is none."""
    shown: list[Display] = []
    near = story.closely(outlet)
    hits = near.frame_hits[near.frame_hits["doc_id"].isin(near.copies(outlet))]
    for id in (id for id in story.frames if id not in KINDS):
        shown += [
            figures.indicator_heatmap(story, id, outlet=outlet),
            tables.indicator_words(story, outlet, id),
            passages(near, hits[hits["dictionary"] == id], title=f"Words of {id} in their sentences"),
            texts.dictionary_sheet(story, id),
        ]
    return Stack(shown) if shown else None
