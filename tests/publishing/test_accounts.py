"""What the comparison shows first: facts, accounts, utterances, words; every sentence with its scope and its way to the passages."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace

import pytest

from analysis.publishing import figures, summaries, tables, utterances
from analysis.publishing.displays import Finding, Findings, Prose
from analysis.story import Story

NEVER = re.compile(
    r"\b(emphasi[sz]|downplay|ignor|omit|bias|best|worst|fail(?:s|ed) to (?:report|mention))\w*", re.I
)


def found_in(story: Story, fact: str) -> list[str]:
    rows = story.coverage[(story.coverage["fact_id"] == fact) & story.coverage["is_found"]]
    return rows["doc_id"].tolist()


def test_the_matrix_tells_in_words_how_many_facts_each_copy_has(founding):
    (figure,) = figures.coverage(founding).displays
    for doc_id, n in founding.coverage[founding.coverage["is_found"]].groupby("doc_id").size().items():
        assert f"{founding.short_labels[doc_id]} {n}" in figure.alt


def test_there_is_a_matrix_for_each_episode(harbour):
    assert [one.title for one in figures.coverage(harbour).displays] == [
        f"{label}: which copy has which fact?" for label in harbour.episodes.values()
    ]


def test_copies_stand_in_filing_order_as_far_as_it_is_known(founding):
    (table,) = tables.coverage(founding).displays
    assert table.frame.columns[1:3].tolist() == ["Associated Press, early", "AFP"]
    assert founding.in_filing_order(founding.copies()) == {
        "ap-early": True, "afp": True, "reuters": False, "ap-late": False, "washington-post": False,
    }  # fmt: skip


def test_two_copies_of_one_outlet_have_a_column_each(harbour):
    documents = harbour.documents.assign(
        outlet=harbour.documents["outlet"].mask(harbour.documents["doc_id"] == "courier-1", "ledger")
    )
    shown = tables.coverage(replace(harbour, documents=documents)).displays[0]
    assert len(shown.frame.columns) == 6 and shown.frame.columns.is_unique


def test_a_place_by_hand_and_an_hour_are_not_mixed(harbour):
    documents = harbour.documents.assign(
        filing_order=harbour.documents["filing_order"].where(harbour.documents["doc_id"] == "courier-1")
    )
    order = replace(harbour, documents=documents).in_filing_order(["courier-1", "ibh-1", "ledger-1"])
    at = documents.set_index("doc_id")["published_at"]
    assert list(order) == sorted(order, key=lambda doc_id: at[doc_id])


def test_what_a_copy_was_too_early_for_is_not_called_not_found(founding):
    (table,) = tables.coverage(founding).displays
    row = table.frame.set_index("fact").loc["How long the talks lasted"]
    assert row["Associated Press, early"] == "filed before"
    assert row["AFP"].startswith("found, about two hours")
    assert row["The Washington Post"] == "not found"


def test_different_accounts_stand_side_by_side_with_their_sentences(harbour):
    shown = tables.disagreements(harbour).displays
    first = shown[0].frame.set_index("fact")
    assert first.loc["The age of the person hurt in the skiff", "The Verrin Courier"] == "a teenager"
    assert any("17-year-old" in (row.text or "") for row in shown[1].rows)
    assert all(row.marks for row in shown[1].rows)


def test_without_texts_the_sentences_are_places(founding):
    shown = tables.disagreements(founding).displays[1]
    assert shown.rows and all(row.text is None and "paragraph" in row.place for row in shown.rows)


def test_a_story_without_facts_says_once_where_they_go(harbour):
    bare = replace(harbour, coverage=harbour.coverage.iloc[:0], facts=())
    assert "facts.yml is where they go" in str(figures.coverage(bare).html())
    assert tables.coverage(bare) is None and tables.quality(bare) is None
    assert isinstance(found := tables.disagreements(bare), Prose) and "facts.yml" not in str(found.html())


def test_where_some_outlets_are_shown_the_quality_is_that_of_their_copies(founding):
    told = tables.quality(founding.showing(["ap", "reuters"])).text
    n = sum(
        founding.coverage["is_found"] & founding.coverage["doc_id"].isin(["ap-early", "ap-late", "reuters"])
    )
    assert f"of {n} (95 % interval" in told.split("of what the search has")[1]


def test_the_quality_of_the_search_stands_beside_the_matrix(founding, harbour, tmp_path):
    n = len(founding.coverage[founding.coverage["is_found"]])
    assert f"{n} of {n}" in tables.quality(founding).text
    assert "95 of 95" in tables.quality(harbour).text
    assert "at hand" in tables.quality(founding).text
    assert (
        "before these copies were read"
        in tables.quality(replace(harbour, facts_written="before_reading")).text
    )
    shutil.copy(harbour.folder / "documents.csv", tmp_path)
    nobody = replace(harbour, folder=tmp_path)
    assert "not known until a person has coded" in tables.quality(nobody).text


def test_an_utterance_is_shown_as_each_copy_has_it(harbour):
    shown = [one for one in utterances.utterances(harbour).displays if hasattr(one, "rows")]
    glass = next(one for one in shown if any("glass tower" in row.text for row in one.rows))
    assert glass.title == "Jory Pellan, in 3 copies"
    courier = next(row for row in glass.rows if row.document == "The Verrin Courier")
    marked = " ".join(courier.text[mark.start : mark.end] for mark in courier.marks)
    assert "father fished" in marked and "tower" not in marked


def test_words_that_only_versions_share_are_still_the_outlets(founding_with_texts):
    shown = [one for one in utterances.utterances(founding_with_texts).displays if hasattr(one, "rows")]
    assert any(
        {"Associated Press, early", "Associated Press, late"}
        <= {row.document for row in one.rows if row.marks}
        for one in shown
    )


@pytest.mark.parametrize("name", ["founding", "harbour"])
def test_every_sentence_in_short_has_its_scope_and_leads_to_a_heading_of_the_page(name, request, root):
    story = request.getfixturevalue(name)
    source = (root / "notebooks" / "comparison.ipynb").read_text("utf-8")
    headings = {
        re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")
        for heading in re.findall(r"## ([^\\\n\"]+)", source)
    }
    rows = summaries.in_short(story).rows
    assert len(rows) > 3
    for row in rows:
        assert row.scope and row.links and {href[1:] for _, href in row.links} <= headings
        assert not NEVER.search(row.sentence), row.sentence


def test_a_link_of_a_finding_stays_on_the_page():
    with pytest.raises(ValueError, match="allowed is # and a heading"):
        Findings([Finding("A sentence.", "these copies", (("figure", "https://example.org"),))]).html()


def test_words_that_stand_out_are_described_and_not_tested(founding):
    note, *shown = tables.keywords(founding, "washington-post").displays
    assert "tests nothing" in note.text
    (table,) = shown
    assert "state" in table.frame["word"].tolist() and "the" not in table.frame["word"].tolist()


def test_the_words_of_a_shift_add_up_to_what_is_printed_below(founding):
    figure, table, listed = figures.word_shifts(founding, "reuters").displays
    assert "Than AFP" in figure.alt and len(table.frame) and len(listed.rows)
