"""The data dictionary: `python -m analysis.data_dictionary > data/README.md` writes it from what is declared.

Tables come from `tables.py`, the manifest's columns from `corpus/manifest.py`, the keys of story.yml from its
schema, the measures from their catalogue, thresholds from the modules that hold them. Only what no
declaration says (what a key of story.yml means, where textstat differs) is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from analysis.comparison import resampling
from analysis.comparison.differences import MIN_BLOCKS_WITH_HITS
from analysis.comparison.estimates import (
    MIN_EPISODES,
    MIN_SENTENCES,
    MIN_SENTENCES_INTERVAL,
    MIN_WORDS,
    MIN_WORDS_VOICE,
)
from analysis.corpus import manifest
from analysis.evidence.dictionaries import bundled
from analysis.measures.catalogue import Measure, catalogue
from analysis.measures.sentiment import MIN_WORDS as MIN_WORDS_SENTENCE
from analysis.story_yml import StoryYml
from analysis.tables import DOCUMENTS, TABLES, Column

TYPES = {
    "str": "text",
    "int64": "whole number",
    "Int64": "whole number or NA",
    "float64": "number or NA",
    "bool": "true or false",
}

KEYS = {
    "title": "what the story is called in reports",
    "date": 'the day of the event, for people to read; `""` where nobody knows it',
    "language": "language of the articles, ISO 639-1; measures are given for English alone",
    "texts": "whether the articles may ship with the story; reports say so in how to cite",
    "measures": "core: without sources and actors, which need a parser and take most of the time; no measure of sourcing is then given",
    "note": "where the texts come from and what they are no sample of; stands on the story's page",
    "columns": "of exports read in place: field of an article (or `episode`) -> the column that holds it, where its name does not say so",
    "outlets": "who writes, in the order in which outlets are shown everywhere",
    "outlets.id": "its id: the column `outlet`, the folder in reports",
    "outlets.name": "its display name",
    "episodes": "the events or days of the story, in order",
    "episodes.id": "as it stands in column `episode` of the manifest",
    "episodes.label": "how it is called in figures",
    "episodes.date": "its day",
    "versions": "which of several copies of an outlet a comparison uses, where the rule shall not decide",
    "versions.outlet": "the outlet's id",
    "versions.episode": "the episode's id",
    "versions.use": "the doc_id",
    "versions.against": "the outlet it is compared with; without it, all others",
    "versions.why": "the reason, for people to read",
    "actors": "who acts or speaks; names and aliases are masked before valence is scored",
    "actors.id": "its id",
    "actors.name": "its name",
    "actors.aliases": 'every other name and spelling; one that begins with "the" is a role and is read as a title',
    "actors.country": "code of its state, two capitals (ISO 3166-1; X and a letter for an invented one)",
    "actors.pronoun": "what stands for it: he, she, it, they; without one no pronoun is given to it",
    "actors.source_type": "official: speaks for a state or its bodies",
    "actors.source_category": "official, military, state media, news media, expert, organisation, business, citizen: column `source_category` of its quotations, with the country where official",
    "story_terms": "words of valence that here only say what the story is about; masked",
    "contested": "things with rival names (table `namings`); the names are masked before valence is scored",
    "contested.id": "its id: column `thing`",
    "contested.label": "what the thing is, in neutral words",
    "contested.description": "what belongs to it",
    "contested.names": "the rival names",
    "contested.names.name": "the name as it is shown: column `surface`",
    "contested.names.entries": "the entries that find it; an entry stands under one name of a thing",
    "contested.except": "phrases in which an entry means something else",
    "contested.written": "when the list was written, relative to the articles it is used on",
    "contested.date": "the day it was written, for people to read",
    "themes": "themes of this story (dictionary `themes`, measures `theme_<id>`)",
    "themes.id": "its id: column `frame`",
    "themes.label": "how it is called in figures",
    "themes.description": "what belongs to it",
    "themes.entries": "its indicator words",
    "themes.except": "phrases in which an entry means something else",
    "themes.written": "when the list was written, relative to the articles it is used on",
    "themes.date": "the day it was written, for people to read",
}

TEXTSTAT = """\
Counts of a word are textstat's (0.7.13) and the formulas its own: on a text whose dashes, marks and
sentences both read alike, each formula agrees to 1e-9. They differ where

- **sentences** are counted: by our segmentation. textstat sees three in “Gov. Ada Bell met Adm. Otto
  Kern of the U.S. at 6 a.m. Tuesday.” and leaves out a sentence of two words or fewer; house styles
  abbreviate differently, so that its error differs between outlets.
- **dashes** stand between words: they become spaces first. “SEOUL--The” is two words here and one, of
  eight letters, in textstat. A dash between digits (2010–12) joins them, so does a hyphen in a compound.
- **apostrophes** are curly: they are straightened first. With the curly one textstat finds “couldn’t” on
  no list of easy words.
- **ARI** divides characters by words: by ours. textstat divides by everything between spaces, a lone “&”
  or dash included.
- **difficult words** are counted each time they stand, as textstat's formulas do; its function
  `difficult_words` counts different words.
- there is **too little text**: NA and a reason. textstat gives a number for anything; for an empty text
  that is 0.

Linsear Write is not among the measures: it reads the first hundred words only."""

MASKING = f"""\
Before VADER scores a sentence, marks are straightened and names are hidden behind x: actors, contested
names and `story_terms` of story.yml; countries, peoples, cities and organisations of
`dictionaries/names.yml`; capitalised runs that do not begin a sentence. The first word of a sentence is
masked only when a list has it; in a sentence all in capitals, or a headline with most words capitalised,
the lists alone decide. The columns and measures called `unmasked` leave names in. Fewer than
{MIN_WORDS_SENTENCE} words of a voice in a sentence have no score."""

MINIMUM = (
    ("another language than English in the body", "NA and the reason"),
    (f"a body under {MIN_WORDS} words or {MIN_SENTENCES} sentences", "NA and the reason"),
    (f"under {MIN_WORDS_VOICE} words of a voice", "NA for that voice, and the reason"),
    (f"{MIN_SENTENCES} to {MIN_SENTENCES_INTERVAL - 1} sentences", "the value without interval, the reason"),
    (
        f"fewer than {resampling.MIN_PARAGRAPHS} paragraphs",
        f"runs of {resampling.RUN} consecutive sentences are resampled instead; the scope says so",
    ),
    (
        "no hit of a list, no quoted word, no valence word",
        "0 without interval (“none in 30 sentences”); no difference to this copy is judged",
    ),
    (
        f"hits in fewer than {MIN_BLOCKS_WITH_HITS} paragraphs (or runs) of both copies of a pair together",
        "the difference without interval: “too few to tell”",
    ),
    (f"fewer than {MIN_EPISODES} episodes", "scope copy: nothing is said of an outlet"),
)

START = """\
# Data dictionary

Written by `python -m analysis.data_dictionary > data/README.md`; a test compares the two. Change what is
declared, then write it again.

A story is a folder here: `story.yml`, the manifest `documents.csv`, `articles/` (private where they belong
to publishers) and `measures/`, the tables below as Parquet, without text and headline. `dictionaries/`
holds the indicator words ([format](dictionaries/README.md)). Beside the reports the same tables are
`tables/*.csv`.

Offsets `start` and `end` count characters of the cleaned text (headline, blank line, body), in `lines` of
the raw file. Where a table has a column `reason`, an NA stands beside one."""

VERSIONS = """\
Within an episode, of an outlet with several versions the pair takes the one that story.yml names, else the
nearest in time of publication where both carry a minute, else the later one."""

MANIFEST = """\
One row a document, edited by hand; UTF-8, commas. All columns are needed, further ones are kept and can be
grouped by. `doc_id`, `outlet`, `file`, `published_precision` and `is_counted` are filled in every row; the
others may be empty. Headlines: what stands in the file goes before what stands here. `parallax add` also fills
`outlet_evidence`, `updated_at`, `section`, `kind`, `is_clean` (true: the reader of its format has cut the page
around it away, so that lines are judged by their wording alone), `source` (the file and unit an article came from) and
`source_sha256` (by which it is known when it is added again)."""

CORRECTIONS = """\
A person's word on single rows, one a correction; columns as in the table [`corrections`](#corrections), `is_applied`
aside. Rows are found by document and offsets and corrected before anything is counted from them. Corrections of
`lines` come first: they move what follows them in the cleaned text."""

STORY = """\
Values are texts and never converted (`NO` stays NO). Unknown keys are refused with their line. An entry is
a word, a phrase, or either with `*` at its end, by the rules of [dictionaries](dictionaries/README.md). An
id has small letters, digits, `_` and `-`, at most 64."""

MEASURES = """\
Each is a function of sums over the sentences of the body, a republisher's aside. *Judged* measures enter
`differences`; a family answers one question, and its differences are judged together. `indicator_<frame>`
counts a generic frame, `theme_<id>` a theme of story.yml. Share and rate of a voice are of its own words."""


def markdown() -> str:
    """The whole of `data/README.md`."""
    head = ("measure", "label", "unit", "higher means", "voices", "family", "judged", "source")
    parts = [
        START,
        "## Tables",
        *map(_table, TABLES),
        "## The manifest: `documents.csv`",
        MANIFEST,
        grid(("column", "allowed", "meaning"), map(_manifest_row, manifest.COLUMNS)),
        "## `corrections.csv`",
        CORRECTIONS,
        "## `story.yml`",
        STORY,
        grid(("key", "form", "allowed", "meaning"), _keys(StoryYml)),
        "## Measures",
        MEASURES,
        grid(head, measures()),
        "## Where the numbers differ from textstat's",
        TEXTSTAT,
        "## Masking",
        MASKING,
        "## Minimum of text",
        grid(("what is there", "what is given"), MINIMUM),
    ]
    return "\n\n".join(parts) + "\n"


def _table(name: str) -> str:
    table = TABLES[name]
    rows = ((f"`{c.name}`", TYPES[c.dtype], c.unit, _allowed(c.allowed), c.meaning) for c in table.columns)
    about = f"A row is {table.row}." + (f" {VERSIONS}" if name == "differences" else "")
    return f"### `{name}`\n\n{about}\n\n" + grid(("column", "type", "unit", "allowed", "meaning"), rows)


def _manifest_row(name: str) -> tuple[str, str, str]:
    declared: dict[str, Column] = {column.name: column for column in DOCUMENTS.columns}
    meaning = declared[name].meaning if name in declared else "where the page was found"
    return f"`{name}`", _allowed(manifest.ALLOWED.get(name, ())), meaning


def _keys(model: type[BaseModel], above: str = "") -> Iterable[tuple[str, str, str, str]]:
    for name, field in model.model_fields.items():
        key = above + (field.alias or name)
        inner = _inner(field)
        is_list = get_origin(field.annotation) is tuple
        form = "list" if is_list else "text"
        allowed = get_args(inner) if get_origin(inner) is Literal else ()
        yield (
            f"`{key}`",
            f"{form}, needed" if field.is_required() else form,
            _allowed(allowed),
            KEYS[key],
        )
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from _keys(inner, f"{key}.")


def _inner(field: FieldInfo) -> object:
    """The type of a key's value, or of the items of its list."""
    kind = field.annotation
    if get_origin(kind) is tuple:
        kind = get_args(kind)[0]
    if get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    return kind


def measures() -> Iterable[Sequence[str]]:
    frames = {id: {f: one.label for f, one in d.frames.items()} for id, d in bundled().items()}
    by_name: dict[str, list[Measure]] = {}
    for measure in catalogue(frames | {"themes": {"<id>": "a theme of the story"}}):
        by_name.setdefault(measure.name, []).append(measure)
    for name, group in by_name.items():
        one = group[0]
        judged = [measure.voice for measure in group if measure.is_headline]
        said = "yes" if len(judged) == len(group) else f"voice {', '.join(judged)}" if judged else "no"
        voices = ", ".join(measure.voice for measure in group)
        yield f"`{name}`", one.label, one.unit, one.higher, voices, one.family, said, one.source


def _allowed(values: Iterable[str]) -> str:
    return ", ".join(f"`{value}`" if value else "nothing" for value in values)


def grid(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


if __name__ == "__main__":
    print(markdown(), end="")
