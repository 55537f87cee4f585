"""The reference: `python -m analysis.reference > docs/reference.md` writes it from what is declared.

Commands come from the command line itself, notebooks from their first and their parameters cells, the Python interface
from docstrings, tables and measures from their declarations. Only what no declaration says is written here.
"""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import typer.main

import analysis
from analysis import examples
from analysis.cli import app
from analysis.comparison.keyness import key_words
from analysis.comparison.word_shift import word_shift
from analysis.data_dictionary import grid, measures
from analysis.evidence.dictionary_formats import read_dictionary, write_dictionary
from analysis.folders import ROOT
from analysis.measured import Measures
from analysis.measures.sources import spoken, turns
from analysis.publishing.parameters import declared_parameters
from analysis.publishing.report import PER_OUTLET, WHOLE
from analysis.story import Story
from analysis.tables import TABLES

FUNCTIONS = (  # name -> function, in the order of the data
    ("analysis.read", analysis.read),
    ("analysis.measure", analysis.measure),
    ("analysis.load_story", analysis.load_story),
    ("analysis.load_stories", analysis.load_stories),
    ("analysis.estimate", analysis.estimate),
    ("analysis.measures.sources.turns", turns),
    ("analysis.measures.sources.spoken", spoken),
    ("analysis.comparison.keyness.key_words", key_words),
    ("analysis.comparison.word_shift.word_shift", word_shift),
    ("analysis.evidence.dictionary_formats.read_dictionary", read_dictionary),
    ("analysis.evidence.dictionary_formats.write_dictionary", write_dictionary),
)

VALUES = {  # of options that take no number and no name
    "data": "DIR",
    "reports": "DIR",
    "dictionary": "FILE",
    "adjudicated": "FILE",
    "columns": "FIELD=COLUMN",
}

EXITS = (
    ("0", "all done"),
    ("1", "some unit failed (a text, a report, one of several stories); the rest was completed"),
    (
        "2",
        "wrong use: nothing written, one line says what is allowed; a wrong name is answered with the nearest right one",
    ),
    ("130", "interrupted by control-C; what was complete is kept, and the same command goes on from there"),
    ("143", "the same by SIGTERM"),
)

VARIABLES = (
    ("`PARALLAX_DATA`, `PARALLAX_REPORTS`", "what `--data` and `--reports` set"),
    ("`PARALLAX_DICTIONARIES`", "what `--dictionary` sets: files, listed as in PATH"),
    (
        "`PARALLAX_KERNELS`",
        "`spawn`: each notebook runs in an interpreter of its own, as on Windows and macOS, not in a fork of one that has the imports already",
    ),
    ("`NO_COLOR`", "where it is set, progress has no colours"),
    ("`CI`, `TERM=dumb`", "progress is plain lines, as where stderr is no terminal"),
    (
        "`PARALLAX_SHARED`",
        "gold sets and private texts, for `make gates` and some tests; those skip without it",
    ),
    ("`AXE_PATH`", "`axe.min.js` of axe-core, for `make browser`"),
)

START = """\
# Reference

Written by `python -m analysis.reference > docs/reference.md`; a test compares the two. Change what is declared, then
write it again. Files that people write (facts.yml, code sheets), and what reports consist of: [formats](formats.md)."""

COMMANDS = """\
`parallax`, or `python -m analysis`. Progress goes to stderr, as a bar with the time left on a terminal and as plain lines
elsewhere; results go to stdout. `parallax --version` says the version, `parallax COMMAND --help` what stands here.
`make` lists its targets; `make reports ARGS="…"` passes options on.

`parallax --install-completion` lets your shell (bash, zsh, fish) complete commands, options, stories, outlets, notebooks,
voices, lists of `--frame` and fields of `--map`; `parallax --show-completion` prints the script instead."""

NOTEBOOKS = (
    "Of each outlet: {}. Of all copies together: {}. Parameters stand in the cell tagged `parameters`."
)

PYTHON = "A `Story` has all tables as attributes, by their names, and what follows. `Measures` has the tables alone."

TABLES_ARE = "Columns, units and allowed values: [data dictionary](../data/README.md)."

MEASURES_ARE = """\
`indicator_<frame>` counts a generic frame, `theme_<id>` a theme of story.yml; a dictionary of your own adds its frames.
*Higher means* is which way a figure points, and judges nothing."""


def markdown() -> str:
    """The whole of `docs/reference.md`."""
    found = list(measures())  # measure, label, unit, higher, voices, family, judged, source
    parts = [
        START,
        "## Commands",
        COMMANDS,
        *commands(),
        "### Exit codes",
        grid(("code", "means"), EXITS),
        "### Environment variables",
        grid(("variable", "means"), VARIABLES),
        "## Notebooks",
        NOTEBOOKS.format(*(", ".join(f"`{name}`" for name in names) for names in (PER_OUTLET, WHOLE))),
        grid(("notebook", "title", "parameter", "type", "by default"), notebooks()),
        "## Python",
        *(_call(name, function) for name, function in FUNCTIONS),
        "### `Story`",
        PYTHON,
        grid(("attribute", "gives"), attributes()),
        "## Tables",
        TABLES_ARE,
        grid(("table", "a row is"), ((f"`{name}`", table.row) for name, table in TABLES.items())),
        "## Measures",
        MEASURES_ARE,
        grid(
            ("measure", "label", "unit", "higher means", "family", "source"),
            ((one[0], one[1], one[2], one[3], one[5], one[7]) for one in found),
        ),
    ]
    return "\n\n".join(parts) + "\n"


def commands() -> Iterable[str]:
    """A section a command: what it does, how it is called, its arguments, options and examples."""
    for name, command in typer.main.get_command(app).commands.items():
        shown = [p for p in command.params if p.name != "help"]
        words = [_word(p) for p in shown if p.param_type_name == "argument"]
        usage = " ".join(["parallax", name, *words, "[OPTIONS]"])
        rows = [(_names(p), _plain(p.help or ""), _default(p)) for p in shown]
        lines = "\n".join(examples.EXAMPLES.get(name, ()))
        yield f"### `parallax {name}`\n\n{_plain(command.help)}\n\n```\n{usage}\n```"
        if rows:
            yield grid(("argument or option", "means", "by default"), rows)
        yield f"For example:\n\n```\n{lines}\n```"


def _word(parameter: Any) -> str:
    word = parameter.name.upper() + ("…" if parameter.nargs == -1 else "")
    return word if parameter.required else f"[{word}]"


def _names(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return f"`{_word(parameter)}`"
    value = "" if parameter.is_flag else f" {_value(parameter)}"
    return f"`{'`, `'.join(parameter.opts)}{value}`"


def _value(parameter: Any) -> str:
    """What stands for the value of an option: what it is a value of."""
    return "N" if type(parameter.default) is int else VALUES.get(parameter.name, "NAME")


def _default(parameter: Any) -> str:
    if isinstance(said := getattr(parameter, "show_default", None), str):
        return said
    value = parameter.default
    is_none = value is None or value == "" or value == [] or value == () or callable(value)
    if parameter.required:
        return "needed"
    if is_none or getattr(parameter, "is_flag", False):
        return ""
    return f"{value:,}" if isinstance(value, int) else str(value)


def notebooks() -> Iterable[tuple[str, ...]]:
    """A row a parameter of a notebook."""
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        title, first = _title(path), True
        for name, (kind, default) in declared_parameters(path).items():
            head = (f"`{path.stem}`", title) if first else ("", "")
            yield (*head, f"`{name}`", f"`{kind}`", f"`{default!r}`")
            first = False


def _title(path: Path) -> str:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    first = "".join(next(cell["source"] for cell in cells if cell["cell_type"] == "markdown"))
    return first.splitlines()[0].lstrip("# ")


def attributes() -> Iterable[tuple[str, str]]:
    """A row a public method or property of `Story`, with the first sentences of its docstring."""
    for owner in (Measures, Story):
        for name, member in vars(owner).items():
            function = getattr(member, "fget", None) or getattr(member, "func", None) or member
            if name.startswith("_") or not inspect.isfunction(function):
                continue
            is_method = function is member
            called = f"`.{name}{_signature(function) if is_method else ''}`"
            yield called, _plain(inspect.getdoc(function) or "")


def _call(name: str, function: Callable) -> str:
    return f"### `{name}`\n\n```python\n{name}{_signature(function)}\n```\n\n{inspect.getdoc(function)}"


def _signature(function: Callable) -> str:
    """The parameters as they are written in the source, annotations aside: what a reader types."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    arguments = next(node for node in tree.body if isinstance(node, ast.FunctionDef)).args
    arguments.posonlyargs = [one for one in arguments.posonlyargs if one.arg != "self"]
    arguments.args = [one for one in arguments.args if one.arg != "self"]
    for one in (*arguments.args, *arguments.kwonlyargs):
        one.annotation = None
    return f"({ast.unparse(arguments)})"


def _plain(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    print(markdown(), end="")
