"""The outlets that ship are those that are promised; users add to them; a bad file says where it is bad."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from analysis.corpus.outlets import BadOutlets, load_outlets
from analysis.corpus.signatures import Signatures

PROMISED = {
    "reuters": "reuters.com",
    "ap": "apnews.com",
    "afp": "afp.com",
    "washington-post": "washingtonpost.com",
    "bloomberg": "bloomberg.com",
    "dpa": "dpa.com",
    "tass": "tass.com",
    "xinhua": "news.cn",
    "yonhap": "yna.co.kr",
    "bbc": "bbc.co.uk",
    "new-york-times": "nytimes.com",
    "guardian": "theguardian.com",
}


def own(folder: Path, text: str | bytes) -> Path:
    path = folder / "outlets.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_the_promised_outlets_ship_with_their_domains():
    known = {outlet.id: outlet for outlet in load_outlets()}
    assert {id for id, domain in PROMISED.items() if domain not in known[id].domains} == set()


def test_the_agencies_are_marked_as_such():
    agencies = {outlet.id for outlet in load_outlets() if outlet.agency}
    assert agencies & PROMISED.keys() == {
        "reuters",
        "ap",
        "afp",
        "bloomberg",
        "dpa",
        "tass",
        "xinhua",
        "yonhap",
    }


def test_a_file_of_ones_own_adds_outlets(tmp_path):
    path = own(
        tmp_path, "outlets:\n  - {id: orle-courier, name: The Orle Courier, domains: [orle.example]}\n"
    )
    added = Signatures(load_outlets(path))
    assert added.at("www.orle.example").name == "The Orle Courier"
    assert added.named("reuters").id == "reuters"


def test_a_file_of_ones_own_overrides_by_id(tmp_path):
    path = own(
        tmp_path, "outlets:\n  - {id: guardian, name: Guardian (London), domains: [theguardian.com]}\n"
    )
    assert {outlet.id: outlet.name for outlet in load_outlets(path)}["guardian"] == "Guardian (London)"


def test_a_wording_of_ones_own_holds_for_every_outlet(tmp_path):
    path = own(tmp_path, 'forms:\n  signoff:\n    - "Wired to us by {outlet}"\n')
    found = Signatures(load_outlets(path)).found("Wired to us by Reuters", "signoff")
    assert [outlet.id for outlet, *_ in found] == ["reuters"]


def test_a_wording_of_an_outlet_holds_for_it_alone(tmp_path):
    path = own(
        tmp_path,
        'outlets:\n  - id: orle-courier\n    name: Orle Courier\n    patterns: {signoff: ["Set in Orle by {people}"]}\n',
    )
    found = Signatures(load_outlets(path)).found("Set in Orle by Ned Ashby", "signoff")
    assert [outlet.id for outlet, *_ in found] == ["orle-courier"]


def test_a_file_that_is_not_there_adds_nothing(tmp_path):
    assert load_outlets(tmp_path / "outlets.yml") == load_outlets()


def test_an_empty_file_adds_nothing(tmp_path):
    assert load_outlets(own(tmp_path, "# nothing yet\n")) == load_outlets()


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("outlets: [\n", 2, "no readable YAML"),
        (b"outlets:\n  - {id: a, name: \xff\xfe}\n", 1, "no readable YAML"),
        ("outlets:\n  - {id: a-b, name: A B, country: X}\n", 2, "country"),
        ("outlets:\n  - {id: A B, name: A B}\n", 2, "id"),
        ("outlets:\n  - {name: A B}\n", 2, "id"),
        ("outlets:\n\n  - {id: a-b, name: A B, agency: maybe}\n", 3, "agency"),
        ("outlets:\n  - id: a-b\n    name: A B\n    domains: [https://a.example/x]\n", 4, "is no domain"),
        ('forms:\n  byline: ["By {who}"]\n', 2, "unknown placeholder {who}"),
        ('forms:\n  byline: ["{any} x {any} y {any} z {any}"]\n', 2, "at most 6 are allowed, 3 of"),
        ('forms:\n  byline: ["{any}"]\n', 2, "needs a word"),
        ('forms:\n  byline: ["By {outlet"]\n', 2, "a brace without its partner"),
        ("outlets: []\noutlets: []\n", 2, "stands twice"),
        ("outlets: &a\n  - {id: a-b, name: A B}\nforms: *a\n", 3, "references"),
        ("outlets: !!python/object/apply:os.getcwd []\n", 1, ""),
    ],
)
def test_a_bad_file_names_itself_and_the_line(tmp_path, text, line, says):
    path = own(tmp_path, text)
    if not says:
        assert load_outlets(path) == load_outlets()  # a tag is no order: the list in it is empty
        return
    with pytest.raises(BadOutlets) as bad:
        load_outlets(path)
    assert f"outlets.yml, line {line}: " in str(bad.value)
    assert says in str(bad.value)


def test_a_name_stands_for_one_outlet(tmp_path):
    path = own(tmp_path, "outlets:\n  - {id: another, name: Reuters}\n")
    with pytest.raises(BadOutlets, match="'reuters' is a name or domain of reuters and of another"):
        load_outlets(path)


def test_a_file_that_is_too_large_is_not_parsed(tmp_path):
    with pytest.raises(BadOutlets, match="at most 1,000,000 are allowed"):
        load_outlets(own(tmp_path, "#" * 1_000_001))


def test_no_wording_that_is_allowed_can_hang_a_run(tmp_path):
    path = own(tmp_path, 'forms:\n  signoff:\n    - "{any} a {any} a {any} b {outlet}"\n')
    known = Signatures(load_outlets(path))
    known.found("x", "signoff")
    before = time.perf_counter()
    known.found(" a" * 120 + " b AP a", "signoff")
    assert time.perf_counter() - before < 2
