"""`story.yml`: what people say of a story before anything is measured.

Its outlets in display order, the actors and their aliases, the themes, what contested things are called,
which version of an outlet's story a comparison takes. Everything is read as strings (YAML's `NO` stays "NO"),
unknown keys are refused, and a mistake is named with its line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from analysis.evidence.dictionaries import BadDictionary, entry_problem, is_date, read_yaml


def _day(text: str) -> str:
    if text and not is_date(text):
        raise ValueError(f"{text!r} is no date; allowed: a day as 2026-01-31")
    return text


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
Label = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Day = Annotated[str, AfterValidator(_day)]
Written = Literal["before_reading", "after_reading", "from_earlier_corpus"]


class BadStory(ValueError):
    """`story.yml` is not what its schema allows; the message names file, line and what is allowed."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Outlet(_Part):
    """Who writes: `id` is the folder name in reports, `name` is shown."""

    id: Id
    name: Label


class Actor(_Part):
    """Who acts or speaks in the story, with every name it goes by; an alias that begins with "the" is a role.

    `country` is a code of two capitals (ISO 3166-1; X and a letter for an invented one), `pronoun` what stands for it.
    """

    id: Id
    name: Label
    aliases: tuple[Label, ...] = ()
    country: Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")] = ""
    pronoun: Literal["he", "she", "it", "they", ""] = ""
    source_type: Literal["official", "non-official", ""] = ""
    source_category: Literal[
        "official",
        "military",
        "state media",
        "news media",
        "expert",
        "organisation",
        "business",
        "citizen",
        "",
    ] = ""


class Name(_Part):
    """One of the rival names of a contested thing, and the entries that find it."""

    name: Label
    entries: tuple[Label, ...] = Field(min_length=1)


class Contested(_Part):
    """A thing with rival names."""

    id: Id
    label: Label
    description: str = ""
    names: tuple[Name, ...] = Field(min_length=1)
    except_: tuple[Label, ...] = Field(default=(), alias="except")
    written: Written
    date: Day


class Theme(_Part):
    """A theme of this story, found by indicator words."""

    id: Id
    label: Label
    description: str = ""
    entries: tuple[Label, ...] = Field(min_length=1)
    except_: tuple[Label, ...] = Field(default=(), alias="except")
    written: Written
    date: Day


class Episode(_Part):
    """One event or day of the story."""

    id: Id
    label: Label
    date: Day = ""


class Version(_Part):
    """Which of an outlet's copies of an episode a comparison uses, and why; `against` one outlet, or all others."""

    outlet: Id
    episode: Id
    use: Id
    against: Id | Literal[""] = ""
    why: str = ""


class StoryYml(_Part):
    """A read `story.yml`."""

    title: Label
    date: Day
    language: str = "en"
    texts: Literal["private", "open"]
    note: str = ""
    outlets: tuple[Outlet, ...] = Field(min_length=1)
    episodes: tuple[Episode, ...] = ()
    versions: tuple[Version, ...] = ()
    actors: tuple[Actor, ...] = ()
    story_terms: tuple[Label, ...] = ()
    contested: tuple[Contested, ...] = ()
    themes: tuple[Theme, ...] = ()

    def outlet_names(self, there: Iterable[str]) -> dict[str, str]:
        """Outlet id -> display name, in display order, of the outlets in `there`; unlisted ones last, by their ids."""
        there = dict.fromkeys(there)
        listed = {outlet.id: outlet.name for outlet in self.outlets if outlet.id in there}
        return listed | {outlet: outlet for outlet in there if outlet not in listed}

    def outlet_name(self, outlet: str) -> str:
        """The display name of an outlet id; the id itself where story.yml does not list it."""
        return next((one.name for one in self.outlets if one.id == outlet), outlet)


def read_story_yml(path: Path) -> StoryYml:
    """Read and check a `story.yml`. Raises `BadStory`."""
    if not path.is_file():
        raise BadStory(f"{path}: no such file")
    try:
        values, lines = read_yaml(path)
    except BadDictionary as problem:
        raise BadStory(str(problem)) from None
    if not isinstance(values, dict):
        raise BadStory(
            f"{path.parent.name}/{path.name}, line 1: keys and values are expected: title, texts, outlets …"
        )
    try:
        story = StoryYml.model_validate(values)
    except ValidationError as problem:
        # A misspelt key is also a missing one: it is named where it stands.
        first = min(problem.errors(), key=lambda error: error["type"] != "extra_forbidden")
        where = ".".join(str(step) for step in first["loc"])
        what = first["msg"].removeprefix("Value error, ")
        if first["type"] == "extra_forbidden":
            what = f"unknown key; allowed: {_allowed(first['loc'])}"
        raise BadStory(
            f"{path.parent.name}/{path.name}, line {_line(lines, first['loc'])}: {where}: {what}"
        ) from None
    for place, what in _slips(story):
        raise BadStory(f"{path.parent.name}/{path.name}, line {_line(lines, place)}: {what}")
    return story


def _slips(story: StoryYml) -> Iterator[tuple[tuple, str]]:
    """What no single value shows: place and message of ids and entries that stand twice or name nothing."""
    for kind in ("outlets", "episodes", "actors", "contested", "themes"):
        seen: set[str] = set()
        for number, one in enumerate(getattr(story, kind)):
            if one.id in seen:
                yield (kind, number, "id"), f"{kind}: id {one.id!r} stands twice; every id has its own"
            seen.add(one.id)
    outlets = [outlet.id for outlet in story.outlets]
    for number, version in enumerate(story.versions):
        for key in ("outlet", "against"):
            if (named := getattr(version, key)) and named not in outlets:
                what = f"no outlet {named!r}; there are: {', '.join(outlets)}"
                yield ("versions", number, key), f"versions: {what}"
    for n, theme in enumerate(story.themes):
        yield from _bad_entries(
            {("themes", n, "entries"): theme.entries, ("themes", n, "except"): theme.except_}
        )
    for n, thing in enumerate(story.contested):
        names = {("contested", n, "names", i, "entries"): name.entries for i, name in enumerate(thing.names)}
        yield from _bad_entries(names | {("contested", n, "except"): thing.except_})


def _bad_entries(lists: dict[tuple, tuple[str, ...]]) -> Iterator[tuple[tuple, str]]:
    """Entries that cannot be matched, or that stand twice in the lists, each with its place."""
    seen: set[str] = set()
    for where, entries in lists.items():
        for index, entry in enumerate(entries):
            if problem := entry_problem(entry, seen):
                yield (*where, index), f"{where[0]}: {problem}"


def _allowed(place: tuple) -> str:
    """The keys that may stand where the one at `place` was refused."""
    part = StoryYml
    for step in place[:-1]:
        if isinstance(step, str):
            part = get_args(part.model_fields[step].annotation)[0]
    return ", ".join(field.alias or name for name, field in part.model_fields.items())


def _line(lines: dict[tuple, int], place: tuple) -> int:
    """The line of the node at `place`, or of the nearest one around it."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)
