"""What is not needed is not imported: the help says itself at once, and a page without a figure draws nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SLOW = {
    "IPython",
    "ipykernel",
    "jinja2",
    "matplotlib",
    "nbclient",
    "nbconvert",
    "nbformat",
    "nltk",
    "numpy",
    "pandas",
    "papermill",
    "pyarrow",
    "pydantic",
    "spacy",
    "textstat",
    "yaml",
}
OF_STORIES = {"numpy", "pandas", "pyarrow", "pydantic", "yaml"}  # what reading tables and story.yml takes


def imported(program: str, *arguments: str, cwd: Path, **environment: str) -> set[str]:
    """Those of the slow libraries that a Python has imported when it has run `program`."""
    told = f"try:\n    {program}\nexcept SystemExit:\n    pass\nimport sys\nprint('|', *{SLOW} & set(sys.modules))"
    ran = subprocess.run(
        [sys.executable, "-c", told, *arguments],
        cwd=cwd,
        env=os.environ
        | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
        | environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr
    return set(ran.stdout.rpartition("|")[2].split())


def test_importing_the_package_imports_no_library(tmp_path):
    assert imported("import analysis", cwd=tmp_path) == set()


@pytest.mark.parametrize("words", [["--help"], ["report", "--help"], ["--version"]], ids=" ".join)
def test_what_tells_of_the_command_alone_imports_no_library(words, tmp_path):
    program = "from analysis.__main__ import main; main()"
    assert imported(program, *words, cwd=tmp_path) <= {"pydantic"}  # by typer, of options that are lists


def test_a_notebook_imports_neither_a_parser_nor_what_runs_notebooks(tmp_path):
    program = "from analysis.publishing import figures, own, passages, summaries, tables, texts, utterances"
    assert imported(program, cwd=tmp_path) <= OF_STORIES | {"matplotlib", "jinja2"}


def test_a_report_of_which_nothing_changed_loads_no_story_and_draws_nothing(founding, tmp_path):
    program = "from analysis.__main__ import main; main()"
    words = ["report", founding.name, "--notebook", "corpus", "--reports", str(tmp_path / "reports")]
    there = {"PARALLAX_DATA": str(founding.folder.parent)}
    first = imported(program, *words, cwd=tmp_path, **there)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "reports").rglob("*.csv")}
    again = imported(program, *words, cwd=tmp_path, **there)
    assert "matplotlib" in first and again <= OF_STORIES | {"jinja2"}
    assert before and before == {path: path.stat().st_mtime_ns for path in before}
