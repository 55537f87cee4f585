"""A report and what became of it; apart from `running` so that planning loads nothing that runs notebooks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PER_OUTLET = ("framing", "sentiment", "readability", "sources")  # notebooks that ask for an outlet
WHOLE = ("comparison", "corpus")
SAFE_NAME = re.compile(r"\w[\w.-]*", re.ASCII)


@dataclass(frozen=True)
class Report:
    """One report: a notebook (its name) run for a story and, where it asks for one, an outlet id."""

    story: str
    notebook: str
    outlet: str | None = None
    parameters: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in (self.story, self.notebook, self.outlet):
            if name is not None and (not SAFE_NAME.fullmatch(name) or ".." in name):
                raise ValueError(f"{name!r} cannot name a file: use letters, digits, '-', '_' and '.'")

    @property
    def file(self) -> str:
        """The report's address in its story's folder: `outlet/notebook.html`."""
        return "/".join(filter(None, (self.outlet, f"{self.notebook}.html")))

    @property
    def path(self) -> str:
        """The report's address under the reports folder: `story/outlet/notebook.html`."""
        return f"{self.story}/{self.file}"


@dataclass(frozen=True)
class Outcome:
    """What became of a report: `error` is None when it is complete. `result` is what `finish` returned."""

    report: Report
    error: str | None = None
    cell: int = 0
    kept: Path | None = None  # the executed notebook of a failed report
    seconds: float = 0.0
    result: Any = None

    @property
    def is_complete(self) -> bool:
        return self.error is None
