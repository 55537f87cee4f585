"""Parameters: what a notebook may be asked, and whether a request fits, before a kernel starts."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.nearest import did_you_mean

SIMPLE = {"str": str, "int": int, "float": float, "bool": bool, "None": type(None)}


class BadParameter(ValueError):
    """A notebook declares its parameters wrongly, or was given one it does not have or of another type."""


def declared_parameters(notebook_path: Path) -> dict[str, tuple[str, Any]]:
    """Return the parameters of a notebook, each with its declared type (as written) and its default.

    They stand in the one cell tagged `parameters`: `story: str = "sample-harbour"  # a comment`. The cell is
    parsed as Python: `papermill.inspect_notebook` misses lines with a second `=` and `str | None`.
    Raises BadParameter for anything else in that cell.
    """
    path = Path(notebook_path)
    try:
        cells = [cell for cell in _cells(path) if "parameters" in cell.get("metadata", {}).get("tags", [])]
        sources = ["".join(cell["source"]) for cell in cells]
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as problem:
        raise BadParameter(f"{path.name}: not a notebook: {problem}") from problem
    if len(sources) != 1:
        raise BadParameter(f"{path.name}: {len(sources)} cells tagged 'parameters' instead of one")
    return _declarations(path.name, sources[0])


def _cells(path: Path) -> list[dict[str, Any]]:
    """The cells of a notebook as JSON has them; nbformat, which holds all of it against a schema, takes a second to import."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    if notebook["nbformat"] != 4:
        raise ValueError(f"its format is {notebook['nbformat']!r}; allowed: 4")
    return notebook["cells"]


def check_parameters(notebook_path: Path, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return all parameters of a run, defaults filled in, or raise BadParameter and say what would fit."""
    name, declared = Path(notebook_path).name, declared_parameters(notebook_path)
    for parameter, value in parameters.items():
        if parameter not in declared:
            hint = did_you_mean(str(parameter), declared) or f"; it has {', '.join(declared) or 'none'}"
            raise BadParameter(f"{name} has no parameter {parameter!r}{hint}")
        kind = declared[parameter][0]
        if not _fits(value, ast.parse(kind, mode="eval").body):
            raise BadParameter(f"{name}: {parameter} is {value!r} ({type(value).__name__}), declared {kind}")
    return {parameter: default for parameter, (_, default) in declared.items()} | dict(parameters)


def _declarations(name: str, source: str) -> dict[str, tuple[str, Any]]:
    try:
        lines = ast.parse(source).body
    except SyntaxError as problem:
        raise BadParameter(f"{name}: the parameters cell cannot be parsed: {problem}") from problem
    declared = {}
    for line in lines:
        written = ast.unparse(line)
        if not (isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name) and line.value):
            raise BadParameter(f"{name}: {written!r} in the parameters cell; allowed is 'name: type = value'")
        try:
            default = ast.literal_eval(line.value)
        except ValueError as problem:
            raise BadParameter(f"{name}: the default in {written!r} is no literal") from problem
        if not _fits(default, line.annotation):
            raise BadParameter(f"{name}: the default in {written!r} is not of its type")
        declared[line.target.id] = (ast.unparse(line.annotation), default)
    return declared


def _fits(value: Any, kind: ast.expr) -> bool:
    """Whether `value` is of the annotated `kind`: str, int, float, bool, None, list[…], dict[…, …], a | b.

    The type must be exact: a bool is no int, and a subclass could bring its own way of being written
    into the notebook. An int may stand for a float.
    """
    match kind:
        case ast.Constant(value=None):
            return value is None
        case ast.Constant(value=str() as quoted):
            return _fits(value, ast.parse(quoted, mode="eval").body)
        case ast.Name(id=name) if name in SIMPLE:
            return type(value) is SIMPLE[name] or (name == "float" and type(value) is int)
        case ast.Name(id="list"):
            return type(value) is list and all(map(_is_plain, value))
        case ast.Name(id="dict"):
            return type(value) is dict and _is_plain(value)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _fits(value, left) or _fits(value, right)
        case ast.Subscript(value=ast.Name(id="list"), slice=item):
            return type(value) is list and all(_fits(each, item) for each in value)
        case ast.Subscript(value=ast.Name(id="dict"), slice=ast.Tuple(elts=[key, item])):
            return type(value) is dict and all(_fits(k, key) and _fits(v, item) for k, v in value.items())
        case _:
            raise BadParameter(
                f"type {ast.unparse(kind)!r} in a parameters cell; allowed are "
                "str, int, float, bool, None, list[…], dict[…, …] and a | b"
            )


def _is_plain(value: Any) -> bool:
    if type(value) is list:
        return all(map(_is_plain, value))
    if type(value) is dict:
        return all(type(key) is str and _is_plain(each) for key, each in value.items())
    return type(value) in SIMPLE.values()
