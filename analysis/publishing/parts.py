"""Parts: what reports are made from as one level of names and values, and those of them that one page is made from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.publishing.dependence import ARTICLES, MANIFEST, TEXTS, is_shown


def parts(made_from: Mapping[str, Any]) -> dict[str, str]:
    """Return `made_from` as one level of names and values: `inputs/story.yml`, `dictionaries/cues`, `generated_by/pandas`."""

    def mapping(name: str) -> Mapping[str, Any]:
        found = made_from.get(name)
        return found if isinstance(found, Mapping) else {}

    found = {
        "code": str(made_from.get("code", "")),
        "seed": str(made_from.get("seed", "")),
        "changed": ", ".join(map(str, made_from.get("changed") or ())),
    }
    found |= {f"generated_by/{name}": str(value) for name, value in mapping("generated_by").items()}
    found |= {f"rows/{name}": str(value) for name, value in mapping("rows").items()}
    found |= {f"inputs/{name}": str(value) for name, value in mapping("inputs").items()}
    for name, about in mapping("dictionaries").items():
        found[f"dictionaries/{name}"] = str(about.get("sha256", "") if isinstance(about, Mapping) else "")
    return found


def parts_of_page(notebook: str, outlet: str | None, parts: Mapping[str, str]) -> dict[str, str]:
    """Return those of `parts` that one page is made from: of files that hold rows of all outlets, the rows that it shows.

    The pages of a story as a whole show all rows; their articles and manifest stand among their parts as files.
    """
    found = {}
    for name, value in parts.items():
        room, _, rest = name.partition("/")
        table, _, of = rest.partition("/")
        if room == "inputs" and (
            table == "measures" or (outlet and rest.startswith(("articles/", "documents.csv")))
        ):
            continue  # what is shown of them stands under `rows`
        if room == "rows" and not outlet and table in (ARTICLES, MANIFEST, TEXTS):
            continue  # they stand under `inputs`
        if room != "rows" or not outlet or is_shown(table, of, notebook=notebook, outlet=outlet):
            found[name] = value
    return found


def parts_of(provenance: Mapping[str, Any], entry: Mapping[str, Any]) -> dict[str, str]:
    """Return the parts that the page of `entry` was made from: those of its provenance but for what it says differs."""
    own, parameters = entry.get("made_from"), entry.get("parameters")
    whole = parts(provenance) | (dict(own) if isinstance(own, Mapping) else {})
    there = {name: value for name, value in whole.items() if value is not None}
    outlet = parameters.get("outlet") if isinstance(parameters, Mapping) else None
    return parts_of_page(str(entry.get("notebook")), outlet, there)


def kept(entry: Mapping[str, Any], known: Mapping[str, Any], made_from: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entry of a report that was not made again, with what it was made from where that is no longer so.

    `known` is the provenance it stood in, `made_from` what a report would be made from now; None: it had no such part.
    """
    bare = {name: value for name, value in entry.items() if name != "made_from"}
    before, now = parts_of(known, entry), parts_of(made_from, bare)
    names = [name for name in sorted({*before, *now}) if before.get(name) != now.get(name)]
    return bare | ({"made_from": {name: before.get(name) for name in names}} if names else {})
