"""Data flow in one direction: a room imports only from the rooms before it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOMS = ["corpus", "evidence", "measures", "comparison", "publishing"]
CHECK = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"


def check_rooms(folder: Path) -> subprocess.CompletedProcess:
    """Hold the package `analysis` in `folder` against the contract of the pyproject.toml beside it."""
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, '.'); {CHECK}"]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder)


@pytest.fixture
def small_package(root, tmp_path) -> Path:
    """A package with the five rooms, all empty, under our contract."""
    (tmp_path / "pyproject.toml").write_bytes((root / "pyproject.toml").read_bytes())
    for folder in [Path("analysis"), *(Path("analysis", room) for room in ROOMS)]:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "__init__.py").touch()
    for module in ("tables", "story"):
        (tmp_path / "analysis" / f"{module}.py").touch()
    return tmp_path


def test_every_room_keeps_to_the_order(root):
    check = check_rooms(root)
    assert check.returncode == 0, check.stdout + check.stderr


@pytest.mark.parametrize(
    ("module", "imported", "is_kept"),
    [
        ("comparison", "analysis.corpus", True),
        ("publishing", "analysis.tables", True),
        ("corpus", "analysis.tables", True),
        ("story", "analysis.comparison", True),
        ("story", "analysis.publishing", False),
        ("corpus", "analysis.evidence", False),
        ("evidence", "analysis.measures", False),
        ("measures", "analysis.comparison", False),
        ("comparison", "analysis.publishing", False),
        ("publishing", "analysis.story", True),
        ("corpus", "analysis.story", False),
    ],
)
def test_the_contract_tells_an_upward_import_from_a_downward_one(small_package, module, imported, is_kept):
    path = small_package / "analysis" / module
    (path / "reading.py" if path.is_dir() else path.with_suffix(".py")).write_text(f"import {imported}\n")
    check = check_rooms(small_package)
    assert ("BROKEN" not in check.stdout) is is_kept, check.stdout + check.stderr
    assert check.returncode == (0 if is_kept else 1)


def test_tables_import_from_no_room(small_package):
    (small_package / "analysis" / "tables.py").write_text("import analysis.corpus\n")
    assert check_rooms(small_package).returncode == 1


def test_an_import_for_the_type_checker_alone_is_free(small_package):
    code = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import analysis.story\n"
    (small_package / "analysis" / "publishing" / "figures.py").write_text(code)
    assert check_rooms(small_package).returncode == 0
