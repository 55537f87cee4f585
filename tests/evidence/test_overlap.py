"""Copies, reprints and versions are told from texts that share only quotations, and nothing else is related."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.evidence.overlap import overlap
from analysis.evidence.shingles import shared_shingles, wordings
from analysis.tables import ALIGNMENTS, OVERLAP, check

SPEC = importlib.util.spec_from_file_location(
    "parallax_shared_texts", Path(__file__).with_name("shared_texts.py")
)
ARTICLES = importlib.util.module_from_spec(SPEC)
sys.modules[SPEC.name] = ARTICLES
SPEC.loader.exec_module(ARTICLES)
OWN = {"outlet": "echo"}
OTHER = {"outlet": "post", "via": "Post"}


def shared(corpus):
    return overlap(corpus.texts, corpus.sentences, corpus.quoted_spans, corpus.documents)


def relation(corpus) -> str:
    found, _ = shared(corpus)
    return found["relation"].item() if len(found) else "none"


def test_the_same_words_are_a_copy():
    words = ARTICLES.text(ARTICLES.sentences("a"))
    corpus = ARTICLES.corpus_of(a=(words, OWN), b=(words.upper().replace(".", " ."), OTHER))
    found, aligned = shared(corpus)
    row = found.iloc[0]
    assert (row["relation"], row["containment"], row["n_shared_sentences"]) == (
        "copy",
        1,
        20,
    ) and aligned.empty
    check(found, OVERLAP), check(aligned, ALIGNMENTS)


@pytest.mark.parametrize("kept", [7, 10, 20])
def test_a_text_that_was_cut_is_a_reprint(kept):
    own = ARTICLES.sentences("a")
    last = ARTICLES.sentences("b", 1)
    corpus = ARTICLES.corpus_of(a=(ARTICLES.text(own), OWN), b=(ARTICLES.text(own[:kept] + last), OTHER))
    assert relation(corpus) == "reprint"


def test_a_text_in_which_one_word_in_ten_was_changed_is_a_reprint():
    own = ARTICLES.sentences("a")
    corpus = ARTICLES.corpus_of(
        a=(ARTICLES.text(own), OWN), b=(ARTICLES.text(ARTICLES.edited(own, 10)), OTHER)
    )
    found, aligned = shared(corpus)
    assert (
        found["relation"].item() == "reprint"
        and len(aligned) == 20
        and set(aligned["relation"]) <= {"same", "edited"}
    )


def test_a_quarter_of_the_sentences_of_one_outlet_and_episode_make_a_version():
    old, new = ARTICLES.sentences("a"), ARTICLES.sentences("b")
    early, late = ARTICLES.text(old), ARTICLES.text(new[:15] + old[3:8])
    assert relation(ARTICLES.corpus_of(a=(early, OWN), b=(late, OWN))) == "version"
    assert relation(ARTICLES.corpus_of(a=(early, OWN), b=(late, OTHER))) == "shared_origin"
    assert (
        relation(ARTICLES.corpus_of(a=(early, OWN), b=(late, OWN | {"episode": "day-2"}))) == "shared_origin"
    )
    unknown = {"outlet": "unknown"}
    assert relation(ARTICLES.corpus_of(a=(early, unknown), b=(late, unknown))) == "shared_origin"


def test_what_the_manifest_calls_versions_is_never_a_reprint():
    own = ARTICLES.text(ARTICLES.sentences("a"))
    more = own + "\n\n" + ARTICLES.text(ARTICLES.sentences("b", 4))
    early, late = OWN | {"version": "early"}, OWN | {"version": "late"}
    assert relation(ARTICLES.corpus_of(a=(own, early), b=(more, late))) == "version"
    assert relation(ARTICLES.corpus_of(a=(own, OWN), b=(more, OWN))) == "reprint"


def test_quotations_alone_relate_nothing():
    quotes = [
        ARTICLES.QUOTE,
        "“The ice will be gone by the end of the month, and not a day before it,” the keeper told the council.",
    ]
    one, two = ARTICLES.sentences("a"), ARTICLES.sentences("b")
    corpus = ARTICLES.corpus_of(a=(ARTICLES.text(one + quotes), OWN), b=(ARTICLES.text(two + quotes), OTHER))
    found, aligned = shared(corpus)
    assert found["relation"].to_list() == ["none"] and aligned.empty
    assert found["containment"].item() > found["containment_without_quotes"].item()


def test_a_speech_of_many_paragraphs_that_two_print_relates_nothing():
    """Its mark opens once and closes at its end, as many papers print it; most open it anew in every paragraph."""
    lines = ARTICLES.sentences("speech", 12)
    once = "\n\n".join([f"“{lines[0]}", *lines[1:-1], f"{lines[-1]}”"])
    anew = "\n\n".join([*(f"“{line}" for line in lines[:-1]), f"“{lines[-1]}”"])
    one, two = (ARTICLES.text(ARTICLES.sentences(seed, 8)) for seed in "ab")
    for speech in (once, anew):
        corpus = ARTICLES.corpus_of(
            a=(f"{one}\n\n{speech}\n\n{one[:60]}", OWN), b=(f"{two}\n\n{speech}", OTHER)
        )
        assert relation(corpus) == "none"


def test_one_paragraph_of_background_relates_nothing():
    background = ARTICLES.sentences("background", 2)
    one, two = ARTICLES.sentences("a"), ARTICLES.sentences("b")
    corpus = ARTICLES.corpus_of(
        a=(ARTICLES.text(one + background), OWN),
        b=(ARTICLES.text(two + background), OWN | {"episode": "day-2"}),
    )
    assert relation(corpus) == "none"


def test_texts_without_a_run_of_words_in_common_have_no_row():
    corpus = ARTICLES.corpus_of(a="The ferry waits.", b="A school opens on Monday at nine.", c="")
    found, aligned = shared(corpus)
    assert found.empty and aligned.empty and list(found.columns) == OVERLAP.names


def test_the_sample_story_has_one_reprint_and_one_pair_of_versions(harbour):
    related = harbour.overlap[harbour.overlap["relation"] != "none"]
    assert related[["doc_id_a", "doc_id_b", "relation"]].to_numpy().tolist() == [
        ["meridian-1-early", "meridian-1-late", "version"],
        ["meridian-2", "meridian-2-reprint", "reprint"],
    ]


def test_of_the_founding_story_the_two_of_ap_are_versions_and_no_other_pair_is_related(founding_with_texts):
    related = founding_with_texts.overlap.query("relation != 'none'")
    assert related[["doc_id_a", "doc_id_b", "relation"]].to_numpy().tolist() == [
        ["ap-early", "ap-late", "version"]
    ]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.sampled_from("abc"), max_size=14), min_size=2, max_size=5))
def test_shared_runs_are_those_that_a_naive_count_finds(texts):
    given_texts = {
        f"d{n}": " ".join(words).capitalize() + "." if words else "" for n, words in enumerate(texts)
    }
    corpus = ARTICLES.corpus_of(**given_texts)
    found = wordings(corpus.texts, corpus.sentences, corpus.quoted_spans)
    ids = [doc_id for doc_id in corpus.documents["doc_id"] if doc_id in found]
    runs = {}
    for doc_id in ids:
        words = found[doc_id].words
        runs[doc_id] = {tuple(words[n : n + 5]) for n in range(max(1, len(words) - 4))}
    expected = {
        (a, b): (len(runs[ids[a]] & runs[ids[b]]), min(len(runs[ids[a]]), len(runs[ids[b]])))
        for a in range(len(ids)) for b in range(a + 1, len(ids)) if runs[ids[a]] & runs[ids[b]]
    }  # fmt: skip
    got = {(a, b): (n, of) for a, b, n, of, _, _ in shared_shingles([found[doc_id] for doc_id in ids])}
    assert got == expected
