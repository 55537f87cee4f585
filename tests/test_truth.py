"""The fictional story against what was planted in it: the analysis finds that and claims nothing else of it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import yaml

from analysis.corpus.manifest import read_manifest
from analysis.corpus.reading import read
from analysis.measured import Measures
from analysis.measuring import measure
from analysis.story_yml import read_story_yml

FOLDER = Path(__file__).parents[1] / "data" / "sample-harbour"
TRUTH = yaml.safe_load((FOLDER / "TRUTH.yml").read_text(encoding="utf-8"))
ROW = ["measure", "voice", "episode", "doc_id_a", "doc_id_b"]


def name(entry: dict) -> str:
    return " ".join(
        str(entry[key]) for key in ("measure", "thing", "name", "doc_id", *ROW[3:], "id") if key in entry
    )


@pytest.fixture(scope="module")
def harbour() -> Measures:
    """The story as it is measured now, from its texts; what is written in the repository is left alone."""
    about = read_story_yml(FOLDER / "story.yml")
    manifest = read_manifest(FOLDER / "documents.csv", outlets=[outlet.id for outlet in about.outlets])
    return measure(read(FOLDER / "articles", manifest=manifest), about)


def difference(harbour: Measures, entry: dict) -> pd.Series:
    rows = harbour.differences.set_index(ROW).sort_index()
    found = rows.loc[[tuple(entry[key] for key in ROW)]]
    assert len(found) == 1
    return found.iloc[0]


@pytest.mark.parametrize("entry", TRUTH["differences"], ids=name)
def test_a_planted_difference_is_found_with_its_sign(harbour, entry):
    row = difference(harbour, entry)
    assert row["is_clear"], f"{row['value']:.2f}, reach {row['detectable']:.2f}; {row['reason']}"
    assert (row["value"] > 0) == (entry["sign"] == "a_higher")


@pytest.mark.parametrize("entry", TRUTH["no_differences"], ids=name)
def test_where_none_was_planted_none_is_claimed(harbour, entry):
    assert not difference(harbour, entry)["is_clear"]


@pytest.mark.parametrize("entry", TRUTH["namings"], ids=lambda entry: f"{name(entry)} {entry['voice']}")
def test_names_stand_where_they_were_planted(harbour, entry):
    places = harbour.sentences[["doc_id", "sentence_id", "part"]]
    rows = harbour.namings.merge(places, on=["doc_id", "sentence_id"]).query("part == 'body'")
    is_it = (rows[["doc_id", "thing", "voice"]] == [entry["doc_id"], entry["thing"], entry["voice"]]).all(
        axis=1
    )
    n = int((is_it & (rows["surface"] == entry["name"])).sum())
    assert n == entry["exactly"] if "exactly" in entry else n >= entry["at_least"]


def test_what_was_planted_and_what_was_not_are_different_pairs():
    planted, none = (
        {tuple(entry[key] for key in ROW) for entry in TRUTH[kind]}
        for kind in ("differences", "no_differences")
    )
    assert not planted & none
    assert len(planted) == len(TRUTH["differences"]) and len(none) == len(TRUTH["no_differences"])


def test_every_question_and_every_outlet_has_a_planted_difference(harbour):
    families = harbour.differences.set_index("measure")["family"].to_dict()
    assert {families[entry["measure"]] for entry in TRUTH["differences"]} == set(
        harbour.differences["family"]
    )
    outlets = harbour.documents.set_index("doc_id")["outlet"]
    planted = {outlets[entry[side]] for entry in TRUTH["differences"] for side in ("doc_id_a", "doc_id_b")}
    assert planted == set(outlets)


@pytest.mark.parametrize("fact", TRUTH["facts"], ids=name)
def test_a_fact_names_copies_of_its_episode_on_one_side_only(harbour, fact):
    assert set(fact) <= {"id", "episode", "fact", "values", "found_in", "not_found_in"}
    copies = harbour.documents.query("is_counted and episode == @fact['episode']")["doc_id"]
    assert fact["fact"] and fact["found_in"]
    assert set(fact["found_in"]) | set(fact["not_found_in"]) <= set(copies)
    assert not set(fact["found_in"]) & set(fact["not_found_in"])
    assert set(fact.get("values", {})) <= set(fact["found_in"])


def test_a_fact_is_named_once():
    ids = [fact["id"] for fact in TRUTH["facts"]]
    assert len(ids) == len(set(ids))
