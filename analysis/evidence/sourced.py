"""Sourced: the tables of who speaks and who is spoken of, as `sourcing` finds them, or empty where nobody looked.

Apart from `sourcing`, which needs the parser: what is measured without it never loads it.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.tables import ACTOR_LABELS, MAYBE_WHOLE, MENTIONS, QUOTATION_PARTS, QUOTATIONS


@dataclass(frozen=True)
class Sourced:
    """The four tables, and of each row of `sentences` the words outside quotation marks that are reported as somebody's."""

    quotations: pd.DataFrame
    quotation_parts: pd.DataFrame
    mentions: pd.DataFrame
    actor_labels: pd.DataFrame
    n_words_attributed: pd.Series


def unsourced(sentences: pd.DataFrame) -> Sourced:
    """Of sentences in which nobody looked for sources: no row, and NA in place of every count, which a zero would belie."""
    return Sourced(
        QUOTATIONS.empty(),
        QUOTATION_PARTS.empty(),
        MENTIONS.empty(),
        ACTOR_LABELS.empty(),
        pd.Series(pd.NA, index=sentences.index, dtype=MAYBE_WHOLE, name="n_words_attributed"),
    )
