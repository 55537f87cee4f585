"""Moments: a day, perhaps with an hour, as news pages and tables write it.

A day that can be read two ways (9/10/23) is none. An hour keeps the clock of the page: where its zone is not named,
or its name stands for several (IST, CST), the offset is left out and the precision is a minute of that clock.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
OFFSETS = {  # hours from Greenwich; BST and PST are read as British and Pacific, IST and CST, as common in several zones, not at all
    **dict.fromkeys(("Z", "UTC", "GMT", "WET"), 0),
    **dict.fromkeys(("BST", "CET", "MEZ", "WAT"), 1),
    **dict.fromkeys(("CEST", "MESZ", "EET", "SAST", "CAT"), 2),
    **dict.fromkeys(("EEST", "MSK", "EAT", "TRT"), 3),
    "PKT": 5,
    "WIB": 7,
    "ICT": 7,
    "EDT": -4,
    "EST": -5,
    "CDT": -5,
    "MDT": -6,
    "MST": -7,
    "PDT": -7,
    "PST": -8,
    **dict.fromkeys(("HKT", "SGT", "PHT", "MYT", "AWST"), 8),
    **dict.fromkeys(("JST", "KST"), 9),
    "AEST": 10,
    "AEDT": 11,
    "ACST": 9.5,
    "ACDT": 10.5,
    "NZST": 12,
    "NZDT": 13,
    "HST": -10,
    "AKDT": -8,
    "AKST": -9,
}
SEASONAL = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}
SEVERAL = ("IST", "CST", "AST", "GST", "ECT", "WST", "SST", "PYT", "LT", "UHR")
AMBIGUOUS, NO_YEAR, NO_DAY = "ambiguous", "without a year", "no day of the calendar"
LONGEST = 300  # characters of a line that is looked at
FIRST_YEAR = 1800

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)(?=\D|\Z|\d{1,2}[:.]\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATE = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<![\d/.:-])(?P<year>(?:1[89]|20)\d\d)(?P<sep>[-/.])(?P<n>\d{{1,2}})(?P=sep){_DAY}(?!\d)",
        r"(?<![\d/.:-])(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<year>\d{4}|\d\d)(?![\d:]|[/.-]\d)",
        rf"(?<![\d:]){_DAY}(?:\s?[-/]\s?|\s?\.?\s?|\sof\s){_MONTH}(?:,?\s{{0,2}}{_WEEKDAY})?(?:[-/]|[,.]?\s{{0,2}}){_YEAR}",
        rf"\b{_MONTH}[\s-]{{0,2}}{_DAY}(?!\d|[:.]\d)(?:,?\s?\({_WEEKDAY}\))?[,.]?\s{{0,2}}{_YEAR}",
        rf"(?<![\d:]){_DAY}\s?{_MONTH}",
        rf"\b{_MONTH}\s{{0,2}}{_DAY}(?!\d|[:.]\d)",
    )
)
_ZONE = (
    rf"(?:\s?\(?(?P<zone>{'|'.join(sorted((*OFFSETS, *SEASONAL, *SEVERAL), key=len, reverse=True))})\b)?"
    r"(?:\s?\(?(?P<sign>[+−-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?\b(?!\s?[./-]\d|:))?\)?"
)
_CLOCK = (
    r"(?P<hour>[012]?\d)(?:[:.h](?P<minute>[0-5]\d)(?:[:.][0-5]\d(?:[.,]\d{1,9})?)?(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?"
    r"|\s?(?P<half_of_hour>[ap])\.?\s?m\b\.?)"
)
_AFTER = re.compile(
    rf"(?:[\s,|/·•@–—()-]{{0,4}}(?:at|um|-)?[\s,|/·•@–—()-]{{0,3}}|T)(?:{_WEEKDAY}\W{{1,3}})?{_CLOCK}(?!\d){_ZONE}",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?<![\d:.]){_CLOCK}{_ZONE}[\s,|/·•–—()-]{{0,4}}(?:on\s)?(?:{_WEEKDAY}[\s,]{{0,3}})?\Z", re.IGNORECASE
)
_ZONE_LAST = re.compile(rf"[\s,]{{0,2}}{_ZONE}", re.IGNORECASE)
_ONLY_CLOCK = re.compile(rf"(?<![\d:.]){_CLOCK}(?!\d){_ZONE}", re.IGNORECASE)
_NEAR = 45  # characters before a date in which its hour may stand
_ISO = re.compile(r"\d{4}-?[01]\d-?[0-3]\d(?!\d)(?:[T ].{1,30})?\Z")
_FOURTEEN = re.compile(r"((?:19|20)\d{6})[T ]?(\d{6})Z?\Z")
_SAYS_NOTHING = re.compile(rf"{_WEEKDAY}|\b(?:published|posted|date|on|at|the)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Moment:
    """A day or minute found in a text: `at` in ISO 8601, "" with a `problem`; `start` and `end` are its place."""

    at: str
    precision: str  # minute, day, none
    start: int
    end: int
    problem: str = ""

    @property
    def day(self) -> str:
        """The day alone."""
        return self.at[:10]


def moments(text: str) -> list[Moment]:
    """The moments that `text` names, in its order."""
    if len(text) > LONGEST or not any(map(str.isdigit, text)):
        return []
    taken: list[tuple[int, int, re.Match[str]]] = []
    for form in _DATE:
        for found in form.finditer(text):
            if all(found.end() <= start or found.start() >= end for start, end, _ in taken):
                taken.append((*found.span(), found))
    taken.sort(key=lambda one: one[:2])
    result, floor = [], 0
    for n, (start, end, found) in enumerate(taken):
        limit = taken[n + 1][0] if n + 1 < len(taken) else len(text)
        clock, zone = _AFTER.match(text, end), None
        if clock and clock.end() <= limit:
            end = clock.end()
        elif clock := _BEFORE.search(text, max(floor, start - _NEAR), start):
            start = clock.start()
            if not clock["zone"] and not clock["sign"] and (zone := _ZONE_LAST.match(text, end)):
                end = zone.end()
        result.append(_moment(found, clock, zone, text, start, end))
        floor = end
    return result


def clock_of(text: str, day: str) -> str:
    """The hour that `text` names, on `day`; "" where it names none."""
    found = _ONLY_CLOCK.search(text[:LONGEST])
    return _at(datetime.fromisoformat(day), found, None) if found else ""


def without_moments(text: str, found: list[Moment]) -> str:
    """`text` without the moments `found` in it."""
    for one in reversed(found):
        text = f"{text[: one.start]} {text[one.end :]}"
    return text


def moment_of(value: str) -> Moment:
    """The moment that a cell or tag holds: ISO 8601 and its kin, as e-mail has it, or in words.

    Midnight to the second is what systems fill in where they know the day alone, and is read as the day.
    """
    value = " ".join(value.split())
    if (at := _machine(value)) is not None:
        if (at.hour, at.minute, at.second) == (0, 0, 0):
            return Moment(at.date().isoformat(), "day", 0, len(value))
        return Moment(at.isoformat(timespec="minutes"), "minute", 0, len(value))
    found = moments(value)
    if len(found) == 1 and not re.search(r"\w", _SAYS_NOTHING.sub("", without_moments(value, found))):
        return found[0]
    return Moment("", "none", 0, len(value), "no date")


def _machine(value: str) -> datetime | None:
    if joined := _FOURTEEN.match(value):
        value = f"{joined[1]}T{joined[2]}+00:00"
    if _ISO.match(value):
        try:
            return datetime.fromisoformat(value.replace(" UTC", "+00:00").replace(" GMT", "+00:00"))
        except ValueError:
            return None
    if value[:3].isalpha() and value[3:4] == ",":
        try:
            return parsedate_to_datetime(value)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    return None


def _moment(
    found: re.Match[str],
    clock: re.Match[str] | None,
    zone: re.Match[str] | None,
    text: str,
    start: int,
    end: int,
) -> Moment:
    groups = found.groupdict()
    if not groups.get("year"):
        return Moment("", "none", start, end, NO_YEAR)
    year = int(groups["year"])
    year += 0 if year > 99 else 2000 if year < 70 else 1900
    if "a" in groups:
        a, b = int(groups["a"]), int(groups["b"])
        dotted = (
            groups["sep"] == "." and "uhr" in text[end - 4 : end + 5].lower()
        )  # German clocks: the day first
        if a <= 12 and b <= 12 and a != b and not dotted:
            return Moment("", "none", start, end, AMBIGUOUS)
        month, day = (b, a) if a > 12 or dotted else (a, b)
    else:
        month = int(groups["n"]) if groups.get("n") else MONTHS.index(groups["month"][:3].lower()) + 1
        day = int(groups["day"])
    try:
        date = datetime(year, month, day)
    except ValueError:
        return Moment("", "none", start, end, NO_DAY)
    if clock and (at := _at(date, clock, zone)):
        return Moment(at, "minute", start, end)
    return Moment(date.date().isoformat(), "day", start, end)


def _at(date: datetime, clock: re.Match[str], zone: re.Match[str] | None) -> str:
    """The minute of `date` that `clock` names, with the offset of the zone beside it where that is known."""
    hour, half = int(clock["hour"]), (clock["half"] or clock["half_of_hour"] or "").lower()
    if hour > 23 or (half and hour > 12):
        return ""
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    at = date.replace(hour=hour, minute=int(clock["minute"] or 0))
    return at.isoformat(timespec="minutes") + _offset(
        at, zone if zone and (zone["zone"] or zone["sign"]) else clock
    )


def _offset(at: datetime, zone: re.Match[str]) -> str:
    name = (zone["zone"] or "").upper()
    if zone["sign"]:
        hours, minutes = int(zone["hours"]), int(zone["minutes"] or 0)
        if hours > 14 or minutes > 59:
            return ""
        return f"{'+' if zone['sign'] == '+' else '-'}{hours:02}:{minutes:02}"
    if name in SEASONAL:
        return at.replace(tzinfo=ZoneInfo(SEASONAL[name])).isoformat()[-6:]
    if name not in OFFSETS:
        return ""
    minutes = round(OFFSETS[name] * 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def days_apart(one: str, two: str) -> int:
    """Whole days between two ISO days or minutes, by their calendars."""
    return abs((datetime.fromisoformat(one[:10]) - datetime.fromisoformat(two[:10])) // timedelta(days=1))
