"""The command `parallax`: progress on stderr, results on stdout.

Exit codes: 0 all done, 1 some unit failed and the rest was completed, 2 wrong use and nothing written, 130 interrupted.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer
import typer.core

from analysis.arguments import WRONG, chosen_outlets, one_of, outline, say, wanted_stories, wrong

FAILED, INTERRUPTED = 1, 130


class _Interruptible(typer.core.TyperGroup):
    """Commands that an interrupt ends with its own exit code, whatever the version of typer makes of it."""

    def invoke(self, context: typer.Context) -> object:
        try:
            return super().invoke(context)
        except KeyboardInterrupt:
            say("parallax: interrupted; what was complete is kept")
            raise typer.Exit(INTERRUPTED) from None


app = typer.Typer(
    cls=_Interruptible,
    help="Parallax: how copies of the same story differ, with evidence and uncertainty.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Data = Annotated[
    Path | None, typer.Option("--data", help="The folder of stories (PARALLAX_DATA).", file_okay=False)
]
Reports = Annotated[
    Path | None,
    typer.Option("--reports", help="The folder reports are written to (PARALLAX_REPORTS).", file_okay=False),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for a machine to read.")]
Stories = Annotated[
    list[str] | None,
    typer.Argument(help="Stories: folders of the data folder; all of them if none is named."),
]


@app.command("list")
def list_stories(data: Data = None, as_json: Json = False) -> None:
    """List the stories, their documents and outlets, what is measured and what is stale."""
    _folders(data)
    from analysis import storage
    from analysis.corpus.manifest import read_manifest
    from analysis.story import story_names
    from analysis.story_yml import read_story_yml

    rows = []
    for name in story_names():
        folder = storage.data_folder() / name
        about = read_story_yml(folder / "story.yml")
        manifest = read_manifest(folder / "documents.csv", outlets=[outlet.id for outlet in about.outlets])
        changed = storage.changes(folder) if storage.is_measured(folder) else ()
        rows.append(
            {
                "story": name,
                "title": about.title,
                "documents": len(manifest),
                "outlets": [about.outlet_name(outlet) for outlet in dict.fromkeys(manifest["outlet"])],
                "texts": "here" if storage.has_texts(folder, manifest) else "not here",
                "measured": storage.is_measured(folder),
                "stale": list(changed),
            }
        )
    if as_json:
        _print_json(rows)
        return
    for row in rows:
        state = (
            "not measured"
            if not row["measured"]
            else f"stale: {', '.join(row['stale'])} changed"
            if row["stale"]
            else "measured"
        )
        print(
            f"{row['story']}\n  {row['title']}\n  {row['documents']} documents: {', '.join(row['outlets'])}\n  texts {row['texts']}, {state}"
        )


@app.command()
def check(stories: Stories = None, data: Data = None, as_json: Json = False) -> None:
    """Validate manifest, story.yml and dictionaries; say what is missing or out of date."""
    _folders(data)
    from analysis import storage
    from analysis.corpus.manifest import read_manifest
    from analysis.evidence.dictionaries import bundled, from_themes
    from analysis.evidence.namings import from_contested
    from analysis.story import story_folder
    from analysis.story_yml import read_story_yml

    found = []
    for name in wanted_stories(stories):
        folder = story_folder(name)
        about = read_story_yml(folder / "story.yml")
        manifest = read_manifest(folder / "documents.csv", outlets=[outlet.id for outlet in about.outlets])
        described = about.model_dump(by_alias=True)
        from_themes(described["themes"])
        from_contested(described["contested"])
        found += [{"story": name, "note": note} for note in _notes(folder, manifest, about)]
    bundled(storage.own_dictionaries())
    bundled(storage.own_dictionaries(), use="names")
    if as_json:
        _print_json(found)
        return
    for row in found:
        print(f"{row['story']}: {row['note']}")
    print("Nothing is wrong." if not found else f"Nothing is wrong; {len(found)} things to know.")


def _notes(folder: Path, manifest, about) -> list[str]:
    """What a person should know of a valid story."""
    from hashlib import sha256

    from analysis import storage

    notes = []
    documents = set(manifest["doc_id"])
    for version in about.versions:
        if version.use not in documents:
            notes.append(f"story.yml: versions: {version.use!r} is no doc_id of documents.csv")
    for row in manifest.itertuples():
        path = folder / "articles" / row.file
        if not path.is_file():
            notes.append(f"documents.csv: {row.doc_id}: articles/{row.file} is not here")
        elif row.sha256 and sha256(path.read_bytes()).hexdigest() != row.sha256:
            notes.append(f"documents.csv: {row.doc_id}: articles/{row.file} has another SHA-256")
        if row.filing_order is None or str(row.filing_order) == "<NA>":
            notes.append(f"documents.csv: {row.doc_id}: filing order unknown")
    listed = set(manifest["file"])
    articles = folder / "articles"
    for path in sorted(articles.rglob("*")) if articles.is_dir() else []:
        file = path.relative_to(articles).as_posix()
        if path.is_file() and file not in listed and not path.name.startswith((".", "README")):
            notes.append(f"articles/{file} stands in no row of documents.csv and is not read")
    if not storage.is_measured(folder):
        notes.append("not measured yet")
    else:
        notes += [f"measures are stale: {what} changed since" for what in storage.changes(folder)]
    return notes


@app.command()
def measure(stories: Stories = None, data: Data = None) -> None:
    """Measure stories from their texts: articles -> tables in `measures/`."""
    _folders(data)
    from analysis.story import measure_story

    n_rejected = 0
    for name in wanted_stories(stories):
        if not stories and not outline(name).has_texts:
            say(f"{name}: its texts are not here; left as it is")
            continue
        say(f"measuring {name} …")
        story = measure_story(name)
        n_rejected += _say_rejected(story)
        print(
            f"{name}: {len(story.documents)} documents, {story.documents['n_words'].sum():,} words, {len(story.estimates):,} estimates"
        )
    if n_rejected:
        raise typer.Exit(FAILED)


@app.command()
def report(
    stories: Stories = None,
    outlet: Annotated[
        list[str] | None,
        typer.Option(help="Only this outlet's reports, and only its copies in `comparison`; repeatable."),
    ] = None,
    notebook: Annotated[list[str] | None, typer.Option(help="Only this notebook; repeatable.")] = None,
    voice: Annotated[
        str, typer.Option(help="Which words `comparison` counts indicator words in: all, outside, quoted.")
    ] = "all",
    jobs: Annotated[int, typer.Option(min=1, help="Notebooks run at the same time.")] = os.cpu_count() or 1,
    force: Annotated[bool, typer.Option("--force", help="Make reports again that are up to date.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say which reports would be considered, and write nothing.")
    ] = False,
    data: Data = None,
    reports: Reports = None,
    as_json: Json = False,
) -> None:
    """Run the notebooks with papermill and write the HTML reports that are stale."""
    _folders(data, reports)
    from analysis.publishing import reports as publishing
    from analysis.story import load_story

    names = wanted_stories(stories)
    one_of(voice, ["all", "outside", "quoted"], "voice")
    for name in notebook or []:
        one_of(name, [*publishing.WHOLE, *publishing.PER_OUTLET], "notebook")
    chosen = chosen_outlets(names, outlet or [])
    names = [name for name in names if not outlet or chosen[name]]
    if dry_run:
        for name in names:
            for one in publishing.planned(
                outline(name), outlets=chosen[name], notebooks=notebook or (), voice=voice
            ):
                print(publishing.reports_folder() / one.path)
        return
    loaded, n_rejected = [], 0
    for name in names:
        say(f"loading {name} …")
        loaded.append(load_story(name))
        n_rejected += _say_rejected(loaded[-1])
    wanted = [
        one
        for story in loaded
        for one in publishing.planned(
            story, outlets=chosen[story.name], notebooks=notebook or (), voice=voice
        )
    ]

    def progress(outcome, n_done: int, n_all: int) -> None:
        state = "done" if outcome.is_complete else f"FAILED: {outcome.error.splitlines()[0]}"
        say(f"[{n_done}/{n_all}] {outcome.report.path} {state}")

    made = publishing.make(loaded, wanted, jobs=jobs, force=force, on_progress=progress)
    folder = publishing.reports_folder()
    if as_json:
        _print_json(
            {
                "made": [str(folder / one.report.path) for one in made.outcomes if one.is_complete],
                "up_to_date": [str(folder / one.path) for one in made.fresh],
                "failed": [
                    {"report": one.report.path, "error": one.error, "notebook": str(one.kept or "")}
                    for one in made.failed
                ],
            }
        )
    else:
        print(
            f"{len(made.outcomes) - len(made.failed)} reports made, {len(made.fresh)} up to date, {len(made.failed)} failed: {folder / 'index.html'}"
        )
        for one in made.failed:
            print(f"failed: {one.report.path}" + (f" (executed notebook: {one.kept})" if one.kept else ""))
    if made.failed or n_rejected:
        raise typer.Exit(FAILED)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(context: typer.Context, data: Data = None) -> None:
    """Open JupyterLab on the notebooks; further options go to JupyterLab."""
    _folders(data)
    from analysis.storage import ROOT

    quiet = ["--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    command = [sys.executable, "-m", "jupyter", "lab", *quiet, *context.args]
    if os.name == "posix":  # JupyterLab takes this process over, so that what stops one stops the other
        os.chdir(ROOT / "notebooks")
        os.execv(sys.executable, command)
    raise typer.Exit(subprocess.call(command, cwd=ROOT / "notebooks"))


def _folders(data: Path | None, reports: Path | None = None) -> None:
    """Pass --data and --reports on to everything that runs, kernels included."""
    if data is not None:
        if not data.is_dir():
            wrong(f"--data {data}: no such folder")
        os.environ["PARALLAX_DATA"] = str(data.resolve())
    if reports is not None:
        os.environ["PARALLAX_REPORTS"] = str(reports.resolve())


def _say_rejected(story) -> int:
    """Name the files of a story that were not taken; return their number."""
    for row in story.rejected.itertuples():
        say(f"  rejected {row.file}: {row.reason}")
    return len(story.rejected)


def _print_json(value: object) -> None:
    print(json.dumps(value, indent=1, ensure_ascii=False))


def main() -> None:
    """The entry point: what a person did wrong is one line and exit 2, never a traceback."""
    from analysis.corpus.manifest import BadManifest
    from analysis.evidence.dictionaries import BadDictionary
    from analysis.publishing.parameters import BadParameter
    from analysis.story import UnknownStory
    from analysis.story_yml import BadStory

    try:
        app()
    except (BadManifest, BadDictionary, BadParameter, BadStory, UnknownStory) as problem:
        say(f"parallax: {problem}")
        raise SystemExit(WRONG) from None
    except KeyboardInterrupt:
        say("parallax: interrupted; what was complete is kept")
        raise SystemExit(INTERRUPTED) from None
