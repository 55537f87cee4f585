"""What check tells of the entries of a person's dictionaries."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from analysis.entries import about_entries
from analysis.outline import outline

LIST = "+Conflict\nstrike*\nthe\nreef\nxylophone\nun*\n+Water\nreef\n"


@pytest.fixture
def told(story_data, tmp_path, monkeypatch):
    """The notes on the entries of `LIST` in a story."""
    path = tmp_path / "mine.lc3"
    path.write_text(LIST, "utf-8")
    monkeypatch.setenv("PARALLAX_DATA", str(story_data))
    monkeypatch.setenv("PARALLAX_DICTIONARIES", str(path))
    return lambda name: [note for note in about_entries(outline(name)) if note.startswith("mine")]


def test_entries_are_told_that_never_match_match_everywhere_or_stand_twice(told):
    left_out, doubled, never, everywhere = told("sample-harbour")
    assert left_out.startswith("mine, line 6: 'un*' under 'Conflict' is left out")
    assert doubled == "mine: 'reef' stands in several lists: Conflict, Water"
    assert never == "mine: 1 of 4 entries match nothing in this story: xylophone"
    assert "'the' stands in" in everywhere and "in every copy" in everywhere


def test_without_texts_it_is_said_that_matches_are_not_known(told):
    assert any("which entries match is not known" in note for note in told("kim-putin-2023"))


def test_a_dictionary_of_ones_own_stands_in_the_report(story_data, tmp_path):
    path = tmp_path / "mine.dic"
    path.write_text("%\n1\tQuarrels\n%\nstrike*\t1\n", "utf-8")
    command = [sys.executable, "-m", "analysis", "report", "sample-harbour", "--dictionary", str(path)]
    command += ["--outlet", "ibh", "--notebook", "framing", "--reports", str(tmp_path / "reports")]
    data = tmp_path / "data"
    shutil.copytree(story_data / "sample-harbour", data / "sample-harbour")
    done = subprocess.run([*command, "--data", str(data)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "reports/sample-harbour/ibh/framing.html").read_text("utf-8")
    assert "Quarrels" in html and "mine.dic, LIWC" in html and "not stated in the file" in html


def test_a_dictionary_needs_the_texts_to_be_counted_in(story_data, tmp_path):
    path = tmp_path / "mine.lc3"
    path.write_text(LIST, "utf-8")
    command = [sys.executable, "-m", "analysis", "report", "kim-putin-2023", "--dictionary", str(path)]
    done = subprocess.run([*command, "--data", str(story_data)], capture_output=True, text=True, check=False)
    assert (
        done.returncode == 2
        and "counts words in texts, and those of kim-putin-2023 are not here" in done.stderr
    )


@pytest.mark.parametrize("target", ["a.csv", "a.dic"])
def test_a_dictionary_is_written_in_another_format_and_nothing_is_written_over(tmp_path, target):
    (tmp_path / "mine.lc3").write_text(LIST, "utf-8")
    command = [
        sys.executable,
        "-m",
        "analysis",
        "convert",
        str(tmp_path / "mine.lc3"),
        str(tmp_path / target),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (
        done.returncode == 1 and "left out 'un*'" in done.stderr
    )  # something was left out, the rest is there
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert again.returncode == 2 and "is there already" in again.stderr
