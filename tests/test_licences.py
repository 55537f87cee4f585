"""Everything that is installed or comes along may be used by everyone: nothing stands under the GPL alone.

The LGPL is allowed, since its packages are installed beside the project unchanged. What is offered
under several licences is taken under the permissive one, and has to be named here.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution, distributions
from pathlib import Path

import pytest

CHOICE = {
    "pyphen": "GPL, LGPL or MPL 1.1, as one prefers: taken under the MPL",
    "tld": "MPL 1.1, GPL or LGPL, as one prefers: taken under the MPL",
}
LOCKS = ("requirements.lock", "tests/gates/textacy.lock")
GPL = re.compile(r"(?<!L)GPL|(?<!Lesser )General Public License|Affero", re.IGNORECASE)
PACKAGE = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


@pytest.fixture(scope="module")
def lock(root) -> str:
    return (root / LOCKS[0]).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def lock_of_textacy(root) -> str:
    return (root / LOCKS[1]).read_text(encoding="utf-8")


def licences(package: Distribution) -> list[str]:
    """List the licences a package declares: expression, classifiers, the free field where it is one line."""
    declared = package.metadata.get_all("Classifier") or []
    stated = [line.removeprefix("License ::") for line in declared if line.startswith("License ::")]
    for field in ("License-Expression", "License"):
        value = package.metadata.get(field) or ""
        if value not in ("", "UNKNOWN") and "\n" not in value:
            stated.append(value)
    return stated


def installed(lock: str) -> list[Distribution]:
    """List the locked packages that are installed, and what the gate of textacy has beside them; those for other systems or
    Pythons are not."""
    found = list(distributions(path=[str(Path(sys.prefix) / "textacy")]))
    for name, _ in PACKAGE.findall(lock):
        try:
            found.append(distribution(name))
        except PackageNotFoundError:
            continue
    return found


def test_no_package_can_be_had_under_the_gpl_only(lock):
    packages = installed(lock)
    assert len(packages) > 100
    gpl = {
        package.name: licences(package)
        for package in packages
        if any(GPL.search(licence) for licence in licences(package)) and package.name.lower() not in CHOICE
    }
    assert gpl == {}


def test_every_package_states_a_licence(lock):
    def states_one(package: Distribution) -> bool:
        return bool(
            licences(package) or package.metadata.get("License") or package.metadata.get_all("License-File")
        )

    assert [package.name for package in installed(lock) if not states_one(package)] == []


@pytest.mark.parametrize(
    ("licence", "is_gpl"),
    [
        ("GPL-3.0-or-later", True),
        ("GNU General Public License v3 (GPLv3)", True),
        ("AGPL-3.0", True),
        ("LGPL-2.1-or-later", False),
        ("GNU Lesser General Public License v2 or later (LGPLv2+)", False),
        ("MIT License", False),
    ],
)
def test_the_gpl_is_told_from_the_lgpl(licence, is_gpl):
    assert bool(GPL.search(licence)) is is_gpl


def test_the_lock_of_textacy_repeats_nothing_of_the_lock(lock, lock_of_textacy):
    here, there = ({name.lower() for name, _ in PACKAGE.findall(text)} for text in (lock, lock_of_textacy))
    assert "textacy" in there
    assert here & there == set()


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_hashes_and_no_address(root, name):
    lock = (root / name).read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|--(extra-)?index-url|--find-links| @ ", lock)
    packages = re.split(r"\n(?=\S)", "\n".join(line for line in lock.splitlines() if "#" not in line))
    assert [package for package in packages if "--hash=sha256:" not in package] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_tells_no_path_of_the_machine_it_was_made_on(root, name):
    lock = (root / name).read_text(encoding="utf-8")
    header = [line for line in lock.splitlines() if line.startswith("#")]
    assert not any(re.search(r"(^|\s)[~/]|[A-Z]:\\", line) for line in header)


def test_the_pronouncing_dictionary_carries_its_licence(root):
    folder = root / "data" / "dictionaries" / "nltk_data" / "corpora" / "cmudict"
    licence = (folder / "LICENSE").read_text(encoding="ascii")
    assert licence.startswith("Copyright (C) 1993-2015 Carnegie Mellon University.")
    assert "Redistribution and use in source and binary forms" in licence
    assert "THIS SOFTWARE IS PROVIDED BY CARNEGIE MELLON UNIVERSITY ``AS IS''" in licence


def test_the_project_is_under_the_mit_licence(root):
    licence = (root / "LICENSE").read_text(encoding="utf-8")
    assert licence.startswith("MIT License\n\nCopyright (c) 2026 The Parallax developers\n")
    assert "license: MIT\n" in (root / "CITATION.cff").read_text(encoding="utf-8")
