"""Pages: the shell that reports and indexes share, one self-contained file each.

The style sheet stands in the page; the content security policy allows it by its hash and nothing else
but pictures inside the file. So no page can ask for anything or run anything.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from analysis.publishing.displays import plain

LONGEST_TITLE = 70  # characters
TEMPLATES = Path(__file__).parent / "template"


@dataclass(frozen=True)
class Link:
    """A way to another page: `href` is relative to the page it stands on; None is shown without a link."""

    label: str
    href: str | None = None
    is_current: bool = False


@dataclass(frozen=True)
class Group:
    """Links under one heading: the reports of an outlet, or those of the whole story."""

    title: str
    links: Sequence[Link]
    hue: str = ""  # of the outlet, where it is one (see `hues`)

    @property
    def is_current(self) -> bool:
        return any(link.is_current for link in self.links)


def page(
    template: str,
    *,
    title: str,
    trail: Sequence[Link] = (),
    lead: str = "",
    language: str = "en",
    provenance: Sequence[tuple[str, str]] = (),
    has_side: bool = False,
    story_title: str = "",
    outlet: str = "",
    **context: Any,
) -> str:
    """Return a whole HTML page made of `template` (a file of the template folder); `outlet` is the hue of what it is about."""
    css = _css()
    digest = base64.b64encode(hashlib.sha256(css.encode("utf-8")).digest()).decode("ascii")
    return (
        _environment()
        .get_template(template)
        .render(
            title=title,
            heading=_short(f"{title} · {story_title}" if story_title not in ("", title) else title),
            outlet=outlet,
            trail=trail,
            lead=lead,
            language=language,
            provenance=provenance,
            has_side=has_side,
            css=Markup(css),
            css_hash=Markup(f"sha256-{digest}"),
            **context,
        )
    )


def _short(title: str) -> str:
    """What a browser's tab and a list of results have room for."""
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip(" ·(") + "…"


def relative(href: str) -> str:
    """Return `href` as a URL relative to its page; ValueError when it leads to another host or scheme."""
    if ":" in href or "\\" in href or href.startswith("/"):
        raise ValueError(f"{href!r} is no relative link")
    return quote(href, safe="/#.-_~")


@functools.cache
def _css() -> str:
    css = re.sub(r"/\*.*?\*/", "", (TEMPLATES / "report.css").read_text("utf-8"), flags=re.DOTALL)
    return re.sub(r"\s*([{};])\s*", r"\1", re.sub(r"\s+", " ", css)).replace(";}", "}").strip()


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(plain=plain, relative=relative)
    return environment
