"""Copies of one text are shown with what was changed, with the texts and without them."""

from __future__ import annotations

from analysis.publishing.tables import shared_passages, version_changes


def shown(display) -> str:
    return display._repr_html_()


def test_related_pairs_are_listed_and_the_others_summed_up(harbour):
    html = shown(shared_passages(harbour))
    assert "versions of one story" in html and "a reprint" in html
    n = len(harbour.documents)
    assert (
        f"Of {n * (n - 1) // 2} pairs of copies {n * (n - 1) // 2 - 2} share no more than quotations" in html
    )


def test_values_that_differ_stand_first_and_every_sentence_after_them(harbour):
    html = shown(version_changes(harbour))
    assert html.index("Values and names that differ") < html.index("Sentence by sentence")
    assert "<td>40</td><td>60</td>" in html.replace(' class="left"', "")
    assert "edited" in html and "added" in html and "dropped" in html


def test_without_the_texts_places_are_shown_and_no_word(harbour, harbour_without_texts):
    html = shown(version_changes(harbour_without_texts))
    assert "paragraph 4, sentence 5" in html and "Values and names" not in html
    assert shown(shared_passages(harbour_without_texts)) == shown(shared_passages(harbour))


def test_a_story_without_related_copies_says_so(harbour):
    alone = harbour.showing(["courier", "ledger"])
    assert "Nothing to list" not in shown(version_changes(alone))
    assert "No copy is a version" in shown(version_changes(alone))
    assert "share no more than quotations" in shown(shared_passages(alone))
