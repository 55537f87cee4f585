"""Days and hours are read as news pages write them; what can be read two ways is not read."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.moments import AMBIGUOUS, NO_DAY, NO_YEAR, clock_of, days_apart, moment_of, moments


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Sept. 13, 2023", "2023-09-13"),
        ("September 13th, 2023", "2023-09-13"),
        ("13 September 2023", "2023-09-13"),
        ("13-Sep-2023", "2023-09-13"),
        ("the 1st of June 2024", "2024-06-01"),
        ("2023-09-13", "2023-09-13"),
        ("2023/9/3", "2023-09-03"),
        ("2023.09.13", "2023-09-13"),
        ("13/09/2023", "2023-09-13"),
        ("09/13/2023", "2023-09-13"),
        ("13.9.23", "2023-09-13"),
        ("5/5/2023", "2023-05-05"),
        ("Sept. 13, 2023 3:01 p.m.", "2023-09-13T15:01"),
        ("13 Sep 2023 at 12:05 am", "2023-09-13T00:05"),
        ("13 Sep 2023 at 12:05 pm", "2023-09-13T12:05"),
        ("13 Sep 2023, 9pm", "2023-09-13T21:00"),
        ("3:01 PM EDT, June 3, 2024", "2024-06-03T15:01-04:00"),
        ("08:15, 13 SEP 2023", "2023-09-13T08:15"),
        ("13 September 2023 • 3:01pm", "2023-09-13T15:01"),
        ("Wed 5 Jul 2023 17.00 BST", "2023-07-05T17:00+01:00"),
        ("Sep 13, 2023 3:01 PM EST", "2023-09-13T15:01-05:00"),
        ("Sep 13, 2023 15:01 GMT", "2023-09-13T15:01+00:00"),
        ("Sep 13, 2023 15:01 UTC", "2023-09-13T15:01+00:00"),
        ("Sep 13, 2023 15:01 JST", "2023-09-13T15:01+09:00"),
        ("Sep 13, 2023 15:01 (KST)", "2023-09-13T15:01+09:00"),
        ("Sep 13, 2023 15:01 CET", "2023-09-13T15:01+01:00"),
        ("Sep 13, 2023 15:01 CEST", "2023-09-13T15:01+02:00"),
        ("Sep 13, 2023 15:01 +0530", "2023-09-13T15:01+05:30"),
        ("Sep 13, 2023 15:01 UTC-3", "2023-09-13T15:01-03:00"),
        ("July 13, 2023 3:01 PM ET", "2023-07-13T15:01-04:00"),
        ("January 13, 2023 3:01 PM ET", "2023-01-13T15:01-05:00"),
        ("Sep 13, 2023 15:01 IST", "2023-09-13T15:01"),  # of India, Israel or Ireland
        ("Sep 13, 2023 15:01 CST", "2023-09-13T15:01"),  # of China or of Chicago
        ("10.05.2023, 14:22 Uhr", "2023-05-10T14:22"),
        ("2023-09-13T07:20:00Z", "2023-09-13T07:20+00:00"),
        ("Sep 13 20233:01 AM EDT", "2023-09-13T03:01-04:00"),
    ],
)
def test_a_moment_is_read(text, at):
    (found,) = moments(text)
    assert found.at == at
    assert found.precision == ("minute" if "T" in at else "day")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("9/10/23", AMBIGUOUS),
        ("11/05/2023 - 08:14", AMBIGUOUS),
        ("10.05.2023", AMBIGUOUS),
        ("31 June 2023", NO_DAY),
        ("2023-13-13", NO_DAY),
        ("MOSCOW, Sept 13 (Reuters)", NO_YEAR),
        ("13 Sep, 09:12", NO_YEAR),
    ],
)
def test_what_is_no_day_says_why(text, problem):
    (found,) = moments(text)
    assert (found.at, found.precision, found.problem) == ("", "none", problem)


@pytest.mark.parametrize(
    "text",
    [
        "2 hours ago",
        "yesterday",
        "in 2023",
        "May I come in?",
        "call 555-1234-2023",
        "won 3-2",
        "route 9/10",
        "1.2.3.4",
    ],
)
def test_what_is_no_date_is_none(text):
    assert moments(text) == []


def test_each_date_of_a_line_keeps_its_own_hour():
    line = "PUBLISHED: 08:15 EDT, 13 September 2023 | UPDATED: 09:12 EDT, 14 September 2023"
    assert [found.at for found in moments(line)] == ["2023-09-13T08:15-04:00", "2023-09-14T09:12-04:00"]


@pytest.mark.parametrize(
    ("value", "at"),
    [
        ("20230913", "2023-09-13"),
        ("20230913072000", "2023-09-13T07:20+00:00"),  # as GDELT writes UTC
        ("20230913T072000Z", "2023-09-13T07:20+00:00"),
        ("2023-09-13 07:20:00", "2023-09-13T07:20"),
        ("2023-09-13 00:00:00", "2023-09-13"),
        ("2023-09-13T07:20:11.123+02:00", "2023-09-13T07:20+02:00"),
        ("Wed, 13 Sep 2023 07:20:00 GMT", "2023-09-13T07:20+00:00"),
        ("Wednesday, September 13, 2023", "2023-09-13"),
        ("9/13/2023 7:20", "2023-09-13T07:20"),
    ],
)
def test_a_cell_is_read(value, at):
    assert moment_of(value).at == at


@pytest.mark.parametrize(
    "value", ["last week", "2023", "1694589600", "2023-09", "NaT", "Sept 13", "12 May and 13 May 2023 too"]
)
def test_a_cell_that_holds_no_day_is_none(value):
    assert (moment_of(value).at, moment_of(value).precision) == ("", "none")


def test_an_hour_without_a_day_is_put_on_one():
    assert clock_of("at 8:45 p.m. ET", "2023-09-30") == "2023-09-30T20:45-04:00"
    assert clock_of("soon", "2023-09-30") == ""


def test_days_are_counted_by_the_calendar():
    assert days_apart("2023-09-13T23:59", "2023-09-14") == 1


DAYS = st.dates(datetime(1900, 1, 1).date(), datetime(2099, 12, 31).date())


@settings(max_examples=50, deadline=None)
@given(DAYS, st.sampled_from(["%d %B %Y", "%B %d, %Y", "%b. %d, %Y", "%Y-%m-%d", "%A, %d %b %Y"]))
def test_a_day_in_words_is_that_day(day, form):
    assert [found.at for found in moments(day.strftime(form))] == [day.isoformat()]


@settings(max_examples=60, deadline=timedelta(seconds=1))
@given(st.text("0123456789 :./-,aApPmMTZ+SeptJunGMT|", max_size=300))
def test_any_text_gives_days_of_the_calendar_or_none(text):
    for found in moments(text):
        assert bool(found.at) != bool(found.problem)
        assert 0 <= found.start < found.end <= len(text)
        if found.at:
            datetime.fromisoformat(found.at)
