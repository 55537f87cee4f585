"""A story folder becomes a Story, with its texts or without, and knows when its measures are out of date."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import analysis
from analysis.across import load_stories
from analysis.comparison.estimates import UnknownColumn, grouped
from analysis.corpus.manifest import COLUMNS
from analysis.loading import load_story, measure_story
from analysis.measured import TABLE_NAMES, UnknownTable
from analysis.outline import UnknownStory, story_folder
from analysis.publishing.aggregates import copies
from analysis.publishing.aggregates.shared import shared_utterances
from analysis.publishing.figures.outlets import gaps_of, rows_of_outlets
from analysis.storage import BadMeasures, changes
from analysis.story import Story, UnknownEpisode, UnknownOutlet
from analysis.story_yml import BadStory
from tests.partitions.stories import PARTITION, listed_story

ABOUT = """\
title: "The ferry stays in port"
date: "2031-01-05"
texts: open
outlets: [{id: echo, name: "The Echo"}, {id: na, name: NO}]
themes:
  - {id: supply, label: Supply, written: before_reading, date: "2031-01-01", entries: ["bread", "fuel"]}
"""
PARAGRAPH = (
    "The ferry to the northern islands stayed in port for a third day on Friday. "
    "“We sail when the wind lets us,” said its captain, Ines Falk. "
    "Shops on the islands had no fresh bread, and the school on Lorn stayed closed."
)
WORDS = 8  # a column that ships holds no more words than this, messages and reasons aside


@pytest.fixture
def ferry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A story of two short copies, not measured yet, in a data folder of its own."""
    folder = tmp_path / "data" / "ferry"
    (folder / "articles").mkdir(parents=True)
    (folder / "story.yml").write_text(ABOUT, "utf-8")
    blank = dict.fromkeys(COLUMNS, "") | {"published_precision": "none", "is_counted": "true"}
    rows = [
        blank | {"doc_id": "001", "outlet": "na", "file": "001.txt", "via": "NA", "desk": "coast"},
        blank
        | {"doc_id": "b", "outlet": "echo", "file": "b.txt", "headline": "Bread runs out", "desk": "city"},
    ]
    pd.DataFrame(rows).to_csv(folder / "documents.csv", index=False)
    for row in rows:
        (folder / "articles" / row["file"]).write_text("\n\n".join([PARAGRAPH] * 4), "utf-8")
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "data"))
    return folder


def test_a_story_with_texts_is_measured_once_and_again_when_something_changed(ferry):
    assert load_story("ferry").documents["n_words"].to_list() == [168, 168]  # 4 × (15 + 12 + 15)
    made = (ferry / "measures" / "estimates.parquet").stat().st_mtime_ns
    assert changes(ferry) == ()
    load_story("ferry")
    assert (ferry / "measures" / "estimates.parquet").stat().st_mtime_ns == made
    (ferry / "articles" / "b.txt").write_text("\n\n".join([PARAGRAPH] * 5), "utf-8")
    assert changes(ferry) == ("articles/b.txt",)
    assert load_story("ferry").documents["n_words"].to_list() == [168, 210]
    assert changes(ferry) == ()
    (ferry / "story.yml").write_text(ABOUT.replace("fuel", "school"), "utf-8")
    assert changes(ferry) == ("story.yml",)
    assert load_story("ferry").frame_hits["entry"].value_counts()["school"] == 9


def test_the_same_tables_come_from_measuring_and_from_disk(ferry):
    measured, loaded = measure_story("ferry"), load_story("ferry")
    for name in TABLE_NAMES:
        own = getattr(measured, name).drop(columns="text", errors="ignore")
        pd.testing.assert_frame_equal(own[getattr(loaded, name).columns], getattr(loaded, name))
    assert measured.texts == loaded.texts
    assert [*measured.frames["generic_frames"].items()] == [
        *loaded.frames["generic_frames"].items()
    ]  # in order
    assert [*measured.frames] == [*loaded.frames] == ["generic_frames", "themes"]
    assert loaded.changed == () and loaded.has_text


def test_names_that_look_like_something_else_stay_themselves(ferry):
    for _ in range(2):  # measured, then read back
        story = load_story("ferry")
        assert story.documents["doc_id"].to_list() == ["001", "b"]
        assert story.outlets == {"echo": "The Echo", "na": "NO"}  # in the order of story.yml
        assert story.documents["via"].to_list() == ["NA", ""]
        assert story.labels == {"001": "NO", "b": "The Echo"}


def test_further_columns_of_the_manifest_can_be_grouped_by(ferry):
    for _ in range(2):  # measured, then read back
        table = analysis.estimate(load_story("ferry"), "words_per_sentence", by="desk")
        assert dict(zip(table["group"], table["value"], strict=True)) == {"coast": 14.0, "city": 14.0}
    with pytest.raises(KeyError, match="cannot group by 'colour'"):
        analysis.estimate(load_story("ferry"), "words_per_sentence", by="colour")


def test_an_unknown_measure_is_answered_with_the_nearest(ferry):
    with pytest.raises(KeyError, match="words_per_sentence"):
        analysis.estimate(load_story("ferry"), "words_per_sentense")


def test_without_texts_nothing_is_measured_and_what_changed_is_named(ferry):
    load_story("ferry")
    shutil.rmtree(ferry / "articles")
    (ferry / "story.yml").write_text(ABOUT.replace("fuel", "school"), "utf-8")
    made = (ferry / "measures" / "estimates.parquet").read_bytes()
    story = load_story("ferry")
    assert story.changed == ("story.yml",) and not story.has_text and story.texts == {}
    assert (ferry / "measures" / "estimates.parquet").read_bytes() == made
    assert set(story.frame_hits["entry"]) == {"bread"}
    assert story.documents["headline"].to_list() == ["", "Bread runs out"]  # of the manifest
    with pytest.raises(UnknownStory, match="cannot be measured: its texts are not in"):
        measure_story("ferry")


def test_without_texts_and_measures_there_is_no_story(ferry):
    shutil.rmtree(ferry / "articles")
    with pytest.raises(UnknownStory, match="never measured"):
        load_story("ferry")


def test_the_passages_of_a_lost_text_are_lost_and_no_others(ferry):
    load_story("ferry")
    (ferry / "articles" / "b.txt").unlink()
    story = load_story("ferry")
    assert list(story.texts) == ["001"] and story.copies() == ["001", "b"]
    shown = story.passages(story.sentences)
    assert shown["text"].notna().groupby(shown["doc_id"]).all().to_dict() == {"001": True, "b": False}


def test_of_a_text_that_changed_where_it_cannot_be_measured_no_passage_is_shown(ferry):
    load_story("ferry")
    (ferry / "articles" / "b.txt").unlink()
    (ferry / "articles" / "001.txt").write_text("Another text.", "utf-8")
    assert load_story("ferry").texts == {}


@pytest.mark.parametrize("name", ["b.txt", "bread.txt"])
def test_measures_of_a_text_that_is_gone_are_kept_whatever_its_file_is_called(ferry, name):
    load_story("ferry")
    (ferry / "articles" / "b.txt").unlink()
    (ferry / "measures" / "provenance.json").unlink()
    manifest = (ferry / "documents.csv").read_text("utf-8")
    (ferry / "documents.csv").write_text(manifest.replace("b.txt", name), "utf-8")
    with pytest.raises(UnknownStory, match="its texts are not in"):
        measure_story("ferry")


@pytest.mark.parametrize("content", ["", "{", "[]", "{}"])
def test_a_broken_provenance_is_measured_anew(ferry, content):
    load_story("ferry")
    (ferry / "measures" / "provenance.json").write_text(content, "utf-8")
    assert load_story("ferry").copies() == ["001", "b"] and changes(ferry) == ()


def test_a_broken_table_is_named(ferry):
    load_story("ferry")
    (ferry / "measures" / "estimates.parquet").write_bytes(b"junk")
    with pytest.raises(BadMeasures, match=r"ferry/measures/estimates\.parquet cannot be read"):
        load_story("ferry")


def test_passages_are_asked_for_rows_that_stand_in_a_sentence(ferry):
    story = load_story("ferry")
    with pytest.raises(ValueError, match="without doc_id and sentence_id"):
        story.passages(story.differences)


def test_copies_of_an_outlet_that_is_not_there_are_refused(ferry):
    with pytest.raises(UnknownOutlet, match="no outlet 'ekko' in ferry; there are: echo, na"):
        load_story("ferry").copies("ekko")


def test_a_copy_without_figures_has_the_reason(ferry):
    (ferry / "articles" / "b.txt").write_text("A short text.", "utf-8")
    assert load_story("ferry").unmeasured == {"b": "too little text: 3 words, 100 needed"}


def test_a_story_without_a_counted_copy_is_loaded(ferry):
    manifest = (ferry / "documents.csv").read_text("utf-8")
    (ferry / "documents.csv").write_text(manifest.replace("true", "false"), "utf-8")
    assert load_story("ferry").copies() == []


def test_a_text_that_was_never_there_costs_only_itself(ferry):
    (ferry / "articles" / "b.txt").unlink()
    story = load_story("ferry")
    assert story.copies() == ["001"] and story.has_text and changes(ferry) == ()
    assert story.rejected[["file", "reason"]].to_numpy().tolist() == [["b.txt", "the file is not there"]]
    (ferry / "articles" / "b.txt").write_text("\n\n".join([PARAGRAPH] * 4), "utf-8")
    assert load_story("ferry").copies() == ["001", "b"]


def test_a_text_that_was_measured_and_is_gone_is_kept_as_measured(ferry):
    load_story("ferry")
    (ferry / "articles" / "b.txt").unlink()
    (ferry / "story.yml").write_text(ABOUT.replace("fuel", "school"), "utf-8")
    with pytest.raises(UnknownStory, match=r"its texts are not in .*: b\.txt"):
        measure_story("ferry")
    assert load_story("ferry").copies() == ["001", "b"] and load_story("ferry").changed == ("story.yml",)


def test_a_folder_whose_name_cannot_stand_in_an_address_is_refused(ferry):
    ferry.rename(ferry.with_name("the ferry"))
    with pytest.raises(BadStory, match="'the ferry' names a story; allowed: small letters"):
        load_story("the ferry")


def test_a_file_that_cannot_be_read_costs_only_itself(ferry):
    (ferry / "articles" / "b.txt").write_bytes(b"%PDF-1.7")
    story = load_story("ferry")
    assert story.documents["doc_id"].to_list() == ["001"] and story.has_text
    assert story.rejected["file"].to_list() == ["b.txt"] and len(story.differences) == 0


def test_an_unknown_story_is_answered_with_the_nearest(ferry):
    with pytest.raises(UnknownStory, match=r"no story 'fery'.*did you mean ferry"):
        story_folder("fery")
    with pytest.raises(UnknownStory, match="there are: ferry"):
        load_story("../../etc")


def test_passages_count_paragraphs_and_sentences_from_one(ferry):
    story = load_story("ferry")
    rows = story.passages(story.namings.iloc[:0])
    assert {"paragraph", "sentence", "text", "mark_start", "mark_end"} <= set(rows.columns)
    bread = story.passages(story.frame_hits[story.frame_hits["doc_id"] == "001"])
    assert list(zip(bread["paragraph"], bread["sentence"], strict=True)) == [(1, 3), (2, 6), (3, 9), (4, 12)]
    for row in bread.itertuples():
        assert row.text[row.mark_start : row.mark_end] == "bread" and row.text.startswith("Shops")


def test_without_texts_passages_have_their_places(harbour, harbour_without_texts):
    hits = harbour.sentiment_hits.head(200)
    here, without = harbour.passages(hits), harbour_without_texts.passages(hits)
    assert without["text"].isna().all() and here["text"].notna().all()
    pd.testing.assert_frame_equal(here.drop(columns="text"), without.drop(columns="text"))


def test_marks_stand_on_the_words_that_were_found(harbour):
    hits = harbour.sentiment_hits
    rows = harbour.passages(hits)
    found = [row.text[row.mark_start : row.mark_end] for row in rows.itertuples()]
    assert len(found) > 300 and all(
        word.casefold().replace("’", "'") == listed.casefold()
        for word, listed in zip(found, hits["word"], strict=True)
    )


def test_showing_some_outlets_judges_nothing_anew(harbour):
    shown = harbour.showing(["courier", "ibh"])
    assert list(shown.outlets) == ["courier", "ibh"] and harbour.showing([]) is harbour
    own = harbour.differences[
        harbour.differences[["outlet_a", "outlet_b"]].isin(["courier", "ibh"]).all(axis=1)
    ]
    pd.testing.assert_frame_equal(shown.differences, own.reset_index(drop=True))
    assert set(shown.sentences["doc_id"]) == set(shown.documents["doc_id"])


def test_a_source_is_called_by_the_names_of_actors_or_as_it_stands(founding):
    assert founding.called("kim-jong-un") == founding.actors["kim-jong-un"] == "Kim Jong Un"
    assert founding.called("kim-jong-un; putin") == "Kim Jong Un and Vladimir Putin"
    assert founding.called("Samuel Wells") == "Samuel Wells"
    assert founding.called("") == "nobody named"


def test_every_copy_has_a_label_of_its_own(harbour):
    labels = list(harbour.labels.values())
    assert len(set(labels)) == len(labels) == 16
    assert all(
        harbour.about.outlet_name(row.outlet) in harbour.labels[row.doc_id]
        for row in harbour.documents.itertuples()
    )


@pytest.mark.parametrize("story", ["founding", "harbour"])
def test_measures_hold_no_text(request, story):
    paths = sorted((request.getfixturevalue(story).folder / "measures").glob("*.parquet"))
    assert len(paths) == len(TABLE_NAMES)
    for path in paths:
        table = pd.read_parquet(path)
        assert not {"text", "headline", "deck"} & set(table.columns), path.name
        for column in table.columns:
            values = table[column].drop_duplicates()
            if column in ("message", "reason") or not pd.api.types.is_string_dtype(values):
                continue
            longest = max((str(value) for value in values), key=lambda value: len(value.split()), default="")
            assert len(longest.split()) <= WORDS, f"{path.name}: {column}: {longest[:40]}"


def test_a_message_that_ships_quotes_no_sentence(root):
    warnings = pd.read_parquet(root / "data" / "kim-putin-2023" / "measures" / "warnings.parquet")
    rejected = pd.read_parquet(root / "data" / "kim-putin-2023" / "measures" / "rejected.parquet")
    assert len(rejected) == 0
    assert set(warnings["kind"]) <= {"mixed_script", "quotes", "encoding", "invisible", "mojibake"}
    assert all(len(message.split()) <= 20 for message in warnings["message"])


def test_copies_of_one_name_are_told_apart_by_the_beginnings_of_their_ids(ferry):
    documents = pd.DataFrame(
        {
            "doc_id": ["2023-09-13_kim-putin", "2023-09-14_kim-putin", "ab", "lone"],
            "outlet": ["na", "na", "na", "echo"],
            "version": "",
            "via": "",
            "episode": "",
            "is_counted": True,
        }
    )
    story = replace(load_story("ferry"), documents=documents)
    assert story.labels == {
        "2023-09-13_kim-putin": "NO (2023-09-13…)",
        "2023-09-14_kim-putin": "NO (2023-09-14…)",
        "ab": "NO (ab)",
        "lone": "The Echo",
    }


def test_a_copy_that_nobody_signed_is_called_by_who_printed_it(ferry):
    documents = pd.DataFrame(
        {
            "doc_id": ["a", "b", "c"],
            "outlet": ["unknown", "unknown", "na"],
            "version": "",
            "via": ["The Bay Post", "unknown", "The Bay Post"],
            "episode": "",
            "is_counted": True,
        }
    )
    labels = replace(load_story("ferry"), documents=documents).labels
    assert list(labels.values()) == ["unknown, in The Bay Post", "unknown", "NO"]


def test_an_episode_is_a_story_of_its_copies(archive):
    one = archive.episode("e003")
    assert one.copies() == ["echo-003", "herald-003", "post-003", "star-003"] and not one.is_many
    assert set(one.sentences["doc_id"]) == set(one.documents["doc_id"]) <= set(one.texts)
    with pytest.raises(UnknownEpisode, match="archive has no episode 'e03'; did you mean"):
        archive.episode("e03")


def test_utterances_of_a_story_have_the_same_names_at_once_and_in_partitions(tmp_path, monkeypatch):
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "data"))
    articles = listed_story(tmp_path / "data", n_episodes=4) / "articles"
    for path in articles.iterdir():
        day = ("wind", "tide", "fog", "ice")[int(path.stem[-1])]
        said = f"“We sail when the {day} lets us leave the harbour,” said Ines Falk."
        path.write_text(f"{path.read_text('utf-8')}\n\n{said}", "utf-8")
    found = {}
    for size in ("500", str(PARTITION)):
        monkeypatch.setenv("PARALLAX_PARTITION", size)
        measure_story("ferry")
        story = load_story("ferry")
        parts = story.quotation_parts[story.quotation_parts["group_id"] != ""]
        found[story.is_in_parts] = {name: set(own["doc_id"]) for name, own in parts.groupby("group_id")}
        assert shared_utterances(story) == (4, 4)
    assert found[False] == found[True]
    by_day = [{f"{outlet}-{day}" for outlet in ("echo", "herald", "post")} for day in range(4)]
    assert sorted(found[True].values(), key=sorted) == sorted(by_day, key=sorted)


def many_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, undated: slice, at_once: bool, episode: str = ""
) -> Story:
    """24 articles of three outlets on eight days (or of one `episode`), `undated` ones without an episode, measured at once or in partitions of six."""
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PARALLAX_PARTITION", "500" if at_once else str(PARTITION))
    folder = listed_story(tmp_path / "data")
    rows = pd.read_csv(folder / "documents.csv", dtype=str, keep_default_na=False)
    rows["episode"] = episode or rows["episode"]
    rows.iloc[undated, rows.columns.get_indexer(["episode", "published_at"])] = ""
    rows.to_csv(folder / "documents.csv", index=False)
    measure_story("ferry", sources=False)
    return load_story("ferry")


def test_a_small_story_without_episodes_is_one_event(tmp_path, monkeypatch):
    story = many_articles(tmp_path, monkeypatch, undated=slice(None), at_once=True)
    assert not story.is_many and story.is_one_event and len(story.of_events) == 24
    assert len(story.pairs) == 3 and set(story.pairs["episode"]) == {""}
    together = load_stories(["ferry"])
    assert len(together.pairs) == 3 and set(together.pairs["episode"]) == {"ferry"}


def test_a_story_of_one_large_episode_is_one_of_many_copies_though_it_is_one_partition(tmp_path, monkeypatch):
    story = many_articles(tmp_path, monkeypatch, undated=slice(0, 0), at_once=False, episode="one")
    assert len(list((story.folder / "measures" / "documents").iterdir())) == 1
    assert story.is_in_parts and story.is_many and story.is_large and [*story.partitions()] == [story]
    assert len(story.pairs) == 3 and not story.is_one_event and load_stories(["ferry"]).is_many


def test_copies_without_an_episode_are_no_event_of_a_story_in_partitions(tmp_path, monkeypatch):
    story = many_articles(tmp_path, monkeypatch, undated=slice(None), at_once=False)
    measure = next(one for one in story.catalogue if one.name == "words_per_sentence")
    together = load_stories(["ferry"])
    (part, *_) = together.partitions()
    for one in (story, next(story.partitions()), story.closely("echo"), together, part):
        assert not one.is_one_event and one.pairs.empty and not gaps_of(one, measure)
        assert set(one.documents["episode"]) == {""}
    assert together.differences.empty
    assert "Within episodes 0 pairs of copies are compared" in copies.by_month(story).note
    assert set(copies.by_outlet(story).frame["episodes"]) == {0}
    assert rows_of_outlets(story)["label"].str.endswith("0 episodes").all()


def test_copies_of_a_named_episode_are_compared_whatever_others_lack(tmp_path, monkeypatch):
    story = many_articles(tmp_path, monkeypatch, undated=slice(12, 24), at_once=False)
    assert story.is_many and set(story.pairs["episode"]) == {f"ferry-crossing-{n}" for n in range(4)}
    assert len(story.pairs) == len(load_stories(["ferry"]).pairs) == 12
    assert set(story.closely("post").documents["episode"]) == set(story.pairs["episode"])


def test_copies_without_an_episode_are_compared_with_none_where_others_have_one(tmp_path, monkeypatch):
    (tmp_path / "parts").mkdir()
    in_parts = many_articles(tmp_path / "parts", monkeypatch, undated=slice(20, 24), at_once=False)
    story = many_articles(tmp_path, monkeypatch, undated=slice(20, 24), at_once=True)
    assert not story.is_in_parts and not story.is_one_event and len(story.of_events) == 20
    assert set(story.pairs["episode"]) == set(story.differences["episode"])
    assert "" not in set(story.pairs["episode"])
    pd.testing.assert_frame_equal(in_parts.pairs, story.pairs)
    together = load_stories(["ferry"])
    assert len(together.pairs) == len(next(together.partitions()).pairs) == len(story.pairs)
    assert (unnamed := story.episode("")).pairs.empty and len(unnamed.documents) == 4


def test_a_mean_over_episodes_holds_no_copy_without_one(archive):
    own = archive.rows("estimates", where=[("measure", "==", "words_per_sentence"), ("voice", "==", "all")])
    unnamed = own["episode"].isin(["e000", "e001"])
    found = grouped(own.assign(episode=own["episode"].mask(unnamed, "")), archive.documents, "outlet")
    expected = grouped(own[~unnamed], archive.documents, "outlet")
    pd.testing.assert_frame_equal(found, expected)


def test_several_stories_are_many_also_where_no_copy_counts(ferry, monkeypatch):
    rows = pd.read_csv(ferry / "documents.csv", dtype=str, keep_default_na=False)
    rows.assign(is_counted="false").to_csv(ferry / "documents.csv", index=False)
    assert not load_story("ferry").is_many
    together = load_stories(["ferry"])
    assert together.is_many and together.of_events.empty and together.pairs.empty


def test_a_story_is_told_in_a_line_and_nothing_is_read_for_it(archive):
    story = archive.afresh()
    assert repr(story) == "Story 'archive': 240 copies, 4 outlets, 60 episodes"
    assert "sentences" not in story.__dict__


def test_a_table_or_column_that_no_story_has_is_named_with_the_nearest(archive):
    with pytest.raises(UnknownTable, match="no table 'estimate'; did you mean estimates"):
        archive.rows("estimate")
    with pytest.raises(UnknownColumn, match="table estimates has no column 'valeu'; did you mean value"):
        archive.rows("estimates", columns=["valeu"])


def test_what_is_read_closely_is_of_as_many_episodes_as_there_may_be(tmp_path, monkeypatch):
    story = many_articles(tmp_path, monkeypatch, undated=slice(0, 0), at_once=False)
    rows = story.documents.assign(
        episode=story.documents["episode"].where(story.documents.index < 12, "last")
    )
    object.__setattr__(story, "documents", rows)
    near = story._with(documents=rows).closely("post")
    own = near.documents[near.documents["outlet"] == "post"]
    assert own["episode"].nunique() == min(5, rows.loc[rows["outlet"] == "post", "episode"].nunique())
