"""Arguments: the names people type, resolved; a wrong one is answered with the nearest right one."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar

import typer
import typer.core

from analysis import completion, examples
from analysis.interruption import ended
from analysis.nearest import nearest

if TYPE_CHECKING:
    from analysis.outline import Outline

Loaded = TypeVar("Loaded")
FAILED, WRONG = 1, 2  # exit codes: some unit failed; wrong use and nothing written


class Commands(typer.core.TyperGroup):
    """Commands that an interrupt ends with its own exit code, and whose help ends with examples."""

    def invoke(self, context: typer.Context) -> object:
        try:
            return super().invoke(context)
        except KeyboardInterrupt as problem:
            ended(problem)

    def get_command(self, context: typer.Context, name: str) -> typer.core.TyperCommand | None:
        command = super().get_command(context, name)
        if command is not None:
            command.epilog = examples.shown(name)
        return command


Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        help="The folder of stories (PARALLAX_DATA).",
        file_okay=False,
        show_default="data",
        autocompletion=completion.files,
    ),
]
Reports = Annotated[
    Path | None,
    typer.Option(
        "--reports",
        help="The folder reports are written to (PARALLAX_REPORTS).",
        file_okay=False,
        show_default="reports",
        autocompletion=completion.files,
    ),
]
Dictionaries = Annotated[
    list[Path] | None,
    typer.Option(
        "--dictionary",
        help="A dictionary of your own, counted beside the bundled ones: YAML (Parallax, quanteda), .dic, .lc3, CSV; repeatable.",
        autocompletion=completion.files,
    ),
]
Jobs = Annotated[
    int, typer.Option(min=1, help="Notebooks run at the same time.", show_default="one a processor")
]
PROCESSORS = os.cpu_count() or 1
Json = Annotated[bool, typer.Option("--json", help="Print JSON for a machine to read.")]
Stories = Annotated[
    list[str] | None,
    typer.Argument(
        help="Stories: folders of the data folder; all of them if none is named.",
        autocompletion=completion.stories,
    ),
]


def wanted_stories(stories: list[str] | None) -> list[str]:
    """The named stories, or all there are; ends with exit 2 where there is none."""
    from analysis.folders import data_folder
    from analysis.outline import story_folder, story_names

    for name in stories or []:
        story_folder(name)  # raises UnknownStory
    names = list(dict.fromkeys(stories or story_names()))
    if not names:
        wrong(f"no story in {data_folder()}: a story is a folder with a story.yml and its articles")
    return names


def problems() -> tuple[type[Exception], ...]:
    """The errors that a person is told in a line: what is wrong in a story's files, each names its file, and `NotMeasured`."""
    from analysis.codes import BadSheet
    from analysis.corpus.corrections import BadCorrections
    from analysis.corpus.manifest import BadManifest
    from analysis.corpus.outlets import BadOutlets
    from analysis.evidence.dictionaries import BadDictionary
    from analysis.facts_yml import BadFacts
    from analysis.outline import UnknownStory
    from analysis.partitions.plan import BadSize
    from analysis.publishing.parameters import BadParameter
    from analysis.storage import BadMeasures, NotMeasured
    from analysis.story_yml import BadStory

    return (
        BadCorrections,
        BadManifest,
        BadDictionary,
        BadFacts,
        BadMeasures,
        BadOutlets,
        BadParameter,
        BadSheet,
        BadSize,
        BadStory,
        NotMeasured,
        UnknownStory,
    )


def each(names: list[str], load: Callable[[str], Loaded]) -> list[Loaded]:
    """What `load` makes of each story; a story that is wrong costs only itself and is named on stderr.

    Where none is left, ends with exit 1 if one of them only was not measured to its end, else with exit 2.
    """
    from analysis.storage import NotMeasured

    loaded, code = [], WRONG
    for name in names:
        try:
            loaded.append(load(name))
        except problems() as problem:
            say(f"parallax: {name}: {problem}")
            code = FAILED if isinstance(problem, NotMeasured) else code
    if names and not loaded:
        raise typer.Exit(code)
    return loaded


def n_documents(name: str) -> int:
    """How many documents a story that can be measured lists; 0 of one that is wrong or has no texts here."""
    from analysis.outline import outline

    try:
        story = outline(name)
    except problems():
        return 0
    return len(story.manifest) if story.has_texts else 0


def chosen_outlets(stories: list[Outline], wanted: list[str]) -> dict[str, list[str]]:
    """For each story the ids of the wanted outlets, given by id or display name in any case."""
    known = {story.name: story.outlets for story in stories}
    chosen: dict[str, list[str]] = {story.name: [] for story in stories}
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


def use_folders(
    data: Path | None,
    reports: Path | None = None,
    *,
    dictionaries: list[Path] | None = None,
    is_new: bool = False,
) -> None:
    """Pass --data, --reports and --dictionary on to everything that runs, kernels included; `is_new`: --data may begin here."""
    if dictionaries:
        os.environ["PARALLAX_DICTIONARIES"] = os.pathsep.join(str(one.resolve()) for one in dictionaries)
    if data is not None:
        if not data.is_dir() and not is_new:
            wrong(f"--data {data}: no such folder")
        os.environ["PARALLAX_DATA"] = str(data.absolute())  # a link is kept, see `data_folder`
    if reports is not None:
        os.environ["PARALLAX_REPORTS"] = str(reports.resolve())


def columns_of(pairs: list[str], *further: str) -> dict[str, str]:
    """What --map says: field of an article, or one of `further`, -> column of a table."""
    from analysis.corpus.formats.columns import TARGETS

    for pair in pairs:
        if not all(pair.partition("=")[::2]):
            wrong(f"--map {pair}; allowed: a field, =, the name of a column, such as text=maintext")
        one_of(pair.partition("=")[0], [*TARGETS, *further], "field of a table for --map")
    return dict(pair.split("=", 1) for pair in pairs)


def one_of(value: str, allowed: list[str], what: str) -> None:
    """End with exit 2 and the nearest right name where `value` is not allowed."""
    if value not in allowed:
        unknown(value, {one: one for one in allowed}, what)


def unknown(value: str, allowed: dict[str, str], what: str) -> NoReturn:
    """End with the nearest right name; `allowed` maps what may be typed to what is shown."""
    near = nearest(value, allowed, most=1)
    there = ", ".join(dict.fromkeys(allowed.values()))
    hint = f"did you mean {allowed[near[0]]}?" if near else f"there are: {there}"
    wrong(f"no {what} {value!r}; {hint}")


def wrong(message: str) -> NoReturn:
    """Say what is wrong and end with exit 2."""
    say(f"parallax: {message}")
    raise typer.Exit(WRONG)


def print_json(value: object) -> None:
    """A result for a machine goes to stdout."""
    print(json.dumps(value, indent=1, ensure_ascii=False))


def tell(message: str) -> None:
    """A result for a person goes to stdout."""
    print(printable(message))


def printable(text: str) -> str:
    """`text` without characters that a terminal obeys, line ends aside; names of files may hold any."""
    return "".join(
        sign if sign.isprintable() or sign in "\n\xa0\u2009\u202f" else f"\\x{ord(sign):02x}" for sign in text
    )


def say(message: str) -> None:
    """Progress and problems go to stderr."""
    print(printable(message), file=sys.stderr, flush=True)
