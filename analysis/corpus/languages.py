"""Languages: which one a text is written in.

Nearly every text is English and says so in its commonest words. Only where they do not settle it is a model asked, which holds 70 MB
and takes ten times as long. `tests/corpus/test_languages.py` holds both against each other.
"""

from __future__ import annotations

import re

# Words of English that are not common words of another language ("to" is Polish, "for" Danish, "was" German, "as" Portuguese).
ENGLISH = frozenset(
    "the and that this these those with from which were their they them would could should have his about after"
    " when than there been being while because between through".split()
)
ENOUGH = 0.10  # of the words: half of what English news has, of which a text with two languages has less
MOST_LOOKED_AT = 20_000  # characters
LETTERS = re.compile(r"[^\W\d_]+")


def language(text: str) -> str:
    """The language of `text` by its first 20,000 characters, ISO 639-1 (py3langid, where English words do not settle it)."""
    text = text[:MOST_LOOKED_AT]
    words = LETTERS.findall(text.lower())
    if sum(map(ENGLISH.__contains__, words)) > ENOUGH * len(words):
        return "en"
    import py3langid  # its model takes half a second to load; a story read back from tables never needs it

    return py3langid.classify(text)[0]
