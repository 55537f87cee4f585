"""Arguments: the names people type, resolved; a wrong one is answered with the nearest right one."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NoReturn

import typer

WRONG = 2  # exit code: wrong use, nothing written


def wanted_stories(stories: list[str] | None) -> list[str]:
    """The named stories, or all there are; ends with exit 2 where there is none."""
    from analysis.story import data_folder, story_folder, story_names

    for name in stories or []:
        story_folder(name)  # raises UnknownStory
    names = list(dict.fromkeys(stories or story_names()))
    if not names:
        wrong(f"no story in {data_folder()}: a story is a folder with a story.yml and a documents.csv")
    return names


@dataclass(frozen=True)
class Outline:
    """A story by name and outlets (id -> display name): what planning needs, measured or not; whether its texts are here."""

    name: str
    outlets: dict[str, str]
    has_texts: bool


def outline(name: str) -> Outline:
    """Read the outline of a story from its story.yml and manifest."""
    from analysis.corpus.manifest import read_manifest
    from analysis.storage import has_texts
    from analysis.story import story_folder
    from analysis.story_yml import read_story_yml

    folder = story_folder(name)
    about = read_story_yml(folder / "story.yml")
    manifest = read_manifest(folder / "documents.csv")
    there = set(manifest["outlet"])
    outlets = {one.id: one.name for one in about.outlets if one.id in there}
    unlisted = {outlet: outlet for outlet in sorted(there) if outlet not in outlets}
    return Outline(name, outlets | unlisted, has_texts(folder, manifest))


def chosen_outlets(names: list[str], wanted: list[str]) -> dict[str, list[str]]:
    """For each story the ids of the wanted outlets, given by id or display name in any case."""
    known = {name: outline(name).outlets for name in names}
    chosen: dict[str, list[str]] = {name: [] for name in names}
    for one in wanted:
        hits = [
            (name, outlet)
            for name, outlets in known.items()
            for outlet, label in outlets.items()
            if one.casefold() in (outlet.casefold(), label.casefold())
        ]
        if not hits:
            labels = {
                key.casefold(): label
                for outlets in known.values()
                for outlet, label in outlets.items()
                for key in (label, outlet)
            }
            unknown(one, labels, "outlet")
        for name, outlet in hits:
            chosen[name].append(outlet)
    return chosen


def one_of(value: str, allowed: list[str], what: str) -> None:
    """End with exit 2 and the nearest right name where `value` is not allowed."""
    if value not in allowed:
        unknown(value, {one: one for one in allowed}, what)


def unknown(value: str, allowed: dict[str, str], what: str) -> NoReturn:
    """End with the nearest right name; `allowed` maps what may be typed to what is shown."""
    near = get_close_matches(value.casefold(), allowed, n=1, cutoff=0.5)
    hint = f"{allowed[near[0]]}?" if near else f"there are: {', '.join(dict.fromkeys(allowed.values()))}"
    wrong(f"no {what} {value!r}: {hint}")


def wrong(message: str) -> NoReturn:
    """Say what is wrong and end with exit 2."""
    say(f"parallax: {message}")
    raise typer.Exit(WRONG)


def say(message: str) -> None:
    """Progress and problems go to stderr."""
    print(message, file=sys.stderr, flush=True)
