"""What is published of a private story holds no run of eight words of its texts, and serves to check and make the reports again."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pyarrow.parquet
import pytest

from analysis.loading import load_story
from analysis.publishing import bundles, disclosure, reports
from analysis.publishing.bundles import NoBundle, write_bundle
from analysis.storage import changes
from tests.publishing.test_verification import flip
from tests.test_cli import contents

ROOT = Path(__file__).parents[2]
RUN = 8
FEW = {"meridian-3.txt": "Meridian Wire", "ledger-3.txt": "Quay Ledger"}


# A reading of its own, so that the test does not lean on what it tests ------------------------------------


class Page(HTMLParser):
    """The words that a page shows or tells: text, and the values of attributes, pictures and all."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.texts, self.attributes = [], []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        for _, value in attrs:
            if value and value.startswith("data:") and "," in value:
                head, _, body = value.partition(",")
                assert "base64" not in head, "a picture that this test cannot read"
                picture = Page(unquote_to_bytes(body).decode("utf-8"))
                self.attributes += [" ".join(picture.texts), "".join(picture.texts), *picture.attributes]
            elif value:
                self.attributes.append(value)


def readings(name: str, content: bytes) -> list[str]:
    found = [name]
    if name.endswith(".parquet"):
        rows = pyarrow.parquet.read_table(io.BytesIO(content)).to_pylist()
        return [*found, *(" ".join(map(str, row.values())) for row in rows)]
    text = content.decode("utf-8")
    if name.endswith(".html"):
        page = Page(text)
        return [*found, "".join(page.texts), " ".join(page.texts), *page.attributes]
    return [*found, text]


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())


def runs(texts) -> set[tuple[str, ...]]:
    tokens = map(words, texts)
    return {tuple(one[n : n + RUN]) for one in tokens for n in range(len(one) - RUN + 1)}


def leaks(archive: Path, texts) -> list[tuple[str, str]]:
    passages, found = runs(texts), []
    with zipfile.ZipFile(archive) as members:
        assert members.comment == b"" and not any(one.comment or one.extra for one in members.infolist())
        for name in members.namelist():
            for text in readings(name, members.read(name)):
                found += [(name, " ".join(run)) for run in runs([text]) & passages]
    return found


def texts_of(folder: Path) -> list[str]:
    return [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))]


# A private story of the sample's texts ---------------------------------------------------------------------


def parallax(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PARALLAX_")}
    call = [sys.executable, "-m", "analysis", *arguments]
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return subprocess.run(
        call, cwd=cwd, env=clean | {"PYTHONPATH": path} | environment, capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def private(tmp_path_factory) -> Path:
    """A folder in which two articles were added to a story, which is private by default, reported and bundled."""
    folder = tmp_path_factory.mktemp("private")
    (folder / "raw").mkdir()
    for name in FEW:
        shutil.copy(ROOT / "data/sample-harbour/articles" / name, folder / "raw")
    folders = ("--data", "data", "--reports", "out")
    for name, outlet in FEW.items():
        added = parallax("add", "port", f"raw/{name}", "--outlet", outlet, "--data", "data", cwd=folder)
        assert added.returncode == 0, added.stderr
    made = parallax(
        "report", "port", "--zip", "--notebook", "corpus", "--notebook", "sources", *folders, cwd=folder
    )
    assert made.returncode == 0, made.stderr
    assert "to publish: " in made.stdout and "texts: private" in (folder / "data/port/story.yml").read_text()
    return folder


@pytest.fixture
def port(private, tmp_path, monkeypatch):
    shutil.copytree(private, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PARALLAX_REPORTS", str(tmp_path / "out"))
    return tmp_path


def test_no_file_of_a_private_bundle_holds_eight_words_in_a_row_of_the_texts(private):
    texts = texts_of(private / "data/port/articles")
    assert len(runs(texts)) > 1000 and leaks(private / "out/port.zip", texts) == []
    with zipfile.ZipFile(private / "out/port.zip") as archive:
        names = archive.namelist()
        manifest = archive.read("port/documents.csv").decode("utf-8")
        pages = "".join(archive.read(name).decode() for name in names if name.endswith(".html"))
    assert not [name for name in names if "articles/" in name or "explored" in name]
    with (private / "data/port/documents.csv").open(encoding="utf-8", newline="") as file:
        printed = [row[name] for row in csv.DictReader(file) for name in ("headline", "deck") if row[name]]
    assert len(printed) >= 2 and not [one for one in printed if one in manifest or one in pages]


def test_the_readers_own_pages_show_passages_and_this_test_would_see_them(private):
    texts = texts_of(private / "data/port/articles")
    page = (private / "out/port/corpus.html").read_text("utf-8")
    assert any(runs([text]) & runs(texts) for text in readings("corpus.html", page.encode()))
    whole = disclosure.runs(texts)
    assert disclosure.disclosed("port/corpus.html", page.encode(), whole)


def test_the_bundle_holds_what_is_needed_to_read_check_and_make_it_again(private):
    with zipfile.ZipFile(private / "out/port.zip") as archive:
        names = set(archive.namelist())
        readme = archive.read("port/README.md").decode("utf-8")
        licence = archive.read("port/LICENSE").decode("utf-8")
    tables = {path.stem for path in (private / "data/port/measures").glob("*.parquet")}
    outlets = {path.parent.name for path in (private / "out/port").glob("*/sources.html")}
    assert len(outlets) == 2 and names == {
        "index.html",
        *(f"port/measures/{name}.parquet" for name in tables),
        *(f"port/tables/{name}.csv" for name in tables),
        *(f"port/{outlet}/sources.html" for outlet in outlets),
        *(
            f"port/{name}"
            for name in ("corpus.html", "index.html", "provenance.json", "README.md", "LICENSE")
        ),
        *(f"port/{name}" for name in ("story.yml", "documents.csv", "measures/provenance.json")),
    }
    assert "belong to their publishers" in readme and "no passage of them is in here" in readme
    assert "parallax verify port --data . --reports ." in readme and "MIT License" in licence
    for text in (readme, licence):
        assert str(private) not in text


def test_unpacked_elsewhere_it_is_verified_and_makes_the_same_pages(private, tmp_path):
    with zipfile.ZipFile(private / "out/port.zip") as archive:
        archive.extractall(tmp_path)
    before = contents(tmp_path)
    checked = parallax("verify", "port", "--data", ".", "--reports", ".", cwd=tmp_path)
    assert checked.returncode == 0 and checked.stdout.endswith("nothing differs\n"), checked.stdout
    assert contents(tmp_path) == before
    options = ("--notebook", "corpus", "--notebook", "sources", "--data", ".", "--reports", "again")
    made = parallax("report", "port", *options, cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    again = contents(tmp_path / "again")
    assert set(again) < set(before) and {name for name in again if before[name] != again[name]} == set()
    assert sum(name.endswith(".html") for name in again) == 5
    flip(tmp_path / "port/tables/terms.csv")
    checked = parallax("verify", "port", "--data", ".", "--reports", ".", cwd=tmp_path)
    assert checked.returncode == 1 and "tables/terms.csv" in checked.stdout


def test_who_puts_the_texts_into_an_unpacked_bundle_gets_them_measured_anew(private, tmp_path, monkeypatch):
    with zipfile.ZipFile(private / "out/port.zip") as archive:
        archive.extractall(tmp_path)
    assert changes(tmp_path / "port") == ()
    shutil.copytree(private / "data/port/articles", tmp_path / "port/articles")
    assert changes(tmp_path / "port") == ("documents.csv",)
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path))
    assert load_story("port").has_text and changes(tmp_path / "port") == ()


def test_the_readers_own_reports_stay_as_they_are_and_a_second_bundle_is_the_same_and_runs_nothing(port):
    before = contents(port)
    ran = []
    write_bundle(load_story("port"), folder=port / "out", on_progress=lambda *one: ran.append(one))
    assert ran == [] and contents(port) == before
    (port / "out/port.zip").write_bytes(b"no archive")
    write_bundle(load_story("port"), folder=port / "out", on_progress=lambda *one: ran.append(one))
    assert len(ran) == 3 and contents(port) == before


def test_members_are_sorted_and_know_no_time_and_no_user(private):
    with zipfile.ZipFile(private / "out/port.zip") as archive:
        members = archive.infolist()
    assert all(one.filename < other.filename for one, other in pairwise(members))
    assert {(one.date_time, one.external_attr, one.create_system) for one in members} == {
        ((1980, 1, 1, 0, 0, 0), 0o644 << 16, 3)
    }


@pytest.mark.parametrize("file", ["story.yml", "documents.csv"])
def test_a_passage_in_what_a_person_wrote_is_named_and_nothing_is_written(port, file):
    article = next(iter(sorted((port / "data/port/articles").glob("*.txt"))))
    line = max(article.read_text("utf-8").splitlines(), key=len)
    passage = " ".join(
        re.findall(r"[A-Za-z]+ [A-Za-z]+ [A-Za-z]+ [A-Za-z]+ [A-Za-z]+ [A-Za-z]+ [A-Za-z]+ [A-Za-z]+", line)[
            :1
        ]
    )
    assert len(passage.split()) == 8
    path = port / "data/port" / file
    text = path.read_text("utf-8")
    if file == "story.yml":
        path.write_text(f"{text}\n# {passage.upper()}\n", "utf-8")
    else:
        rows = text.splitlines()
        rows[0] += ",why"
        rows[1:] = [f"{row},{passage}" for row in rows[1:]]
        path.write_text("\n".join([*rows, ""]), "utf-8")
    (port / "out/port.zip").unlink()
    story = load_story("port")
    with pytest.raises(NoBundle, match=f"port/{file}: “{passage.casefold()}"):
        write_bundle(story, folder=port / "out")
    assert not (port / "out/port.zip").exists()


def test_an_address_that_is_the_headline_is_cut_to_its_host(port):
    path = port / "data/port/documents.csv"
    line = max(texts_of(port / "data/port/articles")[0].splitlines(), key=len)
    slug = "-".join(words(line)[:9])
    text = path.read_text("utf-8").splitlines()
    columns = text[0].split(",")
    rows = list(csv.DictReader(io.StringIO("\n".join(text))))
    rows[0]["url"], rows[1]["url"] = f"https://news.example/2031/{slug}", "https://news.example/2031/7"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    archive = write_bundle(load_story("port"), folder=port / "out")
    with zipfile.ZipFile(archive) as members:
        manifest = members.read("port/documents.csv").decode("utf-8")
    assert "https://news.example," in manifest and "https://news.example/2031/7" in manifest
    assert leaks(archive, texts_of(port / "data/port/articles")) == []


def test_an_interruption_leaves_no_archive(port, monkeypatch):
    (port / "out/port.zip").unlink()

    def interrupt(*_: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(bundles, "_archive", interrupt)
    before = contents(port)
    with pytest.raises(KeyboardInterrupt):
        write_bundle(load_story("port"), folder=port / "out")
    assert contents(port) == before


def test_of_an_open_story_the_full_reports_and_the_texts_go_in(port):
    path = port / "data/port/story.yml"
    path.write_text(path.read_text("utf-8").replace("texts: private", "texts: open"), "utf-8")
    story = load_story("port")
    wanted = reports.planned(story, notebooks=["corpus"])
    shutil.rmtree(port / "out")
    assert reports.make([story], wanted, folder=port / "out").failed == []
    ran = []
    archive = write_bundle(story, folder=port / "out", on_progress=lambda *one: ran.append(one))
    with zipfile.ZipFile(archive) as members:
        for name in FEW:
            article = members.read(f"port/articles/{name}")
            assert article == (port / "data/port/articles" / name).read_bytes()
        assert members.read("port/corpus.html") == (port / "out/port/corpus.html").read_bytes()
        assert members.read("port/documents.csv") == (port / "data/port/documents.csv").read_bytes()
        assert "declares them open" in members.read("port/README.md").decode("utf-8")
    assert ran == []


def test_without_a_complete_report_there_is_no_bundle(port):
    with pytest.raises(NoBundle, match="no report is complete"):
        write_bundle(load_story("port"), folder=port / "elsewhere")


def test_the_bundle_of_the_five_real_articles_holds_no_passage(founding_with_texts, tmp_path, monkeypatch):
    monkeypatch.setenv("PARALLAX_DATA", str(founding_with_texts.folder.parent))
    wanted = reports.planned(founding_with_texts, outlets=["ap", "reuters"])
    made = reports.make([founding_with_texts], wanted, folder=tmp_path / "out")
    assert made.failed == []
    archive = write_bundle(founding_with_texts, folder=tmp_path / "out")
    texts = texts_of(founding_with_texts.folder / "articles")
    assert len(texts) == 5 and leaks(archive, texts) == []
    with zipfile.ZipFile(archive) as members:
        pages = [name for name in members.namelist() if name.endswith(".html")]
        everything = "".join(members.read(name).decode("utf-8") for name in pages)
        manifest = members.read("kim-putin-2023/documents.csv").decode("utf-8")
    assert len(pages) == len(wanted) + 2
    for headline in filter(None, founding_with_texts.documents[["headline", "deck"]].to_numpy().ravel()):
        assert headline not in everything and headline not in manifest


@pytest.mark.parametrize(
    ("url", "is_told"),
    [
        ("https://x.test/zorbulon-kraken-strikes", True),
        ("https://x.test/2024/03/kraken-strikes-12345.html", True),
        ("https://x.test/article/12345", False),
        ("", False),
    ],
)
def test_an_address_that_says_the_headline_is_known(url, is_told):
    assert bundles._tells(url, "Zorbulon kraken strikes") is is_told
    assert not bundles._tells(url, "")
