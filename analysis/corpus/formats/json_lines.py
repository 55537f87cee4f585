"""JSON: an object a line (JSONL), a list of objects, or an object that holds such a list.

A line or object that cannot be taken costs only itself. Values are text as they stand: a number, null, true or a
list where an article's text belongs is refused, never turned into words. A file is parsed in the worker of `bounds`,
which hands over the columns that are looked at.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice

from analysis.corpus import decoding
from analysis.corpus.bounds import bounded
from analysis.corpus.formats.columns import TEXT, layout, plain
from analysis.corpus.formats.item import Item, Limits, NotRead, Refused
from analysis.corpus.formats.rows import Row, articles

DEPTH = 3  # objects within objects whose values are columns ("source.title")
LISTS = ("articles", "results", "stories", "items", "documents", "docs", "data", "hits", "response", "news")
TWICE = "\0twice"  # where the name of a repeated key is noted; no key of a file is named so


def read(
    data: bytes, file: str, *, limits: Limits, columns: Mapping[str, str] = {}
) -> Iterator[Item | Refused]:
    """Yield the articles of a JSON or JSONL file. Raises `NotRead` for one without a text."""
    found = bounded(
        "analysis.corpus.formats.json_lines:records",
        data,
        seconds=limits.seconds,
        file=file,
        columns=dict(columns),
        most=limits.items + 1,
    )
    refused = [Refused(file, *one) for one in found["refused"]]
    rows: list[Row | Refused] = []
    for one in found["rows"]:
        rows.append(refused[one] if isinstance(one, int) else Row(*one))
    if len(refused) == len(rows):
        yield from refused
        return
    layout_ = layout(found["names"], columns)
    yield from articles(rows, layout_, file, limits=limits, repairs=tuple(map(tuple, found["repairs"])))


def records(data: bytes, file: str, columns: Mapping[str, str], most: int) -> dict:
    """The names of columns, the rows as [unit, line, values by plain names], in place of a refused one its number, and
    what is refused; no more than `most`. Only the worker calls this. Raises `NotRead` where there is no article.
    """
    text, encoding = decoding._read(data)
    found = list(islice(_records(text.removeprefix("\ufeff").replace("\0", ""), file, columns), most))
    names = list(dict.fromkeys(name for row in found if isinstance(row, Row) for name in row.values))
    if not found:
        raise NotRead(
            "holds no article; allowed: an object a line, a list of objects, or an object with such a list"
        )
    used = layout(names, columns).used if names else set()
    rows: list[object] = []
    refused: list[tuple[str, int | None, str]] = []
    for one in found:
        if isinstance(one, Row):
            values = {plain(name): value for name, value in one.values.items()}
            rows.append(
                (one.unit, one.line, {name: _flat(value) for name, value in values.items() if name in used})
            )
        else:
            rows.append(len(refused))
            refused.append((one.unit, one.line, one.reason))
    n = sum(character > "\x7f" for character in text) if encoding == "windows-1252" else 0
    repairs = [("encoding", n, "is not UTF-8: read as Windows-1252")] if n else []
    return {"names": names, "rows": rows, "refused": refused, "repairs": repairs}


def _flat(value: object) -> object:
    """A value without what is deep in it: no target takes more than a list of names, or of objects with names."""
    if isinstance(value, dict):
        return {}
    if isinstance(value, list):
        names = [one.get("name") if isinstance(one, dict) else one for one in value]
        return [name if isinstance(name, str) else None for name in names]
    return value


def flattened(record: Mapping, prefix: str = "", depth: int = DEPTH) -> dict[str, object]:
    """The values of an object by their names, those of objects within it also by "outer.inner"."""
    values: dict[str, object] = {}
    for name, value in record.items():
        if prefix and not plain(name):
            continue  # it would stand for the object itself
        values[f"{prefix}{name}"] = value
        if isinstance(value, dict) and depth > 1:
            values |= flattened(value, f"{prefix}{name}.", depth - 1)
    return values


def _records(text: str, file: str, columns: Mapping[str, str]) -> Iterator[Row | Refused]:
    try:
        whole = _parsed(text)
    except ValueError:
        first = text.lstrip().split("\n", 1)[0]
        is_list = first.startswith("[") and not _is_whole(first)  # else each line is a list
        yield from _from_list(text, file) if is_list else _from_lines(text, file)
        return
    if isinstance(whole, dict):
        unit, line = ("line 1", 1) if file.lower().endswith(("jsonl", "ndjson")) else ("", None)
        yield from _from_object(whole, file, columns, unit, line)
    elif isinstance(whole, list):
        for n, one in enumerate(whole, 1):
            yield _record(one, file, f"article {n}", None)
    else:
        raise NotRead(
            f"holds {_kind(whole)}; allowed: an object a line, a list of objects, or an object with such a list"
        )


def _from_object(
    whole: dict, file: str, columns: Mapping[str, str], unit: str, line: int | None
) -> Iterator[Row | Refused]:
    """The one article that an object is, or those of all lists in it that hold some."""
    found = list(_lists(whole))
    lists = [(name, rows) for name, rows in found if rows]
    listed = [(name, rows) for name, rows in lists if _has_text(rows, columns)]
    if _is_article(whole, columns):
        yield _record(whole, file, unit, line)
        for name, rows in listed:
            reason = (
                f"it is an article itself and holds {len(rows)} more as {name!r}; allowed: one or the other"
            )
            yield Refused(file, name, line, reason)
        return
    if not lists:
        if not found or _has_text([whole], columns):
            yield _record(whole, file, unit, line)
        return  # else an answer of a service, without an article
    if twice := _twice(whole):
        raise NotRead(f"the key {twice!r} stands twice; allowed: each once")
    for name, rows in listed or lists:
        for n, one in enumerate(rows, 1):
            yield _record(one, file, f"article {n}" if len(listed or lists) == 1 else f"{name} {n}", None)
    for name, rows in lists if listed else ():
        if not _has_text(rows, columns):
            yield Refused(file, name, None, f"the list {name!r} holds {len(rows)} objects, none with a text")


def _from_lines(text: str, file: str) -> Iterator[Row | Refused]:
    for n, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield _record(_parsed(line), file, f"line {n}", n)
        except ValueError as problem:
            yield Refused(
                file, f"line {n}", n, f"line {n} is no JSON: {problem}; it begins {line.strip()[:30]!r}"
            )


def _from_list(text: str, file: str) -> Iterator[Row | Refused]:
    """The objects of a list that is broken off or broken: those before the break are whole."""
    decoder = json.JSONDecoder(object_pairs_hook=_object)
    at, n, line, counted = text.index("[") + 1, 0, 1, 0
    while True:
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        line, counted = line + text.count("\n", counted, at), at
        if at >= len(text) or text[at] == "]":
            problem = "the list is not closed" if at >= len(text) else "something follows the list"
            yield Refused(
                file,
                "",
                line,
                f"line {line}: {problem}; what was read of it is whole, what is behind it is not read",
            )
            return
        n += 1
        try:
            one, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as problem:
            yield Refused(
                file, f"article {n}", line, f"line {line}: {_said(problem)}; the rest of the list is not read"
            )
            return
        yield _record(one, file, f"article {n}", line)


def _record(one: object, file: str, unit: str, line: int | None) -> Row | Refused:
    if not isinstance(one, dict):
        return Refused(
            file,
            unit,
            line,
            f"{unit or 'it'} is {_kind(one)}; allowed: an object with the fields of an article",
        )
    if twice := _twice(one):
        return Refused(file, unit, line, f"the key {twice!r} stands twice; allowed: each once")
    return Row(unit, line, flattened(one))


def _lists(whole: dict, depth: int = DEPTH, prefix: str = "") -> Iterator[tuple[str, list]]:
    """The lists of objects in an answer of a service, with their names: {"articles": {"results": […]}} and its kin."""
    for name in LISTS:
        value = whole.get(name)
        if isinstance(value, list) and (not value or any(isinstance(one, dict) for one in value)):
            yield f"{prefix}{name}", value
        elif isinstance(value, dict) and depth > 1:
            yield from _lists(value, depth - 1, f"{prefix}{name}.")


def _has_text(rows: list, columns: Mapping[str, str]) -> bool:
    """Do the objects of a list have a column that may hold the text of an article?"""
    names = dict.fromkeys(name for one in rows if isinstance(one, dict) for name in flattened(one))
    try:
        return bool(layout(names, columns))
    except NotRead:
        return False


def _is_article(whole: dict, columns: Mapping[str, str]) -> bool:
    """Does an object say a text itself, and not in an object or list within it?"""
    if not _has_text([whole], columns):
        return False
    values = {plain(name): value for name, value in flattened(whole).items()}
    said = (values[name] for joined in layout(flattened(whole), columns).columns[TEXT] for name in joined)
    return any(isinstance(value, str) and value.strip() for value in said)


def _twice(one: dict, prefix: str = "", depth: int = DEPTH) -> str:
    """The name of a key that stands twice in an object or in one of those within it that are columns."""
    if TWICE in one:
        return f"{prefix}{one[TWICE]}"
    inner = ((name, value) for name, value in one.items() if isinstance(value, dict) and depth > 1)
    return next(filter(None, (_twice(value, f"{prefix}{name}.", depth - 1) for name, value in inner)), "")


def _parsed(text: str) -> object:
    """A JSON value. Raises ValueError with what is wrong with it."""
    try:
        return json.loads(text, object_pairs_hook=_object)
    except (ValueError, RecursionError) as problem:
        raise ValueError(_said(problem)) from None


def _is_whole(text: str) -> bool:
    try:
        return _parsed(text) is not None
    except ValueError:
        return False


def _said(problem: Exception) -> str:
    return "it is nested too deeply" if isinstance(problem, RecursionError) else str(problem)[:120]


def _object(pairs: list[tuple[str, object]]) -> dict:
    made = dict(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        made[TWICE] = next(name for name, _ in pairs if name in seen or seen.add(name))
    return made


def _kind(value: object) -> str:
    names = {
        str: "a string",
        bool: "true or false",
        int: "a number",
        float: "a number",
        list: "a list",
        type(None): "null",
    }
    return names.get(type(value), "an object")
