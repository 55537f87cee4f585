"""Adding: 1,000 and 5,000 articles in all formats that are read, their rate and the memory they take.

    python benchmarks/adding.py

The articles have the words of the sample story, in sentences as long as its own, put together anew, so that no two are
one text and nothing is found in a cache. Each run is a process of its own; the ratio of the two is what says whether memory grows
with the number of articles. Of web pages and office files most of the time goes into other people's parsers.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
sys.path[:0] = [str(Path(__file__).parent), str(REPOSITORY)]

from pairs import Row  # noqa: E402

SIZES = (1_000, 5_000)
SEED = 7


def texts(n: int) -> Iterator[str]:
    """Articles of 25 paragraphs of one or two sentences."""
    from analysis.corpus.cleaning import clean
    from analysis.corpus.segmentation import sentence_spans

    files = sorted((REPOSITORY / "data" / "sample-harbour" / "articles").glob("*.txt"))
    bodies = [clean(file.read_text("utf-8")).text for file in files]
    lengths = [body[start:end].count(" ") + 1 for body in bodies for start, end in sentence_spans(body)]
    words = [word for body in bodies for word in body.split() if word.strip(",").isalpha() and word.islower()]
    own = random.Random(SEED)

    def sentence() -> str:
        text = " ".join(own.choice(words) for _ in range(own.choice(lengths)))
        return f"{text[:1].upper()}{text[1:].rstrip(',')}."

    for _ in range(n):
        yield "\n\n".join(" ".join(sentence() for _ in range(own.randint(1, 2))) for _ in range(25))


def write(folder: Path, n: int) -> None:
    """Write `n` articles: tenths as text, pages, gzip, Word files, CSV, TSV, JSONL, Parquet, and two zip archives."""
    import docx
    import pandas as pd

    parts: list[list[str]] = [[] for _ in range(10)]
    for number, text in enumerate(texts(n)):
        parts[number % 10].append(text)
    for number, text in enumerate(parts[0]):
        (folder / f"plain-{number}.txt").write_text(text, "utf-8")
    for number, text in enumerate(parts[1]):
        (folder / f"page-{number}.html").write_text(page(text), "utf-8")
    for number, text in enumerate(parts[2]):
        (folder / f"packed-{number}.txt.gz").write_bytes(gzip.compress(text.encode()))
    for number, text in enumerate(parts[3]):
        document = docx.Document()
        for paragraph in text.split("\n\n"):
            document.add_paragraph(paragraph)
        document.save(folder / f"word-{number}.docx")
    for ending, delimiter, part in (("csv", ",", parts[4]), ("tsv", "\t", parts[5])):
        table = io.StringIO()
        csv.writer(table, delimiter=delimiter).writerows(
            [("outlet", "text"), *(("Echo", text) for text in part)]
        )
        (folder / f"table.{ending}").write_text(table.getvalue(), "utf-8")
    rows = [{"outlet": "Echo", "text": text} for text in parts[6]]
    (folder / "lines.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    pd.DataFrame({"outlet": "Echo", "text": parts[7]}).to_parquet(folder / "columns.parquet")
    for name, part, ending in (("texts", parts[8], "txt"), ("pages", parts[9], "html")):
        with zipfile.ZipFile(folder / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for number, text in enumerate(part):
                archive.writestr(f"{name}/{number}.{ending}", text if ending == "txt" else page(text))


def page(text: str) -> str:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
    links = "".join(f'<li><a href="/{number}">Section {number}</a></li>' for number in range(40))
    return f"<html><head><title>A page</title></head><body><nav><ul>{links}</ul></nav><article>{paragraphs}</article></body></html>"


def main() -> list[Row]:
    """Rate and peak memory of each size, and their ratios."""
    found = []
    for n in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            raw = Path(folder) / "raw"
            raw.mkdir()
            write(raw, n)
            command = [sys.executable, __file__, str(raw), str(Path(folder) / "data")]
            began = time.perf_counter()
            peak = int(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1])
            seconds = time.perf_counter() - began
        found.append((n / seconds, peak / 1024))
    (slow, small), (fast, large) = found
    few, many = SIZES
    return [
        Row(
            f"Time to add an article, among {many:,} against among {few:,}",
            f"{slow / fast:.2f} ×",
            "",
            f"{fast:.0f} articles a second, {slow:.0f}; all formats, by the clock",
        ),
        Row(
            f"Most memory to add {many:,} articles against {few:,}",
            f"{large / small:.2f} ×",
            "",
            f"{large:.0f} MB, {small:.0f}",
        ),
    ]


def add(raw: str, data: str) -> None:
    """Add in this process, and print how much memory it took at most, in kB."""
    import os

    os.environ["PARALLAX_DATA"] = data
    from analysis.adding import add as adding

    added = adding("benchmark", [raw])
    print(len(added.new), len(added.refused), file=sys.stderr)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        add(*sys.argv[1:])
    else:
        for row in main():
            print(row.what, row.figure, row.aim, row.how, sep=" | ")
