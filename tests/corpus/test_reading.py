"""Files become a corpus, and nothing is lost silently."""

from __future__ import annotations

import codecs
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.manifest import COLUMNS
from analysis.corpus.reading import read
from analysis.tables import CORRECTIONS, DOCUMENTS, LINES, QUOTED_SPANS, SENTENCES, check

PARAGRAPH = (
    "The ferry to the northern islands stayed in port for a third day on Friday. "
    "“We sail when the wind lets us,” said its captain, Ines Falk. "
    "Shops on the islands had no fresh bread, and the school on Lorn stayed closed."
)
ARTICLE = "\n\n".join([PARAGRAPH] * 3) + "\n"


def rows(**row: object) -> pd.DataFrame:
    known = dict.fromkeys(COLUMNS, "") | {
        "doc_id": "a",
        "outlet": "echo",
        "file": "a.txt",
        "published_precision": "none",
        "filing_order": pd.NA,
        "is_counted": True,
    }
    return pd.DataFrame([known | row])


def test_a_folder_becomes_a_corpus_of_declared_tables(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "b.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "deep" / "a.TXT").write_text(ARTICLE, "utf-8")
    for name in ("README.md", "README", ".hidden.txt"):
        (tmp_path / name).write_text("not an article", "utf-8")
    corpus = read(tmp_path)
    assert corpus.documents["doc_id"].to_list() == ["b", "a"] and len(corpus.rejected) == 0
    for table, declared in (
        (corpus.documents, DOCUMENTS),
        (corpus.lines, LINES),
        (corpus.sentences, SENTENCES),
        (corpus.quoted_spans, QUOTED_SPANS),
    ):
        check(table, declared)


def test_a_document_counts_what_stands_in_its_body(tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLE, "utf-8")
    corpus = read(tmp_path / "a.txt")
    document = corpus.documents.iloc[0]
    # each paragraph: 15 + 12 + 15 words in three sentences, seven of them inside quotation marks
    assert (document["n_words"], document["n_sentences"], document["n_paragraphs"]) == (126, 9, 3)
    assert (document["outlet"], document["language"], document["kind"]) == ("unknown", "en", "article")
    assert document["sha256"] == sha256(ARTICLE.encode()).hexdigest()
    assert corpus.sentences["voice"].to_list() == ["outside", "mixed", "outside"] * 3
    assert (
        corpus.sentences["n_words_quoted"].sum() == 21 and corpus.quoted_spans["n_words"].to_list() == [7] * 3
    )
    first, last = corpus.sentences.iloc[0], corpus.sentences.iloc[-1]
    assert (first["position"], last["position"]) == (0, 1)
    text = corpus.texts["a"]
    assert text[first["start"] : first["end"]].startswith("The ferry")
    assert text[last["start"] : last["end"]].endswith("stayed closed.")


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: codecs.BOM_UTF8 + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("cp1252"),
        lambda text: text.replace("\n", "\r\n").encode(),
    ],
)
def test_the_encoding_changes_nothing_that_is_measured(tmp_path, encode):
    (tmp_path / "plain.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "other.txt").write_bytes(encode(ARTICLE))
    corpus = read([tmp_path / "plain.txt", tmp_path / "other.txt"])
    assert corpus.texts["plain"] == corpus.texts["other"]


def test_the_manifest_says_what_is_known_and_its_further_columns_stay(tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLE, "utf-8")
    corpus = read(tmp_path, manifest=rows(via="NA", desk="foreign", byline="Ines Falk", filing_order=2))
    document = corpus.documents.iloc[0]
    assert (document["outlet"], document["via"], document["desk"]) == ("echo", "NA", "foreign")
    assert (document["byline"], document["filing_order"], document["outlet_evidence"]) == (
        "Ines Falk",
        2,
        "manifest",
    )


def test_a_file_that_changed_since_the_manifest_is_a_warning(tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLE, "utf-8")
    right = sha256(ARTICLE.encode()).hexdigest()
    assert len(read(tmp_path, manifest=rows(sha256=right)).warnings) == 0
    assert read(tmp_path, manifest=rows(sha256="0" * 64)).warnings["kind"].to_list() == ["changed"]


def test_a_headline_of_a_republisher_is_marked_in_its_sentences(tmp_path):
    (tmp_path / "a.txt").write_text("Islands wait for bread as ferry stays in port\n\n" + ARTICLE, "utf-8")
    corpus = read(tmp_path, manifest=rows(headline_written_by="via"))
    headline = corpus.sentences[corpus.sentences["part"] == "headline"]
    assert headline["written_by"].to_list() == ["via"]
    assert set(corpus.sentences.loc[corpus.sentences["part"] == "body", "written_by"]) == {"outlet"}


def test_one_bad_file_costs_only_itself(tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "b.txt").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    (tmp_path / "c.txt").write_text("x" * 1_001, "utf-8")
    (tmp_path / "d.html").write_text(f"<p>{ARTICLE}</p>", "utf-8")
    corpus = read(tmp_path)
    assert corpus.documents["doc_id"].to_list() == ["a", "d"]
    reasons = dict(
        zip(corpus.rejected["file"].map(lambda file: Path(file).name), corpus.rejected["reason"], strict=True)
    )
    assert list(reasons) == ["b.txt", "c.txt"]
    assert "PDF" in reasons["b.txt"] and "1,001 characters" in reasons["c.txt"]


def test_two_files_of_one_name_are_two_documents(tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(ARTICLE, "utf-8")
    corpus = read(tmp_path)
    assert corpus.documents["doc_id"].to_list() == ["a", "a-2"] and len(corpus.rejected) == 0


def test_a_document_of_the_manifest_that_holds_several_articles_is_rejected(tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLE, "utf-8")
    twice = pd.concat([rows(), rows()])
    corpus = read(tmp_path, manifest=twice)
    assert len(corpus.documents) == 1 and "already" in corpus.rejected["reason"].item()


def test_a_headline_that_the_file_holds_apart_stands_first_and_is_one(tmp_path):
    page = f"<html><head><title>Islands wait.</title></head><body><h1>Islands wait.</h1><article>{''.join(f'<p>{PARAGRAPH}</p>' for _ in range(4))}</article></body></html>"
    (tmp_path / "a.html").write_text(page, "utf-8")
    corpus = read(tmp_path)
    assert corpus.texts["a"].startswith("Islands wait.\n\nThe ferry")
    assert corpus.sentences["part"].to_list()[:2] == ["headline", "body"]
    assert corpus.documents["n_sentences"].item() == 12
    listed = read(tmp_path, manifest=rows(file="a.html"))
    assert listed.documents["n_sentences"].item() == 12 and listed.texts == corpus.texts


def test_corrections_of_lines_and_spans_change_what_is_measured(tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLE, "utf-8")
    text = read(tmp_path / "a.txt").texts["a"]
    start = text.index("“We sail")
    corrections = CORRECTIONS.frame(
        [
            ("a", "quoted_spans", start, start + len("“We sail when the wind lets us,”"), "", "", "delete", "I", "", "", False),
            ("a", "lines", len(PARAGRAPH) + 2, 2 * len(PARAGRAPH) + 2, "kept", "false", "set", "I", "", "", False),
            ("a", "lines", 1, 2, "kept", "false", "set", "I", "", "", False),
        ]
    )  # fmt: skip
    corpus = read(tmp_path, manifest=rows(), corrections=corrections)
    assert corpus.documents["n_sentences"].item() == 6 and len(corpus.quoted_spans) == 1
    assert corpus.corrections["is_applied"].to_list() == [True, True, False]


def test_a_file_of_the_manifest_that_is_not_there_is_rejected(tmp_path):
    corpus = read(tmp_path, manifest=rows())
    assert len(corpus.documents) == 0 and corpus.rejected["reason"].to_list() == ["the file is not there"]


def test_a_path_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError, match="none: no such"):
        read(tmp_path / "none")


def test_an_empty_folder_gives_empty_tables_with_their_columns(tmp_path):
    corpus = read(tmp_path)
    assert len(corpus.documents) == 0 and corpus.documents.columns.to_list() == [*DOCUMENTS.names, "text"]
    assert corpus.sentences.columns.to_list() == SENTENCES.names


def test_below_twenty_words_no_language_is_told(tmp_path):
    (tmp_path / "a.txt").write_text("The ferry stayed in port.", "utf-8")
    assert read(tmp_path).documents["language"].item() == ""


def test_another_language_is_told_and_warned_of(tmp_path):
    german = (
        "Die Fähre zu den nördlichen Inseln blieb am Freitag im Hafen, und die Schule blieb geschlossen. "
    )
    (tmp_path / "a.txt").write_text(german * 4, "utf-8")
    corpus = read(tmp_path)
    assert corpus.documents["language"].item() == "de" and corpus.warnings["kind"].to_list() == ["language"]


@pytest.mark.parametrize(
    ("clock", "n", "kind"),
    [
        ("{:02d}:30 GMT", 5, "liveblog"),
        ("{}.15 p.m.", 6, "liveblog"),
        ("{}:05pm ET", 5, "liveblog"),
        ("{}:05", 4, "article"),
        ("At {}:05 the ferry was still in port.", 9, "article"),
    ],
)
def test_five_lines_of_clock_time_alone_are_a_live_blog(tmp_path, clock, n, kind):
    entries = "\n\n".join(f"{clock.format(hour)}\n{PARAGRAPH}" for hour in range(1, n + 1))
    (tmp_path / "a.txt").write_text(entries, "utf-8")
    corpus = read(tmp_path)
    assert corpus.documents["kind"].item() == kind
    assert ("liveblog" in corpus.warnings["kind"].to_list()) == (kind == "liveblog")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("aB é.“”\"'’—\n\t19,:|Жв北")))
def test_every_line_is_listed_and_every_sentence_lies_in_the_text(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("any") / "a.txt"
    path.write_text(text, "utf-8")
    corpus = read(path)
    lines = [number for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    assert list(dict.fromkeys(corpus.lines["line"])) == lines
    cleaned, end = corpus.texts["a"], 0
    for row in corpus.sentences.itertuples():
        assert end <= row.start < row.end <= len(cleaned)
        assert 0 <= row.n_words_quoted <= row.n_words and 0 <= row.position <= 1
        end = row.end
