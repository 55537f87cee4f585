"""A story whose articles are an export: measured in parts, reported, verified, and never expanded to a file an article."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

N = 48  # articles: twelve episodes of four outlets


@pytest.fixture(scope="module")
def archive(root, tmp_path_factory):
    """The data folder and reports of a small archive that was measured in partitions of sixteen, and reported."""
    sys.path.insert(0, str(root / "benchmarks"))
    import generated

    sys.path.remove(str(root / "benchmarks"))
    folder = tmp_path_factory.mktemp("archive")
    generated.story(folder / "data" / "harbour", N, first=90_000)

    def parallax(*arguments: str) -> str:
        command = [sys.executable, "-m", "analysis", *arguments, "--data", str(folder / "data")]
        environment = os.environ | {"PARALLAX_PARTITION": "16", "PYTHONPATH": str(root)}
        return subprocess.run(
            command, env=environment, cwd=folder, capture_output=True, text=True, check=True
        ).stdout

    parallax("measure", "harbour", "--measures", "core", "--jobs", "1")
    reports = ("--reports", str(folder / "reports"))
    parallax("report", "harbour", "--notebook", "comparison", "--notebook", "corpus", *reports)
    return folder, parallax, reports


def test_an_archive_has_reports_and_no_file_of_an_article(archive):
    folder, _, _ = archive
    page = (folder / "reports" / "harbour" / "comparison.html").read_text("utf-8")
    assert "12 episodes" in page
    assert [file.name for file in (folder / "data" / "harbour" / "articles").iterdir()] == [
        "articles.parquet"
    ]


def test_what_was_measured_in_parts_is_verified(archive):
    _, parallax, reports = archive
    assert "nothing differs" in parallax("verify", "harbour", *reports)


def test_an_archive_is_listed_as_measured_without_sources(archive):
    _, parallax, _ = archive
    told = parallax("list")
    assert f"{N} documents" in told and "without sources" in told


def test_pairs_of_copies_are_of_one_episode(archive, monkeypatch):
    from analysis.loading import load_story

    folder, _, _ = archive
    monkeypatch.setenv("PARALLAX_DATA", str(folder / "data"))
    story = load_story("harbour", as_measured=True)
    episode = story.documents.set_index("doc_id")["episode"]
    pairs = story.overlap
    assert len(pairs) and (pairs["doc_id_a"].map(episode) == pairs["doc_id_b"].map(episode)).all()
    assert not len(story.quotations)
