"""Files that were broken at random are read or refused; nothing else happens.

The long form (`make soak`) runs for ten minutes; what it finds becomes a file of `bad_inputs.py`.
"""

from __future__ import annotations

import gzip
import importlib.util
import io
import json
import random
import sys
import time
import zipfile
from pathlib import Path

import pandas as pd
import pytest

import analysis
from analysis.corpus.cleaning import label_lines
from analysis.corpus.files import read_file
from analysis.corpus.formats.item import Item

SPEC = importlib.util.spec_from_file_location(
    "parallax_fuzz_inputs", Path(__file__).with_name("bad_inputs.py")
)
MODULE = importlib.util.module_from_spec(SPEC)
sys.modules[SPEC.name] = MODULE
SPEC.loader.exec_module(MODULE)
LARGEST = 60_000  # bytes of a sample: what is long is slow, not odd
SLOWEST = 40.0  # seconds: the limit of a parser and some more


def samples() -> dict[str, bytes]:
    """Sound and broken files of every format, by the name they would have."""
    import docx

    page = (MODULE.PAGE % "".join(f"<p>{MODULE.LINE}</p>" for _ in range(9))).encode()
    table, archive, word = io.BytesIO(), io.BytesIO(), io.BytesIO()
    pd.DataFrame({"outlet": ["Echo", "Post"], "text": [MODULE.TEXT, MODULE.LINE * 9]}).to_parquet(table)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as members:
        members.writestr("a.html", page)
        members.writestr("b.txt", MODULE.TEXT)
    document = docx.Document()
    for line in (
        "Ferry waits",
        "Echo",
        "September 14, 2030",
        "Length: 90 words",
        "Body",
        *[MODULE.LINE] * 5,
        "End of Document",
    ):
        document.add_paragraph(line)
    document.save(word)
    rtf = (
        r"{\rtf1\ansi\ansicpg1252 "
        + r"\par ".join([MODULE.LINE.replace("“", r"\'93").replace("”", r"\'94")] * 6)
        + "}"
    )
    sound = {
        "page.html": page,
        "table.parquet": table.getvalue(),
        "archive.zip": archive.getvalue(),
        "packed.txt.gz": gzip.compress(MODULE.TEXT.encode()),
        "document.docx": word.getvalue(),
        "document.rtf": rtf.encode(),
        "text.txt": MODULE.TEXT.encode(),
        "lines.jsonl": MODULE.json_lines({"title": "Ferry", "text": MODULE.TEXT}, {"text": MODULE.LINE * 8}),
        "table.csv": f'id,outlet,title,text\n1,Echo,"Ferry, waits","{MODULE.LINE * 8}"\n2,Post,,"{MODULE.TEXT}"\n'.encode(),
    }  # fmt: skip
    return sound | {name: one.data for name, one in MODULE.bad_inputs().items() if len(one.data) <= LARGEST}


def broken(data: bytes, other: bytes, own: random.Random) -> bytes:
    """`data` with one to six random changes: bytes changed, cut, doubled, put in or taken from another file."""
    found = bytearray(data)
    for _ in range(own.randint(1, 6)):
        at = own.randrange(len(found) + 1)
        to = min(len(found), at + own.choice((1, 2, 8, 64, 1_000)))
        match own.randrange(6):
            case 0:
                found[at:to] = own.randbytes(to - at)
            case 1:
                del found[at:to]
            case 2:
                found[at:at] = found[at:to] * own.choice((1, 3, 50))
            case 3:
                found[at:at] = own.choice(
                    (
                        b'"',
                        b"<",
                        b"\0",
                        b"\xff\xfe",
                        b"\r\n",
                        b"{",
                        b"\\u",
                        b"&#x",
                        b"\xed\xa0\x80",
                        b"PK\x03\x04",
                    )
                )
            case 4 if other:
                start = own.randrange(len(other))
                found[at:to] = other[start : start + own.choice((8, 200, 4_000))]
            case _:
                found[at:to] = bytes(byte ^ (1 << own.randrange(8)) for byte in found[at:to])
    return bytes(found[: 10 * LARGEST])


def check(path: Path, data: bytes, seed: object) -> None:
    path.write_bytes(data)
    began = time.monotonic()
    units = list(read_file(path))
    assert units, seed
    for one in units:
        if isinstance(one, Item):
            lines = label_lines(one.text)
            printed = "".join(
                one.text[start:end] for start, end in zip(lines["start"], lines["end"], strict=True)
            )
            assert "".join(printed.split()) == "".join(one.text.split()), seed
        else:
            assert one.reason, seed
    corpus = analysis.read(path)
    assert len(corpus.documents) + len(corpus.rejected) == len(units), seed
    json.dumps(corpus.documents["text"].to_list()).encode()
    assert time.monotonic() - began < SLOWEST, seed


@pytest.mark.parametrize("seconds", [20, pytest.param(660, marks=pytest.mark.soak)])
def test_a_file_broken_at_random_is_read_or_refused(tmp_path, seconds):
    files = samples()
    names, end, n = sorted(files), time.monotonic() + seconds, 0
    seed = 1 if seconds < 60 else random.SystemRandom().randrange(10**9)
    while time.monotonic() < end:
        own = random.Random(f"{seed}-{n}")
        name, other = own.choice(names), own.choice(names)
        check(tmp_path / name, broken(files[name], files[other], own), (seed, n, name, other))
        (tmp_path / name).unlink()
        n += 1
    assert n > seconds / 2
    print(f"{n} files, seed {seed}")
