"""The words of the reports: nothing is claimed that is not clear, and nothing of an outlet, or of an intent."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from analysis.publishing import texts
from analysis.publishing.displays import Verbatim

# Words that ascribe an intent, rank, or turn an observation into a verdict.
FORBIDDEN = re.compile(
    r"\b(emphasi[sz]|downplay|ignor|omit|bias score|slant|spin\b|worst|best\b|most biased|propagand|manipulat|"
    r"conceal|hid(es|den)|refus|fail(s|ed) to|significan)\w*",
    re.IGNORECASE,
)


def words(display) -> str:
    return re.sub(r"<[^>]+>", " ", str(display.html()))


def said(story) -> dict[str, str]:
    """Everything that is written about a story."""
    shown = {
        "scope": texts.scope(story),
        "limits": texts.limits(),
        "validity of lists": texts.validity_of_lists(story),
        "attribution error": texts.attribution_error(),
        "cues": texts.dictionary_sheet(story, "cues"),
        "method": texts.method(story),
        "citation": texts.citation(story, "Framing"),
        "findings": texts.findings(story),
        "themes": texts.dictionary_sheet(story, "themes"),
        "frames": texts.dictionary_sheet(story, "generic_frames"),
    }
    shown |= {f"findings of {outlet}": texts.findings(story, outlet=outlet) for outlet in story.outlets}
    return {name: words(display) for name, display in shown.items()}


@pytest.mark.parametrize("story", ["founding", "harbour", "many_days"])
def test_no_text_ascribes_an_intent_or_ranks(request, story):
    for name, text in said(request.getfixturevalue(story)).items():
        assert text.strip() and not FORBIDDEN.search(text), name
        assert " nan" not in text and "None" not in text.replace("None of ", "")


def only(story, n: int):
    """The story with the first `n` judged differences clear."""
    table = story.differences.assign(is_clear=False)
    table.loc[table.index[table["low_family"].notna()][:n], "is_clear"] = True
    return replace(story, differences=table)


def test_a_difference_is_said_only_where_it_is_clear(founding):
    judged, n = int(founding.differences["low_family"].notna().sum()), len(founding.differences)
    none = words(texts.findings(only(founding, 0)))
    assert f"{judged} of {n} differences could be judged; none of them is clear in these copies" in none
    assert "higher" not in none and "lower" not in none
    one = texts.findings(only(founding, 1))
    assert one.html().count("<li>") == 1
    assert f"1 is clear, {judged - 1} were judged and are too little text to tell" in words(one)


def test_many_clear_differences_are_a_table(founding):
    many = texts.findings(only(founding, 12))
    assert "12 differences are clear in these copies" in words(many) and many.html().count("<tr>") == 13


def test_a_finding_speaks_of_copies_with_its_interval(founding):
    [sentence] = texts.sentences(founding, only(founding, 1).differences)
    row = only(founding, 1).differences.query("is_clear").iloc[0]
    labels = founding.labels
    assert sentence.startswith(f"The copy of {labels[row['doc_id_a']]}: ")
    assert f"that of {labels[row['doc_id_b']]}" in sentence and sentence.endswith("; clear in these copies.")
    assert (" higher than " if row["value"] > 0 else " lower than ") in sentence
    assert re.search(r"by [\d.,]+[^(]* \(\D?[\d.,]+ to [\d.,]+\)", sentence)


def test_findings_of_one_question_are_those_of_its_family(founding):
    for family in ("sourcing", "framing", "sentiment", "readability"):
        own = founding.differences[founding.differences["family"] == family]
        text = words(texts.findings(founding, family=family))
        assert f"{own['low_family'].notna().sum()} of {len(own)} differences" in text


def test_without_a_pair_nothing_can_be_compared(founding):
    alone = replace(founding, differences=founding.differences.iloc[:0])
    assert "No two copies of this story can be compared." in words(texts.findings(alone))


def test_a_page_that_shows_some_outlets_says_so(founding):
    assert texts.shown(founding, []) is None
    assert "compares AFP with each other outlet" in words(texts.shown(founding, ["afp"]))
    assert "shows Reuters, AFP alone" in words(texts.shown(founding, ["reuters", "afp"]))


def test_the_scope_says_that_copies_are_not_outlets(founding, harbour):
    assert "(one episode), not of outlets" in words(texts.scope(founding))
    assert "(3 episodes), not of outlets" in words(texts.scope(harbour))


def clear_outlets(story, n: int):
    """The story with the first `n` judged differences of outlets clear, and every judged one of copies."""
    table = story.differences
    judged, is_outlet = table["low_family"].notna(), table["scope"] == "outlet"
    table = table.assign(is_clear=judged & ~is_outlet)
    table.loc[table.index[judged & is_outlet][:n], "is_clear"] = True
    return replace(story, differences=table)


def test_from_ten_shared_episodes_on_the_scope_is_of_outlets(many_days):
    text = words(texts.scope(many_days))
    assert "speak of outlets on one story (10 episodes)" in text and "not of outlets" not in text
    assert "(1 of 3 pairs of outlets do)" in text


def test_a_page_that_shows_some_outlets_speaks_as_the_story_does(many_days):
    apart = many_days.showing(["meridian", "ledger"])
    assert "0 of 1 pairs of outlets do" in words(texts.scope(apart))
    assert "differences of outlets could be judged" in words(texts.findings(apart))


@pytest.mark.parametrize("n", [0, 2, 9])
def test_findings_of_outlets_count_no_difference_of_copies(many_days, n):
    story = clear_outlets(many_days, n)
    table = story.differences[story.differences["scope"] == "outlet"]
    judged = int(table["low_family"].notna().sum())
    text = words(texts.findings(story))
    if n:
        assert f"Of {len(table)} differences of outlets {n} are clear, {judged - n} were judged" in text
    else:
        assert (
            f"{judged} of {len(table)} differences of outlets could be judged; none of them is clear" in text
        )
    assert "in these copies" not in text and "The copy of" not in text
    assert texts.judged(story) == f"{judged} of outlets, {n} clear over the episodes both cover"


@pytest.mark.parametrize("n", [0, 2, 9])
def test_the_summary_of_outlets_names_no_copies(many_days, n):
    text = " ".join(texts.summary(clear_outlets(many_days, n)))
    assert "copies" not in text and "copy" not in text
    assert ("too small to be told from these episodes" in text) == (n == 0)
    assert ("4 of 4 judged differences between two outlets are clear: Words inside" in text) == (n == 9)


def test_an_outlet_of_too_few_episodes_has_its_reason_and_no_finding(many_days):
    text = words(texts.findings(many_days, outlet="ledger"))
    assert "None of 38 differences of outlets could be judged." in text  # two pairs, nineteen measures
    assert "too few episodes: 9 with a figure of both, 10 needed" in text


def test_limits_and_method_say_that_outlets_are_spoken_of(many_days, founding):
    assert "how these outlets differ" in words(texts.limits(many_days))
    assert words(texts.limits(founding)) == words(texts.limits())
    assert "Findings are told of outlets alone" in words(texts.method(many_days))
    assert "told of outlets" not in words(texts.method(founding))
    assert texts.cannot(founding) == texts.CANNOT != texts.cannot(many_days)


def test_what_changed_is_said_and_nothing_where_nothing_did(founding):
    note = texts.changed(replace(founding, changed=("story.yml", "code")))
    assert note.kind == "warning" and "story.yml, code" in note.text
    assert texts.changed(replace(founding, changed=())) is None


def test_the_method_names_instruments_versions_and_seed(founding):
    text = words(texts.method(founding))
    counted = founding.documents.loc[founding.documents["is_counted"], "n_words"].sum()
    assert f"5 copies ({counted:,} words" in text
    for part in (
        "textstat ",
        "vaderSentiment ",
        "Romano and Wolf 2005",
        "2,000 resamples",
        "10,000 resamples",
        "Seed ",
    ):
        assert part in text
    assert "98.75 %" in text  # four questions share 5 %


def test_the_error_of_attributions_is_that_which_was_measured():
    text = words(texts.attribution_error())
    found = texts.validity.measured("Attributions: indirect ones found")
    assert f"Measured on {found.on}: {texts.percent(found.measured)} of the paraphrases" in text
    assert "an upper bound" in text


@pytest.mark.parametrize(
    ("measured", "shown"),
    [
        ("0.542 (0.51 to 0.57)", "54 %"),
        ("F1 0.998", "100 %"),
        ("of 293 articles .71", "71 %"),
        ("1.0", "100 %"),
    ],
)
def test_a_measured_share_is_told_in_per_cent(measured, shown):
    assert texts.percent(measured).replace("\u00a0", " ") == shown


def test_what_is_no_share_is_not_told_as_one():
    with pytest.raises(ValueError, match="no share from 0 to 1 in '11 of 8,815'"):
        texts.percent("11 of 8,815")


def test_a_report_can_be_cited_in_words_and_in_bibtex(founding):
    stack = texts.citation(founding, "Framing", "washington-post")
    bibtex = next(one.text for one in stack.displays if isinstance(one, Verbatim))
    assert bibtex.startswith("@misc{parallax-kim-putin-2023-washington-post-framing,\n")
    assert "title = {{The Washington Post: Framing. Kim Jong Un meets" in bibtex
    assert bibtex.count("{") == bibtex.count("}") and "“The Washington Post: Framing”" in words(stack)
    odd = replace(founding, about=founding.about.model_copy(update={"title": "{A} & B\\_"}))
    assert r". A \& B\_}}" in next(
        one.text for one in texts.citation(odd, "Corpus").displays if isinstance(one, Verbatim)
    )


def test_the_citation_says_whose_the_texts_are(founding, harbour):
    assert "The articles belong to their publishers" in words(texts.citation(founding, "Framing"))
    assert "The texts ship with the story." in words(texts.citation(harbour, "Framing"))


def test_themes_say_when_they_were_written(founding):
    assert "Written after reading, 2026-11-22" in words(texts.dictionary_sheet(founding, "themes"))
