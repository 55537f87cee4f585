"""A partition: its articles read and measured, its part of every table written, and a receipt that says so.

One function, of an importable module, which any process on any machine can call that has the story's folder at the same place.
What is written is whole or not there, and the receipt comes last: whatever ends a process leaves nothing half done. An article on
which measuring fails is found by halving, set aside with the reason, and costs only itself.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import platform
import socket
import sys
import threading
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pyarrow

from analysis.comparison.differences import chosen_copies
from analysis.environment import environment
from analysis.measured import TABLE_NAMES, Measures
from analysis.measuring import measure
from analysis.outline import read_story, sketched
from analysis.partitions.plan import Partition
from analysis.storage import (
    WORK,
    NotMeasured,
    as_stored,
    chosen_dictionaries,
    file_digest,
    inputs,
    instruments,
    libraries,
    own_dictionaries,
    write_atomically,
)
from analysis.story_yml import read_story_yml
from analysis.tables import REJECTED

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
PAIRS = "pairs"  # of copies that are compared, which only gathering reads
WHOLE = ("differences",)  # tables that need all parts
SHOWN = 5  # files that a message names
Stamp = tuple[int, int]
_alone = threading.Lock()  # threads of one process take turns: memory is that of one partition


class NoCluster(NotMeasured):
    """The scheduler cannot be reached, has no worker, or its workers are not fit for this story; the message says which."""


@dataclass(frozen=True)
class Setting:
    """What all partitions of a story share, as it was before any of it was read.

    `made_with` is what `makers` says where the story is gathered, `inputs` are those of `storage.inputs`, `exports` the files that
    are read in place with their `stamp`.
    """

    folder: Path
    sources: bool
    is_listed: bool  # by a person's manifest, which says what is counted
    dictionaries: str  # PARALLAX_DICTIONARIES
    made_with: dict[str, str]
    inputs: dict[str, str]
    exports: dict[str, Stamp]


def measure_partition(setting: Setting, partition: Partition) -> dict:
    """Measure a partition, write its parts and return its receipt; where that was done already, it is the receipt alone.

    A receipt says `number`, `digest` and, where it rejects rows, `places` of the partition, `n_documents`, `n_words`, `n_estimates`, `n_without` (documents without a
    figure), `rejected` ([file, line, unit, reason]), `articles` (SHA-256 by file), `frames` and `actors` as `Measures` has
    them, or, where there is none, `problem` alone beside the number.
    """
    pyarrow.set_memory_pool(pyarrow.system_memory_pool())  # which gives back what is free; others keep it
    with _alone, asked_for(setting):
        if (here := makers(setting.sources, in_place=not setting.is_listed)) != setting.made_with:
            wrong = [name for name, known in setting.made_with.items() if here.get(name) != known]
            what = f"{socket.gethostname()} has another version of {', '.join(wrong)}"
            return {"number": partition.number, "problem": what}
        if known := receipt(setting.folder, partition):
            return known
        if changed := _changed(setting, partition):
            return {"number": partition.number, "problem": changed}
        try:
            return _written(setting, partition, _measured(setting, partition))
        except OSError as problem:
            what = "no room is left" if problem.errno in NO_ROOM else problem.strerror or str(problem)
            return {"number": partition.number, "problem": what, "is_full": problem.errno in NO_ROOM}
        except Exception as problem:
            said = " ".join(str(problem).split())[:200]
            return {"number": partition.number, "problem": f"{type(problem).__name__}: {said}"}
        finally:
            _give_back()


def _give_back() -> None:
    """Give memory that is free back to the system: a partition's frames leave holes that would grow with every one."""
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)


def receipt(folder: Path, partition: Partition) -> dict | None:
    """The receipt of a partition whose parts are all there and were made from what it is now; else None."""
    path = receipt_of(folder, partition.number)
    try:
        known = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    parts = (part_of(folder, name, partition.number) for name in (*TABLE_NAMES, PAIRS) if name not in WHOLE)
    is_same = known.get("digest") == partition.digest and known.get("places") in ("", partition.places)
    return known if is_same and all(map(Path.is_file, parts)) else None


def part_of(folder: Path, name: str, number: int) -> Path:
    """Where a partition's part of a table stands until all are there."""
    return folder / "measures" / WORK / name / f"{number:05}.parquet"


def receipt_of(folder: Path, number: int) -> Path:
    """Where the receipt of a partition stands."""
    return folder / "measures" / WORK / "receipts" / f"{number:05}.json"


def makers(sources: bool, *, in_place: bool = False) -> dict[str, str]:
    """What figures are made by, for comparison with another process: code, dictionaries, outlets, libraries with their versions."""
    python = {"Python": ".".join(platform.python_version_tuple()[:2])}
    return python | instruments(in_place=in_place) | libraries(sources)


def asked_for(setting: Setting) -> AbstractContextManager[None]:
    """Meanwhile stories and dictionaries stand where they do for the one that asked."""
    return environment(
        {"PARALLAX_DATA": str(setting.folder.parent), "PARALLAX_DICTIONARIES": setting.dictionaries}
    )


def stamp(path: Path) -> Stamp | None:
    """Size in bytes and time of the last change in nanoseconds, of a file too large to be hashed each time; None where it is not there."""
    try:
        about = path.stat()
    except FileNotFoundError:
        return None
    return about.st_size, about.st_mtime_ns


def other_exports(setting: Setting) -> list[str]:
    """The exports that are no longer as they were before any of them was read."""
    folder = setting.folder / "articles"
    return [file for file, known in setting.exports.items() if stamp(folder / file) != known]


def _changed(setting: Setting, partition: Partition) -> str:
    """What is no longer as it was when the story was planned, and what to do; "" where all of it is."""
    now, articles = inputs(setting.folder), setting.folder / "articles"
    names = dict.fromkeys([*now, *setting.inputs])
    changed = [name for name in names if now.get(name) != setting.inputs.get(name)]
    changed += other_exports(setting)
    changed += [file for file, known in partition.articles.items() if file_digest(articles / file) != known]
    return f"{', '.join(changed[:SHOWN])} changed while it was measured: call again" if changed else ""


def _measured(setting: Setting, partition: Partition) -> Measures:
    """The tables of a partition. An article that cannot be measured stands in `rejected`."""
    try:
        return _tables(setting, partition, partition.rows)
    except (OSError, MemoryError):
        raise  # of the disk, the network or this machine, not of an article
    except Exception as problem:
        poisoned = _poisoned(setting, partition, partition.rows, problem)
        if not poisoned:
            raise  # each half can be measured: it is not one article
    rows = partition.rows[~partition.rows["doc_id"].isin(poisoned)]
    measured = _tables(setting, partition, rows)
    refused = REJECTED.frame(
        [
            (
                row.file,
                getattr(row, "row", pd.NA),
                row.doc_id,
                f"it could not be measured: {poisoned[row.doc_id]}",
            )
            for row in partition.rows.itertuples()
            if row.doc_id in poisoned
        ]
    )
    return replace(measured, rejected=pd.concat([measured.rejected, refused], ignore_index=True))


def _poisoned(
    setting: Setting, partition: Partition, rows: pd.DataFrame, problem: Exception
) -> dict[str, str]:
    """The documents of `rows`, which cannot be measured because of `problem`, that fail alone -> their error."""
    if len(rows) == 1:
        return {rows.iloc[0]["doc_id"]: f"{type(problem).__name__}: {' '.join(str(problem).split())[:120]}"}
    found, half = {}, len(rows) // 2
    for part in (rows.iloc[:half], rows.iloc[half:]):
        try:
            _tables(setting, partition, part)
        except (OSError, MemoryError):
            raise
        except Exception as own:
            found |= _poisoned(setting, partition, part, own)
    return found


def _tables(setting: Setting, partition: Partition, rows: pd.DataFrame) -> Measures:
    about = read_story_yml(setting.folder / "story.yml")
    corpus = read_story(setting.folder, rows, about, partition.corrections)
    return measure(
        corpus,
        sketched(setting.folder, about, rows, has_texts=True),
        own_dictionaries=own_dictionaries(),
        dictionary_files=chosen_dictionaries(),
        sources=setting.sources,
        is_part=True,
        is_listed=setting.is_listed,
    )


def _written(setting: Setting, partition: Partition, measured: Measures) -> dict:
    """Write the parts of a partition, its receipt last, if what they were made from is still what was planned. Raises OSError."""
    folder, number = setting.folder, partition.number
    receipt_of(folder, number).unlink(missing_ok=True)  # it spoke of the parts that are written over now
    mark = f".{socket.gethostname()}.{os.getpid()}"  # one that was thought lost may still be writing
    for name in TABLE_NAMES:
        if name not in WHOLE:
            content = as_stored(getattr(measured, name), name)
            write_atomically(part_of(folder, name, number), content, mark=mark)
    versions = read_story_yml(folder / "story.yml").model_dump()["versions"]
    named = measured.documents[measured.documents["episode"] != ""]  # of one event, as far as anybody says
    pairs = chosen_copies(named, versions).astype("str")
    write_atomically(part_of(folder, PAIRS, number), pairs.to_parquet(index=False), mark=mark)
    rows = measured.estimates[measured.estimates["measure"] == "words_per_sentence"]
    files = dict.fromkeys([*measured.documents["file"], *measured.rejected["file"]])
    made = {
        "number": number,
        "digest": partition.digest,
        "places": partition.places if len(measured.rejected) else "",  # which no other table tells
        "n_documents": len(measured.documents),
        "n_words": int(measured.documents["n_words"].sum()),
        "n_estimates": len(measured.estimates),
        "n_without": int(rows["value"].isna().sum()),
        "rejected": [
            [row.file, None if pd.isna(row.line) else int(row.line), row.unit, row.reason]
            for row in measured.rejected.itertuples()
        ],
        "articles": {file: partition.articles[file] for file in files if file in partition.articles},
        "frames": measured.frames,
        "actors": measured.actors,
    }
    if changed := _changed(setting, partition):
        return {"number": number, "problem": changed}
    write_atomically(receipt_of(folder, number), json.dumps(made), mark=mark)
    return made
