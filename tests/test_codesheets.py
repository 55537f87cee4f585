"""Code sheets: drawn with known probabilities, blind, read back with every mistake named; and what agreement makes of them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.codes import BadSheet, coded, read_key, read_sheet, write_codes
from analysis.codesheets import codesheets, shared_out
from analysis.proposals import NoTexts
from tests.conftest import load_from


@pytest.fixture(scope="module")
def drawn(harbour, tmp_path_factory):
    """A copy of the sample story with sheets of two lists, and what was drawn."""
    data = tmp_path_factory.mktemp("coding") / "data"
    shutil.copytree(harbour.folder, data / harbour.name)
    story = load_from(data, harbour.name)
    return story, codesheets(story, ["conflict", "environment"], n=60)


def run(*arguments: object) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "analysis", *map(str, arguments)], capture_output=True, text=True, check=False
    )


@given(st.integers(0, 200), st.lists(st.integers(0, 60), min_size=1, max_size=12))
def test_what_is_shared_out_is_all_of_it_and_no_share_is_above_its_size(n, sizes):
    shares = shared_out(n, sizes)
    assert sum(shares) == min(max(n, sum(map(bool, sizes))), sum(sizes))
    assert all(min(size, 1) <= share <= size for share, size in zip(shares, sizes, strict=True))


def test_a_large_stratum_is_not_starved_by_small_ones():
    assert shared_out(2, [100, 1, 1, 1]) == [1, 1, 1, 1]
    assert shared_out(10, [100, 1, 1, 1]) == [7, 1, 1, 1]


def test_weights_add_up_to_all_sentences_and_all_hits(drawn):
    story, made = drawn
    key = read_key(made.folder)
    hits = story.frame_hits[story.frame_hits["frame"] == "environment"]
    body = story.sentences[
        (story.sentences["part"] == "body") & story.sentences["doc_id"].isin(story.copies())
    ]
    body = body[~body["doc_id"].isin(story.unmeasured)]
    own = key[key["frame_id"] == "environment"]
    with_hit = body.merge(hits[["doc_id", "sentence_id"]].drop_duplicates(), on=["doc_id", "sentence_id"])
    assert own["weight"].sum() == pytest.approx(len(body))
    assert own.loc[own["is_hit"], "weight"].sum() == pytest.approx(len(with_hit))
    assert (own["probability"] * own["weight"]).to_numpy() == pytest.approx(np.ones(len(own)))


def test_a_sheet_is_blind(drawn):
    story, made = drawn
    sheet = pd.read_csv(made.folder / "sheet-1.csv", dtype=str, keep_default_na=False)
    assert list(sheet.columns) == [
        "item_id", "indicator", "before", "sentence", "after", "indicator_present", "element", "frame", "comment",
    ]  # fmt: skip
    assert (sheet["indicator_present"] == "").all() and len(sheet) == 120
    assert not any(doc_id in (made.folder / "sheet-1.csv").read_text("utf-8") for doc_id in story.texts)
    key = read_key(made.folder)
    runs = (key["is_hit"] != key["is_hit"].shift()).sum()
    assert runs > 30  # hits and others are mixed


def test_the_workbook_holds_the_same_and_the_codebook(drawn):
    _, made = drawn
    book = openpyxl.load_workbook(made.folder / "sheet-1.xlsx")
    assert book.sheetnames == ["Codes", "Codebook"]
    assert book["Codes"].max_row == 121
    assert all(cell.data_type != "f" for row in book["Codes"].iter_rows() for cell in row)
    words = (made.folder / "codebook.md").read_text("utf-8")
    assert "**Ask:**" in words and "**Not present**" in words and "*Left out:*" in words


def test_nothing_is_written_over(drawn):
    story, _ = drawn
    with pytest.raises(FileExistsError, match="codes are not written over"):
        codesheets(story, ["conflict"])


def test_without_texts_there_is_no_sheet(harbour_without_texts):
    with pytest.raises(NoTexts, match="sheets hold sentences"):
        codesheets(harbour_without_texts)


def test_an_unknown_list_is_answered_with_those_there_are(harbour, tmp_path):
    with pytest.raises(LookupError, match="no list 'weather'; there are: conflict"):
        codesheets(harbour, ["weather"])


def filled(folder: Path, name: str, seed: int, error: float = 0.08) -> Path:
    """A sheet as a coder with a known error fills it; what is there is fixed by the key."""
    key = read_key(folder)
    truth = np.where(key["is_hit"], np.arange(len(key)) % 10 < 7, np.arange(len(key)) % 10 < 1)
    wrong = np.random.default_rng(seed).random(len(key)) < error
    sheet = pd.read_csv(folder / "sheet-1.csv", dtype=str, keep_default_na=False)
    sheet["indicator_present"] = (truth ^ wrong).astype(int).astype(str)
    sheet.loc[0, ["element", "frame"]] = ["cause", "greed"]
    path = folder / f"{name}.csv"
    sheet.to_csv(path, index=False)
    return path


def test_codes_are_put_together_with_what_they_are_codes_of(drawn):
    _, made = drawn
    sheets = [filled(made.folder, "ann", 1), filled(made.folder, "bo", 2)]
    codes = coded(sheets)
    assert len(codes) == 240 and set(codes["coder"]) == {"ann", "bo"}
    assert codes["element"].tolist().count("cause") == 2
    text = write_codes(codes, made.folder).read_text("utf-8")
    assert not any(len(cell.split()) > 3 for line in text.splitlines() for cell in line.split(","))


def test_a_workbook_that_was_filled_is_read_as_the_csv_is(drawn, tmp_path):
    _, made = drawn
    path = tmp_path / "ann.xlsx"
    sheet = pd.read_csv(filled(made.folder, "ann", 1), dtype=str, keep_default_na=False)
    sheet.astype({"indicator_present": int}).to_excel(path, index=False)
    pd.testing.assert_frame_equal(read_sheet(path), read_sheet(made.folder / "ann.csv"))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (
            "item_id,indicator_present\ni1,maybe\n",
            "line 2: indicator_present 'maybe'; allowed: 1, 0, yes, no, empty",
        ),
        (
            "item_id,indicator_present,element\ni1,1,motive\n",
            "line 2: element 'motive'; allowed: problem, cause",
        ),
        ("item_id,indicator_present\ni1,1\ni1,0\n", "line 3: item_id 'i1' stands twice"),
        ("item,present\n", "line 1: no column item_id, indicator_present"),
        ("", "not readable as a sheet"),
    ],
)
def test_a_wrong_sheet_is_named_with_line_and_what_is_allowed(tmp_path, text, what):
    path = tmp_path / "ann.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(BadSheet) as caught:
        read_sheet(path)
    assert what in str(caught.value) and "ann.csv" in str(caught.value)


def test_a_file_that_only_calls_itself_a_workbook_is_refused(tmp_path):
    path = tmp_path / "ann.xlsx"
    path.write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(BadSheet, match=r"ann\.xlsx: not readable as a sheet"):
        read_sheet(path)


def test_the_command_puts_coders_first_and_then_the_list(drawn):
    _, made = drawn
    done = run("agreement", filled(made.folder, "ann", 1), filled(made.folder, "bo", 2))
    assert done.returncode == 0, done.stderr
    coders, of_list = done.stdout.index("Krippendorff"), done.stdout.index("precision")
    assert coders < of_list and "caution: 60 sentences coded by two or more, 100 needed" in done.stdout
    assert "corrected share" in done.stdout and "codes.csv" in done.stderr


def test_decided_codes_leave_nobody_divided(drawn):
    _, made = drawn
    sheets = filled(made.folder, "ann", 1), filled(made.folder, "bo", 2)
    truth = filled(made.folder, "decided", 0, error=0)
    found = json.loads(run("agreement", *sheets, "--adjudicated", truth, "--json").stdout)
    assert [one["n_divided"] for one in found] == [0, 0]
    assert all(one["machine"]["precision"]["value"] == pytest.approx(0.7, abs=0.25) for one in found)


def test_one_coder_agrees_with_nobody(drawn):
    _, made = drawn
    done = run("agreement", filled(made.folder, "ann", 1))
    assert done.returncode == 2 and "two coders or more" in done.stderr


def test_coded_elements_become_a_table_when_the_story_is_measured_again(drawn):
    from analysis.loading import load_story

    story, made = drawn
    write_codes(coded([filled(made.folder, "ann", 1), filled(made.folder, "bo", 2)]), made.folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLAX_DATA", str(story.folder.parent))
        again = load_story(story.name)
    assert set(again.frame_elements["coder"]) == {"ann", "bo"}
    assert set(again.frame_elements["element"]) == {"cause"} and set(again.frame_elements["frame"]) == {
        "greed"
    }
    first = again.frame_elements.iloc[0]
    assert again.texts[first["doc_id"]][first["start"] : first["end"]].strip()


def test_reports_print_what_people_coded(drawn):
    from analysis.loading import load_story
    from analysis.publishing import tables, texts

    story, made = drawn
    codes = coded([filled(made.folder, "ann", 1), filled(made.folder, "bo", 2)])
    write_codes(codes, made.folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLAX_DATA", str(story.folder.parent))
        again = load_story(story.name)
    outlet = again.documents.set_index("doc_id").loc[again.frame_elements.iloc[0]["doc_id"], "outlet"]
    table, sentences = tables.coded_frames(again, outlet).displays
    assert table.caption == "Frames (coded by hand)" and "cause" in table.frame["element"].tolist()
    assert any("cause: greed (ann)" in row.place for row in sentences.rows)
    rates = tables.corrected_rates(again).frame
    assert set(rates["errors taken from"]) <= {"all copies", "this copy"} and len(rates) > 10
    _, checked = texts.validity_of_lists(again).displays
    assert checked.frame["sentences coded by two or more"].tolist() == [60, 60]
    assert "100 needed" in checked.frame["caution"].iloc[0]


def test_where_nobody_coded_reports_say_so(harbour):
    from analysis.publishing import tables, texts

    assert tables.coded_frames(harbour, "ibh") is None and tables.corrected_rates(harbour) is None
    (note,) = texts.validity_of_lists(harbour).displays
    assert "no list is validated until you code a sheet" in note.text
    assert "were so coded by people: Conflict 8" in note.text and "it marks so many: Conflict 9" in note.text


def test_a_workbook_that_swells_when_unpacked_is_not_read(tmp_path, monkeypatch):
    from analysis import codes as module

    book = openpyxl.Workbook()
    book.active.append(["item_id", "indicator_present"])
    book.active["XFD200000"] = "x"
    book.save(tmp_path / "ann.xlsx")
    assert read_sheet(tmp_path / "ann.xlsx").empty  # what lies beyond the bounds is not looked at
    monkeypatch.setattr(module, "MOST_UNPACKED", 100)
    with pytest.raises(BadSheet, match="when unpacked; allowed"):
        read_sheet(tmp_path / "ann.xlsx")


def test_a_sheet_without_a_code_is_no_second_coder_and_old_codes_stay(drawn):
    _, made = drawn
    written = write_codes(coded([filled(made.folder, "ann", 1), filled(made.folder, "bo", 2)]), made.folder)
    before = written.read_bytes()
    done = run("agreement", made.folder / "ann.csv", made.folder / "sheet-2.xlsx")
    assert done.returncode == 2 and "sheet-2.xlsx holds no code" in done.stderr
    assert written.read_bytes() == before


def test_a_key_without_its_sheets_is_not_written_over(drawn):
    story, made = drawn
    folder = made.folder.with_name("coding-moved")
    shutil.move(made.folder, folder)
    try:
        made.folder.mkdir()
        shutil.copy(folder / "key.csv", made.folder)
        with pytest.raises(FileExistsError, match=r"holds key\.csv"):
            codesheets(story, ["conflict"])
    finally:
        shutil.rmtree(made.folder)
        shutil.move(folder, made.folder)


def test_where_nobody_could_disagree_a_caution_says_so(drawn):
    from analysis.coding_quality import qualities

    _, made = drawn
    key = read_key(made.folder)
    codes = pd.concat(
        [key.assign(coder=name, indicator_present=0, element="", frame="") for name in ("ann", "bo")]
    ).astype({"indicator_present": "Int64"})
    assert all(any("alpha cannot be told" in said for said in one.cautions) for one in qualities(codes, key))
