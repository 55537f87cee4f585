"""Word and RTF files are read in order and within bounds; downloads of Nexis Uni are taken apart."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml

from analysis.corpus.formats import format_of, read_data
from analysis.corpus.formats.item import Item, Limits, Refused

LINE = "The ferry to the northern islands stayed in port on Friday, its crew of “nine” said."  # 16 words
COVER = ["User Name: = I. Falk", "Date and Time: = Friday, March 15, 2030 10:02:00 AM CET", "Job Number: = 12", "Documents (2)",
         "1. Islands wait for bread", "2. A bridge too old"]  # fmt: skip


def article(
    title: str, *, words: int = 48, body: int = 3, date: str = "March 14, 2030 Thursday", extra: tuple = ()
) -> list[str]:
    return [
        title, "The Washington Post", date, "Copyright 2030 The Post All Rights Reserved", "Section: WORLD; Pg. A04", f"Length: {words} words",
        "Byline: By Ines Falk", *extra, "Body", *[LINE] * body, "Classification", "Language: ENGLISH", "Load-Date: March 15, 2030", "End of Document",
    ]  # fmt: skip


def word(paragraphs: list[str], cells: list[str] = ()) -> bytes:
    document, buffer = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if cells:
        table = document.add_table(rows=1, cols=len(cells))
        for cell, text in zip(table.rows[0].cells, cells, strict=True):
            cell.text = text
    document.save(buffer)
    return buffer.getvalue()


def rtf(paragraphs: list[str]) -> bytes:
    escaped = (text.replace("“", r"\'93").replace("”", r"\u8221?") for text in paragraphs)
    return (r"{\rtf1\ansi\ansicpg1252\deff0 {\fonttbl{\f0 Arial;}}" + r"\par ".join(escaped) + "}").encode()


@pytest.mark.parametrize("make", [word, rtf])
def test_a_download_of_nexis_is_taken_apart(make):
    lines = (
        COVER
        + article("Islands wait for bread", extra=("Dateline: PORT LORN", "Highlight: No ship on Friday"))
        + article("A bridge too old")
    )
    first, second = read_data(make(lines), "download")
    assert (first.unit, second.unit) == ("article 1", "article 2")
    assert first.text == "\n".join([LINE] * 3) and first.is_clean and not first.repairs
    assert first.fields == {
        "headline": "Islands wait for bread", "outlet": "The Washington Post", "published_at": "March 14, 2030 Thursday",
        "published_source": "Nexis date line", "section": "WORLD; Pg. A04", "byline": "Ines Falk", "dateline": "PORT LORN",
        "deck": "No ship on Friday", "language": "en",
    }  # fmt: skip
    assert second.fields["headline"] == "A bridge too old"


def test_a_title_of_two_lines_without_a_cover_is_one_title():
    lines = [*article("Islands wait"), "and wait", *article("for bread")]
    assert [one.fields["headline"] for one in read_data(word(lines), "a")] == [
        "Islands wait",
        "and wait for bread",
    ]


@pytest.mark.parametrize(
    ("stated", "kinds"), [(48, []), (53, []), (54, ["length"]), (43, []), (42, ["length"])]
)
def test_the_stated_length_is_a_checksum_within_a_tenth_or_five_words(stated, kinds):
    (one,) = read_data(word(article("A", words=stated)), "a")
    assert [kind for kind, _, _ in one.repairs] == kinds


def test_an_article_without_a_text_and_one_missing_from_the_list_are_refused():
    lines = [*COVER[:3], "Documents (3)", *article("Full"), *article("Empty", body=0)]
    full, empty, missing = read_data(word(lines), "a")
    assert isinstance(full, Item) and isinstance(empty, Refused) and empty.unit == "article 2"
    assert "lists 3 documents, 2 were found" in missing.reason


def test_another_word_file_is_one_article_in_order_with_its_tables():
    (one,) = read_data(word(["Islands wait", LINE], ["left", "right"]), "a.txt")
    assert one.text == f"Islands wait\n{LINE}\nleft\nright" and one.unit == "" and not one.is_clean


def test_another_rtf_file_is_one_article_with_its_signs():
    (one,) = read_data(rtf(["Islands wait", LINE]), "a.doc")
    assert one.text == f"Islands wait\n{LINE}"
    (pair,) = read_data(rb"{\rtf1 a ship \u-10179?\u-8704? and half \u-10179? of one}", "a.rtf")
    assert "\U0001f600" in pair.text and "half \ufffd of" in pair.text


def test_formats_are_told_by_content():
    assert format_of(word(["a"]), "a.txt").name == "Word" and format_of(rtf(["a"]), "a.txt").name == "RTF"


def test_a_file_that_unpacks_to_too_much_is_refused_before_it_is_parsed():
    data = word(["a"])
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(bomb := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            new.writestr(part, b" " * 70_000_000 if part == "word/document.xml" else old.read(part))
    (one,) = read_data(bomb.getvalue(), "a.docx")
    assert isinstance(one, Refused) and "allowed: 60,000,000 of a Word file" in one.reason


@pytest.mark.parametrize(
    "data", [word(["a"])[:-40], word([LINE])[:200] + word([LINE])[260:], b"{\\rtf1 }", b"{\\rtf1 {{{{"]
)
def test_a_broken_file_is_refused_or_read_and_never_an_error(data):
    assert all(
        isinstance(one, Refused) and one.reason for one in read_data(data, "a", limits=Limits(seconds=10))
    )


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def with_body(*elements: str) -> bytes:
    """A document whose body begins with `elements`."""
    document, buffer = docx.Document(), io.BytesIO()
    for n, element in enumerate(elements):
        document.element.body.insert(n, parse_xml(element.replace(">", f" {W}>", 1)))
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ("<w:p><w:r><w:t>One</w:t></w:r><w:ins><w:r><w:t> two</w:t></w:r></w:ins></w:p>", "One two"),
        ("<w:p><w:r><w:t>One</w:t></w:r><w:del><w:r><w:delText>no</w:delText></w:r></w:del><w:r><w:t> two</w:t></w:r></w:p>", "One two"),
        ("<w:p><w:moveFrom><w:r><w:t>no</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>One</w:t></w:r></w:moveTo></w:p>", "One"),
        ("<w:p><w:sdt><w:sdtContent><w:r><w:t>One</w:t></w:r></w:sdtContent></w:sdt></w:p>", "One"),
        ("<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>One</w:t></w:r></w:p></w:sdtContent></w:sdt>", "One"),
        ("<w:p><w:hyperlink><w:r><w:t>One</w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t> two</w:t></w:r></w:smartTag></w:p>", "One two"),
        ('<w:p><w:r><w:t>One</w:t><w:br/><w:t>two</w:t><w:br w:type="page"/><w:t>, three</w:t><w:tab/><w:t>four</w:t></w:r></w:p>',
         "One\ntwo, three four"),
    ],
)  # fmt: skip
def test_a_paragraph_holds_all_that_is_printed_of_it(element, text):
    (one,) = read_data(with_body(element), "a.docx")
    assert one.text.replace("\t", " ") == text


def test_cells_are_read_once_merged_or_not_and_tables_in_tables():
    document, buffer = docx.Document(), io.BytesIO()
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "across"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "down"
    table.cell(1, 1).add_table(1, 1).cell(0, 0).text = "inner"
    document.save(buffer)
    (one,) = read_data(buffer.getvalue(), "a.docx")
    assert one.text.split("\n") == ["across", "down", "inner"]
