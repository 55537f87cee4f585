"""Findings: what a difference may be said to show, in words.

"Clear in these copies" is said where the simultaneous interval excludes zero, and of copies: a sentence with an
outlet as its subject needs scope outlet. Everything else is too little text to tell, which is a result.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

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
    """The value of a difference with its (simultaneous) interval."""
    value, low, high = (number(row[name], measure.digits) for name in ("value", *ends))
    return f"{value}{unit_of(measure)} ({low} to {high})"


def finding(row: Mapping, measure: Measure, labels: Mapping[str, str]) -> str:
    """One sentence on one row of `differences`; `labels` gives doc_id (or outlet) -> name."""
    of_outlets = row["scope"] == "outlet"
    ids = (row["outlet_a"], row["outlet_b"]) if of_outlets else (row["doc_id_a"], row["doc_id_b"])
    a, b = (labels.get(one, one) for one in ids)
    what = measure.label
    if pd.isna(row["value"]) or pd.isna(row["low_family"]):
        return f"{a} and {b}, {what}: {row['reason']}."
    if not row["is_clear"]:
        smaller = number(row["detectable"], measure.digits)
        return f"{a} and {b}, {what}: too little text to tell; smaller differences than {smaller}{unit_of(measure)} would not show."
    where = "over the episodes both cover" if of_outlets else "clear in these copies"
    direction = "higher" if row["value"] > 0 else "lower"
    subject = a if of_outlets else f"the copy of {a}"
    other = b if of_outlets else f"that of {b}"
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
