"""RTF: a file is one article, or a Nexis Uni download of many. striprtf reads it in the worker of `bounds`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analysis.corpus.bounds import bounded
from analysis.corpus.formats import nexis
from analysis.corpus.formats.item import Item, Limits, NotRead, Refused
from analysis.corpus.formats.text import SURROGATE, repaired


def read(
    data: bytes, file: str, *, limits: Limits, columns: Mapping[str, str] = {}
) -> Iterator[Item | Refused]:
    """Yield the articles of an RTF file. Raises `NotRead` for one that cannot be parsed."""
    text = bounded("analysis.corpus.formats.rtf:plain", data, seconds=limits.seconds)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if not lines:
        raise NotRead("is an RTF document without a text; allowed: one that holds an article")
    if nexis.is_nexis(lines):
        yield from nexis.articles(lines, file, limits=limits)
        return
    text, repairs = repaired("\n".join(lines), limits)
    yield Item(file, "", None, text, {}, repairs)


def plain(data: bytes) -> str:
    """The text of an RTF file, a paragraph a line. Only the worker calls this."""
    from striprtf.striprtf import rtf_to_text

    text = rtf_to_text(data.decode("cp1252", errors="replace"), errors="replace")
    # A sign beyond the first plane is two halves in RTF.
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return SURROGATE.sub("\ufffd", whole)
