"""What the tests of comparison share."""

from __future__ import annotations

import pytest

from analysis.comparison import resampling
from analysis.measures.catalogue import catalogue


@pytest.fixture(autouse=True)
def rough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer resamples: no test here looks at a third digit."""
    monkeypatch.setattr(resampling, "N_INTERVAL", 400)
    monkeypatch.setattr(resampling, "N_FAMILY", 1_000)


@pytest.fixture(scope="session")
def measures() -> list:
    """The catalogue without dictionaries: sourcing, sentiment and readability."""
    return catalogue()
