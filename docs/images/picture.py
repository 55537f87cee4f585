"""The picture of the README: the first figure of a report of the sample story, light and dark, as Chromium shows it.

python docs/images/picture.py [REPORTS]: writes report-light.png and report-dark.png here. Make the reports first
(`make reports`); CHROMIUM names the browser where it is not /usr/bin/chromium.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
REPORT = "sample-harbour/courier/sentiment.html"
WIDTH = 1200  # pixels of the picture
MARGIN = 24


def main() -> None:
    """Write both pictures."""
    reports = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[1] / "reports"
    report = (reports / REPORT).resolve()
    if not report.is_file():
        raise SystemExit(f"{report} is not there: make reports")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        for scheme in ("light", "dark"):
            page = browser.new_page(
                viewport={"width": 1240, "height": 900}, color_scheme=scheme, device_scale_factor=1.25
            )
            page.goto(report.as_uri())
            figure = page.locator("figure.figure").first.bounding_box()
            picture = HERE / f"report-{scheme}.png"
            page.screenshot(
                path=picture,
                full_page=True,
                clip={
                    "x": figure["x"] - MARGIN,
                    "y": figure["y"] - MARGIN,
                    "width": WIDTH / 1.25,
                    "height": figure["height"] + 2 * MARGIN,
                },
            )
            print(f"{picture.name}: {picture.stat().st_size // 1000} kB")
        browser.close()


if __name__ == "__main__":
    main()
