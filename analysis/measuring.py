"""Measuring: articles -> tables, the rooms in their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.comparison import differences as comparing
from analysis.comparison import estimates as estimating
from analysis.comparison.outlets import by_measure, outlet_differences
from analysis.corpus.corrections import corrected
from analysis.corpus.reading import Corpus
from analysis.evidence import dictionaries
from analysis.evidence.content_words import american
from analysis.evidence.coverage import coverage
from analysis.evidence.cues_of_facts import asks_for_mentions
from analysis.evidence.dictionary_formats import in_use
from analysis.evidence.frame_elements import frame_elements
from analysis.evidence.frame_hits import frame_hits, placed
from analysis.evidence.names import listed_names, masked_spans
from analysis.evidence.namings import namings
from analysis.evidence.overlap import overlap
from analysis.evidence.reprints import not_counted
from analysis.evidence.sentiment_hits import sentiment_hits
from analysis.evidence.sourced import Sourced, unsourced
from analysis.evidence.terms import terms
from analysis.measured import Measures
from analysis.measures.catalogue import Measure, catalogue
from analysis.measures.readability import readability_counts
from analysis.measures.sentiment import sentiment_counts
from analysis.measures.sums import sums
from analysis.story_yml import StoryYml
from analysis.tables import TABLES, check

if TYPE_CHECKING:
    from analysis.outline import Outline
    from analysis.story import Story

KINDS = ("actors", "outlets", "contested", "themes", "versions", "story_terms")


def measure(
    corpus: Corpus,
    story: StoryYml | Story | Outline | None = None,
    *,
    own_dictionaries: Path | None = None,
    dictionary_files: Sequence[Path] = (),
    sources: bool = True,
    is_part: bool = False,
    is_listed: bool = True,
    on_document: Callable[[str], None] = lambda doc_id: None,
) -> Measures:
    """Measure everything in `corpus`.

    `story` is a loaded story, its outline, or a read story.yml, which has no facts. Without one only generic frames are counted and
    only bundled names are masked.
    `own_dictionaries` is a folder whose dictionaries add to the bundled ones or replace them by name; `dictionary_files` are further
    ones to be counted, in any format that `evidence.dictionary_formats` reads. Without `sources` nothing is parsed: quotations,
    mentions and labels are empty, no measure of sourcing is there, and facts found by the mention of an actor are not looked for.
    `is_part`: `corpus` is a part of a larger one, so that nothing may depend on what else is measured with it: no differences
    (they need all parts), and terms as Americans spell them, not as most copies do. `is_listed`: a person's manifest says
    which copies of a story are counted; where none does, each text is counted once. `on_document` is told the id of a document
    when it was parsed and again when its figures are there, without `sources` then alone.
    """
    declared = getattr(story, "about", story)
    about = declared.model_dump(by_alias=True) if declared else {kind: [] for kind in KINDS}
    used = in_use(own_dictionaries, dictionary_files)
    if about["themes"]:
        used = used | {dictionaries.THEMES: dictionaries.from_themes(about["themes"])}
    masks = _masks(corpus, about, own_dictionaries)
    sourced = (
        _sourced(corpus, about, on_document, is_part=is_part) if sources else unsourced(corpus.sentences)
    )
    hits = sentiment_hits(corpus.texts, corpus.sentences, corpus.quoted_spans, masks)
    sentences = pd.concat(
        [
            corpus.sentences,
            readability_counts(corpus.texts, corpus.sentences),
            sentiment_counts(corpus.texts, corpus.sentences, corpus.quoted_spans, masks, hits),
            sourced.n_words_attributed,
        ],
        axis=1,
    )
    found = frame_hits(corpus.texts, corpus.sentences, corpus.quoted_spans, used)
    named = namings(corpus.texts, corpus.sentences, corpus.quoted_spans, about["contested"])
    found, named, corrections = _corrected(corpus, found, named)
    shared, aligned = overlap(
        corpus.texts, corpus.sentences, corpus.quoted_spans, corpus.documents, is_part=is_part
    )
    is_chosen = declared and is_listed
    documents = corpus.documents if is_chosen else _without_reprints(corpus.documents, shared)
    labels = {
        id: {frame: one.label for frame, one in dictionary.frames.items()} for id, dictionary in used.items()
    }
    actors = {actor["id"]: actor["name"] for actor in about["actors"]}
    summed = sums(sentences, found, sourced.quotations, sourced.mentions)
    figures = catalogue(labels, actors, has_sources=sources)
    if is_part:
        estimates = estimating.estimates(documents, summed, figures, on_document)
        differences = TABLES["differences"].empty()
    else:
        estimates, differences = compare(documents, summed, figures, about["versions"], on_document)
    words = terms(corpus.texts, corpus.sentences, corpus.quoted_spans, masks)
    facts = [fact.model_dump(by_alias=True) for fact in getattr(story, "facts", ())]
    tables = {
        "documents": documents,
        "lines": corpus.lines,
        "quoted_spans": corpus.quoted_spans,
        "sentences": sentences[TABLES["sentences"].names],
        "sentiment_hits": hits,
        "frame_hits": found,
        "namings": named,
        "quotations": sourced.quotations,
        "quotation_parts": sourced.quotation_parts,
        "mentions": sourced.mentions,
        "actor_labels": sourced.actor_labels,
        "frame_elements": frame_elements(getattr(story, "codes", None), corpus.sentences),
        "terms": _spelt_alike(words, documents) if is_part else words,
        "coverage": coverage(
            corpus.texts,
            documents,
            corpus.sentences,
            corpus.quoted_spans,
            sourced.mentions,
            sourced.quotations,
            sourced.quotation_parts,
            facts if sources else [fact for fact in facts if not asks_for_mentions(fact)],
        ),
        "overlap": shared,
        "alignments": aligned,
        "corrections": corrections,
        "estimates": estimates,
        "differences": differences,
        "warnings": corpus.warnings,
        "rejected": corpus.rejected,
    }
    checked = {name: check(frame, TABLES[name]) for name, frame in tables.items()}
    return Measures(**checked, frames=labels, actors=actors, has_sources=sources)


def _sourced(corpus: Corpus, about: dict, on_document: Callable[[str], None], *, is_part: bool) -> Sourced:
    from analysis.evidence.sourcing import sourcing  # and with it the parser, which takes seconds to load

    tables = corpus.sentences, corpus.quoted_spans, corpus.documents
    return sourcing(corpus.texts, *tables, about["actors"], about["outlets"], on_document, is_part=is_part)


def _spelt_alike(words: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Table `terms` with one spelling a term whatever the other copies write, in the order that `terms` gives."""
    place = {doc_id: n for n, doc_id in enumerate(documents["doc_id"])}
    return words.assign(term=words["term"].map(american)).sort_values(
        ["doc_id", "voice", "n", "term", "is_masked"],
        ascending=[True, True, False, True, True],
        key=lambda column: column.map(place) if column.name == "doc_id" else column,
        kind="stable",
        ignore_index=True,
    )


def _corrected(
    corpus: Corpus, hits: pd.DataFrame, named: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Hits and namings as a person corrected them, and all corrections with whether they found their rows."""
    corrections, frames = corpus.corrections, []
    for name, frame in (("frame_hits", hits), ("namings", named)):
        new, applied = corrected(frame, name, corrections)
        if applied:
            bare = new.drop(columns=["sentence_id", "voice"])
            new = TABLES[name].frame(placed(bare, corpus.sentences, corpus.quoted_spans))
            applied = _standing(corrections.loc[applied], new)
        frames.append(new)
        corrections = corrections.assign(
            is_applied=corrections["is_applied"] | corrections.index.isin(applied)
        )
    return *frames, corrections


def _standing(applied: pd.DataFrame, hits: pd.DataFrame) -> list[int]:
    """The index of those corrections whose row is there: an added one that lies in no sentence is not."""
    there = set(zip(hits["doc_id"], hits["start"], hits["end"], strict=True))
    places = zip(applied["doc_id"], applied["start"], applied["end"], strict=True)
    is_there = [place in there for place in places] | (applied["action"] != "add").to_numpy()
    return applied.index[is_there].to_list()


def _without_reprints(documents: pd.DataFrame, shared: pd.DataFrame) -> pd.DataFrame:
    """Where no manifest says which copies are counted: each text once."""
    reprints = not_counted(shared, documents)
    because = documents["doc_id"].map(lambda doc_id: reprints.get(doc_id, "")).astype("str")
    is_reprint = documents["is_counted"] & (because != "")
    return documents.assign(
        is_counted=documents["is_counted"] & ~is_reprint,
        not_counted_because=documents["not_counted_because"].mask(is_reprint, because),
    )


def compare(
    documents: pd.DataFrame,
    summed: pd.DataFrame,
    measures: list[Measure],
    versions: list[dict],
    on_document: Callable[[str], None] = lambda doc_id: None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Estimates of every copy, and differences of copies and, from ten shared episodes on, of outlets.

    `summed` is what `measures.sums.sums` returns, `versions` which copy a comparison uses, as story.yml has it.
    """
    of_copies = estimating.estimates(documents, summed, measures, on_document)
    pairs = comparing.chosen_copies(comparing.of_events(documents), versions)
    parts = [
        comparing.differences(documents, summed, measures, pairs),
        outlet_differences(by_measure(of_copies), measures, pairs),
    ]
    return of_copies, TABLES["differences"].frame(
        pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    )


def _masks(corpus: Corpus, about: dict, own_dictionaries: Path | None) -> dict[str, list[tuple[int, int]]]:
    names = listed_names(about, dictionaries.bundled(own_dictionaries, use="names").values())
    places = dict(iter(corpus.sentences.groupby("doc_id", sort=False)))
    masks = {}
    for doc_id, text in corpus.texts.items():
        own = places.get(doc_id)
        spans = [] if own is None else list(zip(own["start"], own["end"], strict=True))
        masks[doc_id] = masked_spans(text, spans, names)
    return masks
