"""Processes: partitions measured at the same time on this machine.

Processes are started afresh and import what they need; none outlives the one that asked. One that ends by itself (killed for want of
memory, say) costs the partitions it had: they are measured once more, each in a process of its own, so that the one that ends
processes is known.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait as readable

from analysis.environment import environment
from analysis.partitions.partition import Setting, measure_partition
from analysis.partitions.plan import Partition

ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
ENDED = "the process that measured it was ended twice, by the system or by hand: is there enough memory?"


def here(setting: Setting, partitions: Sequence[Partition]) -> Iterator[dict]:
    """The receipts of `partitions`, measured one after the other in this process."""
    for partition in partitions:
        yield measure_partition(setting, partition)


def processes(setting: Setting, partitions: Sequence[Partition], jobs: int) -> Iterator[dict]:
    """The receipts of `partitions` as they come in, measured in `jobs` processes."""
    suspects: list[Partition] = []
    yield from _pooled(setting, partitions, min(jobs, len(partitions)), suspects)
    for partition in suspects:
        again: list[Partition] = []
        yield from _pooled(setting, [partition], 1, again)
        if again:
            yield {"number": partition.number, "problem": ENDED}


def _pooled(
    setting: Setting, partitions: Sequence[Partition], jobs: int, lost: list[Partition]
) -> Iterator[dict]:
    """Receipts from a pool; the partitions that a process took with it are put into `lost`, and another pool goes on."""
    waiting = list(reversed(partitions))
    while waiting:
        pool = _pool(jobs)
        running: dict[Future, Partition] = {}
        try:
            is_broken = False
            while running or (waiting and not is_broken):
                while waiting and len(running) < jobs and not is_broken:
                    try:
                        with environment(one_thread()):  # in which a process begins, if one does now
                            asked = pool.submit(measure_partition, setting, waiting[-1])
                        running[asked] = waiting[-1]
                        waiting.pop()
                    except BrokenProcessPool:
                        is_broken = True
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    partition = running.pop(future)
                    try:
                        yield future.result()
                    except BrokenProcessPool:
                        is_broken = True
                        lost.append(partition)
        finally:
            _end(pool)


def one_thread() -> dict[str, str]:
    """The variables by which libraries use one thread in each process, where nobody says otherwise."""
    return {name: os.environ.get(name) or "1" for name in ONE_THREAD}


def _pool(jobs: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context(
        "spawn"
    )  # the one fork server there can be is for the kernels of reports
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin)


def _begin() -> None:
    """What a process does first: leave control-C to the one that asked, and end with it, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    readable([multiprocessing.parent_process().sentinel])
    os._exit(1)


def _end(pool: ProcessPoolExecutor) -> None:
    """End the pool without waiting for what is half measured: it is measured again when it is asked for again."""
    own = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in own:
        process.terminate()
    for process in own:
        process.join()
