"""Checking: what a person should know of a story that is valid."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pandas as pd

from analysis import storage
from analysis.corpus.reading import PLAIN
from analysis.story import Outline


def to_know(story: Outline) -> list[str]:
    """What a person should know of a valid story."""
    folder, manifest, notes = story.folder, story.manifest, []
    articles = folder / "articles"
    missing = [file for file in manifest["file"] if not (articles / file).is_file()]
    if len(missing) == len(manifest):
        notes.append("no text is here: reports show measures without passages")
    else:
        notes += [f"documents.csv: articles/{file} is not here" for file in missing]
    if unknown := manifest.loc[manifest["filing_order"].isna(), "doc_id"].to_list():
        notes.append(f"documents.csv: filing order unknown: {', '.join(unknown)}")
    counted = manifest[manifest["is_counted"]]
    known = set(zip(counted["outlet"], counted["episode"], counted["doc_id"], strict=True))
    for version in story.about.versions:
        if (version.outlet, version.episode, version.use) not in known:
            place = f"a counted copy of outlet {version.outlet!r} in episode {version.episode!r}"
            notes.append(
                f"story.yml: versions: {version.use!r} is not, in documents.csv, {place}: left unused"
            )
    for file in manifest["file"]:
        if Path(file).suffix.lower() not in PLAIN and file not in missing:
            notes.append(f"documents.csv: articles/{file}: only plain text is read so far")
    seen: dict[str, str] = {}
    for row in manifest[~manifest["file"].isin(missing)].itertuples():
        digest = sha256((articles / row.file).read_bytes()).hexdigest()
        if digest in seen and row.is_counted:
            notes.append(
                f"documents.csv: {row.doc_id} has the same text as {seen[digest]}; a reprint has is_counted false"
            )
        seen.setdefault(digest, row.doc_id)
        if row.sha256 and digest != row.sha256:
            notes.append(f"documents.csv: {row.doc_id}: articles/{row.file} has another SHA-256")
    notes += _against_the_clock(manifest)
    listed = set(manifest["file"])
    for path in sorted(articles.rglob("*")) if articles.is_dir() else []:
        file = path.relative_to(articles).as_posix()
        if path.is_file() and file not in listed and not path.name.startswith((".", "README")):
            notes.append(f"articles/{file} stands in no row of documents.csv and is not read")
    if not storage.is_measured(folder):
        notes.append("not measured yet")
    else:
        notes += [f"measures are stale: {what} changed since" for what in storage.changes(folder)]
        rows = storage.read_table(folder, "estimates").query(
            "measure == 'words_per_sentence' and value.isna()"
        )
        notes += [f"{row.doc_id}: no figures: {row.reason}" for row in rows.itertuples()]
    return notes


def _against_the_clock(manifest: pd.DataFrame) -> list[str]:
    """Copies of an episode whose filing order is not that of their times."""
    known = manifest[manifest["filing_order"].notna() & (manifest["published_precision"] == "minute")]
    time = pd.to_datetime(known["published_at"], utc=True, errors="coerce", format="ISO8601")
    notes = []
    for episode, part in known.assign(time=time).sort_values("filing_order").groupby("episode"):
        if not part["time"].dropna().is_monotonic_increasing:
            where = f" of episode {episode}" if episode else ""
            notes.append(f"documents.csv: filing_order{where} is not the order of published_at")
    return notes
