"""The same inputs give the same bytes: of every page, table, provenance and bundle, wherever and however they are made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.test_cli import contents

ROOT = Path(__file__).parents[1]
ARTICLES = ("ibh-3-bulletin.txt", "meridian-3.txt")  # of the sample story, which is free
PLAIN = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "PYTHONHASHSEED": "0"}
NOTEBOOKS = ("--notebook", "comparison", "--notebook", "framing")


def parallax(*arguments: str, cwd: Path, **environment: str) -> None:
    """Run a command in a process of its own, as from a shell in `cwd`; the package is found by its path."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PARALLAX_", "LC_"))}
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    ran = subprocess.run(
        [sys.executable, "-m", "analysis", *arguments],
        cwd=cwd,
        env=clean | PLAIN | {"PYTHONPATH": path} | environment,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr


def made(
    folder: Path,
    *,
    data: str = "data",
    out: str = "out",
    jobs: str = "2",
    turned: bool = False,
    **environment: str,
) -> dict[str, bytes]:
    """Everything that adding, measuring, reporting and bundling two articles writes, by name below the two folders."""
    raw = folder / ("raw" if not turned else "elsewhere")
    raw.mkdir(parents=True)
    names = ARTICLES[::-1] if turned else ARTICLES
    for name in names:  # a folder lists its files in the order in which they came, on many systems
        shutil.copy(ROOT / "data/sample-harbour/articles" / name, raw)
    folders = ("--data", data, "--reports", out)
    parallax("add", "port", *(str(raw / name) for name in names), "--data", data, cwd=folder, **environment)
    parallax("report", "port", "--zip", "--jobs", jobs, *NOTEBOOKS, *folders, cwd=folder, **environment)
    found = {f"data/{name}": content for name, content in contents(folder / data).items()}
    return found | {f"out/{name}": content for name, content in contents(folder / out).items()}


VARIATIONS = {
    "other folders": {"data": "deep/er/my data", "out": "Ausgabe ä"},
    "another time zone": {"TZ": "Asia/Kathmandu"},
    "another language": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"},
    "another hash seed": {"PYTHONHASHSEED": "12345"},
    "another order of the articles, one notebook at a time": {"turned": True, "jobs": "1"},
}


@pytest.fixture(scope="module")
def all_made(tmp_path_factory) -> dict[str, dict[str, bytes]]:
    """What each variation writes, and what is written without one."""
    folder = tmp_path_factory.mktemp("determinism")
    calls = {"none": {}, **VARIATIONS}
    with ThreadPoolExecutor(max_workers=2) as pool:
        waiting = {
            name: pool.submit(made, folder / str(n), **how) for n, (name, how) in enumerate(calls.items())
        }
        return {name: future.result() for name, future in waiting.items()}


def test_what_is_compared_is_everything(all_made):
    names = set(all_made["none"])
    assert {"out/port.zip", "out/index.html", "out/port/provenance.json", "out/port/comparison.html"} <= names
    assert {"data/port/story.yml", "data/port/documents.csv", "data/port/measures/estimates.parquet"} <= names
    assert (
        sum(name.endswith(".csv") for name in names) > 20
        and sum(name.endswith(".html") for name in names) >= 4
    )
    for content in all_made["none"].values():
        assert str(ROOT).encode() not in content


@pytest.mark.parametrize("variation", VARIATIONS)
def test_the_same_articles_give_the_same_bytes(all_made, variation):
    expected, found = all_made["none"], all_made[variation]
    assert set(found) == set(expected)
    assert [name for name in expected if found[name] != expected[name]] == []
