"""Downloads of Nexis Uni: every piece of one is an article or a refusal, and a text goes on to its end."""

from __future__ import annotations

import pytest

from analysis.corpus.formats import nexis
from analysis.corpus.formats.item import Item, Limits, Refused

FIRST = ["Bridge is voted", "The Dale Courier", "September 13, 2023", "Length: 12 words", "Body",
         "The council voted on Wednesday to build a bridge across the harbour.", "End of Document"]  # fmt: skip
LINE = "The ferry ran aground and forty people were brought ashore by boat."  # 12 words
ARREST = "The minister was arrested at noon, two officials said."  # 9 words


def read(lines: list[str]) -> list[Item | Refused]:
    return list(nexis.articles(lines, "n.docx", limits=Limits()))


@pytest.mark.parametrize(
    "date", ["13/09/2023", "13.9.2023", "September 2023", "Wednesday, September 13, 2023", "2023-09-13"]
)
def test_an_article_without_a_length_is_read_whatever_the_form_of_its_date(date):
    _, second = read(
        [*FIRST, "Ferry aground", "The Post", date, "Byline: Ann Lee", "Body", LINE, "End of Document"]
    )
    assert second.text == LINE and second.fields == {
        "headline": "Ferry aground", "outlet": "The Post", "published_at": date, "published_source": "Nexis date line", "byline": "Ann Lee",
    }  # fmt: skip


def test_an_article_without_a_known_date_is_read_and_its_outlet_left_open():
    _, second = read(
        [*FIRST, "Ferry aground", "The Post", "im Herbst", "Byline: Ann Lee", "Body", LINE, "End of Document"]
    )
    assert second.text == LINE and second.fields == {"headline": "Ferry aground", "byline": "Ann Lee"}


def test_a_piece_that_is_no_article_is_refused_and_a_cover_is_none():
    cover = ["User Name: = I. Falk", "Documents (1)", "1. Bridge is voted", "End of Document"]
    one, stray = read([*cover, *FIRST, "Only a line", LINE, "End of Document"])
    assert isinstance(one, Item) and isinstance(stray, Refused) and "begins 'Only a line'" in stray.reason
    assert read([*FIRST, "Page 3 of 3"])[1].reason.startswith("has neither a date")


def test_a_day_or_field_in_a_text_without_length_and_body_is_text():
    lines = [
        "Ferry aground",
        "The Post",
        "September 13, 2023",
        LINE,
        "September 14, 2023",
        "Language is power.",
        LINE,
        "End of Document",
    ]
    (one, _) = read([*lines, *FIRST])
    assert one.fields["published_at"] == "September 13, 2023"
    assert one.text == f"{LINE}\nSeptember 14, 2023\nLanguage is power.\n{LINE}"


@pytest.mark.parametrize("heading", ["Notes", "GRAPHIC", "Classification"])
@pytest.mark.parametrize(
    "tail",
    [
        [],
        ["Load-Date: September 14, 2023"],
        ["Classification", "Language: ENGLISH", "Load-Date: September 14, 2023"],
    ],
)
def test_a_heading_in_the_text_ends_no_text(heading, tail):
    stated = 12 * 12 + 1 + 9
    lines = [
        *FIRST[:3],
        f"Length: {stated} words",
        "Body",
        *[LINE] * 12,
        heading,
        ARREST,
        *tail,
        "End of Document",
    ]
    (one,) = read(lines)
    assert one.text.endswith(f"{LINE}\n{heading}\n{ARREST}") and not one.repairs


@pytest.mark.parametrize(
    "tail",
    [["Load-Date: September 14, 2023"], ["Classification", "Language: ENGLISH", "Subject: FERRIES (90%)"]],
)
def test_captions_before_what_the_archive_says_are_left_out_and_counted(tail):
    lines = [
        *FIRST[:3],
        "Length: 24 words",
        "Body",
        LINE,
        LINE,
        "Graphic",
        ARREST,
        ARREST,
        *tail,
        "End of Document",
    ]
    (one,) = read(lines)
    assert one.text == f"{LINE}\n{LINE}" and [repair[:2] for repair in one.repairs] == [("left_out", 2)]


def test_a_notice_behind_the_load_date_is_no_text():
    lines = [
        *FIRST[:-1],
        "Load-Date: September 14, 2023",
        "Copyright 2023 The Dale Courier",
        "End of Document",
    ]
    (one,) = read(lines)
    assert one.text == FIRST[5] and [repair[:2] for repair in one.repairs] == [("left_out", 1)]
