"""Running: papermill executes a notebook for a report, and nothing unfinished looks finished.

papermill itself only logs an unknown parameter, pastes values it does not know as code, formats the
output path with the parameters and calls `sys.exit(0)` in a cell a success. So names and types are
checked before a kernel starts, papermill writes to a name of ours, and every cell must have run.
"""

from __future__ import annotations

import logging
import os
import tempfile
import warnings
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellControlSignal, DeadKernelError
from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines

from analysis.publishing import worker
from analysis.publishing.batch import run_all
from analysis.publishing.kernels import kernel_manager
from analysis.publishing.parameters import BadParameter, check_parameters
from analysis.publishing.report import Outcome, Report

__all__ = ["BadParameter", "FailedRun", "Outcome", "Report", "check_parameters", "run", "run_all"]

log = logging.getLogger(__name__)
CELL_SECONDS = 600


class ReportEngine(NBClientEngine):
    """papermill's own engine, but it writes a notebook when it is done or was stopped, and not before and after each cell."""

    NAME = "parallax"

    @classmethod
    def execute_managed_notebook(cls, nb_man: NotebookExecutionManager, kernel_name: str, **settings: Any):
        path, nb_man.output_path = nb_man.output_path, None
        nb_man.autosave_cell_every = 0
        try:
            return super().execute_managed_notebook(nb_man, kernel_name, **settings)
        finally:
            nb_man.output_path = path
            nb_man.save()


papermill_engines.register(ReportEngine.NAME, ReportEngine)


class FailedRun(RuntimeError):
    """A notebook did not run to its end. `cell` counts code cells from 1 (0: none began)."""

    def __init__(self, report: Report, cell: int, message: str, kept: Path | None = None):
        super().__init__(f"{report.path}: cell {cell}: {message}" if cell else f"{report.path}: {message}")
        self.report, self.cell, self.message, self.kept = report, cell, message, kept


def run(report: Report, notebook_path: Path, output_path: Path, *, cell_seconds: int = CELL_SECONDS) -> Path:
    """Execute `notebook_path` for `report`; only a complete run appears at `output_path`.

    Raises BadParameter before a kernel starts, FailedRun afterwards; then what was executed is kept
    beside `output_path` as `<name>.failed.ipynb`.
    """
    notebook_path, output_path = Path(notebook_path).absolute(), Path(output_path).absolute()
    check_parameters(notebook_path, report.parameters)
    output_path.parent.mkdir(parents=True, exist_ok=True)
    failed_path = output_path.with_name(f"{output_path.stem}.failed.ipynb")
    failed_path.unlink(missing_ok=True)
    notebook = nbformat.read(notebook_path, as_version=4)
    with tempfile.TemporaryDirectory(prefix="parallax-") as folder:
        working = output_path.with_name(f".{output_path.stem}.part.ipynb")
        try:
            problem = _execute(
                notebook,
                report.parameters,
                working,
                cwd=notebook_path.parent,
                folder=Path(folder),
                cell_seconds=cell_seconds,
            )
            cell, message = _first_failure(working, problem)
            if message is None:
                os.replace(working, output_path)
                return output_path
            if not worker.is_stopping():
                os.replace(working, failed_path)
            raise FailedRun(report, cell, message, failed_path)
        finally:
            working.unlink(missing_ok=True)


def _execute(
    notebook: nbformat.NotebookNode,
    parameters: dict[str, Any],
    working: Path,
    *,
    cwd: Path,
    folder: Path,
    cell_seconds: int,
) -> str | None:
    """Let papermill execute `notebook` into `working`; return what stopped it, None when nothing did."""
    logging.getLogger("papermill").setLevel(logging.CRITICAL)  # what goes wrong is raised, too, and told once
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            papermill.execute_notebook(
                notebook,
                str(working).replace("{", "{{").replace("}", "}}"),  # papermill formats it
                parameters=parameters,
                engine_name=ReportEngine.NAME,
                kernel_name="python3",
                language="python",
                progress_bar=False,
                cwd=str(cwd),
                execution_timeout=cell_seconds,
                kernel_manager_class=kernel_manager(folder),
                shutdown_kernel="immediate",
            )
    except papermill.PapermillExecutionError:
        return None  # the notebook holds the error
    except (CellControlSignal, DeadKernelError, RuntimeError, TimeoutError) as problem:
        return str(problem).strip().splitlines()[0] if str(problem).strip() else type(problem).__name__
    finally:
        worker.heed()  # at once: a second SIGTERM may come, and nbclient took away what answers it
        worker.kernel_id = None
        _log_noise(folder / "kernel.log")
    return None


def _log_noise(path: Path) -> None:
    if path.exists() and (noise := path.read_text("utf-8", "replace").strip()):
        log.debug("kernel said:\n%s", noise)


def _first_failure(executed: Path, problem: str | None) -> tuple[int, str | None]:
    """Return the first cell that failed or never ran, and why; (0, None) when all of them ran."""
    try:
        notebook = nbformat.read(executed, as_version=4)
    except (OSError, ValueError, nbformat.ValidationError):
        return 0, problem or "the executed notebook cannot be read"
    number = begun = 0
    for cell in notebook.cells:
        if cell.cell_type != "code" or not cell.source.strip() or _is_papermills(cell):
            continue
        number += 1
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                return number, f"{output.ename}: {output.evalue}".strip()
        if cell.metadata.get("papermill", {}).get("start_time"):
            begun = number  # a kernel that dies leaves its cell marked as complete, with or without a count
        if cell.get("execution_count") is None:
            return (begun, problem) if problem else (number, "did not run")
    return (begun, problem) if problem else (0, None)


def _is_papermills(cell: nbformat.NotebookNode) -> bool:
    return bool({"injected-parameters", "papermill-error-cell-tag"} & set(cell.metadata.get("tags", [])))
