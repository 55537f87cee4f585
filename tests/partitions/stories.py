"""Stories of many short articles: three outlets tell each of eight days, once as files with a manifest, once as an export."""

from __future__ import annotations

import csv
import json
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from runpy import run_path

from analysis.corpus.manifest import COLUMNS

GENERATED = run_path(str(Path(__file__).parents[2] / "benchmarks" / "generated.py"))
OUTLETS = ("echo", "herald", "post")
N_EPISODES = 8
PARTITION = 6  # documents: two episodes
CROSSING = (
    "ferry-crossing"  # with the numbers of the episodes the ids by which each second one ends a partition
)
MANY = 28  # episodes: partitions enough that a signal comes before the last
ABOUT = (
    'title: "The ferry stays in port"\ndate: "2031-01-05"\ntexts: open\noutlets:\n'
    + "".join(f"  - {{id: {one}, name: {one.capitalize()}}}\n" for one in OUTLETS)
    + 'actors:\n  - {id: falk, name: "Ines Falk", aliases: ["Falk"], pronoun: she}\n'
)


def text(outlet: int, episode: int) -> str:
    """The article of an outlet on an episode: about 120 words of its own, and a line that all have in words of their own."""
    word = ("colour", "harbour", "theatre")[outlet]
    own = GENERATED["text"](3 * episode + outlet, n_words=110)
    return f"{own}\n\nThe ferry {episode} stayed in port for its {word}, said Ines Falk."


def rows(n_episodes: int = N_EPISODES) -> list[dict[str, str]]:
    return [
        {
            "id": f"{name}-{episode}",
            "outlet": name.capitalize(),
            "episode": f"{CROSSING}-{episode}",
            "published_at": f"2031-01-{episode + 1:02}T0{outlet}:00+00:00",
            "text": text(outlet, episode),
        }
        for episode in range(n_episodes)
        for outlet, name in enumerate(OUTLETS)
    ]


def listed_story(data: Path, name: str = "ferry", n_episodes: int = N_EPISODES) -> Path:
    """A story with documents.csv and a text file an article, in the data folder `data`."""
    folder = data / name
    (folder / "articles").mkdir(parents=True)
    (folder / "story.yml").write_text(ABOUT, "utf-8")
    with (folder / "documents.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, restval="")
        table.writeheader()
        for row in rows(n_episodes):
            (folder / "articles" / f"{row['id']}.txt").write_text(row["text"], "utf-8")
            about = {"doc_id": row["id"], "outlet": row["outlet"].lower(), "file": f"{row['id']}.txt"}
            kept = {name: row[name] for name in ("episode", "published_at")}
            table.writerow(about | kept | {"is_counted": "true"})
    return folder


def archive_story(data: Path, name: str = "ferry") -> Path:
    """The same articles as lines of JSON in one export, without a manifest."""
    folder = data / name
    (folder / "articles").mkdir(parents=True)
    (folder / "story.yml").write_text(ABOUT, "utf-8")
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows())
    (folder / "articles" / "export.jsonl").write_text(lines, "utf-8")
    return folder


def tables(folder: Path) -> dict[str, bytes]:
    """What `measures/` holds, what is kept for the next run aside."""
    files = [path for path in sorted((folder / "measures").rglob("*")) if path.is_file()]
    return {
        name: path.read_bytes()
        for path in files
        if not (name := path.relative_to(folder / "measures").as_posix()).startswith(".")
    }


def interrupted(command: Sequence[str], cwd: Path, *, when: Callable[[], object]) -> tuple[int, str]:
    """Run a command, press control-C once `when` says so; its code, and what it said on stderr."""
    run = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=cwd,
        # a job in the background is started to ignore it
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    while run.poll() is None and not when():
        time.sleep(0.001)
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=60)
    return run.returncode, said
