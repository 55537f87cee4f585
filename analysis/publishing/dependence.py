"""Dependence: which rows of which tables a page shows, so that it is made again when one of them changed, and only then.

The pages of a story as a whole show all of them. The page of an outlet shows its outlet's rows of every table, and of others those
alone that `OF_OTHERS` declares: its outlet's figures stand beside theirs. A test changes what is not declared and finds the same pages.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pandas as pd

from analysis.measured import TABLE_NAMES
from analysis.storage import NOT_SHIPPED, file_digest, read_table, recorded, table_files

ARTICLES, TEXTS, MANIFEST, LABELS, LOOKED_FOR = "articles", "texts", "manifest", "labels", "looked_for"
OF_ALL_PAGES = (LABELS, LOOKED_FOR, "estimates", "corrections")
OF_OTHERS = {  # notebook -> tables of which it shows rows of other outlets
    "framing": ("sentences", "frame_hits", "frame_elements", "namings", "terms"),
    "sentiment": ("sentences", "sentiment_hits", TEXTS),
    "readability": ("sentences",),
    "sources": ("sentences", "quotations", "quotation_parts"),
}
OF_ITS_OUTLET = (  # columns of `documents` that no page of another outlet shows; the others are its `LABELS`
    "outlet_evidence",
    "headline_written_by",
    "deck_written_by",
    "byline",
    "dateline",
    "published_source",
    "updated_at",
    "section",
    "n_lines_dropped",
    "sha256",
    "file",
)


def row_digests(
    folder: Path, articles: Mapping[str, str], texts: Callable[[], Mapping[str, str]] = dict
) -> dict[str, str]:
    """SHA-256 of what a story's pages show, by `table/outlet`: rows of its measures and of its manifest, articles and texts.

    `articles` are file -> SHA-256, `texts` gives doc_id -> cleaned text. Rows that belong to no outlet stand under `table/`, as does
    all of a story that is stored in parts.
    """
    found = {f"{LOOKED_FOR}/": _digest(repr(_looked_for(folder)))}
    if (folder / "measures" / "documents").is_dir():
        found[f"{TEXTS}/"] = _digest(repr(sorted(articles.items())))
        for name in TABLE_NAMES:
            found[f"{name}/"] = _digest(*(file_digest(file) for file in table_files(folder, name)))
        return found
    documents = read_table(folder, "documents").drop(columns=list(NOT_SHIPPED), errors="ignore")
    outlets = dict(zip(documents["doc_id"], documents["outlet"], strict=True))
    labels = documents.drop(columns=list(OF_ITS_OUTLET))
    found[f"{LABELS}/"] = _digest(repr(documents["doc_id"].to_list()))  # the order in which copies stand
    files = [(outlet, file) for outlet, file in documents[["outlet", "file"]].itertuples(index=False)]
    words = texts()
    rows = {
        MANIFEST: _manifest(folder / "documents.csv"),
        ARTICLES: _listed((outlet, (file, articles[file])) for outlet, file in files if file in articles),
        TEXTS: _listed((outlets[one], (one, words[one])) for one in outlets if one in words),
    }
    for name, of in rows.items():
        found |= {f"{name}/{outlet}": _digest(repr(each)) for outlet, each in of.items()}
    tables = {"documents": documents, LABELS: labels}
    for name in (*TABLE_NAMES, LABELS):
        table = tables[name] if name in tables else read_table(folder, name)
        for outlet, own in _by_outlet(table, outlets):
            found[f"{name}/{outlet}"] = _digest(own.to_csv(index=False))
    return dict(sorted(found.items()))


def is_shown(table: str, of: str, *, notebook: str, outlet: str) -> bool:
    """Whether the page of `outlet` shows rows of `table` that belong to the outlet `of` ("" to none)."""
    return of in ("", outlet) or table in OF_ALL_PAGES or table in OF_OTHERS.get(notebook, TABLE_NAMES)


def _looked_for(folder: Path) -> list[tuple[str, object]]:
    """What provenance.json of the measures says beside hashes, in one order: names of frames and actors, versions of libraries."""
    return sorted(
        (name, value) for name, value in recorded(folder).items() if name not in ("inputs", "articles")
    )


def _manifest(path: Path) -> dict[str, list]:
    """Outlet -> its rows of documents.csv, each with the names of the columns; of an archive without one none."""
    rows = (
        list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""))) if path.is_file() else []
    )
    return _listed(
        (row.get("outlet") or "", sorted((str(name), value) for name, value in row.items())) for row in rows
    )


def _listed(pairs: Iterable[tuple[str, object]]) -> dict[str, list]:
    """Outlet -> what goes with it, in order."""
    found: dict[str, list] = {}
    for outlet, one in pairs:
        found.setdefault(outlet, []).append(one)
    return found


def _by_outlet(table: pd.DataFrame, outlets: Mapping[str, str]) -> Iterable[tuple[str, pd.DataFrame]]:
    """Each outlet with its rows; a pair belongs to both of its outlets."""
    if "outlet_a" in table:
        owners = [table["outlet_a"], table["outlet_b"]]
    else:
        columns = [name for name in ("doc_id", "doc_id_a", "doc_id_b") if name in table]
        owners = [table[name].map(outlets).fillna("") for name in columns]
    if not owners:
        yield "", table
        return
    for outlet in sorted(set().union(*(owner.unique() for owner in owners))):
        yield outlet, table[[any(pair) for pair in zip(*(owner == outlet for owner in owners), strict=True)]]


def _digest(*parts: str | bytes) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part)
    return whole.hexdigest()
