"""Reading: articles -> Corpus. Nothing is lost silently.

A unit that cannot be read costs only itself: it goes to `rejected` with its reason. What was repaired, or
should be known, goes to `warnings`; every line to `lines`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from analysis.corpus.cleaning import Cleaned, clean
from analysis.corpus.corrections import corrected, told_lines
from analysis.corpus.files import items, read_file
from analysis.corpus.formats import TEXT
from analysis.corpus.formats.item import LONGEST_HELD, Item, Limits, Refused, Repair
from analysis.corpus.kinds import kind_of
from analysis.corpus.languages import language as language_of
from analysis.corpus.outlets import load_outlets
from analysis.corpus.quoted_spans import COLUMNS as SPAN_COLUMNS
from analysis.corpus.quoted_spans import Edges, counts_by_voice, described, paired_spans
from analysis.corpus.records import new_id, raw_text, record, same_words, wanted_id
from analysis.corpus.segmentation import sentence_spans
from analysis.tables import (
    CORRECTIONS,
    DOCUMENTS,
    LINES,
    QUOTED_SPANS,
    REJECTED,
    SENTENCES,
    UNKNOWN,
    WARNINGS,
)

PLAIN = ("", ".txt", ".text")  # how the name of a file of plain text ends
HELD = Limits(text_chars=LONGEST_HELD)  # what a story took, it can read
MIN_WORDS_LANGUAGE = 20  # below, the language cannot be told


@dataclass(frozen=True)
class Corpus:
    """What was read: one frame a table; `documents` also holds the cleaned `text` while in memory."""

    documents: pd.DataFrame
    lines: pd.DataFrame
    sentences: pd.DataFrame
    quoted_spans: pd.DataFrame
    warnings: pd.DataFrame
    rejected: pd.DataFrame
    corrections: pd.DataFrame

    @property
    def texts(self) -> dict[str, str]:
        """The cleaned text of each doc_id."""
        return dict(zip(self.documents["doc_id"], self.documents["text"], strict=True))


@dataclass(frozen=True)
class Article:
    """An article that was found: `about` holds what is known of it, as columns of `documents` and further ones."""

    item: Item
    about: dict
    warnings: tuple[Repair, ...] = ()
    outlet_name: str = ""  # the display name of its outlet, where one was recognised
    cleaned: Cleaned | None = None  # where it was cleaned already


def read(
    paths: str | Path | Iterable[str | Path],
    *,
    manifest: pd.DataFrame | None = None,
    corrections: pd.DataFrame | None = None,
    outlet: str = "",
    columns: Mapping[str, str] = {},
    limits: Limits = Limits(),
) -> Corpus:
    """Read the articles of files, folders, exports and archives, in any format of `corpus.formats`.

    With a `manifest` (see `manifest.read_manifest`) `paths` is the folder of its files, one document a row of it,
    and its further columns are kept. Without, what each article says of itself is used; `outlet` is who wrote all
    of them, where the user says so, and `columns` says which column of a table holds what. `corrections` are
    those of `corrections.read_corrections`. Raises FileNotFoundError for a path that is not there; what is wrong
    inside a file is reported in `rejected`.
    """
    if manifest is not None:
        held = replace(limits, text_chars=max(limits.text_chars, LONGEST_HELD))
        return corpus(listed(Path(paths), manifest, limits=held), corrections, manifest.columns)
    return corpus(recognised(items(paths, limits=limits, columns=columns), outlet=outlet), corrections)


def listed(folder: Path, manifest: pd.DataFrame, *, limits: Limits = HELD) -> Iterator[Article | Refused]:
    """The articles of a manifest, read from `folder`, one a row; what cannot be read is `Refused`."""
    seen: set[str] = set()
    for row in manifest.to_dict("records"):
        file, path = row["file"], folder / row["file"]
        if row["doc_id"] in seen:
            reason = f"a document named {row['doc_id']!r} was read already; every document has its own name"
            yield Refused(file, "", None, reason)
            continue
        seen.add(row["doc_id"])
        if not path.is_file():
            yield Refused(file, "", None, "the file is not there")
            continue
        # What a story holds as text is text, even one that begins as a page or a table does.
        known = TEXT if path.suffix.lower() in PLAIN else None
        found = list(read_file(path, limits=limits, known=known))
        if len(found) == 1 and isinstance(found[0], Item):
            is_clean = found[0].is_clean or row.get("is_clean") == "true"
            yield Article(replace(found[0], is_clean=is_clean), row)
        elif len(found) == 1:
            yield Refused(file, found[0].unit, found[0].line, found[0].reason)
        else:
            reason = (
                f"it holds {len(found)} articles; allowed: one a file (`parallax add` takes an export apart)"
            )
            yield Refused(file, "", None, reason)


def recognised(
    found: Iterable[Item | Refused],
    *,
    outlet: str = "",
    taken: Iterable[str] = (),
    own_outlets: Path | None = None,
) -> Iterator[Article | Refused]:
    """The articles `found`, with what each says of itself; ids differ from each other and from those `taken`.

    `outlet` is who wrote all of them; `own_outlets` is a file of outlets beside those that are known.
    """
    outlets, ids = load_outlets(own_outlets), set(taken)
    for item in found:
        if isinstance(item, Refused):
            yield item
            continue
        raw = raw_text(item)
        text = clean(raw, is_clean=item.is_clean)
        known = record(item, raw, text, told=outlet, outlets=outlets)
        doc_id = new_id(wanted_id(item), ids)
        ids.add(doc_id)
        about = known.about | {"doc_id": doc_id, "file": item.file, "filing_order": pd.NA}
        about["is_counted"] = about["is_counted"] == "true"
        yield Article(item, about, known.warnings, known.outlet_name, text)


def corpus(
    found: Iterable[Article | Refused], corrections: pd.DataFrame | None = None, columns: Iterable[str] = ()
) -> Corpus:
    """The articles `found` as tables; `columns` names further columns of what is known of them."""
    corrections = CORRECTIONS.empty() if corrections is None else corrections
    tables: dict[str, list] = {
        name: []
        for name in ("documents", "lines", "sentences", "quoted_spans", "warnings", "rejected", "applied")
    }
    further = [column for column in columns if column not in (*DOCUMENTS.names, "text")]
    for one in found:
        if isinstance(one, Refused):
            tables["rejected"].append((one.file, one.line, one.unit or "file", one.reason))
        else:
            _add(one, tables, corrections, further)
    documents = pd.DataFrame(tables["documents"], columns=[*DOCUMENTS.names, "text", *further])
    return Corpus(
        DOCUMENTS.frame(documents).join(documents[["text", *further]].astype("str")),
        LINES.frame(tables["lines"]),
        SENTENCES.frame(tables["sentences"]),
        QUOTED_SPANS.frame(tables["quoted_spans"]),
        WARNINGS.frame(tables["warnings"]),
        REJECTED.frame(tables["rejected"]),
        corrections.assign(is_applied=corrections["is_applied"] | corrections.index.isin(tables["applied"])),
    )


def cleaned(article: Article, corrections: pd.DataFrame) -> tuple[str, Cleaned, list[int]]:
    """The text of an article before and after cleaning, and the index of the corrections of lines that found theirs.

    A first line that is known to be the headline is one, whatever it looks like.
    """
    raw, about, is_clean = raw_text(article.item), article.about, article.item.is_clean
    found = article.cleaned or clean(raw, is_clean=is_clean)
    told, applied = told_lines(corrections, about["doc_id"], found.rows)
    headline = about.get("headline") or article.item.fields.get("headline")
    if headline and not found.headline:
        _, start, end, *_ = found.rows[0] if found.rows else (0, 0, 0)
        if same_words(headline, raw[start:end]):
            told = [(start, end, "headline", True, "known"), *told]
    return raw, clean(raw, told, is_clean=is_clean) if told else found, applied


def _add(article: Article, tables: dict[str, list], corrections: pd.DataFrame, further: list[str]) -> None:
    """Put what an article holds into the tables."""
    about, doc_id, file = article.about, article.about["doc_id"], article.about["file"]
    raw, text, applied = cleaned(article, corrections)
    warn = [*article.item.repairs, *article.warnings]
    if about.get("sha256") and about["sha256"] != article.item.sha256:
        warn.append(("changed", 1, "the file is not the one the manifest names: its SHA-256 differs"))
    paragraphs = [(start, end) for start, end, _ in text.paragraphs]
    spans, marks = paired_spans(text.text, paragraphs)
    if len(corrections):
        spans, found = _corrected_spans(doc_id, text.text, paragraphs, spans, corrections)
        applied += found
    if marks:
        places = ", ".join(str(paragraph) for paragraph in dict.fromkeys(paragraph for paragraph, _ in marks))
        warn.append(("quotes", len(marks), f"quotation marks without a partner, in paragraph {places}"))
    by = {part: about.get(f"{part}_written_by") or UNKNOWN for part in ("headline", "deck")}
    starts, ends = [span[1] for span in spans], [span[2] for span in spans]
    sentences = _sentences(doc_id, text, (starts, ends), by["headline"])
    body = [row for row in sentences if row[2] == "body"]
    words = sum(row[9] for row in body)
    language = (
        language_of(" ".join(text.text[s:e] for s, e, part in text.paragraphs if part == "body"))
        if words >= MIN_WORDS_LANGUAGE
        else ""
    )
    if language not in ("", "en"):
        message = f"the language looks like {language}: measures are for English and are not given"
        warn.append(("language", 1, message))
    # An article that was recognised is of a known kind, and what is to be said of it is among its warnings.
    is_known = "kind" in about and text is article.cleaned
    kind, n_signs, message = ("", 0, "") if is_known else kind_of(raw, text, article.item.fields)
    if message and kind not in (seen for seen, _, _ in warn):
        warn.append((kind, n_signs, message))
    headline, deck = text.headline or about["headline"], text.deck or about.get("deck", "")
    tables["documents"].append(
        dict.fromkeys(DOCUMENTS.names, "")
        | {name: about[name] for name in (*DOCUMENTS.names, *further) if name in about}
        | {
            "outlet_evidence": about.get("outlet_evidence")
            or ("manifest" if about["outlet"] != UNKNOWN else ""),
            "headline": headline,
            "deck": deck,
            "headline_written_by": by["headline"] if headline else "",
            "deck_written_by": by["deck"] if deck else "",
            "byline": about["byline"] or text.byline,
            "dateline": about["dateline"] or text.dateline,
            "kind": about.get("kind") or kind,
            "language": language,
            "n_words": words,
            "n_sentences": len(body),
            "n_paragraphs": sum(part == "body" for _, _, part in text.paragraphs),
            "n_lines_dropped": sum(not kept for *_, kept, _ in text.rows),
            "sha256": article.item.sha256,
            "text": text.text,
        }
    )
    tables["lines"] += [(doc_id, *row) for row in text.rows]
    tables["quoted_spans"] += [(doc_id, *span) for span in spans]
    tables["sentences"] += sentences
    tables["warnings"] += [(doc_id, file, pd.NA, kind, n, message) for kind, n, message in warn]
    tables["applied"] += applied


def _corrected_spans(
    doc_id: str, text: str, paragraphs: list[tuple[int, int]], spans: list[tuple], corrections: pd.DataFrame
) -> tuple[list[tuple], list[int]]:
    """The quoted spans of a document as a person corrected them, and the index of the corrections that found theirs."""
    own = corrections[(corrections["table"] == "quoted_spans") & (corrections["doc_id"] == doc_id)]
    if own.empty:
        return spans, []
    frame = pd.DataFrame(spans, columns=SPAN_COLUMNS).assign(doc_id=doc_id)
    frame, found = corrected(frame, "quoted_spans", own)
    frame = described(text, paragraphs, frame)
    there = set(frame["start"])  # one that overlaps another was left out
    is_there = [n for n in found if own.at[n, "action"] != "add" or own.at[n, "start"] in there]
    return list(frame[SPAN_COLUMNS].itertuples(index=False, name=None)), is_there


def _sentences(doc_id: str, cleaned: Cleaned, quoted: Edges, headline_by: str) -> list[tuple]:
    places = [
        (paragraph, part, start + first, start + last)
        for paragraph, (start, end, part) in enumerate(cleaned.paragraphs)
        for first, last in sentence_spans(cleaned.text[start:end])
    ]
    voices = counts_by_voice(cleaned.text, [(start, end) for _, _, start, end in places], quoted)
    sizes = Counter(part for _, part, _, _ in places)
    seen = dict.fromkeys(("headline", "body"), 0)
    rows = []
    for sentence_id, ((paragraph, part, start, end), (n, n_quoted, voice)) in enumerate(
        zip(places, voices, strict=True)
    ):
        position = seen[part] / max(1, sizes[part] - 1)
        seen[part] += 1
        written_by = headline_by if part == "headline" else "outlet"
        rows.append(
            (doc_id, sentence_id, part, written_by, paragraph, start, end, position, voice, n, n_quoted)
        )
    return rows
