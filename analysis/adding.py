"""Adding: articles as people have them -> a story folder, one text file and one row of `documents.csv` each.

A file of plain text is copied as it is. Of every other format the text is written out, so that what is measured can
be read and mended by a person and depends on no parser of the day. Every file is written whole or not at all, the
manifest last: after an interruption the same call completes what it began.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path, PurePath

import pandas as pd

from analysis.corpus.bounds import Lost
from analysis.corpus.cells import guarded
from analysis.corpus.files import aside, read_file
from analysis.corpus.files import listed as all_files
from analysis.corpus.formats import TEXT, format_of
from analysis.corpus.formats.item import Item, Limits, Refused
from analysis.corpus.holdings import exports
from analysis.corpus.manifest import COLUMNS, CONTROL, FURTHER, SLUG, read_manifest
from analysis.corpus.outlets import load_outlets
from analysis.corpus.reading import Article, Corpus, corpus, listed, recognised
from analysis.corpus.records import raw_text
from analysis.corpus.signatures import outlet_named
from analysis.evidence.actors import proposed_actors
from analysis.evidence.overlap import overlap
from analysis.evidence.reprints import not_counted
from analysis.storage import data_folder, own_outlets, write_atomically
from analysis.story_draft import draft, with_outlets
from analysis.story_yml import BadStory, read_story_yml
from analysis.tables import UNKNOWN

RESERVED = ("dictionaries",)


@dataclass(frozen=True)
class Found:
    """One article that was recognised: where it came from, its row of the manifest, and what it will be written as."""

    source: str  # file and unit
    row: dict[str, str]
    content: bytes
    is_new: bool  # False: the story holds it already


@dataclass(frozen=True)
class Added:
    """What `add` found and wrote.

    `found` are the articles in the order they were found, `read` the new ones (and the reprints among them) as
    measuring will see them, `refused` what was not taken. `related` are the pairs of table `overlap` that are more
    than quotations and hold a new article. `story_yml` is the text of a new story.yml, "" where there was one;
    `aside` are the files that were passed over: hidden ones, READMEs, parts of saved pages.
    """

    folder: Path
    found: list[Found]
    read: Corpus
    refused: list[Refused]
    related: pd.DataFrame
    story_yml: str
    aside: list[Path]

    @property
    def new(self) -> list[Found]:
        """The articles that the story did not hold."""
        return [one for one in self.found if one.is_new]


def add(
    name: str,
    paths: Iterable[str | Path],
    *,
    outlet: str = "",
    columns: Mapping[str, str] = {},
    limits: Limits = Limits(),
    dry_run: bool = False,
    on_step: Callable[[str, str, int, int], None] = lambda what, name, n, of: None,
) -> Added:
    """Read articles from `paths` into the story `name`, which is begun where it is not there.

    `outlet` is who wrote all of them, where the user says so; `columns` says which column of a table holds what.
    Nothing the story holds is changed: what was added before is found again and left. With `dry_run` nothing is
    written. `on_step` is told what is done (reading, recognising, comparing), with what by its name, and how many of how
    many are done: of reading, files, and once for each unit of one. Raises FileNotFoundError, `BadStory`, `BadManifest`, `BadOutlets`.
    """
    if name in RESERVED:
        raise BadStory(f"{name!r} cannot name a story: it is a folder of the data folder for something else")
    if not SLUG.fullmatch(name):
        raise BadStory(f"{name!r} cannot name a story; allowed: small letters, digits, - and _, at most 64")
    known = _Known(data_folder() / name)
    if known.manifest is None and (there := exports(known.folder / "articles")):
        raise BadStory(
            f"{name} reads {there[0].name} in place, and would no longer where single articles are listed beside it: "
            "add to a story of another name, or an export with --in-place"
        )
    told = known.outlet(outlet) if outlet else ""
    if outlet and told == UNKNOWN and outlet.strip().casefold() != UNKNOWN:
        raise BadStory(f"{outlet!r} cannot name an outlet; allowed: a name with a letter or a digit")
    paths, taken = sorted(paths, key=_by_name), []
    files = all_files(paths)
    for n, file in enumerate(files, start=1):
        for one in _read(file, limits, columns):
            taken.append(one)
            on_step("reading", file.name, n, len(files))
    refused = [one for one in taken if isinstance(one, Refused)]
    keyed = {_key(one): one for one in reversed(taken) if isinstance(one, Item)}  # of equal ones the first
    fresh = [item for key, item in reversed(keyed.items()) if key not in known.keys]
    named = recognised(
        _told("recognising", fresh, on_step), outlet=told, taken=known.taken, own_outlets=own_outlets()
    )
    articles = {_key(one.item): _named(one, known) for one in named}
    old = known.articles()
    everything = corpus(_told("comparing", [*old, *articles.values()], on_step))
    shared, _ = overlap(everything.texts, everything.sentences, everything.quoted_spans, everything.documents)
    held = everything.documents["doc_id"].isin(known.rows["doc_id"])
    because = not_counted(shared, everything.documents.assign(is_held=held))
    found = []
    for one in taken:
        if isinstance(one, Item):
            key = _key(one)
            if key in articles:
                article = articles.pop(key)
                found.append(
                    _found(article, _source(one, paths), known, because.get(article.about["doc_id"], ""))
                )
                known.keys[key] = article.about["doc_id"]
            else:
                found.append(Found(_source(one, paths), known.row(known.keys[key], found), b"", False))
    new = {one.row["doc_id"] for one in found if one.is_new}
    is_own = shared["doc_id_a"].isin(new) | shared["doc_id_b"].isin(new)
    added = Added(
        known.folder,
        found,
        _only(everything, new),
        refused,
        shared[is_own & (shared["relation"] != "none")].reset_index(drop=True),
        "" if known.about or not new else _begun(name, found, everything, known),
        aside(paths),
    )
    _refuse_clashes(found, known.folder / "articles")
    story_yml = added.story_yml or (_story_yml(found, known) if known.about and not dry_run else "")
    if not dry_run and new:
        _write(added, story_yml, known)
    return added


def _read(file: Path, limits: Limits, columns: Mapping[str, str]) -> Iterator[Item | Refused]:
    """The articles of a file; one whose parser was lost is refused this time and found by the next call."""
    try:
        yield from read_file(file, limits=limits, columns=columns)
    except Lost as problem:
        yield Refused(str(file), "", None, f"could not be read this time, add it again: {problem}")


def _by_name(path: str | Path) -> tuple[bool, tuple[str, ...]]:
    """The order in which paths are read, whatever the order they are named in: files first, by name, then by the folder's name."""
    return Path(path).is_dir(), Path(path).resolve().parts[::-1]


class _Known:
    """What the story folder holds before anything is added; `keys` says which articles, by `_key`."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.about = read_story_yml(folder / "story.yml") if (folder / "story.yml").is_file() else None
        self.rows = pd.DataFrame(columns=list(COLUMNS), dtype="str")
        self.manifest: pd.DataFrame | None = None
        path = folder / "documents.csv"
        if path.is_file():
            self.manifest = read_manifest(path)  # refuses what is wrong, with its line
            self.rows = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
        self.header = list(dict.fromkeys([*self.rows.columns, *FURTHER]))
        self.keys: dict[str, str] = {}
        for row in self.rows.to_dict("records"):
            file = folder / "articles" / row["file"]
            keys = {row.get("source_sha256", ""), row["sha256"]}
            if not any(keys) and file.is_file():
                keys = {sha256(file.read_bytes()).hexdigest()}
            self.keys |= dict.fromkeys(filter(None, keys), row["doc_id"])
        files = (Path(file).stem for file in self.rows["file"])
        self.taken = {*self.rows["doc_id"], *files}  # a new article is written under its id
        self.outlets = load_outlets(own_outlets())
        self.names = {one.id: one.name for one in self.outlets}
        self.names |= {one.id: one.name for one in self.about.outlets} if self.about else {}

    def outlet(self, name: str) -> str:
        """The id of the outlet that the user calls `name`, which may be the story's own."""
        wanted = " ".join(name.casefold().split())
        for id, label in self.names.items():
            if wanted in (id, label.casefold(), label.casefold().removeprefix("the ")):
                return id
        id, shown = outlet_named(name, self.outlets)
        self.names.setdefault(id, shown)
        return id

    def articles(self) -> list[Article]:
        """The articles the story holds, as far as their texts are here."""
        if self.manifest is None:
            return []
        return [one for one in listed(self.folder / "articles", self.manifest) if isinstance(one, Article)]

    def row(self, doc_id: str, found: Iterable[Found]) -> dict[str, str]:
        """The row of a document that the story holds, or that was found earlier in the same call."""
        own = self.rows[self.rows["doc_id"] == doc_id].to_dict("records")
        return own[0] if own else next(one.row for one in found if one.row["doc_id"] == doc_id)


def _told(
    what: str, items: Sequence[Item | Article], on_step: Callable[[str, str, int, int], None]
) -> Iterator:
    """`items`, of each of which is said that it is at hand."""
    for n, one in enumerate(items):
        item = one.item if isinstance(one, Article) else one
        on_step(what, PurePath(item.file).name, n, len(items))
        yield one


def _key(item: Item) -> str:
    """What tells articles apart: the bytes of a file; of a unit of an export, its text and all that is said of it."""
    if not item.unit:
        return item.sha256
    return sha256(json.dumps([item.text, sorted(item.fields.items())]).encode()).hexdigest()


def _source(item: Item, paths: Iterable[str | Path]) -> str:
    """Where an article came from, by the name of the file or folder the user gave: no path of one machine."""
    file, shown = PurePath(item.file), PurePath(item.file).name
    for path in map(Path, paths):
        if file.is_relative_to(path):
            shown = (PurePath(path.resolve().name) / file.relative_to(path)).as_posix()
            break
    return CONTROL.sub("\ufffd", f"{shown}, {item.unit}" if item.unit else shown)  # no manifest may hold them


def _named(article: Article, known: _Known) -> Article:
    """The article under the file name it will have in the story."""
    known.names.setdefault(article.about["outlet"], article.outlet_name or "Unknown outlet")
    about = article.about | {"file": f"{article.about['doc_id']}.txt"}
    return replace(article, about=about, cleaned=None)  # it would be held for all of them at once


def _found(article: Article, source: str, known: _Known, because: str) -> Found:
    about, content = article.about, _content(article.item)
    row = {name: str(about[name]) for name in known.header if name in about and not pd.isna(about[name])}
    row |= {
        "is_counted": "true" if about["is_counted"] and not because else "false",
        "not_counted_because": about["not_counted_because"] or because,
        "is_clean": "true" if article.item.is_clean else "",
        "sha256": sha256(content).hexdigest(),
        "source": source,
        "source_sha256": _key(article.item),
    }
    return Found(source, dict.fromkeys(known.header, "") | row, content, True)


def _content(item: Item) -> bytes:
    """What is written for an article: the bytes of a text file, else its text."""
    path = Path(item.file)
    if not item.unit and path.is_file():
        data = path.read_bytes()
        if sha256(data).hexdigest() == item.sha256 and format_of(data, path.name) is TEXT:
            return data
    return raw_text(item).rstrip("\n").encode() + b"\n"


def _only(found: Corpus, doc_ids: set[str]) -> Corpus:
    """The tables of these documents alone."""
    return Corpus(
        **{
            name: table[table["doc_id"].isin(doc_ids)].reset_index(drop=True) if "doc_id" in table else table
            for name, table in found.__dict__.items()
        }
    )


def _begun(name: str, found: list[Found], read: Corpus, known: _Known) -> str:
    days = sorted(one.row["published_at"][:10] for one in found if one.row["published_at"])
    ids = dict.fromkeys([*known.rows["outlet"], *(one.row["outlet"] for one in found)])
    outlets = {id: known.names.get(id, "Unknown outlet" if id == UNKNOWN else id) for id in ids}
    return draft(name, days[0] if days else "", outlets, proposed_actors(read.texts.values()))


def _story_yml(found: list[Found], known: _Known) -> str:
    """The story.yml that is there with the outlets it does not name yet; "" where it names all."""
    there = {UNKNOWN, *(one.id for one in known.about.outlets)}
    ids = dict.fromkeys(one.row["outlet"] for one in found if one.is_new)
    new = {id: known.names[id] for id in ids if id not in there}
    return with_outlets(known.folder / "story.yml", new) if new else ""


def _refuse_clashes(found: list[Found], articles: Path) -> None:
    """No file that lies in the story without a row is written over, but by what an interrupted run would write."""
    for one in found:
        file = articles / one.row["file"]
        if one.is_new and file.is_file() and file.read_bytes() != one.content:
            raise BadStory(
                f"articles/{file.name} is there already and stands in no row of documents.csv: "
                "move it away, or list it"
            )


def _write(added: Added, story_yml: str, known: _Known) -> None:
    """Texts first, then story.yml, the manifest last."""
    for one in added.new:
        write_atomically(added.folder / "articles" / one.row["file"], one.content)
    if story_yml:
        write_atomically(added.folder / "story.yml", story_yml)
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, known.header, lineterminator="\n", restval="")
    writer.writeheader()
    new_rows = ({name: guarded(cell) for name, cell in one.row.items()} for one in added.new)
    writer.writerows([*known.rows.to_dict("records"), *new_rows])
    write_atomically(added.folder / "documents.csv", table.getvalue())
