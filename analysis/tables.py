"""The tables, declared once: name, what a row is, and for each column its type, unit, meaning and allowed values.

`data/README.md` is generated from this declaration, pandera checks frames against it at the border of
a room, and Parquet files are read back with its types. Text is "" and a number is NA where nothing is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from pandera.pandas import DataFrameSchema

VOICES = ("outside", "quoted")
UNKNOWN = "unknown"  # the outlet or publisher of a copy that nothing tells
WRITTEN_BY = ("outlet", "via", UNKNOWN)
ROLES = (
    "headline",
    "deck",
    "byline",
    "dateline",
    "body",
    "subhead",
    "caption",
    "credit",
    "update_note",
    "related",
    "boilerplate",
)
RELATIONS = ("copy", "reprint", "version", "shared_origin", "none")
KINDS_OF_QUOTATION = ("direct", "partial", "indirect")
SOURCE_TYPES = ("official", "non-official", "unnamed")
SEVERAL = "; "  # between actors who speak together
CUT = " …"  # ends a source as printed of which words were left out
CUE_CLASSES = {  # of `dictionaries/cues.yml`, in its order
    "neutral": "Neutral",
    "assertive": "Assertive",
    "doubting": "Doubting",
    "manner": "Manner",
    "factive": "Factive",
    "evidence": "Evidence",
    "cognition": "Thought",
    "intention": "Intention",
    "directive": "Directive",
    "approval": "Approval",
    "criticism": "Criticism",
    "naming": "Naming",
}
ELEMENTS = (
    "problem",
    "cause",
    "evaluation",
    "remedy",
)  # of a frame (Entman 1993, Journal of Communication 43)
AVAILABILITIES = ("available", "not yet", "unknown")
GRAMMATICAL_ROLES = ("agent", "patient", "possessor", "other")
LABEL_FORMS = ("adjective", "apposition", "role", "predicate")
SCOPES = ("copy", "copy (runs of three sentences)", "outlet")

TEXT, WHOLE, NUMBER, FLAG, MAYBE_WHOLE = "str", "int64", "float64", "bool", "Int64"


class BadTable(ValueError):
    """A frame does not have the columns, types or values that its table declares."""


@dataclass(frozen=True)
class Column:
    """A column: `dtype` is pandas', `unit` is empty for names and texts, `allowed` is empty where all values are."""

    name: str
    dtype: str
    meaning: str
    unit: str = ""
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table: its name, what one row is, and its columns in order."""

    name: str
    row: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """The names of the columns, in order."""
        return [column.name for column in self.columns]

    def of(self, columns: Sequence[str]) -> Table:
        """The same table with `columns` alone, in the declared order."""
        return replace(self, columns=tuple(one for one in self.columns if one.name in columns))

    def empty(self) -> pd.DataFrame:
        """A frame without rows that has the declared columns and types."""
        return pd.DataFrame({column.name: pd.Series(dtype=column.dtype) for column in self.columns})

    def frame(self, rows: list[tuple] | list[dict] | pd.DataFrame) -> pd.DataFrame:
        """Rows as a frame with the declared columns, in order and with the declared types."""
        frame = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(rows, columns=self.names)
        if frame.empty:
            return self.empty()
        return frame[self.names].astype({column.name: column.dtype for column in self.columns})


# fmt: off
DOC_ID = Column("doc_id", TEXT, "the document; the id given in the manifest, else the name of its file")
SENTENCE_ID = Column("sentence_id", WHOLE, "the sentence, counted from 0 within the document, headline first")
START = Column("start", WHOLE, "first character, counted from 0 in the cleaned text", "characters")
END = Column("end", WHOLE, "one past the last character", "characters")
VOICE = Column("voice", TEXT, "whether it stands inside quotation marks", allowed=VOICES)


def _count(name: str, meaning: str, unit: str = "words") -> Column:
    return Column(name, WHOLE, meaning, unit)


DOCUMENTS = Table(
    "documents",
    "an article as published",
    (
        DOC_ID,
        Column("story", TEXT, "the story it belongs to"),
        Column("episode", TEXT, "the event or day of the story it reports"),
        Column("outlet", TEXT, "id of the outlet that wrote it; `unknown` where nothing says so"),
        Column("outlet_evidence", TEXT, "what says so: the manifest, or the line and rule"),
        Column("via", TEXT, "who published this copy; empty where it is the outlet itself, `unknown` where not known"),
        Column("version", TEXT, "which version of the outlet's story: early, late …; empty where there is one"),
        Column("headline", TEXT, "its headline; not shipped where the texts are private (it stands in the manifest)"),
        Column("deck", TEXT, "the lines between headline and text; not shipped where the texts are private"),
        Column("headline_written_by", TEXT, "who wrote the headline; empty where there is none", allowed=("", *WRITTEN_BY)),
        Column("deck_written_by", TEXT, "who wrote the deck; empty where there is none", allowed=("", *WRITTEN_BY)),
        Column("byline", TEXT, "the authors as printed"),
        Column("dateline", TEXT, "the place (and date) before the first sentence, as printed"),
        Column("published_at", TEXT, "when this copy was published, ISO 8601; empty where not known"),
        Column("published_precision", TEXT, "how precise that is", allowed=("minute", "day", "none")),
        Column("published_source", TEXT, "where that is taken from"),
        Column("updated_at", TEXT, "when this copy was last changed, ISO 8601; empty where not known"),
        Column("filing_order", MAYBE_WHOLE, "place in the order of filing, set by hand; NA: order unknown"),
        Column("section", TEXT, "the section it was published in; empty where not known"),
        Column("kind", TEXT, "what the page is", allowed=("article", "liveblog", "multi_story", "consent_wall")),
        Column("language", TEXT, "language of the body, ISO 639-1; empty where there is no text to tell it from"),
        _count("n_words", "running words of the body"),
        _count("n_sentences", "sentences of the body", "sentences"),
        _count("n_paragraphs", "paragraphs of the body", "paragraphs"),
        _count("n_lines_dropped", "lines, or parts of a line, that are not in the cleaned text", "lines"),
        Column("is_counted", FLAG, "whether it enters comparisons; a reprint does not"),
        Column("not_counted_because", TEXT, "why not; empty where it does"),
        Column("sha256", TEXT, "SHA-256 of the file"),
        Column("file", TEXT, "the file, relative to the story's `articles/`"),
    ),
)

LINES = Table(
    "lines",
    "a line of the raw file that is not blank, or a part of one",
    (
        DOC_ID,
        Column("line", WHOLE, "number of the line in the raw file, counted from 1"),
        Column("start", WHOLE, "first character, counted from 0 in the raw file", "characters"),
        END,
        Column("role", TEXT, "what the line is", allowed=ROLES),
        Column("kept", FLAG, "whether it stands in the cleaned text"),
        Column("rule", TEXT, "the rule that decided; empty for plain body, `unsure` where in doubt and kept"),
    ),
)

QUOTED_SPANS = Table(
    "quoted_spans",
    "a span in quotation marks, marks included",
    (
        DOC_ID,
        Column("span_id", WHOLE, "the span, counted from 0 within the document"),
        START,
        END,
        Column("paragraph", WHOLE, "its paragraph, counted from 0 within the document, headline included"),
        _count("n_words", "running words inside the marks"),
        Column("closed", FLAG, "whether a closing mark stands in the same paragraph; without one it ends with the paragraph"),
        Column("floating", FLAG, "whether the paragraph holds nothing outside quotation marks"),
    ),
)

SENTENCES = Table(
    "sentences",
    "a sentence",
    (
        DOC_ID,
        SENTENCE_ID,
        Column("part", TEXT, "headline or body; figures of the body never include the headline", allowed=("headline", "body")),
        Column("written_by", TEXT, "whose text it is; `via` enters no estimate", allowed=WRITTEN_BY),
        Column("paragraph", WHOLE, "its paragraph, counted from 0 within the document, headline included"),
        START,
        END,
        Column("position", NUMBER, "place among the sentences of its part", "0 first to 1 last"),
        Column("voice", TEXT, "outside: no quoted word, quoted: only quoted words", allowed=(*VOICES, "mixed")),
        _count("n_words", "running words (textstat's word; dashes between words are spaces first)"),
        _count("n_words_quoted", "running words inside quotation marks"),
    ),
)

SENTENCE_COUNTS = Table(
    "sentence_counts",
    "what `measure()` joins into `sentences`",
    (
        _count("n_letters", "letters and digits without punctuation (textstat `letter_count`)", "letters"),
        _count("n_characters", "characters without white space (textstat `char_count`)", "characters"),
        _count("n_syllables", "syllables, CMU's dictionary first, hyphenation patterns after (textstat)", "syllables"),
        _count("n_polysyllables", "words of three or more syllables (textstat `polysyllabcount`)"),
        _count("n_difficult_0", "words not on the easy list, any length (Dale–Chall in textstat)"),
        _count("n_difficult_2", "the same with two or more syllables (Spache in textstat)"),
        _count("n_difficult_3", "the same with three or more syllables (Gunning Fog in textstat)"),
        _count("n_long_words", "words of more than six letters (LIX, RIX)"),
        _count("n_miniwords", "words of three or fewer letters (McAlpine EFLAW)"),
        Column("compound", NUMBER, "VADER compound of the sentence, names masked; NA below four words", "−1 to 1"),
        Column("compound_outside", NUMBER, "of its words outside quotation marks, names masked; NA below four words", "−1 to 1"),
        Column("compound_quoted", NUMBER, "of its words inside quotation marks, names masked; NA below four words", "−1 to 1"),
        Column("compound_unmasked", NUMBER, "of the sentence with names left in; NA below four words", "−1 to 1"),
        Column("compound_outside_unmasked", NUMBER, "outside, with names left in; NA below four words", "−1 to 1"),
        Column("compound_quoted_unmasked", NUMBER, "inside, with names left in; NA below four words", "−1 to 1"),
        _count("n_sentiment_words_outside", "words outside quotation marks that carry valence, names masked"),
        _count("n_sentiment_words_quoted", "words inside quotation marks that carry valence, names masked"),
        Column("n_words_attributed", MAYBE_WHOLE, "words outside quotation marks that are reported as somebody's (paraphrase); NA where measured without sources", "words"),
    ),
)

MEASURED_SENTENCES = Table("sentences", "a sentence", SENTENCES.columns + SENTENCE_COUNTS.columns)

SENTIMENT_HITS = Table(
    "sentiment_hits",
    "a word that carries valence",
    (
        DOC_ID,
        SENTENCE_ID,
        START,
        END,
        Column("word", TEXT, "the word as the valence lexicon lists it"),
        Column("valence", NUMBER, "its mean rating in VADER's lexicon, without context", "−4 to 4"),
        VOICE,
        Column("is_masked", FLAG, "whether it is part of a name or a story term, and so is not counted"),
    ),
)

FRAME_HITS = Table(
    "frame_hits",
    "an indicator word of a generic frame or theme",
    (
        DOC_ID,
        SENTENCE_ID,
        START,
        END,
        Column("dictionary", TEXT, "the dictionary: `generic_frames`, or `themes` of the story"),
        Column("frame", TEXT, "the generic frame or theme"),
        Column("entry", TEXT, "the entry of the dictionary that matched"),
        VOICE,
    ),
)

NAMINGS = Table(
    "namings",
    "a name given to a contested thing",
    (
        DOC_ID,
        SENTENCE_ID,
        START,
        END,
        Column("thing", TEXT, "the contested thing of story.yml"),
        Column("surface", TEXT, "the name, as story.yml lists it"),
        VOICE,
    ),
)

QUOTATIONS = Table(
    "quotations",
    "something somebody is reported to have said, written, thought or wanted; or a quoted span that is no speech",
    (
        DOC_ID,
        Column("quotation_id", WHOLE, "the quotation, counted from 0 within the document"),
        Column("sentence_id", WHOLE, "the sentence in which its content begins"),
        Column("source_start", MAYBE_WHOLE, "first character of the words that name the source; NA where none do", "characters"),
        Column("source_end", MAYBE_WHOLE, "one past the last", "characters"),
        Column("cue_start", MAYBE_WHOLE, "first character of the cue; NA where there is none", "characters"),
        Column("cue_end", MAYBE_WHOLE, "one past the last", "characters"),
        _count("n_words", "running words of its content"),
        _count("n_words_quoted", "of these, inside quotation marks"),
        Column("kind", TEXT, "direct: nine tenths of its words or more inside quotation marks; indirect: none; partial: between", allowed=KINDS_OF_QUOTATION),
        Column("is_speech", FLAG, "false for a title, a foreign word, a name or a single word in quotation marks that nobody is said to have said"),
        Column("speaker", TEXT, "the actor of story.yml who speaks, several separated by semicolons; empty where it is none of them or not known"),
        Column("speaker_surface", TEXT, "the source as printed, without what only describes it, four words at most; a pronoun stays one; empty where none is named"),
        Column("speaker_rule", TEXT, "how the speaker was told: name, title, pronoun, group, inherited; empty where it was not"),
        Column("source_type", TEXT, "empty where no source is named in any way", allowed=("", *SOURCE_TYPES)),
        Column("source_category", TEXT, "official-<country code>, military, state media, news media, expert, organisation, business, citizen; empty where not told"),
        Column("cue", TEXT, "the cue by its dictionary form: say, according to, claim; empty where there is none"),
        Column("cue_class", TEXT, "its class in `dictionaries/cues.yml`; `unlisted` where it has none", allowed=("", *CUE_CLASSES, "unlisted")),
        Column("intermediary", TEXT, "through whom it is said to have reached the outlet: an actor's id, else as printed; empty where nobody is named"),
        Column("group_id", TEXT, "the same utterance in other documents has the same, and no other in the story: that of its part with most quoted words; empty where there is none"),
    ),
)

QUOTATION_PARTS = Table(
    "quotation_parts",
    "a part of the content of a quotation, within one sentence",
    (
        DOC_ID,
        Column("quotation_id", WHOLE, "the quotation"),
        Column("part", WHOLE, "the part, counted from 0 within the quotation"),
        SENTENCE_ID,
        START,
        END,
        _count("n_words", "running words of it that stand in no shorter quotation: over all parts each word counts once, for the innermost speaker"),
        _count("n_words_quoted", "of these, inside quotation marks"),
        Column("group_id", TEXT, "parts of quotations in other documents that are the same utterance have the same, and no others in the story: the name of the first of them, doc_id/quotation_id.part; empty where there is none"),
    ),
)

MENTIONS = Table(
    "mentions",
    "a mention of an actor of story.yml",
    (
        DOC_ID,
        SENTENCE_ID,
        START,
        END,
        Column("actor", TEXT, "the actor"),
        Column("rule", TEXT, "how the actor was told: name, title, pronoun, group"),
        Column("surface", TEXT, "as printed"),
        VOICE,
        Column(
            "role", TEXT,
            "agent: subject of an active verb or the one by whom a passive one is done; patient: object, or subject of a passive verb; possessor; other",
            allowed=GRAMMATICAL_ROLES,
        ),
        Column("predicate", TEXT, "the verb of that role by its dictionary form; of a possessor, the noun; empty for other"),
        Column("labels", TEXT, "the labels that stand at this mention, separated by semicolons"),
    ),
)

ACTOR_LABELS = Table(
    "actor_labels",
    "a word that says what an actor is like, or what it is: \"isolated\", \"pariah\", \"longtime critic\"",
    (
        DOC_ID,
        SENTENCE_ID,
        START,
        END,
        Column("actor", TEXT, "the actor; empty where it is nobody of the story: \"hardline leaders\""),
        Column("label", TEXT, "the label by its dictionary form"),
        Column(
            "form", TEXT,
            "adjective: before a name or role noun; apposition; role: a role noun before a name, or alone and standing for the actor; predicate: after a verb of being or naming",
            allowed=LABEL_FORMS,
        ),
        VOICE,
    ),
)

FRAME_ELEMENTS = Table(
    "frame_elements",
    "an element of a frame that a person coded in a sentence",
    (
        DOC_ID,
        SENTENCE_ID,
        START,
        END,
        Column("element", TEXT, "the element, after Entman (1993); empty where the coder named a frame alone", allowed=("", *ELEMENTS)),
        Column("frame", TEXT, "the frame in the coder's words; empty where none was named"),
        Column("coder", TEXT, "who coded it: the name of the sheet"),
    ),
)

TERMS = Table(
    "terms",
    "a word type of the body in a document and voice",
    (
        DOC_ID,
        VOICE,
        Column("term", TEXT, "the word in small letters; of spellings (defence, defense) the one the story's copies use most"),
        Column("is_masked", FLAG, "part of a name or a term of the story: left out of keyness"),
        _count("n", "hits", "hits"),
        _count("n_paragraphs", "paragraphs that hold it", "paragraphs"),
        Column("dispersion", NUMBER, "Gries's DP over the paragraphs of that voice: 0 spread evenly, towards 1 all in one", "0 to 1"),
    ),
)

COVERAGE = Table(
    "coverage",
    "a fact of `facts.yml` and a document",
    (
        DOC_ID,
        Column("fact_id", TEXT, "the fact, an id of facts.yml"),
        Column("availability", TEXT, "whether the copy was published after the fact could be known; `unknown` where a time is missing or too vague", allowed=AVAILABILITIES),
        Column("is_found", FLAG, "whether a cue of the fact holds in this copy"),
        Column("sentence_id", MAYBE_WHOLE, "where it stands, the first sentence that shows a value before all others; NA where not found"),
        Column("start", MAYBE_WHOLE, "first character of what matched there, counted from 0 in the cleaned text; NA where not found", "characters"),
        Column("end", MAYBE_WHOLE, "one past its last character", "characters"),
        Column("position", NUMBER, "how far into the body that is: 0 first sentence, 1 last; NA where not found"),
        Column("voice", TEXT, "whether most of what matched stands inside quotation marks; empty where not found", allowed=("", *VOICES)),
        Column("value", TEXT, "the value it has in this copy, several parted by `; `; empty where it has none or none is told"),
        Column("certainty", TEXT, "hedged where a word of uncertainty (`dictionaries/hedges.yml`) stands close by; empty where not found", allowed=("", "asserted", "hedged")),
        Column("attributed_to", TEXT, "who is reported to say it: the id of an actor, several parted by `; `, or the source as printed; empty where nobody is found to"),
        Column("score", NUMBER, "the share of the cue's parts that stand together in one place, of the cue of which most does", "0 to 1"),
        Column("nearest_sentence_id", MAYBE_WHOLE, "where not found, the first sentence that holds most of a cue; NA where none holds any"),
    ),
)

OVERLAP = Table(
    "overlap",
    "a pair of documents whose bodies have a run of five words in common; a pair without one has no row",
    (
        Column("doc_id_a", TEXT, "the first document, in manifest order"),
        Column("doc_id_b", TEXT, "the second document"),
        Column(
            "containment", NUMBER,
            "runs of five words (in lower case, without punctuation) of the document with fewer that the other has too, by all its runs", "0 to 1",
        ),
        Column(
            "containment_without_quotes", NUMBER,
            "the same of runs wholly outside quotation marks; NA where one of the two has none", "0 to 1",
        ),
        _count(
            "n_shared_sentences",
            "sentences that say the same, in at least five words outside quotation marks; looked for where 12 such runs and 3 % of them are shared",
            "sentences",
        ),
        Column(
            "relation", TEXT,
            "copy: the same words; reprint: nearly all of the shorter one stands, perhaps edited, in the other; version: of one outlet and episode, partly "
            "rewritten, or declared as versions in the manifest; shared_origin: more is shared than quotations explain, by different or unknown outlets or episodes; "
            "none: no more than quotations and set phrases",
            allowed=RELATIONS,
        ),
    ),
)

ALIGNMENTS = Table(
    "alignments",
    "a pair of sentences that say the same, in related documents other than copies; a sentence stands in one pair of two documents at most",
    (
        Column("doc_id_a", TEXT, "the first document, in manifest order"),
        Column("sentence_id_a", WHOLE, "its sentence"),
        Column("doc_id_b", TEXT, "the second document"),
        Column("sentence_id_b", WHOLE, "its sentence"),
        Column("similarity", NUMBER, "twice the words both have, in the same order, by the words of both", "0.5 to 1"),
        Column("relation", TEXT, "same: the same words, marks aside; edited: some changed", allowed=("same", "edited")),
    ),
)

CORRECTIONS = Table(
    "corrections",
    "a person's correction of a row of another table (`corrections.csv`)",
    (
        DOC_ID,
        Column("table", TEXT, "the table that is corrected", allowed=("lines", "quoted_spans", "frame_hits", "namings")),
        Column("start", WHOLE, "first character of its row, as that table counts them", "characters"),
        END,
        Column("column", TEXT, "the columns that are set, separated by semicolons; of `delete`, those that tell rows of one place apart"),
        Column("value", TEXT, "their values, in the same order"),
        Column("action", TEXT, "what is done", allowed=("set", "delete", "add")),
        Column("by", TEXT, "who corrected it"),
        Column("date", TEXT, "when"),
        Column("why", TEXT, "why"),
        Column("is_applied", FLAG, "whether its row was found"),
    ),
)

_MEASURE = Column("measure", TEXT, "name of the measure in the catalogue")
_MEASURE_VOICE = Column("voice", TEXT, "which words it counts", allowed=("all", *VOICES))
_EPISODE = Column("episode", TEXT, "the event or day; empty where episodes are what varies")
_SCOPE = Column("scope", TEXT, "what the interval speaks of: this copy, or the outlet", allowed=SCOPES)
_REASON = Column("reason", TEXT, "why there is no value or no interval; empty where there are both")

ESTIMATES = Table(
    "estimates",
    "a measure for a group",
    (
        _MEASURE,
        _MEASURE_VOICE,
        Column("group", TEXT, "value of the column grouped by: the outlet, unless asked otherwise"),
        Column("doc_id", TEXT, "the document; empty in scope outlet"),
        _EPISODE,
        Column("value", NUMBER, "the estimate; NA with a reason", "see unit"),
        Column("low", NUMBER, "lower end of the 95 % interval; NA with a reason", "see unit"),
        Column("high", NUMBER, "upper end", "see unit"),
        Column("unit", TEXT, "unit of value, low and high"),
        _SCOPE,
        _count("n_words", "running words it rests on"),
        _count("n_sentences", "sentences it rests on", "sentences"),
        _count("n_documents", "documents it rests on", "documents"),
        _REASON,
    ),
)

DIFFERENCES = Table(
    "differences",
    "a measure for a pair of copies (scope copy) or outlets (scope outlet)",
    (
        _MEASURE,
        _MEASURE_VOICE,
        _EPISODE,
        Column("doc_id_a", TEXT, "the first document, in manifest order; empty in scope outlet"),
        Column("doc_id_b", TEXT, "the second document"),
        Column("outlet_a", TEXT, "outlet of the first"),
        Column("outlet_b", TEXT, "outlet of the second"),
        Column("value", NUMBER, "value of a minus value of b; NA with a reason", "see unit of the measure"),
        Column("low", NUMBER, "lower end of the 95 % interval of this difference alone", "see unit of the measure"),
        Column("high", NUMBER, "upper end", "see unit of the measure"),
        Column("low_family", NUMBER, "lower end of the simultaneous interval", "see unit of the measure"),
        Column("high_family", NUMBER, "upper end", "see unit of the measure"),
        Column("family", TEXT, "the question the measure answers; its differences are judged together"),
        Column("family_size", WHOLE, "differences judged together in this family", "differences"),
        Column("detectable", NUMBER, "smaller differences than this would not show", "see unit of the measure"),
        Column("is_clear", FLAG, "whether the simultaneous interval excludes zero"),
        _SCOPE,
        _REASON,
    ),
)

WARNINGS = Table(
    "warnings",
    "something a reader should know of a unit",
    (
        DOC_ID,
        Column("file", TEXT, "the file"),
        Column("line", MAYBE_WHOLE, "the line; NA where it is the file as a whole"),
        Column("kind", TEXT, "what kind of thing: encoding, control, mixed_script, language, quotes …"),
        _count("n", "how many times", "times"),
        Column("message", TEXT, "what was found and what was done"),
    ),
)

REJECTED = Table(
    "rejected",
    "a unit that was not taken",
    (
        Column("file", TEXT, "the file"),
        Column("line", MAYBE_WHOLE, "the line; NA where it is the file as a whole"),
        Column("unit", TEXT, "what was refused: a file, a row"),
        Column("reason", TEXT, "why, and what is allowed"),
    ),
)
# fmt: on

TABLES = {
    table.name: table
    for table in (
        DOCUMENTS,
        LINES,
        QUOTED_SPANS,
        MEASURED_SENTENCES,
        SENTIMENT_HITS,
        FRAME_HITS,
        NAMINGS,
        QUOTATIONS,
        QUOTATION_PARTS,
        MENTIONS,
        ACTOR_LABELS,
        FRAME_ELEMENTS,
        TERMS,
        COVERAGE,
        OVERLAP,
        ALIGNMENTS,
        CORRECTIONS,
        ESTIMATES,
        DIFFERENCES,
        WARNINGS,
        REJECTED,
    )
}


def check(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return `frame` if it holds what `table` declares.

    Raises `BadTable`, naming the column, a row and what is allowed, where it does not.
    """
    import pandera.pandas as pandera  # a second of import time that only the borders of a room pay

    try:
        _schema(table).validate(frame, lazy=False)
    except (pandera.errors.SchemaError, pandera.errors.SchemaErrors) as problem:
        raise BadTable(f"table {table.name}: {problem}") from None
    return frame


@cache
def _schema(table: Table) -> DataFrameSchema:
    import pandera.pandas as pandera

    columns = {
        column.name: pandera.Column(
            column.dtype,
            pandera.Check.isin(column.allowed) if column.allowed else None,
            nullable=column.dtype in (NUMBER, MAYBE_WHOLE),
        )
        for column in table.columns
    }
    return pandera.DataFrameSchema(columns, strict="filter" if table is DOCUMENTS else True, ordered=False)
