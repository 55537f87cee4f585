"""At a glance: the copies of a story on one measure of each question, small multiples of one shape."""

from __future__ import annotations

from analysis.publishing.displays import Figure, Note
from analysis.publishing.figures.estimates import estimates
from analysis.publishing.figures.outlets import rows_of_outlets, shows_outlets
from analysis.story import Story

MEASURES = (
    "quoted_share",
    "attributed_share",
    "official_share",
    ("sentiment_outside", "outside"),
    ("sentiment_quoted", "quoted"),
    "words_per_sentence",
)
ACROSS = 3
MOST = 24  # copies that can be taken in at a glance


def at_a_glance(story: Story) -> Figure | Note:
    """Counted copies (outlets, where findings speak of them) by six measures, each with its interval."""
    n = len(story.copies())
    if n > MOST and not shows_outlets(story):
        return Note(f"{n} copies are too many for a glance; the reports show them all.", "reason")
    if shows_outlets(story) and rows_of_outlets(story).empty:
        return Note(
            "Of no copy it is known which outlet wrote it: there is nothing to lay side by side.", "reason"
        )
    return estimates(
        story,
        MEASURES,
        across=ACROSS,
        title="How do the copies compare, at a glance?",
        caption="Each panel has a scale of its own. Colours stand for outlets, the same on every page.",
    )
