"""What the documents say is so: names, commands, figures and examples are those of the software."""

from __future__ import annotations

import contextlib
import io
import re
import tomllib
from pathlib import Path

import pandas as pd
import pytest
import textstat

import analysis
from analysis import data_dictionary
from analysis.comparison.findings import number
from analysis.corpus.manifest import read_manifest
from analysis.corpus.outlets import load_outlets
from analysis.corpus.segmentation import sentence_spans
from analysis.corpus.words import n_words, straighten
from analysis.evidence import dictionaries
from analysis.facts_yml import read_facts
from analysis.loading import measure_story
from analysis.measures.readability import COLUMNS, sentence_counts
from analysis.publishing.parameters import declared_parameters
from analysis.story_yml import StoryYml, read_story_yml
from analysis.tables import TABLES

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not any(part.startswith(".") or part == "node_modules" for part in path.relative_to(ROOT).parts)
)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)|(?:src|srcset)=\"([^\"]+)\"")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# Words that judge or ascribe intent; a document may name them only to say that they are not used.
JUDGING = re.compile(r"\bbias scores?\b|\bomit(s|ted|ting)?\b|\bdownplay\w*|\bemphasi[sz]e\w*", re.IGNORECASE)
MACHINE = re.compile(r"(?<![\w.])/(?:work|root|tmp|home|Users|mnt)/")


def text_of(*paths: str) -> str:
    return "\n".join((ROOT / path).read_text("utf-8") for path in paths)


def blocks(path: str, language: str) -> list[str]:
    return [code for kind, code in FENCE.findall(text_of(path)) if kind == language]


def run(path: str, names: dict[str, object]) -> list[tuple[str, str | None]]:
    """Run the Python examples of a document one after the other: (printed, what the document shows or None)."""
    fences = FENCE.findall(text_of(path))
    results = []
    for number_, (kind, code) in enumerate(fences):
        if kind != "python":
            continue
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, path, "exec"), names)
        after = fences[number_ + 1] if number_ + 1 < len(fences) else ("", "")
        results.append((printed.getvalue(), after[1] if after[0] == "text" else None))
    return results


def test_the_data_dictionary_is_what_the_declarations_say():
    assert text_of("data/README.md") == data_dictionary.markdown(), (
        "write it again: python -m analysis.data_dictionary > data/README.md"
    )


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_every_table_and_column_stands_in_the_data_dictionary(table):
    section = text_of("data/README.md").split(f"### `{table.name}`")[1].split("\n#")[0]
    assert [column for column in table.names if f"| `{column}` |" not in section] == []


def test_every_key_of_story_yml_has_a_meaning_and_no_other_has():
    assert [key.strip("`") for key, *_ in data_dictionary._keys(StoryYml)] == list(data_dictionary.KEYS)


def test_what_the_data_dictionary_says_of_textstat_is_so():
    def ours(text: str) -> dict[str, int]:
        return dict(zip(COLUMNS, sentence_counts(straighten(text)), strict=True))

    abbreviated = "Gov. Ada Bell met Adm. Otto Kern of the U.S. at 6 a.m. Tuesday."
    assert (len(sentence_spans(abbreviated)), textstat.sentence_count(abbreviated)) == (1, 3)
    short = "She left. The harbour authority opened its gates."
    assert (len(sentence_spans(short)), textstat.sentence_count(short)) == (2, 1)
    assert (n_words("SEOUL--The"), textstat.lexicon_count("SEOUL--The")) == (2, 1)
    assert (ours("SEOUL--The")["n_long_words"], textstat.long_word_count("SEOUL--The")) == (0, 1)
    assert n_words("2010–12") == n_words("twenty-one") == 1
    assert (ours("couldn’t")["n_difficult_2"], textstat.difficult_words("couldn’t")) == (0, 1)
    twice = "negotiations negotiations"
    assert (ours(twice)["n_difficult_3"], textstat.difficult_words(twice)) == (2, 1)
    lone = "The old fee rose & fell."
    per_word = ours(lone)["n_characters"] / n_words(lone)
    assert textstat.automated_readability_index(lone) == pytest.approx(
        4.71 * per_word * 5 / 6 + 0.5 * 5 - 21.43  # five words; textstat divides characters by six
    )
    assert textstat.flesch_kincaid_grade("") == 0


def test_every_promise_of_the_readme_has_its_test():
    named = re.findall(r"\| `(test_\w+)` \|", text_of("README.md"))
    tests = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert len(named) == 9 and [name for name in named if f"\ndef {name}(" not in tests] == []


def test_every_notebook_and_parameter_stands_in_the_readme():
    readme = text_of("README.md")
    for notebook in sorted((ROOT / "notebooks").glob("*.ipynb")):
        (row,) = (line for line in readme.splitlines() if line.startswith(f"| `{notebook.stem}` |"))
        assert re.findall(r"`(\w+)`", row)[1:] == list(declared_parameters(notebook)), notebook.stem


def test_every_make_target_is_documented():
    targets = re.findall(r"^([a-z]+):.*## ", text_of("Makefile"), re.MULTILINE)
    documents = text_of("README.md", "CONTRIBUTING.md")
    assert len(targets) > 8
    assert [one for one in targets if one != "help" and f"make {one}" not in documents] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=[str(path.relative_to(ROOT)) for path in DOCUMENTS])
class TestEveryDocument:
    def test_links_to_what_is_there(self, path):
        links = [one or other for one, other in LINK.findall(path.read_text("utf-8"))]
        local = [link for link in links if not re.match(r"[a-z]+:", link)]
        assert [link for link in local if not (path.parent / link).exists()] == []

    def test_judges_no_one_and_names_no_machine(self, path):
        text = path.read_text("utf-8")
        assert JUDGING.findall(text) == []
        assert MACHINE.findall(text) == []


@pytest.mark.parametrize("path", ["README.md", "docs/known-answers.md"])
def test_examples_run_and_print_what_is_shown(path, story_data, harbour, founding, monkeypatch):
    monkeypatch.setenv("PARALLAX_DATA", str(story_data))
    results = run(path, {})
    assert results
    for printed, shown in results:
        assert printed
        if shown is not None:
            assert printed == shown


def test_the_known_answers_hold_the_pair_it_speaks_of(harbour):
    rows = harbour.differences.set_index(["measure", "doc_id_a", "doc_id_b"])
    row = rows.loc[("sentiment_outside", "courier-1", "ledger-1")]
    assert row["is_clear"] and row["value"] < 0
    shown = (number(-row[end], 2) for end in ("value", "high_family", "low_family"))
    assert "by {} ({} to {})".format(*shown) in " ".join(text_of("docs/known-answers.md").split())


def test_figures_in_the_readme_are_those_of_the_measures(founding, harbour):
    readme = " ".join(text_of("README.md").split())
    rows = founding.differences.set_index(["measure", "doc_id_a", "doc_id_b"])
    row = rows.loc[("words_per_sentence", "reuters", "afp")]
    value, low, high, smaller = (
        number(row[name], 1) for name in ("value", "low_family", "high_family", "detectable")
    )
    assert f"{value} words a sentence ({low} to {high}); smaller ones than {smaller} would not show" in readme
    assert f"lists {len(founding.facts)} facts" in readme
    utterances = founding.quotation_parts.assign(
        outlet=founding.quotation_parts["doc_id"].map(founding.documents.set_index("doc_id")["outlet"])
    )
    of_outlets = utterances[utterances["group_id"] != ""].groupby("group_id")["outlet"].nunique()
    words = {10: "Ten", 11: "Eleven", 9: "Nine"}
    assert f"{words[int((of_outlets > 1).sum())]} utterances stand in copies of two outlets" in readme
    judged = harbour.differences["low_family"].notna().sum()
    assert f"calls {harbour.differences['is_clear'].sum()} of {judged} clear" in readme
    assert "98.75 %" in readme and "98.75 %" in text_of("docs/method.md")


def test_the_facts_of_the_formats_and_the_head_of_the_how_to_are_read_as_written(tmp_path):
    (facts,) = blocks("docs/formats.md", "yaml")
    head = next(block for block in blocks("docs/how-to.md", "yaml") if block.startswith("written"))
    path = tmp_path / "facts.yml"
    for text in (facts, head + facts[facts.index("  - id:") :]):
        path.write_text(text, encoding="utf-8")
        read = read_facts(path, episodes=["day-1"])
        assert [fact.id for fact in read.facts] == ["boats-counted"]


def test_the_story_and_the_dictionary_of_the_how_to_work_as_written(tmp_path, monkeypatch):
    story, own = tmp_path / "bridge-vote", tmp_path / "dictionaries"
    (story / "articles").mkdir(parents=True)
    own.mkdir()
    csv, corrections = blocks("docs/how-to.md", "csv")
    yml, outlets, _facts, dictionary = blocks("docs/how-to.md", "yaml")
    (tmp_path / "outlets.yml").write_text(outlets, "utf-8")
    assert "morning-wire" in {outlet.id for outlet in load_outlets(tmp_path / "outlets.yml")}
    (story / "corrections.csv").write_text(corrections, "utf-8")
    (story / "documents.csv").write_text(csv, "utf-8")
    (story / "story.yml").write_text(yml, "utf-8")
    (own / "dangers.yml").write_text(dictionary, "utf-8")
    about = read_story_yml(story / "story.yml")
    manifest = read_manifest(story / "documents.csv", outlets=[outlet.id for outlet in about.outlets])
    paragraph = "The shop owners fear the risk of a closure and the cost of a long detour to the mill.\n\n"
    for file in manifest["file"]:
        (story / "articles" / file).write_text("Council closes bridge\n\n" + 8 * paragraph, "utf-8")
    assert set(dictionaries.bundled(own)) == {"generic_frames", "dangers"}
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path))
    measured = measure_story("bridge-vote")
    assert list(measured.namings["surface"].unique()) == ["closure"]
    # Its places are those of no text: lines and hits are not there, and the naming that is added is.
    assert measured.corrections["is_applied"].to_list() == [False, False, True]
    assert set(measured.frame_hits["dictionary"]) >= {"themes", "dangers"}
    names: dict[str, object] = {"analysis": analysis}
    run("docs/how-to.md", names)
    estimates = names["risk"]
    assert isinstance(estimates, pd.DataFrame) and (estimates["value"].dropna() >= 0).all()


def test_the_version_is_the_same_everywhere():
    version = tomllib.loads(text_of("pyproject.toml"))["project"]["version"]
    assert analysis.__version__ == version
    assert f"\nversion: {version}\n" in text_of("CITATION.cff")
    assert f"version {version} (" in text_of("README.md")
    assert f"## [{version}]" in text_of("CHANGELOG.md")
