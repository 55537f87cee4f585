"""Bad files: each is measured, or refused with its reason, and none is taken for what it is not."""

from __future__ import annotations

import csv
import importlib.util
import json
import pickle
import shutil
import sys
import time
from pathlib import Path

import pytest

import analysis
from analysis import cli

SPEC = importlib.util.spec_from_file_location(
    "parallax_bad_inputs", Path(__file__).with_name("bad_inputs.py")
)
MODULE = importlib.util.module_from_spec(SPEC)
sys.modules[SPEC.name] = MODULE
SPEC.loader.exec_module(MODULE)
BAD, SENTENCE = MODULE.bad_inputs(), MODULE.LINE + " "
SLOW = 30.0  # seconds that no file may take
LIMITED = ("no words", "too little", "language is", "too few", "NA")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """All of them in one folder, with two good ones."""
    folder = tmp_path_factory.mktemp("bad")
    for name, one in BAD.items():
        (folder / name).write_bytes(one.data)
    for name in ("good_a.txt", "good_b.txt"):
        (folder / name).write_text(f"{MODULE.TEXT}\n\nThis one is {name}, and it is like no other.", "utf-8")
    return folder


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_becomes_what_it_must(name, folder):
    bad, began = BAD[name], time.monotonic()
    corpus = analysis.read(folder / name)
    assert (len(corpus.documents), len(corpus.rejected)) == (bad.taken, bad.rejected), corpus.rejected[
        "reason"
    ].to_list()
    assert (corpus.rejected["reason"].str.len() > 10).all()
    if bad.warned:
        assert bad.warned in set(corpus.warnings["kind"])
    if bad.rejected:
        assert bad.reason in " ".join(corpus.rejected["reason"])
        assert {Path(file).name for file in corpus.rejected["file"]} <= {name} | {f"{name}/a.txt", "a.txt"}
    elif bad.reason:
        estimates = analysis.measure(corpus).estimates
        assert estimates["value"].isna().all() and (estimates["reason"] != "").all()
        assert bad.reason == "NA" or estimates["reason"].str.startswith(bad.reason).all()
    assert time.monotonic() - began < SLOW


def test_the_whole_folder_added_at_once_ends_with_1_and_every_unit_is_accounted_for(
    folder, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(
        "sys.argv", ["parallax", "add", "bad", str(folder), "--data", str(tmp_path), "--json"]
    )
    with pytest.raises(SystemExit) as end:
        cli.main()
    out, err = capsys.readouterr()
    added = json.loads(out)
    assert end.value.code == 1 and err.count("rejected") == sum(one.rejected for one in BAD.values())
    units = sum(one.taken + one.rejected for one in BAD.values()) + 2
    assert len(added["articles"]) + len(added["rejected"]) == units
    files = {Path(one["source"].split(", ")[0]) for one in added["articles"]} | {
        Path(one["file"]) for one in added["rejected"]
    }
    assert {next(part for part in (*file.parts,) if part in BAD or part.startswith("good_")) for file in files} == {
        *BAD, "good_a.txt", "good_b.txt",
    }  # fmt: skip
    written = sorted(path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("*") if path.is_file())
    assert set(written) == {"bad"}


@pytest.fixture(scope="session")
def listed(shared: Path) -> dict[str, str]:
    """The shared bad inputs and what must happen to them."""
    folder = shared / "bad_inputs"
    if not (folder / "MANIFEST.csv").is_file():
        pytest.skip("no shared bad inputs")
    with (folder / "MANIFEST.csv").open(encoding="utf-8", newline="") as file:
        return {row["file"]: row["expected_behaviour"] for row in csv.DictReader(file)}


def test_the_shared_list_is_kept_to(listed, shared):
    corpus = analysis.read([shared / "bad_inputs" / name for name in listed])
    rejected = {next(part for part in Path(file).parts if part in listed) for file in corpus.rejected["file"]}
    read = {next(part for part in Path(file).parts if part in listed) for file in corpus.documents["file"]}
    warned = {Path(file).name for file in corpus.warnings["file"]}
    assert read | rejected == set(listed)
    for name, what in listed.items():
        if what.startswith("REJECT") or "REJECT unit, exit 1" in what or "rejected" in what:
            assert name in rejected or "sniffed" in what, name
        if what.startswith(("ACCEPT", "metrics")):
            assert name in read and name not in rejected, name
        if what.startswith("ACCEPT + warning"):
            assert name in warned, name


def test_encodings_of_one_text_give_one_result(folder):
    names = ("utf8_bom", "nul", "bidi", "zero_width", "cp1252", "utf16")
    documents = analysis.read([folder / f"{name}.txt" for name in names]).documents
    assert len(documents[["n_words", "n_sentences", "language"]].drop_duplicates()) == 1


def test_an_open_mark_ends_with_its_paragraph(folder):
    corpus = analysis.read(folder / "open_quotes.txt")
    assert len(corpus.quoted_spans) and (corpus.quoted_spans["end"] <= len(corpus.texts["open_quotes"])).all()


def test_markup_in_a_text_stays_text(tmp_path):
    evil = "<script>alert(1)</script> <img src=x onerror=alert(1)> {{ 7 * 7 }} $x$ [a](javascript:alert(1))"
    (tmp_path / "a.txt").write_text(f"{SENTENCE}\n\n{evil} {SENTENCE}", "utf-8")
    assert evil in analysis.read(tmp_path).texts["a"]


def test_a_bad_story_yml_is_exit_2_with_file_and_line(shared, harbour, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path))
    for name, line in (("47_yaml_tag.yml", 1), ("48_yaml_norway.yml", 1)):
        folder = tmp_path / "bad"
        folder.mkdir(exist_ok=True)
        shutil.copy(shared / "bad_inputs" / name, folder / "story.yml")
        shutil.copy(harbour.folder / "documents.csv", folder)
        for command in (["check"], ["report", "bad"], ["list"], ["measure"]):
            monkeypatch.setattr("sys.argv", ["parallax", *command])
            with pytest.raises(SystemExit) as end:
                cli.main()
            assert end.value.code == 2
            assert f"story.yml, line {line}: " in capsys.readouterr().err
        assert sorted(path.name for path in folder.iterdir()) == ["documents.csv", "story.yml"]


class Trap:
    """Makes a file where it is unpickled."""

    def __init__(self, path: Path):
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


def test_yaml_is_read_by_schema_and_a_pickle_never(harbour, tmp_path, monkeypatch, capsys):
    sprung = tmp_path / "sprung"
    folder = tmp_path / "stories" / "trap"
    folder.mkdir(parents=True)
    for protocol in range(6):
        for name in ("a.parquet", "a.pkl", "a.txt", "a.csv"):
            (tmp_path / f"{protocol}-{name}").write_bytes(pickle.dumps(Trap(sprung), protocol=protocol))
    tag = f'!!python/object/apply:pathlib.Path.touch [!!python/object/apply:pathlib.Path ["{sprung}"]]'
    (folder / "story.yml").write_text(f"title: {tag}\n", "utf-8")
    (tmp_path / "stories" / "outlets.yml").write_text(f"outlets: {tag}\n", "utf-8")
    shutil.copy(harbour.folder / "documents.csv", folder)
    analysis.read([path for path in tmp_path.iterdir() if path.is_file()])
    for command in (["check", "trap"], ["add", "trap", str(tmp_path / "0-a.txt")]):
        monkeypatch.setattr("sys.argv", ["parallax", *command, "--data", str(tmp_path / "stories")])
        with pytest.raises(SystemExit) as end:
            cli.main()
        assert end.value.code == 2 and ".yml, line 1: " in capsys.readouterr().err
    assert not sprung.exists()
