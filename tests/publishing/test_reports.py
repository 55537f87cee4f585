"""Reports: real notebooks run into HTML, with texts and without; only what is stale is made again."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pandas as pd
import pytest

from analysis.publishing import batch, reports
from analysis.publishing.csv_tables import write_tables
from analysis.publishing.parameters import BadParameter
from analysis.publishing.provenance import file_digest
from analysis.publishing.report import Outcome, Report
from analysis.storage import ROOT
from tests.publishing.episodes import many_episodes

LARGEST = 150_000  # bytes of a report
LARGEST_OF_TWENTY = 400_000  # where an outlet has twenty copies
NAMES = ("readability", "comparison")


def chosen(story, *, notebooks=NAMES, outlets=("ibh",)) -> list[Report]:
    """A comparison of all copies, and one outlet's own reports."""
    return [
        report
        for report in reports.planned(story, notebooks=notebooks)
        if report.outlet is None or report.outlet in outlets
    ]


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def words_of(html: str) -> str:
    """What a page shows or hides: entities and pictures written out, markup aside, white space as one space."""
    return " ".join(re.sub(r"<[^>]+>", "", unescape(unquote(html))).split())


def long_sentences(story) -> list[str]:
    rows = story.sentences[story.sentences["n_words"] >= 8]
    return [" ".join(story.texts[row.doc_id][row.start : row.end].split()) for row in rows.itertuples()]


# Real notebooks, by papermill ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made(harbour, tmp_path_factory) -> Path:
    """The reports of `chosen`, with texts."""
    folder = tmp_path_factory.mktemp("with") / "reports"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLAX_DATA", str(harbour.folder.parent))
        result = reports.make([harbour], chosen(harbour), folder=folder)
    assert [outcome.error for outcome in result.outcomes] == [None, None] and result.fresh == []
    return folder


@pytest.fixture(scope="module")
def made_without(harbour_without_texts, tmp_path_factory) -> Path:
    """The readability report of them from measures alone."""
    folder = tmp_path_factory.mktemp("without") / "reports"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLAX_DATA", str(harbour_without_texts.folder.parent))
        wanted = chosen(harbour_without_texts, notebooks=["readability"])
        result = reports.make([harbour_without_texts], wanted, folder=folder)
    assert result.failed == []
    return folder


def test_reports_tables_provenance_and_indexes_stand_where_they_belong(made, harbour):
    tables = {
        f"sample-harbour/tables/{path.stem}.csv" for path in (harbour.folder / "measures").glob("*.parquet")
    }
    assert files(made) == tables | {
        "index.html",
        "sample-harbour/index.html",
        "sample-harbour/provenance.json",
        "sample-harbour/comparison.html",
        "sample-harbour/ibh/readability.html",
    }


def test_a_report_shows_the_passages_and_is_small(made, harbour):
    html = (made / "sample-harbour/ibh/readability.html").read_text("utf-8")
    longest = harbour.sentences[harbour.sentences["doc_id"] == "ibh-1"].nlargest(1, "n_words").iloc[0]
    sentence = harbour.texts["ibh-1"][longest["start"] : longest["end"]]
    assert " ".join(sentence.split()) in words_of(html)
    for path in made.rglob("*.html"):
        assert path.stat().st_size < LARGEST, path


@pytest.mark.soak
def test_with_twenty_copies_an_outlet_a_report_is_still_of_a_readable_size(harbour, tmp_path, monkeypatch):
    story = many_episodes(harbour, tmp_path / "data", n_episodes=20, missing=())
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "data"))
    wanted = chosen(story, notebooks=(*reports.WHOLE, *reports.PER_OUTLET), outlets=("ledger",))
    result = reports.make([story], wanted, folder=tmp_path / "reports")
    assert len(result.outcomes) == len(wanted) == 6 and result.failed == []
    for path in (tmp_path / "reports").rglob("*.html"):
        assert path.stat().st_size < LARGEST_OF_TWENTY, path


def test_a_report_asks_for_nothing_runs_nothing_and_shows_no_code(made):
    for path in made.rglob("*.html"):
        html = path.read_text("utf-8")
        assert "<script" not in html and "load_story(" not in html
        assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", html)
        assert "Content-Security-Policy" in html


def test_the_index_leads_to_every_report(made):
    html = (made / "sample-harbour/index.html").read_text("utf-8")
    assert 'href="comparison.html"' in html and 'href="ibh/readability.html"' in html
    assert "2 reports" in (made / "index.html").read_text("utf-8")


def test_provenance_names_inputs_parameters_and_hashes(made, harbour):
    known = json.loads((made / "sample-harbour/provenance.json").read_text("utf-8"))
    assert set(known["reports"]) == {"comparison.html", "ibh/readability.html"}
    entry = known["reports"]["ibh/readability.html"]
    assert (
        entry["parameters"] == {"story": "sample-harbour", "outlet": "ibh"} and entry["status"] == "complete"
    )
    assert {"story.yml", "documents.csv", "articles/ibh-1.txt"} <= set(known["inputs"])
    assert "sentences.parquet" in " ".join(known["inputs"])
    assert str(harbour.folder) not in (made / "sample-harbour/provenance.json").read_text("utf-8")


def test_a_page_of_an_outlet_that_the_story_no_longer_has_goes(harbour, made, tmp_path, monkeypatch):
    monkeypatch.setenv("PARALLAX_DATA", str(harbour.folder.parent))
    folder = shutil.copytree(made, tmp_path / "reports")
    known = folder / "sample-harbour" / "provenance.json"
    content = json.loads(known.read_text("utf-8"))
    other = folder / "elsewhere.html"
    for path in (folder / "sample-harbour" / "gone.html", folder / "sample-harbour" / "own.html", other):
        path.write_text("a page", "utf-8")
    entry = content["reports"]["comparison.html"] | {"sha256": file_digest(other)}
    content["reports"] |= {
        "gone.html": entry,
        "../elsewhere.html": entry,
        "own.html": entry | {"sha256": "0"},
    }
    known.write_text(json.dumps(content), "utf-8")
    reports.make([harbour], chosen(harbour), folder=folder)
    assert files(folder) - files(made) == {"elsewhere.html", "sample-harbour/own.html"}
    assert set(json.loads(known.read_text("utf-8"))["reports"]) == {"comparison.html", "ibh/readability.html"}


def test_no_cell_of_a_table_is_a_formula(harbour, tmp_path):
    word = harbour.sentiment_hits.assign(word="=1+1").iloc[:1]
    write_tables(replace(harbour, sentiment_hits=word), tmp_path)
    assert "'=1+1" in (tmp_path / "sentiment_hits.csv").read_text("utf-8")
    for path in tmp_path.glob("*.csv"):
        cells = pd.read_csv(path, dtype=str, keep_default_na=False).to_numpy().ravel()
        is_number = re.compile(r"-?[0-9.]+(e[+-]?[0-9]+)?|-?inf")
        assert not [one for one in cells if one[:1] in tuple("=+-@\t\r") and not is_number.fullmatch(one)], (
            path
        )


def test_a_second_call_makes_nothing(made, harbour, monkeypatch):
    monkeypatch.setenv("PARALLAX_DATA", str(harbour.folder.parent))
    before = {path: (made / path).read_bytes() for path in files(made)}
    again = reports.make([harbour], chosen(harbour), folder=made)
    assert again.outcomes == [] and len(again.fresh) == 2
    assert {path: (made / path).read_bytes() for path in files(made)} == before


def test_the_same_inputs_give_the_same_bytes(made, harbour, tmp_path, monkeypatch):
    monkeypatch.setenv("PARALLAX_DATA", str(harbour.folder.parent))
    report = chosen(harbour, notebooks=["readability"])
    assert reports.make([harbour], report, folder=tmp_path, force=True).failed == []
    path = "sample-harbour/ibh/readability.html"
    assert (tmp_path / path).read_bytes() == (made / path).read_bytes()


def test_without_texts_places_stand_where_passages_would(made_without, harbour):
    html = (made_without / "sample-harbour/ibh/readability.html").read_text("utf-8")
    assert re.search(r"paragraph \d+, sentence \d+", html) and "<blockquote" not in html
    shown = " ".join(words_of(path.read_text("utf-8")) for path in made_without.rglob("*.html"))
    sentences = long_sentences(harbour)
    assert len(sentences) > 300 and not [sentence for sentence in sentences if sentence in shown]


def test_figures_and_tables_are_the_same_without_texts(made, made_without):
    pages = [(one / "sample-harbour/ibh/readability.html").read_text("utf-8") for one in (made, made_without)]
    pictures = [re.findall(r'<img src="[^"]+"', page) for page in pages]
    assert len(pictures[0]) >= 2 and pictures[0] == pictures[1]
    for path in (made / "sample-harbour/tables").iterdir():
        assert path.read_bytes() == (made_without / "sample-harbour/tables" / path.name).read_bytes(), (
            path.name
        )


def test_a_notebook_that_fails_leaves_the_others_whole(founding, tmp_path, monkeypatch):
    monkeypatch.setenv("PARALLAX_DATA", str(founding.folder.parent))
    monkeypatch.setattr(reports, "NOTEBOOKS", tmp_path / "notebooks")
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks", ignore=shutil.ignore_patterns(".*"))
    path = tmp_path / "notebooks" / "readability.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[3:] = [nbformat.v4.new_code_cell("1 / 0"), nbformat.v4.new_code_cell("2")]
    nbformat.write(notebook, path)
    wanted = chosen(founding, notebooks=["readability", "corpus"], outlets=["afp"])
    made = reports.make([founding], wanted, folder=tmp_path / "out")
    assert [outcome.report.path for outcome in made.failed] == ["kim-putin-2023/afp/readability.html"]
    kept = made.failed[0].kept
    assert kept == tmp_path / "out/kim-putin-2023/afp/readability.failed.ipynb" and kept.is_file()
    assert "kim-putin-2023/corpus.html" in files(tmp_path / "out")
    assert "kim-putin-2023/afp/readability.html" not in files(tmp_path / "out")
    index = (tmp_path / "out/kim-putin-2023/index.html").read_text("utf-8")
    assert "failed" in index and "ZeroDivisionError" in index and 'href="afp/readability.html"' not in index
    assert "1 failed" in (tmp_path / "out/index.html").read_text("utf-8")


# What is made again, with a stand-in for the notebooks ----------------------------------------------------


@pytest.fixture
def world(founding, tmp_path, monkeypatch):
    """A copy of the founding story, notebooks of its own, and notes of which reports were run."""
    data = tmp_path / "data"
    shutil.copytree(founding.folder, data / founding.name)
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks", ignore=shutil.ignore_patterns(".*"))
    monkeypatch.setenv("PARALLAX_DATA", str(data))
    monkeypatch.setattr(reports, "NOTEBOOKS", tmp_path / "notebooks")
    ran, failing = [], set()

    def stand_in(wanted, *, outputs, on_progress, **_):
        ran.extend(report.path.split("/", 1)[1] for report in wanted)
        for n_done, report in enumerate(wanted, 1):
            (outputs / report.path).parent.mkdir(parents=True, exist_ok=True)
            (outputs / report.path).write_text(f"<p>{report.path}</p>", "utf-8")
            failed = report.path in failing
            outcome = Outcome(report, error="KeyError: x", cell=3) if failed else Outcome(report)
            on_progress(outcome, n_done, len(wanted))

    monkeypatch.setattr(batch, "run_all", stand_in)

    def make(*, only=None, **options):
        from analysis.loading import load_story

        story = load_story(founding.name)
        ran.clear()
        wanted = reports.planned(story, **({"outlets": only} if only else {}))
        return reports.make([story], wanted, folder=tmp_path / "out", **options), sorted(ran)

    make.folder, make.story, make.failing = tmp_path, data / founding.name, failing
    return make


def test_planned_are_four_outlets_by_four_notebooks_and_two_of_the_whole(founding):
    paths = [report.path for report in reports.planned(founding)]
    assert paths[:3] == [
        f"kim-putin-2023/{name}.html" for name in ("comparison", "corpus", "reuters/framing")
    ]
    assert len(paths) == len(set(paths)) == 18


def test_nothing_is_run_twice_unless_forced(world):
    assert len(world()[1]) == 18
    made, ran = world()
    assert ran == [] and len(made.fresh) == 18
    assert len(world(force=True)[1]) == 18


def test_a_changed_notebook_makes_its_reports_alone(world):
    world()
    path = world.folder / "notebooks" / "framing.ipynb"
    path.write_text(path.read_text("utf-8").replace("# ", "#  ", 1), "utf-8")
    assert world()[1] == sorted(
        f"{outlet}/framing.html" for outlet in ("reuters", "ap", "afp", "washington-post")
    )


@pytest.mark.parametrize("file", ["story.yml", "documents.csv", "measures/estimates.parquet"])
def test_a_changed_input_makes_all_reports_of_the_story(world, file):
    world()
    path = world.story / file
    if file.endswith(".parquet"):
        import pandas as pd

        pd.read_parquet(path).iloc[::-1].to_parquet(path, index=False)
    else:
        path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    assert len(world()[1]) == 18


def test_a_report_that_was_edited_or_removed_is_made_again(world):
    world()
    (world.folder / "out/kim-putin-2023/ap/framing.html").write_text("edited", "utf-8")
    (world.folder / "out/kim-putin-2023/corpus.html").unlink()
    assert world()[1] == ["ap/framing.html", "corpus.html"]


def test_a_run_for_one_outlet_keeps_what_is_known_of_the_others(world):
    world()
    _, ran = world(only=["ap"])
    assert ran == ["comparison.html"]  # which now shows this outlet alone
    known = json.loads((world.folder / "out/kim-putin-2023/provenance.json").read_text("utf-8"))["reports"]
    assert len(known) == 18 and known["comparison.html"]["parameters"]["outlets"] == ["ap"]
    assert world()[1] == ["comparison.html"]


def test_the_index_says_which_reports_are_out_of_date_failed_or_not_made(world):
    def index() -> str:
        return (world.folder / "out/kim-putin-2023/index.html").read_text("utf-8")

    world(only=["reuters"])
    assert "6 of 18 reports are made from what is here now" in index()
    assert (
        "Not made yet: ap/framing.html" in index()
        and " and 4 more." in index()
        and "out of date" not in index().casefold()
    )
    world()
    assert "18 of 18 reports are made" in index() and "Not made yet" not in index()
    path = world.story / "facts.yml"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    world.failing.add("kim-putin-2023/ap/framing.html")
    world(only=["ap"])
    assert "5 of 18 reports are made from what is here now" in index()
    assert "Out of date: " in index() and "Changed since: " in index() and "facts.yml" in index()
    assert "Failed: ap/framing.html." in index()
    assert index().count('<span class="reason">out of date</span>') == 12


def test_a_report_that_failed_is_gone_marked_and_tried_again(world):
    world()
    world.failing.add("kim-putin-2023/ap/framing.html")
    made, _ = world(force=True)
    assert [outcome.report.path for outcome in made.failed] == ["kim-putin-2023/ap/framing.html"]
    assert not (world.folder / "out/kim-putin-2023/ap/framing.html").exists()
    known = json.loads((world.folder / "out/kim-putin-2023/provenance.json").read_text("utf-8"))["reports"]
    assert known["ap/framing.html"]["error"] == "cell 3: KeyError: x"
    world.failing.clear()
    assert world()[1] == ["ap/framing.html"]


def test_nothing_is_written_outside_the_folder_of_reports(world):
    world()
    before = files(world.folder / "data") | files(world.folder / "notebooks")
    world(force=True)
    assert files(world.folder / "data") | files(world.folder / "notebooks") == before
    assert sorted(path.name for path in world.folder.iterdir()) == ["data", "notebooks", "out"]


def test_parameters_are_checked_before_anything_is_run(world, founding):
    wrong = Report(founding.name, "framing", "ap", {"story": founding.name, "outlett": "ap"})
    with pytest.raises(BadParameter, match="outlet\\?"):
        reports.make([founding], [wrong], folder=world.folder / "out")
    assert not (world.folder / "out").exists()
