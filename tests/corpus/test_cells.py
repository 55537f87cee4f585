"""No cell that is written is a formula, and what was written is read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.cells import STARTS, guarded, unguarded


@given(st.text(max_size=8))
def test_a_written_cell_is_no_formula_and_reads_as_it_was(text):
    assert not guarded(text).startswith(STARTS)
    assert unguarded(guarded(text)) == text or text.startswith("'")


@pytest.mark.parametrize("cell", ["'tis late", "'", "", "it's"])
def test_an_apostrophe_of_a_text_stays(cell):
    assert guarded(cell) == unguarded(cell) == cell


def test_what_is_no_text_stays():
    assert guarded(-1) == -1
