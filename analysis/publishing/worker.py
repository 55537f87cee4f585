"""A worker: one of the processes in which notebooks run, and how it is stopped in order.

Control-C reaches every process of a terminal, SIGTERM often the whole group. The parent decides what an interrupt
means; a worker ends its kernel, whose run then fails and is cleared away, so that no process and no half file stays.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from types import FrameType

from analysis.publishing import nursery

kernel_id: int | None = None  # the process of the kernel it runs
_stop: Connection | None = None  # ends when the parent is interrupted, or is no more; None outside a worker
_is_at_work = False  # whether it runs a report
_is_ending = False  # whether it was told to end while it ran one


def start(stop: Connection, environment: dict[str, str]) -> None:
    """Begin as a worker: nothing comes through `stop`, and its other end is closed when the parent is interrupted."""
    global _stop
    os.environ.clear()  # a fork server's workers have the environment of its start, perhaps long ago
    os.environ.update(environment)
    _stop = stop
    heed()
    if os.name == "posix":  # after `fork_server`; kernels have the mask of their parent
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    nursery.open_beside()
    threading.Thread(target=_stop_kernel, args=(partial(_is_closed, None),), daemon=True).start()


def heed() -> None:
    """In a worker: leave an interrupt to the parent, and let SIGTERM end it in order. nbclient undoes that at each run."""
    if _stop is not None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, _end)


def begin() -> None:
    """A report is at work."""
    global _is_at_work
    _is_at_work = True


def done() -> None:
    """The report at work has ended and is cleared away; so does the worker where it was told to."""
    global _is_at_work
    _is_at_work = False
    if _is_ending:
        os._exit(128 + signal.SIGTERM)
    heed()


def is_stopping() -> bool:
    """Whether what fails now fails because the run was stopped."""
    return _is_ending or (_stop is not None and _is_closed(0))


def _is_closed(seconds: float | None) -> bool:
    """Whether the parent has closed its end, waiting for that so long; None: until it has."""
    try:
        return _stop.poll(seconds)
    except OSError:
        return True


def _end(number: int, frame: FrameType | None) -> None:
    global _is_ending
    if not _is_at_work:
        os._exit(128 + number)
    if not _is_ending:
        _is_ending = True
        threading.Thread(target=_stop_kernel, args=(bool,), daemon=True).start()


def _stop_kernel(wait: Callable[[], object]) -> None:
    """After `wait`, end whatever kernel there is, and the worker once nobody is left to give it work."""
    wait()
    while True:
        if kernel_id is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(kernel_id, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
        if not _is_at_work and _is_orphan():  # it would wait for work for ever, and its nursery with it
            os._exit(1)
        time.sleep(0.2)


def _is_orphan() -> bool:
    """Whether the parent is no more: it was killed, and could not end its workers."""
    parent = multiprocessing.parent_process()
    return parent is not None and not parent.is_alive()
