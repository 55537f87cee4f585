"""Views: the parts of the explorer, each its controls and the display that they change."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets
import pandas as pd

from analysis.publishing.displays import Note, Prose
from analysis.publishing.explorer.controls import Shown, dropdown, row, text, view
from analysis.publishing.explorer.hints import Hint
from analysis.publishing.explorer.lines import MOST, SORTS, Lines, arranged, row_names
from analysis.publishing.explorer.measure_figure import measure_figure, measure_names, measure_of_frame
from analysis.publishing.explorer.reading import TINTS, Article
from analysis.publishing.explorer.saving import save
from analysis.publishing.explorer.selection import Selection, doc_ids
from analysis.publishing.explorer.side_by_side import SideBySide, first_pair
from analysis.story import Story

PAGES = (20, 50, 100, MOST)


class Concordance:
    """The rows of the selection, sorted and filtered, a page at a time; `on_open` is called with a row to read."""

    def __init__(self, on_open: Callable[[pd.Series], None]) -> None:
        self.sort = dropdown("Sorted by", [(label, key) for key, (label, _) in SORTS.items()])
        self.contains = text("Rows that hold the text", "type, then press Enter")
        self.page = dropdown("Rows on a page", [(str(n), n) for n in PAGES])
        self.more = widgets.Button(description="More rows")
        self.open = dropdown("Read a row in its article", is_wide=True)
        self._shown = Shown()
        self._rows = self._all = pd.DataFrame()
        self._story: Story | None = None
        self._n_criteria = self._n = 0
        self._is_set = False
        self._on_open = on_open
        for control in (self.sort, self.contains, self.page):
            control.observe(lambda _: self._arrange(), "value")
        self.more.on_click(lambda _: self._list(self._n + self.page.value))
        self.open.observe(self._open, "value")
        self.view = view(row(self.sort, self.contains, self.page), self._shown, row(self.more, self.open))

    def show(self, story: Story, rows: pd.DataFrame, n_criteria: int) -> None:
        """List the rows of a selection, for which so many criteria were chosen."""
        self._story, self._all, self._n_criteria = story, rows, n_criteria
        self._arrange()

    def refuse(self, why: str) -> None:
        """Say why there are no rows."""
        self._all = self._rows = pd.DataFrame()
        self._shown.show(Note(why, "warning"))
        self._offer([])

    def _arrange(self) -> None:
        if self._story is None or self._all.columns.empty:
            return
        self._rows = arranged(self._story, self._all, sort=self.sort.value, contains=self.contains.value)
        self._list(self.page.value)

    def _list(self, n: int) -> None:
        self._n = n
        self._shown.show(Lines(self._story, self._rows, n, len(self._all), self._n_criteria))
        self._offer(row_names(self._story, self._rows.head(n)))

    def _offer(self, names: list[str]) -> None:
        self._is_set = True
        self.open.options = [("choose a row", -1), *((name, n) for n, name in enumerate(names))]
        self.open.value = -1
        self.open.disabled = not names
        self.more.disabled = not len(names) < min(len(self._rows), MOST)
        self._is_set = False

    def _open(self, change) -> None:
        if not self._is_set and change["new"] is not None and change["new"] >= 0:
            self._on_open(self._rows.iloc[change["new"]])


class Reading:
    """One article of the chosen outlets, tinted."""

    def __init__(self) -> None:
        self.copy = dropdown("Copy", is_wide=True)
        self.tint = dropdown("Sentences tinted by", [(label, key) for key, label in TINTS.items()])
        self._shown = Shown()
        self._story: Story | None = None
        self._selection = Selection()
        self._chosen: tuple = ()  # a sentence, and what was hit in it
        self._is_set = False
        self.copy.observe(self._change_copy, "value")
        self.tint.observe(lambda _: self._read(), "value")
        self.view = view(row(self.copy, self.tint), self._shown)

    def show(self, story: Story, selection: Selection) -> None:
        """Offer the articles of a selection; the one that is read stays, where it is among them."""
        self._is_set = True
        offered = doc_ids(story, selection)
        kept = self.copy.value if story is self._story and self.copy.value in offered else None
        self._chosen = self._chosen if kept else ()
        self._story, self._selection = story, selection
        self.copy.options = [(story.labels[doc_id], doc_id) for doc_id in offered]
        self.copy.value = kept or next(iter(offered), None)
        self._is_set = False
        self._read()

    def read(self, row: pd.Series) -> None:
        """Open the article of a row of the selection at its sentence; of a word without a place at its beginning."""
        self._is_set = True
        self.copy.value = row["doc_id"]
        self._is_set = False
        is_placed = pd.notna(row["sentence_id"])
        self._chosen = (int(row["sentence_id"]), (int(row["start"]), int(row["end"]))) if is_placed else ()
        self._read()

    def _change_copy(self, _: object) -> None:
        if not self._is_set:
            self._chosen = ()
            self._read()

    def _read(self) -> None:
        if self._story is None or self.copy.value is None:
            self._shown.show(Hint("There is no copy to read."))
            return
        voice, frame = self._selection.voice, self._selection.frame
        self._shown.show(Article(self._story, self.copy.value, self.tint.value, voice, frame, *self._chosen))


class Pair:
    """Two copies beside each other."""

    def __init__(self) -> None:
        self.first, self.second = dropdown("First copy", is_wide=True), dropdown("Second copy", is_wide=True)
        self._shown = Shown()
        self._story: Story | None = None
        self._is_set = False
        for control in (self.first, self.second):
            control.observe(lambda _: self._compare(), "value")
        self.view = view(row(self.first, self.second), self._shown)

    def show(self, story: Story) -> None:
        """Offer the copies of a story; the pair that shares most sentences comes first."""
        self._is_set = True
        self._story = story
        pair = first_pair(story)
        options = [(story.labels[doc_id], doc_id) for doc_id in story.documents["doc_id"]]
        for control, doc_id in zip((self.first, self.second), pair or (None, None), strict=True):
            control.options, control.value = options if doc_id else (), doc_id
        self._is_set = False
        self._compare()

    def _compare(self) -> None:
        if self._is_set or self._story is None:
            return
        if len(self._story.documents) < 2:
            self._shown.show(Hint("There is one copy, and nothing to set beside it."))
            return
        self._shown.show(SideBySide(self._story, self.first.value, self.second.value))


class MeasureFigure:
    """The figure of one measure for the chosen outlets and voice; `on_change` is called when another measure is chosen."""

    def __init__(self, on_change: Callable[[], None]) -> None:
        self.measure = dropdown("Measure", is_wide=True)
        self._shown = Shown()
        self._drawn: tuple = ()
        self._story: Story | None = None
        self._selection = Selection()
        self._is_set = False
        self._on_change = on_change
        self.measure.observe(self._change, "value")
        self.view = view(row(self.measure), self._shown)

    def show(self, story: Story, selection: Selection) -> None:
        """Draw the measure for a selection; where another frame or theme is chosen, it is the measure of its words."""
        self._is_set = True
        names = measure_names(story)
        if story is not self._story:
            self.measure.options = [(title, name) for name, title in names.items()]
            self.measure.value = next(iter(names))
            self._drawn = ()
        own = measure_of_frame(story, selection.frame)
        if own in names and (story is not self._story or selection.frame != self._selection.frame):
            self.measure.value = own
        self._story, self._selection = story, selection
        self._is_set = False
        self._draw()

    def _change(self, _: object) -> None:
        if not self._is_set:
            self._draw()
            self._on_change()

    def _draw(self) -> None:
        wanted = (self._selection.outlets, self._selection.voice, self.measure.value)
        if wanted != self._drawn:  # drawing takes a moment, and most choices do not change it
            self._shown.show(measure_figure(self._story, self._selection, self.measure.value))
            self._drawn = wanted


class Saving:
    """The button that saves the selection; `ask` gives story, selection and measure."""

    def __init__(self, ask: Callable[[], tuple[Story, Selection, str]]) -> None:
        self.button = widgets.Button(description="Save rows, figure and code", icon="save")
        self._shown = Shown()
        self._ask = ask
        self.button.on_click(self._save)
        self.view = view(row(self.button), self._shown)

    def show(self, why_not: str = "") -> None:
        """Wait for the button, or say why there is nothing to save."""
        self.button.disabled = bool(why_not)
        self._shown.show(*([Hint(why_not)] if why_not else []))

    def _save(self, _: object) -> None:
        try:
            saved = save(*self._ask())
        except (ValueError, OSError) as problem:  # of the search, the names, the folder
            self._shown.show(Note(f"Nothing was saved: {problem}.", "warning"))
            return
        files = {
            "rows": str(saved.rows),
            "figure": str(saved.estimates),
            "code that makes both again": str(saved.code),
        }
        self._shown.show(Prose(["Saved, every row whatever the filter shows:", files]))
