"""Whatever stops a run, a rerun gives the same bytes as a run that nothing stopped."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
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
