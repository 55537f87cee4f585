"""The help of every command says what it is for and shows how it is called, in lines that work."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

import analysis
from analysis.cli import app

PARALLAX = Path(sys.executable).with_name("parallax")
COMMANDS = typer.main.get_command(app).commands
# Those that write nothing, or only where they are told to, and need no fit material of the reader's own.
CHEAP = ("list", "check", "convert", "--dry-run")


def call(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess:
    command = [PARALLAX, *arguments]
    return subprocess.run(
        command, cwd=cwd, env=os.environ | environment, capture_output=True, text=True, timeout=120
    )


def help_of(*command: str, cwd: Path) -> str:
    ran = call(*command, "--help", cwd=cwd, COLUMNS="60")
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout


def examples(help_text: str) -> list[str]:
    lines = help_text.rpartition("  Examples:\n")[2].splitlines()
    return [line.strip() for line in lines]


@pytest.fixture(scope="module")
def every_help(tmp_path_factory) -> dict[str, str]:
    """The help of each command, in a narrow terminal."""
    folder = tmp_path_factory.mktemp("help")
    return {name: help_of(name, cwd=folder) for name in COMMANDS}


def test_every_help_begins_with_a_purpose_and_ends_with_one_or_two_examples_a_line_each(every_help):
    for name, text in every_help.items():
        purpose = COMMANDS[name].help.strip()
        assert purpose[0].isupper() and purpose.endswith(".") and "\n\n" not in purpose, name
        assert text.startswith(f"Usage: parallax {name} "), name
        shown = examples(text)
        assert 1 <= len(shown) <= 2 and all(line.startswith(f"parallax {name}") for line in shown), name


def test_defaults_stand_in_the_help(every_help):
    shown = {name: " ".join(text.split()) for name, text in every_help.items()}
    assert "[default: 40" in shown["suggest-facts"] and "[default: all]" in shown["report"]
    assert "(one a processor)" in shown["report"] and "[default: 1000000" in shown["add"]


def test_every_example_is_understood(every_help, root, monkeypatch):
    """Parsed by the command itself, from the folder of the project, as far as files are there."""
    monkeypatch.chdir(root)
    main = typer.main.get_command(app)
    lines = [line for text in every_help.values() for line in examples(text)]
    for line in [*lines, *examples(help_of(cwd=root))]:
        program, name, *arguments = shlex.split(line)
        assert program == "parallax"
        context = main.make_context("parallax", [name, *arguments])
        with context:
            command = main.get_command(context, name)
            command.make_context(name, arguments, parent=context)


def test_examples_that_write_nothing_work_on_the_stories_that_come_with_the_project(
    every_help, root, story_data, harbour, tmp_path
):
    (tmp_path / "data").symlink_to(root / "data")
    ran = 0
    for line in (line for text in every_help.values() for line in examples(text)):
        words = shlex.split(line)[1:]
        if not any(word in CHEAP for word in words) or "my_list.yml" in words:
            continue
        done = call(*words, cwd=tmp_path, PARALLAX_DATA=str(story_data))
        allowed = (0, 1) if words[0] == "convert" else (0,)  # what a format cannot hold is said with 1
        assert done.returncode in allowed, (line, done.stderr)
        ran += 1
    assert ran >= 5


def test_the_version_is_said(tmp_path):
    ran = call("--version", cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (0, f"parallax {analysis.__version__}\n")


def test_without_a_command_the_help_is_shown_with_exit_code_2(tmp_path):
    ran = call(cwd=tmp_path)
    assert ran.returncode == 2 and "Commands:" in ran.stdout + ran.stderr


@pytest.mark.parametrize(
    ("wrong", "says"),
    [("reports", "report"), ("mesure", "measure"), ("report --outlets x", "--outlet")],
)
def test_a_misspelt_command_or_option_is_answered_with_the_right_one(tmp_path, wrong, says):
    ran = call(*wrong.split(), cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (2, "") and says in ran.stderr.split("Error: ")[1]
    assert "id you mean" in ran.stderr or "Possible options" in ran.stderr


def test_an_unknown_field_of_a_table_is_wrong_use_and_answered_with_the_right_one(tmp_path):
    (tmp_path / "a.csv").write_text("body\nx\n", "utf-8")
    ran = call("add", "ferry", "a.csv", "--map", "txt=body", "--data", "data", cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (2, "") and "did you mean text?" in ran.stderr
    ran = call("add", "ferry", "a.csv", "--map", "text=bodi", "--data", "data", cwd=tmp_path)
    assert ran.returncode == 1 and "did you mean body?" in ran.stderr


def test_help_loads_nothing_that_measures(tmp_path):
    for words in (["--help"], ["report", "--help"], ["--version"]):
        command = [sys.executable, "-X", "importtime", PARALLAX, *words]
        ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
        loaded = {row.rpartition("|")[2].strip() for row in ran.stderr.splitlines()}
        assert ran.returncode == 0 and "typer" in loaded
        assert not loaded & {"pandas", "numpy", "spacy", "papermill", "rich.progress", "analysis.story"}
