"""When one article changes, its outlet's pages and the story's are made again, and of other outlets those that show what followed from it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analysis.loading import load_story, measure_story
from analysis.outline import outline
from analysis.publishing import provenance, reports
from analysis.publishing.report import PER_OUTLET, WHOLE
from analysis.story import Story

OUTLET = "ledger"


@pytest.fixture
def published(harbour: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a copy of the sample story whose pages are all up to date; the pages themselves are a word each."""
    folder = tmp_path / "data" / harbour.name
    shutil.copytree(harbour.folder, folder)
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PARALLAX_REPORTS", str(tmp_path / "reports"))
    story = load_story(harbour.name, as_measured=True)
    sources, entries = reports.made_from(story), {}
    for report in reports.planned(story):
        path = tmp_path / "reports" / report.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"page")
        entries[report.file] = provenance.entry(
            report, sources, provenance.file_digest(reports.NOTEBOOKS / f"{report.notebook}.ipynb"), b"page"
        )
    target = tmp_path / "reports" / story.name / reports.PROVENANCE
    provenance.write_provenance(target, story.name, made_from=sources, tables={}, reports=entries)
    assert stale(story.name) == {}
    return folder


def stale(name: str) -> dict[str, list[str]]:
    """The pages that would be made again once the story is measured, and why."""
    measure_story(name)
    story = outline(name)
    return {report.file: why for report, why in reports.outlook(story, reports.planned(story))}


def replaced_in_a_line(folder: Path, role: str) -> str:
    """Replace the last word of the first line of that role in an article of the outlet; return the article's file."""
    story = load_story(folder.name, as_measured=True)
    own = story.documents[(story.documents["outlet"] == OUTLET) & story.documents["is_counted"]]
    line = story.lines[(story.lines["role"] == role) & story.lines["doc_id"].isin(own["doc_id"])].iloc[0]
    file = own.set_index("doc_id").loc[line["doc_id"], "file"]
    path = folder / "articles" / file
    text = path.read_text("utf-8")
    before = text[line["start"] : line["end"]].rstrip()
    after = before.rpartition(" ")[0] + " Quayside"
    assert text.count(before) >= 1 and before != after
    path.write_text(text.replace(before, after, 1), "utf-8")
    return file


@pytest.mark.parametrize("role", ["caption", "byline"])
def test_what_no_other_page_shows_runs_the_pages_of_the_outlet_and_of_the_story(published, role):
    file = replaced_in_a_line(published, role)
    found = stale(published.name)
    wanted = {f"{notebook}.html" for notebook in WHOLE} | {f"{OUTLET}/{one}.html" for one in PER_OUTLET}
    assert set(found) == wanted
    assert found["corpus.html"][0] == f"articles/{file} changed"
    assert found[f"{OUTLET}/framing.html"][0] == f"articles of {OUTLET} changed"


def test_other_words_reach_other_outlets_by_the_rows_that_their_pages_show(published):
    replaced_in_a_line(published, "body")
    found = stale(published.name)
    others = {file: why for file, why in found.items() if "/" in file and not file.startswith(f"{OUTLET}/")}
    assert others
    for file, why in others.items():
        followed = [one for one in why if not one.startswith("differences of ")]  # which are of both outlets
        assert followed and all(one.endswith(f" of {OUTLET} changed") for one in followed), (file, why)
        assert not any(one.startswith(("articles", "rows", "lines", "coverage")) for one in why), (file, why)
