"""Progress: how far a command is and how long it will take, on stderr: a bar on a terminal, plain lines elsewhere.

What stands beside the bar may come from an article or the name of a file: it is printed as it is, never as markup,
and without characters that a terminal obeys. Results are no progress: they go to stdout, whole lines, the bar out
of their way.
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from types import TracebackType
from typing import TYPE_CHECKING, Self

from analysis.arguments import printable, say

if TYPE_CHECKING:
    import rich.progress
    from rich.progress import Task

DUMB = ("dumb", "unknown")  # terminals that cannot move their cursor, as they call themselves
OFF = ("", "0", "false")  # of the variable CI


def is_live() -> bool:
    """Whether there is somebody to see a bar: stderr is a terminal that can draw one, and no CI's log."""
    is_log = os.environ.get("CI", "").casefold() not in OFF
    return sys.stderr.isatty() and os.environ.get("TERM", "").casefold() not in DUMB and not is_log


class Progress:
    """A bar while its block runs: what is done, n of N, elapsed, left, the item at hand. It leaves nothing behind.

    Where nobody sees a bar, lines are printed instead. rich draws, and obeys NO_COLOR.
    """

    def __init__(self, what: str, total: float | None = None):
        self.what, self.total = what, total
        self.n = 0.0  # done
        self.is_live = is_live()
        self._bar: rich.progress.Progress | None = None

    def __enter__(self) -> Self:
        if self.is_live:
            self._bar = _bar()
            self._task = self._bar.add_task(_line(self.what), item="", **self._figures())
            try:
                self._bar.start()
            except BaseException:  # an interrupt while it appears: nothing would take it away again
                self._bar.stop()
                raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def begin(self, what: str, *, said: str = "") -> None:
        """`what` is done from now on, a part of the whole; `said` is the line for where there is no bar."""
        if self._bar is not None:
            self._bar.update(self._task, description=_line(what), item="")
        elif said:
            say(said)

    def step(self, n: float = 1, *, item: str = "") -> None:
        """`n` more are done; `item` is at hand now, or was done last."""
        self.n += n
        if self._bar is not None:
            self._bar.update(self._task, item=_line(item), **self._figures())

    def at(self, n: float, total: float, *, what: str = "", item: str = "") -> None:
        """`n` of `total` are done; with another `what`, something else has begun, whose time runs from now."""
        is_another = what not in ("", self.what)
        self.n, self.total, self.what = n, total, what or self.what
        if self._bar is not None:
            if is_another:
                self._bar.reset(self._task, description=_line(what))
            self._bar.update(self._task, item=_line(item), **self._figures())

    def line(self, message: str, *, is_kept: bool = False) -> None:
        """A plain line; beside a bar, which says the same, only where it `is_kept`: a failure stays above the bar."""
        if self._bar is None or is_kept:
            say(message)  # rich takes care that it stands above

    def result(self, message: str) -> None:
        """A line of the result, on stdout."""
        if self._bar is not None:
            self._bar.stop()  # stdout may be the same terminal
        print(message, flush=True)
        if self._bar is not None:
            self._bar.start()

    def _figures(self) -> dict[str, object]:
        of = "" if self.total is None else f"{int(self.n)} of {int(self.total)}"
        left = "" if self.total is None else "left"
        return {"completed": self.n, "total": self.total, "of": of, "left": left}


def _line(text: str) -> str:
    return printable(text).replace("\n", " ")


def _bar() -> rich.progress.Progress:
    from rich.console import Console  # a fifth of a second, which only those wait for who see it
    from rich.progress import (
        BarColumn,
        Progress,
        ProgressColumn,
        TextColumn,
        TimeElapsedColumn,
    )
    from rich.table import Column
    from rich.text import Text

    def text(shown: str, **column: object) -> TextColumn:
        return TextColumn(
            shown, markup=False, table_column=Column(no_wrap=True, overflow="ellipsis", **column)
        )

    class Left(ProgressColumn):
        """The time left at the pace so far; rich's own column waits for a second step, and a report is a long one."""

        def render(self, task: Task) -> Text:
            if task.total is None or not task.completed:
                return Text("" if task.total is None else "-:--:--", style="progress.remaining")
            seconds = (task.elapsed or 0) * (task.total - task.completed) / task.completed
            return Text(str(timedelta(seconds=max(0, int(seconds)))), style="progress.remaining")

    return Progress(
        text("{task.description}"),
        BarColumn(bar_width=20),
        text("{task.fields[of]}"),
        TimeElapsedColumn(),
        Left(),
        text("{task.fields[left]}"),
        text("{task.fields[item]}", ratio=1),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,  # results go where they are sent
        expand=True,
    )
