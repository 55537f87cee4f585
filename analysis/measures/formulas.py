"""The readability formulas, as functions of sums; counts of words and syllables are textstat's."""

from __future__ import annotations

import numpy as np

from analysis.measures.measure import Measure, mean, share


def _dale_chall(difficult: np.ndarray, words: np.ndarray, sentences: np.ndarray) -> np.ndarray:
    share = 100 * difficult / words
    return 0.1579 * share + 0.0496 * words / sentences + np.where(share > 5, 3.6365, 0.0)


_GRADE = "harder to read"
READABILITY = (
    Measure(
        "words_per_sentence",
        "words per sentence",
        ("n_words", "n_sentences"),
        mean,
        "words",
        "longer sentences",
        "readability",
        is_headline=True,
    ),
    Measure(
        "long_words_share",
        "words of more than six letters",
        ("n_long_words", "n_words"),
        share,
        "% of words",
        "more long words",
        "readability",
        is_headline=True,
    ),
    Measure(
        "flesch_kincaid_grade",
        "Flesch–Kincaid grade",
        ("n_words", "n_sentences", "n_syllables"),
        lambda words, sentences, syllables: 0.39 * words / sentences + 11.8 * syllables / words - 15.59,
        "school grade",
        _GRADE,
        "readability",
        is_headline=True,
        source="Kincaid et al. 1975",
    ),
    Measure(
        "flesch_reading_ease",
        "Flesch reading ease",
        ("n_words", "n_sentences", "n_syllables"),
        lambda words, sentences, syllables: 206.835 - 1.015 * words / sentences - 84.6 * syllables / words,
        "points",
        "easier to read",
        "readability",
        source="Flesch 1948",
    ),
    Measure(
        "gunning_fog",
        "Gunning Fog",
        ("n_words", "n_sentences", "n_difficult_3"),
        lambda words, sentences, difficult: 0.4 * (words / sentences + 100 * difficult / words),
        "school grade",
        _GRADE,
        "readability",
        source="Gunning 1952, difficult words as textstat counts them",
    ),
    Measure(
        "smog",
        "SMOG",
        ("n_polysyllables", "n_sentences"),
        lambda polysyllables, sentences: 1.043 * np.sqrt(30 * polysyllables / sentences) + 3.1291,
        "school grade",
        _GRADE,
        "readability",
        source="McLaughlin 1969",
    ),
    Measure(
        "ari",
        "Automated Readability Index",
        ("n_characters", "n_words", "n_sentences"),
        lambda characters, words, sentences: 4.71 * characters / words + 0.5 * words / sentences - 21.43,
        "school grade",
        _GRADE,
        "readability",
        source="Senter & Smith 1967",
    ),
    Measure(
        "coleman_liau",
        "Coleman–Liau",
        ("n_letters", "n_words", "n_sentences"),
        lambda letters, words, sentences: 5.8 * letters / words - 29.6 * sentences / words - 15.8,
        "school grade",
        _GRADE,
        "readability",
        source="Coleman & Liau 1975, coefficients as in textstat",
    ),
    Measure(
        "dale_chall",
        "Dale–Chall",
        ("n_difficult_0", "n_words", "n_sentences"),
        _dale_chall,
        "points",
        _GRADE,
        "readability",
        source="Dale & Chall 1948, difficult words as textstat counts them",
    ),
    Measure(
        "lix",
        "LIX",
        ("n_words", "n_sentences", "n_long_words"),
        lambda words, sentences, long: words / sentences + 100 * long / words,
        "points",
        _GRADE,
        "readability",
        source="Björnsson 1968",
    ),
    Measure(
        "rix",
        "RIX",
        ("n_long_words", "n_sentences"),
        mean,
        "long words a sentence",
        _GRADE,
        "readability",
        digits=2,
        source="Anderson 1983",
    ),
    Measure(
        "spache",
        "Spache",
        ("n_difficult_2", "n_words", "n_sentences"),
        lambda difficult, words, sentences: 0.141 * words / sentences + 8.6 * difficult / words + 0.839,
        "school grade",
        _GRADE,
        "readability",
        source="Spache 1953 (revised), difficult words as textstat counts them",
    ),
    Measure(
        "mcalpine_eflaw",
        "McAlpine EFLAW",
        ("n_words", "n_miniwords", "n_sentences"),
        lambda words, miniwords, sentences: (words + miniwords) / sentences,
        "points",
        "harder for readers of English as a foreign language",
        "readability",
        source="McAlpine 2006",
    ),
)
