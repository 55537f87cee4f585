"""The README and the licence of a bundle: what it holds, how to read, check and make it again, and what belongs to whom."""

from __future__ import annotations

import re

from analysis import __version__
from analysis.publishing.provenance import OURS
from analysis.storage import ROOT, chosen_dictionaries, own_dictionaries
from analysis.story import Story

MARKS = re.compile(r"([\\`*_{}\[\]<>#|!])")
WITHOUT = (
    "The articles belong to their publishers, and no passage of them is in here: not in the pages, which give the place of a passage (paragraph and sentence) "
    "in its stead, and not in the tables. Headlines, decks and the names of the files that were added are left out of documents.csv. "
    "Figures are the same as in reports made with the texts. Whoever holds the articles puts them into `articles/` under the names in documents.csv, where their "
    "SHA-256 stands: the next report measures them anew and shows the passages."
)
UNREAD = " When this archive was made, {} of the articles were not at hand: what people wrote (story.yml, documents.csv, facts) could not be searched for words of theirs."
WITH = "The texts of the articles are in `articles/`, since story.yml declares them open, and the pages quote them."


def of_bundle(story: Story, *, withheld: bool, unread: int = 0) -> str:
    """The README.md of a story's bundle, as Markdown; `withheld`: without texts, of which `unread` were not there to search for."""
    n = len(story.documents)
    copies = "one copy" if n == 1 else f"{n} copies"
    outlets = ", ".join(_plain(name) for name in story.outlets.values())
    note = f"\nOf the texts the story says: {_plain(story.about.note)}\n" if story.about.note else ""
    rows = [
        (
            "index.html",
            "where to begin: the reports, what is clear in these copies, what the data cannot say",
        ),
        ("*.html, one folder an outlet", "the reports"),
        ("tables/*.csv", "the numbers behind every figure"),
        (
            "measures/*.parquet",
            "the same tables as Parallax reads them; provenance.json says from what they were made",
        ),
        (
            "provenance.json",
            "inputs by SHA-256, parameters, versions, seed, dictionaries, and for each report the command that makes it",
        ),
        (
            "story.yml, documents.csv",
            "what people declared: outlets, actors, themes, contested things; the copies, one a row",
        ),
        *(
            [
                (
                    "facts.yml, corrections.csv, coded_facts.csv, coding/",
                    "what people wrote, corrected and coded, where they did",
                )
            ]
        ),
        *([("articles/", "the texts")] if not withheld else []),
        *(
            [("../dictionaries/", "dictionaries beside the story, which are counted, too")]
            if own_dictionaries()
            else []
        ),
    ]
    table = "\n".join(f"| `{file}` | {what} |" for file, what in rows)
    return f"""# {_plain(story.about.title)}

How copies of this story differ, measured with Parallax {__version__}, a workbook for comparative media analysis. {_plain(story.about.date or "date unknown")}; {copies} of {outlets}.
{note}
| file | holds |
|---|---|
{table}

## How to read it

Open `index.html`. Numbers are counts of passages in these copies. They are observations and no verdict on an outlet: a difference is called clear only where its
interval excludes zero, and “too little text to tell” is a result. Read the report `corpus` first: it says what was read and what was set aside.

## {"What is not in here, and why" if withheld else "The texts"}

{WITHOUT if withheld else WITH}{UNREAD.format(unread) if withheld and unread else ""}

## How to check it and make it again

Unpack the archive into an empty folder and, there, with Parallax {__version__}:

```
parallax verify {story.name} --data . --reports .{_asked()}
parallax report {story.name} --data . --reports out{_asked()}
```

The first holds every file against its hash and takes the tables again from the measures; with `--remake` it makes every page again. The second makes the reports anew.
The same inputs and versions give the same bytes; `provenance.json` names the versions. The inputs {" and ".join(f"`{name}`" for name in OURS)} are Parallax's own.
{_lists()}
## What belongs to whom

- The articles, their headlines and decks: to their publishers.
- The measures, tables and figures: counts and places are facts. Use them, and cite them.
- story.yml, documents.csv, facts and codes: to those who wrote them for this story.
- The form of the pages and Parallax: MIT License, in `LICENSE`.

## How to cite

“{_plain(story.about.title)}”, reports made with Parallax {__version__}, a workbook for comparative media analysis (the Parallax developers). Of a finding cite the copies, the
interval and the scope: “clear in these copies”. The articles are cited as the publishers' own.
"""


def licence(*, withheld: bool) -> str:
    """The text of LICENSE in a bundle: what it covers, then Parallax's own."""
    texts = (
        "The articles that were measured are not in this archive and belong to their publishers."
        if withheld
        else "The texts in articles/ are not covered by it: story.yml declares them open, and README.md says what is known of them."
    )
    return (
        "The pages, tables and measures in this archive were made with Parallax and may be used under the license below.\n"
        f"{texts}\n\n" + (ROOT / "LICENSE").read_text("utf-8")
    )


def _asked() -> str:
    return "".join(f" --dictionary {path.name}" for path in chosen_dictionaries())


def _lists() -> str:
    """That dictionaries which were asked for are not in the bundle: their licences are not ours to judge."""
    if not chosen_dictionaries():
        return ""
    names = ", ".join(f"`{path.name}`" for path in chosen_dictionaries())
    return f"\nCounted, too, and not in here, since it may have a licence of its own: {names}. Put it there first.\n"


def _plain(text: str) -> str:
    """Words of a person in Markdown, as words."""
    return MARKS.sub(r"\\\1", " ".join(str(text).split()))
