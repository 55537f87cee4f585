"""Dependence: which rows of which tables a page shows, so that it is made again when one of them changed, and only then.

The pages of a story as a whole show all of them. The page of an outlet shows its outlet's rows of every table, and of others those
alone that `OF_OTHERS` declares: its outlet's figures stand beside theirs. A test changes what is not declared and finds the same pages.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from analysis.measured import TABLE_NAMES
from analysis.storage import NOT_SHIPPED, read_table, recorded, table_files

ARTICLES, MANIFEST, LABELS, LOOKED_FOR = "articles", "manifest", "labels", "looked_for"
OF_ALL_PAGES = (LABELS, LOOKED_FOR, "estimates", "corrections")
OF_OTHERS = {  # notebook -> tables of which it shows rows of other outlets
    "framing": ("sentences", "frame_hits", "frame_elements", "namings", "terms"),
    "sentiment": (ARTICLES, "sentences", "sentiment_hits"),  # word shifts quote the sentences of both copies
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


def row_digests(folder: Path, articles: Mapping[str, str]) -> dict[str, str]:
    """SHA-256 of what a story's pages show, by `table/outlet`: rows of its measures and of its manifest, `articles` (file -> SHA-256).

    Rows that belong to no outlet stand under `table/`, as do whole tables of a story that is stored in parts.
    """
    found = {f"{LOOKED_FOR}/": _digest(repr(_looked_for(folder)))}
    manifest = _manifest(folder / "documents.csv")
    found |= {f"{MANIFEST}/{outlet}": _digest(repr(rows)) for outlet, rows in manifest.items()}
    documents = read_table(folder, "documents")
    outlets = dict(zip(documents["doc_id"], documents["outlet"], strict=True))
    files: dict[str, list[tuple[str, str]]] = {}
    for file, outlet in zip(documents["file"], documents["outlet"], strict=True):
        if file in articles:
            files.setdefault(outlet, []).append((file, articles[file]))
    found |= {f"{ARTICLES}/{outlet}": _digest(repr(rows)) for outlet, rows in files.items()}
    found[f"{LABELS}/"] = _digest(repr(documents["doc_id"].to_list()))  # the order in which copies stand
    labels = documents.drop(columns=[*OF_ITS_OUTLET, *NOT_SHIPPED], errors="ignore")
    tables = {LABELS: labels, "documents": documents.drop(columns=list(NOT_SHIPPED), errors="ignore")}
    for name in TABLE_NAMES:
        if (folder / "measures" / name).is_dir():
            found[f"{name}/"] = _digest(*(file.read_bytes() for file in table_files(folder, name)))
            continue
        for outlet, rows in _by_outlet(tables.get(name, read_table(folder, name)), outlets):
            found[f"{name}/{outlet}"] = _digest(rows.to_csv(index=False))
    for outlet, rows in _by_outlet(labels, outlets):
        found[f"{LABELS}/{outlet}"] = _digest(rows.to_csv(index=False))
    return dict(sorted(found.items()))


def is_shown(table: str, of: str, *, notebook: str, outlet: str) -> bool:
    """Whether the page of `outlet` shows rows of `table` that belong to the outlet `of` ("" to none)."""
    return of in ("", outlet) or table in OF_ALL_PAGES or table in OF_OTHERS.get(notebook, TABLE_NAMES)


def _looked_for(folder: Path) -> list[tuple[str, object]]:
    """What provenance.json of the measures says beside hashes, in one order: names of frames and actors, versions of libraries."""
    return sorted(
        (name, value) for name, value in recorded(folder).items() if name not in ("inputs", "articles")
    )


def _manifest(path: Path) -> dict[str, list[list[str]]]:
    """Outlet -> its rows of documents.csv, each with the names of the columns; none where exports are read in place."""
    if not path.is_file():
        return {}
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    names = rows[0] if rows else []
    at = names.index("outlet") if "outlet" in names else len(names)
    found: dict[str, list[list[str]]] = {}
    for row in rows[1:]:
        found.setdefault(row[at] if at < len(row) else "", [names]).append(row)
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
