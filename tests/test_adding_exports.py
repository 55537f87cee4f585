"""Exports are kept as they are: a copy, a story.yml with their outlets, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest

from analysis import cli
from analysis.adding_exports import add_exports
from analysis.loading import measure_story
from analysis.outline import outline
from analysis.storage import changes
from analysis.story_yml import BadStory

PARAGRAPH = (
    "The ferry stayed in port for a third day on Friday, and the {word} of the islands waited for bread. "
)


@pytest.fixture
def export(tmp_path, monkeypatch):
    """Two articles and a line that is none; an empty data folder."""
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    rows = [
        {"id": f"a{n}", "source": name, "date": "2031-01-05", "body": PARAGRAPH.format(word=word) * 8}
        for n, (name, word) in enumerate((("The Echo", "schools"), ("Herald", "markets")))
    ]
    lines = "".join(json.dumps(one) + "\n" for one in rows)
    (tmp_path / "export.jsonl").write_text(lines + "{broken\n", "utf-8")
    return tmp_path / "export.jsonl"


def test_an_export_is_copied_and_its_outlets_stand_in_story_yml(export, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        call("add", "ferry", str(export), "--in-place")
    said = capsys.readouterr()
    assert ended.value.code == 1 and "line 3 is no JSON" in said.err  # one line was not taken
    assert (
        said.out
        == "ferry: 2 articles of 1 episode are read in place; outlets: The Echo, Herald; 1 row rejected so far (texts are read when they are measured)\n"
    )
    folder = tmp_path / "data" / "ferry"
    assert (folder / "articles" / "export.jsonl").read_bytes() == export.read_bytes()
    assert sorted(path.name for path in folder.iterdir()) == ["articles", "story.yml"]
    story = measure_story("ferry", sources=False)
    assert list(story.outlets.values()) == ["The Echo", "Herald"] and len(story.rejected) == 1
    assert story.about.date == "2031-01-05" and len(outline("ferry").manifest) == 2


def call(*arguments: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["parallax", *arguments])
        cli.main()


def test_a_dry_run_writes_nothing(export, tmp_path):
    found = add_exports("ferry", [export], dry_run=True)
    assert (found.n_articles, found.n_episodes) == (2, 1) and not found.folder.exists()


def test_the_same_export_again_changes_nothing_and_another_of_its_name_is_refused(export, tmp_path):
    before, about = add_exports("ferry", [export]), tmp_path / "data" / "ferry" / "story.yml"
    written = about.read_bytes()
    again = add_exports("ferry", [export])
    assert again == replace(before, not_taken={"export.jsonl": "the same file is there already"})
    assert about.read_bytes() == written
    other = tmp_path / "other" / "export.jsonl"
    other.parent.mkdir()
    other.write_text("{}\n", "utf-8")
    with pytest.raises(BadStory, match="is there already and is another file"):
        add_exports("ferry", [other])


def test_of_two_files_of_one_name_none_is_lost(export, tmp_path):
    other = tmp_path / "other" / "export.jsonl"
    other.parent.mkdir()
    other.write_text("{}\n", "utf-8")
    with pytest.raises(BadStory, match=r"two files are named export\.jsonl"):
        add_exports("ferry", [export, other])
    assert not (tmp_path / "data" / "ferry").exists()


def test_an_export_that_came_or_went_makes_the_measures_stale(export, tmp_path):
    add_exports("ferry", [export])
    folder = measure_story("ferry", sources=False).folder
    assert changes(folder) == ()
    (tmp_path / "second.jsonl").write_text(export.read_text("utf-8").replace('"a', '"b'), "utf-8")
    add_exports("ferry", [tmp_path / "second.jsonl"])
    assert changes(folder) == ("articles/second.jsonl",)
    (folder / "articles" / "export.jsonl").unlink()
    assert changes(folder) == ("articles/export.jsonl", "articles/second.jsonl")


def test_what_is_no_export_and_a_story_with_a_manifest_are_refused(export, tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<p>text</p>", "utf-8")
    with pytest.raises(BadStory, match=r"page.html cannot be read in place; allowed: .parquet"):
        add_exports("ferry", [page])
    (tmp_path / "data" / "listed").mkdir()
    (tmp_path / "data" / "listed" / "documents.csv").write_text("doc_id\n", "utf-8")
    with pytest.raises(BadStory, match="a story of its own"):
        add_exports("listed", [export])


def test_an_export_whose_name_begins_with_a_point_is_refused(export, tmp_path):
    hidden = tmp_path / ".more.jsonl"
    hidden.write_bytes(export.read_bytes())
    with pytest.raises(
        BadStory, match=r"\.more\.jsonl cannot be read in place: its name begins with a point"
    ):
        add_exports("ferry", [export, hidden])
    assert not (tmp_path / "data" / "ferry").exists()


def test_exports_are_added_where_no_links_can_be_made(export, tmp_path, monkeypatch):
    def refused(*_, **__):
        raise OSError("A required privilege is not held by the client")

    monkeypatch.setattr("os.symlink", refused)
    add_exports("ferry", [export])
    (tmp_path / "second.jsonl").write_text(export.read_text("utf-8").replace('"a', '"b'), "utf-8")
    found = add_exports("ferry", [tmp_path / "second.jsonl"], dry_run=True)
    assert (found.n_articles, len(found.refused)) == (4, 2)  # beside those that the story reads already


def test_one_article_is_told_in_the_singular(export, tmp_path, capsys):
    export.write_text(export.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    with pytest.raises(SystemExit):
        call("add", "ferry", str(export), "--in-place")
    assert (
        "1 article of 1 episode is read in place; outlets: The Echo; 0 rows rejected"
        in capsys.readouterr().out
    )


@pytest.mark.parametrize("form", ["parquet", "jsonl"])
def test_columns_of_any_name_are_read_as_they_are_said(tmp_path, monkeypatch, form, capsys):
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    rows = pd.DataFrame(
        {
            "nr": [7, 8, 9],
            "medium": ["The Echo", "Herald", ""],
            "ereignis": ["fire", "fire", "flood"],
            "inhalt": [PARAGRAPH.format(word=word) * 8 for word in ("schools", "markets", "farms")],
        }
    )
    path = tmp_path / f"own.{form}"
    rows.to_parquet(path) if form == "parquet" else rows.to_json(path, orient="records", lines=True)
    chosen = ["text=inhalt", "outlet=medium", "doc_id=nr", "episode=ereignis"]
    with pytest.raises(SystemExit):
        call("add", "ferry", str(path), "--in-place", *(part for one in chosen for part in ("--map", one)))
    said = capsys.readouterr()
    assert "3 articles of 2 episodes are read in place; outlets: The Echo, Herald" in said.out
    assert "1 article of outlet unknown: the row names none" in said.err
    story = measure_story("ferry", sources=False)
    assert story.documents["doc_id"].to_list() == ["7", "8", "9"]
    assert story.documents["episode"].to_list() == ["fire", "fire", "flood"] and len(story.rejected) == 0
    assert story.texts["8"].count("markets") == 8 and set(story.outlets) == {"the-echo", "herald", "unknown"}
    with pytest.raises(BadStory, match="says which columns are read"):
        add_exports("ferry", [path], columns={"text": "medium"})
    with pytest.raises(BadStory, match=r"no field 'txet'.*did you mean text"):
        add_exports("other", [path], columns={"txet": "inhalt"})


def test_an_export_of_which_nothing_is_new_is_not_put_there(export, tmp_path):
    add_exports("ferry", [export])
    again = tmp_path / "again.jsonl"
    again.write_bytes(export.read_bytes())
    found = add_exports("ferry", [again])
    assert found.n_articles == 2 and len(found.refused) > 2
    assert "stand for rows of other exports already" in found.not_taken["again.jsonl"]
    names = [path.name for path in (tmp_path / "data" / "ferry" / "articles").iterdir()]
    assert names == ["export.jsonl"]


def test_articles_of_one_outlet_and_episode_are_told(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    rows = [{"source": "Echo", "date": "4 March 2024", "body": PARAGRAPH.format(word=word)} for word in "abc"]
    (tmp_path / "day.jsonl").write_text("".join(json.dumps(one) + "\n" for one in rows), "utf-8")
    with pytest.raises(SystemExit):
        call("add", "day", str(tmp_path / "day.jsonl"), "--in-place")
    assert "3 articles of the same outlet and episode as another" in capsys.readouterr().err


def lines(path: Path, rows: list[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), "utf-8")
    return path


def notes(*numbers: int, word: str = "schools", **more: str) -> list[dict[str, str]]:
    """A row a number, whose text is of `word`."""
    return [
        {
            "id": f"n{number}",
            "source": f"Paper {number}",
            "date": "2031-01-05",
            "body": PARAGRAPH.format(word=word) * 8,
        }
        | more
        for number in numbers
    ]


@pytest.fixture
def held(tmp_path, monkeypatch) -> Path:
    """The folder of a story that holds three articles in b.jsonl."""
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    add_exports("ferry", [lines(tmp_path / "b.jsonl", notes(1, 2, 3))])
    return tmp_path / "data" / "ferry"


def test_an_export_that_would_take_the_place_of_articles_that_are_there_is_refused(held, tmp_path):
    other = lines(tmp_path / "a.jsonl", notes(2, 4, word="markets"))
    said = r"a\.jsonl would take the id n2 from row 2 of b\.jsonl.*Rename a\.jsonl to a name behind b\.jsonl.*replace articles/b\.jsonl"
    for dry_run in (True, False):
        with pytest.raises(BadStory, match=said):
            add_exports("ferry", [other], dry_run=dry_run)
    assert [path.name for path in (held / "articles").iterdir()] == ["b.jsonl"]
    found = add_exports("ferry", [other.rename(tmp_path / "c.jsonl")])
    assert found.n_articles == 4 and [(one.file, one.line) for one in found.refused] == [("c.jsonl", 1)]
    texts = measure_story("ferry", sources=False).texts
    assert "schools" in texts["n2"] and "markets" in texts["n4"]


def test_an_export_of_which_all_ids_are_known_is_not_put_there_and_that_is_said(held, tmp_path, capsys):
    path = lines(tmp_path / "0upd.jsonl", notes(1, 2, word="markets"))
    with pytest.raises(SystemExit) as ended:
        call("add", "ferry", str(path), "--in-place")
    said = capsys.readouterr()
    assert ended.value.code == 1 and "rejected 0upd.jsonl, line 1" in said.err
    assert "the id 'n1' stands for another row already, line 1 of b.jsonl" in said.err
    assert (
        "0upd.jsonl was not put there: the ids of all its articles stand for rows of other exports"
        in said.err
    )
    assert "3 articles of 1 episode are read in place" in said.out
    assert [one.name for one in (held / "articles").iterdir()] == ["b.jsonl"]


def test_an_export_whose_rows_would_be_called_as_one_that_is_there_is_refused(held, tmp_path):
    add_exports("ferry", [lines(tmp_path / "d.ndjson", notes(7, id=""))])  # d-1, by its file and place
    with pytest.raises(BadStory, match=r"d\.jsonl would take the id d-1 from row 1 of d\.ndjson"):
        add_exports("ferry", [lines(tmp_path / "d.jsonl", notes(8, id=""))])
    assert add_exports("ferry", [lines(tmp_path / "a.jsonl", notes(9, id="d-1"))]).n_articles == 5
    assert outline("ferry").manifest.set_index("file").loc["d.ndjson", "doc_id"] == "d-1"


def test_the_day_of_a_story_is_the_earliest_of_its_rows_also_where_events_have_names(tmp_path, monkeypatch):
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    rows = [*notes(1, episode="2030-01-01", date="9 March 2031"), *notes(2, 3, episode="fire", date="")]
    add_exports("ferry", [lines(tmp_path / "b.jsonl", [*rows, *notes(4, episode="fire", date="2031-02-01")])])
    assert outline("ferry").about.date == "2031-02-01"


def test_articles_of_no_episode_are_counted_as_such_and_are_not_alike(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    rows = [*notes(1, 2), *notes(3, 4, 5, source="Echo", date="some day")]
    with pytest.raises(SystemExit):
        call("add", "ferry", str(lines(tmp_path / "b.jsonl", rows)), "--in-place")
    said = capsys.readouterr()
    assert "5 articles of 1 episode are read in place" in said.out
    assert "3 articles of no episode, and of no day that can be read" in said.err
    assert "same outlet and episode" not in said.err


def test_a_folder_and_json_that_is_not_in_lines_are_refused_with_what_is_wanted(export, tmp_path):
    whole = lines(tmp_path / "whole.json", notes(1))
    with pytest.raises(BadStory, match=r"is a folder; --in-place wants files: \.parquet, \.jsonl"):
        add_exports("ferry", [tmp_path])
    with pytest.raises(
        BadStory, match=r"whole\.json cannot be read in place: JSON lines are wanted, an object a line"
    ):
        add_exports("ferry", [whole])


def test_a_story_whose_first_export_came_without_its_story_yml_is_begun_by_the_next_call(held, tmp_path):
    (held / "story.yml").unlink()
    add_exports("ferry", [tmp_path / "b.jsonl"])
    assert outline("ferry").about.date == "2031-01-05"


def test_an_id_that_becomes_longer_by_another_that_differs_in_capitals_is_said(held, tmp_path, capsys):
    with pytest.raises(SystemExit):
        call("add", "ferry", str(lines(tmp_path / "a.jsonl", notes(4, id="N1"))), "--in-place")
    said = capsys.readouterr()
    longer = "n1-" + sha256(b"n1").hexdigest()[:16]
    assert f"n1 is called {longer} from now on" in said.err and "4 articles" in said.out
    assert longer in set(outline("ferry").manifest["doc_id"])
