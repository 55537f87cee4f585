"""Saved web pages: a file is one article, its body and what the page says of it.

The page is decoded here; it is parsed in a process with an end to its time (`page`). Nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from analysis.corpus.bounds import bounded
from analysis.corpus.decoding import MARKS
from analysis.corpus.formats.item import Item, Limits, Refused, Repair, filled
from analysis.corpus.formats.text import SURROGATE, repaired

CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,30})""", re.IGNORECASE)
CHARSET_XML = re.compile(rb"""\A\s*<\?xml[^>]{0,100}encoding\s*=\s*["']([A-Za-z0-9_:.-]{2,30})""")
HEAD = 8_192  # bytes in which a page declares its encoding
# Encodings that pages are written in; Python knows others, some of which are no encodings of text.
ENCODING = re.compile(
    r"iso-?8859-?\d+|windows-?\d+|cp12\d\d|koi8-[ru]|gb(2312|k|18030)|big5.*|shift[_-]jis|euc-.*"
)
LATIN = ("iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii")  # browsers read Windows-1252
SURROGATE_ENTITY = re.compile(
    r"&#(?:[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2}|0*5(?:529[6-9]|5[3-9]\d\d|6\d{3}|7[0-2]\d\d|73[0-3]\d|734[0-3]));?"
)


def read(
    data: bytes, file: str, *, limits: Limits, columns: Mapping[str, str] = {}
) -> Iterator[Item | Refused]:
    """Yield the one article of a saved page."""
    page, repairs = decoded(data)
    text, fields, more, is_clean = article(page, limits)
    yield Item(file, "", None, text, fields, (*repairs, *more), is_clean=is_clean)


def article(page: str, limits: Limits) -> tuple[str, dict[str, str], tuple[Repair, ...], bool]:
    """Text, fields, repairs and whether furniture was cut, of a page or a piece of one. Raises `NotRead`."""
    page = SURROGATE_ENTITY.sub("\ufffd", SURROGATE.sub("\ufffd", page)).replace("\0", "")
    found = bounded("analysis.corpus.formats.page:extract", page.encode(), seconds=limits.seconds)
    text, repairs = repaired(found["text"], limits)
    return text, filled(found["fields"]), (*map(tuple, found["repairs"]), *repairs), found["is_clean"]


def decoded(data: bytes) -> tuple[str, tuple[Repair, ...]]:
    """The page as text: by its byte-order mark, as UTF-8 if it is, by the encoding it declares, else guessed."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), ()
    declared = _declared(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _other(data, declared)
    if declared and declared not in ("utf-8", "utf8") and not data.isascii():
        return text, (("encoding", 1, f"declares {declared} and is UTF-8: read as UTF-8"),)
    return text, ()


def _other(data: bytes, declared: str) -> tuple[str, tuple[Repair, ...]]:
    if declared in LATIN:
        declared = "windows-1252"
    if ENCODING.fullmatch(declared):
        try:
            return data.decode(declared), ()
        except (LookupError, UnicodeDecodeError):
            pass
    text = data.decode("utf-8", errors="replace")
    n_lost = text.count("\ufffd")
    n_good = sum(character > "\x7f" for character in text) - n_lost
    said = f"declares {declared} and is not" if declared else "is not UTF-8 and declares nothing else"
    if n_good > n_lost:
        return text, (("encoding", n_lost, f"{n_lost} characters could not be read as UTF-8"),)
    text = data.decode("windows-1252", errors="replace")
    return text, (("encoding", n_lost, f"{said}: read as Windows-1252"),)


def _declared(data: bytes) -> str:
    found = CHARSET.search(data[:HEAD]) or CHARSET_XML.search(data[:HEAD])
    return found.group(1).decode("ascii").lower() if found else ""
