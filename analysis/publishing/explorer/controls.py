"""Controls: native widgets with their whole description above them, and the one that shows a display."""

from __future__ import annotations

from collections.abc import Sequence

import ipywidgets as widgets

from analysis.publishing.displays import Display
from analysis.publishing.explorer.style import CSS

WHOLE = {"description_width": "initial"}  # no description is cut
# JupyterLab takes keys pressed in a list or on a box for its own: an arrow moves to the next cell, "dd" deletes one.
# Its way to leave a key to who has the focus is an attribute that widgets cannot set.
KEYS = """if (!window.parallaxKeys) {
  window.parallaxKeys = true;
  document.addEventListener("focusin", event => {
    if (event.target.matches(".plx select, .plx button, .plx input")) {
      event.target.setAttribute("data-lm-suppress-shortcuts", "true");
    }
  }, true);
}"""


def dropdown(
    description: str, options: Sequence[tuple[str, object]] = (), *, is_wide: bool = False
) -> widgets.Dropdown:
    """A list to choose one of, each a (label, value)."""
    made = widgets.Dropdown(description=description, options=options, style=WHOLE)
    return made.add_class("plx-wide") if is_wide else made


def text(description: str, placeholder: str = "") -> widgets.Text:
    """A line to type; it is read when Enter is pressed or the line is left."""
    return widgets.Text(
        description=description, placeholder=placeholder, style=WHOLE, continuous_update=False
    )


def checkbox(description: str) -> widgets.Checkbox:
    """A box to tick."""
    return widgets.Checkbox(description=description, indent=False, style=WHOLE)


def row(*controls: widgets.Widget) -> widgets.Box:
    """Controls beside each other, in lines as wide as the window."""
    return widgets.Box(controls).add_class("plx-controls")


class Shown(widgets.HTML):
    """A place for a display: it holds its HTML, in which words of articles are escaped."""

    def show(self, *displays: Display) -> None:
        """Put `displays` there, one under the other."""
        self.value = "".join(str(display.html()) for display in displays)


def view(*parts: widgets.Widget) -> widgets.VBox:
    """A part of the explorer with its style sheet and keys, which go with every part, as each may be shown alone."""
    style = widgets.HTML(f"<style>{CSS}</style>", layout={"display": "none"})
    script = {"output_type": "display_data", "data": {"application/javascript": KEYS}, "metadata": {}}
    keys = widgets.Output(outputs=(script,)).add_class("plx-keys")
    return widgets.VBox([style, keys, *parts]).add_class("plx")
