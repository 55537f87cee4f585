"""Whatever stops a run, a rerun gives the same bytes as a run that nothing stopped."""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

FAULTS = Path(__file__).with_name("faults.py")
ROOT = Path(__file__).parents[1]
LINE = "The ferry to the northern islands stayed in port on Wednesday. “We will sail on day {n},” its captain said. "
SEED = 20310105
MOMENTS = 16  # of adding and measuring, besides four of reporting


def articles(folder: Path) -> Path:
    folder.mkdir()
    for outlet in ("Echo", "Post", "Echo"):
        n = len(list(folder.iterdir()))
        rows = "\n\n".join(
            LINE.format(n=n * 10 + part) + f"It is note {part} of the {outlet}." for part in range(8)
        )
        (folder / f"{n}.txt").write_text(f"By I. Falk, Reuters\n\n{rows}\n", "utf-8")
    return folder


def everything(folder: Path) -> dict[str, bytes]:
    """All files below `folder`; not what an interruption left under a name of its own."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def run(data: Path, raw: Path, moment: int = 0, how: str = "kill") -> subprocess.CompletedProcess:
    commands = ["add", "ferry", str(raw), "--data", str(data), "+", "measure", "ferry", "--data", str(data)]
    call = [sys.executable, str(FAULTS), str(moment), how, *commands]
    return subprocess.run(call, capture_output=True, text=True, cwd=ROOT, timeout=120)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> tuple[Path, dict[str, bytes], int]:
    """The articles, what adding and measuring them writes, and how many moments that has."""
    folder = tmp_path_factory.mktemp("undisturbed")
    raw = articles(folder / "raw")
    ran = run(folder / "data", raw)
    assert ran.returncode == 0, ran.stderr
    return raw, everything(folder / "data"), int(re.search(r"moments (\d+)", ran.stdout)[1])


def seeded(n: int) -> list[int]:
    return sorted(random.Random(SEED).sample(range(1, n + 1), min(n, MOMENTS)))


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX's")
def test_kill_9_at_seeded_moments_and_a_rerun_give_the_same_bytes(undisturbed, tmp_path):
    raw, expected, n = undisturbed
    assert n >= MOMENTS

    def killed(moment: int) -> tuple[int, int]:
        data = tmp_path / str(moment)
        return run(data, raw, moment).returncode, run(data, raw).returncode

    with ThreadPoolExecutor(max_workers=2) as pool:
        codes = dict(zip(seeded(n), pool.map(killed, seeded(n)), strict=True))
    assert set(codes.values()) == {(-signal.SIGKILL, 0)}
    for moment in codes:
        assert everything(tmp_path / str(moment)) == expected, f"moment {moment}"


def test_a_failing_write_or_rename_is_said_and_a_rerun_gives_the_same_bytes(undisturbed, tmp_path):
    raw, expected, n = undisturbed
    for moment in seeded(n)[::4]:
        data = tmp_path / str(moment)
        failed = run(data, raw, moment, "fail")
        assert (
            failed.returncode == 1 and "No space left" in failed.stderr and "Traceback" not in failed.stderr
        )
        assert run(data, raw).returncode == 0
        assert everything(data) == expected, f"moment {moment}"


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX's")
def test_reports_killed_at_seeded_moments_are_the_same_after_a_rerun(undisturbed, tmp_path):
    raw, _, _ = undisturbed
    data = tmp_path / "data"
    assert run(data, raw).returncode == 0

    def report(reports: Path, seconds: float | None = None) -> float:
        options = ["--notebook", "corpus", "--jobs", "1", "--data", str(data), "--reports", str(reports)]
        began = time.monotonic()
        child = subprocess.Popen(
            [sys.executable, "-m", "analysis", "report", "ferry", *options],
            cwd=ROOT,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            assert child.wait(seconds or 120) == 0
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        return time.monotonic() - began

    took = report(tmp_path / "whole")
    expected = everything(tmp_path / "whole")
    assert any(name.endswith("corpus.html") for name in expected)
    for n, share in enumerate(sorted(random.Random(SEED).uniform(0.2, 1.0) for _ in range(4))):
        reports = tmp_path / f"killed {n}"
        report(reports, share * took)
        report(reports)
        assert everything(reports) == expected, f"killed after {share:.2f} of the time"


@pytest.fixture(scope="module")
def several(undisturbed, tmp_path_factory) -> Path:
    """Four measured stories of the same articles."""
    raw, _, _ = undisturbed
    data = tmp_path_factory.mktemp("several") / "data"
    assert run(data, raw).returncode == 0
    for n in range(3):
        shutil.copytree(data / "ferry", data / f"ferry-{n}")
    return data


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX's")
@pytest.mark.parametrize("how", ["kill -9", "control-C"])
def test_no_page_that_was_told_as_done_is_made_again(several, tmp_path, how):
    options = ["--notebook", "corpus", "--jobs", "1", "--data", str(several), "--reports", str(tmp_path)]
    child = subprocess.Popen(
        [sys.executable, "-m", "analysis", "report", *options],
        cwd=ROOT,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    said = []
    for line in child.stderr:
        said.append(line.rstrip())
        if line.startswith("[1/4]" if how == "control-C" else "[2/4]"):
            os.killpg(child.pid, signal.SIGKILL if how == "kill -9" else signal.SIGINT)
    child.wait(120)
    call = [sys.executable, "-m", "analysis", "report", *options, "--dry-run", "--json"]
    would = json.loads(subprocess.run(call, capture_output=True, cwd=ROOT, timeout=120, check=True).stdout)
    done = {str(tmp_path / line.split()[1]) for line in said if line.endswith(" done")}
    kept = {*would["up_to_date"]}
    assert done and done <= kept and len(kept) < 4
    if how == "control-C":  # of the stories of which nothing ran nothing was written
        settled = {str(path.with_name("corpus.html")) for path in tmp_path.glob("*/tables")}
        assert child.returncode == 130 and settled == kept
        (index,) = (line for line in said if line.startswith("stopping: writing"))
        assert said.index(index) < said.index("parallax: interrupted; what was complete is kept")


def run_and_stop(
    command: list[str], cwd: Path, *, when, number: int, is_group: bool = True, n_signals: int = 1
) -> tuple[int, str, str]:
    """Run `parallax` in a group of its own and send it the signal `when` says so; code, stdout, stderr.

    Afterwards nothing that it started is left, nor the files of a kernel.
    """
    temporary = tempfile.mkdtemp()
    child = subprocess.Popen(
        [sys.executable, "-m", "analysis", *command],
        cwd=cwd,
        env=os.environ | {"TMPDIR": temporary},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # a shell's job in the background is started to ignore it
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        while child.poll() is None and not when():
            time.sleep(0.02)
        started = descendants(child.pid)
        for _ in range(n_signals):
            with contextlib.suppress(ProcessLookupError):
                (os.killpg if is_group else os.kill)(child.pid, number)
            time.sleep(0.05)
        out, err = child.communicate(timeout=60)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    end = time.monotonic() + 15  # the fork server ends when it sees that its parent has
    while [pid for pid in started if is_running(pid)]:
        assert time.monotonic() < end, "a process was left behind"
        time.sleep(0.05)
    assert list(Path(temporary).glob("parallax-*")) == [], "files of a kernel were left behind"
    shutil.rmtree(temporary)
    return child.returncode, out, err


def descendants(pid: int) -> set[int]:
    """The processes that `pid` started, and those that they started."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
    found, new = set(), {pid}
    while new:
        new = {child for child, parent in parents.items() if parent in new} - found
        found |= new
    return found


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def after(seconds: float):
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


def ended_in_order(result: tuple[int, str, str], code: int) -> bool:
    """Whether a command was interrupted, and said so in one line; False where it was done before."""
    ended, _, err = result
    assert "Traceback" not in err and "Exception ignored" not in err
    assert ended in (0, code), err
    if ended:
        assert "parallax: interrupted; what was complete is kept" in err.splitlines()
    return ended == code


CONTROL_C = {"number": signal.SIGINT}  # of a terminal: to all of its group
AGAIN = {"number": signal.SIGINT, "n_signals": 4}
TERM = {"number": signal.SIGTERM, "is_group": False}
TERM_OF_ALL = {"number": signal.SIGTERM, "n_signals": 2}
posix = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="signals of POSIX, processes in /proc"
)


def stopped_and_run_again(command: list[str], written: Path, expected: dict[str, bytes], **how) -> int:
    """Whether the command was stopped; when it has run again, what it wrote is as `expected`."""
    code = 128 + how["number"]
    was_stopped = ended_in_order(run_and_stop(command, ROOT, **how), code)
    assert cli(*command) == 0
    assert everything(written) == expected
    return was_stopped


@posix
@pytest.mark.parametrize(
    "how", [AGAIN, pytest.param(TERM, marks=pytest.mark.soak)], ids=["control-C again and again", "SIGTERM"]
)
def test_an_interrupted_measuring_ends_in_order_and_a_rerun_gives_the_same_bytes(undisturbed, tmp_path, how):
    raw, expected, _ = undisturbed
    added = tmp_path / "added"
    assert cli("add", "ferry", str(raw), "--data", str(added)) == 0
    shutil.copytree(added, tmp_path / "whole")
    began = time.monotonic()
    assert cli("measure", "ferry", "--data", str(tmp_path / "whole")) == 0
    took, n_stopped = time.monotonic() - began, 0
    for share in (0.1, 0.4, 0.8):
        data = tmp_path / str(share)
        shutil.copytree(added, data)
        command = ["measure", "ferry", "--data", str(data)]
        n_stopped += stopped_and_run_again(command, data, expected, when=after(share * took), **how)
    assert n_stopped


@posix
@pytest.mark.parametrize(
    "how",
    [AGAIN, pytest.param(TERM_OF_ALL, marks=pytest.mark.soak)],
    ids=["control-C again and again", "SIGTERM to all"],
)
def test_an_interrupted_adding_of_many_files_ends_in_order_and_a_rerun_gives_the_same_bytes(tmp_path, how):
    raw = tmp_path / "raw"
    raw.mkdir()
    for n in range(150):  # pages are parsed in a process of their own
        paragraphs = "".join(f"<p>{LINE.format(n=n)} It is note {part}.</p>" for part in range(9))
        title = f"Ferry {n} stays in port"
        page = f"<title>{title}</title><body><article><h1>{title}</h1>{paragraphs}</article></body>"
        (raw / f"{n:03}.html").write_text(f"<html>{page}</html>", "utf-8")
    began = time.monotonic()
    assert cli("add", "ferry", str(raw), "--data", str(tmp_path / "whole")) == 0
    took, n_stopped = time.monotonic() - began, 0
    expected = everything(tmp_path / "whole")
    assert len(expected) == 152
    for share in (0.15, 0.4, 0.8):
        data = tmp_path / str(share)
        command = ["add", "ferry", str(raw), "--data", str(data)]
        n_stopped += stopped_and_run_again(command, data, expected, when=after(share * took), **how)
    assert n_stopped


@posix
@pytest.mark.parametrize(
    ("moment", "how"),
    [
        ("two notebooks are at work", CONTROL_C),
        pytest.param("a page is there", AGAIN, marks=pytest.mark.soak),
        pytest.param("two notebooks are at work", TERM, marks=pytest.mark.soak),
        ("a page is there", TERM_OF_ALL),
        pytest.param("two notebooks are at work", TERM_OF_ALL, marks=pytest.mark.soak),
        ("nothing is there", AGAIN),
    ],
)
def test_interrupted_reports_end_in_order_and_a_rerun_gives_the_same_bytes(reported, tmp_path, moment, how):
    data, expected = reported
    reports = tmp_path / "reports"
    command = ["report", "ferry", "--jobs", "2", "--data", str(data), "--reports", str(reports)]
    when = {
        "nothing is there": after(0.5),
        "two notebooks are at work": lambda: len(list(reports.rglob(".*.part.ipynb"))) == 2,
        "a page is there": lambda: list(reports.rglob("*.html")),
    }[moment]
    assert ended_in_order(run_and_stop(command, ROOT, when=when, **how), 128 + how["number"])
    there = everything(reports) if reports.exists() else {}
    assert [name for name in there if "ipynb" in name or name.endswith(".part")] == []
    assert [name for name in there if "/tables/" in name and there[name] != expected[name]] == []
    assert cli(*command) == 0
    assert everything(reports) == expected


@pytest.fixture(scope="module")
def reported(undisturbed, tmp_path_factory) -> tuple[Path, dict[str, bytes]]:
    """A measured story, and all that its reports are when nothing stops them."""
    raw, _, _ = undisturbed
    folder = tmp_path_factory.mktemp("reported")
    assert run(folder / "data", raw).returncode == 0
    reports = folder / "reports"
    assert (
        cli("report", "ferry", "--jobs", "2", "--data", str(folder / "data"), "--reports", str(reports)) == 0
    )
    return folder / "data", everything(reports)


def cli(*command: str) -> int:
    """Run `parallax` to its end."""
    call = [sys.executable, "-m", "analysis", *command]
    return subprocess.run(call, capture_output=True, cwd=ROOT, timeout=300).returncode


@posix
def test_an_interrupt_at_the_very_start_leaves_no_traceback(tmp_path):
    for seconds in (0.02, 0.06, 0.1, 0.14, 0.18):
        code, _, err = run_and_stop(
            ["list", "--data", str(ROOT / "data")], ROOT, when=after(seconds), number=signal.SIGINT
        )
        # before the first line of ours Python itself is ended by the signal: it says nothing, or where it was, and then may end with 1
        is_python = "in <frozen" in err or "site" in err
        assert code in (0, 130, -signal.SIGINT) or (code == 1 and is_python), (code, err)
        assert "analysis" not in err and ("Traceback" not in err or is_python), err


@posix
def test_a_job_in_the_background_of_a_shell_stays_deaf_to_control_c(tmp_path):
    child = subprocess.Popen(
        [sys.executable, "-m", "analysis", "list", "--data", str(ROOT / "data")],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    )
    time.sleep(0.3)
    child.send_signal(signal.SIGINT)
    assert child.wait(60) == 0
