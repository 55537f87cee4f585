"""Reports in a browser with the network cut: no request, no complaint, no barrier.

Looks at a toy report with every display, and at the pages in PARALLAX_REPORTS (default: `reports/`).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure as Drawing
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.publishing.displays import (
    Figure,
    Finding,
    Findings,
    Mark,
    Note,
    Passage,
    Passages,
    Prose,
    Table,
    Verbatim,
)
from analysis.publishing.indexes import ReportLink, StoryEntry, reports_index, story_index
from analysis.publishing.pages import Group, Link
from analysis.publishing.rendering import render
from analysis.publishing.svg import HEAT, palette, style, themed_svg

sync_api = pytest.importorskip("playwright.sync_api")

LONG = "Donaudampfschifffahrtselektrizit\u00e4tenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
REPORTS = Path(os.environ.get("PARALLAX_REPORTS", Path(__file__).parents[2] / "reports"))
REAL = sorted(REPORTS.rglob("*.html"))


def toy_notebook():
    with style():
        drawing = Drawing(figsize=(9.6, 3))
        axes = drawing.subplots()
        axes.plot([1, 2, 3], [1, 3, 2], "o-", color=palette["focus"])
        axes.barh([1, 2], [1, 2], color=HEAT[2:4])
        svg = themed_svg(drawing)
    wide = {f"column {n}": ["some words", LONG] for n in range(6)}
    frame = pd.DataFrame({"copy": ["A", LONG], "value": [1.0, None], "why": ["", "too short"]} | wide)
    marks = (Mark(4, 7, "outside"), Mark(12, 18, "quoted"), Mark(20, 30))
    shown = [
        Figure(svg, "A line rises and falls.", "A figure", "How to read it.", "Source: a toy."),
        Note("These copies, and no more.", "scope"),
        Note("Too short.", "reason"),
        Note("Old.", "warning"),
        Table(frame, "A table", "A note.", reason="why"),
        Table(frame, "Folded", collapsed=True),
        Passages(
            [
                Passage("A", "paragraph 1", "The bay was \u201ccalm\u201d. " + LONG, marks),
                Passage(LONG, "headline"),
            ],
            "Passages",
            "A note.",
        ),
        Prose(["A paragraph.", ["one", LONG], {"term": "meaning"}]),
        Verbatim(f"@misc{{{LONG}}}"),
    ]
    words = f"# A toy\nIt costs $5 and $6. [A study](https://example.org/{LONG}).\n\n## {LONG}\n### b"
    cells = [new_markdown_cell(words)]
    for display in shown:
        data, metadata = display._repr_mimebundle_()
        cells.append(new_code_cell("", outputs=[new_output("display_data", data, metadata=metadata)]))
    return new_notebook(cells=[*cells, new_markdown_cell("## The end")])


@pytest.fixture(scope="module")
def toys(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("toys")
    link = ReportLink("Framing", "framing.html")
    pages = {
        "report": render(
            toy_notebook(),
            story_title="A story",
            trail=[Link("Parallax", "../index.html"), Link("Toy")],
            navigation=[
                Group("A", [Link("Framing", "framing.html"), Link("Toy", "toy.html", True)]),
                Group(LONG, [Link("Framing", "b/framing.html")]),
            ],
            provenance=[("Fingerprint", "9f86d0" * 11)],
        ),
        "story": story_index(
            "A story",
            whole=[link],
            facts=[("Copies", "4")],
            findings=Findings([Finding("One.", "copies", (("figure", "#a"),))], page="report.html"),
            limits=["Two."],
            outlets={
                "A": {"Framing": link, "Sources": ReportLink("S", status="failed")},
                LONG: {"Framing": link},
            },
        ),
        "stories": reports_index([StoryEntry("A story", "a/index.html", LONG, [("Copies", "4")], 3, 1)]),
    }
    for name, html in pages.items():
        (folder / f"{name}.html").write_text(html, "utf-8")
    return {name: folder / f"{name}.html" for name in pages}


# one page of each type, of the story that shows its texts
TYPES = r"index\.html|sample-harbour/(index|comparison|corpus|courier/\w+)\.html|kim-putin-2023/(index|comparison)\.html"
PAGES = ["report", "story", "stories", *(path.relative_to(REPORTS).as_posix() for path in REAL)]
GROUNDS = {"light": "rgb(253, 252, 249)", "dark": "rgb(22, 24, 27)"}
# Every rule is run; only what it finds crosses over to here.
BARRIERS = """axe.run({resultTypes: ["violations"]}).then(
    found => found.violations.map(each => [each.id, each.nodes[0].html.slice(0, 200)]))"""


@dataclass(frozen=True)
class Opened:
    """A page in a browser, and what it asked for and complained of until all of it was open."""

    page: sync_api.Page
    requests: tuple[str, ...]
    complaints: tuple[str, ...]

    def at(self, width: int) -> sync_api.Page:
        """The page in a window of that width, in pixels."""
        self.page.set_viewport_size({"width": width, "height": 900})
        return self.page


@pytest.fixture(scope="module", params=PAGES)
def path(request, toys) -> Path:
    return toys.get(request.param) or REPORTS / request.param


@pytest.fixture(scope="module")
def opened(browser, path):
    """The page, loaded once in each colour scheme with the network cut; its details are open."""
    pages, contexts = {}, []
    for scheme in GROUNDS:
        context = browser.new_context(
            color_scheme=scheme, viewport={"width": 1280, "height": 900}, offline=True
        )
        contexts.append(context)
        page, requests, complaints = context.new_page(), [], []
        page.on("request", lambda request, urls=requests: urls.append(request.url))
        page.on("console", lambda message, texts=complaints: texts.append(message.text))
        page.on("pageerror", lambda error, texts=complaints: texts.append(str(error)))
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        pages[scheme] = Opened(page, tuple(requests), tuple(complaints))
    yield pages
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core. Evaluated, it runs in spite of the policy of the reports, which allow no script."""
    file = os.environ.get("AXE_PATH")
    if not file or not Path(file).is_file():
        pytest.skip("no axe-core on this machine (set AXE_PATH to its axe.min.js)")
    return Path(file).read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", GROUNDS)
def test_a_page_asks_for_nothing_and_complains_of_nothing(opened, path, scheme):
    assert [url for url in opened[scheme].requests if not url.startswith("data:")] == [path.as_uri()]
    assert opened[scheme].complaints == ()
    loaded = "[...document.images].every(image => image.complete && image.naturalWidth > 0)"
    assert opened[scheme].at(1280).evaluate(loaded)


@pytest.mark.parametrize("width", [320, 360, 800, 1280])
def test_a_page_is_never_wider_than_its_window(opened, width):
    assert opened["light"].at(width).evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", GROUNDS)
def test_a_page_can_be_looked_at_in_three_widths(opened, path, scheme):
    """Pictures of each type of page, for people; where nobody asked for them (PARALLAX_SCREENSHOTS) they are none."""
    folder = os.environ.get("PARALLAX_SCREENSHOTS")
    name = path.relative_to(REPORTS).as_posix() if path.is_relative_to(REPORTS) else path.name
    if not folder or not re.fullmatch(TYPES, name):
        pytest.skip("no picture of this page was asked for (PARALLAX_SCREENSHOTS)")
    Path(folder).mkdir(parents=True, exist_ok=True)
    fold = "document.querySelectorAll('main details').forEach(one => one.open = {})"
    opened[scheme].page.evaluate(fold.format("false"))  # as a reader finds it
    for width in (1280, 768, 390):
        target = Path(folder) / f"{name.removesuffix('.html').replace('/', '_')}-{scheme}-{width}.png"
        opened[scheme].at(width).screenshot(path=target, full_page=True, timeout=120_000)
        assert target.stat().st_size > 10_000
    opened[scheme].page.evaluate(fold.format("true"))


def test_the_pages_of_a_printed_report_are_numbered(opened, path, tmp_path):
    if path.name != "readability.html" or "courier" not in path.parts:
        pytest.skip("one report is printed")
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext on this machine (Debian's poppler-utils)")
    opened["light"].page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    command = ["pdftotext", "-layout", str(tmp_path / "page.pdf"), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    n = int(re.search(r"\b1 / (\d+)", text)[1])
    assert n > 2 and all(f"{page} / {n}" in text for page in range(1, n + 1))


def test_no_page_of_the_bundled_stories_is_heavy():
    if not REAL:
        pytest.skip("no reports here: make reports")
    assert {str(path): path.stat().st_size for path in REAL if path.stat().st_size > 150_000} == {}


def test_the_markup_of_every_page_is_valid(toys):
    command = os.environ.get("HTML_VALIDATE")
    if not command or not Path(command).is_file():
        pytest.skip("no html-validate on this machine (set HTML_VALIDATE)")
    config = Path(__file__).with_name("html-validate.json")
    pages = [str(one) for one in [*toys.values(), *REAL]]
    ran = subprocess.run([command, "--config", str(config), *pages], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout[:3000] + ran.stderr[:1000]


def test_a_page_is_dark_where_its_reader_wants_it_dark(opened):
    ground = "getComputedStyle(document.body).backgroundColor"
    assert {scheme: opened[scheme].page.evaluate(ground) for scheme in GROUNDS} == GROUNDS


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("light", 360), ("dark", 1280)])
def test_a_page_has_no_barrier_that_axe_finds(opened, axe, scheme, width):
    page = opened[scheme].at(width)
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    assert page.evaluate(BARRIERS) == []
