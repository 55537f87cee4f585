"""What `parallax add` prints: the articles as they were recognised, a summary, and what a person should edit."""

from __future__ import annotations

import io
import os
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from analysis.adding import Added, Found
from analysis.arguments import printable
from analysis.comparison.estimates import MIN_WORDS
from analysis.folders import ROOT
from analysis.tables import UNKNOWN

MOST_ROWS = 200  # of the table; --json gives all
NARROW = 110  # characters; a table in less room than that breaks every cell
CELLS = (
    "file",
    "document",
    "outlet (what says so)",
    "printed by",
    "published",
    "headline",
    "words",
    "lines set aside",
)


def as_json(added: Added) -> dict:
    """One object: `articles`, `rejected`, `related`, and the folder of the story."""
    return {
        "story": added.folder.name,
        "folder": str(added.folder),
        "articles": [
            {
                "source": one.source,
                "is_new": one.is_new,
                **one.row,
                "n_words": _words(added).get(one.row["doc_id"]),
                "lines_set_aside": _set_aside(added).get(one.row["doc_id"], {}),
                "warnings": _warnings(added).get(one.row["doc_id"], []),
            }
            for one in added.found
        ],
        "aside": [str(file) for file in added.aside],
        "rejected": [
            {"file": one.file, "unit": one.unit, "line": one.line, "reason": one.reason}
            for one in added.refused
        ],
        "related": added.related.to_dict("records"),
    }


def as_text(added: Added, *, is_dry: bool, width: int) -> str:
    """A table of the articles, what is to be known of each, a summary, and what is left to a person."""
    lines = [_table(added, max(width, NARROW))] if added.found else []
    lines += [one_line(line) for line in _notes(added)]
    new = {one.row["doc_id"] for one in added.new}
    n_same = sum(not one.is_new and one.row["doc_id"] in new for one in added.found)
    n_old = len(added.found) - len(added.new) - n_same
    n_counted = sum(one.row["is_counted"] == "true" for one in added.new)
    counts = [
        f"{len(added.new):,} {'would be added' if is_dry else 'added'}",
        f"{n_counted:,} of them counted" if n_counted < len(added.new) else "",
        f"{n_old} there already" if n_old else "",
        f"{n_same} the same as another" if n_same else "",
        f"{len(added.refused)} rejected" if added.refused else "",
    ]
    lines.append(f"{', '.join(filter(None, counts))}: {added.folder}")
    by_outlet = Counter(one.row["outlet"] for one in added.found)
    if by_outlet:
        lines.append("outlets: " + ", ".join(f"{outlet} {n}" for outlet, n in by_outlet.items()))
    return "\n".join([*lines, *_to_edit(added, is_dry)])


def one_line(text: str) -> str:
    """`text` on one line, without characters that a terminal obeys."""
    return printable(text).replace("\n", "\\x0a")


def _table(added: Added, width: int) -> str:
    words, set_aside = _words(added), _set_aside(added)
    table = Table(box=box.SIMPLE, pad_edge=False)
    for name in CELLS:
        table.add_column(name, justify="right" if name == "words" else "left", overflow="fold")
    new = {one.row["doc_id"]: one.source for one in added.new}
    for one in added.found[:MOST_ROWS]:
        doc_id = one.row["doc_id"]
        dropped = ", ".join(f"{rule} {n}" for rule, n in set_aside.get(doc_id, {}).items())
        cells = (
            one.source,
            doc_id if one.is_new else f"{doc_id} ({_again(one, new)})",
            _outlet(one),
            one.row["via"],
            one.row["published_at"].replace("T", " "),
            one.row["headline"],
            f"{words[doc_id]:,}" if doc_id in words else "",
            dropped,
        )
        table.add_row(*(Text(one_line(cell)) for cell in cells))
    buffer = io.StringIO()
    Console(file=buffer, width=width, no_color=True, force_terminal=False, legacy_windows=False).print(table)
    shown = "\n".join(line.rstrip() for line in buffer.getvalue().rstrip().split("\n"))
    left = len(added.found) - MOST_ROWS
    return shown + (f"\n… and {left} more; --json lists all" if left > 0 else "")


def _again(one: Found, new: Mapping[str, str]) -> str:
    """Why an article is not new: the story held it, or the same bytes came with the same call."""
    doc_id = one.row["doc_id"]
    return f"the same as {new[doc_id]}" if doc_id in new else "there already"


def _outlet(one: Found) -> str:
    by_hand = "nothing says so" if one.row["outlet"] == UNKNOWN else "documents.csv"
    return f"{one.row['outlet']} ({one.row.get('outlet_evidence') or by_hand})"


def _notes(added: Added) -> Iterator[str]:
    """What was repaired, is in doubt or is not counted, a line each."""
    for doc_id, messages in list(_warnings(added).items())[:MOST_ROWS]:
        yield from (f"note: {doc_id}: {message}" for message in messages)
    short = [doc_id for doc_id, n in _words(added).items() if n < MIN_WORDS]
    if short:
        yield f"too little text for figures (fewer than {MIN_WORDS} words): {_ids(short)}"
    uncounted = [one for one in added.new if one.row["not_counted_because"]]
    for one in uncounted[:MOST_ROWS]:
        yield f"not counted: {one.row['doc_id']}: {one.row['not_counted_because']}"
    if len(uncounted) > MOST_ROWS:
        yield f"not counted: {len(uncounted) - MOST_ROWS:,} more; --json lists all"
    if added.aside:
        yield f"passed over (hidden, a README, a part of a saved page): {_ids(map(str, added.aside))}"
    for pair in added.related[added.related["relation"].isin(["version", "shared_origin"])][
        :MOST_ROWS
    ].itertuples():
        what = "versions of one story" if pair.relation == "version" else "of one origin"
        share = f"{100 * pair.containment:.0f} % of the shorter one's runs of five words stand in both"
        yield f"related: {pair.doc_id_a} and {pair.doc_id_b} look like {what}: {share}"


def _words(added: Added) -> dict[str, int]:
    documents = added.read.documents
    return dict(zip(documents["doc_id"], documents["n_words"].astype(int).tolist(), strict=True))


def _set_aside(added: Added) -> dict[str, dict[str, int]]:
    """doc_id -> rule -> lines that it set aside."""
    lines = added.read.lines
    counts: dict[str, dict[str, int]] = {}
    for doc_id, rule in lines.loc[~lines["kept"], ["doc_id", "rule"]].itertuples(index=False):
        own = counts.setdefault(doc_id, {})
        own[rule] = own.get(rule, 0) + 1
    return counts


def _warnings(added: Added) -> dict[str, list[str]]:
    warned: dict[str, list[str]] = {}
    for row in added.read.warnings.itertuples():
        warned.setdefault(row.doc_id, []).append(row.message)
    return warned


def _to_edit(added: Added, is_dry: bool) -> list[str]:
    """What only a person knows: who wrote what nothing tells of, when, in which order."""
    if not added.new or is_dry:
        return []
    todo = [
        _several(
            "outlet", added.new, lambda row: row["outlet"] == UNKNOWN, "nothing in the text says who wrote it"
        ),
        _several(
            "published_at", added.new, lambda row: not row["published_at"], "no date of publication was found"
        ),
        "filing_order, where you know it; episode and version, where there are several"
        if len(added.new) > 1
        else "",
    ]
    todo = list(filter(None, todo))
    lines = ["to edit in documents.csv:", *(f"  {line}" for line in todo)] if todo else []
    if added.story_yml:
        lines.append(
            "to edit in story.yml: title, date, outlets (each that documents.csv names), actors and what each is, "
            "themes, contested things"
        )
    name = added.folder.name
    where = (
        f" --data {shlex.quote(os.path.relpath(added.folder.parent))}"
        if added.folder.parent != ROOT / "data"
        else ""
    )
    return [*lines, f"then: parallax check {name}{where}; parallax report {name}{where}"]


def _several(column: str, new: list[Found], is_open, why: str) -> str:
    ids = [one.row["doc_id"] for one in new if is_open(one.row)]
    return f"{column} of {_ids(ids)}: {why}" if ids else ""


def _ids(ids: Iterable[str], most: int = 10) -> str:
    ids = list(ids)
    return ", ".join(ids[:most]) + (f" and {len(ids) - most:,} more" if len(ids) > most else "")
