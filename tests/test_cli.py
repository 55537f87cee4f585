"""The command `parallax`: what it answers, what it writes, and how it ends."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from analysis import cli


@pytest.fixture
def parallax(harbour, founding, story_data, tmp_path, monkeypatch, capsys):
    """Call the entry point in this process, on the tests' own data folder; return code, stdout and stderr."""
    monkeypatch.setenv("PARALLAX_DATA", str(story_data))
    monkeypatch.setenv("PARALLAX_REPORTS", str(tmp_path / "reports"))

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["parallax", *arguments])
        with pytest.raises(SystemExit) as end:
            cli.main()
        said = capsys.readouterr()
        return end.value.code or 0, said.out, said.err

    return call


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("report --outlet Reuter", "Reuters?"),
        ("report --outlet washingtonpost", "The Washington Post?"),
        ("report sample-harbour --outlet Reuters", "there are: Meridian Wire, The Verrin Courier"),
        ("report --notebook readabilty", "readability?"),
        ("report --voice quote", "quoted?"),
        ("report sample-harbor", "did you mean sample-harbour?"),
        ("check kim-putin", "did you mean kim-putin-2023?"),
        ("measure nothing-like-it", "there are: kim-putin-2023, sample-harbour"),
        ("measure kim-putin-2023", "its texts are not in"),
        ("report --jobs two", "--jobs"),
        ("report --jobs 0", "--jobs"),
        ("report --colour red", "No such option"),
        ("reports", "No such command"),
        ("verify kim-putin-2023", "no reports of kim-putin-2023"),
        ("verify", "parallax report makes them"),
        ("list --data /there/is/none", "no such folder"),
    ],
)
def test_wrong_use_ends_with_2_says_what_would_be_right_and_writes_nothing(
    parallax, tmp_path, arguments, says
):
    code, out, err = parallax(*arguments.split(" "))
    assert (code, out) == (2, "") and says in err and "Traceback" not in err
    assert not (tmp_path / "reports").exists()


def test_list_says_what_is_there(parallax):
    code, out, _ = parallax("list", "--json")
    first, second = json.loads(out)
    assert code == 0 and (first["story"], second["story"]) == ("kim-putin-2023", "sample-harbour")
    assert first["outlets"] == ["Reuters", "Associated Press", "AFP", "The Washington Post"]
    assert (first["documents"], first["texts"], first["measured"]) == (5, "not here", True)
    assert (second["documents"], second["texts"], second["stale"]) == (16, "here", [])
    code, out, _ = parallax("list")
    assert "16 documents: Meridian Wire, The Verrin Courier" in out and "texts not here" in out


def test_check_says_what_to_know(parallax):
    code, out, _ = parallax("check", "kim-putin-2023", "--json")
    notes = [row["note"] for row in json.loads(out)]
    assert code == 0 and "no text is here: reports show measures without passages" in notes
    assert "documents.csv: filing order unknown: reuters, ap-early, ap-late, afp, washington-post" in notes
    code, out, _ = parallax("check", "sample-harbour")
    assert code == 0 and out.splitlines()[-1].startswith("Nothing is invalid")
    assert "SHA-256" not in out and "in no row" not in out


@pytest.mark.parametrize("outlet", ["Meridian Wire", "meridian", "MERIDIAN WIRE", "Meridian"])
def test_an_outlet_is_named_by_id_or_display_name_in_any_case(parallax, tmp_path, outlet):
    code, out, _ = parallax("report", "--dry-run", "--outlet", outlet, "--notebook", "framing")
    page = tmp_path / "reports/sample-harbour/meridian/framing.html"
    assert (code, out.splitlines()) == (0, [f"{page}: never made"])


def test_a_dry_run_names_every_report_with_its_reason_and_writes_nothing(parallax, story_data, tmp_path):
    before = contents(story_data)
    code, out, err = parallax("report", "--dry-run", "--zip")
    rows = dict(line.split(": ", 1) for line in out.splitlines())
    paths = [Path(path).relative_to(tmp_path / "reports").as_posix() for path in rows]
    assert code == 0 and len(paths) == 2 * (2 + 4 * 4) and set(rows.values()) == {"never made"}
    assert {"kim-putin-2023/comparison.html", "sample-harbour/ibh/sentiment.html"} <= set(paths)
    assert err.splitlines()[-1] == "36 would run, 0 up to date; nothing was written"
    assert not (tmp_path / "reports").exists() and contents(story_data) == before
    assert set(parallax("report", "--dry-run", "--force")[1].splitlines()) == {
        f"{path}: forced" for path in rows
    }


def test_a_dry_run_says_what_changed_and_measures_loads_and_starts_nothing(
    parallax, harbour, founding, tmp_path
):
    """In a process of its own, so that what it imports can be told."""
    data, out = tmp_path / "data", tmp_path / "reports"
    shutil.copytree(founding.folder, data / founding.name)
    call = ("report", "--data", str(data), "--notebook", "corpus", "--notebook", "comparison")
    assert parallax(*call)[0] == 0
    assert parallax(*call, "--dry-run")[1:] == ("", "0 would run, 2 up to date; nothing was written\n")
    shutil.copytree(harbour.folder, data / harbour.name)
    with (data / harbour.name / "story.yml").open("a", encoding="utf-8") as file:
        file.write("\n# a comment\n")
    with (data / founding.name / "facts.yml").open("a", encoding="utf-8") as file:
        file.write("\n# a comment\n")
    (out / founding.name / "corpus.html").write_text("edited", "utf-8")
    before = contents(tmp_path)
    arguments = [*call, "--reports", str(out), "--voice", "quoted", "--dry-run", "--json"]
    code = (
        "import os, sys; from analysis import cli; sys.argv[1:] = " + repr(arguments) + "\n"
        "try: cli.main()\nexcept SystemExit as end: assert not end.code\n"
        "there = {'analysis.publishing.running', 'analysis.measuring', 'papermill', 'nbclient'} & set(sys.modules)\n"
        "assert not there, there\n"
        "try: os.waitpid(-1, 0); assert False, 'it had a child'\nexcept ChildProcessError: pass\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert found["measured_first"] == {harbour.name: ["story.yml changed"]} and found["up_to_date"] == []
    assert "sample-harbour would be measured first: story.yml changed" in ran.stderr
    why = {Path(row["report"]).relative_to(out).as_posix(): row["reasons"] for row in found["would_run"]}
    assert why == {
        "kim-putin-2023/comparison.html": [
            "other parameters: voice",
            "facts.yml changed",
            "changed since it was measured: facts.yml",
        ],
        "kim-putin-2023/corpus.html": [
            "the page was changed",
            "facts.yml changed",
            "changed since it was measured: facts.yml",
        ],
        "sample-harbour/comparison.html": ["never made"],
        "sample-harbour/corpus.html": ["never made"],
    }
    assert contents(tmp_path) == before


def test_a_mistake_in_story_yml_is_named_with_its_line(parallax, harbour, tmp_path):
    folder = tmp_path / "data" / "mine"
    folder.mkdir(parents=True)
    shutil.copy(harbour.folder / "documents.csv", folder)
    text = (harbour.folder / "story.yml").read_text("utf-8")
    at = text.splitlines().index("outlets:") + 2
    (folder / "story.yml").write_text(text.replace("outlets:\n", "outlets:\n  - ident: x\n"), "utf-8")
    code, out, err = parallax("report", "--data", str(tmp_path / "data"))
    assert (code, out) == (2, "") and f"story.yml, line {at}: " in err and "allowed: id, name" in err


def test_a_story_that_is_wrong_costs_only_itself(parallax, harbour, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(harbour.folder, data / "good")
    shutil.copytree(harbour.folder, data / "bad")
    (data / "bad" / "story.yml").write_text("title: [\n", "utf-8")
    for command, says in (
        ("list", "good"),
        ("check", "good: "),
        ("measure", "good: 16 documents"),
        ("report --notebook corpus", "1 reports made"),
        ("report --notebook corpus", "1 up to date"),
    ):
        code, out, err = parallax(*command.split(" "), "--data", str(data))
        assert code == 1 and says in out and "bad/story.yml, line 2: not readable as YAML" in err, command
    code, _, err = parallax("report", "bad", "--data", str(data))
    assert code == 2 and "bad/story.yml" in err


def test_the_index_names_a_story_that_broke_after_its_reports_were_made(parallax, harbour, tmp_path):
    data, index = tmp_path / "data", tmp_path / "reports" / "index.html"
    for name in ("first", "second"):
        shutil.copytree(harbour.folder, data / name)
    assert parallax("report", "--notebook", "corpus", "--data", str(data))[0] == 0
    (data / "first" / "documents.csv").unlink()
    assert parallax("report", "second", "--notebook", "corpus", "--data", str(data))[0] == 0
    page = index.read_text("utf-8")
    assert "the story broke" in page and 'href="second/index.html"' in page


def test_a_folder_that_cannot_be_made_for_reports_is_wrong_use(parallax, tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    code, out, err = parallax("report", "--reports", str(tmp_path / "file" / "reports"))
    assert (code, out) == (2, "") and "reports cannot be written to" in err and "Traceback" not in err


def test_a_mistake_in_the_manifest_is_named_with_its_line(parallax, harbour, tmp_path):
    folder = tmp_path / "data" / "mine"
    folder.mkdir(parents=True)
    shutil.copy(harbour.folder / "story.yml", folder)
    text = (harbour.folder / "documents.csv").read_text("utf-8")
    (folder / "documents.csv").write_text(text.replace("courier-1,courier,", "courier-1,currier,"), "utf-8")
    code, _, err = parallax("check", "--data", str(tmp_path / "data"))
    assert code == 2 and "documents.csv:4: outlet 'currier' is not in story.yml; there are: meridian" in err


def test_a_mistake_in_a_dictionary_is_named_with_its_line(parallax, harbour, tmp_path):
    for name in ("story.yml", "documents.csv"):
        (tmp_path / "data" / "mine").mkdir(parents=True, exist_ok=True)
        shutil.copy(harbour.folder / name, tmp_path / "data" / "mine")
    (tmp_path / "data" / "dictionaries").mkdir()
    (tmp_path / "data" / "dictionaries" / "own.yml").write_text("id: own\ncolour: red\n", "utf-8")
    code, _, err = parallax("check", "--data", str(tmp_path / "data"))
    assert code == 2 and "own.yml, line 2: unknown key 'colour'; allowed: id, use" in err


def test_an_empty_data_folder_is_wrong_use(parallax, tmp_path):
    (tmp_path / "data").mkdir()
    code, _, err = parallax("report", "--data", str(tmp_path / "data"))
    assert code == 2 and "a story is a folder with a story.yml" in err


def test_a_text_that_is_refused_is_named_and_ends_with_1(parallax, harbour, tmp_path):
    folder = tmp_path / "data" / "mine"
    shutil.copytree(harbour.folder, folder, ignore=shutil.ignore_patterns("measures", "*.txt"))
    lines = (folder / "documents.csv").read_text("utf-8").splitlines(keepends=True)
    (folder / "documents.csv").write_text("".join(lines[:3]), "utf-8")
    (folder / "articles").mkdir(exist_ok=True)
    shutil.copy(harbour.folder / "articles" / "meridian-1-early.txt", folder / "articles")
    (folder / "articles" / "meridian-1-late.txt").write_bytes(b"%PDF-1.7")
    code, out, err = parallax("measure", "--data", str(tmp_path / "data"))
    assert code == 1 and "rejected meridian-1-late.txt: looks like a PDF document" in err
    assert out.startswith("mine: 1 documents, ")


def test_without_a_command_the_help_is_shown(parallax):
    _, out, _ = parallax("--help")
    assert all(command in out for command in ("list", "check", "measure", "report", "lab"))


@pytest.mark.parametrize(
    ("arguments", "is_explored"),
    [
        ([], True),
        (["--no-browser", "--port", "9999"], True),
        (["corpus.ipynb"], False),
        (["--no-browser", "corpus.ipynb"], False),
        (["--port", "9999", "README.md"], False),
        (["list"], False),
        (["--ServerApp.root_dir=/srv"], False),
        (["--LabApp.default_url=/lab"], False),
    ],
)
def test_lab_opens_the_notebook_to_explore_unless_something_else_is_named(
    parallax, monkeypatch, root, arguments, is_explored
):
    started = []
    monkeypatch.setattr(os, "chdir", started.append)
    monkeypatch.setattr(os, "execv", lambda program, command: started.append(command))
    monkeypatch.setattr(subprocess, "call", lambda command, cwd: started.extend((cwd, command)) or 0)
    code, _, _ = parallax("lab", *arguments)
    folder, command = started[:2]
    assert code == 0 and folder == root / "notebooks"
    assert command[1:4] == ["-m", "jupyter", "lab"]
    assert command[len(command) - len(arguments) :] == arguments
    assert ("--LabApp.default_url=/lab/tree/explore.ipynb" in command) is is_explored


@pytest.mark.parametrize(
    ("arguments", "asked", "found"), [("list", None, "1"), ("list", "4", "4"), ("lab", None, None)]
)
def test_a_command_multiplies_small_matrices_in_one_thread_unless_somebody_says_otherwise(
    parallax, monkeypatch, arguments, asked, found
):
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", asked or "")
    monkeypatch.setattr(os, "chdir", lambda folder: None)
    monkeypatch.setattr(os, "execv", lambda program, command: None)
    monkeypatch.setattr(subprocess, "call", lambda command, cwd: 0)
    if asked is None:
        monkeypatch.delenv("OPENBLAS_NUM_THREADS")
    assert parallax(arguments)[0] == 0
    assert os.environ.get("OPENBLAS_NUM_THREADS") == found


@pytest.mark.parametrize("where", ["in a command", "while loading"])
def test_an_interrupt_ends_with_130(parallax, monkeypatch, where):
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(
        *((cli, "use_folders", interrupt) if where == "in a command" else (cli, "app", interrupt))
    )
    code, _, err = parallax("list")
    assert code == 130 and "interrupted" in err and "Traceback" not in err


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_control_c_during_a_report_ends_with_130_and_leaves_nothing_half_done(harbour, story_data, tmp_path):
    """From another working directory, by `python -m analysis`, with both folders outside the repository."""
    reports = tmp_path / "out"
    command = [sys.executable, "-m", "analysis", "report", "sample-harbour", "--outlet", "ibh"]
    child = subprocess.Popen(
        [*command, "--data", str(story_data), "--reports", str(reports), "--jobs", "1"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(
            signal.SIGINT, signal.SIG_DFL
        ),  # ignored in the background of a shell
    )
    try:
        end = time.monotonic() + 120
        while not list(reports.rglob(".*.ipynb")):  # a notebook is at work
            assert child.poll() is None and time.monotonic() < end
            time.sleep(0.1)
        os.killpg(child.pid, signal.SIGINT)
        out, err = child.communicate(timeout=60)
    finally:
        child.kill()
    assert child.returncode == 130 and "interrupted" in err and out == ""
    assert "Traceback" not in err and "Kernel died" not in err  # what is stopped is told once
    assert [path for path in reports.rglob("*") if path.is_file()] == []
