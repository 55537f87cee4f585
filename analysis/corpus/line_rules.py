"""Line rules: how captions, credits, bylines and notes around a news story are worded, as data.

A rule looks at one line (white space already normalised) and at nothing else; where a line
stands is `cleaning`'s matter. A rule that would drop a sentence of a story is worse than
one that leaves junk, so each is bound to a form that stories do not take, and to a length.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from analysis.corpus.datelines import AGENCY, DATE, DAY, MOMENT, MONTH, NAMES, STORY

# Who took a picture, beside an agency: one word alone may be a pollster ("Reuters/Ipsos").
TAKER = (
    rf"(?:(?![^()]*\b(?:[Pp]oll|[Ss]urvey)\b)[^()/]{{1,30}} [^()]{{1,40}}"
    rf"|{AGENCY}|Pool|POOL|Stringer|Handout|File|Staff|[A-Z]{{5,}})"
)


class Rule(NamedTuple):
    """A form of furniture: its name, the role of its lines, its wording, its greatest length in words.

    `needs` are strings one of which such a line holds, in small letters: a quick look before the slow one.
    `stop` marks what stands below a story only: comment forms, log-in boxes, copyright lines, link lists.
    `sure` marks forms so narrow that they hold for a whole sentence with a verb of prose, see `furniture`.
    """

    name: str
    role: str
    pattern: re.Pattern[str]
    max_words: int
    needs: tuple[str, ...] = ()
    stop: bool = False
    sure: bool = False


def rule(
    name: str, role: str, max_words: int, *forms: str, needs: str = "", stop: bool = False, sure: bool = False
) -> Rule:
    """Make a rule of alternative forms, matched from the start of a line in any case; bars part the `needs`."""
    pattern = re.compile("|".join(forms), re.IGNORECASE)
    return Rule(name, role, pattern, max_words, tuple(needs.split("|")) if needs else (), stop, sure)


STORY_RULES: tuple[Rule, ...] = (
    rule(
        "caption_photo",
        "caption",
        110,
        rf"in this\b(?: {DAY}?{DATE}| (?:early|late|\d{{4}}|\w+day),?| [\w-]+){{0,5}}? (?:photo|photograph|image|picture|handout|frame ?grab|screen ?(?:grab|shot)"
        r"|sketch)\b"
        r"(?:.{0,40}?\b(?:taken|provided|released|made (?:available|from)|distributed|supplied|obtained|issued|posted|shot)\b"
        r"|(?:,? \w+){0,2}?,? from (?:(?:\w+ ){0,2}(?:video|footage|television|tv)\b|.*(?:\d{4}|\))\W*$))",
        r"this\b(?: (?!(?:an?|the|week|month|year|morning)\b)[\w,.'’-]+){0,9}? (?:photo|photograph|image|picture|handout|frame ?grab"
        r"|screen ?(?:grab|shot)|video grab)"
        r"(?: \w+){0,2}? (?:taken|provided|released|made (?:available|from)|distributed|supplied|obtained"
        r"|issued|posted|from(?=.*(?:\d{4}|\))\W*$))\b"
        r".{0,250}?\b(?:shows?|showing|purports|depicts?)\b(?!.*, [\w ]{3,30} sa(?:y|ys|id)\.$)",
        r"\[(?:file )?(?:photo|picture|image|video)\b[^\[\]]*\]\W*$",
        needs="photo|image|picture|handout|grab|shot|sketch|video",
        sure=True,
    ),
    rule(
        "caption_file",
        "caption",
        110,
        r"(?:file|archive|stock|handout|representational|representative|illustrative) (?:photo|picture"
        r"|image)(?:\W*$|\s?[^\w\s]| (?:of|by|dated|taken|shows?|courtesy|from)\b)",
        r"(?-i:FILE)\s?[-–—:]+ |\[?File(?: photo)?: [^\[\]]{0,60}\]$|pictured: ",
        needs="photo|picture|image|file",
        sure=True,
    ),
    rule(
        "caption_label",
        "caption",
        70,
        r"(?:image|media|photo|picture|video|figure) (?:caption|copyright|credits?|courtesy|source)(?:\W*$|\s?[:,|©])",
        r"(?:image|media|photo|picture|video|figure) caption (?-i:[“A-Z])",
        rf"(?:image|media|photo|picture|video|figure) (?:copyright|credits?|courtesy|source) (?:by |of )?{NAMES}\W*$",
        r"(?:credit|photo|photograph|picture|image|illustration|pic|photo credit"
        r"|image source)s?\s?: (?!.*\b(?:was|were|had|said|told|he|she)\b.*[.!?]$).{2,90}$",
        rf"(?:.{{0,400}}\S)?\bcredits?(?:\.{{3}}|…) ?{NAMES}\W*$",
        rf"(?:(?:image|photo): )?{NAMES} ?[-–—|/,] ?(?:(?:staff|stringer|pool|handout)\b[ ,/-]*)+{AGENCY}?\W*$",
        r"(?-i:(?:Above|Below|Left|Right|Top)(?: photo)?: [A-Z])",
        rf"(?:photo(?:graph)?s?|pictures?|images?|illustrations?|video|graphics?) by {NAMES}\W*$",
        needs="image|media|photo|picture|video|figure|credit|illustration|pic|above|below|left|right|top"
        "|graphic|staff|stringer|pool|handout",
        sure=True,
    ),
    rule(
        "caption_agency",
        "caption",
        110,
        r".*\((?:[^()]{0,90}\bvia (?:AP|Reuters|AFP|Getty|EPA|Storyful|Twitter|Facebook)\b[^()]{0,40}"
        r"|(?:AP|AFP|EPA|Reuters|Xinhua|Getty|UPI|Kyodo|File|Handout|Staff|Courtesy)\s?(?:file )?(?:photo"
        r"|image|picture)[^()]{0,80}"
        r"|(?:file )?(?:photo|photograph|image|picture|credit|photo credit|courtesy)s?(?: by| of"
        r"|:)[^()]{2,90}(?=\)\W*$)(?!\)[.!?])"
        rf"|(?-i:{TAKER} ?/ ?{AGENCY}[^()]{{0,50}}|{AGENCY} ?/ ?{TAKER}))\)\W{{0,3}}$",
        r"(?:.*[.!?][”\"]? )?\((?:file )?(?:photo|photograph|image|picture|credit|courtesy)s?(?: by| of|:)[^()]{2,90}\)\.$",
        rf".*\[(?-i:[^\[\]]{{2,70}} ?/ ?{AGENCY}[^\[\]]{{0,40}}\]\W{{0,2}}$)",
        needs="via |photo|image|picture|credit|courtesy|/",
        sure=True,
    ),
    rule(
        "caption_credit",
        "caption",
        110,
        r"(?-i:.*\b(?:Picture|Photo|Photograph|Image|Pic|PHOTO|PICTURE|IMAGE|Credit"
        r"|Photography)s?(?: by)?\s?: ?[A-Z][\w .,'’&/|-]{2,90}$)",
        r"(?-i:.*\b(?:REUTERS ?/ ?[A-Z][\w .'’-]{2,50}(?:/[\w ]+)?|(?:AP|AFP|EPA|REUTERS) (?:Photo"
        r"|PHOTO) ?/ ?[\w .,'’-]{2,60})\W{0,2}$)",
        r"(?-i:.*/ ?(?:(?:AFP|AP|EPA)(?:[/ ]| via )Getty(?: Images)?|Getty Images)\W{0,2}$)",
        r"(?-i:(?!.*\b(?:[Pp]oll|[Ss]urvey|according)\b).*(?:[A-Z][\w.’'-]* [A-Z][\w.’'-]*|[A-Z]{2,}|Pool|Stringer"
        r"|Handout) ?/ ?(?:AP|AFP|Reuters)\W{0,2}$)",
        needs="photo|picture|image|pic:|credit|reuters|/ap|/afp|/epa|/getty|/ ap|/ afp|/ getty",
        sure=True,
    ),
    rule(
        "caption_position",
        "caption",
        45,
        r"(?!(?:he|she|it|they|we|you|i|in|on|at|by|for|as|to|among|with|while|when|after|before)\b)"
        r"(?!.*\b(?:left|right|cent(?:er|re)),? (?:and |or )?(?:left|right|cent(?:er|re))\b)(?:[\w .'’-]+,){0,3}? ?(?:[\w.'’-]+ )*(?-i:[A-Z])[\w.'’-]*,(?: \d+,)? ?(?:(?:far|front|back|top|bottom|second|third|rear)[ -])?(?:from )?"
        r"(?:left|right|cent(?:er|re)|foreground|background),"
        rf"[^“”\"]{{0,200}}(?:(?-i:\b{DATE}|\bin [A-Z][\w ,.]{{2,40}})|\))[^“”\"]{{0,60}}$",
        needs="left,|right,|center,|centre,|ground,",
        sure=True,
    ),
    rule(
        "reporting_by",
        "credit",
        70,
        rf"\W{{0,2}}(?:additional )?(?:reporting|writing|editing)(?: and \w+)? by[: ] ?{NAMES}(?:\W*$"
        rf"|\W.*\b(?:editing|writing|reporting)(?: and \w+)?(?: by\b|:))",
        rf"\W{{0,2}}(?:reported|written|edited|compiled|translated|produced"
        rf"|graphics?)(?: and \w+)? by[: ] ?{NAMES}\W*$",
        needs="by",
        sure=True,
    ),
    # "jk/lw-ds (AFP, dpa)": who wrote and who edited it, in initials
    rule(
        "initials",
        "credit",
        8,
        r"(?-i:[a-z]{2,4}(?:-[a-z]{2,5})?(?:/[a-z]{1,5}){1,5}(?: \([\w ,]+\))?$)",
        needs="/",
    ),
    rule(
        "contributed",
        "credit",
        60,
        rf"(?!.*\b(?:said|told|that|who|had|have)\b)"
        rf"(?=.*(?:(?-i:[A-Z][\w.’'-]* [A-Z]|\b{AGENCY}\b)|staff|agenc|wire|writers|reporters|correspond))"
        rf".*\bcontributed(?: (?:reporting|research|writing))?(?: to this {STORY}"
        r"| reporting)\W{0,2}(?:follow\b.{0,120})?$",
        rf"\W?(?:(?-i:[A-Z])[\w ’']{{2,40}} (?:writers?|reporters?|journalists?|correspondents?|staff) )?"
        rf"(?-i:(?=[A-Z][\w.’'-]* [A-Z]))(?:{NAMES}) contributed (?-i:from [A-Z][\w ,.]{{2,40}})\W{{0,2}}$",
        rf"(?:reporting|research|photography|video) (?:was )?contributed by {NAMES}\b",
        r"\W{0,3}with (?:contributions?|reporting|assistance|help|files|inputs?|additional (?:reporting|inputs?)) (?:by|from)"
        rf" (?:{NAMES}|agenc(?:y|ies)|(?:wire|news) (?:services?|agenc(?:y|ies)))"
        r"(?:\W*$|\W.*\b(?:editing|writing|reporting)(?: and \w+)?(?: by\b|:))",
        rf"\W?this {STORY} (?:includes|contains) (?:information|material|reporting|content) from"
        rf" (?:{NAMES}|(?:wire|news) (?:services?|agenc(?:y|ies)))\W*$",
        needs="contributed|with contrib|with report|with assist|with help|with files|with input|with additional|this ",
        sure=True,
    ),
    rule(
        "from_agency",
        "credit",
        7,
        r"\W{0,2}(?:source|via|by|from|with|with agencies|with inputs? from"
        r"|courtesy)\s?[:/-]? ?(?:the )?(?:associated press"
        r"|agence france-presse|ap|afp|reuters|bloomberg|agencies|xinhua|pti|ani|cnn|staff|wire reports"
        r"|news agencies)\W*$",
        sure=True,
    ),
    rule(
        "outlet_line",
        "credit",
        6,
        rf"(?-i:\W{{0,3}}(?:THE ASSOCIATED PRESS|ASSOCIATED PRESS|(?:The )?(?:Washington Post"
        rf"|New York Times|Guardian)|{AGENCY}"
        rf"|(?:AP|AFP|BBC|Reuters|CNN) News|Tribune News Service|Wire [Rr]eports?|News Agencies"
        rf"|Agencies)(?:[/,&] ?{AGENCY})?\W{{0,3}}$)",
        r"(?:staff|staff and agencies|staff reporters?|staff writers?|our correspondent|news desk"
        r"|web desk)\W*$",
    ),
    rule(
        "contact",
        "credit",
        30,
        r"(?:contact|e-?mail|reach|follow|write to|tips?|tweets? (?:at|by))\b.{0,60}(?:@|https?://)"
        r"|(?:\S+@\S+\.\w+|@\w+)\W*$",
        r"(?:.*[.] )?follow .{2,40} on (?:twitter|x|facebook|instagram)\b.{0,40}$"
        r"|.{0,60}\bcan be (?:reached|contacted) (?:at|on|by|via)\b.{0,30}(?:@|\d{3}[ ).-]{1,2}\d{3})",
        r"(?:.{0,120}[.?!:] )?(?:contact|e-?mail|write to|get in touch|send (?:us |your )?\w+)\b[^.?!]{0,60}\s\S+@\S+\W*$",
        r"send us (?:your )?(?:feedback|tips?|stories|thoughts|questions|photos)\W*$",
        needs="@|http|twitter|on x|facebook|instagram|reached|contacted|send us",
        sure=True,
    ),
    rule(
        "byline",
        "byline",
        24,
        rf"\W{{0,2}}(?:(?:story|words|posted|report|analysis|text|interview|photographs) by|by|author:?):? {NAMES}"
        rf"(?:,? ?(?:staff (?:writers?|reporters?)|correspondents?))?(?: ?["
        rf"|·•,–-]? ?{DAY}?{DATE}.{{0,30}})?[^.\w]*$",
        rf"{NAMES} ?[|·•–-] ?(?:(?:last )?(?:updated|published|posted):? ?)?{MOMENT}",
        rf"reporting from {NAMES}$",
        r"(?-i:(?:[A-Z][\w.'’-]+ ){2,3}(?:\w+ ){0,3}(?:correspondent|bureau chief|staff writer|(?:affairs|political|world|news)"
        r" (?:editor|reporter)))$",
        needs="by |author|0|1|2|3|from|correspondent|chief|writer|editor|reporter",
        sure=True,
    ),
    rule(
        "byline_end",
        "byline",
        16,
        rf"[–—-]+ ?(?=.*\b(?-i:{AGENCY}|Staff|News|Times|Post|Press|Tribune|Journal)\W*$){NAMES}\W*$",
        needs="–|—|-",
        sure=True,
    ),
    rule(
        "tweet",
        "boilerplate",
        90,
        r".*(?:pic\.twitter\.com/|https?://t\.co/)\w+\W*(?:[—–-] ?.{1,60}\(@\w+\) ?.{0,25})?$",
        rf"(?:.*\W)?[—–-] ?[^—–]{{1,60}}\(@\w+\)\W*(?:{MONTH} \d{{1,2}}, \d{{4}})?$",
        r"view (?:this post )?on (?:instagram|facebook|twitter|x|tiktok|threads)\W*$|(?:show|see|view) this thread\W*$"
        r"|a post shared by .{2,60}$",
        needs="pic.twitter|t.co/|(@|view |this thread|post shared",
        sure=True,
    ),
)
# What may stand before or after the sentences of a line.
LEADERS: tuple[Rule, ...] = (
    rule("date_prefix", "boilerplate", 2, r"date \d{4}-\d\d-\d\d(?=\s)"),
    rule("ad_tag", "boilerplate", 1, r"\[ad_\d+\](?=\s)"),
)
TRAILERS: tuple[Rule, ...] = (
    rule(
        "reporting_by", "credit", 60,
        r"(?<=\s)\((?:additional )?(?:reporting|writing|editing|reported|written"
        r"|compiled)(?: and \w+)? by [^()]{3,400}\)\W{0,2}$",
        needs="by ",
    ),
    rule(
        "trailing_agency", "credit", 4,
        rf"(?-i:(?<=[.!?”\"’'] )(?:\({AGENCY}\)|[—–-] ?(?:AP|AFP|Reuters|REUTERS|Bloomberg|Xinhua))$)",
    ),
)  # fmt: skip
