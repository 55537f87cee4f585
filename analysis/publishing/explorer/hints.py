"""Hints: a sentence to the reader, of what there is, or of what to do where there is nothing to show."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from analysis.publishing.displays import Display, plain


@dataclass(frozen=True)
class Hint(Display):
    """One or two sentences that a screen reader says when they come."""

    text: str

    def html(self) -> Markup:
        return Markup('<div class="note hint" role="status"><p>{}</p></div>').format(plain(self.text))
