"""Sentences of a paragraph: the one segmentation that every measure and every parser uses.

A boundary can stand only after a stop (. ? ! …), its closing marks and white space. One compiled
expression finds these places; a small function decides each from the word before, the words after and the
lists below. The lists are the instrument: news English and its abbreviations (AP, Reuters and British
house styles).

Conventions. Speech of several sentences is split inside its quotation marks: each is a sentence. A
question or a cry in quotation marks belongs to the clause that attributes it (“Why?” he asked). Before
a lower-case word nothing ends. A full sentence in brackets is a sentence when it stands between sentences.
A list number (1.) belongs to what it numbers. What is unclear stays together.
"""

from __future__ import annotations

import re

Span = tuple[int, int]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Abbreviations, without their last stop. A name, a place or a number is sure to follow these:
BEFORE_A_NAME = _words("""
    Mr Mrs Ms Mx Messrs Mmes Dr Drs Prof Rev Fr Hon Pres Gov Govs Sen Sens Rep Reps Amb Atty Asst Dist
    Supt Det Insp Del Gen Gens Adm Lt Col Cols Capt Cmdr Cmdt Maj Brig Sgt Cpl Pvt Pfc Spc Ens Cdr Comdr
    Ald Msgr Mgr Vice Sir Mt Mts Ft Pt Ste Bros Dept Univ Assn Sr.Col Lt.Gov Lt.Col Lt.Gen Maj.Gen
    Brig.Gen Vice.Adm Rear.Adm Rt Mme Mlle Cllr Sra Ven Wm Chas""")
NEVER_LAST = _words("vs v e.g i.e cf approx viz a.k.a aka c ca incl esp nos Nos")
BEFORE_A_NUMBER = _words("""
    No no Vol vol Art Arts art Sec sec Fig Figs fig Ch ch p pp Op op Ext ext Rte Apt Rm Flt para ver v""")
# These may end a sentence; what follows decides:
COMPANY_OR_NAME = _words("""
    Inc Corp Co Cos Ltd LLC plc PLC Jr Sr Esq Ph.D D.Phil Ave Blvd Rd Hwy Pkwy Ln Sq Intl Mfg""")
UNIT = _words("""
    bn tn m mn mil km kg cm mm lb lbs oz ft in. yd yds gal hr hrs min mins sec secs sq mph etc al""")
MONTH = _words("Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec")
WEEKDAY = _words("Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun")
STATE = _words("""
    Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla
    Ore Pa Tenn Tex Vt Va Wash Wis Wyo W.Va N.C N.D N.H N.J N.M N.Y S.C S.D R.I D.C B.C Ont Que Alta Sask
    Man N.S""")

FULL_WEEKDAY = _words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
FULL_MONTH = _words("""
    January February March April May June July August September October November December""")
TIME_ZONE = _words("""
    EST EDT ET CST CDT CT MST MDT MT PST PDT PT GMT UTC BST CET CEST EET MSK JST KST IST HKT AEST AEDT
    Eastern Central Mountain Pacific Greenwich Zulu""")
AFTER_AN_HOUR = FULL_WEEKDAY | FULL_MONTH | MONTH | WEEKDAY | TIME_ZONE
# Capitalised words that begin sentences and are hardly ever part of a name:
STARTER = _words("""
    The This That These Those He She It They We I You His Her Its Their Our My Your But And Or Nor So Yet
    If When While As At By For From In On To With Without After Before Since Until Under Over During
    Despite Although Though Because However Meanwhile Moreover There Here What Who Whose How Why Where
    Which Not No Then Now Once Also Even Both Some Many Most More Several All Another Other Others Each
    Such A An Among Instead Still Only Just Amid Neither Nobody Everyone Everybody Nothing Someone
    Something Anyone Perhaps Maybe Yes Yesterday Today Tomorrow Earlier Later Last Next Nearly About
    Almost Again Around Two Three Four Five Six Seven Eight Nine Ten Dozens Hundreds Thousands Millions
    Asked Unlike According Between Through Per Soon Too""")
# Those that are no surname either (Gen. An, Mr. So, Ms. In):
SURE_STARTER = _words("""
    The This That These Those They But However Meanwhile Moreover There When While After Although Though
    Because Despite Since Its Their His Our Your What Where Which""")
# Capitalised words that go on with the name an abbreviation began:
US_FOLLOWER = _words("""
    President Vice Senate House Congress Army Navy Air Marine Marines Coast Embassy Ambassador Secretary
    State Department Supreme Court District Attorney Treasury Treasurys Treasuries Federal Capitol Open
    Steel Rep Sen Gen Gov Adm Lt Republicans Democrats Republican Democratic Special Customs Border Postal
    Geological Chamber Bank Forces Centers National Agency Bureau Justice Energy Commerce Defense Defence
    Trade Central Representative Olympic Soccer Women’s Men’s Charge Consulate Mission Security General
    Assembly Charter Council Human High Children’s Population World Food Food-and Environment Command
    Cyber Space Strategic Constitution""")
STATE_FOLLOWER = US_FOLLOWER | _words("Democrat Times Post Circuit Mayor Police University Legislature")
COMPANY_FOLLOWER = _words("""
    Chief Chairman Chairwoman Chair CEO CFO COO President Vice Executive Director Managing Founder Ltd Inc
    Corp Co LLC Day High Studios Pictures Group Holdings""")
CALLED_WITH_BANG = _words("yahoo jeopardy yum oklahoma wham panic joomla kahoot e mia")
# Lower-case words after which a single capital is a label and not an initial (plan B, vitamin C):
BEFORE_A_LABEL = _words("""
    plan vitamin hepatitis influenza group class option type section grade team block exhibit appendix
    schedule title part phase point line gate hall terminal pool zone channel category serie generation
    figure article model division building wing war unit stand tier level variant case""")
BEFORE_X = _words("on to via platform called twitter now network")
BEFORE_SAINT = _words("East West North South Fort Port Mount Old New Upper Lower")
OPENS_CLAUSE = _words("""
    By At Around After Before Until Till Since From About On In Across During Shortly Just Near""")
SAYING = _words("""
    asked said says asks told replied wondered wrote writes added shouted yelled cried exclaimed continued
    answered responded insisted demanded declared quipped joked remarked recalled posted tweeted inquired""")

CLOSING = "\"”’'»)]“‟"
OPENING = " \t\n\r\f\v\xa0\"“‘'„«‟([{—―–-•*·▪●◦■►>|_~"
STOP = re.compile(r"[.?!…][.?!…" + re.escape(CLOSING) + r"]*(?:[ \xa0][”»](?=\s))?")
LEAD = re.compile(r"[\s" + re.escape(OPENING.strip()) + "]*")
LAST_PART = re.compile(r"[\w.]*$")
BULLET = re.compile("[•·▪●◦■►]")
DOTTED = re.compile(r"(?:[A-Z]\.)+[A-Z]")
BRAND = re.compile(r"al-[A-Z]|[a-z]{1,2}[A-Z]|https?:|www\.|pic\.|t\.co/")
NUMBERING = re.compile(r"\(?(?:\d{1,2}|[A-Za-z]|[ivx]{1,4}|[IVX]{1,4})")
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)\b")
DATE = re.compile(r"(?:[A-Z][a-z]{2,8})\.? \d{1,2}, \d{4},")
NAME = r"[^\W\d_a-z][\w.’'-]*"
NAME_SAID = re.compile(
    rf"(?:I|(?:{NAME}\s){{0,5}}{NAME}(?:,[^.?!,;]{{1,60}},)?)\s(?:{'|'.join(sorted(SAYING))})\b"
)


def sentence_spans(paragraph: str) -> list[Span]:
    """List the sentences of `paragraph` as (start, end), trimmed of white space, in order.

    Every character that is no white space stands in exactly one of them; a blank paragraph has none.
    """
    spans, start, end = [], len(paragraph) - len(paragraph.lstrip()), len(paragraph.rstrip())
    for stop in STOP.finditer(paragraph, start, end):
        after = stop.end()
        if after < end and paragraph[after].isspace() and _is_boundary(paragraph, start, stop.start(), after):
            spans.append((start, after))
            start = after
            while paragraph[start].isspace():
                start += 1
    return [*spans, (start, end)] if start < end else spans


def _is_boundary(text: str, start: int, stop: int, after: int) -> bool:
    """Decide whether the sentence from `start` ends with the marks text[stop:after]."""
    marks = text[stop:after]
    following = LEAD.match(text, after).end()
    lead, following_text = text[after:following], text[following : following + 90]
    if not following_text or following_text[0] in ".?!…,;:&/%" + CLOSING:
        return False
    if BULLET.search(lead):
        return True
    before = text[max(start, stop - 60) : stop].split()
    word = before[-1] if before and not text[stop - 1].isspace() else ""
    if len(before) <= 1 and not any(map(str.isalnum, word)):
        return False
    if marks == "." and NUMBERING.fullmatch(word) and (len(before) == 1 or before[-2].endswith(":")):
        return False

    first = following_text[0]
    tokens = following_text.split(None, 2)
    closed = marks.lstrip(".?!…")
    is_ellipsis = "…" in marks or ".." in marks
    if first.islower() and not BRAND.match(following_text):
        starts_quotation = any(mark in lead for mark in '“„«"') and marks == "."
        return starts_quotation and _after_abbreviation(text, following, word, before, lead, tokens) is None
    if ")" in closed or "]" in closed:
        if _is_aside(text, start, stop):
            return any(mark in closed for mark in ".?!…")
    elif "?" in marks or "!" in marks or is_ellipsis:
        if marks[0] == "!" and word.strip("\"“‘'").lower() in CALLED_WITH_BANG:
            return _bare(tokens[0]) in STARTER
        if closed:
            is_said_by = _bare(tokens[0]) not in STARTER - {"I"} and NAME_SAID.match(text, following)
            return not is_said_by
        return not (is_ellipsis and word.strip(OPENING) == _bare(tokens[0]))
    if any(mark in closed for mark in ".?!…"):
        return True
    decided = _after_abbreviation(text, following, word, before, lead, tokens)
    if decided is not None:
        return decided or bool(closed and len(word.strip(OPENING)) == 1)
    if closed and any(dash in lead for dash in "—―–-"):
        return False
    return not (word in FULL_WEEKDAY and DATE.match(following_text))


def _after_abbreviation(
    text: str, following: int, word: str, before: list[str], lead: str, tokens: list[str]
) -> bool | None:
    """Decide a full stop after an abbreviation; None where `word` is none.

    `before` are the words up to and with `word`, `tokens` the next two words and what follows them.
    """
    core = LAST_PART.search(word).group()
    previous = before[-2] if len(before) > 1 else ""
    earlier = before[-3] if len(before) > 2 else ""
    if core == "S" and previous.endswith("U."):
        core, previous, earlier = "U.S", earlier, ""
    is_number = tokens[0][0].isdigit() or tokens[0][0] in "#$£€¥"
    first, second = _bare(tokens[0]), tokens[1] if len(tokens) > 1 else ""
    name = first.rstrip(".")
    goes_on_lower = second[:1].islower() and second not in ("of", "and", "for")

    if core in NEVER_LAST or core.lower() in ("vs", "e.g", "i.e"):
        return False
    if core in BEFORE_A_NUMBER and is_number:
        return False
    if core in BEFORE_A_NAME and not (core in STATE and previous.endswith(",")):
        return first in SURE_STARTER
    is_known = (
        core in COMPANY_OR_NAME
        or core in MONTH
        or core in STATE
        or core in ("St", "a.m", "p.m", "A.M", "P.M")
        or DOTTED.fullmatch(core)
        or (len(core) == 1 and core.isupper())
    )
    if not is_known:
        if core in UNIT:
            return not is_number
        if core in WEEKDAY:
            return None if not is_number and first not in MONTH | FULL_MONTH else False
        return None
    if any(mark in lead for mark in "([—―–-"):
        return False
    opens_clause = len(before) <= 4 and before[0].lstrip(OPENING) in OPENS_CLAUSE
    if opens_clause and first not in STARTER:
        return False  # "By 9 p.m. Officer Cole had …": nothing was said yet
    if core in MONTH:
        return not is_number
    if core.lower() in ("a.m", "p.m"):
        is_time = tokens[0].rstrip(",;:)").replace(".", "") in AFTER_AN_HOUR
        return not is_time and not second.startswith("time")
    if len(core) == 1:
        is_label = previous.lower() in BEFORE_A_LABEL or (
            previous == "and" and (core == "I" or len(earlier) == 1)
        )
        return is_label or (core == "X" and previous.lower() in BEFORE_X) or first in STARTER
    if core == "St":
        is_street = previous[:1].isupper() and previous not in BEFORE_SAINT | STARTER and "-" not in word
        return is_street and (first in STARTER or goes_on_lower)
    if core in COMPANY_OR_NAME:
        return is_number or first in STARTER or (goes_on_lower and name not in COMPANY_FOLLOWER)
    if core in STATE and (previous.endswith(",") or core != word):
        return not re.match(r"\d{5}\b", tokens[0]) and name not in STATE_FOLLOWER | BEFORE_A_NAME
    if core in STATE and "." not in core:
        return is_number or first in STARTER or goes_on_lower
    # Acronyms with stops: a noun ("in the U.S. Officials …") or part of a name ("the U.S. Senate …").
    if is_number:
        return previous.lower() == "the" and not ORDINAL.match(tokens[0])
    if first in STARTER:
        return True
    is_noun = previous.lower() == "the" or previous.endswith(("'s", "’s"))
    if not is_noun or name in STATE_FOLLOWER:
        return False
    is_object = earlier in ("in", "to", "from", "into", "across", "inside", "outside", "of", "by", "with")
    return goes_on_lower or (is_object and bool(NAME_SAID.match(text, following)))


def _bare(token: str) -> str:
    """Strip `token` of marks and the rest of a contraction. A stop stays (“I.” is an initial)."""
    return re.split(r"[’',;:)\]”\"?!—]", token, maxsplit=1)[0]


def _is_aside(text: str, start: int, stop: int) -> bool:
    """Say whether the bracket closed after `stop` opened inside the sentence (looks 400 characters back)."""
    since = max(start, stop - 400)
    opening = max(text.rfind("(", since, stop), text.rfind("[", since, stop))
    return opening > start and bool(text[start:opening][-40:].strip(OPENING))
