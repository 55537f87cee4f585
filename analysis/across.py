"""Across stories: several stories as one, whose episodes are kept apart and whose outlets are the same by their ids.

What belongs to one story alone (facts, themes, contested names) is left to its own pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import pandas as pd

from analysis.comparison.outlets import outlet_differences
from analysis.folders import data_folder
from analysis.loading import load_story
from analysis.measured import matching
from analysis.outline import UnknownStory
from analysis.story import Story
from analysis.story_yml import Episode, StoryYml, Version
from analysis.tables import TABLES

ACROSS = "across"  # the name of the folder of its reports
IDS = (
    "doc_id",
    "doc_id_a",
    "doc_id_b",
    "episode",
    "group_id",
    "file",
)  # which are told apart by the story's name
OF_ONE = "themes"  # the dictionary that every story has of its own
AT_ONCE = 50  # small stories that are one partition
SHIPPED = [column for column in TABLES["documents"].names if column not in ("text", "headline", "deck")]


class NoStories(UnknownStory):
    """No story is there to be taken together with others, or one has the name of the folder of their reports."""


def load_stories(names: Sequence[str], *, on_document: Callable[[str], None] = lambda doc_id: None) -> Story:
    """The stories `names` as one: documents and episodes are called STORY/ID, outlets are united by their ids.

    Differences are those of scope outlet alone, taken anew: within episodes, all stories' episodes together. Dictionaries are those
    that all stories were counted by, themes aside. Raises what `load_story` raises, and `NoStories`.
    """
    names = list(dict.fromkeys(names))
    if not names:
        raise NoStories("no story is named: several stories are taken together by their names")
    if ACROSS in names:
        raise NoStories(
            f"a story named {ACROSS!r} cannot be taken together with others: their reports have this name"
        )
    stories = {name: load_story(name, on_document=on_document) for name in names}
    shared = {
        dictionary: {
            frame: label
            for frame, label in frames.items()
            if all(frame in one.frames.get(dictionary, {}) for one in stories.values())
        }
        for dictionary, frames in next(iter(stories.values())).frames.items()
        if dictionary != OF_ONE
    }
    return Story.over(
        United(stories),
        frames={dictionary: frames for dictionary, frames in shared.items() if frames},
        actors={id: name for one in reversed(stories.values()) for id, name in one.actors.items()},
        has_sources=all(one.has_sources for one in stories.values()),
        name=ACROSS,
        folder=data_folder() / ACROSS,
        about=_about(stories),
        changed=tuple(f"{name}: {what}" for name, one in stories.items() for what in one.changed),
        stories={name: one.about.title for name, one in stories.items()},
    )


def _about(stories: Mapping[str, Story]) -> StoryYml:
    """What can be said of several stories in the words of a story.yml."""
    all_about = {name: one.about for name, one in stories.items()}
    outlets = {outlet.id: outlet for about in reversed(all_about.values()) for outlet in about.outlets}
    order = dict.fromkeys(outlet.id for about in all_about.values() for outlet in about.outlets)
    dates = [about.date for about in all_about.values() if about.date]
    return StoryYml.model_construct(
        title=f"{len(stories)} {'story' if len(stories) == 1 else 'stories'}",
        date=f"{min(dates)} to {max(dates)}" if len(set(dates)) > 1 else "".join(dates[:1]),
        language="en",
        texts="private" if any(about.texts == "private" for about in all_about.values()) else "open",
        note="",
        outlets=tuple(outlets[id] for id in order),
        episodes=tuple(
            Episode.model_construct(id=f"{name}/{one.id}", label=f"{about.title}: {one.label}", date=one.date)
            for name, about in all_about.items()
            for one in about.episodes
        ),
        versions=tuple(
            Version.model_construct(
                outlet=one.outlet,
                episode=f"{name}/{one.episode}",
                use=f"{name}/{one.use}",
                against=one.against,
                why=one.why,
            )
            for name, about in all_about.items()
            for one in about.versions
        ),
        actors=(),
        story_terms=(),
        contested=(),
        themes=(),
    )


@dataclass(frozen=True)
class United:
    """The tables of several stories under each other, ids being those of `load_stories`."""

    stories: Mapping[str, Story]

    def read(
        self, name: str, columns: Sequence[str] | None = None, where: Sequence[tuple] = ()
    ) -> pd.DataFrame:
        """As `stored_tables.Stored.read`; documents without headlines."""
        if name == "differences":
            found = matching(self.differences, where)
            return found if columns is None else found[list(columns)]
        if name == "estimates":
            small = matching(self._small_estimates, where)
            found = [small if columns is None else small[list(columns)]]
            found += [self._of(one, name, columns, where) for one in self._large]
        else:
            found = [self._of(one, name, columns, where) for one in self.stories]
        table = TABLES[name] if columns is None else TABLES[name].of(columns)
        return table.frame(pd.concat([own for own in found if len(own)] or found[:1], ignore_index=True))

    def texts(self) -> Mapping[str, str]:
        """None: no page on several stories quotes."""
        return {}

    def partitions(self) -> Iterator[United]:
        """The partitions of large stories, and the small stories some at once."""
        rest = (one for one in self.stories if one not in self._large)
        while batch := list(islice(rest, AT_ONCE)):
            yield United({one: self.stories[one] for one in batch})
        for one in self._large:
            for part in self.stories[one].partitions():
                yield United({one: part})

    @cached_property
    def differences(self) -> pd.DataFrame:
        story = Story.over(self, frames={}, actors={}, about=_about(self.stories))
        return outlet_differences(
            lambda one: self.read(
                "estimates", None, [("measure", "==", one.name), ("voice", "==", one.voice)]
            ),
            self.measures,
            story.pairs,
        )

    @property
    def measures(self) -> list:
        """The headline measures that all stories have, in the order of the first."""
        catalogues = [
            {(one.name, one.voice): one for one in story.catalogue if one.is_headline}
            for story in self.stories.values()
        ]
        of_one = {f"theme_{theme}" for one in self.stories.values() for theme in one.frames.get(OF_ONE, {})}
        return [
            one
            for key, one in catalogues[0].items()
            if all(key in other for other in catalogues[1:]) and one.name not in of_one
        ]

    @cached_property
    def _large(self) -> list[str]:
        return [name for name, one in self.stories.items() if one.is_in_parts]

    @cached_property
    def _small_estimates(self) -> pd.DataFrame:
        """The estimates of all small stories: they are asked for measure by measure, and a story's are one small file."""
        found = [self._of(one, "estimates", None, []) for one in self.stories if one not in self._large]
        return TABLES["estimates"].frame(pd.concat(found, ignore_index=True) if found else [])

    def _of(
        self, name: str, table: str, columns: Sequence[str] | None, where: Sequence[tuple]
    ) -> pd.DataFrame:
        """The rows of one story, with its ids as they are called here; the one event of a small story has its name."""
        if table == "documents" and columns is None:
            columns = SHIPPED
        own = self.stories[name].rows(table, columns=columns, where=[_within(name, one) for one in where])
        ids = [one for one in IDS if one in own]
        unnamed = {"episode": name if self.stories[name].is_one_event else ""}
        called = {one: (f"{name}/" + own[one]).where(own[one] != "", unnamed.get(one, "")) for one in ids}
        own = own.assign(**called)
        return (
            own.assign(**dict.fromkeys(set(TABLES[table].names) - set(own.columns), ""))
            if columns is SHIPPED
            else own
        )


def _within(name: str, condition: tuple) -> tuple:
    """A condition on ids as it reads within the story `name`."""
    column, sign, value = condition
    if column not in IDS:
        return condition
    start = f"{name}/"
    if sign == "in":
        return column, sign, [one.removeprefix(start) for one in value if one.startswith(start) or not one]
    return column, sign, value.removeprefix(start)
