"""Staleness: why a report must be made again, in words, the most telling reason first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from analysis.publishing import provenance
from analysis.publishing.dependence import ARTICLES, LABELS, LOOKED_FOR, MANIFEST, TEXTS
from analysis.publishing.parts import parts, parts_of, parts_of_page
from analysis.publishing.report import Report

NEVER, FAILED, GONE, EDITED = "never made", "failed before", "the page is gone", "the page was changed"
MEASURED_FIRST = "the story is measured first"
OF_THE_PAGE = (NEVER, FAILED, GONE, EDITED)
FORCED = "forced"
WORDS = {
    TEXTS: "words",
    LABELS: "labels of copies",
    LOOKED_FOR: "what is looked for",
    MANIFEST: "rows in documents.csv",
}
UNTOLD = "made by an earlier Parallax, or its provenance was changed"


def reasons(
    report: Report, known: Mapping[str, Any], made_from: Mapping[str, Any], notebook: str, folder: Path
) -> list[str]:
    """Why `report` must be made again; empty where it is up to date.

    `known` is the provenance of its story's reports, which lie in `folder`; `made_from` and `notebook` (its SHA-256) are what it
    would be made from now.
    """
    entry = known.get("reports", {}).get(report.file)
    if not isinstance(entry, Mapping):
        return [NEVER]
    if entry.get("status") != "complete":
        return [FAILED]
    page, found = folder / report.file, []
    if not provenance.is_as_written(page, entry):
        found.append(EDITED if page.is_file() else GONE)
    now = parts_of_page(report.notebook, report.outlet, parts(made_from))
    if entry.get("fingerprint") == provenance.print_of(report, now, notebook):
        return found
    before = parts_of(known, entry)
    if "code" not in before or not before["code"]:
        return [*found, UNTOLD]
    found += _parameters(entry, report) + changes(before, now)
    if entry.get("notebook_sha256") != notebook:
        found.append(f"notebook {report.notebook} changed")
    return found or [UNTOLD]


def changes(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """What differs between two `parts`: what people write, dictionaries, versions, code, and measures by themselves."""
    differ = [name for name in sorted({*before, *now}) if before.get(name) != now.get(name)]

    def said(room: str, what: str = "{}") -> list[str]:
        names = [name.removeprefix(room) for name in differ if name.startswith(room)]
        return [f"{what.format(name)} {_how(room + name, before, now)}" for name in names]

    inputs = said("inputs/")
    ours = [one for one in inputs if one.startswith(tuple(provenance.OURS))]
    found = [one for one in inputs if not one.startswith(("measures/", *provenance.OURS))]
    rows = [name.removeprefix("rows/") for name in differ if name.startswith("rows/")]
    found += _of_outlets(name for name in rows if _is_of_people(name))
    found += said("dictionaries/", "dictionary {}")
    found += ["code changed"] if "code" in differ else []
    found += [one.removeprefix("docs/").removeprefix("data/") for one in ours]
    found += said("generated_by/")
    found += ["seed changed"] if "seed" in differ else []
    if "changed" in differ:
        found.append(f"changed since it was measured: {now['changed'] or 'nothing any more'}")
    return found + _of_outlets(name for name in rows if not _is_of_people(name))


def _is_of_people(row: str) -> bool:
    """Whether rows are what people wrote, rather than what was measured in it."""
    return row.startswith((f"{ARTICLES}/", f"{MANIFEST}/", f"{TEXTS}/"))


def _of_outlets(rows: Iterable[str]) -> list[str]:
    """`table/outlet` of rows that changed in words: "estimates of afp, ap changed"."""
    outlets: dict[str, list[str]] = {}
    for name in rows:
        table, _, outlet = name.partition("/")
        outlets.setdefault(table, []).extend([outlet] if outlet else [])
    told = ((WORDS.get(table, table), ", ".join(of)) for table, of in outlets.items())
    return [f"{table} of {of} changed" if of else f"{table} changed" for table, of in told]


def _how(name: str, before: Mapping[str, str], now: Mapping[str, str]) -> str:
    if name.startswith("generated_by/"):
        return f"{before.get(name, 'none')} → {now.get(name, 'none')}"
    return "is new" if name not in before else "is gone" if name not in now else "changed"


def _parameters(entry: Mapping[str, Any], report: Report) -> list[str]:
    known = entry.get("parameters")
    before = known if isinstance(known, Mapping) else {}
    names = [name for name in report.parameters if before.get(name) != report.parameters[name]]
    if not names and entry.get("command") == provenance.command(report):
        return []
    return [f"other parameters: {', '.join(names)}"] if names else ["other dictionaries were asked for"]
