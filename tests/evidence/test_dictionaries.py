"""A dictionary says what it is, refuses what it does not understand, and matches as its README states."""

from __future__ import annotations

import pickle
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.evidence.dictionaries import (
    BUNDLED,
    USES,
    BadDictionary,
    Frame,
    bundled,
    find,
    from_lists,
    from_themes,
    load,
)

HEAD = """\
id: trial
use: frames
title: Trial
source: made up
version: "1"
scope: tests
match: as stated
inclusion: words
exclusion: none
known_misses: all else
written: before_reading
date: "2026-11-22"
frames:
"""
QUARREL = "  quarrel:\n    label: Quarrel\n    description: They differ.\n    entries:\n"


def frame(*entries: str, excluded: tuple[str, ...] = ()) -> Frame:
    return Frame("Label", "", entries, excluded, "", "")


def dictionary(*entries: str, excluded: tuple[str, ...] = ()):
    return from_lists("trial", {}, {"a": frame(*entries, excluded=excluded)})


def found(text: str, *entries: str, excluded: tuple[str, ...] = ()) -> list[str]:
    return [text[start:end] for start, end, _, _ in find(text, dictionary(*entries, excluded=excluded))]


@pytest.fixture
def write(tmp_path):
    def writer(content: str, name: str = "trial.yml"):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return path

    return writer


# Reading


def test_a_file_is_read_as_it_stands(write):
    lists = "      - clash*\n      - at odds\n    except:\n      - clash of cymbals\n"
    read = load(write(HEAD + QUARREL + lists))
    assert (read.id, read.about["version"], read.about["written"]) == ("trial", "1", "before_reading")
    assert read.frames["quarrel"].entries == ("clash*", "at odds")
    assert read.frames["quarrel"].excluded == ("clash of cymbals",)


def test_a_dictionary_is_compiled_once_and_again_when_its_file_says_something_else(write):
    first = load(write(HEAD + QUARREL + "      - clash\n"))
    assert load(write(HEAD + QUARREL + "      - clash\n")) is first
    second = load(write(HEAD + QUARREL + "      - fight\n"))
    assert [second.frames["quarrel"].entries, first.frames["quarrel"].entries] == [("fight",), ("clash",)]


def test_a_word_that_yaml_takes_for_a_truth_value_stays_a_word(write):
    read = load(write(HEAD + QUARREL + "      - NO\n      - 0123\n"))
    assert read.frames["quarrel"].entries == ("NO", "0123")


@pytest.mark.parametrize(
    ("content", "line", "told"),
    [
        (HEAD + QUARREL + "      - clash\n      - Clash\n", 19, "stands twice"),
        (HEAD + QUARREL + "      - cease fire\n      - cease-fire\n", 19, "stands twice"),
        (HEAD + QUARREL + "      - ''\n", 18, "empty entry"),
        (HEAD + QUARREL + "      - '*'\n", 18, "empty entry"),
        (HEAD + QUARREL + "      - ab*\n", 18, "three letters"),
        (HEAD + QUARREL + "      - cl*sh\n", 18, "at the end only"),
        (HEAD + QUARREL + "      - clash: 3\n", 18, "must be a word or phrase"),
        (HEAD + QUARREL + "      - [clash]\n", 18, "must be a word or phrase"),
        (HEAD + QUARREL + "      - !!python/name:os.system\n", 18, "without tags"),
        (HEAD + QUARREL + "      - &a clash\n", 18, "anchors"),
        (HEAD + QUARREL.replace("label", "lable") + "      - clash\n", 15, "unknown key 'lable'"),
        (HEAD.replace("id: trial", "id: other") + QUARREL + "      - clash\n", 1, "allowed: trial"),
        (HEAD.replace("before_reading", "later") + QUARREL + "      - clash\n", 11, "after_reading"),
        (HEAD.replace("2026-11-22", "22 Nov") + QUARREL + "      - clash\n", 12, "2026-01-31"),
        (HEAD + QUARREL + "      - clash\nscope: again\n", 19, "each key once"),
        (HEAD + QUARREL + "      clash\n", 17, "must be a list"),
        (HEAD + QUARREL, 17, "missing or empty"),
        (HEAD, 13, "missing or empty"),
        ("just a text\n", 1, "keys and values are expected"),
        (HEAD + QUARREL + "\t- clash\n", 18, "not readable as YAML"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(write, tmp_path, content, line, told):
    with pytest.raises(BadDictionary) as refusal:
        load(write(content))
    assert str(refusal.value).startswith(f"{tmp_path.name}/trial.yml, line {line}: ")
    assert told in str(refusal.value)


def test_a_missing_key_is_named(write):
    with pytest.raises(BadDictionary, match="'source' is missing"):
        load(write(HEAD.replace("source: made up\n", "") + QUARREL + "      - clash\n"))


@pytest.mark.parametrize("content", ["", "\0", "a: " + "[" * 3000])
def test_a_file_that_is_no_yaml_is_refused(write, content):
    with pytest.raises(BadDictionary, match=r"trial\.yml"):
        load(write(content))


def test_bytes_that_are_not_utf_8_are_refused(tmp_path):
    (tmp_path / "trial.yml").write_bytes(b"id: \xff\xfe")
    with pytest.raises(BadDictionary, match="UTF-8"):
        load(tmp_path / "trial.yml")


def test_the_bundled_dictionaries_are_valid_and_kept_apart_by_use():
    assert list(bundled()) == ["generic_frames"]
    assert len(bundled()["generic_frames"].frames) == 5
    assert list(bundled(use="names")) == ["names"]
    assert list(bundled(use="cues")) == ["cues"]


def test_every_file_that_ships_is_read_under_one_use():
    files = sorted(path.stem for path in BUNDLED.glob("*.yml"))
    assert sorted(dictionary for use in USES for dictionary in bundled(use=use)) == files


def test_the_readme_of_the_dictionaries_names_every_file_and_use():
    told = (BUNDLED / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in BUNDLED.glob("*.yml") if f"| `{path.name}` |" not in told] == []
    (line,) = [line for line in told.splitlines() if line.startswith("use: ")]
    assert [use for use in USES if use not in line] == []


def test_a_list_of_cues_of_ones_own_is_read_and_is_no_frame(write, tmp_path):
    write(HEAD.replace("use: frames", "use: cues") + QUARREL + "      - quarrel\n")
    assert set(bundled(tmp_path, use="cues")) == {"cues", "trial"}
    assert "trial" not in bundled(tmp_path)


def test_a_folder_of_ones_own_adds_and_replaces_by_name(write, tmp_path):
    write(HEAD + QUARREL.replace("quarrel:", "dispute:") + "      - clash\n")
    write(HEAD.replace("id: trial", "id: generic_frames") + QUARREL + "      - clash\n", "generic_frames.yml")
    own = bundled(tmp_path)
    assert set(own) == {"generic_frames", "trial"}
    assert list(own["generic_frames"].frames) == ["quarrel"]


def test_a_frame_has_one_dictionary_since_its_measure_is_named_after_it(write, tmp_path):
    write(HEAD + QUARREL.replace("quarrel:", "conflict:") + "      - clash\n")
    with pytest.raises(
        BadDictionary, match=r"trial\.yml: frame 'conflict' stands in generic_frames\.yml, too"
    ):
        bundled(tmp_path)


def test_the_name_of_the_storys_own_themes_is_kept_for_them(write):
    content = HEAD.replace("id: trial", "id: themes") + QUARREL + "      - clash\n"
    with pytest.raises(BadDictionary, match=r"themes\.yml, line 1: id 'themes' is kept"):
        load(write(content, "themes.yml"))


def test_themes_of_a_story_follow_the_same_rules():
    themes = from_themes([{"id": "law", "label": "Law", "entries": ["court*"], "written": "after_reading"}])
    assert themes.id == "themes"
    assert themes.frames["law"].written == "after_reading"
    with pytest.raises(BadDictionary, match=r"story\.yml, law: entry"):
        from_themes([{"id": "law", "entries": ["court", "court"]}])


def test_a_dictionary_without_entries_finds_nothing():
    assert find("Any text.", from_themes([])) == []


def test_a_dictionary_survives_the_way_to_another_process():
    there = pickle.loads(pickle.dumps(dictionary("clash*")))
    assert find("They clashed.", there) == [(5, 12, "a", "clash*")]


# Matching


def test_only_whole_words_match():
    assert found("The war, the war's end; post-war; warn, award, war", "war") == ["war", "war", "war", "war"]


def test_a_star_stands_for_any_ending():
    assert found("Negotiators negotiate renegotiated terms", "negotiat*") == ["Negotiators", "negotiate"]


def test_case_makes_no_difference_unless_asked_for():
    assert found("ICE on ice, Ice", "ice") == ["ICE", "ice", "Ice"]
    assert found("ICE on ice, Ice", "=ICE") == ["ICE"]


def test_hyphens_apostrophes_and_white_space_come_in_several_kinds():
    assert found("cease-fire, cease fire, cease\u2011fire, cease\n  fire, ceasefire", "cease fire") == [
        "cease-fire",
        "cease fire",
        "cease\u2011fire",
        "cease\n  fire",
    ]
    assert found("They don\u2019t; they don't", "don't") == ["don\u2019t", "don't"]


def test_a_dash_between_words_is_no_hyphen():
    assert found("They cease - fire; they cease \u2014 fire; cease. Fire", "cease fire") == []


def test_a_phrase_does_not_run_over_a_blank_line():
    assert found("They cease\n\nfire", "cease fire") == []


def test_abbreviations_with_full_stops_match():
    assert found("The U.S. and the U.S.-led force, not the U.S.S.R.", "=U.S.") == ["U.S.", "U.S."]


def test_within_a_frame_the_longest_match_wins_wherever_it_begins():
    entries = ("peace talks", "talks", "talks between them")
    assert found("peace talks between them", *entries) == ["talks between them"]
    assert found("peace talks, then talks", "peace talks", "talks") == ["peace talks", "talks"]


def test_across_frames_a_word_counts_in_each():
    both = from_lists("trial", {}, {"a": frame("peace talks"), "b": frame("talks")})
    assert find("peace talks", both) == [(0, 11, "a", "peace talks"), (6, 11, "b", "talks")]


def test_an_excluded_phrase_is_not_counted():
    assert found("A heart attack, then an attack", "attack*", excluded=("heart attack*",)) == ["attack"]


def test_offsets_are_those_of_the_text_whatever_stands_before():
    text = "\u0130  \u0130\n \u00df two  \t words and   peace-talks."  # its first letter is two in lower case
    (hit,) = find(text, dictionary("peace talks"))
    assert text[hit[0] : hit[1]] == "peace-talks"


@given(st.text(alphabet="aAbB c-\n'\u2019\u2013.\u0130", max_size=60))
def test_hits_are_in_order_apart_and_inside_the_text(text):
    hits = find(text, dictionary("a", "ab", "a b", "a b c", "b'a", "=A"))
    assert hits == sorted(hits)
    for (_, end, _, _), (start, _, _, _) in pairwise(hits):
        assert end <= start
    for start, end, _, entry in hits:
        plain = entry.strip("=").replace(" ", "")
        kept = "".join(c for c in text[start:end].replace("\u2019", "'") if c not in " -\u2013\n")
        assert kept.lower() == plain.lower()


def test_time_grows_with_the_text_and_not_with_its_square():
    words = dictionary("peace talks", "talks", "talks peace", "pea*")

    def seconds(n: int) -> float:
        start = time.perf_counter()
        find("peace talks " * n, words)
        return time.perf_counter() - start

    seconds(100)
    assert seconds(40_000) < 40 * max(seconds(4_000), 0.001)
