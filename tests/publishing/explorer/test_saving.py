"""A selection is kept as tables and as the code that makes them again: it runs, and gives the same bytes."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from dataclasses import replace

import pandas as pd
import pytest

from analysis.publishing.explorer.measure_figure import estimates
from analysis.publishing.explorer.saving import explored_folder, save, slug
from analysis.publishing.explorer.selection import NeedsTexts, Selection, rows

SELECTION = Selection(
    outlets=("courier", "ibh"), frame="environment", word=r"r[e]ef|\"silt\"'", is_regex=True
)
MEASURE = "theme_environment"


@pytest.fixture
def reports(tmp_path, monkeypatch, story_data):
    monkeypatch.setenv("PARALLAX_REPORTS", str(tmp_path / "reports"))
    monkeypatch.setenv("PARALLAX_DATA", str(story_data))
    return tmp_path / "reports"


def test_rows_and_figure_are_saved_beside_the_reports_of_the_story_and_nowhere_else(harbour, reports):
    saved = save(harbour, SELECTION, MEASURE)
    folder = reports / "sample-harbour" / "explored"
    assert explored_folder(harbour) == folder
    assert {path for path in reports.rglob("*") if path.is_file()} == {
        saved.rows,
        saved.estimates,
        saved.code,
    }
    assert {saved.rows.parent, saved.estimates.parent, saved.code.parent} == {folder}
    table = pd.read_csv(saved.rows, skiprows=1, keep_default_na=False)
    wanted = rows(harbour, SELECTION)
    assert table.columns.to_list() == wanted.columns.to_list() and len(table) == len(wanted) > 3
    assert table["hit"].to_list() == wanted["hit"].to_list()
    figure = pd.read_csv(saved.estimates, skiprows=1)
    assert figure["value"].to_list() == pytest.approx(
        estimates(harbour, SELECTION, MEASURE)["value"].to_list(), nan_ok=True
    )


def test_the_code_repeats_both_tables_byte_for_byte_from_anywhere(harbour, reports, tmp_path):
    saved = save(harbour, SELECTION, MEASURE)
    again = tmp_path / "again"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PARALLAX_")}
    run = subprocess.run(
        [sys.executable, saved.code, again], capture_output=True, text=True, cwd=tmp_path, env=environment
    )
    assert run.returncode == 0, run.stderr
    for path in (saved.rows, saved.estimates):
        assert (again / path.name).read_bytes() == path.read_bytes()
    kept = saved.rows.read_bytes()
    saved.rows.unlink()
    subprocess.run([sys.executable, saved.code], check=True, capture_output=True, env=environment)
    assert saved.rows.read_bytes() == kept  # without a folder it writes beside itself


def test_the_code_repeats_what_was_chosen_of_one_episode(archive, tmp_path, monkeypatch):
    monkeypatch.setenv("PARALLAX_DATA", str(archive.folder.parent))
    selection = Selection(word="the", episode="e007")
    saved = save(archive, selection, "words_per_sentence", tmp_path / "saved")
    run = subprocess.run([sys.executable, saved.code, tmp_path / "again"], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    for path in (saved.rows, saved.estimates):
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes()
    assert len(pd.read_csv(saved.estimates, skiprows=1)) == 4 and "e007" in saved.rows.name


def test_the_first_line_says_what_may_be_passed_on(harbour, founding, reports):
    texts = save(harbour, Selection(word="reef"), MEASURE).rows.read_text("utf-8").splitlines()[0]
    assert texts == "# Story sample-harbour, explored. The texts of this story are open."
    private = save(founding, Selection(frame="threat"), "theme_threat")
    for path in (private.rows, private.estimates):
        assert "yours to read and to keep, not to pass on" in path.read_text("utf-8").splitlines()[0]
    assert "not to pass on" in private.code.read_text("utf-8")


def test_no_cell_of_what_is_saved_is_a_formula(harbour, reports):
    texts = {doc_id: text.replace("reef", "=HYPERLINK(1)") for doc_id, text in harbour.texts.items()}
    saved = save(replace(harbour, texts=texts), Selection(word=r"=hyperlink\(1\)", is_regex=True), MEASURE)
    with saved.rows.open(encoding="utf-8", newline="") as file:
        next(file)
        cells = [cell for row in csv.reader(file) for cell in row]
    assert "'=HYPERLINK(1)" in cells and not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(
    "word",
    ["../../x", "/etc/passwd", 'a"""b', "a'b\\", "{name}", "\u202e", "\ud800", "a\nimport os", "ü" * 300],
)
def test_what_was_typed_names_no_path_and_becomes_no_code(harbour, reports, word):
    selection = Selection(word=word)
    saved = save(harbour, selection, MEASURE)
    assert saved.rows.parent == explored_folder(harbour) and len(saved.rows.name) < 80
    names: dict[str, object] = {}
    code = saved.code.read_text("utf-8")
    (line,) = (line for line in code.splitlines() if line.startswith("selection = "))
    exec(line, {"Selection": Selection}, names)
    assert names["selection"] == selection
    compile(code, saved.code.name, "exec")


def test_different_selections_have_different_names_and_the_same_one_the_same():
    chosen = [
        Selection(),
        Selection(word="reef"),
        Selection(word="Reef"),
        Selection(word="reef", is_regex=True),
        SELECTION,
    ]
    names = [slug(one, measure) for one in chosen for measure in (MEASURE, "words_per_sentence")]
    assert len(set(names)) == len(names) and slug(SELECTION, MEASURE) == slug(replace(SELECTION), MEASURE)


def test_what_cannot_be_told_is_not_saved(harbour_without_texts, reports):
    with pytest.raises(NeedsTexts):
        save(harbour_without_texts, Selection(word="reefs?", is_regex=True), MEASURE)
    assert not reports.exists()
