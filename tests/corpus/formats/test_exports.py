"""Exports of archives and collectors are read by their own columns, and those without texts are refused.

The files in `exports` keep to the layouts that the services document; their texts are invented. What is expected is
taken from the columns that hold it by those documents.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from analysis.corpus.formats import read_data
from analysis.corpus.formats.item import Item, Refused

FILES = Path(__file__).parent / "exports"
# file -> the service, and where its documents say that a thing stands
TABLES = {
    "media_cloud.csv": ("Media Cloud", ["text"], {
        "doc_id": "id", "outlet": "media_name", "headline": "title", "published_at": "publish_date", "url": "url", "language": "language",
    }),
    "factiva.csv": ("Factiva", ["LP", "TD"], {
        "doc_id": "AN", "outlet": "SN", "headline": "HD", "byline": "BY", "published_at": "PD ET", "section": "SE", "language": "LA",
    }),
    "proquest.csv": ("ProQuest", ["FullText"], {
        "doc_id": "StoreId", "outlet": "pubtitle", "headline": "Title", "byline": "Authors", "published_at": "pubdate", "section": "section",
        "url": "DocumentURL", "language": "language",
    }),
}  # fmt: skip
WITHOUT_TEXT = {
    "media_cloud_metadata.csv": "Media Cloud",
    "proquest_metadata.csv": "ProQuest",
    "factiva_leads.csv": "Factiva",
    "gdelt_articles.json": "GDELT",
    "gdelt_bigquery.csv": "GDELT",
    "gdelt_gkg.csv": "GDELT",
    "gdelt_events.csv": "GDELT",
    "gdelt_mentions.csv": "",  # holds neither a line of names nor a row that is told from another table
    "gdelt_articles.csv": "",
}


def read(name: str, **options) -> list[Item | Refused]:
    return list(read_data((FILES / name).read_bytes(), name, **options))


def rows(name: str) -> list[dict[str, str]]:
    with (FILES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def expected(row: dict[str, str], texts: list[str], columns: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Text and fields of a row, by the columns that hold them."""
    fields = {
        target: " ".join(row[name] for name in names.split() if row[name])
        for target, names in columns.items()
    }
    text = "\n\n".join(row[name] for name in texts if row[name])
    return text, {target: value for target, value in fields.items() if value}


def said(one: Item) -> tuple[str, dict[str, str]]:
    """Text and fields of an article, without the name of the column of its date."""
    return one.text, {name: value for name, value in one.fields.items() if name != "published_source"}


def as_csv(name: str) -> bytes:
    return (FILES / name).read_bytes()


def as_excel(name: str) -> bytes:
    """As a spreadsheet of a country with decimal commas saves it."""
    table = rows(name)
    writer = csv.DictWriter(buffer := io.StringIO(), table[0], delimiter=";")
    writer.writeheader()
    writer.writerows(table)
    return buffer.getvalue().encode("utf-8-sig")


def as_lines(name: str) -> bytes:
    return "\n".join(json.dumps(row) for row in rows(name)).encode()


def as_parquet(name: str) -> bytes:
    pd.DataFrame(rows(name)).to_parquet(buffer := io.BytesIO())
    return buffer.getvalue()


@pytest.mark.parametrize("written", [as_csv, as_excel, as_lines, as_parquet])
@pytest.mark.parametrize("name", TABLES)
def test_an_export_is_read_by_its_columns_whatever_it_was_saved_as(name, written):
    service, texts, columns = TABLES[name]
    found = list(read_data(written(name), "export"))
    assert [said(one) for one in found] == [expected(row, texts, columns) for row in rows(name)]
    assert any(kind == "export" and service in message for kind, _, message in found[0].repairs)
    assert all(kind != "export" for kind, _, _ in found[1].repairs)


def test_a_date_names_the_column_that_it_stands_in():
    for name, column in (("media_cloud.csv", "publish_date"), ("proquest.csv", "pubdate")):
        assert {one.fields["published_source"] for one in read(name)} == {f"column {column}"}
    first = read("factiva.csv")[0]
    assert first.fields["published_source"] == "column PD and ET"


def test_an_answer_of_event_registry_is_a_list_of_its_articles():
    listed = json.loads((FILES / "event_registry.json").read_text("utf-8"))["articles"]["results"]
    found = read("event_registry.json")
    assert [one.text for one in found] == [row["body"] for row in listed]
    assert [one.unit for one in found] == ["article 1", "article 2"]
    assert [one.fields for one in found] == [
        {
            "doc_id": row["uri"], "outlet": row["source"]["title"], "headline": row["title"], "url": row["url"], "language": row["lang"],
            "published_at": row["dateTimePub"], "published_source": "column dateTimePub",
        } | ({"byline": "; ".join(author["name"] for author in row["authors"])} if row["authors"] else {})
        for row in listed
    ]  # fmt: skip


@pytest.mark.parametrize("value", [None, ""])
def test_the_moment_at_which_event_registry_met_an_article_is_not_that_of_publication(value):
    listed = json.loads((FILES / "event_registry.json").read_text("utf-8"))["articles"]["results"]
    undated = [row | {"dateTimePub": value, "dateTime": "2031-03-09T23:59:59Z", "date": ""} for row in listed]
    for one in read_data(json.dumps(undated).encode(), "event_registry.json"):
        assert isinstance(one, Item) and "published_at" not in one.fields


def test_news_please_gives_the_text_and_not_the_description():
    lines = [json.loads(line) for line in (FILES / "news_please.jsonl").read_text("utf-8").splitlines()]
    first, undated, without = read("news_please.jsonl")
    assert [first.text, undated.text] == [lines[0]["maintext"], lines[1]["maintext"]]
    assert first.fields == {
        "headline": lines[0]["title"], "byline": "; ".join(lines[0]["authors"]), "url": lines[0]["url"], "language": "en",
        "published_at": lines[0]["date_publish"], "published_source": "column date_publish", "updated_at": lines[0]["date_modify"],
    }  # fmt: skip
    assert isinstance(without, Refused) and without.line == 3 and "maintext is null" in without.reason


def test_the_day_of_a_download_is_not_that_of_publication():
    _, undated, _ = read("news_please.jsonl")
    assert not {"published_at", "published_source", "byline"} & undated.fields.keys()
    for one in read("media_cloud.csv"):
        assert "02:14" not in one.fields["published_at"] and "11:40" not in one.fields["published_at"]


@pytest.mark.parametrize("name", WITHOUT_TEXT)
def test_an_export_without_texts_is_refused_as_a_whole_with_that_reason(name):
    (one,) = read(name)
    assert isinstance(one, Refused) and one.unit == ""
    assert "holds no text" in one.reason and "allowed: an export with full text" in one.reason
    assert WITHOUT_TEXT[name] in one.reason


@pytest.mark.parametrize(
    ("name", "column"), [("proquest_metadata.csv", "Abstract"), ("factiva_leads.csv", "Lead Paragraph")]
)
def test_a_summary_is_named_and_is_a_text_only_by_the_word_of_the_user(name, column):
    (refused,) = read(name)
    assert f"{column!r} is no full text" in refused.reason
    found = read(name, columns={"text": column})
    assert [one.text for one in found] == [row[column] for row in rows(name)]


def test_a_packed_file_of_gdelt_is_refused_by_its_inner_name():
    with zipfile.ZipFile(buffer := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(FILES / "gdelt_gkg.csv", "20310306091500.gkg.csv")
    (one,) = read_data(buffer.getvalue(), "20310306091500.gkg.csv.zip")
    assert one.file.endswith(".zip/20310306091500.gkg.csv") and "holds no text" in one.reason


def test_a_lead_of_factiva_without_the_text_behind_it_is_refused_and_costs_only_its_row():
    first, second = rows("factiva.csv")
    whole = read("factiva.csv")
    assert whole[0].text == f"{first['LP']}\n\n{first['TD']}"
    data = (FILES / "factiva.csv").read_text("utf-8").replace(second["TD"], "")
    kept, refused = read_data(data.encode(), "factiva.csv")
    assert kept.text == whole[0].text
    assert isinstance(refused, Refused) and "TD is empty" in refused.reason


def test_the_word_of_the_user_stands_above_the_columns_of_an_export():
    found = read("factiva.csv", columns={"text": "TD", "outlet": "PUB"})
    assert [(one.text, one.fields["outlet"]) for one in found] == [
        (row["TD"], row["PUB"]) for row in rows("factiva.csv")
    ]
