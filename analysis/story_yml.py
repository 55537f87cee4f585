"""`story.yml`: what people say of a story before anything is measured.

Its outlets in display order, the actors and their aliases, the themes, what contested things are called,
which version of an outlet's story a comparison takes. Everything is read as strings (YAML's `NO` stays "NO"),
unknown keys are refused, and a mistake is named with its line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from analysis.evidence.dictionaries import entry_problem
from analysis.schema import Day, Id, Label, Part, line_of, twice, validated

Written = Literal["before_reading", "after_reading", "from_earlier_corpus"]


class BadStory(ValueError):
    """`story.yml` is not what its schema allows; the message names file, line and what is allowed."""


class Outlet(Part):
    """Who writes: `id` is the folder name in reports, `name` is shown."""

    id: Id
    name: Label


class Actor(Part):
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


class Name(Part):
    """One of the rival names of a contested thing, and the entries that find it."""

    name: Label
    entries: tuple[Label, ...] = Field(min_length=1)


class Contested(Part):
    """A thing with rival names."""

    id: Id
    label: Label
    description: str = ""
    names: tuple[Name, ...] = Field(min_length=1)
    except_: tuple[Label, ...] = Field(default=(), alias="except")
    written: Written
    date: Day


class Theme(Part):
    """A theme of this story, found by indicator words."""

    id: Id
    label: Label
    description: str = ""
    entries: tuple[Label, ...] = Field(min_length=1)
    except_: tuple[Label, ...] = Field(default=(), alias="except")
    written: Written
    date: Day


class Episode(Part):
    """One event or day of the story."""

    id: Id
    label: Label
    date: Day = ""


class Version(Part):
    """Which of an outlet's copies of an episode a comparison uses, and why; `against` one outlet, or all others."""

    outlet: Id
    episode: Id
    use: Id
    against: Id | Literal[""] = ""
    why: str = ""


class StoryYml(Part):
    """A read `story.yml`. `measures: core` leaves out sources and actors, and with them the parser, most of the time.

    `columns` says of exports read in place which column holds which field of an article, where its name does not.
    """

    title: Label
    date: Day
    language: str = "en"
    texts: Literal["private", "open"]
    measures: Literal["core", "all"] = "all"
    note: str = ""
    columns: dict[Label, Label] = Field(default_factory=dict)
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
    story, lines = validated(path, StoryYml, BadStory, "title, texts, outlets")
    for place, what in _slips(story):
        raise BadStory(f"{path.parent.name}/{path.name}, line {line_of(lines, place)}: {what}")
    return story


def _slips(story: StoryYml) -> Iterator[tuple[tuple, str]]:
    """What no single value shows: place and message of ids and entries that stand twice or name nothing."""
    for kind in ("outlets", "episodes", "actors", "contested", "themes"):
        yield from twice(kind, getattr(story, kind))
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
