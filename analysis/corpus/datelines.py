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
# After these no dash is needed: "Boston (CNN) The"; but "Harrisburg (PA) Mayor"
NEWS_AGENCY = r"(?:AP|AFP|Reuters|REUTERS|UPI|Xinhua|TASS|Yonhap|Kyodo(?: News)?|dpa|DPA|ANI|PTI|IANS|EFE|ANSA|AAP|KCNA|CNN)"

# A place, perhaps its state, a date and an agency, then a dash:
# "ROME, Oct 3 (Reuters) - ", "OSLO--", "Lima/Quito — ".
_DASH = r"\s?(?:--+|—|(?<=\s)–|–(?=\s)|―|-(?=\s))\s?"  # EU–China is no place
_WORD = r"[A-ZÀ-Þ][\w.'’-]*"
_CAPS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’]*[A-ZÀ-Þ.](?:[ -][A-ZÀ-Þ][A-ZÀ-Þ.'’]*){0,4}"
_STATE = r"(?:, ?(?:[A-Z]\.[A-Z]\.|[A-Z][\w.]+(?: [A-Z][\w.]+){0,2}))?"
_SENTENCE = r"(?=[A-ZÀ-Þ“\"‘'\d$£€])"
_ONE_DASH = r"(?![^.!?]{0,160}[—–])"
# A place in one word, or in two that begin like a place's: "NEW DELHI".
_CITY = (
    r"(?:(?:NEW|SAN|SANTA|SANTO|ST\.?|SAINT|PORT|CAPE|LOS|LAS|LA|EL|FORT|GREAT|NORTH|SOUTH|EAST|WEST|KUALA|BUENOS|RIO|SAO|ADDIS|ABU"
    r"|TEL|HONG|PHNOM|HO|THE) )?[A-ZÀ-Þ][A-ZÀ-Þ.'’-]*[A-ZÀ-Þ](?: (?:CITY|DE JANEIRO|CHI MINH CITY))?"
)
# Forms that hold wherever a story begins, and those that hold for the first line of a body only.
SURE = tuple(
    re.compile(form + _SENTENCE)
    for form in (
        rf"{_CAPS}(?: ?/ ?{_CAPS})*{_STATE}(?:,? {DATE})? ?\([A-Z][\w ./&-]{{1,40}}\){_DASH}",
        rf"{_CAPS}(?: ?/ ?{_CAPS})*(?=,| {DATE}){_STATE}(?:,? {DATE})?{_DASH}",
        rf"{_CAPS}(?: ?/ ?{_CAPS})*{_DASH}{_ONE_DASH}",
        rf"{_CAPS}{_STATE},? {DATE} ?(?:/{AGENCY}/\.?|{AGENCY}){_DASH}",
        rf"{_CAPS}{_STATE},? {DATE}\.? ?/{AGENCY}/\.?(?:{_DASH}|\s)",
        rf"{_WORD}(?: {_WORD}){{0,3}}{_STATE}(?:,? {DATE})?,? ?(?:\({AGENCY}\)(?:{_DASH}|:\s)|\({NEWS_AGENCY}\)\s)",
        rf"{_WORD}(?: {_WORD}){{0,3}}{_STATE},? {DATE} ?\([A-Z][\w ./&-]{{1,40}}\){_DASH}",
        rf"(?:{DATE} ?)?\({AGENCY}\)(?:{_DASH}|\s)?",
        rf"(?:{_WORD}(?: {_WORD}){{0,3}}{_STATE} )CNN{_DASH}",
    )
)
AT_FIRST = tuple(
    re.compile(form + _SENTENCE)
    for form in (
        rf"{_CAPS}(?: ?/ ?{_CAPS})*{_DASH}",
        rf"{_WORD}(?: {_WORD}){{0,2}} ?/ ?{_WORD}(?: {_WORD}){{0,2}}{_DASH}",
        rf"{_WORD}(?: {_WORD}){{0,2}}{_STATE},? {DATE} ?{_DASH}{_ONE_DASH}",
        # "ISLAMABAD: The minister"; but "UKRAINE WAR: What happened"
        rf"{_CITY}(?: ?/ ?{_CITY})*{_STATE}(?:,? {DATE})? ?(?:\([A-Z][\w ./&-]{{1,40}}\))?: ",
        # "Oslo — The minister": only without a second dash, which would make it a parenthesis.
        rf"{_WORD}(?: {_WORD}){{0,2}}{_STATE}(?:,? {DATE})? [—–] {_ONE_DASH}",
    )
)
PLACE_LINE = re.compile(rf"{_WORD}(?: {_WORD}){{0,2}}{_STATE}:")  # alone above the first paragraph: "Kochi:"
NO_PLACE = re.compile(
    r"(?:UPDATED?|BREAKING|EXCLUSIVE|WATCH|ANALYSIS|OPINION|CORRECTION|EXPLAINE[RD]|FILE|NOTE|PHOTOS?|VIDEO|THE(?! HAGUE)"
    r"|REVEALED|INTERVIEW|REVIEW|LIVE|POLL|QUOTE|Yes|No|And|But|So|Or|Well|Oh|O[nf]|In|At|By|From|For|As|Since|Until|After|Before"
    r"|During|With)\b|[A-Z]:"
    # Abbreviations, alone or in a row: "US - China trade", "FIFA/UEFA: The two bodies"
    rf"|(?!{AGENCY}\b)(?:[A-Z]{{2,3}}|NATO|NASA|FIFA|UEFA|OPEC|UNESCO|UNICEF|ASEAN|BRICS|IAEA|INTERPOL|HAMAS)"
    r"(?: ?/ ?[A-Z]{2,})*(?::|\s?(?:[—–]|-[\s-]))"
)


def dateline_end(text: str, *, is_first: bool = True) -> int:
    """Return how many characters of `text` are a dateline before its first sentence, its dash included, or 0.

    Where `text` is not the first line of a body, only the forms that are sure count.
    """
    if NO_PLACE.match(text):
        return 0
    forms = (*SURE, *AT_FIRST) if is_first else SURE
    place = next((place for form in forms if (place := form.match(text))), None)
    return 0 if place is None or _spells_out(place.group()) else place.end()


def _spells_out(dateline: str) -> bool:
    """Does a name stand before its own abbreviation: "Andhra Pradesh (AP) "?"""
    name, _, short = dateline.rstrip().partition(" (")
    initials = "".join(filter(str.isupper, name))
    return short.endswith(")") and not name.isupper() and initials.endswith(short[:-1].upper())
