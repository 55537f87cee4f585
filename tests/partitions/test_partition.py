"""A failure that passes is one of the partition: it is named, no article is rejected for it, and the next run measures all."""

from __future__ import annotations

import os
from errno import EIO

import pytest

from analysis import arguments
from analysis.corpus import bounds, holdings
from analysis.corpus.bounds import Lost
from analysis.corpus.signatures import outlet_named
from analysis.outline import outline
from analysis.partitions import partition as partition_module
from analysis.partitions.measurement import Unfinished, measure_large
from analysis.partitions.partition import receipt_of
from analysis.partitions.plan import Partition
from analysis.storage import inputs
from analysis.tables import CORRECTIONS
from tests.partitions.stories import archive_story, listed_story


def measured():
    return measure_large(outline("ferry"), sources=False)


@pytest.mark.parametrize(
    "problem", [MemoryError("no memory"), Lost("ended"), OSError(EIO, "Input/output error")]
)
def test_what_fails_for_want_of_memory_or_a_disk_rejects_no_article(data, monkeypatch, problem):
    folder = listed_story(data)
    whole = partition_module.measure

    def failing(corpus, *arguments, **options):
        if corpus.texts:
            raise problem
        return whole(corpus, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(partition_module, "measure", failing)
        with pytest.raises(Unfinished, match="4 of 4 partitions, 24 documents, are missing"):
            measured()
        assert not receipt_of(folder, 0).exists()
    done = measured()
    assert (done.n_documents, done.rejected) == (24, [])


def test_an_article_that_fails_is_not_looked_for_while_memory_runs_out(data, monkeypatch):
    listed_story(data)
    sizes = []

    def failing(corpus, *_, **__):
        sizes.append(len(corpus.texts))
        raise MemoryError if len(sizes) > 1 else ValueError("too much at once")

    monkeypatch.setattr(partition_module, "measure", failing)
    setting = partition_module.Setting(
        data / "ferry", False, True, "", partition_module.makers(False), inputs(data / "ferry"), {}
    )
    rows = outline("ferry").manifest.iloc[:6]
    found = partition_module.measure_partition(setting, Partition(0, rows, CORRECTIONS.empty(), "x"))
    assert (
        sizes == [6, 3] and found["problem"].startswith("MemoryError") and set(found) == {"number", "problem"}
    )


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_an_archive_whose_parser_is_killed_once_is_measured_whole(data, monkeypatch):
    archive_story(data)
    asked, killed = bounds._Worker.ask, []

    def kill(self, call, *more):
        if call["function"].endswith("json_lines:records") and not killed:
            killed.append(self.process.pid)
            os.kill(self.process.pid, 9)
        return asked(self, call, *more)

    monkeypatch.setattr(bounds._Worker, "ask", kill)
    done = measured()
    assert killed and (done.n_documents, done.rejected) == (24, [])


def test_an_archive_is_listed_once_for_a_whole_run_and_each_outlet_is_looked_up_once(data, monkeypatch):
    archive_story(data)
    listed, named = [], []
    lines, outlet = holdings.told_by_lines, outlet_named
    monkeypatch.setattr(
        "analysis.corpus.holdings.told_by_lines",
        lambda path, columns: listed.append(path) or lines(path, columns),
    )
    monkeypatch.setattr(
        "analysis.outline.outlet_named", lambda name, known: named.append(name) or outlet(name, known)
    )
    assert arguments.n_documents("ferry") == 24
    story = outline("ferry")
    assert story.is_large
    measure_large(story, sources=False)
    assert len(listed) == 1 and len(named) == 2 * 3  # by two outlines, three outlets
