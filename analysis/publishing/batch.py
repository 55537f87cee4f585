"""A batch: reports run in several processes, each to its own end, whatever becomes of the others."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

from analysis.publishing import fork_server, worker
from analysis.publishing.report import Outcome, Report

log = logging.getLogger(__name__)
AHEAD = 1  # reports that wait in the pool, so that a process has the next while the parent is at other work
ENDED = "its process was ended twice, by the system or by hand: is there enough memory?"


def run_all(
    reports: Sequence[Report],
    *,
    notebooks: Path,
    outputs: Path,
    jobs: int = 2,
    on_progress: Callable[[Outcome, int, int], None] | None = None,
    finish: Callable[[Report, Path], Any] | None = None,
    given: Callable[[Report], dict[str, Any]] | None = None,
    meanwhile: Callable[[], bool] | None = None,
    keep_notebooks: bool = False,
) -> list[Outcome]:
    """Run `reports` in `jobs` processes and return one Outcome each, in the order given.

    `notebooks` holds `<notebook>.ipynb`; executed ones stand at `outputs/<report.path>`, as `.ipynb`, while
    `finish(report, executed_path)` (a function of a module, run in the worker: rendering) works on them, with the keywords that
    `given(report)` has for it: what belongs to one report alone goes with it.
    A failure is an outcome and the others go on; what a process that was killed had is run once more.
    `on_progress(outcome, n_done, n_all)` is called for each as it ends. `meanwhile()` does a piece of other work, a second at most, and
    tells whether there is more; it is called while all processes have something to do. After KeyboardInterrupt kernels and workers are stopped, then it is raised again.
    """
    context = fork_server.context()
    # Closed when the run is to stop. An event would wait for each worker to notice, for ever where one was killed.
    stop, running = context.Pipe(duplex=False)
    outcomes: dict[int, Outcome] = {}
    how = (Path(notebooks), Path(outputs), finish, keep_notebooks)

    def settle(number: int, outcome: Outcome) -> None:
        outcomes[number] = outcome
        if on_progress is not None:
            on_progress(outcome, len(outcomes), len(reports))

    def run_in_pool(waiting: list[int], n_jobs: int) -> list[int]:
        """Settle what comes first in `waiting` until nothing is left or a worker is lost; return what the lost one may have had."""
        pool = ProcessPoolExecutor(
            n_jobs, mp_context=context, initializer=worker.start, initargs=(stop, dict(os.environ))
        )
        at_work: dict[Future, int] = {}
        lost: list[int] = []
        is_broken, is_more = False, meanwhile is not None
        try:
            while at_work or (waiting and not is_broken):
                while waiting and len(at_work) < n_jobs + AHEAD and not is_broken:
                    report = reports[waiting[0]]
                    try:
                        own = {} if given is None else given(report)
                        at_work[pool.submit(_outcome, report, *how, own)] = waiting[0]
                    except BrokenProcessPool:
                        is_broken = True
                        continue
                    except Exception as problem:  # a table of its story cannot be read
                        settle(waiting[0], Outcome(report, error=f"{type(problem).__name__}: {problem}"))
                    del waiting[0]
                if not at_work:
                    continue
                done, _ = wait(at_work, timeout=0 if is_more else None, return_when=FIRST_COMPLETED)
                if not done:
                    is_more = meanwhile()
                for future in done:
                    is_more = meanwhile is not None  # what a report brings may be done once it has ended
                    number = at_work.pop(future)
                    problem = future.exception()
                    if isinstance(problem, BrokenProcessPool):
                        is_broken = True
                        lost.append(number)
                    elif problem is not None:
                        settle(number, Outcome(reports[number], error=f"{type(problem).__name__}: {problem}"))
                    else:
                        settle(number, future.result())
        except BaseException:
            running.close()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        return lost

    waiting, suspects = list(range(len(reports))), []
    try:
        while waiting:
            suspects += run_in_pool(waiting, max(1, min(jobs, len(reports))))
        for number in suspects:  # once more, each alone: the one that ends processes is known then
            if run_in_pool([number], 1):
                settle(number, Outcome(reports[number], error=ENDED))
    finally:
        running.close()
        stop.close()
    return [outcomes[number] for number in range(len(reports))]


def _outcome(
    report: Report, notebooks: Path, outputs: Path, finish: Callable | None, keep: bool, given: dict
) -> Outcome:
    # here, in the worker alone: it imports what runs notebooks
    from analysis.publishing.running import FailedRun, run

    started = time.monotonic()
    executed = (outputs / report.path).with_suffix(".ipynb")

    def outcome(**what: Any) -> Outcome:
        return Outcome(report, seconds=time.monotonic() - started, **what)

    worker.begin()
    try:
        if worker.is_stopping():
            return outcome(error="interrupted")
        run(report, notebooks / f"{report.notebook}.ipynb", executed)
        result = finish(report, executed, **given) if finish is not None else None
    except FailedRun as failure:
        return outcome(error=failure.message, cell=failure.cell, kept=failure.kept)
    except Exception as problem:  # a report that fails must not take the others with it
        log.debug("report failed", exc_info=True)
        return outcome(error=f"{type(problem).__name__}: {problem}")
    finally:
        if not keep:
            executed.unlink(missing_ok=True)
        worker.done()
    return outcome(result=result)
