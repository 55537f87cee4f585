"""Story lines: which stretch of a file is the story, and what the lines above, below and between are.

Works on units whose wording gave no sign (their role is still empty), by where they stand and
whether they are sentences. When unsure a line is left without a role, and so is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from analysis.corpus.units import LONG_LINE, SENTENCE_END, Unit

FURNITURE_COST, LINE_COST, STOP_COST = 4.5, 6, 40  # in words of prose, see `story`
MOST_WORDS = (
    40  # of a paragraph that count there: a long notice or comment weighs no more than a paragraph of news
)
FEW_LINES = 8  # lines above a story from which on it is a saved page
LONGEST_HEADLINE = 220  # characters
ENOUGH_SHARED = 3  # words of the story in a line above it: the first such line is the headline
FARTHEST_BELOW = (
    10  # link lines from the end of the stretch of prose to a paragraph that goes on with the story
)
CUT_OFF = re.compile(r"(?:…|\.\.)\W*$")
NEAR = 5  # lines, of any kind, above a paragraph that needs no other sign
SHARED_BELOW = 2  # words of the story in a paragraph below a box of links in it
LONGEST_DECK = 30  # words of a deck that is a sentence
LONGEST_LABEL = 8  # words of a line between headline and story that is no part of either
CLAUSE_END = re.compile(r"[:;,–—-]['\"”’»)\]]*$|[\"”»]$")
LONGEST_SUBHEAD = 8  # words
NOT_A_SUBHEAD = re.compile(r"[:?|]")
LINK_IN_CAPS = 5  # words from which a line in capitals is a link and no subhead
QUOTED_SUBHEAD = re.compile(r"(?:'(?:[^' .,!?]+ ?){1,8}'|‘(?:[^’ .,!?]+ ?){1,8}’)")
NUMBERED = re.compile(r"\(?\d{1,2}[.)] ")  # a list that the story tells point by point
BULLET = re.compile(r"[•●▪◦‣·*–—-]\s")
LIST_ITEM = re.compile(
    r"[•●▪◦‣·*–—-]\s|\(?\d+[.):]? |(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d"
)
TITLE_WORDS = re.compile(r"[^\W\d_][\w'’-]{3,}")
NAME_INSIDE = re.compile(r"(?<=[a-z,] )[A-Z]\w{2,}")
MORE_THAN_ONE = re.compile(r"[.!?][\"”]?\s|[\"”]$")  # sentences, or speech
LINK_QUESTION = re.compile(r"[^?“”\"]+[.!] (?:Why|What|How|Who|When|Where|Is|Will|Can)\b[^.?!]{0,40}\?$")
VERB_OF_PROSE = re.compile(
    r"\b(?:was|were|had|sa(?:id|ys?)|told|did|been|added|would|he|she|his|her)\b", re.IGNORECASE
)
# Whose words a sentence tells: it is a story's, whatever it began like.
ATTRIBUTED = re.compile(
    r"(?:,[”\"’']?|[”\"]) (?:sa(?:id|ys) (?:an?|the|[A-Z]\w+)|(?:[\w.'’-]+ ){1,8}(?:said|says|told|warned|wrote|argued|added|found|noted|ruled|urged"
    r"|announced|agreed|admitted|replied|asked|insisted|claimed|urges|showed?))\b"
)
SERIES = re.compile(
    r"(?:A|An|This|The|Our) (?:\w+ ){0,2}(?:series|collection|podcast|column|guide|project|look)\b"
)
STAMPED = frozenset({"date_line", "age_line", "update_date", "clock_line"})
COMMON = frozenset({
    "about", "after", "also", "been", "could", "first", "from", "have", "here", "into", "just", "like",
    "more", "only", "other", "over", "said", "some", "than", "that", "their", "them", "there", "they",
    "this", "were", "what", "when", "which", "will", "with", "would", "year", "years", "your",
})  # fmt: skip


def story(units: list[Unit]) -> tuple[int, int]:
    """Return the stretch of units with the most prose, first and one past the last; (0, 0) without prose.

    Maximum subsequence segmentation (Pasternack and Roth 2009): a paragraph adds its words, a line that is
    no sentence costs, and what stands below a story (comment forms, link lists) costs most.
    """
    best = total = 0
    first = start = last = n_prose = 0
    for place, unit in enumerate(units):
        if unit.stop and n_prose > 120 and unit.rule in ("comment_form", "log_in"):
            break
        if unit.rule == "box":
            continue  # a box stands inside a story
        is_teaser = unit.n_words < LONG_LINE and bool(CUT_OFF.search(unit.text))
        if unit.role:
            total -= STOP_COST if unit.stop else FURNITURE_COST
        elif unit.is_prose and not is_teaser:
            total += min(unit.n_words, MOST_WORDS)
            n_prose += unit.n_words
        elif is_teaser or (not unit.ends and not BULLET.match(unit.text)):
            total -= LINE_COST
        if total <= 0:
            total, start = 0, place + 1
        elif total > best:
            best, first, last = total, start, place + 1
    while first < last < len(units) and _is_short_sentence(units[last]):
        last += 1  # too short to count as prose: "He laughed."
    return first, last


def _is_short_sentence(unit: Unit) -> bool:
    return not unit.role and unit.ends and not unit.text.endswith((":", "...", "…", "*"))


def above(units: list[Unit], first: int) -> list[Unit]:
    """Label what stands above the story: the headline, its deck, and the page around them."""
    lines = [n for n in range(first) if not units[n].role]
    is_page = len(lines) > FEW_LINES
    listed = next((n for n in range(first) if units[n].rule == "key_points"), first)  # a list, in short
    titles = [n for n in lines if n < listed and _may_be_headline(units[n])]
    sentence = next((n for n in lines if units[n].is_prose), None)
    if sentence is not None and not is_page:
        # A sentence above the story is dropped from a page only: the headline stands before it, or is it.
        titles = [n for n in titles if n <= sentence]
        lines = [n for n in lines if n <= sentence]
    if not titles and first < len(units) and units[first].text.endswith("?") and units[first].n_words < 20:
        titles = [first]
    about = _content(unit.text for unit in units[first : first + 12] if not unit.role) if lines else set()
    if not titles:
        titles = [n for n in lines if units[n].n_words > 1 and about & _content([units[n].text])]
    headline = max(
        titles, key=lambda n: (min(ENOUGH_SHARED, len(about & _content([units[n].text]))), -n), default=-1
    )
    # A sentence between the headline and who signs it, or when, is no paragraph of the story.
    signed = max(
        (n for n in range(first) if units[n].role == "byline" or units[n].rule in STAMPED), default=-1
    )
    begun = _told_above(units, max(headline, signed) + 1, first) if is_page else set()
    labelled = list(units)
    for n in lines:
        unit = units[n]
        if n in begun:
            continue
        if n < headline:
            labelled[n] = replace(unit, role="boilerplate", rule="above_headline")
        elif n > headline >= 0 and (
            n < signed and unit.n_words <= LONGEST_DECK if unit.ends else _is_deck(unit, about)
        ):
            labelled[n] = replace(unit, role="deck", rule="deck")
        elif n != headline and (
            is_page or (not unit.ends and unit.n_words <= (LONGEST_LABEL if n > headline >= 0 else 3))
        ):
            labelled[n] = replace(unit, role="boilerplate", rule="short_line_above")
    if headline >= 0:
        labelled[headline] = replace(units[headline], role="headline", kept=True, rule="headline")
    return labelled


def _may_be_headline(unit: Unit) -> bool:
    return unit.n_words >= 4 and len(unit.text) < LONGEST_HEADLINE and not BULLET.match(unit.text)


def _is_deck(unit: Unit, about: set[str]) -> bool:
    return bool(BULLET.match(unit.text) or (unit.n_words >= 4 and about & _content([unit.text])))


def below(units: list[Unit], first: int, last: int) -> list[Unit]:
    """Label what stands below the story, and the teasers of other stories at its end."""
    while last < len(units) and not units[last].role and LIST_ITEM.match(units[last].text):
        last += 1  # a list that ends the story
    tail = [unit for unit in units[last:] if not unit.role]
    is_page = any(unit.stop for unit in units[last:]) or sum(unit.ends for unit in tail) * 2 <= len(tail)
    labelled = list(units)
    told = _told_below(units, first, last) if is_page else set()
    for n in range(last, len(units)):
        unit = units[n]
        if not unit.role and n not in told and not (unit.ends and not is_page):
            role = "related" if unit.n_words > 4 else "boilerplate"
            labelled[n] = replace(unit, role=role, rule="below_story")
    if any(SERIES.match(unit.text) and not unit.ends for unit in units[last : last + 3]):
        for n in _teasers(units, first, last):
            labelled[n] = replace(units[n], role="related", rule="teaser_below_story")
    return labelled


def _told_below(units: list[Unit], first: int, last: int) -> set[int]:
    """List the paragraphs that go on with the story below a box of links in it.

    They stand soon below the stretch of prose and above whatever stands below stories only; or, a little
    farther, they report (a verb of prose) and share words with the story.
    """
    runs: list[list[int]] = [[]]
    known = {unit.text for unit in units[:last]}
    n_links, near = 0, last + NEAR
    for n in range(last, len(units)):
        unit = units[n]
        n_links += not unit.role and not unit.is_prose
        if (unit.stop and (unit.rule != "end_links" or n - last > NEAR)) or n_links > FARTHEST_BELOW:
            break
        near = n if unit.stop else near
        if unit.is_prose and not unit.role and not CUT_OFF.search(unit.text) and unit.text not in known:
            runs[-1].append(n)
        elif runs[-1]:
            runs.append([])
    about = _content(unit.text for unit in units[first:last] if not unit.role) if runs[0] else set()
    return {n for run in runs if run and (run[0] <= near or _is_told(units, run, about)) for n in run}


def _told_above(units: list[Unit], start: int, first: int) -> set[int]:
    """List the paragraphs that begin the story above a box in it, from `start` up to the stretch of prose."""
    about = _content(unit.text for unit in units[first : first + 12] if not unit.role)
    run = [n for n in range(start, first) if units[n].is_prose and not units[n].role]
    return set(run) if run and _is_told(units, run, about) else set()


def _is_told(units: list[Unit], run: list[int], about: set[str]) -> bool:
    texts = [units[n].text for n in run]
    return any(map(VERB_OF_PROSE.search, texts)) and len(_content(texts) & about) >= SHARED_BELOW


def _teasers(units: list[Unit], first: int, last: int) -> list[int]:
    """List the sentences at the end of the story that advertise something else, above lines known to do so.

    They report nothing (no verb of the past, no pronoun), name nobody of the story, share few words with it.
    """
    found: list[int] = []
    for n in range(last - 1, max(first + 8, last - 6), -1):
        text = units[n].text
        if units[n].role or units[n].n_words > 40 or MORE_THAN_ONE.search(text) or VERB_OF_PROSE.search(text):
            break
        before = _content(unit.text for unit in units[first:n] if not unit.role)
        words, names = _content([text]), {name[:6].lower() for name in NAME_INSIDE.findall(text)}
        if names & before or len(words & before) * 3 > len(words):
            break
        found.append(n)
    return found


def _content(texts: Iterable[str]) -> set[str]:
    """The stems of the longer words of `texts`: what they are about, roughly."""
    words = (word for text in texts for word in map(str.lower, TITLE_WORDS.findall(text)))
    return {word[:6] for word in words if word not in COMMON}


def titled(units: list[Unit]) -> list[Unit]:
    """Label the headline of a text without a page around it: its first line, where that is no paragraph."""
    first = next((n for n, unit in enumerate(units) if not unit.role), None)
    if first is None or units[first].text.endswith((".", ":")) or not _may_be_headline(units[first]):
        return units
    headline = replace(units[first], role="headline", kept=True, rule="headline")
    return [*units[:first], headline, *units[first + 1 :]]


def headings(units: list[Unit]) -> list[Unit]:
    """Label the headings between the paragraphs of a text without a page around it: short lines alone among prose."""
    labelled = list(units)
    for n, unit in enumerate(units):
        if (
            unit.role
            or unit.is_prose
            or unit.ends
            or unit.n_words > LONGEST_SUBHEAD
            or NOT_A_SUBHEAD.search(unit.text)
        ):
            continue
        before, after = _neighbour(units, n, -1), _neighbour(units, n, 1)
        if before and after and not _runs_into(before, unit.text, after):
            labelled[n] = replace(unit, role="subhead", rule="subhead")
    return labelled


def inside(units: list[Unit], first: int, last: int) -> list[Unit]:
    """Label the lines between the paragraphs of the story that are no sentences of it."""
    labelled = list(units)
    questions = [n for n in range(first + 1, last - 1) if not units[n].role and _is_link_question(units[n])]
    for n in range(first, last):
        if units[n].role or units[n].is_prose or units[n].ends:
            continue
        before, after = _neighbour(units, n, -1), _neighbour(units, n, 1)
        if NUMBERED.match(units[n].text) and units[n].n_words <= 6:
            if not any(unit and NUMBERED.match(unit.text) for unit in (before, after)):  # no point of a list
                labelled[n] = replace(units[n], role="subhead", rule="subhead")
            continue
        text = units[n].text
        if before is None or after is None or _runs_into(before, text, after):
            continue
        if text.isupper() and units[n].n_words >= LINK_IN_CAPS:
            labelled[n] = replace(units[n], role="related", rule="links_caps")
        elif units[n].n_words <= LONGEST_SUBHEAD and not NOT_A_SUBHEAD.search(text):
            labelled[n] = replace(units[n], role="subhead", rule="subhead")
        elif _is_title(text):
            labelled[n] = replace(units[n], role="related", rule="title_line")
    # A question after a statement, alone on its line, may be the writer's: link lines come in the plural.
    if len(questions) + sum(unit.rule == "title_line" for unit in labelled) >= 2:
        for n in questions:
            labelled[n] = replace(units[n], role="related", rule="question_line")
    return labelled


def _is_link_question(unit: Unit) -> bool:
    """A link names who it is about: "The money is gone. Who will pay?" asks within its story."""
    return 10 <= unit.n_words <= 22 and bool(LINK_QUESTION.match(unit.text) and NAME_INSIDE.search(unit.text))


def _neighbour(units: list[Unit], n: int, step: int) -> Unit | None:
    """Return the next unit in that direction that no rule of wording took, or None."""
    n += step
    while 0 <= n < len(units) and units[n].role and not units[n].kept:
        n += step
    return units[n] if 0 <= n < len(units) else None


def _runs_into(before: Unit, text: str, after: Unit) -> bool:
    """Is the line a piece of a sentence, of a list or of speech, and so a part of the story?"""
    return (
        not before.is_prose
        or not after.is_prose
        or not SENTENCE_END.search(before.text)
        or after.text[0].islower()
        or text[0].islower()
        or (text[0] in "“\"‘'([" and not QUOTED_SUBHEAD.fullmatch(text))
        or bool(
            BULLET.match(text)
            or NUMBERED.match(text)
            or (CLAUSE_END.search(text) and not QUOTED_SUBHEAD.fullmatch(text))
        )
    )


def _is_title(text: str) -> bool:
    words = TITLE_WORDS.findall(text)
    capital = sum(word[0].isupper() for word in words)
    if len(words) >= 3 and capital >= 0.7 * len(words):
        return True
    return len(text.split()) <= 18 and not VERB_OF_PROSE.search(text)
