"""A forked kernel is a process of its own that differs in nothing but speed from one that imports for itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from analysis.publishing import fork_server, nursery, reports
from analysis.publishing.running import Report, run, run_all
from tests.publishing.test_running import printed, wait_until

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(not fork_server.is_wanted(), reason="kernels are not forked here")
FACTS = """
import os, signal, sys
skipped = ("JPY_", "IPYTHONDIR", "PARALLAX_KERNELS", "PYTEST_CURRENT_TEST")
print({
    "path": sys.path,
    "arguments": [len(sys.argv), sys.argv[1]],
    "folder": os.getcwd(),
    "environment": sorted(item for item in os.environ.items() if not item[0].startswith(skipped)),
    "hash": hash("a"),
    "names": sorted(name for name in vars(sys.modules["__main__"]) if not name.startswith("_")),
    "main": ["__mp_main__" in sys.modules, sys.modules["__main__"].__dict__ is globals()],
    "leads its group": os.getpgid(0) == os.getpid() == os.getsid(0),
    "signals": [str(signal.getsignal(one)) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)],
    "blocked": signal.pthread_sigmask(signal.SIG_BLOCK, []),
    "input": sys.stdin.read(),
})
"""
IS_FORKED = "import sys\nprint('analysis.publishing.preloaded' in sys.modules)"


def of_kind(kind: str, path: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv(fork_server.KERNELS, kind)
    return printed(run(Report("toy", "toy"), path, out / f"{kind}.ipynb"))


def test_kernels_are_forked_unless_asked_otherwise(write_notebook, tmp_path, monkeypatch):
    path = write_notebook(IS_FORKED)
    found = {kind: of_kind(kind, path, tmp_path, monkeypatch).strip() for kind in ("fork", "spawn")}
    assert found == {"fork": "True", "spawn": "False"}


def test_a_forked_kernel_finds_what_an_interpreter_of_its_own_finds(write_notebook, tmp_path, monkeypatch):
    path = write_notebook(FACTS.strip().replace("sys.stdin.read()", "os.read(0, 1)"))
    forked, own = (eval(of_kind(kind, path, tmp_path, monkeypatch)) for kind in ("fork", "spawn"))
    assert forked == own


def test_each_notebook_has_a_process_of_its_own(write_notebook, tmp_path):
    path = write_notebook(
        "import os, pandas\nprint(os.getpid(), hasattr(pandas, 'spoilt'))\npandas.spoilt = True"
    )
    first, second = (printed(run(Report("toy", "toy"), path, tmp_path / f"{n}.ipynb")).split() for n in "12")
    assert first[0] != second[0] and first[1] == second[1] == "False"


@pytest.mark.parametrize("notebook", ["framing", "sources"])
def test_a_report_has_the_same_bytes_either_way(notebook, founding, tmp_path, monkeypatch):
    monkeypatch.setenv("PARALLAX_DATA", str(founding.folder.parent))
    report = Report(founding.name, notebook, "ap", {"story": founding.name, "outlet": "ap"})
    pages = {founding.name: reports._around(founding, reports.made_from(founding))}
    for kind in ("fork", "spawn"):
        monkeypatch.setenv(fork_server.KERNELS, kind)
        out = tmp_path / kind
        finish = partial(reports._finish, folder=out, pages=pages)
        assert run_all([report], notebooks=reports.NOTEBOOKS, outputs=out, finish=finish)[0].is_complete
    forked, own = ((tmp_path / kind / report.path).read_bytes() for kind in ("fork", "spawn"))
    assert forked == own and len(own) > 10_000


def test_a_kernel_may_start_processes_and_threads_of_its_own(write_notebook, tmp_path):
    path = write_notebook(
        "import subprocess, sys\nfrom concurrent.futures import ThreadPoolExecutor\n"
        "with ThreadPoolExecutor(4) as pool:\n    print(sum(pool.map(len, ['ab'] * 50)))\n"
        "print(subprocess.run([sys.executable, '-c', 'print(7)'], capture_output=True, text=True).stdout)",
        "import pandas as pd\nprint(len(pd.read_parquet(PARQUET, columns=['doc_id'])) > 0)".replace(
            "PARQUET", repr(str(ROOT / "data/kim-putin-2023/measures/sentences.parquet"))
        ),
        "import multiprocessing\nwith multiprocessing.get_context('fork').Pool(2) as pool:\n    print(pool.map(abs, [-1, -2]))",
    )
    assert printed(run(Report("toy", "toy"), path, tmp_path / "x.ipynb")).split("\n") == [
        "100",
        "7",
        "",
        "True",
        "[1, 2]",
        "",
    ]


def test_where_the_nursery_was_ended_a_report_fails_and_the_next_starts_a_kernel_anew(
    write_notebook, tmp_path
):
    """In a process of its own, whose nursery may be killed."""
    path = write_notebook(
        "import os, signal, time\nassert b'forkserver' in open(f'/proc/{os.getppid()}/cmdline', 'rb').read()\n"
        "os.kill(os.getppid(), signal.SIGKILL)\ntime.sleep(60)"
    )
    other = write_notebook(IS_FORKED, name="other")
    program = (
        "import sys\nfrom pathlib import Path\nfrom analysis.publishing.running import FailedRun, Report, run\n"
        "if __name__ == '__main__':\n"
        "    try:\n"
        f"        run(Report('toy', 'toy'), Path({str(path)!r}), Path({str(tmp_path / 'x.ipynb')!r}))\n"
        "    except FailedRun as failure:\n"
        "        print(failure.cell)\n"
        f"    run(Report('toy', 'other'), Path({str(other)!r}), Path({str(tmp_path / 'y.ipynb')!r}))\n"
    )
    (tmp_path / "program.py").write_text(program)
    ran = subprocess.run(
        [sys.executable, tmp_path / "program.py"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (ran.returncode, ran.stdout) == (0, "2\n") and "Traceback" not in ran.stderr
    assert printed(tmp_path / "y.ipynb").strip() == "False"


def test_a_kernel_ends_with_the_process_that_asked_for_it(write_notebook, tmp_path):
    path = write_notebook(
        f"import os, time\nopen({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)"
    )
    program = (
        "from pathlib import Path\nfrom analysis.publishing.running import Report, run\n"
        "if __name__ == '__main__':\n"
        f"    run(Report('toy', 'toy'), Path({str(path)!r}), Path({str(tmp_path / 'x.ipynb')!r}))\n"
    )
    (tmp_path / "program.py").write_text(program)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    child = subprocess.Popen([sys.executable, tmp_path / "program.py"], env=environment)
    try:
        wait_until((tmp_path / "pid").exists, 60)
        time.sleep(0.2)
        kernel = int((tmp_path / "pid").read_text())
        assert Path(f"/proc/{kernel}").exists()
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
    wait_until(lambda: not Path(f"/proc/{kernel}").exists(), 15)


def test_the_nursery_runs_one_thread_and_knows_it(write_notebook, tmp_path):
    assert nursery.of_this_process() is not None
    assert "analysis.publishing.preloaded" not in sys.modules or not nursery._can_be_forked()
