"""Code sheets: sentences drawn with known probabilities for people to code blind (`codes.py` reads what they made of them).

Sentences are drawn apart for each indicator, copy and answer of the list (hit or not), so that both its errors can be told and weighted to
all sentences. A sheet shows neither copy, outlet nor answer; these stand in key.csv.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.codes import FOLDER, KEY
from analysis.comparison.resampling import SEED
from analysis.corpus.cells import guarded
from analysis.evidence.dictionaries import THEMES, Dictionary, from_themes
from analysis.nearest import did_you_mean
from analysis.proposals import NoTexts
from analysis.storage import frame_dictionaries, write_atomically
from analysis.story import Story
from analysis.tables import ELEMENTS

SHEET = (
    "item_id",
    "indicator",
    "before",
    "sentence",
    "after",
    "indicator_present",
    "element",
    "frame",
    "comment",
)


@dataclass(frozen=True)
class Drawn:
    """Where the sheets were written, and per indicator how many sentences were drawn of how many with and without a hit."""

    folder: Path
    sheets: tuple[Path, ...]
    counts: pd.DataFrame  # indicator, hits_drawn, hits, others_drawn, others


def codesheets(
    story: Story, frames: Sequence[str] = (), *, n: int = 100, coders: int = 2, seed: int = SEED
) -> Drawn:
    """Draw about `n` sentences an indicator, half of them hits where there are as many, and write sheets, key and codebook.

    `frames` are ids of frames; by default those of the generic ones. They go to `coding/` of the story's folder, where nothing is written over
    (FileExistsError). Raises `NoTexts`, and LookupError for an unknown frame or where no copy has sentences to code.
    """
    if not story.has_text:
        raise NoTexts(
            f"{story.name}: sheets hold sentences, and its texts are not in {story.folder / 'articles'}"
        )
    folder = story.folder / FOLDER
    there = [path.name for path in sorted(folder.glob("*")) if path.suffix in (".csv", ".xlsx")]
    if there:
        raise FileExistsError(
            f"{folder} holds {', '.join(there)}: codes are not written over; move the folder away first"
        )
    lists = _lists(story)
    wanted = list(frames) or [id for id, (dictionary, _) in lists.items() if dictionary == "generic_frames"]
    for id in wanted:
        if id not in lists:
            raise LookupError(f"no list {id!r}; there are: {', '.join(lists)}{did_you_mean(id, lists)}")
    drawn = _drawn(story, {id: lists[id][0] for id in wanted}, n, seed)
    labels = {id: lists[id][1].frames[id].label for id in wanted}
    sheet = _sheet(story, drawn, labels)
    book = codebook({id: lists[id][1] for id in wanted})
    sheets = []
    for number in range(1, coders + 1):
        path = folder / f"sheet-{number}.csv"
        write_atomically(path, "\ufeff" + sheet.map(guarded).to_csv(index=False))
        _write_xlsx(sheet, book, path.with_suffix(".xlsx"))
        sheets += [path, path.with_suffix(".xlsx")]
    write_atomically(folder / "key.csv", drawn[list(KEY)].to_csv(index=False))
    write_atomically(folder / "codebook.md", book)
    counts = drawn.groupby(["frame_id", "is_hit"], sort=False).agg(
        drawn=("item_id", "size"), of=("weight", "sum")
    )
    rows = []
    for id in wanted:
        hits, others = (
            counts.loc[(id, is_hit)].round().astype(int).tolist() if (id, is_hit) in counts.index else [0, 0]
            for is_hit in (True, False)
        )
        rows.append((labels[id], *hits, *others))
    columns = ["indicator", "hits_drawn", "hits", "others_drawn", "others"]
    return Drawn(folder, tuple(sheets), pd.DataFrame(rows, columns=columns))


def _lists(story: Story) -> dict[str, tuple[str, Dictionary]]:
    """Frame id -> its dictionary's id and the dictionary, of all that are counted in the story."""
    used = dict(frame_dictionaries())
    if story.about.themes:
        used[THEMES] = from_themes(theme.model_dump(by_alias=True) for theme in story.about.themes)
    return {frame_id: (id, one) for id, one in used.items() if id in story.frames for frame_id in one.frames}


def _drawn(story: Story, wanted: dict[str, str], n: int, seed: int) -> pd.DataFrame:
    """The drawn sentences in the order of the sheet: columns of KEY."""
    draw = np.random.default_rng(seed)
    copies = [doc_id for doc_id in story.copies() if doc_id in story.texts and doc_id not in story.unmeasured]
    body = story.sentences[
        (story.sentences["part"] == "body")
        & (story.sentences["written_by"] != "via")
        & story.sentences["doc_id"].isin(copies)
    ][["doc_id", "sentence_id"]]
    parts = []
    for frame_id, dictionary in wanted.items():
        own = story.frame_hits[
            (story.frame_hits["dictionary"] == dictionary) & (story.frame_hits["frame"] == frame_id)
        ]
        places = set(zip(own["doc_id"], own["sentence_id"], strict=True))
        is_hit = [place in places for place in zip(body["doc_id"], body["sentence_id"], strict=True)]
        table = body.assign(dictionary=dictionary, frame_id=frame_id, is_hit=is_hit)
        n_hits = min(n // 2, int(table["is_hit"].sum()))
        for kind, wanted_n in ((True, n_hits), (False, n - n_hits)):
            strata = [rows for _, rows in table[table["is_hit"] == kind].groupby("doc_id", sort=False)]
            wanted_n = max(wanted_n, len(strata))  # of each at least one, or it would stand for nothing
            for rows, size in zip(strata, shared_out(wanted_n, [len(rows) for rows in strata]), strict=True):
                chosen = rows.iloc[np.sort(draw.choice(len(rows), size=size, replace=False))]
                parts.append(
                    chosen.assign(probability=size / len(rows), weight=len(rows) / size, n_stratum=len(rows))
                )
    if not parts:
        raise LookupError(f"{story.name}: no counted copy has sentences that could be coded")
    drawn = pd.concat(parts, ignore_index=True)
    drawn = drawn.iloc[draw.permutation(len(drawn))].reset_index(drop=True)
    return drawn.assign(item_id=[f"i{number:05d}" for number in range(1, len(drawn) + 1)])


def shared_out(n: int, sizes: Sequence[int]) -> list[int]:
    """`n` shared out by `sizes`, at least one of each that is not empty (then more than `n`, if need be), none above its size."""
    total = sum(sizes)
    if n >= total:
        return list(sizes)
    exact = [n * size / total for size in sizes]
    shares = [min(size, max(int(share), 1 if size else 0)) for share, size in zip(exact, sizes, strict=True)]
    n = max(n, sum(map(bool, sizes)))
    order = sorted(range(len(sizes)), key=lambda k: (int(exact[k]) - exact[k], k))
    while sum(shares) < n:
        k = next(k for k in order if shares[k] < sizes[k])
        shares[k] += 1
        order.append(order.pop(order.index(k)))
    while sum(shares) > n:
        shares[max(range(len(shares)), key=lambda k: shares[k])] -= 1
    return shares


def _sheet(story: Story, drawn: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    """What coders see: the sentence with its neighbours, and the columns they fill."""
    spans = {
        doc_id: own.sort_values("sentence_id").set_index("sentence_id")[["start", "end"]]
        for doc_id, own in story.sentences[story.sentences["part"] == "body"].groupby("doc_id", sort=False)
    }

    def text(doc_id: str, sentence_id: int) -> str:
        own = spans[doc_id]
        if sentence_id not in own.index:
            return ""
        start, end = own.loc[sentence_id]
        return " ".join(story.texts[doc_id][start:end].split())

    rows = [
        (
            row.item_id,
            labels[row.frame_id],
            *(text(row.doc_id, row.sentence_id + step) for step in (-1, 0, 1)),
            "",
            "",
            "",
            "",
        )
        for row in drawn.itertuples()
    ]
    return pd.DataFrame(rows, columns=list(SHEET))


def codebook(lists: dict[str, Dictionary]) -> str:
    """The codebook as Markdown: for each indicator what to ask, what belongs to it, what not, with examples in words of our own."""
    lines = [
        "# Codebook",
        "",
        "Each row of the sheet is one sentence (column `sentence`; its neighbours are there to understand it) and one indicator. Answer in `indicator_present`:",
        "1 if what the indicator describes is present in the sentence, 0 if not. Judge the sentence, not a word in it: the sheet was drawn so that many sentences hold words that",
        "do not mean it, and many that mean it hold none. Leave it empty only where the sentence cannot be understood. Do not talk about rows before both of you are done.",
        "",
        f"If you see one of Entman's elements of a frame, name it in `element` ({', '.join(ELEMENTS)}) and the frame in words of your own in `frame`; else leave both empty.",
        "",
    ]
    for id, dictionary in lists.items():
        frame, about = dictionary.frames[id], dictionary.about
        lines += [f"## {frame.label}", "", frame.description or "(no description)", ""]
        if frame.question:
            lines += [f"**Ask:** {frame.question}", ""]
        for title, examples in (("Present", frame.present), ("Not present", frame.absent)):
            lines += (
                [f"**{title}**, for example:", "", *(f"- {one}" for one in examples), ""] if examples else []
            )
        lines += [
            f"*Included in the list:* {about.get('inclusion', 'not stated')} *Left out:* {about.get('exclusion', 'not stated')}",
            "",
        ]
    return "\n".join(lines)


def _write_xlsx(sheet: pd.DataFrame, book: str, path: Path) -> None:
    """The sheet as a workbook, the codebook beside it; every cell is text, none a formula."""
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font

    workbook = Workbook()
    codes = workbook.active
    codes.title = "Codes"
    for line, row in enumerate([tuple(sheet.columns), *sheet.itertuples(index=False)], start=1):
        for column, value in enumerate(row, start=1):
            cell = codes.cell(line, column)
            _as_text(cell, ILLEGAL_CHARACTERS_RE.sub("\ufffd", str(value)))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=line == 1)
    for letter, width in zip("ABCDEFGHI", (9, 22, 40, 60, 40, 12, 12, 20, 20), strict=True):
        codes.column_dimensions[letter].width = width
    codes.freeze_panes = "B2"
    words = workbook.create_sheet("Codebook")
    words.column_dimensions["A"].width = 120
    for line, text in enumerate(book.splitlines(), start=1):
        _as_text(words.cell(line, 1), ILLEGAL_CHARACTERS_RE.sub("\ufffd", text))
        words.cell(line, 1).alignment = Alignment(wrap_text=True)
    part = path.with_name(f".{path.name}.part")
    workbook.save(part)
    part.replace(path)


def _as_text(cell, text: str) -> None:
    """Write a text into a cell that stays a text whatever it begins with."""
    cell.value = text
    cell.data_type = "s"
