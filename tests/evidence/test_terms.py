"""Terms: word types by voice, spellings together, names apart, dispersion over paragraphs."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.evidence.terms import terms
from tests.evidence.marked_texts import marked

TEXT = (
    "The defence of the harbour began. Defence is dear.\n\n"
    "“The harbor needs defense,” Anna Berg said of the harbour.\n\n"
    "Harbour dues rose by 40 crowns."
)


@pytest.fixture(scope="module")
def found() -> pd.DataFrame:
    one = marked(TEXT)
    sentences = pd.DataFrame(
        [
            ("one", "body", start, end, p)
            for (start, end), p in zip(one.sentences, one.paragraphs, strict=True)
        ],
        columns=["doc_id", "part", "start", "end", "paragraph"],
    )
    spans = pd.DataFrame([("one", *span) for span in one.quoted_spans], columns=["doc_id", "start", "end"])
    at = TEXT.index("Anna")
    return terms({"one": TEXT}, sentences, spans, {"one": [(at, at + 9)]}).set_index(["voice", "term"])


def test_spellings_of_a_word_are_one_term_under_the_commoner_one(found):
    assert found.loc[("outside", "harbour"), "n"] == 3
    assert found.loc[("quoted", "harbour"), "n"] == 1
    assert found.loc[("outside", "defence"), "n"] == 2


def test_names_are_marked(found):
    assert found.loc[("outside", "anna"), "is_masked"] and not found.loc[("outside", "dues"), "is_masked"]


def test_numbers_are_no_terms(found):
    assert "40" not in found.index.get_level_values("term")


def test_dispersion_is_half_the_distance_of_shares(found):
    # outside: 9, 6 and 6 words in three paragraphs, "dues" in the last
    sizes = [9 / 21, 6 / 21, 6 / 21]
    assert found.loc[("outside", "dues"), "dispersion"] == pytest.approx(
        0.5 * (sizes[0] + sizes[1] + abs(1 - sizes[2]))
    )


def test_paragraphs_are_counted(found):
    assert found.loc[("outside", "harbour"), "n_paragraphs"] == 3
