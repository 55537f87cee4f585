"""Sources and actors against spaCy's own pipe: what finding them costs beside the parse it rests on.

    python benchmarks/parsing.py

spaCy's pipe is the model as it is loaded, every component, on the same texts in batches; ours parses without named entities, on our own
sentences, and takes quotations, speakers, mentions and labels from the parse.
"""

from __future__ import annotations

import sys
from importlib import import_module, util
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

import generated  # noqa: E402
from pairs import Row, in_turns, ratio  # noqa: E402

BATCHES, BATCH = 6, 16  # articles of 600 words
FIRST = 4_000_000
ACTORS = [{"id": "authority", "name": "Port Authority", "aliases": [], "pronoun": "it"}]


def main() -> list[Row]:
    """How long the whole of sourcing takes against spaCy's pipe."""
    import analysis
    from analysis.evidence.parsing import MODELS
    from analysis.evidence.sourcing import sourcing

    model = import_module(next(name for name in MODELS if util.find_spec(name))).load()

    def corpus(first: int):
        folder = Path(scratch) / str(first)
        folder.mkdir()
        for number in range(first, first + BATCH):
            (folder / f"{number}.txt").write_text(generated.text(number), "utf-8")
        return analysis.read(folder)

    def ours(one) -> None:
        sourcing(one.texts, one.sentences, one.quoted_spans, one.documents, ACTORS)

    def theirs(one) -> None:
        for _ in model.pipe(one.texts.values()):
            pass

    import tempfile

    with tempfile.TemporaryDirectory() as scratch:
        batches = [corpus(FIRST + BATCH * number) for number in range(BATCHES + 1)]
    ours(batches[0]), theirs(batches[0])
    own, their = in_turns(batches[1:], ours, theirs)
    n = BATCHES * BATCH
    return [
        Row(
            "Quotations, speakers, mentions and labels, against spaCy's pipe alone",
            ratio(own, their),
            "",
            f"{n / sum(own):.0f} articles a second and core, spaCy's pipe {n / sum(their):.0f}",
        )
    ]


if __name__ == "__main__":
    for row in main():
        print(row.what, row.figure, row.aim, row.how, sep=" | ")
