"""The reference says what the software is: it is written from what is declared, anywhere and by anyone the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import typer.main

from analysis import reference
from analysis.cli import app
from analysis.publishing.parameters import declared_parameters
from analysis.story import Story
from analysis.tables import TABLES

PAGE = Path("docs") / "reference.md"


def test_the_reference_is_what_the_declarations_say(root):
    assert (root / PAGE).read_text("utf-8") == reference.markdown(), (
        f"write it again: python -m analysis.reference > {PAGE}"
    )


def test_the_reference_does_not_depend_on_the_machine_that_writes_it(root, tmp_path):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    environment |= {"COLUMNS": "40", "LANG": "C", "HOME": str(tmp_path), "TERM": "dumb", "FORCE_COLOR": "1"}
    environment |= {"PARALLAX_DATA": str(tmp_path), "PYTHONHASHSEED": "7", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "analysis.reference"]
    ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == (root / PAGE).read_bytes()


def test_every_command_option_table_notebook_and_member_of_a_story_stands_in_the_reference(root):
    page = (root / PAGE).read_text("utf-8")
    for name, command in typer.main.get_command(app).commands.items():
        section = page.split(f"### `parallax {name}`\n")[1].split("\n###")[0]
        for parameter in command.params:
            if parameter.param_type_name == "option" and parameter.name != "help":
                assert f"| `{parameter.opts[0]}" in section, (name, parameter.name)
    for name in TABLES:
        assert f"| `{name}` |" in page
    for notebook in (root / "notebooks").glob("*.ipynb"):
        section = page.split(f"| `{notebook.stem}` |")[1]
        assert all(f"| `{name}` |" in section for name in declared_parameters(notebook))
    for name in (
        name for name in vars(Story) if not name.startswith("_") and name not in Story.__annotations__
    ):
        assert f"| `.{name}" in page, name
