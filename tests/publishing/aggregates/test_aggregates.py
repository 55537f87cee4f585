"""Of a story of many copies pages show outlets over episodes: bounded, with no row of a single copy, and true to the tables."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from analysis.comparison.findings import number
from analysis.measured import estimate
from analysis.publishing import figures, summaries, tables, texts, utterances
from analysis.publishing.absences import NOT_TAKEN
from analysis.publishing.aggregates import copies, facts, namings, shared, voices
from analysis.publishing.displays import Display, Note, Stack, Table
from analysis.story import CLOSE, Story

LARGEST = 400_000
NOTEBOOKS = ("comparison", "corpus", "framing", "sentiment", "readability", "sources")


def shown(root: Path, notebook: str, story: Story, **parameters: object) -> str:
    """The HTML of every display of a notebook."""
    names: dict[str, object] = {"outlet": "herald", "outlets": [], "stories": [], "voice": "all"} | parameters
    html = []
    for cell in json.loads((root / "notebooks" / f"{notebook}.ipynb").read_text("utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] != "code" or "parameters" in cell["metadata"].get("tags", ()):
            continue
        source = re.sub(r"^event = .*$", "event = given", source, flags=re.MULTILINE)
        code = ast.parse(source)
        last = code.body.pop() if isinstance(code.body[-1], ast.Expr) else None
        names["given"] = story
        exec(compile(code, notebook, "exec"), names)
        display = eval(compile(ast.Expression(last.value), notebook, "eval"), names) if last else None
        if isinstance(display, Display):
            html.append(str(display.html()))
    return "".join(html)


def each_table(display: Display) -> list[Table]:
    if isinstance(display, Stack):
        return [table for one in display.displays for table in each_table(one)]
    return [display] if isinstance(display, Table) else []


def cells(table: Table, outlet: str) -> list[str]:
    return table.frame[outlet].astype(str).to_list()


def test_more_than_twenty_copies_of_an_outlet_are_many(archive, harbour):
    assert archive.is_many and not harbour.is_many


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_a_page_of_many_copies_is_small_and_names_few_of_them(notebook, archive, root):
    html = shown(root, notebook, archive)
    assert 5_000 < len(html.encode()) < LARGEST
    named = {doc_id for doc_id in archive.documents["doc_id"] if doc_id in html}
    named |= {doc_id for doc_id, label in archive.labels.items() if label in html}
    read = set(archive.closely("herald").documents["doc_id"])
    allowed = {"comparison": set(), "corpus": {"echo-000"}}  # the first of its kind, as an example
    assert named <= allowed.get(notebook, read)


def test_the_comparison_reads_no_table_of_sentences_or_estimates_whole(archive, root):
    story = archive.afresh()
    shown(root, "comparison", story)
    read = set(vars(story)) & {"sentences", "estimates", "terms", "frame_hits", "sentiment_hits", "lines"}
    assert not read


def test_estimates_of_outlets_stand_in_the_picture_and_in_the_table(archive):
    table = estimate(archive, "words_per_sentence")
    assert (table["scope"] == "outlet").all() and len(table) == 4
    figure = figures.estimates(archive, ["words_per_sentence"], title="Length?")
    for row in table.itertuples():
        assert (
            f"{row.group.capitalize()} {number(row.value, 1)} ({number(row.low, 1)} to {number(row.high, 1)})"
            in figure.alt
        )
    assert "middle eight of ten copies" in figure.caption and len(figure.svg) < 40_000
    (listed,) = each_table(tables.estimates(archive, ["words_per_sentence"], caption="Length"))
    assert listed.frame["outlet"].to_list() == list(archive.outlets.values())


def test_copies_are_counted_by_month_and_outlet(archive):
    table = copies.by_month(archive)
    assert table.frame["month"].to_list() == [f"2031-{month:02}" for month in range(1, 13)]
    assert table.frame[["Echo", "Herald", "Post", "Star"]].to_numpy().tolist() == [[5] * 4] * 12
    assert "hour is known of 240 of 240" in table.note and "360 pairs of copies are compared" in table.note


def test_words_given_to_sources_are_those_of_all_copies_of_an_outlet(archive):
    said = voices.turns(archive)
    own = said[said["outlet_id"] == "post"]
    table = voices.speakers(archive)
    first = table.frame.iloc[0]
    rows = own[own["source"].map(archive.called) == first["source"]]
    quoted = 100 * rows["n_words_quoted"].sum() / own["n_words"].sum()
    assert first["Post"].startswith(f"{number(quoted, 1)}\u00a0·")
    assert first["Post"].endswith(f"({rows['doc_id'].nunique()})")
    assert len(table.frame) <= voices.MOST


def test_names_of_contested_things_are_rates_over_episodes(archive):
    table = namings.namings(archive)
    name = archive.about.contested[0].names[0].name
    row = table.frame[table.frame["called"] == name].iloc[0]
    documents = archive.documents[archive.documents["outlet"] == "echo"].set_index("doc_id")
    hits = archive.namings[
        (archive.namings["surface"] == name) & archive.namings["doc_id"].isin(documents.index)
    ]
    n = hits.groupby("doc_id").size().reindex(documents.index, fill_value=0)
    mean = (1_000 * n / documents["n_words"]).mean()  # of one copy an episode
    assert row["Echo"].startswith(number(mean, 2)) and row["Echo"].endswith(f"[{n.sum()}]")


def test_facts_are_shares_of_an_outlets_copies(archive):
    table = facts.shares(archive)
    assert len(table.frame) == len(archive.facts)
    outlet = archive.coverage["doc_id"].str.split("-").str[0]
    found = archive.coverage[archive.coverage["is_found"]].groupby([outlet, "fact_id"]).size()
    for place, fact in enumerate(archive.facts):
        assert f"{found.get(('star', fact.id), 0)} of 60)" in cells(table, "Star")[place]


def test_what_copies_share_is_counted_within_the_story(archive):
    several, across = shared.shared_utterances(archive)
    parts = archive.quotation_parts[archive.quotation_parts["group_id"] != ""]
    n = parts.groupby("group_id")["doc_id"].nunique()
    assert several == int((n > 1).sum()) and across <= several
    assert isinstance(utterances.utterances(archive), Display)
    assert isinstance(tables.version_changes(archive), Note)


def test_findings_speak_of_outlets_alone(archive):
    assert "outlets" in texts.scope(archive).text and "not shown one by one" in texts.scope(archive).text
    told = summaries.in_short(archive).rows
    assert {row.scope for row in told} == {"outlets, over the episodes both cover"}


def test_a_few_copies_are_read_closely_from_episodes_evenly_spread(archive):
    near = archive.closely("herald")
    assert near.copies("herald") == [f"herald-{episode:03}" for episode in (0, 12, 24, 36, 48)]
    assert len(near.documents) == 4 * CLOSE and not near.is_many
    assert near.excerpt_of == 60
    assert set(near.sentences["doc_id"]) == set(near.documents["doc_id"])
    assert "Of 60 copies of Herald 5 are read closely" in texts.excerpt(near, "herald").text
    assert texts.excerpt(archive, "herald") is None


def test_of_few_copies_all_are_read(harbour):
    assert harbour.closely("ledger") is harbour


def test_the_files_are_told_by_outlet(archive):
    assert tables.documents(archive).frame["copies"].to_list() == [60] * 4
    lines = tables.lines_by_rule(archive).frame
    assert lines["lines"].sum() == len(archive.lines)
    assert isinstance(tables.dropped_lines(archive), Note)


def test_what_was_measured_without_sources_says_so_and_gives_no_zero(archive, root):
    without = archive.over_tables(archive._all, has_sources=False)
    assert not any(measure.family == "sourcing" for measure in without.catalogue)
    for display in (
        figures.estimates(without, ["quoted_share"], title="Who?"),
        figures.differences(without, ["quoted_share"]),
        tables.speakers(without),
        tables.source_types(without),
        tables.cue_words(without, "echo"),
        utterances.utterances(without),
    ):
        assert isinstance(display, Note) and NOT_TAKEN in display.text
    html = shown(root, "sources", without)
    assert html.count(NOT_TAKEN) > 3 and "0 attributions" not in html
    small = without.closely("echo")
    assert isinstance(figures.speakers(small, "echo").displays[0], Note)
