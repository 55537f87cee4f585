"""Progress is a bar with the time left on a terminal and plain lines elsewhere; results stay on stdout."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="pseudo-terminals of POSIX")

COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9\d|10\d)[;m]")  # SGR codes of colours
SIGN = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")  # whatever a terminal obeys
LIVE = {"TERM": "xterm-256color", "CI": "", "NO_COLOR": ""}
SHOWN_AND_HIDDEN = ("\x1b[?25h", "\x1b[?25l")  # the cursor
PARALLAX = [sys.executable, "-m", "analysis"]
NOTEBOOKS = ["--notebook", "corpus", "--notebook", "comparison"]
LINE = "The ferry to the northern islands stayed in port on Wednesday. “We will sail on day {n},” its captain said."


@pytest.fixture
def raw(tmp_path) -> Path:
    """Articles as pages, one of them under a name of hostile signs, and one file that is no article."""
    folder = tmp_path / "raw"
    folder.mkdir()
    for n in range(12):
        text = "".join(f"<p>{LINE.format(n=n)} It is note {part}.</p>" for part in range(6))
        page = (
            f"<html><title>Ferry {n}</title><body><article><h1>Ferry {n}</h1>{text}</article></body></html>"
        )
        name = "[red]05\x1b[31m.html" if n == 5 else f"{n:02}.html"
        (folder / name).write_text(page, "utf-8")
    (folder / "99.pdf").write_bytes(b"%PDF-1.7")
    return folder


def on_terminal(
    command: list[str], *, until: bytes | None = None, **environment: str
) -> tuple[int, str, str]:
    """Run with stderr on a terminal of 100 columns and stdout in a pipe; control-C is typed at the sign `until`."""
    import fcntl
    import struct
    import termios

    own, other = pty.openpty()
    fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))

    def begin() -> None:
        os.setsid()
        fcntl.ioctl(2, termios.TIOCSCTTY, 0)
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    child = subprocess.Popen(
        command,
        stdin=other,
        stdout=subprocess.PIPE,
        stderr=other,
        env={k: v for k, v in (os.environ | LIVE | environment).items() if v},
        preexec_fn=begin,
    )
    os.close(other)
    shown, end = b"", time.monotonic() + 240
    while time.monotonic() < end:
        try:
            read = os.read(own, 65536)
        except OSError:  # Linux says so when the last one closes the terminal
            break
        if not read:
            break
        shown += read
        if until and until in shown:
            os.write(own, b"\x03")
            until = None
    out, _ = child.communicate(timeout=60)
    os.close(own)
    return child.returncode, out.decode(), shown.decode()


def frames(shown: str) -> list[str]:
    """What stood on the terminal, line by line, without what a terminal obeys."""
    return [line for line in re.split(r"[\r\n]+", SIGN.sub("", shown)) if line.strip()]


def test_adding_measuring_and_reporting_show_a_bar_with_the_time_left(raw, tmp_path):
    folders = ["--data", str(tmp_path / "data")]
    code, out, shown = on_terminal([*PARALLAX, "add", "ferry", str(raw), *folders])
    assert code == 1 and "12 added" in out and "━" not in out and "\x1b" not in out
    rows = frames(shown)
    step = r"(reading|recognising|comparing) .* \d+ of 1[23] 0:\d\d:\d\d .* left "  # some are too quick to be seen
    assert any(re.match(step, row) for row in rows)
    assert "rejected" in rows[-1] and "99.pdf" in rows[-1]  # problems stay, the bar does not

    code, out, shown = on_terminal([*PARALLAX, "measure", "ferry", *folders])
    assert code == 0 and out.startswith("ferry: 12 documents, ") and COLOUR.search(shown)
    rows = frames(shown)
    assert any(
        re.search(r"measuring ferry .*━.* \d+ of 12 0:\d\d:\d\d 0:\d\d:\d\d left \S+", row) for row in rows
    )
    assert shown.rindex(SHOWN_AND_HIDDEN[0]) > shown.rindex(SHOWN_AND_HIDDEN[1])

    command = [*PARALLAX, "report", "ferry", "--jobs", "1", *NOTEBOOKS, *folders]
    code, out, shown = on_terminal([*command, "--reports", str(tmp_path / "out")], NO_COLOR="1")
    assert code == 0 and out.startswith("2 reports made")
    rows = frames(shown)
    assert any(re.search(r"reports .* 0 of 2 .* left ferry/comparison.html", row) for row in rows)
    assert any(
        re.search(r"reports .* 1 of 2 0:\d\d:\d\d 0:\d\d:\d\d left ferry/corpus.html", row) for row in rows
    )
    assert not COLOUR.search(shown)
    assert "[1/2]" not in shown


def test_control_c_typed_at_a_bar_ends_with_130_and_gives_the_cursor_back(raw, tmp_path):
    command = [*PARALLAX, "add", "ferry", str(raw), "--data", str(tmp_path / "data")]
    code, out, shown = on_terminal(command, until=b"reading")
    assert (code, out) == (130, "")
    assert "parallax: interrupted; what was complete is kept" in frames(shown) and "Traceback" not in shown
    assert shown.rindex(SHOWN_AND_HIDDEN[0]) > shown.rindex(SHOWN_AND_HIDDEN[1])
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"CI": "true"}])
def test_a_dumb_terminal_and_a_log_get_plain_lines(raw, tmp_path, environment):
    command = [*PARALLAX, "add", "ferry", str(raw), "--data", str(tmp_path / "data")]
    code, _, shown = on_terminal(command, **environment)
    assert code == 1 and "\x1b" not in shown and "━" not in shown and "rejected" in shown


def test_without_a_terminal_there_are_plain_lines_on_stderr_and_results_on_stdout(raw, tmp_path):
    folders = ["--data", str(tmp_path / "data")]
    for command, says in (
        (["add", "ferry", str(raw)], "  rejected "),
        (["measure", "ferry"], "measuring ferry …"),
        (
            ["report", "ferry", "--notebook", "corpus", "--reports", str(tmp_path)],
            "[1/1] ferry/corpus.html done",
        ),
    ):
        environment = os.environ | {"TERM": "xterm", "FORCE_COLOR": "1", "CI": ""}
        ran = subprocess.run(
            [*PARALLAX, *command, *folders], env=environment, capture_output=True, text=True, timeout=240
        )
        assert ran.returncode in (0, 1) and "\x1b" not in ran.stdout + ran.stderr
        assert says in ran.stderr and says not in ran.stdout


def test_names_are_neither_markup_nor_signs_that_a_terminal_obeys():
    code = (
        "import time; from analysis.progress import Progress\n"
        "with Progress('reading [red]x[/red]', 3) as going:\n"
        "    going.at(1, 3, item='[b]y[/] \\x1b[31mz\\n{n}:up:')\n"
        "    going.line('failed: [blue]a[/blue] \\x1b]0;title\\x07', is_kept=True)\n"
        "    time.sleep(0.3)\n"
        "    going.result('a result')\n"
    )
    _, out, shown = on_terminal([sys.executable, "-c", code], NO_COLOR="1", COLUMNS="160")
    assert out == "a result\n"
    assert "reading [red]x[/red]" in shown and r"[b]y[/] \x1b[31mz {n}" in shown
    assert r"failed: [blue]a[/blue] \x1b]0;title\x07" in shown
    assert "\x1b[31m" not in shown and "\x1b]0" not in shown
