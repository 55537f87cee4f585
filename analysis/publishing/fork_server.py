"""The fork server: the process from which workers and kernels are forked, started once with everything imported.

It is that of the standard library (`multiprocessing`), which runs one thread and hears requests alone.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from multiprocessing.context import BaseContext

from analysis.environment import environment

KERNELS = "PARALLAX_KERNELS"  # "spawn": every kernel is an interpreter of its own, as on Windows and macOS
FIXED = {  # what a kernel, and a process that is forked into one, must begin with
    "PYTHONHASHSEED": "0",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MPLBACKEND": "Agg",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",  # else importing pyarrow starts a thread
}
PLACES = list(sys.path)  # where modules are found, before a worker adds what its parent had


def is_wanted() -> bool:
    """Whether kernels are forked here: not on Windows, nor on macOS, whose libraries may run threads of their own."""
    return os.name == "posix" and sys.platform != "darwin" and os.environ.get(KERNELS) != "spawn"


def context() -> BaseContext:
    """The context of `multiprocessing` that starts processes from it; on Windows each imports for itself."""
    if os.name != "posix":
        return multiprocessing.get_context("spawn")
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload(
        ["analysis.publishing.preloaded" if is_wanted() else "analysis.publishing.running"]
    )
    _start()
    return found


def _start() -> None:
    """Start it away from the working directory, where a package `analysis` of the user's own may lie.

    It imports for a while before it minds no interrupt, hence deaf to it from the first; `worker.start` hears again.
    """
    from multiprocessing import forkserver

    heard = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        with environment(FIXED | {"PYTHONSAFEPATH": "1"}):
            forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, heard)
