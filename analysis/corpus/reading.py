"""Reading: files of articles -> Corpus. Nothing is lost silently.

A file that cannot be read costs only itself: it goes to `rejected` with its reason.
What was repaired, or should be known, goes to `warnings`; every line to `lines`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pandas as pd

from analysis.corpus.cleaning import Cleaned, clean
from analysis.corpus.decoding import NotText, decode
from analysis.corpus.quoted_spans import quoted_spans, unbalanced_marks, voice_counts
from analysis.corpus.segmentation import sentence_spans
from analysis.tables import DOCUMENTS, LINES, QUOTED_SPANS, REJECTED, SENTENCES, WARNINGS

MIN_WORDS_LANGUAGE = 20  # below, the language cannot be told
PLAIN = ("", ".txt", ".text")  # how the name of a file of plain text may end
MIN_ENTRIES = 5  # lines with nothing but a clock time from which on a page is a live blog
ENTRY = re.compile(
    r"^[^\S\n]*\d{1,2}[:.]\d{2}[^\S\n]?(?:[ap]\.?m\.?)?[^\S\n]*(?:[a-z]{2,4})?[^\S\n]*$",
    re.MULTILINE | re.IGNORECASE,
)


@dataclass(frozen=True)
class Corpus:
    """What was read: one frame a table; `documents` also holds the cleaned `text` while in memory."""

    documents: pd.DataFrame
    lines: pd.DataFrame
    sentences: pd.DataFrame
    quoted_spans: pd.DataFrame
    warnings: pd.DataFrame
    rejected: pd.DataFrame

    @property
    def texts(self) -> dict[str, str]:
        """The cleaned text of each doc_id."""
        return dict(zip(self.documents["doc_id"], self.documents["text"], strict=True))


def read(paths: str | Path | Iterable[str | Path], *, manifest: pd.DataFrame | None = None) -> Corpus:
    """Read plain-text articles from files and folders.

    With a `manifest` (see `manifest.read_manifest`) `paths` is the folder of its files, one document a row
    of it, and its further columns are kept; without, each file is a document named after it, of outlet
    `unknown`. Raises FileNotFoundError for a path that is not there; what is wrong inside a file is
    reported in `rejected`.
    """
    if manifest is not None:
        folder = Path(paths)
        known = [(folder / row["file"], row) for row in manifest.to_dict("records")]
    else:
        known = [(file, _unknown(file)) for file in _files(paths)]
    tables: dict[str, list] = {
        name: [] for name in ("documents", "lines", "sentences", "quoted_spans", "warnings", "rejected")
    }
    seen: set[str] = set()
    for file, about in known:
        try:
            if about["doc_id"] in seen:
                raise NotText(
                    f"a document named {about['doc_id']!r} was read already; every document has its own name"
                )
            if not file.is_file():
                raise NotText("the file is not there")
            if file.suffix.lower() not in PLAIN:
                raise NotText(
                    f"only plain text is read so far: {', '.join(filter(None, PLAIN))}, or no ending"
                )
            seen.add(about["doc_id"])
            _read_document(file.read_bytes(), about, tables)
        except NotText as problem:
            tables["rejected"].append((str(about["file"]), pd.NA, "file", str(problem)))
    documents = DOCUMENTS.frame(pd.DataFrame(tables["documents"], columns=[*DOCUMENTS.names, "text"]))
    if manifest is not None:
        further = [column for column in manifest.columns if column not in (*DOCUMENTS.names, "text")]
        documents = documents.join(manifest.set_index("doc_id")[further], on="doc_id")
    return Corpus(
        documents.assign(
            text=pd.Series([row["text"] for row in tables["documents"]], dtype="str", index=documents.index)
        ),
        LINES.frame(_joined(tables["lines"], LINES.names)),
        SENTENCES.frame(tables["sentences"]),
        QUOTED_SPANS.frame(_joined(tables["quoted_spans"], QUOTED_SPANS.names)),
        WARNINGS.frame(tables["warnings"]),
        REJECTED.frame(tables["rejected"]),
    )


def _files(paths: str | Path | Iterable[str | Path]) -> list[Path]:
    files: list[Path] = []
    for path in [paths] if isinstance(paths, (str, Path)) else paths:
        path = Path(path)
        if not path.exists():
            raise FileNotFoundError(f"{path}: no such file or folder")
        found = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        files += [p for p in found if not p.name.startswith((".", "README"))]
    return files


def _unknown(file: Path) -> dict:
    return dict.fromkeys(DOCUMENTS.names, "") | {
        "doc_id": file.stem,
        "outlet": "unknown",
        "outlet_evidence": "nothing says so",
        "file": str(file),
        "published_precision": "none",
        "filing_order": pd.NA,
        "is_counted": True,
    }


def _read_document(data: bytes, about: dict, tables: dict[str, list]) -> None:
    decoded = decode(data)
    cleaned = clean(decoded.text)
    doc_id, file = about["doc_id"], about["file"]
    digest = sha256(data).hexdigest()
    warn = [(kind, n, message) for kind, n, message in decoded.repairs]
    if about.get("sha256") and about["sha256"] != digest:
        warn.append(("changed", 1, "the file is not the one the manifest names: its SHA-256 differs"))
    paragraphs = [(start, end) for start, end, _ in cleaned.paragraphs]
    spans = quoted_spans(cleaned.text, paragraphs)
    if marks := unbalanced_marks(cleaned.text, paragraphs):
        places = ", ".join(str(paragraph) for paragraph in dict.fromkeys(paragraph for paragraph, _ in marks))
        warn.append(("quotes", len(marks), f"quotation marks without a partner, in paragraph {places}"))
    by = {part: about.get(f"{part}_written_by") or "unknown" for part in ("headline", "deck")}
    sentences = _sentences(doc_id, cleaned, spans, by["headline"])
    body = [row for row in sentences if row[2] == "body"]
    words = sum(row[9] for row in body)
    language = (
        _language(" ".join(cleaned.text[s:e] for s, e, part in cleaned.paragraphs if part == "body"))
        if words >= MIN_WORDS_LANGUAGE
        else ""
    )
    if language not in ("", "en"):
        warn.append(
            ("language", 1, f"the language looks like {language}: measures are for English and are not given")
        )
    n_entries = len(ENTRY.findall(decoded.text))
    if n_entries >= MIN_ENTRIES:
        message = (
            f"{n_entries} lines hold a clock time alone: it looks like a live blog, several texts in one"
        )
        warn.append(("liveblog", n_entries, message))
    headline, deck = cleaned.headline, cleaned.deck
    tables["documents"].append(
        dict.fromkeys(DOCUMENTS.names, "")
        | {name: about[name] for name in DOCUMENTS.names if name in about}
        | {
            "outlet_evidence": about.get("outlet_evidence") or "manifest",
            "headline": headline or about["headline"],
            "deck": deck,
            "headline_written_by": by["headline"] if headline or about["headline"] else "",
            "deck_written_by": by["deck"] if deck else "",
            "byline": about["byline"] or cleaned.byline,
            "dateline": about["dateline"] or cleaned.dateline,
            "kind": "liveblog" if n_entries >= MIN_ENTRIES else "article",
            "language": language,
            "n_words": words,
            "n_sentences": len(body),
            "n_paragraphs": sum(part == "body" for _, _, part in cleaned.paragraphs),
            "n_lines_dropped": int((~cleaned.lines["kept"]).sum()),
            "sha256": digest,
            "text": cleaned.text,
        }
    )
    tables["lines"].append(cleaned.lines.assign(doc_id=doc_id))
    tables["quoted_spans"].append(spans.assign(doc_id=doc_id))
    tables["sentences"] += sentences
    tables["warnings"] += [(doc_id, file, pd.NA, kind, n, message) for kind, n, message in warn]


def _sentences(doc_id: str, cleaned: Cleaned, spans: pd.DataFrame, headline_by: str) -> list[tuple]:
    places = [
        (paragraph, part, start + first, start + last)
        for paragraph, (start, end, part) in enumerate(cleaned.paragraphs)
        for first, last in sentence_spans(cleaned.text[start:end])
    ]
    voices = voice_counts(cleaned.text, [(start, end) for _, _, start, end in places], spans)
    sizes = pd.Series([part for _, part, _, _ in places], dtype="str").value_counts()
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


def _language(text: str) -> str:
    """The language of `text`, ISO 639-1 (py3langid)."""
    import py3langid  # its model takes half a second to load; a story read back from tables never needs it

    return py3langid.classify(text[:20_000])[0]


def _joined(frames: list[pd.DataFrame], names: list[str]) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True)[names] if frames else pd.DataFrame(columns=names)
