"""A large story in partitions: the figures of its copies, the same bytes wherever they are made, whatever comes between."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from errno import ENOSPC
from itertools import count
from pathlib import Path

import pandas as pd
import pytest

from analysis.loading import load_story, measure_story
from analysis.outline import outline
from analysis.partitions import partition as partition_module
from analysis.partitions.measurement import Unfinished, measure_large
from analysis.partitions.partition import receipt_of
from analysis.storage import WORK, changes, is_measured, read_table, recorded, write_atomically
from tests.partitions.stories import MANY, PARTITION, archive_story, interrupted, listed_story, tables, text

ROOT = Path(__file__).parents[2]
N_PARTITIONS = 4


def measured(**options):
    return measure_large(outline("ferry"), sources=False, **options)


def test_copies_have_the_figures_they_have_when_all_is_measured_at_once(data, monkeypatch):
    folder = listed_story(data)
    done = measured()
    assert (done.n_documents, done.n_partitions, done.n_kept, done.rejected) == (24, N_PARTITIONS, 0, [])
    names = ("documents", "sentences", "frame_hits", "sentiment_hits", "estimates", "quoted_spans")
    parts = {name: read_table(folder, name) for name in names}
    monkeypatch.setenv("PARALLAX_PARTITION", "500")
    whole = measure_story("ferry", sources=False)
    assert (folder / "measures" / "estimates.parquet").is_file() and not (folder / "measures" / WORK).exists()
    for name in names:
        columns = [one for one in parts[name] if one not in ("headline", "deck")]
        expected = getattr(whole, name)[columns]
        pd.testing.assert_frame_equal(
            parts[name][columns].sort_values(["doc_id", *columns[:4]], kind="stable", ignore_index=True),
            expected.sort_values(["doc_id", *columns[:4]], kind="stable", ignore_index=True),
        )


def test_terms_have_one_spelling_in_all_partitions(data):
    folder = listed_story(data)
    measured()
    terms = read_table(folder, "terms")
    of_color = terms[terms["term"].isin(["color", "colour", "harbor", "harbour"])]
    assert set(of_color["term"]) == {"color", "harbor"} and of_color["doc_id"].nunique() >= 16


def test_a_large_story_has_no_differences_of_copies_and_outlets_stand_in_the_order_of_story_yml(
    data, monkeypatch
):
    folder = listed_story(data)
    monkeypatch.setattr("analysis.comparison.outlets.MIN_EPISODES", 8)
    about = (folder / "story.yml").read_text("utf-8")
    first, _, third = (line for line in about.splitlines() if "{id: " in line and "falk" not in line)
    (folder / "story.yml").write_text(about.replace(first, "#").replace(third, f"{third}\n{first}"), "utf-8")
    measured()
    differences = read_table(folder, "differences")
    assert set(differences["scope"]) == {"outlet"}
    pairs = list(dict.fromkeys(zip(differences["outlet_a"], differences["outlet_b"], strict=True)))
    assert pairs == [("herald", "post"), ("herald", "echo"), ("post", "echo")]


def test_an_archive_is_measured_as_its_rows_say_and_stands_for_its_manifest(data, undisturbed):
    folder = archive_story(data)
    with (folder / "articles" / "export.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": "broken"\n')
    done = measured()
    assert [(file, line) for file, line, *_ in done.rejected] == [("export.jsonl", 25)]
    story = outline("ferry")
    assert story.is_archive and len(story.manifest) == 24 and set(story.outlets) == {"echo", "herald", "post"}
    assert read_table(folder, "rejected")["line"].to_list() == [25]
    values = read_table(folder, "estimates").sort_values(["doc_id", "measure", "voice"], ignore_index=True)
    assert values["value"].notna().any() and values["doc_id"].nunique() == 24
    loaded = load_story("ferry")
    assert loaded.has_text and not loaded.changed and "The ferry" in loaded.texts["echo-0"]


def test_a_small_archive_is_measured_at_once_with_its_differences(data, monkeypatch):
    monkeypatch.setenv("PARALLAX_PARTITION", "500")
    folder = archive_story(data)
    story = measure_story("ferry", sources=False)
    assert len(story.documents) == 24 and set(story.differences["scope"]) == {"copy"}
    assert (folder / "measures" / "documents.parquet").is_file()
    assert story.documents["episode"].nunique() == 8 and "The ferry" in story.texts["post-7"]


def test_an_archive_that_grew_is_measured_by_what_its_exports_list_now(data):
    folder = archive_story(data)
    export = folder / "articles" / "export.jsonl"
    lines = export.read_text("utf-8").splitlines(keepends=True)
    export.write_text("".join(lines[:PARTITION]), "utf-8")
    assert not measure_story("ferry", sources=False).is_in_parts
    export.write_text("".join(lines), "utf-8")
    assert outline("ferry").is_large and measured().n_partitions == N_PARTITIONS


def test_rows_that_come_to_an_export_cost_the_partitions_they_fall_in_alone(data):
    folder = archive_story(data)
    export = folder / "articles" / "export.jsonl"
    lines = export.read_text("utf-8").splitlines(keepends=True)
    export.write_text("".join(lines[:-3]), "utf-8")
    assert measured().n_partitions == N_PARTITIONS
    with export.open("a", encoding="utf-8") as file:
        file.writelines(lines[-3:])
    assert changes(folder) == ("articles/export.jsonl",)
    assert measured().n_kept == N_PARTITIONS - 1 and not changes(folder)
    grown = tables(folder)
    shutil.rmtree(folder / "measures")
    assert measured().n_kept == 0 and tables(folder) == grown


def test_an_export_beside_another_costs_the_partitions_its_rows_fall_in_alone(data):
    folder = archive_story(data)
    export, second = (folder / "articles" / name for name in ("export.jsonl", "a.jsonl"))
    lines = export.read_text("utf-8").splitlines(keepends=True)
    export.write_text("".join([*lines[:6], *lines[9:]]), "utf-8")
    measured()
    second.write_text("".join(lines[6:9]), "utf-8")
    assert measured().n_kept == N_PARTITIONS - 1
    assert set(recorded(folder)["articles"]) == {"a.jsonl", "export.jsonl"}
    grown = tables(folder)
    shutil.rmtree(folder / "measures")
    assert measured().n_kept == 0 and tables(folder) == grown


def test_rows_that_stand_at_other_places_now_are_kept_unless_one_was_rejected_there(data):
    folder = archive_story(data)
    export = folder / "articles" / "export.jsonl"
    lines = export.read_text("utf-8").splitlines(keepends=True)
    empty = json.loads(lines[1]) | {"text": ""}
    lines[1] = json.dumps(empty) + "\n"
    export.write_text("".join(lines), "utf-8")
    assert [line for _, line, *_ in measured().rejected] == [2]
    export.write_text("".join(["\n", *lines]), "utf-8")  # every row a line further down
    done = measured()
    assert ([line for _, line, *_ in done.rejected], done.n_kept) == ([3], N_PARTITIONS - 1)
    assert read_table(folder, "rejected")["line"].to_list() == [3]
    export.write_text(
        "".join(["\n", lines[1], lines[0], *lines[2:]]), "utf-8"
    )  # tables have the order of rows
    assert measured().n_kept == N_PARTITIONS - 1
    loaded = load_story("ferry")
    assert "ferry 7 stayed" in loaded.texts["post-7"]


def test_a_text_of_an_export_that_changed_has_its_partition_measured_again(data):
    folder = archive_story(data)
    export = folder / "articles" / "export.jsonl"
    measured()
    export.write_text(export.read_text("utf-8").replace("ferry 5 stayed", "ferry 5 waited", 1), "utf-8")
    assert measured().n_kept == N_PARTITIONS - 1 and "ferry 5 waited" in load_story("ferry").texts["echo-5"]


def test_several_processes_write_the_same_bytes_as_one(data, undisturbed):
    folder = listed_story(data)
    measured(jobs=2)
    assert tables(folder) == undisturbed


@pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="what a process began with stands in /proc"
)
def test_libraries_use_one_thread_in_processes_that_measure_and_what_they_did_in_the_one_that_asked(
    data, monkeypatch
):
    listed_story(data)
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    begun = []

    def look(partition) -> None:
        assert "OPENBLAS_NUM_THREADS" not in os.environ
        own = [process for process, called in children(os.getpid()) if "resource_tracker" not in called]
        begun.extend(Path(f"/proc/{process}/environ").read_bytes() for process in own)

    measured(jobs=2, on_partition=look)
    assert begun and all(b"OPENBLAS_NUM_THREADS=1" in one for one in begun)
    assert "OPENBLAS_NUM_THREADS" not in os.environ


def test_what_killed_workers_left_half_written_is_gone_when_parts_are_gathered(data):
    folder = listed_story(data)
    strays = [folder / "measures" / WORK / name / ".00001.x.host.7.part" for name in ("receipts", "pairs")]
    for stray in strays:
        write_atomically(stray, "half")
    measured()
    assert not any(stray.exists() for stray in strays)


def test_code_that_changed_after_the_plan_is_a_problem_of_each_partition_and_no_crash(data, monkeypatch):
    folder = listed_story(data)
    before = partition_module.makers(False)
    monkeypatch.setattr(
        "analysis.partitions.measurement.makers", lambda *_, **__: before | {"code": "another"}
    )
    with pytest.raises(Unfinished, match=r"4 of 4 partitions.* has another version of code"):
        measured()
    assert not is_measured(folder)


def test_a_process_that_is_killed_costs_only_time(data, undisturbed):
    folder = listed_story(data)
    killed = []

    def kill() -> None:
        while not killed and not done.is_set():
            for process in children(os.getpid()):
                if "resource_tracker" not in process[1] and receipt_of(folder, 0).parent.is_dir():
                    os.kill(process[0], signal.SIGKILL)
                    killed.append(process[0])
                    return
            time.sleep(0.01)

    done = threading.Event()
    watch = threading.Thread(target=kill)
    watch.start()
    try:
        measured(jobs=2)
    finally:
        done.set()
        watch.join()
    assert killed and tables(folder) == undisturbed


def children(above: int) -> list[tuple[int, str]]:
    """Processes that measure for the process `above`, with how they were called."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            parent = int(path.joinpath("stat").read_text().rpartition(")")[2].split()[1])
            called = path.joinpath("cmdline").read_bytes().decode()
        except (OSError, ValueError):
            continue
        if parent == above and "spawn_main" in called:
            found.append((int(path.name), called))
    return found


def test_what_was_measured_before_an_interruption_is_not_measured_again(data, undisturbed):
    folder = listed_story(data)

    def interrupt(partition) -> None:
        if partition.number == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        measured(on_partition=interrupt)
    assert not is_measured(folder)
    assert measured().n_kept == 2
    assert tables(folder) == undisturbed


def test_of_a_measured_story_only_the_partition_that_changed_is_measured_again(data, undisturbed):
    folder = listed_story(data)
    measured()
    assert measured().n_kept == N_PARTITIONS and tables(folder) == undisturbed
    article = folder / "articles" / "echo-0.txt"
    before = article.read_bytes()
    article.write_bytes(before + b"\n\nIt is a note.")
    assert measured().n_kept == N_PARTITIONS - 1
    article.write_bytes(before)
    assert measured().n_kept == N_PARTITIONS - 1 and tables(folder) == undisturbed


def test_an_article_by_which_there_is_a_partition_more_costs_none_of_those_after_it(data, undisturbed):
    folder = listed_story(data)
    measured()
    manifest, added = folder / "documents.csv", text(0, 99)
    (folder / "articles" / "echo-0b.txt").write_text(added, "utf-8")
    line = next(one for one in manifest.read_text("utf-8").splitlines() if one.startswith("echo-0,"))
    with manifest.open("a", encoding="utf-8") as file:
        file.write(line.replace("echo-0", "echo-0b") + "\n")
    done = measured()
    assert (done.n_documents, done.n_partitions, done.n_kept) == (25, N_PARTITIONS + 1, N_PARTITIONS - 1)
    resumed = tables(folder)
    shutil.rmtree(folder / "measures")
    assert measured().n_kept == 0 and tables(folder) == resumed
    lines = manifest.read_text("utf-8").splitlines(keepends=True)
    manifest.write_text("".join(lines[:-1]), "utf-8")
    done = measured()
    assert (done.n_partitions, done.n_kept) == (N_PARTITIONS, N_PARTITIONS - 1)
    assert tables(folder) == undisturbed


def test_a_partition_half_written_over_is_not_taken_for_what_it_was_before(data, undisturbed, monkeypatch):
    folder = listed_story(data)
    measured()
    article = folder / "articles" / "echo-0.txt"
    before = article.read_bytes()
    article.write_bytes(before + b"\n\nIt is a note.")
    n_written = count()

    def full(*what, **how) -> None:
        if next(n_written) == 6:
            raise OSError(ENOSPC, "No space left on device")
        write_atomically(*what, **how)

    monkeypatch.setattr("analysis.partitions.partition.write_atomically", full)
    with pytest.raises(Unfinished, match="no room is left"):
        measured()
    monkeypatch.setattr("analysis.partitions.partition.write_atomically", write_atomically)
    article.write_bytes(before)
    assert measured().n_kept == N_PARTITIONS - 1 and tables(folder) == undisturbed


def full(*_, **__):
    raise OSError(ENOSPC, "No space left on device")


def test_a_failure_before_parts_are_put_into_place_leaves_the_former_tables(data, undisturbed, monkeypatch):
    folder = listed_story(data)
    measured()
    article = folder / "articles" / "echo-0.txt"
    article.write_text(article.read_text("utf-8") + "\n\nIt is a note.", "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr("analysis.partitions.gathering.outlet_differences", full)
        with pytest.raises(Unfinished, match="all 4 partitions are measured, and no room is left"):
            measured()
    assert tables(folder) == undisturbed and changes(folder) == ("articles/echo-0.txt",)
    assert measured().n_kept == N_PARTITIONS and not changes(folder)


def test_an_interruption_while_parts_are_put_into_place_is_mended_by_the_next_run(
    data, undisturbed, monkeypatch
):
    folder = listed_story(data)
    measured()
    with monkeypatch.context() as patch:
        patch.setattr("analysis.partitions.gathering.link", full)
        with pytest.raises(Unfinished, match="all 4 partitions are measured, and no room is left"):
            measured()
    assert not is_measured(folder) and measured().n_kept == N_PARTITIONS
    assert tables(folder) == undisturbed


def test_a_poisoned_article_is_set_aside_with_its_reason_and_costs_only_itself(data, monkeypatch):
    folder = listed_story(data)
    poison = folder / "articles" / "post-3.txt"
    poison.write_text(poison.read_text("utf-8") + "\n\nThis one is xyzzy.", "utf-8")
    whole = partition_module.measure

    def failing(corpus, *arguments, **options):
        if any("xyzzy" in text for text in corpus.texts.values()):
            raise ZeroDivisionError("float division by zero")
        return whole(corpus, *arguments, **options)

    monkeypatch.setattr(partition_module, "measure", failing)
    done = measured()
    reason = "it could not be measured: ZeroDivisionError: float division by zero"
    assert done.rejected == [("post-3.txt", None, "post-3", reason)] and done.n_documents == 23
    rejected, documents = read_table(folder, "rejected"), read_table(folder, "documents")
    assert rejected["reason"].to_list() == [reason] and "post-3" not in set(documents["doc_id"])
    assert "post-3.txt" in recorded(folder)["articles"]  # mended, it makes the measures stale


def test_a_partition_that_fails_as_a_whole_is_missing_and_named(data, monkeypatch):
    listed_story(data)
    whole = partition_module.measure

    def failing(corpus, *arguments, **options):
        if len(corpus.texts) == 6 and "echo-2" in corpus.texts:
            raise ValueError("too much at once")
        return whole(corpus, *arguments, **options)

    monkeypatch.setattr(partition_module, "measure", failing)
    with pytest.raises(Unfinished) as found:
        measured()
    said = str(found.value)
    assert said.startswith("1 of 4 partitions, 6 documents, are missing; what is measured is kept")
    assert said.endswith("partition 1 (6 documents, echo-2 to post-3): ValueError: too much at once")


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
def test_a_full_disk_stops_the_run_which_says_what_is_missing_and_resumes(data, undisturbed):
    import resource

    folder = listed_story(data)
    command = [sys.executable, "-m", "analysis", "measure", "ferry", "--measures", "core", "--jobs", "1"]

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (6_000, resource.RLIM_INFINITY))

    full = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, preexec_fn=small)
    assert full.returncode == 1, full.stderr
    assert "4 of 4 partitions, 24 documents, are missing" in full.stderr
    assert "partition 0 (6 documents, echo-0 to post-1): no room is left" in full.stderr
    assert measured().n_kept == 0 and tables(folder) == undisturbed


def test_control_c_ends_the_command_with_130_and_keeps_what_was_measured(data):
    folder = listed_story(data, n_episodes=MANY)
    command = [sys.executable, "-m", "analysis", "measure", "ferry", "--measures", "core", "--jobs", "1"]
    code, said = interrupted(command, ROOT, when=lambda: receipt_of(folder, 0).is_file())
    assert code == 130 and "what was complete is kept" in said
    done = measured()
    assert 1 <= done.n_kept < done.n_partitions
    resumed = tables(folder)
    shutil.rmtree(folder / "measures")
    assert measured().n_kept == 0 and tables(folder) == resumed


def test_receipts_hold_no_word_of_an_article(data):
    folder = listed_story(data)
    measured()
    kept = json.loads(receipt_of(folder, 2).read_text("utf-8"))
    assert kept["n_documents"] == 6 and "ferry" not in json.dumps(kept["rejected"])
    assert recorded(folder)["partitions"] == [6, 6, 6, 6] and recorded(folder)["has_sources"] is False
