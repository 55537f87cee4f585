"""The figure of a selection shows the estimates of the package, with interval, scope and n, and no number of its own."""

from __future__ import annotations

import re
from html import unescape

import pandas as pd
import pytest

from analysis.comparison.findings import number
from analysis.measures.catalogue import UnknownMeasure
from analysis.publishing import figures
from analysis.publishing.explorer.measure_figure import (
    estimates,
    measure_figure,
    measure_names,
    measure_of,
)
from analysis.publishing.explorer.selection import Selection


def test_every_measure_of_the_catalogue_can_be_chosen_by_a_title_of_its_own(harbour, founding):
    for story in (harbour, founding):
        names = measure_names(story)
        assert set(names) == {measure.name for measure in story.catalogue}
        assert len(set(names.values())) == len(names)


@pytest.mark.parametrize("outlets", [(), ("courier", "ledger"), ("ledger",)])
def test_its_rows_are_those_of_the_table_of_estimates(harbour, outlets):
    found = estimates(harbour, Selection(outlets=outlets), "words_per_sentence")
    table = harbour.estimates[harbour.estimates["measure"] == "words_per_sentence"]
    shown = list(harbour.outlets) if len(outlets) < 2 else outlets  # of one alone nothing could be compared
    wanted = table[table["group"].isin(shown)]
    pd.testing.assert_frame_equal(*(own.sort_values("doc_id", ignore_index=True) for own in (found, wanted)))


def test_the_voice_is_the_chosen_one_where_the_measure_has_it(harbour):
    quoted = Selection(voice="quoted")
    assert measure_of(harbour, quoted, "theme_environment").voice == "quoted"
    assert measure_of(harbour, Selection(), "theme_environment").voice == "all"
    assert measure_of(harbour, quoted, "sentiment_outside").voice == "outside"  # it has no other
    assert set(estimates(harbour, quoted, "theme_environment")["voice"]) == {"quoted"}
    with pytest.raises(UnknownMeasure):
        measure_of(harbour, quoted, "bias_score")


def test_it_is_the_figure_of_the_package_and_a_table_with_interval_scope_and_n(founding):
    selection = Selection(outlets=("reuters", "afp"))
    page = unescape(str(measure_figure(founding, selection, "words_per_sentence").html()))
    measure = measure_of(founding, selection, "words_per_sentence")
    own = figures.estimates(
        founding.showing(selection.outlets),
        [("words_per_sentence", measure.voice)],
        title=f"{measure.title}: {measure.unit}",
    )
    assert own.alt in page and own.source in page and "scope copy" in page
    cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", page.split("<tbody>")[1])
    for row in estimates(founding, selection, "words_per_sentence").itertuples():
        at = cells.index(founding.labels[row.doc_id])
        shown = [number(value, measure.digits) for value in (row.value, row.low, row.high)]
        assert cells[at + 1 : at + 8] == [*shown, row.scope, f"{row.n_words:,}", str(row.n_sentences), "1"]
    assert "Associated Press" not in page


def test_every_measure_can_be_drawn(harbour_without_texts):
    for name in measure_names(harbour_without_texts):
        for selection in (Selection(), Selection(outlets=("ledger",), voice="quoted")):
            assert measure_figure(harbour_without_texts, selection, name).html()
