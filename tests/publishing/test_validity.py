"""What the reports print of measured quality stands on the page that the gates write."""

from __future__ import annotations

import re

import pytest

from analysis.publishing.validity import PAGE, NotMeasured, measured


def test_every_row_of_the_page_is_found_by_its_gate():
    gates = re.findall(r"^\| ([^|]+) \| [^|]+ \| [^|]+ \| [^|]+ \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    gates.remove("gate")
    assert len(gates) > 30
    for gate in gates:
        row = measured(gate)
        assert re.search(r"\d", row.measured) and re.search(r"\d", row.on), gate


def test_a_gate_there_is_not_is_answered_with_those_there_are():
    with pytest.raises(
        NotMeasured, match=r"no gate 'Attributions' in validity.md; there are: .*Sentence boundaries"
    ):
        measured("Attributions")
