"""Run `parallax` commands in this process and break it at one moment: `faults.py MOMENT HOW COMMAND… [+ COMMAND…]`.

A moment is an opening of a file to write, a flush to disk or a renaming, counted from 1; 0 breaks nothing and prints
how many there were. HOW is kill (kill -9: nothing is cleaned up) or fail (the disk is full).
"""

from __future__ import annotations

import errno
import os
import pathlib
import signal
import sys

count = 0
moment, how = int(sys.argv[1]), sys.argv[2]


def breaking(function, is_moment=lambda *_, **__: True):
    def broken(*arguments, **options):
        global count
        if is_moment(*arguments, **options):
            count += 1
            if count == moment:
                if how == "kill":
                    os.kill(os.getpid(), signal.SIGKILL)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(arguments[0]))
        return function(*arguments, **options)

    return broken


os.replace = breaking(os.replace)
os.fsync = breaking(os.fsync)
pathlib.Path.open = breaking(pathlib.Path.open, lambda path, mode="r", *_, **__: "w" in mode)

from analysis import cli  # noqa: E402

arguments, codes = sys.argv[3:], []
while arguments:
    end = arguments.index("+") if "+" in arguments else len(arguments)
    sys.argv, arguments = ["parallax", *arguments[:end]], arguments[end + 1 :]
    try:
        cli.main()
    except SystemExit as problem:
        codes.append(problem.code or 0)
        if codes[-1]:
            break
print(f"moments {count}")
sys.exit(max(codes))
