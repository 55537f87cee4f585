"""The fictional story against what was planted in it: the analysis finds that and claims nothing else of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
import yaml

from analysis.comparison.findings import finding
from analysis.facts_yml import read_coded
from analysis.publishing import tables
from analysis.publishing.figures import indicator_marks
from analysis.publishing.figures.indicators import body_hits
from analysis.publishing.passages import passages
from analysis.story import Story

FOLDER = Path(__file__).parents[1] / "data" / "sample-harbour"
TRUTH = yaml.safe_load((FOLDER / "TRUTH.yml").read_text(encoding="utf-8"))
ROW = ["measure", "voice", "episode", "doc_id_a", "doc_id_b"]
PLACE = re.compile(r"paragraph \d+, sentence \d+")


def name(entry: dict) -> str:
    keys = ("measure", "thing", "name", "theme", "doc_id", *ROW[3:])
    return " ".join(str(entry[key]) for key in keys if key in entry)


def key(entry: dict) -> tuple[str, ...]:
    return tuple(entry[column] for column in ROW)


def ordered(entry: dict, sign: str) -> tuple[str, ...]:
    """Measure, voice and the two copies, the one with the higher figure first."""
    a, b = entry["doc_id_a"], entry["doc_id_b"]
    return (entry["measure"], entry["voice"], *((a, b) if sign == "a_higher" else (b, a)))


def followed() -> Iterator[tuple[str, ...]]:
    """The consequences one by one, as `ordered` gives them."""
    for group in TRUTH["consequences"]:
        for entry in group["differences"]:
            for other in entry["than"]:
                pair = (entry["copy"], other) if entry["is"] == "higher" else (other, entry["copy"])
                yield entry["measure"], entry["voice"], *pair


def difference(story: Story, entry: dict) -> pd.Series:
    rows = story.differences.set_index(ROW, drop=False)
    found = rows.loc[[key(entry)]]
    assert len(found) == 1
    return found.iloc[0]


def said(story: Story, row: pd.Series) -> str:
    """What the reports say of a difference."""
    (measure,) = (one for one in story.catalogue if (one.name, one.voice) == (row["measure"], row["voice"]))
    return finding(row, measure, {})


def places(story: Story, hits: pd.DataFrame) -> list[tuple[str, str, int]]:
    """Where hits are shown to stand: the copy, the place in it and how many."""
    listed = passages(story, hits, title="", most=10_000).rows
    return [(row.document, row.place.partition(":")[0], len(row.marks)) for row in listed]


def test_no_pair_of_copies_is_listed_twice_for_a_measure():
    clear = [ordered(entry, entry["sign"]) for entry in [*TRUTH["differences"], *TRUTH["styles"]]]
    pairs = [(measure, voice, frozenset(pair)) for measure, voice, *pair in [*clear, *followed()]]
    others = [*TRUTH["no_differences"], *TRUTH["cannot_be_judged"]]
    pairs += [(entry["measure"], entry["voice"], frozenset(key(entry)[3:])) for entry in others]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize("group", TRUTH["consequences"], ids=lambda group: group["plant"])
def test_a_consequence_follows_from_a_planted_difference_of_the_same_copy(group):
    planted = [
        ordered(entry, entry["sign"])
        for entry in TRUTH["differences"]
        if entry["measure"] == group["planted_as"]
    ]
    sides = {"higher": {row[2] for row in planted}, "lower": {row[3] for row in planted}}
    for entry in group["differences"]:
        assert entry["copy"] in sides[entry["is"]]


@pytest.mark.parametrize("entry", TRUTH["differences"], ids=name)
def test_the_simultaneous_interval_of_a_planted_difference_excludes_zero_with_its_sign(harbour, entry):
    row = difference(harbour, entry)
    if entry["sign"] == "a_higher":
        assert 0 < row["low_family"] < row["value"] < row["high_family"]
    else:
        assert row["low_family"] < row["value"] < row["high_family"] < 0
    assert row["is_clear"] and row["family_size"] > 1 and not row["reason"]
    higher = "higher" if entry["sign"] == "a_higher" else "lower"
    sentence = said(harbour, row)
    assert re.match(
        rf"The copy of {row['doc_id_a']}: .* {higher} than in that of {row['doc_id_b']}, by", sentence
    )
    assert sentence.endswith("clear in these copies.")


@pytest.mark.parametrize("entry", TRUTH["no_differences"], ids=name)
def test_where_copies_were_written_alike_the_difference_is_judged_and_none_is_claimed(harbour, entry):
    row = difference(harbour, entry)
    assert row["low_family"] < 0 < row["high_family"] and not row["is_clear"]
    assert abs(row["value"]) < row["detectable"] / 2
    assert "too little text to tell" in said(harbour, row)


@pytest.mark.parametrize("entry", TRUTH["cannot_be_judged"], ids=name)
def test_what_cannot_be_judged_says_why(harbour, entry):
    row = difference(harbour, entry)
    assert row[["low", "high", "low_family", "high_family", "detectable"]].isna().all()
    assert not row["is_clear"] and row["reason"].startswith(entry["because"])
    assert row["reason"] in said(harbour, row)


def test_what_is_clear_is_what_was_planted_what_follows_and_what_was_observed_and_nothing_else(harbour):
    rows = harbour.differences[harbour.differences["is_clear"]].to_dict("records")
    clear = {ordered(row, "a_higher" if row["value"] > 0 else "b_higher") for row in rows}
    known = {ordered(entry, entry["sign"]) for entry in [*TRUTH["differences"], *TRUTH["styles"]]}
    known |= set(followed())
    assert len(clear) == len(rows)
    assert {"clear and not listed": clear - known, "listed and not clear": known - clear} == {
        "clear and not listed": set(),
        "listed and not clear": set(),
    }


@pytest.mark.parametrize("entry", TRUTH["namings"], ids=lambda entry: f"{name(entry)} {entry['voice']}")
def test_a_name_is_shown_with_its_count_and_its_places(harbour, harbour_without_texts, entry):
    parts = harbour.sentences[["doc_id", "sentence_id", "part"]]
    hits = harbour.namings.merge(parts, on=["doc_id", "sentence_id"]).query("part == 'body'")
    hits = hits[
        (hits[["doc_id", "thing", "voice"]] == [entry[c] for c in ("doc_id", "thing", "voice")]).all(axis=1)
    ]
    hits = hits[hits["surface"] == entry["name"]].drop(columns="part")
    assert len(hits) == entry["exactly"] if "exactly" in entry else len(hits) >= entry["at_least"]

    episode = harbour.documents.set_index("doc_id").loc[entry["doc_id"], "episode"]
    _, *by_episode = tables.namings(harbour).displays
    table = by_episode[list(harbour.episodes).index(episode)]
    assert table.caption.endswith(harbour.episodes[episode])
    cells = table.frame.set_index("called")[harbour.short_labels[entry["doc_id"]]]
    if entry["name"] in cells:
        outside, quoted = map(int, cells[entry["name"]].split("·"))
        assert {"outside": outside, "quoted": quoted}[entry["voice"]] == len(hits)
    else:
        assert not len(hits) and entry["name"] in table.note

    listed = places(harbour, hits)
    assert sum(n for *_, n in listed) == len(hits)
    assert all(PLACE.fullmatch(place) for _, place, _ in listed)
    without = places(harbour_without_texts, hits)  # where the name itself is said, for want of its sentence
    assert all(place.endswith(f" ({entry['name']})") for _, place, _ in without)
    assert [(copy, place.partition(" (")[0], n) for copy, place, n in without] == listed


@pytest.mark.parametrize("entry", TRUTH["zero_counts"], ids=name)
def test_a_count_of_zero_is_shown_beside_the_places_of_the_others(harbour, entry):
    theme, zero = entry["theme"], entry["doc_id"]
    label = harbour.frames["themes"][theme]
    hits = body_hits(harbour).query("dictionary == 'themes' and frame == @theme")
    prominence = tables.prominence(harbour, "themes").frame.set_index("list").loc[label]
    for doc_id in (zero, *entry["found_in"]):
        own = hits[hits["doc_id"] == doc_id]
        listed = places(harbour, own)
        assert own.empty == (doc_id == zero)
        assert sum(n for *_, n in listed) == len(own)
        assert all(PLACE.fullmatch(place.partition(" (")[0]) for _, place, _ in listed)
        assert prominence[harbour.labels[doc_id]].endswith("none") == own.empty

    documents = harbour.documents.assign(is_counted=harbour.documents["doc_id"] == zero)  # one figure drawn
    outlet = documents.set_index("doc_id").loc[zero, "outlet"]
    (figure,) = indicator_marks(replace(harbour, documents=documents), outlet, "themes").displays
    assert f"{label}: 0 hits" in figure.alt
    rows = harbour.estimates.set_index(["measure", "voice", "doc_id"])
    row = rows.loc[(f"theme_{theme}", "all", zero)]
    assert row["value"] == 0 and row[["low", "high"]].isna().all()
    assert row["reason"].startswith(f"none in {count_of_sentences(harbour, zero)} sentences")


def count_of_sentences(story: Story, doc_id: str) -> int:
    own = story.sentences[story.sentences["doc_id"] == doc_id]
    return int((own["part"] == "body").sum())


def test_a_fact_is_named_once():
    ids = [fact["id"] for fact in TRUTH["facts"]]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("fact", TRUTH["facts"], ids=lambda fact: fact["id"])
def test_a_fact_is_found_in_the_copies_that_have_it_and_in_no_others(harbour, fact):
    rows = harbour.coverage[harbour.coverage["fact_id"] == fact["id"]].set_index("doc_id")
    found = set(rows.index[rows["is_found"]])
    assert found >= set(fact["found_in"])
    assert not found & set(fact["not_found_in"])
    values = fact.get("values", {})
    assert rows.loc[list(values), "value"].to_dict() == values


def test_what_was_coded_for_the_report_is_what_the_answer_key_says(harbour):
    coded = read_coded(harbour.folder / "coded_facts.csv", harbour.facts, harbour.documents["doc_id"])
    told = {(fact["id"], doc_id) for fact in TRUTH["facts"] for doc_id in fact["found_in"]}
    assert {
        place for place in zip(coded["fact_id"], coded["doc_id"], strict=True) if "reprint" not in place[1]
    } == told


def test_every_fact_that_is_looked_for_was_read_for(harbour):
    assert {fact.id for fact in harbour.facts} == {fact["id"] for fact in TRUTH["facts"]}


def test_what_stands_around_the_stories_is_set_aside_and_nothing_else(harbour):
    dropped = harbour.lines[~harbour.lines["kept"]].drop_duplicates(["doc_id", "line"])
    assert dropped.groupby("doc_id")["line"].agg(list).to_dict() == {
        doc_id: list(map(int, lines)) for doc_id, lines in TRUTH["set_aside"].items()
    }
