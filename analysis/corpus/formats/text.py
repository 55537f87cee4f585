"""Plain text: a file is one article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from analysis.corpus.decoding import NotText, decode
from analysis.corpus.formats.item import Item, Limits, NotRead, Refused, Repair

SURROGATE = re.compile("[\ud800-\udfff]")


def read(
    data: bytes, file: str, *, limits: Limits, columns: Mapping[str, str] = {}
) -> Iterator[Item | Refused]:
    """Yield the one article of a plain-text file."""
    text, repairs = decoded(data, limits)
    yield Item(file, "", None, text, {}, repairs)


def decoded(data: bytes, limits: Limits) -> tuple[str, tuple[Repair, ...]]:
    """The text of `data` and what was repaired in it. Raises `NotRead`."""
    try:
        found = decode(data)
    except NotText as problem:
        raise NotRead(str(problem)) from None
    if len(found.text) > limits.text_chars:
        raise NotRead(f"holds {len(found.text):,} characters; allowed: {limits.text_chars:,} an article")
    return found.text, tuple(found.repairs)


def repaired(text: str, limits: Limits) -> tuple[str, tuple[Repair, ...]]:
    """The same for text that another reader has decoded; half a surrogate pair counts as undecodable."""
    return decoded(SURROGATE.sub("\ufffd", text).encode(), limits)


def same_words(text: str, *others: str) -> bool:
    """Has one of `others` the words of `text`, case and punctuation aside?"""
    return any(re.findall(r"\w+", other.lower()) == re.findall(r"\w+", text.lower()) for other in others)
