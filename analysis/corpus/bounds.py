"""Bounds: parsers run in a process of their own, with an end to their time and memory.

One worker serves call after call; it is killed when a call takes too long, and the next call starts
another. One that the system ended says nothing of what it was given: `Lost` is no refusal. It cannot open a connection. Both sides speak JSON over pipes, with the file's bytes behind
it, so that nothing a hostile file does to a parser can run code on this side.
"""

from __future__ import annotations

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from importlib import import_module
from typing import IO

MEMORY = 2_000_000_000  # bytes of address space for the worker, where the system has such a limit
ROOM = "analysis.corpus."  # only functions of this room can be called
FROM_OUTSIDE = (-1, -2, -9, -15)  # how a process ends that another one hung up, interrupted, killed or ended


class NotRead(ValueError):
    """Raised by a reader that takes nothing of a file; the message says what was found and what is allowed."""


class Lost(OSError):
    """The worker was ended from outside, twice, as by a system short of memory: what it was given may be read another time."""


class _Worker:
    """The process that parses, started when it is first needed."""

    COMMAND = (sys.executable, "-P", "-c", "from analysis.corpus.bounds import serve; serve()")

    def __init__(self) -> None:
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self.process = subprocess.Popen(
            self.COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        self.owner = os.getpid()
        self.is_late = False

    def ask(self, call: dict, data: bytes, seconds: float) -> dict | None:
        """The answer to one call, None if the worker ended without one (killed after `seconds`, or by itself)."""
        watch = threading.Timer(seconds, self._stop)
        watch.start()
        try:
            _send(self.process.stdin, call, data)
            answer = _receive(self.process.stdout)
        except (OSError, ValueError):
            answer = None
        finally:
            watch.cancel()
        return answer and answer[0]

    def _stop(self) -> None:
        self.is_late = True
        self.process.kill()

    def was_lost(self) -> bool:
        """Whether a worker that gave no answer was ended from outside: not by its call, and not because that took too long."""
        with suppress(subprocess.TimeoutExpired):
            return self.process.wait(1) in FROM_OUTSIDE and not self.is_late
        return False

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        with suppress(OSError):  # what was not sent yet goes nowhere
            self.process.stdin.close()
        self.process.stdout.close()


_worker: _Worker | None = None
_lock = threading.Lock()


def bounded(function: str, data: bytes, *, seconds: float, **options: object):
    """Call `module:function(data, **options)` of this room in the worker; options and result are JSON.

    Raises `NotRead` where the function does, and for a call that takes longer than `seconds`, needs too
    much memory or fails; `Lost` where the system ended the worker, and the next one too.
    """
    call = {"function": function, "options": options}
    with _lock:
        answer, is_lost = _asked(call, data, seconds)
        if is_lost:
            answer, is_lost = _asked(call, data, seconds)
    if is_lost:
        raise Lost("the process that parses was ended from outside, as by a system short of memory")
    if answer is None:
        raise NotRead(f"parsing it took more than {seconds:g} seconds or too much memory")
    if "refused" in answer:
        raise NotRead(answer["refused"])
    return answer["result"]


def _asked(call: dict, data: bytes, seconds: float) -> tuple[dict | None, bool]:
    """The worker's answer to a call, None where it ended without one; and whether it was lost."""
    global _worker
    if _worker and (_worker.owner != os.getpid() or _worker.process.poll() is not None):
        _worker = None
    if _worker is None:
        _worker = _Worker()
        _worker.ask({"function": "analysis.corpus.bounds:ready", "options": {}}, b"", 120)
    if (answer := _worker.ask(call, data, seconds)) is not None:
        return answer, False
    is_lost = _worker.was_lost()
    _worker.end()
    _worker = None
    return None, is_lost


def ready(data: bytes) -> bool:
    """Import what nearly every page needs, so that the time of a first call is its own."""
    import_module("analysis.corpus.formats.page")
    return True


@atexit.register
def _end() -> None:
    if _worker and _worker.owner == os.getpid():
        _worker.end()


def _send(stream: IO[bytes], about: dict, data: bytes = b"") -> None:
    head = json.dumps(about).encode()
    stream.write(b"%d %d\n" % (len(head), len(data)) + head)
    stream.write(data)
    stream.flush()


def _receive(stream: IO[bytes]) -> tuple[dict, bytes] | None:
    if not (line := stream.readline(64)):
        return None
    n_head, n_data = map(int, line.split())
    return json.loads(stream.read(n_head)), stream.read(n_data)


def _answer(call: dict, data: bytes) -> dict:
    module, _, name = call["function"].partition(":")
    if not module.startswith(ROOM):
        raise ValueError(f"{module} is not of this room")
    try:
        return {"result": getattr(import_module(module), name)(data, **call["options"])}
    except NotRead as problem:
        return {"refused": str(problem)}
    except MemoryError:
        return {"refused": "parsing it takes too much memory"}
    except (
        Exception
    ) as problem:  # parsers of other people raise whatever they like; one file may not end the run
        return {"refused": f"could not be parsed: {type(problem).__name__}: {str(problem)[:200]}"}


def _refuse(*_: object, **__: object) -> None:
    raise OSError("a reader never connects to a network")


def serve() -> None:
    """Answer calls until there are no more: what the worker does."""
    if os.name == "posix":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = _refuse
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser prints may not stand among the answers
    while call := _receive(sys.stdin.buffer):
        _send(answers, _answer(*call))
