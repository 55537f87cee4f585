"""Hues: the colour and shape an outlet has on every page, by its place in story.yml."""

from __future__ import annotations

from analysis.publishing.svg import HUES, palette
from analysis.story_yml import StoryYml
from analysis.tables import UNKNOWN

SHAPES = ("o", "s", "D", "^")  # where there are more outlets than hues, the next shape begins them anew


def hue(about: StoryYml, outlet: str) -> tuple[str, str]:
    """Colour (of `palette`) and shape (of matplotlib) of the marks of `outlet`, an id; grey where it is unknown."""
    place = _place(about, outlet)
    if place is None:
        return palette["others"], SHAPES[0]
    return palette[HUES[place % len(HUES)]], SHAPES[place // len(HUES) % len(SHAPES)]


def hue_class(about: StoryYml, outlet: str) -> str:
    """The class of the style sheet that colours the sign before the outlet's name."""
    place = _place(about, outlet)
    return "others" if place is None else HUES[place % len(HUES)]


def _place(about: StoryYml, outlet: str) -> int | None:
    known = [one.id for one in about.outlets if one.id != UNKNOWN]
    return known.index(outlet) if outlet in known else None
