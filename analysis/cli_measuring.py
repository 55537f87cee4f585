"""The command `parallax measure`: stories measured here, in several processes, or by a Dask cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from analysis.arguments import (
    FAILED,
    PROCESSORS,
    Data,
    Dictionaries,
    Stories,
    each,
    n_documents,
    one_of,
    say,
    use_folders,
    wanted_stories,
    wrong,
)
from analysis.progress import Progress

if TYPE_CHECKING:
    from analysis.outline import Outline
    from analysis.partitions.measurement import Measured
    from analysis.partitions.plan import Partition

MOST = 20  # refused articles of a large story that are printed


def measure(
    stories: Stories = None,
    measures: Annotated[
        str,
        typer.Option(
            help="core: without sources and actors, many times faster; all; else what story.yml says.",
            show_default=False,
        ),
    ] = "",
    jobs: Annotated[
        int,
        typer.Option(
            min=1,
            help="Processes that measure a large story at the same time.",
            show_default="one a processor",
        ),
    ] = PROCESSORS,
    scheduler: Annotated[
        str,
        typer.Option(
            help="A Dask cluster that measures large stories, such as tcp://host:8786; it sees the data folder at the same place.",
            show_default=False,
        ),
    ] = "",
    dictionary: Dictionaries = None,
    data: Data = None,
) -> None:
    """Measure stories from their texts: articles -> tables in `measures/`."""
    if measures:
        one_of(measures, ["core", "all"], "choice for --measures")
    use_folders(data, dictionaries=dictionary)
    from analysis.loading import measure_story
    from analysis.outline import outline
    from analysis.storage import frame_dictionaries

    frame_dictionaries()

    def measured(name: str) -> int:
        story = outline(name)
        if not stories and not story.has_texts:
            say(f"{name}: its texts are not here; left as it is")
            return 0
        going.begin(f"measuring {name}", said=f"measuring {name} …")
        core = (measures or story.about.measures) == "core"
        if story.is_large and story.has_texts:
            return _large(story, going, sources=not core, jobs=jobs, scheduler=scheduler)
        if scheduler:
            say(f"{name}: too small for partitions; measured here")
        before = going.n
        own = measure_story(
            name, sources=not core, on_document=lambda doc_id: going.step(1 if core else 0.5, item=doc_id)
        )
        going.step(sizes[name] - (going.n - before))  # a document in another language is passed over
        going.result(
            f"{name}: {len(own.documents)} documents, {own.documents['n_words'].sum():,} words, {len(own.estimates):,} estimates"
            + ", without sources" * core
        )
        for doc_id, reason in own.unmeasured.items():
            going.result(f"  {doc_id}: no figures: {reason}")
        for row in own.rejected.itertuples():
            say(f"  rejected {row.file}: {row.reason}")
        return len(own.rejected)

    names = wanted_stories(stories)
    sizes = {name: n_documents(name) for name in names}
    with Progress("measuring", sum(sizes.values())) as going:
        n_rejected = each(names, measured)
    if len(n_rejected) < len(names) or sum(n_rejected):
        raise typer.Exit(FAILED)


def _large(story: Outline, going: Progress, *, sources: bool, jobs: int, scheduler: str) -> int:
    """Measure a story in partitions and say what came of it; returns how many of its articles or partitions were not measured."""
    from analysis.partitions.measurement import measure_large
    from analysis.partitions.partition import NoCluster
    from analysis.storage import NotMeasured

    def done(partition: Partition) -> None:
        rows = partition.rows
        going.step(len(rows), item=rows.iloc[-1]["doc_id"])
        going.line(f"  partition {partition.number}: {len(rows)} documents", is_kept=False)

    try:
        found = measure_large(
            story, sources=sources, jobs=jobs, scheduler=scheduler, on_partition=done, say=say
        )
    except NoCluster as problem:
        wrong(str(problem))
    except NotMeasured as problem:
        say(f"parallax: {story.name}: {problem}")
        return 1
    going.result(_told(story.name, found, sources=sources))
    for file, _, unit, reason in found.rejected[:MOST]:
        say(f"  rejected {file}{f', {unit}' if unit not in ('', 'file') else ''}: {reason}")
    if len(found.rejected) > MOST:
        say(f"  … and {len(found.rejected) - MOST:,} more; all of them: table rejected")
    return len(found.rejected)


def _told(name: str, found: Measured, *, sources: bool) -> str:
    kept = f", {found.n_kept} of them measured before" if found.n_kept else ""
    without = (
        f"; {found.n_without:,} {'document' if found.n_without == 1 else 'documents'} without figures"
        if found.n_without
        else ""
    )
    return (
        f"{name}: {found.n_documents:,} documents, {found.n_words:,} words, {found.n_estimates:,} estimates"
        f"{'' if sources else ', without sources'}, in {found.n_partitions} {'partition' if found.n_partitions == 1 else 'partitions'}{kept}{without}"
    )
