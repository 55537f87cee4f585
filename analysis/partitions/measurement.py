"""The measurement of a large story: partitions planned, measured wherever there are processes, gathered.

What was measured is kept: after an interruption, a full disk or a change of some articles only what is missing or out of date is
measured again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from hashlib import sha256

import pandas as pd

from analysis.corpus import holdings
from analysis.outline import Outline, corrections_of, outline
from analysis.partitions.gathering import gather
from analysis.partitions.kept import bring_back
from analysis.partitions.lock import alone
from analysis.partitions.partition import (
    NO_ROOM,
    Setting,
    makers,
    other_exports,
    receipt,
    stamp,
)
from analysis.partitions.plan import Partition, partitions, size
from analysis.partitions.processes import here, processes
from analysis.storage import NotMeasured, file_digest, inputs
from analysis.story_yml import read_story_yml

PLACES = ("row", "start", "end")  # of a row in its export
SHOWN = 5  # partitions that a message names


class Unfinished(NotMeasured):
    """Some partitions could not be measured, or there is no room for the tables; the message says what is missing."""


@dataclass(frozen=True)
class Measured:
    """What was measured of a story: counts, what was not taken (file, line, unit, reason), the documents without a figure, all in number but the former."""

    n_documents: int
    n_words: int
    n_estimates: int
    n_partitions: int
    n_kept: int  # partitions that were measured before
    n_without: int
    rejected: list[tuple[str, int | None, str, str]]


def measure_large(
    story: Outline,
    *,
    sources: bool,
    jobs: int = 1,
    scheduler: str = "",
    on_partition: Callable[[Partition], None] = lambda partition: None,
    say: Callable[[str], None] = lambda message: None,
) -> Measured:
    """Measure a story in partitions, in `jobs` processes or by the workers of a Dask scheduler, and write `measures/`.

    `on_partition` is told of each partition that is done, `say` what a person should know meanwhile. The tables are the same bytes
    wherever they were made. Raises `Unfinished`, which keeps what was measured, `Busy` where another command measures the story,
    and what reading the files of a story raises.
    """
    with alone(story.folder):
        return _measured(story, sources, jobs, scheduler, on_partition, say)


def _measured(
    story: Outline,
    sources: bool,
    jobs: int,
    scheduler: str,
    on_partition: Callable[[Partition], None],
    say: Callable[[str], None],
) -> Measured:
    setting = _setting(story, sources)
    story = _read_again(story)
    rows, refused = story.reading()
    exports = {name: file_digest(story.folder / "articles" / name) for name in setting.exports}
    came = [file for file in rows["file"].unique() if story.is_archive and file not in exports]
    if changed := [*other_exports(setting), *came]:  # what was listed may not be what was hashed
        raise Unfinished(f"{', '.join(changed[:SHOWN])} changed while it was read: call the command again")
    corrections = corrections_of(story.folder, rows, story.about)
    planned = _digested(setting, partitions(rows, corrections, size()), exports)
    bring_back(story.folder, planned)
    known = {one.number: found for one in planned if (found := receipt(story.folder, one))}
    n_kept = len(known)
    for number in known:
        on_partition(planned[number])
    todo = [one for one in planned if one.number not in known]
    problems: dict[int, str] = {}
    with closing(_everywhere(setting, todo, jobs, scheduler, say)) as made:
        for one in made:
            if "problem" in one:
                problems[one["number"]] = one["problem"]
                if one.get("is_full"):
                    break
                continue
            known[one["number"]] = one
            on_partition(planned[one["number"]])
    for number in [number for number in known if not receipt(story.folder, planned[number])]:
        problems[number] = "another run of the command wrote over it"
        del known[number]
    if missing := [one for one in planned if one.number not in known]:
        raise Unfinished(_missing(setting, missing, len(planned), problems))
    receipts = [known[one.number] for one in planned]
    try:
        gather(setting, story.about, receipts, refused, exports)
    except OSError as problem:
        if problem.errno not in NO_ROOM:
            raise
        raise Unfinished(
            f"all {len(planned)} partitions are measured, and no room is left for the tables; make room and call again"
        ) from None
    counts = {
        name: sum(one[name] for one in receipts)
        for name in ("n_documents", "n_words", "n_estimates", "n_without")
    }
    rejected = [tuple(row) for one in receipts for row in one["rejected"]]
    rejected += [(one.file, one.line, one.unit, one.reason) for one in refused]
    return Measured(**counts, n_partitions=len(planned), n_kept=n_kept, rejected=rejected)


def _setting(story: Outline, sources: bool) -> Setting:
    """What partitions share. Taken before anything is read: what changes while it is read is seen when it is measured."""
    dictionaries = os.environ.get("PARALLAX_DICTIONARIES", "")
    exports = holdings.exports(story.folder / "articles") if story.is_archive else []
    stamps = {path.name: known for path in exports if (known := stamp(path))}
    return Setting(
        story.folder,
        sources,
        not story.is_archive,
        dictionaries,
        makers(sources, in_place=story.is_archive),
        inputs(story.folder),
        stamps,
    )


def _read_again(story: Outline) -> Outline:
    """The story as it is now; the rows of an archive's exports, which take long to list, are not in it."""
    if story.is_archive:
        return replace(story, about=read_story_yml(story.folder / "story.yml"))
    return outline(story.name)


def _everywhere(
    setting: Setting, todo: Sequence[Partition], jobs: int, scheduler: str, say: Callable[[str], None]
) -> Iterator[dict]:
    if not todo:
        return
    if scheduler:
        from analysis.partitions.cluster import cluster  # and with it dask, which nothing else needs

        yield from cluster(setting, todo, scheduler, say)
    elif jobs > 1 and len(todo) > 1:
        yield from processes(setting, todo, jobs)
    else:
        yield from here(setting, todo)


def _digested(setting: Setting, planned: list[Partition], exports: Mapping[str, str]) -> list[Partition]:
    """The partitions with a digest of all they are measured from, and with those of the files that are articles.

    Of exports that are the rows, wherever they stand now: rows that come to others, and further exports, change nothing of these.
    """
    folder = setting.folder / "articles"
    base = json.dumps([_shared(setting.inputs), setting.made_with, setting.sources], sort_keys=True)
    digested = []
    for one in planned:
        total = sha256(base.encode())
        files = one.rows["file"] if setting.is_listed else ()
        articles = {file: file_digest(folder / file) for file in files}
        rows = one.rows if setting.is_listed else one.rows.drop(columns=list(PLACES))
        for part in (rows, one.corrections):
            total.update(_bytes(part))
        total.update("".join(articles.values()).encode())
        if not setting.is_listed:
            for file in one.rows.loc[one.rows["digest"] == "", "file"].unique():
                total.update(exports[file].encode())  # what cannot be read of a row may be read another time
        places = "" if setting.is_listed else sha256(_bytes(one.rows[["file", "row"]])).hexdigest()
        digested.append(replace(one, digest=total.hexdigest(), places=places, articles=articles))
    return digested


def _shared(inputs: Mapping[str, str]) -> dict[str, str]:
    """Those of `inputs` that all partitions are made from; of the manifest and of corrections each has its own rows."""
    return {
        name: digest for name, digest in inputs.items() if name not in ("documents.csv", "corrections.csv")
    }


def _bytes(rows: pd.DataFrame) -> bytes:
    return rows.to_csv(index=False).encode("utf-8", "surrogatepass")


def _missing(setting: Setting, missing: list[Partition], n: int, problems: dict[int, str]) -> str:
    """What is not measured, why, what is kept, and what to do."""
    if len(missing) == n:
        kept = "none is measured"
    elif _shared(inputs(setting.folder)) != _shared(setting.inputs):
        kept = "what is measured holds no longer, since what all are made from changed"
    elif other_exports(setting):
        kept = "what is measured of rows that did not change is kept"
    else:
        kept = "what is measured is kept"
    n_documents = sum(len(one.rows) for one in missing)
    named = []
    for one in missing[:SHOWN]:
        first, last = one.rows.iloc[0]["doc_id"], one.rows.iloc[-1]["doc_id"]
        why = problems.get(one.number, "not begun, or given up with the others")
        named.append(f"partition {one.number} ({len(one.rows)} documents, {first} to {last}): {why}")
    more = [f"and {len(missing) - SHOWN} more"] if len(missing) > SHOWN else []
    return (
        f"{len(missing)} of {n} partitions, {n_documents:,} documents, are missing; {kept}: call the command again. "
        + "; ".join([*named, *more])
    )
