"""Texts of a large archive are read when they are asked for: its exports are listed once, and not all texts are kept."""

from __future__ import annotations

import pytest

from analysis import article_texts
from analysis.corpus import holdings
from analysis.loading import load_story, measure_story
from tests.partitions.stories import archive_story


@pytest.fixture
def large(tmp_path, monkeypatch):
    """A measured archive of 24 articles, where more than six are many, and the list of exports that were listed since."""
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "data"))
    archive_story(tmp_path / "data")
    measure_story("ferry", sources=False)
    monkeypatch.setattr(article_texts, "LARGE", 6)
    holdings._listed.cache_clear()
    listed, lines = [], holdings.told_by_lines
    monkeypatch.setattr(
        holdings, "told_by_lines", lambda path, *more: listed.append(path.name) or lines(path, *more)
    )
    monkeypatch.setattr(holdings, "_listed", holdings._listed.__wrapped__)  # nothing is known from before
    return load_story("ferry"), listed


def test_texts_that_are_asked_for_one_by_one_cost_one_listing(large):
    story, listed = large
    for doc_id in ("echo-0", "post-7", "herald-3", "echo-5", "echo-0"):
        assert f"ferry {doc_id[-1]} stayed" in story.texts[doc_id]
    assert len(listed) == 1 and "nobody-0" not in story.texts


def test_of_many_texts_those_are_kept_that_were_asked_for_last(large, monkeypatch):
    story, _ = large
    monkeypatch.setattr(article_texts, "KEPT", 3)
    for doc_id in ("echo-0", "echo-1", "echo-2", "echo-0", "echo-3"):
        assert story.texts[doc_id]
    assert list(story.texts.found) == ["echo-2", "echo-0", "echo-3"]
    story.texts.read(["echo-1", "echo-2", "echo-4", "echo-5"])
    assert set(story.texts.found) == {
        "echo-1",
        "echo-2",
        "echo-4",
        "echo-5",
    }  # all that were asked for at once
    assert all(story.texts.found.values())
    assert "ferry 7 stayed" in story.texts["post-7"] and len(story.texts.found) == 3
