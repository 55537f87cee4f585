"""One command at a time measures a story; others are told, and the next one goes on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from analysis.arguments import each
from analysis.loading import load_story
from analysis.outline import outline
from analysis.partitions.lock import Busy, alone
from analysis.partitions.measurement import measure_large
from tests.partitions.stories import listed_story, tables

ROOT = Path(__file__).parents[2]
HOLD = (
    "import sys, time; from pathlib import Path; from analysis.partitions.lock import alone\n"
    "with alone(Path(sys.argv[1])): print('held', flush=True); time.sleep(600)"
)


@contextmanager
def another(folder: Path) -> Iterator[subprocess.Popen]:
    """A process that measures the story in `folder`, as far as others can see."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    try:
        assert process.stdout.readline() == "held\n"
        yield process
    finally:
        process.kill()
        process.wait(20)


def command(*words: str, reports: Path) -> subprocess.CompletedProcess:
    options = ["--reports", str(reports)] if words[0] == "report" else ["--measures", "core"]
    return subprocess.run(
        [sys.executable, "-m", "analysis", *words, *options], capture_output=True, text=True, cwd=ROOT
    )


def test_while_another_process_measures_a_story_nothing_is_measured_and_when_it_is_killed_all_is(
    data, undisturbed
):
    folder = listed_story(data)
    with another(folder):
        with pytest.raises(Busy, match="another command measures this story"):
            measure_large(outline("ferry"), sources=False)
        assert not tables(folder)
    measure_large(outline("ferry"), sources=False)
    assert tables(folder) == undisturbed


def test_a_run_within_another_of_the_same_process_is_refused_too(data):
    folder = listed_story(data)
    with alone(folder), pytest.raises(Busy), alone(folder):
        pass


def test_where_nothing_was_measured_nothing_is_left(data):
    folder = listed_story(data)
    with alone(folder):
        assert (folder / "measures").is_dir()
    assert not (folder / "measures").exists()


@pytest.mark.parametrize("name", ["measure", "report"])
def test_a_command_whose_only_story_is_measured_by_another_says_so_and_ends_with_1(data, tmp_path, name):
    folder = listed_story(data)
    with another(folder):
        done = command(name, "ferry", reports=tmp_path / "reports")
    assert done.returncode == 1, done.stderr
    assert "parallax: ferry: another command measures this story" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_size_that_is_none_is_told_in_a_line(data, monkeypatch, tmp_path):
    listed_story(data)
    monkeypatch.setenv("PARALLAX_PARTITION", "abc")
    for name in ("measure", "report"):
        done = command(name, "ferry", reports=tmp_path / "reports")
        said = "PARALLAX_PARTITION is 'abc'; allowed: a whole number from 1 on"
        assert said in done.stderr and "Traceback" not in done.stderr and done.returncode == 2


def test_of_several_stories_one_that_is_not_measured_to_its_end_costs_only_itself(data, capsys):
    busy = listed_story(data, "busy")
    listed_story(data, "free", n_episodes=3)
    with another(busy):
        loaded = each(["busy", "free"], load_story)
    assert [story.name for story in loaded] == ["free"]
    assert "parallax: busy: another command measures this story" in capsys.readouterr().err
