"""The figures of the reports: each takes a Story and returns a display with alt text, caption and source."""

from analysis.publishing.figures.at_a_glance import at_a_glance
from analysis.publishing.figures.corpus import composition, sentence_lengths
from analysis.publishing.figures.coverage import coverage
from analysis.publishing.figures.differences import differences
from analysis.publishing.figures.estimates import estimates
from analysis.publishing.figures.indicators import indicator_heatmap, indicator_marks, own_indicators
from analysis.publishing.figures.speakers import speakers, subject_shares
from analysis.publishing.figures.valence import valence_by_sentence
from analysis.publishing.figures.word_shift import word_shifts

__all__ = [
    "at_a_glance",
    "composition",
    "coverage",
    "differences",
    "estimates",
    "indicator_heatmap",
    "indicator_marks",
    "own_indicators",
    "sentence_lengths",
    "speakers",
    "subject_shares",
    "valence_by_sentence",
    "word_shifts",
]
