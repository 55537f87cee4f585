"""SVG: a matplotlib figure as a small, themed, byte-stable picture.

Figures are drawn once, in the light colours of `PALETTE`. In the SVG each of
these becomes a CSS variable with a dark twin, so that one picture follows the
reader's light or dark setting even as an `<img>`, where the style sheet of the
page does not reach. Text stays text.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# role: (on a light page, on a dark page). The hues of `SERIES` follow Okabe & Ito (2008), darkened or
# lightened until each has a contrast of 3:1 with the page and all stay apart for who sees no red or no green. A role of a light colour of its own can be
# told apart afterwards: no two roles share one.
PALETTE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "ink": ("#1c2126", "#e9e6df"),
        "muted": ("#586069", "#a9aeb4"),
        "faint": ("#868e96", "#7c848c"),
        "grid": ("#dcdad4", "#383d43"),
        "paper": ("#fdfcf9", "#16181b"),
        "blue": ("#0067a8", "#5db3ec"),
        "vermillion": ("#b92f02", "#ff8f58"),
        "green": ("#00805c", "#2dc492"),
        "purple": ("#8b3779", "#edadd2"),
        "orange": ("#b37c03", "#f0b53b"),
        "sky": ("#3188b8", "#b5e4fd"),
        "focus": ("#b8420f", "#ff9a62"),
        "others": ("#6f7881", "#989fa6"),
        "outside": ("#2b5f8a", "#79b4e3"),
        "quoted": ("#9a6410", "#e8b65a"),
        "positive": ("#1b7f79", "#54c7bf"),
        "negative": ("#b04a2f", "#f2906f"),
        "heat0": ("#f3f1ec", "#212529"),
        "heat1": ("#dbe6ee", "#1f3242"),
        "heat2": ("#b5cfe2", "#234861"),
        "heat3": ("#86b2d2", "#2d6288"),
        "heat4": ("#4d8cb9", "#4288b8"),
        "heat5": ("#1f6496", "#72b0dc"),
        "heat6": ("#0c4470", "#b0d8f5"),
        "on_heat": ("#fffefb", "#0e1114"),  # text on heat4 and above; below it text is ink
    }
)
palette: Mapping[str, str] = MappingProxyType({role: light for role, (light, _) in PALETTE.items()})
HUES = ("blue", "vermillion", "green", "purple", "orange", "sky")  # of outlets, in the order of story.yml
SERIES = tuple(palette[role] for role in HUES)
HEAT = tuple(palette[f"heat{step}"] for step in range(7))

SANS = "system-ui,sans-serif"

RC = {
    "svg.fonttype": "none",
    "svg.hashsalt": "parallax",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],  # measures the text; the reader's own sans serif draws it
    "font.size": 10.5,
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 10,
    "xtick.labelsize": 10,
    "ytick.labelsize": 10,
    "legend.fontsize": 10,
    "legend.frameon": False,
    "text.parse_math": False,  # a dollar sign is money
    "text.color": palette["ink"],
    "axes.titlecolor": palette["ink"],
    "axes.labelcolor": palette["muted"],
    "axes.edgecolor": palette["faint"],
    "xtick.color": palette["muted"],
    "ytick.color": palette["muted"],
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.8,
    "axes.axisbelow": True,
    "axes.grid": False,
    "grid.color": palette["grid"],
    "grid.linewidth": 0.8,
    "lines.linewidth": 1.8,
    "lines.solid_capstyle": "round",
    "patch.linewidth": 0,
    "axes.prop_cycle": f"cycler(color={list(SERIES)})",
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "savefig.edgecolor": "none",
    "figure.figsize": (9.6, 4.0),
    "figure.constrained_layout.use": True,
}

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TAG = re.compile(r"<[^>]*>")
LONG_NUMBER = re.compile(r"-?\d+\.\d{2,}")
UPRIGHT = re.compile(r'd="M([\d.-]+) ([\d.-]+)L\1 ([\d.-]+)"')
LEVEL = re.compile(r'd="M([\d.-]+) ([\d.-]+)L([\d.-]+) \2"')
BOX = re.compile(r'd="M([\d.-]+) ([\d.-]+)L([\d.-]+) \2L\3 ([\d.-]+)L\1 \4z"')
CIRCLE = re.compile(
    r'<path( id="\w+") d="M0 ([\d.]+)(?:C[^CLMz"]+){8}z"'
)  # as matplotlib draws one, in eight curves
NEIGHBOURS = re.compile(r'<path d="[^"]*" class="(c\d+)"/>(?:<path d="[^"]*" class="\1"/>)+')
BLANKS = re.compile(r'\s*([MLCQz])\s*|\s+(?="$)')
HEX = re.compile(r"#[0-9a-fA-F]{6}\b")
FONT = re.compile(r"font: ((?:(?:italic|oblique|small-caps|\d{3}|bold) )*)([\d.]+px)[^;\"]*")  # until 3.10
FAMILY = re.compile(r"; font-family: [^;\"]*")
# three or more elements without children, one after the other, whose only class is the same
RUN = re.compile(
    r'<(?P<tag>use|text|path)(?= )(?:(?! class=)[^>])*?(?P<said> class="(?P<name>c\d+)")[^>]*?(?:/>|(?<!/)>[^<]*</(?P=tag)>)'
    r"(?:<(?P=tag)(?= )(?:(?! class=)[^>])*?(?P=said)[^>]*?(?:/>|(?<!/)>[^<]*</(?P=tag)>)){2,}"
)


@contextmanager
def style() -> Iterator[None]:
    """The look of all figures: build and draw a figure inside this context."""
    import matplotlib  # here and below: pages without a figure are spared it

    with matplotlib.rc_context(RC):
        yield


def themed_svg(fig: Figure) -> str:
    """Return `fig` as one SVG element that is light or dark as its reader's page is.

    The same figure gives the same bytes in every run. Colours outside the palette are kept as
    they are in both themes. Characters that XML forbids are replaced.
    """
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.text import Text

    for artist in fig.findobj():
        artist.set_clip_on(False)  # what is drawn stands inside its axes; a clip path a mark doubles the size
    for text in fig.findobj(Text):
        text.set_parse_math(False)
        text.set_text(NOT_XML.sub("\ufffd", text.get_text()))
    buffer = io.StringIO()
    with matplotlib.rc_context(RC), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")  # the reader's font draws it
        if (engine := fig.get_layout_engine()) is not None:  # else it is drawn twice, once to be laid out
            FigureCanvasSVG(fig)
            engine.execute(fig)
            fig.set_layout_engine("none")
        fig.savefig(buffer, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    return _grouped(_classed(_themed(_slim(buffer.getvalue()))))


def data_uri(svg: str) -> str:
    """`svg` as the address of a picture inside an HTML attribute; a quarter smaller than in base64."""
    single = TAG.sub(lambda tag: tag[0] if "'" in tag[0] else tag[0].replace('"', "'"), svg)
    return "data:image/svg+xml;charset=utf-8," + re.sub(r'[%#"&\n]', lambda m: f"%{ord(m[0]):02X}", single)


def size_px(svg: str) -> tuple[int, int]:
    """Width and height of a themed SVG in CSS pixels (a point is 4/3 of one)."""
    width, height = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups()
    return round(float(width) * 4 / 3), round(float(height) * 4 / 3)


def contrast(first: str, second: str) -> float:
    """Contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    from matplotlib.colors import to_hex

    dark, light = sorted((luminance(to_hex(first)), luminance(to_hex(second))))
    return (light + 0.05) / (dark + 0.05)


def _slim(svg: str) -> str:
    """Drop what no reader sees: prologue, comments, unused ids, bare groups, digits past the first (a tenth of a point)."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<!--.*?-->|<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    used = {name: f"i{n}" for n, name in enumerate(dict.fromkeys(re.findall(r"[\"(]#([\w-]+)[\")]", svg)))}

    def shorter(tag: re.Match[str]) -> str:
        text = re.sub(r' id="([^"]*)"', lambda m: f' id="{used[m[1]]}"' if m[1] in used else "", tag[0])
        text = re.sub(r"(?<=[\"(])#([\w-]+)(?=[\")])", lambda m: "#" + used[m[1]], text)
        text = LONG_NUMBER.sub(lambda m: f"{float(m[0]):.1f}".removesuffix(".0"), text)
        text = FAMILY.sub("", FONT.sub(_sized, text))
        text = re.sub(r' transform="rotate\(-?0 [^"]*"| xmlns:xlink="[^"]*"| version="1.1"', "", text)
        text = text.replace(" xlink:href=", " href=")  # as in SVG 2
        text = re.sub(r' d="[^"]*"', lambda path: BLANKS.sub(lambda m: m[1] or "", path[0]), text)
        text = CIRCLE.sub(r'<circle\1 r="\2"', BOX.sub(_box, text))
        text = UPRIGHT.sub(r'd="M\1 \2V\3"', LEVEL.sub(r'd="M\1 \2H\3"', text))
        return re.sub(r"\s+", " ", text).replace(' "/>', '"/>')

    svg = re.sub(r">\s*\n\s*<", "><", TAG.sub(shorter, svg))
    svg = re.sub(r'<path d="[^"]*" style="fill: none"/>', "", svg)
    svg = svg.replace("*{stroke-linejoin: round; stroke-linecap: butt}", "*{stroke-linejoin:round}")
    return _without_bare_groups(svg)


def _box(corners: re.Match[str]) -> str:
    """A rectangle by its first corner, its width and its height."""
    x, y, right, bottom = (float(one) for one in corners.groups())
    width, height = (f"{round(one, 1):g}" for one in (right - x, bottom - y))
    back = width[1:] if width.startswith("-") else f"-{width}"
    return f'd="M{x:g} {y:g}h{width}v{height}h{back}z"'


def _without_bare_groups(svg: str) -> str:
    """Take away every `<g>` without an attribute: it groups what needs no grouping."""
    open_groups: list[bool] = []

    def kept(tag: re.Match[str]) -> str:
        name = tag[0]
        if name == "<g/>":
            return ""
        if name == "</g>":
            return name if open_groups.pop() else ""
        if name.startswith("<g") and not name.endswith("/>"):
            open_groups.append(name != "<g>")
            return name if name != "<g>" else ""
        return name

    return re.sub(r"<g/>|</g>|<g(?: [^>]*)?>", kept, svg)


def _sized(font: re.Match[str]) -> str:
    words = [
        f"font-weight: {word}" if word[0].isdigit() or word == "bold" else f"font-style: {word}"
        for word in font[1].split()
    ]
    return "; ".join([*words, f"font-size: {font[2]}"])


def _themed(svg: str) -> str:
    """Turn the palette's light colours into variables and declare both of their values."""
    roles = {light: role for role, (light, _) in PALETTE.items()}
    found = {"ink"}

    def variable(colour: re.Match[str]) -> str:
        role = roles.get(colour[0].lower())
        if role is None:
            return colour[0]
        found.add(role)
        return f"var(--{role.replace('_', '-')})"

    svg = TAG.sub(lambda tag: re.sub(r'style="[^"]*"', lambda m: HEX.sub(variable, m[0]), tag[0]), svg)
    light, dark = (
        "".join(f"--{role.replace('_', '-')}:{pair[n]};" for role, pair in PALETTE.items() if role in found)
        for n in (0, 1)
    )
    css = (
        f":root{{font-family:{SANS};fill:var(--ink);{light}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    )
    return svg.replace("</style>", css + "</style>", 1)


def _classed(svg: str) -> str:
    """Turn the styles of elements into classes: a figure repeats few of them often."""
    names: dict[str, str] = {}

    def classed(style: re.Match[str]) -> str:
        return f'class="{names.setdefault(style[1], f"c{len(names)}")}"'

    svg = TAG.sub(lambda tag: re.sub(r'style="([^"]*)"', classed, tag[0]), svg)
    css = "".join(f".{name}{{{_declared(style)}}}" for style, name in names.items())
    return svg.replace("</style>", css + "</style>", 1)


def _declared(style: str) -> str:
    """A style without blanks and without what its element has anyway (see `_themed`)."""
    style = style.replace(": ", ":").replace("; ", ";")
    is_text = "font-size:" in style
    return re.sub(r";fill:var\(--ink\)$|;?text-anchor:start", "", style) if is_text else style


def _grouped(svg: str) -> str:
    """Draw neighbouring shapes of one class as one, and say the class of other neighbours once, in a group around them."""

    def one_path(run: re.Match[str]) -> str:
        if run[1] in see_through:  # where two lie on each other it would show
            return run[0]
        return f'<path d="{"".join(re.findall(r" d=.([^<>]*?). class", run[0]))}" class="{run[1]}"/>'

    see_through = {f"c{name}" for name, style in re.findall(r"\.c(\d+){([^}]*)}", svg) if "opacity" in style}

    def grouped(run: re.Match[str]) -> str:
        if run["name"] in see_through:  # of a group, opacity is that of the whole
            return run[0]
        return f'<g class="{run["name"]}">{run[0].replace(run["said"], "")}</g>'

    return RUN.sub(grouped, NEIGHBOURS.sub(one_path, svg))
