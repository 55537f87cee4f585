"""A draft of story.yml: what a new story begins with, and outlets added to one that people edit."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from analysis.storage import write_atomically
from analysis.story_yml import BadStory, read_story_yml

NOT_IN_YAML = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


def draft(
    name: str,
    day: str,
    outlets: Mapping[str, str],
    actors: Sequence[Mapping],
    *,
    columns: Mapping[str, str] = {},
) -> str:
    """The text of a story.yml to begin with: `outlets` (id -> name) and `actors` (id, name, aliases) are proposals.

    `day` is the earliest that an article names, "" where none does. `columns` says what exports read in place hold where.
    """
    lines = [
        "# Written by `parallax add`: a beginning, to be edited. All keys: data/README.md of Parallax.",
        f"title: {_quoted(name.replace('-', ' ').replace('_', ' ').capitalize())}  # what the event is",
        f"date: {_quoted(day)}  # "
        + (
            "the earliest day that an article names; put the day of the event"
            if day
            else "no article says: put the day of the event"
        ),
        "texts: private  # private: they belong to their publishers; open: they may be passed on",
        "",
        *(["# Which column of the exports holds what.", "columns:"] if columns else []),
        *(f"  {_quoted(target)}: {_quoted(column)}" for target, column in columns.items()),
        *([""] if columns else []),
        "# In the order in which reports show them. Who wrote an article, not who printed it.",
        "outlets:",
        *(_outlet(*one) for one in (outlets or {"unknown": "Unknown outlet"}).items()),
        "",
        "# People named in the articles, as the parser (spaCy) proposes them: correct, complete, say what each is."
        if actors
        else "# People named in the articles, with id, name and aliases: they are looked for, and who speaks is told of them.",
        "# source_type: official (speaks for a state or its bodies) or non-official.",
    ]
    lines.append("actors:" if actors else "actors: []")
    for actor in actors:
        aliases = ", ".join(map(_quoted, actor["aliases"]))
        lines.append(f"  - {{id: {actor['id']}, name: {_quoted(actor['name'])}, aliases: [{aliases}]}}")
    lines += [
        "",
        "# What is to be looked for: themes, and things with rival names. Without them the reports hold all the rest.",
        "# themes:",
        '#   - {id: money, label: "Money", entries: ["cost*", "price*"], written: after_reading, date: "2026-01-31"}',
        "# contested:",
        "#   - id: war",
        '#     label: "what is happening there"',
        "#     names:",
        '#       - {name: "war", entries: ["war", "wars"]}',
        '#       - {name: "conflict", entries: ["conflict", "conflicts"]}',
        "#     written: after_reading",
        '#     date: "2026-01-31"',
    ]
    return "\n".join(lines) + "\n"


def _outlet(id: str, name: str, *, indent: str = "  ") -> str:
    return f"{indent}- {{id: {id}, name: {_quoted(name)}}}"


def _quoted(text: str) -> str:
    """A YAML scalar in double quotes; JSON's strings are such."""
    return json.dumps(NOT_IN_YAML.sub(" ", text), ensure_ascii=False)


def with_outlets(path: Path, outlets: Mapping[str, str]) -> str:
    """The text of story.yml with further outlets at the end of its list, every other line as a person wrote it.

    Raises `BadStory` where its list is written so that none can be added.
    """
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    start = next((n for n, line in enumerate(lines) if line.startswith("outlets:")), len(lines))
    end = next((n for n in range(start + 1, len(lines)) if re.match(r"[^\s#-]", lines[n])), len(lines))
    while end > start + 1 and not re.match(r"\s*-|\s+\w", lines[end - 1]):
        end -= 1
    indent = next(
        (re.match(r"\s*", line)[0] for line in lines[start + 1 : end] if line.lstrip().startswith("-")), "  "
    )
    more = [_outlet(*one, indent=indent) for one in outlets.items()]
    text = "\n".join([*lines[:end], *more, *lines[end:]]) + "\n"
    draft = path.with_name(".story.yml.part")
    write_atomically(draft, text)
    try:
        read_story_yml(draft)
    except BadStory:
        shown = "; ".join(line.strip() for line in more)
        raise BadStory(
            f"{path.parent.name}/story.yml: its outlets could not be added to; add by hand: {shown}"
        ) from None
    finally:
        draft.unlink()
    return text
