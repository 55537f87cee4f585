"""A report shows words and signed displays, asks for nothing, runs nothing, and is the same every time."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.publishing.displays import Note
from analysis.publishing.pages import Group, Link, relative
from analysis.publishing.rendering import render


def shown(display) -> dict:
    data, metadata = display._repr_mimebundle_()
    return new_output("display_data", data, metadata=metadata)


def notebook(*outputs, words: str = "# Who speaks\nWhom they quote."):
    code = new_code_cell("secret_code()", outputs=list(outputs))
    return new_notebook(cells=[new_markdown_cell(words), code])


def body(html: str) -> str:
    return re.search(r"<main[^>]*>(.*)</main>", html, flags=re.DOTALL)[1]


def test_a_display_is_shown_and_the_code_is_not():
    html = render(notebook(shown(Note("Counts of passages."))))
    assert "Counts of passages." in html and "secret_code" not in html


def test_a_result_is_shown_like_a_display():
    output = shown(Note("A result."))
    output.output_type, output["execution_count"] = "execute_result", 3
    assert "A result." in render(notebook(output))


def test_what_stands_right_above_is_not_said_again():
    two = notebook(shown(Note("Not measured.")))
    two.cells.append(two.cells[-1])
    assert render(two).count("Not measured.") == 1
    two.cells.insert(2, new_markdown_cell("## Another question"))
    assert render(two).count("Not measured.") == 2


@pytest.mark.parametrize(
    "mime",
    [
        "text/html",
        "text/vnd.mermaid",
        "application/javascript",
        "text/markdown",
        "image/svg+xml",
        "text/latex",
        "application/vnd.jupyter.widget-view+json",
    ],
)
def test_what_our_displays_did_not_sign_is_left_out(mime):
    data = {mime: "<script>evil()</script>", "text/plain": "<Plain>"}
    html = render(notebook(new_output("display_data", data)))
    assert "evil" not in html and "&lt;Plain&gt;" in html


def test_error_streams_are_left_out_and_printed_words_are_text():
    html = render(
        notebook(
            new_output("stream", name="stderr", text="a warning"),
            new_output("stream", name="stdout", text="<b>said</b>\x1b"),
        )
    )
    assert "a warning" not in html and "&lt;b&gt;said&lt;/b&gt;\ufffd" in html


def test_html_in_the_words_is_text_and_pictures_are_their_alternative():
    html = render(
        notebook(
            words="# T\n<script>evil()</script>\n\nSee <b>x</b> [y](javascript:evil()) "
            "![the bay](https://example.org/p.png) for $5 and $6."
        )
    )
    assert not re.search("<script|<b>x|<img", html) and "javascript:" not in body(html)
    assert "the bay" in html and "for $5 and $6." in html


def test_the_first_heading_is_the_title_and_others_are_the_contents():
    words = "# Who speaks\n## Caf\u00e9 & *bar*\n### Deep\n## Caf\u00e9 & bar\n#### Deeper\n## Main"
    html = render(notebook(words=words))
    assert html.count("<h1>Who speaks</h1>") == 1 and "<title>Who speaks</title>" in html
    assert re.findall(r'<li class="level(\d)"><a href="#([^"]*)">([^<]*)<', html) == [
        ("2", "cafe-bar", "Caf\u00e9 &amp; bar"),
        ("3", "deep", "Deep"),
        ("2", "cafe-bar-2", "Caf\u00e9 &amp; bar"),
        ("2", "main-2", "Main"),
    ]
    assert '<h2 id="cafe-bar">Caf\u00e9 &amp; <em>bar</em></h2>' in html


def test_the_policy_allows_the_style_sheet_by_its_hash_and_pictures_inside_the_file():
    html = render(notebook())
    css = re.search(r"<style>(.*?)</style>", html, flags=re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    assert (
        f"content=\"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'\""
    ) in html
    assert not re.search(r"<script| style=| on\w+=|https?://|@import|url\(", html)


def test_ids_counts_and_times_do_not_reach_the_page():
    first, second = notebook(shown(Note("x"))), notebook(shown(Note("x")))
    second.cells[1].execution_count = 9
    second.metadata["papermill"] = {"start_time": "2023-09-13T10:00:00"}
    assert first.cells[0].id != second.cells[0].id
    assert render(first) == render(second)


def test_the_page_leads_to_the_other_reports_and_says_how_it_came_about():
    html = render(
        notebook(),
        title="Sources <1>",
        story_title="A story",
        language="en-GB",
        trail=[Link("Parallax", "../../index.html"), Link("AFP")],
        navigation=[
            Group("Whole story", [Link("Comparison", "../comparison.html")]),
            Group("AFP", [Link("Framing", "framing.html"), Link("Sources", "sources.html", True)]),
        ],
        provenance=[("Version", "1 & 2")],
    )
    assert '<html lang="en-GB">' in html and "<title>Sources &lt;1&gt; \u00b7 A story</title>" in html
    assert '<a href="sources.html" aria-current="page">Sources</a>' in html
    assert html.index("framing.html") < html.index("../comparison.html")  # its own outlet's stand first
    assert "<dt>Version</dt><dd>1 &amp; 2</dd>" in html


@pytest.mark.parametrize("href", ["javascript:a()", "https://example.org", "//example.org", "/a", "a\\b"])
def test_a_link_that_leaves_the_reports_is_refused(href):
    with pytest.raises(ValueError, match="relative"):
        relative(href)


def test_the_shell_of_a_page_is_small():
    assert len(render(new_notebook(cells=[])).encode()) < 15_000
