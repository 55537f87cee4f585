"""`story.yml`: what people say of a story before anything is measured.

Its outlets in display order, the actors and their aliases, the themes, what contested things are called, which
version of an outlet's story a comparison takes. Everything is read as strings (YAML's `NO` stays "NO"),
unknown keys are refused, and a mistake is named with its line.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from analysis.evidence.dictionaries import BadDictionary, read_yaml

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
Label = Annotated[str, StringConstraints(min_length=1, max_length=200)]
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
    """Who acts or speaks in the story, with every name it goes by."""

    id: Id
    name: Label
    aliases: tuple[Label, ...] = ()
    country: str = ""
    source_type: Literal["official", "non-official", ""] = ""
    source_category: str = ""


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
    date: str


class Theme(_Part):
    """A theme of this story, found by indicator words."""

    id: Id
    label: Label
    description: str = ""
    entries: tuple[Label, ...] = Field(min_length=1)
    except_: tuple[Label, ...] = Field(default=(), alias="except")
    written: Written
    date: str


class Episode(_Part):
    """One event or day of the story."""

    id: Id
    label: Label
    date: str = ""


class Version(_Part):
    """Which of an outlet's copies of an episode a comparison uses, and why."""

    outlet: Id
    episode: Id
    use: Id
    why: str = ""


class StoryYml(_Part):
    """A read `story.yml`."""

    title: Label
    date: str
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
        raise BadStory(f"{path.name}, line 1: keys and values are expected: title, texts, outlets …")
    try:
        story = StoryYml.model_validate(values)
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise BadStory(f"{path.name}, line {_line(lines, first['loc'])}: {where}: {first['msg']}") from None
    for kind in ("outlets", "episodes", "actors", "contested", "themes"):
        seen: set[str] = set()
        for number, one in enumerate(getattr(story, kind)):
            if one.id in seen:
                line = _line(lines, (kind, number, "id"))
                raise BadStory(
                    f"{path.name}, line {line}: {kind}: id {one.id!r} stands twice; every id has its own"
                )
            seen.add(one.id)
    return story


def _line(lines: dict[tuple, int], place: tuple) -> int:
    """The line of the node at `place`, or of the nearest one around it."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)
