"""facts.yml and coded_facts.csv: read by schema, a mistake named with file, line and what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.facts_yml import BadFacts, read_coded, read_facts

HEAD = 'written: after_reading\ndate: "2031-01-05"\nfacts:\n'
FACT = "  - id: ferry-late\n    fact: The ferry was late\n    cues:\n      - all: [ferry, [late, delayed]]\n"


def read(folder: Path, facts: str, head: str = HEAD):
    path = folder / "facts.yml"
    path.write_text(head + facts, "utf-8")
    return read_facts(path, ["mayor"], ["day-1"])


def test_a_story_without_the_file_has_no_facts(tmp_path):
    assert read_facts(tmp_path / "facts.yml") is None


def test_a_fact_is_read_with_its_cues(tmp_path):
    (fact,) = read(tmp_path, FACT).facts
    assert fact.cues[0].all_ == ("ferry", ("late", "delayed"))
    assert (fact.cues[0].near, fact.cues[0].in_, fact.available_from) == (0, "sentence", "")


@pytest.mark.parametrize(
    ("facts", "line", "what"),
    [
        (FACT + FACT, 8, "id 'ferry-late' stands twice"),
        (FACT.replace("cues", "cue"), 6, "unknown key; allowed: id, fact, episode, available_from, cues, values"),
        (FACT.replace("all:", "every:"), 7, "unknown key; allowed: all, any, not, near, in"),
        (FACT.replace("[ferry, [late, delayed]]", '["@captain"]'), 7, "no actor '@captain'; there are: mayor"),
        (FACT.replace("[ferry, [late, delayed]]", '["#two"]'), 7, "'#two' is no number"),
        (FACT.replace("all: [ferry, [late, delayed]]", "not: [ferry]"), 7, "a cue needs 'all' or 'any'"),
        (FACT + "        in: page\n", 8, "Input should be 'sentence', 'two sentences' or 'paragraph'"),
        (FACT + "        near: some\n", 8, "valid integer"),
        (FACT + "    episode: day-2\n", 8, "no episode 'day-2'; there are: day-1"),
        (FACT + '    available_from: "soon"\n', 8, "'soon' is no time; allowed: a day as 2026-01-31"),
        (FACT + '    available_from: "13.9.2023"\n', 8, "is no time"),
        (FACT + '    available_from: "2023"\n', 8, "is no time"),
        (FACT.replace("[ferry, [late, delayed]]", "fog"), 7, "a list is expected, as [one, two]"),
        (FACT.replace("[late, delayed]", "[]"), 7, "at least one is needed"),
        (FACT + '    available_from: "2031-01-05T10:00"\n', 8, "with its zone"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(tmp_path, facts, line, what):
    with pytest.raises(BadFacts, match=f"/facts.yml, line {line}:") as caught:
        read(tmp_path, facts)
    assert what in str(caught.value)


def test_all_mistakes_are_named_at_once(tmp_path):
    with pytest.raises(BadFacts) as caught:
        read(tmp_path, FACT.replace("ferry,", '"@captain",') + FACT.replace("[late, delayed]", '"#two"'))
    assert str(caught.value).count("facts.yml, line") == 3


def test_an_empty_file_is_refused(tmp_path):
    with pytest.raises(BadFacts, match="the file is empty"):
        read(tmp_path, "", head="")


def test_the_codes_of_a_person_are_read_as_text(tmp_path):
    facts = read(tmp_path, FACT).facts
    path = tmp_path / "coded_facts.csv"
    path.write_text("fact_id,doc_id,line,value\nferry-late,001,3,\nferry-late,NA,,\n", "utf-8")
    assert read_coded(path, facts, ["001", "NA"])["doc_id"].tolist() == ["001", "NA"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("fact_id,doc_id,value\n", "line 1: no column line"),
        ("fact_id,doc_id,line,value\nferry-early,001,3,\n", "line 2: no fact_id 'ferry-early'; there are: ferry-late"),
        ("fact_id,doc_id,line,value\nferry-late,001,3,\nferry-late,002,3,\n", "line 3: no doc_id '002'"),
        ("fact_id,doc_id,line,value\nferry-late,001,three,\n", "line 2: line 'three'; allowed: a number"),
        ("fact_id,doc_id,line,value\nferry-late,001,3,late\n", "line 2: ferry-late has no value 'late'; there are: none"),
        ("fact_id,doc_id,line,value\nferry-late,001,3,\nferry-late,001,9,\n", "line 3: ferry-late in 001 stands twice"),
        ('fact_id,doc_id,line,value\nferry-late,"001,3,\n', "not readable as CSV"),
    ],
)  # fmt: skip
def test_a_wrong_code_is_named_with_its_line(tmp_path, text, what):
    facts = read(tmp_path, FACT).facts
    path = tmp_path / "coded_facts.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(BadFacts, match=r"coded_facts\.csv") as caught:
        read_coded(path, facts, ["001"])
    assert what in str(caught.value)
