"""Adding exports in place: an archive's tables are kept as they are in a story's `articles/`, and no manifest lists their rows.

What `adding` does for articles that people look at one by one would be a file and a row a piece; here a story.yml with the outlets
that the rows name is all that is written beside the copies.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from analysis.adding import RESERVED
from analysis.corpus.formats.item import Refused
from analysis.corpus.holdings import DAY, ENDINGS, exports, listing, read_slowly
from analysis.corpus.manifest import SLUG
from analysis.corpus.outlets import load_outlets
from analysis.corpus.signatures import outlet_named
from analysis.storage import data_folder, file_digest, own_outlets, write_atomically
from analysis.story_draft import draft, with_outlets
from analysis.story_yml import BadStory, read_story_yml
from analysis.tables import UNKNOWN


@dataclass(frozen=True)
class Exports:
    """What exports hold: number of articles and episodes, outlets (id -> name), rows that are no article; which are read slowly, and why."""

    folder: Path
    n_articles: int
    n_episodes: int
    outlets: dict[str, str]
    refused: list[Refused]
    slow: dict[str, str]


def add_exports(name: str, paths: Iterable[Path], *, dry_run: bool = False) -> Exports:
    """Put exports into the story `name`, which is begun where it is not there; with `dry_run` nothing is written.

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
    rows, refused = listing(there.values())
    slow = {path.name: why for path in paths if (why := read_slowly(path))}
    known = load_outlets(own_outlets())
    named = dict(outlet_named(one, known) for one in dict.fromkeys(rows["outlet"]) if one)
    named.pop(UNKNOWN, None)
    found = Exports(folder, len(rows), rows["episode"].nunique(), named, refused, slow)
    if not dry_run and len(rows):
        _write(found, name, paths, min((day for day in rows["episode"] if DAY.fullmatch(day)), default=""))
    return found


def _write(found: Exports, name: str, paths: list[Path], day: str) -> None:
    """The copies first, story.yml last."""
    articles, about = found.folder / "articles", found.folder / "story.yml"
    articles.mkdir(parents=True, exist_ok=True)
    for path in paths:
        if not (articles / path.name).is_file():
            part = articles / f".{path.name}.part"
            shutil.copyfile(path, part)
            os.replace(part, articles / path.name)
    if not about.is_file():
        write_atomically(about, draft(name, day, found.outlets, []))
        return
    there = {one.id for one in read_story_yml(about).outlets}
    if new := {id: label for id, label in found.outlets.items() if id not in there}:
        write_atomically(about, with_outlets(about, new))
