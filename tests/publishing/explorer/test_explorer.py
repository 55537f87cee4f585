"""What is chosen in one part of the explorer shows in the others; nothing a reader can choose breaks it."""

from __future__ import annotations

from dataclasses import replace

import ipywidgets as widgets
import pytest

import analysis
from analysis.outline import UnknownStory
from analysis.publishing.explorer.explorer import Explorer, explore
from analysis.publishing.explorer.selection import Selection, rows


@pytest.fixture
def explorer(harbour, founding, tmp_path, monkeypatch) -> Explorer:
    stories = {"sample-harbour": harbour, "kim-putin-2023": founding}
    monkeypatch.setenv("PARALLAX_DATA", str(founding.folder.parent))
    monkeypatch.setenv("PARALLAX_REPORTS", str(tmp_path / "reports"))
    monkeypatch.setattr(analysis, "load_story", stories.__getitem__)
    return explore("sample-harbour")


def said(part: widgets.VBox) -> str:
    """The HTML of what a part shows."""
    return part.children[-1].value if isinstance(part.children[-1], widgets.HTML) else part.children[-2].value


def controls(widget: widgets.Widget) -> list[widgets.Widget]:
    own = [one for child in getattr(widget, "children", ()) for one in controls(child)]
    kinds = (widgets.Dropdown, widgets.Text, widgets.Checkbox, widgets.Button)
    return [widget, *own] if isinstance(widget, kinds) else own


def test_a_story_opens_with_something_to_read_in_every_part(explorer, harbour):
    assert explorer.selection == Selection(frame="conflict")
    n = len(rows(harbour, explorer.selection))
    assert f"rows 1 to 20 of {n} are shown" in said(explorer.concordance)
    assert "Meridian Wire, early" in said(explorer.article) and "= same words" in said(explorer.side_by_side)
    assert "Indicator words of Conflict" in said(explorer.figure) and "<img" in said(explorer.figure)
    assert not explorer._saving.button.disabled


def test_every_control_has_a_description_that_is_not_cut(explorer):
    found = controls(explorer)
    assert len(found) == 22
    assert all(one.description for one in found)
    boxes = [one for one in found if not isinstance(one, widgets.Button)]
    assert {one.style.description_width for one in boxes} == {"initial"}
    names = [one.description for one in found]
    assert len(set(names)) == len(names)


def test_a_choice_shows_in_every_part_it_bears_on(explorer):
    choices = explorer._choices
    choices.outlets["ledger"].value = choices.outlets["ibh"].value = True
    assert "Meridian" not in said(explorer.concordance) + said(explorer.figure)
    offered = [doc_id for _, doc_id in explorer._reading.copy.options]
    assert offered == [
        doc_id for doc_id in explorer.story.documents["doc_id"] if doc_id.startswith(("ledger", "ibh"))
    ]
    assert len(offered) == 8
    choices.frame.value = "environment"
    assert explorer._figure.measure.value == "theme_environment"
    choices.voice.value = "quoted"
    assert explorer.selection == Selection(("ledger", "ibh"), "quoted", frame="environment")
    assert "in quotation marks" in said(explorer.concordance)
    choices.voice.value = "all"
    choices.actor.value = "brannick"
    choices.word.value = "reef"
    assert "Odile Brannick" in said(explorer.concordance)
    choices.word.value = "walrus"
    assert "No sentence holds all of these; take one away." in said(explorer.concordance)
    choices.word.value = choices.actor.value = choices.frame.value = ""
    assert "Choose an actor" in said(explorer.concordance) and explorer._saving.button.disabled


def test_rows_are_sorted_filtered_and_shown_by_the_page(explorer):
    concordance = explorer._concordance
    before = said(explorer.concordance)
    concordance.sort.value = "hit"
    assert said(explorer.concordance) != before
    concordance.page.value = 50
    assert "rows 1 to 50 of" in said(explorer.concordance) and len(concordance.open.options) == 51
    concordance.more.click()
    assert concordance.more.disabled and "rows 1 to 60 of 60" in said(explorer.concordance)
    concordance.contains.value = "Verrin Courier"
    assert "more do not hold the text of the filter" in said(explorer.concordance)
    concordance.contains.value = "no such words"
    assert concordance.open.disabled and "holds the text of the filter" in said(explorer.concordance)


def test_a_row_opens_its_article_at_its_sentence(explorer, harbour):
    explorer._choices.word.value = "walrus"
    explorer._choices.word.value = ""
    chosen = rows(harbour, explorer.selection).iloc[7]
    explorer._concordance.open.value = 7
    assert explorer._reading.copy.value == chosen["doc_id"]
    assert f'<mark class="chosen-hit">{chosen["hit"]}</mark>' in said(explorer.article)
    explorer._reading.tint.value = "speaker"
    assert "chosen sentence" in said(explorer.article)
    explorer._reading.copy.value = "ledger-1"
    assert "chosen sentence" not in said(explorer.article)


def test_what_was_typed_wrong_is_said_and_the_other_parts_go_on(explorer):
    explorer._choices.is_regex.value = True
    explorer._choices.word.value = "(boat"
    assert "unterminated subpattern at character 1" in said(explorer.concordance)
    assert explorer._saving.button.disabled and "<img" in said(explorer.figure)
    explorer._choices.word.value = "boats?"
    assert "hits in" in said(explorer.concordance) and not explorer._saving.button.disabled


def test_a_story_without_texts_takes_its_place(explorer, founding):
    explorer._choices.word.value = "reef"
    explorer._choices.story.value = "kim-putin-2023"
    assert explorer.story is founding and explorer.selection == Selection(frame="conflict")
    assert "places are shown instead of passages" in said(explorer.choices) + said(explorer.concordance)
    assert list(explorer._choices.outlets) == list(founding.outlets)
    assert "sentence 1" in said(explorer.article) and "paragraph 1" in said(explorer.side_by_side)
    explorer._choices.frame.value = ""
    explorer._choices.word.value = "weapons"
    assert "how often a word stands in the body of a copy, not where" in said(explorer.concordance)
    explorer._concordance.open.value = 0
    assert "chosen sentence" not in said(explorer.article)
    explorer._choices.is_regex.value = True
    assert "A regular expression is searched for in the texts, and they are not here." in said(
        explorer.concordance
    )
    explorer._choices.story.value = "sample-harbour"
    assert "Meridian Wire" in said(explorer.article)


def test_a_story_that_cannot_be_read_leaves_the_one_that_is_shown(explorer, harbour, monkeypatch):
    def unreadable(name: str) -> None:
        raise UnknownStory(f"story {name!r} was <never> measured")

    monkeypatch.setattr(analysis, "load_story", unreadable)
    explorer._choices.story.value = "kim-putin-2023"
    assert explorer.story is harbour and explorer._choices.story.value == "sample-harbour"
    assert "was &lt;never&gt; measured" in said(explorer.choices)
    explorer._choices.word.value = "reef"
    assert "Lantern" not in said(explorer.choices)


def test_saving_names_its_files_and_a_failure(explorer, tmp_path):
    explorer._saving.button.click()
    assert len(list((tmp_path / "reports/sample-harbour/explored").iterdir())) == 3
    assert ".csv" in said(explorer.saving) and ".py" in said(explorer.saving)
    explorer._choices.word.value = "boat"
    assert said(explorer.saving) == ""
    (tmp_path / "reports/sample-harbour").rename(tmp_path / "away")
    (tmp_path / "reports/sample-harbour").write_text("in the way")
    explorer._saving.button.click()
    assert "Nothing was saved" in said(explorer.saving)


def test_of_very_many_copies_those_of_one_episode_are_read(archive, monkeypatch):
    monkeypatch.setattr(analysis, "load_story", lambda name: archive.afresh())
    explorer = explore(archive.name)
    first, second = archive.documents["episode"].unique()[:2]
    episode = explorer._choices.episode
    assert episode.value == first and None not in [id for _, id in episode.options]
    assert explorer.story.documents["episode"].unique().tolist() == [first]
    assert "4 copies of 4 outlets, out of 240 copies in all episodes" in said(explorer.choices)
    assert "sentences" not in explorer._whole.__dict__  # nothing was read of all
    episode.value = second
    assert explorer.selection.episode == second
    assert explorer.story.documents["episode"].unique().tolist() == [second]
    explorer._choices.word.value = "the"
    assert rows(archive, explorer.selection).equals(rows(explorer.story, explorer.selection))
    assert set(rows(archive, explorer.selection)["doc_id"]) <= set(explorer.story.documents["doc_id"])


def test_an_episode_is_chosen_where_there_are_several(explorer, harbour):
    episode = explorer._choices.episode
    assert [id for _, id in episode.options] == [None, *harbour.episodes] and episode.layout.display is None
    assert explorer.selection.episode is None
    episode.value = "day-2"
    assert len(explorer._reading.copy.options) == 6
    explorer._load("kim-putin-2023")
    assert episode.layout.display == "none" and explorer.selection.episode is None


@pytest.mark.parametrize("kind", ["one copy", "no frame", "nothing counted"])
def test_a_story_with_next_to_nothing_in_it_can_be_opened(harbour, monkeypatch, kind):
    story = {
        "one copy": replace(harbour, documents=harbour.documents.head(1)),
        "no frame": replace(
            harbour, frame_hits=harbour.frame_hits.iloc[:0], mentions=harbour.mentions.iloc[:0]
        ),
        "nothing counted": replace(
            harbour,
            documents=harbour.documents.assign(is_counted=False),
            estimates=harbour.estimates.iloc[:0],
        ),
    }[kind]
    monkeypatch.setattr(analysis, "load_story", lambda name: story)
    explorer = explore(story.name)
    assert all(said(part) for part in explorer.children[:-1])


def test_a_story_that_is_none_is_an_error_at_once():
    with pytest.raises(UnknownStory):
        explore("no-such-story")
