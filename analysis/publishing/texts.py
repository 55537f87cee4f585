"""The words of the reports that depend on the data: findings, scope, method, how to cite."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis import __version__, coding_quality
from analysis.comparison import resampling
from analysis.comparison.differences import FAMILY_LEVEL, MIN_BLOCKS_WITH_HITS
from analysis.comparison.estimates import (
    MIN_COPIES_WITH_HITS,
    MIN_EPISODES,
    MIN_SENTENCES,
    MIN_SENTENCES_INTERVAL,
    MIN_WORDS,
    MIN_WORDS_VOICE,
)
from analysis.comparison.findings import clear, finding, of_outlets, told
from analysis.measures.sentiment import MIN_WORDS as MIN_WORDS_SENTENCE
from analysis.publishing import validity
from analysis.publishing.absences import NOT_TAKEN, TOO_FEW_EPISODES
from analysis.publishing.displays import Note, Prose, Stack, Table, Verbatim
from analysis.publishing.tables.comparisons import differences
from analysis.storage import own_dictionaries
from analysis.story import Story

FEW = 8  # findings told in sentences
ELSEWHERE = "The comparison gives each of them with its interval."
CAN = (
    "how these copies differ in what can be counted: words, sentences, quotation marks, words of a list",
    "how far each figure would move had other paragraphs of the same article run",
    "which differences are larger than that, all comparisons of a question taken together",
    "where every counted passage stands",
)
CANNOT = (
    "what an outlet is like: these are single copies, at one hour, often edited by a republisher",
    "why a copy is as it is; a copy contains, quotes, names and places, and no intent follows from that",
    "whether what is said is true",
    "anything about a difference that is too little text to tell: that is a result, and not a finding of no difference",
)

CAN_OF_OUTLETS = (
    "how these outlets differ on this story, over the episodes that both cover, in what can be counted: words, sentences, quotation marks, words of a list",
    "how far each figure would move had other episodes been covered",
    *CAN[2:],
)
CANNOT_OF_OUTLETS = (
    "what an outlet is like beyond this story, or in a single copy: one text at one hour, often edited by a republisher",
    "why a copy is as it is; a copy contains, quotes, names and places, and no intent follows from that",
    "whether what is said is true",
    "anything about a difference too small for the episodes there are: that is a result, and not a finding of no difference",
)


@dataclass(frozen=True)
class Words:
    """How findings of a scope are worded."""

    of: str  # after a number of differences
    clear: str
    unclear: str
    rest: str  # after differences that are not clear
    units: str
    there: str


OF_COPIES = Words(
    "",
    "clear in these copies",
    "too little text to tell",
    "are too little text to tell",
    "copies",
    "there is too little text to tell",
)
OF_OUTLETS = Words(
    " of outlets",
    "clear over the episodes both cover",
    "too few episodes for so small a difference",
    "rest on too few episodes for so small a difference",
    "outlets",
    "what there may be is too small to be told from these episodes",
)


def words_of(differences: pd.DataFrame) -> Words:
    """The words for findings told from these `differences`."""
    return OF_OUTLETS if of_outlets(differences) else OF_COPIES


def findings(story: Story, *, family: str | None = None, outlet: str | None = None) -> Stack:
    """What may be said: the clear differences, or that none is clear, and how many were judged.

    They are told in one scope (see `told`). Few are told in sentences, more than eight in a table.
    """
    said = words_of(story.differences)
    table = told(story.differences)
    if family is not None:
        table = table[table["family"] == family]
    if outlet is not None:
        table = table[(table["outlet_a"] == outlet) | (table["outlet_b"] == outlet)]
    if story.is_many and story.differences.empty:
        return Stack([Note(TOO_FEW_EPISODES, "reason")])
    if family == "sourcing" and not story.has_sources:
        return Stack([Note(NOT_TAKEN, "reason")])
    if len(table) == 0:
        if outlet is not None and len(told(story.differences)):
            return Stack(
                [Prose([f"{story.about.outlet_name(outlet)} can be compared with no other outlet."])]
            )
        return Stack([Prose([f"No two {said.units} of this story can be compared."])])
    judged = table[table["low_family"].notna()]
    if judged.empty:
        why = table["reason"].mode().iloc[0]
        return Stack(
            [
                Prose(
                    [
                        f"None of {len(table)} differences{said.of} could be judged. The most frequent reason: {why}."
                    ]
                )
            ]
        )
    listed = sentences(story, judged)
    n = f"{len(judged)} of {len(table)} differences{said.of} could be judged"
    if not listed:
        why = f"That is {said.unclear}, not evidence that the {said.units} are alike."
        return Stack([Prose([f"{n}; none of them is {said.clear}. {why}"])])
    closing = (
        f"Of {len(table)} differences{said.of} {len(listed)} {'is' if len(listed) == 1 else 'are'} clear, {len(judged) - len(listed)} "
        f"were judged and {said.rest}, {len(table) - len(judged)} could not be judged."
    )
    if len(listed) <= FEW:
        return Stack([Prose([listed, closing])])
    caption = f"{len(listed)} differences{said.of} are {said.clear}"
    return Stack([differences(story, clear(judged), caption=caption), Prose([closing])])


def sentences(story: Story, rows: pd.DataFrame) -> list[str]:
    """One sentence a clear difference, in the order of the table."""
    names = {"outlet": story.outlets}
    measures = {(measure.name, measure.voice): measure for measure in story.catalogue}
    return [
        finding(row, measures[row["measure"], row["voice"]], names.get(row["scope"], story.labels))
        for row in clear(rows).to_dict("records")
    ]


def summary(story: Story) -> list[str]:
    """The findings of a story in at most a few lines: sentences, or how many pairs are clear on each measure."""
    if story.is_many and story.differences.empty:
        return [TOO_FEW_EPISODES]
    said, table = words_of(story.differences), told(story.differences)
    listed = sentences(story, table)
    if not table["low_family"].notna().any():
        why = (
            f"the most frequent reason: {table['reason'].mode().iloc[0]}"
            if len(table)
            else "there is one copy only"
        )
        return [f"No difference between two {said.units} could be judged: {why}."]
    if not listed:
        return [f"No difference between two {said.units} is clear: {said.there}. That is a result."]
    if len(listed) <= FEW:
        return listed
    lines = []
    titles = {(one.name, one.voice): one.title for one in story.catalogue}
    for family, own in table[table["low_family"].notna()].groupby("family", sort=False):
        counts = own.groupby(["measure", "voice"], sort=False)["is_clear"].agg(["sum", "size"])
        clear_ones = ", ".join(
            f"{titles[key].removeprefix('Indicator words of ')} {row['sum']} of {row['size']}"
            for key, row in counts.iterrows()
            if row["sum"]
        )
        told_of = f": {clear_ones}" if clear_ones else ""
        lines.append(
            f"{family.capitalize()}: {own['is_clear'].sum()} of {len(own)} judged differences between two {said.units} are clear{told_of}."
        )
    return [*lines, ELSEWHERE]


def judged(story: Story) -> str:
    """How many differences were judged and how many of them are clear, in the scope findings are told in."""
    if story.is_many and story.differences.empty:
        return "none: too few episodes that two outlets cover"
    said, table = words_of(story.differences), told(story.differences)
    n = int(table["low_family"].notna().sum())
    return f"{n}{said.of}, {int(table['is_clear'].sum())} {said.clear}"


def cannot(story: Story) -> tuple[str, ...]:
    """What the data of this story cannot say."""
    return CANNOT_OF_OUTLETS if of_outlets(story.differences) else CANNOT


def limits(story: Story | None = None) -> Prose:
    """What the data can and cannot say; without a story, of copies."""
    is_outlets = story is not None and of_outlets(story.differences)
    can, cannot = (CAN_OF_OUTLETS, CANNOT_OF_OUTLETS) if is_outlets else (CAN, CANNOT)
    return Prose(["The data cannot say:", list(cannot), "They can say:", list(can)])


def shown(story: Story, outlets: Sequence[str]) -> Note | None:
    """Which copies a comparison shows where it does not show all."""
    names = [story.about.outlet_name(outlet) for outlet in dict.fromkeys(outlets)]
    if not names:
        return None
    what = (
        f"compares {names[0]} with each other outlet"
        if len(names) == 1
        else f"shows {', '.join(names)} alone"
    )
    return Note(
        f"This page {what}, as was asked for. Nothing is judged anew: intervals are those of the whole story."
    )


def excerpt(story: Story, outlet: str) -> Note | None:
    """Which copies of `outlet` are read closely where there are too many; None where all are."""
    names = [story.labels[doc_id] for doc_id in story.copies(outlet)]
    if story.excerpt_of <= len(names):
        return None
    return Note(
        f"Of {story.excerpt_of:,} copies of {story.about.outlet_name(outlet)} {len(names)} are read closely on this page, from episodes that are evenly spread: {'; '.join(names)}. What is shown "
        "copy by copy, and every passage, is theirs; figures of outlets, and words that are counted, are those of all copies. Where no passage of a copy stands here, its rows are in measures/."
    )


def scope(story: Story) -> Note:
    """What the figures of this story may claim."""
    n = story.of_events["episode"].nunique()
    instruments = (*story.about.themes, *story.about.contested)
    after = ""
    if any(instrument.written == "after_reading" for instrument in instruments):
        after = " Themes and names of this story were listed after its texts had been read: they describe these copies and test nothing."
    episodes = "one episode" if n == 1 else f"{n} episodes"
    if of_outlets(story.differences):
        return Note(f"{_scope_of_outlets(story, episodes)}{after}")
    if story.is_many:
        return Note(
            f"These are copies of {_whose(story)} ({episodes}), and outlets are shown over episodes. A figure of an outlet is its mean over {MIN_EPISODES} or more episodes; where an outlet "
            f"has fewer, no figure is given.{after}"
        )
    return Note(
        f"These figures speak of copies of one story ({episodes}), not of outlets: a sentence about an outlet needs {MIN_EPISODES} or more episodes "
        f"that both outlets cover. Each copy is one text at one hour, as it was printed there.{after}"
    )


def _whose(story: Story) -> str:
    return f"{len(story.stories)} stories" if len(story.stories) > 1 else "one story"


def _scope_of_outlets(story: Story, episodes: str) -> str:
    table = story.differences[story.differences["scope"] == "outlet"]
    pairs = table.assign(is_judged=table["low_family"].notna()).groupby(["outlet_a", "outlet_b"])["is_judged"]
    n, n_judged = pairs.ngroups, int(pairs.any().sum())
    which = "" if n == n_judged else f" ({n_judged} of {n} pairs of outlets do)"
    small = (
        "Copies are not shown one by one: what stands beside an outlet's figure is how far the middle of its copies spreads, and no finding is told from that."
        if story.is_many
        else "Small dots and folded tables show single copies, each one text at one hour: no finding is told from them."
    )
    return (
        f"These figures speak of outlets on {_whose(story)} ({episodes}), where both outlets cover {MIN_EPISODES} or more of its episodes{which}. A figure of an outlet "
        "is its mean over episodes; a difference is taken within each episode; an interval says how far they would move had other episodes been covered. "
        f"{small}"
    )


LABELS_OF_GATES = {  # frame -> how its gate is called, where coders had another word for the frame
    "economic_consequences": "economic_consequences (label “economic”)",
    "morality": "morality (label “moral”)",
    "attribution_of_responsibility": "attribution_of_responsibility (label “resolution”)",
}


def validity_of_lists(story: Story) -> Stack:
    """What a hit of an indicator word is worth: as measured on other articles, and, where people coded sentences of this story, on these."""
    told = []
    folder = own_dictionaries()
    is_bundled = folder is None or not (folder / "generic_frames.yml").is_file()
    generic = story.frames.get("generic_frames", {}) if is_bundled else {}
    for id, label in generic.items():
        gate = f"Generic frame: {LABELS_OF_GATES.get(id, id)}"
        found = re.search(r"precision ([\d.]+), recall ([\d.]+)", validity.measured(gate).measured)
        precision, recall = (round(10 * float(one)) for one in found.groups())
        told.append((f"{label} {precision}", f"{label} {recall}"))
    notes = [
        Note(
            "An indicator word is a word that often goes with a frame. It is not the frame: a word can stand in another sense, inside a denial, or in "
            "somebody else's mouth, and a frame can be there without any of these words. "
            + (
                "On articles about climate change, of 10 that a list marks so many were so coded by people: "
                f"{', '.join(right for right, _ in told)}; and of 10 so coded it marks so many: {', '.join(marked for _, marked in told)}. "
                if told
                else ""
            )
            + (
                ""
                if (own := coding_quality.of_story(story.folder))
                else "For this subject no list is validated until you code a sheet (parallax codesheet)."
            )
        )
    ]
    return Stack([*notes, _coded(story, own)] if own else notes)


def _coded(story: Story, own: list[coding_quality.Quality]) -> Table:
    """What codes of this story's sentences say of coders and lists."""
    labels = {frame: label for frames in story.frames.values() for frame, label in frames.items()}
    frame = pd.DataFrame(
        {
            "list": [labels.get(one.frame_id, one.frame_id) for one in own],
            "sentences coded by two or more": [one.n_items for one in own],
            "coders agree (Krippendorff's α)": [coding_quality.told(one.alpha) for one in own],
            "precision of the list": [coding_quality.told(one.machine.precision) for one in own],
            "recall": [coding_quality.told(one.machine.recall) for one in own],
            "caution": ["; ".join(one.cautions) or "—" for one in own],
        }
    )
    return Table(
        frame,
        "These lists against sentences of this story that people coded",
        note="Sentences were drawn with known probabilities and are weighted to all; 95 % intervals resample them.",
    )


def for_newsrooms() -> Note:
    """What to do before a difference between copies is published."""
    return Note(
        "Before a difference from this page is published: read the passages, not the figure alone. Look at the hour of each copy: a later one could know more. "
        "Ask the outlet, and where another site printed its text that site too, what was filed and what was cut; give them time to answer, and print the answer. Write “not found in this "
        "copy”, never that an outlet left something out: these are single copies. Keep the report and its provenance.json, so that others can check it, and correct openly.",
        "warning",
    )


def attribution_error(story: Story | None = None) -> Note | None:
    """None of a story that was measured without sources: else how well attributions are found, as measured where people had marked them, and what that means for the shares."""
    if story is not None and not story.has_sources:
        return None
    recall, precision = (
        validity.measured(f"Attributions: indirect ones {what}") for what in ("found", "right")
    )
    speaker = validity.measured("Attributions: speaker of a direct quotation")
    return Note(
        f"Who speaks is found by grammar, and not always. Measured on {recall.on}: {percent(recall.measured)} of the paraphrases that people marked were found, "
        f"{percent(precision.measured)} of those found were marked, and {percent(speaker.measured)} of quotations had the right speaker. What is here reported as "
        "somebody's words without quotation marks errs both ways: what was not found makes the share of words nobody is found to have said too high (an upper bound, were "
        "there no other error), what was wrongly found makes it too low. The articles it was measured on are American political news of 2016. "
        "A name that no word describes has no kind of source; a pronoun that fits two people is nobody's."
    )


def percent(measured: str) -> str:
    """The first figure of a measured cell, a share from 0 to 1, in per cent: "0.542 (0.51 to 0.57)" is 54 %.

    Raises ValueError where there is none.
    """
    found = re.search(r"(?<![\d.])[01]?\.\d+", measured)
    if not found:
        raise ValueError(f"no share from 0 to 1 in {measured!r}")
    return f"{100 * float(found.group()):.0f} %"


def changed(story: Story) -> Note | None:
    """A warning where code, dictionaries or story.yml changed since a story without texts was measured."""
    if not story.changed:
        return None
    return Note(
        f"Since these measures were taken, this changed: {', '.join(story.changed)}. The texts are not here, so that they cannot be taken again.",
        "warning",
    )


def method(story: Story) -> Prose:
    """How the figures were made: instruments, versions, minimum of text, intervals, seed."""
    used = story.libraries
    libraries = ", ".join(
        f"{name} {used[name]}"
        for name in ("textstat", "vaderSentiment", "spacy", "pandas", "numpy")
        if name in used
    )
    counted = story.documents[story.documents["is_counted"]]
    return Prose(
        [
            f"Parallax {__version__} measured {len(counted)} copies ({counted['n_words'].sum():,} words of body text) with {libraries}. A word is "
            "textstat's, dashes between words counting as spaces; sentences are cut by Parallax. Headlines, captions, credits and page furniture enter no figure of the body. "
            + _corrections(story),
            f"Valence is VADER's compound score of one sentence at a time, separately for its words outside and inside quotation marks, and a mean weights "
            f"sentences by those words; fewer than {MIN_WORDS_SENTENCE} words of a voice in a sentence are left out. Names and the story's own terms are masked first. "
            "Indicator words are counted by the dictionaries listed in data/dictionaries, a word once in a list.",
            "Who speaks was not looked for in this story: measures of sourcing have no figure."
            if not story.has_sources
            else "Who speaks is read from the grammar of each sentence (spaCy's small English model): what stands in quotation marks goes to the cue that governs it or the nearest "
            "one; of the rest a logistic model, learnt from articles in which people marked attributions, keeps what is likely one. A speaker is an actor of story.yml by name, role or "
            "pronoun, else stands as printed; a word counts for the innermost speaker. Numbers of sources are rarefied (Hurlbert 1971).",
            f"A copy needs {MIN_WORDS} words and {MIN_SENTENCES} sentences of English, and a voice {MIN_WORDS_VOICE} words; an interval needs {MIN_SENTENCES_INTERVAL} sentences. "
            f"Sensitivity intervals are the middle 95 % over {resampling.N_INTERVAL:,} resamples of a copy's paragraphs. Differences are judged with "
            f"{resampling.N_FAMILY:,} resamples, studentised, each question's differences together (max-|t|, Romano and Wolf 2005) at {100 * FAMILY_LEVEL:.2f} %, so that over the "
            f"four questions a story without differences shows one in at most 5 % of cases. Rates of rare words are judged only where they stand in {MIN_BLOCKS_WITH_HITS} paragraphs "
            f"or more of the two copies. Seed {resampling.SEED}.",
            *([_method_of_outlets()] if of_outlets(story.differences) else []),
        ]
    )


def _corrections(story: Story) -> str:
    """How many rows of the machine a person corrected."""
    applied = story.corrections[story.corrections["is_applied"]]
    if applied.empty:
        return "No row was corrected by hand."
    tables = ", ".join(f"{table} {n}" for table, n in applied["table"].value_counts(sort=False).items())
    return f"{len(applied)} {'row was' if len(applied) == 1 else 'rows were'} corrected by hand ({tables}): corrections.csv."


def _method_of_outlets() -> str:
    return (
        f"From {MIN_EPISODES} episodes on, an outlet's figure is its mean over episodes (of the mean over its copies of one), and a difference of two outlets the mean of the "
        "differences within the episodes both cover, of the copies that are compared there. Episodes are resampled, studentised, as often and at the same levels; rates of "
        f"rare words are judged only where {MIN_COPIES_WITH_HITS} copies or more of the two outlets hold one. Findings are told of outlets alone: differences of copies are judged by "
        "themselves, at 5 % of their own, and only shown."
    )


def citation(story: Story, notebook: str, outlet: str | None = None) -> Stack:
    """How to cite the report, in words and in BibTeX, and on what rights it rests."""
    rights = "The texts ship with the story."
    if story.about.texts == "private":
        rights = "The articles belong to their publishers; the measurements are facts."
        if story.has_text:
            rights += (
                " This page quotes passages of the articles, for whoever holds them: to pass it on, mind their rights, or publish the bundle that "
                "parallax report --zip makes, which gives places instead."
            )
    title = f"{story.about.outlet_name(outlet)}: {notebook}" if outlet else notebook
    entry = "-".join(filter(None, ("parallax", story.name, outlet, notebook.lower())))
    return Stack(
        [
            Prose(
                [
                    f"“{title}”, report on “{story.about.title}”, made with Parallax {__version__} (The Parallax developers). Add who published it, and when: a "
                    "report knows no clock, so that the same inputs give the same bytes."
                ]
            ),
            Verbatim(
                f"@misc{{{entry},\n  title = {{{{{_tex(title)}. {_tex(story.about.title)}}}}},\n"
                f"  howpublished = {{Report made with Parallax {__version__}}},\n  note = {{Inputs and hashes: provenance.json}}\n}}"
            ),
            Prose([rights]),
        ]
    )


def _tex(text: str) -> str:
    """`text` with what TeX would obey taken away or marked."""
    return re.sub(r"([&%$#_])", r"\\\1", re.sub(r"[{}\\~^]", "", text))


def dictionary_sheet(story: Story, dictionary: str) -> Prose:
    """The words a reader needs beside a count: where the lists come from, when they were written, what they miss."""
    from analysis.evidence.dictionaries import bundled
    from analysis.storage import frame_dictionaries

    if dictionary == "themes":
        entries = {
            theme.label: f"{theme.description} Written {theme.written.replace('_', ' ')}, {theme.date}; {len(theme.entries)} entries."
            for theme in story.about.themes
        }
        return Prose(["Themes were written for this story:", entries] if entries else [])
    known = {**frame_dictionaries(), **bundled(use="cues")}
    if dictionary not in known:
        return Prose(
            [f"The file of {dictionary} is not here any more: what it says of itself cannot be shown."]
        )
    about = known[dictionary].about
    return Prose(
        [
            {
                "Source": f"{about['source']} Version {about['version']}.",
                "Scope": about["scope"],
                "What it misses": about["known_misses"],
                "Written": ", ".join(filter(None, (about["written"].replace("_", " "), about["date"]))),
            }
        ]
    )
