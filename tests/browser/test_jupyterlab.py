"""The notebooks in a real JupyterLab: run all, change every control, look; keyboard, both themes, with texts and without.

Screenshots go to the folder that PARALLAX_SCREENSHOTS names, else to the tests' own.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from lxml import html

from analysis.publishing import reports
from analysis.publishing.explorer.measure_figure import measure_figure, measure_names
from analysis.publishing.explorer.selection import Selection, rows
from analysis.publishing.running import Report, run_all
from tests.browser.jupyterlab import Opened, opened, serving

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect
expect.set_options(timeout=30_000)  # milliseconds; a machine may have other things to do

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
SAMPLE, FOUNDING = "sample-harbour", "kim-putin-2023"
PARTS = ("choices", "concordance", "article", "side by side", "figure", "saving")
OTHERS = [*reports.WHOLE, *reports.PER_OUTLET]
# Of every sentence, sign, hint and cell that is seen: its words, and the contrast of them with what is behind.
CONTRASTS = """() => {
    const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
        .reduce((sum, v, n) => sum + v * [.2126, .7152, .0722][n], 0);
    const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
    const ground = element => {
        for (; element; element = element.parentElement) {
            const found = numbers(getComputedStyle(element).backgroundColor);
            if (found.length < 4 || found[3] === 1) return found;
        }
        return [255, 255, 255];
    };
    return [...document.querySelectorAll('.plx .sentence, .plx .sign, .plx .note p, .plx td, .plx th, .plx .place, .plx .legend li, .plx label, .plx .status')]
        .filter(element => element.textContent.trim() && element.offsetParent)
        .map(element => {
            const [a, b] = [numbers(getComputedStyle(element).color), ground(element)].map(light).sort((a, b) => b - a);
            return [element.textContent.slice(0, 40), (a + .05) / (b + .05)];
        })
        .filter(([, contrast]) => contrast < 4.5);
}"""
FOCUS = """() => {
    const element = document.activeElement;
    return element.labels?.[0]?.innerText || element.getAttribute('aria-label') || element.innerText;
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("lab")


@pytest.fixture(scope="module")
def screenshots(folder) -> Path:
    return Path(os.environ.get("PARALLAX_SCREENSHOTS") or folder / "screenshots").absolute()


@pytest.fixture(scope="module")
def address(folder, harbour, founding) -> Iterator[str]:
    """A server of copies of the notebooks, on the tests' own stories: the sample one with texts, the founding one without."""
    shutil.copytree(NOTEBOOKS, folder / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    stories = {"PARALLAX_DATA": str(harbour.folder.parent), "PARALLAX_REPORTS": str(folder / "reports")}
    with serving(folder / "notebooks", folder / "own", **stories) as found:
        yield found


@pytest.fixture(scope="module")
def explorer(browser, address, screenshots) -> Iterator[Opened]:
    """`explore.ipynb`, opened and run once."""
    lab = opened(browser, address, screenshots)
    lab.open("explore.ipynb")
    lab.run_all()
    yield lab
    lab.page.close()


@pytest.fixture
def sample(explorer) -> Opened:
    """The explorer on the story with texts, everything as it is at first."""
    return at_first(explorer, SAMPLE, FOUNDING)


@pytest.fixture
def without_texts(explorer) -> Opened:
    """The explorer on the story without texts, everything as it is at first."""
    return at_first(explorer, FOUNDING, SAMPLE)


def at_first(lab: Opened, story: str, other: str) -> Opened:
    outlet = {SAMPLE: "Quay Ledger", FOUNDING: "Reuters"}
    for name in (other, story):
        choose(lab, "Story", name)
        expect(part(lab, "choices").get_by_label(outlet[name], exact=True)).to_be_visible()
    for control, first in (
        ("Sorted by", "copy, then place"),
        ("Rows on a page", "20"),
        ("Sentences tinted by", "valence"),
    ):
        choose(lab, control, first)
    type_in(lab, "Rows that hold the text", "")
    lab.settle()
    return lab


def part(lab: Opened, name: str):
    return lab.page.locator(".plx").nth(PARTS.index(name))


def choose(lab: Opened, control: str, label: str) -> None:
    lab.page.get_by_label(control, exact=True).select_option(label=label)


def type_in(lab: Opened, control: str, words: str) -> None:
    field = lab.page.get_by_label(control, exact=True)
    field.fill(words)
    field.press("Enter")


def word(lab: Opened, words: str) -> None:
    type_in(lab, "Whole word or phrase, capitals ignored", words)


def shows(lab: Opened, name: str, words: str | re.Pattern) -> None:
    expect(part(lab, name)).to_contain_text(words)


def shows_not(lab: Opened, name: str, words: str) -> None:
    expect(part(lab, name)).not_to_contain_text(words)


def lists(lab: Opened, found: pd.DataFrame) -> None:
    """The concordance says how many hits and rows there are, and they are those of `found`."""
    n_hits, n_copies = found["n"].sum(), found["doc_id"].nunique()
    said = rf"^{n_hits} hits? in {n_copies} (copy|copies); rows 1 to \d+ of {len(found)} are shown"
    expect(part(lab, "concordance").locator(".status")).to_have_text(re.compile(said))


def test_every_part_shows_when_all_cells_have_run(explorer, founding):
    assert explorer.errors() == []
    assert explorer.page.locator(".plx").count() == len(PARTS)
    shows(explorer, "choices", "The texts are not here: places are shown instead of passages.")
    lists(explorer, rows(founding, Selection(frame="conflict")))
    for name in PARTS:
        part(explorer, name).scroll_into_view_if_needed()
        explorer.shoot(f"explore-first-{name.replace(' ', '-')}")


def test_each_choice_changes_what_is_shown(sample, harbour):
    lists(sample, rows(harbour, Selection(frame="conflict")))
    choose(sample, "Frame or theme", "Reef and sea life (themes)")
    lists(sample, rows(harbour, Selection(frame="environment")))
    shows(sample, "figure", "Indicator words of Reef and sea life")
    choose(sample, "Actor", "Odile Brannick")
    both = Selection(frame="environment", actor="brannick")
    lists(sample, rows(harbour, both))
    sample.shoot("explore-frame-and-actor")
    word(sample, "reef")
    lists(sample, rows(harbour, Selection(frame="environment", actor="brannick", word="reef")))
    word(sample, "walrus")
    shows(sample, "concordance", "No sentence holds all of these; take one away.")
    sample.shoot("explore-nothing-holds-all")
    choose(sample, "Frame or theme", "any or none")
    choose(sample, "Actor", "any or none")
    word(sample, "reef")
    lists(sample, rows(harbour, Selection(word="reef")))
    sample.page.get_by_label("Island Broadcasting Halmora", exact=True).check()
    lists(sample, rows(harbour, Selection(("ibh",), word="reef")))
    shows_not(sample, "concordance", "The Verrin Courier")
    sample.page.get_by_label("The Verrin Courier", exact=True).check()
    shows(sample, "concordance", "The Verrin Courier")
    shows_not(sample, "figure", "Quay Ledger")
    choose(sample, "Voice", "inside quotation marks")
    lists(sample, rows(harbour, Selection(("courier", "ibh"), "quoted", word="reef")))
    sample.page.get_by_label("read it as a regular expression", exact=True).check()
    word(sample, "reefs?|silt")
    expected = Selection(("courier", "ibh"), "quoted", word="reefs?|silt", is_regex=True)
    lists(sample, rows(harbour, expected))
    sample.shoot("explore-expression")
    word(sample, "")
    shows(sample, "concordance", "Choose an actor, a frame or theme, or type a word.")
    assert sample.errors() == []


def test_an_expression_that_is_wrong_or_takes_for_ever_is_answered_and_the_kernel_goes_on(sample, harbour):
    choose(sample, "Frame or theme", "any or none")
    sample.page.get_by_label("read it as a regular expression", exact=True).check()
    word(sample, "(reef")
    shows(sample, "concordance", "unterminated subpattern at character 1")
    expect(sample.page.get_by_role("button", name="Save rows, figure and code")).to_be_disabled()
    sample.shoot("explore-no-expression")
    word(sample, "([a-z ]+)+!")
    shows(sample, "concordance", "took more than 5 seconds or too much memory and was ended")
    word(sample, "reef")
    lists(sample, rows(harbour, Selection(word="reef", is_regex=True)))


def test_rows_are_sorted_filtered_paged_and_opened_in_their_article(sample, harbour):
    lines = part(sample, "concordance").locator("tbody tr")
    expect(lines).to_have_count(20)
    hits = part(sample, "concordance").locator("td.hit")
    choose(sample, "Sorted by", "the hit")
    found = sorted(rows(harbour, Selection(frame="conflict"))["hit"].str.casefold())
    expect(hits.first).to_have_text(re.compile(rf"^{re.escape(found[0])}$", re.IGNORECASE))
    assert [one.casefold() for one in hits.all_inner_texts()] == found[:20]
    for key in ("words to the left", "words to the right", "outlet", "place in the copy"):
        before = lines.all_inner_texts()
        choose(sample, "Sorted by", key)
        expect(lines.nth(1)).not_to_have_text(before[1], use_inner_text=True)
    choose(sample, "Rows on a page", "50")
    expect(lines).to_have_count(50)
    sample.page.get_by_role("button", name="More rows").click()
    expect(lines).to_have_count(len(found))
    expect(sample.page.get_by_role("button", name="More rows")).to_be_disabled()
    type_in(sample, "Rows that hold the text", "Verrin Courier")
    shows(sample, "concordance", "more do not hold the text of the filter")
    expect(part(sample, "concordance").locator("tbody th").first).to_contain_text("The Verrin Courier")
    chosen = hits.nth(2).inner_text()
    sample.page.get_by_label("Read a row in its article", exact=True).select_option(index=3)
    expect(part(sample, "article").locator("mark.chosen-hit")).to_have_text(chosen)
    expect(part(sample, "article").locator("[aria-current=true]")).to_have_count(1)
    part(sample, "article").scroll_into_view_if_needed()
    sample.shoot("explore-row-opened")


def test_the_article_is_tinted_as_the_reader_asks(sample, harbour):
    article = part(sample, "article")
    choose(sample, "Copy", harbour.labels["courier-1"])
    expect(article.locator(".sentence")).to_have_count(
        int((harbour.sentences["doc_id"] == "courier-1").sum())
    )
    signs = {
        "valence": re.compile(r"^[+−]?\d"),
        "indicator words": "Conflict",
        "speaker": re.compile("direct|partial|indirect"),
    }
    for tint, sign in signs.items():
        choose(sample, "Sentences tinted by", tint)
        expect(article.locator(".sign").filter(has_text=sign).first).to_be_visible()
        expect(article.locator(".legend li").first).to_be_visible()
        article.locator(".text").scroll_into_view_if_needed()
        sample.shoot(f"explore-article-{tint.replace(' ', '-')}")
    choose(sample, "Sentences tinted by", "nothing")
    expect(article.locator(".sign")).to_have_count(0)
    shows(sample, "article", harbour.texts["courier-1"].split("\n\n")[2].split(".")[0])


def test_two_copies_stand_beside_each_other(sample, harbour):
    pair = part(sample, "side by side")
    choose(sample, "First copy", harbour.labels["meridian-1-early"])
    choose(sample, "Second copy", harbour.labels["meridian-1-late"])
    expect(pair.locator("thead th").nth(1)).to_have_text(harbour.labels["meridian-1-late"])
    aligned = harbour.alignments
    known = aligned[(aligned["doc_id_a"] == "meridian-1-early") & (aligned["doc_id_b"] == "meridian-1-late")]
    expect(pair.locator("tr.same, tr.edited")).to_have_count(len(known))
    expect(pair.locator("tr.edited mark.differs").first).to_be_visible()
    pair.scroll_into_view_if_needed()
    sample.shoot("explore-side-by-side")
    choose(sample, "Second copy", harbour.labels["ledger-1"])
    shows(sample, "side by side", "No sentence of one is told to be a sentence of the other")


def test_the_figure_of_any_measure_is_the_package_s(sample, harbour):
    alt = part(sample, "figure").locator("img")
    for name in ("words_per_sentence", "sentiment_outside"):
        choose(sample, "Measure", measure_names(harbour)[name])
        wanted = measure_figure(harbour, Selection(frame="conflict"), name)
        expect(alt).to_have_attribute("alt", wanted.displays[0].alt)
        shows(sample, "figure", wanted.displays[0].source)
        expect(part(sample, "figure").locator("tbody tr")).to_have_count(len(wanted.displays[1].frame))
    part(sample, "figure").scroll_into_view_if_needed()
    sample.shoot("explore-figure")


def test_what_is_saved_is_what_was_chosen_and_its_code_repeats_it(sample, harbour, folder):
    word(sample, "harbour")
    selection = Selection(frame="conflict", word="harbour")
    lists(sample, rows(harbour, selection))
    sample.page.get_by_role("button", name="Save rows, figure and code").click()
    shows(sample, "saving", "every row whatever the filter shows")
    sample.shoot("explore-saved")
    explored = folder / "reports" / SAMPLE / "explored"
    (code,) = explored.glob("*.py")
    kept = {path.name: path.read_bytes() for path in explored.glob("*.csv")}
    assert len(kept) == 2 and all(name in part(sample, "saving").inner_text() for name in kept)
    table = pd.read_csv(explored / f"{code.stem}.csv", skiprows=1)
    assert table["hit"].to_list() == rows(harbour, selection)["hit"].to_list() != []
    again = folder / "again"
    subprocess.run([sys.executable, code, again], check=True, capture_output=True, cwd=folder)
    assert {path.name: path.read_bytes() for path in again.iterdir()} == kept


def test_a_story_without_texts_shows_places_in_every_part(without_texts, founding):
    shows(without_texts, "concordance", "places are shown instead of passages")
    expect(part(without_texts, "concordance").locator("thead")).not_to_contain_text("before")
    choose(without_texts, "Actor", "Vladimir Putin")
    lists(without_texts, rows(founding, Selection(frame="conflict", actor="putin")))
    without_texts.page.get_by_label("Read a row in its article", exact=True).select_option(index=1)
    expect(part(without_texts, "article").locator("[aria-current=true]")).to_contain_text(
        re.compile(r"sentence \d+")
    )
    without_texts.shoot("explore-without-texts")
    for tint in ("indicator words", "speaker", "nothing"):
        choose(without_texts, "Sentences tinted by", tint)
        expect(part(without_texts, "article").locator(".text")).to_contain_text("sentence 1")
    shows(without_texts, "side by side", "≈ edited")
    choose(without_texts, "Actor", "any or none")
    choose(without_texts, "Frame or theme", "any or none")
    word(without_texts, "weapons")
    shows(
        without_texts, "concordance", "it is known how often a word stands in the body of a copy, not where"
    )
    shows(without_texts, "concordance", f"{rows(founding, Selection(word='weapons'))['n'].sum()} hits")
    without_texts.shoot("explore-without-texts-word")
    without_texts.page.get_by_label("read it as a regular expression", exact=True).check()
    shows(
        without_texts,
        "concordance",
        "A regular expression is searched for in the texts, and they are not here.",
    )
    assert without_texts.errors() == []


def test_every_control_is_reached_and_changed_with_the_keyboard(sample):
    page = sample.page
    page.get_by_label("Story", exact=True).focus()
    reached = [page.evaluate(FOCUS)]
    while not reached[-1].endswith("Save rows, figure and code") and len(reached) < 40:
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUS))
    wanted = page.locator(
        ".plx select:enabled, .plx input:enabled, .plx button:enabled, .plx [tabindex='0']:visible"
    )
    assert len(set(reached)) == wanted.count()
    frame = page.get_by_label("Frame or theme", exact=True)
    frame.focus()
    page.keyboard.press("ArrowDown")
    expect(frame.locator("option:checked")).to_have_text("Human interest (generic frames)")
    shows(sample, "concordance", "Human interest")
    page.keyboard.press("d")
    page.keyboard.press("d")  # twice deletes a cell, where JupyterLab gets it
    assert page.locator(".plx").count() == len(PARTS)
    page.get_by_label("Quay Ledger", exact=True).focus()
    page.keyboard.press("Space")
    shows_not(sample, "concordance", "Meridian Wire")
    page.keyboard.press("Space")
    shows(sample, "concordance", "Meridian Wire")
    lines = part(sample, "concordance").locator(".lines")
    lines.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("PageDown")
    page.wait_for_function("() => document.activeElement.scrollTop > 100")
    assert page.evaluate(FOCUS) == "Concordance"


@pytest.mark.parametrize("theme", ["Dark", "Light"])
def test_it_can_be_read_in_both_themes(sample, theme):
    sample.theme(theme)
    for tint in ("valence", "indicator words", "speaker"):
        choose(sample, "Sentences tinted by", tint)
        expect(part(sample, "article").locator(".legend")).to_be_visible()
        sample.settle()
        assert sample.page.evaluate(CONTRASTS) == []
    picture = part(sample, "figure").locator("img")
    assert picture.evaluate("image => getComputedStyle(image).colorScheme") == theme.lower()
    for name in PARTS:
        part(sample, name).scroll_into_view_if_needed()
        sample.shoot(f"explore-{theme.lower()}-{name.replace(' ', '-')}")


def test_nothing_is_cut_or_wider_than_the_page(sample):
    sample.page.set_viewport_size({"width": 1000, "height": 900})
    wider = """() => [...document.querySelectorAll('.plx, .plx-controls, .plx-boxes, .plx label')]
        .filter(element => element.scrollWidth > element.clientWidth + 2 && element.clientWidth)
        .map(element => [element.className, element.textContent.slice(0, 60), element.scrollWidth, element.clientWidth])"""
    sample.settle()
    sample.shoot("explore-narrow")
    found = sample.page.evaluate(wider)
    sample.page.set_viewport_size({"width": 1440, "height": 1100})
    assert found == []


# The notebooks that make reports --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def executed(founding, folder) -> dict[str, list[tuple[str, list[str]]]]:
    """Notebook -> its outputs as papermill gives them: the words of each and the alternative texts of its pictures."""
    wanted = [
        Report(founding.name, name, "reuters" if name in reports.PER_OUTLET else None) for name in OTHERS
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLAX_DATA", str(founding.folder.parent))
        outcomes = run_all(
            wanted, notebooks=NOTEBOOKS, outputs=folder / "executed", jobs=2, keep_notebooks=True
        )
    assert [outcome.error for outcome in outcomes if outcome.error] == []
    found = {}
    for report in wanted:
        path = (folder / "executed" / report.path).with_suffix(".ipynb")
        cells = nbformat.read(path, as_version=4).cells
        pages = [output.data["text/html"] for cell in cells for output in cell.get("outputs", [])]
        found[report.notebook] = [words_and_pictures(page) for page in pages]
    return found


def words_and_pictures(page: str) -> tuple[str, list[str]]:
    tree = html.fromstring(f"<div>{page}</div>")
    return "".join(tree.text_content().split()), [image.get("alt") for image in tree.iter("img")]


@pytest.fixture(scope="module")
def lab(browser, address, screenshots) -> Iterator[Opened]:
    lab = opened(browser, address, screenshots)
    yield lab
    lab.page.close()


@pytest.mark.parametrize("name", OTHERS)
def test_every_other_notebook_shows_in_jupyterlab_what_papermill_gives(lab, executed, name):
    lab.open(f"{name}.ipynb")
    lab.run_all()
    assert lab.errors() == []
    outputs = lab.outputs
    shown = outputs.evaluate_all(
        "outputs => outputs.map(one => [one.textContent, [...one.querySelectorAll('img')].map(image => image.alt)])"
    )
    assert [("".join(words.split()), alts) for words, alts in shown] == executed[name]
    assert sum(len(alts) for _, alts in shown) and outputs.evaluate_all(
        "outputs => outputs.every(one => [...one.querySelectorAll('img')].every(image => image.complete && image.naturalWidth))"
    )
    outputs.locator("img").first.scroll_into_view_if_needed()
    lab.shoot(f"notebook-{name}")
    lab.close()
