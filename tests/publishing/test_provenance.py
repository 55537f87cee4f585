"""A report is made again when what it was made from changed, and only then."""

from __future__ import annotations

import hashlib
import json

import pytest

from analysis.publishing.provenance import (
    code_digest,
    digest,
    entry,
    file_digest,
    fingerprint,
    is_stale,
    read_provenance,
    write_provenance,
)


def test_sources_do_not_run_together():
    assert digest("ab", "c") != digest("a", "bc") != digest("abc")


def test_a_folder_is_its_files_and_their_names(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x").write_text("1")
    before = digest(tmp_path / "a")
    (tmp_path / "a" / "x").rename(tmp_path / "a" / "y")
    assert digest(tmp_path / "a") != before


def test_a_file_digest_is_its_sha256(tmp_path):
    (tmp_path / "x").write_bytes(b"abc")
    assert file_digest(tmp_path / "x") == hashlib.sha256(b"abc").hexdigest()


def test_a_fingerprint_does_not_know_the_order_of_keys():
    assert fingerprint({"a": 1, "b": [2]}) == fingerprint({"b": [2], "a": 1})
    assert fingerprint({"a": 1, "b": [2]}) != fingerprint({"a": 1, "b": [3]})


def test_the_code_has_one_digest():
    assert code_digest() == code_digest() and len(code_digest()) == 64


def test_provenance_is_the_same_bytes_in_any_order(tmp_path):
    one, two = (entry("framing", {"outlet": name}, "f", b"page") for name in ("a", "b"))
    write_provenance(tmp_path / "1", story="s", inputs={"x": "1", "y": "2"}, reports={"a": one, "b": two})
    write_provenance(tmp_path / "2", story="s", inputs={"y": "2", "x": "1"}, reports={"b": two, "a": one})
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()
    found = read_provenance(tmp_path / "1")
    assert list(found) == ["story", "generated_by", "inputs", "reports"] and found["reports"]["a"] == one
    assert {"parallax", "python", "pandas"} <= set(found["generated_by"])


def test_a_report_is_stale_unless_it_is_the_very_file_made_from_the_very_inputs(tmp_path):
    (tmp_path / "a.html").write_bytes(b"page")
    known = {"reports": {"a.html": entry("a", {}, "f", b"page")}}
    assert not is_stale("a.html", known, "f", tmp_path)
    assert is_stale("a.html", known, "g", tmp_path)
    assert is_stale("b.html", known, "f", tmp_path)
    assert is_stale("a.html", {"reports": {"a.html": entry("a", {}, "f", None, "failed")}}, "f", tmp_path)
    (tmp_path / "a.html").write_bytes(b"edited")
    assert is_stale("a.html", known, "f", tmp_path)
    (tmp_path / "a.html").unlink()
    assert is_stale("a.html", known, "f", tmp_path)


@pytest.mark.parametrize("content", ["", "{", "[]", json.dumps({"reports": []})])
def test_a_broken_provenance_knows_no_report(tmp_path, content):
    (tmp_path / "p.json").write_text(content)
    assert read_provenance(tmp_path / "p.json") == {"reports": {}} == read_provenance(tmp_path / "none.json")
