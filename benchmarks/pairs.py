"""Pairs: two ways of doing the same, timed in turns within one run, so that what the machine does meanwhile meets both."""

from __future__ import annotations

import gc
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the table of performance: what is compared, the figure with its spread, and how it came about."""

    what: str
    figure: str
    aim: str = ""
    how: str = ""


def ratio(slow: Sequence[float], fast: Sequence[float]) -> str:
    """How many times the one is the other: the median over turns, and the extremes."""
    each = sorted(a / b for a, b in zip(slow, fast, strict=True))
    return f"{statistics.median(each):.1f} × ({each[0]:.1f} to {each[-1]:.1f} in {len(each)} turns)"


def cpu(work: Callable[[], object]) -> float:
    """Seconds of this process's processor that `work` takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def in_turns(batches: Iterable, one: Callable, other: Callable) -> tuple[list[float], list[float]]:
    """Processor seconds of `one` and of `other` on each batch; who begins changes from batch to batch."""
    gc.collect()
    gc.freeze()  # what a benchmark holds itself, texts above all, is not to be looked through on one of the two's time
    times: tuple[list[float], list[float]] = ([], [])
    for number, batch in enumerate(batches):
        order = ((0, one), (1, other)) if number % 2 else ((1, other), (0, one))
        for place, work in order:
            times[place].append(cpu(lambda work=work, batch=batch: work(batch)))
    return times


@dataclass(frozen=True)
class Ran:
    """What a command took: seconds by the clock, processor seconds of it and its children, and the most memory one process held (MB)."""

    seconds: float
    cpu: float
    peak_mb: float
    output: str


# What a process holds at most is counted from what the one that started it held: a small one starts it.
STARTER = """import resource, subprocess, sys
code = subprocess.call(sys.argv[2:])
open(sys.argv[1], "w").write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(code)"""


def ran(command: Sequence[str], **settings) -> Ran:
    """Run `command` to its end. Raises CalledProcessError, with what it said, where it fails."""
    with tempfile.NamedTemporaryFile("r") as peak:
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", STARTER, peak.name, *command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **settings,
        )
        seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode:
            raise subprocess.CalledProcessError(done.returncode, list(command), done.stdout)
        peak_mb = int(peak.read()) / 1024
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Ran(seconds, spent, peak_mb, done.stdout)
