"""Every construction by which a sentence can attribute a content is offered."""

from __future__ import annotations

import pytest

from analysis.evidence.attribution.candidates import candidates
from tests.evidence.marked_texts import parsed


def offered(text: str) -> dict[str, tuple[str, str, str]]:
    """Construction -> source, cue and content of the candidate, as words of `text` without marks."""
    parse = parsed(text)

    def words(tokens: list[int]) -> str:
        return " ".join(parse.words[at] for at in tokens if any(map(str.isalnum, parse.words[at])))

    return {
        one.construction: (words(one.source), words(one.cue), words(one.content)) for one in candidates(parse)
    }


@pytest.mark.parametrize(
    ("text", "construction", "source", "cue", "content"),
    [
        ("Officials said that the pier was old.", "that", "Officials", "said", "that the pier was old"),
        ("Officials said the pier was old.", "finite", "Officials", "said", "the pier was old"),
        ("Officials asked whether the pier was old.", "wh", "Officials", "asked", "whether the pier was old"),
        ("The pier was old, officials said.", "fronted", "officials", "said", "The pier was old"),
        ("The captain vowed to sail.", "xinfinitive", "The captain", "vowed", "to sail"),
        ("The captain denied the report.", "object", "The captain", "denied", "the report"),
        ("The crew complained about the pier.", "phrase", "The crew", "complained about", "the pier"),
        (
            "The minister is expected to resign.",
            "passive_xinfinitive",
            "",
            "is expected",
            "The minister to resign",
        ),
        ("The plan was praised by the captain.", "by_agent", "the captain", "was praised", "The plan"),
        (
            "The captain's claim that it rained was false.",
            "noun_that",
            "The captain 's",
            "claim",
            "that it rained",
        ),
        (
            "The mayor is confident that it will rain.",
            "adjective_that",
            "The mayor",
            "confident",
            "that it will rain",
        ),
        (
            "The pier was sold, according to officials.",
            "according",
            "officials",
            "according to",
            "The pier was sold",
        ),
        ("The pier was allegedly sold.", "hedge", "", "allegedly", "The pier was sold"),
        ("As the mayor said, the pier was old.", "as_clause", "the mayor", "said", "the pier was old"),
    ],
)
def test_a_construction_is_offered_with_source_cue_and_content(text, construction, source, cue, content):
    assert offered(text)[construction] == (source, cue, content)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor showed Ines Falk around the new harbour.",
        "The two men began the meeting.",
        "The mayor told the Wire.",
        "The police examined the pier.",
    ],
)
def test_what_is_done_to_somebody_or_something_is_no_content(text):
    assert "object" not in offered(text)


def test_what_a_dash_sets_off_from_the_cue_is_no_content_of_its_own():
    found = offered("Berg said the pier was sold, state media reported — a stunning remark.")
    assert found["fronted"] == ("state media", "reported", "Berg said the pier was sold")
    assert "object" not in found


def test_as_with_an_object_of_its_own_reports_nothing():
    assert "as_clause" not in offered("The mayor vowed support as the two leaders held a summit.")


def test_a_cue_inside_a_sentence_has_all_of_it():
    text = (
        "While she slept, thieves took two boats, the harbour police said, the latest in a string of thefts."
    )
    content = "While she slept thieves took two boats the latest in a string of thefts"
    assert offered(text)["inserted"] == ("the harbour police", "said", content)


def test_according_to_after_a_comma_is_said_of_all_that_is_joined():
    text = "The guests left and the two men shook hands, according to officials."
    assert offered(text)["according"][2] == "The guests left and the two men shook hands"


def test_according_to_is_no_part_of_what_another_cue_tells():
    text = "Photos showed Berg was met by Falk, who is linked with efforts to sell the pier, according to officials."
    assert offered(text)["finite"][2] == "Berg was met by Falk who is linked with efforts to sell the pier"


def test_who_says_a_passive_is_no_content_of_it():
    text = "“The pier is old,” the mayor was quoted as saying by the newspaper Meridian."
    assert not any(
        "Meridian" in content for _, _, content in offered(text).values() if "saying" not in content
    )


def test_it_was_reported_names_nobody():
    assert offered("It was reported that the pier was old.")["passive_that"] == (
        "",
        "was reported",
        "that the pier was old",
    )


def test_what_the_outlet_goes_on_with_is_no_content():
    found = offered("The mayor said the pier was old, adding that it would close.")
    assert "adding" not in found["finite"][2]


def test_a_sentence_without_a_cue_offers_nothing():
    assert offered("Rain fell on the pier.") == {}
