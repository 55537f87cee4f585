"""Files: the paths a user names -> articles, each read by the reader of its format.

A file that cannot be read is one `Refused` and costs only itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from analysis.corpus.formats import Format, read_data
from analysis.corpus.formats.item import Item, Limits, Refused

READMES = frozenset({"README", "README.md", "README.txt", "README.rst"})


def items(
    paths: str | Path | Iterable[str | Path],
    *,
    limits: Limits = Limits(),
    columns: Mapping[str, str] = {},
) -> Iterator[Item | Refused]:
    """Yield the articles of files, folders and archives, in the order named and by name within a folder.

    `columns` says which column of a table holds what (target -> column). Raises FileNotFoundError, before
    anything is read, for a path that is not there.
    """
    for file in listed(paths):
        yield from read_file(file, limits=limits, columns=columns)


def listed(paths: str | Path | Iterable[str | Path]) -> list[Path]:
    """The files that `paths` name, each once: hidden ones and READMEs aside, and the parts of saved pages."""
    files: dict[Path, Path] = {}
    for path in [paths] if isinstance(paths, (str, Path)) else paths:
        path = Path(path)
        if not path.exists():
            raise FileNotFoundError(f"{path}: no such file or folder")
        if not path.is_dir():
            files.setdefault(path.resolve(), path)
            continue
        for found in sorted(path.rglob("*")):
            if found.is_file() and not _is_aside(found, path):
                files.setdefault(found.resolve(), found)
    return list(files.values())


def aside(paths: str | Path | Iterable[str | Path]) -> list[Path]:
    """What the folders among `paths` hold that `listed` passes over, links to folders and no regular files included."""
    folders = [Path(path) for path in ([paths] if isinstance(paths, (str, Path)) else paths)]
    there = dict.fromkeys(found for path in folders if path.is_dir() for found in sorted(path.rglob("*")))
    read = {file.resolve() for file in listed(folders)}
    return [
        found for found in there if (found.is_symlink() or not found.is_dir()) and found.resolve() not in read
    ]


def _is_aside(file: Path, root: Path) -> bool:
    return file.name.startswith(".") or file.name in READMES or _is_page_part(file, root)


def _is_page_part(file: Path, root: Path) -> bool:
    """Is `file` in the folder of pictures and scripts that a browser saves beside a page?"""
    folders = [folder for folder in file.parents if folder.is_relative_to(root) and folder != root]
    return any(
        folder.name.startswith(".")
        or (
            folder.name.endswith("_files")
            and any(folder.with_name(folder.name[:-6] + end).is_file() for end in (".html", ".htm"))
        )
        for folder in folders
    )


def read_file(
    file: Path, *, limits: Limits = Limits(), columns: Mapping[str, str] = {}, known: Format | None = None
) -> Iterator[Item | Refused]:
    """Yield the articles of one file; what is wrong with it is a `Refused` and never an exception.

    `known` is its format, where that need not be told by content.
    """
    name = os.fsencode(file).decode("utf-8", "replace")  # a name need not be text
    try:
        data = _data(file, limits)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        yield Refused(name, "", None, f"could not be read: {reason}")
        return
    yield from read_data(data, name, limits=limits, columns=columns, known=known)


def _data(file: Path, limits: Limits) -> bytes:
    if not file.is_file():
        raise ValueError("it is no regular file")
    size = os.path.getsize(file)
    if size <= limits.file_bytes:
        with file.open("rb") as stream:
            data = stream.read(limits.file_bytes + 1)  # a file may grow after its size was asked
        size = len(data)
    if size > limits.file_bytes:
        raise ValueError(
            f"it holds {size:,} bytes; allowed: {limits.file_bytes:,} a file (`--megabytes` raises it)"
        )
    return data
