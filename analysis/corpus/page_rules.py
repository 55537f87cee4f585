"""Page rules: how the furniture of a web page around a news story is worded, as data.

Share buttons, page dates, boxes, links, forms; the rules are made as in `line_rules`.
"""

from __future__ import annotations

import re

from analysis.corpus.datelines import CLOCK, MOMENT
from analysis.corpus.line_rules import STORY_RULES, Rule, rule
from analysis.corpus.story_lines import VERB_OF_PROSE
from analysis.corpus.units import SENTENCE_END

PAGE_RULES: tuple[Rule, ...] = (
    rule("separator", "boilerplate", 60, r"[\W_]+$"),
    rule(
        "ad_tag",
        "boilerplate",
        8,
        r"(?:\[/?ad_\d+\]|ad|adverts?|advertisements?|sponsored(?: content)?|paid post"
        r"|skip advertisement)\W*$",
        r"(?:story|article) continues (?:below|after)\b.{0,30}$|continue reading(?: below)?\W*$",
    ),
    rule(
        "shortcode",
        "boilerplate",
        30,
        r"\[/?[a-z]+[\w-]*(?: [^\[\]]*=[^\[\]]*)\]$",
        r"\[/?(?:gallery|caption|embed|video|audio|playlist|vc_\w+|et_\w+)\b[^\[\]]*\]$",
        needs="[",
    ),
    rule(
        "slideshow",
        "boilerplate",
        6,
        r"(?:slideshow|photos?|gallery|images?)(?: ?\(\d+ (?:images?|photos?)\)| \d+ of \d+)?\W*$",
        r"(?:view gallery|launch gallery|hide caption|toggle caption|enlarge (?:this )?image|\d+ (?:photos"
        r"|images))\W*$",
    ),
    rule(
        "video_box",
        "boilerplate",
        9,
        r"(?:watch(?: live| now| more| the video)?|video|play video|close video|now playing|\d+:\d\d)\W*$",
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
        r"(?: (?:this|article|story|on|via|by|with|facebook|twitter|whatsapp|e-?mail|linkedin|reddit|link"
        r"|us|page|the))*\W*$",
        r"(?:share this|share on |share (?:with|via) |click to (?:share|print|e-?mail)|send to a friend"
        r"|copy link).{0,45}$",
        r"(?:show more|close extra) sharing.{0,20}$|\d[\d,.]*[km]? (?:shares?|views?|likes?|retweets?)\W*$",
    ),
    rule(
        "date_line",
        "boilerplate",
        14,
        r"(?:(?:(?:first )?published|posted|created|issued|released|date|filed|publish(?:ed)? date)"
        rf"(?: on| at)?\s?:? ?)?{MOMENT}",
    ),
    rule(
        "age_line",
        "boilerplate",
        8,
        r"(?:published |posted )?(?:\d+|an?) ?(?:second|minute|min|hour|day|week|month|year"
        r"|[smhdw])s? ago\W*$",
        r"\d+ min(?:ute)?s? read\W*$|(?:reading|read) time\b.{0,20}$",
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
        r"|don[’']t miss|watch|listen|more to read|recommended|further reading)\s?(?:[:>|»]+.*|(?:here|it"
        r"|more)?\W*)$",
        r"\W{0,3}(?:in pictures|explainer|analysis|opinion|click here|what to (?:know|read)"
        r"|you may (?:also )?like)\W*$",
        r"related (?:stor(?:y|ies)|articles?|news|coverage|content|topics?|links?|posts?|video"
        r"|reading)\W*(?::.*)?$",
        r"(?:click|tap) here (?:to|for)\b|read the (?:rest|full (?:story|article)|original)\b.{0,30}$"
        r"|https?://\S+$|www\.\S+$",
        r"(?:read|see|view|get) (?:the )?(?:full|original|more|complete) (?:story|article|version|coverage"
        r"|stories)\b.{0,40}$",
        r"(?:for more|follow|find|see)\b.{0,60}\b(?:coverage|stories|news|information)\b.{0,60}(?:visit\b"
        r"|click\b|go to\b|:\W*$|http)",
        needs="read|more|see|related|miss|watch|listen|recommended|pictures|explainer|analysis|opinion"
        "|here|http|www|find|follow|like|what",
    ),
    rule(
        "newsletter",
        "boilerplate",
        40,
        r"\W{0,2}(?:sign up|subscribe|register)\b.{0,25}\b(?:for|to|now|today|here)\b.{0,60}"
        r"\b(?:newsletters?|alerts?|e-?mails?|updates|briefing|inbox|channel|podcast|our|free)\b",
        r"\W{0,2}get (?:our|the|unlimited|breaking|email|full|more|all)\b.{0,60}\b(?:newsletters?|inbox"
        r"|full access|unlimited access|access to all|alerts|delivered (?:to|straight|direct|daily|every))\b",
        r"(?:our |daily |weekly |free |the )*newsletters?\W*$|(?:subscribe to|download) (?:our"
        r"|the) .{0,40}(?:newsletters?|apps?)\b",
        r"join our .{0,40}(?:channel|group|newsletter|community)|thank(?:s| you) for (?:subscribing"
        r"|signing up|reading)\b.{0,60}$",
        r"(?:enter|invalid"
        r"|your) (?:your |an? )?e-?mail(?: address)?\W*$",
        r"by (?:signing up|subscribing|clicking|registering|continuing|using)\b.{0,60}\byou (?:agree|consent"
        r"|accept|will (?:receive|be))\b",
        r"(?:support|donate to) (?:independent|quality|our) journalism.{0,60}$"
        r"|(?:delivered )?to your inbox\W*$",
        r"(?:already )?(?:an? |have an )?(?:subscriber|member|account)\? (?:log|sign) ?in",
    ),
    rule(
        "newsletter",
        "boilerplate",
        20,
        r"you(?: have|[’']ve) (?:successfully )?(?:been )?(?:added|subscribed) to (?:our|the)"
        r" (?:e-?mail list|mailing list|list|newsletters?)\W*$"
        r"|you(?: have|[’']ve) (?:been )?successfully (?:been )?(?:added|subscribed)\W*$",
        needs="added|subscribed",
        sure=True,
    ),
    rule(
        "consent",
        "boilerplate",
        90,
        r"(?:we|(?:this|our) (?:web)?site)(?: and our partners| and its partners)?(?: may)? uses? cookies\b",
        r"(?:accept|manage|reject)(?: all)? cookies\b|(?:cookie|privacy)(?: & cookies?)? (?:policy"
        r"|settings|notice|preferences|overview)\W*$",
        needs="cookie|privacy",
        sure=True,
    ),
    rule(
        "comment_form",
        "boilerplate",
        40,
        r"leave (?:a|your) (?:reply|comment)\b.{0,20}$"
        r"|your e-?mail(?: address)? (?:will not|won[’']t) be (?:published|shown|shared)\b"
        r"|required fields are marked\b",
        r"(?:no comments(?: yet)?|\d+ comments?|be the first to comment|(?:add|view|show|hide|load|post"
        r"|write|read|see)"
        r"(?: an?| all| the| your| more| \d+)* comments?(?: \(\d+\))?)\W*$|\d+ (?:responses|thoughts"
        r"|replies) (?:to|on)\b.{0,120}$",
        r"save my name, |notify me of (?:new|follow)|cancel reply\W*$|(?:please )?(?:log"
        r"|sign) in to (?:comment|leave|reply|join)\b.{0,40}$",
        r"comments? (?:are |is )?(?:closed|disabled|off)\b.{0,60}$|join the (?:conversation|discussion)\W*$",
        needs="reply|comment|e-mail|email|required|save my|notify|conversation|discussion|responses"
        "|thoughts|replies",
        stop=True,
    ),
    rule(
        "log_in",
        "boilerplate",
        20,
        r"(?:log ?in|sign in) to (?:your|my|the) account\b.{0,20}$|please enter your (?:username|user name"
        r"|e-?mail|password)\b",
        r"(?:welcome back|create (?:an|new|your) account|retrieve (?:your )?password"
        r"|forgot(?:ten)?(?: your)? password|remember me"
        r"|lost your password|reset (?:your )?password|username or e-?mail(?: address)?|(?:user ?name"
        r"|password))\W*$",
        r"fill (?:in )?the forms? bell?ow\b.{0,30}$|all fields are required\b.{0,30}$"
        r"|don[’']t have an account\b.{0,30}$",
        stop=True,
    ),
    rule(
        "copyright",
        "boilerplate",
        70,
        r"\W{0,2}(?:©|\(c\) ?(?:\d{4}|copyright)|copyright ?(?:©|\(c\)|\d{4}|by\b)|all rights reserved)"
        r"|(?-i:.*\b(?:All [Rr]ights [Rr]eserved|ALL RIGHTS RESERVED)\b.{0,120}$)",
        r"this material may not be (?:published|reproduced)\b|(?:our standards|terms (?:of|and) (?:use"
        r"|service|conditions)|privacy policy)\b.{0,60}$",
        r"the contents? of this (?:site|page|article|document)\b.{0,60}(?:reserved|copyright|reproduc)"
        r"|do not sell\b.{0,40}$",
        needs="©|(c)|copyright|rights reserved|material|terms|privacy|standards|content|do not sell",
        stop=True,
    ),
    rule(
        "end_links",
        "boilerplate",
        18,
        r"(?:next|previous|prev|older|newer)(?: (?:post|article|story|page|up|entry)(?:\s?[:»>].*)?)?\W*$"
        r"|(?:source|original) link\W*$",
        r"(?:popular|trending|latest|recent|top|most|featured|editor[’']s|our|today[’']s)(?: (?:posts?"
        r"|links?|stor(?:y|ies)|news|articles?"
        r"|now|read|viewed|popular|shared|commented|picks?|headlines|topics?|recent|videos?|in \w+|on \w+"
        r"|this week|today|from \w+))+[^.\w]*$",
        r"(?:tags?|topics?|categor(?:y|ies)|filed under|posted in|keywords|labels|tagged(?: with)?"
        r"|more topics)(?:\s?:.*|\W*)$",
        r"(?:about (?:us|the author|author)|contact us|advertise with us|from (?:around )?the web"
        r"|by taboola|explore more|post navigation"
        r"|related posts?|(?:trending|recommended|promoted)(?: for you| stories| by \w+| content)?"
        r"|site ?map)\W*$",
        r"(?:more (?:news |stories )?from|you might also|source: https?:)[^.]{2,40}$",
        stop=True,
    ),
)
# Whose words a sentence tells: it is a story's, whatever it began like.
ATTRIBUTED = re.compile(
    r"(?:,[”\"’']?|[”\"]) (?:[\w.'’-]+ ){1,8}(?:said|says|told|warned|wrote|argued|added|found|noted|ruled|urged"
    r"|announced|agreed|admitted|replied|asked|insisted|claimed|showed?)\b"
)
RULES = (*STORY_RULES, *PAGE_RULES)
RULES_OF_PARAGRAPHS = tuple(one for one in RULES if one.max_words > 40)


def furniture(text: str, n_words: int) -> Rule | None:
    """Return the first rule that `text`, a line of `n_words` words, fits, or None.

    A sentence with a verb of prose is a line of the story, unless the rule is `sure`.
    """
    small = text.lower()
    for one in RULES if n_words <= 40 else RULES_OF_PARAGRAPHS:
        if n_words > one.max_words:
            continue
        for need in one.needs:
            if need in small:
                break
        else:
            if one.needs:
                continue
        if one.pattern.match(text) and not _is_told(text, one):
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
