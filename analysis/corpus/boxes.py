"""Boxes: lines that only their neighbours show to be furniture.

What a screen reader is told it may skip, the points under "In short", the caption under its label, the note on an author below a
story. Works on units that went through the rules of wording.
"""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.corpus.story_lines import VERB_OF_PROSE
from analysis.corpus.units import LONG_LINE, Unit

LONGEST_BOX = 16  # lines
LONGEST_CAPTION = 40  # words of a line that only the label above it shows to be a caption
BOX_OPENS = re.compile(
    r"(?:skip (?:past|to (?:the )?end of)|start of) .{0,40}\b(\w+)$|(list) of \d+ items$", re.IGNORECASE
)
BOX_CLOSES = re.compile(r"(?:after|end of) .{0,40}\b(\w+)$", re.IGNORECASE)
CAPTION_LABEL = re.compile(r"(?:image|media|photo|video) caption,?$", re.IGNORECASE)
NAME = re.compile(r"[^\W\d_][\w’'-]{2,}")
WORKS = (
    r"(?:reporter|correspondent|writer|editor|columnist|journalist|producer|contributor|chief|author|fellow|professor"
    r"|intern)\b"
)
ABOUT_AUTHOR = re.compile(
    rf"((?:[A-Z][\w.’'-]* ?){{2,4}}),? (?:(?:is|was) (?:an? |the )?(?:[\w’'&.,-]+ ){{0,8}}{WORKS}|(?:also )?(?:writes|reports|blogs"
    r"|has (?:written|reported|covered))\b)|((?:[A-Z][\w.’'-]* ?){1,4}) (?:covers [^.]{2,60} (?:for|at) (?:[Tt]he )?[A-Z]"
    r"|(?:reported|contributed) from [A-Z])|((?:[A-Z][\w.’'-]* ?){2,4}) covers\b"
)
NOTE_LINES = 4  # at the end of a story, among which a note on its author may stand


def boxed(units: list[Unit]) -> list[Unit]:
    """Label what is fenced in by furniture, or bound to the line above or below it."""
    labelled = list(units)
    in_short = is_told = False
    for n, unit in enumerate(units):
        is_told = is_told or (unit.is_prose and not unit.role)  # a list inside the story is a part of it
        in_short = (unit.rule == "key_points" and not is_told) or (
            in_short and not (unit.role or unit.ends or unit.is_prose)
        )
        if in_short and not unit.role:
            labelled[n] = replace(unit, role="deck", rule="key_points")
        if unit.role in ("related", "boilerplate") and (opened := BOX_OPENS.match(unit.text)):
            for place in range(n, _box_end(units, n, opened[1] or opened[2])):
                labelled[place] = replace(units[place], role="boilerplate", rule="box")
        is_labelled = n + 1 < len(units) and CAPTION_LABEL.fullmatch(unit.text) and not units[n + 1].role
        has_caption = n > 0 and units[n - 1].role == "caption" and units[n - 1].rule != "caption_label"
        if is_labelled and not has_caption and units[n + 1].n_words <= LONGEST_CAPTION:
            labelled[n + 1] = replace(units[n + 1], role="caption", rule="caption_below_label")
    return labelled


def _box_end(units: list[Unit], first: int, name: str) -> int:
    """Return the place of the line that closes the box `name` opened at `first`, or `first` itself.

    A box holds one sentence at most that fits no rule, short and without a verb of prose: else it is no box.
    """
    n_sentences = 0
    for place in range(first + 1, min(first + LONGEST_BOX, len(units))):
        unit = units[place]
        closed = BOX_CLOSES.match(unit.text)
        if closed and closed[1].lower() == name.lower():
            return place
        if unit.is_prose and not unit.role:
            n_sentences += 1
            if n_sentences > 1 or unit.n_words >= LONG_LINE or VERB_OF_PROSE.search(unit.text):
                break
    return first


def without_author_notes(units: list[Unit], last: int) -> list[Unit]:
    """Label the notes on an author among the last lines before `last`: their subject signs the story."""
    signed = {name.lower() for unit in units if unit.role == "byline" for name in NAME.findall(unit.text)}
    labelled = list(units)
    for n in range(max(0, last - NOTE_LINES), last):
        note = None if units[n].role else ABOUT_AUTHOR.match(units[n].text)
        names = {name.lower() for name in NAME.findall(note[1] or note[2] or note[3])} if note else set()
        if names and names <= signed:
            labelled[n] = replace(units[n], role="credit", rule="author_note")
    return labelled
