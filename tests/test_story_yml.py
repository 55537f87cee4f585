"""story.yml is read as strings, and a mistake is named with its line and what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.story_yml import BadStory, read_story_yml

GOOD = """\
title: "A quay is closed"
date: "2031-01-05"
texts: open
outlets:
  - id: alpha
    name: NO
  - id: beta
    name: 0123
episodes:
  - id: day-1
    label: "The first day"
    date: "2031-01-04"
versions:
  - outlet: alpha
    episode: day-1
    use: alpha-late
actors:
  - id: mayor
    name: "Ola Brandt"
    aliases: ["Brandt", "the mayor"]
    source_type: official
contested:
  - id: closure
    label: "the closure"
    written: before_reading
    date: "2031-01-01"
    names:
      - name: "closure"
        entries: ["closure"]
      - name: "lockout"
        entries: ["lockout", "locked out"]
themes:
  - id: trade
    label: "Trade"
    written: before_reading
    date: "2031-01-01"
    entries: ["export*", "trade"]
"""


def story_yml(folder: Path, text: str) -> Path:
    path = folder / "story.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_strings_stay_strings(tmp_path):
    story = read_story_yml(story_yml(tmp_path, GOOD))
    assert [outlet.name for outlet in story.outlets] == ["NO", "0123"]
    assert (story.title, story.date) == ("A quay is closed", "2031-01-05")
    assert (story.outlet_name("beta"), story.outlet_name("gamma")) == ("0123", "gamma")
    assert story.actors[0].aliases == ("Brandt", "the mayor")


def test_what_may_be_left_out_is_empty(tmp_path):
    short = 'title: "T"\ndate: "2031-01-05"\ntexts: private\noutlets: [{id: a, name: A}]\n'
    story = read_story_yml(story_yml(tmp_path, short))
    assert (story.episodes, story.versions, story.actors, story.themes) == ((), (), (), ())
    assert (story.language, story.note) == ("en", "")


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("texts: open", "texts: shared", 3, "'private' or 'open'"),
        ("texts: open", "text: open", 3, "unknown key; allowed: title, date, language, texts"),
        ("    name: NO", "    label: NO", 6, "unknown key; allowed: id, name"),
        ("    source_type: official", "    kind: official", 21, "allowed: id, name, aliases, country"),
        ("    source_type: official", "    source_type: expert", 21, "'official', 'non-official'"),
        ("id: alpha", "id: Alpha", 5, "small letters"),
        ("id: alpha", "id: ../up", 5, "small letters"),
        ("id: beta", "id: alpha", 7, "id 'alpha' stands twice"),
        ('date: "2031-01-05"', "date: 2031-13-45", 2, "'2031-13-45' is no date; allowed: a day as 2026-01-31"),
        ('    date: "2031-01-04"', "    date: yesterday", 12, "is no date"),
        ("  - outlet: alpha", "  - against: gamma\n    outlet: alpha", 14, "no outlet 'gamma'; there are: alpha, beta"),
        ("  - outlet: alpha", "  - outlet: alfa", 14, "no outlet 'alfa'; there are: alpha, beta"),
        ("written: before_reading", "written: later", 25, "'before_reading', 'after_reading'"),
        ('["lockout", "locked out"]', '["lockout", "closure"]', 31, "'closure' stands twice"),
        ('["lockout", "locked out"]', "[]", 31, "at least one is needed"),
        ('["export*", "trade"]', '["*port"]', 37, "* is allowed at the end only"),
        ("title: ", "title: !!python/object/apply:os.system ", 1, "tag"),
        ("texts: open", "texts: open\ntexts: open", 4, "each key once"),
        ("texts: open", "texts: &a open", 3, "anchors and aliases"),
        ("outlets:", "outlets: {", 5, "not readable as YAML"),
        ("    label: \"The first day\"", "    label: [a]", 11, "a text is expected"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line_and_what_is_allowed(tmp_path, old, new, line, says):
    assert old in GOOD
    with pytest.raises(BadStory) as refusal:
        read_story_yml(story_yml(tmp_path, GOOD.replace(old, new, 1)))
    message = str(refusal.value)
    assert message.startswith(f"{tmp_path.name}/story.yml, line {line}: ") and says in message


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "only words\n", "\t- x: [\n"])
def test_another_kind_of_file_is_refused(tmp_path, text):
    with pytest.raises(BadStory, match=r"story\.yml"):
        read_story_yml(story_yml(tmp_path, text))


def test_bytes_that_are_no_text_are_refused(tmp_path):
    (tmp_path / "story.yml").write_bytes(b"title: \xff\xfe\x00")
    with pytest.raises(BadStory, match=r"story\.yml"):
        read_story_yml(tmp_path / "story.yml")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(BadStory, match=r"story\.yml: no such file"):
        read_story_yml(tmp_path / "story.yml")


def test_a_missing_key_is_asked_for(tmp_path):
    with pytest.raises(BadStory, match="line 1: outlets: is missing"):
        read_story_yml(story_yml(tmp_path, 'title: "T"\ndate: "2031-01-05"\ntexts: open\n'))
