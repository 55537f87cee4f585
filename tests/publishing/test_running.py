"""A report's notebook runs to its end or visibly fails; its parameters are checked before a kernel starts."""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from analysis.publishing import running
from analysis.publishing.running import FailedRun, Outcome, Report, run, run_all


def printed(path: Path) -> str:
    cells = nbformat.read(path, as_version=4).cells
    return "".join(output.get("text", "") for cell in cells for output in cell.get("outputs", []))


def test_a_report_knows_its_address():
    assert Report("kim", "framing", "afp").path == "kim/afp/framing.html"
    assert Report("kim", "corpus").path == "kim/corpus.html"


@pytest.mark.parametrize("name", ["../up", "a/b", "", ".hidden", "a..b", "{p}", "a\nb", "a\\b"])
def test_a_name_that_could_leave_the_folder_is_refused(name):
    with pytest.raises(ValueError, match="cannot name a file"):
        Report(name, "framing")


def test_parameters_arrive_as_the_data_they_are(write_notebook, tmp_path):
    name = "a\"\\'{n} ${x} #\n; import os"
    path = write_notebook("print([name, names])")
    report = Report("toy", "toy", parameters={"name": name, "names": ["b}"]})
    out = run(report, path, tmp_path / "out" / "x.ipynb")
    assert printed(out).strip() == repr([name, ["b}"]])
    assert os.listdir(out.parent) == ["x.ipynb"]


def test_the_kernel_is_this_interpreter_with_fixed_hashes_and_nothing_on_its_error_stream(
    write_notebook, tmp_path, capfd
):
    path = write_notebook("import os, sys, analysis\nprint(sys.executable, os.environ['PYTHONHASHSEED'])")
    out = run(Report("toy", "toy"), path, tmp_path / "x.ipynb")
    assert printed(out).split() == [sys.executable, "0"]
    assert capfd.readouterr() == ("", "")


def test_braces_in_the_output_folder_are_only_braces(write_notebook, tmp_path):
    report = Report("toy", "toy", parameters={"name": "../../up"})
    out = run(report, write_notebook("1"), tmp_path / "{name}" / "x.ipynb")
    assert out == tmp_path / "{name}" / "x.ipynb" and out.exists()


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("import sys\nsys.exit(0)", "cell 3"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "cell 3"),
    ],
)
def test_a_notebook_that_stops_early_has_failed_and_is_kept_beside(write_notebook, tmp_path, cell, message):
    path = write_notebook("n", cell, "print('the end')")
    with pytest.raises(FailedRun, match=message) as failure:
        run(Report("toy", "toy"), path, tmp_path / "out" / "x.ipynb")
    assert failure.value.cell == 3  # after the parameters and the first
    assert os.listdir(tmp_path / "out") == ["x.failed.ipynb"]
    assert failure.value.kept == tmp_path / "out" / "x.failed.ipynb"


def test_a_cell_that_takes_too_long_has_failed(write_notebook, tmp_path):
    path = write_notebook("import time\ntime.sleep(60)")
    with pytest.raises(FailedRun) as failure:
        run(Report("toy", "toy"), path, tmp_path / "x.ipynb", cell_seconds=1)
    assert failure.value.cell == 2


def test_a_success_takes_away_what_an_earlier_failure_left(write_notebook, tmp_path):
    (tmp_path / "x.failed.ipynb").write_text("old")
    run(Report("toy", "toy"), write_notebook("", "1"), tmp_path / "x.ipynb")
    assert not (tmp_path / "x.failed.ipynb").exists()


@pytest.mark.parametrize("is_always", [False, True])
def test_a_worker_that_is_killed_costs_no_other_report(write_notebook, tmp_path, monkeypatch, is_always):
    (tmp_path / "killing.py").write_text(
        "import os, pathlib, signal\n"
        "def kill(report, executed):\n"
        f"    mark = pathlib.Path({str(tmp_path / 'killed')!r})\n"
        f"    if report.notebook == 'bad' and ({is_always} or not mark.exists()):\n"
        "        mark.touch()\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return report.path\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    sys.modules.pop("killing", None)
    finish = importlib.import_module("killing").kill
    for name in ("good", "bad"):
        write_notebook("1", name=name)
    reports = [Report("toy", "bad"), *(Report("toy", "good", f"outlet-{n}") for n in range(5))]
    told = []
    outcomes = run_all(
        reports,
        notebooks=tmp_path / "notebooks",
        outputs=tmp_path / "out",
        jobs=2,
        on_progress=lambda outcome, *n: told.append(n),
        finish=finish,
    )
    errors = [outcome.error for outcome in outcomes]
    assert [error is None for error in errors] == [not is_always] + [True] * 5, errors
    assert told == [(n, 6) for n in range(1, 7)]
    if is_always:
        assert "ended twice" in outcomes[0].error


def test_what_is_given_of_a_report_goes_with_it_alone(write_notebook, tmp_path, monkeypatch):
    (tmp_path / "telling.py").write_text("def tell(report, executed, *, own): return own")
    monkeypatch.syspath_prepend(tmp_path)
    finish = importlib.import_module("telling").tell
    write_notebook("1")
    reports = [Report("toy", "toy", name) for name in ("a", "b", "c")]
    how = {"notebooks": tmp_path / "notebooks", "outputs": tmp_path / "out", "finish": finish}
    outcomes = run_all(reports, given=lambda report: {"own": report.outlet}, **how)
    assert [(outcome.error, outcome.result) for outcome in outcomes] == [(None, name) for name in "abc"]


def test_a_report_to_which_nothing_can_be_given_has_failed_and_the_others_go_on(write_notebook, tmp_path):
    def given(report: Report) -> dict:
        if report.outlet in ("a", "c"):
            raise ValueError(f"nothing of {report.outlet}")
        return {}

    write_notebook("1")
    reports = [Report("toy", "toy", name) for name in ("a", "b", "c")]
    outcomes = run_all(
        reports, notebooks=tmp_path / "notebooks", outputs=tmp_path / "out", jobs=1, given=given
    )
    assert [one.error for one in outcomes] == ["ValueError: nothing of a", None, "ValueError: nothing of c"]


def test_other_work_is_done_meanwhile_and_no_process_waits_for_it(write_notebook, tmp_path):
    write_notebook("1")
    reports = [Report("toy", "toy", name) for name in ("a", "b", "c")]
    ended, seen = [], []

    def work() -> bool:
        """Once the first has ended: work that takes until the second has, too."""
        if ended and not seen:
            second, end = (tmp_path / "out" / reports[1].path).with_suffix(".ipynb"), time.monotonic() + 60
            while not second.exists() and time.monotonic() < end:
                time.sleep(0.05)
            seen.append(second.exists())
        return False

    run_all(
        reports,
        notebooks=tmp_path / "notebooks",
        outputs=tmp_path / "out",
        jobs=1,
        on_progress=lambda outcome, *_: ended.append(outcome.report.outlet),
        meanwhile=work,
        keep_notebooks=True,
    )
    assert seen == [True] and ended == ["a", "b", "c"]


def test_the_others_go_on_after_a_failure(write_notebook, tmp_path, monkeypatch):
    code = "def weigh(report, executed): return report.path, executed.exists()"
    (tmp_path / "finishing.py").write_text(code)
    monkeypatch.syspath_prepend(tmp_path)
    finish = importlib.import_module("finishing").weigh  # a worker imports it by name
    write_notebook("print(n)", name="good")
    write_notebook("1 / 0", name="bad")
    reports = [
        Report("toy", "bad"),
        Report("toy", "good", parameters={"n": 7}),
        Report("toy", "missing"),
        Report("toy", "good", "afp", parameters={"n": "7"}),
    ]
    told: list[tuple[Outcome, int, int]] = []
    outcomes = run_all(
        reports,
        notebooks=tmp_path / "notebooks",
        outputs=tmp_path / "out",
        jobs=2,
        on_progress=lambda *step: told.append(step),
        finish=finish,
    )
    assert [outcome.report for outcome in outcomes] == reports
    assert [outcome.is_complete for outcome in outcomes] == [False, True, False, False]
    assert (outcomes[0].error, outcomes[0].cell) == ("ZeroDivisionError: division by zero", 2)
    assert outcomes[1].result == ("toy/good.html", True)
    assert "not a notebook" in outcomes[2].error and "declared int" in outcomes[3].error
    assert sorted(n for _, n, _ in told) == [1, 2, 3, 4] and {total for *_, total in told} == {4}
    assert [path.name for path in (tmp_path / "out").rglob("*") if path.is_file()] == ["bad.failed.ipynb"]


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_an_interrupt_stops_kernels_and_leaves_nothing_half_done(write_notebook, tmp_path):
    note = f"open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))"
    write_notebook(f"import os, time\n{note}\ntime.sleep(60)")
    program = (
        "from pathlib import Path\nfrom analysis.publishing.running import Report, run_all\n"
        "if __name__ == '__main__':\n"
        f"    run_all([Report('toy', 'toy')] * 3, notebooks=Path({str(tmp_path / 'notebooks')!r}),"
        f" outputs=Path({str(tmp_path / 'out')!r}), jobs=1)\n"
    )
    script = tmp_path / "script.py"
    script.write_text(program)
    root = Path(running.__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root), os.environ.get("PYTHONPATH", "")])}
    child = subprocess.Popen(
        [sys.executable, script],
        env=environment,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(
            signal.SIGINT, signal.SIG_DFL
        ),  # ignored in the background of a shell
    )
    try:
        wait_until((tmp_path / "pid").exists, 60)
        os.killpg(child.pid, signal.SIGINT)
        _, said = child.communicate(timeout=30)
    finally:
        child.kill()
    assert b"KeyboardInterrupt" in said
    kernel = int((tmp_path / "pid").read_text() or 0)
    wait_until(lambda: not Path(f"/proc/{kernel}").exists(), 10)
    assert [path.name for path in (tmp_path / "out").rglob("*") if path.is_file()] == []


def wait_until(holds, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.1)
