"""Rows: the rows of a table, or the objects of a JSON file -> articles.

A row that cannot be taken costs only itself and says why; each row is an article or a refusal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.corpus.bounds import bounded
from analysis.corpus.decoding import CONTROL, INVISIBLE
from analysis.corpus.formats import html
from analysis.corpus.formats.columns import TEXT, Layout
from analysis.corpus.formats.item import Item, Limits, NotRead, Refused, Repair, filled
from analysis.corpus.formats.text import SURROGATE, repaired

LONGEST_FIELD = 5_000  # characters of a headline, byline or address
NOTHING = {
    "null",
    "none",
    "nan",
    "na",
    "n/a",
    "nil",
    "-",
    "--",
    "not available",
    "not available.",
    "[removed]",
}
CUT = re.compile(r"\[\+\d+ chars\]\s*\Z")  # how NewsAPI ends a text of which it gives the beginning
PAGE = re.compile(r"(?:<\?xml[^>]{0,200}\?>)?<(?:!doctype|html|head|body)\b", re.IGNORECASE)
MARKUP = re.compile(  # a tag that is closed, or of which one is enough; a text about markup is rarer by far
    r"</(?:p|div|article|section|main|figure|figcaption|h[1-6]|ul|ol|li|span|strong|em|b|i|u|a|blockquote|table|tr|td|script|style)>"
    r"|<(?:br|hr|img|p)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
BLOCKS = re.compile(r"</(?:p|div|li|h[1-6])>|<(?:br|p)\b", re.IGNORECASE)
NUMBERS = ("doc_id", "published_at", "updated_at")  # targets that may be a whole number
KINDS = {
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "an object",
    bytes: "binary data",
}


@dataclass(frozen=True)
class Row:
    """A row as its file has it: values by the plain name of their column."""

    unit: str
    line: int | None
    values: Mapping[str, object]
    repairs: tuple[Repair, ...] = ()


def articles(
    rows: Sequence[Row | Refused],
    layout: Layout,
    file: str,
    *,
    limits: Limits,
    repairs: tuple[Repair, ...] = (),
) -> Iterator[Item | Refused]:
    """The articles of `rows`; what is to be said of the file (`repairs`) stands with the first of them."""
    if layout.export:
        repairs = (
            *repairs,
            ("export", 1, f"read as an export of {layout.export}: the text is {layout.shown(TEXT)}"),
        )
    again = _again(rows, layout)
    seen: dict[str, Row] = {}
    for n, row in enumerate(rows):
        if isinstance(row, Refused):
            yield row
            continue
        if again.get(n) == 0:
            continue
        try:
            found = _article(row, layout, file, limits)
            doc_id = found.fields.get("doc_id", "")
            if doc_id in seen:
                raise NotRead(
                    f"the id {doc_id[:60]!r} stands for another row already, {_place(seen[doc_id])}; this is {_place(row)}"
                )
        except NotRead as problem:
            yield Refused(file, row.unit, row.line, str(problem))
            continue
        if doc_id:
            seen[doc_id] = row
        if n_more := again.get(n, 0):
            repairs = (
                *repairs,
                (
                    "duplicate_row",
                    n_more,
                    f"the row stands {n_more} more times in the file, word for word: taken once",
                ),
            )
        yield Item(
            file,
            row.unit,
            row.line,
            found.text,
            found.fields,
            (*repairs, *row.repairs, *found.repairs),
            is_clean=found.is_clean,
        )
        repairs = ()


def _again(rows: Sequence[Row | Refused], layout: Layout) -> dict[int, int]:
    """Rows that stand word for word under one id: number of the first -> how many more; of the others -> 0."""
    if "doc_id" not in layout.columns:
        return {}
    first: dict[str, int] = {}
    again: dict[int, int] = {}
    for n, row in enumerate(rows):
        if isinstance(row, Row) and any(row.values.get(name) for (name,) in layout.columns["doc_id"]):
            key = repr([row.values.get(name) for name in sorted(layout.used)])
            if key in first:
                again[first[key]] = again.get(first[key], 0) + 1
                again[n] = 0
            first.setdefault(key, n)
    return again


@dataclass(frozen=True)
class _Found:
    text: str
    fields: dict[str, str]
    repairs: tuple[Repair, ...]
    is_clean: bool


def _article(row: Row, layout: Layout, file: str, limits: Limits) -> _Found:
    fields, more = _fields(row, layout)
    said = _value(row, layout, TEXT)
    if not said.strip():
        is_null = any(row.values.get(name, "") is None for name in layout.columns[TEXT][0])
        raise NotRead(
            f"{layout.shown(TEXT)} is {'null' if is_null else 'empty'}; allowed: the full text of an article"
        )
    if said.strip().casefold() in NOTHING:
        raise NotRead(
            f"{layout.shown(TEXT)} says only {said.strip()!r}; allowed: the full text of an article"
        )
    if CUT.search(said[-40:]):
        raise NotRead(
            f"{layout.shown(TEXT)} ends with {said.strip()[-20:]!r}: it is only the beginning of the article"
        )
    text, repairs, is_clean = _printed(said, limits)
    if not text.strip():
        raise NotRead(f"{layout.shown(TEXT)} holds no printed text; allowed: the full text of an article")
    return _Found(text, fields, (*more, *repairs), is_clean)


def _printed(said: str, limits: Limits) -> tuple[str, tuple[Repair, ...], bool]:
    """The text of a cell without markup, what was done for that, and whether furniture was cut away."""
    if len(said) > limits.text_chars:
        raise NotRead(f"holds {len(said):,} characters; allowed: {limits.text_chars:,} an article")
    if PAGE.match(said.lstrip()[:300]):
        text, _, repairs, is_clean = html.article(said, limits)
        return text, (("html", 1, "the text is a web page: its article was taken"), *repairs), is_clean
    if n_tags := len(MARKUP.findall(said)):
        page = (
            said if BLOCKS.search(said) else said.replace("\n", "<br>")
        )  # lines mean something without tags
        data = SURROGATE.sub("\ufffd", page).replace("\0", "").encode()
        lines = bounded("analysis.corpus.formats.markup:lines", data, seconds=limits.seconds)
        text, repairs = repaired("\n".join(lines), limits)
        return (
            text,
            (("html", n_tags, "the text holds HTML tags: its printed text was taken"), *repairs),
            False,
        )
    return *repaired(said, limits), False


def _fields(row: Row, layout: Layout) -> tuple[dict[str, str], tuple[Repair, ...]]:
    fields: dict[str, str] = {}
    repairs: list[Repair] = []
    for target in layout.columns:
        value = "" if target == TEXT else _value(row, layout, target)
        if len(value) > LONGEST_FIELD:
            name = layout.shown(target)
            repairs.append(
                (
                    "field",
                    1,
                    f"{name} holds {len(value):,} characters and was left out; allowed: {LONGEST_FIELD:,}",
                )
            )
            continue
        fields[target] = INVISIBLE.sub("", CONTROL.sub(" ", SURROGATE.sub("\ufffd", value).replace("\0", "")))
    if fields.get("published_at", "").strip() and "published_source" not in layout.columns:
        fields["published_source"] = f"column {_names(row, layout, 'published_at')}"
    return filled(fields), tuple(repairs)


def _value(row: Row, layout: Layout, target: str) -> str:
    """What the row says of a target: the first choice of columns that says anything."""
    glue = "\n\n" if target == TEXT else " "
    for joined in layout.columns[target]:
        parts = [_text(row.values.get(name), target, layout.names[name]) for name in joined]
        if value := glue.join(part for part in parts if part.strip()):
            return value
    return ""


def _names(row: Row, layout: Layout, target: str) -> str:
    filled_in = (joined for joined in layout.columns[target] if any(row.values.get(name) for name in joined))
    return " and ".join(layout.names[name] for name in next(filled_in))


def _text(value: object, target: str, name: str) -> str:
    """A value as text. Raises `NotRead` for one of another type than its target allows."""
    if value is None or isinstance(value, str):
        return value or ""
    if (
        target in NUMBERS
        and isinstance(value, (int, float))
        and not isinstance(value, bool)
        and value == value // 1
    ):
        return str(int(value))
    if target == "byline" and isinstance(value, list):
        names = [one.get("name") if isinstance(one, dict) else one for one in value]
        if all(isinstance(one, str) for one in names):
            return "; ".join(names)
    found = "NaN" if value != value else KINDS.get(type(value), "no text")
    raise NotRead(
        f"{name} is {found}; allowed: {'a string or a list of names' if target == 'byline' else 'a string'}"
    )


def _place(row: Row) -> str:
    return f"{row.unit} (line {row.line})" if row.line and not row.unit.startswith("line") else row.unit
