"""Parallax: how copies of the same story differ, with evidence and uncertainty.

`read` articles, `measure` them, or `load_story` that is already measured, and ask for an `estimate`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.across import load_stories
    from analysis.corpus.reading import read
    from analysis.loading import load_story
    from analysis.measured import estimate
    from analysis.measuring import measure

__all__ = ["estimate", "load_stories", "load_story", "measure", "read"]
__version__ = "0.1.0"
_HOME = {
    "read": "corpus.reading",
    "measure": "measuring",
    "estimate": "measured",
    "load_story": "loading",
    "load_stories": "across",
}


def __getattr__(name: str):
    """Import what is asked for, and what it needs, only then."""
    if name in _HOME:
        return getattr(import_module(f"analysis.{_HOME[name]}"), name)
    raise AttributeError(f"module 'analysis' has no attribute {name!r}")
