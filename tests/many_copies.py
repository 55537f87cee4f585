"""A story of 60 episodes and four outlets, of short made articles, in a folder of the test's own: too many copies to be shown side by side."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest
import yaml

from analysis.corpus.manifest import COLUMNS
from analysis.loading import load_story, measure_story
from analysis.story import Story

N_EPISODES = 60
N_WORDS = 110  # of a copy: enough for a figure, too little for an interval of its own


def many_copies(
    root: Path,
    folder: Path,
    *,
    name: str = "archive",
    episodes: range = range(N_EPISODES),
    title: str = "An archive",
) -> Story:
    """The story `name` in the data folder `folder`, of these `episodes`, measured: outlets echo, herald, post and star.

    Actors, themes and contested names are those of the sample story, from whose sentences the articles are made.
    """
    sys.path.insert(0, str(root / "benchmarks"))
    import generated

    about = yaml.safe_load((root / "data" / "sample-harbour" / "story.yml").read_text("utf-8"))
    outlets = [{"id": outlet, "name": outlet.capitalize()} for outlet in generated.OUTLETS]
    about |= {"title": title, "outlets": outlets, "episodes": [], "versions": []}
    story = folder / name
    (story / "articles").mkdir(parents=True)
    (story / "story.yml").write_text(yaml.safe_dump(about, allow_unicode=True), "utf-8")
    facts = (root / "data" / "sample-harbour" / "facts.yml").read_text("utf-8")
    (story / "facts.yml").write_text(
        "\n".join(line for line in facts.splitlines() if "episode" not in line), "utf-8"
    )
    with (story / "documents.csv").open("w", encoding="utf-8", newline="") as file:
        manifest = csv.DictWriter(file, COLUMNS)
        manifest.writeheader()
        for episode in episodes:
            for place, outlet in enumerate(generated.OUTLETS):
                doc_id = f"{outlet}-{episode:03}"
                number = episode * len(generated.OUTLETS) + place
                body = generated.text(number, n_words=N_WORDS)
                (story / "articles" / f"{doc_id}.txt").write_text(body + "\n", "utf-8")
                row = {
                    "doc_id": doc_id,
                    "outlet": outlet,
                    "episode": f"e{episode:03}",
                    "file": f"{doc_id}.txt",
                }
                row |= {"published_at": f"2031-{1 + episode % 12:02}-03T0{place}:00+00:00"}
                row |= {"published_precision": "minute", "published_source": "made", "is_counted": "true"}
                manifest.writerow(dict.fromkeys(COLUMNS, "") | row)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLAX_DATA", str(folder))
        measure_story(name)
        return load_story(name)
