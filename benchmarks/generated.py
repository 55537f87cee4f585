"""Generated articles: as many as are asked for, no text twice, with the vocabulary, names, quotations and lengths of news.

    python benchmarks/generated.py 50000 articles.parquet

Each sentence of the sample story is a mould: its content words are replaced by words drawn from the pronouncing dictionary with
the frequencies that words of a language have (Zipf), its shape, quotation marks, reporting verbs and figures stay. So caches
see what news would show them: no sentence again, and new words as news brings them (by Heaps's law the first 60,000 words of news
hold about 17,000 different ones, the first 2,400,000 about 130,000; here 13,000 and 149,000).
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
sys.path.insert(0, str(REPOSITORY))

OUTLETS = ("echo", "herald", "post", "star")
PARAGRAPHS = 25  # of an article of the usual length: about 600 words
WORD = re.compile(r"(?<!\w)[a-z]{4,}(?!\w)")
KEPT = 0.55  # share of the longer small words that stay as they are: frequent words are frequent
FIRST = (
    300  # ranks of the language's commonest words, which are not drawn: those of the moulds stand for them
)
SEED = 7


@cache
def moulds() -> list[str]:
    """The sentences of the sample story's bodies."""
    from analysis.corpus.cleaning import clean
    from analysis.corpus.segmentation import sentence_spans

    files = sorted((REPOSITORY / "data" / "sample-harbour" / "articles").glob("*.txt"))
    found = []
    for file in files:
        text = clean(file.read_text("utf-8"))
        for start, end, part in text.paragraphs:
            if part == "body":
                body = text.text[start:end]
                found += [body[first:last] for first, last in sentence_spans(body)]
    return [sentence for sentence in dict.fromkeys(found) if len(sentence.split()) > 3]


@cache
def vocabulary() -> tuple[list[str], list[float]]:
    """Words and their cumulated weights, 1 / (rank + FIRST)."""
    from analysis.measures.syllables import CMUDICT

    words = {line.split(" ", 1)[0].lower() for line in CMUDICT.read_text("ascii").splitlines()}
    words = sorted(word for word in words if WORD.fullmatch(word))
    random.Random(SEED).shuffle(words)
    return words, list(accumulate(1 / (rank + FIRST) for rank in range(len(words))))


def text(number: int, *, n_words: int | None = None) -> str:
    """The body of article `number`, the same at every call: paragraphs of one or two sentences, `n_words` or a little more where it is given."""
    own = random.Random(f"{SEED}/{number}")
    words, weights = vocabulary()
    draw = iter(lambda: own.choices(words, cum_weights=weights, k=256), None)
    store: list[str] = []

    def fresh(match: re.Match[str]) -> str:
        if own.random() < KEPT:
            return match.group()
        if not store:
            store.extend(next(draw))
        return store.pop()

    paragraphs, n = [], 0
    while (n < n_words) if n_words else (len(paragraphs) < PARAGRAPHS):
        paragraphs.append(" ".join(WORD.sub(fresh, own.choice(moulds())) for _ in range(own.randint(1, 2))))
        n += paragraphs[-1].count(" ") + 1
    return "\n\n".join(paragraphs)


def rows(n: int, *, first: int = 0) -> Iterator[dict[str, str]]:
    """`n` articles, four outlets an episode, an episode a third of a day: id, outlet, episode, published_at, headline, text."""
    from datetime import datetime, timedelta

    begin = datetime(2020, 1, 1, 6)
    for number in range(first, first + n):
        episode, place = divmod(number, len(OUTLETS))
        body = text(number)
        yield {
            "id": f"a{number:07}",
            "outlet": OUTLETS[place].capitalize(),
            "episode": f"e{episode:06}",
            "published_at": (begin + timedelta(hours=8 * episode, minutes=17 * place)).isoformat() + "+00:00",
            "headline": " ".join(body.split()[:9]).rstrip(".,"),
            "text": body,
        }


def write(path: Path, n: int, *, first: int = 0) -> None:
    """Write `n` articles as Parquet or, by its name, JSON lines, without holding them all."""
    import json

    import pyarrow
    from pyarrow import parquet

    if path.suffix == ".jsonl":
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(n, first=first))
        return
    schema = pyarrow.schema([(name, pyarrow.string()) for name in next(rows(1))])
    with parquet.ParquetWriter(path, schema) as file:
        for begin in range(first, first + n, 1_000):
            part = list(rows(min(1_000, first + n - begin), first=begin))
            file.write_table(pyarrow.Table.from_pylist(part, schema))


def story(folder: Path, n: int, *, first: int = 0) -> Path:
    """A story of `n` articles in `folder`: story.yml, and the articles in one Parquet file that is read in place."""
    (folder / "articles").mkdir(parents=True)
    write(folder / "articles" / "articles.parquet", n, first=first)
    outlets = "\n".join(f'  - {{id: {id}, name: "{id.capitalize()}"}}' for id in OUTLETS)
    (folder / "story.yml").write_text(
        f'title: "Generated articles"\ndate: "2020-01-01"\ntexts: open\noutlets:\n{outlets}\n', "utf-8"
    )
    return folder


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
