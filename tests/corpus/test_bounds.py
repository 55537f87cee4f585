"""Parsers run in a process of their own, with an end to their time and memory."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time

import pytest

from analysis.corpus import bounds
from analysis.corpus.bounds import Lost, bounded
from analysis.corpus.formats.item import NotRead

PROBES = "analysis.corpus.probes"


@pytest.fixture(scope="module", autouse=True)
def probes(tmp_path_factory):
    """Functions that misbehave, importable by the worker as a module of the room."""
    folder = tmp_path_factory.mktemp("probes")
    (folder / "probes.py").write_text(
        "import os, socket, time\n"
        "from analysis.corpus.formats.item import NotRead\n"
        "def size(data, plus=0): return len(data) + plus\n"
        "def sleep(data): time.sleep(60)\n"
        "def spin(data):\n    while True: pass\n"
        "def swell(data): return len(bytes(10**11))\n"
        "def leave(data): os._exit(3)\n"
        "def refuse(data): raise NotRead('not this one')\n"
        "def fail(data): raise KeyError('inside')\n"
        "def connect(data): socket.create_connection(('127.0.0.1', 9), 1)\n"
        "def shout(data): print('x' * 100_000); os.write(1, b'raw'); return 'heard'\n"
        "def letters(data): return data.decode()\n"
        "def killed(data, mark, times):\n"
        "    with open(mark, 'a') as file: file.write('x')\n"
        "    if os.path.getsize(mark) <= times: os.kill(os.getpid(), 9)\n"
        "    return 'heard'\n"
    )
    import analysis.corpus

    analysis.corpus.__path__.append(str(folder))
    start = "import analysis.corpus; analysis.corpus.__path__.append({!r}); from analysis.corpus import bounds; bounds.serve()"
    original = bounds._Worker.COMMAND
    bounds._Worker.COMMAND = [sys.executable, "-c", start.format(str(folder))]
    bounds._end()
    bounds._worker = None
    yield
    bounds._Worker.COMMAND = original
    bounds._end()
    bounds._worker = None


def test_a_call_gives_what_the_function_gives():
    assert bounded(f"{PROBES}:size", b"abc", seconds=10, plus=2) == 5
    assert bounded(f"{PROBES}:letters", "Ünï\0\n “x”".encode(), seconds=10) == "Ünï\0\n “x”"


@pytest.mark.parametrize("probe", ["sleep", "spin"])
def test_a_parser_has_an_end_to_its_time_and_the_next_call_works(probe):
    began = time.monotonic()
    with pytest.raises(NotRead, match=r"more than 0\.3 seconds or too much memory"):
        bounded(f"{PROBES}:{probe}", b"", seconds=0.3)
    assert time.monotonic() - began < 5
    assert bounded(f"{PROBES}:size", b"abc", seconds=10) == 3


@pytest.mark.parametrize(
    ("probe", "says"),
    [
        ("swell", "too much memory"),
        ("leave", "or too much memory"),
        ("refuse", "not this one"),
        ("fail", "could not be parsed: KeyError"),
        ("connect", "never connects to a network"),
        ("gone", "could not be parsed"),
    ],
)
def test_what_goes_wrong_inside_is_said_and_costs_only_that_call(probe, says):
    with pytest.raises(NotRead, match=says):
        bounded(f"{PROBES}:{probe}", b"", seconds=10)
    assert bounded(f"{PROBES}:size", b"abc", seconds=10) == 3


def test_only_functions_of_the_room_can_be_called():
    with pytest.raises(NotRead):
        bounded("os:system", b"true", seconds=10)
    assert bounded(f"{PROBES}:size", b"abc", seconds=10) == 3


def test_what_a_parser_prints_does_not_stand_among_the_answers():
    assert bounded(f"{PROBES}:shout", b"", seconds=10) == "heard"


def test_threads_are_answered_each_its_own():
    got: dict[int, int] = {}
    threads = [
        threading.Thread(target=lambda n=n: got.update({n: bounded(f"{PROBES}:size", b"x" * n, seconds=20)}))
        for n in range(1, 9)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == {n: n for n in range(1, 9)}


@pytest.mark.skipif(os.name != "posix", reason="process groups are POSIX's")
def test_no_worker_outlives_its_caller():
    code = (
        "from analysis.corpus import bounds; bounds.bounded('analysis.corpus.bounds:ready', b'', seconds=60);"
        "print(bounds._worker.process.pid)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    time.sleep(0.3)
    with pytest.raises(ProcessLookupError):
        os.kill(int(done.stdout), 0)


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_worker_that_the_system_kills_is_asked_again_and_then_lost_which_is_no_refusal(tmp_path):
    assert bounded(f"{PROBES}:killed", b"", seconds=10, mark=str(tmp_path / "once"), times=1) == "heard"
    with pytest.raises(Lost, match="ended from outside") as lost:
        bounded(f"{PROBES}:killed", b"", seconds=10, mark=str(tmp_path / "twice"), times=2)
    assert not isinstance(lost.value, NotRead)
    assert bounded(f"{PROBES}:size", b"abc", seconds=10) == 3
