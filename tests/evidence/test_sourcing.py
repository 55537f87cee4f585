"""One pass over the texts of a story gives four tables that agree with each other; every text is invented."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.evidence.sourced import Sourced
from analysis.evidence.sourcing import sourcing
from analysis.tables import TABLES, check
from tests.evidence.marked_texts import marked
from tests.evidence.test_quotations import ACTORS

TEXTS = {
    "one": "Anna Berg said the bridge was old. “We have no money left for another winter,” she told the Morning Radio.",
    "two": "“We had no money left for another winter,” Berg said. The reckless Ines Falk left the hall.",
    "three": "Falk: “Nobody has asked the islanders at all.”",
}


def frames(languages: dict[str, str]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    sentences, spans = [], []
    for doc_id, text in TEXTS.items():
        one = marked(text)
        for number, ((start, end), paragraph) in enumerate(zip(one.sentences, one.paragraphs, strict=True)):
            words = len(text[start:end].split())
            quoted = sum(
                len(text[max(a, start) : min(b, end)].split())
                for a, b in one.quoted_spans
                if a < end and start < b
            )
            sentences.append((doc_id, number, start, end, paragraph, words, quoted))
        spans += [(doc_id, start, end) for start, end in one.quoted_spans]
    names = ["doc_id", "sentence_id", "start", "end", "paragraph", "n_words", "n_words_quoted"]
    documents = pd.DataFrame(
        [
            (doc_id, "", languages.get(doc_id, "en"), "radio" if doc_id == "one" else "unknown")
            for doc_id in TEXTS
        ],
        columns=["doc_id", "episode", "language", "outlet"],
    )
    return (
        pd.DataFrame(sentences, columns=names),
        pd.DataFrame(spans, columns=["doc_id", "start", "end"]),
        documents,
    )


def sourced(languages: dict[str, str] | None = None, actors: list[dict] = ACTORS) -> Sourced:
    sentences, spans, documents = frames(languages or {})
    return sourcing(
        TEXTS, sentences, spans, documents, actors, [{"id": "radio", "name": "The Morning Radio"}]
    )


@pytest.fixture(scope="module")
def found() -> Sourced:
    return sourced()


@pytest.mark.parametrize("name", ["quotations", "quotation_parts", "mentions", "actor_labels"])
def test_each_table_is_as_declared(found, name):
    assert len(check(getattr(found, name), TABLES[name]))


def test_every_part_lies_in_its_sentence_and_every_quotation_has_one(found):
    sentences, _, _ = frames({})
    parts = found.quotation_parts.merge(
        sentences, on=["doc_id", "sentence_id"], suffixes=("", "_of_sentence")
    )
    assert len(parts) == len(found.quotation_parts)
    assert (parts["start"] >= parts["start_of_sentence"]).all()
    assert (parts["end"] <= parts["end_of_sentence"]).all()
    keys = ["doc_id", "quotation_id"]
    assert set(map(tuple, found.quotation_parts[keys].to_numpy())) == set(
        map(tuple, found.quotations[keys].to_numpy())
    )


def test_one_utterance_in_two_documents_has_one_group(found):
    grouped = found.quotations[found.quotations["group_id"] != ""]
    assert grouped["doc_id"].tolist() == ["one", "two"]
    assert grouped["group_id"].nunique() == 1


def test_an_outlet_is_no_intermediary_of_its_own_copy(found):
    assert (found.quotations["intermediary"] == "").all()


def test_another_outlet_is_an_intermediary_though_no_word_tells_that_it_is_a_medium():
    sentences, spans, documents = frames({})
    outlets = [{"id": "radio", "name": "The Morning Radio"}]
    found = sourcing(TEXTS, sentences, spans, documents.assign(outlet="paper"), ACTORS, outlets)
    through = found.quotations.loc[found.quotations["doc_id"] == "one", "intermediary"]
    assert through.to_list() == ["", "the Morning Radio"]


def test_paraphrase_is_counted_in_its_sentence(found):
    assert found.n_words_attributed.tolist()[0] == 4
    assert found.n_words_attributed.sum() == 4


def test_a_text_in_another_language_has_no_rows():
    other = sourced({"one": "fr"})
    assert set(other.quotations["doc_id"]) == {"two", "three"}
    assert other.n_words_attributed.sum() == 0


def test_without_actors_sources_are_shown_as_printed():
    bare = sourced(actors=[])
    assert set(bare.quotations["speaker"]) == {""}
    assert "Anna Berg" in set(bare.quotations["speaker_surface"])
    assert bare.mentions.empty and bare.actor_labels.empty


def test_no_text_at_all_gives_empty_tables():
    sentences, spans, documents = frames({})
    empty = sourcing({}, sentences.iloc[:0], spans.iloc[:0], documents.iloc[:0], ACTORS)
    assert empty.quotations.empty and empty.n_words_attributed.empty
