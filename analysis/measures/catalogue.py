"""The catalogue of measures: every figure of a report is one entry here.

A measure is a function of sums over sentences. An entry names the columns summed
(see `sums.py`), the function, the unit, which way the figure points, the words it
counts (voice) and the question it answers (family). One function estimates all of
them and one resampler gives all intervals, so a new measure is one more entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from analysis.measures.formulas import READABILITY
from analysis.measures.measure import Measure, mean, rate, share
from analysis.nearest import did_you_mean
from analysis.tables import CUE_CLASSES

FAMILIES = ("sourcing", "framing", "sentiment", "readability")


class UnknownMeasure(KeyError):
    """No measure of the catalogue has this name."""

    def __str__(self) -> str:
        return str(self.args[0])


VOICES_OF_TEXT = (
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
    Measure(
        "attributed_share",
        "words reported as somebody's without quotation marks",
        ("n_words_attributed", "n_words"),
        share,
        "% of words",
        "more of the text is paraphrase that was found",
        "sourcing",
        is_headline=True,
        event="n_words_attributed",
        source="a lower bound: paraphrase that is not found is left out",
    ),
    Measure(
        "unattributed_share",
        "words nobody is found to have said",
        ("n_words_unattributed", "n_words"),
        share,
        "% of words",
        "more of the text is neither quoted nor found to be paraphrase",
        "sourcing",
        event="n_words_unattributed",
        source="an upper bound: paraphrase that is not found is among them",
    ),
)


def _attributions(name: str, label: str, of: str, higher: str, *, is_headline: bool = False) -> Measure:
    """The share of attributions that are of a kind, by the sentence in which they begin."""
    column = f"n_attributions_{of}"
    return Measure(
        name,
        label,
        (column, "n_attributions"),
        share,
        "% of attributions",
        higher,
        "sourcing",
        is_headline=is_headline,
        event=column,
        of="n_attributions",
        digits=0,
    )


ATTRIBUTIONS = (
    _attributions("direct_share", "wholly quoted", "direct", "more is given wholly in quotation marks"),
    _attributions("partial_share", "partly quoted", "partial", "more mixes quotation and paraphrase"),
    _attributions("indirect_share", "paraphrased", "indirect", "more is paraphrased"),
    _attributions(
        "official_share", "by official sources", "official", "more is said by officials", is_headline=True
    ),
    _attributions(
        "non_official_share", "by non-official sources", "non-official", "more is said by people of no state"
    ),
    _attributions(
        "unnamed_share", "by unnamed sources", "unnamed", "more is said by people not named", is_headline=True
    ),
    _attributions(
        "intermediary_share",
        "through an intermediary",
        "through",
        "more is said to have come through somebody",
    ),
)


def _cues(cue_class: str, label: str) -> Measure:
    return Measure(
        f"cues_{cue_class}_share",
        f"cues that are {label.lower()}",
        (f"n_cues_{cue_class}", "n_cues"),
        share,
        "% of cues",
        f"more of the words that report are of the class {label.lower()}",
        "sourcing",
        event=f"n_cues_{cue_class}",
        of="n_cues",
        digits=0,
        source="data/dictionaries/cues.yml, after Thompson & Ye 1991 and Recasens et al. 2013",
    )


SOURCING = (*VOICES_OF_TEXT, *ATTRIBUTIONS, *(_cues(*one) for one in CUE_CLASSES.items()))


def _subject(actor: str, name: str) -> Measure:
    return Measure(
        f"subject_share_{actor}",
        f"{name} as subject",
        (f"n_subject_{actor}", f"n_roles_{actor}"),
        share,
        "% of places as subject or object",
        "oftener the one who does than the one done to, in grammar",
        "sourcing",
        event=f"n_subject_{actor}",
        of=f"n_roles_{actor}",
        digits=0,
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


def catalogue(
    frames: Mapping[str, Mapping[str, str]] | None = None,
    actors: Mapping[str, str] | None = None,
    *,
    has_sources: bool = True,
) -> list[Measure]:
    """All measures; `frames` gives, for each dictionary id, its frame ids with their labels, `actors` ids with names.

    Frames of the dictionary `themes` are called `theme_<id>`, all others `indicator_<id>`. Where nobody looked for sources
    (`has_sources` False) no measure of sourcing is there: its counts would be zeros that nobody counted.
    """
    indicators = [
        measure
        for dictionary, labels in (frames or {}).items()
        for frame, label in labels.items()
        for measure in _indicator(
            "theme" if dictionary == "themes" else "indicator", dictionary, frame, label
        )
    ]
    subjects = [_subject(actor, name) for actor, name in (actors or {}).items()]
    sourcing = [*SOURCING, *subjects] if has_sources else []
    return [*sourcing, *indicators, *SENTIMENT, *READABILITY]


def find(measures: list[Measure], name: str) -> list[Measure]:
    """The entries called `name`, one a voice. Raises `UnknownMeasure` with the nearest right names."""
    found = [measure for measure in measures if measure.name == name]
    if not found:
        names = sorted({measure.name for measure in measures})
        raise UnknownMeasure(
            f"no measure {name!r}" + (did_you_mean(name, names) or f"; there are: {', '.join(names)}")
        )
    return found
