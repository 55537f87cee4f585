"""A panel: the measures it can show, the values and reasons written into it, and its frame."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill

from matplotlib.axes import Axes

from analysis.measures.catalogue import Measure, catalogue, find
from analysis.publishing.figures.layout import characters
from analysis.publishing.svg import palette
from analysis.story import Story

Names = Sequence[str | tuple[str, str]]


def entries(story: Story, names: Names) -> list[Measure]:
    """The catalogue's entries for `names`; a bare name stands for its first voice (all, else its only one).

    Of a story measured without sources those that need them are left out. Raises `UnknownMeasure`.
    """
    found = []
    for name in names:
        if not story.has_sources and is_of_sources(name if isinstance(name, str) else name[0], story):
            continue
        name, voice = name if isinstance(name, tuple) else (name, None)
        found += [next(one for one in find(story.catalogue, name) if voice in (None, one.voice))]
    return found


def is_of_sources(name: str, story: Story) -> bool:
    """Whether a measure needs to know who speaks."""
    return any(one.name == name and one.family == "sourcing" for one in catalogue(story.frames, story.actors))


def note(axis: Axes, y: float, reason: str) -> None:
    """In place of a dot, why there is none."""
    axis.text(
        0.02,
        y,
        _short(reason),
        transform=axis.get_yaxis_transform(),
        va="center",
        size=8.5,
        color=palette["muted"],
    )


def value_above(axis: Axes, shown: str, x: float, y: float, *, is_strong: bool) -> None:
    """The printed value above its dot."""
    colour = palette["ink"] if is_strong else palette["muted"]
    offset = {"xytext": (0, 5.5), "textcoords": "offset points"}
    axis.annotate(shown, (x, y), ha="center", size=8.5, color=colour, **offset)


def dress(axis: Axes, measure: Measure, unit: str) -> None:
    """The title of a panel, its unit and its grid."""
    width = characters(axis, axis.get_gridspec().ncols)
    axis.set_title(fill(measure.title, width, break_long_words=False), loc="left", fontsize=10.5)
    axis.set_xlabel(fill(unit, width, break_long_words=False))
    if not axis.has_data():
        axis.set_xticks([])
    axis.grid(axis="x")
    axis.spines["left"].set_visible(False)
    axis.margins(x=0.12)
    axis.locator_params(axis="x", nbins=5)


def _short(reason: str) -> str:
    """The first clause of a reason; the whole one stands in the table."""
    text = (
        reason.split(": ", 1)[-1] if reason.split(": ", 1)[0].count(" ") == 0 and ": " in reason else reason
    )
    return text.split(":")[0] if len(text) > 34 else text
