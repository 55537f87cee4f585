"""Many is little here: partitions of six documents, data folders of the tests' own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.partitions.stories import PARTITION, listed_story, tables


@pytest.fixture(autouse=True)
def small_partitions(monkeypatch):
    """Six documents are many here."""
    monkeypatch.setenv("PARALLAX_PARTITION", str(PARTITION))


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    """A data folder of the test's own."""
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> dict[str, bytes]:
    """The tables of the listed story, core measures, when nothing disturbs the run."""
    from analysis.outline import outline
    from analysis.partitions.measurement import measure_large

    folder = tmp_path_factory.mktemp("undisturbed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLAX_PARTITION", str(PARTITION))
        patch.setenv("PARALLAX_DATA", str(folder))
        story = listed_story(folder)
        measure_large(outline("ferry"), sources=False)
    return tables(story)
