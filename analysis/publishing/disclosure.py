"""Disclosure: whether a file that is to be published holds a run of words of texts that are not.

Eight words in a row are a passage; fewer are names, set phrases and what a measure lists as a word.
"""

from __future__ import annotations

import base64
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import PurePosixPath
from urllib.parse import unquote

import pandas as pd

RUN = 8  # words
WORD = re.compile(r"[^\W_]+")
TAG = re.compile(r"<[^>]*>")
ENCODED = re.compile(r"data:[\w/+.-]*;base64,([A-Za-z0-9+/=]+)")


def runs(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """Every run of eight words of `texts`, in small letters and without punctuation."""
    return frozenset(run for text in texts for run in _runs(text))


def disclosed(name: str, content: bytes, passages: frozenset[tuple[str, ...]]) -> str:
    """The first of `passages` (see `runs`) that the file `name` or its content holds; "" where there is none.

    It is looked for across the cells of a row, across tags, in attributes and in the pictures of a page.
    """
    for text in (name, *_readings(name, content)):
        for run in _runs(text):
            if run in passages:
                return " ".join(run)
    return ""


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return zip(*(words[n:] for n in range(RUN)), strict=False)


def _readings(name: str, content: bytes) -> Iterator[str]:
    """The text of a file, in each way in which its words may follow each other."""
    suffix = PurePosixPath(name).suffix
    if suffix == ".parquet":
        frame = pd.read_parquet(io.BytesIO(content)).astype("object").map(str)
        yield "\n".join(map(" ".join, frame.to_numpy().tolist()))
        return
    text = content.decode("utf-8", "replace")
    yield text
    if suffix == ".html":
        pictures = (base64.b64decode(one + "==").decode("utf-8", "replace") for one in ENCODED.findall(text))
        shown = unescape(unquote("\n".join([text, *pictures])))
        yield from (shown, TAG.sub(" ", shown), TAG.sub("", shown))
    elif suffix == ".json":
        yield json.dumps(json.loads(text), ensure_ascii=False)
