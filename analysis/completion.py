"""Completion: the names a shell offers when somebody presses the tab key: stories, outlets, notebooks, voices, lists, fields.

Asked at every press of a key, so nothing that measures is loaded, and whatever is wrong with a file offers nothing
and says nothing. A shell puts what is offered into the line as it is: only plain words are offered, of an outlet
whose name has a space its id alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import typer

from analysis import folders

VOICES = ("all", "outside", "quoted")
PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*=?")  # no sign that a shell reads
OTHER = re.compile(r"[^\w .,-]")  # zsh evaluates what stands beside a name
LARGEST = 2_000_000  # bytes of a story.yml that is looked into

Offered = tuple[str, str]  # what is put into the line, and what it is


def offering(names: Callable[[typer.Context], Iterable[Offered]]) -> Callable[..., list[Offered]]:
    """A function that typer asks for completions, from one that says which names there are and what each is."""

    def offered(ctx: typer.Context, incomplete: str) -> list[Offered]:
        try:
            found = [(name, OTHER.sub("", about)) for name, about in names(ctx) if PLAIN.fullmatch(name)]
        except Exception:  # there is nobody to tell: the line is being typed
            return []
        return [one for one in dict(found).items() if one[0].startswith(incomplete)]

    offered.__doc__ = names.__doc__
    return offered


def files(ctx: typer.Context, incomplete: str) -> list[Offered]:
    """Nothing: a shell that is offered nothing completes the names of files."""
    return []


@offering
def stories(ctx: typer.Context) -> Iterator[Offered]:
    """The stories of the data folder that the line names, those aside that stand in it."""
    given = _given(ctx)
    yield from ((folder.name, "") for folder in _stories(ctx) if folder.name not in given)


@offering
def outlets(ctx: typer.Context) -> Iterator[Offered]:
    """The outlets of the stories that stand in the line, else of all: ids, then names that are one plain word."""
    found = [(one.get("id", ""), one.get("name", "")) for about in _chosen(ctx) for one in about["outlets"]]
    yield from found
    yield from ((name, id) for id, name in found)


@offering
def notebooks(ctx: typer.Context) -> Iterator[Offered]:
    """The notebooks that reports are made of."""
    from analysis.publishing.report import PER_OUTLET, WHOLE

    yield from ((name, "") for name in (*WHOLE, *PER_OUTLET))


@offering
def voices(ctx: typer.Context) -> Iterator[Offered]:
    """The voices that indicator words are counted in."""
    yield from ((voice, "") for voice in VOICES)


@offering
def frames(ctx: typer.Context) -> Iterator[Offered]:
    """The lists that can be coded: frames of the dictionaries, bundled and beside the stories, and themes of the story."""
    from analysis.evidence.dictionaries import BadDictionary, bundled
    from analysis.evidence.dictionary_formats import in_use

    own = _data(ctx) / "dictionaries"
    try:
        used = in_use(own if own.is_dir() else None, list(ctx.params.get("dictionary") or ()))
    except BadDictionary:
        used = bundled()
    for dictionary in used.values():
        yield from ((id, frame.label) for id, frame in dictionary.frames.items())
    for about in _chosen(ctx):
        yield from ((one.get("id", ""), one.get("label", "")) for one in about["themes"])


@offering
def fields(ctx: typer.Context) -> Iterator[Offered]:
    """The fields that `--map` gives a column to, as far as the sign =."""
    from analysis.corpus.formats.columns import TARGETS

    yield from ((f"{field}=", "") for field in TARGETS)


def _data(ctx: typer.Context) -> Path:
    return Path(ctx.params.get("data") or folders.data_folder())


def _stories(ctx: typer.Context) -> list[Path]:
    return sorted(path.parent for path in _data(ctx).glob("*/story.yml"))


def _given(ctx: typer.Context) -> set[str]:
    """The words of the line that may be stories; while an option waits for its value, they are no parameters yet."""
    story = ctx.params.get("story")
    return {*(ctx.params.get("stories") or ()), *ctx.args, *([story] if story else ())}


def _chosen(ctx: typer.Context) -> Iterator[dict[str, list[dict]]]:
    """The lists in the story.yml of each story that stands in the line, of all where none does."""
    from analysis.evidence.dictionaries import read_yaml

    there = _stories(ctx)
    named = [folder for folder in there if folder.name in _given(ctx)]
    for folder in named or there:
        path = folder / "story.yml"
        try:
            if path.stat().st_size > LARGEST:
                continue
            about, _ = read_yaml(path)
            yield {
                kind: [one for one in about.get(kind, ()) if isinstance(one, dict)]
                for kind in ("outlets", "themes")
            }
        except Exception:  # one broken story costs only its own names
            continue
