"""Exports: what the columns of archives and collectors of news are called, as data.

A name is compared by its letters and digits alone. "source.title" is the title inside the object `source`;
"lp+td" are two columns that are one text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Export:
    """A known export: the names that only it has together, and for each target its columns, the best first."""

    name: str
    signs: tuple[frozenset[str], ...]  # one of these sets of names is there
    columns: Mapping[str, tuple[str, ...]]
    lead: tuple[str, ...] = field(default=())  # columns that hold a summary or a beginning, never the text


def _signs(*sets: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(names.split()) for names in sets)


def _columns(**targets: str) -> dict[str, tuple[str, ...]]:
    return {target: tuple(names.split()) for target, names in targets.items()}


# `seendate`, `indexed_date`, `date_download` and Event Registry's `dateTime` say when a machine met an article, not when it was published.
EXPORTS: tuple[Export, ...] = (
    Export(
        "Media Cloud",
        _signs("storiesid", "medianame publishdate", "mediaurl publishdate"),
        _columns(
            text="storytext text",
            doc_id="storiesid id",
            outlet="medianame",
            headline="title",
            published_at="publishdate",
            url="url mediaurl",
            language="language",
        ),
    ),
    Export(
        "Event Registry",
        _signs("datetimepub body", "uri isduplicate", "uri sourceuri", "uri datetimepub", "uri lang body"),
        _columns(
            text="body",
            doc_id="uri",
            outlet="source.title source",
            headline="title",
            byline="authors",
            published_at="datetimepub date",
            url="url source.uri",
            language="lang",
        ),
    ),
    Export(
        "GDELT",
        _signs(
            "seendate domain",
            "seendate sourcecountry",
            "gkgrecordid",
            "globaleventid sqldate",
            "documentidentifier v2themes",
        ),
        _columns(
            headline="title",
            outlet="sourcecommonname",
            url="url documentidentifier sourceurl domain",
            language="language",
        ),
    ),
    Export(
        "news-please",
        _signs("maintext", "datepublish sourcedomain", "datedownload sourcedomain"),
        _columns(
            text="maintext text",
            headline="title",
            byline="authors",
            published_at="datepublish",
            updated_at="datemodify",
            url="url sourcedomain",
            language="language",
        ),
        lead=("description",),
    ),
    Export(
        "Factiva",
        _signs(
            "hd lp", "hd td", "lp td", "an hd pd", "leadparagraph sourcename", "accessionnumber sourcecode"
        ),
        _columns(
            text="lp+td leadparagraph+text leadparagraphs+text fulltext",
            doc_id="an accessionnumber accessionno",
            outlet="sn sourcename",
            headline="hd headline",
            byline="by author byline",
            published_at="pd+et pd publicationdate+publicationtime publicationdate",
            section="se section",
            language="la language",
        ),
        lead=("lp", "leadparagraph", "leadparagraphs"),
    ),
    Export(
        "ProQuest",
        _signs(
            "storeid",
            "pubtitle pubdate",
            "proquestdocumentid",
            "abstract publicationtitle",
            "fulltext publicationtitle",
            "documenturl",
        ),
        _columns(
            text="fulltext",
            doc_id="storeid proquestdocumentid",
            outlet="pubtitle publicationtitle",
            headline="title documenttitle",
            byline="authors author",
            published_at="pubdate publicationdate",
            section="section",
            url="documenturl url",
            language="language languageofpublication",
        ),
        lead=("abstract",),
    ),
    Export(
        "NewsAPI",
        _signs("urltoimage publishedat", "publishedat sourcename content"),
        _columns(
            text="content",
            outlet="source.name source",
            headline="title",
            byline="author",
            published_at="publishedat",
            url="url",
        ),
        lead=("description",),
    ),
)
PLAIN = Export(
    "",
    (),
    _columns(
        text="text body fulltext bodytext articletext articlebody maintext storytext content article",
        doc_id="docid id articleid",
        outlet="outlet outletname source sourcename newspaper publication medianame medium publisher",
        via="via republisher",
        headline="headline title",
        deck="deck standfirst subheadline subtitle",
        byline="byline author authors writer",
        dateline="dateline",
        published_at="publishedat published publisheddate datepublished publishdate publicationdate pubdate date",
        updated_at="updatedat updated dateupdated dateupdate datemodified modified",
        section="section",
        url="url link domain",
        language="language lang",
        kind="kind",
    ),
    lead=("abstract", "summary", "description", "snippet", "excerpt", "lead"),
)
