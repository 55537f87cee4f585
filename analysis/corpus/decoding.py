"""Decoding: the bytes of a file as text, with a list of what had to be repaired.

Nothing is guessed in silence: the encoding is named, every repair is counted, and what
looks wrong but may be meant (a word of two scripts, mojibake) is reported, never changed.
"""

from __future__ import annotations

import re
import unicodedata
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from dataclasses import dataclass, field

from ftfy.badness import badness

LONGEST_TOKEN = 1_000  # characters; the longest word in print is far below, an encoded image far above
MOST_CONTROL = 0.2  # share of control characters above which a file is not text
SHOWN = 5  # examples in a message

# The UTF-32 mark of little-endian files begins with the one of UTF-16, so it stands first.
MARKS = (
    (BOM_UTF32_LE, "utf-32"),
    (BOM_UTF32_BE, "utf-32"),
    (BOM_UTF8, "utf-8-sig"),
    (BOM_UTF16_LE, "utf-16"),
    (BOM_UTF16_BE, "utf-16"),
)
SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"PAR1", "a Parquet table"),
    (b"ARROW1", "an Arrow table"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"BZh9", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"\x7fELF", "a program"),
    *((bytes([0x80, protocol]), "a Python pickle") for protocol in range(2, 6)),
)

LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x9f]")
# Format characters that print nothing: soft hyphen, zero-width, marks of direction, tags.
INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
OTHER_LETTER = re.compile("[\u0370-\u03ff\u0400-\u052f\u1f00-\u1fff]")
OTHER_ALPHABET = re.compile(rf"\w*{OTHER_LETTER.pattern}\w*")
# Without a character beside ASCII, quotation marks, dashes and the ellipsis nothing looks like a wrong encoding to ftfy.
STRANGE = re.compile("[^\x00-\x7f\u2013\u2014\u2018\u2019\u201c\u201d\u2026]")
# Scripts written without spaces: their length says nothing about tokens.
UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u9fff\uac00-\ud7af"
    r"\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]+"
)


class NotText(ValueError):
    """Raised for data that are no plain text: another format, or one endless token."""


@dataclass(frozen=True)
class Decoded:
    """The text of a file, the encoding it was read in, and repairs as (kind, number, message).

    Kinds: encoding, undecodable, nul, control, invisible (all repaired); mixed_script,
    mojibake (reported, the text is left as it is).
    """

    text: str
    encoding: str
    repairs: list[tuple[str, int, str]] = field(default_factory=list)


def decode(data: bytes) -> Decoded:
    """Read `data` by its byte-order mark, else as UTF-8, else as Windows-1252.

    Line ends become "\\n". Raises `NotText` for another file format, for mostly control
    characters and for a token of more than 1,000 characters.
    """
    for signature, name in SIGNATURES:
        if data.startswith(signature):
            raise NotText(f"looks like {name}, not like plain text")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise NotText("looks like a WebP image, not like plain text")
    text, encoding = _read(data)
    repairs: list[tuple[str, int, str]] = []
    if encoding == "windows-1252":
        n_foreign = sum(character > "\x7f" for character in text)
        repairs.append(("encoding", n_foreign, "is not UTF-8: read as Windows-1252"))
    # The replacement character already written in a file is as much a loss as one made here.
    if n := text.count("\ufffd"):
        repairs.append(("undecodable", n, f"{n} characters could not be read as {encoding}: \ufffd"))
    text = LINE_BREAK.sub("\n", text)
    text = _without_controls(text, repairs)
    text, n = INVISIBLE.subn("", text)
    if n:
        message = f"{n} invisible characters removed (zero-width, soft hyphen or direction)"
        repairs.append(("invisible", n, message))
    _check_tokens(text)
    if words := mixed_script_words(text):
        shown = ", ".join(dict.fromkeys(words[:SHOWN]))
        repairs.append(("mixed_script", len(words), f"words of two alphabets, left as they are: {shown}"))
    if n := badness(text) if STRANGE.search(text) else 0:
        message = f"{n} places look like text read in a wrong encoding, left as they are"
        repairs.append(("mojibake", n, message))
    return Decoded(text, encoding, repairs)


def mixed_script_words(text: str) -> list[str]:
    """List the words of `text` that mix Latin with Cyrillic or Greek letters, each as often as it stands."""
    if not OTHER_LETTER.search(text):
        return []
    return [word for word in OTHER_ALPHABET.findall(text) if "LATIN" in _scripts(word)]


def _scripts(word: str) -> set[str]:
    return {unicodedata.name(character, "").partition(" ")[0] for character in word if character.isalpha()}


def _read(data: bytes) -> tuple[str, str]:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        # A file cut off within a character, or with a stray byte, is still UTF-8 when most are good.
        text = data.decode("utf-8", errors="replace")
        n_good = sum(character > "\x7f" for character in text) - text.count("\ufffd")
        if n_good > text.count("\ufffd"):
            return text, "utf-8"
        return data.decode("windows-1252", errors="replace"), "windows-1252"


def _without_controls(text: str, repairs: list[tuple[str, int, str]]) -> str:
    n_nul, n_other = text.count("\0"), len(CONTROL.findall(text))
    if n_nul + n_other > MOST_CONTROL * len(text):
        raise NotText(
            f"{n_nul + n_other} of {len(text)} characters are control characters: "
            "binary data, or UTF-16 without its byte-order mark"
        )
    if n_nul:
        repairs.append(("nul", n_nul, f"{n_nul} NUL characters removed"))
    if n_other:
        repairs.append(("control", n_other, f"{n_other} control characters removed"))
    return CONTROL.sub("", text.replace("\0", ""))


def _check_tokens(text: str) -> None:
    for token in text.split():
        if len(token) > LONGEST_TOKEN and (n := max(map(len, UNSPACED.split(token)))) > LONGEST_TOKEN:
            raise NotText(
                f"holds a token of {n:,} characters (at most {LONGEST_TOKEN:,}), it begins {token[:20]!r}"
            )
