"""Schemas of the YAML files that people write: read as strings, checked, a mistake named with file, line and what is allowed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, TypeVar, get_args, get_origin

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError

from analysis.evidence.dictionaries import BadDictionary, is_date, read_yaml
from analysis.nearest import did_you_mean


def _day(text: str) -> str:
    if text and not is_date(text):
        raise ValueError(f"{text!r} is no date; allowed: a day as 2026-01-31")
    return text


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
Label = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Day = Annotated[str, AfterValidator(_day)]


class Part(BaseModel):
    """A part of a file: unknown keys are refused, nothing is changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


MOST = 20  # mistakes named at once
PLAIN = {
    "tuple_type": "a list is expected, as [one, two]",
    "too_short": "at least one is needed",
    "string_too_short": "empty; a text is expected",
    "string_too_long": "longer than 200 characters",
    "string_pattern_mismatch": "allowed: small letters, digits, - and _, at most 64, a letter or digit first",
    "string_type": "a text is expected, not a list or keys",
    "missing": "is missing",
    "model_type": "keys and values are expected here",
}
Model = TypeVar("Model", bound=Part)


def validated(
    path: Path, model: type[Model], error: type[ValueError], expected: str
) -> tuple[Model, dict[tuple, int]]:
    """What `path` holds, checked against `model`, and the line of every node. Raises `error`."""
    shown = f"{path.parent.name}/{path.name}"
    if not path.is_file():
        raise error(f"{path}: no such file")
    try:
        values, lines = read_yaml(path)
    except BadDictionary as problem:
        raise error(str(problem)) from None
    if not isinstance(values, dict):
        raise error(f"{shown}, line 1: keys and values are expected: {expected} …")
    try:
        return model.model_validate(values), lines
    except ValidationError as problem:
        # A misspelt key is also a missing one: it is named where it stands.
        found = sorted(problem.errors(), key=lambda one: one["type"] != "extra_forbidden")
        messages = [
            f"{shown}, line {line_of(lines, one['loc'])}: {'.'.join(str(step) for step in one['loc'])}: {_said(model, one)}"
            for one in found
        ]
        raise error("\n".join(dict.fromkeys(messages[:MOST]))) from None


def _said(model: type[Part], one: dict) -> str:
    """What is wrong and what is allowed, in words of people who write the file."""
    if one["type"] == "extra_forbidden":
        allowed = _allowed(model, one["loc"])
        return f"unknown key; allowed: {', '.join(allowed)}{did_you_mean(str(one['loc'][-1]), allowed)}"
    return PLAIN.get(one["type"], one["msg"].removeprefix("Value error, "))


def twice(kind: str, parts: tuple) -> Iterator[tuple[tuple, str]]:
    """Place and message of each id that stands twice in `parts`, the list under the key `kind`."""
    seen: set[str] = set()
    for number, one in enumerate(parts):
        if one.id in seen:
            yield (kind, number, "id"), f"{kind}: id {one.id!r} stands twice; every id has its own"
        seen.add(one.id)


def line_of(lines: dict[tuple, int], place: tuple) -> int:
    """The line of the node at `place`, or of the nearest one around it."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


def _allowed(model: type[Part], place: tuple) -> list[str]:
    """The keys that may stand where the one at `place` was refused."""
    part = model
    for step in place[:-1]:
        if isinstance(step, str):
            field = next(f for name, f in part.model_fields.items() if step in (name, f.alias))
            part = get_args(field.annotation)[0] if get_origin(field.annotation) else field.annotation
    return [field.alias or name for name, field in part.model_fields.items()]
