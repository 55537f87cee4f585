"""Texts of a measured story: those articles that are as they were when they were measured, cleaned again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis.corpus import holdings
from analysis.corpus.cleaning import Cleaned
from analysis.corpus.formats.item import Refused
from analysis.corpus.reading import Article, cleaned
from analysis.storage import file_digest, read_table, recorded
from analysis.story_yml import read_story_yml

ArticlesOf = Callable[[Path, pd.DataFrame], Iterator[Article | Refused]]
LARGE = 500  # documents, beyond which texts are read one by one, when they are asked for
KEPT = 2_000  # texts of a large story that are held: those that were asked for last


class ArticleTexts(Mapping):
    """doc_id -> cleaned text. Of a story of up to 500 documents all are read at once, else each when it is asked for.

    Of these 2,000 are held, or as many as were asked for at once. An article that changed since is not here: offsets hold for the text that was measured. `articles_of` reads those of a manifest.
    """

    def __init__(self, folder: Path, manifest: pd.DataFrame, articles_of: ArticlesOf):
        self.folder, self.articles_of = folder, articles_of
        is_here = manifest["file"].isin(_files(folder / "articles"))
        self.rows = manifest[is_here].set_index("doc_id", drop=False)
        self.is_large = len(manifest) > LARGE
        self.digests = recorded(folder).get("articles", {})
        self.is_same: dict[str, bool] = {}
        self.found: dict[str, Cleaned | None] = {}
        if not self.is_large:
            self.read(list(self.rows.index))

    def article(self, doc_id: str) -> Cleaned | None:
        """The article with its headline and deck; None where it is not here."""
        if self.is_large and doc_id not in self.found and doc_id in self.rows.index:
            self.read([doc_id])
        if self.is_large and doc_id in self.found:
            self.found[doc_id] = self.found.pop(doc_id)  # the last that goes
        return self.found.get(doc_id)

    def read(self, doc_ids: Iterable[str]) -> None:
        """Read these at once: of an archive's export that is far less than one by one."""
        asked = [one for one in dict.fromkeys(doc_ids) if one in self.rows.index]
        held = {one: self.found.pop(one) for one in asked if one in self.found}
        new = [one for one in asked if one not in held]
        self.found |= held | dict.fromkeys(new)  # in the order in which they are asked for
        if self.is_large:
            for one in list(self.found)[: -max(KEPT, len(asked))]:
                del self.found[one]
        rows = self.rows.loc[new]
        for file in set(rows["file"]) - self.is_same.keys():
            self.is_same[file] = file_digest(self.folder / "articles" / file) == self.digests.get(file, "")
        rows = rows[rows["file"].map(self.is_same).astype(bool)]
        if rows.empty:
            return
        if self.places is not None:
            rows = self.places.loc[self.places.index.intersection(rows.index)]
        for article in self.articles_of(self.folder, rows.reset_index(drop=True)):
            if isinstance(article, Article):
                self.found[article.about["doc_id"]] = cleaned(article, self.corrections)[1]

    @cached_property
    def places(self) -> pd.DataFrame | None:
        """Where the articles of an archive stand in its exports, which are listed once; None of a story with a manifest."""
        if (self.folder / "documents.csv").is_file():
            return None
        columns = read_story_yml(self.folder / "story.yml").columns
        listed, _ = holdings.listing(holdings.exports(self.folder / "articles"), columns)
        return listed.set_index("doc_id", drop=False)

    @cached_property
    def corrections(self) -> pd.DataFrame:
        return read_table(self.folder, "corrections")

    def __getitem__(self, doc_id: str) -> str:
        if (found := self.article(doc_id)) is None:
            raise KeyError(doc_id)
        return found.text

    def __contains__(self, doc_id: object) -> bool:
        return self.article(doc_id) is not None

    def __iter__(self) -> Iterator[str]:
        return (doc_id for doc_id in self.rows.index if self.is_large or self.found[doc_id] is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def finished(documents: pd.DataFrame, manifest: pd.DataFrame, texts: ArticleTexts) -> pd.DataFrame:
    """Table `documents` with headlines and decks, of the articles where they are here, and the manifest's further columns.

    Of a large story headlines are those of the manifest.
    """
    shown = manifest.set_index("doc_id").reindex(documents["doc_id"])
    found = {} if texts.is_large else {one: texts.article(one) for one in texts}
    documents = documents.copy()
    for column in ("headline", "deck"):
        if column not in shown:
            continue
        known = (
            shown[column].fillna("") if column == "headline" or not found else shown[column].map(lambda _: "")
        )
        documents[column] = [
            getattr(found.get(doc_id), column, "") or own
            for doc_id, own in zip(documents["doc_id"], known, strict=True)
        ]
    extra = [column for column in manifest.columns if column not in documents]
    return documents.assign(**{column: shown[column].to_numpy() for column in extra})


def _files(folder: Path) -> set[str]:
    """The files in a folder and its folders, relative to it."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
