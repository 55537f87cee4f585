"""Checking: what a person should know of a story that is valid."""

from __future__ import annotations

from hashlib import sha256

from analysis import storage
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
    for row in manifest[manifest["sha256"].ne("") & ~manifest["file"].isin(missing)].itertuples():
        if sha256((articles / row.file).read_bytes()).hexdigest() != row.sha256:
            notes.append(f"documents.csv: {row.doc_id}: articles/{row.file} has another SHA-256")
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
    listed = set(manifest["file"])
    for path in sorted(articles.rglob("*")) if articles.is_dir() else []:
        file = path.relative_to(articles).as_posix()
        if path.is_file() and file not in listed and not path.name.startswith((".", "README")):
            notes.append(f"articles/{file} stands in no row of documents.csv and is not read")
    if not storage.is_measured(folder):
        notes.append("not measured yet")
    else:
        notes += [f"measures are stale: {what} changed since" for what in storage.changes(folder)]
    return notes
