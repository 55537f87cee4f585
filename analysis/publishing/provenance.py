"""Provenance: what a report was made from, so that it is made again only when that changed.

Nothing here knows the time: the same inputs give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import platform
import shlex
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from analysis.comparison.resampling import SEED
from analysis.measured import TABLE_NAMES
from analysis.publishing.dependence import row_digests
from analysis.publishing.parts import parts, parts_of_page
from analysis.publishing.report import Report
from analysis.storage import (
    ROOT,
    chosen_dictionaries,
    dictionary_files,
    is_measured,
    table_files,
    write_atomically,
)

PACKAGE = Path(__file__).parents[1]
CODE = (".py", ".j2", ".css", ".json")
PACKAGES = ("pandas", "numpy", "matplotlib", "textstat", "vaderSentiment", "papermill", "nbconvert")
OURS = ("data/attribution_weights.yml", "docs/validity.md")  # inputs of every story, relative to the project
BY_PEOPLE = (  # inputs that a story may have, relative to its folder
    "story.yml",
    "documents.csv",
    "facts.yml",
    "corrections.csv",
    "coded_facts.csv",
    "coding/codes.csv",
    "coding/key.csv",
)


def digest(*sources: Path | bytes | str) -> str:
    """Return the SHA-256 of `sources` in order, in hexadecimal.

    A Path is a file's bytes, or all files of a folder with their relative names; a str is its UTF-8. Each
    part enters with its length, so that no two lists of sources run together.
    """
    whole = hashlib.sha256()
    for source in sources:
        for part in _parts(source):
            whole.update(len(part).to_bytes(8, "big"))
            whole.update(part)
    return whole.hexdigest()


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, as `sha256sum` prints it."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def code_digest() -> str:
    """Return the digest of this package's code and templates."""
    files = sorted(path for path in PACKAGE.rglob("*") if path.suffix in CODE and path.is_file())
    return digest(*(part for path in files for part in (path.relative_to(PACKAGE).as_posix(), path)))


def fingerprint(inputs: Mapping[str, Any]) -> str:
    """Return one SHA-256 of everything a report depends on (JSON values), in any order of its keys."""
    text = json.dumps(inputs, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return digest(text)


def generated_by() -> dict[str, str]:
    """Return the versions that made a report: this workbook's, Python's, and of what moves its numbers."""
    versions = {"parallax": _version("parallax-workbook"), "python": platform.python_version()}
    return versions | {package: _version(package) for package in PACKAGES}


def dictionaries() -> dict[str, dict[str, str]]:
    """Return version and SHA-256 of every dictionary that is read, by id: bundled, beside the stories, asked for."""
    from analysis.evidence.dictionaries import read_yaml

    found = {}
    for name, path in dictionary_files().items():
        content = read_yaml(path)[0] if path.suffix in (".yml", ".yaml") else None
        stated = content.get("version") if isinstance(content, dict) else None
        found[name] = {"version": stated if isinstance(stated, str) else "", "sha256": file_digest(path)}
    return dict(sorted(found.items()))


def common() -> dict[str, Any]:
    """Return what the reports of all stories are made from: versions, code, seed, dictionaries. Of many stories it is taken once."""
    return {
        "generated_by": generated_by(),
        "code": code_digest(),
        "seed": SEED,
        "dictionaries": dictionaries(),
    }


def made_from(
    folder: Path,
    articles: Iterable[str],
    changed: Iterable[str] = (),
    known: Mapping[str, Any] | None = None,
    texts: Callable[[], Mapping[str, str]] = dict,
    of_all: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return everything that the reports of the story in `folder` are made from, whatever the report.

    `articles` are the files whose texts they show, `changed` what changed since a story without texts was measured. `known` is the
    provenance of its reports: where files and code are still those, no table is read, nor `texts` (doc_id -> cleaned text) asked for. `of_all` is what
    `common` returned, where that was taken before.
    """
    there = (name for name in BY_PEOPLE if (folder / name).is_file())
    names = [*OURS, *there, *measures(folder), "measures/provenance.json"]
    names = sorted([*names, *(f"articles/{one}" for one in articles)])
    paths = {name: input_path(folder, name) for name in names}
    inputs = {name: file_digest(path) if path.is_file() else "" for name, path in paths.items()}
    found = {
        **(of_all if of_all is not None else common()),
        "inputs": inputs,
        "inputs_sha256": fingerprint(inputs),
        "changed": list(changed),
    }
    return found | {"rows": _rows(folder, found, known or {}, texts)}


def measures(folder: Path) -> list[str]:
    """The files of the tables of the story in `folder`, relative to it."""
    files = (file for name in TABLE_NAMES for file in table_files(folder, name))
    return [file.relative_to(folder).as_posix() for file in files]


def _rows(
    folder: Path, found: Mapping[str, Any], known: Mapping[str, Any], texts: Callable[[], Mapping[str, str]]
) -> dict[str, str]:
    """`dependence.row_digests`; none where there are no measures."""
    if not is_measured(folder):
        return {}
    parts = ("inputs", "code", "generated_by")
    if isinstance(known.get("rows"), dict) and all(found[part] == known.get(part) for part in parts):
        return known["rows"]
    articles = {
        name.removeprefix("articles/"): value
        for name, value in found["inputs"].items()
        if name.startswith("articles/")
    }
    return row_digests(folder, articles, texts)


def input_path(folder: Path, name: str) -> Path:
    """Where the input `name` of provenance.json lies, `folder` being the story's."""
    return (ROOT if name in OURS else folder) / name


def command(report: Report) -> str:
    """Return the command that makes this report again; a dictionary stands without the folder it lies in."""
    words = ["parallax", "report", report.story, "--notebook", report.notebook]
    if stories := report.parameters.get("stories"):
        words = ["parallax", "report", *stories, "--across", "--notebook", report.notebook]
    for outlet in (report.outlet, *report.parameters.get("outlets", ())):
        words += ["--outlet", outlet] if outlet else []
    voice = report.parameters.get("voice", "all")
    return shlex.join([*words, *(["--voice", voice] if voice != "all" else []), *_asked()])


def command_of_all(story: str) -> str:
    """Return the command that makes all reports of a story again."""
    return shlex.join(["parallax", "report", story, *_asked()])


def entry(
    report: Report,
    made_from: Mapping[str, Any],
    notebook: str,
    page: bytes | None,
    status: str = "complete",
) -> dict[str, Any]:
    """Return what provenance.json says of one report.

    `made_from` is that of its story, `notebook` the SHA-256 of its notebook, `page` its HTML, None when it failed.
    """
    return {
        "notebook": report.notebook,
        "notebook_sha256": notebook,
        "parameters": dict(report.parameters),
        "command": command(report),
        "fingerprint": print_of(report, parts(made_from), notebook),
        "sha256": hashlib.sha256(page).hexdigest() if page is not None else None,
        "status": status,
    }


def print_of(report: Report, parts: Mapping[str, str], notebook: str) -> str:
    """Return the fingerprint of a report that is made from its own of `parts` by the notebook of that SHA-256."""
    of_report = {"parameters": report.parameters, "command": command(report), "notebook": notebook}
    return fingerprint({"parts": parts_of_page(report.notebook, report.outlet, parts), **of_report})


def read_provenance(path: Path) -> dict[str, Any]:
    """Return a story's provenance.json; without one, or with a broken one, a provenance without reports."""
    try:
        found = json.loads(Path(path).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        found = {}
    if not isinstance(found, dict) or not isinstance(found.get("reports"), dict):
        return {"reports": {}}
    entries = {name: entry for name, entry in found["reports"].items() if isinstance(entry, dict)}
    return found | {"reports": entries}  # what is no entry tells of no report


def provenance_text(
    story: str,
    *,
    made_from: Mapping[str, Any],
    tables: Mapping[str, str],
    reports: Mapping[str, Mapping[str, Any]],
    index: str = "",
) -> str:
    """Return a story's provenance.json: `tables` are {file: sha256}, `reports` {relative path: entry(…)}, `index` the index's SHA-256."""
    content = {
        "story": story,
        "command": command_of_all(story),
        **made_from,
        "index_sha256": index,
        "tables": dict(sorted(tables.items())),
        "reports": {name: dict(reports[name]) for name in sorted(reports)},
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def write_provenance(path: Path, story: str, **content: Mapping[str, Any]) -> None:
    """Write a story's provenance.json; `content` is what `provenance_text` takes."""
    write_atomically(path, provenance_text(story, **content))


def is_as_written(path: Path, known: Mapping[str, Any]) -> bool:
    """Whether the file at `path` is there and has the bytes that its entry `known` tells of."""
    return is_of_digest(path, known.get("sha256"))


def is_of_digest(path: Path, sha256: object) -> bool:
    """Whether the file at `path` is there and has that SHA-256."""
    return path.is_file() and sha256 == file_digest(path)


def shown(report: Report, made_from: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what the page of a report prints of how it came about, as (term, meaning)."""
    versions = dict(made_from["generated_by"])
    ours, python = versions.pop("parallax"), versions.pop("python")
    lists = (f"{name} {about['version']}".strip() for name, about in made_from["dictionaries"].items())
    own = parts_of_page(report.notebook, report.outlet, parts(made_from))
    return [
        ("Parallax", ours),
        ("Story", report.story),
        ("Parameters", ", ".join(f"{name} = {value}" for name, value in report.parameters.items())),
        ("Command", command(report)),
        (
            "Made from",
            f"{len(own)} parts, together SHA-256 {fingerprint(own)[:16]}…; provenance.json has each",
        ),
        ("Dictionaries", ", ".join(lists)),
        ("Seed", str(made_from["seed"])),
        ("Python", python),
        ("Libraries", ", ".join(f"{name} {value}" for name, value in versions.items())),
    ]


def _asked() -> list[str]:
    """The options that name the dictionaries asked for, by their files' names."""
    return [word for path in chosen_dictionaries() for word in ("--dictionary", path.name)]


def _parts(source: Path | bytes | str) -> Iterable[bytes]:
    if isinstance(source, bytes):
        yield source
    elif isinstance(source, str):
        yield source.encode("utf-8", "surrogatepass")
    elif source.is_dir():
        for path in sorted(path for path in source.rglob("*") if path.is_file()):
            yield path.relative_to(source).as_posix().encode("utf-8")
            yield path.read_bytes()
    else:
        yield source.read_bytes()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"
