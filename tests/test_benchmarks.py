"""What the benchmarks rest on: articles that repeat nothing, and ways that give the same numbers."""

from __future__ import annotations

import re
import sys
from importlib import import_module

import pytest


@pytest.fixture(scope="module")
def benchmark(root):
    """A module of `benchmarks/` by its name."""
    sys.path.insert(0, str(root / "benchmarks"))
    yield import_module
    sys.path.remove(str(root / "benchmarks"))


@pytest.fixture(scope="module")
def generated(benchmark):
    return benchmark("generated")


def test_no_sentence_is_generated_twice(generated):
    from analysis.corpus.segmentation import sentence_spans

    texts = [generated.text(number) for number in range(40)]
    sentences = [part[a:b] for text in texts for part in text.split("\n\n") for a, b in sentence_spans(part)]
    long = [one for one in sentences if len(one.split()) > 8]
    assert len(long) > 500 and len(set(long)) > 0.98 * len(long)


def test_an_article_is_the_same_whenever_it_is_generated(generated):
    assert generated.text(11) == generated.text(11) != generated.text(12)


def test_new_words_come_as_they_do_in_news(generated):
    """Heaps's law, V = 40 n^0.55, within a third."""
    seen, n = set(), 0
    for number in range(100):
        words = generated.text(number).split()
        seen.update(words)
        n += len(words)
    assert 0.66 < len(seen) / (40 * n**0.55) < 1.5


def test_a_document_may_be_as_long_as_one_asks(generated):
    assert 5_000 <= len(generated.text(0, n_words=5_000).split()) < 5_100


def test_ours_and_the_libraries_give_equal_figures_where_they_see_the_same_sentences(benchmark, generated):
    core = benchmark("core")
    compared, different = core.unequal([generated.text(20_000 + number) for number in range(40)])
    assert compared >= 5 and different == 0


def test_every_benchmark_is_run_by_the_one_command(root, benchmark):
    bench = benchmark("bench")
    files = {file.stem for file in (root / "benchmarks").glob("*.py")}
    assert files - set(bench.BENCHMARKS) == {"bench", "generated", "pairs"}


def test_a_benchmark_that_is_run_again_takes_the_place_of_what_stood_of_it(benchmark):
    bench = benchmark("bench")
    row = bench.Row("what it takes", "2 s", "≤ 3 s")
    parts = {name: bench.section(name, [row], "2031-03-07. Here.") for name in ("core", "startup")}
    page = bench.whole(parts)
    assert bench.sections(page) == parts
    readme = bench.in_readme(f"# A\n\n{bench.BEGINS}| old |\n{bench.ENDS}\nMore.\n", page)
    assert readme.count("| what it takes | 2 s | ≤ 3 s |") == 2 and "old" not in readme
    assert readme.startswith("# A\n\n") and readme.endswith("\nMore.\n")
    assert bench.in_readme(readme, page) == readme


def test_a_benchmark_that_is_run_again_says_when_and_where_and_the_others_keep_what_they_say(
    benchmark, tmp_path, monkeypatch
):
    bench = benchmark("bench")
    page, readme = tmp_path / "docs" / "performance.md", tmp_path / "README.md"
    page.parent.mkdir()
    row, elsewhere = bench.Row("what it takes", "2 s", "≤ 3 s"), "2031-03-07. Another machine, 64 processors."
    before = {name: bench.section(name, [row], elsewhere) for name in ("core", "startup")}
    page.write_text(bench.whole(before), "utf-8")
    readme.write_text(f"# A\n\n{bench.BEGINS}{bench.ENDS}", "utf-8")
    monkeypatch.setattr(bench, "PAGE", page)
    monkeypatch.setattr(bench, "README", readme)
    monkeypatch.setattr(benchmark("startup"), "main", lambda: [row])
    bench.main(["startup"])
    after = bench.sections(page.read_text("utf-8"))
    assert after["core"] == before["core"] and elsewhere not in after["startup"]
    heading, said = after["startup"].split("\n\n")[:2]
    assert heading == "## Starting" and re.fullmatch(r"\d{4}-\d\d-\d\d\. .+", said)
    assert said.endswith(bench.machine()) and page.read_text("utf-8").count(bench.machine()) == 1


def test_each_part_of_the_page_of_speed_says_when_and_where(root, benchmark):
    bench = benchmark("bench")
    parts = bench.sections(bench.PAGE.read_text("utf-8"))
    assert set(parts) == set(bench.BENCHMARKS)
    for part in parts.values():
        said = part.split("\n\n")[1]
        assert re.match(r"(By )?\d{4}-\d\d-\d\d\. ", said) and "processors, Python 3." in said


def test_the_readme_shows_the_figures_of_the_page_that_have_an_aim(root, benchmark):
    """Both are written by one run; none is touched by hand."""
    bench = benchmark("bench")
    page = [
        line[2:-2].split(" | ") for line in bench.PAGE.read_text("utf-8").splitlines() if line[:2] == "| "
    ]
    wanted = [tuple(row[:3]) for row in page if len(row) == 4 and row[2] != "aim"]
    readme = bench.README.read_text("utf-8").split(bench.BEGINS)[1].split(bench.ENDS)[0]
    shown = [tuple(line[2:-2].split(" | ")) for line in readme.splitlines()[2:]]
    assert len(shown) > 12 and shown == [row for row in wanted if row[2]]
