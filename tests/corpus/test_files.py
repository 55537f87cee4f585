"""The files that a person names are each read once; what stands beside articles is not taken for one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from analysis.corpus.files import aside, items, listed, read_file
from analysis.corpus.formats.item import Item, Limits, Refused


def made(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"The text of {name}.", "utf-8")
    return folder


def names(files: list[Path]) -> list[str]:
    return [path.name for path in files]


def test_folders_are_read_by_name_without_hidden_files_and_readmes(tmp_path):
    made(tmp_path, "b.txt", "a/c.txt", ".hidden.txt", ".git/d.txt", "README.md", "README")
    assert names(listed(tmp_path)) == ["c.txt", "b.txt"]


def test_the_parts_that_a_browser_saves_beside_a_page_are_no_articles(tmp_path):
    made(tmp_path, "page.html", "page_files/frame.html", "page_files/deep/x.js", "notes_files/kept.txt")
    assert names(listed(tmp_path)) == ["kept.txt", "page.html"]


def test_a_file_that_is_named_twice_is_read_once(tmp_path):
    made(tmp_path, "a.txt")
    assert len(listed([tmp_path, tmp_path / "a.txt", str(tmp_path / "." / "a.txt")])) == 1


def test_a_path_that_is_not_there_is_named_before_anything_is_read(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"gone\.txt: no such file or folder"):
        next(iter(items([made(tmp_path, "a.txt"), tmp_path / "gone.txt"])))


@pytest.mark.skipif(os.name != "posix", reason="links and pipes are POSIX's")
def test_loops_pipes_and_files_that_may_not_be_read_cost_only_themselves(tmp_path):
    made(tmp_path, "a.txt", "locked.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    assert set(names(listed(tmp_path))) == {"a.txt", "locked.txt"}
    (one,) = read_file(tmp_path / "pipe.txt")
    assert isinstance(one, Refused) and "no regular file" in one.reason
    (one,) = read_file(Path("/dev/zero"))
    assert isinstance(one, Refused)


def test_sizes_are_looked_at_before_a_file_is_read(tmp_path):
    made(tmp_path, "a.txt")
    (one,) = read_file(tmp_path / "a.txt", limits=Limits(file_bytes=5))
    assert isinstance(one, Refused) and "18 bytes; allowed: 5 a file" in one.reason
    (one,) = read_file(tmp_path / "a.txt", limits=Limits(text_chars=5))
    assert isinstance(one, Refused) and "18 characters; allowed: 5" in one.reason


@pytest.mark.skipif(os.name != "posix", reason="other systems do not allow such names")
@pytest.mark.parametrize("name", [b"a\nb.txt", b"a\x1b[31m.txt", b"\xff\xfe.txt", "naïve “x”.txt".encode()])
def test_any_name_is_read(tmp_path, name):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    path.write_text("A text.", "utf-8")
    (one,) = items(tmp_path)
    assert isinstance(one, Item) and one.text == "A text."


def test_what_is_passed_over_is_listed(tmp_path):
    made(
        tmp_path,
        "a.txt",
        "README.md",
        "READMEs of the coast.txt",
        ".hidden.txt",
        "page.html",
        "page_files/x.js",
    )
    assert names(listed(tmp_path)) == ["READMEs of the coast.txt", "a.txt", "page.html"]
    assert names(aside(tmp_path)) == [".hidden.txt", "README.md", "x.js"]
