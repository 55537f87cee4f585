"""Null stories: stories without any difference, made from one pool of paragraphs or from one set of labels.

Scope copy: paragraphs of the fictional story are drawn and dealt at random into as many copies as a story has.
Scope outlet: figures of copies, skewed and with long tails, whose outlets are permuted within each episode.
"""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.comparison import differences as comparing
from analysis.corpus.manifest import read_manifest
from analysis.corpus.reading import read
from analysis.measured import Measures
from analysis.measures.catalogue import Measure
from analysis.measures.sums import sums
from analysis.measuring import measure
from analysis.story_yml import read_story_yml
from analysis.tables import ESTIMATES

FOLDER = Path(__file__).parents[2] / "data" / "sample-harbour"
N_COPIES, N_PARAGRAPHS, N_EPISODES = 4, 25, 12


def fictional_story() -> Measures:
    """The fictional story, measured from its texts with the whole catalogue."""
    about = read_story_yml(FOLDER / "story.yml")
    manifest = read_manifest(FOLDER / "documents.csv", outlets=[outlet.id for outlet in about.outlets])
    return measure(read(FOLDER / "articles", manifest=manifest), about)


def paragraphs(measures: Measures) -> list[pd.DataFrame]:
    """The sums of each paragraph of the counted copies."""
    counted = measures.documents.query("is_counted")["doc_id"]
    table = sums(measures.sentences, measures.frame_hits, measures.quotations, measures.mentions)
    table = table[table["doc_id"].isin(counted)]
    return [own for _, own in table.groupby(["doc_id", "paragraph"], sort=False)]


def documents_of(names: list[str]) -> pd.DataFrame:
    """A copy a name, each its own outlet, in one episode."""
    return pd.DataFrame(
        {
            "doc_id": names,
            "outlet": names,
            "episode": "e",
            "language": "en",
            "is_counted": True,
            "published_at": "",
            "published_precision": "none",
            "filing_order": pd.array([pd.NA] * len(names), dtype="Int64"),
        }
    )


def dealt(pool: list[pd.DataFrame], story: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Documents and sums of a null story of scope copy: 100 paragraphs of the pool in four copies."""
    names = [f"story {story} copy {copy}" for copy in range(N_COPIES)]  # resamples go by the name
    drawn = np.random.default_rng(story).permutation(len(pool))[: N_COPIES * N_PARAGRAPHS]
    parts = [
        pool[paragraph].assign(doc_id=names[place % N_COPIES], paragraph=place // N_COPIES)
        for place, paragraph in enumerate(drawn)
    ]
    return documents_of(names), pd.concat(parts, ignore_index=True)


def differences(documents: pd.DataFrame, table: pd.DataFrame, measures: list[Measure]) -> pd.DataFrame:
    return comparing.differences(documents, table, measures, comparing.chosen_copies(documents))


def planted(
    table: pd.DataFrame, doc_id: str, *, valence: float, longer: float, rate: float, seed: int
) -> pd.DataFrame:
    """The same sums with differences in the first copy.

    Valence outside quotation marks is higher by `valence`, sentences are `longer` times as long, and `rate` more
    words in 1,000 are indicator words of the theme `environment`, wherever they fall.
    """
    table = table.copy()
    own = table["doc_id"] == doc_id
    table.loc[own, "valence_outside"] += valence * table.loc[own, "n_words_scored_outside"]
    words = [name for name in table if name.startswith(("n_words", "valence", "n_long", "n_syll", "n_hits"))]
    table.loc[own, words] *= longer
    more = np.random.default_rng(seed).poisson(rate * table.loc[own, "n_words"] / 1000)
    table.loc[own, "n_hits_themes/environment_all"] += more
    return table


def labelled(
    measures: list[Measure],
    story: int,
    *,
    n_outlets: int,
    n_episodes: int = N_EPISODES,
    hits: float | None = None,
    shift: float = 0.0,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Estimates of copies, labels of outlets permuted within each episode, and their pairs: a story of scope outlet.

    Figures of a copy go together (a factor of the copy), differ between episodes, are skewed for half of the
    measures and have long tails for the others. With `hits`, the measures that count hits are rates of words that
    stand so often in a copy: Poisson, more of them in some episodes, and four times as many in every fifth copy.
    `shift` then raises the first outlet, in standard deviations of a copy's own part.
    """
    draw = np.random.default_rng(story)
    headline = [measure for measure in measures if measure.is_headline]
    copy = draw.normal(size=(n_episodes, n_outlets))
    rows = []
    outlet_of = np.array([draw.permutation(n_outlets) for _ in range(n_episodes)])
    for which, entry in enumerate(headline):
        if hits is not None and entry.event and entry.family != "sentiment":
            values = _rates(draw, hits, copy)
        else:
            long_tails = draw.standard_t(4, size=copy.shape) / 2**0.5
            skewed = (
                draw.lognormal(0, 0.8, size=copy.shape) - np.exp(0.32)
            ) / 1.30  # mean 0, deviation about 1
            own = 0.6 * copy + 0.8 * (skewed if which % 2 else long_tails)
            values = 10 + own + draw.normal(0, 2, size=(n_episodes, 1)) + draw.normal(0, 1, size=n_outlets)
        for episode in range(n_episodes):
            for place in range(n_outlets):
                outlet = outlet_of[episode, place]
                value = values[episode, place] + shift * (outlet == 0)
                doc_id = f"{outlet} {episode}"
                rows.append((entry.name, entry.voice, f"outlet {outlet}", doc_id, f"{episode}", value))
    table = pd.DataFrame(rows, columns=["measure", "voice", "group", "doc_id", "episode", "value"])
    table = table.sort_values(["group", "episode"], kind="stable", ignore_index=True)
    fixed = {"unit": "", "scope": "copy", "reason": "", "low": np.nan, "high": np.nan}
    pairs = [
        (str(episode), f"{a} {episode}", f"{b} {episode}", "")
        for episode in range(n_episodes)
        for a, b in combinations(range(n_outlets), 2)
    ]
    return (
        ESTIMATES.frame(table.assign(**fixed, n_words=0, n_sentences=0, n_documents=1)),
        pd.DataFrame(pairs, columns=["episode", "doc_id_a", "doc_id_b", "rule"]),
    )


def _rates(draw: np.random.Generator, hits: float, copy: np.ndarray) -> np.ndarray:
    """Hits per 1,000 words in copies of about 600 words, `hits` a copy in the mean."""
    words = draw.lognormal(6.4, 0.3, size=copy.shape)
    expected = (
        hits * words / words.mean() * np.exp(0.3 * copy) * draw.gamma(0.7, 1 / 0.7, size=(len(copy), 1))
    )
    crowded = 1 + 3 * (draw.random(copy.shape) < 0.2)
    return 1000 * draw.poisson(expected) * crowded / words
