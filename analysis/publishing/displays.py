"""Displays: what a notebook cell shows, in JupyterLab and in a report.

Every display is a small record that writes its own HTML. Words from articles, manifests and
dictionaries are data: they pass `plain()` and never become markup. Outputs are signed in their
metadata, and `rendering` shows no HTML without that signature.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd
from markupsafe import Markup, escape

from analysis.publishing import svg as pictures

SIGNATURE = {"parallax": True}
# What a browser must not be given inside a text: control characters, lone surrogates, and the
# overrides that turn the direction of what follows.
UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
NUMBERS = re.compile(
    r'<span data-table="([a-z_]+)">[^<]*</span>'
)  # as displays alone write it: text is escaped
NO_VALUE = "\u2014"
LABELS = {"scope": "Scope", "reason": "Why a value is missing", "warning": "Please note"}


def plain(text: object) -> Markup:
    """Return `text` as HTML that shows exactly its characters; unshowable ones become U+FFFD."""
    return escape(UNSHOWABLE.sub("\ufffd", str(text)))


def place(*, paragraph: int | None = None, sentence: int | None = None) -> str:
    """Say where a passage stands: `paragraph 3, sentence 12`. Numbers are shown as given."""
    parts = [
        f"{noun} {number}"
        for noun, number in (("paragraph", paragraph), ("sentence", sentence))
        if number is not None
    ]
    return ", ".join(parts) or "headline"


class Display:
    """Something a cell shows. Subclasses write `html()`."""

    def html(self) -> Markup:
        raise NotImplementedError

    def _repr_html_(self) -> str:
        return str(self.html())

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> tuple[dict, dict]:
        data = {"text/html": self._repr_html_(), "text/plain": f"<{type(self).__name__}>"}
        return data, {"text/html": dict(SIGNATURE)}


@dataclass(frozen=True)
class Figure(Display):
    """A figure: `svg` from `themed_svg`, what it shows (`title`), how to read it (`caption`), and its source.

    `alt` says in words what the picture shows; `source` names data, n and scope; `numbers` the tables behind
    it, which a report links as CSV.
    """

    svg: str
    alt: str
    title: str
    caption: str
    source: str
    numbers: tuple[str, ...] = ()

    def html(self) -> Markup:
        width, height = pictures.size_px(self.svg)
        return Markup(
            '<figure class="figure"><p class="title"><b>{title}</b></p>'
            '<div class="scroll" tabindex="0" role="group" aria-label="Figure">'
            '<img src="{data}" width="{width}" height="{height}" alt="{alt}"></div>'
            '<figcaption><p>{caption}</p><p class="source">{source}{numbers}</p></figcaption></figure>'
        ).format(
            title=plain(self.title),
            data=Markup(pictures.data_uri(self.svg)),
            width=width,
            height=height,
            alt=plain(self.alt),
            caption=plain(self.caption),
            source=plain(self.source),
            numbers=_numbers(self.numbers),
        )


@dataclass(frozen=True, eq=False)
class Table(Display):
    """A table of `frame` as it stands, without its index; its first column names the rows.

    `align` maps a column to left, right or centre (numbers: right); `formats` maps a column to a format
    specification or a function of the value. NA is shown as a dash, with the words of column `reason`, which
    is then no column of its own. A `collapsed` table opens on demand and prints open.
    """

    frame: pd.DataFrame
    caption: str
    note: str = ""
    align: Mapping[str, str] = field(default_factory=dict)
    formats: Mapping[str, str | Callable[[object], str]] = field(default_factory=dict)
    reason: str | None = None
    collapsed: bool = False

    def html(self) -> Markup:
        columns = [column for column in self.frame.columns if column != self.reason]
        sides = [self._side(column) for column in columns]
        shared = sides[1] if sides[:1] == ["left"] and len(set(sides[1:])) == 1 else "left"
        if shared != "left":  # said once of the table: it may have hundreds of cells
            sides = ["left"] * len(sides)
        head = _join(
            Markup('<th scope="col"{}>{}</th>').format(_classed(side), plain(column))
            for column, side in zip(columns, sides, strict=True)
        )
        body = _join(self._row(record, columns, sides) for record in self.frame.to_dict("records"))
        note = Markup('<p class="source">{}</p>').format(plain(self.note)) if self.note else ""
        if self.frame.empty:
            caption, table = self.caption, Markup("<p>Nothing to list.</p>")
        else:  # what is folded has its caption before it, in the line that unfolds it
            caption, hidden = "", Markup(' class="unseen"') if self.collapsed else ""
            table = Markup(
                '<div class="scroll" tabindex="0" role="group" aria-label="Table">'
                "<table{side}><caption{hidden}><b>{caption}</b></caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
            ).format(side=_classed(shared), hidden=hidden, caption=plain(self.caption), head=head, body=body)
        if self.collapsed:
            return _folded(self.caption, table + note)
        title = Markup('<p class="title"><b>{}</b></p>').format(plain(caption)) if caption else Markup("")
        return Markup('<div class="table">{}{}{}</div>').format(title, table, note)

    def _side(self, column: str) -> str:
        side = self.align.get(column)
        if side is None:
            values = self.frame[column]
            is_number = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
            side = "right" if is_number else "left"
        if side not in ("left", "right", "center"):
            raise ValueError(f"column {column!r}: align is {side!r}; allowed are left, right, center")
        return side

    def _row(self, record: Mapping[str, object], columns: Sequence[str], sides: Sequence[str]) -> Markup:
        reason = record.get(self.reason) if self.reason else None
        cells = []
        for number, (column, side) in enumerate(zip(columns, sides, strict=True)):
            value = record[column]
            if _is_missing(value):
                shown = Markup('<span class="na">{}</span>').format(NO_VALUE)
                if reason is not None and not _is_missing(reason):
                    shown += Markup(' <span class="reason">{}</span>').format(plain(reason))
                    reason = None  # once a row
            else:
                shown = plain(_shown(value, self.formats.get(column)))
            opening, closing = ('th scope="row"', "th") if number == 0 else ("td", "td")
            cells.append(Markup("<{}{}>{}</{}>").format(Markup(opening), _classed(side), shown, closing))
        return Markup("<tr>{}</tr>").format(_join(cells))


@dataclass(frozen=True)
class Mark:
    """Characters `start` to `end` of a passage's text; `kind` names the voice or label they stand for."""

    start: int
    end: int
    kind: str = "hit"


@dataclass(frozen=True)
class Passage:
    """One passage: the document's name, the place in it, the text with marks (None: the place alone)."""

    document: str
    place: str
    text: str | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Passages(Display):
    """The passages behind a number, in the order given; without a text, their places."""

    rows: Sequence[Passage]
    title: str = ""
    note: str = ""
    collapsed: bool = False

    def html(self) -> Markup:
        items = _join(map(self._item, self.rows))
        note = Markup('<p class="source">{}</p>').format(plain(self.note)) if self.note else ""
        listed = Markup('<ol class="passages">{}</ol>').format(items) if self.rows else Markup("<p>None.</p>")
        if self.collapsed:
            return _folded(self.title or "Passages", listed + note)
        title = Markup('<p class="title">{}</p>').format(plain(self.title)) if self.title else ""
        return Markup('<div class="listing">{}{}{}</div>').format(title, listed, note)

    @staticmethod
    def _item(row: Passage) -> Markup:
        item = Markup('<p class="place"><b>{}</b> {}</p>').format(plain(row.document), plain(row.place))
        if row.text is not None:
            item += Markup("<blockquote>{}</blockquote>").format(marked(row.text, row.marks))
        return Markup("<li>{}</li>").format(item)


@dataclass(frozen=True)
class Prose(Display):
    """Running text: a string is a paragraph, a list bullets, a mapping terms and their meanings."""

    paragraphs: Sequence[str | Sequence[str] | Mapping[str, str]]

    def html(self) -> Markup:
        return Markup('<div class="prose">{}</div>').format(_join(map(self._block, self.paragraphs)))

    @staticmethod
    def _block(block: str | Sequence[str] | Mapping[str, str]) -> Markup:
        if isinstance(block, str):
            return Markup("<p>{}</p>").format(plain(block))
        if isinstance(block, Mapping):
            rows = (
                Markup("<dt>{}</dt><dd>{}</dd>").format(plain(term), plain(meaning))
                for term, meaning in block.items()
            )
            return Markup("<dl>{}</dl>").format(_join(rows))
        items = (Markup("<li>{}</li>").format(plain(item)) for item in block)
        return Markup("<ul>{}</ul>").format(_join(items))


@dataclass(frozen=True)
class Verbatim(Display):
    """Lines to be copied as they stand, such as a reference in BibTeX."""

    text: str

    def html(self) -> Markup:
        return Markup('<pre class="scroll" tabindex="0">{}</pre>').format(plain(self.text))


@dataclass(frozen=True)
class Finding:
    """One sentence, of what it speaks (`scope`), and the ways to what is behind it: (label, "#" and the heading it stands under)."""

    sentence: str
    scope: str
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Findings(Display):
    """Sentences in the order given, each with its scope and its links within the page, or to that of another `page`."""

    rows: Sequence[Finding]
    page: str = ""

    def html(self) -> Markup:
        return Markup('<ul class="findings">{}</ul>').format(_join(map(self._item, self.rows)))

    def _item(self, row: Finding) -> Markup:
        for _, href in row.links:
            if not re.fullmatch(r"#[a-z0-9-]+", href):
                raise ValueError(f"link {href!r}; allowed is # and a heading of the page")
        links = _join(
            Markup(' <a href="{}">{}</a>').format(self.page + href, plain(label)) for label, href in row.links
        )
        return Markup('<li>{} <span class="source">[{}]{}</span></li>').format(
            plain(row.sentence), plain(row.scope), links
        )


@dataclass(frozen=True)
class Note(Display):
    """A callout: what a number may claim (`scope`), why one is missing (`reason`), or a `warning`."""

    text: str
    kind: str = "scope"

    def html(self) -> Markup:
        if self.kind not in LABELS:
            raise ValueError(f"a note of kind {self.kind!r}; allowed are {', '.join(LABELS)}")
        return Markup('<div class="note {}" role="note"><p><b>{}.</b> {}</p></div>').format(
            self.kind, LABELS[self.kind], plain(self.text)
        )


@dataclass(frozen=True)
class Stack(Display):
    """Several displays, one under the other."""

    displays: Sequence[Display]

    def html(self) -> Markup:
        return _join(display.html() for display in self.displays)


def marked(text: str, marks: Iterable[Mark]) -> Markup:
    """Return `text` with its marks; where two overlap the earlier one keeps the shared characters."""
    parts, at = [], 0
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        start, end = max(mark.start, at), min(mark.end, len(text))
        if start < end:
            kind = re.sub(r"[^a-z0-9]+", "-", mark.kind.lower()).strip("-") or "hit"
            words = Markup('<mark class="{}">{}</mark>').format(kind, plain(text[start:end]))
            parts += [plain(text[at:start]), words]
            at = end
    return _join([*parts, plain(text[at:])])


def linked(html: str, tables: str) -> str:
    """`html` of displays with the names of tables as links into the folder `tables`, a relative address."""
    return NUMBERS.sub(rf'<a href="{tables}\1.csv">\1.csv</a>', html)


def _numbers(tables: Sequence[str]) -> Markup:
    """Which tables hold the numbers; `linked` makes links of them where the files are."""
    if not tables:
        return Markup("")
    named = (Markup('<span data-table="{0}">tables/{0}.csv</span>').format(name) for name in tables)
    return Markup(" Numbers: {}.").format(Markup(", ").join(named))


def _folded(title: str, inner: Markup) -> Markup:
    return Markup('<details class="folded"><summary>{}</summary>{}</details>').format(plain(title), inner)


def _classed(side: str) -> Markup:
    return Markup("") if side == "left" else Markup(f' class="{side}"')


def _join(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)


def _is_missing(value: object) -> bool:
    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))


def _shown(value: object, how: str | Callable[[object], str] | None) -> str:
    """Write a value: thousands apart, two decimals, a true minus sign; yes and no for booleans."""
    if callable(how):
        return how(value)
    if pd.api.types.is_bool(value):
        return "yes" if value else "no"
    if how is None and not pd.api.types.is_number(value):
        return str(value)
    text = format(value, how if how is not None else "," if pd.api.types.is_integer(value) else ",.2f")
    return text.replace("-", "\u2212", 1) if text.startswith("-") and pd.api.types.is_number(value) else text
