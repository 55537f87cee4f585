"""Partitions on a Dask cluster: a scheduler and workers of its own, on this machine, one of which is killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.outline import outline
from analysis.partitions.measurement import Unfinished, measure_large
from analysis.partitions.partition import NoCluster, Setting, makers, receipt_of
from tests.partitions.stories import MANY, interrupted, listed_story, tables

ROOT = Path(__file__).parents[2]
DASK = [sys.executable, "-m", "dask"]
LAPTOP = ("--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", "127.0.0.1:0")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """How to start one more worker, and the address of its scheduler; all end with the tests."""
    with dask(tmp_path_factory.mktemp("cluster")) as (worker, address, _):
        yield worker, address


@contextmanager
def dask(folder: Path) -> Iterator[tuple[Callable[[], subprocess.Popen], str, subprocess.Popen]]:
    """A scheduler: how to start one more worker of it, its address, its process."""
    known, started = folder / "scheduler.json", []

    def start(*command: str) -> subprocess.Popen:
        log = (folder / f"{len(started)}.log").open("w")
        process = subprocess.Popen(
            [*DASK, *command, "--scheduler-file", str(known)], cwd=ROOT, stdout=log, stderr=log
        )
        started.append(process)
        return process

    def worker() -> subprocess.Popen:
        place = str(folder / f"worker-{len(started)}")
        return start("worker", *LAPTOP, "--nthreads", "1", "--no-nanny", "--local-directory", place)

    scheduler = start("scheduler", *LAPTOP, "--port", "0")
    try:
        end = time.monotonic() + 60
        while not known.is_file() or not known.read_text():
            assert time.monotonic() < end and scheduler.poll() is None
            time.sleep(0.05)
        yield worker, json.loads(known.read_text())["address"], scheduler
    finally:
        for process in reversed(started):
            process.kill()
            process.wait(20)


def test_two_workers_one_killed_midway_write_the_bytes_of_an_undisturbed_run(data, undisturbed, cluster):
    worker, address = cluster
    folder = listed_story(data)
    workers = [worker(), worker()]
    killed = []

    def kill(partition) -> None:
        if not killed:
            killed.append(partition.number)
            os.kill(workers[0].pid, signal.SIGKILL)

    done = measure_large(outline("ferry"), sources=False, scheduler=address, on_partition=kill)
    assert workers[0].wait(10) == -signal.SIGKILL and workers[1].poll() is None
    assert (done.n_partitions, done.n_kept) == (4, 0) and tables(folder) == undisturbed


def test_a_scheduler_lost_midway_costs_what_was_not_measured_yet(data, undisturbed, tmp_path):
    folder = listed_story(data)
    with dask(tmp_path) as (worker, address, scheduler):
        worker()
        with pytest.raises(Unfinished, match="the connection to the scheduler was lost") as stopped:
            measure_large(
                outline("ferry"),
                sources=False,
                scheduler=address,
                on_partition=lambda partition: scheduler.kill(),
            )
    assert "of 4 partitions" in str(stopped.value)
    done = measure_large(outline("ferry"), sources=False)
    assert 1 <= done.n_kept < 4 and tables(folder) == undisturbed


def test_the_command_measures_on_a_cluster_and_resumes_what_control_c_left(data, cluster):
    worker, address = cluster
    worker()
    folder = listed_story(data, n_episodes=MANY)
    command = [
        sys.executable,
        "-m",
        "analysis",
        "measure",
        "ferry",
        "--measures",
        "core",
        "--scheduler",
        address,
    ]
    code, said = interrupted(command, ROOT, when=lambda: list(receipt_of(folder, 0).parent.glob("0*.json")))
    assert code == 130, said
    again = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert again.returncode == 0, again.stderr
    assert f"{3 * MANY} documents" in again.stdout and " of them measured before" in again.stdout
    resumed = tables(folder)
    shutil.rmtree(folder / "measures")
    done = measure_large(outline("ferry"), sources=False)
    assert f"in {done.n_partitions} partitions, " in again.stdout
    assert tables(folder) == resumed


def test_a_worker_that_is_not_fit_is_named_before_anything_is_measured(data, cluster):
    from analysis.partitions import cluster as module

    worker, address = cluster
    worker()
    folder = listed_story(data)
    setting = Setting(folder, False, True, "", makers(False), {}, {})
    other = replace(setting, made_with=setting.made_with | {"numpy": "1.0", "Parallax's code": "old"})
    with pytest.raises(NoCluster, match=r"the worker tcp://\S+ is not fit: it has another version of"):
        list(module.cluster(other, [], address))
    away = module.about_worker(setting, folder / "measures" / "elsewhere" / "token")
    assert away.startswith(f"{folder} must be a folder that it shares")


def test_without_a_scheduler_the_command_ends_with_2_and_writes_nothing(data, monkeypatch):
    from analysis.partitions import cluster as module

    folder = listed_story(data)
    monkeypatch.setattr(module, "PATIENCE", 0.5)
    with pytest.raises(NoCluster, match="no Dask scheduler answers there"):
        measure_large(outline("ferry"), sources=False, scheduler="tcp://127.0.0.1:9")
    assert not (folder / "measures").exists()


def test_dask_is_loaded_only_where_a_scheduler_is_named(data):
    listed_story(data)
    code = (
        "import sys; from analysis.outline import outline; from analysis.partitions.measurement import measure_large\n"
        "measure_large(outline('ferry'), sources=False); print('distributed' in sys.modules, 'spacy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.split() == ["False", "False"]
