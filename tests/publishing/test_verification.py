"""Verify finds one flipped byte wherever it lies, says where, and writes nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from analysis.loading import load_story
from analysis.publishing import reports, verification
from analysis.publishing.checks import DIFFERS, MISSING, NOT_DONE, NOTE, VERIFIED
from analysis.publishing.verification import NoReports, verify
from tests.test_cli import contents, parallax  # noqa: F401 - a fixture

WANTED = ("corpus", "framing")
SENTENCE = (
    "The crew of the ferry waited in the harbour, and the mayor promised that it would sail on day {n}."
)


def flip(path: Path, at: int = -2) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


@pytest.fixture(scope="module")
def published(founding, tmp_path_factory) -> Path:
    """A folder with `data` and `reports` of the founding story, which has no texts."""
    folder = tmp_path_factory.mktemp("published")
    shutil.copytree(founding.folder, folder / "data" / founding.name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLAX_DATA", str(folder / "data"))
        story = load_story(founding.name)
        wanted = reports.planned(story, notebooks=WANTED, outlets=["afp"])
        assert reports.make([story], wanted, folder=folder / "reports").failed == []
    return folder


@pytest.fixture
def world(published, tmp_path, monkeypatch) -> Path:
    shutil.copytree(published, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PARALLAX_REPORTS", str(tmp_path / "reports"))
    return tmp_path


def failing(world: Path, **options) -> dict[str, str]:
    found = verify("kim-putin-2023", folder=world / "reports", **options)
    return {f"{check.part} {check.name}".strip(): check.detail for check in found if check.is_failure}


def test_what_was_published_is_verified_and_what_was_not_looked_at_is_said(world):
    before = contents(world)
    found = verify("kim-putin-2023", folder=world / "reports")
    assert {check.part for check in found if check.state == VERIFIED} == {
        "provenance",
        "inputs",
        "dictionaries",
        "rows",
        "tables",
        "reports",
        "indexes",
    }
    assert [check.detail for check in found if check.state == NOT_DONE] == [
        "the texts are not here, or not all of them: measures were not taken again",
        "pages were not made again; --remake does that",
    ]
    assert {check.state for check in found} == {VERIFIED, NOT_DONE} and contents(world) == before


def test_every_page_made_again_is_the_same(world):
    before = contents(world)
    found = verify("kim-putin-2023", folder=world / "reports", remake=True)
    again = {check.name: check.state for check in found if check.part == "reports made again"}
    assert again == {"corpus.html": VERIFIED, "afp/framing.html": VERIFIED} and contents(world) == before
    assert NOT_DONE not in {check.state for check in found if check.part == "reports"}


@pytest.mark.parametrize(
    ("file", "part", "says"),
    [
        ("data/kim-putin-2023/documents.csv", "inputs documents.csv", "SHA-256 expected"),
        ("data/kim-putin-2023/story.yml", "inputs story.yml", "found"),
        ("data/kim-putin-2023/facts.yml", "inputs facts.yml", "found"),
        (
            "data/kim-putin-2023/measures/estimates.parquet",
            "inputs measures/estimates.parquet",
            "SHA-256 expected",
        ),
        (
            "data/kim-putin-2023/measures/provenance.json",
            "inputs measures/provenance.json",
            "SHA-256 expected",
        ),
        ("reports/kim-putin-2023/tables/terms.csv", "tables tables/terms.csv", "first different byte"),
        ("reports/kim-putin-2023/afp/framing.html", "reports afp/framing.html", "SHA-256 expected"),
        ("reports/kim-putin-2023/index.html", "indexes kim-putin-2023/index.html", "first different byte"),
        ("reports/index.html", "indexes index.html", "first different byte"),
    ],
)
@pytest.mark.parametrize("at", [-2, 100])
def test_one_flipped_byte_is_found(world, file, part, says, at):
    flip(world / file, at)
    assert says in failing(world)[part]


@pytest.mark.parametrize("key", ["sha256", "fingerprint", "notebook_sha256", "command", "parameters"])
def test_a_provenance_that_was_edited_does_not_agree_with_itself(world, key):
    path = world / "reports/kim-putin-2023/provenance.json"
    content = json.loads(path.read_text("utf-8"))
    entry = content["reports"]["corpus.html"]
    entry[key] = {"story": "other"} if key == "parameters" else f"0{entry[key][1:]}x"
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", "utf-8")
    assert {"reports corpus.html", "provenance provenance.json"} & set(failing(world))


def test_a_flipped_byte_of_the_provenance_is_found_wherever_it_lies(world):
    path = world / "reports/kim-putin-2023/provenance.json"
    whole = path.read_bytes()
    for at in range(0, len(whole), 997):
        path.write_bytes(whole)
        flip(path, at)
        assert failing(world), whole[at - 40 : at + 40]


def test_a_changed_cell_of_a_table_is_named_by_row_and_column(world):
    path = world / "reports/kim-putin-2023/tables/documents.csv"
    path.write_text(path.read_text("utf-8").replace("washington-post,kim", "washington-past,kim"), "utf-8")
    told = failing(world)["tables tables/documents.csv"]
    assert "row 5, column doc_id: expected 'washington-post', found 'washington-past'" in told


def test_what_is_missing_and_what_is_of_others_is_told_apart(world):
    here = world / "reports/kim-putin-2023"
    (here / "corpus.html").unlink()
    (here / "tables/terms.csv").unlink()
    (here / "own.html").write_text("mine", "utf-8")
    found = {check.name: check for check in verify("kim-putin-2023", folder=world / "reports")}
    assert found["corpus.html"].state == found["tables/terms.csv"].state == MISSING
    assert (found["own.html"].state, found["own.html"].detail) == (NOTE, "not made by Parallax")


def test_a_page_kept_from_earlier_inputs_is_told_from_the_others(world):
    with (world / "data/kim-putin-2023/story.yml").open("a", encoding="utf-8") as file:
        file.write("# more\n")
    story = load_story("kim-putin-2023")
    wanted = reports.planned(story, notebooks=["corpus"])
    assert reports.make([story], wanted, folder=world / "reports").failed == []
    told = failing(world)
    assert set(told) == {"reports afp/framing.html"}
    assert "made from something else than the others: story.yml changed" in told["reports afp/framing.html"]


def test_reports_with_a_dictionary_of_ones_own_are_verified_with_it(world, monkeypatch):
    (world / "waters.csv").write_text("category,entry\nwater,sea\n", "utf-8")
    monkeypatch.setenv("PARALLAX_DICTIONARIES", str(world / "waters.csv"))
    told = failing(world)["provenance provenance.json"]
    assert told.startswith("made by “parallax report kim-putin-2023”: verify takes the same --dictionary")


def test_a_story_that_has_no_reports_cannot_be_verified(world):
    with pytest.raises(NoReports, match="parallax report kim-putin-2023 makes them"):
        verify("kim-putin-2023", folder=world / "elsewhere")


def test_the_command_ends_with_0_or_1_and_speaks_json(world, request, monkeypatch):
    call = request.getfixturevalue("parallax")
    monkeypatch.setenv("PARALLAX_DATA", str(world / "data"))
    monkeypatch.setenv("PARALLAX_REPORTS", str(world / "reports"))
    code, out, _ = call("verify")
    assert code == 0 and out.splitlines()[-1] == "  nothing differs" and "  reports: 2 of 2 verified" in out
    flip(world / "reports/kim-putin-2023/corpus.html")
    code, out, _ = call("verify", "kim-putin-2023")
    assert code == 1 and "  differs: reports corpus.html: SHA-256 expected" in out
    code, out, _ = call("verify", "--json")
    (row,) = (row for row in json.loads(out) if row["state"] == DIFFERS)
    assert code == 1 and (row["story"], row["part"], row["name"]) == (
        "kim-putin-2023",
        "reports",
        "corpus.html",
    )


@pytest.fixture
def with_texts(tmp_path, monkeypatch) -> Path:
    """A small story with texts, and its report on what was read."""
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "data"))
    story = tmp_path / "data" / "ferry"
    (story / "articles").mkdir(parents=True)
    header = (Path(reports.ROOT) / "data/kim-putin-2023/documents.csv").read_text("utf-8").splitlines()[0]
    rows = [
        f"{name},{name},,,,,,,,,,2031-01-0{n + 1},day,,,,,{name}.txt,true," for n, name in enumerate("ab")
    ]
    (story / "documents.csv").write_text("\n".join([header, *rows, ""]), "utf-8")
    outlets = "".join(f"  - {{id: {name}, name: Paper {name}}}\n" for name in "ab")
    (story / "story.yml").write_text(
        f'title: The ferry\ndate: "2031-01-01"\ntexts: open\noutlets:\n{outlets}', "utf-8"
    )
    for name in "ab":
        text = "\n\n".join(f"{SENTENCE.format(n=n)} “We wait,” said {name} on day {n}." for n in range(6))
        (story / "articles" / f"{name}.txt").write_text(f"The ferry waits\n\n{text}\n", "utf-8")
    loaded = load_story("ferry")
    wanted = reports.planned(loaded, notebooks=["corpus"])
    assert reports.make([loaded], wanted, folder=tmp_path / "reports").failed == []
    return tmp_path


def test_measures_are_taken_again_from_the_texts(with_texts):
    before = contents(with_texts)
    found = verify("ferry", folder=with_texts / "reports")
    measures = [check for check in found if check.part == "measures"]
    assert len(measures) == 22 and {check.state for check in found} == {VERIFIED, NOT_DONE}
    article = with_texts / "data/ferry/articles/a.txt"
    article.write_text(article.read_text("utf-8").replace("mayor", "mayors", 1), "utf-8")
    told = {
        check.name: check.detail
        for check in verify("ferry", folder=with_texts / "reports")
        if check.is_failure
    }
    assert {"articles/a.txt", "measures/terms.parquet", "measures/sentences.parquet"} <= set(told)
    assert "row 2, column end: expected '114', found '113'" in told["measures/sentences.parquet"]
    article.unlink()
    told = [check.name for check in verify("ferry", folder=with_texts / "reports") if check.is_failure]
    assert told == ["articles/a.txt", "ferry/index.html"]  # the other text is here, and the index told of two
    (with_texts / "data/ferry/articles/b.txt").unlink()
    found = verify("ferry", folder=with_texts / "reports")
    assert {check.name for check in found if check.state == NOTE} == {"articles/a.txt", "articles/b.txt"}
    assert set(before) >= set(contents(with_texts))


def test_the_index_of_all_stories_is_held_for_this_story_alone(tmp_path, monkeypatch):
    page = '<h1>x</h1><article class="story"><a href="{}/index.html">{}</a></article>'
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "provenance.json").write_text("{}", "utf-8")
    (tmp_path / "index.html").write_text(page.format("one", "One") + page.format("two", "Two"), "utf-8")
    now = page.format("one", "One") + page.format("two", "Another title")
    monkeypatch.setattr(verification, "stories_overview", lambda folder: now)
    assert verification._shared_index("one", tmp_path).state == NOTE
    assert verification._shared_index("two", tmp_path).is_failure
