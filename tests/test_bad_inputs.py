"""Bad files: each is measured, or refused with its reason, and none is taken for what it is not."""

from __future__ import annotations

import csv
import gzip
import pickle
import shutil
from pathlib import Path

import pytest

import analysis
from analysis.corpus.decoding import LONGEST_TOKEN

PLAIN = (".txt", ".text", "")
SENTENCE = "The ferry to the northern islands stayed in port for a third day on Friday, its crew said. "
REJECTED = {"23_no_spaces_200k.txt", "59_pdf_named_txt.txt"}
WARNED = {  # of the files that are read: what must be said of them
    "08_nul_bytes.txt": "nul",
    "09_bidi_override.txt": "invisible",
    "11_homoglyph.txt": "mixed_script",
    "13_cp1252.txt": "encoding",
    "16_mojibake.txt": "mojibake",
    "18_russian.txt": "language",
    "19_korean.txt": "language",
    "26_open_quotes.txt": "quotes",
    "56_liveblog.txt": "liveblog",
}


@pytest.fixture(scope="session")
def listed(shared: Path) -> dict[str, str]:
    """The shared bad inputs and what must happen to them."""
    folder = shared / "bad_inputs"
    if not (folder / "MANIFEST.csv").is_file():
        pytest.skip("no shared bad inputs")
    with (folder / "MANIFEST.csv").open(encoding="utf-8", newline="") as file:
        return {row["file"]: row["expected_behaviour"] for row in csv.DictReader(file)}


@pytest.fixture(scope="session")
def taken(listed: dict[str, str], shared: Path):
    """All of them, read in one run."""
    return analysis.read([shared / "bad_inputs" / name for name in listed])


@pytest.fixture(scope="session")
def measured(taken):
    """What was read of them, measured; the two that only cost time aside."""
    keep = ~taken.documents["doc_id"].isin(["24_us_us_us_200k", "26_open_quotes"])
    own = set(taken.documents.loc[keep, "doc_id"])
    tables = {
        name: (table[table["doc_id"].isin(own)].reset_index(drop=True) if "doc_id" in table else table)
        for name, table in taken.__dict__.items()
    }
    return analysis.measure(type(taken)(**tables))


def names(column) -> set[str]:
    return {Path(file).name for file in column}


def test_every_file_is_read_or_rejected_with_a_reason(taken, listed):
    read, rejected = names(taken.documents["file"]), names(taken.rejected["file"])
    assert read | rejected == set(listed) and not read & rejected
    assert taken.rejected["reason"].str.len().min() > 10


def test_what_the_list_rejects_is_rejected_and_nothing_else_of_plain_text(taken, listed):
    plain = {name for name in listed if Path(name).suffix in PLAIN}
    assert names(taken.rejected["file"]) & plain == REJECTED
    must = {name for name in plain if listed[name].startswith("REJECT")}
    assert must <= names(taken.rejected["file"])


def test_other_formats_are_never_read_as_an_article(taken, listed):
    other = {name for name in listed if Path(name).suffix not in PLAIN}
    assert len(other) > 10 and other <= names(taken.rejected["file"])
    reasons = taken.rejected[[Path(file).name in other for file in taken.rejected["file"]]]["reason"]
    assert set(reasons) == {"only plain text is read so far: .txt, .text, or no ending"}


def test_what_the_list_accepts_with_a_warning_has_it(taken, listed):
    kinds = taken.warnings.groupby(taken.warnings["file"].map(lambda file: Path(file).name))["kind"].agg(set)
    for name, kind in WARNED.items():
        assert kind in kinds[name], name
    assert not {"14_utf16_bom.txt", "15_utf8_bom.txt"} & set(kinds.index)


def test_what_the_list_gives_no_number_has_none(measured, listed):
    without = {Path(name).stem for name, what in listed.items() if what.startswith("metrics = NA")}
    rows = measured.estimates[measured.estimates["doc_id"].isin(without)]
    assert set(rows["doc_id"]) == without and rows["value"].isna().all() and (rows["reason"] != "").all()


def test_the_reasons_are_the_ones_that_hold(measured):
    reasons = measured.estimates.groupby("doc_id")["reason"].agg(set)
    assert reasons["01_empty"] == reasons["05_punct_only"] == reasons["07_emoji_only"] == {"no words"}
    assert reasons["04_no_sentence_end"] == {"too little text: 9 words, 100 needed"}
    assert reasons["18_russian"] == {"language is ru: measures are for English"}


def test_encodings_of_one_text_give_one_result(measured):
    documents = measured.documents.set_index("doc_id")[["n_words", "n_sentences", "language"]]
    first = documents.loc["15_utf8_bom"].to_list()
    for name in ("08_nul_bytes", "09_bidi_override", "11_homoglyph", "13_cp1252", "14_utf16_bom"):
        assert documents.loc[name].to_list() == first, name


def test_an_open_mark_ends_with_its_paragraph(taken):
    spans = taken.quoted_spans
    ends = taken.documents.set_index("doc_id")["text"].str.len()
    own = spans[spans["doc_id"] == "26_open_quotes"]
    assert len(own) and (own["end"] <= ends["26_open_quotes"]).all()


# The following need nothing from outside.


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """Files that are not articles, under names that say so or lie."""
    text = SENTENCE * 8
    files = {
        "table.csv": f"outlet,text\nNA,{SENTENCE}\n".encode(),
        "page.html": f"<html><body><p>{text}</p></body></html>".encode(),
        "page.html.gz": gzip.compress(b"<p>" + b"a " * 100_000),
        "lines.jsonl": b'{"text": "a"}\n',
        "tree.xml": b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>',
        "columns.parquet": pickle.dumps({"a": 1}),
        "gzip.txt": gzip.compress(text.encode()),
        "pickle.txt": pickle.dumps(text),
        "word.txt": b"PK\x03\x04" + bytes(60),
        "noise.txt": bytes(range(32)) * 64,
        "token.txt": b"a" * (LONGEST_TOKEN + 1),
        "good.txt": text.encode(),
        "noending": text.encode(),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_only_plain_text_is_read(odd):
    corpus = analysis.read(odd)
    assert names(corpus.documents["file"]) == {"good.txt", "noending"}
    assert len(corpus.rejected) == 11 and (corpus.rejected["reason"] != "").all()


def test_markup_in_a_text_stays_text(tmp_path):
    evil = "<script>alert(1)</script> <img src=x onerror=alert(1)> {{ 7 * 7 }} $x$ [a](javascript:alert(1))"
    (tmp_path / "a.txt").write_text(f"{SENTENCE}\n\n{evil} {SENTENCE}", "utf-8")
    assert evil in analysis.read(tmp_path).texts["a"]


def test_a_bad_story_yml_is_exit_2_with_file_and_line(shared, harbour, tmp_path, monkeypatch, capsys):
    from analysis import cli

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
