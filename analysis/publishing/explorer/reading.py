"""Reading: an article sentence by sentence, tinted by valence, indicator words or speaker.

Every tint has a sign in words or figures before its sentence, so that nothing is told by colour alone.
Without the text it is the list of sentences by their places.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from analysis.comparison.findings import number
from analysis.measures.sources import turns
from analysis.publishing.displays import Display, Mark, marked, plain
from analysis.publishing.explorer.hints import Hint
from analysis.publishing.explorer.selection import ALL, frame_labels
from analysis.story import Story

TINTS = {"valence": "valence", "words": "indicator words", "speaker": "speaker", "nothing": "nothing"}
N_HUES = 5  # of speakers; those after them share one


@dataclass(frozen=True)
class Tint:
    """How a sentence is tinted: a class of the style sheet, the sign before it, and what is marked in it."""

    hue: str = ""
    sign: str = ""
    marks: tuple[Mark, ...] = ()


def tints(
    story: Story, doc_id: str, by: str, *, voice: str = ALL, frame: str = ""
) -> tuple[dict[int, Tint], dict[str, str]]:
    """For each sentence_id of a document its tint (none: plain), and the legend, class -> meaning.

    `by` is a key of `TINTS`; `voice` is that of the words looked at, `frame` the one frame whose words are shown ("" all).
    """
    if by not in TINTS:
        raise ValueError(f"tinted by {by!r}; allowed are {', '.join(TINTS)}")
    sentences = story.sentences[story.sentences["doc_id"] == doc_id]
    if by == "valence":
        return _valence(sentences, voice)
    if by == "words":
        return _indicators(story, sentences, doc_id, voice, frame)
    return _speakers(story, sentences, doc_id) if by == "speaker" else ({}, {})


def _valence(sentences: pd.DataFrame, voice: str) -> tuple[dict[int, Tint], dict[str, str]]:
    column = "compound" if voice == ALL else f"compound_{voice}"
    found = {}
    for sentence_id, value in zip(sentences["sentence_id"], sentences[column], strict=True):
        hue = (
            "unknown" if pd.isna(value) else "positive" if value > 0 else "negative" if value < 0 else "zero"
        )
        sign = "n/a" if pd.isna(value) else ("+" if value > 0 else "") + number(value, 2)
        found[sentence_id] = Tint(hue, sign)
    words = {ALL: "", "outside": " outside quotation marks", "quoted": " inside quotation marks"}[voice]
    return found, {
        "positive": f"+ above zero: words{words} of positive valence weigh more",
        "negative": "− below zero: words of negative valence weigh more",
        "zero": "0: none that carries valence, or as much of one as of the other",
        "unknown": f"n/a: fewer than four words{words}, or not scored",
    }


def _indicators(
    story: Story, sentences: pd.DataFrame, doc_id: str, voice: str, frame: str
) -> tuple[dict[int, Tint], dict[str, str]]:
    hits = story.frame_hits[story.frame_hits["doc_id"] == doc_id]
    if voice != ALL:
        hits = hits[hits["voice"] == voice]
    if frame:
        hits = hits[hits["frame"] == frame]
    labels, starts = frame_labels(story), sentences.set_index("sentence_id")["start"]
    found = {}
    for sentence_id, own in hits.groupby("sentence_id"):
        at = starts[sentence_id]
        marks = tuple(
            Mark(int(a - at), int(b - at), v)
            for a, b, v in zip(own["start"], own["end"], own["voice"], strict=True)
        )
        found[sentence_id] = Tint("words", ", ".join(dict.fromkeys(own["frame"].map(labels))), marks)
    which = f"of {labels[frame]}" if frame else "of any list"
    return found, {
        "words": f"the name of a frame or theme: the sentence holds indicator words {which}, which are marked"
    }


def _speakers(story: Story, sentences: pd.DataFrame, doc_id: str) -> tuple[dict[int, Tint], dict[str, str]]:
    said = turns(story.quotations, story.quotation_parts, story.sentences)
    said = said[said["doc_id"] == doc_id][["quotation_id", "source", "kind"]]
    parts = story.quotation_parts[story.quotation_parts["doc_id"] == doc_id].merge(said, on="quotation_id")
    hues: dict[str, str] = {}
    for source in parts.sort_values("start")["source"]:
        hues.setdefault(source, f"speaker{min(len(hues), N_HUES)}")
    starts = sentences.set_index("sentence_id")["start"]
    found = {}
    for sentence_id, own in parts.groupby("sentence_id"):
        own, at = own.sort_values("start"), starts[sentence_id]
        marks = tuple(
            Mark(int(a - at), int(b - at), "content") for a, b in zip(own["start"], own["end"], strict=True)
        )
        signs = [f"{story.called(row.source)} ({row.kind})" for row in own.itertuples()]
        found[sentence_id] = Tint(hues[own["source"].iloc[0]], ", ".join(dict.fromkeys(signs)), marks)
    legend = defaultdict(list)
    for source, hue in hues.items():
        legend[hue].append(story.called(source))
    return found, {hue: ", ".join(names) for hue, names in legend.items()}


@dataclass(frozen=True, eq=False)
class Article(Display):
    """The article `doc_id` tinted `by` a key of `TINTS`; `chosen` is the sentence a reader came for, `hit` the
    characters of the cleaned text.

    Paragraphs before that sentence are folded away, so that it stands at the top.
    """

    story: Story
    doc_id: str
    by: str = "valence"
    voice: str = ALL
    frame: str = ""
    chosen: int | None = None
    hit: tuple[int, int] | None = None

    def html(self) -> Markup:
        rows = self.story.passages(
            self.story.sentences.loc[
                self.story.sentences["doc_id"] == self.doc_id,
                ["doc_id", "sentence_id", "start", "written_by"],
            ]
        )
        if rows.empty:
            return Hint("This copy has no sentence.").html()
        found, legend = tints(self.story, self.doc_id, self.by, voice=self.voice, frame=self.frame)
        paragraphs, before = [], []
        for part, own in rows.groupby("paragraph", sort=True):
            if self.chosen in own["sentence_id"].to_list():
                before, paragraphs = paragraphs, []
            paragraphs.append(self._paragraph(int(part), own, found))
        if len(before) > 1:
            folded = Markup("<details><summary>What stands before it</summary>{}</details>").format(
                Markup("").join(before)
            )
            paragraphs.insert(0, folded)
        else:
            paragraphs = before + paragraphs
        label = self.story.labels[self.doc_id]
        return Markup(
            '<div class="article {by}"><h3>{label}</h3>{legend}'
            '<div class="scroll text" tabindex="0" role="group" aria-label="Article: {label}" data-lm-suppress-shortcuts="true">'
            "{body}</div></div>"
        ).format(
            by=self.by,
            label=plain(label),
            legend=self._legend(found, legend),
            body=Markup("").join(paragraphs),
        )

    def _legend(self, found: dict[int, Tint], legend: dict[str, str]) -> Markup:
        if not found and self.by != "nothing":
            none = {
                "words": "No indicator word that was chosen stands in this copy.",
                "speaker": "Nothing in it is found to be somebody's words.",
            }
            return Hint(none.get(self.by, "No sentence of this copy is scored.")).html()
        used = {tint.hue for tint in found.values()}
        items = Markup("").join(
            Markup('<li><span class="swatch {}"></span>{}</li>').format(hue, plain(meaning))
            for hue, meaning in legend.items()
            if hue in used
        )
        return Markup('<ul class="legend" aria-label="Legend">{}</ul>').format(items) if items else Markup("")

    def _paragraph(self, paragraph: int, own: pd.DataFrame, found: dict[int, Tint]) -> Markup:
        sentences = Markup(" ").join(
            self._sentence(row, found.get(row.sentence_id, Tint())) for row in own.itertuples()
        )
        name = "Headline" if paragraph == 0 else f"Paragraph {paragraph}"
        return Markup("<section><h4>{}</h4><p>{}</p></section>").format(plain(name), sentences)

    def _sentence(self, row, tint: Tint) -> Markup:
        is_chosen = row.sentence_id == self.chosen
        signs = [sign for sign in (tint.sign, "the republisher's" if row.written_by == "via" else "") if sign]
        sign = (
            Markup('<span class="sign">{}</span> ').format(plain("; ".join(signs))) if signs else Markup("")
        )
        here = Markup('<span class="here">chosen sentence ▸</span> ') if is_chosen else Markup("")
        text = plain(f"sentence {row.sentence}" if row.sentence else "headline")
        if row.text is not None:
            text = marked(row.text, self._marks(row, tint) if is_chosen else tint.marks)
        return Markup('<span class="sentence {}"{}>{}{}{}</span>').format(
            f"{tint.hue} chosen" if is_chosen else tint.hue,
            Markup(' aria-current="true"') if is_chosen else Markup(""),
            here,
            sign,
            text,
        )

    def _marks(self, row, tint: Tint) -> tuple[Mark, ...]:
        """The marks of the chosen sentence: its hit, and those of the tint that do not run into it."""
        if self.hit is None:
            return tint.marks
        own = Mark(self.hit[0] - row.start, self.hit[1] - row.start, "chosen-hit")
        return (own, *(one for one in tint.marks if one.end <= own.start or one.start >= own.end))
