"""A cluster: partitions measured by the workers of a Dask scheduler, which see the stories' folder at the same place as this process.

A worker that is lost costs what it was measuring: the scheduler gives that to another. Loaded only where a scheduler is named.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from distributed import Client, as_completed
from distributed.scheduler import KilledWorker

from analysis.partitions.partition import NoCluster, Setting, environment, makers, measure_partition
from analysis.partitions.plan import Partition
from analysis.storage import WORK, write_atomically

AHEAD = 2  # partitions that wait at a worker for each that it measures
RETRIES = 2  # of a partition whose worker failed, besides what the scheduler allows
PATIENCE = 30.0  # seconds to reach the scheduler and its first worker


def cluster(
    setting: Setting, partitions: Sequence[Partition], address: str, say: Callable[[str], None] = print
) -> Iterator[dict]:
    """The receipts of `partitions` as they come in, measured by the workers of the scheduler at `address`.

    `say` is told what is to be known meanwhile. Raises `NoCluster` before anything is measured.
    """
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as problem:
        raise NoCluster(f"--scheduler {address}: no Dask scheduler answers there ({problem})") from None
    with client:
        _fit(client, setting, address)
        yield from _measured(client, setting, partitions, say)


def _measured(
    client: Client, setting: Setting, partitions: Sequence[Partition], say: Callable[[str], None]
) -> Iterator[dict]:
    waiting = list(reversed(partitions))
    asked: dict[str, Partition] = {}

    def ask():
        partition = waiting.pop()
        future = client.submit(
            measure_partition,
            setting,
            partition,
            pure=False,
            retries=RETRIES,
            key=f"{setting.folder.name}-{partition.number:05}-{secrets.token_hex(4)}",
        )
        asked[future.key] = partition
        return future

    n_threads = max(1, sum(client.nthreads().values()))
    coming = as_completed([ask() for _ in range(min(len(waiting), AHEAD * n_threads))])
    try:
        for future in coming:
            partition = asked.pop(future.key)
            try:
                yield future.result()
            except KilledWorker as problem:
                what = f"every worker that measured it was lost, the last {problem.last_worker.address}: is there enough memory?"
                yield {"number": partition.number, "problem": what}
            except Exception as problem:
                said = " ".join(str(problem).split())[:200]
                yield {"number": partition.number, "problem": f"{type(problem).__name__}: {said}"}
            future.release()
            if waiting:
                coming.add(ask())
    finally:
        client.cancel(list(coming.futures), force=True)


def _fit(client: Client, setting: Setting, address: str) -> None:
    """Whether every worker sees the story's folder, may write there, and measures as this process does."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise NoCluster(f"the scheduler at {address} has no worker") from None
    token = setting.folder / "measures" / WORK / f"token-{secrets.token_hex(8)}"
    write_atomically(token, token.name)
    try:
        answers = client.run(about_worker, setting, token)
    finally:
        for path in token.parent.glob(f"{token.name}*"):
            path.unlink(missing_ok=True)
    for worker, problem in sorted(answers.items()):
        if problem:
            raise NoCluster(f"the worker {worker} is not fit: {problem}")


def about_worker(setting: Setting, token: Path) -> str:
    """What is wrong with this worker; "" where it sees `token`, can write beside it, and measures as the one that asks."""
    try:
        seen = token.read_text("utf-8")
        write_atomically(token.with_name(f"{token.name}-{secrets.token_hex(4)}"), seen)
    except OSError as problem:
        return f"{setting.folder} must be a folder that it shares and may write to ({problem.strerror})"
    with environment(setting):
        here = makers(setting.sources)
    wrong = [name for name, known in setting.made_with.items() if here.get(name) != known]
    return f"it has another version of {', '.join(wrong)}" if wrong else ""
