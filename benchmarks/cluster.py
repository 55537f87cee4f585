"""Dask against a pool of processes, and two workers against one: the same story, measured by real schedulers and workers on this machine.

    python benchmarks/cluster.py

Each way measures a story of its own articles, in turns; the clock runs from the start of `parallax measure` to its end, workers that
wait for work are started before. Memory is the most that a worker held, with and without the parser.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

import generated  # noqa: E402
from pairs import Row, ran, ratio  # noqa: E402

TURNS, SIZE, SIZE_WITH_PARSER = 3, 4_000, 800  # articles of 600 words
AS_TOLD = {  # by docs/how-to.md
    "OPENBLAS_NUM_THREADS": "1",
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
}
FIRST = 6_000_000  # numbers of articles that no other benchmark generates


@contextmanager
def cluster(n_workers: int) -> Iterator[tuple[str, list[int]]]:
    """A Dask scheduler and `n_workers` workers of one thread on this machine: the address, and the workers' process ids."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scheduler.json"
        dask = [sys.executable, "-m", "dask"]
        own = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        own["env"] = os.environ | AS_TOLD
        quiet = ["--host", "127.0.0.1", "--no-dashboard"]
        started = [
            subprocess.Popen(
                [*dask, "scheduler", *quiet, "--port", "0", "--scheduler-file", str(file)], **own
            )
        ]
        try:
            _until(file.exists)
            worker = ["worker", *quiet, "--nthreads", "1", "--no-nanny", "--scheduler-file", str(file)]
            started += [subprocess.Popen([*dask, *worker], **own) for _ in range(n_workers)]
            address = json.loads(file.read_text())["address"]
            from distributed import Client

            with Client(address) as client:
                client.wait_for_workers(n_workers, timeout=60)
            yield address, [one.pid for one in started[1:]]
        finally:
            for process in reversed(started):
                process.kill()
                process.wait()


def seconds(way: list[str], n: int, number: int, *, measures: str = "core") -> float:
    """Seconds by the clock that `parallax measure` takes for `n` articles of its own."""
    with tempfile.TemporaryDirectory() as folder:
        generated.story(Path(folder) / "story", n, first=FIRST + number * 10_000)
        command = [sys.executable, "-m", "analysis", "measure", "story", "--measures", measures]
        return ran([*command, *way, "--data", folder]).seconds


def peak_mb(pids: list[int]) -> float:
    """The most memory that one of these running processes held so far."""
    found = []
    for pid in pids:
        status = Path(f"/proc/{pid}/status").read_text()
        found.append(
            int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024
        )
    return max(found)


def main() -> list[Row]:
    """Dask's time against a pool's, two workers against one, memory of a worker."""
    numbers = count()
    one, two, pool, peaks = [], [], [], []
    for _ in range(TURNS):
        pool.append(seconds(["--jobs", "2"], SIZE, next(numbers)))
        for n_workers, times in ((2, two), (1, one)):
            with cluster(n_workers) as (address, pids):
                times.append(seconds(["--scheduler", address], SIZE, next(numbers)))
                peaks.append(peak_mb(pids))
    with cluster(2) as (address, pids):
        seconds(["--scheduler", address], SIZE_WITH_PARSER, next(numbers), measures="all")
        with_parser = peak_mb(pids)
    n = f"{SIZE:,} articles"
    return [
        Row(
            "One Dask worker's time against two",
            ratio(one, two),
            "≥ 1.6 ×",
            f"{n}: {SIZE / min(two):.0f} a second with two",
        ),
        Row(
            "Two Dask workers' time against a pool of two processes",
            ratio(two, pool),
            "≤ 1.4 ×",
            f"{n}: {SIZE / min(pool):.0f} a second in the pool",
        ),
        Row(
            "Most memory of a worker",
            f"{max(peaks):.0f} MB; with the parser {with_parser:.0f} MB",
            "≤ 350; ≤ 600",
            "the largest of all turns",
        ),
    ]


def _until(is_so) -> None:
    until = time.monotonic() + 60
    while not is_so():
        if time.monotonic() > until:
            raise TimeoutError("the scheduler did not start")
        time.sleep(0.05)


if __name__ == "__main__":
    for row in main():
        print(row.what, row.figure, row.aim, row.how, sep=" | ")
