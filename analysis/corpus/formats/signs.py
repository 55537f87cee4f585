"""Signs: what a file looks like, told by its content; its name only where content leaves it open."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import PurePath

from analysis.corpus.decoding import MARKS, SIGNATURES

HEAD = 65_536  # bytes looked at
ZIP, GZIP, PARQUET, RTF = b"PK\x03\x04", b"\x1f\x8b", b"PAR1", b"{\\rtf"
READ = (ZIP, PARQUET, RTF, b"\x1f\x8b\x08")  # signatures of what is read
OFFICE = (
    ("xl/", "an Excel workbook"),
    ("ppt/", "a PowerPoint document"),
    ("META-INF/", "an OpenDocument or e-book"),
)
WORD = "word/document.xml"
ENDINGS = {  # where content leaves it open
    "html": (".html", ".htm", ".xhtml"),
    "table": (".csv", ".tsv", ".tab"),
    "lines": (".jsonl", ".ndjson", ".json"),
    "yaml": (".yml", ".yaml"),
}
# Possessive and atomic: what was read as comments is never tried again in another way.
DOCUMENT = re.compile(
    r"\s*+(?:<\?xml[^>]*\?>\s*+)?(?:(?><!--.*?-->)\s*+)*+<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
FRAGMENT = re.compile(
    r"\s*<(?:article|main|section|div|p|h[1-6]|table|title|meta|span|figure|ul|ol)\b[^>]*>", re.I
)
CLOSED = re.compile(r"</(?:article|main|section|div|p|h[1-6]|table|title|span|figure|ul|ol)>", re.I)
MARKUP = re.compile(r"\s*<(?:\?xml|!doctype|!entity|svg|rss|feed|[\w-]+:[\w-]+)\b", re.I)
YAML_LINE = re.compile(r"\s*(?:- )?[\w-]+:(?: .*)?|\s*- .*|\s*#.*|---.*|\.\.\.|\s*")
YAML_KEY = re.compile(r"^[a-z][a-z0-9_]*:(?: |$)", re.M)
OLD_PICKLE = re.compile(rb"\(?(?:[dl]p\d+|i[a-z_.]+|c[a-z_.]+\n\w+)\n")
WEB_ARCHIVE = re.compile(r"\A(?:[\w-]+:.*\n(?:[ \t].*\n)*){0,20}?Content-Type:\s*multipart/related", re.I)


def head_text(data: bytes) -> str:
    """The first characters of `data`, by its byte-order mark or as UTF-8; what cannot be read is replaced."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data[:HEAD].decode(encoding, errors="replace").lstrip("\ufeff")
    return data[:HEAD].decode("utf-8", errors="replace")


def refused(data: bytes, name: str) -> str:
    """What a file looks like that is of no format that is read; "" for others."""
    if data.startswith(ZIP):
        names = members(data)
        return next((called for start, called in OFFICE if any(one.startswith(start) for one in names)), "")
    for signature, called in SIGNATURES:
        if data.startswith(signature) and signature not in READ:
            return called
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "a WebP image"
    if data.startswith(READ):
        return ""
    if OLD_PICKLE.match(data) or (PurePath(name).suffix.lower() in (".pkl", ".pickle")):
        return "a Python pickle"
    text = head_text(data)
    if text.startswith("%!PS"):
        return "a PostScript document"
    if WEB_ARCHIVE.match(text):
        return "a web archive (MHTML)"
    if re.search(r"<!ENTITY\b", text[:20_000], re.I) and MARKUP.match(text):
        return "XML that declares entities of its own (DTD)"
    if MARKUP.match(text) and not is_html(data, name):
        return "XML or a drawing"
    return "YAML" if is_yaml(text, name) else ""


def is_yaml(text: str, name: str) -> bool:
    """Does every line look like YAML, and the file like data and not like a text with headings?"""
    lines = text.split("\n")[:200]
    if not text.strip() or not all(YAML_LINE.fullmatch(line.rstrip("\r")) for line in lines):
        return False
    told = named(name, "yaml") or text.startswith("---\n") or re.search(r": !!?\w", text)
    return (
        bool(told) or len(YAML_KEY.findall("\n".join(lines))) == sum(bool(line.strip()) for line in lines) > 1
    )


def members(data: bytes) -> list[str]:
    """The names in a ZIP archive, [] for a broken one."""
    try:
        return zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError):
        return []


def is_word(data: bytes, name: str) -> bool:
    return data.startswith(ZIP) and WORD in members(data)


def is_archive(data: bytes, name: str) -> bool:
    return data.startswith((ZIP, b"PK\x05\x06", GZIP + b"\x08"))


def is_parquet(data: bytes, name: str) -> bool:
    return data.startswith(PARQUET)


def is_rtf(data: bytes, name: str) -> bool:
    return data.startswith(RTF)


def is_html(data: bytes, name: str) -> bool:
    text = head_text(data)
    if DOCUMENT.match(text):
        return True
    if named(name, "html"):
        return bool(re.search(r"<[a-z!/][^<>]*>", text, re.I))
    return bool(FRAGMENT.match(text) and CLOSED.search(text))


def is_json(data: bytes, name: str) -> bool:
    text = head_text(data).lstrip()
    if named(name, "lines"):
        return True
    first = text.split("\n", 1)[0]
    try:
        return isinstance(json.loads(first), (dict, list))
    except (ValueError, RecursionError):
        return bool(re.match(r"\[?\s*\{\s*\"[^\"\n]{1,60}\"\s*:", text))


def named(name: str, kind: str) -> bool:
    """Does the name of the file end as those of this kind do?"""
    return PurePath(name).suffix.lower() in ENDINGS[kind]


def is_text(data: bytes, name: str) -> bool:
    """Whatever is nothing else."""
    return True
