"""A cluster: partitions measured by the workers of a Dask scheduler, which see the stories' folder at the same place as this process.

A worker that is lost costs what it was measuring: the scheduler gives that to another. Loaded only where a scheduler is named.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from distributed import CancelledError, Client, Future, wait
from distributed.comm import CommClosedError
from distributed.scheduler import KilledWorker

from analysis.partitions.partition import NoCluster, Setting, asked_for, makers, measure_partition
from analysis.partitions.plan import Partition
from analysis.storage import WORK, write_atomically

AHEAD = 2  # partitions that wait at a worker for each that it measures
RETRIES = 2  # of a partition whose worker failed, besides what the scheduler allows
WATCH = 10.0  # seconds after which is asked whether there is a worker at all
NO_SCHEDULER = "the connection to the scheduler was lost"
PATIENCE = 30.0  # seconds to reach the scheduler and its first worker


def cluster(
    setting: Setting, partitions: Sequence[Partition], address: str, say: Callable[[str], None] = print
) -> Iterator[dict]:
    """The receipts of `partitions` as they come in, measured by the workers of the scheduler at `address`.

    `say` is told what is to be known meanwhile. Raises `NoCluster` before anything is measured.
    """
    try:
        client = Client(address, timeout=PATIENCE)
    except (OSError, ValueError, TimeoutError) as problem:
        raise NoCluster(f"--scheduler {address}: no Dask scheduler answers there ({problem})") from None
    with client:
        _fit(client, setting, address)
        yield from _measured(client, setting, partitions, say)


def _measured(
    client: Client, setting: Setting, partitions: Sequence[Partition], say: Callable[[str], None]
) -> Iterator[dict]:
    waiting, asked = list(reversed(partitions)), {}
    is_told = False
    try:
        while waiting or asked:
            n_ahead = AHEAD * max(1, sum(client.nthreads().values()))
            while waiting and len(asked) < n_ahead:
                partition = waiting.pop()
                asked[_asked(client, setting, partition)] = partition
            try:
                done, _ = wait(list(asked), timeout=WATCH, return_when="FIRST_COMPLETED")
            except TimeoutError:
                if not client.nthreads() and not is_told:
                    say("no worker is left: waiting for one; control-C ends and keeps what is measured")
                    is_told = True
                continue
            for future in done:
                yield _receipt(future, asked.pop(future))
                future.release()
    except (CancelledError, CommClosedError):  # the rest is named as not begun
        yield from ({"number": one.number, "problem": NO_SCHEDULER} for one in asked.values())
    finally:
        with suppress(CommClosedError):
            client.cancel(list(asked), force=True)  # of what runs, a worker finishes its partition


def _asked(client: Client, setting: Setting, partition: Partition) -> Future:
    key = f"{setting.folder.name}-{partition.number:05}-{secrets.token_hex(4)}"
    return client.submit(measure_partition, setting, partition, pure=False, retries=RETRIES, key=key)


def _receipt(future: Future, partition: Partition) -> dict:
    try:
        return future.result()
    except KilledWorker as problem:
        last = problem.last_worker.address
        what = f"every worker that measured it was lost, the last {last}: is there enough memory?"
    except (CancelledError, CommClosedError):
        what = NO_SCHEDULER
    except Exception as problem:
        what = f"{type(problem).__name__}: {' '.join(str(problem).split())[:200]}"
    return {"number": partition.number, "problem": what}


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
    with asked_for(setting):
        here = makers(setting.sources, in_place=not setting.is_listed)
    wrong = [name for name, known in setting.made_with.items() if here.get(name) != known]
    return f"it has another version of {', '.join(wrong)}" if wrong else ""
