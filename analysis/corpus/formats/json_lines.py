"""JSON: an object a line (JSONL), a list of objects, or an object that holds such a list.

A line or object that cannot be taken costs only itself. Values are text as they stand: a number, null, true or a
list where an article's text belongs is refused, never turned into words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from analysis.corpus import decoding
from analysis.corpus.formats.columns import layout, plain
from analysis.corpus.formats.item import Item, Limits, NotRead, Refused, Repair
from analysis.corpus.formats.rows import Row, articles

DEPTH = 3  # objects within objects whose values are columns ("source.title")
LISTS = ("articles", "results", "stories", "items", "documents", "docs", "data", "hits", "response", "news")
TWICE = "\0twice"  # where the name of a repeated key is noted; no key of a file is named so


def read(
    data: bytes, file: str, *, limits: Limits, columns: Mapping[str, str] = {}
) -> Iterator[Item | Refused]:
    """Yield the articles of a JSON or JSONL file. Raises `NotRead` for one without a text."""
    text, encoding = decoding._read(data)
    text = text.removeprefix("\ufeff").replace("\0", "")
    found = list(_records(text, file))
    objects = [row for row in found if isinstance(row, Row)]
    if not objects:
        if found:
            yield from found
            return
        raise NotRead(
            "holds no article; allowed: an object a line, a list of objects, or an object with such a list"
        )
    names = {name: None for row in objects for name in row.values}
    flat = [
        Row(r.unit, r.line, {plain(k): v for k, v in r.values.items()}) if isinstance(r, Row) else r
        for r in found
    ]
    repairs: tuple[Repair, ...] = ()
    if encoding == "windows-1252":
        n = sum(character > "\x7f" for character in text)
        repairs = (("encoding", n, "is not UTF-8: read as Windows-1252"),)
    yield from articles(flat, layout(names, columns), file, limits=limits, repairs=repairs)


def flattened(record: Mapping, prefix: str = "", depth: int = DEPTH) -> dict[str, object]:
    """The values of an object by their names, those of objects within it also by "outer.inner"."""
    values: dict[str, object] = {}
    for name, value in record.items():
        values[f"{prefix}{name}"] = value
        if isinstance(value, dict) and depth > 1:
            values |= flattened(value, f"{prefix}{name}.", depth - 1)
    return values


def _records(text: str, file: str) -> Iterator[Row | Refused]:
    try:
        whole = _parsed(text)
    except ValueError:
        is_list = text.lstrip().startswith("[") and not text.lstrip()[1:].split("\n", 1)[0].strip().endswith(
            "]"
        )
        yield from _from_list(text, file) if is_list else _from_lines(text, file)
        return
    if isinstance(whole, dict) and (listed := _list_in(whole)) is not None:
        whole = listed
    if isinstance(whole, dict):
        unit, line = ("line 1", 1) if file.lower().endswith(("jsonl", "ndjson")) else ("", None)
        yield _record(whole, file, unit, line)
    elif isinstance(whole, list):
        for n, one in enumerate(whole, 1):
            yield _record(one, file, f"article {n}", None)
    else:
        raise NotRead(
            f"holds {_kind(whole)}; allowed: an object a line, a list of objects, or an object with such a list"
        )


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
    if TWICE in one:
        return Refused(file, unit, line, f"the key {one[TWICE]!r} stands twice; allowed: each once")
    return Row(unit, line, flattened(one))


def _list_in(whole: dict, depth: int = DEPTH) -> list | None:
    """The list of articles inside an answer of a service: {"articles": {"results": […]}} and its kin."""
    for name in LISTS:
        value = whole.get(name)
        if isinstance(value, list) and (not value or any(isinstance(one, dict) for one in value)):
            return value
        if isinstance(value, dict) and depth > 1 and (found := _list_in(value, depth - 1)) is not None:
            return found
    return None


def _parsed(text: str) -> object:
    """A JSON value. Raises ValueError with what is wrong with it."""
    try:
        return json.loads(text, object_pairs_hook=_object)
    except (ValueError, RecursionError) as problem:
        raise ValueError(_said(problem)) from None


def _said(problem: Exception) -> str:
    return "it is nested too deeply" if isinstance(problem, RecursionError) else str(problem)[:120]


def _object(pairs: list[tuple[str, object]]) -> dict:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        made[TWICE] = next(name for name in names if names.count(name) > 1)
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
