"""Measuring joins the rooms: with and without a story, every figure or its reason."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis.story_yml import read_story_yml
from analysis.tables import CORRECTIONS

ABOUT = """\
title: "The ferry stays in port"
date: "2031-01-05"
texts: open
outlets: [{id: echo, name: "The Echo"}]
actors: [{id: falk, name: "Ines Falk", aliases: ["Grace Falk"]}]
themes:
  - {id: supply, label: Supply, written: before_reading, date: "2031-01-01", entries: ["bread", "fuel"]}
contested:
  - {id: halt, label: "the halt", written: before_reading, date: "2031-01-01",
     names: [{name: strike, entries: ["strike"]}, {name: "closure", entries: ["closure"]}]}
"""
PARAGRAPH = (
    "The ferry to the northern islands stayed in port for a third day on Friday. "
    "“We sail when the strike ends,” said its captain, Ines Falk. "
    "Shops on the islands had no fresh bread, and the school on Lorn stayed closed."
)


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """Two documents, one of 126 words and one of nine, measured with a story."""
    folder = tmp_path_factory.mktemp("ferry")
    (folder / "long.txt").write_text("\n\n".join([PARAGRAPH] * 3), "utf-8")
    (folder / "short.txt").write_text("The ferry stayed in port for a third day.", "utf-8")
    (folder.parent / "story.yml").write_text(ABOUT, "utf-8")
    corpus = analysis.read(folder)
    return analysis.measure(corpus, read_story_yml(folder.parent / "story.yml")), analysis.measure(corpus)


def value(table: pd.DataFrame, doc_id: str) -> float:
    return table.loc[table["doc_id"] == doc_id, "value"].item()


def test_estimates_are_counts_worked_out_by_hand(measured):
    own, _ = measured
    # a paragraph: 15 + 11 + 15 words in three sentences, six of them quoted; one theme word
    assert value(analysis.estimate(own, "words_per_sentence"), "long") == pytest.approx(41 / 3)
    assert value(analysis.estimate(own, "quoted_share"), "long") == pytest.approx(100 * 6 / 41)
    themes = analysis.estimate(own, "theme_supply")
    assert value(themes[themes["voice"] == "all"], "long") == pytest.approx(1000 / 41)
    assert value(themes[themes["voice"] == "outside"], "long") == pytest.approx(1000 / 35)


def test_a_short_document_has_reasons_and_no_number(measured):
    own, _ = measured
    rows = own.estimates[own.estimates["doc_id"] == "short"]
    assert len(rows) > 30 and rows[["value", "low", "high"]].isna().all(axis=None)
    assert set(rows["reason"]) == {"too little text: 9 words, 100 needed"}


def test_every_gap_has_a_reason_and_every_full_row_none(measured):
    own, _ = measured
    whole = own.estimates[["value", "low", "high"]].notna().all(axis=1)
    assert ((own.estimates["reason"] == "") == whole).all()
    assert np.isfinite(own.estimates["value"].dropna()).all()


def test_without_a_story_there_are_generic_frames_and_no_more(measured):
    own, bare = measured
    assert set(bare.frames) == {"generic_frames"} and set(own.frames) == {"generic_frames", "themes"}
    assert len(bare.namings) == 0 and own.namings["surface"].to_list() == ["strike"] * 3
    assert set(bare.frame_hits["dictionary"]) <= {"generic_frames"}
    with pytest.raises(KeyError):
        analysis.estimate(bare, "theme_supply")


def test_below_ten_episodes_copies_are_never_pooled(measured):
    own, _ = measured
    table = analysis.estimate(own, "words_per_sentence", by="outlet")
    assert table["group"].to_list() == ["unknown", "unknown"] and set(table["doc_id"]) == {"long", "short"}


def test_the_same_texts_give_the_same_tables(tmp_path):
    (tmp_path / "a.txt").write_text("\n\n".join([PARAGRAPH] * 8), "utf-8")
    first, again = (analysis.measure(analysis.read(tmp_path)) for _ in range(2))
    pd.testing.assert_frame_equal(first.estimates, again.estimates)
    pd.testing.assert_frame_equal(first.sentences, again.sentences)


def test_a_file_without_a_word_is_measured_without_a_number(tmp_path):
    (tmp_path / "a.txt").write_text(" \n\n", "utf-8")
    own = analysis.measure(analysis.read(tmp_path))
    assert own.documents["n_words"].to_list() == [0] and set(own.estimates["reason"]) == {"no words"}


def test_no_file_at_all_is_no_error(tmp_path):
    own = analysis.measure(analysis.read(tmp_path))
    assert len(own.documents) == len(own.estimates) == len(own.differences) == 0


def test_importing_the_package_is_light(root):
    code = "import sys, analysis; print([m for m in ('pandas', 'spacy', 'nltk') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout.strip() == "[]"
    with pytest.raises(AttributeError, match="has no attribute 'reed'"):
        _ = analysis.reed


def test_corrections_of_hits_change_the_rate_and_one_in_no_sentence_is_not_applied(tmp_path):
    (tmp_path / "long.txt").write_text("\n\n".join([PARAGRAPH] * 3), "utf-8")
    (tmp_path / "story.yml").write_text(ABOUT, "utf-8")
    corpus = analysis.read(tmp_path / "long.txt")
    at = corpus.texts["long"].index("bread")
    rows = [
        ("long", "frame_hits", at, at + 5, "", "", "delete", "I", "", "", False),
        (
            "long",
            "frame_hits",
            0,
            9,
            "dictionary;frame;entry",
            "themes;supply;by hand",
            "add",
            "I",
            "",
            "",
            False,
        ),
        ("long", "namings", 10**6, 10**6 + 5, "thing;surface", "halt;strike", "add", "I", "", "", False),
    ]
    about = read_story_yml(tmp_path / "story.yml")
    own = analysis.measure(replace(corpus, corrections=CORRECTIONS.frame(rows[:1])), about)
    rates = analysis.estimate(own, "theme_supply")
    assert value(rates[rates["voice"] == "all"], "long") == pytest.approx(
        2000 / 123
    )  # of three hits two are left
    own = analysis.measure(replace(corpus, corrections=CORRECTIONS.frame(rows)), about)
    assert own.corrections["is_applied"].to_list() == [True, True, False] and len(own.namings) == 3
    added = own.frame_hits[own.frame_hits["entry"] == "by hand"].iloc[0]
    assert (added["sentence_id"], added["voice"]) == (0, "outside")


def test_without_a_manifest_copies_of_one_text_are_counted_once(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("\n\n".join([PARAGRAPH] * 3), "utf-8")
    own = analysis.measure(analysis.read(tmp_path))
    assert own.documents[["is_counted", "not_counted_because"]].to_numpy().tolist() == [
        [True, ""],
        [False, "copy of a"],
    ]
    assert set(own.estimates["doc_id"]) == {"a"}


def test_without_sources_all_other_tables_are_the_same_and_nothing_of_sourcing_has_a_figure(
    measured, tmp_path
):
    (tmp_path / "long.txt").write_text("\n\n".join([PARAGRAPH] * 3), "utf-8")
    (tmp_path / "short.txt").write_text("The ferry stayed in port for a third day.", "utf-8")
    (tmp_path / "story.yml").write_text(ABOUT, "utf-8")
    whole, about = measured[0], read_story_yml(tmp_path / "story.yml")
    core = analysis.measure(analysis.read(sorted(tmp_path.glob("*.txt"))), about, sources=False)
    assert (whole.has_sources, core.has_sources) == (True, False)
    for name in ("frame_hits", "sentiment_hits", "namings", "terms"):
        pd.testing.assert_frame_equal(getattr(core, name), getattr(whole, name))
    assert all(len(getattr(core, name)) == 0 for name in ("quotations", "mentions", "actor_labels"))
    assert core.sentences["n_words_attributed"].isna().all()
    kept = whole.estimates["measure"].isin([one.name for one in core.catalogue])
    assert {one.family for one in core.catalogue} == {"framing", "sentiment", "readability"}
    pd.testing.assert_frame_equal(core.estimates, whole.estimates[kept].reset_index(drop=True))
    with pytest.raises(KeyError, match="no measure 'attributed_share'"):
        analysis.estimate(core, "attributed_share")


def test_without_sources_the_parser_is_never_loaded(tmp_path, root):
    (tmp_path / "long.txt").write_text("\n\n".join([PARAGRAPH] * 3), "utf-8")
    code = f"import sys, analysis; own = analysis.measure(analysis.read({str(tmp_path)!r}), sources=False); print(len(own.terms) > 0, 'spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout.split() == ["True", "False"]


def test_a_part_of_a_story_has_no_differences_and_spells_terms_whatever_else_is_measured(tmp_path):
    (tmp_path / "a.txt").write_text("\n\n".join([PARAGRAPH.replace("bread", "colour")] * 3), "utf-8")
    own = analysis.measure(analysis.read(tmp_path), sources=False, is_part=True)
    assert len(own.differences) == 0 and len(own.estimates) > 30
    assert "color" in set(own.terms["term"]) and "colour" not in set(own.terms["term"])
    assert own.terms.groupby("voice")["n"].apply(lambda n: n.is_monotonic_decreasing).all()


def test_a_part_of_a_story_has_no_utterance_that_hangs_on_copies_of_no_episode(tmp_path):
    for name, line in (("a", "Nobody slept on Lorn."), ("b", "Bread was flown in on Monday.")):
        (tmp_path / f"{name}.txt").write_text(f"{PARAGRAPH}\n\n{line} {PARAGRAPH}", "utf-8")
    corpus = analysis.read(tmp_path)
    whole, part = (analysis.measure(corpus, is_part=is_part).quotation_parts for is_part in (False, True))
    assert whole["group_id"].str.fullmatch(r"a/\d+\.\d+").any() and set(part["group_id"]) == {""}
