"""Commands by which people bring in what they know: articles, facts, dictionaries, codes. `cli.py` holds the others."""

from __future__ import annotations

import sys
from dataclasses import asdict
from itertools import count
from pathlib import Path
from shutil import get_terminal_size
from typing import Annotated

import typer

from analysis import completion
from analysis.arguments import (
    FAILED,
    Data,
    Dictionaries,
    Json,
    columns_of,
    print_json,
    say,
    tell,
    use_folders,
    wanted_stories,
    wrong,
)
from analysis.progress import Progress

SHOWN = 20  # rows that were not taken, each in a line
STEP = 200  # articles from one word of progress to the next
WIDTH = 160  # characters of a table where there is no terminal


def add(
    story: Annotated[
        str,
        typer.Argument(
            help="The story: a folder of the data folder, begun where it is not there.",
            autocompletion=completion.stories,
        ),
    ],
    paths: Annotated[
        list[str],
        typer.Argument(help="Files, folders and archives of articles.", autocompletion=completion.files),
    ],
    outlet: Annotated[
        str,
        typer.Option(help="Who wrote all of them, where you know it.", autocompletion=completion.outlets),
    ] = "",
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            help="Which column of a table holds what: text=maintext; repeatable.",
            autocompletion=completion.fields,
        ),
    ] = None,
    megabytes: Annotated[int, typer.Option(min=1, help="The largest file that is read, in MB.")] = 20,
    characters: Annotated[
        int, typer.Option(min=1, max=20_000_000, help="The longest article that is read, in characters.")
    ] = 1_000_000,
    in_place: Annotated[
        bool,
        typer.Option(
            "--in-place",
            help="Keep exports (Parquet, JSON lines) whole and read them where they lie, without a row in documents.csv.",
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be added, and write nothing.")
    ] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Read articles into a story; say of each what was recognised, and why one was not taken."""
    use_folders(data, is_new=True)
    if in_place:
        if outlet:
            wrong(
                "--in-place takes no --outlet: a column of the exports says it; --map outlet=COLUMN says which"
            )
        _add_exports(story, paths, columns_of(columns or [], "episode"), dry_run=dry_run, as_json=as_json)
        return
    from analysis import adding, adding_report
    from analysis.corpus.formats.item import Limits

    limits = Limits(file_bytes=megabytes * 1_000_000, text_chars=characters)
    chosen, n_read = columns_of(columns or []), count(1)
    with Progress("reading") as going:

        def step(what: str, name: str, n: int, of: int) -> None:
            going.at(n, of, what=what, item=name)
            if what == "reading" and (read := next(n_read)) % STEP == 0:
                going.line(f"{read} articles read …")

        try:
            added = adding.add(
                story, paths, outlet=outlet, columns=chosen, limits=limits, dry_run=dry_run, on_step=step
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


def _add_exports(
    story: str, paths: list[str], columns: dict[str, str], *, dry_run: bool, as_json: bool
) -> None:
    """Put exports into a story as they are, and say what they hold."""
    from analysis.adding_exports import add_exports

    try:
        found = add_exports(story, map(Path, paths), columns=columns, dry_run=dry_run)
    except FileNotFoundError as problem:
        wrong(str(problem))
    for one in found.refused[:SHOWN]:
        say(f"  rejected {', '.join(filter(None, (one.file, one.unit)))}: {one.reason}")
    if (more := len(found.refused) - SHOWN) > 0:
        say(f"  … and {more:,} more")
    if found.n_nameless:
        say(f"  {_counted(found.n_nameless, 'article')} of outlet unknown: the row names none")
    if found.n_alike:
        say(
            f"  {_counted(found.n_alike, 'article')} of the same outlet and episode as another: of these one is compared; "
            "a column of events tells them apart (episode, or --map episode=COLUMN), else the day does"
        )
    if found.n_no_episode:
        say(
            f"  {_counted(found.n_no_episode, 'article')} of no episode, and of no day that can be read: not compared with others"
        )
    for file, why in found.not_taken.items():
        say(f"  {file} {'would not be' if dry_run else 'was not'} put there: {why}")
    for id, now in found.renamed.items():
        say(f"  {id} {'would be' if dry_run else 'is'} called {now} from now on: another id is too like it")
    for file, why in found.slow.items():
        say(f"  {file} will be read slowly: {why}")
    if as_json:
        counts = {"articles": found.n_articles, "episodes": found.n_episodes, "rejected": len(found.refused)}
        counts |= {"of_no_episode": found.n_no_episode}
        print_json({"story": story, **counts, "outlets": found.outlets, "not_taken": found.not_taken})
    else:
        would = "would be read" if dry_run else "is read" if found.n_articles == 1 else "are read"
        tell(
            f"{story}: {_counted(found.n_articles, 'article')} of {_counted(found.n_episodes, 'episode')} {would} in place; "
            f"outlets: {', '.join(found.outlets.values()) or 'none named'}; {_counted(len(found.refused), 'row')} rejected so far "
            "(texts are read when they are measured)"
        )
    if found.refused:
        raise typer.Exit(FAILED)


def _counted(n: int, what: str) -> str:
    return f"{n:,} {what}{'s' * (n != 1)}"


def suggest_facts(
    story: Annotated[
        str, typer.Argument(help="The story whose copies are read.", autocompletion=completion.stories)
    ],
    most: Annotated[int, typer.Option(min=1, help="How many proposals are printed.")] = 40,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Propose facts nobody has written down: sentences that say the same in several copies, and those that stand alone."""
    use_folders(data)
    from analysis.loading import load_story
    from analysis.proposals import NoTexts, as_yaml, proposals

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


def convert(
    source: Annotated[
        Path,
        typer.Argument(
            help="A dictionary: YAML (Parallax, quanteda), .dic, .lc3, CSV.", autocompletion=completion.files
        ),
    ],
    target: Annotated[
        Path,
        typer.Argument(
            help="The file to write; its ending names the format: .yml (quanteda), .dic, .lc3, .csv.",
            autocompletion=completion.files,
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


def codesheet(
    story: Annotated[
        str, typer.Argument(help="The story whose sentences are drawn.", autocompletion=completion.stories)
    ],
    frame: Annotated[
        list[str] | None,
        typer.Option(
            help="A list to be coded, by its id; repeatable; by default the generic frames.",
            autocompletion=completion.frames,
        ),
    ] = None,
    dictionary: Dictionaries = None,
    n: Annotated[int, typer.Option("--n", min=2, help="Sentences drawn for each list.")] = 100,
    coders: Annotated[int, typer.Option(min=1, help="How many sheets are written, one a coder.")] = 2,
    data: Data = None,
) -> None:
    """Draw sentences for people to code blind: sheets (CSV and XLSX), key and codebook in the story's coding/."""
    use_folders(data, dictionaries=dictionary)
    from analysis.codesheets import codesheets
    from analysis.comparison.agreement import MIN_ITEMS
    from analysis.loading import load_story
    from analysis.proposals import NoTexts

    loaded = load_story(wanted_stories([story])[0])
    try:
        drawn = codesheets(loaded, frame or (), n=n, coders=coders)
    except (NoTexts, FileExistsError, LookupError) as problem:
        wrong(str(problem.args[0]))
    for row in drawn.counts.itertuples():
        print(
            f"{row.indicator}: {row.hits_drawn} of {row.hits} sentences with a hit, {row.others_drawn} of {row.others} without"
        )
    for path in drawn.sheets:
        print(path)
    print(drawn.folder / "codebook.md")
    if coders < 2:
        say(
            "One coder: how far another would agree cannot be told, and reports will not call the list validated."
        )
    if few := [
        row.indicator for row in drawn.counts.itertuples() if row.hits_drawn + row.others_drawn < MIN_ITEMS
    ]:
        say(
            f"Under {MIN_ITEMS} sentences: {', '.join(few)}. Nothing may be concluded from their figures alone."
        )


def agreement(
    sheets: Annotated[
        list[Path],
        typer.Argument(help="The filled sheets, one a coder (CSV or XLSX).", autocompletion=completion.files),
    ],
    adjudicated: Annotated[
        Path | None,
        typer.Option(
            help="A sheet with the codes decided where coders were divided.", autocompletion=completion.files
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """How far coders agree; then precision and recall of the list, and rates corrected for its error. Writes coding/codes.csv."""
    from analysis import coding_quality
    from analysis.codes import BadSheet, coded, read_key, write_codes

    if len(sheets) < 2:
        wrong("agreement needs the sheets of two coders or more")
    try:
        codes = coded(sheets, adjudicated)
        found = coding_quality.qualities(codes, read_key(sheets[0].parent))
    except BadSheet as problem:
        wrong(str(problem))
    written = write_codes(codes, sheets[0].parent)
    if as_json:
        print_json(coding_quality.as_json(found))
    else:
        print(coding_quality.as_text(found))
    say(f"codes without any text: {written}; the next report shows what they say")
