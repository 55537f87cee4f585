"""A figure becomes one small SVG, the same in every run, light or dark as its page is."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from matplotlib.figure import Figure

from analysis.publishing.pages import TEMPLATES
from analysis.publishing.svg import (
    HEAT,
    HUES,
    PALETTE,
    SERIES,
    _grouped,
    contrast,
    palette,
    size_px,
    style,
    themed_svg,
)


def drawn(text: str = "Words") -> str:
    with style():
        fig = Figure(figsize=(6, 3))
        axes = fig.subplots()
        axes.plot([1, 2, 3], [0.123456, 0.3, -0.2], "o-", color=palette["focus"])
        axes.barh([1, 2], [1, 2], color=[HEAT[2], "#123456"])
        axes.set_title(text)
        return themed_svg(fig)


def test_the_same_figure_gives_the_same_bytes():
    assert drawn() == drawn()


def test_each_palette_colour_has_a_light_and_a_dark_value_and_no_other_colour_changes():
    svg = drawn()
    light, dark = PALETTE["focus"]
    assert f"--focus:{light}" in svg and f"--focus:{dark}" in svg
    assert svg.count(light) == 1 and "var(--focus)" in svg and "var(--heat2)" in svg
    assert "#123456" in svg and "--quoted" not in svg
    assert "@media screen and (prefers-color-scheme:dark)" in svg


def test_text_stays_text_and_money_is_not_typeset():
    words = "It costs $5 and $6 <b>#1c2126 0.123456 \u2014 \u4e2d"
    texts = [node.text for node in ET.fromstring(drawn(words)).iter("{http://www.w3.org/2000/svg}text")]
    assert words in texts


def test_characters_that_xml_forbids_are_replaced():
    texts = [
        node.text for node in ET.fromstring(drawn("a\x00b\x1bc")).iter("{http://www.w3.org/2000/svg}text")
    ]
    assert "a\ufffdb\ufffdc" in texts


def test_nothing_is_in_it_that_no_reader_sees():
    svg = drawn()
    assert not re.search(r"<!--|<\?xml|DOCTYPE|metadata|<g>|font-family: |rotate\(-?0 ", svg)
    assert not re.search(r'"[^"]*\d\.\d{3,}[^"]*"', svg)
    assert set(re.findall(r' id="([^"]*)"', svg)) == set(re.findall(r"#(i\d+)", svg))
    assert len(svg) < 6000


def test_the_class_of_a_run_of_equal_marks_is_said_once_and_every_mark_keeps_it():
    svg = "<svg>{}</svg>"
    marks = "".join(f'<use href="#i1" x="{n}" class="c1"/>' for n in range(4))
    texts = "".join(f'<text class="c0" x="{n}">class="c0" {n}</text>' for n in range(3))
    apart = '<use class="c1"/><use class="c2"/><text class="c0">a</text><text class="c0">b</text>'
    inner = '<g class="c1">' + marks.replace(' class="c1"', "") + "</g>"
    inner += '<g class="c0">' + texts.replace('<text class="c0"', "<text") + "</g>"
    assert _grouped(svg.format(marks + texts + apart)) == svg.format(inner + apart)
    faint = "<style>.c1{opacity:0.3}</style>"
    assert _grouped(svg.format(faint + marks)) == svg.format(faint + marks)


def test_a_point_is_four_thirds_of_a_pixel():
    assert size_px(drawn()) == (576, 288)  # 6 by 3 inches of 96 pixels


def test_contrast_is_that_of_wcag():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # the well-known near miss of 4.5


@pytest.mark.parametrize("theme", [0, 1])
def test_text_and_marks_stand_out_from_the_page(theme):
    paper = PALETTE["paper"][theme]
    for role in ("ink", "muted"):
        assert contrast(PALETTE[role][theme], paper) >= 4.5
    marks = ("focus", "others", "outside", "quoted", "positive", "negative")
    for role in (*marks, *(role for role, colour in palette.items() if colour in SERIES)):
        assert contrast(PALETTE[role][theme], paper) >= 3, role
    for step in range(7):
        words = PALETTE["on_heat" if step >= 4 else "ink"][theme]
        assert contrast(words, PALETTE[f"heat{step}"][theme]) >= (4.5 if step != 4 else 3), step


def test_no_two_roles_share_a_light_colour():
    assert len(set(palette.values())) == len(PALETTE)


def test_page_and_figures_share_their_colours_and_every_text_of_the_page_can_be_read():
    css = (TEMPLATES / "report.css").read_text("utf-8")
    themes = [dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", block)) for block in css.split("@media", 2)[:2]]
    for number, colours in enumerate(themes):
        shared = {"paper": "paper", "ink": "ink", "muted": "muted", "rule": "grid"}
        shared |= {name: name for name in (*HUES, "others")}
        assert all(colours[name] == PALETTE[role][number] for name, role in shared.items())
        for ground in ("paper", "raised"):
            for role in ("ink", "muted", "link", "accent", "bad"):
                assert contrast(colours[role], colours[ground]) >= 4.5, (role, ground)
        assert all(contrast(colours["ink"], colours[mark]) >= 4.5 for mark in ("hit", "quoted", "outside"))
