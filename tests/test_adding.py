"""Articles as people have them become a story; nothing is lost, nothing of a person's is changed."""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from pathlib import Path

import pytest

from analysis import adding, cli
from analysis.corpus.bounds import Lost
from analysis.corpus.formats.item import Limits
from analysis.corpus.manifest import read_manifest
from analysis.loading import load_story
from analysis.story_yml import BadStory, read_story_yml

WORDS = [
    "ferry",
    "island",
    "council",
    "harbour",
    "captain",
    "winter",
    "bread",
    "school",
    "bakery",
    "clinic",
    "library",
    "market",
    "storm",
    "engine",
    "ticket",
    "crew",
    "pier",
    "rope",
    "lamp",
    "bridge",
    "teacher",
    "baker",
    "doctor",
    "sailor",
    "buyer",
    "keeper",
    "voter",
    "mayor",
    "child",
    "neighbour",
    "waited",
    "opened",
    "closed",
    "carried",
    "counted",
    "promised",
    "asked",
    "told",
    "brought",
    "mended",
]


def story(name: str) -> str:
    """Six paragraphs that no other name has a run of words in common with."""
    own = random.Random(name)

    def sentence() -> str:
        return f"The {' '.join(own.choice(WORDS) for _ in range(7))} and the {' '.join(own.choice(WORDS) for _ in range(7))}."

    return "\n\n".join(f"{sentence()} {sentence()} “We wait,” said {name} of number {n}." for n in range(6))


@pytest.fixture
def raw(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "data"))
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "wire.txt").write_text(f"ALDBY (Reuters) - {story('Anna')}\n", "utf-8")
    (folder / "page.html").write_text(
        "<html><head><title>The island waits | Echo</title></head><body><article><h1>The island waits</h1>"
        + "".join(f"<p>{line}</p>" for line in story("Bert").split("\n\n")) + "</article></body></html>", "utf-8",
    )  # fmt: skip
    table = io.StringIO()
    csv.writer(table).writerows(
        [("outlet", "title", "text"), ("NA", "=1+1", story("Carl")), ("Post", "Ferry", "")]
    )
    (folder / "table.csv").write_text(table.getvalue(), "utf-8")
    return folder


def rows(folder: Path) -> dict[str, dict]:
    with (folder / "documents.csv").open(encoding="utf-8", newline="") as file:
        return {row["doc_id"]: row for row in csv.DictReader(file)}


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_every_unit_becomes_a_row_or_is_refused(raw):
    added = adding.add("island", [raw])
    assert [one.row["doc_id"] for one in added.new] == ["page", "table-1", "wire"]
    assert [(Path(one.file).name, bool(one.unit), bool(one.reason)) for one in added.refused] == [
        ("table.csv", True, True)
    ]
    assert sorted(path.name for path in (added.folder / "articles").iterdir()) == [
        "page.txt",
        "table-1.txt",
        "wire.txt",
    ]
    about = rows(added.folder)
    assert about["wire"]["outlet"] == "reuters" and "dateline" in about["wire"]["outlet_evidence"]
    assert about["page"]["outlet"] == "unknown" and about["page"]["headline"] == "The island waits"
    assert (
        about["table-1"]["outlet"].startswith("na") and about["table-1"]["headline"] == "'=1+1"
    )  # no formula
    assert read_manifest(added.folder / "documents.csv")["headline"].to_list()[1] == "=1+1"


def test_what_was_added_is_a_valid_story_that_can_be_measured(raw):
    added = adding.add("island", [raw])
    about = read_story_yml(added.folder / "story.yml")
    assert {one.name for one in about.outlets} == {
        "Reuters",
        "Unknown outlet",
        "NA",
    } and about.texts == "private"
    read_manifest(added.folder / "documents.csv", outlets=[one.id for one in about.outlets])
    loaded = load_story("island")
    assert loaded.documents["n_sentences"].to_list() == added.read.documents["n_sentences"].to_list()
    assert loaded.texts["page"].startswith("The island waits\n\nThe ") and len(loaded.rejected) == 0


def test_a_text_file_is_copied_and_other_text_is_written_out(raw):
    added = adding.add("island", [raw])
    articles = added.folder / "articles"
    assert (articles / "wire.txt").read_bytes() == (raw / "wire.txt").read_bytes()
    assert (articles / "page.txt").read_text("utf-8").split("\n")[0] == "The island waits"


def test_adding_the_same_twice_changes_nothing(raw):
    folder = adding.add("island", [raw]).folder
    before = snapshot(folder)
    again = adding.add("island", [raw, raw / "wire.txt"])
    assert snapshot(folder) == before and not again.new and len(again.found) == 3


def test_what_people_edited_stays_when_more_is_added(raw):
    folder = adding.add("island", [raw]).folder
    text = (folder / "documents.csv").read_text("utf-8").replace("page,unknown,", "page,echo,", 1)
    (folder / "documents.csv").write_text(text, "utf-8")
    yml = (
        (folder / "story.yml")
        .read_text("utf-8")
        .replace('name: "Unknown outlet"}', 'name: "Nobody"}  # mine')
    )
    (folder / "story.yml").write_text(
        yml.replace("outlets:\n", "outlets:\n  - {id: echo, name: Echo}\n"), "utf-8"
    )
    (raw / "late.txt").write_text(f"ALDBY (AFP) - {story('Dora')}", "utf-8")
    added = adding.add("island", [raw])
    assert [one.row["doc_id"] for one in added.new] == ["late"]
    assert rows(folder)["page"]["outlet"] == "echo" and list(rows(folder))[-1] == "late"
    now = (folder / "story.yml").read_text("utf-8")
    assert 'name: "Nobody"}  # mine' in now and '{id: afp, name: "AFP"}' in now


def test_a_reprint_is_counted_once_and_says_of_what(raw):
    (raw / "zz.txt").write_text(f"The Dale Courier\n\nALDBY (Reuters) - {story('Anna')}\n", "utf-8")
    added = adding.add("island", [raw])
    about = rows(added.folder)
    assert (about["wire"]["is_counted"], about["zz"]["is_counted"]) == ("true", "false")
    assert about["zz"]["not_counted_because"].endswith("of wire")
    assert set(added.related["relation"]) <= {"copy", "reprint"} and len(added.related) == 1


def test_the_users_word_for_an_outlet_stands_and_a_contradiction_is_told(raw):
    added = adding.add("island", [raw / "wire.txt"], outlet="Morning Wire")
    row = rows(added.folder)["wire"]
    assert row["outlet"] == "morning-wire" and row["outlet_evidence"].startswith("told")
    assert any("Reuters" in message for message in added.read.warnings["message"])
    assert read_story_yml(added.folder / "story.yml").outlets[0].name == "Morning Wire"


def test_a_dry_run_writes_nothing(raw, tmp_path):
    assert len(adding.add("island", [raw], dry_run=True).new) == 3
    assert not (tmp_path / "data").exists()


def test_nothing_is_written_outside_the_chosen_folders(raw, tmp_path):
    with zipfile.ZipFile(raw / "up.zip", "w") as archive:
        archive.writestr("../../../climbed.txt", story("Emil"))
        archive.writestr("/etc/rooted.txt", story("Frida"))
    (raw / "odd.csv").write_text(f'id,outlet,text\n../../x,../../../etc,"{story("Gerd")}"\n', "utf-8")
    adding.add("island", [raw])
    inside = {path for path in tmp_path.rglob("*") if path.is_file()} - set(raw.iterdir())
    assert all(path.is_relative_to(tmp_path / "data" / "island") for path in inside)
    assert len(list((tmp_path / "data" / "island" / "articles").iterdir())) == 6


def test_a_name_that_is_no_folder_and_a_path_that_is_not_there_are_refused(raw):
    with pytest.raises(BadStory, match="small letters"):
        adding.add("../island", [raw])
    with pytest.raises(FileNotFoundError, match="nowhere"):
        adding.add("island", [raw / "nowhere"])


def test_limits_can_be_raised_and_lowered(raw):
    added = adding.add("island", [raw / "wire.txt"], limits=Limits(text_chars=100))
    assert not added.new and "allowed: 100" in added.refused[0].reason
    assert not added.folder.exists()


def call(capsys, monkeypatch, *arguments: str) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.argv", ["parallax", *arguments])
    with pytest.raises(SystemExit) as end:
        cli.main()
    said = capsys.readouterr()
    return end.value.code or 0, said.out, said.err


def test_the_command_shows_what_was_recognised_and_what_is_left_to_do(raw, capsys, monkeypatch):
    code, out, err = call(capsys, monkeypatch, "add", "island", str(raw))
    assert code == 1 and "rejected" in err and "table.csv" in err
    for part in (
        "reuters (line 1: dateline",
        "The island waits",
        "3 added, 1 rejected",
        "to edit in documents.csv",
        "outlet of page",
    ):
        assert part in out, part
    code, out, _ = call(capsys, monkeypatch, "add", "island", str(raw / "page.html"), "--json")
    found = json.loads(out)
    assert code == 0 and [one["is_new"] for one in found["articles"]] == [False]


def test_control_characters_of_a_file_name_never_reach_the_terminal(raw, capsys, monkeypatch):
    (raw / "a\x1b[31mred\nname.txt").write_text(story("Hans"), "utf-8")
    _, out, err = call(capsys, monkeypatch, "add", "island", str(raw))
    assert "\x1b" not in out + err and "\ufffd[31mred\\x0aname" in out.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["add", "island", "nowhere.txt"], "nowhere.txt: no such file"),
        (["add", "Is Land", "{raw}"], "small letters"),
        (["add", "island", "{raw}", "--map", "text"], "text=maintext"),
    ],
)
def test_wrong_use_ends_with_2_and_writes_nothing(raw, tmp_path, capsys, monkeypatch, arguments, says):
    code, _, err = call(capsys, monkeypatch, *(part.replace("{raw}", str(raw)) for part in arguments))
    assert code == 2 and says in err and not (tmp_path / "data").exists()


@pytest.mark.parametrize("start", ["<svg onload=alert(1)>", "outlet,date,text", "title: NO", '{"text": 1}'])
def test_what_was_added_as_text_stays_text_whatever_it_begins_with(raw, start):
    text = f"{start}\n\n{story('Ines')}".replace('"', '""')
    (raw / "cell.csv").write_text(f'outlet,text\nEcho,"{text}"\n', "utf-8")
    adding.add("island", [raw / "cell.csv"])
    loaded = load_story("island")
    assert len(loaded.rejected) == 0 and loaded.raw_texts["cell-1"].startswith(start)


def test_a_reprint_that_the_story_holds_stays_counted_where_the_original_comes_later(raw):
    (raw / "reprint.txt").write_text(f"The Dale Courier\n\nALDBY (Reuters) - {story('Anna')}\n", "utf-8")
    adding.add("island", [raw / "reprint.txt"])
    adding.add("island", [raw / "wire.txt"])
    about = rows(adding.data_folder() / "island")
    assert [about[name]["is_counted"] for name in ("reprint", "wire")] == ["true", "false"]


def test_a_manifest_without_a_story_yml_gets_one_with_all_its_outlets(raw):
    folder = adding.add("island", [raw / "wire.txt"]).folder
    (folder / "story.yml").unlink()
    adding.add("island", [raw / "page.html"])
    assert [one.id for one in read_story_yml(folder / "story.yml").outlets] == ["reuters", "unknown"]


def test_a_text_that_no_row_names_is_never_written_over(raw):
    folder = adding.add("island", [raw / "page.html"]).folder
    (folder / "articles" / "wire.txt").write_text("Notes of my own.", "utf-8")
    before = snapshot(folder)
    with pytest.raises(BadStory, match=r"articles/wire\.txt is there already and stands in no row"):
        adding.add("island", [raw / "wire.txt"])
    assert snapshot(folder) == before


def test_a_folder_of_the_data_folder_is_no_name_of_a_story(raw):
    with pytest.raises(BadStory, match="'dictionaries' cannot name a story"):
        adding.add("dictionaries", [raw])


def test_an_outlet_needs_a_name(raw):
    with pytest.raises(BadStory, match="a letter or a digit"):
        adding.add("island", [raw], outlet="…")


def test_where_an_article_came_from_names_no_path_of_one_machine(raw, tmp_path):
    added = adding.add("island", [raw / "wire.txt", raw])
    assert [one.source for one in added.found] == ["wire.txt", "raw/page.html", "raw/table.csv, row 1"]
    assert str(tmp_path) not in (added.folder / "documents.csv").read_text("utf-8")


def test_what_was_passed_over_and_what_is_the_same_is_told(raw, capsys, monkeypatch):
    (raw / "README").write_text("About these files.", "utf-8")
    (raw / "again.txt").write_bytes((raw / "wire.txt").read_bytes())
    (raw / "short.txt").write_text("OSLO (AP) - A pier closed on Monday.\n", "utf-8")
    _, out, _ = call(capsys, monkeypatch, "add", "island", str(raw))
    assert "passed over (hidden, a README, a part of a saved page)" in out and "raw/README" in out
    assert "1 the same as another" in out and "there already" not in out
    assert "too little text for figures" in out and ": short\n" in out
    _, out, _ = call(capsys, monkeypatch, "add", "island", str(raw), "--json")
    assert [Path(file).name for file in json.loads(out)["aside"]] == ["README"]


def test_a_text_taken_beyond_the_usual_size_is_measured_too(tmp_path, monkeypatch):
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "data"))
    text = "\n\n".join(story(name) for name in ("Anna", "Bert", "Carl"))
    text = "\n\n".join([text] * (1_000_001 // len(text) + 1))
    (tmp_path / "long.txt").write_text(text, "utf-8")
    assert not adding.add("island", [tmp_path / "long.txt"]).new
    added = adding.add("island", [tmp_path / "long.txt"], limits=Limits(text_chars=2_000_000))
    corpus = adding.corpus(adding._Known(added.folder).articles())
    assert corpus.documents["n_words"].item() > 100_000


def test_a_story_that_is_read_in_place_is_not_begun_as_one_with_a_manifest(raw):
    articles = adding.data_folder() / "island" / "articles"
    articles.mkdir(parents=True)
    (articles / "export.jsonl").write_text('{"id": "a", "body": "The ferry stayed in port."}\n', "utf-8")
    before = snapshot(articles.parent)
    with pytest.raises(BadStory, match=r"island reads export\.jsonl in place.*another name.*--in-place"):
        adding.add("island", [raw / "wire.txt"])
    assert snapshot(articles.parent) == before


def test_a_file_whose_parser_was_lost_is_refused_and_added_by_the_next_call(raw, monkeypatch):
    def lost(*_, **__):
        raise Lost("ended from outside")

    with monkeypatch.context() as patch:
        patch.setattr("analysis.corpus.formats.html.bounded", lost)
        added = adding.add("island", [raw / "page.html", raw / "wire.txt"])
    assert [one.reason[:30] for one in added.refused] == ["could not be read this time, a"] and len(
        added.new
    ) == 1
    assert len(adding.add("island", [raw / "page.html", raw / "wire.txt"]).new) == 1
