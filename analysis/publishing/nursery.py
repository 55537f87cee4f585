"""The nursery: a process in which everything is imported and one thread runs, from which kernels are forked.

A kernel of its own interpreter spends seconds on imports and a fraction of one on a report. A fork has the imports already and
is a process like any other. What runs several threads cannot be forked safely, so that a worker, which does, has a nursery at its
side: it answers one request after the other, and takes its kernels with it when the worker is no more.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
import types
from collections.abc import Mapping, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn

from analysis.publishing import fork_server

LESS_OFTEN = (
    20_000,
    20,
    20,
)  # a kernel lives for seconds: looking for what it need not keep costs more than keeping it
LOST = 255  # the exit code of a kernel of which nothing is known any more
_own: Nursery | None = None  # of this process, once it has one
_is_closed = False  # whether this process is to have none


class Nursery:
    """The way to it: kernels are asked for, and asked after."""

    def __init__(self, connection: Connection):
        self._connection = connection
        self.is_ready = False
        with contextlib.suppress(OSError, EOFError):
            self.is_ready = connection.recv()

    def launch(
        self, command: Sequence[str], environment: Mapping[str, str], folder: str, noise: str
    ) -> Kernel:
        """Fork a kernel that is as `command` (python -m ipykernel_launcher …) in `folder` would be; it writes its noise to that file.

        Raises RuntimeError where somebody ended the nursery; the next kernel is then started anew.
        """
        pid = self._ask("launch", list(command), dict(environment), folder, noise)
        if pid is None:
            raise RuntimeError("the process that forks kernels was ended")
        return Kernel(self, pid)

    def poll(self, pid: int) -> int | None:
        """The exit code of a kernel; None while it runs."""
        code = self._ask("poll", pid)
        return code if self.is_ready else LOST

    def _ask(self, *what: object) -> int | None:
        try:
            self._connection.send(what)
            return self._connection.recv()
        except (OSError, EOFError):
            self.is_ready = False
            return None


class Kernel:
    """A forked kernel, as jupyter_client knows processes: what it calls of `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, nursery: Nursery, pid: int):
        self.pid, self._nursery = pid, nursery
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """The exit code; None while it runs."""
        if self.returncode is None:
            self.returncode = self._nursery.poll(self.pid)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, once there is one. Raises `subprocess.TimeoutExpired` after `timeout` seconds."""
        end = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if end is not None and time.monotonic() > end:
                raise subprocess.TimeoutExpired("kernel", timeout)
            time.sleep(0.01)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel and what it started."""
        if self.poll() is None:
            _signal(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


def open_beside() -> None:
    """Fork a nursery of this worker, which runs one thread yet; where it cannot be forked, kernels will be started anew."""
    global _own, _is_closed
    if not (fork_server.is_wanted() and _can_be_forked()):
        _is_closed = True
        return
    here, there = multiprocessing.Pipe()
    if os.fork() == 0:
        here.close()
        try:
            _serve(there)
        finally:
            os._exit(0)
    there.close()
    _own = Nursery(here)


def of_this_process() -> Nursery | None:
    """The nursery of this process, opened where it has none yet; None where kernels are to be started anew."""
    global _own
    if _is_closed or not fork_server.is_wanted():
        return None
    if _own is None:
        context = fork_server.context()
        here, there = context.Pipe()
        context.Process(target=_serve, args=(there,)).start()  # no daemon, which may not have children
        there.close()
        atexit.register(here.close)  # before the nursery is waited for, which ends then
        _own = Nursery(here)
    return _own if _own.is_ready else None


def _can_be_forked() -> bool:
    """Whether this process has the imports and hashes of the fork server, and one thread."""
    tasks = Path("/proc/self/task")  # threads of libraries, too
    n_threads = len(list(tasks.iterdir())) if tasks.is_dir() else threading.active_count()
    return (
        "analysis.publishing.preloaded" in sys.modules and not sys.flags.hash_randomization and n_threads == 1
    )


def _serve(requests: Connection) -> None:
    """Answer requests until nobody can ask any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends when its worker does
    running: set[int] = set()

    def end(*_: object) -> None:
        for pid in running:
            _signal(pid, signal.SIGKILL)
        os._exit(0)  # at once: an exception could come in the middle of anything, a fork above all

    signal.signal(signal.SIGTERM, end)
    try:
        requests.send(_can_be_forked())
        while True:
            what, *about = requests.recv()
            if what == "launch":
                pid = os.fork()
                if pid == 0:
                    requests.close()
                    _become_kernel(*about)
                running.add(pid)
                requests.send(pid)
            else:
                requests.send(_ended(about[0], running))
    except (EOFError, OSError):
        pass
    finally:
        for pid in running:
            _signal(pid, signal.SIGKILL)


def _ended(pid: int, running: set[int]) -> int | None:
    if pid not in running:
        return LOST
    done, status = os.waitpid(pid, os.WNOHANG)
    if not done:
        return None
    running.discard(pid)
    return os.waitstatus_to_exitcode(status)


def _signal(pid: int, number: int) -> None:
    """To its group, once it has one of its own: the kernel leads it."""
    with contextlib.suppress(ProcessLookupError):
        is_leader = os.getpgid(pid) == pid
        (os.killpg if is_leader else os.kill)(pid, number)


def _become_kernel(command: list[str], environment: dict[str, str], folder: str, noise: str) -> NoReturn:
    """Make of this fork what `command` would have started; never returns."""
    code = 1
    try:
        os.setsid()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        _redirect(noise)
        os.environ.clear()
        os.environ.update(environment)
        time.tzset()
        os.chdir(folder)
        _forget_the_worker(environment)
        gc.set_threshold(*LESS_OFTEN)
        from ipykernel import kernelapp

        own = command[command.index("ipykernel_launcher") + 1 :]
        sys.argv = [kernelapp.__file__, *own]
        parent = (
            f"--IPKernelApp.parent_handle={os.getppid()}"  # it ends with it, should somebody kill the nursery
        )
        kernelapp.launch_new_instance([*own, parent])
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _redirect(noise: str) -> None:
    """Nothing comes in, and what goes out goes to the file `noise`."""
    coming, going = os.open(os.devnull, os.O_RDONLY), os.open(noise, os.O_WRONLY | os.O_APPEND)
    for number, file in ((0, coming), (1, going), (2, going)):
        os.dup2(file, number)
    os.close(coming)
    os.close(going)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - it stays open as long as the kernel


def _forget_the_worker(environment: Mapping[str, str]) -> None:
    """Modules and their places are those of an interpreter that begins."""
    named = environment.get("PYTHONPATH", "").split(os.pathsep)
    places = list(dict.fromkeys([*filter(None, named), *fork_server.PLACES]))
    installed = [
        n for n, place in enumerate(places) if Path(place).name in ("site-packages", "dist-packages")
    ]
    if not environment.get(
        "PYTHONSAFEPATH"
    ):  # where IPython puts the working directory, which the server is kept from
        places.insert(installed[0] if installed else len(places), "")
    sys.path[:] = places
    sys.modules.pop("__mp_main__", None)
    sys.modules["__main__"] = types.ModuleType("__main__")
