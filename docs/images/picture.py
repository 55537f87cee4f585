"""The pictures of the README: the index of the sample story, and the explorer in JupyterLab, as Chromium shows them.

python docs/images/picture.py [REPORTS]: writes report.png and explore.png here. Make the reports first (`make reports`);
CHROMIUM names the browser where it is not /usr/bin/chromium.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
STORY = "sample-harbour"  # whose texts may be shown
WORD = "Whole word or phrase, capitals ignored"  # the control
SIZE = {"width": 1240, "height": 1010}

sys.path.insert(0, str(ROOT / "tests" / "browser"))
from jupyterlab import opened, serving  # noqa: E402


def main() -> None:
    """Write both pictures."""
    reports = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "reports"
    index = (reports / STORY / "index.html").resolve()
    if not index.is_file():
        raise SystemExit(f"{index} is not there: make reports")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        picture_of_report(browser, index, HERE / "report.png")
        picture_of_explorer(browser, Path(folder), HERE / "explore.png")
        browser.close()


def picture_of_report(browser: Browser, index: Path, target: Path) -> None:
    """The head of the story's index: its reports, and the copies at a glance."""
    page = browser.new_page(viewport={**SIZE, "width": 1040}, color_scheme="light")
    page.goto(index.as_uri())
    figure = page.locator("figure.figure").first.bounding_box()
    page.screenshot(
        path=target,
        full_page=True,
        clip={"x": 0, "y": 0, "width": 1040, "height": figure["y"] + 620},
    )


def picture_of_explorer(browser: Browser, folder: Path, target: Path) -> None:
    """The controls of the explorer, with a choice made, and the lines that hold it."""
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".*"))
    shutil.copytree(ROOT / "data" / STORY, folder / "data" / STORY)
    path = folder / "notebooks" / "explore.ipynb"
    path.write_text(path.read_text("utf-8").replace("kim-putin-2023", STORY), "utf-8")
    stories = {"PARALLAX_DATA": str(folder / "data"), "PARALLAX_REPORTS": str(folder / "reports")}
    with serving(folder / "notebooks", folder / "own", **stories) as address:
        lab = opened(browser, address, folder)
        lab.page.set_viewport_size(SIZE)
        lab.open("explore.ipynb")
        lab.run_all()
        lab.page.get_by_label("Frame or theme", exact=True).select_option(label="any or none")
        word = lab.page.get_by_label(WORD, exact=True)
        word.fill("reef")
        word.press("Enter")
        lab.settle()
        lab.page.evaluate("window.jupyterapp.commands.execute('application:toggle-left-area')")
        lab.page.locator(".plx").first.scroll_into_view_if_needed()
        lab.settle()
        box = lab.page.locator(".jp-NotebookPanel").bounding_box()
        lab.page.screenshot(path=target, clip=box)


if __name__ == "__main__":
    main()
