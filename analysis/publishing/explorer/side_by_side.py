"""Side by side: two copies, sentences that say the same next to each other, the others in their order."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

import pandas as pd
from markupsafe import Markup

from analysis.corpus.words import word_spans
from analysis.evidence.changes import EDGES, changes
from analysis.publishing.displays import Display, Mark, marked, place, plain
from analysis.publishing.explorer.hints import Hint
from analysis.publishing.explorer.lines import counted
from analysis.story import Story

SIGNS = {"same": "= same words", "edited": "≈ edited", "dropped": "← first alone", "added": "→ second alone"}


def first_pair(story: Story) -> tuple[str, str] | None:
    """The pair of copies with the most sentences that say the same, else the first two; None where there is one copy."""
    if len(story.documents) < 2:
        return None
    counts = story.alignments.groupby(["doc_id_a", "doc_id_b"], sort=False).size()
    return counts.idxmax() if len(counts) else tuple(story.documents["doc_id"].iloc[:2])


@dataclass(frozen=True, eq=False)
class SideBySide(Display):
    """The bodies of the copies `first` and `second`, a row a pair of aligned sentences or one that stands alone."""

    story: Story
    first: str
    second: str

    def html(self) -> Markup:
        if self.first == self.second:
            return Hint("This is one copy twice; choose another for one of the two.").html()
        rows = changes(self.story.alignments, self.story.sentences, self.first, self.second)
        left, right = (self._passages(doc_id) for doc_id in (self.first, self.second))
        body = Markup("").join(
            self._row(row, left.get(row.sentence_id_a), right.get(row.sentence_id_b))
            for row in rows.itertuples()
        )
        labels = [plain(self.story.labels[doc_id]) for doc_id in (self.first, self.second)]
        return Markup(
            '<p class="status" role="status">{said}</p>'
            '<div class="scroll pair" tabindex="0" role="group" aria-label="{a} beside {b}" data-lm-suppress-shortcuts="true">'
            '<table><thead><tr><th scope="col">{a}</th><th scope="col">{b}</th><th scope="col">how they go together</th></tr></thead>'
            "<tbody>{body}</tbody></table></div>"
        ).format(said=plain(self._said(rows)), a=labels[0], b=labels[1], body=body)

    def _said(self, rows: pd.DataFrame) -> str:
        n = rows["kind"].value_counts()
        if not n.get("same", 0) + n.get("edited", 0):
            return (
                "No sentence of one is told to be a sentence of the other: these copies share no more than quotations and set phrases, or are "
                "word for word the same copy. Each stands in its own order."
            )
        said = f"{counted(n.get('same', 0), 'sentence')} the same, {n.get('edited', 0)} edited, {n.get('dropped', 0)} in the first alone, {n.get('added', 0)} in the second alone."
        moved = int(rows["is_moved"].sum())
        return f"{said} Elsewhere in the other copy: {moved}." if moved else said

    def _passages(self, doc_id: str) -> dict[int, object]:
        ids = self.story.sentences.loc[self.story.sentences["doc_id"] == doc_id, ["doc_id", "sentence_id"]]
        return {row.sentence_id: row for row in self.story.passages(ids).itertuples()}

    def _row(self, row, left, right) -> Markup:
        marks = [(), ()]
        if row.kind == "edited" and left.text is not None and right.text is not None:
            marks = differing(left.text, right.text)
        cells = [_cell(one, own) for one, own in zip((left, right), marks, strict=True)]
        sign = SIGNS[row.kind] + (", moved" if row.is_moved else "")
        return Markup('<tr class="{}">{}{}<td class="what">{}</td></tr>').format(
            row.kind, *cells, plain(sign)
        )


def _cell(passage, marks: tuple[Mark, ...]) -> Markup:
    if passage is None:
        return Markup('<td class="alone"><span class="na">—</span></td>')
    where = Markup('<span class="place">{}</span>').format(
        plain(place(paragraph=passage.paragraph, sentence=passage.sentence))
    )
    return Markup("<td>{}{}</td>").format(
        where, marked(passage.text, marks) if passage.text is not None else ""
    )


def differing(before: str, after: str) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    """Marks on the words of two sentences that the other has not, in the same order; case and punctuation aside."""
    spans = [word_spans(text) for text in (before, after)]
    words = [
        [text[start:end].strip(EDGES).lower() for start, end in own]
        for text, own in zip((before, after), spans, strict=True)
    ]
    blocks = SequenceMatcher(None, *words, autojunk=False).get_matching_blocks()
    kept = [{block[side] + n for block in blocks for n in range(block.size)} for side in (0, 1)]
    return tuple(
        tuple(Mark(start, end, "differs") for n, (start, end) in enumerate(own) if n not in same)
        for own, same in zip(spans, kept, strict=True)
    )
