"""The catalogue of measures: every figure of a report is one entry here.

A measure is a function of sums over sentences. An entry names the columns summed
(see `sums.py`), the function, the unit, which way the figure points, the words it
counts (voice) and the question it answers (family). One function estimates all of
them and one resampler gives all intervals, so a new measure is one more entry.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from analysis.measures.formulas import READABILITY
from analysis.measures.measure import Measure, mean, rate, share

FAMILIES = ("sourcing", "framing", "sentiment", "readability")


class UnknownMeasure(KeyError):
    """No measure of the catalogue has this name."""

    def __str__(self) -> str:
        return str(self.args[0])


SOURCING = (
    Measure(
        "quoted_share",
        "words inside quotation marks",
        ("n_words_quoted", "n_words"),
        share,
        "% of words",
        "more of the text stands inside quotation marks",
        "sourcing",
        is_headline=True,
        event="n_words_quoted",
    ),
)


def _sentiment(voice: str) -> tuple[Measure, ...]:
    where = {"outside": "outside quotation marks", "quoted": "inside quotation marks"}[voice]
    words = f"n_words_{voice}"
    return (
        Measure(
            f"sentiment_{voice}",
            f"valence {where}",
            (f"valence_{voice}", f"n_words_scored_{voice}"),
            mean,
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
            f"valence {where}, names left in",
            (f"valence_{voice}_unmasked", f"n_words_scored_{voice}"),
            mean,
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
            f"sentences with any valence word, {where}",
            (f"n_sentences_with_valence_{voice}", f"n_sentences_scored_{voice}"),
            share,
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
        hits = f"n_hits_{dictionary}/{frame}_{voice}"
        words = "n_words" if voice == "all" else f"n_words_{voice}"
        yield Measure(
            f"{kind}_{frame}",
            f"indicator words of {label}",
            (hits, words),
            rate,
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
