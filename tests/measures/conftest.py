"""Invented articles, read and measured as any other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import analysis
from analysis.comparison import resampling
from analysis.measured import Measures


@pytest.fixture
def measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Measures]:
    """Measure articles given as doc_id=text; intervals are rough, as none is looked at here."""
    monkeypatch.setattr(resampling, "N_INTERVAL", 50)
    monkeypatch.setattr(resampling, "N_FAMILY", 50)

    def measure(**texts: str) -> Measures:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        for doc_id, text in texts.items():
            (folder / f"{doc_id}.txt").write_text(text, encoding="utf-8")
        return analysis.measure(analysis.read(folder))

    return measure
