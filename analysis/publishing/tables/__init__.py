"""The tables of the reports: each takes a Story and returns a display."""

from analysis.publishing.tables.coded import coded_frames, corrected_rates
from analysis.publishing.tables.comparisons import differences, estimates, family_differences
from analysis.publishing.tables.corpus import (
    documents,
    dropped_lines,
    filing_order,
    lines_by_rule,
    pairs,
    warnings,
)
from analysis.publishing.tables.coverage import coverage, disagreements, found_facts, quality
from analysis.publishing.tables.keywords import keywords
from analysis.publishing.tables.sources import (
    actor_labels,
    cue_classes,
    cue_words,
    mentions,
    source_categories,
    source_types,
    sources_counted,
    speakers,
)
from analysis.publishing.tables.versions import shared_passages, version_changes
from analysis.publishing.tables.words import indicator_words, namings, prominence, sentiment_words

__all__ = [
    "actor_labels",
    "coded_frames",
    "corrected_rates",
    "coverage",
    "cue_classes",
    "cue_words",
    "differences",
    "disagreements",
    "documents",
    "dropped_lines",
    "estimates",
    "family_differences",
    "filing_order",
    "found_facts",
    "indicator_words",
    "keywords",
    "lines_by_rule",
    "mentions",
    "namings",
    "pairs",
    "prominence",
    "quality",
    "sentiment_words",
    "shared_passages",
    "source_categories",
    "source_types",
    "sources_counted",
    "speakers",
    "version_changes",
    "warnings",
]
