"""Frames as people coded them: elements in their sentences, and rates of indicators corrected for what the lists get wrong."""

from __future__ import annotations

import pandas as pd

from analysis import coding_quality
from analysis.comparison.agreement import Estimate
from analysis.publishing.displays import Display, Note, Stack, Table
from analysis.publishing.passages import passages
from analysis.story import Story


def coded_frames(story: Story, outlet: str) -> Stack | None:
    """Frames (coded by hand): elements in the copies of `outlet`, who coded them, their sentences; None where nobody coded any."""
    copies = story.copies(outlet)
    rows = story.frame_elements[story.frame_elements["doc_id"].isin(copies)]
    if rows.empty:
        return None
    frame = rows.groupby(["frame", "element", "coder"], sort=False).size().rename("sentences").reset_index()
    frame = frame.replace({"frame": {"": "not named"}, "element": {"": "not named"}})
    notes = {
        place: "; ".join(
            f"{row.element or 'frame'}: {row.frame or 'not named'} ({row.coder})" for row in own.itertuples()
        )
        for place, own in rows.groupby(["doc_id", "sentence_id"], sort=False)
    }
    shown: list[Display] = [
        Table(
            frame,
            "Frames (coded by hand)",
            note="Elements after Entman (1993), in sentences that were drawn for a code sheet: they say nothing of the others.",
        ),
        passages(story, rows.drop(columns="frame").assign(voice="hit"), title="Coded sentences", notes=notes),
    ]
    return Stack(shown)


def corrected_rates(story: Story) -> Table | Note | None:
    """The share of sentences with each coded indicator in each copy: by the list, and corrected for its error; None where nobody coded."""
    found = coding_quality.of_story(story.folder)
    if not found:
        return None
    if story.is_many:
        return Note(
            "Rates corrected for the errors of the lists, copy by copy, are too many to be shown: analysis.coding_quality.of_story has them."
        )
    labels = {frame: label for frames in story.frames.values() for frame, label in frames.items()}
    rows = []
    for one in found:
        rates = one.rates.set_index("doc_id")
        for doc_id in story.copies():
            if doc_id in rates.index:
                row = rates.loc[doc_id]
                rows.append(
                    (
                        labels.get(one.frame_id, one.frame_id),
                        story.labels[doc_id],
                        100 * row["machine"],
                        coding_quality.told(Estimate(row["corrected"], row["low"], row["high"])),
                        row["errors_of"],
                    )
                )
    columns = ["list", "copy", "sentences with a hit, %", "share corrected, 0 to 1", "errors taken from"]
    return Table(
        pd.DataFrame(rows, columns=columns),
        "Sentences with an indicator: by the list, and corrected for its error",
        note="After TeBlunthuis, Hase & Chan (2024): what the list finds wrongly is taken off, what it misses is added, as the coded sentences tell. Where errors of all copies are "
        "used, it is assumed that the list errs alike in all.",
        formats={"sentences with a hit, %": ".1f"},
        collapsed=True,
    )
