"""Saved pages with the body of their article marked by hand, and how what is found of it is scored.

The pages and the score are those of Scrapinghub's article-extraction-benchmark (MIT): runs of four words, each
counted as often as it stands there; precision and recall a page, their means over pages, F1 of the two means.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

RUN = 4  # words
# Elements that go on with the line they stand in; every other one begins and ends a line.
INLINE = frozenset(
    {
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "button",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
    }
    | {
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
    }
    | {"strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}
)
NOT_PRINTED = ("script", "style", "noscript", "template")


class SavedPage(NamedTuple):
    """A saved page: its name in the set, its bytes, the body of its article."""

    name: str
    data: bytes
    body: str


class Score(NamedTuple):
    """Precision, recall and F1 over pages."""

    precision: float
    recall: float
    f1: float

    def __str__(self) -> str:
        return f"F1 {self.f1:.3f} (precision {self.precision:.3f}, recall {self.recall:.3f})"


def saved_pages(folder: Path) -> Iterator[SavedPage]:
    """The pages of `folder` in the order of their names."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    for name in sorted(gold):
        yield SavedPage(name, gzip.decompress((folder / f"{name}.html.gz").read_bytes()), gold[name]["body"])


def score(bodies: Iterable[tuple[str, str]]) -> Score:
    """The score of pairs of bodies: as marked by hand, as found."""
    precisions, recalls = [], []
    for marked, found in bodies:
        wanted, given = _runs(marked), _runs(found)
        n_wanted, n_given, n_both = (sum(runs.values()) for runs in (wanted, given, wanted & given))
        if n_given:
            precisions.append(n_both / n_given)
        if n_wanted:
            recalls.append(n_both / n_wanted)
    precision, recall = sum(precisions) / len(precisions), sum(recalls) / len(recalls)
    return Score(
        precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    )


def _runs(text: str) -> Counter[tuple[str, ...]]:
    """The runs of four words of `text`; all its words, where there are fewer."""
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[n : n + RUN]) for n in range(max(1, len(words) - RUN + 1)) if words)


def page_text(page: str) -> str:
    """What copying a page gives: its printed text, one block a line."""
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    body = document_fromstring(page.encode("utf-8", "replace"), parser=parser, ensure_head_body=True).find(
        "body"
    )
    etree.strip_elements(body, *NOT_PRINTED, with_tail=False)
    lines = [""]
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag not in INLINE:
            lines.append("")
        lines[-1] += (element.text if event == "start" else element.tail) or ""
    normal = (" ".join(line.split()) for line in lines)
    return "\n".join(filter(None, normal))
