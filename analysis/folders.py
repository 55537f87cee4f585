"""Folders: where the project and its stories stand. Imports nothing, so that what only asks for names stays quick."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def data_folder() -> Path:
    """Where stories are: PARALLAX_DATA, else `data/` of this project."""
    return Path(os.environ.get("PARALLAX_DATA") or ROOT / "data").resolve()
