"""Dates: when an article was published, and when it was last changed.

What the file says of itself goes first, then what is marked as publication in the page, a date beside the byline or
between headline and story, a day in the address. None of them: the day a page was saved, a year of copyright, dates
of captions and of the story, and a line that says when the article was updated. A dateline's day counts where it
names its year. What can be read two ways is left out, with a warning that names the line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from analysis.corpus.date_lines import (
    BESIDE,
    DATELINE,
    LABELLED,
    UPDATED,
    DateLine,
    date_lines,
    hour_of_update,
)
from analysis.corpus.ends import ends
from analysis.corpus.formats.item import Repair
from analysis.corpus.moments import AMBIGUOUS, NO_YEAR, Moment, days_apart, moment_of

LIST = 3  # days without a label above one story, from which on they are those of others
KIND = "published_at"  # of the warnings
GUESSED = "htmldate"  # a source that stands behind the page's own words
FORMS = "allowed: 2023-09-13, 2023-09-13T15:01+09:00, 13 Sep 2023, Sept. 13, 2023 3:01 p.m. EDT"

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_URL_DAY = re.compile(
    r"/((?:19|20)\d\d)(?:[/-]([01]?\d|[a-z]{3})[/-]([0-3]?\d)|([01]\d)[/-]?([0-3]\d))(?=[/_.-]|\Z)"
)


@dataclass(frozen=True)
class Published:
    """When an article was published: ISO 8601, "" where that cannot be told; where it says so; when it was changed.

    `precision` is minute, day or none. An hour whose zone is not known stands without an offset.
    """

    at: str
    precision: str
    source: str
    updated_at: str
    warnings: tuple[Repair, ...]


def published(lines: Sequence[tuple], raw: str, fields: Mapping[str, str]) -> Published:
    """When the article `raw` was published, whose `lines` are labelled (`cleaning.Row`) and of which its file says `fields`."""
    warnings: list[Repair] = []
    said = _field(fields, "published_at", warnings)
    changed = _field(fields, "updated_at", warnings)
    page = ends(lines, raw)
    named = list(date_lines(page))
    past = [one for one in named if one.moment.at and _is_past(one, warnings)]
    updates = [one for one in past if one.label == UPDATED]
    updated = changed.at if changed else updates[0].moment.at if updates else ""
    found = [one for one in past if one.label != UPDATED and not _is_after(one, updated)]
    best = _best(found, warnings if not said else [])
    source = fields.get("published_source") or "column published_at"
    if said and source == GUESSED and best and best.rank <= BESIDE:
        said = None
    if said:
        at, precision, source = _said(said, source, best, warnings)
    elif best and (best.rank != DATELINE or not _url_day(fields)):
        at, precision, source = best.moment.at, best.moment.precision, best.source
    elif day := _url_day(fields):
        at, precision, source = day, "day", "url"
    else:
        at, precision, source = "", "none", ""
        if not warnings and (about := _unread(named, updates, updated)):
            warnings.append(about)
    if not updated and at:
        updated = hour_of_update(page, at[:10])
    return Published(at, precision, source, updated, tuple(warnings))


def _best(found: list[DateLine], warnings: list[Repair]) -> DateLine | None:
    """The line that says best when an article was published; of several that are as good, the first."""
    rank = min((one.rank for one in found), default=None)
    best = [one for one in found if one.rank == rank]
    days = list(dict.fromkeys(one.moment.day for one in best))
    if len(days) > 1:
        first, other = best[0], next(one for one in best if one.moment.day != days[0])
        says = f"{first.source} says {first.moment.at}, {other.source} says {other.moment.at}"
        is_list = rank != LABELLED and len(days) >= LIST
        end = "those of a list, all were left out" if is_list else "the former was taken"
        warnings.append((KIND, len(days), f"{says}: {end}"))
        if is_list:
            return None
    return best[0] if best else None


def _said(said: Moment, source: str, best: DateLine | None, warnings: list[Repair]) -> tuple[str, str, str]:
    """What the file says, with the hour from its page where both name one day: at, precision, source."""
    if best and best.moment.day == said.day and (said.precision, best.moment.precision) == ("day", "minute"):
        return best.moment.at, "minute", f"{source}; {best.source}"
    if best and best.rank <= BESIDE and days_apart(best.moment.at, said.at) > 1:
        says = f"{source} says {said.at}, {best.source} says {best.moment.at}"
        warnings.append((KIND, 1, f"{says}: the former was taken"))
    return said.at, said.precision, source


def _field(fields: Mapping[str, str], name: str, warnings: list[Repair]) -> Moment | None:
    """What the file says, None where that is nothing or cannot be used."""
    if not (value := fields.get(name, "")):
        return None
    found = moment_of(value)
    if found.at and _day_to_come(found.at):
        warnings.append((KIND, 1, f"{name} {value[:60]!r} lies in the future and was left out"))
        return None
    if not found.at:
        why = "can be read as two days" if found.problem == AMBIGUOUS else f"is {found.problem}"
        if found.problem == NO_YEAR:
            why = "has no year"
        warnings.append((KIND, 1, f"{name} {value[:60]!r} {why} and was left out; {FORMS}"))
        return None
    return found


def _url_day(fields: Mapping[str, str]) -> str:
    if not (found := _URL_DAY.search(fields.get("url", "").lower())):
        return ""
    year, month, day = filter(None, found.groups())
    if month.isalpha() and month not in _MONTHS:
        return ""
    try:
        date = datetime(int(year), _MONTHS.index(month) + 1 if month.isalpha() else int(month), int(day))
    except ValueError:
        return ""
    return "" if _day_to_come(date.isoformat()) else date.date().isoformat()


def _day_to_come(at: str) -> bool:
    return at[:10] > (datetime.now(UTC) + timedelta(days=1)).date().isoformat()


def _is_past(one: DateLine, warnings: list[Repair]) -> bool:
    if _day_to_come(one.moment.at):
        warnings.append((KIND, 1, f"{one.source}: {one.moment.at} lies in the future and was left out"))
        return False
    return True


def _is_after(one: DateLine, updated: str) -> bool:
    """Nothing is published after it was updated: such a day is the page's, not the article's."""
    is_later = bool(updated) and one.rank != LABELLED and one.moment.day > updated[:10]
    return is_later and days_apart(one.moment.at, updated) > 1


def _unread(named: list[DateLine], updates: list[DateLine], updated: str) -> Repair | None:
    """What to say where no date of publication was found."""
    problems = [one for one in named if not one.moment.at]
    if one := next((one for one in problems if one.moment.problem == AMBIGUOUS), None):
        return KIND, 1, f"{one.source}: {one.shown!r} can be read as two days and was left out"
    if updated:
        where = updates[0].source if updates else "updated_at"
        return (
            KIND,
            1,
            f"only an update is dated ({where}: {updated}): when it was first published is not known",
        )
    if one := next(iter(problems), None):
        why = "has no year" if one.moment.problem == NO_YEAR else f"is {one.moment.problem}"
        return KIND, 1, f"{one.source}: {one.shown!r} {why} and was left out"
    return None
