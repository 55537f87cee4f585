"""Rows: the rows of a table, or the objects of a JSON file -> articles.

A row that cannot be taken costs only itself and says why; each row is an article or a refusal.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.corpus.bounds import bounded
from analysis.corpus.decoding import CONTROL, INVISIBLE
from analysis.corpus.formats import html
from analysis.corpus.formats.columns import TEXT, Layout, shown
from analysis.corpus.formats.item import Item, Limits, NotRead, Refused, Repair, filled
from analysis.corpus.formats.text import SURROGATE, repaired

LONGEST_FIELD = 5_000  # characters of a headline, byline or address
NO_VALUE = frozenset(
    {"null", "none", "nan", "n/a", "nil", "-", "--", "<na>", "nat", "not available", "undefined"}
)
NOTHING = NO_VALUE | {"na", "not available.", "[removed]"}  # in place of a text; NA may be an outlet's name
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
    elif unused := [name for key, name in layout.names.items() if key not in layout.used]:
        what = f"columns that are not looked at: {shown(unused)}; --map field=COLUMN says what one holds"
        repairs = (*repairs, ("columns", len(unused), what))
    again = _again(rows, layout)
    n_again = Counter(again.values())
    taken: set[int] = set()
    seen: dict[str, Row] = {}
    for n, row in enumerate(rows):
        if isinstance(row, Refused):
            yield row
            continue
        if again.get(n) in taken:
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
        taken.add(n)
        if n_more := n_again[n]:
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
    """Rows that say word for word what one before them says, under its id: their number -> the number of that one."""
    if "doc_id" not in layout.columns:
        return {}
    first: dict[str, int] = {}
    again: dict[int, int] = {}
    for n, row in enumerate(rows):
        if isinstance(row, Row) and any(row.values.get(name) for (name,) in layout.columns["doc_id"]):
            key = repr([row.values.get(name) for name in sorted(layout.used)])
            if key in first:
                again[n] = first[key]
            first.setdefault(key, n)
    return again


@dataclass(frozen=True)
class _Found:
    text: str
    fields: dict[str, str]
    repairs: tuple[Repair, ...]
    is_clean: bool


def _article(row: Row, layout: Layout, file: str, limits: Limits) -> _Found:
    fields, more = fields_of(row, layout)
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


def fields_of(row: Row, layout: Layout) -> tuple[dict[str, str], tuple[Repair, ...]]:
    """What a row says of its article, and what was left out of that. Raises `NotRead` for a value that cannot stand where it does."""
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
    fields = filled(fields)
    if fields.get("published_at") and "published_source" not in layout.columns:
        fields["published_source"] = f"column {_names(row, layout, 'published_at')}"
    return fields, tuple(repairs)


def _value(row: Row, layout: Layout, target: str) -> str:
    """What the row says of a target: the first choice of columns that says anything.

    A text of several columns is whole with all of them. Raises `NotRead` where one is empty and no other choice is
    filled: the lead of an article is not the article.
    """
    glue = "\n\n" if target == TEXT else " "
    missing, parted = "", set()
    for joined in layout.columns[target]:
        if parted.issuperset(joined):
            continue
        parts = [_text(row.values.get(name), target, layout.names[name]) for name in joined]
        said = [name for name, part in zip(joined, parts, strict=True) if part.strip()]
        if target == TEXT and 0 < len(said) < len(joined):
            parted.update(joined)
            empty = next(name for name in joined if name not in said)
            missing = missing or (
                f"{layout.names[empty]} is empty and {layout.names[said[0]]} alone is only a part of the article;"
                " allowed: the full text"
            )
        elif said:
            return glue.join(part for part in parts if part.strip())
    if missing:
        raise NotRead(missing)
    return ""


def _names(row: Row, layout: Layout, target: str) -> str:
    filled_in = (
        joined
        for joined in layout.columns[target]
        if any(_text(row.values.get(name), target, layout.names[name]).strip() for name in joined)
    )
    return " and ".join(layout.names[name] for name in next(filled_in))


def _text(value: object, target: str, name: str) -> str:
    """A value as text. Raises `NotRead` for one of another type than its target allows."""
    if value is None or isinstance(value, str):
        is_nothing = target != TEXT and (value or "").strip().casefold() in NO_VALUE
        return "" if is_nothing else value or ""
    if value != value and target != TEXT:
        return ""  # how pandas writes that there is nothing
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
