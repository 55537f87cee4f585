"""Provenance: what a report was made from, so that it is made again only when that changed.

Nothing here knows the time: the same inputs give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from analysis.storage import write_atomically

PACKAGE = Path(__file__).parents[1]
CODE = (".py", ".j2", ".css", ".json")
PACKAGES = ("pandas", "numpy", "matplotlib", "textstat", "vaderSentiment", "papermill", "nbconvert")


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


def entry(
    notebook: str,
    parameters: Mapping[str, Any],
    fingerprint: str,
    page: bytes | None,
    status: str = "complete",
) -> dict[str, Any]:
    """Return what provenance.json says of one report; `page` is its HTML, None when it failed."""
    sha256 = hashlib.sha256(page).hexdigest() if page is not None else None
    return {
        "notebook": notebook,
        "parameters": dict(parameters),
        "fingerprint": fingerprint,
        "sha256": sha256,
        "status": status,
    }


def read_provenance(path: Path) -> dict[str, Any]:
    """Return a story's provenance.json; without one, or with a broken one, a provenance without reports."""
    try:
        found = json.loads(Path(path).read_text("utf-8"))
    except (OSError, ValueError):
        found = {}
    return found if isinstance(found, dict) and isinstance(found.get("reports"), dict) else {"reports": {}}


def write_provenance(
    path: Path, *, story: str, inputs: Mapping[str, str], reports: Mapping[str, Mapping[str, Any]]
) -> None:
    """Write a story's provenance.json: `inputs` are {path: sha256}, `reports` {relative path: entry(…)}."""
    content = {
        "story": story,
        "generated_by": generated_by(),
        "inputs": dict(sorted(inputs.items())),
        "reports": {name: dict(reports[name]) for name in sorted(reports)},
    }
    write_atomically(path, json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def is_stale(report: str, provenance: Mapping[str, Any], fingerprint: str, folder: Path) -> bool:
    """Whether the report at `folder`/`report` must be made again.

    It must when it is not there, is not the file that was written, failed, or was made from something else.
    """
    known = provenance.get("reports", {}).get(report)
    if not isinstance(known, Mapping) or known.get("status") != "complete":
        return True
    return known.get("fingerprint") != fingerprint or not is_as_written(Path(folder) / report, known)


def is_as_written(path: Path, known: Mapping[str, Any]) -> bool:
    """Whether the file at `path` is there and has the bytes that its entry `known` tells of."""
    return path.is_file() and known.get("sha256") == file_digest(path)


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
