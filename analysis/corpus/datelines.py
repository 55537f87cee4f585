"""Datelines: the place, date and agency before the first sentence of a story.

Also the wordings that datelines share with credits and page dates: agencies, dates, times of day, names.
"""

from __future__ import annotations

import re

AGENCY = (
    r"(?:AP|AFP|Reuters|REUTERS|UPI|Xinhua|TASS|CNN|BBC|Yonhap|Kyodo(?: News)?|dpa|DPA|ANI|PTI|IANS|EFE"
    r"|ANSA|AAP"
    r"|EPA(?:-EFE)?|Bloomberg|Anadolu|PA|Sputnik|SPUTNIK|KCNA|NPR|VOA|(?:The )?Canadian Press"
    r"|Press Association"
    r"|(?:The )?Associated Press|Agence France-Presse|Getty(?: Images)?|Thomson Reuters)"
)
MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
DAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,? )"
DATE = (
    rf"(?:{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? ?(?:\d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)? {MONTH},? ?(?:\d{{4}})?"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})"
)
CLOCK = r"\d{1,2}(?:[:.]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?| ?[ap]\.?m\.?)(?: ?\(?[A-Z]{2,4}\)?)?"
MOMENT = (  # a date with or without a time of day, and nothing after it
    rf"{DAY}?(?:{CLOCK},? ?[|,-]? ?(?:on )?)?{DAY}?{DATE}[,\s]*(?:[|/·•@,–—-]+ ?"
    rf"|at )*(?:{CLOCK})?(?: ?[A-Z]{{2,4}}\b)?\W*$"
)
NAME = r"(?-i:[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|al|bin|da|de|del|der|den|di|la|van|von)){0,4})"
NAMES = rf"(?:the )?{NAME}(?:(?:,? and|, and|,| &|;| in| for| \||/| [–—-]) ?(?:the )?{NAME})*"
STORY = r"(?:story|article|report|post|piece|dispatch|live ?blog)"

# A place, perhaps its state, a date and an agency, then a dash:
# "ROME, Oct 3 (Reuters) - ", "OSLO--", "Lima/Quito — ".
_DASH = r"\s?(?:--+|—|(?<=\s)–|–(?=\s)|―|-(?=\s))\s?"  # EU–China is no place
_WORD = r"[A-ZÀ-Þ][\w.'’-]*"
_CAPS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’]*[A-ZÀ-Þ.](?:[ -][A-ZÀ-Þ][A-ZÀ-Þ.'’]*){0,4}"
_STATE = r"(?:, ?(?:[A-Z]\.[A-Z]\.|[A-Z][\w.]+(?: [A-Z][\w.]+){0,2}))?"
_SENTENCE = r"(?=[A-ZÀ-Þ“\"‘'\d$£€])"
# Forms that hold wherever a story begins, and those that hold for the first line of a body only.
SURE = tuple(
    re.compile(form + _SENTENCE)
    for form in (
        rf"{_CAPS}(?: ?/ ?{_CAPS})*{_STATE}(?:,? {DATE})? ?(?:\([A-Z][\w ./&-]{{1,40}}\))?{_DASH}",
        rf"{_CAPS}{_STATE},? {DATE} ?(?:/{AGENCY}/\.?|{AGENCY}){_DASH}",
        rf"{_CAPS}{_STATE},? {DATE}\.? ?/{AGENCY}/\.?(?:{_DASH}|\s)",
        rf"{_WORD}(?: {_WORD}){{0,3}}{_STATE}(?:,? {DATE})?,? ?\({AGENCY}\)(?:{_DASH}|:?\s)",
        rf"{_WORD}(?: {_WORD}){{0,3}}{_STATE},? {DATE} ?\([A-Z][\w ./&-]{{1,40}}\){_DASH}",
        rf"(?:{DATE} ?)?\({AGENCY}\)(?:{_DASH}|\s)?",
        rf"(?:{_WORD}(?: {_WORD}){{0,3}}{_STATE} )CNN{_DASH}",
    )
)
AT_FIRST = tuple(
    re.compile(form + _SENTENCE)
    for form in (
        rf"{_WORD}(?: {_WORD}){{0,2}} ?/ ?{_WORD}(?: {_WORD}){{0,2}}{_DASH}",
        rf"{_WORD}(?: {_WORD}){{0,2}}{_STATE},? {DATE} ?{_DASH}",
        # "ISLAMABAD: The minister"
        rf"{_CAPS}(?: ?/ ?{_CAPS})*{_STATE}(?:,? {DATE})? ?(?:\([A-Z][\w ./&-]{{1,40}}\))?: ",
        # "Oslo — The minister": only without a second dash, which would make it a parenthesis.
        rf"{_WORD}(?: {_WORD}){{0,2}}{_STATE}(?:,? {DATE})? [—–] (?![^.!?]{{0,160}}[—–])",
    )
)
PLACE_LINE = re.compile(rf"{_WORD}(?: {_WORD}){{0,2}}{_STATE}:")  # alone above the first paragraph: "Kochi:"
NO_PLACE = re.compile(
    r"(?:UPDATED?|BREAKING|EXCLUSIVE|WATCH|ANALYSIS|OPINION|CORRECTION|EXPLAINER|FILE|NOTE|PHOTOS?|VIDEO|THE|Yes|No|And|But"
    r"|So|Or|Well|Oh)\b|[A-Z]:"
)


def dateline_end(text: str, *, is_first: bool = True) -> int:
    """Return how many characters of `text` are a dateline before its first sentence, its dash included, or 0.

    Where `text` is not the first line of a body, only the forms that are sure count.
    """
    if NO_PLACE.match(text):
        return 0
    return next(
        (place.end() for form in (*SURE, *(AT_FIRST if is_first else ())) if (place := form.match(text))), 0
    )
