"""Text of an article never becomes code or markup: reports made of payloads are opened in a browser."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><animate onbegin=alert(1)></svg>",
    "</title></style></textarea></details></script><script>alert(1)</script>",
    "\"><iframe src='javascript:alert(1)'></iframe>",
    "[press](javascript:alert(1)) ![seen](http://127.0.0.1:9/seen.png) <http://127.0.0.1:9/auto>",
    "$\\href{javascript:alert(1)}{x}$ and $$\\unicode{<img src=x onerror=alert(1)>}$$ and \\(x\\)",
    '```mermaid\ngraph TD; A[<img src=x onerror=alert(1)>]-->B; click A "javascript:alert(1)"\n```',
    "{{ 7 * 7 }} {% raw %} ${7*7} #{7*7} <%= 7 * 7 %>",
    '\\"; import os; os.system("id") #',
    "\x1b[31mred\x1b]8;;http://127.0.0.1:9/\x07link\x1b]8;;\x07\x1b[2J",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;img src=x onerror=alert(1)&#62;",
)
LIVE = """[...document.querySelectorAll('*')].flatMap(element => [
    ...(['SCRIPT', 'IFRAME', 'OBJECT', 'EMBED', 'FORM', 'BASE', 'MARQUEE'].includes(element.tagName) ? [element.outerHTML] : []),
    ...element.getAttributeNames().filter(name => name.startsWith('on')).map(name => name + ' of ' + element.outerHTML),
    ...['href', 'src', 'action', 'xlink:href', 'formaction'].map(name => element.getAttribute(name) || '')
        .filter(value => /^\\s*(javascript|vbscript|http|data:text)/i.test(value)),
]).map(found => found.slice(0, 200))"""
WORDS = "The ferry to the northern islands stayed in port for a third day on Friday, its angry crew said of the {}."


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> list[Path]:
    """The reports of a story whose texts, headlines, outlets and file names are payloads."""
    folder = tmp_path_factory.mktemp("payloads")
    raw = folder / "raw"
    raw.mkdir()
    for n, payload in enumerate(PAYLOADS):
        body = "\n\n".join(
            f"{WORDS.format(f'{word} {n}')} “{payload},” said {payload} of the war."
            for word in ("wind", "rain", "snow", "ice")
        )
        table = '"' + f"{payload}\n\n{body}".replace('"', '""') + '"'
        cells = [f'"{cell}"' for cell in (payload.replace('"', '""') + f" {n}",) * 3]
        name = f"{n} <img src=x onerror=alert({n})> $x$ [a](b).csv"
        (raw / name).write_text(f"outlet,headline,byline,text\n{','.join(cells)},{table}\n", "utf-8")
    environment = os.environ | {
        "PARALLAX_DATA": str(folder / "data"),
        "PARALLAX_REPORTS": str(folder / "reports"),
    }
    for command in (["add", "payloads", str(raw)], ["report", "payloads", "--jobs", "2"]):
        ran = subprocess.run(
            [sys.executable, "-m", "analysis", *command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=500,
        )
        assert ran.returncode == 0, ran.stderr
        assert "\x1b" not in ran.stdout + ran.stderr
    found = sorted((folder / "reports").rglob("*.html"))
    assert len(found) > 2 * len(PAYLOADS) and {path.parent.parent for path in found} <= {
        folder,
        folder / "reports",
        folder / "reports" / "payloads",
    }
    return found


def test_text_of_an_article_never_becomes_code_or_markup(pages, browser):
    context = browser.new_context(offline=True)
    page, dialogs, requests, complaints = context.new_page(), [], [], []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path in pages:
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        live = page.evaluate(LIVE)
        assert live == [], (path.name, live)
    assert dialogs == [] and complaints == []
    assert [url for url in requests if not url.startswith(("data:", "file:"))] == []
    context.close()


def test_payloads_are_shown_as_what_they_are(pages, browser):
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(next(path for path in pages if path.name == "corpus.html").as_uri())
    shown = page.evaluate("document.body.textContent")
    for payload in ("<script>alert(1)</script>", "[press](javascript:alert(1))", "{{ 7 * 7 }}"):
        assert payload in shown, payload
    context.close()
