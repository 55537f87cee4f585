"""Dictionaries: coded instruments of indicator words, loaded, validated and matched.

A dictionary is a YAML file that says where it comes from, how it matches and
what it misses (`data/dictionaries/README.md`). Nothing of it is guessed at: a
file that does not follow the format is refused with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

import ahocorasick
import yaml

from analysis.evidence.matching import Hit, compiled, is_word, lowered, matches, normalised
from analysis.nearest import did_you_mean

BUNDLED = Path(__file__).resolve().parents[2] / "data" / "dictionaries"
WRITTEN = ("before_reading", "after_reading", "from_earlier_corpus")
USES = ("frames", "names", "cues", "sources", "countries", "hedges")
THEMES = "themes"  # the id of the dictionary made from story.yml
ABOUT = ("title", "source", "version", "scope", "match", "inclusion", "exclusion", "known_misses")
KEYS = ("id", "use", *ABOUT, "written", "date", "frames")
FRAME_KEYS = ("label", "description", "entries")
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # ten times faster where libyaml is there
DEEPEST = 10  # levels of lists and keys in a file; ours have five
NAME = re.compile(r"[a-z][a-z0-9_-]*")


class BadDictionary(ValueError):
    """A dictionary, or a part of story.yml that serves as one, does not follow its format."""


@dataclass(frozen=True)
class Frame:
    """A list of entries under one label; `excluded` entries match too, and what they match is not counted."""

    label: str
    description: str
    entries: tuple[str, ...]
    excluded: tuple[str, ...]
    written: str
    date: str
    question: str = ""  # what a coder asks of a sentence
    present: tuple[str, ...] = ()  # sentences in which it is, in words of our own
    absent: tuple[str, ...] = ()  # and is not


@dataclass(frozen=True)
class LeftOut:
    """An entry of a file that is not taken: its line (0 where it has none), category, the entry, and why."""

    line: int
    category: str
    entry: str
    reason: str


@dataclass(frozen=True)
class Dictionary:
    """A compiled dictionary: `frames` by id, and under `about` what its file says of it; `left_out` is what could not be taken."""

    id: str
    use: str
    about: Mapping[str, str]
    frames: Mapping[str, Frame]
    automaton: ahocorasick.Automaton = field(repr=False, compare=False)
    left_out: tuple[LeftOut, ...] = ()


def load(path: str | Path) -> Dictionary:
    """Read and compile the dictionary at `path`; BadDictionary names file, line and what is allowed."""
    path = Path(path)
    return _loaded(path, path.read_bytes())


@lru_cache(maxsize=64)  # every partition of a large story asks for the same ones
def _loaded(path: Path, read: bytes) -> Dictionary:
    content, lines = read_yaml(path, read)

    def refuse(message: str, *where: object) -> BadDictionary:
        return BadDictionary(f"{shown_path(path)}, line {lines.get(where, 1)}: {message}")

    def keys(found: object, where: tuple, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict:
        if not isinstance(found, dict):
            raise refuse(f"keys and values are expected here: {', '.join(required)}", *where)
        for key in found:
            if key not in required + optional:
                raise refuse(
                    f"unknown key {key!r}; allowed: {', '.join(required + optional)}{did_you_mean(str(key), required + optional)}",
                    *where,
                    key,
                )
        for key in required:
            if not found.get(key):
                raise refuse(f"{key!r} is missing or empty", *where, *([key] if key in found else []))
        return found

    keys(content, (), KEYS)
    for key in KEYS[:-1]:
        if not isinstance(content[key], str):
            raise refuse(f"{key!r} must be a text", key)
    if content["id"] == THEMES:
        raise refuse(f"id {THEMES!r} is kept for the themes of story.yml; allowed: any other name", "id")
    for key, allowed in (("use", USES), ("written", WRITTEN), ("id", (path.stem,))):
        if content[key] not in allowed:
            raise refuse(f"{key} {content[key]!r}; allowed: {', '.join(allowed)}", key)
    if not is_date(content["date"]):
        raise refuse(f"date {content['date']!r}; allowed: a day as 2026-01-31", "date")
    frames = {}
    if not isinstance(content["frames"], dict):
        raise refuse("'frames' must hold frame ids, each with label, description and entries", "frames")
    for frame_id, frame in content["frames"].items():
        where = ("frames", frame_id)
        if not NAME.fullmatch(frame_id):
            raise refuse(f"frame id {frame_id!r}; allowed: a-z, 0-9, _ and -, a letter first", *where)
        keys(frame, where, FRAME_KEYS, ("except", "question", "present", "absent"))
        for key in ("label", "description"):
            if not isinstance(frame[key], str):
                raise refuse(f"{key!r} must be a text", *where, key)
        seen: set[str] = set()
        if not isinstance(frame.get("question", ""), str):
            raise refuse("'question' must be a text", *where, "question")
        for key in ("present", "absent"):
            examples = frame.get(key, [])
            if not isinstance(examples, list) or not all(isinstance(one, str) for one in examples):
                raise refuse(f"{key!r} must be a list of sentences", *where, key)
        for key in ("entries", "except"):
            if not isinstance(frame.get(key, []), list):
                raise refuse(f"{key!r} must be a list, each line a dash and a word", *where, key)
            for number, entry in enumerate(frame.get(key, [])):
                if problem := entry_problem(entry, seen):
                    raise refuse(problem, *where, key, number)
        frames[frame_id] = Frame(
            frame["label"],
            frame["description"],
            tuple(frame["entries"]),
            tuple(frame.get("except", ())),
            content["written"],
            content["date"],
            frame.get("question", ""),
            tuple(frame.get("present", ())),
            tuple(frame.get("absent", ())),
        )
    about = {key: content[key] for key in (*ABOUT, "written", "date")}
    return Dictionary(content["id"], content["use"], about, frames, compiled(lists(frames)))


def bundled(directory: str | Path | None = None, *, use: str = "frames") -> dict[str, Dictionary]:
    """Load the dictionaries that ship with Parallax, by id; those of `directory` add to them or replace them.

    `use` selects those that are counted (`frames`) or those that list names to be masked (`names`).
    """
    folders = [BUNDLED, *([Path(directory)] if directory else [])]
    paths = {path.stem: path for folder in folders for path in sorted(folder.glob("*.yml"))}
    loaded = [load(path) for path in paths.values()]
    found = {dictionary.id: dictionary for dictionary in loaded if dictionary.use == use}
    owners: dict[str, str] = {}
    for dictionary in found.values():
        for frame_id in dictionary.frames if use == "frames" else ():
            if frame_id in owners:  # a measure is named after its frame
                raise BadDictionary(
                    f"{dictionary.id}.yml: frame {frame_id!r} stands in {owners[frame_id]}.yml, too; every frame has its own id"
                )
            owners[frame_id] = dictionary.id
    return found


def from_themes(themes: Iterable[Mapping]) -> Dictionary:
    """Compile the themes of story.yml (id, label, description, entries, written, date) as one dictionary."""
    about = {"title": "Themes of this story", "source": "story.yml"}
    return from_lists(
        THEMES,
        about,
        {
            theme["id"]: Frame(
                theme.get("label", theme["id"]),
                theme.get("description", ""),
                tuple(theme["entries"]),
                tuple(theme.get("except", ())),
                theme.get("written", ""),
                theme.get("date", ""),
            )
            for theme in themes
        },
    )


def from_lists(
    id: str, about: Mapping[str, str], frames: Mapping[str, Frame], *, left_out: tuple[LeftOut, ...] = ()
) -> Dictionary:
    """Compile lists that stand elsewhere than in a dictionary's file, by the same rules for entries."""
    for frame_id, frame in frames.items():
        seen: set[str] = set()
        for entry in (*frame.entries, *frame.excluded):
            if problem := entry_problem(entry, seen):
                raise BadDictionary(f"{about.get('source', id)}, {frame_id}: {problem}")
    return Dictionary(id, "frames", about, frames, compiled(lists(frames)), left_out)


def lists(frames: Mapping[str, Frame]) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    return {frame_id: (frame.entries, frame.excluded) for frame_id, frame in frames.items()}


def find(text: str, dictionary: Dictionary) -> list[Hit]:
    """List the hits of `dictionary` in `text` as (start, end, frame, entry), in text order.

    Within a frame the longest match wins and no character is counted twice; across frames it may be.
    """
    return matches(text, dictionary.automaton)


def entry_problem(entry: object, seen: set[str]) -> str:
    """Say what is wrong with `entry`, or return ''; `seen` gathers the entries of one frame."""
    if not isinstance(entry, str):
        return "an entry must be a word or phrase, not a list or a key with values (quote a colon)"
    stem = entry.removeprefix("=").removesuffix("*")
    if not any(map(is_word, stem)):
        return f"empty entry {entry!r}; allowed: a word, a phrase, either with * at its end or = before it"
    if "*" in stem or "=" in stem:
        return f"entry {entry!r}: * is allowed at the end only, = at the beginning only"
    if entry.endswith("*") and (len(stem) < 3 or not is_word(stem[-1])):
        return f"entry {entry!r}: * is allowed after three letters or more of a word"
    key = normalised(entry.strip())[0]
    key = key if entry.startswith("=") else lowered(key)
    if key in seen:
        return f"entry {entry!r} stands twice in this frame (case and hyphens do not part entries)"
    seen.add(key)
    return ""


def shown_path(path: Path) -> str:
    """A file as messages name it: with its folder, since every story has a story.yml."""
    return f"{path.parent.name}/{path.name}"


def is_date(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def read_yaml(path: Path, read: bytes | None = None) -> tuple[object, dict[tuple, int]]:
    """Read a YAML file as strings, lists and dicts, and the line of every node by its path of keys.

    `read` is what the file holds, where it was read before. Nothing is converted (`NO` stays "NO"); tags, anchors and doubled keys are refused with BadDictionary.
    """
    lines: dict[tuple, int] = {}

    def value(node: yaml.Node | None, where: tuple) -> object:
        if node is None:
            raise BadDictionary(f"{shown_path(path)}: the file is empty")
        line = node.start_mark.line + 1
        lines.setdefault(where, line)
        kind = {yaml.ScalarNode: "str", yaml.SequenceNode: "seq", yaml.MappingNode: "map"}[type(node)]
        if node.tag != f"tag:yaml.org,2002:{kind}":
            raise BadDictionary(
                f"{shown_path(path)}, line {line}: tag {node.tag!r}; allowed: YAML without tags"
            )
        if isinstance(node, yaml.ScalarNode):
            return " ".join(node.value.split())
        if isinstance(node, yaml.SequenceNode):
            return [value(item, (*where, number)) for number, item in enumerate(node.value)]
        found: dict[str, object] = {}
        for key_node, item in node.value:
            key = value(key_node, (*where, None))
            line = key_node.start_mark.line + 1
            if not isinstance(key, str) or key in found:
                raise BadDictionary(
                    f"{shown_path(path)}, line {line}: key {key!r}; allowed: a text, each key once"
                )
            lines[(*where, key)] = line
            found[key] = value(item, (*where, key))
        return found

    try:
        text = (path.read_bytes() if read is None else read).decode("utf-8-sig")
        depth = 0
        for event in yaml.parse(text, Loader=LOADER):
            line = event.start_mark.line + 1
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                raise BadDictionary(f"{shown_path(path)}, line {line}: nested deeper than {DEEPEST} levels")
            if getattr(event, "anchor", None):
                raise BadDictionary(
                    f"{shown_path(path)}, line {line}: anchors and aliases (& and *) are not allowed; "
                    "quote an entry that begins with one"
                )
        return value(yaml.compose(text, Loader=LOADER), ()), lines
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise BadDictionary(
            f"{shown_path(path)}{line}: not readable as YAML in UTF-8: {getattr(error, 'problem', None) or error}"
        ) from error
