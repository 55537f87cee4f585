"""A figure becomes one small SVG, the same in every run, light or dark as its page is."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET

import numpy as np
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


# How who lacks the cones for red, or for green, sees a colour: Machado, Oliveira & Fernandes (2009), severity 1, on linear RGB.
EYES = {
    "all three cones": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def seen(colour: str, eye: np.ndarray) -> np.ndarray:
    """A colour in CIELAB (D65), as such an eye sees it."""
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(eye @ linear, 0, 1) / np.array([0.95047, 1, 1.08883])
    x, y, z = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("eye", EYES)
def test_the_hues_of_outlets_can_be_told_apart_by_every_eye(eye, theme):
    colours = {role: seen(PALETTE[role][theme], EYES[eye]) for role in (*HUES, "others")}
    apart = {
        (a, b): float(np.linalg.norm(colours[a] - colours[b])) for a, b in itertools.combinations(colours, 2)
    }
    assert {pair: round(value) for pair, value in apart.items() if value < 12} == {}
