"""Tables of the reports: copies in manifest order, counts that add up, a reason where there is no number."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from analysis.measures import sources
from analysis.publishing import tables
from analysis.publishing.displays import Table
from analysis.publishing.tables.sources import _kinds as kinds

TABLES = {
    "documents": tables.documents,
    "filing order": tables.filing_order,
    "pairs": tables.pairs,
    "lines": tables.lines_by_rule,
    "dropped": tables.dropped_lines,
    "warnings": tables.warnings,
    "namings": tables.namings,
    "prominence": lambda story: tables.prominence(story, "themes"),
    "indicator words": lambda story: tables.indicator_words(story, "ap", "generic_frames"),
    "sentiment words": lambda story: tables.sentiment_words(story, "afp"),
    "speakers": tables.speakers,
    "types of sources": tables.source_types,
    "number of sources": tables.sources_counted,
    "cues": lambda story: tables.cue_words(story, "washington-post"),
    "classes of cues": tables.cue_classes,
    "mentions": lambda story: tables.mentions(story, "ap"),
    "labels": lambda story: tables.actor_labels(story, "ap"),
    "estimates": lambda story: tables.estimates(story, ["smog", "lix"], caption="Formulas"),
    "differences": lambda story: tables.family_differences(story, "readability"),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_a_caption_and_no_empty_cell(founding, name):
    table = TABLES[name](founding)
    assert isinstance(table, Table) and table.caption and len(table.frame.columns) >= 3
    assert table.frame.columns.is_unique
    assert not table.frame.isna().any(axis=None) and "nan" not in table.frame.astype(str).to_numpy()
    assert not re.search(r"\b(emphasi[sz]|downplay|ignor|omit|bias|best|worst)\w*", table.html(), re.I)


def test_copies_stand_in_manifest_order(founding):
    labels = list(founding.labels.values())
    assert tables.documents(founding).frame["copy"].to_list() == labels
    assert tables.filing_order(founding).frame["copy"].to_list() == labels
    assert tables.estimates(founding, ["lix"], caption="c").frame["copy"].to_list() == labels
    assert tables.namings(founding).frame.columns[2:].to_list() == labels


def test_what_is_unknown_is_said_to_be(founding):
    frame = tables.filing_order(founding).frame
    assert set(frame["filing order"]) == {"order unknown"}
    assert (frame["time of this copy"] == "unknown").sum() == 2


def test_pairs_say_by_which_rule_a_version_was_chosen(founding, harbour):
    table = tables.pairs(founding)
    assert len(table.frame) == 3 and "6 pairs of copies" in table.note  # of four outlets, one in two versions
    assert (table.frame[["first copy", "second copy"]] == "Associated Press, late").any(axis=1).all()
    assert table.frame["version chosen by"].str.contains("story.yml names", regex=False).all()
    assert "18 pairs of copies" in tables.pairs(harbour).note  # three episodes


def test_lines_add_up_to_those_of_the_files(founding):
    frame = tables.lines_by_rule(founding).frame
    assert frame["lines"].sum() == len(founding.lines)
    assert (frame[list(founding.labels.values())].sum(axis=1) == frame["lines"]).all()


def test_dropped_lines_show_their_words_only_where_the_texts_are(harbour, harbour_without_texts):
    here, without = tables.dropped_lines(harbour).frame, tables.dropped_lines(harbour_without_texts).frame
    assert len(here) == len(without) == (~harbour.lines["kept"]).sum()
    assert "text" in here and "text" not in without and (here["text"].str.len() > 0).all()
    assert here["text"].str.len().max() <= 110


def test_words_are_those_of_the_counted_copies(founding):
    frame = tables.indicator_words(founding, "ap", "themes", most=10_000).frame
    parts = founding.sentences.set_index(["doc_id", "sentence_id"])["part"]
    hits = founding.frame_hits.join(parts, on=["doc_id", "sentence_id"]).query(
        "part == 'body' and dictionary == 'themes'"
    )
    assert frame["hits"].sum() == hits["doc_id"].isin(["ap-early", "ap-late"]).sum()
    assert (frame["hits"] == frame["outside quotation marks"] + frame["inside"]).all()


def test_masked_words_carry_no_valence(founding):
    frame = tables.sentiment_words(founding, "afp", most=10_000).frame
    hits = founding.sentiment_hits.query("doc_id == 'afp' and not is_masked")
    assert set(frame["word"]) <= set(hits["word"])


def test_names_are_counted_outside_and_inside(founding):
    table = tables.namings(founding)
    frame = table.frame
    for name in (name.name for thing in founding.about.contested for name in thing.names):
        assert name in set(frame["called"]) or name in table.note
    cells = frame[list(founding.labels.values())].to_numpy().ravel()
    counts = [tuple(map(int, cell.split("·"))) for cell in cells]
    parts = founding.sentences.set_index(["doc_id", "sentence_id"])["part"]
    body = founding.namings.join(parts, on=["doc_id", "sentence_id"]).query("part == 'body'")["voice"]
    assert [sum(column) for column in zip(*counts, strict=True)] == [
        (body == "outside").sum(),
        (body == "quoted").sum(),
    ]


def test_an_estimate_without_a_value_has_its_reason(founding):
    table = founding.estimates.copy()
    rows = (table["doc_id"] == "afp") & (table["measure"] == "lix")
    table.loc[rows, ["value", "low", "high"]] = float("nan")
    table.loc[rows, "reason"] = "too little text: 40 words, 100 needed"
    shown = tables.estimates(replace(founding, estimates=table), ["lix"], caption="c")
    frame = shown.frame.set_index("copy")
    assert frame.loc["AFP"].to_list() == ["—"]
    assert shown.note.endswith("AFP: too little text: 40 words, 100 needed.")
    assert re.fullmatch(r"[\d.]+ \([\d.]+ to [\d.]+\)", frame.loc["Reuters"].iloc[0])


def test_a_verdict_is_clear_or_too_little_text(founding):
    table = founding.differences.copy()
    rows = table.index[(table["family"] == "readability") & table["low_family"].notna()]
    table.loc[rows, "is_clear"] = [True, *[False] * (len(rows) - 1)]
    frame = tables.family_differences(replace(founding, differences=table), "readability").frame
    assert frame["verdict"].to_list() == ["clear", *["too little text to tell"] * (len(rows) - 1)]
    of_afp = tables.family_differences(founding, "readability", outlet="afp").frame
    assert len(of_afp) and of_afp["copies"].str.contains("AFP").all()


def test_from_ten_episodes_on_a_table_of_outlets_comes_first(many_days):
    outlets, copies = tables.estimates(many_days, ["lix"], caption="Formula").displays
    assert outlets.frame["outlet"].to_list() == ["Meridian Wire", "The Verrin Courier", "Quay Ledger"]
    assert outlets.note.endswith("episodes been covered. Quay Ledger: 9 episodes, 10 needed.")
    assert not outlets.collapsed and copies.collapsed and len(copies.frame) == 30


def test_differences_of_copies_follow_as_ranges_over_the_episodes(many_days):
    outlets, copies = tables.family_differences(many_days, "readability").displays
    assert set(outlets.frame["outlets"]) == {"Meridian Wire − The Verrin Courier"}
    assert outlets.caption == "All differences of outlets that could be judged: 3 of 9"
    assert len(copies.frame) == 9 and copies.frame["episodes"].to_list() == [10] * 3 + [9] * 6
    assert (copies.frame["clear in these copies"] <= copies.frame["judged"]).all()
    for table in (outlets, copies):
        assert table.collapsed and "nan" not in table.frame.astype(str).to_numpy()


def turns(story):
    return sources.turns(story.quotations, story.quotation_parts, story.sentences)


def test_words_of_a_source_stand_in_its_cell_by_voice(founding):
    frame = tables.speakers(founding).frame.set_index("source")
    own = (
        turns(founding)
        .query("doc_id == 'ap-late' and source == 'kim-jong-un'")[["n_words", "n_words_quoted"]]
        .sum()
    )
    cell = f"{own['n_words_quoted']} · {own['n_words'] - own['n_words_quoted']}"
    assert frame.loc["Kim Jong Un", "Associated Press, late"].replace("\u00a0", " ") == cell


def test_sources_of_a_story_of_many_episodes_stand_in_a_table_an_episode(harbour):
    first, *tables_of = tables.speakers(harbour).displays
    assert len(tables_of) == len(harbour.episodes) and "A word counts once" in first.html()


def test_words_of_a_type_of_source_stand_in_its_cell_by_voice_with_turns(founding):
    frame = tables.source_types(founding).frame.set_index("type of source")
    assert frame.index.to_list() == ["official", "non-official", "unnamed", "not told"]
    own = turns(founding).query("doc_id == 'afp'")
    experts = own[own["source_type"] == "non-official"]
    quoted, words = experts["n_words_quoted"].sum(), experts["n_words"].sum()
    cell = f"{quoted} · {words - quoted} ({experts['turn'].nunique()})"
    assert " ".join(frame.loc["non-official", "AFP"].split()) == cell
    cells = frame.map(lambda cell: sum(map(int, cell.split("(")[0].split("·"))) if "·" in cell else 0)
    words = turns(founding).groupby("doc_id")["n_words"].sum()
    assert cells.sum().to_list() == [words[doc_id] for doc_id in founding.copies()]


def test_kinds_of_sources_add_up_to_all_attributions_of_the_copy(founding):
    *listed, how = tables.source_categories(founding, "ap").displays
    all_turns = turns(founding)
    assert [one.caption.split(":")[0] for one in listed] == [
        "Associated Press, early",
        "Associated Press, late",
    ]
    for doc_id, one in zip(founding.copies("ap"), listed, strict=True):
        own = all_turns[all_turns["doc_id"] == doc_id]
        assert one.frame["attributions"].sum() == len(own)
        words = one.frame["words inside quotation marks"] + one.frame["paraphrased"]
        assert words.sum() == own["n_words"].sum() and words.is_monotonic_decreasing
        assert one.frame["kind of source"].is_unique
        assert one.frame["first has the word"].str.fullmatch(r"\d+\u00a0% in").all()
    assert "without interval" in how.html()


def test_a_source_without_a_name_is_told_from_one_without_a_kind(founding):
    rows = (
        turns(founding)
        .iloc[:4]
        .assign(
            doc_id="afp",
            source=["officials", "Bo Lin", "", "kcna"],
            source_category=["official-US", "", "", "state media"],
            source_type=["unnamed", "non-official", "", "official"],
        )
    )
    found = kinds(rows).to_list()
    assert found == ["official-US (unnamed)", "category not told", "nobody named", "state media"]


def test_numbers_of_sources_are_rarefied_to_the_copy_with_fewest_attributions(founding):
    table = tables.sources_counted(founding)
    frame = table.frame
    fewest = frame["attributions"].idxmin()
    (name,) = (name for name in frame if name.startswith("sources in "))
    assert name == f"sources in {frame.loc[fewest, 'attributions']} attributions"
    assert frame.loc[fewest, name] == frame.loc[fewest, "different sources"]
    assert (frame[name] <= frame["different sources"]).all()
    assert (frame["effective number in as many"] <= frame[name]).all()


def test_cues_are_listed_by_class_with_their_number(founding):
    frame = tables.cue_words(founding, "washington-post").frame
    own = turns(founding).query("doc_id == 'washington-post' and cue != ''")
    assert frame["cues"].sum() == len(own) and frame["of all, %"].sum() == pytest.approx(100)
    said = int((own["cue"] == "say").sum())
    assert f"say\u00a0{said}" in frame.set_index("class").loc["Neutral", "words"]


def test_shares_of_classes_stand_with_their_number(founding):
    frame = tables.cue_classes(founding).frame
    own = turns(founding).query("doc_id == 'reuters' and cue != ''")
    counts = frame["Reuters"].str.extract(r"\((\d+)\)").astype(float).sum().item()
    assert counts == len(own)


def test_mentions_add_up_over_the_places_in_the_sentence(founding):
    frame = tables.mentions(founding, "ap").frame
    assert (frame[["subject", "object", "possessor", "other"]].sum(axis=1) == frame["mentions"]).all()
    assert frame["mentions"].is_monotonic_decreasing


def test_the_same_label_of_a_copy_and_of_a_speaker_is_kept_apart(harbour):
    frame = tables.actor_labels(harbour, "courier").frame
    rows = harbour.actor_labels[harbour.actor_labels["doc_id"].isin(harbour.copies("courier"))]
    both = set(rows.loc[rows["voice"] == "outside", "label"]) & set(
        rows.loc[rows["voice"] == "quoted", "label"]
    )
    assert both
    for label in both:
        shown = frame[frame["called"] == label]
        assert shown["outside quotation marks"].sum() and shown["inside"].sum()
