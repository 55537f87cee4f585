"""The figure of a measure for a selection, and the estimates it is drawn from: every number is the package's."""

from __future__ import annotations

import pandas as pd

from analysis.comparison.findings import number
from analysis.evidence.dictionaries import THEMES
from analysis.measured import estimate
from analysis.measures.catalogue import Measure, find
from analysis.publishing import figures
from analysis.publishing.displays import Display, Stack, Table
from analysis.publishing.explorer.selection import Selection, within
from analysis.story import Story


def measure_of_frame(story: Story, frame: str) -> str:
    """The name of the measure that counts the words of a frame or theme."""
    return f"{'theme' if frame in story.frames.get(THEMES, ()) else 'indicator'}_{frame}"


def measure_names(story: Story) -> dict[str, str]:
    """Measure -> its title and unit, in the order of the catalogue; voices of one measure stand together."""
    names: dict[str, str] = {}
    for one in story.catalogue:
        names.setdefault(one.name, f"{one.title} ({one.unit})")
    return names


def measure_of(story: Story, selection: Selection, name: str) -> Measure:
    """The entry of the catalogue for the voice of a selection; where it has none of it, its first one. Raises `UnknownMeasure`."""
    entries = find(story.catalogue, name)
    return next((one for one in entries if one.voice == selection.voice), entries[0])


def estimates(story: Story, selection: Selection, name: str) -> pd.DataFrame:
    """The rows of table `estimates` of a measure that the figure shows: of the selection's episode, outlets and voice."""
    story = within(story, selection)
    measure = measure_of(story, selection, name)
    found = estimate(story.showing(selection.outlets), measure.name)
    return found[found["voice"] == measure.voice].reset_index(drop=True)


def measure_figure(story: Story, selection: Selection, name: str) -> Display:
    """The measure `name` of each copy of the selection's outlets, with interval, scope and n.

    Of one outlet alone all copies stay, and its own stand out. What is chosen beside outlets and voice does not change a measure.
    """
    story = within(story, selection)
    measure = measure_of(story, selection, name)
    one = selection.outlets[0] if len(set(selection.outlets)) == 1 else None
    figure = figures.estimates(
        story.showing(selection.outlets),
        [(measure.name, measure.voice)],
        outlet=one,
        title=f"{measure.title}: {measure.unit}",
        caption=f"Higher: {measure.higher}.",
    )
    return Stack([figure, _table(story, measure, estimates(story, selection, name))])


def _table(story: Story, measure: Measure, rows: pd.DataFrame) -> Table:
    def shown(value: float) -> str:
        return number(value, measure.digits)

    names = [
        story.labels.get(id) or story.outlets.get(group, group)
        for id, group in zip(rows["doc_id"], rows["group"], strict=True)
    ]
    frame = pd.DataFrame(
        {
            "copy or outlet": names,
            "value": rows["value"],
            "low": rows["low"],
            "high": rows["high"],
            "scope": rows["scope"],
            "words": rows["n_words"],
            "sentences": rows["n_sentences"],
            "documents": rows["n_documents"],
            "note": rows["reason"],
        }
    )
    formats = dict.fromkeys(("value", "low", "high"), shown)
    return Table(
        frame, f"{measure.title}, {measure.unit}: values, 95 % intervals, scope and n", formats=formats
    )
