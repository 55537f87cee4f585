"""Cells of CSV files that people open in spreadsheets: a text that would be run as a formula gets an apostrophe in front."""

from __future__ import annotations

STARTS = ("=", "+", "-", "@", "\t", "\r")  # of a formula (OWASP, CSV injection)


def guarded(cell: object) -> object:
    """A text as it is written: spreadsheets hide the apostrophe. Other values stay as they are."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(STARTS) else cell


def unguarded(cell: str) -> str:
    """The text of a cell that was written so."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(STARTS) else cell
