"""Word shift: which words make the mean valence of one copy's words higher than another's (Gallagher et al. 2021)."""

from __future__ import annotations

import pandas as pd

COLUMNS = {
    "word": "str",
    "valence": "float64",
    "n_a": "int64",
    "n_b": "int64",
    "share_pct_a": "float64",
    "share_pct_b": "float64",
    "shift": "float64",
    "kind": "str",
}
KINDS = {  # of a word, by its valence and which copy has more of it
    "+a": "more positive words",
    "-b": "fewer negative words",
    "+b": "fewer positive words",
    "-a": "more negative words",
}


def word_shift(hits: pd.DataFrame, doc_id_a: str, doc_id_b: str, *, voice: str = "outside") -> pd.DataFrame:
    """What each word of valence adds to the mean valence of the valence words of `doc_id_a` over that of `doc_id_b`.

    `hits` is table `sentiment_hits` of the sentences wanted; masked words are left out. A word's shift is its valence, less the mean of
    b, times the difference of its shares (the generalised word shift with b as reference: Gallagher et al. 2021, EPJ Data Science 10:4,
    equation 8, scores the same in both), so that the shifts add up to the difference of the means. Columns: word; valence, −4 to 4; n_a and n_b, hits; share_pct of each
    copy's valence words; shift, positive where it makes a higher; kind: + or − (valence above or below the mean of b), a or b (who has more).
    Largest first, by size. Empty where a copy has no such word.
    """
    rows = hits[(hits["voice"] == voice) & ~hits["is_masked"]]
    one, other = (rows[rows["doc_id"] == doc_id] for doc_id in (doc_id_a, doc_id_b))
    if one.empty or other.empty:
        return pd.DataFrame(columns=list(COLUMNS)).astype(COLUMNS)
    valence = pd.concat([one, other]).groupby("word")["valence"].first()
    n_a, n_b = (own.groupby("word").size().reindex(valence.index, fill_value=0) for own in (one, other))
    share_a, share_b = n_a / n_a.sum(), n_b / n_b.sum()
    above = valence - float((valence * share_b).sum())
    shift = above * (share_a - share_b)
    sign = above.gt(0).map({True: "+", False: "-"}) + share_a.gt(share_b).map({True: "a", False: "b"})
    found = pd.DataFrame(
        {
            "word": valence.index,
            "valence": valence.to_numpy(),
            "n_a": n_a.to_numpy(),
            "n_b": n_b.to_numpy(),
            "share_pct_a": 100 * share_a.to_numpy(),
            "share_pct_b": 100 * share_b.to_numpy(),
            "shift": shift.to_numpy(),
            "kind": sign.to_numpy(),
        }
    ).astype(COLUMNS)
    found = found[found["n_a"] * n_b.sum() != found["n_b"] * n_a.sum()]  # as frequent in both: no shift
    return found.sort_values(
        ["shift", "word"],
        key=lambda column: -column.abs() if column.name == "shift" else column,
        kind="stable",
        ignore_index=True,
    )
