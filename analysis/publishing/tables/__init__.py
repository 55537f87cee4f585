"""The tables of the reports: each takes a Story and returns a display."""

from analysis.publishing.tables.comparisons import differences, estimates, family_differences
from analysis.publishing.tables.corpus import (
    documents,
    dropped_lines,
    filing_order,
    lines_by_rule,
    pairs,
    warnings,
)
from analysis.publishing.tables.versions import shared_passages, version_changes
from analysis.publishing.tables.words import indicator_words, namings, prominence, sentiment_words

__all__ = [
    "differences",
    "documents",
    "dropped_lines",
    "estimates",
    "family_differences",
    "filing_order",
    "indicator_words",
    "lines_by_rule",
    "namings",
    "pairs",
    "prominence",
    "sentiment_words",
    "shared_passages",
    "version_changes",
    "warnings",
]
