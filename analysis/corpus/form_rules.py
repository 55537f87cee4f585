"""Form rules: how a site words what it asks of its readers and offers them around a story, as data.

Newsletters, consent, comments, accounts, terms, further links; the rules are made as in `line_rules`.
"""

from __future__ import annotations

from analysis.corpus.line_rules import Rule, rule

FORM_RULES: tuple[Rule, ...] = (
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
        r"(?:support|donate to) (?:independent|quality|our) journalism(?:\W*$|[.!,] | (?:today|now|with|by|for|and)\b).{0,60}$"
        r"|(?:delivered )?to your inbox\W*$",
        r"(?:an )?error (?:has )?occurred(?:\W*$|.{0,30}\b(?:again|page|your|request)\b.{0,30}$)|have your say\b.{0,30}$|sign up ?: .|sign up for our ?newsletters?\b.{0,20}$",
        r"sign up (?:to|for) (?-i:[A-Z])[^.]{2,40}$|our \w+ (?:e-?mail|newsletter)\b[^.]{0,100}$",
        r"(?:already )?(?:an? |have an )?(?:subscriber|member|account)\? (?:log|sign) ?in",
    ),
    rule(
        "newsletter",
        "boilerplate",
        40,
        r"you(?: have|[’']ve) (?:successfully )?(?:been )?(?:added|subscribed) to (?:our|the)"
        r" (?:e-?mail list|mailing list|list|newsletters?)\W*$"
        r"|you(?: have|[’']ve) (?:been )?successfully (?:been )?(?:added|subscribed)\W*$",
        r"(?:did someone forward this|was this (?:e-?mail |newsletter )?forwarded)\b.{0,30}to you\?"
        r"|having trouble (?:viewing|reading) (?:(?:this|the) (?:e-?mail|newsletter|message)\b|(?:this|it)\?)"
        r"|view (?:this (?:e-?mail|newsletter)|it) in (?:your|a) browser"
        r"|you(?: are|[’']re) receiving this (?:e-?mail|newsletter|message|because)\b"
        r"|(?:to )?unsubscribe(?:\W*$|, (?:please|click|reply|visit)\b| (?:here|now|at|from (?:this|these|our|all|any))\b|\W*\|)[^,]{0,60}$|manage (?:your )?(?:preferences|subscriptions?)\W*$",
        r"we[’']ll (?:send|e-?mail) you\b.{0,60}\b(?:e-?mails?|newsletters?|updates?|alerts?|stories|news|briefing|digest|inbox|link)\b"
        r".{0,40}$|type your e-?mail\b.{0,20}$|follow along (?:here|live|below|with (?:us|our)|on (?-i:[A-Z])|for (?:\w+ )?updates)\b"
        r".{0,60}$|.{0,80}\bto receive new posts (?:and support|by e-?mail|in your)\b"
        r"|(?:.{0,80}[,.!?:] )?(?:please )?consider (?:becoming an?|subscribing|donating|supporting)\b.{0,60}"
        r"\b(?:subscriber|supporter|member|(?-i:us|our|my)|journalism)\b|thanks for reading\b.{0,60}\bsubscribe\b",
        needs="added|subscribed|reading|posts|consider|type your|send you|e-mail you|email you|follow along|become a|forward|trouble|browser|receiving|subscribe|manage",
        sure=True,
    ),
    rule(
        "paywall",
        "boilerplate",
        40,
        r"(?:this|the (?:full|rest of this)) (?:article|story|content|post) is (?:\w+ )?(?:for|available to|exclusive to|reserved for)"
        r" (?:\w+ ){0,3}(?:subscribers?|members)(?:\W*$|[.!] | (?:only|and|or)\b)",
        r"you (?:have|[’']ve) (?:\w+ ){1,2}(?:articles?|free (?:\w+ )?(?:articles?|stor(?:y|ies))) (?:left|remaining)\b",
        r"(?:want )?to (?:continue|keep) reading(?:\W*$|[,:] (?:please|subscribe|register|sign|log|create|become|you|click|enter|choose|try|join)\b| (?:this|our|more|the (?:full|rest|article|story))\b).{0,100}$"
        r"|want to (?:read|see) more\?|(?:subscribe|register|sign ?in|log ?in|sign up|join)"
        r"(?: now| today| for free| free)* to (?:(?:continue|keep) reading|(?:continue|unlock|access|read)(?:\W*$"
        r"| (?:this|our|all|more|full|exclusive|premium|unlimited|the (?:full|rest|whole|article|story|site|website|archive))\b))[^.]{0,60}\.?$",
        r"you[’']?(?:ve| have) reached your (?=.*\b(?:free|month|article|stor))(?:\w+ )*(?:limit|number)\b",
        r"(?:enjoy )?unlimited (?:digital )?access(?:\W*$| to (?:all|our|every\w*|premium|news|articles|stories|content|(?-i:[A-Z]))"
        r"(?!.* (?:is|are) )[^.]{0,60}\.?$)",
        needs="subscrib|member|left|remaining|reading|read|unlock|access|reached",
    ),
    rule(
        "mail_header",
        "boilerplate",
        30,
        r"(?:from|to|cc|bcc|reply-to|sender): .*\S@\S|(?:subject|message-id|mime-version|content-type): .*[^.]$",
        r"(?:date|sent): .{0,20}\d{4},? (?:at )?\d\d?:\d\d.{0,20}$|sent from my \w+\W*$|(?:begin )?forwarded message\W*$",
        needs=":|sent from|forwarded",
    ),
    rule(
        "consent",
        "boilerplate",
        90,
        r"(?:we|(?:this|our) (?:web)?site)(?: and our partners| and its partners)?(?: may)? uses? cookies\b",
        r"(?:accept|manage|reject|enable|allow|disable)(?: all)? cookies\b|(?:cookie|privacy)(?: & cookies?)? (?:policy"
        r"|settings|notice|preferences|overview)\W*$",
        r".{0,40}\bthis content is (?:provided|hosted) by\b.*\bcookies\b",
        r"privacy (?:notice|policy)\s?: (?-i:[A-Z])",
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
        r"|replies) (?:to|on)\b[^.]{0,120}$",
        r"save my name, |notify me of (?:new|follow)|cancel reply\W*$|(?:please )?(?:log"
        r"|sign) in to (?:comment|leave|reply|join)\b.{0,40}$",
        r"comments? (?:on this \w+ )?(?:(?:are|is|have been) )?(?:now |turned )?(?:closed|disabled|off)(?: (?:here|now|at this time"
        r"|(?:for|on) this \w+))?\W*$|comments? \(\d+\)$|join the (?:conversation|discussion)\W*$",
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
        r"\W{0,2}(?:©|\(c\) ?(?:\d{4}|copyright)|copyright ?(?:©|\(c\)|\d{4}|by (?-i:[A-Z]))|all rights reserved)"
        r"|(?-i:.*\b(?:All [Rr]ights [Rr]eserved|ALL RIGHTS RESERVED)\b.{0,120}$)",
        r"this material may not be (?:published|reproduced)\b|(?:our standards|terms (?:of|and) (?:use"
        r"|service|conditions)|privacy policy)(?:\W*$|\s?[:|•·/&] ?|,? (?:and |the )?(?:privacy|cookie|terms|conditions)\b).{0,60}$",
        r"the contents? of this (?:site|page|article|document)\b.{0,60}(?:reserved|copyright|reproduc)"
        r"|do not sell (?:or share )?my\b.{0,40}$",
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
