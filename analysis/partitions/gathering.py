"""Gathering: the parts of the tables put into place, and what needs all of them computed.

Nothing here holds the sentences of a story: parts are linked, not read, and of the estimates a family of measures at a time is.
What may fail comes first, while the former tables stand. Until provenance.json is there, which is written last, the story counts as
not measured and the parts stay where they were made.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis.comparison.outlets import outlet_differences
from analysis.corpus.formats.item import Refused
from analysis.measured import TABLE_NAMES
from analysis.measures.catalogue import FAMILIES, Measure, catalogue
from analysis.partitions.partition import PAIRS, WHOLE, Setting, part_of
from analysis.storage import (
    WORK,
    as_stored,
    libraries,
    write_atomically,
)
from analysis.story_yml import StoryYml
from analysis.tables import DIFFERENCES, ESTIMATES, REJECTED

GAPS = [
    "measure",
    "voice",
    "group",
    "doc_id",
    "episode",
    "value",
]  # columns of estimates that differences need


def gather(
    setting: Setting,
    about: StoryYml,
    receipts: Sequence[dict],
    refused: Sequence[Refused],
    exports: Mapping[str, str],
) -> None:
    """Make the tables of a story of the parts that `receipts` name. Raises OSError.

    `refused` are rows of `exports`, files with their SHA-256, that are no article. From what the tables are made is said as it
    was planned.
    """
    folder, target = setting.folder, setting.folder / "measures"
    numbers, frames, actors = (
        [one["number"] for one in receipts],
        receipts[0]["frames"],
        receipts[0]["actors"],
    )
    measures = catalogue(frames, actors, has_sources=setting.sources)
    pairs = pd.concat(
        [pd.read_parquet(part_of(folder, PAIRS, number)) for number in numbers], ignore_index=True
    )
    differences = differences_of_outlets(folder, numbers, about, measures, pairs)
    # What takes long or may fail is done: until here the tables of the run before are whole.
    (target / "provenance.json").unlink(missing_ok=True)
    for name in TABLE_NAMES:
        (target / f"{name}.parquet").unlink(missing_ok=True)
        shutil.rmtree(target / name, ignore_errors=True)
        (target / name).mkdir()
        for number in numbers if name not in WHOLE else ():
            part = part_of(folder, name, number)
            link(part, target / name / part.name)
    if refused:
        rows = [
            (one.file, pd.NA if one.line is None else one.line, one.unit or "file", one.reason)
            for one in refused
        ]
        _write(folder, "rejected", REJECTED.frame(rows), len(receipts))
    _write(folder, "differences", differences, 0)
    articles = dict(exports)
    for one in receipts:
        articles |= one["articles"]
    provenance = {
        "inputs": setting.inputs,
        "articles": articles,
        "frames": frames,
        "actors": actors,
        "has_sources": setting.sources,
        "libraries": libraries(setting.sources),
        "partitions": [one["n_documents"] for one in receipts],
    }
    write_atomically(target / "provenance.json", json.dumps(provenance, indent=1) + "\n")
    for name in ("receipts", PAIRS):
        for stray in (target / WORK / name).glob(".*.part"):  # of workers that were killed
            stray.unlink(missing_ok=True)
    for name in TABLE_NAMES:  # receipts stay: what has not changed need not be measured again
        shutil.rmtree(target / WORK / name, ignore_errors=True)


def differences_of_outlets(
    folder: Path, numbers: Sequence[int], about: StoryYml, measures: Sequence[Measure], pairs: pd.DataFrame
) -> pd.DataFrame:
    """Table `differences` in scope outlet, from the estimates that the partitions `numbers` left; outlets in the order of story.yml."""
    place = {outlet.id: number for number, outlet in enumerate(about.outlets)}

    def estimates_of(measure: Measure) -> pd.DataFrame:
        where = [("measure", "==", measure.name), ("voice", "==", measure.voice)]
        parts = [
            pd.read_parquet(part_of(folder, "estimates", number), columns=GAPS, filters=where)
            for number in numbers
        ]
        rows = ESTIMATES.of(GAPS).frame(pd.concat(parts, ignore_index=True))
        order = rows["group"].map(place).fillna(len(place)).sort_values(kind="stable").index
        return rows.loc[order].reset_index(drop=True)

    parts = []
    for family in FAMILIES:
        own = [measure for measure in measures if measure.family == family and measure.is_headline]
        if own:
            parts.append(outlet_differences(estimates_of, own, pairs))
    return DIFFERENCES.frame(
        pd.concat([part for part in parts if len(part)] or [DIFFERENCES.empty()], ignore_index=True)
    )


def link(part: Path, target: Path) -> None:
    """The file `part` under another name, too; copied where the disk knows no such thing."""
    try:
        os.link(part, target)
    except OSError:
        write_atomically(target, part.read_bytes())


def _write(folder: Path, name: str, frame: pd.DataFrame, number: int) -> None:
    write_atomically(folder / "measures" / name / f"{number:05}.parquet", as_stored(frame, name))
