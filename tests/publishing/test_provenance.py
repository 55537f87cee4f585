"""Provenance says what a report was made from: the same bytes for the same inputs, and enough to make it again."""

from __future__ import annotations

import hashlib
import json

import pytest

from analysis.comparison.resampling import SEED
from analysis.publishing import provenance
from analysis.publishing.provenance import (
    code_digest,
    digest,
    entry,
    file_digest,
    fingerprint,
    read_provenance,
    write_provenance,
)
from analysis.publishing.report import Report

FROM = {
    "generated_by": {"parallax": "1", "python": "3.12", "pandas": "3.0"},
    "code": "c",
    "seed": 7,
    "dictionaries": {"cues": {"version": "1.0", "sha256": "d"}},
    "inputs": {"story.yml": "i"},
    "inputs_sha256": "s",
    "changed": [],
}


def of(outlet: str, **parameters: object) -> Report:
    return Report("toy", "framing", outlet, {"story": "toy", "outlet": outlet, **parameters})


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
    one, two = (entry(of(name), FROM, "n", b"page") for name in ("a", "b"))
    turned = FROM | {"inputs": {"y": "2", "x": "1"}}
    straight = FROM | {"inputs": {"x": "1", "y": "2"}}
    assert one["fingerprint"] != two["fingerprint"]
    assert entry(of("a"), turned, "n", b"") == entry(of("a"), straight, "n", b"")
    for name, reports in (("1", {"a": one, "b": two}), ("2", {"b": two, "a": one})):
        tables = {"t.csv": "1", "s.csv": "2"} if name == "1" else {"s.csv": "2", "t.csv": "1"}
        write_provenance(tmp_path / name, "toy", made_from=FROM, tables=tables, reports=reports)
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()
    found = read_provenance(tmp_path / "1")
    assert found["reports"]["a"] == one and found["command"] == "parallax report toy"
    assert set(found) == {"story", "command", "index_sha256", "tables", "reports", *FROM}


def test_provenance_of_a_story_says_inputs_parameters_versions_seed_dictionaries_and_command(
    founding, monkeypatch
):
    monkeypatch.setenv("PARALLAX_DATA", str(founding.folder.parent))
    found = provenance.made_from(founding.folder, ())
    assert found["seed"] == SEED and {"parallax", "python", "pandas", "numpy"} <= set(found["generated_by"])
    assert found["dictionaries"]["generic_frames"]["version"].strip("0123456789.") == ""
    for name, value in found["inputs"].items():
        assert value == file_digest(provenance.input_path(founding.folder, name)), name
    wanted = {"story.yml", "documents.csv", "facts.yml", "measures/estimates.parquet", "docs/validity.md"}
    assert wanted <= set(found["inputs"])
    assert str(founding.folder.parent) not in json.dumps(found)


def test_a_dictionary_beside_the_stories_replaces_the_bundled_one_and_one_asked_for_is_named_without_its_folder(
    tmp_path, monkeypatch
):
    (tmp_path / "dictionaries").mkdir()
    (tmp_path / "dictionaries" / "hedges.yml").write_text('id: hedges\nversion: "9"\n', "utf-8")
    (tmp_path / "my dangers.dic").write_text("%\n1 risk\n%\nrisk* 1\n", "utf-8")
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path))
    monkeypatch.setenv("PARALLAX_DICTIONARIES", str(tmp_path / "my dangers.dic"))
    found = provenance.dictionaries()
    assert found["hedges"] == {
        "version": "9",
        "sha256": file_digest(tmp_path / "dictionaries" / "hedges.yml"),
    }
    assert found["my dangers"]["version"] == "" and found["cues"]["version"]
    assert provenance.command(of("a")).endswith("--outlet a --dictionary 'my dangers.dic'")


@pytest.mark.parametrize(
    ("notebook", "outlet", "parameters", "command"),
    [
        ("framing", "afp", {}, "--notebook framing --outlet afp"),
        ("corpus", None, {}, "--notebook corpus"),
        ("comparison", None, {"outlets": [], "voice": "all"}, "--notebook comparison"),
        (
            "comparison",
            None,
            {"outlets": ["ap", "afp"], "voice": "quoted"},
            "--notebook comparison --outlet ap --outlet afp --voice quoted",
        ),
    ],
)
def test_a_report_names_the_command_that_makes_it_again(notebook, outlet, parameters, command):
    assert (
        provenance.command(Report("toy", notebook, outlet, {"story": "toy", **parameters}))
        == f"parallax report toy {command}"
    )


@pytest.mark.parametrize("content", ["", "{", "[]", json.dumps({"reports": []}), "[" * 100_000])
def test_a_broken_provenance_knows_no_report(tmp_path, content):
    (tmp_path / "p.json").write_text(content)
    assert read_provenance(tmp_path / "p.json") == {"reports": {}} == read_provenance(tmp_path / "none.json")


def test_what_is_no_entry_of_a_report_tells_of_no_report(tmp_path):
    path = tmp_path / "provenance.json"
    path.write_text('{"story": "s", "reports": {"a.html": "x", "b.html": {"status": "failed"}}}', "utf-8")
    assert provenance.read_provenance(path) == {"story": "s", "reports": {"b.html": {"status": "failed"}}}
