"""Dictionaries in the formats of the field count what their YAML twin counts; what a format cannot say is listed, not guessed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.evidence.dictionaries import BadDictionary, find
from analysis.evidence.dictionary_formats import in_use, read_dictionary, slug, write_dictionary

TWIN = """\
id: harbour
use: frames
title: T
source: S
version: "1.0"
scope: S
match: M
inclusion: I
exclusion: E
known_misses: K
written: before_reading
date: "2031-01-05"
frames:
  conflict_at_sea: {label: Conflict at sea, description: D, entries: [strike*, blockade*, at odds, reef]}
  water: {label: Water, description: D, entries: [harbour*, harbor*, silt, reef]}
"""
LIWC = """\
%
01\tConflict at sea
02\tWater
%

strike*\t01
blockade*\t01
at odds\t01
reef\t01\t02
harbour*\t02
harbor*\t2
silt\t02
"""
LEXICODER = "+Conflict at sea\nstrike*\nblockade*\nat odds\nreef\n\n+Water\nharbour*\nharbor*\nsilt\nreef\n"
QUANTEDA = "Conflict at sea: [strike*, blockade*, at odds, reef]\nWater:\n  - harbour*\n  - harbor*\n  - silt\n  - reef\n"
CSV = "category,entry\n" + "".join(
    f"{category},{entry}\n"
    for category, entries in (
        ("Conflict at sea", ("strike*", "blockade*", "at odds", "reef")),
        ("Water", ("harbour*", "harbor*", "silt", "reef")),
    )
    for entry in entries
)
MARKED = "DicTerm,Conflict at sea,Water\nstrike*,X,\nblockade*,X,\nat odds,X,\nreef,X,X\nharbour*,,X\nharbor*,,X\nsilt,,X\n"
FILES = {
    "harbour.dic": LIWC,
    "harbour.lc3": LEXICODER,
    "quanteda.yml": QUANTEDA,
    "harbour.csv": CSV,
    "liwc22.csv": MARKED,
}
each = pytest.mark.parametrize("name", FILES)


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def counts(texts, dictionary) -> Counter:
    return Counter(
        (doc_id, frame) for doc_id, text in texts.items() for _, _, frame, _ in find(text, dictionary)
    )


@each
def test_a_file_counts_what_its_yaml_twin_counts(name, tmp_path, harbour):
    twin = read_dictionary(written(tmp_path, "harbour.yml", TWIN))
    other = read_dictionary(written(tmp_path, name, FILES[name]))
    expected = counts(harbour.texts, twin)
    assert expected.total() > 100 and counts(harbour.texts, other) == expected
    assert [frame.label for frame in other.frames.values()] == ["Conflict at sea", "Water"]
    assert other.left_out == ()


@pytest.mark.parametrize("ending", ["dic", "lc3", "yml", "csv"])
@each
def test_what_is_written_is_read_again(name, ending, tmp_path):
    one = read_dictionary(written(tmp_path, name, FILES[name]))
    assert write_dictionary(one, tmp_path / f"again.{ending}") == []
    again = read_dictionary(tmp_path / f"again.{ending}")
    assert {id: set(frame.entries) for id, frame in again.frames.items()} == {
        id: set(frame.entries) for id, frame in one.frames.items()
    }


def test_what_a_format_cannot_hold_is_told(tmp_path):
    text = TWIN.replace("silt, reef]", 'silt, "=ICE"], except: [dry harbour]')
    left = write_dictionary(read_dictionary(written(tmp_path, "harbour.yml", text)), tmp_path / "a.dic")
    assert [(one.entry, one.reason) for one in left] == [
        ("=ICE", "capitals as printed"),
        ("dry harbour", "except"),
    ]


def test_nested_categories_stand_each_for_itself(tmp_path):
    path = written(
        tmp_path, "nested.yml", "economy:\n  good: [growth]\n  bad: [slump, crash*]\nsea: [reef]\n"
    )
    assert {id: frame.label for id, frame in read_dictionary(path).frames.items()} == {
        "economy_good": "economy > good",
        "economy_bad": "economy > bad",
        "sea": "sea",
    }


def test_an_entry_that_cannot_be_matched_is_left_out_with_its_line(tmp_path):
    one = read_dictionary(written(tmp_path, "a.lc3", "+War\nstrike\n*war\nun*\nSTRIKE\n"))
    assert one.frames["war"].entries == ("strike",)
    assert [(left.line, left.entry) for left in one.left_out] == [(3, "*war"), (4, "un*"), (5, "STRIKE")]


def test_what_a_file_does_not_say_of_itself_is_said_to_be_missing(tmp_path):
    about = read_dictionary(written(tmp_path, "a.lc3", "+War\nstrike\n")).about
    assert about["known_misses"] == about["written"] == "not stated in the file"


@pytest.mark.parametrize(
    ("name", "text", "line", "what"),
    [
        ("a.dic", "war\t1\n", 1, "a line with % alone is expected"),
        ("a.dic", "%\nWar\n%\nwar\t1\n", 2, "a number and the name of a category"),
        ("a.dic", "%\n1\tWar\n%\nwar\t2\n", 4, "no category '2'; there are: 1"),
        ("a.dic", "%\n1\tWar\n%\nwar\n", 4, "the numbers of categories are expected after 'war'"),
        ("a.dic", "%\n1\tWar\n", None, "two lines of % are expected"),
        ("a.dic", "%\n1\tWar\n1\tSea\n%\nwar\t1\n", 3, "the number 1 stands twice, for 'War' and 'Sea'"),
        ("a.lc3", "war\n+War\n", 1, "a category, a line that begins with +"),
        ("a.lc3", "+\nwar\n", 1, "the name of a category is expected after +"),
        ("a.csv", "what,that\na,b\n", 1, "a column of categories"),
        ("a.csv", 'category,entry\nwar,"strike\n', None, "not readable as CSV"),
        ("a.csv", "category,entry\n,strike\n", 2, "no category for 'strike'"),
        ("a.yml", "- war\n- strike\n", 1, "categories with lists of words are expected"),
        ("a.yml", "war: !!python/object:os.system [strike]\n", 1, "YAML without tags"),
        ("a.lc3", "+War\n", None, "no entry under a category"),
        ("a.txt", "war\n", None, "the ending '.txt' names no format"),
    ],
)
def test_a_file_that_breaks_its_format_is_named_with_line_and_what_is_allowed(
    tmp_path, name, text, line, what
):
    with pytest.raises(BadDictionary) as caught:
        read_dictionary(written(tmp_path, name, text))
    assert what in str(caught.value)
    assert line is None or f"{name}, line {line}:" in str(caught.value)


def test_a_file_in_another_encoding_is_named_with_its_line(tmp_path):
    path = tmp_path / "a.lc3"
    path.write_bytes(b"+War\nstrike\nd\xe9fense\n")
    with pytest.raises(BadDictionary, match=r"a\.lc3, line 3: not in UTF-8"):
        read_dictionary(path)


def test_categories_that_bundled_lists_have_too_are_called_by_both_names(tmp_path):
    used = in_use(files=[written(tmp_path, "mine.lc3", "+Conflict\nquarrel\n+Sea\nreef\n")])
    assert list(used["mine"].frames) == ["mine_conflict", "sea"]
    assert [frame for *_, frame, _ in find("A quarrel at the reef", used["mine"])] == ["mine_conflict", "sea"]


def test_a_file_does_not_stand_in_for_another_dictionary(tmp_path):
    with pytest.raises(BadDictionary, match="'generic_frames' is the name of another dictionary"):
        in_use(files=[written(tmp_path, "generic_frames.lc3", "+War\nstrike\n")])


def test_no_cell_of_a_written_dictionary_is_a_formula(tmp_path):
    one = read_dictionary(written(tmp_path, "a.yml", '"=HYPERLINK(1)": ["-2+3 word", strike]\n'))
    write_dictionary(one, tmp_path / "b.csv")
    cells = [
        cell for line in (tmp_path / "b.csv").read_text("utf-8").splitlines() for cell in line.split(",")
    ]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    assert read_dictionary(tmp_path / "b.csv").frames["hyperlink_1"].entries == ("-2+3 word", "strike")


def test_signs_of_other_tools_are_not_taken_for_letters(tmp_path):
    one = read_dictionary(written(tmp_path, "a.lc3", "+War\ncolo?r\nstrike\n"))
    assert [left.entry for left in one.left_out] == ["colo?r"]


def test_a_list_of_names_is_not_counted(tmp_path):
    path = written(tmp_path, "harbour.yml", TWIN.replace("use: frames", "use: names"))
    with pytest.raises(BadDictionary, match="a dictionary to be counted is expected"):
        in_use(files=[path])


@given(st.text())
def test_any_name_of_a_category_gives_an_id(name):
    assert slug(name)[0].isalpha() and slug(name).isascii()
