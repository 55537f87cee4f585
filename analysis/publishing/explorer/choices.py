"""Choices: what a reader looks at, as controls: story, outlets, voice, actor, frame or theme, word."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets

from analysis.outline import story_names
from analysis.publishing import texts
from analysis.publishing.displays import Display
from analysis.publishing.explorer.controls import Shown, checkbox, dropdown, row, text, view
from analysis.publishing.explorer.hints import Hint
from analysis.publishing.explorer.lines import counted
from analysis.publishing.explorer.selection import ALL, Selection
from analysis.story import Story

VOICES = (("all words", ALL), ("outside quotation marks", "outside"), ("inside quotation marks", "quoted"))


class Choices:
    """The controls of a selection; `on_change` is called when a reader changes one, `on_story` with the name of another story.

    `on_episode` is called when another episode is chosen: what there is to choose has then to be offered anew.
    """

    def __init__(
        self,
        on_change: Callable[[], None],
        on_story: Callable[[str], None],
        on_episode: Callable[[], None],
    ) -> None:
        self.story = dropdown("Story", [(name, name) for name in story_names()])
        self.episode = dropdown("Episode")
        self.voice = dropdown("Voice", VOICES)
        self.actor = dropdown("Actor")
        self.frame = dropdown("Frame or theme")
        self.word = text("Whole word or phrase, capitals ignored", "type, then press Enter")
        self.is_regex = checkbox("read it as a regular expression")
        self.outlets: dict[str, widgets.Checkbox] = {}
        self._boxes = widgets.Box().add_class("plx-boxes")
        self._said = Shown()
        self._is_set = False  # by the program; then nobody is told
        self._on_change, self._on_story, self._on_episode = on_change, on_story, on_episode
        self.story.observe(self._change_story, "value")
        self.episode.observe(self._change_episode, "value")
        for control in (self.voice, self.actor, self.frame, self.word, self.is_regex):
            control.observe(self._change, "value")
        first, second = (
            row(self.story, self.episode, self.voice),
            row(self.actor, self.frame, self.word, self.is_regex),
        )
        self.view = view(first, self._boxes, second, self._said)

    @property
    def selection(self) -> Selection:
        """What is chosen."""
        return Selection(
            tuple(id for id, box in self.outlets.items() if box.value),
            self.voice.value,
            self.actor.value,
            self.frame.value,
            self.word.value,
            self.is_regex.value,
            self.episode.value,
        )

    def show(self, story: Story) -> None:
        """Offer the episodes of a story, all of them together first; of very many copies the first one is chosen."""
        self._is_set = True
        names = list(dict.fromkeys([*story_names(), story.name]))
        self.story.options, self.story.value = [(name, name) for name in names], story.name
        n_copies = story.documents["episode"].value_counts(sort=False)
        episodes = [(f"{story.episodes.get(id, id) or 'none'} ({n:,})", id) for id, n in n_copies.items()]
        every = [] if story.is_many else [("all", None)]
        self.episode.options = [*every, *episodes]
        self.episode.value = self.episode.options[0][1]
        self.episode.layout.display = "none" if len(episodes) < 2 else None
        self._is_set = False

    def offer(self, story: Story, n_all: int) -> None:
        """Offer what there is in a story, or in that of an episode out of `n_all` documents.

        The first frame or theme that has an indicator word in it is chosen.
        """
        self._is_set = True
        present = set(story.mentions["actor"])
        actors = [(name, id) for id, name in story.actors.items() if id in present]
        hit = set(story.frame_hits["frame"])
        frames = [
            (f"{label} ({dictionary.replace('_', ' ')})", id)
            for dictionary, own in story.frames.items()
            for id, label in own.items()
        ]
        self.actor.options, self.actor.value = [("any or none", ""), *actors], ""
        self.frame.options = [("any or none", ""), *frames]
        self.frame.value = next((id for _, id in frames if id in hit), "")
        self.voice.value, self.word.value, self.is_regex.value = ALL, "", False
        for box in self.outlets.values():
            box.unobserve_all()
        self.outlets = {id: checkbox(name) for id, name in story.outlets.items()}
        for box in self.outlets.values():
            box.observe(self._change, "value")
        self._boxes.children = [widgets.Label("Outlets (none ticked: all)"), *self.outlets.values()]
        self.say(*_about(story, n_all))
        self._is_set = False

    def say(self, *displays: Display) -> None:
        """Put something under the controls."""
        self._said.show(*displays)

    def set_story(self, name: str) -> None:
        """Show the name of a story as the chosen one, and tell nobody."""
        self._is_set = True
        self.story.value = name
        self._is_set = False

    def _change(self, _: object) -> None:
        if not self._is_set:
            self._on_change()

    def _change_story(self, change) -> None:
        if not self._is_set:
            self._on_story(change["new"])

    def _change_episode(self, _: object) -> None:
        if not self._is_set:
            self._on_episode()


def _about(story: Story, n_all: int) -> list[Display]:
    """What a story is, of how many documents in all, and whether passages can be shown."""
    n = f"{counted(len(story.documents), 'copy', 'copies')} of {counted(len(story.outlets), 'outlet')}"
    if len(story.documents) < n_all:
        n = f"{n}, out of {n_all:,} copies in all episodes"
    missing = len(story.documents) - len(set(story.documents["doc_id"]) & set(story.texts))
    if not missing:
        where = "The texts are here: passages are shown."
    elif story.has_text:
        where = f"The texts of {counted(missing, 'copy', 'copies')} are not here: of these places are shown."
    else:
        where = "The texts are not here: places are shown instead of passages."
    changed = texts.changed(story)
    return [Hint(f"{story.about.title}: {n}. {where}"), *([changed] if changed else [])]
