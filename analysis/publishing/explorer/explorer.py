"""The explorer: all parts wired together, so that what is chosen in one shows in the others."""

from __future__ import annotations

import ipywidgets as widgets

import analysis
from analysis.corpus.matches import BadPattern, SlowPattern
from analysis.publishing.displays import Note
from analysis.publishing.explorer.choices import Choices
from analysis.publishing.explorer.hints import Hint
from analysis.publishing.explorer.selection import NeedsTexts, Selection, TooMany, rows, within
from analysis.publishing.explorer.views import Concordance, MeasureFigure, Pair, Reading, Saving
from analysis.story import Story

NOTHING = "Nothing is chosen yet. Choose an actor, a frame or theme, or type a word; then it can be saved."


class Explorer(widgets.VBox):
    """A story by choice. It shows all its parts; each may be shown in a cell of its own.

    Parts: `choices`, `concordance`, `article`, `side_by_side`, `figure`, `saving`. `story` (of the chosen episode) and `selection` are what is looked at.
    """

    def __init__(self, name: str) -> None:
        self._choices = Choices(self._select, self._load, self._narrow)
        self._concordance = Concordance(lambda row: self._reading.read(row))
        self._reading, self._pair = Reading(), Pair()
        self._figure = MeasureFigure(self._offer_saving)
        self._saving = Saving(lambda: (self.story, self.selection, self._figure.measure.value))
        self.choices, self.concordance = self._choices.view, self._concordance.view
        self.article, self.side_by_side = self._reading.view, self._pair.view
        self.figure, self.saving = self._figure.view, self._saving.view
        self._show(analysis.load_story(name))
        parts = (self.choices, self.concordance, self.article, self.side_by_side, self.figure, self.saving)
        super().__init__(parts)

    @property
    def selection(self) -> Selection:
        """What is chosen."""
        return self._choices.selection

    def _show(self, story: Story) -> None:
        self._whole = story
        self._choices.show(story)
        self._narrow()

    def _narrow(self) -> None:
        """Look at the chosen episode; of very many copies no more than those of one are read."""
        self.story = within(self._whole, self.selection)
        self._choices.offer(self.story, len(self._whole.documents))
        self._pair.show(self.story)
        self._select()

    def _load(self, name: str) -> None:
        """Change to another story; where it cannot be read, say why and stay."""
        said = "one whose measures are not here is measured first, which takes a minute"
        self._choices.say(Hint(f"Reading {name}; {said} …"))
        try:
            story = analysis.load_story(name)
        except (ValueError, LookupError, OSError) as problem:  # what `load_story` raises, and files that went
            self._choices.set_story(self.story.name)
            self._choices.say(
                Note(f"{name} cannot be read: {problem}. This is still {self.story.name}.", "warning")
            )
            return
        self._show(story)

    def _select(self) -> None:
        """Show what is chosen in every part."""
        selection, problem = self.selection, ""
        try:
            found = rows(self.story, selection)
        except (NeedsTexts, TooMany, BadPattern, SlowPattern) as why:
            problem = f"{str(why)[:1].upper()}{str(why)[1:].rstrip('.')}."
            self._concordance.refuse(problem)
        else:
            self._concordance.show(self.story, found, len(selection.criteria))
        self._reading.show(self.story, selection)
        self._figure.show(self.story, selection)
        self._offer_saving("There is nothing to save: what was typed cannot be looked up." if problem else "")

    def _offer_saving(self, problem: str = "") -> None:
        self._saving.show(problem or ("" if self.selection.criteria else NOTHING))


def explore(name: str) -> Explorer:
    """Open the story `name` to be explored. Raises as `analysis.load_story` does."""
    return Explorer(name)
