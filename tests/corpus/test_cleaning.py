"""A story is parted from the furniture around it, and every line of the file is accounted for."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.cleaning import clean, label_lines

STORY = [
    "The harbour council voted on Tuesday to close the northern pier for two years, ending a long dispute.",
    "“We had no other choice,” Mayor Ines Vale told reporters after the vote, which passed by nine to four.",
    "Fishermen said the closure would cost them a third of their income. Some had slept in their boats.",
    "The pier was built in 1931 and has been repaired four times since then, city records show.",
    "An inspection in March found that the timber had rotted, and engineers warned that it could fail.",
    "Work is expected to begin in the autumn, the council said in a statement on its website.",
]
HEADLINE = "Harbour council closes northern pier"


def page(
    *above: str, middle: tuple[str, ...] = (), below: tuple[str, ...] = (), story: list[str] = STORY
) -> str:
    return "\n\n".join([*above, *story[:3], *middle, *story[3:], *below])


def labels(raw: str) -> dict[str, tuple[str, str]]:
    return {raw[row.start : row.end]: (row.role, row.rule) for row in label_lines(raw).itertuples()}


def body(raw: str) -> list[str]:
    cleaned = clean(raw)
    return [cleaned.text[start:end] for start, end, part in cleaned.paragraphs if part == "body"]


def test_plain_paragraphs_are_all_body_and_have_no_rule():
    cleaned = clean("\n\n".join(STORY))
    assert cleaned.text == "\n\n".join(STORY)
    assert set(cleaned.lines["role"]) == {"body"}
    assert set(cleaned.lines["rule"]) == {""}


def test_headline_deck_byline_and_dateline_are_fields():
    raw = page(
        HEADLINE,
        "• Mayor sees no other choice",
        "• Fishermen lose a third of income",
        "By Ann Bree and Tom Oak",
        story=["PORT VALE, Wis. (AP) — " + STORY[0], *STORY[1:]],
    )
    cleaned = clean(raw)
    assert cleaned.headline == HEADLINE
    assert cleaned.deck == "Mayor sees no other choice\nFishermen lose a third of income"
    assert cleaned.byline == "By Ann Bree and Tom Oak"
    assert cleaned.dateline == "PORT VALE, Wis. (AP)"
    assert cleaned.text == "\n\n".join([HEADLINE, *STORY])
    assert cleaned.paragraphs[0] == (0, len(HEADLINE), "headline")


def test_a_dateline_is_a_part_of_its_line():
    raw = "Oslo/Lima — " + STORY[0]
    rows = label_lines(raw)[["line", "start", "end", "role", "kept"]].values.tolist()
    assert rows == [[1, 0, 11, "dateline", False], [1, 12, len(raw), "body", True]]


@pytest.mark.parametrize(
    "dateline",
    [
        "OSLO--",
        "Oslo/Lima — ",
        "OSLO (AP) — ",
        "OSLO, Oct 3 (Reuters) - ",
        "Oslo (AFP) – ",
        "NEW YORK — ",
        "Oslo — ",
        "ST. LOUIS, Mo. (AP) _ ".replace("_", "—"),
        "(Reuters) - ",
        "OSLO, September 13. /TASS/. ",
        "Sept. 13 (UPI) -- ",
        "Oslo, Sept 13 (Harbour Press) -- ",
        "ISLAMABAD: ",
        "Talo City CNN — ",
        "Boston (CNN) ",
        "THE HAGUE, Norland (AP) — ",
        "AL-TALO (AP) — ",
        "NEW DELHI: ",
        "KARACHI/LAHORE: ",
    ],
)
def test_a_dateline_is_taken_off_the_first_sentence(dateline):
    cleaned = clean("\n\n".join([dateline + STORY[0], *STORY[1:]]))
    assert cleaned.text == "\n\n".join(STORY)
    assert cleaned.dateline == dateline.strip(" -–—")


def test_a_dateline_is_found_below_a_sentence_that_stands_above_the_story():
    raw = "\n\n".join(["Boats wait at the pier on a grey day.", "OSLO (AP) — " + STORY[0], *STORY[1:]])
    assert clean(raw).dateline == "OSLO (AP)"


@pytest.mark.parametrize(
    "sentence",
    [
        "Oslo — the city that owns the pier — has paid for its repair since it was built, records show.",
        "NATO — the alliance is seventy years old — has not used the harbour since the pier was built.",
        "Vale — Oslo’s twin — Has paid for the repair of the pier since it was built in 1931, records show.",
    ],
)
def test_a_parenthesis_in_dashes_is_no_dateline(sentence):
    assert body("\n\n".join([sentence, *STORY])) == [sentence, *STORY]


@pytest.mark.parametrize(
    "sentence",
    [
        "Palestinian Authority (PA) President Mahmoud Abbas said on Monday that he would not come to the port.",
        "National Public Radio (NPR) Chief Executive Lena Moe resigned on Monday after a dispute over the pier.",
        "The British Broadcasting Corporation (BBC) Director General resigned on Monday after a dispute over it.",
        "NASA — The agency that runs the launch site — said on Monday that the pier would be closed.",
        "WHO — In its report on the island — warned on Monday that the water was not safe to drink.",
        "CEO — Chief Executive Officer — was the title he liked best, and he had it painted on his boat.",
        "US - China trade was down by a third in the first half of the year, the ministry said.",
        "GOP: The party has changed its mind on the pier, and its members are angry about it.",
        "FIFA/UEFA: The two bodies have met on the island to talk about the cup, and both were pleased.",
        "UKRAINE WAR: What the council has decided about the pier was not told to anyone on Monday.",
        "On May 3 — The day of the vote — nobody slept.",
        "Andhra Pradesh (AP) Chief Minister Lena Moe said on Monday that she would come to the port.",
        "Harrisburg (PA) Mayor Lena Moe said on Monday that she would come to the port.",
        "Pakistan Tehreek-e-Insaf (PTI) Chairman Lena Moe said on Monday that she would come to the port.",
        "AI: The machines have come to the port, and the men are angry.",
        "UNESCO — The body that lists old ports — said on Monday that the pier would be added.",
        "In 2019 — The year of the storm — nobody slept.",
    ],
)
def test_a_name_at_the_start_of_a_sentence_is_no_dateline(sentence):
    assert body("\n\n".join([sentence, *STORY])) == [sentence, *STORY]
    assert body("\n\n".join([STORY[0], sentence, *STORY[1:]])) == [STORY[0], sentence, *STORY[1:]]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        (
            "In this photo taken on March 3, 2020, boats lie at the northern pier. (AP Photo/Sam Reed)",
            "caption",
        ),
        ("This March 3, 2020, photo provided by the Harbour Office shows the pier", "caption"),
        ("FILE PHOTO: Boats lie at the pier, March 3, 2020. REUTERS/Sam Reed/File Photo", "caption"),
        ("Boats lie at the northern pier, March 3 2020. Picture: REUTERS/SAM REED", "caption"),
        (
            "Ines Vale, left, and Tom Oak, right, walk along the pier in Port Vale (Harbour Office via AP)",
            "caption",
        ),
        ("Ines Vale speaks to reporters [File: Sam Reed/Reuters]", "caption"),
        ("Slideshow (20 Images)", "boilerplate"),
        ("___", "boilerplate"),
        ("[ad_1]", "boilerplate"),
        ("Advertisement", "boilerplate"),
        ('[contact-form-7 id="5" title="Subscribe"]', "boilerplate"),
        ("Sign up for our morning newsletter", "boilerplate"),
        ("We did what had to be done. pic.twitter.com/AbC123", "boilerplate"),
        ("— Ines Vale (@inesvale) March 3, 2020", "boilerplate"),
        ("March 3, 2020 at 14:15 JST", "boilerplate"),
        ("Update : 3 Mar 2020, 05:29 PM", "update_note"),
        ("This article was updated on Friday to add a second vote.", "update_note"),
        ("Correction: An earlier version of this story misspelt the name of the mayor.", "update_note"),
        ("Read more: Storm sinks two boats off the coast", "related"),
        ("READ ALSO: Fleet owners demand more money", "related"),
        ("Storm Sinks Two Fishing Boats Off the Coast of Vale", "related"),
        ("Fleet sails north holding one good card: The boats Vale wants", "related"),
        ("STORM SINKS TWO BOATS OFF THE COAST", "related"),
        ("Anger in the fleet", "subhead"),
        ("'Anger in the fleet'", "subhead"),
        ("- 'No other choice' -", "subhead"),
        ("PUBLISHED: 06:14, 2 August 2023 | UPDATED: 08:30, 2 August 2023", "boilerplate"),
        ("View this post on Instagram", "boilerplate"),
        ("You have 2 free articles left this month.", "boilerplate"),
        ("This is a developing story. It will be updated.", "update_note"),
        ("(Updates with reaction of the fleet in paragraph 5.)", "update_note"),
        ("Image source, Harbour Office", "caption"),
        ("--With assistance from Ann Bree and Tom Oak.", "credit"),
        ("ab/cde (AFP, dpa)", "credit"),
    ],
)
def test_furniture_between_paragraphs_is_dropped_under_its_role(line, role):
    raw = page(HEADLINE, middle=(line,))
    assert labels(raw)[line][0] == role
    assert body(raw) == STORY


@pytest.mark.parametrize(
    "line",
    [
        "If you value what we do, please consider becoming a member.",
        "Please consider supporting our work with a donation.",
        "To receive new posts and support my work, consider becoming a free or paid subscriber.",
        "Having trouble viewing this email? View it in your browser.",
        "Follow along with our live coverage.",
        "We’ll send you a daily newsletter with the top stories.",
        "Unsubscribe at any time.",
        "To unsubscribe, click here.",
        "This story was produced by Floodlight and co-published with the Vale Daily.",
        "This article was produced by AFP.",
        "This interview has been edited for length and clarity.",
        "This conversation has been lightly edited and condensed.",
        "A version of this article appears in print on June 3, 2024, Section A, Page 1.",
        "A version of this story first appeared in the Vale Daily.",
        "This content is for subscribers only.",
        "You have one free article remaining this month.",
        "To continue reading this article, please subscribe.",
        "Subscribe now to continue reading.",
        "Subscribe to unlock this article",
        "Unlimited access to all articles",
        "You’ve reached your monthly limit of free articles.",
        "Comments are closed.",
        "Comments on this article are closed.",
        "Our Standards: The Thomson Reuters Trust Principles.",
        "Terms of Service and Privacy Policy",
        "Terms of Use | Privacy Policy",
        "Do Not Sell My Personal Information",
        "This story has been updated with comment from the ministry.",
        "This story has been updated with the engineers’ plan and comment from the council. It also corrects an age.",
        "This article has been updated with the verdict.",
        "This article was updated with additional details.",
        "This article has been updated with the latest figures.",
        "This photo provided by the Harbour Office shows boats at the pier, Monday, Sept. 4, 2023. (Harbour Office via AP)",
        "This satellite image from Planet Labs PBC shows the pier in Port Vale, Monday, Sept. 4, 2023.",
        "In this image from video, the mayor speaks in Port Vale.",
        "In this Monday, Sept. 4, 2023, photo, boats taken by the storm lie on the pier.",
        "In this Sept. 4, 2023, file photo provided by the Harbour Office, boats lie at the pier.",
        "In this undated handout photo released by the state, the mayor walks.",
        "In this image made from video posted by the fleet, boats burn.",
        "File photo of the pier.",
        "File photo: Boats lie at the pier",
        "Mayor Ines Vale, center, and Tom Oak walk along the pier in Port Vale, Monday, Sept. 4, 2023.",
        "Image caption Boats lie at the pier",
        "Image credit Getty Images",
        "Photo credit: Lena Moe",
        "Reporting by Ann Bree; editing by Tom Oak",
        "Reporting by Ann Bree in Lima and Tom Oak; Writing by Lou Hart, Editing by Sam Reed",
        "Share this article",
        "Share this with friends",
        "Share on Facebook",
        "Boats lie at the pier (photo by Lena Moe)",
        "Boats lie at the pier. (Photo by Lena Moe / AFP).",
        "Boats lie at the pier. (Photo by Lena Moe/Vale Daily).",
        "Boats lie at the pier (Photo by LENA MOE / AFP).",
    ],
)
def test_a_line_worded_like_furniture_is_dropped_wherever_it_stands(line):
    assert line not in body(page(HEADLINE, middle=(line,)))
    assert line not in body(page(HEADLINE, below=(line,)))


def test_a_story_goes_on_below_a_box_of_links():
    links = (
        "Related Stories",
        "Five ports to visit this year",
        "Why the fleet sails north in May",
        "Old boats, new owners",
    )
    last = "The council will meet the fishermen on Friday, the mayor said."
    assert body(page(HEADLINE, below=(*links, last, "© 2020 Daily Vale"))) == [*STORY, last]


def test_a_note_on_an_author_is_dropped_where_the_author_signs_the_story():
    note = "Ann Bree covers harbours for the Daily Vale."
    assert body(page(HEADLINE, "By Ann Bree", below=(note,))) == STORY
    assert body(page(HEADLINE, "By Tom Oak", below=(note,))) == [*STORY, note]
    short = "Bree covers harbours for the Daily Vale."
    assert body(page(HEADLINE, "By Ann Bree", below=(short,))) == STORY
    told = "Bree covers the cost of fuel herself."
    assert body(page(HEADLINE, "By Ann Bree", below=(told,))) == [*STORY, told]


def test_what_a_screen_reader_may_skip_is_dropped_with_its_box():
    box = (
        "skip past newsletter promotion",
        "Every day the port in brief, for you alone.",
        "after newsletter promotion",
    )
    assert body(page(HEADLINE, middle=box)) == STORY
    assert body("\n\n".join([HEADLINE, *STORY[:2], box[0], *STORY[2:4], box[2], *STORY[4:]])) == STORY


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Reuters", "credit"),
        ("(Reporting by Ann Bree and Tom Oak; Editing by Lou Hart)", "credit"),
        ("Lou Hart in Madison and Tom Oak in Lima, Peru, contributed to this report.", "credit"),
        ("Contact Ann Bree at ann@vale.example", "credit"),
        ("– Ann Bree and Tom Oak-Lee, AP News", "byline"),
        ("© 2020 Daily Vale. All Rights Reserved.", "boilerplate"),
        ("Leave a Reply", "boilerplate"),
        ("Comments (541)", "boilerplate"),
        ("Comments on this story are closed.", "boilerplate"),
        ("Your e-mail address won’t be shown. * Required fields are marked", "boilerplate"),
        ("Please enter your password to go on.", "boilerplate"),
        ("Next Post", "boilerplate"),
        ("Popular Links", "boilerplate"),
        ("Source link", "boilerplate"),
    ],
)
def test_furniture_below_the_story_is_dropped_under_its_role(line, role):
    raw = page(HEADLINE, below=(line,))
    assert labels(raw)[line][0] == role
    assert body(raw) == STORY


@pytest.mark.parametrize(
    "sentence",
    [
        "No comment was available from the fleet.",
        "He declined.",
        "What happens next?",
        "Video from the harbour showed people running.",
        "Experts from twenty countries contributed to the report.",
        "Written by two engineers, the report warned that the pier could fall.",
        "An earlier version of the report said otherwise.",
        "This report was published by the ministry on Monday.",
        "The island can be reached by ferry only.",
        "Related-party deals rose by a third, the audit found.",
        "In a picture posted on Facebook, the mayor stands on the pier.",
        "By Friday, the boats were gone.",
        "More from the fleet joined them at noon.",
        "The bank lent again. Why now?",
        "“This is the end for us”",
        "There were three reasons:",
        "• The pier is old",
        "Register to vote within four days, officials told residents on Monday.",
        "Sign up for the draft or face four years in prison, the minister warned.",
        "“Get all the food delivered by Monday,” the governor told aides.",
        "He said about 200 volunteers contributed from Germany and France.",
        "With contributions from 40 countries, the fund reached $2 billion last year.",
        "Most voters back the plan, a poll published on Tuesday found (Reuters/Ipsos).",
        "Turnout fell by a third, according to a poll by Ipsos/Reuters.",
        "He said this report was revised after the ministry objected, and the council agreed.",
        "Lawmakers noted that this article was amended twice since 1993, most recently in May.",
        "This story was first published in 1851 and made him famous across the country.",
        "The original version of this story ended with the death of the hero.",
        "The upper village can be reached by only 300 people a day, the mayor said.",
        "Follow the money, prosecutors wrote in a memo published at https://example.org/memo.",
        "See how the news reached families: they were called one by one.",
        "The parties, left, right and center, agreed on Sept. 13 to meet again.",
        "Corrections — the department that runs the prisons — said nothing.",
        "Video credits the officer with saving two lives, the lawyer argued.",
        "Image copyright is at the heart of the case, the judge wrote.",
        "Subscribe to that view and four ministers will resign, he warned.",
        "You have been added to the list of wanted men, the letter said.",
        "By using force, he said, you will lose the people.",
        "This report was revised to include the costs, the ministry said.",
        "Terms of service for judges were cut to ten years.",
        "Experts from twenty countries contributed to this report.",
        "“Watch: the fleet that wants the pier open is the one that broke it.”",
        "He lived in Port Vale, left, then right, in Lima.",
        "This is the developing story of a fleet, the mayor said.",
        "A version of this story was told to him by his grandmother.",
        "This story appeared in an old book, the priest said, and it has been told ever since.",
        "The ministry was not involved in the creation of the fleet, a judge ruled on Monday.",
        "(The price of bread has risen by half since May.)",
        "With help from the fleet, they rebuilt the school.",
        "Reporting from the islands has become harder since the spring.",
        "To continue reading the bones, she lit a candle.",
        "You are receiving this honour because your fathers died, the mayor told them.",
        "A message from the mayor reached them at dawn.",
        "Powered by the wind alone, the boat reached Lima.",
        "Our local newsletter is dead, the mayor said.",
        "Skip to the end of the line and you lose your place, they learned.",
        "Thanks for reading my letter, he wrote, and subscribe to no paper.",
        "May 3: the strike begins.",
        "EU–Norland talks on the fleet will begin in the autumn, the council said.",
        "Finland could consider becoming a full member of the alliance this spring.",
        "London may consider supporting US strikes if talks fail.",
        "Sweden will consider becoming a member of NATO.",
        "The region will consider supporting the work of the port with a loan.",
        "Having trouble reading the charts, the captain turned back to port.",
        "Follow along as he walks the quay and the names come back.",
        "We’ll send you a bill, says a sign on the door.",
        "Unsubscribe from all lists, the law now demands, must be one click.",
        "This project was funded by the World Bank.",
        "This video was produced by Hamas and shows the hostage alive.",
        "This story was produced by Pixar and directed by two newcomers.",
        "This project was supported by Norway.",
        "This interview has been condensed into a sentence in the indictment.",
        "A version of this report was published in 2019 by the port authority.",
        "This content is exclusive to members of the Senate.",
        "This story is for members of the Sami nation too.",
        "To keep reading after the lights go out, the children use candles.",
        "Unlimited access to the harbor is a threat to the fish.",
        "You have three stories left.",
        "This week a satellite image taken on Monday shows new trenches along the border, analysts say.",
        "This photograph from 1933 shows the quay before the war.",
        "In this frame of mind, the picture from the port looks bleak.",
        "Stock photo agencies are suing the maker of the image generator.",
        "In France, right, left and center are all losing voters, a survey in Le Monde found.",
        "Among the guests are Lena Moe, center, and Jonas Berg in Larkmoor.",
        "Media credit Mayor Dalgaard with saving the ferry.",
        "Reporting by Reuters in May prompted the ministry to stop reporting its figures.",
        "Terms of service on the platform forbid such posts.",
        "Our standards fell.",
        "Comments are closed to the public, and the record is sealed.",
        "This report was updated with figures from the region, which show a steep fall.",
        "Share this burden, the bishop urges the rich.",
        "The album holds forty views of the quay as it was before the war (photos by Lena Moe).",
        "Voters should consider supporting the work of the library.",
        "Norway may consider donating the ships that members of its navy no longer need.",
        "In all, three generals are to receive new posts in the army.",
        "You are receiving this medal because your fathers died.",
        "Was this explained to you?",
        "An error occurred in the count of the votes.",
        "Having trouble with the engine, the captain turned back.",
        "Follow along the river and you reach the mill.",
        "We’ll email you the results of the test, reads a notice on the door.",
        "This video was provided by the police.",
        "This project has been funded by the European Union and Norway.",
        "This article was supported by three judges and opposed by four.",
        "This conversation is edited out of the film.",
        "A version of this story ran in every family on the island.",
        "This content is available to members of the public free of charge.",
        "This post is reserved for members of the ruling party.",
        "You have two free days left.",
        "Register to read the names of the dead.",
        "To continue reading, children need lamps.",
        "Join now to keep the peace, a poster urges.",
        "You have reached your limit, doctors tell them.",
        "Unlimited access to Larkmoor is over.",
        "12 responses to the tender are on the table.",
        "Comments are off the record.",
        "Terms of use for the quay are strict.",
        "Do not sell your land, a banner on the bridge urges.",
        "Copyright by its nature is a right of the few.",
        "This report was updated as the count went on.",
        "This satellite image from March shows the quay.",
        "This image from the camera of a bus shows him alone.",
        "In this picture of the world, threats come from all sides.",
        "Stock images of boats are cheap.",
        "File photos show him at the pier.",
        "File photo agencies want to be paid.",
        "For Lena Moe, left, and Jonas Berg, right, life in Larkmoor goes on.",
        "Parties of the center, left, right and green, all stand for election in Larkmoor.",
        "Image source code is what the firm sells.",
        "Photo credit cards are new in Norland.",
        "Reporting by Ann Bree shows that editing of the files goes on.",
        "Share with your neighbours, the bishop urges.",
        "Share this moment, she tells them.",
        "The book has ten maps (courtesy of the Harbour Office) and forty views (pictures by Lena Moe).",
        "Editing by committee is slow.",
        "Newsletters are back.",
        "Latest in a line of mayors, she knows the port.",
        "Our team email goes to forty men.",
        "Support our journalism students, a banner reads.",
    ],
)
def test_a_sentence_of_the_story_is_kept(sentence):
    assert sentence in body(page(HEADLINE, middle=(sentence,)))
    assert sentence in body(page(HEADLINE, below=(sentence,)))


def pasted_pages() -> dict[str, list[str]]:
    """Read the pages of pasted_pages.txt, by name, as lines that begin with the mark of what they are."""
    text = (Path(__file__).parent / "pasted_pages.txt").read_text(encoding="utf-8")
    pages = (page.partition("\n") for page in text.split("\n=== ")[1:])
    return {name: lines.rstrip("\n").split("\n") for name, _, lines in pages}


@pytest.mark.parametrize(("name", "lines"), pasted_pages().items(), ids=list(pasted_pages()))
def test_a_pasted_page_keeps_its_story_and_nothing_else_line_by_line(name, lines):
    raw = "\n".join(line[2:].replace("{", "").replace("}", "") for line in lines)
    story = " ".join(line[2:].partition("}")[2] or line[2:] for line in lines if line[:1] in ("H", "+"))
    assert clean(raw).text.split() == story.split()
    assert [clean(raw).headline] == [line[2:] for line in lines if line.startswith("H")]


@pytest.mark.parametrize("last", ["He laughed.", "“No,” she said."])
def test_a_short_last_paragraph_above_a_comment_form_is_kept(last):
    form = ("Leave a comment", "Name", "Website", "Post Comment")
    assert body(page(HEADLINE, below=(last, *form))) == [*STORY, last]


def test_a_line_that_may_be_either_is_kept_and_marked():
    raw = page(HEADLINE, middle=("The fleet had been told of it long before",))
    assert labels(raw)["The fleet had been told of it long before"] == ("body", "unsure")


def test_link_questions_are_dropped_when_they_come_in_the_plural_and_name_who_they_are_about():
    one = "Mayor Vale wants to close the northern pier. Why now?"
    two = "The fleet of Port Vale is angry. What will it do?"
    assert one in body(page(HEADLINE, middle=(one,)))
    raw = "\n\n".join([HEADLINE, *STORY[:2], one, *STORY[2:4], two, *STORY[4:]])
    assert labels(raw)[one] == labels(raw)[two] == ("related", "question_line")
    asked = (
        "The money is gone. Who will pay for the repairs?",
        "The staff are angry. What will they do now?",
    )
    raw = "\n\n".join([HEADLINE, *STORY[:2], asked[0], *STORY[2:4], asked[1], *STORY[4:]])
    assert set(asked) <= set(body(raw))


def test_a_number_before_a_line_is_a_subhead_unless_the_lines_are_a_list():
    points = ("1. Keep the ferry", "2. Pay the staff", "3. Publish the report")
    assert set(points) <= set(body(page(HEADLINE, middle=points)))
    raw = "\n\n".join([HEADLINE, *STORY[:2], points[0], *STORY[2:4], points[1], *STORY[4:]])
    assert labels(raw)[points[0]] == labels(raw)[points[1]] == ("subhead", "subhead")


def test_points_in_short_are_a_deck_above_the_story_and_a_list_inside_it():
    points = ("The pier is closed", "The fleet moves north", "Nobody pays")
    raw = page(HEADLINE, "In short", *points)
    assert {labels(raw)[point] for point in points} == {("deck", "key_points")}
    for label in ("In short", "Summary"):
        assert set(points) <= set(body(page(HEADLINE, middle=(label, *points))))


def test_a_label_makes_a_caption_of_the_short_line_below_it_alone():
    short, long = "Boats lie at the pier in the storm", " ".join(STORY[:3])
    raw = page(HEADLINE, middle=("Image source, Harbour Office", "Image caption,", short))
    assert labels(raw)[short] == ("caption", "caption_below_label")
    assert long in body(page(HEADLINE, middle=("Image caption", long)))
    above = "Boats lie at the pier. (AP Photo/Sam Reed)"
    assert STORY[3] in body(page(HEADLINE, middle=(above, "Image caption")))


def test_teasers_of_other_stories_at_the_end_are_dropped():
    teasers = (
        "Bakers and millers share old recipes from kitchens across three valleys.",
        "A series about mountain railways and those who drive them",
        "A series based on letters found in an attic",
    )
    more = [
        "The mayor said she would meet the fleet again next week.",
        "The fleet said it had not been asked.",
        "The state pays for half of the work, the mayor said.",
        "The council will vote on the rest in May, she said.",
    ]
    raw = page(HEADLINE, story=[*STORY, *more], below=teasers)
    assert body(raw) == [*STORY, *more]
    assert {role for line, (role, _) in labels(raw).items() if line in teasers} == {"related"}


def test_a_prefix_with_the_date_is_parted_from_its_caption():
    raw = " date 2020-03-03 Boats lie at the pier. Picture: AFP/SAM REED\n" + "\n".join(STORY)
    assert label_lines(raw)["rule"].tolist()[:2] == ["date_prefix", "caption_credit"]
    assert body(raw) == STORY


def test_a_credit_in_brackets_at_the_end_of_the_last_paragraph_is_parted_from_it():
    raw = page(HEADLINE, story=[*STORY[:-1], STORY[-1] + " (Reporting by Ann Bree; Editing by Lou Hart)"])
    assert body(raw) == STORY


def test_a_saved_page_gives_the_story_alone():
    menu = ("Home", "World", "Politics", "Daily Vale")
    below = (
        "Tags: harbour, pier",
        "Five ports to visit this year",
        "Leave a Reply",
        "Name",
        "Website",
        "Post Comment",
    )
    cleaned = clean(page(*menu, HEADLINE, "Share", "March 3, 2020", below=below))
    assert cleaned.text == "\n\n".join([HEADLINE, *STORY])


def test_hard_wrapped_lines_become_paragraphs_and_keep_their_rows():
    raw = (
        "Council closes pier after a year\n\n"
        "The harbour council voted on Tuesday to close the northern pier\n"
        "for two years, a decision that ends months of dispute over the\n"
        "fishing fleet.\n\n"
        "Fishermen said the closure would cost them a third of what they\n"
        "earn, and that some had slept in their boats to protest against\n"
        "the vote.\n"
    )
    cleaned = clean(raw)
    assert [cleaned.text[start:end].split()[-1] for start, end, _ in cleaned.paragraphs] == [
        "year",
        "fleet.",
        "vote.",
    ]
    assert cleaned.lines["line"].tolist() == [1, 3, 4, 5, 7, 8, 9]


def test_white_space_is_normalised_and_marks_are_not():
    assert (
        clean("“It\u00a0 was --\ta ‘port’,” the mayor said again.").text
        == "“It was -- a ‘port’,” the mayor said again."
    )


def test_an_empty_file_has_no_lines_and_no_text():
    cleaned = clean(" \n\t\n")
    assert (cleaned.text, cleaned.paragraphs, len(cleaned.lines)) == ("", [], 0)
    assert cleaned.lines.columns.tolist() == ["line", "start", "end", "role", "kept", "rule"]


FRAGMENTS = st.sampled_from(
    [
        *STORY,
        HEADLINE,
        "OSLO — ",
        "OSLO (AP) — ",
        "[ad_1]",
        "___",
        "Anger in the fleet",
        "By Ann Bree",
        "A series about boats",
        "Leave a Reply",
        "Read more: x",
        "• one",
        "(Reporting by Ann Bree)",
        "date 2020-03-03 ",
        "Vale acts. Why now?",
        "Reuters",
        "THE END OF IT ALL NOW",
        "He said:",
        "\n",
        "\n\n",
        "\u00a0",
        " ",
        "\r\n",
        "\x85",
        "\u2028",
        "© 2020",
        "…",
        "“",
        "x",
    ]
)
RAW = st.one_of(
    st.text(max_size=300), st.lists(st.one_of(FRAGMENTS, st.text(max_size=30)), max_size=40).map("".join)
)


@settings(max_examples=300, deadline=None)
@given(RAW)
def test_every_printed_character_stands_in_exactly_one_row_in_order(raw):
    cleaned, at = clean(raw), 0
    for row in cleaned.lines.itertuples():
        assert raw[at : row.start].strip() == ""
        assert raw[row.start : row.end].strip() == raw[row.start : row.end] != ""
        assert row.line == raw.count("\n", 0, row.start) + 1
        at = row.end
    assert raw[at:].strip() == ""
    kept = "".join(raw[row.start : row.end] for row in cleaned.lines.itertuples() if row.kept)
    assert "".join(kept.split()) == "".join(cleaned.text.split())
    assert [cleaned.text[start:end] for start, end, _ in cleaned.paragraphs] == cleaned.text.split(
        "\n\n"
    ) * bool(kept)


@settings(max_examples=300, deadline=None)
@given(RAW)
def test_cleaning_twice_changes_nothing(raw):
    text = clean(raw).text
    assert clean(text).text == text


@pytest.mark.parametrize(
    "piece",
    [
        "“a ",
        "U.S. ",
        "SEOUL — ",
        "A series about\n",
        "By Ann and ",
        "Ann, left, ",
        "(AP Photo/",
        "In this photo ",
        "(",
        "?",
        "\n",
        STORY[0] + "\nAnger in the fleet\n",
    ],
)
def test_two_hundred_thousand_characters_of_anything_take_seconds_at_most(piece):
    began = time.process_time()
    clean(piece * (200_000 // len(piece)))
    assert time.process_time() - began < 5


def test_clean_bodies_of_real_articles_lose_nothing_but_notes():
    gold = Path(os.environ.get("PARALLAX_SHARED", Path(__file__).parents[2] / ".." / "shared")) / "gold"
    if not gold.is_dir():
        pytest.skip("the labelled articles are not here: set PARALLAX_SHARED")
    notes = {"update_note", "credit", "boilerplate"}
    n_words = n_dropped = 0
    for name in ("polnear_dev", "narrative_frames_dev"):
        for line in (gold / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            raw = json.loads(line)["text"]
            n_words += len(raw.split())
            dropped = (row for row in label_lines(raw).itertuples() if not row.kept and row.role not in notes)
            n_dropped += sum(len(raw[row.start : row.end].split()) for row in dropped)
    assert n_dropped / n_words < 1 / 200


def test_a_sentence_behind_more_stays_and_a_link_does_not():
    raw = page(middle=("More: The harbour will stay open until the autumn.", "More: Harbour stays open"))
    assert labels(raw)["More: The harbour will stay open until the autumn."][0] == "body"
    assert labels(raw)["More: Harbour stays open"][0] == "related"
