"""Storage: where stories stand, what their `measures/` hold, and whether that is still up to date."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from functools import lru_cache
from hashlib import file_digest as hashed
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pandas as pd

from analysis.environment import environment
from analysis.evidence.dictionaries import BUNDLED, Dictionary
from analysis.evidence.parsing import MODELS
from analysis.folders import ROOT, data_folder
from analysis.measured import TABLE_NAMES, Measures
from analysis.tables import TABLES

OUTLETS = ROOT / "data" / "outlets.yml"
WEIGHTS = BUNDLED.parent / "attribution_weights.yml"
NOT_SHIPPED = ("text", "headline", "deck")  # columns of `documents` that stay out of `measures/`
MEASURING = (
    "corpus",
    "evidence",
    "measures",
    "comparison",
    "tables.py",
    "measuring.py",
    "measured.py",
    "outline.py",
    "partitions",
    "schema.py",
    "story_yml.py",
    "facts_yml.py",
)
PARSER = "spacy"
WORK = ".partitions"  # in `measures/` of a large story: what is measured so far, and receipts
BESIDE = ("documents.csv", "facts.yml", "corrections.csv", "coding/codes.csv")  # story.yml, where they are
LIBRARIES = (
    "pandas",
    "numpy",
    "textstat",
    "vaderSentiment",
    "nltk",
    "py3langid",
    "ftfy",
    "pyahocorasick",
    "pyphen",
    "trafilatura",
    "lxml",
    "rapidfuzz",
    "pyarrow",
    PARSER,
    MODELS[0],
)


class NotMeasured(RuntimeError):
    """A story is not measured to its end, through nothing that is wrong in its files; the message says why and what to do."""


class BadMeasures(ValueError):
    """A table of `measures/` cannot be read; the message names it."""


def stories_in(folder: Path) -> AbstractContextManager[None]:
    """Meanwhile stories stand in `folder`, for everything that runs, kernels included."""
    return environment({"PARALLAX_DATA": str(folder)})


def own_dictionaries() -> Path | None:
    """The folder of dictionaries beside the stories, where the data folder is not the project's."""
    folder = data_folder() / "dictionaries"
    return folder if folder.is_dir() and folder != BUNDLED else None


def chosen_dictionaries() -> list[Path]:
    """The files of dictionaries that were asked for (PARALLAX_DICTIONARIES, as PATH lists folders)."""
    named = os.environ.get("PARALLAX_DICTIONARIES", "")
    return [Path(one).resolve() for one in named.split(os.pathsep) if one]


def dictionary_files() -> dict[str, Path]:
    """The files of all dictionaries that are read, by id: one beside the stories replaces the bundled one of its name."""
    folders = [BUNDLED, *filter(None, [own_dictionaries()])]
    files = [*(path for folder in folders for path in sorted(folder.glob("*.yml"))), *chosen_dictionaries()]
    return {path.stem: path for path in files}


def frame_dictionaries() -> dict[str, Dictionary]:
    """The dictionaries that are counted, by id: bundled ones, those beside the stories, those asked for. Raises `BadDictionary`."""
    from analysis.evidence.dictionary_formats import in_use

    return in_use(own_dictionaries(), chosen_dictionaries())


def own_outlets() -> Path | None:
    """The file of outlets beside the stories, where the data folder is not the project's."""
    path = data_folder() / "outlets.yml"
    return path if path.is_file() and path != OUTLETS else None


def has_texts(folder: Path, manifest: pd.DataFrame) -> bool:
    """Whether the story can be measured from what is in `articles/`. Raises `BadMeasures`.

    A file that is not there costs only itself, unless its document was measured before: then measuring again
    would lose what is known of it, and the story counts as one without texts.
    """
    is_here = manifest["file"].map(lambda file: (folder / "articles" / file).is_file()).astype(bool)
    if not is_here.any():
        return False
    return is_here.all() or not set(manifest.loc[~is_here, "doc_id"]) & _measured_documents(folder)


def _measured_documents(folder: Path) -> set[str]:
    """The doc_ids that `measures/` knows, whatever else of it is there."""
    is_there = any(file.is_file() for file in table_files(folder, "documents"))
    return set(read_table(folder, "documents", columns=["doc_id"])["doc_id"]) if is_there else set()


def is_measured(folder: Path) -> bool:
    """Whether `measures/` holds every table, and says from what they were made."""
    files = [table_files(folder, name) for name in TABLE_NAMES]
    is_whole = all(own and all(file.is_file() for file in own) for own in files)
    return is_whole and {"frames", "actors"} <= set(recorded(folder))


def table_files(folder: Path, name: str) -> list[Path]:
    """The files that hold one table of `measures/`: NAME.parquet, or of a large story the parts NAME/*.parquet, in order."""
    parts = folder / "measures" / name
    return sorted(parts.glob("*.parquet")) if parts.is_dir() else [parts.with_suffix(".parquet")]


def read_table(
    folder: Path,
    name: str,
    *,
    columns: Sequence[str] | None = None,
    where: Sequence[tuple] = (),
    part: int | None = None,
) -> pd.DataFrame:
    """Read one table of `measures/`, with the declared types: all `columns` or those named, in the declared order.

    `where` are conditions as pyarrow has them, (column, "==", value) or (column, "in", values), all of which hold for the rows
    that are read; what fails them is not loaded. Of a table in parts `part` names the one that is read. Raises `BadMeasures`.
    """
    table = TABLES[name]
    table = table if columns is None else table.of(columns)
    stored = [column for column in table.names if column not in NOT_SHIPPED]
    path = folder / "measures" / f"{name}.parquet"
    frames = []
    try:
        files = table_files(folder, name)
        for path in files if part is None else files[part : part + 1]:
            frame = pd.read_parquet(path, columns=stored, filters=list(where) or None)
            frames.append(frame.assign(**dict.fromkeys(set(table.names) - set(stored), "")))
        return table.frame(pd.concat(frames, ignore_index=True) if len(frames) != 1 else frames[0])
    except (ValueError, KeyError, OSError) as problem:  # pyarrow's errors are ValueErrors or OSErrors
        cure = "where the texts are here, remove the folder measures/ and measure again"
        where_it_is = path.relative_to(folder).as_posix()
        raise BadMeasures(f"{folder.name}/{where_it_is} cannot be read ({problem}); {cure}") from None


def made_from(folder: Path, files: Iterable[str] = ()) -> dict[str, dict[str, str]]:
    """What provenance says of that from which a story is measured: `inputs`, and `articles`, SHA-256 by file, of `files` and exports.

    Taken before any of it is read: what changes from then on makes the measures stale.
    """
    named = dict.fromkeys([*files, *_exports(folder)])
    return {
        "inputs": inputs(folder),
        "articles": {file: file_digest(folder / "articles" / file) for file in named},
    }


def write_measures(folder: Path, measured: Measures, before: Mapping[str, Mapping[str, str]]) -> None:
    """Write the tables without text, and from what they were made: `before` is what `made_from` said before that was read."""
    target = folder / "measures"
    target.mkdir(exist_ok=True)
    for name in TABLE_NAMES:
        write_atomically(target / f"{name}.parquet", as_stored(getattr(measured, name), name))
    for name in (*TABLE_NAMES, WORK):
        if (target / name).is_dir():  # the story was larger when it was measured last
            shutil.rmtree(target / name)
    files = dict.fromkeys([*measured.documents["file"], *measured.rejected["file"], *before["articles"]])
    provenance = {
        "inputs": before["inputs"],
        "articles": {file: before["articles"].get(file, "") for file in files},  # "" of what came meanwhile
        "frames": measured.frames,
        "actors": measured.actors,
        "has_sources": measured.has_sources,
        "libraries": libraries(measured.has_sources),
    }
    write_atomically(
        target / "provenance.json", json.dumps(provenance, indent=1) + "\n"
    )  # frames keep their order


def as_stored(frame: pd.DataFrame, name: str) -> bytes:
    """The content of a file of `measures/` that holds the rows of `frame`, of the table `name`, without text."""
    stored = frame[TABLES[name].names].drop(columns=list(NOT_SHIPPED), errors="ignore")
    return stored.to_parquet(index=False)


def inputs(folder: Path) -> dict[str, str]:
    """SHA-256 of what the measures of a story are made from: code, dictionaries, outlets, story.yml, manifest, texts."""
    found = instruments(in_place=not (folder / "documents.csv").is_file())
    named = ["story.yml", *(file for file in BESIDE if (folder / file).is_file())]
    return found | {name: _digest(folder / name) for name in named}


def instruments(*, in_place: bool = False) -> dict[str, str]:
    """SHA-256 of what measures, whatever is measured: code, dictionaries, outlets.

    Sources are told by the names of the outlets that ship. The file of outlets beside the stories says whose an article is, which
    is asked only of a story that is read `in_place`: of others the manifest says it.
    """
    dictionaries = BUNDLED, WEIGHTS, *filter(None, [own_dictionaries()]), *chosen_dictionaries()
    code = _digest(*(ROOT / "analysis" / part for part in MEASURING))
    outlets = OUTLETS, *filter(None, [own_outlets() if in_place else None])
    return {"code": code, "dictionaries": _digest(*dictionaries), "outlets": _digest(*outlets)}


def changes(folder: Path) -> tuple[str, ...]:
    """What differs from what the measures of a story were made from; a changed text is seen where texts are."""
    known = recorded(folder)
    now = inputs(folder)
    before = known.get("inputs", {})
    changed = [name for name in dict.fromkeys([*now, *before]) if now.get(name) != before.get(name)]
    changed += [name for name, used in known.get("libraries", {}).items() if _version(name) != used]
    for file, digest in known.get("articles", {}).items():  # rejected ones, too: they may have been mended
        path = folder / "articles" / file
        if path.is_file() and file_digest(path) != digest:
            changed.append(f"articles/{file}")
    changed += _other_exports(folder, known.get("articles", {}))
    is_here = (file for file in known.get("articles", {}) if (folder / "articles" / file).is_file())
    if known.get("withheld") and "documents.csv" not in changed and any(is_here):
        changed.append(
            "documents.csv"
        )  # a bundle's has no headlines: texts may be read otherwise than they were
    return tuple(changed)


def _other_exports(folder: Path, known: Iterable[str]) -> list[str]:
    """Exports read in place that came since the story was measured, or went, where there are any; no manifest names them."""
    there = _exports(folder)
    return [f"articles/{file}" for file in sorted(set(there) ^ set(known))] if there else []


def _exports(folder: Path) -> list[str]:
    """The exports of a story without a manifest, which are read in place."""
    from analysis.corpus.holdings import exports

    is_listed = (folder / "documents.csv").is_file()
    return [] if is_listed else [path.name for path in exports(folder / "articles")]


def recorded(folder: Path) -> dict:
    """From what the measures of a story were made; empty where that is not there or cannot be read."""
    try:
        found = json.loads((folder / "measures" / "provenance.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def libraries(has_sources: bool) -> dict[str, str]:
    """The versions of what measures; those of the parser and its model only where they were used."""
    return {name: _version(name) for name in LIBRARIES if has_sources or name not in (PARSER, MODELS[0])}


def _version(library: str) -> str:
    for name in MODELS if library in MODELS else (library,):
        with suppress(PackageNotFoundError):
            return version(name)
    return "not installed"


def file_digest(path: Path) -> str:
    """SHA-256 of a file, which is not held for that; "" where it is not there."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashed(file, "sha256").hexdigest()


def _digest(*paths: Path) -> str:
    """SHA-256 over names and contents of files and folders; line ends as git may write them make no difference."""
    files = [(file, file.relative_to(path.parent).as_posix()) for path in paths for file in _sources(path)]
    return _digested(tuple((str(file), name, _state(file)) for file, name in files))


@lru_cache(maxsize=64)  # of hundreds of stories each asks for the same code and dictionaries
def _digested(files: tuple[tuple[str, str, tuple[int, ...]], ...]) -> str:
    """SHA-256 over (path, name, state) of files; what is written anew has another state, and is read again."""
    total = sha256()
    for path, name, _ in files:
        total.update(name.encode() + b"\0")
        total.update(Path(path).read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return total.hexdigest()


def _state(file: Path) -> tuple[int, ...]:
    """What changes with the content of a file: its number, its size, when it was written and when renamed."""
    about = file.stat()
    return about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns


def _sources(path: Path) -> list[Path]:
    """The files that code and dictionaries are: modules, YAML, and the pronouncing data, which has no suffix."""
    if not path.is_dir():
        return [path]
    found = (p for p in path.rglob("*") if p.suffix in (".py", ".yml", "") and not p.name.startswith("."))
    return sorted(p for p in found if p.is_file())


def copy_story(folder: Path, data: Path, files: Iterable[str]) -> Path:
    """Copy of the story in `folder` those of `files` that are there, and what stands beside it, to the data folder `data`.

    Beside it stand dictionaries and, of a story that is read in place, a file of outlets.

    Returns the copy's folder, which has the name of the first.
    """
    pairs = [(folder / name, data / folder.name / name) for name in files]
    if own := own_dictionaries():
        pairs += [(path, data / own.name / path.relative_to(own)) for path in _sources(own)]
    if not (folder / "documents.csv").is_file() and (own := own_outlets()):
        pairs.append((own, data / own.name))
    for path, target in pairs:
        if path.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    return data / folder.name


def write_atomically(path: Path, content: bytes | str, *, mark: str = "") -> None:
    """Write `content` so that `path` holds all of it or what it held before; folders are made.

    What an interrupted run left behind has a name of its own and is written over by the next one. Where several processes
    may write the same file, each has a `mark` of its own.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}{mark}.part")
    try:
        part.unlink(missing_ok=True)  # a link there would lead elsewhere
        with part.open("xb") as file:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
