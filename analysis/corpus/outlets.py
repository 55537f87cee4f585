"""Outlets: who writes and publishes news, and how they sign it, as data.

`data/outlets.yml` says what a name, a domain, a wording at the top or the end of a page stands for; an
`outlets.yml` among a user's own data adds to it. Patterns are plain words with a few placeholders, each of
bounded length, so that no pattern of a user can hang a run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

BUNDLED = Path(__file__).resolve().parents[2] / "data" / "outlets.yml"
PLACES = ("dateline", "byline", "signoff", "credit", "shared", "foreign")
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
LARGEST = 1_000_000  # bytes of a file
DEEPEST = 10  # levels of lists and keys; ours have four
WIDE, MOST_WIDE = (
    ("people", "place", "when", "any"),
    3,
)  # in a pattern: the time to look at a line grows with its power
MOST_PLACEHOLDERS = 6
PLACEHOLDERS = {
    "people": r"[A-ZÀ-Þ][^\d|:;()\[\]“”\"?!]{1,80}?",
    "place": r"[A-ZÀ-Þ][\w.'’ /-]{1,40}",
    "when": r"(?=.{0,60}(?:\b(?:19|20)\d\d\b|\d[:.]\d\d))[\w:.,/|•·–— -]{4,90}",
    "sep": r"\s{0,2}[,|/•·–—-]\s{0,2}",
    "story": r"(?i:story|article|report|piece|post|dispatch|content)",
    "any": r".{0,160}?",
    "outlet": "",
}
PLACEHOLDER = re.compile(r"\{(\w*)\}")
EDGES = " \t()[]–—-_*=■.,:|\u00a0"


class BadOutlets(ValueError):
    """An outlets.yml does not follow its format; the message names file, line and what is allowed."""


def _pattern(text: str) -> str:
    used = PLACEHOLDER.findall(text)
    if wrong := [name for name in used if name not in PLACEHOLDERS]:
        raise ValueError(f"unknown placeholder {{{wrong[0]}}}; allowed: {', '.join(PLACEHOLDERS)}")
    if len(used) > MOST_PLACEHOLDERS or sum(map(used.count, WIDE)) > MOST_WIDE:
        raise ValueError(
            f"{len(used)} placeholders; at most {MOST_PLACEHOLDERS} are allowed, {MOST_WIDE} of {', '.join(WIDE)}"
        )
    plain = PLACEHOLDER.sub("", text)
    if "{" in plain or "}" in plain:
        raise ValueError("a brace without its partner")
    if not any(map(str.isalnum, plain)) and "outlet" not in used:
        raise ValueError("a pattern needs a word, or {outlet}")
    return text


def _domain(text: str) -> str:
    if not re.fullmatch(r"(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}", text):
        raise ValueError(f"{text!r} is no domain; allowed: as in reuters.com, without https:// or a path")
    return text


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
Name = Annotated[str, StringConstraints(min_length=2, max_length=100, strip_whitespace=True)]
Pattern = Annotated[str, StringConstraints(min_length=2, max_length=200), AfterValidator(_pattern)]
Domain = Annotated[str, AfterValidator(_domain)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Patterns(_Part):
    dateline: tuple[Pattern, ...] = ()
    byline: tuple[Pattern, ...] = ()
    signoff: tuple[Pattern, ...] = ()
    credit: tuple[Pattern, ...] = ()
    shared: tuple[Pattern, ...] = ()
    foreign: tuple[Pattern, ...] = ()


class _Outlet(_Part):
    id: Id
    name: Name
    aliases: tuple[Name, ...] = ()
    domains: tuple[Domain, ...] = ()
    agency: Literal["yes", "no"] = "no"
    prints_only: Literal["yes", "no"] = "no"
    patterns: _Patterns = Field(default_factory=_Patterns)


class _File(_Part):
    forms: _Patterns = Field(default_factory=_Patterns)
    outlets: tuple[_Outlet, ...] = ()


@dataclass(frozen=True)
class OutletPattern:
    """An outlet: `names` (its display name first), `domains`, and its patterns by place, the forms included."""

    id: str
    name: str
    names: tuple[str, ...]
    domains: tuple[str, ...]
    agency: bool
    prints_only: bool
    dateline: tuple[str, ...]
    byline: tuple[str, ...]
    signoff: tuple[str, ...]
    credit: tuple[str, ...]
    shared: tuple[str, ...]
    foreign: tuple[str, ...]

    def __hash__(self) -> int:
        return hash(self.id)  # what is known of a list of outlets is looked up for every article


def load_outlets(own: Path | None = None) -> tuple[OutletPattern, ...]:
    """The outlets that ship with Parallax, those of the file `own` added, or in place of those of the same id.

    Raises `BadOutlets` for a file that does not follow the format; an `own` that is not there adds nothing.
    """
    files = [
        _read(path) for path in (BUNDLED, own) if path is not None and (path == BUNDLED or path.is_file())
    ]
    known = {outlet.id: outlet for file in files for outlet in file.outlets}
    forms = {
        place: tuple(dict.fromkeys(form for file in files for form in getattr(file.forms, place)))
        for place in PLACES
    }
    owners: dict[str, str] = {}
    for outlet in known.values():
        for name in (*map(plain_name, (outlet.name, *outlet.aliases)), *outlet.domains):
            if owners.setdefault(name, outlet.id) != outlet.id:
                raise BadOutlets(
                    f"{own or BUNDLED.name}: {name!r} is a name or domain of {owners[name]} and of {outlet.id}; "
                    "every name stands for one outlet"
                )
    return tuple(
        OutletPattern(
            outlet.id,
            outlet.name,
            (outlet.name, *outlet.aliases),
            outlet.domains,
            outlet.agency == "yes",
            outlet.prints_only == "yes",
            *(tuple(dict.fromkeys((*getattr(outlet.patterns, p), *forms[p]))) for p in PLACES),
        )
        for outlet in known.values()
    )


def plain_name(name: str) -> str:
    """A name for comparing: small letters, without "The" before it."""
    return " ".join(name.split()).casefold().removeprefix("the ").strip(EDGES)


def _read(path: Path) -> _File:
    shown = path.name if path == BUNDLED else f"{path.parent.name}/{path.name}"
    data = path.read_bytes()
    if len(data) > LARGEST:
        raise BadOutlets(f"{shown}: {len(data):,} bytes; at most {LARGEST:,} are allowed")
    lines: dict[tuple, int] = {}
    try:
        text = data.decode("utf-8-sig")
        _refuse_references(text)
        node = yaml.compose(text, Loader=LOADER)
        values = {} if node is None else _plain(node, (), lines)
        return _File.model_validate(values)
    except (UnicodeDecodeError, yaml.YAMLError) as problem:
        mark = getattr(problem, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise BadOutlets(f"{shown}, line {line}: no readable YAML: {str(problem).splitlines()[0]}") from None
    except ValidationError as problem:
        first = problem.errors()[0]
        place = first["loc"]
        while place and place not in lines:
            place = place[:-1]
        what = first["msg"].removeprefix("Value error, ")
        where = ".".join(str(step) for step in first["loc"])
        raise BadOutlets(f"{shown}, line {lines.get(place, 1)}: {where}: {what}") from None


def _refuse_references(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        opens = isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent))
        depth += opens - isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent))
        if isinstance(event, yaml.AliasEvent) or depth > DEEPEST:
            raise yaml.MarkedYAMLError(
                problem="references and deep nesting are not allowed", problem_mark=event.start_mark
            )


def _plain(node: yaml.Node, place: tuple, lines: dict[tuple, int]) -> Any:
    """The strings, lists and keys of a node; `lines` gathers where each stands."""
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        values = {}
        for key, value in node.value:
            name = str(key.value)
            if name in values:
                raise yaml.MarkedYAMLError(problem=f"key {name!r} stands twice", problem_mark=key.start_mark)
            values[name] = _plain(value, (*place, name), lines)
            lines[*place, name] = key.start_mark.line + 1
        return values
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*place, n), lines) for n, item in enumerate(node.value)]
    return node.value
