"""Rows of tables: a text is whole or refused, and what stands in angle brackets is text where it is no tag."""

from __future__ import annotations

import json

import pytest

from analysis.corpus.formats import read_data

LEAD, REST = (
    "The council voted on Wednesday to build a bridge.",
    "It will cost nine million, and open in May.",
)


def read(row: dict[str, str], **options):
    (one,) = read_data(json.dumps([row]).encode(), "a.json", **options)
    return one


FACTIVA = {"HD": "Vote", "LP": LEAD, "TD": REST, "SN": "Echo"}


def test_a_text_of_two_columns_is_refused_without_one_of_them():
    assert read(FACTIVA).text == f"{LEAD}\n\n{REST}"
    assert (
        read(FACTIVA | {"TD": " "}).reason
        == "TD is empty and LP alone is only a part of the article; allowed: the full text"
    )
    assert read(FACTIVA | {"LP": ""}).reason.startswith("LP is empty and TD alone")
    assert "empty" in read(FACTIVA | {"LP": "", "TD": ""}).reason


def test_another_column_with_the_full_text_stands_in_for_them_and_a_part_does_not():
    assert read(FACTIVA | {"TD": "", "Full Text": f"{LEAD} {REST}"}).text == f"{LEAD} {REST}"
    parts = {"Lead Paragraph": "", "Text": REST, "Source Name": "Echo"}
    assert read(parts).reason.startswith("Lead Paragraph is empty and Text alone")


def test_when_a_service_met_an_article_is_not_when_it_was_published():
    row = {
        "uri": "1",
        "isDuplicate": False,
        "title": "Vote",
        "body": LEAD,
        "dateTime": "2024-05-05T10:00:00Z",
    }
    assert "published_at" not in read(row).fields
    assert (
        read(row | {"dateTimePub": "2024-05-04T10:00:00Z"}).fields["published_at"] == "2024-05-04T10:00:00Z"
    )


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Write to <i>him</i> or to <ann@x.example> today.", "Write to him or to <ann@x.example> today."),
        ("He said a<b and c>d. It <3 costs < 9.<p>", "He said a<b and c>d. It <3 costs < 9."),
        (
            "<p>See <http://dale.example/a>, she wrote to <Ann Lee>.</p>",
            "See <http://dale.example/a>, she wrote to <Ann Lee>.",
        ),
        ("<p>One<br/>two</p ><my-box>three</my-box>", "One\ntwo\nthree"),
        (
            '<p class="a">A <b>bold</b> <a href=x>link</a><o:p></o:p><!-- no --></p>',
            "A bold link",
        ),
    ],
)
def test_only_tags_are_taken_out_of_a_cell(cell, text):
    assert read({"text": cell}).text == text
