"""Proposals: what stands in no fact yet, as lines of facts.yml that a person words."""

from __future__ import annotations

import subprocess
import sys

import pytest

from analysis.evidence.coverage import coverage
from analysis.facts_yml import read_facts
from analysis.proposals import NoTexts, as_yaml, proposals


@pytest.fixture(scope="module")
def proposed(harbour):
    return proposals(harbour)


def test_what_most_outlets_have_comes_first(proposed):
    n = [len(one.outlets) for one in proposed]
    assert n == sorted(n, reverse=True) and n[0] > 1 and n[-1] == 1


def test_a_sentence_with_a_known_fact_is_not_proposed(harbour, proposed):
    rows = harbour.passages(harbour.coverage[harbour.coverage["is_found"]])
    known = set(zip(rows["doc_id"], rows["paragraph"], rows["sentence"], strict=True))
    assert not known & {
        (row["doc_id"], row["paragraph"], row["sentence"]) for one in proposed for row in one.passages
    }


def test_versions_of_one_outlet_count_once(proposed):
    both = [
        one
        for one in proposed
        if {row["doc_id"] for row in one.passages} == {"meridian-1-early", "meridian-1-late"}
    ]
    assert both and all(one.outlets == ("meridian",) for one in both)


def test_what_is_not_counted_is_not_proposed(proposed):
    assert "meridian-2-reprint" not in {row["doc_id"] for one in proposed for row in one.passages}


def test_a_proposed_cue_finds_the_sentences_it_was_proposed_from(harbour, proposed):
    facts = [
        {"id": one.id, "episode": one.episode, "available_from": "", "values": (),
         "cues": ({"all": one.cue, "any": (), "not": (), "near": 0, "in": "sentence"},)}
        for one in proposed
    ]  # fmt: skip
    tables = [
        harbour.sentences,
        harbour.quoted_spans,
        harbour.mentions,
        harbour.quotations,
        harbour.quotation_parts,
    ]
    found = coverage(harbour.texts, harbour.documents, *tables, facts)
    held = set(zip(*(found.loc[found["is_found"], name] for name in ("doc_id", "fact_id")), strict=True))
    wanted = {(row["doc_id"], one.id) for one in proposed for row in one.passages}
    assert len(wanted & held) / len(wanted) >= 0.97


def test_accepted_proposals_are_a_valid_file(harbour, proposed, tmp_path):
    lines = as_yaml(proposed, harbour.labels).replace('fact: ""', 'fact: "worded by a person"')
    path = tmp_path / "facts.yml"
    path.write_text(f'written: after_reading\ndate: "2031-03-09"\nfacts:\n{lines}', "utf-8")
    read = read_facts(path, harbour.actors, harbour.episodes)
    assert len(read.facts) == len(proposed)


def test_an_article_cannot_break_out_of_a_comment(harbour, proposed):
    lines = as_yaml(proposed, dict.fromkeys(harbour.labels, "a\nfacts: []\u2028\u0085b"))
    assert all(
        line.lstrip().startswith(("#", "- ", "fact:", "episode:", "cues:", "near:"))
        for line in lines.splitlines()
        if line
    )


def test_without_texts_nothing_is_proposed(harbour_without_texts):
    with pytest.raises(NoTexts, match="facts are proposed from the texts, and they are not in"):
        proposals(harbour_without_texts)


def test_the_command_prints_lines_of_facts_yml(story_data):
    command = [sys.executable, "-m", "analysis", "suggest-facts", "sample-harbour", "--most", "3"]
    done = subprocess.run([*command, "--data", str(story_data)], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and done.stdout.count("- id: draft-") == 3
    assert "3 printed" in done.stderr


def test_the_command_ends_with_2_where_texts_are_not_here(story_data):
    command = [sys.executable, "-m", "analysis", "suggest-facts", "kim-putin-2023", "--data", str(story_data)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "they are not in" in done.stderr
