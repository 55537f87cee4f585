"""What a person is told of a valid story."""

from __future__ import annotations

import shutil

import pandas as pd
import pytest

from analysis import cli
from analysis.checking import to_know
from analysis.codes import BadSheet
from analysis.corpus.manifest import COLUMNS
from analysis.loading import measure_story
from analysis.outline import outline

ABOUT = 'title: T\ndate: "2031-01-05"\ntexts: open\noutlets: [{id: echo, name: E}, {id: post, name: P}]\n'


@pytest.fixture
def known(tmp_path, monkeypatch):
    """What is told of a story of two copies, its story.yml ending with the given lines."""
    folder = tmp_path / "ferry"
    (folder / "articles").mkdir(parents=True)
    blank = dict.fromkeys(COLUMNS, "") | {"is_counted": "true", "episode": "one", "filing_order": "1"}
    rows = [blank | {"doc_id": doc_id, "outlet": outlet, "file": f"{doc_id}.txt"} for doc_id, outlet in
            (("a", "echo"), ("b", "post"))]  # fmt: skip
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path))

    def tell(about: str = "", texts: str = "ab", first: dict | None = None, **changed: str) -> list[str]:
        (folder / "story.yml").write_text(ABOUT + about, "utf-8")
        pd.DataFrame([rows[0] | (first or {}), rows[1] | changed]).to_csv(
            folder / "documents.csv", index=False
        )
        for name in texts:
            (folder / "articles" / f"{name}.txt").write_text(f"The text of {name}.", "utf-8")
        return [note for note in to_know(outline("ferry")) if note != "not measured yet"]

    return tell


def test_of_a_whole_story_there_is_nothing_to_know(known):
    assert known() == []


def test_a_day_that_nobody_wrote_is_told(known, monkeypatch):
    monkeypatch.setattr("tests.test_checking.ABOUT", ABOUT.replace("2031-01-05", ""))
    assert known() == ["story.yml: the day of the event is not known: date"]


def test_a_copy_of_no_episode_beside_others_is_told_and_a_story_without_any_is_one_event(known):
    assert known(episode="") == ["documents.csv: of no episode, so compared with no other copy: b"]
    assert known(first={"episode": ""}, episode="") == []


def test_what_is_not_here_is_told_in_one_line_where_it_is_all(known):
    assert known(texts="") == ["no text is here: reports show measures without passages"]
    assert known(texts="a") == ["documents.csv: articles/b.txt is not here"]


def test_a_text_that_is_another_than_the_manifest_says_is_told(known):
    assert known(sha256="0" * 64) == [
        "documents.csv: b: articles/b.txt is not the file that was added: if you mended it, delete what stands in sha256"
    ]


def test_a_file_that_no_row_names_is_told(known):
    assert known(texts="abc") == ["articles/c.txt stands in no row of documents.csv and is not read"]


def test_a_text_that_stands_twice_is_told(known, tmp_path):
    known()
    (tmp_path / "ferry" / "articles" / "b.txt").write_text("The text of a.", "utf-8")
    assert known(texts="") == ["documents.csv: b has the same text as a; a reprint has is_counted false"]
    assert known(texts="", is_counted="false", not_counted_because="a reprint") == []


def test_a_file_that_cannot_be_read_is_told_with_its_reason(known, tmp_path):
    (tmp_path / "ferry" / "articles" / "b.pdf").write_bytes(b"%PDF-1.7")
    (note,) = known(file="b.pdf", texts="a")
    assert note.startswith("documents.csv: articles/b.pdf: looks like a PDF document")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"is_counted": "false"}, "b: is not counted and does not say why: fill not_counted_because"),
        ({"episode": "two"}, "b: episode 'two' is not in story.yml; there are: one"),
        ({"via": "post"}, "b: via is the outlet itself: leave it empty"),
        ({"published_at": "2013-01-05"}, "b: published_at is 2013-01-05, the story's date 2031-01-05: is one wrong?"),
        ({"outlet": "unknown"}, "story.yml: outlets without a document: post"),
        ({"outlet": "echo"}, "a, b are several copies of echo of episode one: name their version"),
    ],
)  # fmt: skip
def test_what_is_allowed_and_seldom_meant_is_told_with_how_to_mend_it(known, changed, says):
    notes = known("episodes:\n  - {id: one, label: One}\n", **changed)
    assert any(says in note for note in notes), notes


def test_an_order_against_the_clock_is_told(known):
    time = {"published_at": "2031-01-05T09:00Z", "published_precision": "minute", "filing_order": "2"}
    assert (
        known(first=time | {"filing_order": "1"}, **time | {"published_at": "2031-01-05T10:00+01:00"}) == []
    )
    assert known(first=time | {"published_at": "2031-01-05T09:30Z", "filing_order": "1"}, **time) == [
        "documents.csv: filing_order of episode one is not the order of published_at"
    ]


def test_an_unknown_order_is_told(known):
    assert known(filing_order="") == ["documents.csv: filing order unknown: b"]


@pytest.mark.parametrize(
    ("version", "is_told"),
    [
        ("outlet: post, episode: one, use: b", False),
        ("outlet: post, episode: one, use: b, against: echo", False),
        ("outlet: echo, episode: one, use: b", True),
        ("outlet: post, episode: two, use: b", True),
        ("outlet: post, episode: one, use: c", True),
    ],
)
def test_a_version_that_is_no_copy_of_its_outlet_and_episode_is_told(known, version, is_told):
    notes = known(f"versions: [{{{version}}}]\n")
    assert len(notes) == is_told and all("left unused" in note for note in notes)


def test_a_version_that_is_not_counted_is_told(known):
    notes = known(
        "versions: [{outlet: post, episode: one, use: b}]\n",
        is_counted="false",
        not_counted_because="reprint",
    )
    assert len(notes) == 1 and "'b' is not, in documents.csv, a counted copy" in notes[0]


def test_nothing_that_a_terminal_obeys_is_printed(known, tmp_path, capsys, monkeypatch):
    known()
    (tmp_path / "ferry" / "articles" / "c\x1b[31m.txt").write_text("The text of c.", "utf-8")
    monkeypatch.setattr("sys.argv", ["parallax", "check", "ferry"])
    with pytest.raises(SystemExit):
        cli.main()
    said = capsys.readouterr()
    assert "\x1b" not in said.out + said.err and "\\x1b[31m" in said.out + said.err


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (
            {"published_at": "2031-01-05T10:00+01:00", "updated_at": "2031-01-05T08:00+00:00"},
            "documents.csv: b: updated_at 2031-01-05T08:00+00:00 is before published_at 2031-01-05T10:00+01:00: is one wrong?",
        ),
        (
            {"url": "https://dale.example/1"},
            "documents.csv: a, b have one address, https://dale.example/1: is it right of each?",
        ),
        (
            {"published_at": "2031-01-05", "published_precision": "none"},
            "documents.csv: b: published_precision is none beside 2031-01-05: day, minute, or empty?",
        ),
    ],
)
def test_what_two_cells_say_against_each_other_is_asked(known, changed, says):
    first = {"url": "https://dale.example/1", "updated_at": ""}
    second = {"url": "", "updated_at": "", **changed}
    assert known(first=first, **second) == [says]


def test_an_update_of_the_same_day_is_not_before_its_publication(known):
    assert (
        known(
            first={"updated_at": ""},
            filing_order="2",
            published_at="2031-01-05T10:00",
            updated_at="2031-01-05",
        )
        == []
    )


def test_a_fact_that_no_copy_has_is_told(story_data, tmp_path, monkeypatch):
    data = tmp_path / "data"
    shutil.copytree(story_data / "sample-harbour", data / "sample-harbour")
    path = data / "sample-harbour" / "facts.yml"
    extra = '  - id: zeppelin\n    fact: "A zeppelin landed"\n    cues:\n      - all: [zeppelin]\n'
    path.write_text(path.read_text("utf-8") + extra, "utf-8")
    monkeypatch.setenv("PARALLAX_DATA", str(data))
    measure_story("sample-harbour")
    told = [note for note in to_know(outline("sample-harbour")) if note.startswith("facts.yml")]
    assert told == ["facts.yml: zeppelin is found in no copy: do its cues hold the words of one?"]


def test_codes_without_the_key_they_were_drawn_with_are_told(story_data, tmp_path, monkeypatch):
    data = tmp_path / "data"
    shutil.copytree(story_data / "kim-putin-2023", data / "kim-putin-2023")
    folder = data / "kim-putin-2023" / "coding"
    folder.mkdir()
    head = "item_id,doc_id,sentence_id,dictionary,frame_id,coder,indicator_present,element,frame\n"
    (folder / "codes.csv").write_text(head + "i1,afp,3,generic_frames,conflict,ann,1,,\n", "utf-8")
    monkeypatch.setenv("PARALLAX_DATA", str(data))
    with pytest.raises(BadSheet, match=r"key\.csv: no such file"):
        to_know(outline("kim-putin-2023"))
