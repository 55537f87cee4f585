"""Every figure says in words what it shows, in manifest order, and claims a difference only where one is clear."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from itertools import pairwise

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from analysis.measured import TABLE_NAMES
from analysis.measures import sources
from analysis.publishing import figures, tables
from analysis.publishing.displays import Figure, Stack
from analysis.publishing.figures.differences import difference_title
from analysis.publishing.figures.layout import panels, rows_of
from analysis.publishing.figures.panel import dress, entries
from analysis.publishing.hues import hue
from analysis.publishing.svg import palette, style
from analysis.story import Story

FORMULAS = ["words_per_sentence", "long_words_share", "flesch_kincaid_grade"]
FIGURES = {
    "at a glance": figures.at_a_glance,
    "composition": figures.composition,
    "estimates": lambda story: figures.estimates(
        story, FORMULAS, outlet="afp", title="How long are sentences and words?"
    ),
    "differences": lambda story: figures.differences(story, ["quoted_share"]),
    "differences of one": lambda story: figures.differences(story, FORMULAS, outlet="washington-post"),
    "heat map": lambda story: figures.indicator_heatmap(story, "themes", outlet="ap"),
    "heat map of a voice": lambda story: figures.indicator_heatmap(story, "generic_frames", voice="quoted"),
    "marks": lambda story: figures.indicator_marks(story, "ap", "generic_frames"),
    "valence": lambda story: figures.valence_by_sentence(story, "ap"),
    "speakers": lambda story: figures.speakers(story, "ap"),
    "subjects": lambda story: figures.subject_shares(story, "reuters"),
    "sentence lengths": lambda story: figures.sentence_lengths(story, "reuters"),
}
JUDGING = re.compile(
    r"\b(emphasi[sz]|downplay|ignor|omit|bias|slant|best|worst|most negative|most positive|winner|rank)\w*",
    re.I,
)


@pytest.fixture(scope="module")
def shown(founding) -> dict[str, list[Figure]]:
    """Every figure of the founding story, once."""
    made = {name: make(founding) for name, make in FIGURES.items()}
    return {name: list(one.displays) if isinstance(one, Stack) else [one] for name, one in made.items()}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_has_words_for_those_who_cannot_see_it_and_a_source(shown, founding, name):
    for figure in shown[name]:
        assert figure.title and len(figure.alt) > len(figure.title) and len(figure.caption) > 60
        assert figure.source.startswith(f"Source: {founding.about.title}; ") and figure.source.endswith(".")
        assert re.search(r"\d", figure.source)
        if name != "composition":  # which shows files and measures nothing
            assert "these copies, not the outlets (scope copy)" in figure.source
            assert re.search(r"\d cop(y|ies), [\d,]+ words in [\d,]+ sentences", figure.source)
        assert "nan" not in figure.alt.casefold().split() and "None" not in figure.alt


@pytest.mark.parametrize("name", FIGURES)
def test_a_title_is_a_question_or_says_what_is_clear_and_the_numbers_are_named(shown, name):
    for figure in shown[name]:
        assert figure.title.endswith("?") or re.search(r"\bclear\b|none could be judged", figure.title)
        assert figure.numbers and set(figure.numbers) <= set(TABLE_NAMES)


def test_an_outlet_has_one_hue_on_every_page_whatever_is_shown(founding):
    every = {outlet: hue(founding.about, outlet) for outlet in founding.outlets}
    assert len(set(every.values())) == 4 and hue(founding.about, "unknown") == (palette["others"], "o")
    few = founding.showing(["afp", "washington-post"])
    assert {outlet: hue(few.about, outlet) for outlet in few.outlets}.items() <= every.items()
    svg = figures.estimates(few, ["words_per_sentence"], title="?").svg
    assert "--green" in svg and "--purple" in svg and "--blue" not in svg


def test_where_there_are_more_outlets_than_hues_shapes_tell_them_apart(founding):
    template = founding.about.outlets[0]
    many = [template.model_copy(update={"id": f"o{n}"}) for n in range(14)]
    about = founding.about.model_copy(update={"outlets": tuple(many)})
    assert len({hue(about, one.id) for one in many}) == 14


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_judges_nobody(shown, name):
    for figure in shown[name]:
        assert not JUDGING.search(" ".join([figure.title, figure.alt, figure.caption, figure.source]))


@pytest.mark.parametrize("name", ["composition", "estimates", "sentence lengths"])
def test_copies_stand_in_manifest_order(shown, founding, name):
    for figure in shown[name]:  # where a copy is told first, in words
        places = [figure.alt.index(label) for label in founding.labels.values()]
        assert places == sorted(places)


def test_the_source_of_differences_names_the_size_of_the_family(shown, founding):
    own = founding.differences
    size = own.loc[own["measure"] == "quoted_share", "family_size"].max()
    assert f"{size} differences judged together (sourcing)" in shown["differences"][0].source


def test_a_figure_a_copy_where_an_outlet_has_two(shown):
    assert [figure.title.split(":")[0] for figure in shown["valence"]] == [
        "Associated Press, early",
        "Associated Press, late",
    ]


def judged(story: Story, *, clear: int) -> Story:
    """The story with so many of its judged differences in sentence length clear, and no other."""
    table = story.differences.copy()
    table["is_clear"] = False
    rows = table.index[(table["measure"] == "words_per_sentence") & table["low_family"].notna()]
    table.loc[rows[:clear], "is_clear"] = True
    return replace(story, differences=table)


def test_a_title_claims_a_difference_only_where_one_is_clear(founding):
    measures = entries(founding, ["words_per_sentence"])
    own = founding.differences
    n = int((own["low_family"].notna() & (own["measure"] == "words_per_sentence")).sum())
    titles = [difference_title(judged(founding, clear=k), measures, None) for k in (0, 1, 2)]
    assert titles == [
        f"Differences: none of {n} is clear in these copies",
        f"Differences: 1 of {n} is clear in these copies",
        f"Differences: 2 of {n} are clear in these copies",
    ]


def test_without_a_judged_difference_there_is_no_picture_of_nothing(founding):
    table = founding.differences.copy()
    table[["low", "high", "low_family", "high_family"]] = float("nan")
    table = table.assign(is_clear=False, reason="too little text: 40 words, 100 needed")
    none = replace(founding, differences=table)
    note = figures.differences(none, ["words_per_sentence"], outlet="afp")
    assert note.text == (
        "Differences of AFP from the others: none could be judged, most often because: too little text: 40 words, 100 needed."
    )
    own = founding.differences["measure"] == "words_per_sentence"
    some = replace(founding, differences=table.where(own, founding.differences))
    figure = figures.differences(some, ["words_per_sentence", "long_words_share"], outlet="afp")
    assert "Words per sentence: 0 too little text to tell; 3 not judged" in figure.alt


def test_where_there_is_no_value_the_reason_stands_in_its_place(founding):
    table = founding.estimates.copy()
    rows = (table["doc_id"] == "afp") & (table["measure"] == "words_per_sentence")
    table.loc[rows, ["value", "low", "high"]] = float("nan")
    table.loc[rows, "reason"] = "too little text: 40 words in all, 100 needed"
    plain = figures.estimates(founding, ["words_per_sentence"], title="Length")
    figure = figures.estimates(replace(founding, estimates=table), ["words_per_sentence"], title="Length")
    assert "AFP not given" in figure.alt and "not given" not in plain.alt
    assert "AFP" in figure.svg and figure.svg != plain.svg
    words = re.sub(r"<[^>]+>", " ", figure.svg)
    assert "40 words" in words or "too little text" in words


def test_zero_hits_are_a_count_and_no_interval(founding):
    frames = founding.frames["generic_frames"]
    none = founding.frame_hits.iloc[:0]
    [figure] = figures.indicator_marks(
        replace(founding, frame_hits=none), "reuters", "generic_frames"
    ).displays
    assert all(f"{label}: 0 hits" in figure.alt for label in frames.values())


def test_the_same_figure_has_the_same_bytes(founding, shown):
    assert figures.indicator_heatmap(founding, "themes", outlet="ap").html() == shown["heat map"][0].html()


def test_a_story_of_many_copies_fits_its_figures(harbour):
    figure = figures.estimates(harbour, ["words_per_sentence"], outlet="ibh", title="Length")
    assert "Meridian Wire" in figure.svg and "The first day" not in figure.alt
    assert len(figure.alt) < 2_000


def test_an_unknown_measure_is_answered_with_the_nearest(founding):
    with pytest.raises(KeyError, match="words_per_sentence"):
        figures.estimates(founding, ["words_per_sentense"], title="Length")


def test_from_ten_episodes_on_outlets_are_shown_and_their_copies_as_small_dots(many_days):
    figure = figures.estimates(many_days, ["words_per_sentence"], outlet="courier", title="Length")
    assert "outlets over 10 episodes (scope outlet)" in figure.source
    assert re.search(r"Meridian Wire [\d.]+ \([\d.]+ to [\d.]+\); The Verrin Courier", figure.alt)
    assert "Quay Ledger not given" in figure.alt and "9 episodes, 10 needed" in figure.svg
    assert "small dots below are single copies" in figure.caption and "Day 1" not in figure.svg


def test_from_ten_episodes_on_differences_are_those_of_outlets(many_days):
    figure = figures.differences(many_days, ["words_per_sentence"])
    assert "Meridian Wire − The Verrin Courier" in figure.svg and "Day 1" not in figure.svg
    assert "too few episodes" in figure.svg  # of both pairs with the third outlet
    assert "1 is clear" in figure.title or "none of 1 is clear" in figure.title
    assert "in these copies" not in f"{figure.title} {figure.caption} {figure.alt}"
    turned = figures.differences(many_days, ["words_per_sentence"], outlet="courier")
    assert "The Verrin Courier − Meridian Wire" in turned.svg


def test_rates_of_outlets_have_their_intervals_and_their_copies_in_a_folded_table(many_days):
    heat, copies = figures.indicator_heatmap(many_days, "themes").displays
    assert re.search(r">[\d.]+ to [\d.]+<", heat.svg) and "scope outlet" in heat.source
    assert copies.collapsed and len(copies.frame) == 30  # ten, eleven and nine
    one = figures.indicator_heatmap(many_days, "themes", outlet="ledger").displays[1]
    assert len(one.frame) == 9


def test_of_many_copies_sentence_lengths_are_those_of_one_outlet(many_days):
    figure = figures.sentence_lengths(many_days, "ledger")
    assert "Quay Ledger, Day 1" in figure.alt and "Meridian" not in figure.svg
    assert figure.source.split("; ")[1].startswith("9 copies")


def test_long_names_leave_the_titles_of_panels_beside_each_other(founding):
    name = "The Herald of the Northern Provinces and Isles"
    labels = {doc_id: f"{name}, edition {n}" for n, doc_id in enumerate(founding.labels)}
    rows = rows_of(founding).assign(
        label=[f"{a} − {b}" for a, b in zip(labels.values(), reversed(labels.values()), strict=True)]
    )
    with style():
        fig, axes = panels(2, rows)
        for axis, measure in zip(
            axes, entries(founding, ["sentiment_outside", "sentiment_quoted"]), strict=True
        ):
            dress(axis, measure, measure.unit)
        FigureCanvasAgg(fig).draw()
        first, second = (axis.title.get_window_extent() for axis in axes)
        assert first.x1 < second.x0 and second.x1 < fig.bbox.x1
        broken = [label.get_text() for label in axes[0].get_yticklabels()]
        assert all(text.count(" −\n") == 1 for text in broken)
        boxes = [label.get_window_extent() for label in axes[0].get_yticklabels()]
        assert all(upper.y0 > lower.y1 for upper, lower in pairwise(boxes))


def test_a_story_without_contested_things_says_so(founding):
    bare = replace(founding, about=founding.about.model_copy(update={"contested": []}))
    assert "names nothing that is contested" in tables.namings(bare).html()


def test_a_bar_a_source_and_all_words_of_what_was_reported(founding, shown):
    turns = sources.turns(founding.quotations, founding.quotation_parts, founding.sentences)
    for doc_id, figure in zip(("ap-early", "ap-late"), shown["speakers"], strict=True):
        own = turns[turns["doc_id"] == doc_id]
        quoted, words = own["n_words_quoted"].sum(), own["n_words"].sum()
        assert figure.title == f"{founding.labels[doc_id]}: who has the word?"
        assert (
            f"{quoted} words inside quotation marks and {words - quoted} paraphrased ones" in figure.caption
        )
        told = re.findall(r" (\d+) and (\d+)[;.]", figure.alt)
        assert (
            sum(int(one) for one, _ in told) == quoted
            and sum(int(other) for _, other in told) == words - quoted
        )


def test_sources_beyond_the_largest_share_a_bar(founding, monkeypatch):
    monkeypatch.setattr(sys.modules["analysis.publishing.figures.speakers"], "MOST", 2)
    figure = figures.speakers(founding, "reuters").displays[0]
    names = re.findall(r"(?:paraphrased: |; )(.+?) \d+ and \d+", figure.alt)
    assert len(names) <= 4 and re.fullmatch(r"\d+ more sources", names[2])


def test_a_copy_in_which_nobody_has_the_word_says_so(founding):
    silent = replace(founding, quotations=founding.quotations.iloc[:0])
    assert [one.text for one in figures.speakers(silent, "afp").displays] == [
        "AFP: nobody was found to have the word."
    ]


def test_without_an_actor_in_ten_places_no_share_as_subject_is_shown(founding):
    note = figures.subject_shares(replace(founding, mentions=founding.mentions.iloc[:9]), "reuters")
    assert "no actor stands 10 times as subject or object in one copy" in note.text
