"""The command `parallax`: progress on stderr, results on stdout.

Exit codes: 0 all done, 1 some unit failed and the rest was completed, 2 wrong use and nothing written, 130 interrupted.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.arguments import (
    INTERRUPTED,
    WRONG,
    Data,
    Dictionaries,
    Interruptible,
    Json,
    Reports,
    Stories,
    chosen_outlets,
    columns_of,
    each,
    one_of,
    print_json,
    problems,
    say,
    tell,
    use_folders,
    wanted_stories,
    wrong,
)

if TYPE_CHECKING:
    from analysis.story import Story

FAILED = 1
STEP = 200  # articles from one word of progress to the next
WIDTH = 160  # characters of a table where there is no terminal


app = typer.Typer(
    cls=Interruptible,
    help="Parallax: how copies of the same story differ, with evidence and uncertainty.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.command("list")
def list_stories(data: Data = None, as_json: Json = False) -> None:
    """List the stories, their documents and outlets, what is measured and what is stale."""
    use_folders(data)
    from analysis.checking import state
    from analysis.story import outline, story_names

    names = story_names()
    rows = [state(story) for story in each(names, outline)]
    if as_json:
        print_json(rows)
    for row in rows if not as_json else ():
        stale = f"stale: {', '.join(row['stale'])} changed" if row["stale"] else "measured"
        print(
            f"{row['story']}\n  {row['title']}\n  {row['documents']} documents: {', '.join(row['outlets'])}"
        )
        print(f"  texts {row['texts']}, {stale if row['measured'] else 'not measured'}")
    if len(rows) < len(names):
        raise typer.Exit(FAILED)


@app.command()
def add(
    story: Annotated[
        str, typer.Argument(help="The story: a folder of the data folder, begun where it is not there.")
    ],
    paths: Annotated[list[str], typer.Argument(help="Files, folders and archives of articles.")],
    outlet: Annotated[str, typer.Option(help="Who wrote all of them, where you know it.")] = "",
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", help="Which column of a table holds what: text=maintext; repeatable."),
    ] = None,
    megabytes: Annotated[int, typer.Option(min=1, help="The largest file that is read, in MB.")] = 20,
    characters: Annotated[
        int, typer.Option(min=1, max=20_000_000, help="The longest article that is read, in characters.")
    ] = 1_000_000,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be added, and write nothing.")
    ] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Read articles into a story; say of each what was recognised, and why one was not taken."""
    use_folders(data, is_new=True)
    from analysis import adding, adding_report
    from analysis.corpus.formats.item import Limits

    limits = Limits(file_bytes=megabytes * 1_000_000, text_chars=characters)
    try:
        added = adding.add(
            story,
            paths,
            outlet=outlet,
            columns=columns_of(columns or []),
            limits=limits,
            dry_run=dry_run,
            on_read=lambda n: say(f"{n} articles read …") if n % STEP == 0 else None,
        )
    except FileNotFoundError as problem:
        wrong(str(problem))
    for one in added.refused:
        place = ", ".join(filter(None, (one.file, one.unit)))
        say(adding_report.one_line(f"  rejected {place}: {one.reason}"))
    if as_json:
        print_json(adding_report.as_json(added))
    else:
        width = get_terminal_size().columns if sys.stdout.isatty() else WIDTH
        print(adding_report.as_text(added, is_dry=dry_run, width=width))
    if added.refused:
        raise typer.Exit(FAILED)


@app.command()
def check(
    stories: Stories = None, dictionary: Dictionaries = None, data: Data = None, as_json: Json = False
) -> None:
    """Validate manifest, story.yml, facts.yml and dictionaries; say what is missing, out of date or never matches."""
    use_folders(data, dictionaries=dictionary)
    from analysis import storage
    from analysis.checking import to_know
    from analysis.evidence.dictionaries import bundled
    from analysis.story import outline

    names = wanted_stories(stories)
    storage.frame_dictionaries()
    bundled(storage.own_dictionaries(), use="names")
    checked = each(names, outline)
    found = [{"story": story.name, "note": note} for story in checked for note in to_know(story)]
    if as_json:
        print_json(found)
    for row in found if not as_json else ():
        tell(f"{row['story']}: {row['note']}")
    if len(checked) < len(names):
        raise typer.Exit(FAILED)
    if not as_json:
        to_know = f"; {len(found)} thing{'s' if len(found) > 1 else ''} to know" if found else ""
        print(f"Nothing is invalid{to_know}.")


@app.command()
def convert(
    source: Annotated[Path, typer.Argument(help="A dictionary: YAML (Parallax, quanteda), .dic, .lc3, CSV.")],
    target: Annotated[
        Path,
        typer.Argument(
            help="The file to write; its ending names the format: .yml (quanteda), .dic, .lc3, .csv."
        ),
    ],
) -> None:
    """Write a dictionary in another format of the field; say what that format cannot hold."""
    from analysis.evidence.dictionary_formats import read_dictionary, write_dictionary

    if target.exists():
        wrong(f"{target} is there already; nothing is written over")
    dictionary = read_dictionary(source)
    left_out = [*dictionary.left_out, *write_dictionary(dictionary, target)]
    for one in left_out:
        say(f"  left out {one.entry!r} ({one.category}): {one.reason}")
    n = sum(len(frame.entries) for frame in dictionary.frames.values())
    print(f"{target}: {len(dictionary.frames)} categories, {n} entries read, {len(left_out)} left out")
    if left_out:
        raise typer.Exit(FAILED)


@app.command()
def measure(stories: Stories = None, dictionary: Dictionaries = None, data: Data = None) -> None:
    """Measure stories from their texts: articles -> tables in `measures/`."""
    use_folders(data, dictionaries=dictionary)
    from analysis.storage import frame_dictionaries
    from analysis.story import measure_story, outline

    frame_dictionaries()

    def measured(name: str) -> int:
        if not stories and not outline(name).has_texts:
            say(f"{name}: its texts are not here; left as it is")
            return 0
        say(f"measuring {name} …")
        story = measure_story(name)
        print(
            f"{name}: {len(story.documents)} documents, {story.documents['n_words'].sum():,} words, {len(story.estimates):,} estimates"
        )
        for doc_id, reason in story.unmeasured.items():
            print(f"  {doc_id}: no figures: {reason}")
        return _say_rejected(story)

    names = wanted_stories(stories)
    n_rejected = each(names, measured)
    if len(n_rejected) < len(names) or sum(n_rejected):
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
    dictionary: Dictionaries = None,
    force: Annotated[bool, typer.Option("--force", help="Make reports again that are up to date.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say which reports would be considered, and write nothing.")
    ] = False,
    data: Data = None,
    reports: Reports = None,
    as_json: Json = False,
) -> None:
    """Run the notebooks with papermill and write the HTML reports that are stale."""
    use_folders(data, reports, dictionaries=dictionary)
    from analysis.publishing import reports as publishing
    from analysis.storage import frame_dictionaries
    from analysis.story import load_story, outline

    frame_dictionaries()
    asked = wanted_stories(stories)
    one_of(voice, ["all", "outside", "quoted"], "voice")
    for name in notebook or []:
        one_of(name, [*publishing.WHOLE, *publishing.PER_OUTLET], "notebook")
    known = each(asked, outline)
    if dictionary and (without := [story.name for story in known if not story.has_texts]):
        wrong(f"--dictionary counts words in texts, and those of {', '.join(without)} are not here")
    chosen = chosen_outlets(known, outlet or [])
    known = [story for story in known if not outlet or chosen[story.name]]
    folder = publishing.reports_folder()
    if dry_run:
        for story in known:
            for one in publishing.planned(
                story, outlets=chosen[story.name], notebooks=notebook or (), voice=voice
            ):
                print(folder / one.path)
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        wrong(f"reports cannot be written to {folder}: {problem.strerror}")

    def load(name: str) -> Story:
        say(f"loading {name} …")
        return load_story(name)

    loaded = each([story.name for story in known], load)
    n_rejected = sum(map(_say_rejected, loaded))
    for story in loaded:
        for one in set(chosen[story.name]) - set(story.outlets):
            say(f"parallax: {story.name}: {one} stands in documents.csv and was not measured")
            n_rejected += 1
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
    if as_json:
        print_json(
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
    if made.failed or n_rejected or len(loaded) < (len(known) if outlet else len(asked)):
        raise typer.Exit(FAILED)


@app.command("suggest-facts")
def suggest_facts(
    story: Annotated[str, typer.Argument(help="The story whose copies are read.")],
    most: Annotated[int, typer.Option(min=1, help="How many proposals are printed.")] = 40,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Propose facts nobody has written down: sentences that say the same in several copies, and those that stand alone."""
    use_folders(data)
    from analysis.proposals import NoTexts, as_yaml, proposals
    from analysis.story import load_story

    loaded = load_story(wanted_stories([story])[0])
    try:
        found = proposals(loaded)
    except NoTexts as problem:
        wrong(str(problem))
    if as_json:
        print_json([asdict(one) for one in found[:most]])
        return
    print(as_yaml(found[:most], loaded.labels))
    shared = sum(len(one.outlets) > 1 for one in found)
    say(
        f"{len(found)} proposals, {shared} of them in copies of two outlets or more; {min(most, len(found))} printed. "
        "Word those you accept, and put them into facts.yml."
    )


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(context: typer.Context, data: Data = None) -> None:
    """Open JupyterLab on the notebooks; further options go to JupyterLab."""
    use_folders(data)
    from analysis.storage import ROOT

    quiet = ["--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    command = [sys.executable, "-m", "jupyter", "lab", *quiet, *context.args]
    if os.name == "posix":  # JupyterLab takes this process over, so that what stops one stops the other
        os.chdir(ROOT / "notebooks")
        os.execv(sys.executable, command)
    raise typer.Exit(subprocess.call(command, cwd=ROOT / "notebooks"))


def _say_rejected(story) -> int:
    """Name the files of a story that were not taken; return their number."""
    for row in story.rejected.itertuples():
        say(f"  rejected {row.file}: {row.reason}")
    return len(story.rejected)


def main() -> None:
    """The entry point: what a person did wrong is one line and exit 2, never a traceback."""
    from analysis.publishing.parameters import BadParameter

    try:
        app()
    except (BadParameter, *problems()) as problem:
        say(f"parallax: {problem}")
        raise SystemExit(WRONG) from None
    except OSError as problem:
        say(f"parallax: {problem.strerror or problem}: {problem.filename or ''}")
        raise SystemExit(FAILED) from None
    except KeyboardInterrupt:
        say("parallax: interrupted; what was complete is kept")
        raise SystemExit(INTERRUPTED) from None
