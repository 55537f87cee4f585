"""Null stories: stories without any difference, made from one pool of paragraphs or from one set of labels.

Scope copy: paragraphs of the fictional story are drawn and dealt at random into as many copies as a story has.
Scope outlet: figures of copies, skewed and with long tails, whose outlets are permuted within each episode.
"""

from __future__ import annotations

from pathlib import Path
from statistics import NormalDist

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
    table = sums(measures.sentences, measures.frame_hits)
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
    table.loc[own, "n_hits_themes_environment_all"] += more
    return table


def labelled(measures: list[Measure], story: int, *, n_outlets: int, shift: float = 0.0) -> pd.DataFrame:
    """Estimates of copies in twelve episodes, labels of outlets permuted within each: a story of scope outlet.

    Figures of a copy go together (a factor of the copy), differ between episodes, are skewed for half of the
    measures and have long tails for the others. `shift` then raises the first outlet, in standard deviations of a
    copy's own part.
    """
    draw = np.random.default_rng(story)
    headline = [measure for measure in measures if measure.is_headline]
    copy = draw.normal(size=(N_EPISODES, n_outlets))
    rows = []
    outlet_of = np.array([draw.permutation(n_outlets) for _ in range(N_EPISODES)])
    for which, entry in enumerate(headline):
        long_tails = draw.standard_t(4, size=copy.shape) / 2**0.5
        skewed = (draw.lognormal(0, 0.8, size=copy.shape) - np.exp(0.32)) / 1.30  # mean 0, deviation about 1
        own = 0.6 * copy + 0.8 * (skewed if which % 2 else long_tails)
        values = 10 + own + draw.normal(0, 2, size=(N_EPISODES, 1)) + draw.normal(0, 1, size=n_outlets)
        for episode in range(N_EPISODES):
            for place in range(n_outlets):
                outlet = outlet_of[episode, place]
                value = values[episode, place] + shift * (outlet == 0)
                rows.append((entry.name, entry.voice, f"outlet {outlet}", f"{episode}", value))
    table = pd.DataFrame(rows, columns=["measure", "voice", "group", "episode", "value"])
    table = table.sort_values(["group", "episode"], kind="stable", ignore_index=True)
    fixed = {"doc_id": "", "unit": "", "scope": "copy", "reason": "", "low": np.nan, "high": np.nan}
    return ESTIMATES.frame(table.assign(**fixed, n_words=0, n_sentences=0, n_documents=1))


def wilson(n_false: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927, JASA 22, 209-212)."""
    z = NormalDist().inv_cdf(0.975)
    middle = (n_false + z**2 / 2) / (n + z**2)
    reach = z / (n + z**2) * (n_false * (n - n_false) / n + z**2 / 4) ** 0.5
    return middle - reach, middle + reach
