"""A report is made again when what it was made from changed, and only then; and it is said what did."""

from __future__ import annotations

import pytest

from analysis.publishing.provenance import entry
from analysis.publishing.report import Report
from analysis.publishing.staleness import EDITED, FAILED, GONE, NEVER, UNTOLD, reasons
from tests.publishing.test_provenance import FROM

REPORT = Report("toy", "comparison", None, {"story": "toy", "outlets": [], "voice": "all"})


@pytest.fixture
def known(tmp_path) -> dict:
    (tmp_path / REPORT.file).write_bytes(b"page")
    return {**FROM, "reports": {REPORT.file: entry(REPORT, FROM, "n", b"page")}}


def test_the_very_file_made_from_the_very_inputs_is_up_to_date(known, tmp_path):
    assert reasons(REPORT, known, FROM, "n", tmp_path) == []


def test_a_page_that_is_not_there_failed_or_is_another_is_stale(known, tmp_path):
    assert reasons(REPORT, {"reports": {}}, FROM, "n", tmp_path) == [NEVER]
    failed = {"reports": {REPORT.file: entry(REPORT, FROM, "n", None, "failed")}}
    assert reasons(REPORT, failed, FROM, "n", tmp_path) == [FAILED]
    (tmp_path / REPORT.file).write_bytes(b"edited")
    assert reasons(REPORT, known, FROM, "n", tmp_path) == [EDITED]
    (tmp_path / REPORT.file).unlink()
    assert reasons(REPORT, known, FROM, "n", tmp_path) == [GONE]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"code": "other"}, "code changed"),
        ({"seed": 8}, "seed changed"),
        ({"inputs": {"story.yml": "other"}}, "story.yml changed"),
        ({"inputs": {}}, "story.yml is gone"),
        ({"inputs": {"story.yml": "i", "articles/a.txt": "1"}}, "articles/a.txt is new"),
        ({"inputs": {"story.yml": "i", "docs/validity.md": "1"}}, "validity.md is new"),
        ({"dictionaries": {"cues": {"version": "1.1", "sha256": "e"}}}, "dictionary cues changed"),
        ({"generated_by": {**FROM["generated_by"], "pandas": "3.1"}}, "pandas 3.0 → 3.1"),
        ({"changed": ["code"]}, "changed since it was measured: code"),
    ],
)
def test_each_change_is_named(known, tmp_path, change, reason):
    assert reasons(REPORT, known, FROM | change, "n", tmp_path) == [reason]


def test_parameters_and_notebook_are_named(known, tmp_path):
    other = Report("toy", "comparison", None, REPORT.parameters | {"voice": "quoted"})
    assert reasons(other, known, FROM, "n", tmp_path) == ["other parameters: voice"]
    assert reasons(REPORT, known, FROM, "m", tmp_path) == ["notebook comparison changed"]


def test_what_people_changed_stands_before_what_follows_from_it(known, tmp_path):
    inputs = {"measures/estimates.parquet": "1", "story.yml": "other", "docs/validity.md": "2"}
    rows = {"estimates/ap": "1", "estimates/afp": "1", "looked_for/": "1", "articles/ap": "1"}
    changed = {"inputs": inputs, "rows": rows, "code": "other"}
    found = reasons(REPORT, known, FROM | changed, "m", tmp_path)
    assert found == [
        "story.yml changed",
        "code changed",
        "validity.md is new",
        "estimates of afp, ap changed",
        "what is looked for changed",
        "notebook comparison changed",
    ]


def test_a_provenance_without_parts_makes_its_reports_again(known, tmp_path):
    bare = {"reports": {REPORT.file: known["reports"][REPORT.file] | {"fingerprint": "of old"}}}
    assert reasons(REPORT, bare, FROM, "n", tmp_path) == [UNTOLD]
    assert reasons(REPORT, {**FROM, **bare}, FROM, "n", tmp_path) == [UNTOLD]
