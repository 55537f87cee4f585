"""Outlets are found by the names they sign with, and by those that people and tables give them."""

from __future__ import annotations

import pytest

from analysis.corpus.signatures import outlet_id, outlet_named, signatures


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("reuters", "reuters"),
        ("REUTERS", "reuters"),
        ("the associated press", "ap"),
        ("AP", "ap"),
        ("Washington Post", "washington-post"),
        ("The  Washington Post", "washington-post"),
        ("nytimes.com", "new-york-times"),
        ("NYTimes.com", "new-york-times"),
        ("news.bbc.co.uk", "bbc"),
        ("Dale County Register", "dale-county-register"),
    ],
)
def test_an_outlet_is_known_by_id_name_alias_and_domain(name, id):
    assert outlet_named(name)[0] == id


def test_an_outlet_that_is_not_listed_keeps_its_name():
    assert outlet_named(" Dale  County Register ") == ("dale-county-register", "Dale County Register")


def test_names_that_lose_more_than_spaces_do_not_share_an_id():
    assert outlet_id("A/B News") != outlet_id("A B News") == "a-b-news"
    assert outlet_id("新聞") != outlet_id("日報")


@pytest.mark.parametrize("host", ["reuters.com.evil.example", "notreuters.com", "com", "", "reuters.example"])
def test_a_domain_that_only_looks_like_an_outlets_is_not_its(host):
    assert signatures().at(host) is None


def test_a_subdomain_is_its_outlets():
    assert signatures().at("uk.REUTERS.com.").id == "reuters"


def test_a_name_in_small_letters_is_no_signature():
    assert signatures().written("dawn") is None
    assert signatures().written("guardian") is None
    assert signatures().written("THE GUARDIAN").id == "guardian"


@pytest.mark.parametrize(
    ("text", "ids", "has_agencies"),
    [
        ("AFP, dpa and Reuters", ["afp", "dpa", "reuters"], False),
        ("By AFP and Reuters", ["afp", "reuters"], False),
        ("Guardian staff and agencies", ["guardian"], True),
        ("Source: AFP/Reuters", ["afp", "reuters"], False),
        ("staff with agencies", [], True),
    ],
)
def test_a_joint_credit_names_its_parts(text, ids, has_agencies):
    joint = signatures().joint(text)
    assert ([outlet.id for outlet in joint.outlets], joint.has_agencies) == (ids, has_agencies)


@pytest.mark.parametrize(
    "text", ["Reuters", "Tor Lien, Reuters", "Reuters and the council", "", "and", "AP" * 200]
)
def test_what_is_no_joint_credit_is_none(text):
    assert signatures().joint(text) is None
