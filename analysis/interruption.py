"""Interruption: what control-C (SIGINT) and SIGTERM do to a command: it stops once, clears up undisturbed, and says so.

Whatever a command writes is written whole or not at all, so that it may stop anywhere. It ends with 130 after control-C
and with 143 after SIGTERM, as shells count signals.
"""

from __future__ import annotations

import signal
import sys
from types import FrameType
from typing import NoReturn

SIGNALS = (signal.SIGINT, signal.SIGTERM)
MESSAGE = "parallax: interrupted; what was complete is kept"


class Interrupted(KeyboardInterrupt):
    """A signal asked the command to stop; `code` is the exit code it ends with."""

    def __init__(self, number: int = signal.SIGINT):
        super().__init__()
        self.code = 128 + number


def heed() -> None:
    """From now on a signal raises `Interrupted`, and one that is being dealt with is not interrupted again.

    A signal that this process was started to ignore, as a shell's job in the background is, stays ignored.
    """
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)


def over() -> None:
    """All is done or cleared away: what comes in now changes nothing."""
    for number in SIGNALS:
        if signal.getsignal(number) is _stop:
            signal.signal(number, signal.SIG_IGN)


def ended(problem: KeyboardInterrupt) -> NoReturn:
    """Say that the command was interrupted, and end it."""
    over()
    print(MESSAGE, file=sys.stderr, flush=True)
    raise SystemExit(getattr(problem, "code", 128 + signal.SIGINT)) from None


def _stop(number: int, frame: FrameType | None) -> None:
    handled = sys.exception()
    while handled is not None:
        if isinstance(handled, KeyboardInterrupt):
            return  # what is half done is being cleared away
        handled = handled.__context__
    raise Interrupted(number)
