"""The command `parallax`: progress on stderr, results on stdout.

Exit codes: 0 all done, 1 some unit failed and the rest was completed, 2 wrong use and nothing written, 130 interrupted
(143 by SIGTERM).
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from analysis import __version__, cli_measuring, cli_publishing, completion, examples
from analysis import cli_people as people
from analysis.arguments import (
    FAILED,
    PROCESSORS,
    WRONG,
    Commands,
    Data,
    Dictionaries,
    Jobs,
    Json,
    Reports,
    Stories,
    chosen_outlets,
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
from analysis.interruption import ended
from analysis.progress import Progress
from analysis.publishing.report import PER_OUTLET, WHOLE

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.publishing.report import Outcome, Report
    from analysis.story import Story


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    epilog=examples.shown(""),
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(is_asked: bool) -> None:
    if is_asked:
        print(f"parallax {__version__}")
        raise typer.Exit


@app.callback()
def parallax(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Parallax: how copies of the same story differ, with evidence and uncertainty."""
    if context.invoked_subcommand != "lab":  # in which people may multiply larger matrices than we do
        os.environ.setdefault(
            "OPENBLAS_NUM_THREADS", "1"
        )  # ours are small: handing them to threads takes longer


@app.command("list")
def list_stories(data: Data = None, as_json: Json = False) -> None:
    """List the stories, their documents and outlets, what is measured and what is stale."""
    use_folders(data)
    from analysis.checking import state
    from analysis.outline import outline, story_names

    names = story_names()
    rows = [state(story) for story in each(names, outline)]
    if as_json:
        print_json(rows)
    for row in rows if not as_json else ():
        stale = f"stale: {', '.join(row['stale'])} changed" if row["stale"] else "measured"
        print(
            f"{row['story']}\n  {row['title']}\n  {row['documents']} documents: {', '.join(row['outlets'])}"
        )
        without = "" if row["has_sources"] else ", without sources"
        print(f"  texts {row['texts']}, {stale + without if row['measured'] else 'not measured'}")
    if len(rows) < len(names):
        raise typer.Exit(FAILED)


app.command()(people.add)
app.command("suggest-facts")(people.suggest_facts)
app.command()(people.convert)
app.command()(people.codesheet)
app.command()(people.agreement)
app.command()(cli_publishing.verify)


@app.command()
def check(
    stories: Stories = None, dictionary: Dictionaries = None, data: Data = None, as_json: Json = False
) -> None:
    """Validate manifest, story.yml, facts.yml and dictionaries; say what is missing, out of date or never matches."""
    use_folders(data, dictionaries=dictionary)
    from analysis import storage
    from analysis.checking import to_know
    from analysis.evidence.dictionaries import bundled
    from analysis.outline import outline

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


app.command()(cli_measuring.measure)


@app.command()
def report(
    stories: Stories = None,
    outlet: Annotated[
        list[str] | None,
        typer.Option(
            help="Only this outlet's reports, and only its copies in `comparison`: id or name; repeatable.",
            autocompletion=completion.outlets,
        ),
    ] = None,
    notebook: Annotated[
        list[str] | None,
        typer.Option(
            help=f"Only this notebook: {', '.join((*WHOLE, *PER_OUTLET))}; repeatable.",
            autocompletion=completion.notebooks,
        ),
    ] = None,
    across: Annotated[
        bool,
        typer.Option(
            "--across",
            help="Make the comparison over these stories together, too: outlets over all episodes.",
        ),
    ] = False,
    voice: Annotated[
        str,
        typer.Option(
            help="Which words `comparison` counts indicator words in: all, outside, quoted.",
            autocompletion=completion.voices,
        ),
    ] = "all",
    jobs: Jobs = PROCESSORS,
    dictionary: Dictionaries = None,
    force: Annotated[bool, typer.Option("--force", help="Make reports again that are up to date.")] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Say which reports would be made and why; run and write nothing."),
    ] = False,
    bundle: Annotated[
        bool,
        typer.Option(
            "--zip",
            help="Write STORY.zip, too, to be published: reports, tables, measures; of private texts no passage.",
        ),
    ] = False,
    data: Data = None,
    reports: Reports = None,
    as_json: Json = False,
) -> None:
    """Run the notebooks with papermill and write the HTML reports that are stale."""
    use_folders(data, reports, dictionaries=dictionary)
    from analysis.loading import load_story
    from analysis.outline import outline
    from analysis.publishing import reports as publishing
    from analysis.publishing.provenance import common
    from analysis.publishing.settlement import outlets_of
    from analysis.storage import changes, frame_dictionaries

    frame_dictionaries()
    asked = wanted_stories(stories)
    one_of(voice, list(completion.VOICES), "voice")
    for name in notebook or []:
        one_of(name, [*WHOLE, *PER_OUTLET], "notebook")
    known = each(asked, outline)
    without = [story for story in known if not story.has_texts] if dictionary else []
    if without := [story.name for story in without if "dictionaries" in changes(story.folder)]:
        wrong(f"--dictionary counts words in texts, and those of {', '.join(without)} are not here")
    chosen = chosen_outlets(known, outlet or [])
    known = [story for story in known if not outlet or chosen[story.name]]
    folder = publishing.reports_folder()

    def planned(story):
        return publishing.planned(story, outlets=chosen[story.name], notebooks=notebook or (), voice=voice)

    together = cli_publishing.together(known, outlet or [], notebook or [], voice) if across else None
    if dry_run:
        n = cli_publishing.say_outlook(known, planned, folder, force=force, bundles=bundle, as_json=as_json)
        if together is not None and not as_json:
            cli_publishing.say_outlook_across(together, known, folder, force=force)
        if n < (len(known) if outlet else len(asked)):
            raise typer.Exit(FAILED)
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        wrong(f"reports cannot be written to {folder}: {problem.strerror}")

    def settled(name: str) -> list[Report]:
        """The reports of a story of which nothing changed, so that it need not be loaded; none where something did."""
        story, wanted = named[name], planned(named[name])
        try:
            is_fresh = not (force or bundle) and publishing.is_settled(
                story, wanted, folder=folder, common=of_all
            )
        except problems():  # told when it is loaded
            is_fresh = False
        return wanted if is_fresh else []

    named, of_all = {story.name: story for story in known}, common()
    fresh = [report for name in named for report in settled(name)]
    quiet = {report.story for report in fresh}

    def load(name: str) -> Story:
        going.begin(f"loading {name}", said=f"loading {name} …")
        return load_story(name, jobs=jobs, on_document=lambda doc_id: going.step(0.5, item=doc_id))

    changed = [name for name in named if name not in quiet]
    with Progress("loading", sum(len(named[name].manifest) for name in changed)) as going:
        loaded = each(changed, load)
    n_rejected = sum(map(_say_rejected, loaded))
    for story in loaded:
        measured = outlets_of(story) if chosen[story.name] else {}
        for one in set(chosen[story.name]) - set(measured):
            say(f"parallax: {story.name}: {one} stands in documents.csv and was not measured")
            n_rejected += 1
    wanted = [one for story in loaded for one in planned(story)]

    waiting: list[str] = []

    def begin(stale: list[Report]) -> None:
        waiting.extend(one.path for one in stale)
        going.at(0, len(stale), item=", ".join(waiting[:jobs]))

    def progress(outcome: Outcome, n_done: int, n_all: int) -> None:
        state = "done" if outcome.is_complete else f"FAILED: {outcome.error.splitlines()[0]}"
        going.line(f"[{n_done}/{n_all}] {outcome.report.path} {state}", is_kept=not outcome.is_complete)
        waiting.remove(outcome.report.path)
        going.at(n_done, n_all, item=", ".join(waiting[:jobs]))  # they are taken in this order

    def stop(begun: list[str]) -> None:
        of = begun[0] if len(begun) == 1 else f"{len(begun)} stories"
        going.line(f"stopping: writing tables and indexes of {of} …", is_kept=True)

    with Progress("reports") as going:
        made = publishing.make(
            loaded,
            wanted,
            folder=folder,
            jobs=jobs,
            force=force,
            on_begin=begin,
            on_progress=progress,
            on_stop=stop,
        )
        if together is not None:
            going.begin("comparing stories", said="comparing stories …")
            made = made.and_also(
                cli_publishing.make_together(
                    together, folder, force=force, on_begin=begin, on_progress=progress
                )
            )
    fresh += made.fresh
    broken = {one.report.story for one in made.failed}
    whole = [story for story in loaded if story.name not in broken] if bundle else []
    with Progress("bundles") as going:
        bundles, n_unbundled = cli_publishing.write_bundles(
            whole,
            folder,
            jobs=jobs,
            on_story=lambda name: going.begin(f"bundling {name}", said=f"bundling {name} …"),
            on_begin=begin,
            on_progress=progress,
        )
    if as_json:
        print_json(
            {
                "made": [str(folder / one.report.path) for one in made.outcomes if one.is_complete],
                "up_to_date": [str(folder / one.path) for one in fresh],
                "failed": [
                    {"report": one.report.path, "error": one.error, "notebook": str(one.kept or "")}
                    for one in made.failed
                ],
                "bundles": [str(path) for path in bundles],
            }
        )
    else:
        print(
            f"{len(made.outcomes) - len(made.failed)} reports made, {len(fresh)} up to date, {len(made.failed)} failed: {folder / 'index.html'}"
        )
        for path in bundles:
            print(f"to publish: {path}")
        for one in made.failed:
            print(f"failed: {one.report.path}" + (f" (executed notebook: {one.kept})" if one.kept else ""))
    if (
        made.failed
        or n_rejected
        or n_unbundled
        or len(loaded) + len(quiet) < (len(known) if outlet else len(asked))
    ):
        raise typer.Exit(FAILED)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(context: typer.Context, data: Data = None, reports: Reports = None) -> None:
    """Open JupyterLab on `explore.ipynb`, or on what is named; further options go to JupyterLab."""
    use_folders(data, reports)
    from analysis.storage import ROOT

    quiet = ["--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    if not _names_a_place(context.args, ROOT / "notebooks"):
        quiet.append("--LabApp.default_url=/lab/tree/explore.ipynb")  # the address it prints leads there, too
    command = [sys.executable, "-m", "jupyter", "lab", *quiet, *context.args]
    if os.name == "posix":  # JupyterLab takes this process over, so that what stops one stops the other
        os.chdir(ROOT / "notebooks")
        os.execv(sys.executable, command)
    raise typer.Exit(subprocess.call(command, cwd=ROOT / "notebooks"))


def _names_a_place(arguments: list[str], folder: Path) -> bool:
    """Whether arguments for JupyterLab, started in `folder`, say themselves what it opens, or from where it serves."""
    words = [word for word in arguments if not word.startswith("-")]
    settings = ("root_dir", "root-dir", "notebook_dir", "notebook-dir", "preferred-dir", "default_url")
    return (
        arguments[:1] == words[:1] != []  # a path, or a command of JupyterLab such as `list`
        or any(word.endswith(".ipynb") or (folder / word).exists() for word in words)
        or any(setting in argument for setting in settings for argument in arguments)
    )


def _say_rejected(story) -> int:
    """Name the files of a story that were not taken; return their number."""
    rejected = story.rows("rejected")  # not kept: there may be hundreds of stories
    for row in rejected.itertuples():
        say(f"  rejected {row.file}: {row.reason}")
    return len(rejected)


def main() -> None:
    """The entry point: what a person did wrong is one line and exit 2, what is not measured yet one and exit 1, never a traceback."""
    try:
        app()
    except Exception as problem:
        if isinstance(problem, problems()):  # asked for only now: the modules that define them take a second
            from analysis.storage import NotMeasured

            say(f"parallax: {problem}")
            raise SystemExit(FAILED if isinstance(problem, NotMeasured) else WRONG) from None
        if isinstance(problem, OSError):
            say(f"parallax: {problem.strerror or problem}: {problem.filename or ''}")
            raise SystemExit(FAILED) from None
        raise
    except KeyboardInterrupt as problem:
        ended(problem)
