"""Several stories are one whose episodes are kept apart and whose outlets are the same."""

from __future__ import annotations

import pandas as pd
import pytest

import analysis
from analysis.across import ACROSS, NoStories, load_stories
from analysis.comparison.differences import chosen_copies
from analysis.comparison.outlets import by_measure, outlet_differences
from analysis.publishing import figures, tables, texts
from analysis.publishing.across import make_across, planned_across, why_stale
from analysis.publishing.displays import Prose
from tests.many_copies import many_copies
from tests.publishing.aggregates.test_aggregates import shown

PARTS = {"north": range(4), "south": range(4, 8), "west": range(8, 13)}


@pytest.fixture(scope="module")
def data(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("across") / "data"
    for name, episodes in PARTS.items():
        many_copies(root, folder, name=name, episodes=episodes, title=f"Story of the {name}")
    return folder


@pytest.fixture
def together(data, monkeypatch):
    monkeypatch.setenv("PARALLAX_DATA", str(data))
    return analysis.load_stories(list(PARTS))


def test_documents_and_episodes_are_called_by_their_story(together):
    assert together.documents["doc_id"].iloc[0] == "north/echo-000"
    assert together.documents["episode"].nunique() == 13
    assert set(together.documents["episode"].str.split("/").str[0]) == set(PARTS)
    assert list(together.outlets.values()) == ["Echo", "Herald", "Post", "Star"]
    assert together.is_many and together.stories["west"] == "Story of the west"


def test_no_single_story_has_differences_of_outlets_and_all_together_have(together, data, monkeypatch):
    monkeypatch.setenv("PARALLAX_DATA", str(data))
    assert not (analysis.load_story("north").differences["scope"] == "outlet").any()
    assert (together.differences["scope"] == "outlet").all() and len(together.differences)


def test_differences_are_those_of_one_table_of_all_stories(together, data, monkeypatch):
    monkeypatch.setenv("PARALLAX_DATA", str(data))
    documents, estimates = [], []
    for name in PARTS:
        story = analysis.load_story(name)
        for table, frames in ((story.documents, documents), (story.estimates, estimates)):
            frames.append(
                table.assign(doc_id=f"{name}/" + table["doc_id"], episode=f"{name}/" + table["episode"])
            )
    headline = [one for one in analysis.load_story("north").catalogue if not one.name.startswith("theme_")]
    expected = outlet_differences(
        by_measure(pd.concat(estimates, ignore_index=True)),
        headline,
        chosen_copies(pd.concat(documents, ignore_index=True)),
    )
    pd.testing.assert_frame_equal(together.differences, expected)


def test_rows_of_a_story_are_asked_for_by_their_names_here(together):
    rows = together.rows("sentences", where=[("doc_id", "in", ["west/post-009", "north/post-000"])])
    assert set(rows["doc_id"]) == {"north/post-000", "west/post-009"}
    (one,) = together.partitions()
    assert len(one.sentences) == len(together.sentences)


def test_the_page_over_stories_leaves_to_each_what_is_its_own(together, root):
    html = shown(root, "comparison", together)
    assert "on 3 stories (13 episodes)" in texts.scope(together).text
    for display in (
        tables.namings(together),
        figures.coverage(together),
        figures.indicator_heatmap(together, "themes"),
    ):
        assert isinstance(display, Prose)
    assert len(html) < 150_000 and not any(doc_id in html for doc_id in together.documents["doc_id"])


def test_stories_that_cannot_be_taken_together_are_named(data, monkeypatch):
    monkeypatch.setenv("PARALLAX_DATA", str(data))
    with pytest.raises(NoStories, match="no story is named"):
        load_stories([])
    with pytest.raises(NoStories, match="named 'across'"):
        load_stories(["north", ACROSS])


def test_the_report_over_stories_is_made_once_and_again_when_a_story_changed(data, tmp_path, monkeypatch):
    monkeypatch.setenv("PARALLAX_DATA", str(data))
    report = planned_across(list(PARTS))
    assert why_stale(report, folder=tmp_path) == ["never made"]
    (outcome,) = make_across(report, folder=tmp_path).outcomes
    assert outcome.is_complete
    page = (tmp_path / ACROSS / "comparison.html").read_text("utf-8")
    assert len(page) < 150_000 and "parallax report north south west --across" in page
    assert "Story of the west" in (tmp_path / ACROSS / "index.html").read_text("utf-8")
    written = sorted(path.name for path in (tmp_path / ACROSS / "tables").iterdir())
    assert written == ["differences.csv", "documents.csv", "estimates.csv"]
    assert make_across(report, folder=tmp_path).outcomes == []
    about = data / "south" / "story.yml"
    before = about.read_text("utf-8")
    try:
        about.write_text(before.replace("Story of the south", "Another title"), "utf-8")
        assert why_stale(report, folder=tmp_path) == ["south/story.yml changed"]
    finally:
        about.write_text(before, "utf-8")
