"""Folders: where the project and its stories stand. Imports nothing, so that what only asks for names stays quick."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def data_folder() -> Path:
    """Where stories are: PARALLAX_DATA, else `data/` of this project.

    A link is kept as it is named: a worker on another machine may see the folder by no other path.
    """
    folder = Path(os.environ.get("PARALLAX_DATA") or ROOT / "data").absolute()
    return ROOT / "data" if folder.resolve() == ROOT / "data" else folder
