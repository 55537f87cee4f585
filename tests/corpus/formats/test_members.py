"""Members of archives: what is passed over, and what many of them cost."""

from __future__ import annotations

import gzip
import io
import time
import zipfile

import pytest

from analysis.corpus.formats import read_data, signs
from analysis.corpus.formats.item import Limits

LINE = b"The ferry to the northern islands stayed in port on Friday, its crew said. "


def zipped(*names: str) -> bytes:
    with zipfile.ZipFile(buffer := io.BytesIO(), "w") as archive:
        for name in names:
            archive.writestr(name, LINE)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "is_read"),
    [
        ("README", False), ("a/README.md", False), ("README.txt", False), (".hidden.txt", False), ("__MACOSX/a.txt", False), (".git/a.txt", False),
        ("README for reporters.txt", True), ("READMEs in schools.html.txt", True), ("__MACOSX story.txt", True), ("Readme first.txt", True),
    ],
)  # fmt: skip
def test_hidden_files_and_readmes_alone_are_passed_over(name, is_read):
    found = list(read_data(zipped(name, "story.txt"), "a.zip"))
    assert [one.file for one in found] == [
        f"a.zip/{one}" for one in ([name] if is_read else []) + ["story.txt"]
    ]


def test_a_gzip_file_of_many_members_is_read_in_time_that_grows_with_its_size():
    began = time.perf_counter()
    (one,) = read_data(gzip.compress(b"") * 200_000 + gzip.compress(LINE), "a.txt.gz")
    assert one.text.encode() == LINE and time.perf_counter() - began < 10


def test_members_of_a_gzip_file_are_joined_and_what_follows_them_is_not_read():
    parts = [LINE, LINE * 3_000, b"", LINE * 9]
    data = b"".join(map(gzip.compress, parts))
    (one,) = read_data(data + b"\0" * 99, "a.txt.gz", limits=Limits(file_bytes=1_000_000))
    assert one.text.encode() == b"".join(parts)
    (cut,) = read_data(data[:-5], "a.txt.gz")
    assert "breaks off" in cut.reason
    (large,) = read_data(data, "a.txt.gz", limits=Limits(file_bytes=len(LINE) * 2))
    assert "unpacks to more than" in large.reason


def test_an_archive_is_listed_once_to_see_whether_it_is_an_office_file(monkeypatch):
    n, members = [], signs.members
    monkeypatch.setattr(signs, "members", lambda data: n.append(1) or members(data))
    assert signs.refused(zipped("a.txt"), "a.zip") == "" and len(n) == 1
