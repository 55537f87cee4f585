"""In a story without differences at most one time in twenty any is called clear; planted ones are, if large."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.comparison import resampling
from analysis.comparison.outlets import by_measure, outlet_differences
from analysis.comparison.shares import wilson
from analysis.measured import Measures
from tests.gates.null_stories import (
    dealt,
    differences,
    fictional_story,
    labelled,
    paragraphs,
    planted,
)

SIZES = [50, pytest.param(500, marks=pytest.mark.soak)]
SIZES_OUTLETS = [15, pytest.param(500, marks=pytest.mark.soak)]
SIZES_POWER = [6, pytest.param(40, marks=pytest.mark.soak)]
N_RESAMPLES = 2_000  # a fifth of what reports use: thousands of families are judged here
NULL = "The share of stories without any difference in which at least one is called clear, over all families."
NULL_NOT = (
    "that a single finding is right with 95 %; nor anything of pairs of real articles, which differ in subject "
    "(see the pairs of editorials). Reports resample 10,000 times, here it is a fifth of that."
)


@pytest.fixture(scope="module", autouse=True)
def fewer_resamples():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resampling, "N_FAMILY", N_RESAMPLES)
        yield


@pytest.fixture(scope="module")
def harbour() -> Measures:
    return fictional_story()


@pytest.fixture(scope="module")
def pool(harbour) -> list[pd.DataFrame]:
    return paragraphs(harbour)


def share(n_false: int, n: int) -> str:
    low, high = wilson(n_false, n)
    return f"{n_false} of {n} stories ({n_false / n:.1%}; {low:.1%} to {high:.1%})"


def test_dealing_keeps_every_paragraph_whole_and_uses_none_twice(pool):
    documents, table = dealt(pool, 0)
    assert len(documents) == 4
    assert table.groupby("doc_id")["paragraph"].nunique().to_list() == [25] * 4
    largest = max(len(paragraph) for paragraph in pool)
    assert table.groupby(["doc_id", "paragraph"]).size().max() <= largest


def test_permuting_leaves_each_episode_its_figures(harbour):
    table, _ = labelled(harbour.catalogue, 0, n_outlets=3)
    one = table[table["measure"] == "quoted_share"]
    assert one.groupby(["group", "episode"]).size().to_list() == [1] * 36


@pytest.mark.parametrize("n", SIZES)
def test_copies_of_one_pool_of_paragraphs_differ_in_at_most_one_story_of_twenty(
    n, pool, harbour, floors, record
):
    n_false = sum(differences(*dealt(pool, story), harbour.catalogue)["is_clear"].any() for story in range(n))
    record(
        "Null stories, scope copy",
        share(n_false, n),
        floor=f"lower end at most {floors['null_stories']:.0%}",
        n=f"four copies of 25 paragraphs dealt from the {len(pool)} of the fictional story, all measures and themes; 2,000 resamples",
        says=NULL,
        says_not=NULL_NOT,
    )
    print(share(n_false, n))
    assert wilson(n_false, n)[0] <= floors["null_stories"]


OUTLETS = {  # episodes, and hits a copy of rare words
    "": (12, None),
    ", ten episodes": (10, None),
    ", ten episodes, rare words": (10, 0.4),
    ", ten episodes, words in most copies": (10, 1.5),
}


@pytest.mark.parametrize("kind", OUTLETS)
@pytest.mark.parametrize("n", SIZES_OUTLETS)
def test_permuted_outlets_differ_in_at_most_one_story_of_twenty(
    n, kind, harbour, floors, record, monkeypatch
):
    n_episodes, hits = OUTLETS[kind]
    n_false, n_judged = 0, 0
    for story in range(n):
        monkeypatch.setattr(resampling, "SEED", story)
        table, pairs = labelled(
            harbour.catalogue, story, n_outlets=2 + story % 3, n_episodes=n_episodes, hits=hits
        )
        rows = outlet_differences(by_measure(table), harbour.catalogue, pairs)
        n_false += rows["is_clear"].any()
        n_judged += rows["low_family"].notna().mean() / n
    words = "" if hits is None else f", indicator words {hits:g} times a copy in the mean"
    record(
        f"Null stories, scope outlet{kind}",
        share(n_false, n),
        floor=f"lower end at most {floors['null_stories']:.0%}",
        n=f"two to four outlets in {n_episodes} episodes, made figures, skewed and with long tails{words}; {n_judged:.0%} of differences judged; 2,000 resamples",
        says=NULL,
        says_not="anything of fewer than ten episodes, for which nothing is said of outlets.",
    )
    print(share(n_false, n), f"{n_judged:.0%} judged")
    assert wilson(n_false, n)[0] <= floors["null_stories"]


PLANTED = [  # valence on −1 to 1, times the length of sentences, more hits in 1,000 words
    {"valence": 0.1, "longer": 1.2, "rate": 10},
    {"valence": 0.2, "longer": 1.4, "rate": 20},
    {"valence": 0.3, "longer": 1.7, "rate": 40},
]
SIGNS = {"sentiment_outside": "valence", "words_per_sentence": "longer", "theme_environment": "rate"}


@pytest.mark.parametrize("n", SIZES_POWER)
def test_the_power_of_scope_copy_grows_with_the_difference_planted(n, pool, harbour, record):
    shares = []
    for size in PLANTED:
        found = {name: [] for name in SIGNS}
        for story in range(n):
            documents, table = dealt(pool, 10_000 + story)
            first = documents["doc_id"].iloc[0]
            rows = differences(documents, planted(table, first, **size, seed=story), harbour.catalogue)
            rows = rows[rows["doc_id_a"] == first]
            for name in SIGNS:
                own = rows[rows["measure"] == name]
                found[name] += (own["is_clear"] & (own["value"] > 0)).to_list()
        shares.append({name: float(np.mean(values)) for name, values in found.items()})
    for name, key in SIGNS.items():
        label = {
            "valence": "valence higher by",
            "longer": "sentences longer, times",
            "rate": "more hits in 1,000 words",
        }
        sizes = ", ".join(
            f"{size[key]:g}: {one[name]:.0%}" for size, one in zip(PLANTED, shares, strict=True)
        )
        record(
            f"Power, scope copy: {name}",
            f"{label[key]} {sizes}",
            n=f"{n} stories of four copies of 25 paragraphs, three pairs each with the copy planted in",
            says="The share of pairs in which a planted difference of this size is called clear.",
            says_not="what would be found in shorter copies or in a story with more outlets: there it is less.",
        )
        print(name, sizes)
        assert shares[0][name] <= shares[-1][name]


@pytest.mark.parametrize("n", SIZES_POWER)
def test_the_power_of_scope_outlet_grows_with_the_difference_planted(n, harbour, record):
    shares = []
    for shift in (1.0, 2.0, 3.0):
        found = []
        for story in range(n):
            table, pairs = labelled(harbour.catalogue, 10_000 + story, n_outlets=3, shift=shift)
            rows = outlet_differences(by_measure(table), harbour.catalogue, pairs)
            found += rows.loc[rows["outlet_a"] == "outlet 0", "is_clear"].to_list()
        shares.append((shift, float(np.mean(found))))
    sizes = ", ".join(f"{shift:g}: {one:.0%}" for shift, one in shares)
    print(sizes)
    record(
        "Power, scope outlet",
        f"standard deviations of a copy within its episode {sizes}",
        n=f"{n} stories of three outlets in twelve episodes, all headline measures",
        says="The share of pairs and measures in which a planted difference of this size is called clear.",
        says_not="how large differences of outlets are.",
    )
    assert shares[0][1] <= shares[-1][1]
