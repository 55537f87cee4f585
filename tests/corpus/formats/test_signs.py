"""What a file is told by its content, whatever it is called."""

from __future__ import annotations

import gzip
import io
import pickle
import time
import zipfile

import pytest

from analysis.corpus.formats import FORMATS, NotRead, format_of, read_data

LINE = "The ferry to the northern islands stayed in port on Friday, its crew said. "


def zipped(name: str) -> bytes:
    with zipfile.ZipFile(buffer := io.BytesIO(), "w") as archive:
        archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "called"),
    [
        (b"<!DOCTYPE html><html><body>a</body></html>", "a.txt", "HTML"),
        (b"\xef\xbb\xbf  <html>", "a", "HTML"),
        ("<html><body>a</body></html>".encode("utf-16"), "a.csv", "HTML"),
        (b"<div class='a'><p>a</p></div>", "a.txt", "HTML"),
        (b"In HTML, <p> begins a paragraph and </p> ends it.", "a.txt", "plain text"),
        (b"The sign < is smaller than, > is larger than.", "a.txt", "plain text"),
        (b'{"text": "a"}\n{"text": "b"}\n', "a.txt", "JSON"),
        (b'[{"title": "a", "text": "b"}]', "a", "JSON"),
        (b"outlet,date,text\nEcho,2031-01-05,a\n", "a.csv", "CSV or TSV"),
        (b"outlet\tdate\ttext\nEcho\t2031-01-05\ta\n", "a.txt", "CSV or TSV"),
        (LINE.encode() * 3, "a.txt", "plain text"),
        (b"Soup, bread, tea\nAll of it, she said, was cold, and late.\n", "a.txt", "plain text"),
        (b"Where: the pier\nWhen: Monday\n\n" + LINE.encode(), "a.txt", "plain text"),
        (gzip.compress(b"a", mtime=0), "a.txt", "ZIP, gzip or tar"),
        (zipped("a.txt"), "a.docx", "ZIP, gzip or tar"),
        (zipped("word/document.xml"), "a.zip", "Word"),
        (b"{\\rtf1 a}", "a.doc", "RTF"),
        (b"", "a.html", "plain text"),
    ],
)
def test_a_format_is_told_by_content(data, name, called):
    assert format_of(data, name).name == called


@pytest.mark.parametrize(
    ("data", "name", "called"),
    [
        (b"%PDF-1.7\n", "a.txt", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "a.html", "a PNG image"),
        (pickle.dumps({"a": 1}), "a.parquet", "a Python pickle"),
        (pickle.dumps({"a": 1}, protocol=0), "a.txt", "a Python pickle"),
        (zipped("xl/workbook.xml"), "a.csv", "an Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "a.doc", "an old Office document"),
        (b"a: 1\nb: 2\n", "a.yml", "YAML"),
        (b"outlet: NO\ncode: 0123\n", "a.txt", "YAML"),
        (b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "b">]><l>&a;</l>', "a.txt", "entities"),
        (b'<?xml version="1.0"?><rss><channel/></rss>', "a.txt", "XML"),
        (b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\tboundary=a\n\n", "a.html", "web archive"),
        (b"SQLite format 3\x00", "a.txt", "SQLite"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_named_with_what_is(data, name, called):
    with pytest.raises(NotRead) as refusal:
        format_of(data, name)
    assert called in str(refusal.value) and all(one.name in str(refusal.value) for one in FORMATS)


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
@pytest.mark.parametrize(
    "data", [b"", b"\0" * 50, b"PK\x03\x04", b"PAR1PAR1", b"{\\rtf", b"\x1f\x8b\x08", b"[", b"<html", b'"']
)
def test_no_reader_fails_on_a_stump(one, data):
    for unit in read_data(data, "stump", known=one):
        assert getattr(unit, "reason", "") or hasattr(unit, "text")


@pytest.mark.parametrize(
    ("data", "name", "called"),
    [
        (b"<!-- a -->" * 5_000 + b"<div>Hello</div>", "a.txt", "plain text"),
        (b"<!-- a -->\n" * 5_000 + b"<html><body>a</body></html>", "a.txt", "HTML"),
        (b"<?xml version='1.0'?> <!-- a > b --><!----><!-- -- --> <!DOCTYPE html>", "a.txt", "HTML"),
        (b"<!-- <html> Hello", "a.txt", "plain text"),
        (b"<a" * 30_000, "a.html", "plain text"),
    ],
)
def test_comments_before_a_page_take_no_more_time_each_than_one(data, name, called):
    began = time.perf_counter()
    assert format_of(data, name).name == called and time.perf_counter() - began < 2
