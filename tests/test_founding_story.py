"""The founding story: what ships is what its texts give, and with or without them the reports say the same.

Needs the texts, which are not ours to publish; without them all but the first tests are skipped.
"""

from __future__ import annotations

import shutil

import pandas as pd
import pytest

from analysis.facts_yml import read_coded
from analysis.loading import load_story
from analysis.measured import TABLE_NAMES
from analysis.publishing import figures, passages, tables
from analysis.publishing.csv_tables import write_tables
from analysis.publishing.displays import Display
from analysis.storage import changes
from analysis.tables import TABLES

FORMULAS = ["words_per_sentence", "long_words_share", "flesch_kincaid_grade"]
VALENCE = ["sentiment_outside", "sentiment_quoted"]

# What each line of each file is; a line that is not named is body text and kept. Read by a person.
# Of a dateline, the part before the first sentence is set aside and the sentence stays.
FURNITURE = {"boilerplate", "related", "credit", "update_note", "byline", "caption", "subhead"}
NOT_BODY = {
    "reuters": {1: {"caption", "boilerplate"}, 9: {"subhead"}, 18: {"subhead"}}
    | dict.fromkeys(range(28, 32), FURNITURE),
    "ap-early": dict.fromkeys((1, 2, 3, *range(25, 30)), FURNITURE),
    "ap-late": {1: {"headline"}, 17: {"caption"}, 27: {"caption"}, 73: {"byline"}}
    | dict.fromkeys(range(75, 82), FURNITURE),
    "afp": dict.fromkeys((1, 4), FURNITURE)
    | {6: {"headline"}, 12: {"update_note"}, 52: {"subhead"}}
    | {n: {"deck"} for n in range(8, 12)}
    | dict.fromkeys(range(72, 76), FURNITURE),
    "washington-post": {1: {"headline"}}
    | dict.fromkeys((3, 31, 45, 55, *range(67, 90)), FURNITURE),
}  # fmt: skip
DATELINES = {"reuters": 2, "ap-early": 4, "washington-post": 5}


@pytest.fixture(scope="module")
def without_texts(founding_with_texts, tmp_path_factory):
    """The story as just measured, its texts taken away."""
    folder = tmp_path_factory.mktemp("taken") / "data"
    own = founding_with_texts.folder
    shutil.copytree(own, folder / own.name, ignore=shutil.ignore_patterns("*.txt"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLAX_DATA", str(folder))
        return load_story(own.name)


def test_the_measures_that_ship_are_up_to_date(root, monkeypatch):
    monkeypatch.delenv("PARALLAX_DATA", raising=False)
    assert changes(root / "data" / "kim-putin-2023") == ()


def test_the_manifest_names_the_files_it_was_made_from(founding_with_texts):
    assert "changed" not in set(founding_with_texts.warnings["kind"])
    assert len(founding_with_texts.rejected) == 0 and len(founding_with_texts.documents) == 5


@pytest.mark.parametrize("name", TABLE_NAMES)
def test_the_measures_that_ship_are_those_of_the_texts(founding_with_texts, founding, name):
    columns = [column for column in TABLES[name].names if column not in ("headline", "deck")]
    pd.testing.assert_frame_equal(
        getattr(founding_with_texts, name)[columns], getattr(founding, name)[columns], rtol=0, atol=1e-9
    )


@pytest.mark.parametrize("doc_id", NOT_BODY)
def test_every_line_is_what_a_person_says_it_is(founding, doc_id):
    lines = founding.lines[founding.lines["doc_id"] == doc_id]
    whole = lines[~((lines["role"] == "dateline") & (lines["line"] == DATELINES.get(doc_id)))]
    wrong = [
        (row.line, row.role)
        for row in whole.itertuples()
        if row.role not in NOT_BODY[doc_id].get(row.line, {"body"})
        or row.kept != (row.role in ("body", "headline"))
    ]
    assert wrong == []


@pytest.mark.parametrize(("doc_id", "line"), DATELINES.items())
def test_a_dateline_is_a_part_of_its_line(founding, doc_id, line):
    own = founding.lines[(founding.lines["doc_id"] == doc_id) & (founding.lines["line"] == line)]
    assert list(zip(own["role"], own["kept"], strict=True)) == [("dateline", False), ("body", True)]
    assert set(founding.lines.loc[founding.lines["role"] == "dateline", "doc_id"]) == set(DATELINES)


def test_the_lines_add_up_to_the_files(founding_with_texts):
    from analysis.corpus.decoding import decode

    for row in founding_with_texts.documents.itertuples():
        raw = decode((founding_with_texts.folder / "articles" / row.file).read_bytes()).text
        lines = founding_with_texts.lines[founding_with_texts.lines["doc_id"] == row.doc_id]
        listed = "".join(raw[part.start : part.end] for part in lines.itertuples())
        assert "".join(listed.split()) == "".join(raw.split())


def test_no_words_of_the_texts_are_in_what_ships(founding_with_texts, root):
    whole = " ".join(" ".join(text.casefold().split()) for text in founding_with_texts.texts.values())
    names = {
        name.casefold() for actor in founding_with_texts.about.actors for name in (actor.name, *actor.aliases)
    }
    for path in (root / "data" / "kim-putin-2023" / "measures").glob("*.parquet"):
        table = pd.read_parquet(path)
        for column in table.select_dtypes("str"):
            for value in table[column].unique():
                if str(value).casefold().replace("’", "'") in names:
                    continue  # a long name that story.yml has
                words = str(value).casefold().split()
                runs = [" ".join(words[n : n + 5]) for n in range(len(words) - 4)]
                assert not [run for run in runs if run in whole], f"{path.name}: {column}"


def test_the_tables_for_readers_are_the_same_without_the_texts(founding_with_texts, without_texts, tmp_path):
    write_tables(founding_with_texts, tmp_path / "with")
    write_tables(without_texts, tmp_path / "without")
    names = sorted(path.name for path in (tmp_path / "with").iterdir())
    assert names == sorted(f"{name}.csv" for name in TABLE_NAMES)
    for name in names:
        with_texts = (tmp_path / "with" / name).read_bytes()
        assert with_texts == (tmp_path / "without" / name).read_bytes(), name


def every_figure(story) -> list[Display]:
    shown = [
        figures.composition(story),
        figures.estimates(story, ["quoted_share"], title="Quoted"),
        figures.estimates(story, [*FORMULAS], title="Readability"),
        figures.differences(story, VALENCE),
    ]
    for dictionary in ("generic_frames", "themes"):
        shown.append(figures.indicator_heatmap(story, dictionary))
        shown += [figures.indicator_marks(story, outlet, dictionary) for outlet in story.outlets]
    for outlet in story.outlets:
        shown += [figures.valence_by_sentence(story, outlet), figures.sentence_lengths(story, outlet)]
        shown.append(figures.differences(story, FORMULAS, outlet=outlet))
    return shown


def test_every_figure_is_the_same_without_the_texts(founding_with_texts, without_texts):
    here, without = every_figure(founding_with_texts), every_figure(without_texts)
    assert len(here) == 4 + 2 * (1 + 4) + 4 * 3
    assert [one.html() for one in here] == [one.html() for one in without]


def test_tables_are_the_same_without_the_texts(founding_with_texts, without_texts):
    for make in (tables.documents, tables.filing_order, tables.pairs, tables.lines_by_rule, tables.namings):
        assert make(founding_with_texts).html() == make(without_texts).html()


def test_the_passages_of_the_texts_become_places_without_them(founding_with_texts, without_texts):
    here = passages.passages(founding_with_texts, founding_with_texts.namings, title="Names")
    without = passages.passages(without_texts, without_texts.namings, title="Names")
    assert [row.document for row in here.rows] == [row.document for row in without.rows]
    assert all(row.text for row in here.rows) and not any(row.text for row in without.rows)
    assert all(
        own.place.startswith(row.place) for row, own in zip(here.rows, without.rows, strict=True)
    ) and all(row.place for row in without.rows)


def test_two_versions_of_one_outlet_stand_beside_each_other(founding):
    assert founding.copies("ap") == ["ap-early", "ap-late"]
    compared = founding.differences[["doc_id_a", "doc_id_b"]].to_numpy().ravel()
    assert "ap-late" in compared and "ap-early" not in compared  # the version that story.yml names


def test_order_is_known_for_none_and_a_time_for_two(founding):
    assert founding.documents["filing_order"].isna().all()
    minute = founding.documents.loc[founding.documents["published_precision"] == "minute", "doc_id"]
    assert minute.to_list() == ["ap-early", "afp"]


def test_facts_stand_on_the_lines_on_which_a_person_read_them(founding_with_texts):
    story = founding_with_texts
    coded = read_coded(story.folder / "coded_facts.csv", story.facts, story.documents["doc_id"])
    found = story.coverage.set_index(["fact_id", "doc_id"])["sentence_id"]
    places = story.sentences.set_index(["doc_id", "sentence_id"])
    files = story.documents.set_index("doc_id")["file"]
    elsewhere = []
    for row in coded.itertuples():
        start, end = places.loc[(row.doc_id, found[row.fact_id, row.doc_id]), ["start", "end"]]
        ending = " ".join(story.texts[row.doc_id][start:end].split())[-40:]
        lines = (story.folder / "articles" / files[row.doc_id]).read_text("utf-8").splitlines()
        if ending not in " ".join(lines[int(row.line) - 1].split()):
            elsewhere.append((row.fact_id, row.doc_id))
    assert elsewhere == [("full-support", "ap-late")]  # the headline has it before the line that was noted
