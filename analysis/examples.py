"""Examples: for each command one or two lines that work on the stories that come with the project."""

from __future__ import annotations

EXAMPLES: dict[str, tuple[str, ...]] = {
    "": ("parallax list", "parallax report sample-harbour --outlet meridian"),
    "list": ("parallax list", "parallax list --json"),
    "add": (
        "parallax add my-story data/sample-harbour/articles/courier-1.txt --data stories --dry-run",
        "parallax add my-story articles.csv --map text=body --outlet Reuters --data stories",
    ),
    "suggest-facts": ("parallax suggest-facts sample-harbour --most 5",),
    "convert": ("parallax convert data/dictionaries/generic_frames.yml frames.dic",),
    "codesheet": ("parallax codesheet sample-harbour --frame conflict --n 50",),
    "agreement": ("parallax agreement coding/sheet-1.csv coding/sheet-2.csv",),
    "check": ("parallax check sample-harbour", "parallax check --dictionary my_list.yml"),
    "measure": (
        "parallax measure sample-harbour",
        "parallax measure sample-harbour --measures core --jobs 2",
    ),
    "report": (
        "parallax report sample-harbour --outlet meridian --notebook framing",
        "parallax report kim-putin-2023 --zip --dry-run",
    ),
    "verify": ("parallax verify sample-harbour", "parallax verify --remake --json"),
    "lab": ("parallax lab", "parallax lab --no-browser"),
}


def shown(command: str) -> str:
    """The end of a command's help: its examples, a line each; "" where it has none."""
    lines = EXAMPLES.get(command, ())
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)]) if lines else ""
