"""What a page is declared to show is what it shows: rows it does not declare may change, and it stays byte for byte the same."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import nbformat
import pandas as pd
import pytest

import analysis
from analysis.loading import load_story
from analysis.measured import TABLE_NAMES
from analysis.publishing import dependence
from analysis.publishing.dependence import LABELS, OF_ALL_PAGES, OF_ITS_OUTLET, OF_OTHERS, TEXTS
from analysis.publishing.parts import parts_of_page
from analysis.publishing.report import PER_OUTLET
from analysis.story import Story

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
Change = Callable[
    [str, pd.DataFrame, pd.Series], pd.DataFrame
]  # of a table, whose rows are of others where the series says so


def shown(
    notebook: str,
    story: Story,
    outlet: str,
    patch: pytest.MonkeyPatch,
    load: Callable[[str], Story] | None = None,
) -> str:
    """What the displays of a notebook write, run in this process on the story as it was measured."""
    patch.setenv("PARALLAX_DATA", str(story.folder.parent))
    patch.setattr(analysis, "load_story", load or partial(load_story, as_measured=True))
    space, found = {"story": story.name, "outlet": outlet}, []
    for cell in nbformat.read(NOTEBOOKS / f"{notebook}.ipynb", as_version=4).cells:
        if cell.cell_type != "code" or "parameters" in cell.metadata.get("tags", []):
            continue
        *lines, last = ast.parse(cell.source).body
        exec(compile(ast.Module(lines, []), notebook, "exec"), space)
        if isinstance(last, ast.Expr):
            display = eval(compile(ast.Expression(last.value), notebook, "eval"), space)
            found.append("" if display is None else display._repr_html_())
        else:
            exec(compile(ast.Module([last], []), notebook, "exec"), space)
    return "\n".join(found)


def with_other_rows(story: Story, outlet: str, folder: Path, change: Change) -> Story:
    """A copy of the story in the data folder `folder`, in whose tables `change` altered the rows that are not of `outlet`."""
    shutil.copytree(story.folder, folder / story.name)
    owner = story.documents.set_index("doc_id")["outlet"]
    for name in TABLE_NAMES:
        path = folder / story.name / "measures" / f"{name}.parquet"
        table = pd.read_parquet(path)
        if "outlet_a" in table:
            is_own = (table["outlet_a"] == outlet) | (table["outlet_b"] == outlet)
        else:
            ids = [table[column] for column in ("doc_id", "doc_id_a", "doc_id_b") if column in table]
            is_own = pd.Series(False, table.index) if ids else pd.Series(True, table.index)
            for one in ids:
                is_own |= (one.map(owner) == outlet) | ~one.isin(owner.index)
        change(name, table, ~is_own).to_parquet(path, index=False)
    path = folder / story.name / "documents.csv"
    manifest = pd.read_csv(path, dtype=str, keep_default_na=False)
    # of a story without texts a page says that the manifest changed, which is another part of it
    outlet = outlet if story.has_text else manifest["outlet"]
    manifest.loc[manifest["outlet"] != outlet, ["headline", "deck", "byline"]] = "Another"
    manifest.loc[manifest["outlet"] != outlet, "url"] = "https://another.example/"
    manifest.to_csv(path, index=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLAX_DATA", str(folder))
        return load_story(story.name, as_measured=True)


def undeclared(notebook: str) -> Change:
    """Drop every row of others that the notebook's page is not declared to show, and alter what of a copy is its own outlet's."""

    def change(name: str, table: pd.DataFrame, is_of_others: pd.Series) -> pd.DataFrame:
        if name == "documents":
            texts = [column for column in OF_ITS_OUTLET if column not in ("file", "n_lines_dropped")]
            table.loc[is_of_others, texts] = "another"
            table.loc[is_of_others, "n_lines_dropped"] += 7
            return table
        is_declared = name in (*OF_ALL_PAGES, *OF_OTHERS[notebook])
        return table if is_declared else table[~is_of_others]

    return change


def without(dropped: str) -> Change:
    """Drop the rows of others of one table; of `labels` alter how their copies are called."""

    def change(name: str, table: pd.DataFrame, is_of_others: pd.Series) -> pd.DataFrame:
        if name == "documents" and dropped == LABELS:
            table.loc[is_of_others, "version"] = "second edition"
        return table[~is_of_others] if name == dropped else table

    return change


def parts(story: Story, notebook: str, outlet: str) -> dict[str, str]:
    rows = {f"rows/{name}": value for name, value in dependence.row_digests(story.folder, {}).items()}
    return parts_of_page(notebook, outlet, rows)


SLOW = ("framing", "sentiment")  # of a story of many copies, whose outlets are estimated as they are shown


@pytest.mark.parametrize(
    ("notebook", "name", "outlet"),
    [
        *((notebook, "harbour", "ledger") for notebook in PER_OUTLET),
        ("framing", "founding", "ap"),  # without texts
        *(
            pytest.param(notebook, "archive", "herald", marks=[pytest.mark.soak] * (notebook in SLOW))
            for notebook in PER_OUTLET
        ),
    ],
)
def test_rows_that_a_page_does_not_declare_change_no_byte_of_it(
    notebook, name, outlet, request, tmp_path, monkeypatch
):
    story = request.getfixturevalue(name)
    other = with_other_rows(story, outlet, tmp_path, undeclared(notebook))
    assert parts(other, notebook, outlet) == parts(story, notebook, outlet)
    before = shown(notebook, story, outlet, monkeypatch)
    assert shown(notebook, other, outlet, monkeypatch) == before and len(before) > 5_000


@pytest.mark.parametrize("notebook", PER_OUTLET)
def test_what_a_page_declares_of_others_it_shows(notebook, harbour, tmp_path, monkeypatch):
    """Else pages would be made again for nothing."""
    before = shown(notebook, harbour, "ledger", monkeypatch)
    for name in (LABELS, "estimates", *(table for table in OF_OTHERS[notebook] if table != TEXTS)):
        if name != LABELS and not len(getattr(harbour, name)):
            continue
        other = with_other_rows(harbour, "ledger", tmp_path / name, without(name))
        assert parts(other, notebook, "ledger") != parts(harbour, notebook, "ledger"), name
        with suppress(KeyError, ValueError, IndexError):  # of a display that cannot do without them
            assert shown(notebook, other, "ledger", monkeypatch) != before, name


def test_the_words_of_other_outlets_change_those_pages_alone_that_declare_them(harbour, monkeypatch):
    other = replace(harbour, texts=dict(harbour.texts))
    for row in harbour.documents[harbour.documents["outlet"] != "ledger"].itertuples():
        other.texts[row.doc_id] = re.sub(r"[a-z]", "x", harbour.texts[row.doc_id])
    for notebook in PER_OUTLET:
        before = shown(notebook, harbour, "ledger", monkeypatch, lambda name: harbour)
        after = shown(notebook, other, "ledger", monkeypatch, lambda name: other)
        assert (after == before) is (TEXTS not in OF_OTHERS[notebook]), notebook


def test_the_pages_of_a_story_as_a_whole_show_all_rows(founding):
    rows = {f"rows/{name}": value for name, value in dependence.row_digests(founding.folder, {}).items()}
    whole = parts_of_page("comparison", None, rows)
    assert set(rows) - set(whole) == {name for name in rows if name.startswith("rows/manifest/")} != set()
    assert {"rows/estimates/ap", "rows/estimates/afp", "rows/labels/", "rows/looked_for/"} <= set(whole)
