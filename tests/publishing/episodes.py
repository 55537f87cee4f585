"""A story of many episodes, put together from paragraphs of the sample story, in a folder of the test's own."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest
import yaml

from analysis.comparison import resampling
from analysis.corpus.manifest import COLUMNS
from analysis.loading import measure_story
from analysis.story import Story


def many_episodes(harbour: Story, folder: Path, *, n_episodes: int, missing: tuple[str, ...]) -> Story:
    """Three outlets in `n_episodes` episodes, the documents in `missing` aside; roughly resampled.

    Of meridian there are two versions of the second episode. A third of a copy are the outlet's own paragraphs.
    """
    about = yaml.safe_load((harbour.folder / "story.yml").read_text(encoding="utf-8"))
    outlets = about["outlets"][:3]
    episodes = [{"id": f"e{n}", "label": f"Day {n}", "date": "2031-03-03"} for n in range(1, n_episodes + 1)]
    about |= {"title": "Many days", "outlets": outlets, "episodes": episodes, "versions": []}
    story = folder / "many-days"
    (story / "articles").mkdir(parents=True)
    (story / "story.yml").write_text(yaml.safe_dump(about, allow_unicode=True), encoding="utf-8")
    pool = {
        doc_id: [part for part in text.split("\n\n")[1:] if len(part.split()) > 12]
        for doc_id, text in harbour.texts.items()
    }
    draw = random.Random(1)
    with (story / "documents.csv").open("w", encoding="utf-8", newline="") as file:
        manifest = csv.DictWriter(file, COLUMNS)
        manifest.writeheader()
        for episode in episodes:
            for outlet in (one["id"] for one in outlets):
                versions = ("early", "late") if (outlet, episode["id"]) == ("meridian", "e2") else ("",)
                for version in versions:
                    doc_id = f"{outlet}-{episode['id']}{version}"
                    if doc_id in missing:
                        continue
                    own = [part for name, parts in pool.items() if name.startswith(outlet) for part in parts]
                    body = draw.sample(own, 4) + draw.sample([p for parts in pool.values() for p in parts], 8)
                    (story / "articles" / f"{doc_id}.txt").write_text(
                        "The harbour on another day\n\n" + "\n\n".join(body) + "\n", encoding="utf-8"
                    )
                    row = {"doc_id": doc_id, "outlet": outlet, "episode": episode["id"], "version": version}
                    row |= {"published_precision": "none", "is_counted": "true", "file": f"{doc_id}.txt"}
                    manifest.writerow(dict.fromkeys(COLUMNS, "") | row)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLAX_DATA", str(folder))
        patch.setattr(resampling, "N_INTERVAL", 100)
        patch.setattr(resampling, "N_FAMILY", 400)
        return measure_story(story.name)
