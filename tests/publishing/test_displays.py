"""What a cell shows is text in markup of ours, whatever stands in the text."""

from __future__ import annotations

from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.publishing.displays import (
    Figure,
    Finding,
    Findings,
    Mark,
    Note,
    Passage,
    Passages,
    Prose,
    Stack,
    Table,
    Verbatim,
    linked,
    marked,
    place,
    plain,
)

SVG = '<svg viewBox="0 0 72 36"></svg>'
EVIL = [
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    '" onerror="alert(1)',
    "' autofocus onfocus='alert(1)",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    "]]>--><svg onload=alert(1)>",
    "{{ 7 * 7 }} {0} %s",
    "\x00\x07\x1b[31m\x9f\ud800\u202e",
]
TAGS = {
    "figure",
    "p",
    "div",
    "img",
    "figcaption",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "span",
    "details",
    "summary",
    "ol",
    "ul",
    "li",
    "dl",
    "dt",
    "dd",
    "b",
    "blockquote",
    "mark",
}
ATTRIBUTES = {"class", "tabindex", "role", "aria-label", "src", "alt", "width", "height", "scope"}


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.tags, self.attributes = [], set(), {}

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, []).append(value)

    def handle_data(self, data):
        self.text.append(data)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(str(html))
    reader.close()
    return reader


def displays(text: str) -> list:
    word = text.replace("\ud800", "")  # a frame cannot hold a lone surrogate
    frame = pd.DataFrame({word: [word, None], "n": [1, 2], "why": [word, word]})
    return [
        Figure(SVG, text, text, text, text),
        Table(frame, text, text, reason="why"),
        Table(frame, text, collapsed=True),
        Passages([Passage(text, text, text, (Mark(0, 3, text),)), Passage(text, text)], text, text),
        Passages([Passage(text, text)], text, collapsed=True),
        Prose([text, [text], {text: text}]),
        Note(text, "warning"),
    ]


@pytest.mark.parametrize("text", EVIL)
def test_no_text_becomes_markup(text):
    reader = read(Stack(displays(text))._repr_html_())
    assert reader.tags <= TAGS and set(reader.attributes) <= ATTRIBUTES
    assert all(src.startswith("data:image/svg+xml;charset=utf-8,") for src in reader.attributes["src"])
    assert str(plain(text)) in Stack(displays(text))._repr_html_()


@given(st.text())
def test_only_unshowable_characters_are_replaced(text):
    shown = "".join(read(plain(text)).text)
    assert len(shown) == len(text)
    assert all(a == b or b == "\ufffd" for a, b in zip(text, shown, strict=True))
    shown.encode("utf-8")


@given(st.text(alphabet="ab<&\n "), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_marks_leave_the_text_as_it_was(text, spans):
    html = marked(text, [Mark(start, end) for start, end in spans])
    assert "".join(read(html).text) == text


def test_of_two_marks_that_overlap_the_earlier_keeps_the_shared_words():
    assert marked("abcdef", [Mark(2, 5, "quoted"), Mark(0, 3, "A b!")]) == (
        '<mark class="a-b">abc</mark><mark class="quoted">de</mark>f'
    )


def test_a_figure_says_its_size_and_its_words_twice():
    html = Figure(SVG, "the alternative", "Title", "How to read it.", "Source: n = 4.")._repr_html_()
    assert 'width="96" height="48"' in html  # 72 by 36 points
    assert 'alt="the alternative"' in html and "<figcaption><p>How to read it.</p>" in html


def test_numbers_stand_right_and_are_written_for_readers():
    frame = pd.DataFrame({"copy": ["A"], "n": [1612], "value": [-0.5], "ok": [True], "share": [0.25]})
    html = Table(frame, "c", formats={"share": "{:.0%}".format})._repr_html_()
    assert '<th scope="row">A</th><td class="right">1,612</td>' in html
    assert '<td class="right">\u22120.50</td><td>yes</td>' in html
    assert '<td class="right">25%</td>' in html
    assert (
        html.count('scope="col"') == 5
        and 'tabindex="0" role="group" aria-label="Table"><table><caption><b>c</b>' in html
    )


def test_a_side_that_all_columns_share_is_said_once_and_a_folded_table_has_its_caption_for_who_cannot_see_it():
    frame = pd.DataFrame({"copy": ["A"], "n": [1], "m": [2]})
    html = Table(frame, "c", collapsed=True)._repr_html_()
    assert '<table class="right"><caption class="unseen"><b>c</b></caption>' in html
    assert html.count('class="right"') == 1 and "<summary>c</summary>" in html


def test_the_tables_behind_a_figure_are_links_only_where_the_files_are():
    html = Figure(SVG, "a", 'T <span data-table="x">', "c", "s.", numbers=("estimates",))._repr_html_()
    assert "href" not in html and "Numbers: " in html and "tables/estimates.csv" in html
    there = linked(html, "../tables/")
    assert there.count("<a ") == 1 and '<a href="../tables/estimates.csv">estimates.csv</a>' in there


def test_lines_to_copy_are_text():
    assert Verbatim("a <b>\n  & c").html() == '<pre class="scroll" tabindex="0">a &lt;b&gt;\n  &amp; c</pre>'


def test_findings_lead_into_their_page_or_another():
    rows = [Finding("One <b>.", "these copies", (("figure", "#a-b"),))]
    assert ' <a href="#a-b">figure</a>' in Findings(rows).html() and "One &lt;b&gt;." in Findings(rows).html()
    assert ' <a href="comparison.html#a-b">figure</a>' in Findings(rows, page="comparison.html").html()


def test_a_missing_value_is_a_dash_with_its_reason_once_a_row():
    frame = pd.DataFrame({"copy": ["A"], "a": [float("nan")], "b": [pd.NA], "why": ["too short"]})
    html = Table(frame, "c", reason="why")._repr_html_()
    assert html.count("\u2014") == 2 and html.count("too short") == 1 and "why" not in html


def test_a_collapsed_table_opens_on_its_caption():
    html = Table(pd.DataFrame({"a": [1]}), "Further formulas", collapsed=True)._repr_html_()
    assert html.startswith('<details class="folded"><summary>Further formulas</summary>')
    assert "<caption>" not in html


def test_without_the_text_a_passage_is_its_place():
    html = Passages([Passage("A", place(paragraph=3, sentence=12))])._repr_html_()
    assert "paragraph 3, sentence 12" in html and "blockquote" not in html
    assert place() == "headline"


def test_a_wrong_word_is_answered_with_the_right_ones():
    with pytest.raises(ValueError, match="allowed are scope, reason, warning"):
        Note("x", "hint").html()
    with pytest.raises(ValueError, match="allowed are left, right, center"):
        Table(pd.DataFrame({"a": [1]}), "c", align={"a": "justify"}).html()


def test_an_output_is_signed():
    data, metadata = Note("x")._repr_mimebundle_()
    assert set(data) == {"text/html", "text/plain"} and metadata == {"text/html": {"parallax": True}}
