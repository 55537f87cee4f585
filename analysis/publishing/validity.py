"""Validity: what `docs/validity.md` says was measured of an instrument, for the reports to print beside its figures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from analysis.storage import ROOT

PAGE = ROOT / "docs" / "validity.md"


@dataclass(frozen=True)
class Measured:
    """A row of the page: what was `measured` of a gate, and `on` what."""

    measured: str
    on: str


class NotMeasured(LookupError):
    """The page has no row of this gate."""


def measured(gate: str) -> Measured:
    """The row of `gate`. Raises `NotMeasured`, with the names there are, where the page has none."""
    rows = _rows()
    if gate not in rows:
        raise NotMeasured(f"no gate {gate!r} in {PAGE.name}; there are: {', '.join(rows)}")
    return rows[gate]


@cache
def _rows() -> dict[str, Measured]:
    rows = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("| ") and len(cells) == 4:
            rows[cells[0]] = Measured(cells[1], cells[3])
    return rows
