"""Saving: the rows of a selection and the estimates of a measure as CSV, and the code that makes both again."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pandas as pd

from analysis.corpus.cells import guarded
from analysis.publishing.explorer.measure_figure import estimates
from analysis.publishing.explorer.selection import Selection, rows
from analysis.publishing.reports import reports_folder
from analysis.storage import data_folder, write_atomically
from analysis.story import Story

PRIVATE = (
    "Passages of private texts are yours to read and to keep, not to pass on; places and counts are free."
)
OPEN = "The texts of this story are open."
CODE = '''\
"""{about}

{texts}
Run it with the Python of Parallax; it writes the tables beside itself, or into the folder that is named after it.
"""

{imports}import sys
from pathlib import Path

import analysis
from analysis.publishing.explorer.saving import save_tables
from analysis.publishing.explorer.selection import Selection

{settings}story = analysis.load_story({name!r})
selection = {selection!r}
folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
for path in save_tables(story, selection, {measure!r}, folder):
    print(path)
'''


@dataclass(frozen=True)
class Saved:
    """The files that were written: rows of the selection, estimates of the measure, and the code that repeats both."""

    rows: Path
    estimates: Path
    code: Path


def explored_folder(story: Story) -> Path:
    """Where selections of a story are saved: `explored/` beside its reports."""
    return reports_folder() / story.name / "explored"


def slug(selection: Selection, measure: str) -> str:
    """The name of the files of a selection: what was chosen, in small letters, and eight digits that tell it from all others."""
    words = "-".join(
        filter(
            None, (selection.frame, selection.actor, selection.word, *selection.outlets, selection.episode)
        )
    )
    readable = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:40].strip("-") or "selection"
    return f"{readable}-{sha256(repr((selection, measure)).encode('utf-8', 'replace')).hexdigest()[:8]}"


def save(story: Story, selection: Selection, measure: str, folder: Path | None = None) -> Saved:
    """Write the tables of a selection and their code to `folder` (default: `explored_folder`); what was there is replaced.

    Raises `NeedsTexts`, `BadPattern`, `SlowPattern`, `UnknownMeasure`, OSError; then no file is written or replaced.
    """
    folder = folder or explored_folder(story)
    written = save_tables(story, selection, measure, folder)
    path = folder / f"{slug(selection, measure)}.py"
    write_atomically(path, _code(story, selection, measure))
    return Saved(*written, path)


def save_tables(story: Story, selection: Selection, measure: str, folder: Path) -> tuple[Path, Path]:
    """Write `<slug>.csv`, the rows of a selection, and `<slug>-figure.csv`, the estimates of the measure; return both paths.

    The first line of each is a comment, which pandas passes over with `skiprows=1`.
    """
    name = slug(selection, measure)
    tables = {
        f"{name}.csv": rows(story, selection),
        f"{name}-figure.csv": estimates(story, selection, measure),
    }
    for file, table in tables.items():
        write_atomically(folder / file, f"# {_about(story)} {_texts(story)}\n" + _csv(table))
    return tuple(folder / file for file in tables)


def _csv(table: pd.DataFrame) -> str:
    return table.map(guarded).to_csv(index=False)


def _about(story: Story) -> str:
    return f"Story {story.name}, explored."


def _texts(story: Story) -> str:
    return OPEN if story.about.texts == "open" else PRIVATE


def _code(story: Story, selection: Selection, measure: str) -> str:
    """The code that repeats a selection; folders that were chosen stand in it, as it may be run from anywhere."""
    chosen = {"PARALLAX_DATA": str(data_folder())} if os.environ.get("PARALLAX_DATA") else {}
    chosen |= {name: os.environ[name] for name in ("PARALLAX_DICTIONARIES",) if os.environ.get(name)}
    lines = [f"os.environ.setdefault({name!r}, {value!r})\n" for name, value in chosen.items()]
    return CODE.format(
        about=_about(story),
        texts=_texts(story),
        imports="import os\n" if lines else "",
        settings="".join(lines),
        name=story.name,
        selection=selection,
        measure=measure,
    )
