"""Lines: rows of a selection as a concordance, each hit in the middle with the words around it; sorted, filtered, cut."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from analysis.publishing.displays import Display, plain
from analysis.publishing.explorer.hints import Hint
from analysis.publishing.explorer.selection import WINDOW
from analysis.story import Story

MOST = 200  # rows that are shown; the saved CSV holds all
NO_BREAK = "\u00a0"
EMPTY = {
    0: "Nothing is chosen yet. Choose an actor, a frame or theme, or type a word.",
    1: "No hit. Choose another, or tick other outlets.",
}
EMPTY_TOGETHER = "No sentence holds all of these; take one away."


def _words(text: str | None) -> list[str]:
    return re.findall(r"\w+", (text or "").casefold())


# Each gives, for a row, what it is sorted by; ties stay in manifest and text order.
SORTS: dict[str, tuple[str, Callable[[Story], Callable[[tuple], object]]]] = {
    "copy": ("copy, then place", lambda story: lambda row: 0),
    "outlet": ("outlet", lambda story: lambda row: list(story.outlets).index(row.outlet)),
    "place": (
        "place in the copy",
        lambda story: lambda row: float("inf") if pd.isna(row.sentence_id) else row.sentence_id,
    ),
    "hit": ("the hit", lambda story: lambda row: row.hit.casefold()),
    "left": ("words to the left", lambda story: lambda row: _words(row.left)[::-1]),
    "right": ("words to the right", lambda story: lambda row: _words(row.right)),
}


def arranged(story: Story, rows: pd.DataFrame, *, sort: str = "copy", contains: str = "") -> pd.DataFrame:
    """`rows` of a selection sorted by a key of `SORTS`, those that hold the text `contains` (case ignored) alone.

    Looked for is it in the line, the name of the copy, the place and what was hit.
    """
    wanted = " ".join(contains.split()).casefold()
    if wanted:
        is_wanted = [wanted in _searched(story, row) for row in rows.itertuples()]
        rows = rows[pd.Series(is_wanted, index=rows.index, dtype=bool)]
    key = SORTS[sort][1](story)
    order = (
        sorted(range(len(rows)), key=lambda n: key(rows_[n])) if (rows_ := list(rows.itertuples())) else []
    )
    return rows.iloc[order].reset_index(drop=True)


def _searched(story: Story, row) -> str:
    line = " ".join(f"{row.left or ''}{row.hit}{row.right or ''}".split())
    return f"{line}\n{story.labels[row.doc_id]}\n{row.place}\n{row.what}".casefold()


def counted(n: int, noun: str, nouns: str = "") -> str:
    """`1 hit`, `3 hits`."""
    return f"{n:,} {noun if n == 1 else nouns or noun + 's'}"


@dataclass(frozen=True, eq=False)
class Lines(Display):
    """The first `shown` of `rows` (of a selection, arranged) in context; `n_all` of them there were before filtering."""

    story: Story
    rows: pd.DataFrame
    shown: int
    n_all: int
    n_criteria: int

    def html(self) -> Markup:
        if not self.n_all:
            return Hint(EMPTY.get(self.n_criteria, EMPTY_TOGETHER)).html()
        if self.rows.empty:
            return Hint(f"None of {counted(self.n_all, 'row')} holds the text of the filter.").html()
        shown = self.rows.head(min(self.shown, MOST))
        body = Markup("").join(self._line(number, row) for number, row in enumerate(shown.itertuples(), 1))
        kwic = Markup(
            '<th scope="col" class="left">before</th><th scope="col">hit</th><th scope="col">after</th>'
        )
        if not self._has_text:
            kwic = Markup('<th scope="col">hit</th>')
        return Markup(
            '<p class="status" role="status">{said}</p>'
            '<div class="scroll lines" tabindex="0" role="group" aria-label="Concordance" data-lm-suppress-shortcuts="true">'
            '<table><thead><tr><th scope="col" class="right">no.</th><th scope="col">copy and place</th>{kwic}'
            '<th scope="col">what</th></tr></thead><tbody>{body}</tbody></table></div>'
        ).format(said=plain(self._said(len(shown))), kwic=kwic, body=body)

    @property
    def _has_text(self) -> bool:
        return bool(self.rows["left"].notna().any())

    def _said(self, n: int) -> str:
        """How many there are, of what, and how many of them are shown."""
        hits = counted(int(self.rows["n"].sum()), "hit")
        copies = counted(self.rows["doc_id"].nunique(), "copy", "copies")
        said = f"{hits} in {copies}; rows 1 to {n} of {len(self.rows):,} are shown"
        if self.n_criteria > 1:
            said += f". Counted are hits in sentences that hold all of these: {', '.join(dict.fromkeys(self.rows['what']))}"
        if len(self.rows) < self.n_all:
            said += f", {self.n_all - len(self.rows):,} more do not hold the text of the filter"
        if n == MOST < len(self.rows):
            said += f". No more than {MOST} are shown: narrow the choice, or save it, the CSV holds all"
        if self.rows["sentence_id"].isna().any():
            said += (
                ". Without the texts it is known how often a word stands in the body of a copy, not where; "
                "spellings of one word count as one"
            )
        elif not self._has_text:
            said += ". The texts are not here: places are shown instead of passages"
        return f"{said}."

    def _line(self, number: int, row) -> Markup:
        voice = "in quotation marks" if row.voice == "quoted" else ""
        hit = Markup('<mark class="{}">{}</mark>').format(row.voice, plain(row.hit))
        if row.n > 1:
            hit += plain(f" × {row.n}")
        left = Markup('<td class="left">{}</td>').format(plain(_before(row.left)))
        right = Markup("<td>{}</td>").format(plain(_after(row.right)))
        if not self._has_text:
            left = right = Markup("")
        return Markup(
            '<tr><td class="right">{}</td><th scope="row">{}<span class="place">{}</span></th>{}<td class="hit">{}</td>{}'
            '<td class="what">{}<span class="place">{}</span></td></tr>'
        ).format(
            number,
            plain(self.story.labels[row.doc_id]),
            plain(row.place),
            left,
            hit,
            right,
            plain(row.what),
            voice,
        )


def _flat(text: str | None) -> str:
    return re.sub(r"[^\S\u00a0]+", " ", text or "")


def _before(text: str | None) -> str:
    """Context to the left as it is shown: where it was cut, without the rest of a word."""
    text = text or ""
    return _flat(f"…{NO_BREAK}" + text.partition(" ")[2] if len(text) >= WINDOW else text)


def _after(text: str | None) -> str:
    text = text or ""
    return _flat(text.rpartition(" ")[0] + f"{NO_BREAK}…" if len(text) >= WINDOW else text)


def row_names(story: Story, rows: pd.DataFrame) -> list[str]:
    """How each of arranged `rows` is called where one is chosen: its number, copy, place and hit."""
    return [
        f"{number}. {story.labels[row.doc_id]}, {row.place}: {_flat(row.hit)}"
        for number, row in enumerate(rows.head(MOST).itertuples(), 1)
    ]
