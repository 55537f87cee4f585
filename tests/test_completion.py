"""A shell completes the names a command takes: asked for real, in the shells that are here."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from analysis.corpus.formats.columns import TARGETS
from analysis.publishing.reports import PER_OUTLET, WHOLE

PROGRAMS = Path(sys.executable).parent
# bash is asked as it asks itself at a press of the tab key: the registered function, the words, the place of the cursor.
ASK = """
source <(parallax --show-completion) || exit 1
registered=$(complete -p parallax)
[[ $registered == *"-F _parallax_completion parallax" ]] || exit 2
COMP_WORDS=({words}); COMP_CWORD={place}; COMPREPLY=()
_parallax_completion parallax
[ ${{#COMPREPLY[@]}} -eq 0 ] || printf '%s\\n' "${{COMPREPLY[@]}}"
"""
HOSTILE = """\
title: A ferry
outlets:
  - id: echo
    name: The Northern Echo
  - id: post
    name: $(touch ran); `touch ran`
  - id: "two words; touch ran"
    name: Plainname
  - id: star
    name: "*"
themes:
  - id: harbour
    label: '"; touch ran; "'
"""


@pytest.fixture
def data(tmp_path) -> Path:
    """Two stories: an ordinary one, and one whose names a shell would obey."""
    folder = tmp_path / "data"
    for name in ("ferry", "bridge vote", "bridge"):
        (folder / name).mkdir(parents=True)
    (folder / "ferry" / "story.yml").write_text(HOSTILE, "utf-8")
    bridge = "title: A bridge\noutlets:\n  - id: wire\n    name: Wire\nthemes: []\n"
    for name in ("bridge vote", "bridge"):
        (folder / name / "story.yml").write_text(bridge, "utf-8")
    return folder


def in_shell(shell: str, script: str, cwd: Path, **environment: str) -> list[str]:
    path = f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        [shell, *(["--norc"] if shell == "bash" else []), "-c", script],
        env=os.environ | {"PATH": path, "HOME": str(cwd)} | environment,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout.splitlines()


@pytest.fixture
def bash(tmp_path, data):
    """What bash offers after a line; the folder it runs in is empty."""
    if not shutil.which("bash"):
        pytest.skip("no bash here")
    (tmp_path / "empty").mkdir()

    def offered(*words: str, **environment: str) -> list[str]:
        quoted = " ".join(map(shlex.quote, ("parallax", *words)))
        script = ASK.format(words=quoted, place=len(words))
        return in_shell("bash", script, tmp_path / "empty", **{"PARALLAX_DATA": str(data)} | environment)

    return offered


def test_bash_offers_commands_and_options(bash):
    assert bash("rep") == ["report"] and {"list", "add", "measure", "lab"} <= set(bash(""))
    assert bash("report", "--dat") == ["--data"]


def test_stories_are_those_of_the_data_folder_that_the_line_or_the_environment_names(bash, data, root):
    assert bash("report", "") == ["bridge", "ferry"]
    assert bash("report", "ferry", "") == ["bridge"]
    assert bash("check", "--data", str(root / "data"), "sam") == ["sample-harbour"]
    assert bash("measure", "", PARALLAX_DATA=str(root / "data")) == ["kim-putin-2023", "sample-harbour"]
    for command in ("add", "codesheet", "suggest-facts"):
        assert bash(command, "fer") == ["ferry"], command


def test_outlets_are_those_of_the_stories_on_the_line_else_of_all(bash):
    assert bash("report", "bridge", "--outlet", "") == ["wire", "Wire"]
    assert bash("report", "--outlet", "w") == ["wire"]
    assert {"wire", "echo"} <= set(bash("report", "--outlet", ""))


def test_of_a_name_that_is_no_plain_word_the_id_is_offered_and_nothing_a_shell_obeys(bash, tmp_path):
    assert bash("report", "ferry", "--outlet", "") == ["echo", "post", "star", "Plainname"]
    assert bash("report", "ferry", "--outlet", "The") == []
    assert not list(tmp_path.rglob("ran"))


def test_notebooks_voices_lists_and_fields_are_offered(bash):
    assert bash("report", "--notebook", "") == [*WHOLE, *PER_OUTLET]
    assert bash("report", "--voice", "") == ["all", "outside", "quoted"]
    assert {"conflict", "morality", "harbour"} <= set(bash("codesheet", "ferry", "--frame", ""))
    assert "harbour" not in bash("codesheet", "bridge", "--frame", "")
    assert bash("add", "ferry", "x.csv", "--map", "") == [f"{field}=" for field in TARGETS]


def test_where_a_file_is_expected_nothing_is_offered_so_that_the_shell_completes_it(bash):
    for line in (
        ["report", "--data", "d"],
        ["report", "--reports", "d"],
        ["report", "--dictionary", "d"],
        ["convert", "d"],
        ["convert", "a.yml", "d"],
        ["agreement", "d"],
        ["agreement", "--adjudicated", "d"],
        ["add", "ferry", "d"],
    ):
        assert bash(*line) == [], line


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe\x00",
        b"outlets: [",
        b"outlets: text\nthemes: 3\n",
        b"- a\n",
        b"",
        b"[" * 5_000,
        b"a: &a [*a]\n",
    ],
)
def test_a_broken_story_offers_nothing_of_its_own_and_says_nothing(bash, data, content):
    (data / "ferry" / "story.yml").write_bytes(content)
    assert bash("report", "") == ["bridge", "ferry"]
    assert bash("report", "--outlet", "") == ["wire", "Wire"]
    assert "conflict" in bash("codesheet", "ferry", "--frame", "")


def test_a_broken_data_folder_or_dictionary_says_nothing(bash, data):
    assert bash("report", "", PARALLAX_DATA=str(data / "ferry" / "story.yml")) == []
    assert bash("report", "--data", str(data / "none"), "--outlet", "") == []
    (data / "dictionaries").mkdir()
    (data / "dictionaries" / "own.yml").write_text("id: [", "utf-8")
    assert "conflict" in bash("codesheet", "ferry", "--frame", "")


@pytest.mark.parametrize(
    "line",
    ["report ", "report --outlet ", "codesheet ferry --frame ", "report --notebook ", "add ferry --map "],
)
def test_a_press_of_the_key_loads_nothing_that_measures(data, line):
    words = line.split(" ")
    environment = os.environ | {
        "_PARALLAX_COMPLETE": "complete_bash",
        "COMP_WORDS": "\n".join(["parallax", *words]),
        "COMP_CWORD": str(len(words)),
        "PARALLAX_DATA": str(data),
    }
    command = [sys.executable, "-X", "importtime", str(PROGRAMS / "parallax")]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert ran.stdout.strip()
    loaded = {row.rpartition("|")[2].strip() for row in ran.stderr.splitlines()}
    assert "typer" in loaded
    assert not loaded & {"pandas", "numpy", "spacy", "papermill", "pyarrow", "matplotlib", "analysis.story"}


def test_a_press_of_the_key_takes_less_than_half_a_second(data):
    environment = os.environ | {"_PARALLAX_COMPLETE": "complete_bash", "COMP_CWORD": "4"}
    environment |= {"COMP_WORDS": "parallax\nreport\nferry\n--outlet\n", "PARALLAX_DATA": str(data)}
    took = []
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run([PROGRAMS / "parallax"], env=environment, capture_output=True, check=True)
        took.append(time.perf_counter() - began)
    assert min(took) < 0.5


def test_what_zsh_evaluates_holds_no_command(data):
    environment = os.environ | {
        "_PARALLAX_COMPLETE": "complete_zsh",
        "_TYPER_COMPLETE_ARGS": "parallax report ferry --outlet ",
        "PARALLAX_DATA": str(data),
    }
    ran = subprocess.run([PROGRAMS / "parallax"], env=environment, capture_output=True, text=True, timeout=60)
    assert '"echo":"The Northern Echo"' in ran.stdout and ran.stderr == ""
    assert not {"$", "`", "\\", ";"} & set(ran.stdout)


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_zsh_and_fish_take_the_script_that_is_printed_for_them(shell, data, tmp_path):
    if not shutil.which(shell):
        pytest.skip(f"no {shell} here")
    load = {"zsh": "autoload -Uz compinit && compinit -u; ", "fish": ""}[shell]
    script = f"{load}parallax --show-completion > script; source script"
    in_shell(shell, script, tmp_path, PARALLAX_DATA=str(data))
    assert "parallax" in (tmp_path / "script").read_text("utf-8")
    if shell == "fish":
        found = in_shell(
            shell, "source script; complete -C 'parallax report '", tmp_path, PARALLAX_DATA=str(data)
        )
        assert [line.split("\t")[0] for line in found] == ["bridge", "ferry"]


def test_installing_writes_to_the_home_of_the_user_alone(tmp_path):
    if not shutil.which("bash"):
        pytest.skip("no bash here")
    home = tmp_path / "home"
    home.mkdir()
    said = in_shell("bash", "parallax --install-completion", home)
    assert "bash completion installed" in said[0]
    assert {path.name for path in home.rglob("*") if path.is_file()} == {".bashrc", "parallax.sh"}
    assert "source" in (home / ".bashrc").read_text("utf-8")
