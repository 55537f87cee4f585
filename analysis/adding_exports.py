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

from analysis.adding import RESERVED
from analysis.corpus.formats.columns import TARGETS
from analysis.corpus.formats.item import Refused
from analysis.corpus.held_rows import EPISODE
from analysis.corpus.holdings import DAY, ENDINGS, exports, listing, read_slowly
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
    """What exports hold: number of articles, of episodes, of articles that name no outlet, and of those that share outlet and episode with another.

    `outlets` are id -> name, `refused` rows that are no article; `slow` says which exports are read slowly, and why.
    """

    folder: Path
    n_articles: int
    n_episodes: int
    n_nameless: int
    n_alike: int
    outlets: dict[str, str]
    refused: list[Refused]
    slow: dict[str, str]


def add_exports(
    name: str, paths: Iterable[Path], *, columns: Mapping[str, str] = {}, dry_run: bool = False
) -> Exports:
    """Put exports into the story `name`, which is begun where it is not there; with `dry_run` nothing is written.

    `columns` (field of an article, or "episode" -> column) goes into story.yml, which says it from then on. Exports of which no
    row is an article that the story does not have yet are not put there.

    Nothing that the story holds is changed: an export of the same name and content is left, one of another content refused.
    Raises FileNotFoundError and `BadStory`.
    """
    if name in RESERVED or not SLUG.fullmatch(name):
        raise BadStory(
            f"{name!r} cannot name a story; allowed: small letters, digits, - and _, at most 64, and not {RESERVED[0]}"
        )
    folder, paths = data_folder() / name, [Path(path) for path in paths]
    if (folder / "documents.csv").is_file():
        raise BadStory(f"{name} has a documents.csv: what is read in place stands in a story of its own")
    for number, path in enumerate(paths):
        if not path.is_file():
            raise FileNotFoundError(f"{path}: no such file")
        if path.name in {one.name for one in paths[:number]}:
            raise BadStory(f"two files are named {path.name}: rename one of them")
        if path.name.startswith("."):
            raise BadStory(f"{path.name} cannot be read in place: its name begins with a point, rename it")
        if not path.name.lower().endswith(ENDINGS):
            raise BadStory(f"{path.name} cannot be read in place; allowed: {', '.join(ENDINGS)}")
        there = folder / "articles" / path.name
        if there.is_file() and file_digest(there) != file_digest(path):
            raise BadStory(f"articles/{path.name} is there already and is another file: rename one of them")
    there = {path.name: path for path in [*paths, *exports(folder / "articles")]}
    columns = _columns(folder, columns)
    rows, refused = listing(there.values(), columns)
    slow = {path.name: why for path in paths if (why := read_slowly(path))}
    known = load_outlets(own_outlets())
    named = dict(outlet_named(one, known) for one in dict.fromkeys(rows["outlet"]) if one)
    named.pop(UNKNOWN, None)
    n_nameless = int((rows["outlet"] == "").sum())
    n_alike = int(rows[rows["outlet"] != ""].duplicated(["outlet", "episode"], keep=False).sum())
    found = Exports(folder, len(rows), rows["episode"].nunique(), n_nameless, n_alike, named, refused, slow)
    is_more = len(rows) > len(listing(exports(folder / "articles"), columns)[0])
    taken = [path for path in paths if is_more and path.name in set(rows["file"])]
    if not dry_run and taken:
        day = min((day for day in rows["episode"] if DAY.fullmatch(day)), default="")
        _write(found, name, taken, day, columns)
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
