"""Rendering: an executed notebook as one self-contained HTML report.

What reaches the page: the words of Markdown cells, with any HTML in them shown as text; displays signed
by `displays`; plain text. Everything else an output may hold (other HTML, scripts, widgets, error
streams) is left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mistune
import nbformat
from markupsafe import Markup, escape
from nbconvert.exporters import TemplateExporter
from nbformat import NotebookNode

from analysis.publishing.displays import SIGNATURE, UNSHOWABLE, linked, plain
from analysis.publishing.pages import TEMPLATES, Group, Link, page, relative


@dataclass(frozen=True)
class Heading:
    """An entry of the table of contents; `label` is escaped already."""

    level: int
    id: str
    label: Markup


def render(
    executed: Path | NotebookNode,
    *,
    title: str = "",
    navigation: Sequence[Group] = (),
    trail: Sequence[Link] = (),
    story_title: str = "",
    language: str = "en",
    provenance: Sequence[tuple[str, str]] = (),
    tables: str | None = None,
    outlet: str = "",
) -> str:
    """Return the report of an executed notebook; the same notebook gives the same bytes.

    `title` is by default the notebook's first heading, which is never shown twice. `navigation` groups the
    other reports of the story, `trail` leads back to the indexes, `provenance` is the page's last word. `tables` is
    the way to the folder of tables; without one their names are no links. `outlet` is its hue (see `hue_class`).
    """
    notebook = executed if isinstance(executed, NotebookNode) else nbformat.read(executed, as_version=4)
    words = Words()
    exporter = TemplateExporter(
        file_extension=".html",
        template_name=TEMPLATES.name,
        extra_template_basedirs=[str(TEMPLATES.parent)],
        exclude_input=True,
        filters={"markdown": words.html, "plain": plain},
    )
    body, _ = exporter.from_notebook_node(_shown(notebook))
    body = body.replace('<div class="prose"></div>\n', "")
    if tables is not None:
        body = linked(body, relative(tables))
    return page(
        "report.html.j2",
        title=title or words.title or story_title,
        story_title=story_title,
        language=language,
        trail=trail,
        navigation=navigation,
        contents=words.contents,
        provenance=provenance,
        has_side=bool(navigation or words.contents),
        body=Markup(body),
        outlet=outlet,
    )


class Words(mistune.HTMLRenderer):
    """The Markdown of one notebook: collects its title and its table of contents while it is rendered."""

    def __init__(self) -> None:
        super().__init__(escape=True)
        self.title = ""
        self.contents: list[Heading] = []
        self._markdown = mistune.create_markdown(renderer=self, plugins=["table"])

    def html(self, source: str) -> str:
        return str(self._markdown(UNSHOWABLE.sub("\ufffd", source))).strip()

    def heading(self, text: str, level: int, **_: Any) -> str:
        if level == 1 and not self.title:
            self.title = str(Markup(text).striptags())
            return ""
        level = min(max(level, 2), 6)
        heading = Heading(level, self._slug(text), escape(Markup(text).striptags()))
        if level <= 3:
            self.contents.append(heading)
        return f'<h{level} id="{heading.id}">{text}</h{level}>\n'

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Only the alternative text: a picture in Markdown would be a request."""
        return text

    def block_html(self, html: str) -> str:
        return f"<p>{escape(html.strip())}</p>\n"

    def _slug(self, text: str) -> str:
        letters = unicodedata.normalize("NFKD", Markup(text).striptags()).encode("ascii", "ignore").decode()
        slug = base = re.sub(r"[^a-z0-9]+", "-", letters.lower()).strip("-") or "section"
        taken, number = {"main", *(heading.id for heading in self.contents)}, 2
        while slug in taken:
            slug, number = f"{base}-{number}", number + 1
        return slug


def _shown(notebook: NotebookNode) -> NotebookNode:
    """Return what a report shows of `notebook`, free of ids, counts and times."""
    cells: list[NotebookNode] = []
    for cell in notebook.cells:
        name = f"cell-{len(cells)}"
        if cell.cell_type == "markdown":
            cells.append(nbformat.v4.new_markdown_cell(cell.source, id=name))
        elif cell.cell_type == "code":
            outputs = [kept for output in cell.get("outputs", []) if (kept := _output(output)) is not None]
            if outputs and cells and outputs == cells[-1].get("outputs"):
                continue  # what stands right above, such as why neither of two displays has a figure
            cells.append(nbformat.v4.new_code_cell("", outputs=outputs, id=name))
    return nbformat.v4.new_notebook(cells=cells)


def _output(output: NotebookNode) -> NotebookNode | None:
    if output.output_type == "stream" and output.name == "stdout":
        return output
    if output.output_type not in ("display_data", "execute_result"):
        return None
    is_ours = output.get("metadata", {}).get("text/html") == SIGNATURE
    kind = "text/html" if is_ours and "text/html" in output.data else "text/plain"
    if kind not in output.data:
        return None
    return nbformat.v4.new_output("display_data", {kind: output.data[kind]})
