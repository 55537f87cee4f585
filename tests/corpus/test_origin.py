"""Who wrote an article and who published the copy is told from evidence, and never guessed."""

from __future__ import annotations

import time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.cleaning import clean
from analysis.corpus.decoding import decode
from analysis.corpus.origin import Origin, origin
from analysis.corpus.outlets import load_outlets

STORY = (
    "The harbour council voted on Tuesday to close the northern pier for two years, ending a dispute.\n"
    "Fishermen said the closure would cost them a third of their income. Some had slept in their boats.\n"
    "Work is expected to begin in the autumn, the council said in a statement on its website."
)
WIRE = f"Pier closes\nBy Ida Grahn\nALDBY (AP) — {STORY}"


def of(raw: str, fields: dict[str, str] | None = None, told: str = "", outlets=None) -> Origin:
    return origin(clean(raw).rows, raw, fields or {}, told, outlets)


def test_origin_is_what_was_decided_before_the_first_run(page_end):
    found = of(page_end.raw, page_end.fields)
    via = {"itself": ("",), "": ("", "unknown")}.get(
        page_end.answers.get("via", ""), (page_end.answers.get("via"),)
    )
    assert found.outlet == page_end.answers.get("outlet", "unknown"), found
    assert found.via in via, found
    if page_end.answers.get("warns") == "outlet":
        assert [kind for kind, *_ in found.warnings] == ["outlet"]


def test_evidence_names_the_line_and_the_rule():
    assert of(WIRE).evidence == "line 3: dateline (AP)"
    assert of(STORY, {"url": "https://www.apnews.com/article/1"}).evidence == "url: apnews.com"
    assert of(STORY, {"byline": "Reuters"}).evidence == "byline given (Reuters)"
    assert of(STORY, {"outlet": "NYTimes.com"}).evidence == "column outlet (NYTimes.com)"


def test_an_agencys_text_without_a_publisher_was_published_by_nobody_knows_whom():
    assert of(WIRE).via == "unknown"


def test_where_nothing_speaks_all_is_unknown():
    assert of(STORY) == Origin("unknown", "", "", "unknown", ())


def test_the_users_word_stands_above_the_text_and_is_contradicted():
    found = of(WIRE, told="Reuters")
    assert (found.outlet, found.name, found.evidence) == ("reuters", "Reuters", "told")
    assert found.warnings == (
        ("outlet", 1, "told to be by Reuters; line 3: dateline (AP) says The Associated Press"),
    )


def test_the_users_word_is_confirmed_by_the_text():
    found = of(WIRE, told="ap")
    assert (found.evidence, found.warnings) == ("told; line 3: dateline (AP)", ())


def test_the_users_word_may_name_an_outlet_that_is_not_listed():
    found = of(STORY, told="The Orle Courier")
    assert (found.outlet, found.name) == ("the-orle-courier", "The Orle Courier")


def test_the_users_word_makes_the_site_the_publisher_of_the_copy():
    found = of(STORY, {"url": "https://www.japantimes.co.jp/a"}, told="reuters")
    assert (found.outlet, found.via) == ("reuters", "The Japan Times")


def test_an_agencys_own_address_contradicts_the_user():
    found = of(STORY, {"url": "https://www.reuters.com/a"}, told="ap")
    assert (found.outlet, len(found.warnings)) == ("ap", 1)


def test_two_signs_of_one_strength_are_both_named():
    found = of(f"Pier closes\nBy The Associated Press\nFebruary 2, 2024\nOSLO, Feb 2 (Reuters) - {STORY}")
    (kind, n, message), *_ = found.warnings
    assert (found.outlet, kind, n) == ("unknown", "outlet", 2)
    assert "line 2" in message and "The Associated Press" in message
    assert "line 4" in message and "Reuters" in message


def test_outlets_of_ones_own_are_found(tmp_path):
    path = tmp_path / "outlets.yml"
    path.write_text("outlets:\n  - {id: zns, name: ZNS, agency: 'yes'}\n")
    raw = f"Pier closes\nALDBY (ZNS) — {STORY}"
    assert of(raw).outlet == "unknown"
    assert of(raw, outlets=load_outlets(path)).outlet == "zns"


def test_a_name_that_is_spelt_out_before_its_abbreviation_is_no_dateline():
    assert of(f"Pier closes\nAndhra Pradesh (AP) – {STORY}").outlet == "unknown"


@pytest.mark.parametrize(
    "url", ["http://[", "https://", "about:blank", "not an address", "//", "x" * 3000, "http://a b/"]
)
def test_an_address_that_is_none_says_nothing(url):
    assert of(STORY, {"url": url}).outlet == "unknown"


def test_an_empty_file_has_no_origin():
    assert of("").outlet == "unknown"


LINES = st.sampled_from(
    [
        "By ",
        "Reuters",
        "(AP) — ",
        "/TASS/",
        "© 2023 ",
        "Source: ",
        "and agencies",
        "\n",
        " | ",
        "Sept. 13, 2023",
        "a.",
        STORY,
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(LINES | st.text(max_size=40), max_size=20).map("".join))
def test_any_text_has_one_outlet_or_none(raw):
    known = {"unknown", *(outlet.id for outlet in load_outlets())}
    assert of(raw).outlet in known


@pytest.mark.parametrize(
    "line", ["By Reuters, " * 30, "© " * 200, "(AP) " * 80, "Reuters/" + "ab/" * 120, "A" * 400]
)
def test_no_line_is_slow(line):
    raw = "\n".join([line] * 60)
    starts = [n * (len(line) + 1) for n in range(60)]
    roles = ["byline"] * 30 + ["body"] + ["credit"] * 29
    lines = [
        (n, start, start + len(line), role, True, "")
        for n, start, role in zip(range(1, 61), starts, roles, strict=True)
    ]
    origin(lines, raw, {})
    before = time.perf_counter()
    origin(lines, raw, {})
    assert time.perf_counter() - before < 0.5


FOUNDING = {  # doc_id -> what the text alone says of outlet and via; "unknown" is also right
    "reuters": ("reuters", "unknown"),
    "ap-early": ("ap", "unknown"),
    "ap-late": ("ap", "Global Security Wire"),
    "afp": ("unknown", "Dhaka Tribune"),
    "washington-post": ("unknown", "unknown"),
}


def test_the_founding_articles_are_right_or_unknown_by_their_text_alone(shared, root):
    """The early AP copy nowhere names the paper that printed it, the AFP copy nowhere names AFP, the Post's nobody."""
    folder = root / "data" / "kim-putin-2023"
    manifest = pd.read_csv(folder / "documents.csv", dtype=str, keep_default_na=False).set_index("doc_id")
    for doc_id, expected in FOUNDING.items():
        raw = decode(
            (shared / "stories" / folder.name / "articles" / manifest["file"][doc_id]).read_bytes()
        ).text
        found = of(raw)
        assert (found.outlet, found.via) == expected
        assert found.outlet in (manifest["outlet"][doc_id], "unknown")
        assert found.via in (manifest["via"][doc_id], "unknown")


def test_the_republishers_of_the_sample_story_are_found_by_their_pages(root):
    folder = root / "data" / "sample-harbour"
    manifest = pd.read_csv(folder / "documents.csv", dtype=str, keep_default_na=False)
    printed = manifest[manifest["via"] != ""]
    found = [of((folder / "articles" / file).read_text(encoding="utf-8")).via for file in printed["file"]]
    assert len(printed) == 2
    assert found == printed["via"].tolist()


@pytest.mark.parametrize(
    ("column", "near"),
    [("The Guardian (Nigeria)", "The Guardian"), ("Guardian Weekly", "The Guardian"), ("Orle Courier", "")],
)
def test_a_name_beside_a_listed_one_is_an_outlet_of_its_own_and_asked_about(column, near):
    found = of(STORY, {"outlet": column})
    assert found.name == column and found.outlet != "guardian"
    assert [f"is it {near}?" in message for _, _, message in found.warnings] == ([True] if near else [])


@pytest.mark.parametrize("portal", ["MSN", "Yahoo News", "Nexis Uni"])
def test_a_portal_or_an_archive_is_never_the_author(portal):
    assert of(STORY, {"outlet": portal}).outlet == "unknown"
    assert of(f"Pier closes\nBy {portal}\n{STORY}").outlet == "unknown"


def test_a_portals_copy_of_an_agencys_text_is_the_agencys():
    found = of(WIRE, {"outlet": "MSN"})
    assert (found.outlet, found.via) == ("ap", "MSN")


def test_a_word_that_only_the_site_speaks_against_is_told():
    found = of(STORY, {"url": "https://www.theguardian.com/a"}, told="Orle Courier")
    assert found.outlet == "orle-courier"
    assert found.warnings == (
        ("outlet", 1, "told to be by Orle Courier; url: theguardian.com says only that it stands there"),
    )


def test_an_outlet_that_was_told_and_names_itself_on_its_page_is_nobody_elses_publisher():
    raw = "\n\n".join(["The Orle Courier", *STORY.splitlines(), "© 2024 The Orle Courier"])
    assert (of(raw).outlet, of(raw).via) == ("unknown", "The Orle Courier")
    found = of(raw, told="The Orle Courier")
    assert (found.name, found.via) == ("The Orle Courier", "")
    assert of(raw, told="the-orle-courier").via == ""
