"""When an article was published is told by what says so, and by nothing that only holds a date."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.cleaning import clean
from analysis.corpus.dates import Published, published
from analysis.corpus.decoding import decode

STORY = (
    "The harbour council voted on Tuesday to close the northern pier for two years, ending a dispute.\n"
    "Fishermen said the closure would cost them a third of their income. Some had slept in their boats.\n"
    "Work is expected to begin in the autumn, the council said in a statement on its website."
)


def of(raw: str, **fields: str) -> Published:
    return published(clean(raw).rows, raw, fields)


def page(*above: str) -> str:
    return "\n".join(("Council closes northern pier for two years", *above, STORY))


def test_dates_are_what_was_decided_before_the_first_run(page_end):
    found = published(clean(page_end.raw).rows, page_end.raw, page_end.fields)
    answers = page_end.answers
    assert (found.at, found.updated_at) == (answers.get("published", ""), answers.get("updated", "")), found
    assert found.precision == ("none" if not found.at else "minute" if "T" in found.at else "day")
    if answers.get("warns") == "published_at":
        assert [kind for kind, *_ in found.warnings] == ["published_at"]


def test_the_source_names_the_line():
    assert of(page("By Tess Arden", "Sept. 13, 2023")).source == "line 3"


def test_the_source_is_what_the_reader_says():
    found = of(STORY, published_at="2023-09-13T07:20+00:00", published_source="JSON-LD datePublished")
    assert (found.at, found.source) == ("2023-09-13T07:20+00:00", "JSON-LD datePublished")


def test_a_column_is_a_source():
    assert of(STORY, published_at="13 Sep 2023").source == "column published_at"


def test_a_page_gives_the_hour_of_a_day_that_the_file_names():
    found = of(page("Sept. 13, 2023 3:01 PM UTC"), published_at="2023-09-13")
    assert (found.at, found.source) == ("2023-09-13T15:01+00:00", "column published_at; line 2")


def test_a_file_and_its_page_that_differ_are_told_apart():
    found = of(page("Sept. 19, 2023"), published_at="2023-09-13")
    assert found.at == "2023-09-13"
    assert found.warnings == (
        (
            "published_at",
            1,
            "column published_at says 2023-09-13, line 2 says 2023-09-19: the former was taken",
        ),
    )


def test_a_guess_of_the_reader_stands_behind_the_page():
    found = of(page("Sept. 13, 2023"), published_at="2023-09-01", published_source="htmldate")
    assert (found.at, found.source) == ("2023-09-13", "line 2")


def test_the_address_names_a_day_where_nothing_else_does():
    for url in (
        "https://a.example/2023/09/13/pier",
        "https://a.example/2023/sep/13/pier",
        "https://a.example/20230913/1",
    ):
        assert (of(STORY, url=url).at, of(STORY, url=url).source) == ("2023-09-13", "url")


@pytest.mark.parametrize("path", ["2010345.html", "2023/13/13/x", "2023/45", "id-20230913", "2031/01/02/x"])
def test_a_number_in_an_address_is_no_day(path):
    assert of(STORY, url=f"https://a.example/{path}").at == ""


def test_an_ambiguous_day_is_left_out_and_its_line_named():
    found = of(page("By Tess Arden", "9/10/23"))
    assert (found.at, found.precision) == ("", "none")
    assert found.warnings == (
        ("published_at", 1, "line 3: '9/10/23' can be read as two days and was left out"),
    )


def test_an_ambiguous_cell_says_what_is_allowed():
    ((kind, n, message),) = of(STORY, published_at="9/10/23").warnings
    assert (kind, n) == ("published_at", 1)
    assert message.startswith(
        "published_at '9/10/23' can be read as two days and was left out; allowed: 2023-09-13"
    )


def test_a_day_to_come_is_refused():
    year = datetime.now(UTC).year + 2
    for found in (of(page(f"Sept. 13, {year}")), of(STORY, published_at=f"{year}-09-13")):
        assert found.at == ""
        assert f"{year}-09-13" in found.warnings[0][2]
        assert "lies in the future" in found.warnings[0][2]


def test_tomorrow_is_today_somewhere():
    day = (datetime.now(UTC) + timedelta(hours=14)).date().isoformat()
    assert of(STORY, published_at=day).at == day


def test_an_update_is_no_publication():
    found = of(page("Updated Sept. 13, 2023 3:01 PM UTC"))
    assert (found.at, found.updated_at) == ("", "2023-09-13T15:01+00:00")
    assert "only an update is dated (line 2" in found.warnings[0][2]


def test_the_day_on_which_a_page_was_looked_at_is_no_publication():
    raw = f"Tuesday, June 25, 2024\nNorland Tribune\nCouncil closes northern pier\n{STORY}"
    assert of(raw).at == ""


def test_a_day_after_the_last_update_is_no_publication():
    found = of(page("June 25, 2024", "Updated Sept. 13, 2023"))
    assert (found.at, found.updated_at) == ("", "2023-09-13")


@pytest.mark.parametrize(
    "line",
    [
        "© 2023 Norland Tribune",
        "Ships lie off the pier on Sept. 13, 2023. (Photo: Ida Grahn)",
        "A picture taken on Sept. 13, 2023 shows the pier in the rain.",
        "2 hours ago",
        "The vote of Sept. 13, 2023 was the third of its kind in a decade",
    ],
)
def test_a_line_that_only_holds_a_date_is_no_publication(line):
    assert of(page("By Tess Arden", line)).at == ""


def test_a_day_in_the_story_is_no_publication():
    assert of(f"{page()}\nAn earlier inspection took place on 4 May 2019, the council said.").at == ""


def test_an_empty_file_has_no_date():
    assert of("") == Published("", "none", "", "", ())


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Updated ", "Published ", "13 Sep 2023", "9/10/23", " 3:01 PM ET", "\n", "By ", STORY]
        )
        | st.text(max_size=30),
        max_size=20,
    ).map("".join),
    st.text(max_size=40),
)
def test_any_text_has_a_day_of_the_past_or_none(raw, value):
    found = of(raw, published_at=value, url=value)
    if found.at:
        at = datetime.fromisoformat(found.at).replace(tzinfo=None)
        assert at < datetime.now() + timedelta(days=3)
    assert (found.precision == "none") == (found.at == "")


@pytest.mark.parametrize(
    "line", ["Sept 13, " * 40, "1:1" * 130, "1/2/23 " * 50, "Published " * 40, "12:30 " * 66]
)
def test_no_line_is_slow(line):
    raw = "\n".join([line] * 60)
    starts = [n * (len(line) + 1) for n in range(60)]
    roles = ["byline"] * 30 + ["body"] + ["credit"] * 29
    lines = [
        (n, start, start + len(line), role, True, "")
        for n, start, role in zip(range(1, 61), starts, roles, strict=True)
    ]
    before = time.perf_counter()
    published(lines, raw, {"published_at": line})
    assert time.perf_counter() - before < 0.5


FOUNDING = {  # doc_id -> published_at, updated_at by the text alone
    "reuters": ("2023-09-13", "2023-09-13"),
    "ap-early": ("2023-09-13T14:15+09:00", ""),
    "ap-late": ("", ""),
    "afp": ("", "2023-09-13T17:29"),
    "washington-post": ("", ""),
}


def test_the_founding_articles_have_the_dates_that_people_read_in_them(shared, root):
    """But for AFP's: people took the republisher's update for its publication, and knew that its clock is Dhaka's."""
    folder = root / "data" / "kim-putin-2023"
    manifest = pd.read_csv(folder / "documents.csv", dtype=str, keep_default_na=False).set_index("doc_id")
    for doc_id, expected in FOUNDING.items():
        raw = decode(
            (shared / "stories" / folder.name / "articles" / manifest["file"][doc_id]).read_bytes()
        ).text
        found = of(raw)
        assert (found.at, found.updated_at) == expected
        if doc_id == "afp":
            assert manifest["published_at"][doc_id].startswith(found.updated_at)
        else:
            assert found.at == manifest["published_at"][doc_id]


def test_the_day_on_which_somebody_mailed_an_article_is_no_publication():
    mail = "From: Ida Grahn <ida@dale.example>\nDate: Tue, 19 Sep 2023 09:12:00 +0200\nTo: desk\nSubject: pier\n\n"
    assert of(mail + page("By Tess Arden")).at == ""


def test_the_name_of_a_paper_before_a_day_makes_a_line_of_the_date():
    assert of(page("The Capital Chronicle, 1 October 2023")).at == "2023-10-01"
