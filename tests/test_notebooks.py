"""Notebooks ask and show: they define nothing, hold no output, and run from a clean kernel as they are."""

from __future__ import annotations

import ast
import re
import sys
from dataclasses import replace
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from ipywidgets import Widget

import analysis
from analysis.publishing import reports
from analysis.publishing.parameters import declared_parameters
from analysis.publishing.running import Report, run, run_all

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
LONGEST_CELL = 15  # lines
LARGEST = 150_000  # bytes of a report of the founding story
each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


class Pictures(HTMLParser):
    """The words of the pictures of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.alts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.alts.append(dict(attrs).get("alt") or "")


def cells(path: Path, kind: str) -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def nodes(path: Path) -> list[ast.AST]:
    return [node for cell in cells(path, "code") for node in ast.walk(ast.parse(cell.source))]


def test_every_report_has_its_notebook():
    assert {path.stem for path in NOTEBOOKS} >= {*reports.WHOLE, *reports.PER_OUTLET}


@each
@pytest.mark.parametrize("kind", ["nothing counted", "another language", "nobody speaks"])
def test_a_notebook_runs_on_a_story_without_figures(path, kind, harbour, monkeypatch):
    """Every cell, in this process: what is checked is that each display has something to say."""
    documents, tables = harbour.documents, {}
    if kind == "nothing counted":
        documents = documents.assign(is_counted=False)
        tables = {"estimates": harbour.estimates.iloc[:0], "differences": harbour.differences.iloc[:0]}
    elif kind == "nobody speaks":
        names = ("quotations", "quotation_parts", "mentions", "actor_labels")
        tables = {name: getattr(harbour, name).iloc[:0] for name in names}
    else:
        none = dict.fromkeys(("value", "low", "high"), float("nan")) | {"reason": "language is fr"}
        estimates = harbour.estimates.assign(**none)
        none |= dict.fromkeys(("low_family", "high_family", "detectable"), float("nan"))
        tables = {"estimates": estimates, "differences": harbour.differences.assign(**none, is_clear=False)}
    story = replace(harbour, documents=documents, **tables)
    monkeypatch.setattr(analysis, "load_story", lambda name: story)
    space = {name: default for name, (_, default) in declared_parameters(path).items()} | {
        "story": story.name
    }
    space |= {"outlet": "ledger"} if "outlet" in space else {}
    shown = 0
    for cell in cells(path, "code")[1:]:
        *lines, last = ast.parse(cell.source).body
        exec(compile(ast.Module(lines, []), path.name, "exec"), space)
        if isinstance(last, ast.Expr):
            display = eval(compile(ast.Expression(last.value), path.name, "eval"), space)
            shown += isinstance(display, Widget) or (display is not None and bool(display.html()))
        else:
            exec(compile(ast.Module([last], []), path.name, "exec"), space)
    assert shown >= 5


@each
def test_a_notebook_is_valid_and_holds_no_output(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    for cell in cells(path, "code"):
        assert cell.outputs == [] and cell.execution_count is None
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)
    assert not {"widgets", "papermill"} & set(notebook.metadata)


@each
def test_a_notebook_begins_with_its_title_and_says_how_to_read_it(path):
    first, *others = nbformat.read(path, as_version=4).cells
    assert first.cell_type == "markdown" and first.source.startswith("# ") and len(first.source) > 60
    assert sum(cell.source.startswith("# ") for cell in others if cell.cell_type == "markdown") == 0
    assert not any(re.search(r"<[a-zA-Z/!]", cell.source) for cell in cells(path, "markdown"))


@each
def test_parameters_are_typed_and_commented(path):
    declared = declared_parameters(path)  # refuses all but one cell of typed literals
    assert declared["story"] == ("str", "kim-putin-2023")
    wanted = {"story", "outlet"} if path.stem in reports.PER_OUTLET else {"story"}
    assert wanted <= set(declared) and ("outlet" in declared) == (path.stem in reports.PER_OUTLET)
    cell = next(cell for cell in cells(path, "code") if "parameters" in cell.metadata.get("tags", []))
    assert all(re.search(r"  # \w", line) for line in cell.source.splitlines())


@each
def test_a_notebook_defines_nothing_and_its_cells_are_short(path):
    defining = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.Try)
    assert not [node for node in nodes(path) if isinstance(node, defining)]
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            assert 0 < len(cell.source.splitlines()) <= LONGEST_CELL
            assert not re.search(r"^\s*[%!]", cell.source, re.MULTILINE)


@each
def test_a_notebook_imports_from_the_package_alone(path):
    found = {
        name.split(".")[0]
        for node in nodes(path)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names])
    }
    assert "analysis" in found and found - {"analysis"} <= set(sys.stdlib_module_names)


@each
def test_a_notebook_ascribes_no_intent_and_ranks_nobody(path):
    words = " ".join(cell.source for cell in cells(path, "markdown")).casefold()
    assert not re.search(r"\b(emphasi[sz]e|downplay|ignore|omit|bias score|best|worst|most biased)\w*", words)


# From a clean kernel, with the parameters that stand in the notebook, without the texts -------------------


@pytest.fixture(scope="module")
def executed(founding, tmp_path_factory) -> dict[str, Path]:
    """Each notebook that makes a report, executed with its defaults and rendered; name -> executed notebook."""
    folder = tmp_path_factory.mktemp("notebooks")
    wanted = [
        Report(founding.name, name, "reuters" if name in reports.PER_OUTLET else None)
        for name in (*reports.WHOLE, *reports.PER_OUTLET)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLAX_DATA", str(founding.folder.parent))
        outcomes = run_all(
            wanted,
            notebooks=FOLDER,
            outputs=folder,
            jobs=2,
            finish=partial(
                reports._finish,
                folder=folder,
                pages={founding.name: reports._around(founding, reports.made_from(founding))},
            ),
            keep_notebooks=True,
        )
    assert {outcome.report.notebook: outcome.error for outcome in outcomes} == {
        one.notebook: None for one in wanted
    }
    return {report.notebook: (folder / report.path).with_suffix(".ipynb") for report in wanted}


@pytest.mark.parametrize("name", [*reports.WHOLE, *reports.PER_OUTLET])
def test_a_notebook_runs_from_top_to_bottom(executed, name):
    counts = [cell.execution_count for cell in cells(executed[name], "code")]
    assert counts == list(range(1, len(counts) + 1))
    for cell in cells(executed[name], "code"):
        assert [output for output in cell.outputs if output.output_type in ("stream", "error")] == []


@pytest.mark.parametrize("name", [*reports.WHOLE, *reports.PER_OUTLET])
def test_its_report_is_small_and_every_picture_has_words(executed, name):
    html = executed[name].with_suffix(".html").read_text("utf-8")
    assert len(html.encode()) < LARGEST
    pictures = Pictures()
    pictures.feed(html)
    assert pictures.alts and all(len(alt) > 40 for alt in pictures.alts)
    assert html.count("<h1") == 1 and "Traceback" not in html


def test_the_notebook_to_explore_runs_from_a_clean_kernel_and_is_no_report(founding, tmp_path, monkeypatch):
    monkeypatch.setenv("PARALLAX_DATA", str(founding.folder.parent))
    executed = tmp_path / "explore.ipynb"
    run(Report(founding.name, "explore", None), FOLDER / "explore.ipynb", executed)
    counts = [cell.execution_count for cell in cells(executed, "code")]
    assert counts == list(range(1, len(counts) + 1))
    outputs = [output for cell in cells(executed, "code") for output in cell.outputs]
    assert {output.output_type for output in outputs} == {"execute_result"}
    assert all("application/vnd.jupyter.widget-view+json" in output.data for output in outputs)
    assert "explore" not in {report.notebook for report in reports.planned(founding)}
