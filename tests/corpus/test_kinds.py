"""A page of another kind than an article is told by its form, and an article that only looks like one stays an article."""

from __future__ import annotations

import pytest

from analysis.corpus.cleaning import clean
from analysis.corpus.kinds import kind_of

PROSE = "The ferry to the northern islands stayed in port for a third day on Friday, its crew said. Shops had no fresh bread."
WALL = (
    "We value your privacy\n\nWe and our 842 partners store and access information on a device. With your consent we may use "
    "personalised ads.\n\nAccept all\n\nCookie policy"
)


def kind(raw: str, **fields: str) -> str:
    return kind_of(raw, clean(raw), fields)[0]


def test_five_lines_with_a_clock_time_alone_are_a_live_blog():
    entries = [f"0{hour}:15 GMT\n\n{PROSE}" for hour in range(5)]
    assert kind("\n\n".join(entries)) == "liveblog"
    assert kind("\n\n".join(entries[:4])) == "article"
    assert kind(f"{PROSE}\n\n{PROSE}", kind="liveblog") == "liveblog"


def test_three_datelines_are_several_stories():
    stories = [f"{place} (EN) — {PROSE}\n\n{PROSE}" for place in ("ALDBY", "PORT LORN", "TARAWI, May 3")]
    assert kind("\n\n".join(stories)) == "multi_story"
    assert kind("\n\n".join(stories[:2])) == "article"


@pytest.mark.parametrize(
    "wall",
    [
        WALL,
        "Just a moment...\n\nVerify you are human by completing the action below.\n\nEnable JavaScript and cookies to continue.",
    ],
)
def test_a_page_that_asks_for_consent_or_access_is_a_wall(wall):
    found, n_signs, message = kind_of(wall, clean(wall), {})
    assert found == "consent_wall" and n_signs >= 2 and "not like an article" in message


def test_an_article_about_cookies_or_with_a_banner_above_it_is_an_article():
    about = "The regulator fined the shop for its cookie banner. “We and our partners did nothing wrong,” its owner said. "
    assert kind("\n\n".join([about + PROSE] * 4)) == "article"
    assert kind(WALL + "\n\n" + "\n\n".join([PROSE] * 40)) == "article"
    short = "The cookie policy of the shop names its consent notice. Its privacy settings must change, the regulator said."
    assert kind(f"{short}\n\n{short}") == "article"
