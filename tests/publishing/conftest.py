"""Toy notebooks: each does one thing, most of them something wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.story import Story
from tests.publishing.episodes import many_episodes

PARAMETERS = 'story: str = "toy"  # a story\nn: int = 1\nname: str = "a"\nnames: list[str] = []'


@pytest.fixture(scope="session")
def many_days(harbour: Story, tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Three outlets, ten episodes: two of the outlets cover all of them, the third nine."""
    folder = tmp_path_factory.mktemp("episodes")
    return many_episodes(harbour, folder, n_episodes=10, missing=("ledger-e4",))


@pytest.fixture
def write_notebook(tmp_path: Path) -> Callable[..., Path]:
    """Write a notebook of code cells (and Markdown: what begins with `#`) after a parameters cell."""

    def write(*cells: str, name: str = "toy", parameters: str | None = PARAMETERS) -> Path:
        nodes = [new_markdown_cell(cell) if cell.startswith("#") else new_code_cell(cell) for cell in cells]
        if parameters is not None:
            nodes.insert(0, new_code_cell(parameters, metadata={"tags": ["parameters"]}))
        path = tmp_path / "notebooks" / f"{name}.ipynb"
        path.parent.mkdir(exist_ok=True)
        nbformat.write(new_notebook(cells=nodes), path)
        return path

    return write
