"""The tutorial, done literally: its commands in its order in an empty folder, with what it says of the result."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.loading import load_story

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "tutorial.md").read_text("utf-8")
PARALLAX = ".venv/bin/parallax "


@pytest.fixture(scope="module")
def done(tmp_path_factory) -> Path:
    """The folder after every command of the tutorial but the set-up and the one that opens JupyterLab."""
    folder = tmp_path_factory.mktemp("tutorial")
    shutil.copytree(ROOT / "docs" / "tutorial-articles", folder / "docs" / "tutorial-articles")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PARALLAX_")}
    for language, block in re.findall(r"^```(\w*)\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE):
        if language == "yaml":
            edit(folder / "stories" / "bridge-vote" / "story.yml", block)
        for line in block.splitlines():
            if language == "" and line.startswith(PARALLAX) and " lab " not in line:
                command = [sys.executable, "-m", "analysis", *shlex.split(line.removeprefix(PARALLAX))]
                ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
                assert ran.returncode == 0, (line, ran.stderr)
    return folder


def edit(path: Path, block: str) -> None:
    """What the reader is told to do: another title, and the block in place of everything below the outlets."""
    text = path.read_text("utf-8").replace('"Bridge vote"', '"Ashby closes the Mill Bridge"')
    path.write_text(re.sub(r"(outlets:\n(?:  - [^\n]*\n)+).*", r"\1", text, flags=re.DOTALL) + block, "utf-8")


@pytest.fixture(scope="module")
def story(done):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLAX_DATA", str(done / "stories"))
        return load_story("bridge-vote")


def test_fourteen_reports_and_a_bundle_are_made(done):
    pages = [path for path in (done / "out" / "bridge-vote").rglob("*.html") if path.name != "index.html"]
    assert len(pages) == 14 and (done / "out" / "bridge-vote.zip").is_file()


def test_the_story_is_as_the_reader_wrote_it(story):
    assert story.about.title == "Ashby closes the Mill Bridge"
    assert list(story.outlets.values()) == ["Ashby Gazette", "Morning Wire", "Valley Radio"]
    assert (story.documents["via"] != "Ashby Gazette").all()


def test_what_the_tutorial_says_of_the_result_is_so(story, done):
    assert not story.differences["is_clear"].any()
    index = (done / "out" / "bridge-vote" / "index.html").read_text("utf-8")
    assert "At a glance" in index and "there is too little text to tell" in index
    parts = story.sentences.set_index(["doc_id", "sentence_id"])["part"]
    named = story.namings.join(parts, on=["doc_id", "sentence_id"])
    counts = named[named["part"] == "body"].groupby(["doc_id", "surface"]).size().to_dict()
    assert counts["gazette", "ban"] == 3 and counts["gazette", "closure"] == 1
    assert [place for place in counts if place[1] == "ban"] == [("gazette", "ban")]
    direct = story.quotations[story.quotations["kind"] != "indirect"].groupby("doc_id")["speaker"].agg(set)
    assert "talbot" in direct["morning-wire"] and {"quill", "renner"} <= direct["gazette"]
    assert {"osgood", "lind"} <= direct["valley-radio"]
