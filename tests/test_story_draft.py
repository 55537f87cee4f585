"""A story.yml that begins a story is a valid one, and people's own lines survive what is added."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.story_draft import draft, with_outlets
from analysis.story_yml import BadStory, read_story_yml

ACTORS = [{"id": "ines-falk", "name": "Ines Falk", "aliases": ["Falk", 'the "skipper"']}]
OWN = """\
# mine
title: "T"
date: "2031-01-05"
texts: open
outlets:
  - id: echo   # the first
    name: "The Echo"

  # those below were added by hand
  - {id: post, name: P}

# people
actors: []
"""


def test_a_draft_is_a_valid_story_that_says_what_to_edit(tmp_path):
    text = draft("bridge-vote", "2031-01-05", {"echo": "The Echo", "na": "NO: it’s 'quoted'"}, ACTORS)
    (tmp_path / "story.yml").write_text(text, "utf-8")
    story = read_story_yml(tmp_path / "story.yml")
    assert (story.title, story.date, story.texts) == ("Bridge vote", "2031-01-05", "private")
    assert [(one.id, one.name) for one in story.outlets] == [
        ("echo", "The Echo"),
        ("na", "NO: it’s 'quoted'"),
    ]
    assert story.actors[0].aliases == ("Falk", 'the "skipper"')
    assert "to be edited" in text and "# themes:" in text and "# contested:" in text


def test_a_draft_without_a_day_outlet_or_actor_is_valid_and_says_so(tmp_path):
    text = draft("x", "", {}, [])
    (tmp_path / "story.yml").write_text(text, "utf-8")
    story = read_story_yml(tmp_path / "story.yml")
    assert (story.date, story.outlets[0].id, story.actors) == ("", "unknown", ())
    assert "no article says: put the day of the event" in text


@given(name=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_no_name_becomes_markup_of_the_draft(tmp_path_factory, name):
    path = tmp_path_factory.mktemp("draft") / "story.yml"
    path.write_text(
        draft("x", "2031-01-05", {"a": name}, [{"id": "b", "name": name, "aliases": [name]}]), "utf-8"
    )
    if name.strip():  # a name of white space alone is refused
        story = read_story_yml(path)
        assert story.outlets[0].name == " ".join(name.split()) == story.actors[0].aliases[0]


def test_outlets_are_added_at_the_end_of_the_list_and_nothing_else_changes(tmp_path):
    path = tmp_path / "story.yml"
    path.write_text(OWN, "utf-8")
    path.write_text(with_outlets(path, {"ledger": 'The "Ledger"'}), encoding="utf-8")
    assert [one.id for one in read_story_yml(path).outlets] == ["echo", "post", "ledger"]
    lines = path.read_text("utf-8").splitlines()
    lines.remove('  - {id: ledger, name: "The \\"Ledger\\""}')
    assert lines == OWN.splitlines()


def test_a_list_that_cannot_be_added_to_is_left_and_the_lines_are_told(tmp_path):
    path = tmp_path / "story.yml"
    text = OWN.replace("outlets:\n", "outlets: [\n").replace(
        '  - id: echo   # the first\n    name: "The Echo"\n', "  {id: echo, name: E},\n"
    )
    text = text.replace("  - {id: post, name: P}\n", "  {id: post, name: P}]\n")
    path.write_text(text, "utf-8")
    assert len(read_story_yml(path).outlets) == 2
    with pytest.raises(BadStory, match=r"add by hand: - \{id: ledger"):
        with_outlets(path, {"ledger": "L"})
    assert path.read_text("utf-8") == text and not list(tmp_path.glob(".*"))
