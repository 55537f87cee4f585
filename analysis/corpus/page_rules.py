"""Page rules: how the furniture of a web page around a news story is worded, as data.

Share buttons, page dates, boxes, links; the rules are made as in `line_rules`.
"""

from __future__ import annotations

import ahocorasick

from analysis.corpus.datelines import CLOCK, MOMENT
from analysis.corpus.form_rules import FORM_RULES
from analysis.corpus.line_rules import STORY_RULES, Rule, rule
from analysis.corpus.note_rules import NOTE_RULES
from analysis.corpus.story_lines import ATTRIBUTED, VERB_OF_PROSE
from analysis.corpus.units import SENTENCE_END

_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)"
)
# Nothing but dates, hours and what happened then: "Published 6:14, 2 August 2023 | Updated 3 hours ago"
STAMPS = (
    rf"(?=.*\d)(?=.*\b(?:{_MONTHS}\b|published|updated|posted|\d\d?[:.]\d\d))"
    rf"(?:(?:{_MONTHS}(?![a-z])|(?:mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?(?![a-z])"
    r"|\d[\d:.,/]*+(?:st|nd|rd|th)?+ ?(?:(?:second|sec|minute|min|hour|hr|day|week)s? ago(?![a-z]))?|[ap]\.?m\b\.?"
    r"|(?:first |last )?(?:published|updated|posted|created|modified|issued|filed)(?: on| at)?(?![a-z])|(?:at|on|uhr|local time)(?![a-z])"
    r"|(?-i:[A-Z]{2,4})(?![a-z]))[^\w]*+)++$"
)
PAGE_RULES: tuple[Rule, ...] = (
    rule("separator", "boilerplate", 60, r"[\W_]+$"),
    rule(
        "ad_tag",
        "boilerplate",
        8,
        r"(?:\[/?ad_\d+\]|ad|adverts?|advertisements?|sponsored(?: content)?|paid post"
        r"|skip advertisement)\W*$",
        r"(?:presented|sponsored|powered|brought to you) by [^.]{2,40}$|(?:a )?(?:sponsor )?message(?: from [^.]{2,40})?:?$",
        r"(?:story|article) continues (?:below|after)\b.{0,30}$|continue reading(?: below)?\W*$",
    ),
    rule(
        "shortcode",
        "boilerplate",
        30,
        r"\[/?[a-z]+[\w-]*(?: [^\[\]]*=[^\[\]]*)\]$",
        r"\[embedded content\]$",
        r"\[/?(?:gallery|caption|embed|video|audio|playlist|vc_\w+|et_\w+)\b[^\[\]]*\]$",
        needs="[",
    ),
    rule(
        "slideshow",
        "boilerplate",
        6,
        r"(?:slideshow|photos?|gallery|images?)(?: ?\(\d+ (?:images?|photos?)\)| \d+ of \d+)?\W*$",
        r"\W{0,2}\d+(?: of |/)\d+\W*$|\d[\d,.]*[km]?$",
        r"(?:view gallery|launch gallery|hide caption|toggle caption|enlarge (?:this )?image|\d+ (?:photos"
        r"|images))\W*$",
    ),
    rule(
        "video_box",
        "boilerplate",
        9,
        r"(?:watch(?: live| now| more| the video)?|video|play video|close video|now playing|video ad feedback"
        r"|\d+:\d\d(?: ?[/|-] ?(?:\d+:\d\d|source: \w+))?)\W*$",
        r"to view this video\b.{0,140}$|.{0,40}\b(?:enable javascript|browser does not support)\b.{0,60}$",
        r"media playback is .{0,50}$|this (?:video|slideshow) requires javascript\W*$",
    ),
    rule(
        "share",
        "boilerplate",
        10,
        r"(?:share|tweet|pin|print|e-?mail|save|comments?|bookmark|copy link|facebook|twitter|x|whatsapp"
        r"|linkedin|reddit"
        r"|pinterest|telegram|instagram|youtube|tiktok|flipboard|messenger|rss(?: feed)?|sms|tumblr|mail"
        r"|link|close|menu"
        r"|search|home|subscribe|sign in|sign up|log ?in|register|follow(?: us)?|more|like|send|reply"
        r"|download(?: pdf)?"
        r"|font size|text size|listen|skip to (?:main )?content|back to top|loading|please wait|posted"
        r"|advertise|submit)"
        r"(?: (?:this|full|article|story|copied|or|comment|on|via|by|with|facebook|twitter|whatsapp|e-?mail|linkedin|reddit|link"
        r"|us|page|the))*\W*$",
        r"(?:share this(?:\W*$|\s?:| (?:article|story|post|page|link|video|photo|image|with|on|via)\b)"
        r"|share (?:on|with|via) (?:your )?(?:facebook|twitter|x|whatsapp|linkedin|reddit|e-?mail|telegram|messenger|bluesky"
        r"|threads|pinterest|friends|social)\b|click to (?:share|print|e-?mail)|send to a friend|copy link).{0,45}$",
        r"(?:show more|close extra) sharing.{0,20}$|\d[\d,.]*[km]? (?:shares?|views?|likes?|retweets?)\W*$",
    ),
    rule(
        "date_line",
        "boilerplate",
        14,
        r"(?:(?:(?:first )?published|posted|created|issued|released|date|filed|publish(?:ed)? date)"
        rf"(?: on| at)?\s?:? ?)?{MOMENT}",
        STAMPS,
    ),
    rule(
        "age_line",
        "boilerplate",
        8,
        r"(?:published |posted )?(?:\d+|an?) ?(?:second|minute|min|hour|day|week|month|year"
        r"|[smhdw])s? ago\W*$",
        r"\d+[ -]?min(?:ute)?s?(?:[ -](?:read|listen|watch))?\W*$|(?:reading|read) time\b.{0,20}$",
    ),
    rule("subhead", "subhead", 8, r"- .{2,40} -$", needs=" -"),
    rule(
        "key_points",
        "boilerplate",
        4,
        r"(?:(?:the )?(?:key|main) (?:points|takeaways|facts|findings)|quick read|in short|at a glance|(?:story )?highlights"
        r"|in brief|summary|tl;dr)\W*$",
    ),
    rule("clock_line", "boilerplate", 4, rf"{CLOCK}(?: ?(?:local time|ET|EST|EDT|PT|GMT|BST|UTC))?\W*$"),
    rule(
        "read_more",
        "related",
        30,
        r"\W{0,3}(?:read more|read also|also read|read next|see also|related|must read)\s?[:>|»]",
        needs="read|see also|related",
        sure=True,
    ),
    rule(
        "read_more",
        "related",
        30,
        r"\W{0,3}(?:read more|read also|also read|read next|read the (?:rest|full)|more(?: on this)?"
        r"|see also|related|must read"
        r"|don[’']t miss|watch|listen|more to read|recommended|further reading)\s?(?:[:>|»]+.*(?<![a-z\d]\.)|(?:here|it"
        r"|more)?\W*)$",
        r"\W{0,3}(?:in pictures|explainer|analysis|opinion|click here|what to (?:know|read)"
        r"|you may (?:also )?like)\W*$",
        r"related (?:stor(?:y|ies)|articles?|news|coverage|content|topics?|links?|posts?|video"
        r"|reading)\W*(?::.*)?$",
        r"(?:people are also reading|(?:also|keep) reading|list (?:of \d+ items|\d+ of \d+)|(?:read|see) more (?:on|from)\b.{0,40})\W*$",
        r"(?:save|bookmark) (?:this )?(?:articles?|stor(?:y|ies)) (?:to|for)\b.{0,60}$|.{0,120}\bclick here$",
        r"(?:skip|jump) (?:past|to|over)\b[^.]{0,40}$|(?:end|start|beginning) of (?:the )?(?:carousel|list|newsletter"
        r"|advert|slideshow|gallery)\b.{0,20}$|after newsletter promotion$",
        r"(?:click|tap) here (?:to|for)\b|read the (?:rest|full (?:story|article)|original)\b.{0,30}$"
        r"|https?://\S+$|www\.\S+$",
        r"(?:read|see|view|get) (?:the )?(?:full|original|more|complete) (?:story|article|version|coverage"
        r"|stories)\b.{0,40}$",
        r"(?:for more|follow|find|see)\b.{0,60}\b(?:coverage|stories|news|information)\b.{0,60}(?:visit\b"
        r"|click\b|go to\b|:\W*$|http)",
        needs="read|more|see|list|save|bookmark|click|skip|jump|end of|start of|beginning|promotion|related|miss|watch|listen|recommended|pictures|explainer|analysis|opinion"
        "|here|http|www|find|follow|like|what",
    ),
)
RULES = (*NOTE_RULES, *STORY_RULES, *PAGE_RULES, *FORM_RULES)
NEEDED = ahocorasick.Automaton()  # the strings that lines of some rule hold, with the numbers of these rules
for _need in dict.fromkeys(need for one in RULES for need in one.needs):
    NEEDED.add_word(_need, tuple(n for n, one in enumerate(RULES) if _need in one.needs))
NEEDED.make_automaton()
OF_ANY_LINE = frozenset(n for n, one in enumerate(RULES) if not one.needs)


def furniture(text: str, n_words: int) -> Rule | None:
    """Return the first rule that `text`, a line of `n_words` words, fits, or None.

    A sentence with a verb of prose is a line of the story, unless the rule is `sure`.
    """
    possible = OF_ANY_LINE.union(*(numbers for _, numbers in NEEDED.iter(text.lower())))
    for one in map(RULES.__getitem__, sorted(possible)):
        if n_words <= one.max_words and one.pattern.match(text) and not _is_told(text, one):
            return one
    return None


def _is_told(text: str, one: Rule) -> bool:
    """Does a line that fits the rule read as a sentence of the story all the same, and so have to stay?"""
    if not SENTENCE_END.search(text[-12:]):
        return False
    if text[0] in '“"' and one.role in ("related", "boilerplate") and one.name != "tweet":
        return True  # speech
    if one.sure:
        is_labelled = one.role in ("caption", "related") or one.name in (
            "correction",
            "tweet",
            "reporting_by",
        )
        return not is_labelled and bool(ATTRIBUTED.search(text))
    return bool(VERB_OF_PROSE.search(text) or ATTRIBUTED.search(text))
