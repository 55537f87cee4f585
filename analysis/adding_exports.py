"""Adding exports in place: an archive's tables are kept as they are in a story's `articles/`, and no manifest lists their rows.

What `adding` does for articles that people look at one by one would be a file and a row a piece; here a story.yml with the outlets
that the rows name is all that is written beside the copies.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.adding import RESERVED
from analysis.corpus.formats.columns import TARGETS
from analysis.corpus.formats.item import Refused
from analysis.corpus.held_rows import EPISODE
from analysis.corpus.holdings import ENDINGS, KNOWN, exports, listing, read_slowly
from analysis.corpus.manifest import SLUG
from analysis.corpus.outlets import load_outlets
from analysis.corpus.signatures import outlet_named
from analysis.nearest import did_you_mean
from analysis.storage import data_folder, file_digest, own_outlets, write_atomically
from analysis.story_draft import draft, with_outlets
from analysis.story_yml import BadStory, read_story_yml
from analysis.tables import UNKNOWN


@dataclass(frozen=True)
class Exports:
    """What exports hold: number of articles, of episodes with a name, of articles of none, of articles that name no outlet, and of those that share outlet and episode with another.

    `outlets` are id -> name, `refused` rows that are no article; `not_taken` says which exports were not put there, and why, `slow`
    which are read slowly, and why; `renamed` are ids of articles that the story holds -> longer ones, by which they are known from then on.
    """

    folder: Path
    n_articles: int
    n_episodes: int
    n_no_episode: int
    n_nameless: int
    n_alike: int
    outlets: dict[str, str]
    refused: list[Refused]
    not_taken: dict[str, str]
    slow: dict[str, str]
    renamed: dict[str, str]


def add_exports(
    name: str, paths: Iterable[Path], *, columns: Mapping[str, str] = {}, dry_run: bool = False
) -> Exports:
    """Put exports into the story `name`, which is begun where it is not there; with `dry_run` nothing is written.

    `columns` (field of an article, or "episode" -> column) goes into story.yml, which says it from then on. Exports of which no
    row is an article that the story does not have yet are not put there.

    Nothing that the story holds is changed: an export of the same name and content is left, one of another content refused, and so
    is one by which, as exports are read by name, an id would stand for another article than it does. Raises FileNotFoundError and
    `BadStory`.
    """
    if name in RESERVED or not SLUG.fullmatch(name):
        raise BadStory(
            f"{name!r} cannot name a story; allowed: small letters, digits, - and _, at most 64, and not {RESERVED[0]}"
        )
    folder, paths = data_folder() / name, [Path(path) for path in paths]
    if (folder / "documents.csv").is_file():
        raise BadStory(f"{name} has a documents.csv: what is read in place stands in a story of its own")
    for number, path in enumerate(paths):
        if path.is_dir():
            raise BadStory(f"{path} is a folder; --in-place wants files: {', '.join(ENDINGS)}")
        if not path.is_file():
            raise FileNotFoundError(f"{path}: no such file")
        if path.name in {one.name for one in paths[:number]}:
            raise BadStory(f"two files are named {path.name}: rename one of them")
        if path.name.startswith("."):
            raise BadStory(f"{path.name} cannot be read in place: its name begins with a point, rename it")
        if not path.name.lower().endswith(ENDINGS):
            wanted = ": JSON lines are wanted, an object a line" if ".json" in path.name.lower() else ""
            raise BadStory(f"{path.name} cannot be read in place{wanted}; allowed: {', '.join(ENDINGS)}")
        there = folder / "articles" / path.name
        if there.is_file() and file_digest(there) != file_digest(path):
            raise BadStory(
                f"articles/{path.name} is there already and is another file: rename yours, or replace that one"
            )
    columns, held = _columns(folder, columns), exports(folder / "articles")
    new = sorted((path for path in paths if path.name not in {one.name for one in held}), key=_name)
    rows, refused = listing([*held, *new], columns)  # what is there goes first
    files = set(rows["file"])
    taken = [path for path in new if path.name in files]
    renamed = _renamed(listing(held, columns)[0], held, taken, columns)
    slow = {path.name: why for path in paths if (why := read_slowly(path))}
    known = load_outlets(own_outlets())
    named = dict(outlet_named(one, known) for one in dict.fromkeys(rows["outlet"]) if one)
    named.pop(UNKNOWN, None)
    n_nameless = int((rows["outlet"] == "").sum())
    of_episode = rows[rows["episode"] != ""]
    n_alike = int(of_episode[of_episode["outlet"] != ""].duplicated(["outlet", "episode"], keep=False).sum())
    found = Exports(
        folder,
        len(rows),
        of_episode["episode"].nunique(),
        len(rows) - len(of_episode),
        n_nameless,
        n_alike,
        named,
        refused,
        _not_taken(paths, held, taken, refused),
        slow,
        renamed,
    )
    if not dry_run and (taken or (held and not (folder / "story.yml").is_file())):
        _write(found, name, taken, min(filter(None, rows["day"]), default=""), columns)
    return found


def _name(path: Path) -> str:
    return path.name


def _renamed(
    before: pd.DataFrame, held: list[Path], taken: list[Path], columns: Mapping[str, str]
) -> dict[str, str]:
    """The ids of rows that the story holds which become longer once the exports are read by name. Raises `BadStory` where one would name another row."""
    if not held or not taken:
        return {}
    now = listing(sorted([*held, *taken], key=_name), columns)[0]
    of = before.merge(now, on="doc_id", suffixes=("", "_now"))
    moved = of[(of["file"] != of["file_now"]) | (of["row"] != of["row_now"])]
    if moved.empty:
        of = before.merge(now, on=["file", "row"], suffixes=("", "_now"))
        of = of[of["doc_id"] != of["doc_id_now"]]
        return dict(zip(of["doc_id"], of["doc_id_now"], strict=True))
    one, by = moved.iloc[0], moved.iloc[0]["file_now"]
    raise BadStory(
        f"{by} would take the id {one['doc_id']} from row {one['row']} of {one['file']}, which the story holds: exports are read by "
        f"name, and the first row of an id is the one that counts. Rename {by} to a name behind {held[-1].name}, and what is there "
        f"stays; to correct what is there, replace articles/{one['file']}"
    )


def _not_taken(
    paths: list[Path], held: list[Path], taken: list[Path], refused: list[Refused]
) -> dict[str, str]:
    """The files that are not put into the story, and why."""
    there, found = {path.name for path in held}, {}
    for path in paths:
        if path.name in there:
            found[path.name] = "the same file is there already"
        elif path not in taken:
            is_known = any(one.file == path.name and KNOWN in one.reason for one in refused)
            found[path.name] = (
                "the ids of all its articles stand for rows of other exports already; to correct those, replace the export that holds them"
                if is_known
                else "it holds no article that can be read"
            )
    return found


def _columns(folder: Path, columns: Mapping[str, str]) -> dict[str, str]:
    """What story.yml says of columns, or what is said now where there is none yet. Raises `BadStory`."""
    allowed = (*TARGETS, EPISODE)
    for target in columns:
        if target not in allowed:
            raise BadStory(
                f"--map {target}=…: there is no field {target!r}; allowed: {', '.join(allowed)}{did_you_mean(target, allowed)}"
            )
    if not (folder / "story.yml").is_file():
        return dict(columns)
    known = read_story_yml(folder / "story.yml").columns
    if any(known.get(target) != name for target, name in columns.items()):
        raise BadStory(
            f"story.yml of {folder.name} says which columns are read: put them there, under `columns:`"
        )
    return known


def _write(found: Exports, name: str, paths: list[Path], day: str, columns: Mapping[str, str]) -> None:
    """The copies first, story.yml last."""
    articles, about = found.folder / "articles", found.folder / "story.yml"
    articles.mkdir(parents=True, exist_ok=True)
    for path in paths:
        if not (articles / path.name).is_file():
            part = articles / f".{path.name}.part"
            shutil.copyfile(path, part)
            os.replace(part, articles / path.name)
    if not about.is_file():
        write_atomically(about, draft(name, day, found.outlets, [], columns=columns))
        return
    there = {one.id for one in read_story_yml(about).outlets}
    if new := {id: label for id, label in found.outlets.items() if id not in there}:
        write_atomically(about, with_outlets(about, new))
