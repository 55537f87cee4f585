"""Kept: what was measured before, brought to where the plan looks for it now.

A receipt goes away before the parts of which it speaks are moved and comes back after them: an interruption costs time alone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from analysis.measured import TABLE_NAMES
from analysis.partitions.gathering import link
from analysis.partitions.partition import PAIRS, WHOLE, part_of, receipt_of
from analysis.partitions.plan import Partition
from analysis.storage import recorded, write_atomically


def bring_back(folder: Path, planned: Sequence[Partition]) -> None:
    """Put the parts that were measured before where partitions leave them, under the numbers that they have in `planned`.

    Those of finished tables are linked; receipts beyond the last partition go away. Raises OSError.
    """
    known = _receipts(folder)
    if "partitions" in recorded(folder):
        for number in known:
            _link_back(folder, number)
    now = {one.digest: one.number for one in planned}
    moves = {
        number: now[one["digest"]]
        for number, one in known.items()
        if now.get(one["digest"], number) != number
    }
    for number in {*moves, *moves.values(), *(number for number in known if number >= len(planned))}:
        receipt_of(folder, number).unlink(missing_ok=True)
    parts = [name for name in (*TABLE_NAMES, PAIRS) if name not in WHOLE]
    for number in moves:
        for name in parts:
            _move(part_of(folder, name, number), _between(folder, name, number))
    for number, later in moves.items():
        for name in parts:
            _move(_between(folder, name, number), part_of(folder, name, later))
        write_atomically(receipt_of(folder, later), json.dumps(known[number] | {"number": later}))


def _receipts(folder: Path) -> dict[int, dict]:
    """The receipts there are, by number; one that cannot be read is none."""
    found = {}
    for path in sorted(receipt_of(folder, 0).parent.glob("*.json")):
        with suppress(OSError, ValueError):
            one = json.loads(path.read_text("utf-8"))
            if isinstance(one, dict) and one.get("digest"):
                found[int(path.stem)] = one
    return found


def _link_back(folder: Path, number: int) -> None:
    for name in TABLE_NAMES:
        target = part_of(folder, name, number)
        stored = folder / "measures" / name / target.name
        if name not in WHOLE and stored.is_file() and not target.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            link(stored, target)


def _between(folder: Path, name: str, number: int) -> Path:
    part = part_of(folder, name, number)
    return part.with_name(f".{part.name}.moved.part")


def _move(path: Path, target: Path) -> None:
    with suppress(FileNotFoundError):  # then its receipt counts for nothing
        os.replace(path, target)
