"""The lock: one command at a time measures a story in partitions, since each would remove what the other made.

It is a lock on a file, which the system takes back when the process ends, however that ends. Where the disk knows no locks there is none.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from analysis.storage import WORK, NotMeasured

HELD = (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)


class Busy(NotMeasured):
    """Another command measures the story."""


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Meanwhile no other command measures the story in `folder` in partitions. Raises `Busy` where one does already."""
    work = folder / "measures" / WORK
    path = work / "lock"
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            if not _is_locked(file):
                raise Busy("another command measures this story: call again when it has ended")
            if not _is_still(file, path):
                continue  # it was removed by the command that held it
            try:
                yield
            finally:
                with suppress(OSError):
                    if os.listdir(work) == [path.name]:  # nothing was measured: nothing is left
                        path.unlink()
                        work.rmdir()
                        work.parent.rmdir()
        return


def _is_still(file: BinaryIO, path: Path) -> bool:
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    return False


def _is_locked(file: BinaryIO) -> bool:
    """Whether this process holds the lock on `file` now, or there is none to be had."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as problem:
        return problem.errno not in HELD
    return True
