"""Checking: the state of a story that is valid, and what a person should know of it."""

from __future__ import annotations

from hashlib import sha256

import pandas as pd

from analysis import coding_quality, storage
from analysis.corpus.formats.item import Refused
from analysis.corpus.manifest import COLUMNS, FURTHER
from analysis.corpus.outlets import load_outlets
from analysis.corpus.reading import listed
from analysis.entries import about_entries
from analysis.evidence.cues_of_facts import asks_for_mentions
from analysis.facts_yml import read_coded
from analysis.nearest import nearest
from analysis.outline import Outline, corrections_of

MISSPELT = 0.8  # likeness of two names, one of which may be a slip; people's own columns are seldom so near
SHOWN = 20  # ids in a message
FAR = 366  # days between a copy and its story from which on one of the two dates looks wrong


def state(story: Outline) -> dict:
    """What a story holds, and what of its measures is there and stale."""
    is_measured = storage.is_measured(story.folder)
    return {
        "story": story.name,
        "title": story.about.title,
        "documents": len(story.manifest),
        "outlets": list(story.outlets.values()),
        "texts": "here" if story.has_texts else "not here",
        "measured": is_measured,
        "has_sources": is_measured and storage.recorded(story.folder).get("has_sources", True),
        "stale": list(storage.changes(story.folder)) if is_measured else [],
    }


def to_know(story: Outline) -> list[str]:
    """What a person should know of a valid story. Raises `BadCorrections`, `BadDictionary`, `BadFacts`, `BadOutlets`, `BadSheet`."""
    folder, manifest, notes = story.folder, story.manifest, []
    load_outlets(storage.own_outlets())
    corrections_of(folder, manifest, story.about)
    read_coded(folder / "coded_facts.csv", story.facts, manifest["doc_id"])
    if story.codes is not None:
        coding_quality.of_story(folder)
    notes += _of_files(story) if not story.is_archive else []
    notes += ["story.yml: the day of the event is not known: date"] * (not story.about.date)
    notes += _of_versions(story) + about_entries(story)
    if not storage.is_measured(folder):
        notes.append("not measured yet")
    else:
        notes += [f"measures are stale: {what} changed since" for what in storage.changes(folder)]
        if "corrections.csv" not in storage.changes(folder):  # else these are those of another file
            unmatched = storage.read_table(folder, "corrections").query("not is_applied")
            notes += [
                f"corrections.csv: no row of {row.table} at {row.doc_id}, {row.start} to {row.end}: left unused"
                for row in unmatched.itertuples()
            ]
        notes += _without_sources(story) + _related(story) + _nowhere(story)
        rows = storage.read_table(folder, "estimates", where=[("measure", "==", "words_per_sentence")])
        rows = rows[rows["value"].isna()]
        notes += [f"{row.doc_id}: no figures: {row.reason}" for row in rows.head(SHOWN).itertuples()]
        notes += [f"{len(rows) - SHOWN:,} more documents without figures"] * (len(rows) > SHOWN)
        if n := len(storage.read_table(folder, "rejected")) if story.is_archive else 0:
            notes.append(f"{n:,} rows of the exports were not taken: table rejected says why")
    return notes


def _of_files(story: Outline) -> list[str]:
    """What a person should know of a manifest and the files it lists."""
    manifest, notes = story.manifest, []
    articles = story.folder / "articles"
    missing = [file for file in manifest["file"] if not (articles / file).is_file()]
    if len(missing) == len(manifest):
        notes.append("no text is here: reports show measures without passages")
    else:
        notes += [f"documents.csv: articles/{file} is not here" for file in missing]
    if unknown := manifest.loc[manifest["filing_order"].isna(), "doc_id"].to_list():
        notes.append(f"documents.csv: filing order unknown: {_some(unknown)}")
    counted = manifest[manifest["is_counted"]]
    if 0 < len(alone := counted.loc[counted["episode"] == "", "doc_id"].to_list()) < len(counted):
        notes.append(f"documents.csv: of no episode, so compared with no other copy: {_some(alone)}")
    notes += _unread(story, missing) + _further(manifest) + _hand_edited(story)
    seen: dict[str, str] = {}
    for row in manifest[~manifest["file"].isin(missing)].itertuples():
        digest = sha256((articles / row.file).read_bytes()).hexdigest()
        if row.is_counted and seen.setdefault(digest, row.doc_id) != row.doc_id:
            notes.append(
                f"documents.csv: {row.doc_id} has the same text as {seen[digest]}; a reprint has is_counted false"
            )
        if row.sha256 and digest != row.sha256:
            notes.append(
                f"documents.csv: {row.doc_id}: articles/{row.file} is not the file that was added: if you mended it, delete what stands in sha256"
            )
    notes += _against_the_clock(manifest)
    listed = set(manifest["file"])
    for path in sorted(articles.rglob("*")) if articles.is_dir() else []:
        file = path.relative_to(articles).as_posix()
        if path.is_file() and file not in listed and not path.name.startswith((".", "README")):
            notes.append(f"articles/{file} stands in no row of documents.csv and is not read")
    return notes


def _of_versions(story: Outline) -> list[str]:
    """Versions that story.yml names and that cannot be used."""
    manifest, notes = story.manifest, []
    counted = manifest[manifest["is_counted"]]
    known = set(zip(counted["outlet"], counted["episode"], counted["doc_id"], strict=True))
    for version in story.about.versions:
        if (version.outlet, version.episode, version.use) not in known:
            place = f"a counted copy of outlet {version.outlet!r} in episode {version.episode!r}"
            notes.append(
                f"story.yml: versions: {version.use!r} is not, in documents.csv, {place}: left unused"
            )
    return notes


def _some(ids: list[str]) -> str:
    """Ids for a message, of many the first."""
    return ", ".join(ids[:SHOWN]) + (f" and {len(ids) - SHOWN:,} more" if len(ids) > SHOWN else "")


def _unread(story: Outline, missing: list[str]) -> list[str]:
    """Files of the manifest that are here and cannot be read, with the reason."""
    here = story.manifest[~story.manifest["file"].isin(missing)]
    found = listed(story.folder / "articles", here)
    return [f"documents.csv: articles/{one.file}: {one.reason}" for one in found if isinstance(one, Refused)]


def _further(manifest: pd.DataFrame) -> list[str]:
    """Columns that people added and that look like a misspelt one; they are kept, and nothing else is read from them."""
    known = [*COLUMNS, *FURTHER]
    columns = [name for name in manifest.columns if name not in known]
    near = {name: nearest(name, known, most=1, likeness=MISSPELT) for name in columns}
    return [
        f"documents.csv: column {name!r} is kept as it is; did you mean {found[0]}?"
        for name, found in near.items()
        if found
    ]


def _hand_edited(story: Outline) -> list[str]:
    """What is allowed in a manifest and is seldom meant, each with how to mend it."""
    notes, manifest = [], story.manifest
    day = pd.to_datetime(story.about.date, errors="coerce")
    ids, episodes = [one.id for one in story.about.outlets], [one.id for one in story.about.episodes]
    for row in manifest.itertuples():
        place = f"documents.csv: {row.doc_id}:"
        if not row.is_counted and not row.not_counted_because:
            notes.append(f"{place} is not counted and does not say why: fill not_counted_because")
        if episodes and row.episode not in episodes:
            notes.append(
                f"{place} episode {row.episode!r} is not in story.yml; there are: {', '.join(episodes)}"
            )
        if row.via not in ("", "unknown") and row.via.casefold() in (
            row.outlet,
            story.about.outlet_name(row.outlet).casefold(),
        ):
            notes.append(f"{place} via is the outlet itself: leave it empty")
        at = pd.to_datetime(row.published_at[:10], errors="coerce") if row.published_at else pd.NaT
        if abs((at - day).days if pd.notna(at) and pd.notna(day) else 0) > FAR:
            notes.append(
                f"{place} published_at is {row.published_at}, the story's date {story.about.date}: is one wrong?"
            )
        if row.published_at and (was := getattr(row, "updated_at", "")) and _is_before(was, row.published_at):
            notes.append(f"{place} updated_at {was} is before published_at {row.published_at}: is one wrong?")
        if row.published_at and row.published_precision == "none":
            notes.append(
                f"{place} published_precision is none beside {row.published_at}: day, minute, or empty?"
            )
    for url, own in manifest[manifest["url"] != ""].groupby("url", sort=False):
        if len(own) > 1:
            notes.append(
                f"documents.csv: {', '.join(own['doc_id'])} have one address, {url}: is it right of each?"
            )
    if idle := [id for id in ids if id not in set(manifest["outlet"])]:
        notes.append(f"story.yml: outlets without a document: {', '.join(idle)}")
    if open_ := manifest.loc[manifest["outlet"] == "unknown", "doc_id"].to_list():
        notes.append(
            f"documents.csv: outlet unknown: {', '.join(open_)}: fill it where you know who wrote it"
        )
    counted = manifest[manifest["is_counted"] & (manifest["outlet"] != "unknown")]
    for (outlet, episode), own in counted.groupby(["outlet", "episode"], sort=False):
        again = own[own.duplicated("version", keep=False)]
        if len(again):
            where = f" of episode {episode}" if episode else ""
            notes.append(
                f"documents.csv: {', '.join(again['doc_id'])} are several copies of {outlet}{where}: "
                "name their version (early, late …), their episode, or set is_counted to false"
            )
    return notes


def _is_before(one: str, other: str) -> bool:
    """Whether a time is before another, as far as both are precise."""
    if 10 in (len(one), len(other)):
        return one[:10] < other[:10]
    first, second = (pd.to_datetime(text, utc=True, format="ISO8601") for text in (one, other))
    return bool(first < second)


def _nowhere(story: Outline) -> list[str]:
    """Facts that were looked for and are found in no copy."""
    coverage = storage.read_table(story.folder, "coverage")
    found = set(coverage.loc[coverage["is_found"], "fact_id"])
    asked = set(coverage["fact_id"])
    return [
        f"facts.yml: {fact.id} is found in no copy: do its cues hold the words of one?"
        for fact in story.facts
        if fact.id in asked - found
    ]


def _without_sources(story: Outline) -> list[str]:
    """What a story that was measured without the parser does not say."""
    if storage.recorded(story.folder).get("has_sources", True):
        return []
    unasked = [fact.id for fact in story.facts if asks_for_mentions(fact.model_dump(by_alias=True))]
    notes = [
        "measured without sources: no quotation, mention or measure of sourcing; and nobody knows who says a fact"
    ]
    return notes + [f"facts.yml: not looked for without sources: {', '.join(unasked)}"] * bool(unasked)


def _related(story: Outline) -> list[str]:
    """Copies of one text that are both counted."""
    counted = set(story.manifest.loc[story.manifest["is_counted"], "doc_id"])
    pairs = storage.read_table(story.folder, "overlap").query("relation in ('copy', 'reprint')")
    return [
        f"documents.csv: {row.doc_id_a} and {row.doc_id_b} look like one text ({row.relation}): set is_counted of one to false"
        for row in pairs.itertuples()
        if {row.doc_id_a, row.doc_id_b} <= counted
    ]


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
