"""Coding quality: what codes say of coders and of a list, for the command `agreement` and for reports."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd

from analysis.codes import ADJUDICATED, CODES, FOLDER, BadSheet, read_key
from analysis.comparison.agreement import (
    MIN_ITEMS,
    Estimate,
    Machine,
    agreed,
    alpha,
    corrected_rates,
    machine,
)

RELIABLE, TENTATIVE = 0.8, 0.667  # Krippendorff 2004, Content Analysis, chapter 11


@dataclass(frozen=True)
class Quality:
    """Of one indicator: agreement of coders first, then of the list with what they agreed on, then the rates corrected for its error.

    `cautions` say what the numbers cannot bear; `rates` is what `corrected_rates` returns.
    """

    dictionary: str
    frame_id: str
    coders: tuple[str, ...]
    n_items: int
    n_divided: int
    alpha: Estimate
    machine: Machine
    rates: pd.DataFrame
    cautions: tuple[str, ...]


def qualities(codes: pd.DataFrame, key: pd.DataFrame) -> list[Quality]:
    """One `Quality` an indicator, in the order of the key; `codes` has the columns of codes.csv, `key` those of key.csv."""
    found = []
    for (dictionary, frame_id), drawn in key.groupby(["dictionary", "frame_id"], sort=False):
        own = codes[(codes["dictionary"] == dictionary) & (codes["frame_id"] == frame_id)]
        table = own.pivot(index="item_id", columns="coder", values="indicator_present").reindex(
            drawn["item_id"]
        )
        table = table.astype("Int64")
        decided = table.pop(ADJUDICATED) if ADJUDICATED in table else None
        table = table.dropna(how="all", axis=1)
        final = agreed(table, decided)
        items = drawn.assign(code=final.reindex(drawn["item_id"]).to_numpy())
        strata = drawn.drop_duplicates(["doc_id", "is_hit"])
        sizes = strata.assign(hits=strata["n_stratum"] * strata["is_hit"]).groupby("doc_id")
        sizes = sizes.agg(n_sentences=("n_stratum", "sum"), n_hits=("hits", "sum")).reset_index()
        several = table.notna().sum(axis=1) > 1
        divided = int((several & final.isna()).sum())
        agreement, found_by_list = alpha(table), machine(items)
        n = int(several.sum())
        found.append(
            Quality(
                dictionary,
                frame_id,
                tuple(table.columns),
                n,
                divided,
                agreement,
                found_by_list,
                corrected_rates(items, sizes),
                tuple(_cautions(table, n, divided, agreement)),
            )
        )
    return found


def _cautions(table: pd.DataFrame, n: int, divided: int, agreement: Estimate) -> list[str]:
    said = []
    if len(table.columns) < 2:
        said.append(
            "one coder: nothing is known of how far another would agree, and no figure may be called valid"
        )
    if n < MIN_ITEMS:
        said.append(
            f"{n} sentences coded by two or more, {MIN_ITEMS} needed: the intervals are wide, and nothing may be concluded from the figures alone"
        )
    if divided:
        said.append(
            f"{divided} sentences on which coders are divided are left out: decide them in a sheet for --adjudicated"
        )
    if missing := {name: int(own.isna().sum()) for name, own in table.items() if own.isna().any()}:
        told = ", ".join(f"{name} {n}" for name, n in missing.items())
        said.append(f"sentences without a code: {told} of {len(table)}")
    if pd.isna(agreement.value):
        said.append("alpha cannot be told: there is nothing coders could have disagreed about")
    if agreement.value < TENTATIVE:
        said.append(
            "alpha under .667: coders do not mean the same; mend the codebook and code anew before the list is judged"
        )
    elif agreement.value < RELIABLE:
        said.append("alpha under .8: tentative conclusions only (Krippendorff 2004)")
    return said


def of_story(folder: Path) -> list[Quality]:
    """The qualities of a story's own codes; none where nobody coded. Raises `BadSheet`."""
    path = folder / FOLDER / "codes.csv"
    if not path.is_file():
        return []
    codes = pd.read_csv(path, dtype=str, keep_default_na=False)
    if missing := [name for name in CODES if name not in codes]:
        raise BadSheet(f"{folder.name}/{FOLDER}/{path.name}, line 1: no column {', '.join(missing)}")
    present = codes["indicator_present"].replace("", pd.NA)
    return qualities(
        codes.assign(indicator_present=present.astype("Int64"))[list(CODES)], read_key(path.parent)
    )


def as_text(found: list[Quality]) -> str:
    """The qualities to read: coders first."""
    lines = []
    for one in found:
        lines += [
            f"{one.frame_id} ({one.dictionary})",
            f"  coders            {', '.join(one.coders) or 'none'}; {one.n_items} sentences coded by two or more",
            f"  Krippendorff's α  {told(one.alpha)}",
            *(f"  caution: {caution}" for caution in one.cautions),
            f"  the list          precision {told(one.machine.precision)}, recall {told(one.machine.recall)}, F1 {told(one.machine.f1)}",
            f"                    on {one.machine.n} sentences with a code, {one.machine.n_present} of them with the indicator, weighted to all sentences",
        ]
        for row in one.rates.itertuples():
            corrected = told(Estimate(row.corrected, row.low, row.high))
            lines.append(
                f"  {row.doc_id:<17} {100 * row.machine:.1f} % of sentences have a hit; corrected share {corrected} (errors of {row.errors_of})"
            )
        lines.append("")
    return "\n".join(lines).rstrip()


def as_json(found: list[Quality]) -> list[dict]:
    """The same for a machine."""
    return [asdict(one) | {"rates": one.rates.to_dict("records")} for one in found]


def told(one: Estimate) -> str:
    """A figure from 0 to 1 with its interval."""
    if pd.isna(one.value):
        return "cannot be told"
    if pd.isna(one.low):
        return f"{one.value:.2f} (no interval)"
    return f"{one.value:.2f} ({one.low:.2f} to {one.high:.2f})"
