"""Dictionary formats of the field: quanteda's YAML, LIWC's .dic, Lexicoder's .lc3, CSV; read into ours and written from it.

All of them are lists of words under categories, with `*` for any ending. What a file cannot say (who wrote it, for which texts, what it
misses) stays unsaid and is shown so. An entry that cannot be matched is not guessed at: it is left out and listed with its line.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from analysis.corpus.cells import guarded, unguarded
from analysis.evidence.dictionaries import (
    ABOUT,
    THEMES,
    BadDictionary,
    Dictionary,
    Frame,
    LeftOut,
    bundled,
    entry_problem,
    from_lists,
    lists,
    load,
    read_yaml,
    shown_path,
)
from analysis.evidence.matching import compiled

NOT_STATED = "not stated in the file"
SUFFIXES = {
    ".yml": "YAML of Parallax or quanteda",
    ".yaml": "YAML of Parallax or quanteda",
    ".dic": "LIWC",
    ".lc3": "Lexicoder",
    ".csv": "CSV",
}
CATEGORY_COLUMNS = ("category", "frame", "list", "dimension")
ENTRY_COLUMNS = ("entry", "term", "word", "pattern", "dicterm")
WILD = re.compile(r"[?\[\]\t]")
DEEPER = " > "  # between a category and one inside it
LARGEST = 5_000_000  # bytes

Row = tuple[int, str, str]  # line, category, entry


def read_dictionary(path: str | Path) -> Dictionary:
    """The dictionary in `path`, in any of the formats; BadDictionary names file, line and what is allowed.

    The id is the name of the file; a category becomes a frame whose id is its name in small letters. `left_out` lists the
    entries that are not taken, with line and reason. Nested categories of quanteda stand each for itself.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        kinds = ", ".join(f"{ending} ({what})" for ending, what in SUFFIXES.items())
        raise BadDictionary(f"{shown_path(path)}: the ending {suffix!r} names no format; allowed: {kinds}")
    if not path.is_file():
        raise BadDictionary(f"{path}: no such file")
    if path.stat().st_size > LARGEST:
        raise BadDictionary(f"{shown_path(path)}: larger than {LARGEST // 1_000_000} MB")
    if suffix in (".yml", ".yaml"):
        content, lines = read_yaml(path)
        if isinstance(content, dict) and isinstance(content.get("frames"), dict):
            return load(path)
        return _made(path, "quanteda", _quanteda(path, content, lines))
    text = _text(path)
    readers: dict[str, Callable[[Path, str], Iterator[Row]]] = {
        ".dic": _liwc,
        ".lc3": _lexicoder,
        ".csv": _csv,
    }
    return _made(path, SUFFIXES[suffix], readers[suffix](path, text))


def in_use(directory: Path | None = None, files: Iterable[Path] = ()) -> dict[str, Dictionary]:
    """The dictionaries that are counted, by id: the bundled ones, those of `directory`, and `files` in any format.

    A file has a name of its own; a category of it that has the id of another's frame is called by both names.
    Raises `BadDictionary`.
    """
    found = bundled(directory)
    for path in files:
        own = read_dictionary(path)
        if own.use != "frames" or own.id == THEMES:
            raise BadDictionary(
                f"{shown_path(Path(path))}: a dictionary to be counted is expected (use: frames), under another name than {THEMES!r}"
            )
        if own.id in found:
            raise BadDictionary(
                f"{shown_path(Path(path))}: {own.id!r} is the name of another dictionary that is counted; rename the file"
            )
        taken = {frame_id for one in found.values() for frame_id in one.frames}
        if taken & set(own.frames):
            frames = {f"{own.id}_{id}" if id in taken else id: frame for id, frame in own.frames.items()}
            own = replace(own, frames=frames, automaton=compiled(lists(frames)))
        found[own.id] = own
    return found


def write_dictionary(dictionary: Dictionary, path: str | Path) -> list[LeftOut]:
    """Write `dictionary` in the format that the ending of `path` names (.yml is quanteda's); return what the format cannot hold.

    None of them has words that match and are not counted (`except`), nor entries with capitals as printed (`=`).
    """
    path = Path(path)
    writers = {
        ".yml": _to_quanteda,
        ".yaml": _to_quanteda,
        ".dic": _to_liwc,
        ".lc3": _to_lexicoder,
        ".csv": _to_csv,
    }
    if path.suffix.lower() not in writers:
        raise BadDictionary(
            f"{shown_path(path)}: the ending {path.suffix!r} names no format; allowed: {', '.join(writers)}"
        )
    left_out, kept = [], {}
    for id, frame in dictionary.frames.items():
        label = " ".join(frame.label.split()).lstrip("+%") or id
        label = f"{label} ({id})" if label in kept else label
        plain = [entry for entry in frame.entries if entry[0] not in "=+%"]
        left_out += [
            LeftOut(0, frame.label, one, "capitals as printed") for one in frame.entries if one not in plain
        ]
        left_out += [LeftOut(0, frame.label, one, "except") for one in frame.excluded]
        kept[label] = plain
    path.write_text(writers[path.suffix.lower()](kept), encoding="utf-8")
    return left_out


def _made(path: Path, kind: str, rows: Iterable[Row]) -> Dictionary:
    """A dictionary from rows of line, category and entry."""
    entries: dict[str, list[str]] = {}
    seen: dict[str, set[str]] = {}
    left_out = []
    for line, category, entry in rows:
        own = entries.setdefault(category, [])
        problem = "? and [] stand for no letters here; allowed: * at the end" if WILD.search(entry) else ""
        if problem := problem or entry_problem(entry, seen.setdefault(category, set())):
            left_out.append(LeftOut(line, category, entry, problem))
        else:
            own.append(entry)
    if not any(entries.values()):
        raise BadDictionary(f"{shown_path(path)}: no entry under a category was found in this {kind} file")
    id = slug(path.stem)
    frames = {}
    for category, own in entries.items():
        frame_id = slug(category)
        while frame_id in frames:
            frame_id += "_2"
        if own:
            frames[frame_id] = Frame(category, NOT_STATED, tuple(own), (), NOT_STATED, "")
    about = dict.fromkeys(ABOUT, NOT_STATED) | {
        "title": path.stem,
        "source": f"{path.name}, {kind}",
        "written": NOT_STATED,
        "date": "",
    }
    return from_lists(id, about, frames, left_out=tuple(left_out))


def slug(name: str) -> str:
    """A category as an id: small letters, digits and _, a letter first."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    return words if words[:1].isalpha() else f"list_{words}".rstrip("_")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        line = path.read_bytes()[: problem.start].count(b"\n") + 1
        raise BadDictionary(f"{shown_path(path)}, line {line}: not in UTF-8; save it so") from None


def _quanteda(path: Path, content: object, lines: dict[tuple, int]) -> Iterator[Row]:
    """Categories with lists of entries, or with categories inside them, any depth."""

    def walk(found: object, where: tuple, names: tuple[str, ...]) -> Iterator[Row]:
        line = lines.get(where, 1)
        if isinstance(found, dict):
            for key, inner in found.items():
                yield from walk(inner, (*where, key), (*names, key))
        elif isinstance(found, list):
            for number, inner in enumerate(found):
                yield from walk(inner, (*where, number), names)
        elif not names:
            raise BadDictionary(
                f"{shown_path(path)}, line {line}: categories with lists of words are expected"
            )
        elif found:
            yield line, DEEPER.join(names), str(found)

    yield from walk(content, (), ())


def _liwc(path: Path, text: str) -> Iterator[Row]:
    """Two lines of %, between them numbers and names of categories; after them an entry and its numbers a line."""
    categories: dict[str, str] = {}
    n_signs = 0
    for number, line in enumerate(text.splitlines(), start=1):
        where = f"{shown_path(path)}, line {number}"
        if line.strip().startswith("%") and n_signs < 2:
            n_signs += 1
        elif not line.strip():
            continue
        elif n_signs == 0:
            raise BadDictionary(f"{where}: a line with % alone is expected before the categories")
        elif n_signs == 1:
            found = re.fullmatch(r"(\d+)\s+(\S.*)", line.strip())
            if not found:
                raise BadDictionary(
                    f"{where}: a number and the name of a category are expected, then a line of %"
                )
            if (one := found[1].lstrip("0") or "0") in categories:
                raise BadDictionary(
                    f"{where}: the number {one} stands twice, for {categories[one]!r} and {found[2]!r}"
                )
            categories[one] = found[2]
        else:
            entry, numbers = _liwc_entry(line)
            for one in numbers:
                if one not in categories:
                    there = ", ".join(categories)
                    raise BadDictionary(f"{where}: no category {one!r}; there are: {there}")
                yield number, categories[one], entry
            if not numbers:
                raise BadDictionary(f"{where}: the numbers of categories are expected after {entry!r}")
    if n_signs < 2:
        raise BadDictionary(
            f"{shown_path(path)}: two lines of % are expected, around the categories; {n_signs} found"
        )


def _liwc_entry(line: str) -> tuple[str, list[str]]:
    """An entry, which may hold spaces, and the numbers after it."""
    parts = line.split("\t") if "\t" in line else line.split()
    parts = [part.strip() for part in parts if part.strip()]
    at = next(
        (n for n in range(1, len(parts)) if all(re.fullmatch(r"\d+", p) for p in parts[n:])), len(parts)
    )
    return " ".join(parts[:at]), [part.lstrip("0") or "0" for part in parts[at:]]


def _lexicoder(path: Path, text: str) -> Iterator[Row]:
    """A line of + and the name of a category, then an entry a line."""
    category = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        if line.strip().startswith("+"):
            category = line.strip()[1:].strip()
            if not category:
                raise BadDictionary(
                    f"{shown_path(path)}, line {number}: the name of a category is expected after +"
                )
        elif not category:
            raise BadDictionary(
                f"{shown_path(path)}, line {number}: a category, a line that begins with +, is expected first"
            )
        else:
            yield number, category, line.strip()


def _csv(path: Path, text: str) -> Iterator[Row]:
    """A column of categories and one of entries; or, as LIWC-22 exports, entries first and a marked column a category."""
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        columns = {(name or "").strip().lower(): name for name in rows.fieldnames or ()}
        entry = next((columns[name] for name in ENTRY_COLUMNS if name in columns), None)
        category = next((columns[name] for name in CATEGORY_COLUMNS if name in columns), None)
        if entry is None or (category is None and "dicterm" not in columns):
            raise BadDictionary(
                f"{shown_path(path)}, line 1: a column of categories ({', '.join(CATEGORY_COLUMNS)}) and one of entries "
                f"({', '.join(ENTRY_COLUMNS)}) are expected; there are: {', '.join(columns) or 'none'}"
            )
        for row in rows:
            word = unguarded((row[entry] or "").strip())
            named = (
                [row[category]]
                if category
                else [
                    name
                    for name in columns.values()
                    if name != entry and (row[name] or "").strip() not in ("", "0")
                ]
            )
            for one in named:
                if not (one or "").strip():
                    raise BadDictionary(f"{shown_path(path)}, line {rows.line_num}: no category for {word!r}")
                yield rows.line_num, unguarded(one.strip()), word
    except csv.Error as problem:
        raise BadDictionary(
            f"{shown_path(path)}, line {rows.line_num}: not readable as CSV: {problem}"
        ) from None


def _to_quanteda(kept: dict[str, list[str]]) -> str:
    import yaml

    return yaml.safe_dump(kept, allow_unicode=True, sort_keys=False)


def _to_liwc(kept: dict[str, list[str]]) -> str:
    numbers = {category: str(n) for n, category in enumerate(kept, start=1)}
    of_entry: dict[str, list[str]] = {}
    for category, entries in kept.items():
        for entry in entries:
            of_entry.setdefault(entry, []).append(numbers[category])
    head = "".join(f"{n}\t{category}\n" for category, n in numbers.items())
    return f"%\n{head}%\n" + "".join("\t".join([entry, *own]) + "\n" for entry, own in of_entry.items())


def _to_lexicoder(kept: dict[str, list[str]]) -> str:
    return "".join(
        f"+{category}\n" + "".join(f"{entry}\n" for entry in entries) for category, entries in kept.items()
    )


def _to_csv(kept: dict[str, list[str]]) -> str:
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["category", "entry"])
    rows.writerows(
        (guarded(category), guarded(entry)) for category, entries in kept.items() for entry in entries
    )
    return out.getvalue()
