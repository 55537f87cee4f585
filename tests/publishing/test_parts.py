"""A page is made from parts: those of its story that it shows, and what it was made from is known though the others changed."""

from __future__ import annotations

from analysis.publishing.parts import kept, parts, parts_of, parts_of_page
from analysis.publishing.provenance import entry
from tests.publishing.test_provenance import FROM, of

WHOLE = FROM | {
    "inputs": {"story.yml": "i", "documents.csv": "d", "articles/a.txt": "a", "measures/terms.parquet": "t"},
    "rows": {
        "lines/a": "1",
        "lines/b": "2",
        "estimates/b": "3",
        "articles/a": "4",
        "articles/b": "5",
        "warnings/": "6",
    },
}


def test_a_report_that_was_kept_says_what_else_it_was_made_from():
    known = {**FROM, "reports": {"a": entry(of("a"), FROM, "n", b"page")}}
    now = FROM | {"inputs": {"story.yml": "other", "facts.yml": "f"}}
    later = kept(known["reports"]["a"], known, now)
    assert later["made_from"] == {"inputs/story.yml": "i", "inputs/facts.yml": None}
    assert parts_of({**now, "reports": {}}, later) == parts(FROM)
    assert "made_from" not in kept(later, {**now, "reports": {}}, FROM)


def test_the_page_of_an_outlet_is_made_from_its_rows_and_from_those_of_others_that_it_shows():
    found = parts_of_page("readability", "a", parts(WHOLE))
    assert {name for name in found if name.startswith(("inputs/", "rows/"))} == {
        "inputs/story.yml",
        "rows/lines/a",
        "rows/estimates/b",
        "rows/articles/a",
        "rows/warnings/",
    }


def test_the_page_of_a_story_is_made_from_all_rows_and_from_articles_as_files():
    found = parts_of_page("corpus", None, parts(WHOLE))
    assert {name for name in found if name.startswith(("inputs/", "rows/"))} == {
        "inputs/story.yml",
        "inputs/documents.csv",
        "inputs/articles/a.txt",
        "rows/lines/a",
        "rows/lines/b",
        "rows/estimates/b",
        "rows/warnings/",
    }
