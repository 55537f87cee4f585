"""The catalogue of measures: every figure of a report is one entry here.

A measure is a function of sums over sentences. An entry names the columns summed
(see `sums.py`), the function, the unit, which way the figure points, the words it
counts (voice) and the question it answers (family). One function estimates all of
them and one resampler gives all intervals, so a new measure is one more entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np

FAMILIES = ("sourcing", "framing", "sentiment", "readability")


class UnknownMeasure(KeyError):
    """No measure of the catalogue has this name."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class Measure:
    """One entry: `function` takes an array per column of `columns` and returns an array of the same shape.

    `higher` says what a higher value means. `words` is the sum that must reach the minimum of text.
    `event` is the sum that must not be zero for an interval to mean anything ("" where that cannot happen).
    `is_headline` measures are the ones whose differences are judged, together with their family.
    """

    name: str
    label: str
    columns: tuple[str, ...]
    function: Callable[..., np.ndarray]
    unit: str
    higher: str
    family: str
    voice: str = "all"
    is_headline: bool = False
    words: str = "n_words"
    event: str = ""
    digits: int = 1
    source: str = ""


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return 100 * part / whole


def _rate(hits: np.ndarray, words: np.ndarray) -> np.ndarray:
    return 1000 * hits / words


def _mean(total: np.ndarray, n: np.ndarray) -> np.ndarray:
    return total / n


def _dale_chall(difficult: np.ndarray, words: np.ndarray, sentences: np.ndarray) -> np.ndarray:
    share = 100 * difficult / words
    return 0.1579 * share + 0.0496 * words / sentences + np.where(share > 5, 3.6365, 0.0)


SOURCING = (
    Measure(
        "quoted_share",
        "Words inside quotation marks",
        ("n_words_quoted", "n_words"),
        _share,
        "% of words",
        "more of the text stands inside quotation marks",
        "sourcing",
        is_headline=True,
        event="n_words_quoted",
    ),
)

_GRADE = "harder to read"
READABILITY = (
    Measure(
        "words_per_sentence",
        "Words per sentence",
        ("n_words", "n_sentences"),
        _mean,
        "words",
        "longer sentences",
        "readability",
        is_headline=True,
    ),
    Measure(
        "long_words_share",
        "Words of more than six letters",
        ("n_long_words", "n_words"),
        _share,
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
        _mean,
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


def _sentiment(voice: str) -> tuple[Measure, ...]:
    where = {"outside": "outside quotation marks", "quoted": "inside quotation marks"}[voice]
    words = f"n_words_{voice}"
    return (
        Measure(
            f"sentiment_{voice}",
            f"Valence {where}",
            (f"valence_{voice}", f"n_words_scored_{voice}"),
            _mean,
            "−1 to 1",
            "more words of positive valence",
            "sentiment",
            voice=voice,
            is_headline=True,
            words=words,
            event=f"n_sentences_with_valence_{voice}",
            digits=2,
            source="VADER (Hutto & Gilbert 2014) a sentence, names masked, weighted by words",
        ),
        Measure(
            f"sentiment_{voice}_unmasked",
            f"Valence {where}, names left in",
            (f"valence_{voice}_unmasked", f"n_words_scored_{voice}"),
            _mean,
            "−1 to 1",
            "more words of positive valence",
            "sentiment",
            voice=voice,
            words=words,
            digits=2,
            source="VADER (Hutto & Gilbert 2014) a sentence, weighted by words",
        ),
        Measure(
            f"sentiment_coverage_{voice}",
            f"Sentences with any valence word, {where}",
            (f"n_sentences_with_valence_{voice}", f"n_sentences_scored_{voice}"),
            _share,
            "% of sentences",
            "more sentences hold a word that carries valence",
            "sentiment",
            voice=voice,
            words=words,
            event=f"n_sentences_with_valence_{voice}",
            digits=0,
        ),
    )


SENTIMENT = (*_sentiment("outside"), *_sentiment("quoted"))


def _indicator(kind: str, dictionary: str, frame: str, label: str) -> Iterable[Measure]:
    for voice in ("all", "outside", "quoted"):
        hits = f"n_hits_{dictionary}_{frame}_{voice}"
        words = "n_words" if voice == "all" else f"n_words_{voice}"
        yield Measure(
            f"{kind}_{frame}",
            label,
            (hits, words),
            _rate,
            "hits per 1,000 words",
            "more indicator words",
            "framing",
            voice=voice,
            is_headline=voice == "all",
            words=words,
            event=hits,
        )


def catalogue(frames: dict[str, dict[str, str]] | None = None) -> list[Measure]:
    """All measures; `frames` gives, for each dictionary id, its frame ids with their labels.

    Frames of the dictionary `themes` are called `theme_<id>`, all others `indicator_<id>`.
    """
    indicators = [
        measure
        for dictionary, labels in (frames or {}).items()
        for frame, label in labels.items()
        for measure in _indicator(
            "theme" if dictionary == "themes" else "indicator", dictionary, frame, label
        )
    ]
    return [*SOURCING, *indicators, *SENTIMENT, *READABILITY]


def find(measures: list[Measure], name: str) -> list[Measure]:
    """The entries called `name`, one a voice. Raises `UnknownMeasure` with the nearest right names."""
    found = [measure for measure in measures if measure.name == name]
    if not found:
        names = sorted({measure.name for measure in measures})
        near = get_close_matches(name, names, n=3, cutoff=0.5)
        raise UnknownMeasure(
            f"no measure {name!r}; "
            + (f"near: {', '.join(near)}" if near else f"there are: {', '.join(names)}")
        )
    return found
