"""Archives: ZIP, gzip and tar of whatever else is read.

Members are unpacked in memory, one at a time and up to a size; their names never touch the file system. An archive
in an archive is refused.
"""

from __future__ import annotations

import io
import lzma
import re
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from analysis.corpus.formats import signs
from analysis.corpus.formats.item import Item, Limits, NotRead, Refused

MOST_RATIO, SMALL = 300, 1_000_000  # times a member may unpack to its packed size, from this many bytes on
MOST_UNPACKED = 25  # times the bytes of one file that all members may unpack to
TAR_MARK = slice(257, 262)
ASIDE = ("README", "README.md", "README.txt", "README.rst", "Thumbs.db", "desktop.ini")
FIRST_PIECE, LARGEST_PIECE = 512, 1_000_000  # bytes given to the unpacker of gzip at a time
BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError,
    RuntimeError, ValueError, NotImplementedError, KeyError, IndexError, OverflowError,
)  # fmt: skip
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class _Member:
    name: str
    size: int  # as the archive says
    packed: int
    problem: str  # why it is not read, "" if it is
    unpack: Callable[[int], bytes]  # at most so many bytes


def matches(data: bytes, name: str) -> bool:
    """Is the file an archive? Office documents, which are ZIP files too, stand before this in the list of formats."""
    return signs.is_archive(data, name) or _is_tar(data)


def read(
    data: bytes, file: str, *, limits: Limits, columns: Mapping[str, str] = {}
) -> Iterator[Item | Refused]:
    """Yield the articles of an archive's members, named "export.zip/folder/a.html".

    Raises `NotRead` for a broken archive, and for one of more members or bytes than are allowed.
    """
    if data.startswith(signs.GZIP):
        data, inner = _gunzipped(data, limits), _inner_name(file)
        if not _is_tar(data):
            yield from _member(data, f"{file}/{inner}", limits, columns)
            return
    try:
        members = list(_in_tar(data) if _is_tar(data) else _in_zip(data))
    except BROKEN as problem:
        raise NotRead(f"is an archive that cannot be opened: {str(problem)[:120]}") from None
    names = {"/".join(_parts(member.name)) for member in members}
    members = [member for member in members if not _is_aside(member.name, names)]
    if not members:
        raise NotRead("is an archive without a file that may be an article")
    if len(members) > limits.items:
        raise NotRead(f"holds {len(members):,} files; allowed: {limits.items:,} an archive")
    left = MOST_UNPACKED * limits.file_bytes
    for member in members:
        name = f"{file}/{_shown(member.name)}"
        try:
            content = _unpacked(member, min(limits.file_bytes, left))
        except NotRead as problem:
            yield Refused(name, "", None, str(problem))
            continue
        except BROKEN as problem:
            yield Refused(
                name, "", None, f"could not be unpacked: {str(problem)[:120] or type(problem).__name__}"
            )
            continue
        left -= len(content)
        yield from _member(content, name, limits, columns)


def _member(
    content: bytes, name: str, limits: Limits, columns: Mapping[str, str]
) -> Iterator[Item | Refused]:
    from analysis.corpus.formats import read_data  # the list of formats names this module

    is_archive = (signs.is_archive(content, name) or _is_tar(content)) and not signs.is_word(content, name)
    if is_archive and not signs.refused(content, name):
        yield Refused(name, "", None, "an archive in an archive is not read; allowed: unpack it first")
        return
    yield from read_data(content, name, limits=limits, columns=columns)


def _unpacked(member: _Member, most: int) -> bytes:
    if member.problem:
        raise NotRead(member.problem)
    if member.size > most:
        raise NotRead(f"unpacks to {member.size:,} bytes; allowed: {most:,}")
    if member.size > SMALL and member.size > MOST_RATIO * max(1, member.packed):
        raise NotRead(
            f"unpacks to {member.size // max(1, member.packed):,} times its size; allowed: {MOST_RATIO} times"
        )
    content = member.unpack(min(member.size, most) + 1)  # what the archive says may be a lie
    if len(content) > member.size:
        raise NotRead(f"unpacks to more than the {member.size:,} bytes that the archive says")
    return content


def _in_zip(data: bytes) -> Iterator[_Member]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    for info in archive.infolist():
        if info.is_dir():
            continue
        is_link = stat.S_ISLNK(info.external_attr >> 16)
        problem = (
            "is encrypted; allowed: members without a password"
            if info.flag_bits & 1
            else "is a link"
            if is_link
            else ""
        )
        yield _Member(info.filename, info.file_size, info.compress_size, problem, _opener(archive.open, info))


def _in_tar(data: bytes) -> Iterator[_Member]:
    archive = tarfile.open(fileobj=io.BytesIO(data), mode="r:")  # noqa: SIM115 - it holds memory, no file
    for info in archive:
        if not info.isdir():
            problem = "" if info.isreg() else "is a link or a device, not a file"
            yield _Member(info.name, info.size, info.size, problem, _opener(archive.extractfile, info))


def _opener(open_: Callable, info: object) -> Callable[[int], bytes]:
    def unpack(most: int) -> bytes:
        with open_(info) as stream:
            return stream.read(most)

    return unpack


def _gunzipped(data: bytes, limits: Limits) -> bytes:
    """The content of a gzip file, which may be several behind one another. Raises `NotRead`."""
    parts: list[bytes] = []
    left, at = limits.file_bytes + 1, 0
    while data.startswith(signs.GZIP, at) and left > 0:
        unpacker, piece = zlib.decompressobj(wbits=31), FIRST_PIECE
        while left > 0 and not unpacker.eof:
            # In pieces: what an unpacker leaves over is copied, and there may be a million of them.
            given = unpacker.unconsumed_tail or data[at : at + piece]
            at += 0 if unpacker.unconsumed_tail else len(given)
            if not given:
                raise NotRead("is a gzip file that breaks off")
            try:
                part = unpacker.decompress(given, left)
            except zlib.error as problem:
                raise NotRead(f"is a gzip file that cannot be unpacked: {problem}") from None
            parts.append(part)
            left -= len(part)
            piece = min(2 * piece, LARGEST_PIECE)
        at -= len(unpacker.unused_data)
    if left <= 0:
        raise NotRead(f"unpacks to more than {limits.file_bytes:,} bytes, which is what is allowed")
    return b"".join(parts)


def _inner_name(file: str) -> str:
    name = PurePosixPath(file).name
    return name[:-3] if name.lower().endswith(".gz") and len(name) > 3 else f"{name}.content"


def _is_tar(data: bytes) -> bool:
    return data[TAR_MARK] == b"ustar"


def _shown(name: str) -> str:
    """The name of a member without what would lead out of the archive or move a terminal's cursor."""
    parts = CONTROL.sub("\ufffd", name.replace("\\", "/")).split("/")
    return "/".join(part for part in parts if part not in ("", ".", "..")) or "unnamed"


def _is_aside(name: str, names: set[str]) -> bool:
    """Hidden files, READMEs, what systems leave, and the folder of parts that a browser saves beside a page."""
    parts = _parts(name)
    if not parts or any(part.startswith(".") or part == "__MACOSX" for part in parts) or parts[-1] in ASIDE:
        return True
    above = (("/".join(parts[:n])) for n, part in enumerate(parts[:-1], 1) if part.endswith("_files"))
    return any(f"{folder[:-6]}{end}" in names for folder in above for end in (".html", ".htm"))


def _parts(name: str) -> list[str]:
    return [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
