"""Findings: what a difference may be said to show, in words.

"Clear in these copies" is said where the simultaneous interval excludes zero, and of copies: a sentence with an
outlet as its subject needs scope outlet. Everything else is too little text to tell, which is a result.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.comparison.estimates import possible
from analysis.measures.catalogue import Measure


def number(value: float, digits: int) -> str:
    """A figure as it is printed: a true minus, thousands parted."""
    return f"{round(value, digits) + 0.0:,.{digits}f}".replace("-", "−")  # adding zero turns −0.0 into 0.0


def unit_of(measure: Measure) -> str:
    """The unit of a difference: percentage points where the measure is a percentage; "" on the valence scale."""
    if measure.unit.startswith("%"):
        return " percentage points"
    return {"−1 to 1": "", "school grade": " grades"}.get(measure.unit, f" {measure.unit}")


def interval(row: Mapping, measure: Measure, *, ends: tuple[str, str] = ("low_family", "high_family")) -> str:
    """The value of a difference with its (simultaneous) interval, as far as there can be a difference."""
    span = largest(measure)
    ends = [max(-span, min(span, row[name])) for name in ends]
    value, low, high = (number(one, measure.digits) for one in (row["value"], *ends))
    return f"{value}{unit_of(measure)} ({low} to {high})"


def largest(measure: Measure) -> float:
    """The largest difference there can be: 2 between valences, 100 percentage points; infinite where there is no end."""
    low, high = possible(measure.unit)
    return high - low


def unseen(detectable: float, measure: Measure) -> str:
    """What would not show, in words where the figure is as large as the scale."""
    span = largest(measure)
    if detectable >= span:
        return "no difference could show"
    if detectable > span / 2:
        return "only a difference of more than half the scale could show"
    return f"smaller differences than {number(detectable, measure.digits)}{unit_of(measure)} would not show"


def of_outlets(differences: pd.DataFrame) -> bool:
    """Whether findings speak of outlets: some two of the story share ten or more episodes."""
    return bool((differences["scope"] == "outlet").any())


def told(differences: pd.DataFrame) -> pd.DataFrame:
    """The rows that findings are told from: differences of outlets where there are any, else those of copies.

    Each scope deals its 5 % to its own families, so that a page that told findings of both would err twice as
    often. Differences of copies are then shown and not told.
    """
    return differences[(differences["scope"] == "outlet") == of_outlets(differences)]


def finding(row: Mapping, measure: Measure, labels: Mapping[str, str]) -> str:
    """One sentence on one row of `differences`; `labels` gives doc_id (or outlet) -> name."""
    is_outlet = row["scope"] == "outlet"
    ids = (row["outlet_a"], row["outlet_b"]) if is_outlet else (row["doc_id_a"], row["doc_id_b"])
    a, b = (labels.get(one, one) for one in ids)
    what = measure.label
    if pd.isna(row["value"]) or pd.isna(row["low_family"]):
        return f"{a} and {b}, {what}: {row['reason']}."
    if not row["is_clear"]:
        too_little = "too few episodes for so small a difference" if is_outlet else "too little text to tell"
        return f"{a} and {b}, {what}: {too_little}; {unseen(row['detectable'], measure)}."
    where = "over the episodes both cover" if is_outlet else "clear in these copies"
    direction = "higher" if row["value"] > 0 else "lower"
    subject = a if is_outlet else f"the copy of {a}"
    other = b if is_outlet else f"that of {b}"
    sentence = (
        f"{subject}: {what} {direction} than in {other}, by {interval(_absolute(row), measure)}; {where}."
    )
    return sentence[0].upper() + sentence[1:]


def _absolute(row: Mapping) -> dict:
    """The same difference with a positive sign, for a sentence that already says higher or lower."""
    if row["value"] > 0:
        return dict(row)
    return {"value": -row["value"], "low_family": -row["high_family"], "high_family": -row["low_family"]}


def clear(differences: pd.DataFrame) -> pd.DataFrame:
    """The rows that may be called clear, in the order of the table."""
    return differences[differences["is_clear"]]
