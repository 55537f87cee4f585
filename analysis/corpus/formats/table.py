"""Tables of text: CSV, TSV and their kin, a row an article.

The standard library reads the rows, strictly. A malformed row is refused with its line, and reading goes on
behind it; every cell is text, whatever it looks like.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from itertools import islice

from analysis.corpus import decoding
from analysis.corpus.formats import signs
from analysis.corpus.formats.columns import Layout, layout, n_known, plain
from analysis.corpus.formats.item import Item, Limits, NotRead, Refused, Repair
from analysis.corpus.formats.rows import Row, articles

DELIMITERS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a vertical line"}
LOOKED_AT = 20  # rows from which the delimiter is told
HEADER = 4_000  # characters of a first line that may be one of names
LONGEST_NAME = 40  # characters of a column's name, where nothing but the names says that a text is a table
MOST_BINARY = 0.2  # share of NUL above which a file is no text
WORK = 8  # times the file that may be read again behind malformed rows
SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n?\Z")
GDELT = re.compile(
    r"(?:\d{14}-T?\d+|\d{8,10}\t\d{8}\t\d{6})\t"
)  # how rows of its tables begin, which have no header
CHECKS = {  # how cells look that are no line of a text
    "doc_id": re.compile(r"\S{1,200}"),
    "published_at": re.compile(r"(?=.*\d).{1,60}"),
    "url": re.compile(r"\S{1,5000}"),
    "language": re.compile(r"\S.{1,30}"),
    "outlet": re.compile(r"\S.{1,80}"),
}


def matches(data: bytes, name: str) -> bool:
    """Is the file a table, by its name or by a first line that holds nothing but names of columns?"""
    if signs.named(name, "table"):
        return True
    first, _, rest = signs.head_text(data).partition("\n")
    if not rest.strip() or len(first) > HEADER:
        return False
    for delimiter in DELIMITERS:
        names = [cell.strip().strip('"') for cell in first.split(delimiter)]
        if len(names) > 1 and all(0 < len(one) <= LONGEST_NAME for one in names):
            n = n_known(names)
            if n > 2 or (n == len(names) and any(plain(one) in ("text", "body", "content") for one in names)):
                return True
    return False


def read(
    data: bytes, file: str, *, limits: Limits, columns: Mapping[str, str] = {}
) -> Iterator[Item | Refused]:
    """Yield the articles of a table of text. Raises `NotRead` for one without a column that holds text."""
    text, repairs = _decoded(data)
    lines = list(io.StringIO(text, newline=""))
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    start, delimiter = _start(lines, columns)
    if delimiter != ",":
        repairs = (
            *repairs,
            (
                "delimiter",
                1,
                f"columns are separated by {DELIMITERS.get(delimiter, repr(delimiter))}, not by a comma",
            ),
        )
    reader = csv.reader(_from(lines, start), delimiter=delimiter, strict=True)
    try:
        names = next(reader)
    except (csv.Error, StopIteration):
        raise NotRead(
            f"line {start + 1} cannot be read as names of columns; allowed: a first line of names"
        ) from None
    known = layout(names, columns)
    rows = list(_Rows(lines, delimiter, names, known, file).read(start + reader.line_num))
    yield from articles(rows, known, file, limits=limits, repairs=repairs)


def _from(lines: list[str], at: int) -> Iterator[str]:
    """The lines from number `at` on, from 0, without going through those before."""
    return (lines[n] for n in range(at, len(lines)))


def _decoded(data: bytes) -> tuple[str, tuple[Repair, ...]]:
    text, encoding = decoding._read(data)
    if (n_nul := text.count("\0")) > MOST_BINARY * len(text):
        raise NotRead(
            f"{n_nul:,} of {len(text):,} characters are NUL: binary data, or UTF-16 without its byte-order mark"
        )
    if GDELT.match(text):
        raise NotRead(
            "looks like a table of GDELT, which holds no text; allowed: an export with full text and a line of names"
        )
    text = text.removeprefix("\ufeff")
    if encoding != "windows-1252":
        return text, ()
    n_foreign = sum(character > "\x7f" for character in text)
    return text, (("encoding", n_foreign, "is not UTF-8: read as Windows-1252"),)


def _start(lines: list[str], columns: Mapping[str, str]) -> tuple[int, str]:
    """The number of the line of names, from 0, and what separates the columns."""
    start = next((n for n, line in enumerate(lines) if line.strip()), None)
    if start is None:
        raise NotRead("is empty; allowed: a line of names and a row an article")
    if told := SEPARATOR_LINE.match(lines[start]):  # a line that Excel writes and reads
        return start + 1, told[1]
    fits = {delimiter: _fit(lines[start:], delimiter, columns) for delimiter in DELIMITERS}
    return start, max(fits, key=lambda delimiter: fits[delimiter])  # the first of equals is the comma


def _fit(lines: list[str], delimiter: str, columns: Mapping[str, str]) -> tuple[int, float, int]:
    """How well a delimiter fits: known names, share of rows as wide as the first, columns."""
    widths: list[int] = []
    n = 0
    try:
        reader = csv.reader(islice(lines, 10 * LOOKED_AT), delimiter=delimiter, strict=True)
        for n, row in enumerate(reader):
            if n == 0:
                names = row
            widths.append(len(row))
            if n == LOOKED_AT:
                break
    except csv.Error:
        pass
    if not widths:
        return (0, 0.0, 0)
    same = sum(width == widths[0] for width in widths[1:]) / max(1, len(widths) - 1)
    return (n_known(names, columns), same if widths[0] > 1 else 0.0, widths[0])


class _Rows:
    """The rows of a table while they are read. Behind a malformed one reading begins anew with its next line."""

    def __init__(self, lines: list[str], delimiter: str, names: list[str], known: Layout, file: str) -> None:
        self.lines, self.delimiter, self.width, self.file = lines, delimiter, len(names), file
        used = known.used
        self.places = {key: n for n, name in reversed(list(enumerate(names))) if (key := plain(name)) in used}
        self.checks = {
            self.places[name]: CHECKS[target]
            for target in CHECKS.keys() & known.columns.keys()
            for joined in known.columns[target]
            for name in joined
        }
        self.n = 0

    def read(self, at: int) -> Iterator[Row | Refused]:
        """The rows from line `at` on, from 0: each a row or a refusal that says which lines it takes with it."""
        broken: tuple[int, str] | None = None  # the line of a malformed row, and what is wrong with it
        work = WORK * len(self.lines) + 10_000
        while at < len(self.lines) and work > 0:
            reader = csv.reader(_from(self.lines, at), delimiter=self.delimiter, strict=True)
            begin, is_done = at, False
            try:
                for cells in reader:
                    end = at + reader.line_num
                    problem = self._problem(cells)
                    if broken and not problem and not self._looks_right(cells):
                        problem = "it does not look like a row"
                    if problem and (broken or end - begin > 1):
                        broken = broken or (begin, problem)
                        break
                    if problem:
                        yield self._refused(begin, end, problem)
                    elif not _is_blank(cells):
                        if broken:
                            yield self._refused(broken[0], begin, broken[1])
                        yield self._row(cells, begin, is_after_broken=bool(broken))
                        broken = None
                    begin = end
                else:
                    is_done = True
            except csv.Error as error:
                is_open = "unexpected end of data" in str(error)
                broken = broken or (
                    begin,
                    "a quotation mark is opened and not closed" if is_open else f"it is malformed ({error})",
                )
            if is_done:
                break
            work -= reader.line_num
            at = begin + 1
        if broken:
            yield self._refused(broken[0], len(self.lines), broken[1])

    def _problem(self, cells: list[str]) -> str:
        if (
            len(cells) == self.width
            or _is_blank(cells)
            or (not any(cells[self.width :]) and len(cells) > self.width)
        ):
            return ""
        return f"it has {len(cells):,} cells where the first line names {self.width:,}"

    def _looks_right(self, cells: list[str]) -> bool:
        """Is a row behind a malformed one more than a line of its text? Dates, addresses and names look like such."""
        return _is_blank(cells) or all(
            not cells[n] or check.fullmatch(cells[n]) for n, check in self.checks.items()
        )

    def _row(self, cells: list[str], begin: int, *, is_after_broken: bool) -> Row:
        self.n += 1
        repairs = (
            ("after_malformed", 1, f"line {begin + 1} follows a malformed row: check that it is a row"),
        )
        values = {name: cells[n] for name, n in self.places.items()}
        return Row(f"row {self.n}", begin + 1, values, repairs if is_after_broken else ())

    def _refused(self, begin: int, end: int, problem: str) -> Refused:
        self.n += 1
        lines = f"; lines {begin + 1} to {end} are not read" if end - begin > 1 else ""
        return Refused(self.file, f"row {self.n}", begin + 1, f"line {begin + 1}: {problem}{lines}")


def _is_blank(cells: list[str]) -> bool:
    """Is it an empty line? One empty cell in quotation marks is a row, of a table with one column."""
    return not cells
